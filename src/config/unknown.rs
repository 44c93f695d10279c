//! Unknown keys and the known one that was probably meant.

/// Says that a key is not known, and which known one is nearest.
pub(crate) fn unknown<'a>(key: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    match nearest(key, known.clone()) {
        Some(name) => format!("is not a known key; did you mean {name}?"),
        None => format!("is not a known key; known are {}", known.collect::<Vec<_>>().join(", ")),
    }
}

/// The known names that look most like this one, at most `n`: at most every other letter differs.
pub(crate) fn nearest_few<'a>(key: &str, known: impl Iterator<Item = &'a str>, n: usize) -> Vec<&'a str> {
    let all = known.map(|name| (strsim::damerau_levenshtein(key, name), name));
    let mut near: Vec<(usize, &str)> =
        all.filter(|(distance, _)| *distance <= key.len().div_ceil(2)).collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(n).map(|(_, name)| name).collect()
}

/// The known name that was probably meant: at most every other letter differs.
pub(crate) fn nearest<'a>(key: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let all = known.map(|name| (strsim::damerau_levenshtein(key, name), name));
    let (distance, name) = all.min_by_key(|(distance, _)| *distance)?;
    (distance <= key.len().div_ceil(2)).then_some(name)
}
