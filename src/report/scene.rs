//! A chart laid out: shapes with places in px, ready for any painter.
//!
//! Input: calls of `layout`. Output: the list of [`Shape`]s in the order of painting. Invariant: the boxes of
//! all texts are known, so that optional ones are placed only where there is room.

use super::chart::Symbol;
use super::font;
use super::theme::Ink;

/// A rectangle in px; `y` grows downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Left.
    pub x0: f64,
    /// Top.
    pub y0: f64,
    /// Right.
    pub x1: f64,
    /// Bottom.
    pub y1: f64,
}

/// Which point of a text its place names; always its middle line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The left end.
    Start,
    /// The middle.
    Middle,
    /// The right end.
    End,
}

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Face {
    /// Size in px.
    pub px: f64,
    /// Colour.
    pub ink: Ink,
    /// What its place names.
    pub anchor: Anchor,
}

/// One thing to paint.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A filled rectangle.
    Rect(Area, Ink),
    /// A line of whole pixels width.
    Line(Vec<(f64, f64)>, Ink, u32),
    /// A filled polygon.
    Polygon(Vec<(f64, f64)>, Ink),
    /// A filled disc.
    Disc((f64, f64), f64, Ink),
    /// A circle one pixel wide.
    Ring((f64, f64), f64, Ink),
    /// A line of text.
    Text(String, (f64, f64), Face),
}

/// What is to be painted on one canvas.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Width in px.
    pub width: f64,
    /// The shapes, back to front.
    pub shapes: Vec<Shape>,
    /// Where the time axis runs: from the start of its first day to the end of its last one, over all panels. `None`
    /// without such an axis.
    pub plot: Option<Area>,
    text_areas: Vec<Area>,
}

/// The slope of hatch lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slope {
    /// From bottom left to top right.
    Rising,
    /// From top left to bottom right.
    Falling,
}

impl Area {
    /// Its width.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.x1 - self.x0
    }

    /// Its height.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.y1 - self.y0
    }

    /// The y of its middle.
    #[must_use]
    pub fn middle(&self) -> f64 {
        f64::midpoint(self.y0, self.y1)
    }

    /// Its middle.
    #[must_use]
    pub fn center(&self) -> (f64, f64) {
        (f64::midpoint(self.x0, self.x1), self.middle())
    }

    /// The area with `by` px more on each side.
    #[must_use]
    pub fn grown(&self, by: f64) -> Self {
        Self { x0: self.x0 - by, y0: self.y0 - by, x1: self.x1 + by, y1: self.y1 + by }
    }

    /// Do the two overlap?
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.x0 < other.x1 && other.x0 < self.x1 && self.y0 < other.y1 && other.y0 < self.y1
    }
}

impl Face {
    /// A face with its place at the left end.
    #[must_use]
    pub fn new(px: f64, ink: Ink) -> Self {
        Self { px, ink, anchor: Anchor::Start }
    }

    /// The same face with another anchor.
    #[must_use]
    pub fn at(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// The box of a text at a place.
    #[must_use]
    pub fn area(&self, text: &str, (x, y): (f64, f64)) -> Area {
        let width = font::width(text, self.px);
        let x0 = match self.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        Area { x0, y0: y - 0.6 * self.px, x1: x0 + width, y1: y + 0.6 * self.px }
    }
}

impl Scene {
    /// An empty canvas.
    #[must_use]
    pub fn new(width: f64) -> Self {
        Self { width, shapes: Vec::new(), plot: None, text_areas: Vec::new() }
    }

    /// Adds a shape that is not text.
    pub fn add(&mut self, shape: Shape) {
        self.shapes.push(shape);
    }

    /// Adds a text.
    pub fn text(&mut self, text: impl Into<String>, at: (f64, f64), face: Face) {
        let text = text.into();
        self.text_areas.push(face.area(&text, at));
        self.shapes.push(Shape::Text(text, at, face));
    }

    /// Is an area inside the canvas and off all texts?
    #[must_use]
    pub fn is_free(&self, area: Area) -> bool {
        area.x0 >= 0.0 && area.x1 <= self.width && !self.text_areas.iter().any(|other| other.meets(&area))
    }

    /// Adds a text where there is room for it; says whether there was.
    pub fn try_text(&mut self, text: &str, at: (f64, f64), face: Face) -> bool {
        let is_free = self.is_free(face.area(text, at));
        if is_free {
            self.text(text, at, face);
        }
        is_free
    }

    /// Keeps optional text off a rectangle.
    pub fn reserve(&mut self, area: Area) {
        self.text_areas.push(area);
    }

    /// Adds hatch lines over a rectangle, `step` px apart.
    pub fn hatch(&mut self, area: Area, ink: Ink, step: f64, slope: Slope) {
        let (width, height) = (area.width(), area.height());
        if width <= 0.0 || height <= 0.0 {
            return;
        }
        // Each line is x + y = offset from the top left (rising), clipped to the rectangle.
        let mut offset = step;
        while offset < width + height {
            let (from_x, to_x) = ((offset - height).max(0.0), offset.min(width));
            let y = |x: f64| match slope {
                Slope::Rising => area.y0 + offset - x,
                Slope::Falling => area.y1 - offset + x,
            };
            if to_x - from_x >= 1.0 {
                self.add(Shape::Line(vec![(area.x0 + from_x, y(from_x)), (area.x0 + to_x, y(to_x))], ink, 1));
            }
            offset += step;
        }
    }

    /// Adds the outline of a rectangle.
    pub fn frame(&mut self, area: Area, ink: Ink) {
        let Area { x0, y0, x1, y1 } = area;
        self.add(Shape::Line(vec![(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)], ink, 1));
    }

    /// Adds a line with gaps.
    pub fn dashed(&mut self, points: &[(f64, f64)], ink: Ink, width: u32) {
        const ON: f64 = 5.0;
        const OFF: f64 = 4.0;
        let mut dash: Vec<(f64, f64)> = points.first().copied().into_iter().collect();
        let (mut is_on, mut left) = (true, ON);
        for pair in points.windows(2) {
            let ((mut x, mut y), (x1, y1)) = (pair[0], pair[1]);
            loop {
                let rest = (x1 - x).hypot(y1 - y);
                if rest < left {
                    left -= rest;
                    if is_on {
                        dash.push((x1, y1));
                    }
                    break;
                }
                (x, y) = (x + (x1 - x) * left / rest, y + (y1 - y) * left / rest);
                dash.push((x, y));
                if is_on {
                    self.add(Shape::Line(std::mem::take(&mut dash), ink, width));
                }
                dash = vec![(x, y)];
                is_on = !is_on;
                left = if is_on { ON } else { OFF };
            }
        }
        if is_on && dash.len() > 1 {
            self.add(Shape::Line(dash, ink, width));
        }
    }

    /// Adds a symbol of about `r` px radius.
    pub fn symbol(&mut self, symbol: Symbol, (x, y): (f64, f64), r: f64, ink: Ink) {
        match symbol {
            Symbol::Dot => self.add(Shape::Disc((x, y), r, ink)),
            Symbol::Ring => self.add(Shape::Ring((x, y), r, ink)),
            Symbol::Cross => {
                for (x0, x1) in [(x - r, x + r), (x + r, x - r)] {
                    self.add(Shape::Line(vec![(x0, y - r), (x1, y + r)], ink, 1));
                }
            }
            Symbol::Triangle => {
                let r = r * 1.5;
                self.add(Shape::Polygon(vec![(x, y - r), (x + r, y + 0.8 * r), (x - r, y + 0.8 * r)], ink));
            }
            Symbol::Diamond => {
                let r = r * 1.6;
                self.add(Shape::Polygon(vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)], ink));
            }
            Symbol::Square => {
                let r = r * 1.2;
                self.add(Shape::Rect(Area { x0: x - r, y0: y - r, x1: x + r, y1: y + r }, ink));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn optional_text_keeps_off_other_text_and_inside() {
        let mut scene = Scene::new(100.0);
        let face = Face::new(12.0, Ink::Text);
        scene.text("first", (0.0, 10.0), face);
        assert!(!scene.try_text("second", (10.0, 12.0), face));
        assert!(!scene.try_text("too far right", (80.0, 40.0), face));
        assert!(scene.try_text("below", (0.0, 40.0), face));
    }

    #[test]
    fn dashes_and_hatches_keep_inside() {
        let mut scene = Scene::new(100.0);
        scene.dashed(&[(0.0, 0.0), (20.0, 0.0), (20.0, 11.0)], Ink::Earth, 1);
        assert_eq!(scene.shapes.len(), 4);
        scene.hatch(Area { x0: 0.0, y0: 0.0, x1: 20.0, y1: 30.0 }, Ink::Hatch, 7.0, Slope::Rising);
        for shape in &scene.shapes {
            let Shape::Line(points, ..) = shape else { panic!("only lines") };
            assert!(
                points.iter().all(|(x, y)| (0.0..=20.0).contains(x) && (0.0..=30.0).contains(y)),
                "{points:?}"
            );
        }
    }
}
