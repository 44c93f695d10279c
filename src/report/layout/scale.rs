//! Days and values to px.

use super::super::chart::TimeAxis;
use super::super::scene::Area;
use super::super::ticks::ValueTicks;
use crate::model::Day;
use crate::model::calendar::days_between;

/// Days to x.
#[derive(Debug, Clone, Copy)]
pub struct TimeScale {
    pub time: TimeAxis,
    pub x0: f64,
    pub x1: f64,
}

impl TimeScale {
    /// The x at which a day begins, kept on the axis.
    pub fn start(&self, day: Day) -> f64 {
        self.at(days_between(self.time.start, day) as f64)
    }

    /// The x at which a day ends.
    pub fn end(&self, day: Day) -> f64 {
        self.at(days_between(self.time.start, day) as f64 + 1.0)
    }

    /// The x of the middle of a day.
    pub fn middle(&self, day: Day) -> f64 {
        self.at(days_between(self.time.start, day) as f64 + 0.5)
    }

    fn at(&self, n_days: f64) -> f64 {
        let all = (days_between(self.time.start, self.time.end) as f64).max(1.0);
        self.x0 + (n_days / all).clamp(0.0, 1.0) * (self.x1 - self.x0)
    }
}

/// Values to y.
#[derive(Debug, Clone, Copy)]
pub struct ValueScale {
    low: f64,
    high: f64,
    top: f64,
    bottom: f64,
}

impl ValueScale {
    /// All of its height, without a width.
    pub fn area(&self) -> Area {
        Area { x0: 0.0, y0: self.top, x1: 0.0, y1: self.bottom }
    }

    /// The same values the other way up.
    pub fn flipped(self) -> Self {
        Self { low: self.high, high: self.low, ..self }
    }

    /// A scale whose ends are the first and the last tick.
    pub fn new(ticks: &ValueTicks, top: f64, bottom: f64) -> Self {
        let low = ticks.at.first().copied().unwrap_or(0.0);
        let high = ticks.at.last().copied().unwrap_or(1.0);
        Self { low, high, top, bottom }
    }

    /// The y of a value.
    pub fn at(&self, value: f64) -> f64 {
        let part = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.bottom - part * (self.bottom - self.top)
    }
}
