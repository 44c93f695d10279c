//! Pages for a terminal: aligned, and no wider than it.

use super::{Outcome, Page, Part, Total, laps, sport_name};
use crate::digest::quality::Channel;
use crate::model::Format;
use crate::model::units::{Units, duration};
use crate::text::{number, plain_word, share, upright, whole, wrapped};
use unicode_width::UnicodeWidthStr;

/// What goes a level deeper is this much farther in.
const STEP: usize = 2;
/// A terminal that is narrower gets lines of this width.
const MIN_WIDTH: usize = 40;
/// Longer lines are hard to read.
const MAX_WIDTH: usize = 110;

/// All pages as lines for a terminal of some width.
#[must_use]
pub fn render(pages: &[Page], units: Units, width: u16) -> String {
    let mut sheet = Sheet { lines: Vec::new(), width: usize::from(width).clamp(MIN_WIDTH, MAX_WIDTH) };
    for one in pages {
        if !sheet.lines.is_empty() {
            sheet.lines.push(String::new());
        }
        page(&mut sheet, one, units);
    }
    if pages.is_empty() {
        sheet.line(0, "No file that may hold a run.");
    }
    sheet.lines.join("\n") + "\n"
}

/// Lines so far.
struct Sheet {
    lines: Vec<String>,
    width: usize,
}

impl Sheet {
    /// A text in as many lines as it takes, those after the first further in.
    fn line(&mut self, indent: usize, text: &str) {
        let text = format!("{}{text}", " ".repeat(indent));
        self.lines.push(wrapped(&text, self.width, indent + STEP).trim_end().to_owned());
    }

    /// Rows of cells in columns as wide as their widest; the last one takes what is left and wraps.
    fn rows(&mut self, indent: usize, rows: &[Vec<String>]) {
        let n = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..n)
            .map(|at| rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.width()).max().unwrap_or(0))
            .collect();
        for row in rows {
            let mut text = " ".repeat(indent);
            let mut last_at = indent;
            for (at, cell) in row.iter().enumerate() {
                last_at = text.width();
                text.push_str(cell);
                if at + 1 < row.len() {
                    text.push_str(&" ".repeat(widths[at].saturating_sub(cell.width()) + 2));
                }
            }
            let indent = if last_at + 16 > self.width { indent + STEP } else { last_at };
            self.lines.push(wrapped(&text, self.width, indent).trim_end().to_owned());
        }
    }

    fn heading(&mut self, text: &str) {
        self.lines.push(String::new());
        self.line(STEP, text);
    }
}

fn page(sheet: &mut Sheet, page: &Page, units: Units) {
    sheet.line(0, &upright(&page.file));
    let outcome = match page.outcome {
        Outcome::Used => "read",
        Outcome::Salvaged => "read as far as it goes",
        Outcome::Listed => "list",
        Outcome::Skipped => "skipped",
        Outcome::Failed => "failed",
    };
    sheet.line(STEP, &format!("{outcome}: {}", page.why));
    let n = page.recordings.len();
    for (at, part) in page.recordings.iter().enumerate() {
        if n > 1 {
            sheet.heading(&format!("Recording {} of {n}", at + 1));
        }
        self::part(sheet, part, units);
    }
}

fn part(sheet: &mut Sheet, part: &Part, units: Units) {
    let counts =
        if part.salvaged { format!("{}; saved from a broken file", part.why) } else { part.why.clone() };
    let format = match part.format {
        Format::Fit => "FIT",
        Format::Gpx => "GPX",
        Format::Tcx => "TCX",
        Format::Csv => "CSV",
        Format::Json => "JSON",
    };
    let inferred = if part.sport_inferred { " (inferred)" } else { "" };
    let start =
        part.start_local.clone().unwrap_or_else(|| format!("{} (local time unknown)", part.start_utc));
    let of = |name: &str, value: Option<String>| Some(vec![name.to_owned(), value?]);
    let rows = [
        of("counts", Some(counts)),
        of("id", Some(part.id.clone())),
        of("format", Some(format!("{format}, {} {}", whole(part.samples), samples(part.samples)))),
        of("title", part.title.as_deref().map(upright)),
        of("device", part.device.as_deref().map(upright)),
        of("sport", Some(format!("{}{inferred}", sport_name(part.sport)))),
        of("start", Some(start)),
        of("race", part.race.then(|| "the file says so".to_owned())),
        of("effort", part.rpe.map(|rpe| format!("{} of 10, by the file", number(rpe, 1)))),
        of("resting", part.resting_hr_bpm.map(|bpm| format!("{} bpm, by the watch", number(bpm, 0)))),
        of("power by", part.power_source.as_deref().map(upright)),
    ];
    sheet.rows(STEP, &rows.into_iter().flatten().collect::<Vec<_>>());
    if !part.totals.is_empty() {
        sheet.heading("Sums, and where each comes from");
        sheet.rows(2 * STEP, &part.totals.iter().map(|total| total_row(total, units)).collect::<Vec<_>>());
    }
    if !part.channels.is_empty() {
        sheet.heading("Recorded, and how much of the time");
        sheet.rows(2 * STEP, &part.channels.iter().map(channel_row).collect::<Vec<_>>());
    }
    if !part.laps.is_empty() {
        sheet.heading("Laps");
        sheet.rows(2 * STEP, &laps::rows(&part.laps, units));
        if let Some(rest) = laps::rest(&part.laps) {
            sheet.line(2 * STEP, &rest);
        }
    }
    for (title, list) in [("Quality, and what was left out", &part.account), ("Remarks", &part.remarks)] {
        if !list.is_empty() {
            sheet.heading(title);
            for text in list {
                sheet.line(2 * STEP, &format!("- {text}"));
            }
        }
    }
}

fn samples(n: usize) -> &'static str {
    if n == 1 { "sample" } else { "samples" }
}

/// `distance  12.34 km  total of the device`.
fn total_row(total: &Total, units: Units) -> Vec<String> {
    let (stem, unit) = total.name.rsplit_once('_').unwrap_or((total.name, ""));
    let value = match (total.name, unit) {
        ("distance_m", _) => format!("{} {}", number(total.value / units.long_m(), 2), units.long_name()),
        (_, "m") => units.height(total.value),
        (_, "s") => duration(total.value),
        (_, "bpm" | "w" | "spm") => {
            let unit = if unit == "w" { "W" } else { unit };
            format!("{} {unit}", number(total.value, 0))
        }
        _ => number(total.value, 0),
    };
    let name = match stem {
        "avg_hr" => "mean heart rate".to_owned(),
        "max_hr" => "highest heart rate".to_owned(),
        "avg_cadence" => "mean cadence".to_owned(),
        "avg_power" => "mean power".to_owned(),
        "elapsed" | "timer" | "moving" => format!("{stem} time"),
        stem => plain_word(stem),
    };
    vec![name, value, total.from.to_owned()]
}

fn channel_row(channel: &Channel) -> Vec<String> {
    let is_trace = channel.coverage > 0.0 && channel.coverage < 0.005;
    let covered = if is_trace { "< 1 %".to_owned() } else { share(channel.coverage) };
    vec![plain_word(&channel.name), covered, duration(channel.seconds)]
}

#[cfg(test)]
mod tests {
    use super::super::{inspect, to_json};
    use super::*;
    use std::path::Path;

    fn pages(files: &[(&str, &[u8])]) -> Vec<Page> {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        inspect(&[folder.path().to_path_buf()], Units::Metric, "2026-06-01".parse().unwrap()).unwrap()
    }

    /// A run of ten minutes at 3 m/s with a word for the title.
    fn run(title: &str, date: &str) -> String {
        let point = |k: u32| {
            let (lat, minute, second, bpm) = (f64::from(k) * 2.698e-5, k / 60, k % 60, 140 + k / 60);
            let time = format!("{date}T10:{minute:02}:{second:02}Z");
            format!("<trkpt lat='{lat}' lon='7'><time>{time}</time><hr>{bpm}</hr></trkpt>")
        };
        let points = (0..600).map(point).collect::<Vec<_>>().concat();
        format!("<gpx><trk><name>{title}</name><type>run</type><trkseg>{points}</trkseg></trk></gpx>")
    }

    #[test]
    fn every_outcome_has_its_page() {
        let whole = run("Easy", "2026-05-01");
        let cut = &whole.as_bytes()[..whole.len() / 2];
        let files: [(&str, &[u8]); 6] = [
            ("a.gpx", whole.as_bytes()),
            ("b.gpx", cut),
            ("c.gpx", b"<gpx><rte><rtept lat='1' lon='2'/></rte></gpx>"),
            ("d.fit", b""),
            ("e.fit", b"no run"),
            ("f.gpx", &run("Late", "2031-05-01").into_bytes()),
        ];
        let pages = pages(&files);
        let told: Vec<(&str, Outcome)> =
            pages.iter().map(|page| (page.file.as_str(), page.outcome)).collect();
        let expected = [
            ("a.gpx", Outcome::Used),
            ("b.gpx", Outcome::Salvaged),
            ("c.gpx", Outcome::Skipped),
            ("d.fit", Outcome::Failed),
            ("e.fit", Outcome::Failed),
            ("f.gpx", Outcome::Used),
        ];
        assert_eq!(told, expected);
        let part = |at: usize| &pages[at].recordings[0];
        assert!(part(0).counts && !part(0).salvaged && part(1).salvaged && !part(5).counts);
        assert_eq!(pages[3].why, "is empty");
        assert!(part(5).why.contains("clock"), "{}", part(5).why);
        assert_eq!(
            (part(0).start_utc.as_str(), part(0).quality.way.n_position_jumps),
            ("2026-05-01T10:00:00Z", 0)
        );
        let total = |name: &str| part(0).totals.iter().find(|total| total.name == name).unwrap();
        assert!((total("distance_m").value - 1797.0).abs() < 2.0);
        assert_eq!(total("distance_m").from, "way along the positions");
        assert_eq!(total("avg_hr_bpm").from, "seconds of heart rate that were kept");
    }

    #[test]
    fn a_page_fits_its_terminal_and_names_no_place() {
        let pages = pages(&[(
            "a.gpx",
            run("a \u{1b}[31mtitle of a good many words, as some like them", "2026-05-01").as_bytes(),
        )]);
        for width in [40, 72, 200] {
            let text = render(&pages, Units::Imperial, width);
            let room = usize::from(width).min(MAX_WIDTH);
            let id = &pages[0].recordings[0].id;
            let too_wide = text.lines().find(|line| line.width() > room && !line.contains(id.as_str()));
            assert_eq!(too_wide, None);
            assert!(
                !text.contains('\u{1b}') && text.contains("1.12 mi") && text.contains("heart rate"),
                "{text}"
            );
        }
        let json = to_json(&pages).unwrap();
        assert!(
            !json.contains("\"lat") && !json.contains("\"lon") && json.contains("\"position_jump_m\": 0.0")
        );
        assert!(
            inspect(&[Path::new("no/such").into()], Units::Metric, "2026-06-01".parse().unwrap()).is_err()
        );
    }
}
