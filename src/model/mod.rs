//! Plain types: no files, no polars, no plotters.

pub mod amend;
pub mod calendar;
pub mod event;
pub mod lost;
pub mod recording;
pub mod red_flag;
pub mod sport;
pub mod text;
pub mod tissue;
pub mod units;

pub use amend::{Amended, Choice, Override};
pub use calendar::Day;
pub use event::{Depth, DiaryEntry, DiaryKind, MassageHad, Race, RaceOrigin, Side};
pub use lost::{Gap, LostDays};
pub use recording::{DeviceTotals, Format, Lap, Pause, Recording, Samples};
pub use red_flag::{RedFlag, Urgency};
pub use sport::{Scope, Sport};
pub use tissue::Tissue;
