//! Names of sports as platforms write them: `trail_running`, `VirtualRun`, `Biking`, `Laufband`.

use super::Sport;

/// Parts of names, in lower case, with what they stand for: the first that is found counts, so a part that stands within
/// another word comes after it.
const PARTS: [(&str, Sport); 78] = [
    // What only sounds like a sport of endurance.
    ("motor", Sport::Other),
    ("horse", Sport::Other),
    ("water ski", Sport::Other),
    ("waterski", Sport::Other),
    ("skateboard", Sport::Other),
    ("snowboard", Sport::Other),
    ("alpine", Sport::Other),
    ("resort", Sport::Other),
    ("strength", Sport::Other),
    ("swimrun", Sport::Other),
    ("swim run", Sport::Other),
    ("athlon", Sport::Other),
    ("multisport", Sport::Other),
    ("wheelchair", Sport::OtherEndurance),
    ("rollstuhl", Sport::OtherEndurance),
    ("snowshoe", Sport::OtherEndurance),
    ("schneeschuh", Sport::OtherEndurance),
    ("langlauf", Sport::Skiing),
    ("ski", Sport::Skiing),
    ("eislauf", Sport::OtherEndurance),
    ("skat", Sport::OtherEndurance),
    // On a belt; the belt to walk on before it.
    ("walking pad", Sport::Walking),
    ("treadmill", Sport::TreadmillRunning),
    ("laufband", Sport::TreadmillRunning),
    ("tapis", Sport::TreadmillRunning),
    ("indoor run", Sport::TreadmillRunning),
    ("virtual run", Sport::VirtualRunning),
    ("virtualrun", Sport::VirtualRunning),
    ("virtueller lauf", Sport::VirtualRunning),
    // Off the road and on the track.
    ("trail run", Sport::TrailRunning),
    ("trailrun", Sport::TrailRunning),
    ("traillauf", Sport::TrailRunning),
    ("trail lauf", Sport::TrailRunning),
    ("geländelauf", Sport::TrailRunning),
    ("course de trail", Sport::TrailRunning),
    ("orienteering", Sport::TrailRunning),
    ("orientierungslauf", Sport::TrailRunning),
    ("track run", Sport::TrackRunning),
    ("bahnlauf", Sport::TrackRunning),
    // By bike, before words that end alike.
    ("cycl", Sport::Cycling),
    ("cicl", Sport::Cycling),
    ("bike", Sport::Cycling),
    ("biking", Sport::Cycling),
    ("bici", Sport::Cycling),
    ("velo", Sport::Cycling),
    ("vélo", Sport::Cycling),
    ("rad", Sport::Cycling),
    ("fiets", Sport::Cycling),
    ("ride", Sport::Cycling),
    ("spin", Sport::Cycling),
    ("swim", Sport::Swimming),
    ("schwimm", Sport::Swimming),
    ("natation", Sport::Swimming),
    ("rowing", Sport::Rowing),
    ("rower", Sport::Rowing),
    ("virtualrow", Sport::Rowing),
    ("ruder", Sport::Rowing),
    ("elliptical", Sport::OtherEndurance),
    ("ellipsen", Sport::OtherEndurance),
    ("crosstrainer", Sport::OtherEndurance),
    ("stair", Sport::OtherEndurance),
    ("treppen", Sport::OtherEndurance),
    ("floor climb", Sport::OtherEndurance),
    ("paddl", Sport::OtherEndurance),
    ("kayak", Sport::OtherEndurance),
    ("canoe", Sport::OtherEndurance),
    ("mountaineer", Sport::OtherEndurance),
    ("cardio", Sport::OtherEndurance),
    // On foot.
    ("ruck", Sport::Rucking),
    ("hik", Sport::Hiking),
    ("wander", Sport::Hiking),
    ("randonn", Sport::Hiking),
    ("walk", Sport::Walking),
    ("gehen", Sport::Walking),
    ("spazier", Sport::Walking),
    ("marche", Sport::Walking),
    ("run", Sport::Running),
    ("jog", Sport::Running),
];

/// Other names of running, found after all others.
const RUNNING: [&str; 6] = ["lauf", "course à pied", "course a pied", "carrera", "corsa", "corrida"];

/// Numbers that Strava wrote into GPX for some years.
const NUMBERS: [(&str, Sport); 4] =
    [("1", Sport::Cycling), ("4", Sport::Hiking), ("9", Sport::Running), ("10", Sport::Walking)];

/// What says that no sport is said.
const SILENT: [&str; 6] = ["", "other", "unknown", "generic", "track", "uncategorized"];

pub(super) fn sport(name: &str) -> Sport {
    let name = name.trim().to_lowercase().replace(['_', '-'], " ");
    if SILENT.contains(&name.as_str()) {
        return Sport::Unknown;
    }
    if let Some((_, sport)) = NUMBERS.iter().find(|(number, _)| *number == name) {
        return *sport;
    }
    let found = PARTS.iter().find(|(part, _)| name.contains(part)).map(|(_, sport)| *sport);
    let is_running = || RUNNING.iter().any(|part| name.contains(part));
    match found.or_else(|| is_running().then_some(Sport::Running)) {
        // Words that may stand apart from that for running: "run on trail", "indoor track run".
        Some(Sport::Running | Sport::TrackRunning) => kind_of_run(&name),
        found => found.unwrap_or(Sport::Other),
    }
}

fn kind_of_run(name: &str) -> Sport {
    let has = |part: &str| name.contains(part);
    if has("trail") {
        Sport::TrailRunning
    } else if has("indoor") {
        Sport::TreadmillRunning
    } else if has("virtual") || has("virtuell") {
        Sport::VirtualRunning
    } else if has("track") || has("bahn") {
        Sport::TrackRunning
    } else {
        Sport::Running
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expected: Sport, names: &[&str]) {
        for name in names {
            assert_eq!(sport(name), expected, "{name}");
        }
    }

    #[test]
    fn names_of_sports_on_foot_are_known() {
        check(
            Sport::Running,
            &[
                "Run",
                "running",
                "RUNNING",
                "street_running",
                "road_running",
                "ultra_run",
                "obstacle_run",
                "Race Run",
                "Laufen",
                "Lauf",
                "Straßenlauf",
                "Hindernislauf",
                "Jogging",
                "Course à pied",
                "9",
            ],
        );
        check(
            Sport::TrailRunning,
            &["TrailRun", "Trail Run", "trail_running", "Traillauf", "Orienteering", "Orientierungslauf"],
        );
        check(
            Sport::TreadmillRunning,
            &["Treadmill", "treadmill_running", "indoor_running", "Laufband", "Indoor Track Run"],
        );
        check(Sport::TrackRunning, &["track_running", "Track Run", "Bahnlauf"]);
        check(Sport::VirtualRunning, &["VirtualRun", "virtual_run", "Virtual Run", "Virtueller Lauf"]);
        check(
            Sport::Walking,
            &["Walk", "walking", "casual_walking", "speed_walking", "Gehen", "Spaziergang", "10"],
        );
        check(Sport::Hiking, &["Hike", "hiking", "Wandern", "Wanderung", "Randonnée", "4"]);
        check(Sport::Rucking, &["rucking", "Ruck March"]);
    }

    #[test]
    fn names_of_other_sports_are_known() {
        check(
            Sport::Cycling,
            &[
                "Ride",
                "VirtualRide",
                "EBikeRide",
                "MountainBikeRide",
                "GravelRide",
                "Biking",
                "Radfahrt",
                "Radfahren",
                "road_biking",
                "indoor_cycling",
                "e_bike_fitness",
                "Handcycle",
                "Velomobile",
                "Vélo",
                "1",
            ],
        );
        check(Sport::Swimming, &["Swim", "lap_swimming", "open_water_swimming", "Schwimmen"]);
        check(Sport::Rowing, &["Rowing", "indoor_rowing", "VirtualRow", "Rudern"]);
        check(
            Sport::Skiing,
            &["NordicSki", "BackcountrySki", "RollerSki", "cross_country_skiing", "Langlauf", "Skilanglauf"],
        );
        check(
            Sport::OtherEndurance,
            &[
                "Elliptical",
                "StairStepper",
                "stair_climbing",
                "Snowshoe",
                "InlineSkate",
                "IceSkate",
                "Kayaking",
                "StandUpPaddling",
                "indoor_cardio",
                "Crosstrainer",
                "Wheelchair",
                "wheelchair_push_run",
                "Eislaufen",
                "Schneeschuhlaufen",
            ],
        );
        check(
            Sport::Other,
            &[
                "Yoga",
                "WeightTraining",
                "strength_training",
                "AlpineSki",
                "resort_skiing_snowboarding_ws",
                "Snowboard",
                "motorcycling",
                "horseback_riding",
                "multi_sport",
                "Triathlon",
                "swimrun",
                "Golf",
                "Workout",
            ],
        );
        check(Sport::Unknown, &["", " ", "Other", "unknown", "generic", "track"]);
    }

    #[test]
    fn no_part_hides_a_later_one() {
        for (at, (part, _)) in PARTS.iter().enumerate() {
            let hidden = PARTS[..at].iter().find(|(before, _)| part.contains(before));
            assert_eq!(hidden, None, "{part} is never found");
        }
    }
}
