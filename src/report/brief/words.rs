//! Parts of a brief in sentences, as a therapist reads them.

use super::sheet::{Item, List};
use crate::blocks::Phase;
use crate::brief::{Brief, KeyAhead, LastRun, Noted, Question, Since, Trust, What, Who};
use crate::config::Class;
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
const NAME_MAX: usize = 40;

/// `female, born 1988 · marathon phase, peak block · used to deep work`.
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
    let deep = if who.is_accustomed { "used to deep work" } else { "not known to be used to deep work" };
    let parts = [person.join(", "), format!("{class}{phase}"), deep.to_owned()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// What a reader must know of a day that is still to come.
pub fn projected(brief: &Brief) -> Option<String> {
    brief.is_projected().then(|| {
        format!(
            "Still to come: runs, diary and signals are known up to {}; the days from there are projected from races, plan and habit.",
            text::day(brief.as_of)
        )
    })
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
    let [week, _, month] = &brief.spans;
    let mut said = format!(
        "Days up to {}. Usual: mean of as many days over the twelve weeks before. ↑ from 1.3 times usual, ↓ to 0.7.",
        text::day(week.to)
    );
    if brief.spans.iter().all(|span| span.usual.is_none()) {
        said = format!("Days up to {}. The history is too short to say what is usual.", text::day(week.to));
    }
    if month.is_cut {
        said += " The history is shorter than 28 days.";
    }
    said
}

/// How long ago the last of each kind was.
pub fn since(since: &Since, units: Units) -> List {
    let distance = |run: &LastRun| {
        run.distance_m.map_or_else(String::new, |metres| format!(", {}", units.distance(metres)))
    };
    let ago = |days: u32| text::capital(&text::distance_in_days(-i64::from(days)));
    let mut items = Vec::new();
    if let Some(had) = &since.massage {
        let minutes =
            had.minutes.map_or_else(String::new, |minutes| format!(", {} min", text::number(minutes, 0)));
        let tissues: Vec<&str> = had.tissues.iter().map(|tissue| tissue.short()).collect();
        let tissues = if tissues.is_empty() { String::new() } else { format!(": {}", tissues.join(", ")) };
        items.push((had.ago, "Last massage", format!("{}{minutes}{tissues}", had.depth.name())));
    }
    let hard = |run: &LastRun| match run.kind {
        SessionKind::Long => "long run with hard parts",
        kind => kind.name(),
    };
    if let Some((race, days)) = &since.race {
        items.push((
            *days,
            "Last race",
            format!("{}, {}", text::short(&race.name, NAME_MAX), units.distance(race.distance_m)),
        ));
    }
    items.extend(
        since.long.as_ref().map(|run| (run.ago, "Last long run", text::day(run.date) + &distance(run))),
    );
    items.extend(
        since.hard.as_ref().map(|run| (run.ago, "Last hard run", format!("{}{}", hard(run), distance(run)))),
    );
    let none = since.long.is_none() && since.hard.is_none();
    items.extend(
        since
            .run
            .as_ref()
            .filter(|_| none)
            .map(|run| (run.ago, "Last run", text::day(run.date) + &distance(run))),
    );
    let items = items.into_iter().map(|(days, what, said)| Item {
        lead: format!("{what}:"),
        text: format!("{}, {said}", ago(days).to_lowercase()),
        tag: String::new(),
    });
    List { heading: "Behind", items: items.collect(), more: 0, if_empty: "Nothing on record.".to_owned() }
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
    Item {
        lead: format!("{when}:"),
        text: format!("{what}{at}, {}", text::day(key.date)),
        tag: basis.to_owned(),
    }
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
    Item {
        lead: text::capital(signal.kind.words()),
        text: format!("{}{at}{usual}; read {}", now.trim_end(), text::day(signal.date)),
        tag: String::new(),
    }
}

/// A massage looked back on, with the `n` first of its target signs.
pub fn session(one: &Retrospect, n: usize) -> Item {
    let minutes =
        one.minutes.map_or_else(String::new, |minutes| format!(" {} min", text::number(minutes, 0)));
    let sore =
        one.soreness_h.map_or_else(String::new, |hours| format!(", sore {} h", text::number(hours, 0)));
    let changed = |sign: &&SignChange| sign.direction != Direction::Unknown;
    let signs: Vec<String> = one.targets().filter(changed).take(n).map(sign).collect();
    let read = if !signs.is_empty() {
        signs.join("; ")
    } else if one.is_complete {
        "no target sign with readings on both sides".to_owned()
    } else {
        "the ten days after it are not over".to_owned()
    };
    let advice = one
        .advice
        .first()
        .map_or_else(String::new, |advice| format!(". {}", text::capital(&text::short(&advice.text, 90))));
    Item {
        lead: format!("{}, {}{minutes}{sore}:", text::day(one.date), one.depth.name()),
        text: format!("{read}{advice}"),
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

/// A question in words.
pub fn question(question: &Question, units: Units) -> String {
    match question {
        Question::Place(noted) => noted_place(noted),
        Question::SoreAfter(day, hours) => format!(
            "Sore for {} h after the massage of {}: too deep?",
            text::number(*hours, 0),
            text::day(*day)
        ),
        Question::Off(n_days) => format!("No run for {n_days} days: why, and what is still there?"),
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
        Question::BigWeek(metres, usual) => {
            let usual = usual.map_or_else(String::new, |usual| {
                format!(", usually {}", text::number(usual / units.long_m(), 0))
            });
            format!("{} in 7 days{usual}: why more, and does it go on?", units.distance(*metres))
        }
        Question::Driver(tissue, part) => driver(*tissue, *part),
        Question::Signal(kind) => signal_question(*kind),
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
            format!("{days} of the last 28 with a run whose load is not known: what was run?")
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

fn signal_question(kind: SignalKind) -> String {
    let what = text::capital(kind.words());
    let ask = match kind {
        SignalKind::StepLength | SignalKind::ContactTime | SignalKind::VerticalRatio => {
            "stiff anywhere, new shoes, a new watch?"
        }
        SignalKind::ContactBalance => "anything on one side, an old injury, new shoes?",
        SignalKind::WarmUpLag => "how long until the legs come round?",
        SignalKind::RestingHr | SignalKind::Hrv => "sleep, illness, alcohol, stress?",
        SignalKind::Efficiency | SignalKind::HrAtPace | SignalKind::Decoupling => {
            "heat, tired, ill, a new strap?"
        }
    };
    format!("{what}: {ask}")
}

/// What the numbers rest on, in a few sentences.
pub fn trust(trust: &Trust) -> String {
    let Some(first) = trust.first else { return "No run on record.".to_owned() };
    let runs = text::count(trust.n_runs, "run");
    let mut said = vec![format!("{runs} since {}", first.format("%-d %b %Y"))];
    said.extend(
        trust.hr_share.map(|share| format!("heart rate on {} of the running of 28 days", text::share(share))),
    );
    said.extend(
        trust.imputed_share.map(|share| format!("{} of its load put in, not measured", text::share(share))),
    );
    said.push(match trust.n_unknown {
        0 => "no day unknown".to_owned(),
        n => format!("{} unknown", text::count(n, "day")),
    });
    let threshold = |name: &str, from: Option<(Origin, Confidence)>| match from {
        Some((origin, confidence)) => {
            let words = origin.words().replace("your ", "the runner's ");
            format!("{name} {words} ({} confidence)", confidence.name())
        }
        None => format!("{name} not known"),
    };
    said.push(threshold("threshold heart rate", trust.lthr));
    said.push(threshold("threshold pace", trust.pace));
    if trust.has_short_tissue_history {
        said.push("tissues compared with fewer than six weeks, or with none".to_owned());
    }
    said.push(
        if trust.has_diary {
            "diary kept"
        } else {
            "no diary in 28 days, so soreness and sides are not known"
        }
        .to_owned(),
    );
    said.join("; ") + "."
}
