//! Which column of a Strava list is what, by what stands in it: for languages without a table of names.
//!
//! Input are the first rows, output the columns that can be told beyond doubt and a remark that names them. The order of
//! columns is the same in every language as far as it is used here: date, name and kind stand side by side.

use super::super::date::{self, Order};
use super::super::number::{Comma, number};
use super::super::table::{Row, cell};
use super::columns::{Columns, Meaning};
use crate::model::text::clean;
use std::collections::BTreeSet;

/// Nobody moves faster without an engine for long, in m/s: a descent on a bicycle.
pub(super) const FASTEST_MPS: f64 = 25.0;
/// Rows of which this share agrees tell what a column is.
const MOST: f64 = 0.8;
/// More kinds of activity than this are names.
const MAX_KINDS: usize = 40;

/// Columns that were told by their content.
pub(super) struct Guessed {
    pub(super) columns: Columns,
    /// Which they are, in words.
    pub(super) remark: String,
}

/// Tells the columns; `None` where no column names files of activities, or none holds dates.
pub(super) fn guess(header: &[String], rows: &[Row]) -> Option<Guessed> {
    let n_columns = header.len();
    let rows: Vec<&Row> = rows.iter().filter(|row| row.len() > 3).collect();
    let most = |is: &dyn Fn(&str) -> bool, at: usize| {
        let cells = rows.iter().filter_map(|row| cell(row, Some(at)));
        let (n, n_being) = cells.fold((0, 0), |(n, n_being), text| (n + 1, n_being + usize::from(is(text))));
        n > 0 && n_being as f64 >= MOST * f64::from(n)
    };
    let file = (0..n_columns).find(|at| most(&is_file, *at))?;
    let date = (0..file).find(|at| most(&|text| date::parse(text, Order::DayFirst).is_some(), *at))?;
    let id = (0..file).find(|at| most(&|text| text.bytes().all(|byte| byte.is_ascii_digit()), *at));
    let mut found: Vec<(Meaning, &str, usize)> =
        vec![(Meaning::File, "file", file), (Meaning::Date, "date", date)];
    found.extend(id.map(|at| (Meaning::Id, "id", at)));
    let is_before_file = |at: &usize| *at < file;
    found.extend(Some(date + 1).filter(is_before_file).map(|at| (Meaning::Name, "name", at)));
    let kinds = |at: usize| rows.iter().filter_map(|row| cell(row, Some(at))).collect::<BTreeSet<_>>().len();
    let kind = Some(date + 2).filter(is_before_file).filter(|at| kinds(*at) <= MAX_KINDS);
    found.extend(kind.map(|at| (Meaning::Kind, "kind", at)));

    let numbers = Numbers { rows: &rows };
    let first = (date + 3).min(file);
    let (before, after) = (first..file, file + 1..n_columns);
    let pairs = |scale: f64| {
        let before = before.clone();
        let after = after.clone();
        before
            .flat_map(move |a| after.clone().map(move |b| (a, b)))
            .find(|(a, b)| numbers.agree(*a, *b, scale))
    };
    // The same time twice, whole and with decimals; the same distance in km and in m.
    let elapsed = pairs(1.0);
    found.extend(elapsed.map(|(_, at)| (Meaning::Elapsed, "time from start to end", at)));
    if let Some((_, at)) = elapsed.filter(|(_, at)| numbers.is_part(at + 1, *at)) {
        found.push((Meaning::Moving, "time moving", at + 1));
    }
    let seconds = elapsed.map(|(_, at)| at);
    let is_distance =
        |at: usize, scale: f64| seconds.is_none_or(|seconds| numbers.are_speeds(at, scale, seconds));
    if let Some((_, m)) = pairs(1000.0).filter(|(_, m)| is_distance(*m, 1.0)) {
        found.push((Meaning::Metres, "distance in m", m));
    } else {
        let is_time = |at: usize| elapsed.is_some_and(|(time, _)| time == at);
        let mut numbered = before.filter(|at| !is_time(*at) && numbers.have_decimals(*at));
        let km = numbered.next().filter(|at| is_distance(*at, 1000.0));
        found.extend(km.map(|at| (Meaning::Kilometres, "distance in km", at)));
    }
    let mut columns = Columns::default();
    found.sort_by_key(|(_, _, at)| *at);
    for (meaning, _, at) in &found {
        columns.add(*meaning, [*at]);
    }
    let named: Vec<String> = found
        .iter()
        .map(|(_, what, at)| format!("{what} in \"{}\"", clean(header.get(*at).map_or("", String::as_str))))
        .collect();
    let remark = format!(
        "the language of its header is not known, so columns were told by what stands in them: {}; heart rate, climb and effort \
         are not read; export once more with Strava set to English for all of it",
        named.join(", ")
    );
    Some(Guessed { columns, remark })
}

/// Does it name a recording of an export?
fn is_file(text: &str) -> bool {
    let text = text.to_lowercase();
    let name = text.strip_suffix(".gz").unwrap_or(&text);
    text.starts_with("activities/") && [".fit", ".gpx", ".tcx"].iter().any(|end| name.ends_with(end))
}

/// Columns of numbers held against each other.
#[derive(Clone, Copy)]
struct Numbers<'a> {
    rows: &'a [&'a Row],
}

impl Numbers<'_> {
    fn of(&self, at: usize) -> impl Iterator<Item = Option<f64>> {
        self.rows
            .iter()
            .map(move |row| number(cell(row, Some(at))?, Comma::Decimal).filter(|value| *value > 0.0))
    }

    /// Does something hold of two columns in most of the rows that have both, and in two rows at least, or the only one?
    fn most(&self, a: usize, b: usize, is: impl Fn(f64, f64) -> bool) -> bool {
        let both = self.of(a).zip(self.of(b)).filter_map(|(a, b)| a.zip(b));
        let (n, n_being) = both.fold((0, 0), |(n, n_being), (a, b)| (n + 1, n_being + usize::from(is(a, b))));
        n >= self.rows.len().min(2) && n > 0 && n_being as f64 >= MOST * n as f64
    }

    /// Is the second the first times a scale, but for what rounding cuts off?
    fn agree(&self, a: usize, b: usize, scale: f64) -> bool {
        let has_spread = self.of(a).flatten().any(|value| value > 1.0);
        has_spread
            && self.most(a, b, |a, b| (b - a * scale).abs() <= 0.011 * scale.max(100.0).min(b.max(1.0)))
    }

    /// Is the first a part of the second, and most of it?
    fn is_part(&self, part: usize, whole: usize) -> bool {
        self.most(part, whole, |part, whole| part <= whole * 1.001 && part >= 0.3 * whole)
    }

    /// Are these distances that a person can cover in those seconds?
    fn are_speeds(&self, at: usize, scale: f64, seconds: usize) -> bool {
        self.most(at, seconds, |distance, seconds| {
            (0.2..=FASTEST_MPS).contains(&(distance * scale / seconds))
        })
    }

    fn have_decimals(&self, at: usize) -> bool {
        self.of(at).flatten().any(|value| value.fract() != 0.0)
    }
}
