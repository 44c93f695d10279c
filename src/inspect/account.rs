//! The quality of a recording in sentences: what was left out, how much and why.

use crate::digest::Digest;
use crate::digest::quality::{AltitudeSource, Heart, Times, Way};
use crate::model::units::{Units, duration};
use crate::text::{change, count, number, share};

/// All sentences; what did not happen has none, but that nothing was left out of a channel is said.
pub fn sentences(digest: &Digest, units: Units) -> Vec<String> {
    let quality = &digest.quality;
    let seconds_of = |name: &str| {
        quality.channels.iter().find(|channel| channel.name == name).map(|channel| channel.seconds)
    };
    let has = |name: &str| seconds_of(name).is_some();
    let mut said = Vec::new();
    times(&mut said, &quality.times);
    way(&mut said, &quality.way, units);
    if has("altitude") || quality.altitude == AltitudeSource::Stated {
        said.push(altitude(quality.altitude).to_owned());
    }
    if let Some(recorded_s) = seconds_of("heart_rate") {
        heart(&mut said, &quality.heart, recorded_s);
    }
    said
}

fn times(said: &mut Vec<String>, times: &Times) {
    let mut samples = |n: usize, what: &str| {
        if n > 0 {
            said.push(format!("{} {what}.", count(n, "sample")));
        }
    };
    samples(times.n_untimed, "without a time: left out");
    samples(times.n_astray, "with a time more than a week from the start: left out");
    samples(times.n_repeated, "at the time of an earlier one: left out");
    samples(times.n_unordered, "behind a later one: put in order");
    if times.bridged_s > 0.0 {
        let lost = duration(times.bridged_s);
        said.push(format!("Gaps of 10 to 60 s through which the way went on: {lost} in all, taken as data."));
    }
    if times.n_gaps > 0 {
        let lost = duration(times.gap_s);
        said.push(format!(
            "{} without data: {lost} in all, no part of any mean.",
            count(times.n_gaps, "gap")
        ));
        if times.ran_s >= 1.0 {
            said.push(format!(
                "The way over them counts, and of their time the {} that it took.",
                duration(times.ran_s)
            ));
        }
    }
    if times.paused_s > 0.0 {
        said.push(format!("Timer stopped: {}.", duration(times.paused_s)));
    }
    if times.standing_s > 0.0 {
        said.push(format!("Standing with the timer running: {}.", duration(times.standing_s)));
    }
}

fn way(said: &mut Vec<String>, way: &Way, units: Units) {
    let long = |metres: f64| format!("{} {}", number(metres / units.long_m(), 2), units.long_name());
    let device = way.stated_m.or(way.counted_m);
    match (device, way.positions_m) {
        (Some(device), _) if way.is_impossible => {
            said.push(format!(
                "Distance of the device {}: left out, as nobody can have run it in the time.",
                long(device)
            ));
        }
        (Some(device), Some(positions)) if way.is_tiny => {
            said.push(format!(
                "Distance of the device {}: left out, as it is a small part of the {} along the positions.",
                long(device),
                long(positions)
            ));
        }
        (Some(device), Some(positions)) => {
            let by = way.difference_pct.map_or_else(String::new, |percent| {
                let text = if percent.abs() < 0.95 { fine(percent) } else { change(percent) };
                format!(" ({text})")
            });
            said.push(format!(
                "Distance: {} by the device, {} along the positions{by}.",
                long(device),
                long(positions)
            ));
        }
        (None, Some(_)) => said.push("Distance: no word of the device, so along the positions.".to_owned()),
        (Some(_), None) => said.push("Distance: no positions to hold that of the device against.".to_owned()),
        (None, None) => said.push("Distance: unknown.".to_owned()),
    }
    if way.n_counter_jumps > 0 {
        let (n, lost) = (count(way.n_counter_jumps, "jump"), long(way.counter_jump_m));
        said.push(format!("{n} of the distance counter: {lost} left out."));
    }
    if way.n_position_jumps > 0 {
        let (n, lost) = (count(way.n_position_jumps, "position"), long(way.position_jump_m));
        said.push(format!("{n} that cannot have been reached: left out, and with it {lost} of way."));
    }
}

/// A small change in percent, with a decimal.
fn fine(percent: f64) -> String {
    let text = number(percent, 1);
    if percent > 0.0 && text != "0.0" { format!("+{text} %") } else { format!("{text} %") }
}

fn altitude(source: AltitudeSource) -> &'static str {
    match source {
        AltitudeSource::Barometer => "Altitude: as smooth as a barometer's, so grades are good.",
        AltitudeSource::Satellites => {
            "Altitude: not shown to be as smooth as a barometer's, so grades are low in quality."
        }
        AltitudeSource::Stated => {
            "Altitude: none; climb and descent are as the device states them, without grades."
        }
        AltitudeSource::None => "Altitude: too little of it for grades.",
    }
}

/// What was left out of the heart rate, each with its share of what was recorded of it, and what is left.
fn heart(said: &mut Vec<String>, heart: &Heart, recorded_s: f64) {
    let Heart { out_of_range_s, jump_s, locked_s, flat_s } = *heart;
    let why = [
        (out_of_range_s, "below 30 or above 230 bpm"),
        (jump_s, "after a jump of more than 25 bpm within 2 s"),
        (locked_s, "that followed the cadence"),
        (flat_s, "that stood still while the speed changed"),
    ];
    let left_out = why.iter().filter(|(seconds, _)| *seconds > 0.0);
    let part = |seconds: f64| {
        let of_all = (seconds / recorded_s).min(1.0);
        let percent = if of_all < 0.005 { "< 1 %".to_owned() } else { share(of_all) };
        if recorded_s > 0.0 { format!(" ({percent})") } else { String::new() }
    };
    said.extend(left_out.map(|(seconds, why)| {
        format!("Heart rate {why}: {}{} left out.", duration(*seconds), part(*seconds))
    }));
    if why.iter().all(|(seconds, _)| *seconds <= 0.0) {
        said.push("Heart rate: nothing was left out.".to_owned());
    }
    said.push("Whether the heart rate is optical is not known, so its first minute is kept.".to_owned());
}
