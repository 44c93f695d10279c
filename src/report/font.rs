//! The bundled font: registered once, and used to measure text before anything is drawn.
//!
//! Input: a text and a size in px. Output: its width. Invariant: no system font is ever asked for.

use super::theme::{FONT_SLACK, FONT_STACK};
use crate::error::Error;
use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};
use std::sync::OnceLock;

/// Ascent and descent of the font in em: plotters sizes its bitmap letters by this height.
pub const HEIGHT_EM: f64 = 1.121;
/// Letters of scripts that the font lacks stand on squares of one em.
const FIRST_WIDE: char = '\u{2E80}';
/// Letters before this one are measured once and kept.
const LAST_LATIN: char = '\u{250}';

/// The font in a size that plotters understands; its family name is the stack for browsers.
pub fn font(size: f64) -> Result<FontDesc<'static>, Error> {
    static IS_REGISTERED: OnceLock<bool> = OnceLock::new();
    let is_registered = IS_REGISTERED.get_or_init(|| {
        register_font(FONT_STACK, FontStyle::Normal, epaint_default_fonts::UBUNTU_LIGHT).is_ok()
    });
    if !is_registered {
        return Err(Error::internal("a chart", "the bundled font cannot be read"));
    }
    Ok(FontDesc::new(FontFamily::Name(FONT_STACK), size, FontStyle::Normal))
}

/// The width of a text in px, with slack for the fonts that a browser may put in its place.
#[must_use]
pub fn width(text: &str, px: f64) -> f64 {
    static LATIN: OnceLock<Vec<f64>> = OnceLock::new();
    let latin = LATIN.get_or_init(|| ('\0'..LAST_LATIN).map(advance_em).collect());
    let em = |c: char| latin.get(c as usize).copied().unwrap_or_else(|| advance_em(c));
    text.chars().map(em).sum::<f64>() * px * FONT_SLACK
}

/// The width of one letter in em, without kerning, which only ever saves room.
fn advance_em(c: char) -> f64 {
    if c >= FIRST_WIDE {
        return 1.0;
    }
    // Measured at 1000 px an em, as the font answers in whole pixels.
    let mut buffer = [0; 4];
    let measured =
        font(1000.0 * HEIGHT_EM).ok().and_then(|font| font.layout_box(c.encode_utf8(&mut buffer)).ok());
    measured.map_or(0.6, |(_, (x, _))| f64::from(x) / 1000.0)
}

/// Breaks a text at spaces into lines of at most `max` px; a longer word stands alone.
#[must_use]
pub fn wrap(text: &str, px: f64, max: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), px) <= max => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_follow_the_font() {
        // "Oct" is 1.62 em in Ubuntu Light.
        assert!((width("Oct", 10.0) - 16.2 * FONT_SLACK).abs() < 0.2);
        assert!((width("走", 10.0) - 10.0 * FONT_SLACK).abs() < 0.01);
    }

    #[test]
    fn lines_keep_within_their_width() {
        let lines = wrap("one two three four", 12.0, width("one two", 12.0));
        assert_eq!(lines, ["one two", "three", "four"]);
    }
}
