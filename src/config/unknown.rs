//! Unknown keys and the known one that was probably meant.

/// Says that a key is not known, and which known one is nearest.
pub(super) fn unknown<'a>(key: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    let nearest = known
        .clone()
        .map(|name| (strsim::damerau_levenshtein(key, name), name))
        .min_by_key(|(distance, _)| *distance);
    match nearest {
        Some((distance, name)) if distance <= key.len().div_ceil(2) => {
            format!("is not a known key; did you mean {name}?")
        }
        _ => format!("is not a known key; known are {}", known.collect::<Vec<_>>().join(", ")),
    }
}
