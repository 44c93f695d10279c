//! A lost strap is no step in load: heart rate is taken from random runs of real histories, and fitness, fatigue and
//! ratios must stay about where they were.

use legwork::config::Conventions;
use legwork::ingest;
use legwork::load::{self, day::DayRow};
use legwork::score::run::{LoadBasis, Run};
use legwork::score::thresholds::Profile;
use legwork::score::{self, Dated};
use std::path::{Path, PathBuf};

/// The runs of a real history in order of time; `None` where the recordings are not there.
fn history(name: &str) -> Option<Vec<Dated>> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/history").join(name);
    if !folder.is_dir() {
        return None;
    }
    let sources = ingest::find(&[folder]).expect("the folder can be listed");
    let imported = ingest::import(&sources, &ingest::Given::default(), || {});
    let copies = imported.copies;
    let runs = imported.digests.into_iter().filter(|digest| digest.sport.is_run());
    let dated = |digest: legwork::digest::Digest| {
        let utc_offset_s = digest.utc_offset_s.unwrap_or(0);
        let date = legwork::model::calendar::local_day(digest.start_ms, utc_offset_s)?;
        (date.to_string().as_str() > "2000").then(|| Dated {
            rpe: None,
            race: None,
            duplicate_of: copies.get(&digest.id).map(|copy| copy.of.clone()),
            digest,
            date,
            utc_offset_s,
            amended: legwork::model::Amended::default(),
        })
    };
    Some(runs.filter_map(dated).collect())
}

/// Takes heart rate from about a share of the runs, by a fixed rule that looks like chance.
fn lose_straps(runs: &[Dated], share: f64, seed: u64) -> Vec<Dated> {
    let mut state = seed;
    let mut lose = |run: &Dated| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut run = run.clone();
        if (state >> 33) as f64 / f64::from(1_u32 << 31) < share {
            let digest = &mut run.digest;
            digest.hr_valid_s = 0.0;
            digest.hr_histogram = legwork::digest::Histogram::default();
            digest.avg_hr_bpm = None;
            digest.max_hr_bpm = None;
        }
        run
    };
    runs.iter().map(&mut lose).collect()
}

/// The days of scored runs.
fn days(scored: &[Run]) -> Vec<DayRow> {
    let as_of = scored.iter().map(|run| run.date).max().expect("there are runs");
    load::days(scored, as_of, Conventions::default()).expect("days can be summed")
}

/// By how much of itself a number moved: in the middle of all days, on the 95th of a hundred, and at most.
fn moves(a: &[DayRow], b: &[DayRow], value: impl Fn(&DayRow) -> Option<f64>) -> [f64; 3] {
    let pairs = a.iter().zip(b).filter_map(|(a, b)| Some((value(a)?, value(b)?)));
    let mut moves: Vec<f64> = pairs.filter(|(a, _)| *a > 0.1).map(|(a, b)| (b / a - 1.0).abs()).collect();
    assert!(moves.len() > 400, "too few days to compare: {}", moves.len());
    moves.sort_unstable_by(f64::total_cmp);
    [0.5, 0.95, 1.0].map(|share| moves[((moves.len() - 1) as f64 * share) as usize])
}

#[test]
fn a_lost_strap_is_no_step_in_load() {
    // Of the first nearly every run of three years has heart rate, of the second one in three.
    for (name, usually) in [("runner-a", 0.07), ("runner-b", 0.10)] {
        let Some(mut runs) = history(name) else {
            eprintln!("skipped: the real histories are not there");
            return;
        };
        // What changes is the strap alone: thresholds and races stay those of the whole history.
        let study = score::study(&mut runs, &Profile::default(), &[], &[]);
        let whole = score::score(&runs, &study.thresholds);
        for seed in [1, 2, 3] {
            let lost = score::score(&lose_straps(&runs, 0.2, seed), &study.thresholds);
            let n_imputed = lost.iter().filter(|run| run.load_basis == Some(LoadBasis::Imputed)).count();
            assert!(n_imputed > 10, "{name}: the own-speed model was hardly used: {n_imputed}");
            let ctl = moves(&days(&whole), &days(&lost), |day| day.ctl);
            assert!(ctl[0] < 0.02 && ctl[1] < usually && ctl[2] < 0.16, "{name} {seed}: fitness {ctl:.3?}");
            let ratio = moves(&days(&whole), &days(&lost), |day| day.load_ratios.coupled);
            assert!(ratio[0] < 0.05 && ratio[1] < 0.20, "{name} {seed}: ratio {ratio:.3?}");
            // What many tools do would not pass: a run without a strap as a day of rest.
            let as_rest: Vec<Run> = lost
                .iter()
                .zip(&whole)
                .map(|(lost, whole)| match (lost.load_basis, whole.load_basis) {
                    (now, Some(LoadBasis::Hr)) if now != Some(LoadBasis::Hr) => {
                        Run { load_au: Some(0.0), ..lost.clone() }
                    }
                    _ => lost.clone(),
                })
                .collect();
            let naive = moves(&days(&whole), &days(&as_rest), |day| day.ctl);
            assert!(naive[1] > 2.0 * ctl[1], "{name} {seed}: {naive:.3?} against {ctl:.3?}");
        }
    }
}
