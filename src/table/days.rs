//! The columns of the `days` table.

use super::build::Spec;
use super::column::{Column, NEVER};
use super::weeks::known_timer_s;
use crate::analysis::Analysis;
use crate::load::day::{DayRow, DayState, LoadFlag};
use crate::massage::day::DayWork;
use crate::model::Tissue;
use crate::projection::{Basis, ExpectedDay};
use crate::signals::{self, SignalKind};

const NO_LOAD: &str = "a day in the lookback is unknown, or the history is too short";
const NO_BASE: &str = "as `chronic_au`, or there is too little running to compare with";
const NO_DISTANCE_BASE: &str = "the history is too short, or there is too little running to compare with";
/// Why a day to come has no reading of a tissue.
pub(crate) const TISSUES_NOT_PROJECTED: &str = "tissues are not projected";
const NO_READING: &str = "a `projected` day (tissues are not projected), under 28 days of history, no dose in the last 7 days, too few usual weeks to compare with, or more than one day of the week unknown";
const NO_WORK: &str = "the day was not judged";
const NO_TIME: &str = "there are runs, and no time of any is known; a day of which nothing is known; ahead, where nothing is expected";
const NOT_EXPECTED: &str =
    "a day of which the files do not tell, or a `projected` one of which nothing tells it";
const NOT_PROJECTED: &str = "a `projected` day, or one of which the files do not tell";

/// One row per calendar day, rest days among them.
pub(super) const SPEC: Spec<DayRow> = Spec {
    name: "days",
    about: "One row per calendar day from the first run to the day of the analysis, without a gap. A day without a run is `rest` with load 0, or that of other endurance sport where the config counts it; a day with a run that cannot be scored is `unknown` with a null load, and so is one without a run that `unknown.csv`, a gap of the config or a file that could not be read names: its sums are null too. After the day of the analysis come 28 days of state `projected`: what is expected of them by `basis`, in the same windows; no day before them holds anything of it.",
    span: ("date", "date"),
    columns: &[
        Column::athlete(),
        Column::date("date", "The day", |_, d| Some(d.date)),
        Column::text(
            "state",
            "What is known: `observed`, `rest`, `unknown` or `projected`",
            NEVER,
            |_, d| Some(d.state.name().to_owned()),
        ),
        Column::text(
            "basis",
            "Who says what a `projected` day holds: `race`, `plan`, `habit`, `taper` (the habit cut before an A race), `recovery` (the habit cut after a race) or `unknown`",
            "not a `projected` day",
            |analysis, d| expected(analysis, d).map(|day| day.basis.name().to_owned()),
        ),
        Column::integer("n_runs", "", "Number of runs", NOT_EXPECTED, |analysis, d| {
            is_told(analysis, d).then(|| d.n_runs.into())
        }),
        Column::float(
            "distance_m",
            "m",
            "Distance, as far as it was recorded",
            NOT_EXPECTED,
            |analysis, d| told(analysis, d, d.distance_m, |day| day.distance_m),
        ),
        Column::float("timer_s", "s", "Timer running, as far as it is known", NO_TIME, |analysis, d| {
            told(analysis, d, d.timer_s, |day| day.timer_s)
                .filter(|seconds| known_timer_s(d.n_runs, *seconds).is_some())
        }),
        Column::float("ascent_m", "m", "Climb, as far as it is known", NOT_PROJECTED, |_, d| {
            seen(d, d.ascent_m)
        }),
        Column::float("descent_m", "m", "Descent, as far as it is known", NOT_PROJECTED, |_, d| {
            seen(d, d.descent_m)
        }),
        Column::float("longest_run_m", "m", "Longest single run", NOT_EXPECTED, |analysis, d| {
            told(analysis, d, d.longest_m, |day| day.longest_m)
        }),
        Column::float("low_s", "s", "Classified time below the first threshold", NOT_PROJECTED, |_, d| {
            seen(d, d.three_zone_s[0])
        }),
        Column::float("moderate_s", "s", "Classified time between the thresholds", NOT_PROJECTED, |_, d| {
            seen(d, d.three_zone_s[1])
        }),
        Column::float("high_s", "s", "Classified time above the second threshold", NOT_PROJECTED, |_, d| {
            seen(d, d.three_zone_s[2])
        }),
        Column::integer("n_quality", "", "Number of quality sessions", NOT_EXPECTED, |analysis, d| {
            is_told(analysis, d).then(|| d.n_quality.into())
        }),
        Column::float(
            "load_au",
            "AU",
            "Load of the runs, and of other endurance sport where the config counts it (`cross_load_au`); so is all that is made of it below. 100 is an hour at threshold",
            "the day is unknown, or nothing tells it",
            |_, d| d.load_au,
        ),
        Column::float(
            "cross_load_au",
            "AU",
            "The part of `load_au` that other endurance sport made, by heart rate or RPE; 0 on a day without",
            "`cross_training` is not \"load\" in the config, or a `projected` day, which holds running alone",
            |_, d| d.cross_au,
        ),
        Column::float(
            "imputed_share",
            "share",
            "Part of the load of the last 28 days that was put in, by the runner's own speed or by duration",
            "no load in those days",
            |_, d| d.imputed_share,
        ),
        Column::float("acute_au", "AU/day", "Mean load of the last 7 days", NO_LOAD, |_, d| d.acute_au),
        Column::float("chronic_au", "AU/day", "Mean load of the last 28 days", NO_LOAD, |_, d| d.chronic_au),
        Column::float(
            "acwr_coupled",
            "ratio",
            "Load: mean of 7 days over mean of the 28 days that hold them",
            NO_BASE,
            |_, d| d.load_ratios.coupled,
        ),
        Column::float(
            "acwr_uncoupled",
            "ratio",
            "Load: mean of 7 days over mean of the 21 days before them",
            NO_BASE,
            |_, d| d.load_ratios.uncoupled,
        ),
        Column::float(
            "acwr_ewma",
            "ratio",
            "Load: exponentially weighted means, N = 7 over N = 28",
            NO_BASE,
            |_, d| d.load_ratios.ewma,
        ),
        Column::float(
            "acwr_percentile",
            "0 to 100",
            "Where `acwr_coupled` lies among the runner's own last 365 days",
            "`acwr_coupled` is null, or fewer than 180 days to compare with",
            |_, d| d.acwr_percentile,
        ),
        Column::text(
            "acwr_withheld",
            "Why there is no ratio on load: `short_history`, `lay_off`, `no_base`, `unknown_days` or `imputed`",
            "there is one",
            |_, d| d.withheld.map(|why| why.name().to_owned()),
        ),
        Column::float(
            "acute_rescaled",
            "ratio",
            "Acute load over the runner's usual chronic load of a year: what the ratio says without its moving base",
            "no chronic load is known",
            |_, d| d.acute_rescaled,
        ),
        Column::float(
            "acwr_low",
            "ratio",
            "Lowest coupled ratio over lookbacks of 5, 7 or 10 days against 21, 28 or 35",
            NO_BASE,
            |_, d| d.acwr_range.map(|range| range.0),
        ),
        Column::float("acwr_high", "ratio", "Highest of the same", NO_BASE, |_, d| {
            d.acwr_range.map(|range| range.1)
        }),
        Column::float(
            "distance_acwr_coupled",
            "ratio",
            "As `acwr_coupled`, on distance",
            NO_DISTANCE_BASE,
            |_, d| d.distance_ratios.coupled,
        ),
        Column::float(
            "distance_acwr_uncoupled",
            "ratio",
            "As `acwr_uncoupled`, on distance",
            NO_DISTANCE_BASE,
            |_, d| d.distance_ratios.uncoupled,
        ),
        Column::float(
            "distance_acwr_ewma",
            "ratio",
            "As `acwr_ewma`, on distance",
            NO_DISTANCE_BASE,
            |_, d| d.distance_ratios.ewma,
        ),
        Column::float("ctl", "AU/day", "Fitness: exponential mean of load over 42 days", NO_LOAD, |_, d| {
            d.ctl
        }),
        Column::float("atl", "AU/day", "Fatigue: exponential mean of load over 7 days", NO_LOAD, |_, d| {
            d.atl
        }),
        Column::float(
            "tsb",
            "AU/day",
            "Form: yesterday's fitness less yesterday's fatigue, unless the config asks for the same day's",
            NO_LOAD,
            |_, d| d.tsb,
        ),
        Column::float("tsb_same_day", "AU/day", "Form by the evening of the day itself", NO_LOAD, |_, d| {
            d.tsb_same_day
        }),
        Column::float(
            "monotony",
            "ratio",
            "Mean over standard deviation (n − 1) of 7 days of load, at most 10",
            NO_LOAD,
            |_, d| d.monotony,
        ),
        Column::float("strain", "AU", "Load of 7 days times monotony", NO_LOAD, |_, d| d.strain),
        Column::float(
            "ramp_pct",
            "%",
            "Change of the distance of 7 days against the 7 days before",
            "the history is too short, or the days before hold too little to compare with",
            |_, d| d.ramp_pct,
        ),
        Column::float(
            "spike_ratio",
            "ratio",
            "Highest `spike_ratio` of the day's runs",
            "no run, or none to compare with",
            |_, d| d.spike_ratio,
        ),
        Column::integer(
            "days_since_run",
            "d",
            "Days since the last run on record",
            NOT_EXPECTED,
            |analysis, d| is_told(analysis, d).then(|| d.days_since_run.into()),
        ),
        Column::float(
            "low_share_28d",
            "share",
            "Part of the classified time of 28 days below the first threshold",
            "none is classified",
            |_, d| month_share(d, 0),
        ),
        Column::float("moderate_share_28d", "share", "Part between the thresholds", "as above", |_, d| {
            month_share(d, 1)
        }),
        Column::float("high_share_28d", "share", "Part above the second threshold", "as above", |_, d| {
            month_share(d, 2)
        }),
        Column::float(
            "hard_runs_share_28d",
            "share",
            "Part of the runs of 28 days that count as hard: at least 10 % or 8 min above the second threshold",
            "no run in 28 days",
            |_, d| (d.month_runs.0 > 0).then(|| f64::from(d.month_runs.1) / f64::from(d.month_runs.0)),
        ),
        Column::float(
            "polarization_index",
            "a.u.",
            "Polarization index of 28 days: above 2 more polarised",
            "under 6 h of classified running in 28 days, or more of it hard than easy",
            |_, d| d.polarization_index,
        ),
        Column::float(
            "longest_30d_m",
            "m",
            "Longest run of the 30 days before this one",
            "no run with a distance in those days",
            |_, d| d.longest_30d_m,
        ),
        Column::text(
            "block",
            "Phase of the block that holds the day; the expected one of a `projected` day",
            "no block holds it",
            |analysis, d| {
                let expected = expected(analysis, d).map(|day| day.phase);
                let phase = expected.or_else(|| analysis.block_on(d.date).map(|block| block.phase));
                phase.map(|phase| phase.name().to_owned())
            },
        ),
        z::<{ Tissue::CalfAchilles as usize }>(
            "z_calf_achilles",
            "Dose of calf and Achilles tendon in 7 days against the six weeks before: ln of it less their mean, over their standard deviation",
        ),
        z::<{ Tissue::TibiaShin as usize }>(
            "z_tibia_shin",
            "Dose of shin in 7 days against the six weeks before: ln of it less their mean, over their standard deviation",
        ),
        z::<{ Tissue::PlantarFoot as usize }>(
            "z_plantar_foot",
            "Dose of sole of the foot in 7 days against the six weeks before: ln of it less their mean, over their standard deviation",
        ),
        z::<{ Tissue::QuadPf as usize }>(
            "z_quad_pf",
            "Dose of front of the thigh in 7 days against the six weeks before: ln of it less their mean, over their standard deviation",
        ),
        z::<{ Tissue::Hamstrings as usize }>(
            "z_hamstrings",
            "Dose of hamstrings in 7 days against the six weeks before: ln of it less their mean, over their standard deviation",
        ),
        z::<{ Tissue::GluteItbLat as usize }>(
            "z_glute_itb_lat",
            "Dose of outer hip in 7 days against the six weeks before: ln of it less their mean, over their standard deviation",
        ),
        z::<{ Tissue::HipFlexors as usize }>(
            "z_hip_flexors",
            "Dose of hip flexors in 7 days against the six weeks before: ln of it less their mean, over their standard deviation",
        ),
        z::<{ Tissue::Adductors as usize }>(
            "z_adductors",
            "Dose of adductors in 7 days against the six weeks before: ln of it less their mean, over their standard deviation",
        ),
        z::<{ Tissue::LowBack as usize }>(
            "z_low_back",
            "Dose of low back in 7 days against the six weeks before: ln of it less their mean, over their standard deviation",
        ),
        Column::words(
            "flags",
            "What stands out: `spike_session`, `big_week`, `monotonous`, `deep_negative_tsb`, `returning`, `lay_off`, and the names of `signals` whose last judged reading of ten days is a `flag`; descriptive, predicts nothing",
            |analysis, d| {
                let raised = signals::raised(&analysis.signals, d.date).into_iter().map(SignalKind::name);
                let raised = raised.filter(|_| d.state != DayState::Projected);
                d.flags.iter().copied().map(LoadFlag::name).chain(raised).collect()
            },
        ),
        Column::text(
            "ceiling",
            "The most that massage may do that day: `none`, `light`, `moderate` or `deep`",
            NO_WORK,
            |analysis, d| work_on(analysis, d).map(|work| work.ceiling.name().to_owned()),
        ),
        Column::float(
            "need",
            "ratio",
            "How much massage is worth doing: 1 is a full interval since the last, and more with load that stands out",
            NO_WORK,
            |analysis, d| work_on(analysis, d).map(|work| work.need),
        ),
    ],
};

/// The reading of one tissue.
const fn z<const TISSUE: usize>(name: &'static str, about: &'static str) -> Column<DayRow> {
    Column::float(name, "sd", about, NO_READING, |analysis, d| {
        analysis.tissue_on(d.date, Tissue::ALL[TISSUE]).map(|reading| reading.change.z)
    })
}

fn month_share(day: &DayRow, zone: usize) -> Option<f64> {
    let total: f64 = day.month_zone_s.iter().sum();
    (total > 0.0).then(|| day.month_zone_s[zone] / total)
}

/// What is expected of a projected day.
fn expected<'a>(analysis: &'a Analysis, day: &DayRow) -> Option<&'a ExpectedDay> {
    analysis.expected_on(day.date).filter(|_| day.state == DayState::Projected)
}

/// Was the day there, or does anything tell what it will hold?
fn is_told(analysis: &Analysis, day: &DayRow) -> bool {
    match day.state {
        DayState::Projected => expected(analysis, day).is_some_and(|day| day.basis != Basis::Unknown),
        _ => !day.is_lost(),
    }
}

/// A sum of a day as it was, or as far as it is expected.
fn told(analysis: &Analysis, day: &DayRow, was: f64, ahead: fn(&ExpectedDay) -> Option<f64>) -> Option<f64> {
    if day.state == DayState::Projected { expected(analysis, day).and_then(ahead) } else { seen(day, was) }
}

/// What only a day that was, and that the files tell of, can have.
fn seen(day: &DayRow, was: f64) -> Option<f64> {
    (day.state != DayState::Projected && !day.is_lost()).then_some(was)
}

/// Ceiling and need of a day; they are in order of days.
fn work_on<'a>(analysis: &'a Analysis, day: &DayRow) -> Option<&'a DayWork> {
    let found = analysis.work.binary_search_by_key(&day.date, |work| work.date);
    found.ok().map(|index| &analysis.work[index])
}
