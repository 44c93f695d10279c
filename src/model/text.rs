//! Text from files, made fit to stand among other text.

/// Text from a file without what could change the text around it: controls become spaces, marks that turn
/// the direction of writing are dropped. Escaping is left to the writer of the format.
#[must_use]
pub fn clean(text: &str) -> String {
    let is_turning = |c: char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}');
    let plain: String =
        text.chars().filter(|c| !is_turning(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
