//! Why a block is called what it is, in its own figures: every sentence on blocks is made here.

use super::cutback::Week;
use super::phase::{Features, MIN_KNOWN, Rise, longest_recovery_days};
use super::{Block, Phase, Reason, taper};
use crate::model::units::Units;
use crate::model::{Day, Race, RaceOrigin};
use std::ops::Range;

/// Weeks without a lighter one from which they are worth a word: three up and one down is the custom (heuristic).
const MANY_WEEKS: u32 = 4;

/// What the reasons are made from.
pub(super) struct Why<'a> {
    pub features: &'a Features<'a>,
    /// The phase of each day by itself.
    pub phases: &'a [Phase],
    pub units: Units,
}

impl Why<'_> {
    /// The reasons of the block over `range`, with what its lighter weeks are.
    pub(super) fn reasons(&self, block: &Block, range: &Range<usize>, lighter: &[Week]) -> Vec<Reason> {
        // The days that gave the block its name; others were too short a stretch to stand alone.
        let own: Vec<usize> = range.clone().filter(|t| self.phases[*t] == block.phase).collect();
        let mut reasons = match block.phase {
            Phase::Race => self.races(block),
            Phase::PostRace => self.after_races(range),
            Phase::Taper => self.tapers(block),
            Phase::Break => self.breaks(range),
            Phase::Return => self.returns(&own),
            Phase::Peak => self.peaks(&own),
            Phase::Build => self.builds(range, &own),
            Phase::Speed => self.speeds(&own),
            Phase::Base => vec![self.base(block)],
            Phase::Unknown => vec![self.unknown(&own)],
        };
        reasons.extend(self.cutbacks(block, lighter));
        reasons
    }

    fn races(&self, block: &Block) -> Vec<Reason> {
        let on_day = |race: &&Race| (block.start..=block.end).contains(&race.date);
        let races = self.features.races.iter().filter(on_day);
        races
            .map(|race| {
                reason("race", format!("race day: {}", self.name(race)), &[("distance_m", race.distance_m)])
            })
            .collect()
    }

    fn after_races(&self, range: &Range<usize>) -> Vec<Reason> {
        let races =
            self.features.races.iter().filter(|race| range.clone().any(|t| self.features.is_after(race, t)));
        races
            .map(|race| {
                let most = longest_recovery_days(race.distance_m);
                let opening = format!("after {}: at most {most} days by its distance", self.name(race));
                let most = ("most_days", f64::from(most));
                // Only whole weeks after the race can show it, so none within six days.
                let usual_m = taper::reference_week_m(self.features, race).filter(|_| most.1 >= 7.0);
                match usual_m {
                    Some(usual_m) => {
                        let back_m = 0.75 * usual_m;
                        let text = format!(
                            "{opening}, or until a week is back at {}, three quarters of the weeks before it",
                            self.units.distance(back_m)
                        );
                        reason(
                            "post_race",
                            text,
                            &[most, ("reference_m_per_week", usual_m), ("back_at_m", back_m)],
                        )
                    }
                    None => reason("post_race", opening, &[most]),
                }
            })
            .collect()
    }

    fn tapers(&self, block: &Block) -> Vec<Reason> {
        let races = self.features.races.iter().zip(&self.features.tapers);
        races
            .filter(|(race, start)| race.date > block.end && start.is_some_and(|start| start <= block.end))
            .map(|(race, _)| {
                let name = self.name(race);
                let Some(cut) = taper::cut(self.features, race, block.end) else {
                    return reason("taper", format!("volume is cut before {name}"), &[]);
                };
                let text = format!(
                    "volume cut by {:.0} % against the three weeks before, to {} from {} a week, before {name}; \
                     Bosquet et al. 2007: 41 to 60 %",
                    100.0 * cut.share(),
                    self.units.distance(cut.week_m),
                    self.units.distance(cut.reference_m),
                );
                let numbers = [
                    ("cut_share", cut.share()),
                    ("distance_m_per_week", cut.week_m),
                    ("reference_m_per_week", cut.reference_m),
                ];
                reason("taper", text, &numbers)
            })
            .collect()
    }

    fn breaks(&self, range: &Range<usize>) -> Vec<Reason> {
        let breaks = self.features.breaks.iter().filter(|gap| gap.from < range.end && range.start < gap.to);
        breaks
            .map(|gap| {
                let n_days = range.end.min(gap.to) - gap.from;
                let mut text = format!("no run for {n_days} days");
                let mut numbers = vec![("n_days", n_days as f64)];
                if gap.is_of_rare_runs() {
                    let step = gap.usual_step;
                    text = format!(
                        "{text}, at least three times the usual step of {step:.1} days from run to run"
                    );
                    numbers.push(("usual_step_days", step));
                }
                reason("break", text, &numbers)
            })
            .collect()
    }

    fn returns(&self, own: &[usize]) -> Vec<Reason> {
        let last = own.iter().rev().find_map(|t| Some((*t, self.features.returning(*t)?)));
        let of = |(t, gap): (usize, &super::gap::Break)| {
            let n_days = gap.to - gap.from;
            let text = format!("back after {n_days} days without a run");
            let numbers = [("n_days", n_days as f64)];
            match self.features.month_m[t].zip(self.features.before(gap)) {
                Some((now, old)) => reason(
                    "return",
                    format!(
                        "{text}: four weeks at {} a week, {} before it",
                        self.units.distance(now),
                        self.units.distance(old)
                    ),
                    &[numbers[0], ("distance_m_per_week", now), ("before_m_per_week", old)],
                ),
                None => reason("return", text, &numbers),
            }
        };
        last.map(of).into_iter().collect()
    }

    fn peaks(&self, own: &[usize]) -> Vec<Reason> {
        let highest = own.iter().filter_map(|t| Some((*t, self.features.high_week(*t)?)));
        let highest = highest.max_by(|(_, a), (_, b)| a.week_m.total_cmp(&b.week_m)).map(|(t, high)| {
            let text = format!(
                "{} in the week to {}, within 10 % of the highest of {} weeks ({})",
                self.units.distance(high.week_m),
                self.day(t),
                high.n_weeks,
                self.units.distance(high.highest_m)
            );
            let numbers =
                [("week_m", high.week_m), ("highest_m", high.highest_m), ("n_weeks", high.n_weeks as f64)];
            reason("peak", text, &numbers)
        });
        let ahead = own.iter().find_map(|t| self.features.taper_ahead(*t));
        let ahead = ahead.map(|start| {
            reason("peak", format!("the three weeks before the taper that starts on {start}"), &[])
        });
        highest.into_iter().chain(ahead).collect()
    }

    fn builds(&self, range: &Range<usize>, own: &[usize]) -> Vec<Reason> {
        // The steepest four weeks inside the block that end above their start; a short block says what made it one at last.
        let rises: Vec<_> = own.iter().filter_map(|t| Some((*t, self.features.rise(*t)?))).collect();
        let ends_above = |rise: &Rise| rise.weeks_m.1 > rise.weeks_m.0;
        let inside = rises.iter().filter(|(t, rise)| t + 1 >= range.start + 28 && ends_above(rise));
        let steepest = inside.max_by(|(_, a), (_, b)| a.slope.total_cmp(&b.slope));
        let last = || rises.iter().rfind(|(_, rise)| ends_above(rise)).or(rises.last());
        let rise = steepest.or_else(last).map(|(t, rise)| {
            let (pct, (from, to)) = (100.0 * rise.slope, rise.weeks_m);
            let mut text = format!(
                "weekly distance rose {pct:.1} % a week (Theil–Sen) over the 4 weeks to {}",
                self.day(*t)
            );
            // The slope is that of all four weeks: the outer two alone can say otherwise.
            if ends_above(rise) {
                text = format!("{text}, from {} to {}", self.units.distance(from), self.units.distance(to));
            }
            reason("build", text, &[("trend_pct_per_week", pct), ("from_m", from), ("to_m", to)])
        });
        let longer = own.iter().filter_map(|t| Some((*t, self.features.longer_run(*t)?)));
        let longer =
            longer.max_by(|(_, a), (_, b)| (a.1 / a.0).total_cmp(&(b.1 / b.0))).map(|(t, (old, new))| {
                let text = format!(
                    "longest run rose from {} to {} in the 4 weeks to {}",
                    self.units.distance(old),
                    self.units.distance(new),
                    self.day(t)
                );
                reason("build", text, &[("from_longest_m", old), ("to_longest_m", new)])
            });
        rise.into_iter().chain(longer).collect()
    }

    fn speeds(&self, own: &[usize]) -> Vec<Reason> {
        let found: Vec<_> = own.iter().filter_map(|t| self.features.intensity(*t)).collect();
        let quality = found.iter().filter_map(|one| one.n_quality).max().map(|n| {
            let text = format!("{n} quality sessions in 14 days, at even volume");
            reason("speed", text, &[("n_quality", f64::from(n))])
        });
        let share = found.iter().filter_map(|one| one.high_share).max_by(f64::total_cmp).map(|share| {
            let text = format!("{:.0} % of the time of 28 days hard, at even volume", 100.0 * share);
            reason("speed", text, &[("high_share", share)])
        });
        quality.into_iter().chain(share).collect()
    }

    fn base(&self, block: &Block) -> Reason {
        let other = "nothing in it is a build, a peak or a speed block for ten days";
        match block.distance_m_per_week {
            Some(week_m) => {
                let text = format!("{} a week; {other}", self.units.distance(week_m));
                reason("base", text, &[("distance_m_per_week", week_m)])
            }
            None => reason("base", other.to_owned(), &[]),
        }
    }

    fn unknown(&self, own: &[usize]) -> Reason {
        let known = own.iter().map(|t| self.features.n_known(*t)).max().unwrap_or(0);
        let text = format!("{known} of the last 28 days are known, and a phase needs {MIN_KNOWN}");
        reason("unknown", text, &[("known_days", known as f64)])
    }

    fn cutbacks(&self, block: &Block, lighter: &[Week]) -> Option<Reason> {
        if let Some((week, share)) = lighter.last().and_then(|week| Some((week, week.share?))) {
            let what = match lighter.len() {
                1 => "a lighter week".to_owned(),
                n => format!("{n} lighter weeks, the last"),
            };
            let text = format!(
                "{what} from {} ({}, {:.0} % of the three weeks before)",
                week.start,
                self.units.distance(week.distance_m),
                100.0 * share
            );
            let numbers = [("n_weeks", lighter.len() as f64), ("week_m", week.distance_m), ("share", share)];
            return Some(reason("cutback", text, &numbers));
        }
        let takes_them = matches!(block.phase, Phase::Base | Phase::Build | Phase::Peak);
        let n = block.weeks_without_cutback.filter(|n| takes_them && *n >= MANY_WEEKS)?;
        let text = format!("no lighter week for {n} weeks");
        Some(reason("cutback", text, &[("weeks_without_cutback", f64::from(n))]))
    }

    fn day(&self, t: usize) -> Day {
        self.features.days[t].date
    }

    /// A race by its name where the runner gave one, else by who says that it was one.
    fn name(&self, race: &Race) -> String {
        let distance = self.units.distance(race.distance_m);
        match race.origin {
            RaceOrigin::Config | RaceOrigin::Plan => format!("{} ({distance})", race.name),
            RaceOrigin::File => format!("race of {} by its file ({distance})", race.date),
            RaceOrigin::Detected => format!("detected race of {} ({distance})", race.date),
        }
    }
}

fn reason(rule: &'static str, text: String, values: &[(&'static str, f64)]) -> Reason {
    Reason { rule, text, values: values.iter().copied().collect() }
}
