//! Placed words and drawings to the bytes of a PDF, tagged for those who hear it read.

use super::super::body::{self, Look, Part, Step};
use super::super::page::described;
use super::super::sheet::{Hatch, Sheet};
use super::super::timeline;
use super::flow::{Op, Page, Role, Style, width};
use crate::brief::Brief;
use crate::error::Error;
use crate::report::scene::{Anchor, Scene, Shape};
use crate::report::theme::Ink;
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag, Tag, TagGroup, TagTree};
use krilla::text::{Font, TextDirection};
use std::num::NonZeroU16;

/// Lines around letters, as a share of the size: the font is a light one, and there is no other.
const WEIGHT: f64 = 0.014;
const BOLD_WEIGHT: f64 = 0.052;
/// Segments of a quarter of a circle as a cubic curve.
const ROUND: f64 = 0.552_285;

/// The bytes of a page of `size` pt.
pub(super) fn paint(page: &Page, sheet: &Sheet, brief: &Brief, size: (f64, f64)) -> Result<Vec<u8>, Error> {
    let failed = |cause: &str| Error::internal("a PDF", cause);
    let font = Font::new(epaint_default_fonts::UBUNTU_LIGHT.into(), 0);
    let font = font.ok_or_else(|| failed("the bundled font cannot be read"))?;
    let settings = PageSettings::from_wh(size.0 as f32, size.1 as f32).ok_or_else(|| failed("no paper"))?;
    let mut document = Document::new();
    let title = format!("{}, {}: massage brief", sheet.athlete, brief.on);
    let metadata = Metadata::new().title(title).language("en".to_owned()).creator("legwork".to_owned());
    document.set_metadata(metadata);
    let mut tree = TagTree::new().with_lang(Some("en".to_owned()));
    {
        let mut paper = document.start_page_with(settings);
        let mut painter = Painter { surface: paper.surface(), font };
        for group in painter.page(page, sheet, brief) {
            tree.push(group);
        }
    }
    document.set_tag_tree(tree);
    document.finish().map_err(|cause| Error::internal("a PDF", format!("{cause:?}")))
}

/// A surface with the font of everything on it.
struct Painter<'a> {
    surface: Surface<'a>,
    font: Font,
}

impl Painter<'_> {
    /// Paints everything; gives the paragraphs and figures in the order in which they are read.
    fn page(&mut self, page: &Page, sheet: &Sheet, brief: &Brief) -> Vec<TagGroup> {
        let mut groups: Vec<TagGroup> = page.roles.iter().map(|role| group(*role)).collect();
        let mut figures = Vec::new();
        for op in &page.ops {
            match op {
                Op::Text { text, at, style, paragraph } => {
                    let id = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                    self.text(text, *at, *style);
                    self.surface.end_tagged();
                    if let Some(group) = groups.get_mut(*paragraph) {
                        group.push(id);
                    }
                }
                Op::Strip { at, scale } => {
                    let (scene, _) = timeline::scene(brief, super::STRIP_PX);
                    figures.push(
                        self.figure(timeline::finding(brief), |painter| painter.scene(&scene, *at, *scale)),
                    );
                }
                Op::Body { at, scale } => {
                    figures.push(self.figure(described(sheet), |painter| painter.body(sheet, *at, *scale)));
                }
                Op::Box { .. } | Op::Rule { .. } | Op::Arrow { .. } | Op::Sample { .. } => {
                    let layout = Artifact::with_kind(ArtifactType::Layout);
                    self.surface.start_tagged(ContentTag::Artifact(layout));
                    self.mark(op);
                    self.surface.end_tagged();
                }
            }
        }
        groups.extend(figures);
        groups
    }

    fn figure(&mut self, says: String, draw: impl FnOnce(&mut Self)) -> TagGroup {
        let id = self.surface.start_tagged(ContentTag::Other);
        draw(self);
        self.surface.end_tagged();
        let mut group = TagGroup::new(Tag::Figure(Some(says)));
        group.push(id);
        group
    }

    /// A box, a line, or a sample of the key.
    fn mark(&mut self, op: &Op) {
        match op {
            Op::Box { area: (x, y, w, h), fill, line } => {
                let path = polygon(&[(*x, *y), (x + w, *y), (x + w, y + h), (*x, y + h)]);
                self.draw(path, *fill, line.map(|width| (Ink::Text, width)));
            }
            Op::Rule { from, to, width } => {
                self.draw(polyline(&[*from, *to]), None, Some((Ink::Text, *width)));
            }
            Op::Arrow { area: (x, y, w, h), is_up } => {
                let (tip, foot) = if *is_up { (*y, y + h) } else { (y + h, *y) };
                self.draw(polygon(&[(*x, foot), (x + w / 2.0, tip), (x + w, foot)]), Some(Ink::Text), None);
            }
            Op::Sample { area: (x, y, w, h), hatch } => {
                let (x1, y1) = (x + w, y + h);
                let path = || polygon(&[(*x, *y), (x1, *y), (x1, y1), (*x, y1)]);
                match hatch {
                    Some(hatch) => self.hatched(path(), *hatch, (*x, *y, x1, y1), 0.62),
                    None => self.cross((*x, *y, x1, y1), 0.0, 1.0),
                }
                self.draw(path(), None, Some((Ink::Text, 0.7)));
            }
            Op::Text { .. } | Op::Strip { .. } | Op::Body { .. } => {}
        }
    }

    fn text(&mut self, text: &str, (x, y): (f64, f64), style: Style) {
        let weight = style.size * if style.is_bold { BOLD_WEIGHT } else { WEIGHT };
        if text.is_empty() {
            return;
        }
        self.surface.set_fill(Some(fill(style.ink)));
        self.surface.set_stroke(Some(stroke(style.ink, weight)));
        let start = Point::from_xy(x as f32, y as f32);
        self.surface.draw_text(start, self.font.clone(), style.size as f32, text, false, TextDirection::Auto);
    }

    fn draw(&mut self, path: Option<Path>, inside: Option<Ink>, line: Option<(Ink, f64)>) {
        let Some(path) = path else { return };
        self.surface.set_fill(inside.map(fill));
        self.surface.set_stroke(line.map(|(ink, width)| stroke(ink, width)));
        if inside.is_some() || line.is_some() {
            self.surface.draw_path(&path);
        }
    }

    /// Shapes laid out in px.
    fn scene(&mut self, scene: &Scene, (left, top): (f64, f64), scale: f64) {
        let at = |(x, y): (f64, f64)| (left + scale * x, top + scale * y);
        let all = |points: &[(f64, f64)]| points.iter().map(|point| at(*point)).collect::<Vec<_>>();
        for shape in &scene.shapes {
            match shape {
                Shape::Rect(area, ink) => {
                    let corners =
                        [(area.x0, area.y0), (area.x1, area.y0), (area.x1, area.y1), (area.x0, area.y1)];
                    self.draw(polygon(&all(&corners)), Some(*ink), None);
                }
                Shape::Line(points, ink, width) => {
                    self.draw(polyline(&all(points)), None, Some((*ink, scale * f64::from(*width))));
                }
                Shape::Polygon(points, ink) => self.draw(polygon(&all(points)), Some(*ink), None),
                Shape::Disc(middle, r, ink) => self.draw(circle(at(*middle), scale * r), Some(*ink), None),
                Shape::Ring(middle, r, ink) => {
                    self.draw(circle(at(*middle), scale * r), None, Some((*ink, scale)));
                }
                Shape::Text(text, place, face) => {
                    let style = Style { size: scale * face.px, is_bold: false, ink: face.ink };
                    self.anchored(text, at(*place), style, face.anchor);
                }
            }
        }
    }

    /// A text whose place names its middle line.
    fn anchored(&mut self, text: &str, (x, y): (f64, f64), style: Style, anchor: Anchor) {
        let wide = width(text, style.size);
        let x = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - wide / 2.0,
            Anchor::End => x - wide,
        };
        self.text(text, (x, y + 0.34 * style.size), style);
    }

    /// The outline of the body with its marks.
    fn body(&mut self, sheet: &Sheet, (left, top): (f64, f64), scale: f64) {
        let at = |(x, y): (f64, f64)| (left + scale * x, top + scale * y);
        for part in body::parts(&sheet.marks) {
            match part {
                Part::Path { path, place, look } => {
                    let steps = body::steps(path, place);
                    let path = || traced(&steps, at);
                    let (x0, y0, x1, y1) = body::bounds(&steps);
                    let ((x0, y0), (x1, y1)) = (at((x0, y0)), at((x1, y1)));
                    match look {
                        Look::Skin => self.draw(path(), Some(Ink::Usual), None),
                        Look::Outline => self.draw(path(), None, Some((Ink::Slate, 1.7 * scale))),
                        Look::Detail => self.draw(path(), None, Some((Ink::Axis, 0.9 * scale))),
                        Look::Area(hatch) => {
                            self.hatched(path(), hatch, (x0, y0, x1, y1), scale);
                            self.draw(path(), None, Some((Ink::Text, 1.3 * scale)));
                        }
                        Look::Leave => {
                            self.draw(path(), Some(Ink::Paper), Some((Ink::Text, 1.6 * scale)));
                            self.cross((x0, y0, x1, y1), 3.0 * scale, 2.6 * scale);
                        }
                    }
                }
                Part::Word(word, place) => {
                    let style = Style { size: body::WORD_PX * scale, is_bold: true, ink: Ink::Text };
                    let (x, y) = at(place);
                    self.text(&word, (x - width(&word, style.size) / 2.0, y), style);
                }
                Part::Either(number, (x, y)) => {
                    let (wide, high) = body::EITHER;
                    let corner = at((x - wide / 2.0, y - high / 2.0));
                    let area = (corner.0, corner.1, wide * scale, high * scale);
                    self.draw(boxed(area), Some(Ink::Paper), Some((Ink::Text, 1.4 * scale)));
                    let style = Style { size: 15.0 * scale, is_bold: true, ink: Ink::Text };
                    self.anchored(&format!("{number} either side"), at((x, y)), style, Anchor::Middle);
                }
                Part::Number(number, place) => {
                    self.draw(
                        circle(at(place), 10.5 * scale),
                        Some(Ink::Paper),
                        Some((Ink::Text, 1.4 * scale)),
                    );
                    let style = Style { size: 16.0 * scale, is_bold: true, ink: Ink::Text };
                    self.anchored(&number.to_string(), at(place), style, Anchor::Middle);
                }
            }
        }
    }

    /// Hatch lines over a box, cut to a path; `scale` is pt for a px of the drawing.
    fn hatched(&mut self, path: Option<Path>, hatch: Hatch, area: (f64, f64, f64, f64), scale: f64) {
        let Some(path) = path else { return };
        self.surface.push_clip_path(&path, &FillRule::NonZero);
        let (x0, y0, x1, y1) = area;
        let (wide, high) = (x1 - x0, y1 - y0);
        let (step, slopes): (f64, &[bool]) = match hatch {
            Hatch::High => (5.0, &[true, false]),
            Hatch::Elevated => (5.0, &[true]),
            Hatch::Emphasis => (9.0, &[false]),
            Hatch::Noted => (6.0, &[]),
        };
        let step = step * scale * std::f64::consts::SQRT_2.recip() * 1.4;
        for is_rising in slopes {
            let n = ((wide + high) / step).ceil() as usize;
            for k in 0..=n {
                let offset = k as f64 * step;
                let line = if *is_rising {
                    [(x0 + offset - high, y1), (x0 + offset, y0)]
                } else {
                    [(x0 + offset - high, y0), (x0 + offset, y1)]
                };
                self.draw(polyline(&line), None, Some((Ink::Text, 1.1 * scale)));
            }
        }
        if hatch == Hatch::Noted {
            let step = 4.2 * scale;
            for row in 0..=(high / step).ceil() as usize {
                let off = if row % 2 == 0 { 0.0 } else { step / 2.0 };
                for k in 0..=(wide / step).ceil() as usize {
                    let middle = (x0 + off + k as f64 * step, y0 + row as f64 * step);
                    self.draw(circle(middle, 0.75 * scale), Some(Ink::Text), None);
                }
            }
        }
        self.surface.pop();
    }

    fn cross(&mut self, (x0, y0, x1, y1): (f64, f64, f64, f64), over: f64, line: f64) {
        for ends in [[(x0 - over, y0), (x1 + over, y1)], [(x1 + over, y0), (x0 - over, y1)]] {
            self.draw(polyline(&ends), None, Some((Ink::Text, line)));
        }
    }
}

/// The tag of a paragraph.
fn group(role: Role) -> TagGroup {
    let level = |n| NonZeroU16::new(n).unwrap_or(NonZeroU16::MIN);
    match role {
        Role::Title => TagGroup::new(Tag::Hn(level(1), None)),
        Role::Heading => TagGroup::new(Tag::Hn(level(2), None)),
        Role::Text => TagGroup::new(Tag::P),
    }
}

fn fill(ink: Ink) -> Fill {
    Fill { paint: colour(ink).into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

fn stroke(ink: Ink, width: f64) -> Stroke {
    let (line_cap, line_join) = (LineCap::Butt, LineJoin::Round);
    Stroke { paint: colour(ink).into(), width: width as f32, line_cap, line_join, ..Stroke::default() }
}

fn colour(ink: Ink) -> rgb::Color {
    let (r, g, b) = ink.light();
    rgb::Color::new(r, g, b)
}

fn polyline(points: &[(f64, f64)]) -> Option<Path> {
    let mut builder = PathBuilder::new();
    let (first, rest) = points.split_first()?;
    builder.move_to(first.0 as f32, first.1 as f32);
    for (x, y) in rest {
        builder.line_to(*x as f32, *y as f32);
    }
    builder.finish()
}

fn polygon(points: &[(f64, f64)]) -> Option<Path> {
    let mut builder = PathBuilder::new();
    let (first, rest) = points.split_first()?;
    builder.move_to(first.0 as f32, first.1 as f32);
    for (x, y) in rest {
        builder.line_to(*x as f32, *y as f32);
    }
    builder.close();
    builder.finish()
}

/// A rectangle: left, top, width and height in pt.
fn boxed((x, y, width, height): (f64, f64, f64, f64)) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.move_to(x as f32, y as f32);
    for (x, y) in [(x + width, y), (x + width, y + height), (x, y + height)] {
        path.line_to(x as f32, y as f32);
    }
    path.close();
    path.finish()
}

fn circle((x, y): (f64, f64), r: f64) -> Option<Path> {
    let k = ROUND * r;
    let quarters = [
        ((x + r, y + k), (x + k, y + r), (x, y + r)),
        ((x - k, y + r), (x - r, y + k), (x - r, y)),
        ((x - r, y - k), (x - k, y - r), (x, y - r)),
        ((x + k, y - r), (x + r, y - k), (x + r, y)),
    ];
    let steps = std::iter::once(Step::Move((x + r, y)));
    let steps = steps.chain(quarters.map(|(a, b, c)| Step::Curve(a, b, c))).chain([Step::Close]);
    traced(&steps.collect::<Vec<_>>(), |point| point)
}

/// The path of some steps, each point moved to its place.
fn traced(steps: &[Step], at: impl Fn((f64, f64)) -> (f64, f64)) -> Option<Path> {
    let mut builder = PathBuilder::new();
    let place = |point| {
        let (x, y) = at(point);
        (x as f32, y as f32)
    };
    for step in steps {
        match *step {
            Step::Move(a) => {
                let (x, y) = place(a);
                builder.move_to(x, y);
            }
            Step::Line(a) => {
                let (x, y) = place(a);
                builder.line_to(x, y);
            }
            Step::Curve(from, to, end) => {
                let ((x1, y1), (x2, y2), (x, y)) = (place(from), place(to), place(end));
                builder.cubic_to(x1, y1, x2, y2, x, y);
            }
            Step::Close => builder.close(),
        }
    }
    builder.finish()
}
