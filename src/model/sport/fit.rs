//! Sport and sub-sport of the FIT profile, by number.

use super::Sport;

/// Number of a sport, that of a sub-sport where it matters, and what the two are. Of a sport the first row that fits
/// counts, so those with a sub-sport stand first; a sport without a row is another sport.
const TABLE: [(u8, Option<u8>, Sport); 45] = [
    // Running: treadmill, trail, track, indoor, virtual. Street, ultra and obstacle runs are plain running.
    (1, Some(1), Sport::TreadmillRunning),
    (1, Some(3), Sport::TrailRunning),
    (1, Some(4), Sport::TrackRunning),
    (1, Some(45), Sport::TreadmillRunning),
    (1, Some(58), Sport::VirtualRunning),
    // A wheelchair that was set under running.
    (1, Some(87), Sport::OtherEndurance),
    (1, None, Sport::Running),
    (2, None, Sport::Cycling),
    // Fitness equipment: treadmill, spinning, cycle, rower, elliptical, stairs, ski, walking belt.
    (4, Some(1), Sport::TreadmillRunning),
    (4, Some(5), Sport::Cycling),
    (4, Some(6), Sport::Cycling),
    (4, Some(14), Sport::Rowing),
    (4, Some(15), Sport::OtherEndurance),
    (4, Some(16), Sport::OtherEndurance),
    (4, Some(25), Sport::Skiing),
    (4, Some(26), Sport::OtherEndurance),
    (4, Some(27), Sport::Walking),
    (4, Some(45), Sport::TreadmillRunning),
    (5, None, Sport::Swimming),
    // Training: cardio.
    (10, Some(26), Sport::OtherEndurance),
    // Walking, casual and speed walking among it; with a pack it is rucking.
    (11, Some(86), Sport::OtherEndurance),
    (11, Some(124), Sport::Rucking),
    (11, None, Sport::Walking),
    (12, None, Sport::Skiing),
    // Alpine skiing and snowboarding go down; in the backcountry one climbs first.
    (13, Some(37), Sport::Skiing),
    (14, Some(37), Sport::Skiing),
    (15, None, Sport::Rowing),
    (16, None, Sport::OtherEndurance), // mountaineering
    (17, Some(124), Sport::Rucking),
    (17, None, Sport::Hiking),
    (19, None, Sport::OtherEndurance), // paddling
    (21, None, Sport::Cycling),        // with a motor's help
    (30, None, Sport::OtherEndurance), // inline skating
    (33, None, Sport::OtherEndurance), // ice skating
    (35, None, Sport::OtherEndurance), // snowshoeing
    (37, None, Sport::OtherEndurance), // standing on a board, paddling
    (41, None, Sport::OtherEndurance), // kayaking
    (45, Some(124), Sport::Rucking),   // tactical
    (48, None, Sport::OtherEndurance), // floor climbing
    (65, None, Sport::OtherEndurance), // wheelchair, at the speed of walking
    (66, None, Sport::OtherEndurance), // wheelchair, at the speed of running
    (84, None, Sport::OtherEndurance), // jump rope
    (88, None, Sport::OtherEndurance), // canoeing
    (0, None, Sport::Unknown),
    (255, None, Sport::Unknown), // the number of "not set"
];

pub(super) fn sport(sport: Option<u8>, sub_sport: Option<u8>) -> Sport {
    let Some(sport) = sport else { return Sport::Unknown };
    let fits = |(of, sub, _): &&(u8, Option<u8>, Sport)| *of == sport && (sub.is_none() || *sub == sub_sport);
    TABLE.iter().find(fits).map_or(Sport::Other, |row| row.2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fitparser::profile::field_types::{Sport as FitSport, SubSport};

    #[test]
    fn numbers_are_those_of_the_profile() {
        let of = |name: FitSport, sub: Option<SubSport>| sport(Some(name.as_u8()), sub.map(SubSport::as_u8));
        let plain = [
            (FitSport::Running, Sport::Running),
            (FitSport::Cycling, Sport::Cycling),
            (FitSport::EBiking, Sport::Cycling),
            (FitSport::Swimming, Sport::Swimming),
            (FitSport::Walking, Sport::Walking),
            (FitSport::Hiking, Sport::Hiking),
            (FitSport::CrossCountrySkiing, Sport::Skiing),
            (FitSport::AlpineSkiing, Sport::Other),
            (FitSport::Rowing, Sport::Rowing),
            (FitSport::Mountaineering, Sport::OtherEndurance),
            (FitSport::Paddling, Sport::OtherEndurance),
            (FitSport::InlineSkating, Sport::OtherEndurance),
            (FitSport::IceSkating, Sport::OtherEndurance),
            (FitSport::Snowshoeing, Sport::OtherEndurance),
            (FitSport::StandUpPaddleboarding, Sport::OtherEndurance),
            (FitSport::Kayaking, Sport::OtherEndurance),
            (FitSport::Canoeing, Sport::OtherEndurance),
            (FitSport::FloorClimbing, Sport::OtherEndurance),
            (FitSport::WheelchairPushWalk, Sport::OtherEndurance),
            (FitSport::WheelchairPushRun, Sport::OtherEndurance),
            (FitSport::JumpRope, Sport::OtherEndurance),
            (FitSport::Training, Sport::Other),
            (FitSport::FitnessEquipment, Sport::Other),
            (FitSport::Multisport, Sport::Other),
            (FitSport::Motorcycling, Sport::Other),
            (FitSport::Driving, Sport::Other),
            (FitSport::Generic, Sport::Unknown),
        ];
        for (name, expected) in plain {
            assert_eq!(of(name, None), expected, "{name}");
        }
        let with = [
            (FitSport::Running, SubSport::Treadmill, Sport::TreadmillRunning),
            (FitSport::Running, SubSport::IndoorRunning, Sport::TreadmillRunning),
            (FitSport::Running, SubSport::Street, Sport::Running),
            (FitSport::Running, SubSport::Trail, Sport::TrailRunning),
            (FitSport::Running, SubSport::Track, Sport::TrackRunning),
            (FitSport::Running, SubSport::VirtualActivity, Sport::VirtualRunning),
            (FitSport::Running, SubSport::Ultra, Sport::Running),
            (FitSport::Running, SubSport::Obstacle, Sport::Running),
            (FitSport::Running, SubSport::IndoorWheelchairRun, Sport::OtherEndurance),
            (FitSport::FitnessEquipment, SubSport::Treadmill, Sport::TreadmillRunning),
            (FitSport::FitnessEquipment, SubSport::Elliptical, Sport::OtherEndurance),
            (FitSport::FitnessEquipment, SubSport::StairClimbing, Sport::OtherEndurance),
            (FitSport::FitnessEquipment, SubSport::IndoorRowing, Sport::Rowing),
            (FitSport::FitnessEquipment, SubSport::IndoorCycling, Sport::Cycling),
            (FitSport::FitnessEquipment, SubSport::Spin, Sport::Cycling),
            (FitSport::FitnessEquipment, SubSport::IndoorSkiing, Sport::Skiing),
            (FitSport::FitnessEquipment, SubSport::IndoorWalking, Sport::Walking),
            (FitSport::Cycling, SubSport::VirtualActivity, Sport::Cycling),
            (FitSport::Cycling, SubSport::IndoorCycling, Sport::Cycling),
            (FitSport::Walking, SubSport::SpeedWalking, Sport::Walking),
            (FitSport::Walking, SubSport::CasualWalking, Sport::Walking),
            (FitSport::Hiking, SubSport::Rucking, Sport::Rucking),
            (FitSport::Tactical, SubSport::Rucking, Sport::Rucking),
            (FitSport::AlpineSkiing, SubSport::Backcountry, Sport::Skiing),
            (FitSport::AlpineSkiing, SubSport::Resort, Sport::Other),
            (FitSport::Training, SubSport::CardioTraining, Sport::OtherEndurance),
            (FitSport::Training, SubSport::StrengthTraining, Sport::Other),
            (FitSport::Generic, SubSport::Trail, Sport::Unknown),
        ];
        for (name, sub, expected) in with {
            assert_eq!(of(name, Some(sub)), expected, "{name}, {sub}");
        }
        assert_eq!(sport(None, Some(3)), Sport::Unknown);
        assert_eq!(sport(Some(255), None), Sport::Unknown);
    }

    #[test]
    fn no_row_stands_behind_one_that_takes_its_place() {
        for (at, row) in TABLE.iter().enumerate() {
            let hides = |before: &&(u8, Option<u8>, Sport)| {
                before.0 == row.0 && (before.1.is_none() || before.1 == row.1)
            };
            assert_eq!(TABLE[..at].iter().find(hides), None, "{row:?}");
        }
    }
}
