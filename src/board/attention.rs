//! What asks for a look, in which order, and in which words.

use super::{GAP_DAYS, Row, Spike, TissueUp};
use crate::load::day::LoadFlag;
use crate::load::pause::Pause;
use crate::score::run::SpikeClass;
use crate::signals::SignalKind;
use crate::text::{clean, count, day, number, share};
use crate::tissue::relative::TissueFlag;
use serde::Serialize;

/// Days without a run from which the row says so; from 14 on it is a pause.
const QUIET_DAYS: u32 = 7;
/// Part of the load put in, not measured, from which the row says so: as the ratio is withheld.
const IMPUTED_SHARE: f64 = 0.30;
/// What a row without anything says.
const NOTHING: &str = "nothing stands out";

/// Why a row stands where it does, first what comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Attention {
    /// The diary notes a red flag.
    RedFlag,
    /// A run, the load or a tissue stands out far, or a pause still shows.
    Load,
    /// A window is open, or massage is overdue.
    Massage,
    /// A signal of movement or effort is up, or a tissue does more than usual.
    Signals,
    /// Too little is known.
    Gaps,
    /// Nothing stands out.
    None,
}

impl Attention {
    /// All of them, first what comes first.
    pub const ALL: [Self; 6] =
        [Self::RedFlag, Self::Load, Self::Massage, Self::Signals, Self::Gaps, Self::None];

    /// The word in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::RedFlag => "red_flag",
            Self::Load => "load",
            Self::Massage => "massage",
            Self::Signals => "signals",
            Self::Gaps => "gaps",
            Self::None => "none",
        }
    }

    /// The same for people, as short as it goes.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::RedFlag => "red flag",
            Self::None => "as usual",
            other => other.name(),
        }
    }

    /// The shape that stands before the words, so that rows can be told apart without colour.
    #[must_use]
    pub fn symbol(self) -> char {
        match self {
            Self::RedFlag => '◆',
            Self::Load => '▲',
            Self::Massage => '●',
            Self::Signals => '○',
            Self::Gaps => '?',
            Self::None => '–',
        }
    }

    /// What brings a row here, for a reader.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::RedFlag => "the diary notes something that belongs to a clinician first",
            Self::Load => {
                "a run more than 10 % longer than any of the 30 days before, a load flag of today, a tissue far above its \
                 usual week, or a pause of two weeks or more that still shows"
            }
            Self::Massage => "a regular massage window is open, or the last session is overdue",
            Self::Signals => "a signal of movement or effort is up, or a tissue is above its usual week",
            Self::Gaps => {
                "days of unknown load in the last 28, no run for a week, or over 30 % of the load not measured"
            }
            Self::None => NOTHING,
        }
    }
}

/// Sets what puts a row where it is, and everything that asks for a look.
pub(super) fn judge(row: &mut Row) {
    let all = all(row);
    row.attention = all.first().map_or(Attention::None, |(first, _)| *first);
    row.n_deciding = all.iter().filter(|(attention, _)| *attention == row.attention).count().max(1);
    row.reasons = all.into_iter().map(|(_, text)| text).collect();
    if row.reasons.is_empty() {
        row.reasons.push(NOTHING.to_owned());
    }
}

/// What asks for a look, what comes first first.
fn all(row: &Row) -> Vec<(Attention, String)> {
    let red = row.red_flag.iter().map(|text| (Attention::RedFlag, clean(text)));
    let of = |attention: Attention| move |text: String| (attention, text);
    red.chain(load(row).into_iter().map(of(Attention::Load)))
        .chain(massage(row).into_iter().map(of(Attention::Massage)))
        .chain(signals(row).map(of(Attention::Signals)))
        .chain(gaps(row).into_iter().map(of(Attention::Gaps)))
        .collect()
}

fn load(row: &Row) -> Vec<String> {
    let mut said: Vec<String> = row.pause.map(pause).into_iter().collect();
    // After a pause everything is longer than nothing.
    let spike = row.spike.filter(|spike| row.pause.is_none() && stands_out(spike.class));
    said.extend(spike.map(spike_words));
    said.extend(row.flags.iter().filter_map(|flag| flag_words(*flag)).map(str::to_owned));
    said.extend(row.tissues.iter().filter(|one| one.flag == TissueFlag::High).map(tissue));
    said
}

fn massage(row: &Row) -> Vec<String> {
    let open = row.window.as_ref().filter(|window| window.is_open && !window.is_optional);
    let open =
        open.map(|window| format!("massage window open to {}, {}", day(window.end), window.depth.name()));
    let overdue = row.massage.days_since.filter(|_| row.massage.is_overdue);
    let overdue = overdue.map(|since| format!("massage overdue, {since} days since the last"));
    open.into_iter().chain(overdue).collect()
}

fn signals(row: &Row) -> impl Iterator<Item = String> {
    let tissues = row.tissues.iter().filter(|one| one.flag == TissueFlag::Elevated).map(tissue);
    row.signals.iter().copied().map(SignalKind::words).map(str::to_owned).chain(tissues)
}

fn gaps(row: &Row) -> Vec<String> {
    let gaps = &row.gaps;
    if gaps.days_since_run.is_none() {
        return vec!["no run has been read yet".to_owned()];
    }
    let unknown = (gaps.unknown_days > 0)
        .then(|| format!("load unknown on {} of {GAP_DAYS}", count(gaps.unknown_days as usize, "day")));
    // A pause has been said.
    let quiet = gaps.days_off >= QUIET_DAYS && row.pause.is_none();
    let quiet = quiet.then(|| format!("no run for {} days", gaps.days_off));
    let imputed = gaps.imputed_share.filter(|part| *part > IMPUTED_SHARE);
    let imputed = imputed.map(|part| format!("{} of the load not measured", share(part)));
    [unknown, quiet, imputed].into_iter().flatten().collect()
}

/// Is a run of this class more than 10 % longer than any of the 30 days before?
pub(crate) fn stands_out(class: SpikeClass) -> bool {
    matches!(class, SpikeClass::Small | SpikeClass::Moderate | SpikeClass::Large)
}

fn spike_words(spike: Spike) -> String {
    let longer = number((spike.ratio - 1.0) * 100.0, 0);
    format!("run of {} {longer} % longer than any of the 30 days before", day(spike.date))
}

fn pause(pause: Pause) -> String {
    match pause {
        Pause::Off(n_days) => format!("no run for {n_days} days"),
        Pause::Back { n_days, after } => {
            format!("back for {} after {after} without a run", count(n_days as usize, "day"))
        }
    }
}

/// A load flag in words; `None` for those that the spike or the pause has said.
fn flag_words(flag: LoadFlag) -> Option<&'static str> {
    let is_said = matches!(flag, LoadFlag::SpikeSession | LoadFlag::Returning | LoadFlag::LayOff);
    (!is_said).then(|| flag.words())
}

fn tissue(one: &TissueUp) -> String {
    format!("{} at {} times a usual week", one.tissue.short(), number(one.ratio, 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::rows;
    use crate::model::Tissue;
    use crate::report::testing::sample;

    /// A row of which nothing is to be said.
    fn quiet(name: &str) -> Row {
        let mut row = Row { athlete: name.into(), ..Row::new(&sample(30)) };
        (row.spike, row.flags, row.window) = (None, Vec::new(), None);
        row.massage.is_overdue = false;
        (row.gaps.unknown_days, row.gaps.imputed_share, row.gaps.days_since_run) = (0, None, Some(1));
        row.gaps.days_off = 1;
        judge(&mut row);
        row
    }

    fn with(change: impl FnOnce(&mut Row)) -> Row {
        let mut row = quiet("a");
        change(&mut row);
        judge(&mut row);
        row
    }

    #[test]
    fn each_thing_has_its_place_and_its_words() {
        assert_eq!(
            (quiet("a").attention, quiet("a").deciding()),
            (Attention::None, &[NOTHING.to_owned()][..])
        );
        let check = |row: Row, attention: Attention, words: &str| {
            assert!(row.attention == attention && row.reasons[0].contains(words), "{:?}", row.reasons);
        };
        check(
            with(|row| row.red_flag = Some("calf\u{7} swollen".into())),
            Attention::RedFlag,
            "calf swollen",
        );
        let date = quiet("a").as_of;
        let spike = |ratio: f64, class| Some(Spike { date, ratio, class });
        check(with(|row| row.spike = spike(1.34, SpikeClass::Moderate)), Attention::Load, "34 % longer");
        assert_eq!(with(|row| row.spike = spike(1.05, SpikeClass::Reference)).attention, Attention::None);
        check(with(|row| row.flags = vec![LoadFlag::BigWeek]), Attention::Load, "big week");
        check(with(|row| row.pause = Some(Pause::Off(16))), Attention::Load, "no run for 16 days");
        let up = |flag| TissueUp { tissue: Tissue::CalfAchilles, flag, ratio: 1.52, why: String::new() };
        check(with(|row| row.tissues = vec![up(TissueFlag::High)]), Attention::Load, "calf at 1.5 times");
        check(
            with(|row| row.tissues = vec![up(TissueFlag::Elevated)]),
            Attention::Signals,
            "calf at 1.5 times",
        );
        assert_eq!(with(|row| row.tissues = vec![up(TissueFlag::Emphasis)]).attention, Attention::None);
        check(with(|row| row.massage.is_overdue = true), Attention::Massage, "40 days since");
        check(with(|row| row.signals = vec![SignalKind::HrAtPace]), Attention::Signals, "higher heart rate");
        check(with(|row| row.gaps.unknown_days = 2), Attention::Gaps, "2 days of 28");
        check(with(|row| row.gaps.days_off = 9), Attention::Gaps, "no run for 9 days");
        check(with(|row| row.gaps.imputed_share = Some(0.48)), Attention::Gaps, "48 % of the load");
    }

    #[test]
    fn after_a_pause_nothing_is_longer_than_usual() {
        let back = Some(Pause::Back { n_days: 1, after: 20 });
        let row = with(|row| {
            row.spike = Some(Spike { date: row.as_of, ratio: 4.0, class: SpikeClass::Large });
            row.pause = back;
        });
        assert_eq!(row.reasons, ["back for 1 day after 20 without a run"]);
        let both = with(|row| {
            row.pause = back;
            row.gaps.unknown_days = 1;
        });
        assert_eq!((both.deciding().len(), both.reasons.len()), (1, 2));
    }

    #[test]
    fn what_decides_comes_first_then_how_much_of_it_then_the_name() {
        let mut all = [quiet("c"), quiet("b"), with(|row| row.signals = vec![SignalKind::HrAtPace])];
        all[2].athlete = "z".into();
        let more = with(|row| row.signals = vec![SignalKind::HrAtPace, SignalKind::Hrv]);
        let mut all: Vec<Row> = all.into_iter().chain([Row { athlete: "zz".into(), ..more }]).collect();
        all.sort_by(|a, b| a.place().cmp(&b.place()));
        assert_eq!(all.iter().map(|row| row.athlete.as_str()).collect::<Vec<_>>(), ["zz", "z", "b", "c"]);
        assert!(Attention::ALL.is_sorted());
        let analyses = [sample(30), sample(30)];
        assert_eq!(rows(&analyses).len(), 2);
    }
}
