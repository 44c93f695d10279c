//! Short histories for tests.

use crate::model::{Day, Format, Sport};
use crate::score::run::{LoadBasis, Run, SessionKind};

/// Daily loads from pairs of a load and the number of days it lasts.
pub(crate) fn days(parts: &[(f64, usize)]) -> Vec<Option<f64>> {
    parts.iter().flat_map(|&(load, n)| vec![Some(load); n]).collect()
}

/// An easy hour of 10 km on a day, with a load of 50.
pub(crate) fn run(date: &str) -> Run {
    let date: Day = date.parse().unwrap();
    Run {
        id: format!("{date}"),
        file: format!("{date}.fit"),
        format: Format::Fit,
        title: None,
        sport: Sport::Running,
        device: None,
        start_ms: i64::from(date.to_epoch_days()) * 86_400_000 + 28_800_000,
        utc_offset_s: 0,
        date,
        distance_m: Some(10_000.0),
        elapsed_s: 3600.0,
        timer_s: 3600.0,
        moving_s: 3600.0,
        ascent_m: Some(50.0),
        descent_m: Some(50.0),
        steps: Some(10_000.0),
        avg_hr_bpm: Some(140.0),
        max_hr_bpm: Some(155.0),
        hr_coverage: 1.0,
        avg_cadence_spm: Some(168.0),
        avg_power_w: None,
        avg_speed_mps: Some(10_000.0 / 3600.0),
        gap_speed_mps: Some(2.8),
        ngs_mps: Some(2.8),
        intensity_factor: Some(0.7),
        trimp_banister: Some(80.0),
        trimp100: Some(50.0),
        trimp_edwards: Some(120.0),
        trimp_lucia: Some(60.0),
        hr_tss: Some(40.0),
        rtss: Some(49.0),
        power_stress: None,
        govss: None,
        rpe: None,
        srpe_au: None,
        load_au: Some(50.0),
        load_basis: Some(LoadBasis::Hr),
        ladder: Vec::new(),
        hr_zone_s: Some([0.0, 3600.0, 0.0, 0.0, 0.0]),
        speed_zone_s: None,
        three_zone_s: Some([3600.0, 0.0, 0.0]),
        decoupling_pct: None,
        efficiency_m_per_beat: Some(1.2),
        session_kind: SessionKind::Easy,
        is_quality: false,
        is_race: false,
        race: None,
        spike_ratio: Some(1.0),
        spike_class: None,
        duplicate_of: None,
        used: crate::score::run::Used::default(),
        notices: Vec::new(),
    }
}
