//! Runs to days and weeks.
//!
//! Input are the scored runs of one athlete, output every day from the first run to `as_of` and every week that
//! holds one of them. Invariant: a day's numbers depend on nothing after it.

pub mod ahead;
pub mod day;
pub mod days;
pub mod ewma;
pub mod null_band;
pub mod pause;
pub mod ratio;
pub mod rescale;
pub mod strain;
mod sums;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod weeks;

pub use days::days;
pub use weeks::weeks;
