//! The `legwork` command: parses arguments, reads the clock once, runs, prints.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use legwork::analysis::Analysis;
use legwork::brief::Brief;
use legwork::cli::{
    self, BriefArgs, Cli, Color, Command, DiffArgs, ExplainArgs, Format, InitArgs, InspectArgs, OutArgs,
    ReportArgs, SharedArgs, TableArgs, TextOrJson,
};
use legwork::error::Error;
use legwork::explain::{self, Question};
use legwork::init;
use legwork::model::Day;
use legwork::notice::Notice;
use legwork::report::summary::{self, Terminal, coloured};
use legwork::report::{brief as brief_page, write};
use legwork::run::{self, Options, Progress};
use legwork::table::{self, Table};
use legwork::{config, diff, inspect, what_if};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Notices shown unless all are asked for.
const SHOWN_NOTICES: usize = 12;
/// Columns of a terminal that does not say how wide it is.
const DEFAULT_WIDTH: u16 = 100;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match execute(&cli.command) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(error.exit_code())
        }
    }
}

/// Runs a command; returns the exit code.
fn execute(command: &Command) -> Result<u8, Error> {
    match command {
        Command::Report(args) => report(args),
        Command::Runs(args) => print_table(table::runs, args),
        Command::Days(args) => print_table(table::days, args),
        Command::Weeks(args) => print_table(table::weeks, args),
        Command::Signals(args) => print_table(table::signals, args),
        Command::Blocks(args) => print_table(table::blocks, args),
        Command::Windows(args) => windows(args),
        Command::Sessions(args) => print_table(table::sessions, args),
        Command::Brief(args) => brief(args),
        Command::Explain(args) => print_explanation(args),
        Command::Diff(args) => print_diff(args),
        Command::Inspect(args) => inspect(args),
        Command::Init(args) => init(args),
        Command::Board(args) => print_rows(table::board, &args.shared, &args.out),
        Command::Completions(args) => print_bytes(&cli::completions(args.shell)).map(|()| 0),
        Command::Man => print_bytes(&cli::man()?).map(|()| 0),
    }
}

fn report(args: &ReportArgs) -> Result<u8, Error> {
    let shared = &args.shared;
    let analyses = analyse(shared)?;
    let written = write::write(&analyses, &args.output, args.png)?;
    if !shared.quiet {
        let terminal = Terminal { width: width(), is_coloured: is_coloured(shared.color) };
        print(&summary::text(&analyses, &written, terminal)?)?;
    }
    let notices = analyses.iter().flat_map(|one| &one.notices).chain(&written.notices);
    Ok(show(&notices.collect::<Vec<_>>(), &Notices::of(shared)))
}

/// The therapist's pages: one file for each runner, or one printed.
fn brief(args: &BriefArgs) -> Result<u8, Error> {
    args.check()?;
    let shared = &args.shared;
    set_jobs(shared)?;
    let bar = Bar::new(shared.quiet);
    let options = Options { on: args.on, cache: cache(shared.no_cache), ..shared.options(today()) };
    let (analyses, mut left_out) = run::analyse_on(&shared.inputs, &options, &bar)?;
    bar.0.finish_and_clear();
    if let (Some(path), [_, _, ..]) = (args.file(), analyses.as_slice()) {
        let ids: Vec<&str> = analyses.iter().map(|one| one.athlete.as_str()).collect();
        let problem =
            format!("{} holds one runner; choose with --athlete one of {}", path.display(), ids.join(", "));
        return Err(Error::config("-o", problem));
    }
    for analysis in &analyses {
        let brief = match Brief::of(analysis, args.on.unwrap_or(analysis.as_of)) {
            // One who has nothing on that day does not keep the others from theirs.
            Err(Error::Config { problem, .. }) if analyses.len() > 1 => {
                left_out.push(Notice::new(analysis.athlete.clone(), problem));
                continue;
            }
            brief => brief?,
        };
        let (content, ending) = if args.is_pdf() {
            (brief_page::pdf(&brief, args.paper.paper())?, "pdf")
        } else {
            (brief_page::render(&brief)?.into_bytes(), "html")
        };
        let name = format!("{}.{ending}", brief_page::file_stem(&brief));
        let path = args.file().map_or_else(|| args.folder().join(name), PathBuf::from);
        if path.as_os_str() == "-" {
            print_bytes(&content)?;
            continue;
        }
        write::file(&path, &content)?;
        if !shared.quiet {
            print(&format!("Wrote {}\n", path.display()))?;
        }
    }
    let notices = analyses.iter().flat_map(|one| &one.notices).chain(&left_out);
    Ok(show(&notices.collect::<Vec<_>>(), &Notices::of(shared)))
}

fn print_explanation(args: &ExplainArgs) -> Result<u8, Error> {
    let question = Question { on: args.on, run: args.run.clone(), metric: args.metric.clone() };
    // A name that is wrong for everyone is said before anything is read.
    explain::check(&question)?;
    let analyses = analyse(&args.shared)?;
    let answers = explain::explain(&analyses, &question)?;
    print(&match args.format {
        TextOrJson::Text => explain::render(&answers),
        TextOrJson::Json => explain::to_json(&answers)?,
    })?;
    Ok(show_notices(&analyses, &Notices::of(&args.shared)))
}

fn print_diff(args: &DiffArgs) -> Result<u8, Error> {
    let (old, new) = (diff::read(&args.old)?, diff::read(&args.new)?);
    let found = diff::compare(&old, &new, args.tolerance);
    print(&match args.format {
        TextOrJson::Text => diff::render(&found),
        TextOrJson::Json => found.to_json()?,
    })?;
    Ok(u8::from(args.exit_code && !found.is_empty()))
}

fn inspect(args: &InspectArgs) -> Result<u8, Error> {
    let units = args.units.units();
    let pages = inspect::inspect(&args.files, units, today())?;
    print(&match args.format {
        TextOrJson::Text => inspect::render(&pages, units, width()),
        TextOrJson::Json => inspect::to_json(&pages)?,
    })?;
    Ok(0)
}

fn set_jobs(shared: &SharedArgs) -> Result<(), Error> {
    let Some(jobs) = shared.jobs else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs);
    pool.build_global().map_err(|cause| Error::internal("the threads", cause))
}

fn analyse(shared: &SharedArgs) -> Result<Vec<Analysis>, Error> {
    set_jobs(shared)?;
    let options = Options { cache: cache(shared.no_cache), ..shared.options(today()) };
    with_bar(&shared.inputs, &options, shared.quiet)
}

fn with_bar(inputs: &[PathBuf], options: &Options, is_quiet: bool) -> Result<Vec<Analysis>, Error> {
    let bar = Bar::new(is_quiet);
    let analyses = run::analyse(inputs, options, &bar)?;
    bar.0.finish_and_clear();
    Ok(analyses)
}

/// Writes a config; nothing is read before it is clear that it may be written.
fn init(args: &InitArgs) -> Result<u8, Error> {
    let path = args.output.clone().unwrap_or_else(|| args.folder.join(config::FILE_NAME));
    let is_printed = path.as_os_str() == "-";
    if args.folder.is_file() {
        let problem = "is a file; give the folder that holds the runs";
        return Err(Error::config(args.folder.display().to_string(), problem));
    }
    if !is_printed && !args.force && path.exists() {
        let problem = "is there already; --force overwrites it, -o - prints a new one";
        return Err(Error::config(path.display().to_string(), problem));
    }
    let init_options = Options { cache: cache(false), ..args.options(today()) };
    let analyses = with_bar(std::slice::from_ref(&args.folder), &init_options, args.quiet)?;
    let text = init::config(&analyses);
    if is_printed {
        print(&text)?;
    } else {
        write::file(&path, text.as_bytes())?;
        if !args.quiet {
            print(&format!("Wrote {}. {}\n", path.display(), init::ADVICE))?;
        }
    }
    Ok(show_notices(&analyses, &Notices { quiet: args.quiet, ..Notices::default() }))
}

/// Today by the clock of the computer: the only place that asks for it.
#[expect(clippy::disallowed_methods, reason = "the default of --as-of is read here and nowhere else")]
fn today() -> Day {
    let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Day::from_epoch_days(i32::try_from(since_epoch.as_secs() / 86_400).unwrap_or(0)).unwrap_or_default()
}

/// Where this system keeps what can be made anew; a system that has no such place is fine.
fn cache(is_unwanted: bool) -> Option<PathBuf> {
    use etcetera::base_strategy::{BaseStrategy, choose_base_strategy};
    let place = choose_base_strategy().ok().filter(|_| !is_unwanted)?;
    Some(place.cache_dir().join("legwork"))
}

/// The windows, and for people who has none ahead and why, and how another calendar moves them.
fn windows(args: &TableArgs) -> Result<u8, Error> {
    if args.out.format() != Format::Table {
        return print_table(table::windows, args);
    }
    check_span(args)?;
    let analyses = analyse(&args.shared)?;
    let table = table::windows(&analyses)?.between(args.from, args.to)?;
    let units = analyses.first().map(|one| one.units).unwrap_or_default();
    let ahead = analyses.iter().filter(|one| args.to.is_none_or(|to| to > one.as_of));
    let ahead: Vec<&Analysis> = ahead.collect();
    let terminal = terminal(&args.shared, &args.out);
    let parts =
        [Some(coloured(&table.to_text(units, terminal.width)?, terminal)), summary::no_window(&ahead)];
    let parts = parts.into_iter().flatten().chain(analyses.iter().filter_map(what_if::text));
    put(&args.out, parts.collect::<Vec<_>>().join("\n").as_bytes())?;
    Ok(show_notices(&analyses, &Notices::of(&args.shared)))
}

fn check_span(args: &TableArgs) -> Result<(), Error> {
    match args.from.zip(args.to).filter(|(from, to)| from > to) {
        Some((from, to)) => Err(Error::config("--from", format!("{from} is after --to {to}"))),
        None => Ok(()),
    }
}

fn put(args: &OutArgs, bytes: &[u8]) -> Result<(), Error> {
    match &args.output {
        Some(path) => write::file(path, bytes),
        None => print_bytes(bytes),
    }
}

fn print_table(table: fn(&[Analysis]) -> Result<Table, Error>, args: &TableArgs) -> Result<u8, Error> {
    check_span(args)?;
    let between = |analyses: &[Analysis]| table(analyses)?.between(args.from, args.to);
    print_rows(between, &args.shared, &args.out)
}

fn print_rows(
    table: impl Fn(&[Analysis]) -> Result<Table, Error>,
    shared: &SharedArgs,
    out: &OutArgs,
) -> Result<u8, Error> {
    let analyses = analyse(shared)?;
    let table = table(&analyses)?;
    let units = analyses.first().map(|one| one.units).unwrap_or_default();
    let terminal = terminal(shared, out);
    let bytes = match out.format() {
        // Bare headings would not say what is missing.
        Format::Table if table.name() == "sessions" && table.n_rows() == 0 => {
            table::no_sessions(&analyses).into_bytes()
        }
        Format::Table => coloured(&table.to_text(units, terminal.width)?, terminal).into_bytes(),
        Format::Csv => table.to_csv()?,
        Format::Json => table.to_json()?,
        Format::Parquet => table.to_parquet()?,
    };
    put(out, &bytes)?;
    Ok(show_notices(&analyses, &Notices::of(shared)))
}

/// How a table is shown; a file is never coloured.
fn terminal(shared: &SharedArgs, out: &OutArgs) -> Terminal {
    Terminal { width: width(), is_coloured: is_coloured(shared.color) && out.output.is_none() }
}

fn print(text: &str) -> Result<(), Error> {
    print_bytes(text.as_bytes())
}

/// A reader that has seen enough and closes the pipe is no failure.
fn print_bytes(bytes: &[u8]) -> Result<(), Error> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(cause) if cause.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::Output { path: "standard output".into(), cause })
        }
        _ => Ok(()),
    }
}

/// What is done about notices.
#[derive(Default)]
struct Notices {
    strict: bool,
    quiet: bool,
    verbose: bool,
}

impl Notices {
    fn of(shared: &SharedArgs) -> Self {
        Self { strict: shared.strict, quiet: shared.quiet, verbose: shared.verbose }
    }
}

/// Says what the reader should know; returns the exit code that goes with it.
fn show_notices(analyses: &[Analysis], how: &Notices) -> u8 {
    show(&analyses.iter().flat_map(|one| &one.notices).collect::<Vec<_>>(), how)
}

fn show(notices: &[&Notice], how: &Notices) -> u8 {
    let code = u8::from(how.strict && !notices.is_empty());
    if how.quiet {
        return code;
    }
    let shown = if how.verbose { notices.len() } else { SHOWN_NOTICES };
    let mut lines: Vec<String> = notices
        .iter()
        .take(shown)
        .map(|notice| format!("notice: {}", summary::plain(&notice.to_string())))
        .collect();
    if notices.len() > shown {
        lines.push(format!("notice: and {} more; -v shows all", notices.len() - shown));
    }
    // Nobody may be listening any more, which is no failure.
    let mut stderr = std::io::stderr().lock();
    let _ = lines.iter().try_for_each(|line| writeln!(stderr, "{line}"));
    code
}

fn width() -> u16 {
    console::Term::stdout().size_checked().map_or(DEFAULT_WIDTH, |(_, columns)| columns)
}

#[expect(clippy::disallowed_methods, reason = "NO_COLOR is how people say that they want none")]
fn is_coloured(color: Color) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => std::io::stdout().is_terminal() && std::env::var("NO_COLOR").is_err(),
    }
}

/// A bar on stderr, on a terminal only; and whether nothing is to be said.
struct Bar(ProgressBar, bool);

impl Bar {
    fn new(is_quiet: bool) -> Self {
        if is_quiet {
            return Self(ProgressBar::hidden(), true);
        }
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} files {msg}");
        let bar = ProgressBar::new(0);
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self(bar, false)
    }
}

impl Progress for Bar {
    fn begin(&self, n_files: usize) {
        self.0.set_length(n_files as u64);
    }

    fn step(&self) {
        self.0.inc(1);
    }

    fn trouble(&self, text: &str) {
        if !self.1 {
            self.0.suspend(|| eprintln!("notice: {}", summary::plain(text)));
        }
    }
}
