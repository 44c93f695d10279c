//! Colours, sizes and the font of everything that is drawn, in one place.
//!
//! Input: nothing. Output: constants, and the palette as CSS variables for the page. Invariant: every light
//! colour is unique, so that a drawing in light colours can be turned into one in variables.

use crate::blocks::Phase;
use std::fmt::Write as _;

/// Font families for text in drawings, first match wins. Their letters are about as wide as those of the
/// bundled font that text is measured with.
pub const FONT_STACK: &str = "Ubuntu,Segoe UI,Roboto,Helvetica Neue,Arial,Liberation Sans,sans-serif";
/// How much wider than measured a text may come out in a substituted font.
pub const FONT_SLACK: f64 = 1.15;

/// Size of a chart title in px.
pub const TITLE_PX: f64 = 18.0;
/// Size of ordinary text in a chart in px.
pub const TEXT_PX: f64 = 12.0;
/// Size of labels at single marks in px.
pub const SMALL_PX: f64 = 11.0;

/// Widths in px at which the page holds each chart: phone, tablet or paper, desktop.
pub const PAGE_WIDTHS: [u32; 3] = [320, 660, 980];
/// Width in px of a chart that stands alone.
pub const CHART_WIDTH: u32 = 980;

/// An RGB colour.
pub type Rgb = (u8, u8, u8);

/// A colour by its place in the palette. The hues are Tol's and Okabe–Ito's, moved in lightness until marks
/// reach a contrast of 3 and text one of 4.5 on both papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Ordinary text and flags.
    Text,
    /// Text of second rank.
    Muted,
    /// Axis lines and the line of `as_of`.
    Axis,
    /// Grid lines.
    Grid,
    /// What everything is drawn on.
    Paper,
    /// The page behind the paper.
    Ground,
    /// Ground of the days to come.
    Ahead,
    /// Hatch of days that are not yet fit to be read.
    Hatch,
    /// First of the sequential ramp: for areas beside others of it, as it hardly stands on paper.
    BluePale,
    /// Second of the sequential ramp, for such areas as well.
    BlueLight,
    /// Third of the sequential ramp, and first for marks that stand alone.
    BlueSoft,
    /// Fourth of the sequential ramp.
    Blue,
    /// Last of the sequential ramp.
    BlueDeep,
    /// Warm accent against the blues.
    Earth,
    /// Cool accent against the blues.
    Teal,
    /// Neutral lines.
    Slate,
    /// Massage windows.
    Plum,
    /// A wide neutral band.
    Usual,
    /// A narrow neutral band on top of a wide one.
    Spread,
    /// The ribbon of blocks.
    Phase(Phase),
}

/// The sequential ramp, from little to much: in even steps of lightness, so that grey print keeps the order.
pub const RAMP: [Ink; 5] = [Ink::BluePale, Ink::BlueLight, Ink::BlueSoft, Ink::Blue, Ink::BlueDeep];

/// Every colour, in the order of the style sheet.
pub const INKS: [Ink; 29] = [
    Ink::Text,
    Ink::Muted,
    Ink::Axis,
    Ink::Grid,
    Ink::Paper,
    Ink::Ground,
    Ink::Ahead,
    Ink::Hatch,
    Ink::BluePale,
    Ink::BlueLight,
    Ink::BlueSoft,
    Ink::Blue,
    Ink::BlueDeep,
    Ink::Earth,
    Ink::Teal,
    Ink::Slate,
    Ink::Plum,
    Ink::Usual,
    Ink::Spread,
    Ink::Phase(Phase::Race),
    Ink::Phase(Phase::PostRace),
    Ink::Phase(Phase::Taper),
    Ink::Phase(Phase::Break),
    Ink::Phase(Phase::Return),
    Ink::Phase(Phase::Peak),
    Ink::Phase(Phase::Build),
    Ink::Phase(Phase::Speed),
    Ink::Phase(Phase::Base),
    Ink::Phase(Phase::Unknown),
];

impl Ink {
    /// Name of the CSS variable, colour on light paper, colour on dark paper.
    fn entry(self) -> (&'static str, u32, u32) {
        match self {
            Self::Text => ("text", 0x1F_2933, 0xE7_EBF0),
            Self::Muted => ("muted", 0x55_6170, 0xA9_B4C1),
            Self::Axis => ("axis", 0x7D_8896, 0x7C_8896),
            Self::Grid => ("grid", 0xE3_E7EC, 0x2F_3640),
            Self::Paper => ("paper", 0xFF_FFFF, 0x1A_1F26),
            Self::Ground => ("ground", 0xF7_F8F9, 0x12_161B),
            Self::Ahead => ("ahead", 0xF5_F6F8, 0x20_2630),
            Self::Hatch => ("hatch", 0xC6_CDD6, 0x3F_4956),
            Self::BluePale => ("blue-pale", 0xDC_E7F2, 0x26_384D),
            Self::BlueLight => ("blue-light", 0xA6_C1DD, 0x35_557A),
            Self::BlueSoft => ("blue-soft", 0x6A_9BC9, 0x4A_76A3),
            Self::Blue => ("blue", 0x2E_6CA8, 0x79_AADA),
            Self::BlueDeep => ("blue-deep", 0x12_3A66, 0xD2_E5F7),
            Self::Earth => ("earth", 0xB4_5309, 0xF0_A35E),
            Self::Teal => ("teal", 0x00_7F73, 0x4F_C3B3),
            Self::Slate => ("slate", 0x4A_5868, 0xB6_C2CF),
            Self::Plum => ("plum", 0x8E_3A80, 0xD9_93CD),
            Self::Usual => ("usual", 0xE9_EDF2, 0x28_303A),
            Self::Spread => ("spread", 0xCB_D4DF, 0x3D_4A59),
            Self::Phase(Phase::Race) => ("phase-race", 0x2B_3644, 0xDD_E3EA),
            Self::Phase(Phase::PostRace) => ("phase-post-race", 0xCD_E6E2, 0x1F_4642),
            Self::Phase(Phase::Taper) => ("phase-taper", 0xF6_E3BE, 0x57_4318),
            Self::Phase(Phase::Break) => ("phase-break", 0xEC_ECEC, 0x2C_2F34),
            Self::Phase(Phase::Return) => ("phase-return", 0xDD_EEDC, 0x2A_4430),
            Self::Phase(Phase::Peak) => ("phase-peak", 0x93_BBE0, 0x2E_5C8A),
            Self::Phase(Phase::Build) => ("phase-build", 0xBC_D5EC, 0x27_4767),
            Self::Phase(Phase::Speed) => ("phase-speed", 0xE2_D3EA, 0x49_3158),
            Self::Phase(Phase::Base) => ("phase-base", 0xDF_E9F3, 0x25_384B),
            Self::Phase(Phase::Unknown) => ("phase-unknown", 0xF3_F4F5, 0x24_292F),
        }
    }

    /// The colour on light paper.
    #[must_use]
    pub fn light(self) -> Rgb {
        rgb(self.entry().1)
    }

    /// The colour as CSS variable: `var(--blue)`.
    #[must_use]
    pub fn variable(self) -> String {
        format!("var(--{})", self.entry().0)
    }

    /// The colour on light paper as plotters writes it: `#2E6CA8`.
    #[must_use]
    pub fn hex(self) -> String {
        format!("#{:06X}", self.entry().1)
    }
}

/// The palette as CSS custom properties, light or dark.
#[must_use]
pub fn css_variables(is_dark: bool) -> String {
    let mut css = String::new();
    for ink in INKS {
        let (name, light, dark) = ink.entry();
        let value = if is_dark { dark } else { light };
        write!(css, "--{name}:#{value:06x};").expect("writing to a String cannot fail");
    }
    css
}

fn rgb(value: u32) -> Rgb {
    ((value >> 16) as u8, (value >> 8) as u8, value as u8)
}

#[cfg(test)]
mod tests {
    use super::Ink::{Axis, Blue, BlueDeep, BlueSoft, Earth, Plum, Slate, Teal};
    use super::*;
    use std::collections::BTreeSet;

    /// Contrast of two colours by WCAG 2.
    fn contrast(a: Rgb, b: Rgb) -> f64 {
        fn luminance((r, g, b): Rgb) -> f64 {
            let linear = |c: u8| {
                let c = f64::from(c) / 255.0;
                if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
        }
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        a.max(b) / a.min(b)
    }

    #[test]
    fn text_and_marks_stand_out_on_both_papers() {
        for is_dark in [false, true] {
            let colour = |ink: Ink| rgb(if is_dark { ink.entry().2 } else { ink.entry().1 });
            for ground in [Ink::Paper, Ink::Ground, Ink::Ahead, Ink::Usual] {
                for text in [Ink::Text, Ink::Muted] {
                    assert!(
                        contrast(colour(text), colour(ground)) >= 4.5,
                        "{text:?} on {ground:?}, {is_dark}"
                    );
                }
            }
            for mark in [BlueSoft, Blue, BlueDeep, Earth, Teal, Slate, Plum, Axis] {
                let value = contrast(colour(mark), colour(Ink::Paper));
                assert!(value >= 2.9, "{mark:?}, dark {is_dark}: {value:.2}");
            }
            for ink in INKS {
                if let Ink::Phase(phase) = ink
                    && phase != Phase::Race
                {
                    assert!(contrast(colour(Ink::Text), colour(ink)) >= 4.5, "{phase:?}, {is_dark}");
                }
            }
        }
    }

    #[test]
    fn the_ramp_keeps_its_order_in_grey() {
        for is_dark in [false, true] {
            let colour = |ink: Ink| rgb(if is_dark { ink.entry().2 } else { ink.entry().1 });
            let from_paper = RAMP.map(|ink| contrast(colour(ink), colour(Ink::Paper)));
            assert!(from_paper[0] > 1.2, "{from_paper:?}");
            assert!(from_paper.windows(2).all(|pair| pair[1] / pair[0] > 1.3), "{from_paper:?}");
        }
    }

    #[test]
    fn every_light_colour_and_name_is_unique() {
        let colours: BTreeSet<u32> = INKS.iter().map(|ink| ink.entry().1).collect();
        let names: BTreeSet<&str> = INKS.iter().map(|ink| ink.entry().0).collect();
        assert_eq!((colours.len(), names.len()), (INKS.len(), INKS.len()));
    }
}
