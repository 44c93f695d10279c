//! TCX to recordings.
//!
//! Input is the bytes of one file, output one [`Recording`] for each activity in it. Samples come from the
//! track points, totals and laps from what the laps store; extensions are known by the name of the element
//! alone, with any prefix. Invariant: a point that cannot be understood costs itself alone.

mod activity;
mod laps;

use super::ReadError;
use super::xml::{self, Attributes, Damage, Handler};
use crate::model::Recording;
use activity::Activity;

/// Activities and laps that are read from one file: more than a life of running has, and few enough that a file
/// made of nothing else stays small in memory.
const MAX_PARTS: usize = 100_000;

/// Reads a TCX file.
///
/// An activity without track points, as some platforms export a treadmill run, is made of its laps. Points
/// without a time are left out, with a remark. A file of courses, or of points without any time, is
/// [`ReadError::Course`], one of workouts [`ReadError::OnlyOther`]; one without activities is [`ReadError::NoSamples`]. A file that breaks off keeps
/// what came before the break, with a remark.
pub fn read(bytes: &[u8]) -> Result<Vec<Recording>, ReadError> {
    let text = xml::decode(bytes);
    let mut document = Document::default();
    let ending = xml::walk(&text, &mut document);
    document.finish(ending.err())
}

/// What has been read so far.
#[derive(Default)]
struct Document {
    recordings: Vec<Recording>,
    /// The activity that is open.
    activity: Option<Activity>,
    has_course: bool,
    has_workout: bool,
    has_activity: bool,
    n_parts: usize,
}

impl Handler for Document {
    fn open(&mut self, _: usize, name: &str, attributes: &Attributes) {
        self.n_parts += usize::from(name == "Activity" || name == "Lap");
        match name {
            _ if self.n_parts > MAX_PARTS => self.stop(),
            "Activity" => {
                self.end_activity(None);
                self.has_activity = true;
                self.activity = Some(Activity::starting(attributes));
            }
            "Course" => self.has_course = true,
            "Workout" => self.has_workout = true,
            _ => {
                if let Some(activity) = &mut self.activity {
                    activity.open(name, attributes);
                }
            }
        }
    }

    fn close(&mut self, _: usize, name: &str, text: &str) {
        if name == "Activity" {
            self.end_activity(None);
        } else if let Some(activity) = &mut self.activity {
            activity.close(name, text);
        }
    }
}

impl Document {
    /// Turns the open activity, if any, into a recording.
    fn end_activity(&mut self, damage: Option<&Damage>) {
        if let Some(activity) = self.activity.take() {
            self.has_course |= activity.is_untimed();
            self.recordings.extend(activity.finish(damage));
        }
    }

    /// Reads no further.
    fn stop(&mut self) {
        if self.activity.is_some() {
            let problem = format!("it has more than {MAX_PARTS} laps");
            self.end_activity(Some(&Damage { offset: 0, problem }));
        }
    }

    fn finish(mut self, damage: Option<Damage>) -> Result<Vec<Recording>, ReadError> {
        self.end_activity(damage.as_ref());
        match damage {
            _ if !self.recordings.is_empty() => Ok(self.recordings),
            _ if self.has_course => Err(ReadError::Course),
            Some(Damage { offset, problem }) => Err(ReadError::Damaged { offset, problem }),
            None if self.has_workout && !self.has_activity => Err(ReadError::OnlyOther("workouts".into())),
            None => Err(ReadError::NoSamples),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::columns::assert_sound;
    use crate::model::{Format, Sport};
    use proptest::prelude::*;

    const LAPS: &str = "<Activity Sport='Running'><Id>2015-06-18T10:04:38Z</Id>
        <Lap StartTime='2015-06-18T10:04:38Z'><TotalTimeSeconds>300</TotalTimeSeconds>
          <DistanceMeters>1000</DistanceMeters><AverageHeartRateBpm><Value>140</Value></AverageHeartRateBpm>
          <MaximumHeartRateBpm><Value>150</Value></MaximumHeartRateBpm><TriggerMethod>Manual</TriggerMethod></Lap>
        <Lap StartTime='2015-06-18T10:10:38Z'><TotalTimeSeconds>100</TotalTimeSeconds>
          <DistanceMeters>400</DistanceMeters><AverageHeartRateBpm><Value>160</Value></AverageHeartRateBpm>
          <TriggerMethod>Distance</TriggerMethod><Extensions><x:LX><x:AvgRunCadence>86</x:AvgRunCadence>
          <x:AvgWatts>250</x:AvgWatts><x:Steps>140</x:Steps></x:LX></Extensions></Lap>
        <Notes>easy</Notes><Creator><Name>A watch</Name><UnitId>1</UnitId></Creator></Activity>";

    fn check(activities: &str) -> Vec<Recording> {
        let text = format!("<TrainingCenterDatabase>{activities}</TrainingCenterDatabase>");
        let recordings = read(text.as_bytes()).unwrap();
        for recording in &recordings {
            assert_sound(&recording.samples);
        }
        recordings
    }

    #[test]
    fn every_channel_of_a_point_is_read() {
        let [recording] = <[_; 1]>::try_from(check(
            "<Activity Sport='Running'><Lap StartTime='2015-06-18T10:04:38Z'><Track><Trackpoint>
               <Time>2015-06-18T10:04:38Z</Time><Position><LatitudeDegrees>10.5</LatitudeDegrees>
               <LongitudeDegrees>-20.25</LongitudeDegrees></Position><AltitudeMeters>30.5</AltitudeMeters>
               <DistanceMeters>12.5</DistanceMeters><HeartRateBpm><Value>140</Value></HeartRateBpm>
               <Extensions><x:TPX><x:Speed>3.5</x:Speed><x:RunCadence>86</x:RunCadence><x:Watts>210</x:Watts>
               </x:TPX></Extensions></Trackpoint></Track></Lap></Activity>",
        ))
        .unwrap();
        let samples = recording.samples;
        assert_eq!((recording.format, recording.sport), (Format::Tcx, Sport::Running));
        assert_eq!(samples.time_ms, [recording.start_ms]);
        assert_eq!((samples.lat_deg[0], samples.lon_deg[0]), (10.5, -20.25));
        assert_eq!(samples.distance_m, [12.5]);
        let channels =
            [samples.altitude_m, samples.hr_bpm, samples.speed_mps, samples.cadence_rpm, samples.power_w];
        assert_eq!(channels.concat(), [30.5, 140.0, 3.5, 86.0, 210.0]);
        assert_eq!(recording.totals.distance_m, None);
    }

    #[test]
    fn laps_without_points_make_a_recording() {
        let recording = &check(LAPS)[0];
        assert_eq!(recording.start_ms, 1_434_621_878_000);
        assert_eq!(recording.device.as_deref(), Some("A watch"));
        let totals = &recording.totals;
        assert_eq!(
            (totals.distance_m, totals.timer_s, totals.elapsed_s),
            (Some(1400.0), Some(400.0), Some(460.0))
        );
        // (140 · 300 + 160 · 100) / 400
        assert_eq!((totals.avg_hr_bpm, totals.max_hr_bpm), (Some(145.0), Some(150.0)));
        assert_eq!(
            (totals.avg_cadence_rpm, totals.avg_power_w, totals.strides),
            (Some(86.0), Some(250.0), Some(140.0))
        );
        let laps: Vec<_> =
            recording.laps.iter().map(|lap| (lap.start_s, lap.timer_s, lap.is_manual)).collect();
        assert_eq!(laps, [(0.0, 300.0, true), (360.0, 100.0, false)]);
    }

    #[test]
    fn lap_distances_that_count_from_the_start_are_told_from_those_of_laps() {
        let lap = |minute: usize, metres: usize, counter: &str| {
            format!(
                "<Lap StartTime='2015-06-18T10:{minute:02}:00Z'><TotalTimeSeconds>300</TotalTimeSeconds>
                <DistanceMeters>{metres}</DistanceMeters>{counter}</Lap>"
            )
        };
        let point = |minute: usize, metres: usize| {
            format!(
                "<Track><Trackpoint><Time>2015-06-18T10:{minute:02}:59Z</Time><DistanceMeters>{metres}</DistanceMeters>\
                </Trackpoint></Track>"
            )
        };
        let told = |laps: String| {
            let recording = check(&format!("<Activity Sport='Running'>{laps}</Activity>")).remove(0);
            (
                recording.totals.distance_m,
                recording.laps.iter().map(|lap| lap.distance_m.unwrap()).collect::<Vec<_>>(),
                recording.remarks.len(),
            )
        };
        let by_counter: String = (1..=3).map(|k| lap(5 * k, 1000 * k, &point(5 * k, 1000 * k))).collect();
        let by_speed: String = (1..=3).map(|k| lap(5 * k, 1000 * k, "")).collect();
        for laps in [by_counter, by_speed] {
            assert_eq!(told(laps), (Some(3000.0), vec![1000.0; 3], 1));
        }
        // A progression run looks alike, and its counter says that it is none.
        let faster: String = [(1, 500, 500), (2, 1000, 1500), (3, 1500, 3000)]
            .map(|(k, metres, counter)| lap(5 * k, metres, &point(5 * k, counter)))
            .concat();
        assert_eq!(told(faster), (Some(3000.0), vec![500.0, 1000.0, 1500.0], 0));
        // Counters of laps that each begin at nothing.
        let counters: String = (0..26).map(|k| point(5, 40 * k)).collect();
        let again: String = (1..=3).map(|k| lap(5 * k, 1000, &counters)).collect();
        let recording = check(&format!("<Activity>{again}</Activity>")).remove(0);
        assert_eq!(recording.samples.distance_m.last(), Some(&3000.0));
        assert_eq!(recording.remarks, ["its distances start again with each lap: joined"]);
    }

    #[test]
    fn times_in_ms_are_told_by_the_span() {
        let points = "<Track><Trackpoint><Time>2015-06-18T10:04:38Z</Time></Trackpoint>
            <Trackpoint><Time>2015-06-18T10:34:38Z</Time></Trackpoint></Track>";
        let timer = |seconds: &str, points: &str| {
            let lap = format!(
                "<Lap StartTime='2015-06-18T10:04:38Z'><TotalTimeSeconds>{seconds}</TotalTimeSeconds>{points}</Lap>"
            );
            let recording = check(&format!("<Activity>{lap}</Activity>")).remove(0);
            (recording.totals.timer_s, recording.remarks.len())
        };
        assert_eq!(timer("1795000", points), (Some(1795.0), 1));
        assert_eq!(timer("1795", points), (Some(1795.0), 0));
        assert_eq!(timer("1795000", ""), (Some(1795.0), 1));
        assert_eq!(timer("86400", ""), (Some(86_400.0), 0));
    }

    #[test]
    fn the_clock_of_the_runner_is_told_by_an_offset() {
        let recording = &check(
            "<Activity><Id>2015-06-18T12:04:38+02:00</Id><Lap><TotalTimeSeconds>9</TotalTimeSeconds></Lap></Activity>",
        )[0];
        assert_eq!((recording.start_ms, recording.utc_offset_s), (1_434_621_878_000, Some(7200)));
    }

    #[test]
    fn every_activity_is_a_recording_of_its_own() {
        let recordings = check(&format!("<Author><Name>not a watch</Name></Author>{LAPS}{LAPS}"));
        assert_eq!(recordings.len(), 2);
        assert_eq!(recordings[0], recordings[1]);
    }

    #[test]
    fn a_second_track_in_a_lap_is_a_break_and_the_next_lap_is_none() {
        let track = "<Track><Trackpoint><Time>2015-06-18T10:04:38Z</Time></Trackpoint></Track>";
        let recording =
            &check(&format!("<Activity><Lap>{track}{track}</Lap><Lap>{track}</Lap></Activity>"))[0];
        assert_eq!(recording.samples.segment_starts, [1]);
        assert_eq!(recording.sport, Sport::Unknown);
    }

    #[test]
    fn a_lap_that_starts_off_its_points_is_moved_to_them() {
        let point = "<Track><Trackpoint><Time>2015-06-18T10:04:38Z</Time></Trackpoint></Track>";
        let lap = format!("<Lap StartTime='2009-01-01T00:00:00Z'>{point}</Lap>");
        let recording = &check(&format!("<Activity>{lap}</Activity>"))[0];
        assert_eq!(recording.start_ms, 1_434_621_878_000);
        assert_eq!(recording.laps[0].start_s.to_bits(), 0.0_f64.to_bits());
    }

    #[test]
    fn what_is_no_recording_is_named() {
        let fails = |inner: &str| {
            let text = format!("<TrainingCenterDatabase>{inner}</TrainingCenterDatabase>");
            read(text.as_bytes()).unwrap_err()
        };
        let untimed = "<Track><Trackpoint><AltitudeMeters>1</AltitudeMeters></Trackpoint></Track>";
        assert_eq!(fails(&format!("<Courses><Course>{untimed}</Course></Courses>")), ReadError::Course);
        assert_eq!(fails(&format!("<Activity><Lap>{untimed}</Lap></Activity>")), ReadError::Course);
        assert_eq!(fails("<Workouts><Workout/></Workouts>").to_string(), "holds workouts and no activity");
        assert_eq!(fails("<Activity><Id>2015-06-18T10:04:38Z</Id></Activity>"), ReadError::NoSamples);
        assert!(matches!(fails("<Activity><!-- "), ReadError::Damaged { .. }));
    }

    #[test]
    fn a_file_that_breaks_off_keeps_the_points_before() {
        let text = "<TrainingCenterDatabase><Activity Sport='Running'><Lap><Track><Trackpoint>
            <Time>2015-06-18T10:04:38Z</Time></Trackpoint><Trackpoint><Time>2015";
        let recording = &read(text.as_bytes()).unwrap()[0];
        assert_eq!(recording.samples.len(), 1);
        assert_eq!(recording.remarks, ["damaged after 1 points: it ends too early"]);
        assert!(recording.is_salvaged);
    }

    #[test]
    fn laps_without_end_are_cut() {
        let lap = "<Lap StartTime='2015-06-18T10:04:38Z'><DistanceMeters>1</DistanceMeters></Lap>";
        let recordings = check(&format!("<Activity>{}</Activity>{LAPS}", lap.repeat(MAX_PARTS)));
        assert_eq!(recordings.len(), 1);
        assert_eq!(recordings[0].laps.len(), MAX_PARTS - 1);
        assert_eq!(recordings[0].remarks, ["damaged after 0 points: it has more than 100000 laps"]);
    }

    proptest! {
        #[test]
        fn no_damage_panics(at in any::<prop::sample::Index>(), with in prop::collection::vec(any::<u8>(), 0..4), n in 0_usize..40) {
            let mut bytes = LAPS.replace("<TriggerMethod>", "<Track><Trackpoint><Time>2015-06-18T10:04:38Z</Time>\
                <HeartRateBpm><Value>1</Value></HeartRateBpm></Trackpoint></Track><TriggerMethod>").into_bytes();
            let start = at.index(bytes.len());
            let end = (start + n).min(bytes.len());
            bytes.splice(start..end, with);
            for recording in read(&bytes).unwrap_or_default() {
                assert_sound(&recording.samples);
            }
        }
    }
}
