//! The elements that plotters wrote, in fewer bytes and with the same look.
//!
//! Input: the text of an SVG by plotters. Output: its elements without the root. Invariant: nothing moves, and what
//! lies on top of what stays so: only neighbours of one colour become one path.

use super::theme::{FONT_STACK, SMALL_PX};
use std::fmt::Write as _;

/// What is the default anyway, or is written shorter.
const SHORTER: [(&str, &str); 6] = [
    (" opacity=\"1\"", ""),
    (" stroke=\"none\"", ""),
    (" stroke-width=\"1\"", ""),
    (" text-anchor=\"start\"", ""),
    (" dy=\"0.5ex\"", " dy=\".32em\""),
    (" \"/>", "\"/>"),
];

/// The elements inside the root, without what the root says for all; lines and boxes of one colour that follow each
/// other are one path.
#[must_use]
pub fn compact(svg: &str) -> String {
    let for_all = [format!(" font-family=\"{FONT_STACK}\""), format!(" font-size=\"{SMALL_PX}\"")];
    let mut out = String::new();
    let mut open: Option<Path> = None;
    for line in svg.lines().filter(|line| !line.starts_with("<svg") && !line.starts_with("</svg")) {
        if !line.starts_with('<') {
            out.push_str(line);
            continue;
        }
        let line = SHORTER.iter().fold(line.to_owned(), |line, (from, to)| line.replace(from, to));
        let line = for_all.iter().fold(line, |line, attribute| line.replace(attribute, ""));
        match (&mut open, path(&line)) {
            (Some(open), Some(path)) if open.look == path.look => open.d.push_str(&path.d),
            (_, path) => {
                close(&mut out, open.take());
                if path.is_none() {
                    out.push_str(&line);
                    out.push_str(if line.starts_with("<text") { "" } else { "\n" });
                }
                open = path;
            }
        }
    }
    close(&mut out, open);
    out
}

/// A path that may still grow.
struct Path {
    look: String,
    d: String,
}

fn close(out: &mut String, path: Option<Path>) {
    if let Some(Path { look, d }) = path {
        writeln!(out, "<path {look} d=\"{d}\"/>").expect("writing to a String cannot fail");
    }
}

/// A line or a box as path; `None` for every other element.
fn path(element: &str) -> Option<Path> {
    if let Some(line) = element.strip_prefix("<polyline ") {
        let (look, points) = line.split_once(" points=\"")?;
        let d = format!("M{}", points.strip_suffix("\"/>")?);
        return Some(Path { look: look.to_owned(), d });
    }
    let rest = element.strip_prefix("<rect ")?.strip_suffix("/>")?;
    let mut parts = rest.splitn(5, ' ');
    let mut number = |name: &str| parts.next()?.strip_prefix(name)?.strip_suffix('"');
    let (x, y) = (number("x=\"")?, number("y=\"")?);
    let (width, height) = (number("width=\"")?, number("height=\"")?);
    let look = parts.next()?.to_owned();
    Some(Path { look, d: format!("M{x},{y}h{width}v{height}h-{width}z") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_of_one_colour_become_one_path() {
        let rect = |x: u32, ink: &str| {
            format!(
                "<rect x=\"{x}\" y=\"2\" width=\"3\" height=\"4\" opacity=\"1\" fill=\"{ink}\" stroke=\"none\"/>\n"
            )
        };
        let line = |x: u32| {
            format!(
                "<polyline fill=\"none\" opacity=\"1\" stroke=\"#1\" stroke-width=\"1\" points=\"{x},0 {x},9 \"/>\n"
            )
        };
        let text = "<text x=\"1\" y=\"2\" dy=\"0.5ex\" text-anchor=\"start\">\na &lt; b\n</text>\n";
        let svg = [
            "<svg>\n",
            &rect(1, "#A"),
            &rect(9, "#A"),
            &rect(5, "#B"),
            &line(1),
            &line(7),
            text,
            &line(3),
            "</svg>\n",
        ];
        assert_eq!(
            compact(&svg.concat()),
            "<path fill=\"#A\" d=\"M1,2h3v4h-3zM9,2h3v4h-3z\"/>\n\
             <path fill=\"#B\" d=\"M5,2h3v4h-3z\"/>\n\
             <path fill=\"none\" stroke=\"#1\" d=\"M1,0 1,9M7,0 7,9\"/>\n\
             <text x=\"1\" y=\"2\" dy=\".32em\">a &lt; b</text>\n\
             <path fill=\"none\" stroke=\"#1\" d=\"M3,0 3,9\"/>\n"
        );
    }
}
