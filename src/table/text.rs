//! A table for a terminal.
//!
//! Input is a table, the units of the reader and a width in characters, output lines of text. Invariant: no
//! control character of a file reaches the terminal.

use super::Table;
use super::cells::Cell;
use crate::board::Attention;
use crate::error::Error;
use crate::load::day::DayState;
use crate::model::Tissue;
use crate::model::text::clean;
use crate::model::units::{Units, duration};
use crate::text::{short_wide, upright, wrapped};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Width, presets};
use unicode_width::UnicodeWidthStr;

/// Heading of loads that are not of runs alone.
const WITH_CROSS_TRAINING: &str = "load + cross";
/// What stands where nothing is known.
const UNKNOWN: &str = "–";
/// Spaces between columns.
const GAP: usize = 2;
/// A text that may wrap needs this width, so that its words stay whole.
const LEAST_TO_WRAP: usize = 20;
/// The same for lists of short words.
const LEAST_OF_WORDS: usize = 12;
/// Reasons are given this width before any column of a rank above 1 is.
const REASONS_WIDTH: usize = 34;
/// Columns of a terminal from which twelve weeks fit beside the numbers.
const WIDE: u16 = 100;
/// Columns of a terminal under which a row of the board stands in lines of its own.
const NARROW: u16 = 60;
/// Reasons that are shown.
const REASONS: usize = 2;

/// How a value is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Show {
    /// As it is; `_` in the words of the tables becomes a space.
    Plain,
    /// Several words.
    Words,
    /// A name from a file, as it is.
    Name,
    /// Metres as km or miles.
    Distance,
    /// Metres as m or feet.
    Height,
    /// Seconds as h:mm:ss.
    Duration,
    /// m/s as pace.
    Pace,
    /// With so many decimals.
    Number(usize),
    /// A share of 1 as percent.
    Share,
    /// A change in percent, with its sign.
    Change,
    /// The texts of a list of reasons.
    Texts,
    /// Of a list of reasons the two that add most, without what only explains.
    Why,
    /// The tissues of a list, in short words.
    Where,
    /// What asks for a look, with its shape.
    Look,
    /// The first two of several reasons, and how many more there are.
    First,
}

/// The columns that people ask for first. Where the terminal is narrow, those of the highest rank go first and those
/// of rank 0 never.
fn shown(table: &str) -> &'static [(&'static str, &'static str, Show, u8)] {
    match table {
        "runs" => &[
            ("date", "date", Show::Plain, 0),
            ("title", "title", Show::Name, 1),
            ("distance_m", "distance", Show::Distance, 0),
            ("timer_s", "time", Show::Duration, 0),
            ("avg_speed_mps", "pace", Show::Pace, 1),
            ("ascent_m", "climb", Show::Height, 4),
            ("avg_hr_bpm", "bpm", Show::Number(0), 3),
            ("load_au", "load", Show::Number(0), 0),
            ("load_basis", "by", Show::Plain, 5),
            ("session_kind", "kind", Show::Plain, 2),
            ("spike_ratio", "of longest", Show::Share, 3),
        ],
        "days" => &[
            ("date", "date", Show::Plain, 0),
            ("state", "state", Show::Plain, 1),
            ("basis", "by", Show::Plain, 1),
            ("distance_m", "distance", Show::Distance, 0),
            ("load_au", "load", Show::Number(0), 0),
            ("acwr_coupled", "ratio", Show::Number(2), 2),
            ("ctl", "fitness", Show::Number(0), 4),
            ("atl", "fatigue", Show::Number(0), 4),
            ("tsb", "form", Show::Number(0), 3),
            ("block", "block", Show::Plain, 1),
            ("flags", "flags", Show::Words, 2),
            ("ceiling", "ceiling", Show::Plain, 0),
            ("need", "need", Show::Number(2), 0),
        ],
        "weeks" => &[
            ("week_start", "week of", Show::Plain, 0),
            ("state", "state", Show::Plain, 0),
            ("n_days", "days", Show::Number(0), 5),
            ("n_runs", "runs", Show::Number(0), 3),
            ("distance_m", "distance", Show::Distance, 0),
            ("ramp_pct", "change", Show::Change, 2),
            ("timer_s", "time", Show::Duration, 3),
            ("ascent_m", "climb", Show::Height, 6),
            ("longest_run_m", "longest", Show::Distance, 3),
            ("load_au", "load", Show::Number(0), 1),
            ("low_share", "low", Show::Share, 4),
            ("high_share", "high", Show::Share, 4),
            ("acwr_coupled", "ratio", Show::Number(2), 4),
            ("block", "block", Show::Plain, 2),
        ],
        "signals" => &[
            ("date", "date", Show::Plain, 0),
            ("signal", "signal", Show::Plain, 0),
            ("status", "status", Show::Plain, 0),
            ("value", "value", Show::Number(2), 2),
            ("recent", "recent", Show::Number(2), 1),
            ("baseline", "usual", Show::Number(2), 1),
            ("unit", "unit", Show::Plain, 1),
            ("change", "change", Show::Number(1), 0),
            ("change_unit", "in", Show::Plain, 0),
            ("z", "z", Show::Number(1), 2),
            ("note", "note", Show::Name, 3),
        ],
        "blocks" => &[
            ("start", "start", Show::Plain, 0),
            ("end", "end", Show::Plain, 0),
            ("phase", "phase", Show::Plain, 0),
            ("n_days", "days", Show::Number(0), 1),
            ("distance_m_per_week", "a week", Show::Distance, 0),
            ("distance_change_pct", "change", Show::Change, 2),
            ("trend_pct_per_week", "trend a week", Show::Change, 2),
            ("longest_run_m", "longest", Show::Distance, 3),
            ("massage", "massage", Show::Plain, 0),
            ("every_days", "every days", Show::Number(0), 1),
            ("best_weekday", "best on", Show::Plain, 2),
        ],
        "sessions" => &[
            ("date", "date", Show::Plain, 0),
            ("depth", "depth", Show::Plain, 0),
            ("minutes", "min", Show::Number(0), 2),
            ("soreness_h", "sore h", Show::Number(0), 2),
            ("days_since_previous", "days since", Show::Number(0), 1),
            ("days_off_best", "off best day", Show::Number(0), 1),
            ("against_ceiling", "ceiling", Show::Plain, 3),
            ("outcome", "signs after", Show::Name, 0),
            ("advice", "next time", Show::Texts, 0),
        ],
        "board" => BOARD,
        _ => &[
            ("best", "best", Show::Plain, 0),
            ("start", "start", Show::Plain, 0),
            ("end", "end", Show::Plain, 0),
            ("status", "status", Show::Plain, 3),
            ("kind", "kind", Show::Plain, 4),
            ("depth", "depth", Show::Plain, 0),
            ("minutes", "min", Show::Number(0), 2),
            ("tissues", "where", Show::Where, 1),
            ("reasons", "why", Show::Why, 0),
        ],
    }
}

/// Those of the board.
const BOARD: &[(&str, &str, Show, u8)] = &[
    ("attention", "look at", Show::Look, 0),
    ("distance_7d_m", "7 days", Show::Distance, 1),
    ("change_pct", "to usual", Show::Change, 1),
    ("spike_ratio", "of longest", Show::Share, 3),
    ("acwr_coupled", "ratio", Show::Number(2), 5),
    ("acwr_percentile", "percentile", Show::Number(0), 4),
    ("days_to_race", "race in", Show::Number(0), 2),
    ("window_best", "window best", Show::Plain, 2),
    ("window_depth", "depth", Show::Plain, 3),
    ("days_since_massage", "massage ago", Show::Number(0), 4),
    ("reasons", "why", Show::First, 0),
];

/// A column with its texts.
struct Shown {
    heading: &'static str,
    show: Show,
    rank: u8,
    texts: Vec<String>,
}

impl Shown {
    /// Characters that the column takes at least: all of them, but for texts that may wrap. A column of a rank above 1 must
    /// leave them room to be read with ease.
    fn width(&self, rank: u8) -> usize {
        let texts = self.texts.iter().map(|text| text.width());
        let widest = texts.chain([self.heading.len()]).max().unwrap_or(0);
        GAP + match self.show {
            Show::Where => widest.min(LEAST_OF_WORDS),
            Show::Why if rank > 1 => widest.min(REASONS_WIDTH),
            show if show.wraps() => widest.min(LEAST_TO_WRAP),
            _ => widest,
        }
    }
}

/// Renders the table; the athlete is named where there is more than one.
pub(super) fn render(table: &Table, units: Units, width: u16) -> Result<String, Error> {
    if table.name() == "board" && width < NARROW {
        return stacked(table, units, width.into());
    }
    let athletes = table.cells("athlete")?;
    let is_squad = (1..table.n_rows()).any(|row| athletes.at(row) != athletes.at(0));
    let name = is_squad.then_some(("athlete", "athlete", Show::Name, 0));
    let mut columns: Vec<Shown> = Vec::new();
    let has_cross_training = has_cross_training(table)?;
    for (name, heading, show, rank) in name.into_iter().chain(shown(table.name()).iter().copied()) {
        let heading = if name == "load_au" && has_cross_training { WITH_CROSS_TRAINING } else { heading };
        let cells = table.cells(name)?;
        let texts = (0..table.n_rows()).map(|row| show.text(cells.at(row), units)).collect();
        columns.push(Shown { heading, show, rank, texts });
    }
    if table.name() == "weeks" {
        let at = columns.iter().position(|column| column.heading == "distance").unwrap_or(0);
        columns.insert(at + 1, spark(table, width)?);
    }
    fit(&mut columns, width.into());
    Ok(lines(&columns, table.n_rows(), width))
}

/// Does other sport count in the loads of a table?
fn has_cross_training(table: &Table) -> Result<bool, Error> {
    if !table.columns().iter().any(|column| column.name == "cross_load_au") {
        return Ok(false);
    }
    let cells = table.cells("cross_load_au")?;
    Ok((0..table.n_rows()).any(|row| cells.at(row).number().is_some()))
}

/// The board on a narrow terminal: each runner a line, what they want a look for below it.
fn stacked(table: &Table, units: Units, width: usize) -> Result<String, Error> {
    let [athletes, looks, distances, changes, reasons] =
        ["athlete", "attention", "distance_7d_m", "change_pct", "reasons"].map(|name| table.cells(name));
    let (athletes, looks, distances) = (athletes?, looks?, distances?);
    let (changes, reasons) = (changes?, reasons?);
    let mut lines = vec![short_wide("who wants a look first, and why", width)];
    for row in 0..table.n_rows() {
        let look = Show::Look.text(looks.at(row), units);
        lines.push(short_wide(&Show::Name.text(athletes.at(row), units), width));
        let distance = Show::Distance.text(distances.at(row), units);
        let change = Show::Change.text(changes.at(row), units);
        lines.push(short_wide(&format!("  {look}  7 days {distance}, to usual {change}"), width));
        let why = wrapped(&format!("  {}", Show::First.text(reasons.at(row), units)), width, 2);
        lines.extend(why.lines().map(|line| short_wide(line, width)));
    }
    Ok(lines.join("\n") + "\n")
}

/// The weeks up to each one as small bars, half as many where the terminal is narrow.
fn spark(table: &Table, width: u16) -> Result<Shown, Error> {
    let (n_weeks, heading) = if width < WIDE { (6, "6 weeks") } else { (12, "12 weeks") };
    let athletes = table.cells("athlete")?;
    let (distances, states) = (table.cells("distance_m")?, table.cells("state")?);
    let unknown = DayState::Unknown.name();
    let bar = |row: usize| distances.at(row).number().filter(|_| states.at(row).text() != Some(unknown));
    let text = |row: usize| {
        let first =
            (0..=row).rev().take(n_weeks).take_while(|other| athletes.at(*other) == athletes.at(row)).last();
        let bars: Vec<Option<f64>> = (first.unwrap_or(row)..=row).map(bar).collect();
        format!("{:>n_weeks$}", sparks(&bars))
    };
    Ok(Shown { heading, show: Show::Plain, rank: 1, texts: (0..table.n_rows()).map(text).collect() })
}

/// Values as bars in eighths of the largest: nothing as `_`, what is not known as `·`.
fn sparks(values: &[Option<f64>]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = values.iter().flatten().copied().fold(0.0, f64::max);
    let bar = |value: &Option<f64>| match value {
        None => '·',
        Some(value) if *value <= 0.0 => '_',
        Some(value) => BARS[((value / most * 8.0).ceil() as usize).clamp(1, 8) - 1],
    };
    values.iter().map(bar).collect()
}

/// Leaves out columns of the highest rank, from the right, until the rest fits.
fn fit(columns: &mut Vec<Shown>, width: usize) {
    loop {
        let last = columns.iter().enumerate().filter(|(_, column)| column.rank > 0);
        let Some((index, column)) = last.max_by_key(|(_, column)| column.rank) else { return };
        if columns.iter().map(|one| one.width(column.rank)).sum::<usize>() <= width + GAP {
            return;
        }
        columns.remove(index);
    }
}

/// Lays the columns out without any lines: easy to read, to search and to cut.
fn lines(columns: &[Shown], n_rows: usize, width: u16) -> String {
    let mut text = comfy_table::Table::new();
    text.load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width.saturating_add(GAP as u16));
    text.set_header(columns.iter().map(|column| column.heading));
    for row in 0..n_rows {
        text.add_row(columns.iter().map(|column| &column.texts[row]));
    }
    for (layout, column) in text.column_iter_mut().zip(columns) {
        layout.set_padding((0, GAP as u16));
        match column.show {
            // Reasons get the rest.
            Show::Where => {
                let most = LEAST_OF_WORDS + GAP;
                layout.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(most as u16)));
            }
            show if !show.wraps() => {
                layout.set_constraint(ColumnConstraint::ContentWidth);
            }
            _ => {}
        }
        if column.show.is_number() {
            layout.set_cell_alignment(CellAlignment::Right);
        }
    }
    // The gap behind the last column is no part of a line; what does not fit all the same is cut.
    text.lines().map(|line| short_wide(line.trim_end(), width.into()) + "\n").collect()
}

impl Show {
    fn is_number(self) -> bool {
        !matches!(self, Self::Plain | Self::Look) && !self.wraps()
    }

    /// May the text go over several lines?
    fn wraps(self) -> bool {
        matches!(self, Self::Words | Self::Name | Self::Texts | Self::Why | Self::Where | Self::First)
    }

    fn text(self, cell: Cell<'_>, units: Units) -> String {
        let number = |form: &dyn Fn(f64) -> String| cell.number().map(form);
        let text = match self {
            Self::Plain => Some(cell.plain().replace('_', " ")),
            Self::Words => cell.text().map(|words| words.replace(';', ", ").replace('_', " ")),
            Self::Name => cell.text().map(|text| upright(&clean(text))),
            Self::Look => cell.text().map(look),
            Self::First => cell.text().map(first),
            Self::Texts => cell.text().map(texts),
            Self::Why => cell.text().map(why),
            Self::Where => cell.text().map(places),
            Self::Distance => number(&|metres| units.distance(metres)),
            Self::Height => number(&|metres| units.height(metres)),
            Self::Duration => number(&duration),
            Self::Pace => number(&|speed| units.pace(speed)),
            Self::Number(decimals) => number(&|value| fixed(value, decimals)),
            Self::Share => number(&|share| format!("{} %", fixed(100.0 * share, 0))),
            Self::Change => number(&|percent| format!("{percent:+.0} %")),
        };
        text.filter(|text| !text.is_empty()).unwrap_or_else(|| UNKNOWN.to_owned())
    }
}

/// A number with fixed decimals, never `-0`.
fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(digits) if digits.chars().all(|c| c == '0' || c == '.') => digits.to_owned(),
        _ => text,
    }
}

/// The texts of a JSON list of objects, in one line.
fn texts(json: &str) -> String {
    let list: Vec<serde_json::Value> = serde_json::from_str(json).unwrap_or_default();
    let texts: Vec<&str> = list.iter().filter_map(|reason| reason["text"].as_str()).collect();
    clean(&texts.join("; "))
}

/// The two of a JSON list of reasons that add most, each up to where it starts to explain.
fn why(json: &str) -> String {
    let mut list: Vec<serde_json::Value> = serde_json::from_str(json).unwrap_or_default();
    let adds = |reason: &serde_json::Value| reason["adds"].as_f64().unwrap_or(0.0);
    list.sort_by(|a, b| adds(b).total_cmp(&adds(a)));
    let texts = list.iter().filter_map(|reason| reason["text"].as_str()).take(REASONS);
    clean(&texts.map(short).collect::<Vec<_>>().join("; "))
}

/// A reason up to where it starts to explain.
fn short(text: &str) -> &str {
    let end = [": ", "; ", " (", ", where ", ", so "].iter().filter_map(|mark| text.find(mark)).min();
    end.map_or(text, |end| &text[..end])
}

/// What asks for a look, with its shape in front.
fn look(name: &str) -> String {
    let one = Attention::ALL.into_iter().find(|one| one.name() == name);
    one.map_or_else(|| name.to_owned(), |one| format!("{} {}", one.symbol(), one.words()))
}

/// The first reasons of several.
fn first(reasons: &str) -> String {
    let all: Vec<&str> = reasons.split("; ").collect();
    let shown = clean(&all[..all.len().min(REASONS)].join("; "));
    if all.len() > REASONS { format!("{shown}; and {} more", all.len() - REASONS) } else { shown }
}

/// The tissues of a JSON list, as short as they go.
fn places(json: &str) -> String {
    let list: Vec<serde_json::Value> = serde_json::from_str(json).unwrap_or_default();
    let names = list.iter().filter_map(|one| Tissue::of_site(one["tissue"].as_str()?));
    names.map(Tissue::short).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::report::testing::sample;
    use crate::table::testing::analysis;
    use crate::table::{all, days, runs, weeks, windows};

    #[test]
    fn units_are_those_of_the_reader() {
        let table = runs(&[analysis()]).unwrap();
        let metric = table.to_text(Units::Metric, 200).unwrap();
        assert!(metric.contains("10.0 km") && metric.contains("1:00:00") && metric.contains("6:00/km"));
        assert!(table.to_text(Units::Imperial, 200).unwrap().contains("6.2 mi"));
        assert!(!metric.contains("athlete"), "one athlete needs no name");
        let mut other = analysis();
        other.athlete = "zoe".into();
        let squad = runs(&[analysis(), other]).unwrap().to_text(Units::Metric, 200).unwrap();
        assert!(squad.starts_with("athlete") && squad.contains("zoe"));
    }

    #[test]
    fn lines_fit_the_width() {
        for table in all(&[analysis()]).unwrap() {
            for width in [20, 40] {
                let text = table.to_text(Units::Metric, width).unwrap();
                assert!(text.lines().all(|line| line.width() <= width.into()), "{width}\n{text}");
            }
            for width in [80, 100, 300] {
                let text = table.to_text(Units::Metric, width).unwrap();
                let longest = text.lines().map(UnicodeWidthStr::width).max().unwrap();
                assert!(longest <= width.into(), "{longest} of {width}\n{text}");
                let heading = text.lines().next().unwrap();
                assert!(
                    ["load", "need", "status", "massage", "depth", "look at"]
                        .iter()
                        .any(|word| heading.contains(word)),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn the_heading_of_loads_says_what_counts() {
        let mut analysis = analysis();
        let heading = |analysis: &Analysis| {
            let all = std::slice::from_ref(analysis);
            [days(all), weeks(all), runs(all)].map(|table| {
                table.unwrap().to_text(Units::Metric, 300).unwrap().contains(WITH_CROSS_TRAINING)
            })
        };
        assert_eq!(heading(&analysis), [false; 3]);
        analysis.days[0].cross_au = Some(0.0);
        analysis.weeks[0].cross_au = Some(0.0);
        assert_eq!(heading(&analysis), [true, true, false]);
    }

    #[test]
    fn nothing_steers_the_terminal() {
        let mut analysis = analysis();
        analysis.runs[0].title = Some("\u{1b}[31mred\u{7}\u{9b}2J\u{202E}x\r\ny".into());
        analysis.windows[0].reasons[0].text = "a\u{1b}]0;b".into();
        for table in [runs(&[analysis.clone()]).unwrap(), windows(&[analysis]).unwrap()] {
            let text = table.to_text(Units::Metric, 300).unwrap();
            assert!(!text.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202E}'), "{text:?}");
        }
    }

    #[test]
    fn wide_and_turned_names_keep_their_columns() {
        let named = |name: &str| Analysis { athlete: name.into(), ..analysis() };
        let squad = [named("田中太郎"), named("a"), named("יוסי")];
        let text = runs(&squad).unwrap().to_text(Units::Metric, 200).unwrap();
        let starts: Vec<usize> =
            text.lines().filter_map(|line| Some(line[..line.find("2026-")?].width())).collect();
        assert!(starts.len() == 6 && starts.iter().all(|start| *start == starts[0]), "{text}");
        // A mark after a name that is written from the right keeps the numbers after it in their place.
        assert!(text.contains("יוסי\u{200E}") && !text.contains("田中太郎\u{200E}"));
    }

    #[test]
    fn weeks_have_small_bars() {
        assert_eq!(sparks(&[Some(10.0), None, Some(0.0), Some(80.0), Some(41.0)]), "▁·_█▅");
        assert_eq!(
            (sparks(&[]), sparks(&[Some(0.0)]), sparks(&[None])),
            (String::new(), "_".into(), "·".into())
        );
        let table = weeks(&[sample(30)]).unwrap();
        let wide = table.to_text(Units::Metric, 140).unwrap();
        assert!(wide.lines().next().unwrap().contains("12 weeks") && wide.contains('█'));
        assert!(table.to_text(Units::Metric, 90).unwrap().contains("6 weeks"));
        let narrow = table.to_text(Units::Metric, 42).unwrap();
        assert!(narrow.contains("6 weeks") && narrow.contains('█') && !narrow.contains("load"), "{narrow}");
    }

    #[test]
    fn a_window_shows_the_two_reasons_that_add_most() {
        let json = r#"[{"text":"6 days since","adds":0.2},{"text":"4 signs, where 2 ask (x): a; b","adds":0.5},
            {"text":"long run; so","adds":0.4}]"#;
        assert_eq!(why(json), "4 signs; long run");
        assert_eq!(why(r#"[{"text":"before Race: some like it"},{"text":"also"}]"#), "before Race; also");
        assert_eq!((why("[]").as_str(), why("no list").as_str()), ("", ""));
        assert_eq!(places(r#"[{"tissue":"calf_achilles"},{"tissue":"hip_flexors"}]"#), "calf, hip flexors");
    }

    #[test]
    fn a_narrow_terminal_keeps_place_and_room_for_reasons() {
        let mut analysis = analysis();
        let long = "a reason of a good many words that goes over several lines";
        analysis.windows[0].reasons[0].text = long.into();
        let table = windows(&[analysis]).unwrap();
        let heading = |width| table.to_text(Units::Metric, width).unwrap().lines().next().unwrap().to_owned();
        let names = |width| heading(width).split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(names(100)[..4], ["best", "start", "end", "depth"]);
        assert!(names(100).ends_with(&["where".to_owned(), "why".to_owned()]), "{:?}", names(100));
        assert!(names(140).contains(&"kind".to_owned()), "{:?}", names(140));
    }

    #[test]
    fn values_read_as_people_write_them() {
        assert_eq!(
            Show::Words.text(Cell::Text("spike_session;big_week"), Units::Metric),
            "spike session, big week"
        );
        assert_eq!(Show::Plain.text(Cell::Null, Units::Metric), "–");
        assert_eq!(Show::Number(0).text(Cell::Float(-0.2), Units::Metric), "0");
        assert_eq!(Show::Share.text(Cell::Float(1.3), Units::Metric), "130 %");
        assert_eq!(Show::Change.text(Cell::Float(18.4), Units::Metric), "+18 %");
    }
}
