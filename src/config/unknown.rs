//! Unknown keys and the known one that was probably meant.

/// Says that a key is not known, and which known one is nearest.
pub(crate) fn unknown<'a>(key: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    match nearest(key, known.clone()) {
        Some(name) => format!("is not a known key; did you mean {name}?"),
        None => format!("is not a known key; known are {}", known.collect::<Vec<_>>().join(", ")),
    }
}

/// The known name that was probably meant: at most every other letter differs.
pub(crate) fn nearest<'a>(key: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let all = known.map(|name| (strsim::damerau_levenshtein(key, name), name));
    let (distance, name) = all.min_by_key(|(distance, _)| *distance)?;
    (distance <= key.len().div_ceil(2)).then_some(name)
}
