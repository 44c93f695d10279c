//! A brief in words: what the page and the PDF both set.
//!
//! Input: a [`Brief`]. Output: a [`Sheet`] of short texts, every list cut to what one sheet of paper holds. Invariant: texts
//! from files are cleaned and short; what is cut is counted.

use super::words;
use crate::brief::{Area, Brief, Leave, Span, Sums};
use crate::massage::window::{Reason, Window, WindowKind};
use crate::model::units::Units;
use crate::model::{Day, Depth, DiaryKind, Side, Tissue};
use crate::report::text;
use crate::tissue::relative::TissueFlag;

/// Longest texts of items, names and headers in characters.
const TEXT_MAX: usize = 112;
const NAME_MAX: usize = 36;
/// Longest reasons in the box of the depth, which are not clipped within a clause.
const REASON_MAX: usize = 150;
/// Items of each list.
const CAUSES: usize = 3;
const NOTES: usize = 3;
const LEAVE: usize = 3;
const AHEAD: usize = 4;
const SIGNALS: usize = 3;
const SESSIONS: usize = 2;
const SIGNS: usize = 2;
const QUESTIONS: usize = 5;
const ADVICE: usize = 2;
/// The rules that count the days since the last session.
const DUE: [&str; 2] = ["R1", "R13"];
/// A sum this far from the usual one is marked, above and below.
const MORE: f64 = 1.3;
const LESS: f64 = 0.7;

/// One line of a list: a lead that is set bold, its text, and a small tag.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// Set bold; may be empty.
    pub lead: String,
    /// The text; may be empty.
    pub text: String,
    /// Rule and grade, or another small mark; may be empty.
    pub tag: String,
}

/// A heading with lines under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The heading.
    pub heading: &'static str,
    /// The lines; where there are none, `if_empty` stands.
    pub items: Vec<Item>,
    /// How many more there are.
    pub more: usize,
    /// Said in place of lines.
    pub if_empty: String,
}

/// How an area is hatched, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hatch {
    /// Far more load than usual.
    High,
    /// More than usual.
    Elevated,
    /// More than the other tissues.
    Emphasis,
    /// Noted by the runner, or asked of by the training.
    Noted,
}

impl Hatch {
    /// All of them, strongest first.
    pub const ALL: [Self; 4] = [Self::High, Self::Elevated, Self::Emphasis, Self::Noted];

    /// What it says in the key.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::High => "load high",
            Self::Elevated => "load elevated",
            Self::Emphasis => "more than other tissues",
            Self::Noted => "noted, or worked by fast running",
        }
    }
}

/// A mark on the outline of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Where.
    pub tissue: Tissue,
    /// Which side; both where it is not known.
    pub side: Option<Side>,
    /// Number of the area in its list, and its hatch; `None` for a place to leave alone.
    pub area: Option<(usize, Hatch)>,
}

/// A number in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The number, or a dash.
    pub text: String,
    /// It is 1.3 times the usual one or more, or 0.7 times or less, and by more than a trifle.
    pub trend: Option<Trend>,
}

/// Which way a number lies off the usual one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    /// Above.
    More,
    /// Below.
    Less,
}

impl Trend {
    /// The word for those who do not see the arrow.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::More => "more than usual",
            Self::Less => "less than usual",
        }
    }
}

/// The sums of 7, 14 and 28 days beside the usual ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// `7 days`, `usual`, …
    pub head: Vec<String>,
    /// A name and a cell for each column.
    pub rows: Vec<(String, Vec<Cell>)>,
    /// How to read it.
    pub note: String,
}

/// Everything on the sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The runner.
    pub athlete: String,
    /// The day in words.
    pub day: String,
    /// Who the runner is, in few words.
    pub about: String,
    /// The next race, with the days to go.
    pub race: Option<Item>,
    /// Said where the day is still to come, or no file tells of the last days.
    pub projected: Option<String>,
    /// A red flag that the diary holds.
    pub red_flag: Option<String>,
    /// How deep.
    pub depth: Depth,
    /// The same in words: `light at most`.
    pub ceiling: String,
    /// Minutes and pressure.
    pub dose: String,
    /// What lowers the depth.
    pub causes: List,
    /// How much a session is worth, and where it lies in the plan.
    pub need: Vec<String>,
    /// Where to look.
    pub areas: List,
    /// Where to leave alone.
    pub leave: List,
    /// The same on the body.
    pub marks: Vec<Mark>,
    /// What to mind.
    pub notes: List,
    /// The notes stand under the areas; else under the body.
    pub has_notes_left: bool,
    /// The heading of what is measured, with the day that it ends on.
    pub objective: String,
    /// The last days.
    pub numbers: Numbers,
    /// How long ago.
    pub since: List,
    /// What comes.
    pub ahead: List,
    /// Movement and effort.
    pub signals: List,
    /// The last massages.
    pub sessions: List,
    /// What to ask.
    pub questions: List,
    /// Between sessions.
    pub advice: List,
    /// What the numbers rest on.
    pub trust: String,
}

impl Item {
    fn new(lead: impl Into<String>, text: impl Into<String>) -> Self {
        Self { lead: lead.into(), text: text.into(), tag: String::new() }
    }

    fn of(reason: &Reason) -> Self {
        let text = text::capital(&text::short(&reason.text, TEXT_MAX));
        Self { lead: String::new(), text, tag: format!("{}, {}", reason.rule, reason.grade.name()) }
    }
}

impl List {
    /// The first `n` of some lines.
    fn first(heading: &'static str, n: usize, mut items: Vec<Item>, if_empty: impl Into<String>) -> Self {
        let more = items.len().saturating_sub(n);
        items.truncate(n);
        Self { heading, items, more, if_empty: if_empty.into() }
    }

    /// What stands beside the heading: `and 2 more`.
    #[must_use]
    pub fn rest(&self) -> Option<String> {
        (self.more > 0).then(|| format!("and {} more", self.more))
    }
}

impl Sheet {
    /// The words of a brief.
    #[must_use]
    pub fn of(brief: &Brief) -> Self {
        Self {
            athlete: text::short(&brief.who.athlete, NAME_MAX),
            day: text::day_and_year(brief.on),
            about: words::about(&brief.who),
            race: race(brief),
            projected: words::projected(brief),
            red_flag: brief.allowed.red_flag.as_deref().map(|flag| text::short(flag, TEXT_MAX)),
            depth: brief.allowed.ceiling,
            ceiling: ceiling(brief),
            dose: dose(brief),
            causes: causes(brief),
            need: need(brief),
            areas: areas(brief),
            leave: leave(&brief.leave),
            marks: marks(brief),
            notes: notes(brief),
            has_notes_left: true,
            objective: format!("Objective: days up to {}", text::day(brief.as_of)),
            numbers: numbers(brief),
            since: words::since(brief),
            ahead: ahead(brief),
            signals: signals(brief),
            sessions: sessions(brief),
            questions: questions(brief),
            advice: advice(brief),
            trust: words::trust(brief),
        }
    }
}

/// The depth as the page says it: `light at most`.
fn ceiling(brief: &Brief) -> String {
    let said = match brief.allowed.ceiling {
        Depth::None => "no hands-on work".to_owned(),
        Depth::Deep => "deep is allowed".to_owned(),
        depth => format!("{} at most", depth.name()),
    };
    if brief.silence.is_some() { format!("{said}, by what is known") } else { said }
}

/// Minutes and pressure of a depth (science 7.2).
fn dose(brief: &Brief) -> String {
    let minutes = match brief.allowed.minutes {
        (0, most) => format!("at most {most} min"),
        (least, most) => format!("{least} to {most} min"),
    };
    match brief.allowed.ceiling {
        Depth::None => "on this day".to_owned(),
        Depth::Light => format!("{minutes}, pressure to 3 of 10, long easy strokes"),
        Depth::Moderate => format!("{minutes}, pressure to 5 of 10"),
        Depth::Deep => format!("{minutes}, pressure to 7 of 10, never into guarding"),
    }
}

fn race(brief: &Brief) -> Option<Item> {
    let (race, days) = brief.races.next.as_ref()?;
    let goal = brief.races.goal.as_ref().map_or_else(String::new, |(goal, days)| {
        format!("; then {}, {}", text::short(&goal.name, NAME_MAX), text::distance_in_days(i64::from(*days)))
    });
    let (distance, day) = (brief.units.distance(race.distance_m), text::day(race.date));
    let lead = format!("{} {}", text::short(&race.name, NAME_MAX), text::distance_in_days(i64::from(*days)));
    Some(Item::new(lead, format!("{distance}, {day}, {} race{goal}", race.priority)))
}

fn causes(brief: &Brief) -> List {
    let allowed = &brief.allowed;
    let item = |lead: &str, rule: &str, why: &str| Item {
        lead: lead.to_owned(),
        text: words::reason(why, REASON_MAX),
        tag: rule.to_owned(),
    };
    let causes = allowed.causes.iter().map(|limit| item("", limit.rule, &limit.text));
    let others = allowed.others.iter().map(|(depth, limit)| {
        item(&format!("{} at most:", text::capital(depth.name())), limit.rule, &limit.text)
    });
    let heading = match (allowed.ceiling, brief.silence) {
        (Depth::Deep, None) => "Nothing lowers it",
        (Depth::Deep, Some(_)) => "Nothing that is known lowers it",
        _ => "Why not deeper",
    };
    List::first(
        heading,
        CAUSES,
        causes.chain(others).collect(),
        "No race, key session, hard run, sign of fatigue or recent massage stands against it.",
    )
}

/// How much a session is worth on the day, and where the day lies among the windows.
fn need(brief: &Brief) -> Vec<String> {
    let allowed = &brief.allowed;
    if allowed.red_flag.is_some() {
        return vec!["No session is planned while the red flag holds.".to_owned()];
    }
    let window = match (&allowed.window, &allowed.next) {
        (Some(window), _) if !brief.is_off() => Some(format!("Window: {}.", window_words(window, brief.on))),
        (_, Some(next)) => {
            Some(format!("No window on this day; the next: {}.", window_words(next, brief.on)))
        }
        _ => None,
    };
    if brief.is_off() {
        return std::iter::once("Regular work waits for another day.".to_owned()).chain(window).collect();
    }
    let word = match allowed.need {
        1.0.. => "due",
        0.75.. => "soon due",
        _ => "not due",
    };
    let last = brief.since.massage.as_ref().map(|had| text::distance_in_days(-i64::from(had.ago)));
    let last = last.map_or_else(|| "no massage on record".to_owned(), |ago| format!("last one {ago}"));
    let every = text::count(allowed.every_days.round() as usize, "day");
    // What is due by the days that have passed is said already.
    let why = allowed.reasons.iter().find(|reason| !DUE.contains(&reason.rule));
    let why = why.map_or_else(String::new, |why| format!(" {}.", words::reason(&why.text, REASON_MAX)));
    let said = format!("A session is {word}: {last}, planned every {every}.{why}");
    std::iter::once(said).chain(window).collect()
}

/// `targeted, moderate work, Wed 27 – Sat 30 May, best on Thu 28 May`.
fn window_words(window: &Window, on: Day) -> String {
    let kind = match window.kind {
        WindowKind::Maintenance | WindowKind::Deep => "regular",
        WindowKind::Targeted => "targeted",
        WindowKind::PreRace => "optional pre-race",
        WindowKind::PostRace => "optional post-race",
    };
    let best = match window.best {
        _ if window.start == window.end => String::new(),
        best if best == on => ", best on this day".to_owned(),
        best if best < on => String::new(),
        best => format!(", best {}", text::day(best)),
    };
    format!("{kind} {} work, {}{best}", window.depth.name(), text::span(window.start, window.end))
}

fn areas(brief: &Brief) -> List {
    let item = |area: &Area| {
        let work_on = &area.work_on;
        let name = work_on.tissue.words();
        let why = text::short(&work_on.why, TEXT_MAX);
        let said = area.side.map_or_else(|| name.to_owned(), |side| format!("{} {name}", side.name()));
        let why = [said.as_str(), name].iter().find_map(|said| why.strip_prefix(said)).unwrap_or(&why);
        let driver = area.driver.map_or_else(String::new, |part| format!("{}: ", part.words()));
        let ratio =
            work_on.ratio.map_or_else(String::new, |ratio| format!("; load × {}", text::number(ratio, 2)));
        let z = work_on.z.filter(|_| work_on.flag.is_some());
        let z = z.map_or_else(String::new, |z| format!(", z {}", text::number(z, 1)));
        let side = match area.side {
            Some(Side::Both) => "both sides".to_owned(),
            Some(side) => side.name().to_owned(),
            None => "either side".to_owned(),
        };
        let flag = match work_on.flag {
            Some(TissueFlag::Emphasis) => "more than others",
            Some(flag) => flag.name(),
            // Why it is here says it.
            None => "",
        };
        Item {
            lead: format!("{}, {side}:", text::capital(name)),
            text: format!("{driver}{}{ratio}{z}", why.trim_start()),
            tag: flag.to_owned(),
        }
    };
    let items = brief.areas.iter().map(item).collect();
    List::first(
        "Look and ask here first",
        3,
        items,
        "No tissue stands out and no place recurs: choose by assessment, not the whole body.",
    )
}

fn leave(places: &[Leave]) -> List {
    let item = |leave: &Leave| {
        let noted = &leave.noted;
        let place = words::place(noted);
        let what = match noted.kind {
            DiaryKind::RedFlag(flag) => text::short(flag.words(), TEXT_MAX),
            _ => format!("pain {} of 10", text::number(noted.value, 0)),
        };
        Item::new(text::capital(&place) + ":", format!("{what}, noted {}", text::day(noted.date)))
    };
    List::first("Leave alone until asked about", LEAVE, places.iter().map(item).collect(), "")
}

fn hatch(area: &Area) -> Hatch {
    match area.work_on.flag {
        Some(TissueFlag::High) => Hatch::High,
        Some(TissueFlag::Elevated) => Hatch::Elevated,
        Some(TissueFlag::Emphasis) => Hatch::Emphasis,
        None => Hatch::Noted,
    }
}

fn marks(brief: &Brief) -> Vec<Mark> {
    let areas = brief.areas.iter().take(3).enumerate().map(|(i, area)| Mark {
        tissue: area.work_on.tissue,
        side: area.side,
        area: Some((i + 1, hatch(area))),
    });
    let leave = brief
        .leave
        .iter()
        .filter_map(|leave| Some(Mark { tissue: leave.noted.tissue?, side: leave.noted.side, area: None }));
    areas.chain(leave).collect()
}

/// Rules whose notes stand elsewhere on the sheet: between sessions, what to assess again, no whole body.
const SAID_ELSEWHERE: [&str; 3] = ["R15", "R16", "R17"];

/// What to mind.
fn notes(brief: &Brief) -> List {
    let notes = brief.notes.iter().filter(|note| !SAID_ELSEWHERE.contains(&note.rule));
    List::first("Mind", NOTES, notes.map(Item::of).collect(), "")
}

/// A sum in the units of the page.
type Value = Box<dyn Fn(&Sums) -> Option<f64>>;

fn numbers(brief: &Brief) -> Numbers {
    let units = brief.units;
    let height = move |metres: f64| match units {
        Units::Metric => metres,
        Units::Imperial => metres / crate::model::units::FOOT_M,
    };
    let foot = if units == Units::Imperial { "ft" } else { "m" };
    // A name, its decimals, and the least difference that an arrow is for.
    let rows: [(String, (usize, f64), Value); 7] = [
        (
            format!("Distance, {}", units.long_name()),
            (1, 5_000.0 / units.long_m()),
            Box::new(move |sums| sums.distance_m.map(|metres| metres / units.long_m())),
        ),
        ("Runs".to_owned(), (0, 1.5), Box::new(|sums| Some(sums.n_runs))),
        ("Hours".to_owned(), (1, 0.5), Box::new(|sums| Some(sums.timer_s / 3600.0))),
        ("Hard minutes".to_owned(), (0, 10.0), Box::new(|sums| sums.hard_s.map(|seconds| seconds / 60.0))),
        (format!("Climb, {foot}"), (0, height(50.0)), Box::new(move |sums| sums.ascent_m.map(height))),
        (format!("Descent, {foot}"), (0, height(50.0)), Box::new(move |sums| sums.descent_m.map(height))),
        ("Steps, thousands".to_owned(), (0, 5.0), Box::new(|sums| sums.steps.map(|steps| steps / 1000.0))),
    ];
    let head =
        brief.spans.iter().flat_map(|span| [format!("{} days", span.n_days), "usual".to_owned()]).collect();
    let cells = |value: &Value, (decimals, least): (usize, f64)| -> Vec<Cell> {
        let pair = |span: &Span| {
            // Days of which no file tells are not days of rest.
            let newest = brief.silence.filter(|silence| silence.is_past).map(|silence| silence.newest);
            let had = value(&span.had).filter(|_| newest.is_none_or(|newest| newest >= span.from));
            let usual = span.usual.as_ref().and_then(value);
            let ratio = had
                .filter(|_| newest.is_none())
                .zip(usual)
                .filter(|(had, usual)| *usual > 0.0 && (had - usual).abs() >= least)
                .map(|(had, usual)| had / usual);
            let trend = match ratio {
                Some(MORE..) => Some(Trend::More),
                Some(..=LESS) => Some(Trend::Less),
                _ => None,
            };
            let is_small = decimals == 0 && usual.is_some_and(|usual| usual < 10.0);
            let usual = text::number_or_dash(usual, if is_small { 1 } else { decimals });
            [Cell { text: text::number_or_dash(had, decimals), trend }, Cell { text: usual, trend: None }]
        };
        brief.spans.iter().flat_map(pair).collect()
    };
    let rows = rows.iter().map(|(name, scale, value)| (name.clone(), cells(value, *scale)));
    let rows = rows.filter(|(_, cells)| cells.iter().any(|cell| cell.text != "–")).collect();
    Numbers { head, rows, note: words::numbers_note(brief) }
}

fn ahead(brief: &Brief) -> List {
    let items = brief.key_sessions.iter().map(|key| words::key_session(key, brief.units)).collect();
    List::first("Ahead", AHEAD, items, "No key session in the next two weeks by plan or habit.")
}

fn signals(brief: &Brief) -> List {
    let items = brief.signals.iter().map(|signal| words::signal(signal, brief.units)).collect();
    let if_empty = match brief.n_signals_read {
        0 => "None was read in the last ten days.".to_owned(),
        n => format!("None stands out of {n} read in the last ten days."),
    };
    List::first("Movement and effort", SIGNALS, items, if_empty)
}

fn sessions(brief: &Brief) -> List {
    let items = brief.sessions.iter().map(|one| words::session(one, SIGNS)).collect();
    // Earlier ones stand on the runner's page.
    List { more: 0, ..List::first("After the last massages", SESSIONS, items, "No massage on record.") }
}

/// The questions; signals that ask the same are one.
fn questions(brief: &Brief) -> List {
    let mut asked: Vec<(Vec<&str>, String)> = Vec::new();
    for question in &brief.questions {
        let (what, ask) = words::question(question, brief.units);
        match asked.iter_mut().find(|(_, said)| *said == ask) {
            Some((names, _)) => names.extend(what),
            None => asked.push((what.into_iter().collect(), ask)),
        }
    }
    let item = |(names, ask): (Vec<&str>, String)| match names.as_slice() {
        [] => Item::new("", ask),
        names => Item::new("", format!("{}: {ask}", text::capital(&names.join("; ")))),
    };
    List::first("Ask", QUESTIONS, asked.into_iter().map(item).collect(), "")
}

/// Between sessions, the line that is not about massage last; nothing but the clinician with a red flag.
fn advice(brief: &Brief) -> List {
    let mut advice: Vec<&Reason> = brief.advice.iter().filter(|_| !brief.is_off()).collect();
    advice.sort_by_key(|reason| reason.rule == "R21");
    let item = |reason: &&Reason| {
        let said = text::clean(&reason.text);
        let said = ["between sessions: ", "beside massage: "]
            .iter()
            .fold(said, |said, words| said.replace(words, ""));
        Item { text: text::capital(&text::short(&said, 2 * TEXT_MAX)), ..Item::of(reason) }
    };
    let if_empty = if brief.allowed.red_flag.is_some() {
        "With a red flag nothing takes the place of the clinician, self-care neither."
    } else {
        ""
    };
    List::first("Between sessions", ADVICE, advice.iter().map(item).collect(), if_empty)
}

/// What every runner is asked.
pub const ALWAYS: &str = "Pain now: where, since when, at rest? New shoes, surface or route? Sleep, illness, medicines? Strength, other sport, long sitting?";

/// What to assess again (R16).
pub const REASSESS: &str = "Assess the areas before and after; assess again 3 to 10 days after the session.";

/// Signs to ask for, with what to do (science 7.6).
pub const RED_FLAGS: [(&str, &str); 4] = [
    (
        "Call for help:",
        "chest pain, breathlessness, fainting; saddle numbness, sudden weakness, change of bladder or bowel.",
    ),
    (
        "Doctor today:",
        "calf swollen, warm, red or painful at rest; dark urine with severe muscle pain after a race.",
    ),
    (
        "Clinician first:",
        "bone pain at one spot or on hopping; pain at night or at rest, that changes the stride, of 5 or more, or for over a week; a pop, bruising; numbness; a joint that swells or locks; fever; weight loss or missed periods; tightness despite three massages.",
    ),
    (
        "Ask first:",
        "fresh injury, wound, infected skin, fracture, recent surgery or injection there; clot, blood thinners, bleeding disorder, varicose veins; cancer treatment, high blood pressure, heart failure, loss of feeling; pregnancy; contagious illness.",
    ),
];

/// What the page is and is not.
pub const HONEST: &str = "Areas come from a heuristic model of load: look and ask. This page describes training and does not diagnose. Grades: A trials, B one trial or cohort, C indirect, PC convention, H rule of thumb.";
