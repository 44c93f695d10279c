//! An outline of the body from front and back, and of the soles, with a region for each tissue.
//!
//! Input: marks. Output: shapes in a canvas of [`SIZE`] px, ready for SVG and PDF. Our own drawing: half a body, mirrored.
//! Invariant: every tissue has a region, on both sides.

use super::sheet::{Hatch, Mark};
use crate::model::{Side, Tissue};

/// Width and height of the canvas in px.
pub const SIZE: (f64, f64) = (400.0, 436.0);

/// Size of the words in px.
pub const WORD_PX: f64 = 19.0;
/// Width and height in px of the label of an area that may be on either side.
pub const EITHER: (f64, f64) = (100.0, 20.0);

/// Which drawing a region belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// The front: the runner's right is at the left of the reader.
    Front,
    /// The back.
    Back,
    /// The soles, seen from behind and below.
    Soles,
}

impl View {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Front, Self::Back, Self::Soles];

    /// Where its middle line lies.
    fn middle(self) -> f64 {
        match self {
            Self::Front => 88.0,
            Self::Back => 312.0,
            Self::Soles => 200.0,
        }
    }

    /// The side of the body in its right half, as the reader sees it.
    fn right_half(self) -> Side {
        if self == Self::Front { Side::Left } else { Side::Right }
    }
}

/// Where a path lies: its middle line, and whether it is mirrored there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// x of the middle line; paths are drawn for 100.
    pub middle: f64,
    /// The left half of the drawing.
    pub is_mirrored: bool,
}

impl Place {
    /// A point of a path on the canvas.
    #[must_use]
    pub fn at(self, (x, y): (f64, f64)) -> (f64, f64) {
        let off = x - 100.0;
        (self.middle + if self.is_mirrored { -off } else { off }, y)
    }

    /// The transformation of SVG.
    #[must_use]
    pub fn matrix(self) -> String {
        if self.is_mirrored {
            format!("matrix(-1 0 0 1 {} 0)", self.middle + 100.0)
        } else {
            format!("matrix(1 0 0 1 {} 0)", self.middle - 100.0)
        }
    }
}

/// How a part of the drawing looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The skin, filled.
    Skin,
    /// The outline of the body.
    Outline,
    /// A thin line that helps the eye.
    Detail,
    /// A region to look at.
    Area(Hatch),
    /// A region to leave alone.
    Leave,
}

/// A part of the drawing.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A path.
    Path {
        /// Commands M, L, C and Z with absolute numbers.
        path: &'static str,
        /// Where it lies.
        place: Place,
        /// How it looks.
        look: Look,
    },
    /// A word of the drawing, its middle at a place.
    Word(String, (f64, f64)),
    /// The number of an area, in a disc at a place.
    Number(usize, (f64, f64)),
    /// The number of an area whose side is not known, across both sides, with those words.
    Either(usize, (f64, f64)),
}

/// The right half of the outline, from the top of the head to the crotch.
const HALF: &str = "M100 8 C112.5 8 119.5 17 119.5 32 C119.5 33.5 121.8 32.5 122 35 C122.2 39 120.8 43.5 118.6 43.5 C117.6 51 114.8 56.5 111.8 60 C111.4 64 111.6 67 112.2 69.5 C114.5 74.5 121 77.5 128.2 79.5 C139.5 82 147 86.5 150 97.5 C152.3 106.5 152 115.5 153 125 C154.5 138 156.5 149 158.3 160 C161.8 172 165.2 187 166.3 203 C167.2 215 168.6 226 170.3 236.5 C173.2 242 176 249 176.8 257 C177.6 266 176.4 276.5 172.6 282.5 C169.8 286.5 165.6 285 164.2 279.5 C163 274.5 162.6 270 161.8 266.5 C160.9 265.7 160.2 266.6 159.4 266.4 C156.6 265.6 156.8 257 158.6 250.5 C159.6 246.5 160 242.5 159.6 238.5 C156.6 222.5 152.2 206 149.4 190.5 C147.4 178 146.4 167 144.4 157 C142 144 139.4 132 136.6 120.5 C136.4 131 135.4 142 133.2 152.5 C131.2 162 129.4 169 130.2 177.5 C131.2 188 136.2 196 138.4 208 C141 223 141.4 240 139.2 258 C137 276 132.4 291 130.4 305 C129.4 315 132.8 327 132.8 341.5 C132.8 360 124.6 378 121.4 396 C121 402 122.4 405.5 125 410 C128.6 415.5 129.8 420.5 126 423.2 C121 426 112 426 108.2 423.6 C105.4 421.4 106.2 414.5 107.2 408 C107.8 403 107.4 398 106.8 393 C104.8 376 103.2 362 103.2 346 C103.2 334 105.4 324 105.8 312 C106.2 298 103.4 274 102.2 252 C101.6 242 101 234 100 228";
/// The same closed along the middle line, a hair over it, so that no seam shows.
const HALF_SKIN: &str = "M99.7 8 C112.5 8 119.5 17 119.5 32 C119.5 33.5 121.8 32.5 122 35 C122.2 39 120.8 43.5 118.6 43.5 C117.6 51 114.8 56.5 111.8 60 C111.4 64 111.6 67 112.2 69.5 C114.5 74.5 121 77.5 128.2 79.5 C139.5 82 147 86.5 150 97.5 C152.3 106.5 152 115.5 153 125 C154.5 138 156.5 149 158.3 160 C161.8 172 165.2 187 166.3 203 C167.2 215 168.6 226 170.3 236.5 C173.2 242 176 249 176.8 257 C177.6 266 176.4 276.5 172.6 282.5 C169.8 286.5 165.6 285 164.2 279.5 C163 274.5 162.6 270 161.8 266.5 C160.9 265.7 160.2 266.6 159.4 266.4 C156.6 265.6 156.8 257 158.6 250.5 C159.6 246.5 160 242.5 159.6 238.5 C156.6 222.5 152.2 206 149.4 190.5 C147.4 178 146.4 167 144.4 157 C142 144 139.4 132 136.6 120.5 C136.4 131 135.4 142 133.2 152.5 C131.2 162 129.4 169 130.2 177.5 C131.2 188 136.2 196 138.4 208 C141 223 141.4 240 139.2 258 C137 276 132.4 291 130.4 305 C129.4 315 132.8 327 132.8 341.5 C132.8 360 124.6 378 121.4 396 C121 402 122.4 405.5 125 410 C128.6 415.5 129.8 420.5 126 423.2 C121 426 112 426 108.2 423.6 C105.4 421.4 106.2 414.5 107.2 408 C107.8 403 107.4 398 106.8 393 C104.8 376 103.2 362 103.2 346 C103.2 334 105.4 324 105.8 312 C106.2 298 103.4 274 102.2 252 C101.6 242 101 234 99.7 228 Z";
/// Collar bone, chest, belly, fingers, kneecap, ankle, toes.
const FRONT_LINES: [&str; 8] = [
    "M103.5 84.5 C112 82 124 83.5 136 88",
    "M101 121 C108 125.5 121 125 129 116.5 C132.5 112.5 135 107 136.6 100",
    "M106 135 C105 150 105.5 170 108 188",
    "M166.6 281.5 C166.8 277 166.4 272.5 165.8 268.5",
    "M170.6 283 C171 278 171 273 170.4 268.5",
    "M110.5 307 C110 313 112.5 318.5 118 318.5 C123.5 318.5 126.5 313 126 307 C125.4 302.5 121.5 300.5 118 300.5 C114.5 300.5 111.2 302.5 110.5 307",
    "M109.5 405.5 C112.5 408 117.5 408 121 405",
    "M112.4 424.4 L112.8 420.6 M116.4 424.8 L116.6 420.8 M120.4 424.4 L120.2 420.6 M124 423.4 L123.4 420",
];
/// Shoulder blade, fold under the buttock, back of the knee, heel, fingers.
const BACK_LINES: [&str; 6] = [
    "M112 96 C109.5 108 110.5 121 115.5 131 C122 127 129 118 132 107",
    "M103.5 243.5 C110 247.5 124 247.4 136 240.6",
    "M109.5 311 C114 314.5 122 314.5 127 311",
    "M108.5 411 C112 409 120 409 123.5 411",
    "M166.6 281.5 C166.8 277 166.4 272.5 165.8 268.5",
    "M170.6 283 C171 278 171 273 170.4 268.5",
];
/// Breastbone, midline of the belly and navel; the spine and the fold below it.
const FRONT_MIDDLE: [&str; 3] =
    ["M100 89 L100 112", "M100 136 L100 164", "M98.4 176 C99.4 177.6 100.6 177.6 101.6 176"];
const BACK_MIDDLE: [&str; 2] = ["M100 72 L100 200", "M100 206 L100 236"];
/// A sole with its toes.
const SOLE: &str = "M109.6 346.4 C115.6 344.4 121.4 348.4 122 356.8 C122.4 364.6 118.8 371 118.4 379 C118 386.6 119.4 393.6 116.2 399.4 C113.6 403.8 107.6 403.6 105.6 398.6 C103.6 393 106 386 105.4 378.4 C104.8 370.6 101.4 364 102 356 C102.4 350.6 105.2 347.8 109.6 346.4 Z";
const TOES: [&str; 5] = [
    "M101.1 341.6 C101.1 339.3 102.9 337.5 105.2 337.5 C107.5 337.5 109.3 339.3 109.3 341.6 C109.3 343.9 107.5 345.7 105.2 345.7 C102.9 345.7 101.1 343.9 101.1 341.6 Z",
    "M109.4 339.4 C109.4 337.8 110.6 336.6 112.2 336.6 C113.8 336.6 115 337.8 115 339.4 C115 341 113.8 342.2 112.2 342.2 C110.6 342.2 109.4 341 109.4 339.4 Z",
    "M114.7 341.4 C114.7 340 115.8 338.9 117.2 338.9 C118.6 338.9 119.7 340 119.7 341.4 C119.7 342.8 118.6 343.9 117.2 343.9 C115.8 343.9 114.7 342.8 114.7 341.4 Z",
    "M119 344.8 C119 343.5 120 342.5 121.3 342.5 C122.6 342.5 123.6 343.5 123.6 344.8 C123.6 346.1 122.6 347.1 121.3 347.1 C120 347.1 119 346.1 119 344.8 Z",
    "M122.2 349.4 C122.2 348.2 123.1 347.3 124.3 347.3 C125.5 347.3 126.4 348.2 126.4 349.4 C126.4 350.6 125.5 351.5 124.3 351.5 C123.1 351.5 122.2 350.6 122.2 349.4 Z",
];

/// A region of a tissue in the right half, and where its number stands.
pub struct Region {
    /// The tissue.
    pub tissue: Tissue,
    /// The drawing.
    pub view: View,
    /// Its outline.
    pub path: &'static str,
    /// Where a number has room.
    pub middle: (f64, f64),
}

/// Every region.
pub const REGIONS: [Region; 10] = [
    Region {
        tissue: Tissue::HipFlexors,
        view: View::Front,
        path: "M128 193.5 C131.6 198 132.4 205.5 130 212.5 C125.6 220.5 118.6 226 110.6 228.4 C107.4 222.5 109.4 212.5 114.6 205.5 C118 200.4 122.6 196 128 193.5 Z",
        middle: (120.0, 211.0),
    },
    Region {
        tissue: Tissue::GluteItbLat,
        view: View::Front,
        path: "M134 198.5 C137.8 206 139.8 217 140.1 229 C140.2 238 139.8 246 138.8 254 C136.6 246 135 236 134 226 C133.2 216 133.2 207 134 198.5 Z",
        middle: (137.0, 228.0),
    },
    Region {
        tissue: Tissue::QuadPf,
        view: View::Front,
        path: "M131.4 221 C132 231 133.6 242 136.6 256.5 C135.2 270 132 284 129.4 295.5 C126.4 299 122.4 297.4 118 297.4 C114.2 297.4 111.4 298.8 109.6 296 C110 285 111 272 112.8 259.5 C114.8 246 119 234.5 125 227 C127 224.5 129 222.6 131.4 221 Z",
        middle: (123.0, 264.0),
    },
    Region {
        tissue: Tissue::Adductors,
        view: View::Front,
        path: "M103 234.5 C107.6 235.4 112.6 234.8 117.2 232.6 C113.4 241 110.8 252 109.4 264 C108.6 272 108 281 107.4 290 C105 272.5 103.2 253 103 234.5 Z",
        middle: (108.0, 244.0),
    },
    Region {
        tissue: Tissue::TibiaShin,
        view: View::Front,
        path: "M110.2 323.5 C115 321.6 123 321.4 128.6 323 C130.8 331 131.2 341.5 130 350.5 C127.8 364.5 122.6 378.5 119.6 392 C117 393.8 113 393.8 110.4 392 C108.8 377 107.2 362.5 107 348 C107 338.5 108.8 331 110.2 323.5 Z",
        middle: (118.0, 348.0),
    },
    Region {
        tissue: Tissue::LowBack,
        view: View::Back,
        path: "M101.6 156 C108.6 155 116.4 157.4 120.4 161.6 C122.4 171 124.8 181.4 128.6 189.6 C120.6 193 110.4 196.4 101.6 200.4 Z",
        middle: (113.0, 177.0),
    },
    Region {
        tissue: Tissue::GluteItbLat,
        view: View::Back,
        path: "M101.8 207 C108.6 200.4 120.4 195.6 131.8 196.2 C136.4 203.4 139 212.5 139.6 223 C138.8 231.4 132 239 120.4 240.6 C112.6 241.6 105.2 239.4 101.8 233.6 Z",
        middle: (121.0, 219.0),
    },
    Region {
        tissue: Tissue::Hamstrings,
        view: View::Back,
        path: "M103.8 251 C112 254 125.4 253.4 138.4 247.4 C138.8 260 136.2 276 132.2 290.5 C130.8 296 129.6 300 128.8 304.5 C122 308 113 308 107.8 305 C107.6 288 105.2 268.5 103.8 251 Z",
        middle: (120.0, 277.0),
    },
    Region {
        tissue: Tissue::CalfAchilles,
        view: View::Back,
        path: "M108.4 319.5 C114 317 123.4 316.8 129 319.5 C131.8 330 132 344 129.6 355.5 C126.4 369.5 121 382.5 119 401 C117 402.6 112.8 402.6 110.8 401 C109.2 385 106.2 369.5 105.4 354 C104.8 341.5 106.8 329.5 108.4 319.5 Z",
        middle: (118.0, 343.0),
    },
    Region {
        tissue: Tissue::PlantarFoot,
        view: View::Soles,
        path: "M109.8 349.4 C114.6 348 118.8 351.4 119 357.2 C119.2 364.4 115.8 371 115.4 379 C115 387 116.4 393 113.8 397.4 C112 400.4 109 400.2 108 396.8 C106.8 392 108.8 386 108.2 378 C107.6 370 104.4 364 105 356.6 C105.4 352.2 107 350.2 109.8 349.4 Z",
        middle: (112.0, 362.0),
    },
];

/// The whole drawing with its marks, back to front.
#[must_use]
pub fn parts(marks: &[Mark]) -> Vec<Part> {
    let mut parts = Vec::new();
    for view in View::ALL {
        let halves = [true, false].map(|is_mirrored| Place { middle: view.middle(), is_mirrored });
        let both = |parts: &mut Vec<Part>, path, look| {
            parts.extend(halves.map(|place| Part::Path { path, place, look }));
        };
        let (lines, middle): (&[&str], &[&str]) = match view {
            View::Front => (&FRONT_LINES, &FRONT_MIDDLE),
            View::Back => (&BACK_LINES, &BACK_MIDDLE),
            View::Soles => (&[], &[]),
        };
        if view == View::Soles {
            for path in TOES.iter().chain(std::iter::once(&SOLE)) {
                both(&mut parts, path, Look::Skin);
                both(&mut parts, path, Look::Outline);
            }
        } else {
            both(&mut parts, HALF_SKIN, Look::Skin);
            for path in lines {
                both(&mut parts, path, Look::Detail);
            }
            parts.extend(middle.iter().map(|path| Part::Path { path, place: halves[1], look: Look::Detail }));
        }
        parts.extend(regions(marks, view));
        if view != View::Soles {
            both(&mut parts, HALF, Look::Outline);
        }
        parts.extend(labels(view));
    }
    parts.extend(marks.iter().filter_map(|mark| number(marks, mark)));
    parts
}

/// The regions of the marks in one drawing; a place to leave alone lies over what there is to look at.
fn regions(marks: &[Mark], view: View) -> Vec<Part> {
    let of_view = || REGIONS.iter().filter(move |region| region.view == view);
    let mut found = Vec::new();
    for (is_area, mark) in marks.iter().map(|mark| (true, mark)).chain(marks.iter().map(|mark| (false, mark)))
    {
        let look = match mark.area {
            Some((_, hatch)) if is_area => Look::Area(hatch),
            None if !is_area => Look::Leave,
            _ => continue,
        };
        for region in of_view().filter(|region| region.tissue == mark.tissue) {
            let places = sides(view, mark.side).into_iter();
            found.extend(places.map(|place| Part::Path { path: region.path, place, look }));
        }
    }
    found
}

/// The halves of a drawing that a side of the body lies in; both where it is not known.
fn sides(view: View, side: Option<Side>) -> Vec<Place> {
    let halves = [false, true].map(|is_mirrored| Place { middle: view.middle(), is_mirrored });
    match side {
        None | Some(Side::Both) => halves.to_vec(),
        Some(side) if side == view.right_half() => vec![halves[0]],
        Some(_) => vec![halves[1]],
    }
}

/// The number of an area at the first of its regions, unless the area is one to leave alone.
fn number(marks: &[Mark], mark: &Mark) -> Option<Part> {
    let (number, _) = mark.area?;
    // The outer hip is seen best from behind.
    let region = REGIONS.iter().rev().find(|region| region.tissue == mark.tissue)?;
    let place = sides(region.view, mark.side).into_iter().next()?;
    if mark.side.is_none() {
        return Some(Part::Either(number, (region.view.middle(), region.middle.1)));
    }
    let is_left_alone = marks.iter().any(|other| other.area.is_none() && other.tissue == mark.tissue);
    // Beside the cross, not under it.
    let (x, y) = region.middle;
    Some(Part::Number(number, place.at(if is_left_alone { (x + 26.0, y) } else { (x, y) })))
}

/// Which drawing it is, and which side is which.
fn labels(view: View) -> Vec<Part> {
    let word = |word: &str, at: (f64, f64)| Part::Word(word.to_owned(), at);
    let middle = view.middle();
    match view {
        View::Front => {
            vec![
                word("Front", (middle + 58.0, 26.0)),
                word("R", (middle - 70.0, 300.0)),
                word("L", (middle + 70.0, 300.0)),
            ]
        }
        View::Back => {
            vec![
                word("Back", (middle - 56.0, 26.0)),
                word("L", (middle - 70.0, 300.0)),
                word("R", (middle + 70.0, 300.0)),
            ]
        }
        View::Soles => vec![
            word("Soles", (middle, 427.0)),
            word("L", (middle - 14.0, 328.0)),
            word("R", (middle + 14.0, 328.0)),
        ],
    }
}

/// One step of a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// To a point without drawing.
    Move((f64, f64)),
    /// A straight line.
    Line((f64, f64)),
    /// A cubic curve.
    Curve((f64, f64), (f64, f64), (f64, f64)),
    /// Back to where it began.
    Close,
}

/// The steps of a path on the canvas.
#[must_use]
pub fn steps(path: &str, place: Place) -> Vec<Step> {
    let spaced: String = path
        .chars()
        .flat_map(|c| if c.is_ascii_alphabetic() { vec![' ', c, ' '] } else { vec![c] })
        .collect();
    let (mut steps, mut command, mut numbers) = (Vec::new(), ' ', Vec::new());
    for word in spaced.split_whitespace() {
        if let Ok(number) = word.parse::<f64>() {
            numbers.push(number);
        } else {
            command = word.chars().next().unwrap_or(' ');
        }
        let at = |k: usize| place.at((numbers[k], numbers[k + 1]));
        let step = match (command, numbers.len()) {
            ('M', 2) => Step::Move(at(0)),
            ('L', 2) => Step::Line(at(0)),
            ('C', 6) => Step::Curve(at(0), at(2), at(4)),
            ('Z', 0) => Step::Close,
            _ => continue,
        };
        steps.push(step);
        numbers.clear();
    }
    steps
}

/// The box around the points of some steps: left, top, right, bottom.
#[must_use]
pub fn bounds(steps: &[Step]) -> (f64, f64, f64, f64) {
    let points = steps.iter().flat_map(|step| match *step {
        Step::Move(a) | Step::Line(a) => vec![a],
        Step::Curve(a, b, c) => vec![a, b, c],
        Step::Close => vec![],
    });
    points.fold((f64::MAX, f64::MAX, f64::MIN, f64::MIN), |(x0, y0, x1, y1), (x, y)| {
        (x0.min(x), y0.min(y), x1.max(x), y1.max(y))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tissue_has_a_region_within_the_body() {
        for tissue in Tissue::ALL {
            assert!(REGIONS.iter().any(|region| region.tissue == tissue), "{tissue:?}");
        }
        for region in &REGIONS {
            let place = Place { middle: 100.0, is_mirrored: false };
            let path = steps(region.path, place);
            assert_eq!(path.last(), Some(&Step::Close));
            let (x0, y0, x1, y1) = bounds(&path);
            assert!(x0 > 100.0 && x1 < 142.0 && y0 > 150.0 && y1 < 405.0, "{:?}", region.tissue);
            let (x, y) = region.middle;
            assert!((x0..x1).contains(&x) && (y0..y1).contains(&y), "{:?}", region.tissue);
        }
    }

    #[test]
    fn a_side_is_where_the_runner_has_it() {
        let mark = |side| Mark { tissue: Tissue::CalfAchilles, side, area: Some((1, Hatch::High)) };
        let halves = |side| -> Vec<bool> {
            let of_area = |part: Part| match part {
                Part::Path { place, look: Look::Area(_), .. } => Some(place.is_mirrored),
                _ => None,
            };
            parts(&[mark(side)]).into_iter().filter_map(of_area).collect()
        };
        // The calf is seen from behind, where left is left.
        assert_eq!(halves(Some(Side::Left)), [true]);
        assert_eq!(halves(Some(Side::Right)), [false]);
        assert_eq!(halves(None).len(), 2);
        let shin = Mark { tissue: Tissue::TibiaShin, ..mark(Some(Side::Left)) };
        assert!(parts(&[shin]).iter().any(|part| matches!(
            part,
            Part::Path { place: Place { is_mirrored: false, .. }, look: Look::Area(_), .. }
        )));
    }

    #[test]
    fn a_place_to_leave_alone_lies_on_top() {
        let area = Mark { tissue: Tissue::QuadPf, side: None, area: Some((1, Hatch::Elevated)) };
        let leave = Mark { area: None, side: Some(Side::Left), ..area };
        let looks: Vec<Look> = parts(&[leave, area])
            .iter()
            .filter_map(|part| match part {
                Part::Path { look: look @ (Look::Area(_) | Look::Leave), .. } => Some(*look),
                _ => None,
            })
            .collect();
        let elevated = Look::Area(Hatch::Elevated);
        assert_eq!(looks, [elevated, elevated, Look::Leave]);
    }
}
