//! The dose of one run (science 5.2).

use super::coefficients::{Coefficients, REFERENCE_MPS};
use super::{N, Tissue};
use crate::digest::terrain::TerrainCell;

/// Cycles of one leg over 1 km at 3.0 m/s and 170 steps a minute: the unit of dose.
const CYCLES_PER_KM: f64 = REFERENCE_CADENCE_SPM * (1000.0 / REFERENCE_MPS / 60.0) / 2.0;
/// Steps a minute at 3.0 m/s where the file has no cadence (heuristic).
const REFERENCE_CADENCE_SPM: f64 = 170.0;
/// Exponent with which cadence grows with speed (heuristic; 0.29 to 0.45 observed).
const CADENCE_EXPONENT: f64 = 0.35;
/// Exponent with which contact time changes with speed (heuristic).
const CONTACT_EXPONENT: f64 = -0.55;
/// Grades below this count as level.
const LEVEL: f64 = 0.02;
/// Grades are clamped here.
const MAX_GRADE: f64 = 0.30;
/// Step length over the expected one is clamped here.
const STEP_RATIO: (f64, f64) = (0.85, 1.15);
/// Dose of a descent for which the last three weeks have not prepared (heuristic; direction Bontemps 2020).
const UNACCUSTOMED_FACTOR: f64 = 1.25;
/// A smaller descent in m needs no preparation.
const MIN_DESCENT_M: f64 = 150.0;
/// Share of a run's descent that the 21 days before it must hold.
const PREPARED_SHARE: f64 = 0.25;

/// What a run was run on, where that is to count (heuristic).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Surface {
    /// Not known, or not to count: 1 for every tissue.
    #[default]
    Even,
    /// Hard: more for calf, shin and foot.
    Street,
    /// Uneven and soft: more for adductors and lateral hip, less for the shin.
    Trail,
}

impl Surface {
    /// The factor on the dose of a tissue.
    #[must_use]
    pub fn factor(self, tissue: Tissue) -> f64 {
        match (self, tissue) {
            (Self::Street, Tissue::CalfAchilles | Tissue::TibiaShin | Tissue::PlantarFoot) => 1.05,
            (Self::Trail, Tissue::Adductors | Tissue::GluteItbLat) => 1.10,
            (Self::Trail, Tissue::TibiaShin) => 0.95,
            _ => 1.0,
        }
    }
}

/// What else is known of a run beside its terrain; [`Default`] is "nothing".
#[derive(Clone, Copy, Default)]
pub struct Setting<'a> {
    /// The runner's own expected step length in m at a speed in m/s (science 6.1).
    pub expected_step_m: Option<&'a dyn Fn(f64) -> f64>,
    /// Recorded contact time over the runner's own at 3.0 m/s; takes the place of the rule by speed.
    pub stance_ratio: Option<f64>,
    /// The surface, where it is to count.
    pub surface: Surface,
    /// Descent of the run in m.
    pub descent_m: Option<f64>,
    /// Descent of the 21 days before it in m; `None` where that much is not known.
    pub descent_before_m: Option<f64>,
}

/// The doses of one run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RunDose {
    /// Equivalent flat kilometres at 3.0 m/s, in the order of [`Tissue::ALL`].
    pub km: [f64; N],
    /// Was the descent more than the last three weeks prepared for, and the dose of the quadriceps raised for it?
    pub unaccustomed_descent: bool,
}

/// The doses of a run from its terrain table; `None` where there is no table.
///
/// ```
/// use legwork::digest::terrain::TerrainCell;
/// use legwork::tissue::{coefficients::TABLE, dose::{dose, Setting}};
/// // 10 km at 3.0 m/s on the level with 170 steps a minute are 10 of every tissue.
/// let seconds = 10_000.0 / 3.0;
/// let cell = TerrainCell { speed_mps: 3.0, grade: 0.0, cadence_spm: Some(170.0), seconds, steps: seconds / 60.0 * 170.0 };
/// let found = dose(&[cell], &TABLE, &Setting::default()).unwrap();
/// assert!(found.km.iter().all(|km| (km - 10.0).abs() < 1e-9));
/// ```
#[must_use]
pub fn dose(cells: &[TerrainCell], table: &[Coefficients; N], setting: &Setting<'_>) -> Option<RunDose> {
    if cells.is_empty() {
        return None;
    }
    let unaccustomed_descent = is_unaccustomed(setting.descent_m, setting.descent_before_m);
    let km = table.map(|row| {
        let cycles: f64 = cells.iter().map(|cell| weighted_cycles(cell, &row, setting)).sum();
        let descent =
            if unaccustomed_descent && row.tissue == Tissue::QuadPf { UNACCUSTOMED_FACTOR } else { 1.0 };
        cycles * descent * setting.surface.factor(row.tissue) / CYCLES_PER_KM
    });
    Some(RunDose { km, unaccustomed_descent })
}

/// Cycles of one leg, each by what it does to the tissue.
fn weighted_cycles(cell: &TerrainCell, row: &Coefficients, setting: &Setting<'_>) -> f64 {
    let speed_ratio = cell.speed_mps / REFERENCE_MPS;
    let grade = if cell.grade.abs() < LEVEL { 0.0 } else { cell.grade.clamp(-MAX_GRADE, MAX_GRADE) };
    let is_counted = cell.cadence_spm.is_some() && cell.steps > 0.0;
    let steps = if is_counted {
        cell.steps
    } else {
        REFERENCE_CADENCE_SPM * speed_ratio.powf(CADENCE_EXPONENT) * cell.seconds / 60.0
    };
    // Steps by rule say nothing of this runner's step length.
    let expected = setting.expected_step_m.filter(|_| is_counted).map(|model| model(cell.speed_mps));
    let step_ratio = expected.filter(|metres| *metres > 0.0).map_or(1.0, |metres| {
        (cell.speed_mps * cell.seconds / steps / metres).clamp(STEP_RATIO.0, STEP_RATIO.1)
    });
    let contact = if row.is_stance {
        setting.stance_ratio.unwrap_or_else(|| speed_ratio.powf(CONTACT_EXPONENT))
    } else {
        1.0
    };
    steps / 2.0 * row.per_step(cell.speed_mps, grade, step_ratio) * contact
}

/// Over 150 m of descent, and under a quarter of it in the 21 days before (heuristic). Days that are not known say nothing.
fn is_unaccustomed(descent_m: Option<f64>, before_m: Option<f64>) -> bool {
    descent_m
        .zip(before_m)
        .is_some_and(|(descent, before)| descent > MIN_DESCENT_M && before < PREPARED_SHARE * descent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tissue::coefficients::TABLE;
    use proptest::prelude::*;

    fn cell(metres: f64, speed_mps: f64, grade: f64, cadence_spm: Option<f64>) -> TerrainCell {
        let seconds = metres / speed_mps;
        let steps = cadence_spm.unwrap_or(0.0) / 60.0 * seconds;
        TerrainCell { speed_mps, grade, cadence_spm, seconds, steps }
    }

    fn km(cells: &[TerrainCell], setting: &Setting<'_>) -> [f64; N] {
        dose(cells, &TABLE, setting).unwrap().km
    }

    fn check(cells: &[TerrainCell], expected: [f64; N]) {
        for ((tissue, found), expected) in
            Tissue::ALL.iter().zip(km(cells, &Setting::default())).zip(expected)
        {
            assert!((found - expected).abs() < 6e-4, "{tissue:?}: {found} is not {expected}");
        }
    }

    #[test]
    fn e5_1_four_runs_of_ten_kilometres() {
        check(&[cell(10_000.0, 3.0, 0.0, Some(170.0))], [10.0; N]);
        check(
            &[cell(10_000.0, 4.0, 0.0, Some(180.0))],
            [10.866, 10.773, 10.141, 12.052, 18.824, 10.141, 18.824, 12.052, 9.574],
        );
        check(
            &[cell(5000.0, 3.0, 0.08, Some(170.0)), cell(5000.0, 3.0, -0.08, Some(170.0))],
            [11.049, 12.322, 11.218, 12.635, 11.299, 13.605, 11.299, 11.715, 11.249],
        );
        check(
            &[cell(5000.0, 4.5, 0.0, Some(186.0)), cell(5000.0, 2.8, 0.0, Some(168.0))],
            [10.584, 10.526, 10.140, 11.356, 16.613, 10.140, 16.613, 11.356, 9.809],
        );
    }

    #[test]
    fn e5_1_longer_steps_than_usual_load_the_quadriceps() {
        let easy = [cell(10_000.0, 3.0, 0.0, Some(170.0))];
        let step = 3.0 * 60.0 / 170.0;
        let with = |share: f64| {
            let usual = move |_| step / share;
            km(&easy, &Setting { expected_step_m: Some(&usual), ..Setting::default() })
        };
        assert!((with(1.05)[3] - 14.775).abs() < 6e-4);
        assert!((with(1.00)[3] - 10.0).abs() < 1e-9);
        // Clamped, and no expectation counts as 1.
        assert_eq!(with(1.5), with(1.151));
        let unknown = |_| 0.0;
        let setting = Setting { expected_step_m: Some(&unknown), ..Setting::default() };
        assert_eq!(km(&easy, &setting), km(&easy, &Setting::default()));
    }

    #[test]
    fn e5_1_faster_kilometres_cost_more() {
        // Cadence grows with the power 0.30 of speed here, which is what the text's factors come from.
        let cadence = 170.0 * 1.5_f64.powf(0.30);
        let fast = km(&[cell(1000.0, 4.5, 0.0, Some(cadence))], &Setting::default());
        for (tissue, factor) in [(0, 1.17), (1, 1.15), (3, 1.35), (4, 2.5), (6, 2.5)] {
            assert!((fast[tissue] / factor - 1.0).abs() < 0.02, "{tissue}: {}", fast[tissue]);
        }
    }

    #[test]
    fn missing_cadence_goes_by_speed() {
        let known = km(&[cell(10_000.0, 3.0, 0.0, Some(170.0))], &Setting::default());
        assert_eq!(km(&[cell(10_000.0, 3.0, 0.0, None)], &Setting::default()), known);
        let by_rule = km(&[cell(10_000.0, 4.0, 0.0, None)], &Setting::default());
        let counted = 170.0 * (4.0_f64 / 3.0).powf(0.35);
        let as_if = km(&[cell(10_000.0, 4.0, 0.0, Some(counted))], &Setting::default());
        assert!(by_rule.iter().zip(as_if).all(|(a, b)| (a - b).abs() < 1e-9));
        let usual = |_| 0.5;
        let setting = Setting { expected_step_m: Some(&usual), ..Setting::default() };
        assert_eq!(km(&[cell(10_000.0, 3.0, 0.0, None)], &setting), known);
    }

    #[test]
    fn small_grades_are_level_and_cliffs_are_clamped() {
        let at = |grade: f64| km(&[cell(1000.0, 3.0, grade, Some(170.0))], &Setting::default());
        assert_eq!(at(0.019), at(0.0));
        assert_eq!(at(-0.019), at(0.0));
        assert!(at(0.02)[0] > at(0.0)[0]);
        assert_eq!(at(-0.45), at(-0.30));
    }

    #[test]
    fn recorded_contact_takes_the_place_of_the_rule() {
        let fast = [cell(1000.0, 4.0, 0.0, Some(180.0))];
        let plain = km(&fast, &Setting::default());
        let same = (4.0_f64 / 3.0).powf(CONTACT_EXPONENT);
        let recorded = |ratio| km(&fast, &Setting { stance_ratio: Some(ratio), ..Setting::default() });
        assert_eq!(recorded(same), plain);
        let longer = recorded(1.1 * same);
        assert!((longer[0] / plain[0] - 1.1).abs() < 1e-12);
        // The swing does not care.
        assert_eq!(longer[4], plain[4]);
    }

    #[test]
    fn surfaces_count_only_where_asked() {
        let easy = [cell(10_000.0, 3.0, 0.0, Some(170.0))];
        let on =
            |surface| km(&easy, &Setting { surface, ..Setting::default() }).map(|km| (km * 100.0).round());
        assert_eq!(on(Surface::Street)[..4], [1050.0, 1050.0, 1050.0, 1000.0]);
        assert_eq!(on(Surface::Trail), [1000., 950., 1000., 1000., 1000., 1100., 1000., 1100., 1000.]);
    }

    #[test]
    fn an_unaccustomed_descent_raises_the_quadriceps_alone() {
        let hill = [cell(5000.0, 3.0, -0.06, Some(170.0))];
        let of = |descent: Option<f64>, before: Option<f64>| {
            let setting = Setting { descent_m: descent, descent_before_m: before, ..Setting::default() };
            dose(&hill, &TABLE, &setting).unwrap()
        };
        let (plain, raised) = (of(Some(300.0), Some(75.0)), of(Some(300.0), Some(74.0)));
        assert_eq!((plain.unaccustomed_descent, raised.unaccustomed_descent), (false, true));
        assert!((raised.km[3] / plain.km[3] - 1.25).abs() < 1e-12);
        assert_eq!((raised.km[0], raised.km[8]), (plain.km[0], plain.km[8]));
        assert_eq!(of(Some(150.0), Some(0.0)), plain);
        assert_eq!(of(Some(300.0), None), plain);
        assert_eq!(dose(&[], &TABLE, &Setting::default()), None);
    }

    proptest! {
        #[test]
        fn doses_add_up_and_flat_kilometres_are_kilometres(
            metres in 100.0..20_000.0_f64,
            speed in 1.5..6.0_f64,
            grade in -0.3..0.3_f64,
            cadence in prop::option::of(150.0..200.0_f64),
        ) {
            let all = km(&[cell(metres, speed, grade, cadence)], &Setting::default());
            let half = cell(metres / 2.0, speed, grade, cadence);
            let halves = km(&[half, half], &Setting::default());
            prop_assert!(all.iter().zip(halves).all(|(a, b)| (a / b - 1.0).abs() < 1e-9 && *a > 0.0));
            let flat = km(&[cell(metres, 3.0, 0.0, None)], &Setting::default());
            prop_assert!(flat.iter().all(|km| (km * 1000.0 / metres - 1.0).abs() < 1e-9));
        }
    }
}
