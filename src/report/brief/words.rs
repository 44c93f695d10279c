//! Parts of a brief in sentences, as a therapist reads them.

use super::sheet::{Item, List};
use crate::blocks::Phase;
use crate::brief::{Brief, KeyAhead, LastRun, Noted, Question, What, Who};
use crate::config::Class;
use crate::model::calendar::minus;
use crate::model::units::Units;
use crate::model::{DiaryKind, Side, Tissue};
use crate::projection::Basis;
use crate::report::text;
use crate::retrospect::{Direction, Retrospect, SignChange};
use crate::score::run::SessionKind;
use crate::score::thresholds::{Confidence, Origin, Sex};
use crate::signals::{Signal, SignalKind};
use crate::tissue::part::Part;

/// Longest names of sites and sessions in characters.
const NAME_MAX: usize = 36;

/// `female, born 1988 · marathon phase, peak block · used to deep work`; of one who is not, the depth box says so.
pub fn about(who: &Who) -> String {
    let sex = who.sex.map(|sex| match sex {
        Sex::Female => "female".to_owned(),
        Sex::Male => "male".to_owned(),
    });
    let born = who.birth_year.map(|year| format!("born {year}"));
    let person: Vec<String> = sex.into_iter().chain(born).collect();
    let class = match who.class {
        Class::Marathon => "marathon phase",
        Class::Competitive => "competitive training",
        Class::Auto | Class::Recreational => "recreational training",
    };
    let phase = match who.phase {
        Phase::Unknown => String::new(),
        Phase::Race => ", day of a race".to_owned(),
        phase => format!(", {} block", text::plain_word(phase.name())),
    };
    let deep = if who.is_accustomed { "used to deep work" } else { "" };
    let parts = [person.join(", "), format!("{class}{phase}"), deep.to_owned()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// What a reader must know of a day that is still to come.
pub fn projected(brief: &Brief) -> Option<String> {
    let ahead = brief.is_projected().then(|| {
        format!(
            "Still to come: runs, diary and signals are known up to {}; the days from there are projected from races, plan and habit.",
            text::day(brief.as_of)
        )
    });
    // A day to come lies after the newest file by itself, and what the days between hold is projected.
    let silent = brief.silence.filter(|silence| silence.is_past).map(|silence| {
        let days = text::count(silence.n_days as usize, "day");
        format!(
            "No file since {}, {days}: what was run since is not known here. Ask first.",
            silence.newest.format("%-d %b")
        )
    });
    let said: Vec<String> = silent.into_iter().chain(ahead).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// A reason in one short sentence: without what stands in brackets, ended where a clause ends rather than within one.
pub fn reason(said: &str, max: usize) -> String {
    let said = text::clean(said);
    // The rule tells those who set it up more than a therapist needs.
    if said.starts_with("no session on record shows how deep work is taken") {
        return "No deep session on record: moderate at most".to_owned();
    }
    let said = match said.split_once(" (") {
        Some((said, rest)) if rest.ends_with(')') && said.len() > 12 => said,
        _ => &said,
    };
    if said.chars().count() <= max {
        return text::capital(said);
    }
    let kept: String = said.chars().take(max).collect();
    let end = ["; ", ": ", ", "].iter().filter_map(|end| kept.rfind(end)).max();
    match end.filter(|end| *end > 20) {
        Some(end) => text::capital(&kept[..end]),
        None => text::capital(&text::short(said, max)),
    }
}

/// A place with its side: `left calf and Achilles tendon`.
pub fn place(noted: &Noted) -> String {
    let site = text::short(&noted.site, NAME_MAX);
    let site = if site.is_empty() { "somewhere".to_owned() } else { site };
    match noted.side {
        Some(side @ (Side::Left | Side::Right)) => format!("{} {site}", side.name()),
        Some(Side::Both) => format!("both sides, {site}"),
        None => site,
    }
}

/// How to read the table of the last days.
pub fn numbers_note(brief: &Brief) -> String {
    let [_, _, month] = &brief.spans;
    let mut said = "Usual: the 12 weeks before. Arrows: from 1.3 times up, from 0.7 times down.".to_owned();
    if brief.spans.iter().all(|span| span.usual.is_none()) {
        "The history is too short to say what is usual.".clone_into(&mut said);
    }
    if month.is_cut {
        said += " The history is shorter than 28 days.";
    }
    said
}

/// How long ago the last of each kind was.
pub fn since(brief: &Brief) -> List {
    let (since, units) = (&brief.since, brief.units);
    let distance = |run: &LastRun| run.distance_m.map(|metres| units.distance(metres));
    let kind = |run: &LastRun| match run.kind {
        SessionKind::Long => "long with hard parts",
        kind => kind.name(),
    };
    let run = |what, run: &LastRun, kind: Option<&str>| {
        (what, run.ago, kind.map(str::to_owned).into_iter().chain(distance(run)).collect())
    };
    let mut found: Vec<(&str, u32, Vec<String>)> = Vec::new();
    found.extend(since.massage.as_ref().map(|had| ("Massage", had.ago, vec![had.depth.name().to_owned()])));
    found.extend(
        since.race.as_ref().map(|(race, days)| ("Race", *days, vec![text::short(&race.name, NAME_MAX)])),
    );
    found.extend(
        since
            .planned_race
            .as_ref()
            .map(|(race, days)| ("Race planned", *days, vec![text::short(&race.name, NAME_MAX)])),
    );
    found.extend(since.long.as_ref().map(|last| run("Long run", last, None)));
    found.extend(since.hard.as_ref().map(|last| run("Hard run", last, Some(kind(last)))));
    if since.long.is_none() && since.hard.is_none() {
        found.extend(since.run.as_ref().map(|last| run("Run", last, None)));
    }
    let item = |(what, days, said): (&str, u32, Vec<String>)| {
        let ago = if brief.is_projected() {
            let day = minus(brief.on, days);
            format!("{} ({} before)", text::day(day), text::count(days as usize, "day"))
        } else {
            text::distance_in_days(-i64::from(days))
        };
        let text = std::iter::once(ago).chain(said).collect::<Vec<_>>().join(", ");
        Item { lead: format!("{what}:"), text, tag: String::new() }
    };
    let items = found.into_iter().map(item).collect();
    let heading = if brief.is_projected() { "Last known" } else { "Last" };
    List { heading, items, more: 0, if_empty: "Nothing on record.".to_owned() }
}

/// A session to come: `In 3 days: intervals (plan)`.
pub fn key_session(key: &KeyAhead, units: Units) -> Item {
    let what = match &key.what {
        What::Hard(words) => text::short(words, NAME_MAX),
        What::Long(metres) => {
            format!(
                "long run{}",
                metres.map_or_else(String::new, |metres| format!(", {}", units.distance(metres)))
            )
        }
        What::Race(race) => {
            format!("{}, {}", text::short(&race.name, NAME_MAX), units.distance(race.distance_m))
        }
    };
    let at = key
        .start_min
        .map_or_else(String::new, |minutes| format!(" at {:02}:{:02}", minutes / 60, minutes % 60));
    let basis = match key.basis {
        Basis::Race => "race",
        Basis::Plan => "plan",
        Basis::Habit => "habit",
        Basis::Taper => "taper",
        Basis::Recovery => "recovery",
        Basis::Unknown => "",
    };
    let when = text::capital(&text::distance_in_days(i64::from(key.in_days)));
    Item { lead: format!("{when}:"), text: format!("{what}{at}"), tag: basis.to_owned() }
}

/// A signal that stands out, with its numbers.
pub fn signal(signal: &Signal, units: Units) -> Item {
    let decimals = match signal.kind.unit() {
        "m" | "m/beat" | "ratio" => 2,
        "%" | "pp" => 1,
        _ => 0,
    };
    let shown = |value: f64| text::number(value, decimals);
    let unit = if signal.kind.unit() == "ratio" { "" } else { signal.kind.unit() };
    let range = signal.baseline_low.zip(signal.baseline_high);
    let usual =
        range.map_or_else(String::new, |(low, high)| format!(", usually {} to {}", shown(low), shown(high)));
    let at = signal.speed_mps.map_or_else(String::new, |speed| format!(" at {}", units.pace(speed)));
    let now = signal.recent.map_or_else(|| "–".to_owned(), |value| format!("{} {unit}", shown(value)));
    // The pace says which speed is the same.
    let words = signal.kind.words();
    let words = if at.is_empty() { words } else { words.trim_end_matches(" at the same speed") };
    let text = format!("{}{at}{usual}", now.trim_end());
    Item { lead: format!("{}:", text::capital(words)), text, tag: String::new() }
}

/// A massage looked back on, with the `n` first of its target signs.
pub fn session(one: &Retrospect, n: usize) -> Item {
    let minutes = one.minutes.map(|minutes| format!("{} min", text::number(minutes, 0)));
    let tissues: Vec<&str> = one.tissues.iter().map(|tissue| tissue.short()).collect();
    let tissues = (!tissues.is_empty()).then(|| text::short(&tissues.join(" and "), NAME_MAX));
    let sore = one.soreness_h.filter(|hours| *hours > 0.0);
    let sore = sore.map(|hours| format!("sore for {} h", text::number(hours, 0)));
    let parts = [Some(one.depth.name().to_owned()), minutes, tissues, sore];
    let changed = |sign: &&SignChange| sign.direction != Direction::Unknown;
    let signs: Vec<String> = one.targets().filter(changed).take(n).map(sign).collect();
    let read = if !signs.is_empty() {
        text::capital(&signs.join("; "))
    } else if one.is_complete {
        "No sign to compare".to_owned()
    } else {
        "Its ten days are not over".to_owned()
    };
    let advice = one.advice.first();
    let advice =
        advice.map_or_else(String::new, |one| format!(". {}", text::capital(&text::short(&one.text, 90))));
    let had = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    Item {
        lead: format!("{}:", text::day(one.date)),
        text: format!("{had}. {read}{advice}"),
        tag: String::new(),
    }
}

/// A sign before and after: `tightness, hamstrings 3.5 to 1.0 of 10 (better)`.
fn sign(change: &SignChange) -> String {
    let unit = change.sign.kind.unit();
    let decimals = match unit {
        "m" | "m/beat" | "ratio" => 2,
        "bpm" | "ms" => 0,
        _ => 1,
    };
    let shown = |value: Option<f64>| text::number_or_dash(value, decimals);
    let unit = if unit == "ratio" { String::new() } else { format!(" {unit}") };
    let way = match change.direction {
        Direction::Same => "about the same",
        way => way.name(),
    };
    let name = text::short(&change.sign.words(), NAME_MAX);
    format!("{name} {} before, {}{unit} after ({way})", shown(change.before), shown(change.after))
}

/// A question in words; of a signal its name stands apart, as several ask the same.
pub fn question(question: &Question, units: Units) -> (Option<&'static str>, String) {
    if let Question::Signal(kind) = question {
        return (Some(kind.words()), signal_question(*kind).to_owned());
    }
    (None, asked(question, units))
}

fn asked(question: &Question, units: Units) -> String {
    match question {
        Question::Place(noted) => noted_place(noted),
        Question::SoreAfter(day, hours) => format!(
            "Sore for {} h after the massage of {}: too deep?",
            text::number(*hours, 0),
            text::day(*day)
        ),
        Question::Off(n_days) => {
            format!("No run on file for {n_days} days: none run, or not recorded? If none, why?")
        }
        Question::Back(n_days, after) => {
            format!(
                "Back for {} after {after} without a run: what was it?",
                text::count(*n_days as usize, "day")
            )
        }
        Question::Spike { date, distance_m, ratio } => format!(
            "{} on {} was {} % longer than any run of the 30 days before: planned? How were the legs after it?",
            units.distance(*distance_m),
            text::day(*date),
            text::number((ratio - 1.0) * 100.0, 0)
        ),
        Question::BigWeek { from, to, distance_m, usual_m } => {
            let usual = usual_m.map_or_else(String::new, |usual| {
                format!(", usually {}", text::number(usual / units.long_m(), 0))
            });
            let days = text::span(*from, *to);
            format!("{} in 7 days, {days}{usual}: why more, and does it go on?", units.distance(*distance_m))
        }
        Question::Driver(tissue, part) => driver(*tissue, *part),
        Question::Signal(kind) => signal_question(*kind).to_owned(),
        Question::Night(day, value) => {
            format!(
                "Sleep noted {} of 10 on {}: how are the nights?",
                text::number(*value, 0),
                text::day(*day)
            )
        }
        Question::Stress(day, value) => {
            format!(
                "Stress noted {} of 10 on {}: what is going on?",
                text::number(*value, 0),
                text::day(*day)
            )
        }
        Question::FirstMassage => "No massage on record: ever had one, and how was it taken?".to_owned(),
        Question::Unknown(n) => {
            let days = text::count(*n as usize, "day");
            format!("{days} of the last 28 of which the run or its load is not known: what was run?")
        }
    }
}

fn noted_place(noted: &Noted) -> String {
    let (place, day) = (text::capital(&place(noted)), text::day(noted.date));
    let value = text::number(noted.value, 0);
    match noted.kind {
        DiaryKind::Pain => {
            format!("{place}: pain {value} of 10 on {day}. One spot? At rest, at night, on hopping?")
        }
        DiaryKind::RedFlag(flag) => {
            format!("{place}: {} on {day}. Has a clinician seen it?", text::short(flag.words(), 80))
        }
        DiaryKind::Soreness => format!("{place}: soreness {value} of 10 on {day}. Gone, and when?"),
        _ => format!("{place}: tightness {value} of 10 on {day}. Still there? When in a run?"),
    }
}

fn driver(tissue: Tissue, part: Part) -> String {
    let name = tissue.words();
    match part {
        Part::Descent => format!("More downhill than usual ({name}): which route, and stiff on stairs?"),
        Part::Climb => format!("More uphill than usual ({name}): which route, and how steep?"),
        Part::Speed => format!("More fast running than usual ({name}): track, spikes, short rests?"),
        Part::Steps => format!("More steps for the distance ({name}): tired, cold, another shoe?"),
        Part::StepLength => {
            format!("Longer steps than usual at the same speed ({name}): meant so, or another shoe?")
        }
        Part::Contact => format!("Other ground contact than usual ({name}): tired, another shoe or surface?"),
        Part::Surface => format!("More of one surface than usual ({name}): which, and in which shoes?"),
        Part::Volume => format!("More distance than usual ({name}): does it go on?"),
    }
}

fn signal_question(kind: SignalKind) -> &'static str {
    match kind {
        SignalKind::StepLength | SignalKind::ContactTime | SignalKind::VerticalRatio => {
            "stiff anywhere, new shoes, a new watch?"
        }
        SignalKind::ContactBalance => "anything on one side, an old injury, new shoes?",
        SignalKind::WarmUpLag => "how long until the legs come round?",
        SignalKind::RestingHr | SignalKind::Hrv => "sleep, illness, alcohol, stress?",
        SignalKind::Efficiency | SignalKind::HrAtPace | SignalKind::Decoupling => {
            "heat, tired, ill, a new strap?"
        }
    }
}

/// What the numbers rest on, in a few sentences.
pub fn trust(brief: &Brief) -> String {
    let trust = &brief.trust;
    let Some(first) = trust.first else { return "No run on record.".to_owned() };
    let runs = text::count(trust.n_runs, "run");
    let mut said = vec![format!("{runs} since {}", first.format("%-d %b %Y"))];
    said.extend(
        trust.hr_share.map(|share| format!("28 days: heart rate on {} of the running", text::share(share))),
    );
    // Less than half a percent reads as nothing.
    let imputed = trust.imputed_share.filter(|share| *share >= 0.005);
    said.extend((trust.load_scope != "runs").then(|| format!("load of {}", trust.load_scope)));
    said.extend(imputed.map(|share| format!("{} of the load estimated, not measured", text::share(share))));
    said.push(match (brief.silence.filter(|silence| silence.is_past), trust.n_unknown) {
        (Some(silence), _) => format!("no file since {}", text::day(silence.newest)),
        (None, 0) => "the load of every day known".to_owned(),
        (None, n) => format!("the load of {} not known", text::count(n, "day")),
    });
    let threshold = |name: &str, from: Option<(Origin, Confidence)>| match from {
        Some((origin, confidence)) => {
            // Its own words are for a table.
            let words = match origin {
                Origin::Derived => "a fixed share of the highest heart rate".to_owned(),
                origin => origin.words().replace("your ", "the runner's "),
            };
            format!("{name}: {words} ({} confidence)", confidence.name())
        }
        None => format!("{name} not known"),
    };
    said.push(threshold("heart rate at threshold", trust.lthr));
    said.push(threshold("pace at threshold", trust.pace));
    if trust.has_short_tissue_history {
        said.push("tissues compared with under six weeks".to_owned());
    }
    said.push(if trust.has_diary { "diary kept" } else { "no diary in 28 days" }.to_owned());
    said.join("; ") + "."
}
