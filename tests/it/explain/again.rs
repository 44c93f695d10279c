//! Numbers computed again from what an explanation lists, by formulas of this file and nothing else.

use legwork::explain::Explanation;

fn list(told: &Explanation, name: &str) -> Option<Vec<Option<f64>>> {
    let list = told.lists.iter().find(|list| list.name == name)?;
    Some(list.values.iter().map(|(_, value)| *value).collect())
}

/// The mean of the known values.
fn mean(values: &[Option<f64>]) -> f64 {
    let known: Vec<f64> = values.iter().flatten().copied().collect();
    known.iter().sum::<f64>() / known.len() as f64
}

/// Beat and seconds.
fn seconds(told: &Explanation) -> Option<Vec<(f64, f64)>> {
    let list = told.lists.iter().find(|list| list.name == "seconds")?;
    list.values.iter().map(|(at, seconds)| Some((at.parse().ok()?, (*seconds)?))).collect()
}

/// Seconds from a bound to below another.
fn between(told: &Explanation, from: f64, to: f64) -> Option<f64> {
    Some(seconds(told)?.iter().filter(|(at, _)| (from..to).contains(at)).map(|(_, s)| s).sum())
}

/// Seconds of zone `k` by the bounds among the inputs.
fn zone(told: &Explanation, k: usize, unit: &str) -> Option<f64> {
    let bound = |k: usize| told.input(&format!("z{k}_from_{unit}"));
    between(told, bound(k)?, bound(k + 1).unwrap_or(f64::INFINITY))
}

fn banister(told: &Explanation) -> Option<f64> {
    let [rest, max, a, b] = ["hr_rest_bpm", "hr_max_bpm", "A", "b"].map(|name| told.input(name));
    let (rest, max, a, b) = (rest?, max?, a?, b?);
    let x = |bpm: f64| ((bpm - rest) / (max - rest)).clamp(0.0, 1.0);
    let impulse = |(bpm, s): &(f64, f64)| s / 60.0 * x(*bpm) * a * (b * x(*bpm)).exp();
    Some(seconds(told)?.iter().map(impulse).sum::<f64>() / told.input("coverage")?)
}

/// The value by what is listed; `None` where this file has no formula for it.
pub(super) fn of_day(told: &Explanation) -> Option<f64> {
    let input = |name: &str| told.input(name);
    let ratio = |acute: usize, from: usize| {
        let all = list(told, "load_au").or_else(|| list(told, "distance_m"))?;
        let n = all.len();
        let at = n.checked_sub(from)?;
        let base = if from == 7 { &all[..at] } else { &all[at..] };
        Some(mean(&all[n - acute..]) / mean(base))
    };
    let children = |name: &str| -> Vec<f64> {
        told.from.iter().filter(|one| one.name == name).filter_map(Explanation::number).collect()
    };
    let step = |n: &str| {
        let before = input(&format!("mean_{n}_yesterday"))?;
        let weight = 2.0 / (n.parse::<f64>().ok()? + 1.0);
        Some(input("today").map_or(before, |today| before + weight * (today - before)))
    };
    match told.name.as_str() {
        "load_au" | "distance_m" | "timer_s" | "ascent_m" | "descent_m" | "low_s" | "moderate_s"
        | "high_s" => Some(children(&told.name).iter().sum()),
        "n_runs" => Some(told.from.len() as f64),
        "longest_run_m" => Some(children("distance_m").into_iter().fold(0.0, f64::max)),
        "spike_ratio" => Some(children("spike_ratio").into_iter().fold(0.0, f64::max)),
        "acute_au" | "chronic_au" => Some(mean(&list(told, "load_au")?)),
        "imputed_share" => Some(mean(&list(told, "imputed_au")?) / mean(&list(told, "load_au")?)),
        "acute_rescaled" => {
            let mut chronic: Vec<f64> = list(told, "chronic_au")?.into_iter().flatten().collect();
            chronic.sort_by(f64::total_cmp);
            let n = chronic.len();
            if n == 0 {
                return None;
            }
            let median = f64::midpoint(chronic[(n - 1) / 2], chronic[n / 2]);
            Some(mean(&list(told, "load_au")?) / median)
        }
        "acwr_coupled" | "distance_acwr_coupled" => ratio(7, 28),
        "acwr_uncoupled" | "distance_acwr_uncoupled" => ratio(7, 7),
        "acwr_ewma" | "distance_acwr_ewma" => Some(step("7")? / step("28")?),
        "acwr_percentile" => {
            let own: Vec<f64> = list(told, "acwr_coupled")?.into_iter().flatten().collect();
            let today = own.last()?;
            Some(100.0 * own.iter().filter(|one| *one <= today).count() as f64 / own.len() as f64)
        }
        "acwr_low" | "acwr_high" => {
            let pairs = [5, 7, 10].into_iter().flat_map(|a| [21, 28, 35].map(|c| (a, c)));
            let all = list(told, "load_au")?;
            let nine: Vec<f64> =
                pairs.filter(|(_, c)| *c <= all.len()).filter_map(|(a, c)| ratio(a, c)).collect();
            let is_low = told.name == "acwr_low";
            Some(nine.into_iter().reduce(|x, y| if is_low { x.min(y) } else { x.max(y) })?)
        }
        "ctl" | "atl" => match input("yesterday") {
            Some(before) => {
                let tau = if told.name == "ctl" { 42.0_f64 } else { 7.0 };
                let weight = 1.0 - (-1.0 / tau).exp();
                Some(input("load_au").map_or(before, |load| before + weight * (load - before)))
            }
            None => Some(mean(&list(told, "load_au")?)),
        },
        "tsb" | "tsb_same_day" => Some(input("ctl")? - input("atl")?),
        "monotony" | "strain" => {
            let week: Vec<f64> = list(told, "load_au")?.into_iter().flatten().collect();
            let sum: f64 = week.iter().sum();
            let sd = (week.iter().map(|load| (load - sum / 7.0).powi(2)).sum::<f64>() / 6.0).sqrt();
            let monotony = (sum / 7.0 / sd).min(10.0);
            Some(if told.name == "strain" { sum * monotony } else { monotony })
        }
        "ramp_pct" => {
            let all = list(told, "distance_m")?;
            Some(100.0 * (mean(&all[7..]) / mean(&all[..7]) - 1.0))
        }
        "low_share_28d" | "moderate_share_28d" | "high_share_28d" | "polarization_index" => {
            let sums = ["low_s", "moderate_s", "high_s"]
                .map(|zone| list(told, zone).unwrap_or_default().into_iter().flatten().sum::<f64>());
            let [low, moderate, high] = sums.map(|sum| sum / sums.iter().sum::<f64>());
            Some(match told.name.as_str() {
                "low_share_28d" => low,
                "moderate_share_28d" => moderate,
                "high_share_28d" => high,
                _ if high == 0.0 => 0.0,
                _ => (low / moderate * high * 100.0).log10(),
            })
        }
        "hard_runs_share_28d" => {
            let sum = |name: &str| list(told, name).unwrap_or_default().into_iter().flatten().sum::<f64>();
            Some(sum("hard_runs") / sum("runs"))
        }
        name if name.starts_with("z_") => z(told),
        "longest_30d_m" => list(told, "longest_run_m")?.into_iter().flatten().reduce(f64::max),
        "need" => need(told),
        _ => None,
    }
}

/// What is due by the last sessions, and what each reason adds.
fn need(told: &Explanation) -> Option<f64> {
    let input = |name: &str| told.input(name);
    let due = match input("days_since_last_session") {
        Some(days) => {
            let interval = input("usual_interval")?;
            let left = input("light_session_takes_off").map_or(0.0, |takes_off| {
                let firm = input("days_since_more_than_light");
                let then = firm.map_or(1.0, |firm| ((firm - days) / interval).min(1.0));
                (then - takes_off).max(0.0)
            });
            (days / interval + left).min(input("most_due")?)
        }
        None => input("due_without_a_session")?,
    };
    Some(due + told.from.iter().skip(1).filter_map(Explanation::number).sum::<f64>())
}

/// The number of a day to come; sums of the day itself are told and not added up.
pub(super) fn of_projected(told: &Explanation) -> Option<f64> {
    let input = |name: &str| told.input(name);
    let is_race = told.inputs.iter().any(|input| input.name == "basis" && input.value == "race");
    match told.name.as_str() {
        "load_au" if is_race => {
            let hours = input("timer_s")? / 3600.0;
            Some(100.0 * hours * hours.powf(2.0 * (1.0 / 1.06 - 1.0)))
        }
        "load_au" | "distance_m" | "timer_s" => input(&told.name),
        "spike_ratio" => Some(input("longest_run_m")? / input("longest_30d_m")?),
        "n_runs" | "longest_run_m" => None,
        _ => of_day(told),
    }
}

/// The last seven of the listed days against the six weeks before them.
fn z(told: &Explanation) -> Option<f64> {
    let days = list(told, "dose_km")?;
    let week = |back: usize| {
        let end = days.len().checked_sub(7 * back)?;
        let week = &days[end.checked_sub(7)?..end];
        let known = week.iter().flatten().count();
        (known >= 6).then(|| 7.0 * mean(week))
    };
    let blocks: Vec<f64> = (1..=6).filter_map(week).collect();
    let mut sorted = blocks.clone();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len();
    let median = f64::midpoint(sorted[(n - 1) / 2], sorted[n / 2]);
    let logs: Vec<f64> = blocks.iter().filter(|km| **km >= 0.25 * median).map(|km| km.ln()).collect();
    let mean = logs.iter().sum::<f64>() / logs.len() as f64;
    let variance = logs.iter().map(|ln| (ln - mean).powi(2)).sum::<f64>() / (logs.len() - 1) as f64;
    let least = if days.len() < 42 { 0.20 } else { 0.15 };
    Some((week(0)?.ln() - mean) / variance.sqrt().max(least))
}

/// Dose and spike of a tissue.
fn of_tissue(told: &Explanation) -> Option<f64> {
    if told.name == "tissue_spike_ratio" {
        let largest = list(told, "dose_km")?.into_iter().flatten().reduce(f64::max)?;
        return Some(told.input("dose_km")? / largest);
    }
    told.name.starts_with("dose_").then(|| dose(told)).flatten()
}

/// A dose from its cells: key `speed, grade, cadence`, seconds and steps.
fn dose(told: &Explanation) -> Option<f64> {
    let of = |name: &str| told.input(name).unwrap_or(f64::NAN);
    let loaded_in = told.inputs.iter().find(|one| one.name == "loaded_in")?.value.as_str()?;
    let own = |name: &str, mps: f64| {
        (of(&format!("{name}_intercept")) + of(&format!("{name}_slope")) * mps.ln()).exp()
    };
    let contact = |mps: f64| {
        let Some(over_usual) = told.input("contact_over_usual") else { return (mps / 3.0).powf(-0.55) };
        let at = |mps: f64| {
            let inside = mps.max(of("own_contact_from_mps")).min(of("own_contact_to_mps"));
            own("own_contact", inside) * (mps / inside).powf(-0.55)
        };
        over_usual * at(mps) / at(3.0)
    };
    let seconds = &told.lists.iter().find(|list| list.name == "seconds")?.values;
    let mut cycles = 0.0;
    for ((key, seconds), steps) in seconds.iter().zip(list(told, "steps")?) {
        let mut parts = key.split(", ");
        let (mps, grade): (f64, f64) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let seconds = (*seconds)?;
        let by_rule = 170.0 * (mps / 3.0).powf(0.35) * seconds / 60.0;
        let is_usual = mps >= of("own_step_from_mps") && mps <= of("own_step_to_mps");
        let longer = match steps {
            Some(steps) if is_usual => (mps * seconds / steps / own("own_step", mps)).clamp(0.85, 1.15),
            _ => 1.0,
        };
        let graded = if grade >= 0.0 { 1.0 + of("u") * grade } else { 1.0 - of("d") * grade };
        let peak = (mps / 3.0).powf(of("a")) * graded.max(0.3) * longer.powf(of("s"));
        let contact = if loaded_in == "stance" { contact(mps) } else { 1.0 };
        cycles += steps.unwrap_or(by_rule) / 2.0 * peak.powf(of("m")) * contact;
    }
    let per_km = 170.0 * 1000.0 / 3.0 / 60.0 / 2.0;
    Some(cycles / per_km * of("surface") * of("unaccustomed"))
}

pub(super) fn of_run(told: &Explanation) -> Option<f64> {
    let input = |name: &str| told.input(name);
    match told.name.as_str() {
        "trimp_banister" => banister(told),
        "trimp100" => {
            let [rest, max, a, b, lthr] =
                ["hr_rest_bpm", "hr_max_bpm", "A", "b", "lthr_bpm"].map(|name| told.input(name));
            let x = ((lthr? - rest?) / (max? - rest?)).clamp(0.0, 1.0);
            Some(100.0 * banister(told)? / (60.0 * x * a? * (b? * x).exp()))
        }
        "trimp_edwards" => {
            let max = input("hr_max_bpm")?;
            let zone = |bpm: f64| ((bpm / max * 10.0 + 1e-9).floor() - 4.0).clamp(0.0, 5.0);
            let sum: f64 = seconds(told)?.iter().map(|(bpm, s)| s / 60.0 * zone(*bpm)).sum();
            Some(sum / input("coverage")?)
        }
        "trimp_lucia" => {
            let (lt1, lthr) = (input("lt1_bpm")?, input("lthr_bpm")?);
            let zones = [(0.0, lt1), (lt1, lthr), (lthr, f64::INFINITY)];
            let sums = zones.map(|(from, to)| between(told, from, to).unwrap_or(0.0));
            Some((sums[0] + 2.0 * sums[1] + 3.0 * sums[2]) / 60.0 / input("coverage")?)
        }
        "hr_tss" => {
            let lthr = input("lthr_bpm")?;
            let points = |bpm: f64| match bpm / lthr {
                share if share >= 1.0 => 2.0,
                share if share >= 0.94 => 1.33,
                share if share >= 0.90 => 1.17,
                share if share >= 0.81 => 0.92,
                _ => 0.66,
            };
            let sum: f64 = seconds(told)?.iter().map(|(bpm, s)| s / 60.0 * points(*bpm)).sum();
            Some(sum / input("coverage")?)
        }
        "rtss" => {
            Some(input("timer_s")? / 36.0 * (input("ngs_mps")? / input("threshold_speed_mps")?).powi(2))
        }
        "intensity_factor" => match input("trimp100") {
            Some(load) => Some((load / 100.0 / (input("timer_s")? / 3600.0)).sqrt()),
            None => Some(input("ngs_mps")? / input("threshold_speed_mps")?),
        },
        "power_stress" => Some(
            input("timer_s")? / 36.0 * (input("normalised_power_w")? / input("critical_power_w")?).powi(2),
        ),
        "srpe_au" => Some(input("rpe")? * input("timer_s")? / 60.0),
        "avg_speed_mps" => Some(input("distance_m")? / input("timer_s")?),
        "hr_coverage" => Some((input("hr_used_s")? / input("timer_s")?).min(1.0)),
        name if name.starts_with("hr_z") => zone(told, name[4..5].parse().ok()?, "bpm"),
        name if name.starts_with("speed_z") => zone(told, name[7..8].parse().ok()?, "mps"),
        "low_s" | "moderate_s" | "high_s" => {
            let (lt1, lt2) = match input("lthr_bpm") {
                Some(lthr) => (input("lt1_bpm")?, lthr),
                None => (input("lt1_mps")?, input("threshold_speed_mps")?),
            };
            let zones = [(0.0, lt1), (lt1, lt2), (lt2, f64::INFINITY)];
            let [low, moderate, high] = zones.map(|(from, to)| between(told, from, to).unwrap_or(0.0));
            let missing = (input("short_efforts_s").unwrap_or(0.0) - high).clamp(0.0, low + moderate);
            let from_low = missing.min(low);
            Some(match told.name.as_str() {
                "low_s" => low - from_low,
                "moderate_s" => moderate - (missing - from_low),
                _ => high + missing,
            })
        }
        "decoupling_pct" => {
            let first = input("first_mps")? / input("first_bpm")?;
            Some(100.0 * (1.0 - input("second_mps")? / input("second_bpm")? / first))
        }
        "efficiency_m_per_beat" => {
            let beats = input("first_bpm")? + input("second_bpm")?;
            Some(60.0 * (input("first_mps")? + input("second_mps")?) / beats)
        }
        "ngs_mps" => {
            let seconds = seconds(told)?;
            let total: f64 = seconds.iter().map(|(_, s)| s).sum();
            let ngs = (seconds.iter().map(|(v, s)| v.powi(4) * s).sum::<f64>() / total).powf(0.25);
            let exact = told.number()?;
            // The list is in steps of 0.05 m/s.
            Some(if (ngs - exact).abs() < 0.025 { exact } else { ngs })
        }
        "race_score" => Some(list(told, "points")?.into_iter().flatten().sum()),
        "spike_ratio" => {
            let longest = list(told, "distance_m")?.into_iter().flatten().reduce(f64::max)?;
            Some(input("distance_m")? / longest)
        }
        "load_au" => {
            let rung = told.from.iter().find(|rung| !rung.value.is_null())?;
            let input = |name: &str| rung.input(name);
            Some(match rung.name.as_str() {
                "rung imputed" => {
                    let line = input("intercept")? + input("slope")? * input("speed_used_mps")?.ln();
                    line.exp() * input("left_over")? * input("timer_s")? / 3600.0
                }
                "rung rpe" => input("srpe_au")? * input("usual_ratio")?,
                "rung duration" => input("timer_s")? / 60.0 * input("usual_minute")?,
                _ => rung.from.first()?.number()?,
            })
        }
        _ => of_tissue(told),
    }
}

/// Change, z and the number of readings of a signal; `None` without a judgement.
pub(super) fn of_signal(told: &Explanation) -> Option<(f64, Option<f64>, usize)> {
    let is_log = told.formula.contains("ln(recent");
    let judged = |value: f64| if is_log { value.ln() } else { value };
    told.input("change")?;
    let read = |name: &str| -> Option<Vec<f64>> {
        Some(list(told, name)?.into_iter().flatten().map(judged).collect())
    };
    let (recent, mut baseline) = (read("recent")?, read("baseline")?);
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let of_all = mean(&baseline);
    let squares: f64 = baseline.iter().map(|value| (value - of_all).powi(2)).sum();
    let n = baseline.len();
    let sd = (squares / (n - 1) as f64).sqrt();
    baseline.sort_by(f64::total_cmp);
    let is_median = told.formula.contains("baseline = median");
    let usual = if is_median { f64::midpoint(baseline[(n - 1) / 2], baseline[n / 2]) } else { of_all };
    let change = mean(&recent) - usual;
    let z = (sd > 1e-9).then(|| change / sd);
    Some((if is_log { 100.0 * change } else { change }, z, n + recent.len()))
}
