//! The arguments of the command line.

use crate::config::parse_distance;
use crate::digest::RACE_DISTANCES;
use crate::error::Error;
use crate::model::calendar::parse_day;
use crate::model::units::Units;
use crate::model::{Day, Race, RaceOrigin};
use crate::report::brief::Paper;
use crate::run::{Options, WhatIf};
use chrono::Weekday;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use std::path::{Path, PathBuf};

/// Turns the run files of a watch into training load, and says when sports massage fits best, how deep and why.
#[derive(Debug, Parser)]
#[command(name = "legwork", version, propagate_version = true, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Pages, charts, tables and a calendar for every athlete found
    Report(ReportArgs),
    /// One row for each run
    Runs(TableArgs),
    /// One row for each calendar day
    Days(TableArgs),
    /// One row for each week
    Weeks(TableArgs),
    /// Movement and effort against the weeks before
    Signals(TableArgs),
    /// One row for each athlete, those who want a look first
    Board(BoardArgs),
    /// Training blocks and what massage is for in each
    Blocks(TableArgs),
    /// Massage windows, past, open and upcoming
    Windows(TableArgs),
    /// Massages had: what was read of the runner afterwards against before
    Sessions(TableArgs),
    /// The therapist's page: one sheet of paper for a runner and a day
    Brief(BriefArgs),
    /// One number, down to formula, constants, thresholds, runs and files
    Explain(ExplainArgs),
    /// What moved between two reports, and which files or settings did it
    Diff(DiffArgs),
    /// What is in a file: device, channels, sums, what was left out and why
    Inspect(InspectArgs),
    /// A commented legwork.toml with what the runs suggest
    Init(InitArgs),
    /// Completions for a shell, to be put where it looks for them
    Completions(CompletionsArgs),
    /// The manual page, for man
    Man,
}

/// Arguments of `report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// What to read, and how.
    #[command(flatten)]
    pub shared: SharedArgs,
    /// Folder for the report
    #[arg(short, long, value_name = "FOLDER", default_value = "reports")]
    pub output: PathBuf,
    /// Write every chart as PNG as well
    #[arg(long)]
    pub png: bool,
}

/// Arguments of the commands that print a table.
#[derive(Debug, Args)]
pub struct TableArgs {
    /// What to read, and how.
    #[command(flatten)]
    pub shared: SharedArgs,
    /// Where the table goes, and in which form.
    #[command(flatten)]
    pub out: OutArgs,
    /// First day to print
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<Day>,
    /// Last day to print
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub to: Option<Day>,
}

/// Arguments of `board`.
#[derive(Debug, Args)]
pub struct BoardArgs {
    /// What to read, and how.
    #[command(flatten)]
    pub shared: SharedArgs,
    /// Where the table goes, and in which form.
    #[command(flatten)]
    pub out: OutArgs,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: clap_complete::Shell,
}

/// Where a table goes, and in which form.
#[derive(Debug, Args)]
pub struct OutArgs {
    /// Form of the table [default: by the ending of the -o file: .csv, .json or .parquet; else table]
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// File to write instead of the standard output; its ending sets the form where --format does not
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl OutArgs {
    /// The form that is asked for: by name, else by the ending of the file to write.
    #[must_use]
    pub fn format(&self) -> Format {
        let ending = || Some(self.output.as_ref()?.extension()?.to_str()?.to_ascii_lowercase());
        self.format.unwrap_or_else(|| match ending().as_deref() {
            Some("csv") => Format::Csv,
            Some("json") => Format::Json,
            Some("parquet") => Format::Parquet,
            _ => Format::Table,
        })
    }
}

/// Arguments of `brief`.
#[derive(Debug, Args)]
pub struct BriefArgs {
    /// What to read, and how.
    #[command(flatten)]
    pub shared: SharedArgs,
    /// The day of the session: one that is over is told as it was known then, one of the next 28 days as it is projected
    /// [default: the day of the analysis]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<Day>,
    /// File to write, for one runner, or folder for a file of each; - prints it
    /// [default: brief-RUNNER-DATE.html in this folder]
    #[arg(short, long, value_name = "FILE|FOLDER")]
    pub output: Option<PathBuf>,
    /// Write a PDF instead of an HTML page; a FILE that ends in .pdf asks for one too
    #[arg(long)]
    pub pdf: bool,
    /// Paper of the PDF; the HTML page fits on both
    #[arg(long, value_enum, default_value_t = PaperArg::A4)]
    pub paper: PaperArg,
}

impl BriefArgs {
    /// Is a PDF asked for?
    #[must_use]
    pub fn is_pdf(&self) -> bool {
        self.pdf || self.ends_in(&["pdf"])
    }

    /// The file to write, where one is named.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| !is_folder(path))
    }

    /// The folder for files that are not named.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.output.as_deref().filter(|path| is_folder(path)).unwrap_or_else(|| Path::new(""))
    }

    /// A PDF must not end like a page: programs go by the ending.
    pub fn check(&self) -> Result<(), Error> {
        match self.file() {
            Some(path) if self.pdf && self.ends_in(&["html", "htm"]) => {
                let problem =
                    format!("{} ends like a page; --pdf writes a file that ends in .pdf", path.display());
                Err(Error::config("-o", problem))
            }
            _ => Ok(()),
        }
    }

    fn ends_in(&self, endings: &[&str]) -> bool {
        let ending = self.file().and_then(Path::extension);
        ending.is_some_and(|ending| endings.iter().any(|one| ending.eq_ignore_ascii_case(one)))
    }
}

/// Is it a folder that is there, or one by the way that it is written?
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

/// Paper on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PaperArg {
    /// 210 × 297 mm
    A4,
    /// 8.5 × 11 in
    Letter,
}

impl PaperArg {
    /// The paper of the PDF.
    #[must_use]
    pub fn paper(self) -> Paper {
        match self {
            Self::A4 => Paper::A4,
            Self::Letter => Paper::Letter,
        }
    }
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// What to read, and how.
    #[command(flatten)]
    pub shared: SharedArgs,
    /// The day to explain
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<Day>,
    /// A run instead of a day: its id or the beginning of it, or the name of its file
    #[arg(long, value_name = "ID")]
    pub run: Option<String>,
    /// One number, by its name in the tables; without it all at a glance
    #[arg(long, value_name = "NAME")]
    pub metric: Option<String>,
    /// Form of the explanation
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub format: TextOrJson,
}

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The old report: its folder, or the analysis.json in it
    #[arg(value_name = "A")]
    pub old: PathBuf,
    /// The new report
    #[arg(value_name = "B")]
    pub new: PathBuf,
    /// Numbers that move by no more than this, in percent, are taken for equal
    #[arg(long, value_name = "PERCENT", default_value = "1", value_parser = percent)]
    pub tolerance: f64,
    /// Form of the difference
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub format: TextOrJson,
    /// Exit with 1 if there is any difference
    #[arg(long)]
    pub exit_code: bool,
}

/// Arguments of `inspect`.
#[derive(Debug, Args)]
pub struct InspectArgs {
    /// Files to look into, broken ones too, or folders of them
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Form of the pages
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub format: TextOrJson,
    /// Units of the pages; JSON is in m and s
    #[arg(long, value_enum, default_value_t = UnitsArg::Metric)]
    pub units: UnitsArg,
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// Folder with the runs; a legwork.toml in it is not read
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
    /// File to write instead of the legwork.toml in the folder; - prints it
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Overwrite the file if it is there
    #[arg(long)]
    pub force: bool,
    /// Make each direct subfolder an athlete
    #[arg(long)]
    pub squad: bool,
    /// Day the history ends [default: today, or the day of the newest run where that is over four weeks back]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// Units for people
    #[arg(long, value_enum)]
    pub units: Option<UnitsArg>,
    /// No notices and no summary
    #[arg(short, long)]
    pub quiet: bool,
}

impl InitArgs {
    /// The options of the pipeline; `today` comes from the clock of the computer.
    #[must_use]
    pub fn options(&self, today: Day) -> Options {
        Options {
            as_of: self.as_of,
            units: self.units.map(UnitsArg::units),
            is_squad: self.squad,
            ignores_config: true,
            today,
            ..Options::default()
        }
    }
}

/// Forms of a difference and of an explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TextOrJson {
    /// For people
    Text,
    /// All of it, for programs
    Json,
}

fn day(text: &str) -> Result<Day, String> {
    parse_day(text)
}

fn weekday(text: &str) -> Result<Weekday, String> {
    text.parse().map_err(|_| "write a weekday, such as monday or sunday".to_owned())
}

/// A race of the command line: `DATE:DISTANCE[:PRIORITY[:NAME]]`. Without a priority it is an A race, which is what one
/// would plan for; the name may hold colons.
fn race(text: &str) -> Result<Race, String> {
    let form = |problem: &str| {
        format!("{problem}; write DATE:DISTANCE[:PRIORITY[:NAME]], as in 2026-10-11:marathon:A")
    };
    let mut parts = text.splitn(4, ':');
    let date = parts.next().unwrap_or_default();
    let date = date.trim().parse().map_err(|_| form(&format!("\"{date}\" is no date")))?;
    let distance = parts.next().ok_or_else(|| form("the distance is missing"))?.trim();
    let distance_m = parse_distance(distance).ok_or_else(|| {
        form(&format!("\"{distance}\" is no distance such as 10k, half, marathon or 50 mi"))
    })?;
    let priority = match parts.next().map(str::trim) {
        None | Some("A" | "a") => 'A',
        Some("B" | "b") => 'B',
        Some("C" | "c") => 'C',
        Some(other) => return Err(form(&format!("the priority is A, B or C, not \"{other}\""))),
    };
    let name = parts.next().map(str::trim).filter(|name| !name.is_empty());
    let standard = RACE_DISTANCES.iter().find(|standard| (standard.distance_m - distance_m).abs() < 1.0);
    let standard = standard.map(|standard| standard.name);
    let name = name.map_or_else(|| format!("{} race", standard.unwrap_or(distance)), str::to_owned);
    Ok(Race { date, name, distance_m, priority, origin: RaceOrigin::Config })
}

fn percent(text: &str) -> Result<f64, String> {
    let plausible = text.parse().ok().filter(|percent| (0.0..100.0).contains(percent));
    plausible.ok_or_else(|| "give a number of percent from 0 to below 100, such as 5".to_owned())
}

/// Arguments that every command that reads runs takes.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct SharedArgs {
    /// Run files (FIT, GPX, TCX, also .gz) or folders of them; a folder with legwork.toml declares its athletes
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Config file instead of the legwork.toml in the input folder
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Only this athlete; may be given more than once
    #[arg(long, value_name = "ID")]
    pub athlete: Vec<String>,
    /// Day the analysis stands on: nothing after it is read [default: today, or the day of the newest run where that is over four weeks back]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// Units for people
    #[arg(long, value_enum)]
    pub units: Option<UnitsArg>,
    /// First day of a week, such as monday or sunday
    #[arg(long, value_name = "WEEKDAY", value_parser = weekday)]
    pub week_start: Option<Weekday>,
    /// Take each direct subfolder for an athlete
    #[arg(long)]
    pub squad: bool,
    /// Try out another plan (CSV or iCalendar) instead of the athlete's own
    #[arg(long, value_name = "FILE")]
    pub plan: Option<PathBuf>,
    /// Try out a race to come, as in 2026-10-11:marathon:A; may be given more than once
    #[arg(long, value_name = "DATE:DISTANCE[:PRIORITY[:NAME]]", value_parser = race)]
    pub race: Vec<Race>,
    /// Number of files read at once [default: all cores]
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Exit with 1 if there is any notice
    #[arg(long)]
    pub strict: bool,
    /// No notices and no summary
    #[arg(short, long)]
    pub quiet: bool,
    /// Every notice, however many
    #[arg(short, long)]
    pub verbose: bool,
    /// Colours on the terminal
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub color: Color,
}

/// Forms of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Table,
    /// Comma-separated values
    Csv,
    /// An array of objects
    Json,
    /// Apache Parquet
    Parquet,
}

/// Units on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UnitsArg {
    /// Kilometres and metres
    Metric,
    /// Miles and feet
    Imperial,
}

impl UnitsArg {
    /// The units that are asked for.
    #[must_use]
    pub fn units(self) -> Units {
        match self {
            Self::Metric => Units::Metric,
            Self::Imperial => Units::Imperial,
        }
    }
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl SharedArgs {
    /// The calendar to try out.
    #[must_use]
    pub fn what_if(&self) -> WhatIf {
        WhatIf { plan: self.plan.clone(), races: self.race.clone() }
    }

    /// The options of the pipeline; `today` comes from the clock of the computer.
    #[must_use]
    pub fn options(&self, today: Day) -> Options {
        Options {
            config: self.config.clone(),
            athletes: self.athlete.clone(),
            as_of: self.as_of,
            on: None,
            units: self.units.map(UnitsArg::units),
            week_start: self.week_start,
            is_squad: self.squad,
            ignores_config: false,
            what_if: self.what_if(),
            today,
        }
    }
}

/// The completions of a shell, as its script.
#[must_use]
pub fn completions(shell: clap_complete::Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "legwork", &mut script);
    script
}

/// The manual page as roff: the program, then each command with its arguments.
pub fn man() -> Result<Vec<u8>, Error> {
    let mut cli = Cli::command();
    cli.build();
    let mut page = Vec::new();
    roff(&mut page, &cli).map_err(|cause| Error::internal("the manual page", cause))?;
    Ok(page)
}

/// What stands after the commands on the manual page.
const LAST_SECTIONS: &str = r".SH EXAMPLES
.TP
legwork report ~/runs \-o ~/runs\-report
The pages of one runner.
.TP
legwork report ~/squad \-\-squad \-o ~/squad\-report
A folder for each runner, and the board of all.
.TP
legwork brief ~/runs \-\-on 2026\-05\-18 \-\-pdf
The therapist's page of a day.
.SH EXIT STATUS
.TP
0
Done.
.TP
1
Failed; or with \-\-strict a notice, or with diff \-\-exit\-code a difference.
.TP
2
Wrong use or config.
.SH FILES
.TP
legwork.toml
Beside the runs: who runs, thresholds, races, units, values of rules.
.TP
massage.csv, diary.csv, plan.csv, plan.ics
In the folder of a runner: massages had, how the days felt, the runs to come.
";

fn roff(page: &mut Vec<u8>, cli: &clap::Command) -> std::io::Result<()> {
    let man = clap_mangen::Man::new(cli.clone());
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    man.render_options_section(page)?;
    for command in cli.get_subcommands() {
        let man = clap_mangen::Man::new(command.clone());
        let mut sections = Vec::new();
        man.render_synopsis_section(&mut sections)?;
        man.render_description_section(&mut sections)?;
        man.render_options_section(&mut sections)?;
        // The sections of a command stand below its own heading.
        let below =
            String::from_utf8_lossy(&sections).replace("\n.SH ", "\n.SS ").replacen(".SH ", ".SS ", 1);
        page.extend_from_slice(format!(".SH {}\n{below}", command.get_name().to_uppercase()).as_bytes());
    }
    page.extend_from_slice(LAST_SECTIONS.as_bytes());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_ending_of_the_file_sets_the_form() {
        let form = |more: &[&str]| {
            let cli = Cli::try_parse_from([&["legwork", "days", "in"], more].concat()).unwrap();
            let Command::Days(args) = cli.command else { panic!("{cli:?}") };
            args.out.format()
        };
        assert_eq!(form(&[]), Format::Table);
        assert_eq!(form(&["-o", "a/t.csv"]), Format::Csv);
        assert_eq!(form(&["-o", "T.JSON"]), Format::Json);
        assert_eq!(form(&["-o", "t.parquet"]), Format::Parquet);
        assert_eq!(form(&["-o", "t.txt"]), Format::Table);
        assert_eq!(form(&["-o", "csv"]), Format::Table);
        assert_eq!(form(&["-o", "t.csv", "--format", "json"]), Format::Json);
    }

    #[test]
    fn completions_and_the_manual_name_every_command() {
        use clap_complete::Shell;
        let texts = Shell::value_variants().iter().map(|shell| completions(*shell)).chain([man().unwrap()]);
        for text in texts.map(|bytes| String::from_utf8(bytes).unwrap().to_lowercase()) {
            for command in Cli::command().get_subcommands() {
                assert!(text.contains(command.get_name()), "{}: {text}", command.get_name());
            }
        }
    }

    #[test]
    fn a_race_is_read_or_its_form_is_said() {
        let full = race("2026-10-11:half:b:Autumn: the half").unwrap();
        assert_eq!((full.distance_m, full.priority, full.name.as_str()), (21_097.5, 'B', "Autumn: the half"));
        let short = race("2026-10-11:10 km").unwrap();
        assert_eq!((short.distance_m, short.priority, short.name.as_str()), (10_000.0, 'A', "10 km race"));
        assert_eq!(race("2026-10-11:half").unwrap().name, "half marathon race");
        assert_eq!(race("2026-10-11:12.5 km").unwrap().name, "12.5 km race");
        for (text, part) in [
            ("", "no date"),
            ("11.10.2026:half", "no date"),
            ("2026-10-11", "distance is missing"),
            ("2026-10-11:far", "no distance"),
            ("2026-10-11:half:D", "A, B or C"),
        ] {
            let said = race(text).unwrap_err();
            assert!(said.contains(part) && said.contains("DATE:DISTANCE[:PRIORITY[:NAME]]"), "{said}");
        }
    }
}
