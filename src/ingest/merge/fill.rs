//! What the recording that counts lacks and a copy has.
//!
//! Words and sums are taken over as they are. Channels are laid on the keeper's samples where the clocks agree, from the
//! recordings themselves, and the keeper is digested anew. Invariant: a channel that
//! the keeper has is never replaced.

use super::align::lead_ms;
use super::rule::is_listed;
use super::{CopyRule, Group, Member};
use crate::digest::Digest;
use crate::ingest::again::Again;
use crate::ingest::overrides::Said;
use crate::ingest::whole::Whole;
use crate::ingest::{ReadError, Source};
use crate::model::text::clean;
use crate::model::{Override, Recording, Samples};

/// A value is held until the next for at most this long.
const HOLD_MS: i64 = 10_000;
/// Distances that differ by more than this are worth a remark.
const SAME_DISTANCE_PCT: u32 = 5;

/// What a device can measure beside the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Channel {
    HeartRate,
    Cadence,
    Power,
    Dynamics,
    Temperature,
    Altitude,
}

impl Channel {
    const ALL: [Self; 6] =
        [Self::HeartRate, Self::Cadence, Self::Power, Self::Dynamics, Self::Temperature, Self::Altitude];

    fn name(self) -> &'static str {
        match self {
            Self::HeartRate => "heart rate",
            Self::Cadence => "cadence",
            Self::Power => "power",
            Self::Dynamics => "running dynamics",
            Self::Temperature => "temperature",
            Self::Altitude => "altitude",
        }
    }

    /// Does a recording have it? A heart rate must cover half of the time, as it must to give a load.
    fn is_in(self, digest: &Digest) -> bool {
        match self {
            Self::HeartRate => digest.hr_valid_s > 0.0 && digest.hr_valid_s >= 0.5 * digest.timer_s,
            Self::Cadence => digest.avg_cadence_spm.is_some(),
            Self::Power => digest.normalised_power_w.is_some(),
            Self::Dynamics => digest.steady.iter().any(|minute| minute.stance_ms.is_some()),
            Self::Temperature => digest.temperature_c.is_some(),
            // On a belt the altitude of another recording says nothing.
            Self::Altitude => digest.ascent_m.is_some() || digest.sport.is_indoor(),
        }
    }

    fn columns(self, samples: &mut Samples) -> Vec<&mut Vec<f32>> {
        match self {
            Self::HeartRate => vec![&mut samples.hr_bpm],
            Self::Cadence => vec![&mut samples.cadence_rpm],
            Self::Power => vec![&mut samples.power_w],
            Self::Dynamics => vec![
                &mut samples.step_length_mm,
                &mut samples.stance_ms,
                &mut samples.stance_balance_pct,
                &mut samples.vertical_oscillation_mm,
                &mut samples.vertical_ratio_pct,
            ],
            Self::Temperature => vec![&mut samples.temperature_c],
            Self::Altitude => vec![&mut samples.altitude_m],
        }
    }
}

/// What came of a group.
pub struct Filled {
    /// The recording that counts, with all that its copies could add.
    pub keeper: Digest,
    /// For each copy what came from it.
    pub filled: Vec<Vec<String>>,
    /// What the runner should look at.
    pub troubles: Vec<Trouble>,
}

/// What is wrong with a copy.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trouble {
    /// What it is.
    pub kind: TroubleKind,
    /// The file that counts.
    pub of_file: String,
    /// What is said of that file.
    pub text: String,
}

/// What can be wrong with a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TroubleKind {
    /// Its distance is another one.
    Distance,
    /// Its clock is another one, so what it alone has is not used.
    Clocks,
    /// It could not be read again.
    Unread,
}

/// Gives the keeper of a group what it lacks and its copies have.
pub fn fill(digests: &[Digest], group: &Group, sources: &[Source], said: &Said) -> Filled {
    let mut keeper = digests[group.keeper].clone();
    let mut troubles = Vec::new();
    let mut filled = channels(&mut keeper, digests, group, sources, said, &mut troubles);
    for (member, filled) in group.copies.iter().zip(&mut filled) {
        let copy = &digests[member.at];
        let of_keeper = said.of.get(&keeper.id);
        let is_given = |row: &Override| row.distance_m.is_some();
        let has_distance = of_keeper.is_some_and(is_given);
        let whole = Whole::of(copy, has_distance);
        if let Some(share) = whole.share_in(&keeper).filter(|_| is_listed(copy)) {
            filled.extend(whole.put(&mut keeper, &copy.file, share));
        }
        filled.extend(words(&mut keeper, copy, of_keeper).into_iter().map(str::to_owned));
        // What the runner says of a copy is true of the run.
        if said.of.get(&copy.id).is_some_and(is_given) && !has_distance {
            (keeper.distance_m, keeper.distance_source) = (copy.distance_m, copy.distance_source);
            keeper
                .remarks
                .push(format!("by overrides.csv: distance as given for its copy {}", clean(&copy.file)));
        }
        if let CopyRule::SameStart { distance_pct, .. } = member.rule
            && distance_pct > SAME_DISTANCE_PCT
        {
            let file = clean(&copy.file);
            let text = format!("its copy {file} has a distance that differs by {distance_pct} %");
            say(&mut keeper, TroubleKind::Distance, text, &mut troubles);
        }
    }
    Filled { keeper, filled, troubles }
}

/// Puts what is wrong with a copy on record, and among what is said.
fn say(keeper: &mut Digest, kind: TroubleKind, text: String, troubles: &mut Vec<Trouble>) {
    troubles.push(Trouble { kind, of_file: keeper.file.clone(), text: text.clone() });
    keeper.remarks.push(text);
}

/// Takes over what needs no samples, and names it.
fn words(keeper: &mut Digest, copy: &Digest, said: Option<&Override>) -> Vec<&'static str> {
    let mut taken = Vec::new();
    let mut take = |name, is_taken: bool| taken.extend(is_taken.then_some(name));
    take("title", fill_in(&mut keeper.title, copy.title.as_ref()));
    take("RPE", fill_in(&mut keeper.rpe, copy.rpe.as_ref()));
    take("time zone", !is_listed(copy) && fill_in(&mut keeper.utc_offset_s, copy.utc_offset_s.as_ref()));
    take("resting heart rate", fill_in(&mut keeper.resting_hr_bpm, copy.resting_hr_bpm.as_ref()));
    let is_race = copy.is_race && said.is_none_or(|said| said.race.is_none());
    take("race", is_race && !keeper.is_race);
    keeper.is_race |= is_race;
    take("mark for a long run", copy.is_long && !keeper.is_long);
    keeper.is_long |= copy.is_long;
    take("sport", keeper.sport_inferred && !copy.sport_inferred);
    if keeper.sport_inferred && !copy.sport_inferred {
        (keeper.sport, keeper.sport_inferred) = (copy.sport, false);
    }
    // What a watch measures on a belt is a guess, and runners correct it on their platform.
    let is_corrected = keeper.sport.is_indoor() && is_listed(copy) && copy.distance_m.is_some();
    let is_said = said.is_some_and(|said| said.distance_m.is_some());
    if keeper.distance_m.is_none() || (is_corrected && !is_said && keeper.distance_m != copy.distance_m) {
        take("distance", copy.distance_m.is_some());
        (keeper.distance_m, keeper.distance_source) = (copy.distance_m, copy.distance_source);
    }
    taken
}

/// Puts a value where there is none; was it put?
fn fill_in<T: Clone>(own: &mut Option<T>, other: Option<&T>) -> bool {
    let is_filled = own.is_none() && other.is_some();
    if is_filled {
        *own = other.cloned();
    }
    is_filled
}

/// Lays the channels that the keeper lacks on its samples, copy by copy; the names of what came from each.
fn channels(
    keeper: &mut Digest,
    digests: &[Digest],
    group: &Group,
    sources: &[Source],
    said: &Said,
    troubles: &mut Vec<Trouble>,
) -> Vec<Vec<String>> {
    let read = |digest: &Digest| {
        let mut again = Again::read(sources, digest)?;
        said.of.get(&digest.id).into_iter().for_each(|row| again.amend(row));
        Ok::<Again, ReadError>(again)
    };
    let ignores_hr = said.of.get(&keeper.id).is_some_and(|row| row.ignores_hr);
    let mut lacking = Channel::ALL.to_vec();
    // A heart rate that the runner does not want is not to come back by another way.
    let is_unwanted = |channel: Channel| ignores_hr && channel == Channel::HeartRate;
    lacking.retain(|channel| !(channel.is_in(keeper) || is_unwanted(*channel)));
    let mut own: Option<Again> = None;
    let mut filled = vec![Vec::new(); group.copies.len()];
    for (member, filled) in group.copies.iter().zip(&mut filled) {
        let copy = &digests[member.at];
        let wanted: Vec<Channel> = lacking.iter().copied().filter(|channel| channel.is_in(copy)).collect();
        if wanted.is_empty() || keeper.n_samples == 0 || copy.n_samples == 0 {
            continue;
        }
        let names: Vec<String> = wanted.iter().map(|channel| channel.name().to_owned()).collect();
        let (what, file) = (listed(&names), clean(&copy.file));
        let outcome = own.take().map_or_else(|| read(keeper), Ok).and_then(|again| {
            let again = own.insert(again);
            let other = read(copy)?.recording;
            let lead_ms = lead_ms(&again.recording, &other, ahead_ms(member));
            if let Some(lead_ms) = lead_ms {
                lay(&mut again.recording, other, lead_ms, &wanted);
            }
            Ok(lead_ms)
        });
        match outcome {
            Ok(Some(lead_ms)) => {
                lacking.retain(|channel| !wanted.contains(channel));
                filled.extend(names);
                keeper.remarks.push(format!("{what} from its copy {file}{}", off(lead_ms)));
            }
            Ok(None) => {
                let text = format!("clocks do not agree, so {what} of its copy {file} is not used");
                say(keeper, TroubleKind::Clocks, text, troubles);
            }
            Err(cause) => {
                let text =
                    format!("{what} of its copy {file} is not used: it could not be read again ({cause})");
                say(keeper, TroubleKind::Unread, text, troubles);
            }
        }
    }
    if let Some(own) = own.filter(|_| filled.iter().any(|names| !names.is_empty())) {
        *keeper = own.digest(keeper);
    }
    filled
}

/// By how much the clock of a copy is known to be ahead.
fn ahead_ms(member: &Member) -> i64 {
    match member.rule {
        CopyRule::OtherClock { hours } => 3_600_000 * hours,
        _ => 0,
    }
}

/// What was allowed for, in words; empty where the clocks agree to a second.
fn off(lead_ms: i64) -> String {
    let seconds = (lead_ms.abs() + 500) / 1000;
    let way = if lead_ms > 0 { "ahead" } else { "behind" };
    match (seconds / 3600, seconds % 3600) {
        (0, 0 | 1) => String::new(),
        (0, seconds) => format!(", whose clock is {seconds} s {way}"),
        (hours, 0 | 1) => format!(", whose clock is {hours} h {way}"),
        (hours, seconds) => format!(", whose clock is {hours} h {seconds} s {way}"),
    }
}

fn listed(names: &[String]) -> String {
    match names {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => names.concat(),
    }
}

/// Lays channels of another recording, whose clock is ahead by `lead_ms`, on the samples of this one.
fn lay(own: &mut Recording, mut other: Recording, lead_ms: i64, channels: &[Channel]) {
    let other_times = std::mem::take(&mut other.samples.time_ms);
    let mut order: Vec<usize> = (0..other_times.len()).collect();
    order.sort_by_key(|at| other_times[*at]);
    let own_times: Vec<i64> = own.samples.time_ms.iter().map(|time| time.saturating_add(lead_ms)).collect();
    for channel in channels {
        let columns = channel.columns(&mut other.samples);
        for (column, other_column) in channel.columns(&mut own.samples).into_iter().zip(columns) {
            if !other_column.is_empty() {
                *column = laid(&own_times, &other_times, &order, other_column);
            }
        }
    }
    // Sums of the device belong to what it had measured itself.
    if channels.contains(&Channel::HeartRate) {
        (own.totals.avg_hr_bpm, own.totals.max_hr_bpm) = (None, None);
    }
    if channels.contains(&Channel::Power) {
        (own.totals.avg_power_w, own.power_source) = (None, other.power_source);
    }
}

/// The last value before each time, for as long as it may be held.
fn laid(own_times: &[i64], other_times: &[i64], order: &[usize], column: &[f32]) -> Vec<f32> {
    let known: Vec<(i64, f32)> = order
        .iter()
        .filter_map(|at| {
            Some((other_times[*at], column.get(*at).copied().filter(|value| value.is_finite())?))
        })
        .collect();
    let at = |time: &i64| {
        let last = known.partition_point(|(known, _)| known <= time).checked_sub(1);
        let near = last.map(|last| known[last]).filter(|(known, _)| time - known <= HOLD_MS);
        near.map_or(f32::NAN, |(_, value)| value)
    };
    own_times.iter().map(at).collect()
}
