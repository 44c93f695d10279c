//! The dose of one run (science 5.2), whole and by what made it.

use super::coefficients::{Coefficients, REFERENCE_MPS};
use super::own::{AtSpeed, Contact};
use super::part::{N_PARTS, Part, Parts};
use super::{N, Tissue};
use crate::digest::terrain::TerrainCell;

/// Cycles of one leg over 1 km at 3.0 m/s and 170 steps a minute: the unit of dose.
pub const CYCLES_PER_KM: f64 = REFERENCE_CADENCE_SPM * (1000.0 / REFERENCE_MPS / 60.0) / 2.0;
/// Steps a minute at 3.0 m/s where the file has no cadence (heuristic).
pub const REFERENCE_CADENCE_SPM: f64 = 170.0;
/// Exponent with which cadence grows with speed (heuristic; 0.29 to 0.45 observed).
pub const CADENCE_EXPONENT: f64 = 0.35;
/// Exponent with which contact time changes with speed (heuristic).
pub const CONTACT_EXPONENT: f64 = -0.55;
/// Grades below this count as level.
const LEVEL: f64 = 0.02;
/// Grades are clamped here.
const MAX_GRADE: f64 = 0.30;
/// Step length over the expected one is clamped here.
const STEP_RATIO: (f64, f64) = (0.85, 1.15);
/// Dose of a descent for which the last three weeks have not prepared (heuristic; direction Bontemps 2020).
pub const UNACCUSTOMED_FACTOR: f64 = 1.25;
/// A smaller descent in m needs no preparation.
pub const MIN_DESCENT_M: f64 = 150.0;
/// Share of a run's descent that the 21 days before it must hold.
pub const PREPARED_SHARE: f64 = 0.25;

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
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Setting {
    /// The runner's own step length in m at a speed (science 6.1).
    pub step_m: Option<AtSpeed>,
    /// Recorded contact time; takes the place of the rule by speed.
    pub contact: Option<Contact>,
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
    /// The same by what made them; the parts of a tissue add up to its dose.
    pub parts: Parts,
    /// Was the descent more than the last three weeks prepared for, and the dose of the quadriceps raised for it?
    pub unaccustomed_descent: bool,
}

/// The doses of a run from its terrain table; `None` where there is no table. For many runs make a [`Model`] once.
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
pub fn dose(cells: &[TerrainCell], table: &[Coefficients; N], setting: &Setting) -> Option<RunDose> {
    Model::new(table).dose(cells, setting)
}

/// The coefficients with what they give at every speed and grade that terrain tables have.
#[derive(Debug, Clone)]
pub struct Model {
    table: [Coefficients; N],
    speeds: Vec<AtThatSpeed>,
    /// From the steepest way down to the steepest way up.
    grades: Vec<[f64; N]>,
}

/// What one speed does.
#[derive(Debug, Clone, Copy)]
struct AtThatSpeed {
    damage: [f64; N],
    contact: f64,
    /// Steps a minute by rule.
    cadence_spm: f64,
}

/// Speeds of terrain tables are multiples of a tenth of a metre a second up to this many.
const N_SPEEDS: u32 = 90;
/// Grades of terrain tables are whole percents from minus to plus this many.
const N_GRADES: i32 = 30;

/// The whole number that a value is, but for rounding.
fn whole(value: f64) -> Option<f64> {
    (value - value.round()).abs().lt(&1e-9).then(|| value.round())
}

impl Model {
    /// Works out what the coefficients give.
    #[must_use]
    pub fn new(table: &[Coefficients; N]) -> Self {
        let at_speed = |tenths: u32| at_that_speed(table, f64::from(tenths) / 10.0);
        let at_grade = |percent: i32| table.map(|row| row.by_grade(f64::from(percent) / 100.0));
        Self {
            table: *table,
            speeds: (0..=N_SPEEDS).map(at_speed).collect(),
            grades: (-N_GRADES..=N_GRADES).map(at_grade).collect(),
        }
    }

    /// As [`dose`].
    #[must_use]
    pub fn dose(&self, cells: &[TerrainCell], setting: &Setting) -> Option<RunDose> {
        if cells.is_empty() {
            return None;
        }
        let mut parts = [[0.0; N]; N_PARTS];
        for cell in cells {
            self.add(cell, setting, &mut parts);
        }
        let unaccustomed_descent = is_unaccustomed(setting.descent_m, setting.descent_before_m);
        let mut km = [0.0; N];
        for (k, row) in self.table.iter().enumerate() {
            let plain: f64 = parts.iter().map(|part| part[k]).sum();
            let on_surface = plain * setting.surface.factor(row.tissue);
            let is_raised = unaccustomed_descent && row.tissue == Tissue::QuadPf;
            km[k] = on_surface * if is_raised { UNACCUSTOMED_FACTOR } else { 1.0 };
            parts[Part::Surface as usize][k] = on_surface - plain;
            parts[Part::Descent as usize][k] += km[k] - on_surface;
        }
        Some(RunDose { km, parts, unaccustomed_descent })
    }

    fn at_speed(&self, speed_mps: f64) -> AtThatSpeed {
        let known = whole(speed_mps * 10.0).and_then(|tenths| self.speeds.get(tenths as usize));
        known.copied().unwrap_or_else(|| at_that_speed(&self.table, speed_mps))
    }

    fn at_grade(&self, grade: f64) -> [f64; N] {
        let known = whole(grade * 100.0 + f64::from(N_GRADES)).and_then(|at| self.grades.get(at as usize));
        known.copied().unwrap_or_else(|| self.table.map(|row| row.by_grade(grade)))
    }

    /// Adds a cell, one factor after the other: what each of them changes is its part.
    fn add(&self, cell: &TerrainCell, setting: &Setting, parts: &mut Parts) {
        let at = self.at_speed(cell.speed_mps);
        let steps_by_rule = at.cadence_spm * cell.seconds / 60.0;
        let is_counted = cell.cadence_spm.is_some() && cell.steps > 0.0;
        let steps = if is_counted { cell.steps } else { steps_by_rule };
        let longer = step_ratio(cell, setting);
        let contact = setting.contact.map_or(at.contact, |contact| contact.ratio(cell.speed_mps));
        let grade = grade_used(cell.grade);
        let by_grade = self.at_grade(grade);
        let graded = if grade >= 0.0 { Part::Climb } else { Part::Descent };
        let distance_km = cell.speed_mps * cell.seconds / 1000.0;
        for (k, row) in self.table.iter().enumerate() {
            let (by_rule, recorded) = if row.is_stance { (at.contact, contact) } else { (1.0, 1.0) };
            let mut before = 0.0;
            let mut add = |part: Part, dose: f64| {
                parts[part as usize][k] += dose - before;
                before = dose;
            };
            add(Part::Volume, distance_km);
            let per_step = at.damage[k] / 2.0 / CYCLES_PER_KM;
            add(Part::Speed, steps_by_rule * per_step * by_rule);
            add(Part::Steps, steps * per_step * by_rule);
            let per_step = longer.map_or(per_step, |ratio| per_step * row.by_step_length(ratio));
            add(Part::StepLength, steps * per_step * by_rule);
            add(Part::Contact, steps * per_step * recorded);
            add(graded, steps * per_step * recorded * by_grade[k]);
        }
    }
}

fn at_that_speed(table: &[Coefficients; N], speed_mps: f64) -> AtThatSpeed {
    let ratio = speed_mps / REFERENCE_MPS;
    AtThatSpeed {
        damage: table.map(|row| row.by_speed(speed_mps)),
        contact: ratio.powf(CONTACT_EXPONENT),
        cadence_spm: REFERENCE_CADENCE_SPM * ratio.powf(CADENCE_EXPONENT),
    }
}

/// Small grades are level, and cliffs are clamped.
fn grade_used(grade: f64) -> f64 {
    if grade.abs() < LEVEL { 0.0 } else { grade.clamp(-MAX_GRADE, MAX_GRADE) }
}

/// Step length over the runner's own at that speed; `None` where either is not known. Steps by rule say nothing of this
/// runner's step length.
#[must_use]
pub fn step_ratio(cell: &TerrainCell, setting: &Setting) -> Option<f64> {
    let is_counted = cell.cadence_spm.is_some() && cell.steps > 0.0;
    let expected_m =
        setting.step_m.filter(|_| is_counted)?.at(cell.speed_mps).filter(|metres| *metres > 0.0)?;
    Some((cell.speed_mps * cell.seconds / cell.steps / expected_m).clamp(STEP_RATIO.0, STEP_RATIO.1))
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

    /// The same at every speed.
    fn always(value: f64) -> AtSpeed {
        AtSpeed { intercept: value.ln(), slope: 0.0, from_mps: 0.0, to_mps: 9.0 }
    }

    fn km(cells: &[TerrainCell], setting: &Setting) -> [f64; N] {
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
        let with =
            |share: f64| km(&easy, &Setting { step_m: Some(always(step / share)), ..Setting::default() });
        assert!((with(1.05)[3] - 14.775).abs() < 6e-4);
        assert!((with(1.00)[3] - 10.0).abs() < 1e-9);
        // Clamped, and what is expected at other speeds says nothing.
        assert_eq!(with(1.5), with(1.151));
        let slower = AtSpeed { to_mps: 2.9, ..always(step / 1.05) };
        let setting = Setting { step_m: Some(slower), ..Setting::default() };
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
        let setting = Setting { step_m: Some(always(0.5)), ..Setting::default() };
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
        let usual = AtSpeed { intercept: 5.5, slope: CONTACT_EXPONENT, from_mps: 2.5, to_mps: 3.5 };
        let recorded = |over_usual| {
            km(&fast, &Setting { contact: Some(Contact { usual, over_usual }), ..Setting::default() })
        };
        assert!((recorded(1.0)[0] / plain[0] - 1.0).abs() < 1e-12);
        let longer = recorded(1.1);
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

    #[test]
    fn each_part_is_what_its_own_factor_changes() {
        let of = |cell: TerrainCell, setting: &Setting| dose(&[cell], &TABLE, setting).unwrap();
        let part = |found: &RunDose, part: Part, tissue: usize| found.parts[part as usize][tissue];
        let plain = of(cell(1000.0, 3.0, 0.0, Some(170.0)), &Setting::default());
        assert!(
            (part(&plain, Part::Volume, 3) - 1.0).abs() < 1e-9 && part(&plain, Part::Steps, 3).abs() < 1e-9
        );
        let down = of(cell(1000.0, 3.0, -0.10, Some(170.0)), &Setting::default());
        assert!((part(&down, Part::Descent, 3) - 1.074).abs() < 1e-3 && part(&down, Part::Climb, 3) == 0.0);
        let up = of(cell(1000.0, 3.0, 0.10, Some(170.0)), &Setting::default());
        assert!((part(&up, Part::Climb, 0) - 0.464).abs() < 1e-3);
        let fast = of(cell(1000.0, 4.5, 0.0, None), &Setting::default());
        assert!(part(&fast, Part::Speed, 4) > 1.0 && part(&fast, Part::Volume, 4) == 1.0);
    }

    proptest! {
        #[test]
        fn parts_add_up_to_the_dose_and_the_table_of_speeds_is_the_formula(
            metres in 100.0..20_000.0_f64,
            speed in 1.5..6.0_f64,
            grade in -0.3..0.3_f64,
            cadence in prop::option::of(150.0..200.0_f64),
            descent in prop::option::of(0.0..900.0_f64),
        ) {
            let setting = Setting {
                step_m: Some(always(1.0)),
                surface: Surface::Trail,
                descent_m: descent,
                descent_before_m: Some(0.0),
                ..Setting::default()
            };
            let cell = cell(metres, speed, grade, cadence);
            let found = dose(&[cell], &TABLE, &setting).unwrap();
            for (k, row) in TABLE.iter().enumerate() {
                let sum: f64 = found.parts.iter().map(|part| part[k]).sum();
                prop_assert!((sum / found.km[k] - 1.0).abs() < 1e-9);
                let steps = if cadence.is_some() {
                    cell.steps
                } else {
                    170.0 * (speed / 3.0).powf(0.35) * cell.seconds / 60.0
                };
                let ratio = step_ratio(&cell, &setting).unwrap_or(1.0);
                let contact = if row.is_stance { (speed / 3.0).powf(-0.55) } else { 1.0 };
                let grade = if grade.abs() < 0.02 { 0.0 } else { grade };
                let again = steps / 2.0 * row.per_step(speed, grade, ratio) * contact / CYCLES_PER_KM;
                let raised = if found.unaccustomed_descent && k == 3 { 1.25 } else { 1.0 };
                let again = again * Surface::Trail.factor(row.tissue) * raised;
                prop_assert!((again / found.km[k] - 1.0).abs() < 1e-9, "{}: {again} {}", k, found.km[k]);
            }
            let on_grid = Model::new(&TABLE);
            let (v, g) = ((speed * 10.0).round() / 10.0, (grade * 100.0).round() / 100.0);
            let (fast, steep) = (on_grid.at_speed(v), on_grid.at_grade(g));
            for (k, row) in TABLE.iter().enumerate() {
                prop_assert!((fast.damage[k] / row.by_speed(v) - 1.0).abs() < 1e-9);
                prop_assert!((steep[k] / row.by_grade(g) - 1.0).abs() < 1e-9);
            }
        }

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
