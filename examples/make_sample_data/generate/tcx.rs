//! A run as TCX in the form that phone apps export: laps of a mile, no sensors, a new track after a stop.
//!
//! Input: what was recorded. Output: the text. Without a position the run was on a treadmill.

use super::record::{Lap, Recorded, Sample};
use super::xml::{self, put};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">
 <Activities>
  <Activity Sport="Running">
"#;
/// Energy of running: about 1 kcal per kg and km, for 72 kg.
const KCAL_PER_KM: f64 = 72.0;

/// Writes a run.
pub fn write(recorded: &Recorded) -> String {
    let mut out = HEAD.to_owned();
    put(&mut out, format_args!("   <Id>{}</Id>\n", xml::time(recorded.samples[0].time_s)));
    for (number, lap) in recorded.laps.iter().enumerate() {
        write_lap(&mut out, recorded, lap, number + 1 == recorded.laps.len());
    }
    if recorded.samples[0].position.is_none() {
        out.push_str("   <Notes>Treadmill</Notes>\n");
    }
    out + "  </Activity>\n </Activities>\n</TrainingCenterDatabase>\n"
}

fn write_lap(out: &mut String, recorded: &Recorded, lap: &Lap, is_last: bool) {
    let totals = recorded.totals_of(lap.first, lap.last);
    put(out, format_args!("   <Lap StartTime=\"{}\">\n", xml::time(recorded.samples[lap.first].time_s)));
    put(out, format_args!("    <TotalTimeSeconds>{:.0}</TotalTimeSeconds>\n", totals.timer_s));
    put(out, format_args!("    <DistanceMeters>{:.1}</DistanceMeters>\n", totals.distance_m));
    put(out, format_args!("    <MaximumSpeed>{:.2}</MaximumSpeed>\n", totals.max_mps));
    let kcal = KCAL_PER_KM * totals.distance_m / 1000.0;
    put(out, format_args!("    <Calories>{kcal:.0}</Calories>\n    <Intensity>Active</Intensity>\n"));
    let trigger = if is_last { "Manual" } else { "Distance" };
    put(out, format_args!("    <TriggerMethod>{trigger}</TriggerMethod>\n    <Track>\n"));
    // The sample on the border belongs to the lap that it ends.
    let first = if lap.first == 0 { 0 } else { lap.first + 1 };
    for index in first..=lap.last {
        point(out, &recorded.samples[index]);
        if recorded.stops.contains(&index) && index < lap.last {
            out.push_str("    </Track>\n    <Track>\n");
        }
    }
    out.push_str("    </Track>\n   </Lap>\n");
}

fn point(out: &mut String, sample: &Sample) {
    put(out, format_args!("     <Trackpoint>\n      <Time>{}</Time>\n", xml::time(sample.time_s)));
    if let Some((lat, lon)) = sample.position {
        put(
            out,
            format_args!(
                "      <Position><LatitudeDegrees>{lat:.6}</LatitudeDegrees>\
                 <LongitudeDegrees>{lon:.6}</LongitudeDegrees></Position>\n"
            ),
        );
    }
    if let Some(altitude) = sample.altitude_m {
        put(out, format_args!("      <AltitudeMeters>{altitude:.1}</AltitudeMeters>\n"));
    }
    put(
        out,
        format_args!("      <DistanceMeters>{:.1}</DistanceMeters>\n     </Trackpoint>\n", sample.distance_m),
    );
}
