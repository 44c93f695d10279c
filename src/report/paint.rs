//! Shapes to calls of a plotters backend.
//!
//! Input: a [`Scene`]. Output: what the backend makes of it. Invariant: shapes are painted in their order, in
//! the light colours of the theme.

use super::font;
use super::scene::{Anchor, Scene, Shape};
use super::theme::Ink;
use crate::error::Error;
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, RGBColor, ShapeStyle, TextStyle};

/// How corners of lines come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joins {
    /// The format makes them.
    Own,
    /// Discs at the corners: the rasteriser of plotters draws long spikes at sharp ones.
    Discs,
}

/// How px of a scene become those of a backend.
#[derive(Debug, Clone, Copy)]
pub struct Painter {
    /// Pixels for each px.
    pub scale: f64,
    /// Font size of plotters for a text of one em.
    pub em: f64,
    /// How far text is to be lowered, in em.
    pub drop_em: f64,
    /// How corners come out.
    pub joins: Joins,
}

impl Painter {
    /// Paints a scene.
    pub fn paint<B: DrawingBackend>(self, backend: &mut B, scene: &Scene) -> Result<(), Error> {
        for shape in &scene.shapes {
            self.shape(backend, shape)?;
        }
        backend.present().map_err(failed)
    }

    fn shape<B: DrawingBackend>(self, backend: &mut B, shape: &Shape) -> Result<(), Error> {
        match shape {
            Shape::Rect(area, ink) => {
                let (from, mut to) = (self.at((area.x0, area.y0)), self.at((area.x1, area.y1)));
                to = (to.0.max(from.0 + 1), to.1.max(from.1 + 1));
                backend.draw_rect(from, to, &colour(*ink), true).map_err(failed)
            }
            Shape::Line(points, ink, width) => self.line(backend, points, *ink, *width),
            Shape::Polygon(points, ink) => {
                backend.fill_polygon(points.iter().map(|p| self.at(*p)), &colour(*ink)).map_err(failed)
            }
            Shape::Disc(at, r, ink) => {
                backend.draw_circle(self.at(*at), self.length(*r), &colour(*ink), true).map_err(failed)
            }
            Shape::Ring(at, r, ink) => backend
                .draw_circle(self.at(*at), self.length(*r), &self.stroke(*ink, 1), false)
                .map_err(failed),
            Shape::Text(text, (x, y), face) => {
                let horizontal = match face.anchor {
                    Anchor::Start => HPos::Left,
                    Anchor::Middle => HPos::Center,
                    Anchor::End => HPos::Right,
                };
                let style = TextStyle {
                    font: font::font(face.px * self.em * self.scale)?,
                    color: colour(face.ink).to_backend_color(),
                    pos: Pos::new(horizontal, VPos::Center),
                };
                backend.draw_text(text, &style, self.at((*x, y + self.drop_em * face.px))).map_err(failed)
            }
        }
    }

    fn line<B: DrawingBackend>(
        self,
        backend: &mut B,
        points: &[(f64, f64)],
        ink: Ink,
        width: u32,
    ) -> Result<(), Error> {
        let mut points: Vec<(i32, i32)> = points.iter().map(|point| self.at(*point)).collect();
        points.dedup();
        let stroke = self.stroke(ink, width);
        if self.joins == Joins::Own {
            return backend.draw_path(points, &stroke).map_err(failed);
        }
        for pair in points.windows(2) {
            backend.draw_path(pair.iter().copied(), &stroke).map_err(failed)?;
        }
        let corners = points.len().saturating_sub(2);
        for corner in points.into_iter().skip(1).take(corners) {
            backend.draw_circle(corner, stroke.stroke_width / 2, &colour(ink), true).map_err(failed)?;
        }
        Ok(())
    }

    fn at(self, (x, y): (f64, f64)) -> (i32, i32) {
        ((x * self.scale).round() as i32, (y * self.scale).round() as i32)
    }

    fn length(self, px: f64) -> u32 {
        (px * self.scale).round() as u32
    }

    fn stroke(self, ink: Ink, width: u32) -> ShapeStyle {
        colour(ink).stroke_width(width * self.scale as u32)
    }
}

fn colour(ink: Ink) -> RGBColor {
    let (r, g, b) = ink.light();
    RGBColor(r, g, b)
}

fn failed(cause: impl std::fmt::Display) -> Error {
    Error::internal("a chart", cause)
}
