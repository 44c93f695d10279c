//! Charts to SVG and PNG.
//!
//! Input: a [`ChartSpec`] and a size in px. Output: SVG text or PNG bytes. Invariant: the same chart and size
//! give the same bytes; a drawing in the page differs from one that stands alone only in head and colours.

use super::chart::{ChartSpec, TimeAxis};
use super::compact::compact;
use super::font::HEIGHT_EM;
use super::layout::{self, Heading};
use super::paint::{Joins, Painter};
use super::png;
use super::scene::{Area, Scene};
use super::theme::{CHART_WIDTH, FONT_STACK, INKS, Ink, SMALL_PX};
use crate::error::Error;
use crate::model::calendar::minus;
use plotters::prelude::{BitMapBackend, SVGBackend};

/// plotters writes a font size of an em times this.
const SVG_EM: f64 = 1.24;
/// Pixels of a PNG for each px of the drawing, for dense screens.
const PNG_DENSITY: u32 = 2;
/// Pixels that are drawn for each one of the PNG along each side, and averaged.
const PNG_SAMPLES: u32 = 2;

/// The size in px that suits a chart that stands alone.
#[must_use]
pub fn natural_size(spec: &ChartSpec) -> (u32, u32) {
    (CHART_WIDTH, layout::natural(spec, CHART_WIDTH, Heading::Drawn).1)
}

/// A chart as SVG that stands alone: in light colours, with its title, on paper.
pub fn svg(spec: &ChartSpec, width: u32, height: u32) -> Result<String, Error> {
    let scene = layout::scene(spec, width, height, Heading::Drawn);
    let id = format!("{}-{width}", spec.id);
    let named = (id.as_str(), spec.title, spec.finding.as_str());
    let root = root(named, (width, height), " xmlns=\"http://www.w3.org/2000/svg\"");
    let paper = format!("<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n", Ink::Paper.hex());
    Ok(root + &paper + &compact(&vector(&scene, width, height)?) + "</svg>\n")
}

/// A chart as SVG for inside the page: in the colours of the page's style sheet, its title beside it.
pub fn inline_svg(spec: &ChartSpec, width: u32) -> Result<String, Error> {
    let (scene, height) = layout::natural(spec, width, Heading::Beside);
    let id = format!("{}-{width}", spec.id);
    let axis = scene.plot.map_or_else(String::new, |plot| axis(spec.time, plot));
    inline(&scene, (width, height), (&id, spec.title, &spec.finding), &axis)
}

/// Anything laid out as SVG for inside a page; `named` are its id, its title and what it shows in a sentence.
pub fn inline_scene(scene: &Scene, height: u32, named: (&str, &str, &str)) -> Result<String, Error> {
    inline(scene, (scene.width.ceil() as u32, height), named, "")
}

fn inline(
    scene: &Scene,
    (width, height): (u32, u32),
    named: (&str, &str, &str),
    attributes: &str,
) -> Result<String, Error> {
    let mut body = compact(&vector(scene, width, height)?);
    for ink in INKS {
        body = body.replace(&format!("\"{}\"", ink.hex()), &format!("\"{}\"", ink.variable()));
    }
    Ok(root(named, (width, height), attributes) + &body + "</svg>\n")
}

/// A chart as PNG that stands alone, with two pixels along each px of `width` and `height`.
pub fn png(spec: &ChartSpec, width: u32, height: u32) -> Result<Vec<u8>, Error> {
    let scene = layout::scene(spec, width, height, Heading::Drawn);
    let scale = PNG_DENSITY * PNG_SAMPLES;
    let size = (width * scale, height * scale);
    let (r, g, b) = Ink::Paper.light();
    let mut pixels = [r, g, b].repeat(size.0 as usize * size.1 as usize);
    let mut backend = BitMapBackend::with_buffer(&mut pixels, size);
    // The letters of plotters stand on a line at half their height under the middle of their em box.
    let painter = Painter { scale: f64::from(scale), em: HEIGHT_EM, drop_em: 0.21, joins: Joins::Discs };
    painter.paint(&mut backend, &scene)?;
    drop(backend);
    png::encode(&png::shrink(&pixels, size, PNG_SAMPLES), (width * PNG_DENSITY, height * PNG_DENSITY))
}

fn vector(scene: &Scene, width: u32, height: u32) -> Result<String, Error> {
    let mut svg = String::new();
    let mut backend = SVGBackend::with_string(&mut svg, (width, height));
    Painter { scale: 1.0, em: SVG_EM, drop_em: 0.0, joins: Joins::Own }.paint(&mut backend, scene)?;
    drop(backend);
    Ok(svg)
}

/// The time axis for the script of the page: first and last day, and where the first begins and the last ends.
fn axis(time: TimeAxis, plot: Area) -> String {
    let last = minus(time.end, 1);
    let Area { x0, y0, x1, y1 } = plot;
    format!(
        " data-from=\"{}\" data-to=\"{last}\" data-x0=\"{x0:.0}\" data-x1=\"{x1:.0}\" data-y0=\"{y0:.0}\" data-y1=\"{y1:.0}\"",
        time.start
    )
}

/// The opening of the drawing: its name and finding for those who do not see it.
fn root((id, title, finding): (&str, &str, &str), (width, height): (u32, u32), attributes: &str) -> String {
    let (title, finding) = (escape(title), escape(finding));
    format!(
        "<svg{attributes} viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\" \
         font-family=\"{FONT_STACK}\" font-size=\"{SMALL_PX}\" stroke-linejoin=\"round\">\n\
         <title id=\"{id}-t\">{title}</title>\n<desc id=\"{id}-d\">{finding}</desc>\n"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::model::units::Units;
    use crate::report::charts;
    use crate::report::scene::{Anchor, Face};
    use crate::report::testing::{empty, sample, tiny, with_another_calendar, with_history};
    use crate::report::theme::PAGE_WIDTHS;
    use quick_xml::Reader;
    use quick_xml::events::{BytesStart, Event};

    /// The size of the drawing and its texts with their boxes, read back from the SVG; fails where it is not
    /// well formed.
    fn texts(svg: &str) -> ((f64, f64), Vec<(String, Area)>) {
        let mut reader = Reader::from_str(svg);
        let (mut size, mut texts, mut open) = ((0.0, 0.0), Vec::new(), None);
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) if tag.name().as_ref() == "svg" => {
                    let view: Vec<f64> =
                        attribute(&tag, "viewBox").unwrap().split(' ').map(|n| n.parse().unwrap()).collect();
                    size = (view[2], view[3]);
                }
                Event::Start(tag) if tag.name().as_ref() == "text" => {
                    open = Some((face(&tag), String::new()));
                }
                Event::Text(text) => {
                    if let Some((_, words)) = &mut open {
                        words.push_str(&text);
                    }
                }
                Event::GeneralRef(name) => {
                    if let Some((_, words)) = &mut open {
                        words.push_str(quick_xml::escape::resolve_predefined_entity(&name).unwrap());
                    }
                }
                Event::End(tag) if tag.name().as_ref() == "text" => {
                    let ((face, at), words) = open.take().unwrap();
                    let area = face.area(&words, at);
                    texts.push((words, area));
                }
                Event::Eof => return (size, texts),
                _ => {}
            }
        }
    }

    fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
        tag.attributes().map(Result::unwrap).find(|a| a.key.as_ref() == name).map(|a| a.value.to_string())
    }

    fn face(tag: &BytesStart) -> (Face, (f64, f64)) {
        let number = |name| attribute(tag, name).map(|n| n.parse::<f64>().unwrap());
        let anchor = match attribute(tag, "text-anchor").as_deref() {
            Some("middle") => Anchor::Middle,
            Some("end") => Anchor::End,
            _ => Anchor::Start,
        };
        let px = number("font-size").unwrap_or(SMALL_PX);
        (Face::new(px, Ink::Text).at(anchor), (number("x").unwrap(), number("y").unwrap()))
    }

    fn check(analysis: &Analysis, width: u32) {
        for spec in charts::all(analysis) {
            let height = layout::natural(&spec, width, Heading::Drawn).1;
            for svg in [svg(&spec, width, height).unwrap(), inline_svg(&spec, width).unwrap()] {
                let (size, texts) = texts(&svg);
                assert!(texts.len() > 3 || spec.is_empty(), "{}", spec.id);
                for (i, (words, area)) in texts.iter().enumerate() {
                    let place = format!("{} at {width}: {words:?} {area:?}", spec.id);
                    // Whole pixels may be half a pixel off.
                    let is_inside =
                        area.x0 > -1.0 && area.x1 < size.0 + 1.0 && area.y0 > -1.0 && area.y1 < size.1 + 1.0;
                    assert!(is_inside, "outside: {place}");
                    for (other, b) in &texts[i + 1..] {
                        let meets = area.x0 + 1.0 < b.x1
                            && b.x0 + 1.0 < area.x1
                            && area.y0 + 1.0 < b.y1
                            && b.y0 + 1.0 < area.y1;
                        assert!(!meets, "over {other:?}: {place}");
                    }
                }
            }
        }
    }

    #[test]
    fn no_text_is_cut_or_meets_another_at_any_width() {
        let varied = with_another_calendar(&with_history(sample(30)));
        let imperial = Analysis { units: Units::Imperial, ..with_history(sample(290)) };
        for analysis in [varied, imperial, sample(30), sample(3), tiny(), empty()] {
            for width in [320, 360, 500, 660, 768, 980, 1600] {
                check(&analysis, width);
            }
        }
    }

    #[test]
    fn names_from_files_stay_text() {
        let mut analysis = sample(30);
        for race in &mut analysis.races {
            race.name = "<script>\"x\u{0}\u{202E}".into();
        }
        check(&analysis, 980);
        let svg = svg(&charts::all(&analysis)[0], 980, 500).unwrap();
        assert!(svg.contains("&lt;script&gt;&quot;x<") && !svg.contains("<script"), "{svg}");
    }

    #[test]
    fn the_same_chart_gives_the_same_bytes() {
        let (once, again) = (charts::all(&sample(30)), charts::all(&sample(30)));
        for (a, b) in once.iter().zip(&again) {
            assert_eq!(svg(a, 980, 500).unwrap(), svg(b, 980, 500).unwrap());
        }
        let picture = png(&once[3], 400, 300).unwrap();
        assert_eq!(picture, png(&again[3], 400, 300).unwrap());
        assert_eq!(picture[16..24], [0, 0, 3, 32, 0, 0, 2, 88]);
    }

    #[test]
    fn the_drawing_says_what_it_shows() {
        let spec = &charts::all(&sample(30))[0];
        let alone = svg(spec, 980, 500).unwrap();
        assert!(
            alone.starts_with(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 980 500\" role=\"img\""
            )
        );
        assert!(alone.contains(&format!("<desc id=\"weekly-mileage-980-d\">{}</desc>", spec.finding)));
        assert!(!alone.contains("var(--") && alone.len() < 40_000, "{}", alone.len());
        for width in PAGE_WIDTHS {
            let inline = inline_svg(spec, width).unwrap();
            assert!(!inline.contains('#') && inline.contains("fill=\"var(--blue-deep)\""));
            let axis = format!(
                " data-from=\"2025-12-01\" data-to=\"2026-06-28\" data-x0=\"76\" data-x1=\"{}\"",
                width - 18
            );
            assert!(inline.contains(&axis) && !alone.contains("data-"), "{}", &inline[..300]);
        }
    }
}
