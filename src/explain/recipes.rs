//! How each number is computed, in words: formula, published source, how sure it is.

/// What is always the same about a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Recipe {
    pub name: &'static str,
    pub formula: &'static str,
    pub source: &'static str,
    pub sureness: &'static str,
}

/// The recipe of a column of `days`, or of the thresholds.
pub(super) fn of_day(name: &str) -> &'static Recipe {
    find(&DAYS, name)
}

/// The recipe of a column of `runs`.
pub(super) fn of_run(name: &str) -> &'static Recipe {
    find(&RUNS, name)
}

fn find(recipes: &'static [Recipe], name: &str) -> &'static Recipe {
    // One recipe for all tissues.
    let name = ["dose_", "z_"].into_iter().find(|prefix| name.starts_with(prefix)).unwrap_or(name);
    recipes.iter().find(|recipe| recipe.name == name).unwrap_or(&recipes[0])
}

const fn recipe(
    name: &'static str,
    formula: &'static str,
    source: &'static str,
    sureness: &'static str,
) -> Recipe {
    Recipe { name, formula, source, sureness }
}

const OWN: &str = "";
const RECORDED: &str = "as good as the recording";
const ARITHMETIC: &str = "arithmetic: right or wrong as such, and says nothing by itself about what it means";
const DESCRIBES: &str = "arithmetic that describes. It does not predict injury; tested for that in runners, it had no support (B against; Impellizzeri et al. 2021)";
const COHORT: &str = "B: one large cohort, and its authors call it explorative";
const INDIRECT: &str = "C: indirect, with weights from small groups";
const CONVENTION: &str = "PC: convention, not tested";
const HEURISTIC: &str =
    "H: a rule of thumb of this project; a number had to be chosen, and nobody has published one";
const MIXED: &str = "as sure as its threshold: high from a race or the config, low from age or a fixed share";

const BANISTER_1975: &str = "Banister et al. 1975";
const GABBETT: &str = "Gabbett 2016, Br J Sports Med 50:273–280";
const WINDT: &str = "Windt & Gabbett 2019, Br J Sports Med";
const FOSTER: &str = "Foster 1998, Med Sci Sports Exerc 30:1164–1168";
const MORTON: &str = "Morton, Fitz-Clarke & Banister 1990, J Appl Physiol 69:1171–1177";
const WILLIAMS: &str = "Williams et al. 2017, Br J Sports Med 51:209–210";
const FRANDSEN: &str = "Schuster Brandt Frandsen et al. 2025, Br J Sports Med 59:1203–1210";
const IMPELLIZZERI: &str = "Impellizzeri et al. 2021, Sports Med 51:581–592";
const TREFF: &str = "Treff et al. 2019, Front Physiol 10:707";

const SUM_OF_RUNS: &str = "sum over the day's runs; copies do not count, a run without it adds nothing";
const COUPLED: &str =
    "mean of 7 days / mean of the 28 days that hold them; rest days are 0, unknown days are left out";
const UNCOUPLED: &str =
    "mean of 7 days / mean of the 21 days before them; rest days are 0, unknown days are left out";
const WEIGHTED: &str =
    "mean_7 / mean_28, each yesterday's + weight × (today − yesterday's), weight = 2 / (N + 1)";
const SHARE_28: &str = "seconds of the 28 days in this zone / seconds of them in all three";

const DAYS: [Recipe; 47] = [
    recipe("", "as recorded", OWN, ARITHMETIC),
    recipe("state", "observed: every run has a load; rest: no run; unknown: a run has none", OWN, ARITHMETIC),
    recipe("n_runs", "number of the day's runs; copies do not count", OWN, RECORDED),
    recipe("distance_m", SUM_OF_RUNS, OWN, RECORDED),
    recipe("timer_s", SUM_OF_RUNS, OWN, RECORDED),
    recipe("ascent_m", SUM_OF_RUNS, OWN, RECORDED),
    recipe("descent_m", SUM_OF_RUNS, OWN, RECORDED),
    recipe("longest_run_m", "highest distance among the day's runs", OWN, RECORDED),
    recipe("low_s", SUM_OF_RUNS, OWN, CONVENTION),
    recipe("moderate_s", SUM_OF_RUNS, OWN, CONVENTION),
    recipe("high_s", SUM_OF_RUNS, OWN, CONVENTION),
    recipe("n_quality", "number of the day's runs that are quality sessions", OWN, HEURISTIC),
    recipe(
        "load_au",
        "sum of load_au over the day's runs, and over sessions of other endurance sport where those count; 0 on a rest day without; unknown where one of the runs has none",
        OWN,
        "as sure as the loads that it sums up; 100 is an hour at threshold",
    ),
    recipe(
        "cross_load_au",
        "sum of load_au over the day's sessions of other endurance sport; one without a load adds nothing",
        OWN,
        "as the load of runs, but with the heart rates of running: the same effort on a bike or in water has a lower heart rate",
    ),
    recipe(
        "imputed_share",
        "mean over 28 days of the load that was put in / mean over 28 days of load (chronic_au)",
        OWN,
        ARITHMETIC,
    ),
    recipe(
        "acute_au",
        "mean of 7 days; rest days are 0, an unknown day is left out, two withhold it",
        OWN,
        ARITHMETIC,
    ),
    recipe(
        "chronic_au",
        "mean of 28 days; rest days are 0, unknown days are left out, over 15 % of them withhold it",
        OWN,
        ARITHMETIC,
    ),
    recipe("acwr_coupled", COUPLED, GABBETT, DESCRIBES),
    recipe("acwr_uncoupled", UNCOUPLED, WINDT, DESCRIBES),
    recipe("acwr_ewma", WEIGHTED, WILLIAMS, DESCRIBES),
    recipe(
        "acwr_percentile",
        "100 × days of the last 365 whose acwr_coupled is at most today's / days that have one",
        OWN,
        DESCRIBES,
    ),
    recipe("acwr_withheld", "the first of the conditions below that does not hold", OWN, HEURISTIC),
    recipe(
        "acute_rescaled",
        "acute_au / median of chronic_au over the last 365 days",
        IMPELLIZZERI,
        DESCRIBES,
    ),
    recipe("acwr_low", "lowest of nine coupled ratios: 5, 7, 10 days over 21, 28, 35", OWN, DESCRIBES),
    recipe("acwr_high", "highest of nine coupled ratios: 5, 7, 10 days over 21, 28, 35", OWN, DESCRIBES),
    recipe("distance_acwr_coupled", COUPLED, GABBETT, DESCRIBES),
    recipe("distance_acwr_uncoupled", UNCOUPLED, WINDT, DESCRIBES),
    recipe("distance_acwr_ewma", WEIGHTED, WILLIAMS, DESCRIBES),
    recipe("ctl", "yesterday's + weight × (load of the day − yesterday's)", BANISTER_1975, CONVENTION),
    recipe("atl", "yesterday's + weight × (load of the day − yesterday's)", BANISTER_1975, CONVENTION),
    recipe("tsb", "ctl − atl", BANISTER_1975, CONVENTION),
    recipe("tsb_same_day", "ctl − atl, both of the evening of the day itself", BANISTER_1975, CONVENTION),
    recipe(
        "monotony",
        "mean / standard deviation (n − 1) of 7 days of load, at most 10; rest days are 0",
        FOSTER,
        INDIRECT,
    ),
    recipe("strain", "sum of 7 days of load × monotony", FOSTER, INDIRECT),
    recipe(
        "ramp_pct",
        "100 × (distance of 7 days / distance of the 7 days before − 1); a base of 5 km is needed",
        "Buist et al. 2008, Am J Sports Med 36:33–39, who tested the rule of ten per cent",
        "B against the rule of ten per cent: it made no difference in a trial",
    ),
    recipe("spike_ratio", "highest spike_ratio of the day's runs", FRANDSEN, COHORT),
    recipe("days_since_run", "days from the last run that counts to this day", OWN, RECORDED),
    recipe("low_share_28d", SHARE_28, OWN, CONVENTION),
    recipe("moderate_share_28d", SHARE_28, OWN, CONVENTION),
    recipe("high_share_28d", SHARE_28, OWN, CONVENTION),
    recipe("hard_runs_share_28d", "hard runs of 28 days / runs of 28 days", OWN, HEURISTIC),
    recipe(
        "polarization_index",
        "log10(low / moderate × high × 100), shares of the time of 28 days; 0 without high, moderate 0 counts as 0.01 of high",
        TREFF,
        "a description; a high one is not better",
    ),
    recipe("longest_30d_m", "highest longest_run_m of the 30 days before", FRANDSEN, RECORDED),
    recipe("block", "the phase that the days around have in common", OWN, HEURISTIC),
    recipe(
        "z_",
        "(ln(dose_7d_km) − mean_ln) / sd, mean_ln and sd of ln of the six weeks before, sd at least sd_least; a week under a quarter of their median is left out, four must remain (three before 42 days)",
        OWN,
        HEURISTIC,
    ),
    recipe("flags", "each holds where its own rule below does", OWN, HEURISTIC),
    recipe("ceiling", "the lowest of the limits below; deep without any", OWN, CONVENTION),
];

const RUNS: [Recipe; 47] = [
    recipe("", "as recorded", OWN, RECORDED),
    recipe(
        "distance_m",
        "the device's total, else its counter, else the sum over positions",
        OWN,
        "right to 1 to 3 % by GPS",
    ),
    recipe("elapsed_s", "from the first to the last moment", OWN, RECORDED),
    recipe(
        "timer_s",
        "what the device counts, else elapsed less pauses and the part of gaps that the way over them did not take",
        OWN,
        RECORDED,
    ),
    recipe("moving_s", "timer_s less each stretch of at least 5 s under 0.5 m/s", OWN, HEURISTIC),
    recipe(
        "ascent_m",
        "counted once the smoothed level has moved by 3 m (barometer) or 10 m, and then in full",
        OWN,
        HEURISTIC,
    ),
    recipe(
        "descent_m",
        "counted once the smoothed level has moved by 3 m (barometer) or 10 m, and then in full",
        OWN,
        HEURISTIC,
    ),
    recipe("steps", "what the device counted, else mean cadence / 60 × timer_s", OWN, RECORDED),
    recipe("hr_coverage", "seconds with a usable heart rate / timer_s, at most 1", OWN, RECORDED),
    recipe("avg_speed_mps", "distance_m / timer_s", OWN, RECORDED),
    recipe(
        "gap_speed_mps",
        "mean over moving seconds of speed × what its grade is worth on the level",
        "curve of grade as Strava published it in 2017",
        "B on the level and uphill, C on steep descents",
    ),
    recipe(
        "ngs_mps",
        "grade-adjusted speed, trailing mean of 30 s, fourth power, mean, fourth root",
        OWN,
        HEURISTIC,
    ),
    recipe("intensity_factor", "ngs_mps / threshold speed", "Allen, Coggan & McGregor", MIXED),
    recipe(
        "trimp_banister",
        "Σ minutes × x × A × e^(b × x) / coverage, x = (bpm − rest) / (max − rest) from 0 to 1",
        MORTON,
        INDIRECT,
    ),
    recipe(
        "trimp100",
        "100 × Banister TRIMP / Banister TRIMP of an hour at the threshold heart rate",
        MORTON,
        INDIRECT,
    ),
    recipe(
        "trimp_edwards",
        "Σ minutes × zone / coverage; zones 1 to 5 are tenths of maximal heart rate from 50 %",
        "Edwards 1993",
        INDIRECT,
    ),
    recipe(
        "trimp_lucia",
        "(low + 2 × moderate + 3 × high) minutes by heart rate / coverage",
        "Lucía et al. 2003, Med Sci Sports Exerc 35:872–878",
        INDIRECT,
    ),
    recipe("rtss", "timer_s / 3600 × (ngs_mps / threshold speed)² × 100", "Allen, Coggan & McGregor", MIXED),
    recipe(
        "hr_tss",
        "Σ minutes × points / coverage; points by share of threshold heart rate: 0.66, from 0.81 0.92, from 0.90 1.17, from 0.94 1.33, from 1.00 2.00",
        "TrainingPeaks, for comparison only",
        CONVENTION,
    ),
    recipe("power_stress", "100 × timer_s / 3600 × (normalised power / critical power)²", OWN, HEURISTIC),
    recipe(
        "govss",
        "100 × hours × (normalised modelled power / modelled power at threshold speed)²; speed and grade smoothed over 120 s, power over 30 s",
        "Skiba's GOVSS as in GoldenCheetah; Minetti et al. 2002, J Appl Physiol 93:1039–1046",
        HEURISTIC,
    ),
    recipe("srpe_au", "rpe × timer_s / 60", "Foster et al. 2001, J Strength Cond Res 15:109–115", INDIRECT),
    recipe(
        "load_au",
        "the first rung of the ladder that gives a load",
        OWN,
        "as sure as its rung; 100 is an hour at threshold",
    ),
    recipe("hr_z1_s", HR_ZONE, OWN, CONVENTION),
    recipe("hr_z2_s", HR_ZONE, OWN, CONVENTION),
    recipe("hr_z3_s", HR_ZONE, OWN, CONVENTION),
    recipe("hr_z4_s", HR_ZONE, OWN, CONVENTION),
    recipe("hr_z5_s", HR_ZONE, OWN, CONVENTION),
    recipe("speed_z1_s", SPEED_ZONE, "shares from Daniels' paces", HEURISTIC),
    recipe("speed_z2_s", SPEED_ZONE, "shares from Daniels' paces", HEURISTIC),
    recipe("speed_z3_s", SPEED_ZONE, "shares from Daniels' paces", HEURISTIC),
    recipe("speed_z4_s", SPEED_ZONE, "shares from Daniels' paces", HEURISTIC),
    recipe("speed_z5_s", SPEED_ZONE, "shares from Daniels' paces", HEURISTIC),
    recipe("low_s", "seconds below the first threshold", OWN, CONVENTION),
    recipe("moderate_s", "seconds from the first threshold to below the second", OWN, CONVENTION),
    recipe("high_s", "seconds from the second threshold on", OWN, CONVENTION),
    recipe(
        "decoupling_pct",
        "100 × (e1 − e2) / e1, e = speed / heart rate of each half after 10 min; needs 45 min, even speed (8 %), coverage 0.9",
        OWN,
        INDIRECT,
    ),
    recipe(
        "efficiency_m_per_beat",
        "60 × mean speed / mean heart rate of the two halves after 10 min; runs of 30 to 120 min, intensity under 0.88, coverage 0.8",
        OWN,
        INDIRECT,
    ),
    recipe(
        "session_kind",
        "the first that holds: race, hills, intervals, tempo (hard or from 0.88), long, steady (from 0.80), easy",
        OWN,
        HEURISTIC,
    ),
    recipe("quality", "a race, hard, short repetitions or hill repetitions", OWN, HEURISTIC),
    recipe("race", "at least 6 points, and a list, the file, the name or the heart says so", OWN, HEURISTIC),
    recipe("race_score", "sum of the points of the signs that hold", OWN, HEURISTIC),
    recipe("race_distance_m", "the distance of the race that the points are for", OWN, HEURISTIC),
    recipe("spike_ratio", "distance_m / longest single run of the 30 days before its day", FRANDSEN, COHORT),
    recipe(
        "dose_",
        "Σ steps / 2 × ((v / 3.0)^a × G × λ^s)^m × κ / 472.2222 × surface × unaccustomed; G = 1 + u × grade up, 1 + d × |grade| down, at least 0.3; steps by rule 170 × (v / 3.0)^0.35 a minute where not counted",
        "coefficients as in docs/methods.md, with the sources of each",
        "H with signs from B and C: it compares a runner with the same runner, and is no force",
    ),
    recipe(
        "unaccustomed_descent",
        "descent_m over least_m, and descent_before_m of the 21 days before under share_needed × descent_m",
        "direction: Bontemps et al. 2020, Sports Med 50:2083–2110",
        HEURISTIC,
    ),
    recipe(
        "tissue_spike_ratio",
        "highest over the tissues of dose / largest dose of a single run of the 30 days before",
        FRANDSEN,
        "exploratory: the classes were found for distance",
    ),
];

const HR_ZONE: &str = "seconds from the zone's lower bound to below the next; not divided by coverage";
const SPEED_ZONE: &str =
    "seconds of grade-adjusted speed, smoothed over 30 s, from the zone's lower bound to below the next";
/// The need of massage.
pub(super) const NEED: Recipe = recipe(
    "need",
    "due + what each reason below adds after the first; due = days_since_last_session / usual_interval, at most most_due; after a light session that was had plus what it left of what was due then (at most 1), less light_session_takes_off; where no session is on record, due_without_a_session",
    OWN,
    HEURISTIC,
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::ask::{day_column, run_column};
    use crate::explain::metrics;

    #[test]
    fn every_number_has_its_own_recipe_and_every_recipe_a_number() {
        let without = |column: fn(&str) -> Option<crate::table::ColumnDoc>, recipes: &'static [Recipe]| {
            // Those of a kind of column end with `_`.
            let names = |recipe: &Recipe| recipe.name.ends_with('_') || column(recipe.name).is_some();
            assert!(recipes[1..].iter().all(names));
            let names = metrics().into_iter().filter(move |name| column(name).is_some());
            names.filter(move |name| find(recipes, name).name.is_empty()).collect::<Vec<_>>()
        };
        assert_eq!(without(day_column, &DAYS), ["need"]);
        let as_recorded = ["avg_hr_bpm", "max_hr_bpm", "avg_cadence_spm", "avg_power_w", "rpe"];
        assert_eq!(without(run_column, &RUNS), as_recorded);
    }
}
