//! One run of a tissue against the largest of 30 days, and what is carried over from day to day (science 5.3).

use super::Tissue;
use crate::score::run::SpikeClass;
use crate::score::spike_class;

/// How a run's dose of one tissue compares with the largest of the 30 days before, with the classes of science 4.1.
///
/// `before_km` are the doses of single runs in those days. The classes were found for distance; that they mean as much
/// for a tissue is an extrapolation, so no figure of hazard goes with them.
///
/// ```
/// use legwork::{score::run::SpikeClass, tissue::carry::spike};
/// assert_eq!(spike(12.0, &[8.0, 10.0]), (Some(1.2), SpikeClass::Small));
/// ```
#[must_use]
pub fn spike(dose_km: f64, before_km: &[f64]) -> (Option<f64>, SpikeClass) {
    let largest = before_km.iter().copied().fold(0.0, f64::max);
    if largest > 0.0 {
        let ratio = dose_km / largest;
        (Some(ratio), spike_class(ratio))
    } else {
        (None, SpikeClass::NoReference)
    }
}

/// Time constant in days with which a tissue gets over a dose (heuristic): muscle 3, tendon and fascia 5, bone 10.
#[must_use]
pub fn time_constant_days(tissue: Tissue) -> f64 {
    match tissue {
        Tissue::TibiaShin => 10.0,
        Tissue::CalfAchilles | Tissue::PlantarFoot => 5.0,
        _ => 3.0,
    }
}

/// What is carried over: R_t = R_(t−1) · e^(−1/τ) + D_t, from nothing before the first day. An unknown day holds the value,
/// as it does in the means of load.
#[must_use]
pub fn carry_over(daily_km: &[Option<f64>], tissue: Tissue) -> Vec<f64> {
    let keep = (-1.0 / time_constant_days(tissue)).exp();
    let mut carried = 0.0;
    let step = |dose: &Option<f64>| {
        carried = dose.map_or(carried, |dose| carried * keep + dose);
        carried
    };
    daily_km.iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_against_the_largest_of_thirty_days() {
        assert_eq!(spike(11.0, &[10.0]).1, SpikeClass::Reference);
        assert_eq!(spike(14.0, &[10.0, 2.0]).1, SpikeClass::Moderate);
        assert_eq!(spike(21.0, &[10.0]).1, SpikeClass::Large);
        assert_eq!(spike(5.0, &[]), (None, SpikeClass::NoReference));
        assert_eq!(spike(5.0, &[0.0]), (None, SpikeClass::NoReference));
    }

    #[test]
    fn a_dose_fades_with_the_time_constant_of_its_tissue() {
        let days: Vec<Option<f64>> = [vec![Some(10.0)], vec![Some(0.0); 10]].concat();
        for (tissue, days_to_a_third) in
            [(Tissue::QuadPf, 3), (Tissue::PlantarFoot, 5), (Tissue::TibiaShin, 10)]
        {
            let carried = carry_over(&days, tissue);
            assert_eq!(carried[0], 10.0);
            assert!((carried[days_to_a_third] - 10.0 * (-1.0_f64).exp()).abs() < 1e-9, "{tissue:?}");
        }
        assert_eq!(time_constant_days(Tissue::CalfAchilles), 5.0);
        assert_eq!(time_constant_days(Tissue::LowBack), 3.0);
    }

    #[test]
    fn daily_doses_pile_up_to_a_limit_and_unknown_days_hold() {
        let even = carry_over(&[Some(10.0); 60], Tissue::Hamstrings);
        let limit = 10.0 / (1.0 - (-1.0_f64 / 3.0).exp());
        assert!(even.windows(2).all(|pair| pair[0] < pair[1] || pair[1] > 0.999 * limit));
        assert!((even[59] - limit).abs() < 1e-6);
        let held = carry_over(&[Some(10.0), None, Some(0.0)], Tissue::QuadPf);
        assert_eq!(held[0], held[1]);
        assert!(held[2] < held[1]);
    }
}
