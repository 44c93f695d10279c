//! True and false heart rates, made second by second.

use super::*;
use proptest::prelude::*;

/// A run of a strap or a watch: clock, speed and cadence beside a heart rate.
struct Made {
    hr_bpm: Vec<f64>,
    cadence_spm: Vec<f64>,
    speed_mps: Vec<f64>,
    clock_s: Vec<f64>,
}

impl Made {
    fn new(n: usize, hr_bpm: impl Fn(usize) -> f64, cadence_spm: impl Fn(usize) -> f64) -> Self {
        Self {
            hr_bpm: (0..n).map(hr_bpm).collect(),
            cadence_spm: (0..n).map(cadence_spm).collect(),
            speed_mps: vec![3.0; n],
            clock_s: (0..n).map(|k| k as f64).collect(),
        }
    }

    fn cleaned(&self, seconds_per_sample: u32) -> (Vec<f64>, Dropped) {
        let sample: Vec<u32> = (0..self.hr_bpm.len() as u32).map(|k| k / seconds_per_sample).collect();
        let beside = Beside {
            clock_s: &self.clock_s,
            sample: &sample,
            speed_mps: &self.speed_mps,
            cadence_spm: &self.cadence_spm,
        };
        let mut hr_bpm = self.hr_bpm.clone();
        let dropped = drop_artefacts(&mut hr_bpm, &beside);
        (hr_bpm, dropped)
    }

    fn dropped(&self) -> Dropped {
        self.cleaned(1).1
    }
}

/// Steps a minute that waver by 2 about 170.
fn wavering(k: usize) -> f64 {
    170.0 + [0.0, 2.0, 0.0, -2.0, 0.0, 0.0, 2.0][k % 7]
}

/// A heart rate that wavers by a beat on its own.
fn own(level: f64, k: usize) -> f64 {
    level + [0.0, 0.0, 1.0, 1.0, 0.0, -1.0, -1.0, 0.0, 0.0, 0.0, 1.0][k / 3 % 11]
}

#[test]
fn zeros_and_short_spikes_are_dropped() {
    let bpm = [150.0, 0.0, 151.0, 152.0, 190.0, 191.0, 153.0, 153.0, 153.0, 153.0];
    let made = Made::new(bpm.len(), |k| bpm[k], |_| 170.0);
    let (hr, dropped) = made.cleaned(1);
    assert!([1, 4, 5].iter().all(|&k: &usize| hr[k].is_nan()), "{hr:?}");
    assert!(hr[0].is_finite() && hr[8..].iter().all(|hr| hr.is_finite()));
    assert_eq!((dropped.locked_s, dropped.flat_s), (0.0, 0.0));
    assert_eq!(dropped.total_s, hr.iter().filter(|hr| hr.is_nan()).count() as f64);
}

#[test]
fn a_strap_that_comes_on_late_loses_two_seconds() {
    let made = Made::new(600, |k| if k < 100 { own(90.0, k) } else { own(150.0, k) }, wavering);
    assert_eq!(made.dropped().total_s, 2.0);
}

#[test]
fn a_heart_rate_that_steps_to_the_cadence_is_locked() {
    let locked = |k: usize| (300..1020).contains(&k);
    for share in [1.0, 0.5] {
        let hr = |k: usize| if locked(k) { share * wavering(k / 9) + 1.0 } else { own(140.0, k) };
        let (hr, dropped) = Made::new(1500, hr, |k| wavering(k / 9)).cleaned(1);
        assert!((700.0..=720.0).contains(&dropped.locked_s), "{share}: {dropped:?}");
        assert!(hr[310..1010].iter().all(|hr| hr.is_nan()) && hr[1025..].iter().all(|hr| hr.is_finite()));
        let remarks: Vec<String> = dropped.remarks().collect();
        assert_eq!(remarks, ["heart rate followed the cadence for 12 min: left out"]);
    }
}

#[test]
fn a_heart_rate_that_moves_with_every_change_of_cadence_is_locked() {
    // It creeps towards the cadence, so there is no step.
    let cadence = |k: usize| wavering(k / 4);
    let hr = |k: usize| if k < 200 { 120.0 + 0.25 * k as f64 } else { cadence(k) };
    let dropped = Made::new(800, hr, cadence).dropped();
    assert!((600.0..620.0).contains(&dropped.locked_s), "{dropped:?}");
}

#[test]
fn a_true_160_at_160_steps_is_kept() {
    // Up to 160 in four minutes, half an hour there, and down again within a minute.
    let hr = |k: usize| match k {
        0..240 => 120.0 + k as f64 / 6.0,
        240..2040 => own(160.0, k),
        _ => 160.0 - (k - 2040) as f64 * 0.7,
    };
    let even = Made::new(2100, hr, |k| if k < 2040 { 160.0 } else { 0.0 });
    assert_eq!(even.dropped(), Dropped::default());
    let wavers = Made::new(2100, hr, |k| if k < 2040 { wavering(k / 5) - 10.0 } else { 0.0 });
    assert_eq!(wavers.dropped(), Dropped::default());
    // While the timer stands the heart comes down by 45: no step, as it had two minutes for it.
    let mut paused = Made::new(2100, |k| if k < 2040 { hr(k) } else { 115.0 }, |_| 160.0);
    for late in &mut paused.clock_s[2040..] {
        *late += 120.0;
    }
    assert_eq!(paused.dropped(), Dropped { total_s: 2.0, ..Dropped::default() });
}

#[test]
fn a_minute_at_the_cadence_is_not_yet_a_lock() {
    let made = Made::new(600, |k| if (300..355).contains(&k) { 170.0 } else { own(140.0, k) }, |_| 170.0);
    assert_eq!(made.dropped().locked_s, 0.0);
}

#[test]
fn a_flat_line_is_false_only_while_the_speed_changes() {
    let mut made = Made::new(900, |k| if (300..600).contains(&k) { 141.0 } else { own(150.0, k) }, |_| 170.0);
    assert_eq!(made.dropped(), Dropped::default());
    made.speed_mps[450..].fill(2.5);
    let (hr, dropped) = made.cleaned(1);
    assert_eq!((dropped.total_s, dropped.locked_s, dropped.flat_s), (300.0, 0.0, 300.0));
    assert!(hr[300..600].iter().all(|hr| hr.is_nan()) && hr[600].is_finite());
    assert_eq!(dropped.remarks().next().unwrap(), "heart rate stood still for 5 min: left out");
    // With a sample in 60 s it only seems to stand still.
    assert_eq!(made.cleaned(60).1, Dropped::default());
    made.hr_bpm[400] = 142.0;
    made.hr_bpm[500] = 142.0;
    assert_eq!(made.dropped(), Dropped::default());
}

#[test]
fn peak_ignores_a_short_spike() {
    let mut hr = vec![150.0; 60];
    hr[30..37].fill(200.0);
    assert_eq!(highest_median_of_15(&hr), Some(150.0));
    hr[30..38].fill(200.0);
    assert_eq!(highest_median_of_15(&hr), Some(200.0));
    assert_eq!(highest_median_of_15(&hr[..10]), None);
}

#[test]
fn the_late_mean_is_that_of_the_last_two_thirds() {
    assert_eq!(late_mean(&[100.0, 100.0, 150.0, f64::NAN, 160.0, 170.0]), Some(160.0));
    assert_eq!(late_mean(&[]), None);
}

/// A channel that moves by up to one every few seconds, within two of its middle, from a seed.
fn drift(seed: u64, n: usize, every: usize) -> Vec<f64> {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut value = 0.0_f64;
    (0..n)
        .map(|k| {
            if k % every == 0 {
                value = (value + f64::from(random.i32(-1..=1))).clamp(-2.0, 2.0);
            }
            value
        })
        .collect()
}

proptest! {
    /// Whatever cadence, length and share of it: at least 95 % of what is locked is found, and no more than the edges of
    /// what is not.
    #[test]
    fn a_lock_is_found(
        seed: u64,
        cadence in 155_u32..190,
        start in 60_usize..900,
        length in 70_usize..1500,
        is_half: bool,
        is_noisy: bool,
    ) {
        let n = start + length + 300;
        let steps: Vec<f64> = drift(seed, n, 4).iter().map(|d| f64::from(cadence) + d).collect();
        let (heart, noise) = (drift(seed ^ 1, n, 3), drift(seed ^ 2, n, 2));
        let locked = start..start + length;
        let share = if is_half { 0.5 } else { 1.0 };
        let hr = |k: usize| {
            let wrong = if is_noisy { noise[k].clamp(-1.0, 1.0) } else { 0.0 };
            if locked.contains(&k) { (share * steps[k] + wrong).round() } else { 125.0 + heart[k] }
        };
        let (cleaned, dropped) = Made::new(n, hr, |k| steps[k]).cleaned(1);
        let found = cleaned[locked.clone()].iter().filter(|hr| hr.is_nan()).count();
        prop_assert!(found as f64 >= 0.95 * length as f64, "{found} of {length}: {dropped:?}");
        // The two seconds behind an edge go with the jump.
        let false_alarms = cleaned.iter().enumerate().filter(|(k, hr)| !locked.contains(k) && hr.is_nan()).count();
        prop_assert!(false_alarms <= 2, "{false_alarms}");
    }

    /// A true heart rate that comes up to the cadence, stays there and leaves it again is kept to the second.
    #[test]
    fn a_true_heart_rate_at_the_cadence_is_kept(
        seed: u64,
        level in 140_u32..185,
        length in 120_usize..3600,
        hr_every in 1_usize..40,
        steps_every in 1_usize..20,
        per_s in 0.1_f64..2.0,
    ) {
        let away = (40.0 / per_s) as usize;
        let n = 2 * away + length;
        let (heart, steps) = (drift(seed, n, hr_every), drift(!seed, n, steps_every));
        let level = f64::from(level);
        let hr = |k: usize| {
            let off = away.saturating_sub(k).max((k + 1).saturating_sub(away + length)) as f64;
            (level - per_s * off + 0.5 * heart[k]).round()
        };
        prop_assert_eq!(Made::new(n, hr, |k| level + steps[k]).dropped(), Dropped::default());
    }
}
