use super::*;
use crate::model::RaceOrigin;
use std::fmt::Write;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// As of 2026-05-17, in the evening.
fn asked() -> Asked<'static> {
    Asked { as_of: day("2026-05-17"), has_run: true, zone: None, units: Units::Metric, races: &[] }
}

/// Reads a plan as of 2026-05-17.
fn told(name: &str, text: &str, zone: Option<&str>) -> (Plan, Vec<String>) {
    let zone = zone.map(|zone| zone.parse().unwrap());
    let reading = Reading { name, asked: Asked { zone, ..asked() } };
    let mut notices = Vec::new();
    let plan = of_bytes(text.as_bytes(), &reading, &mut notices).unwrap();
    (plan, notices.iter().map(ToString::to_string).collect())
}

fn csv(text: &str) -> (Plan, Vec<String>) {
    told(CSV, text, None)
}

fn calendar(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
}

fn event(start: &str, rest: &str) -> String {
    format!("BEGIN:VEVENT\r\nUID:a\r\nDTSTART{start}\r\n{rest}\r\nEND:VEVENT\r\n")
}

fn ics(events: &str) -> (Plan, Vec<String>) {
    told(ICS, &calendar(events), Some("Europe/Berlin"))
}

fn dates(plan: &Plan) -> Vec<String> {
    plan.runs.iter().map(|run| run.date.format("%m-%d").to_string()).collect()
}

#[test]
fn a_sheet_is_read_as_runners_write_it() {
    let (plan, said) = csv(
        "\u{feff}date;distance;duration;kind;title;start\n2026-05-19;12,5 km;;easy;;18:30\n2026-05-20;;1:10:00;;6x800m;\n\
         2026-05-21;;;rest;;\n2026-05-24;24;;long;Sunday;\n2026-05-26;;;;10 km tempo;\n2026-05-30;;;;;\n",
    );
    assert!(said.is_empty(), "{said:?}");
    let found: Vec<_> = plan.runs.iter().map(|run| (run.kind, run.distance_m, run.duration_s)).collect();
    assert_eq!(
        found,
        [
            (SessionKind::Easy, Some(12_500.0), None),
            (SessionKind::Intervals, None, Some(4200.0)),
            (SessionKind::Long, Some(24_000.0), None),
            (SessionKind::Tempo, Some(10_000.0), None),
        ]
    );
    assert_eq!((plan.runs[0].start_min, plan.runs[0].title.as_str()), (Some(1110), "easy"));
    assert_eq!(plan.covers, Some((day("2026-05-19"), day("2026-05-30"))));
}

#[test]
fn bad_cells_and_days_of_a_sheet_are_named_and_the_rest_is_kept() {
    let (plan, said) = csv(
        "date,distance,kind,title\n20.05.2026,10,easy,\n2026-05-21,far,easy,\n2026-05-22,8,brisk,\n2026-05-01,8,easy,\n\
         2026-05-17,8,easy,\n2062-05-20,8,easy,\n2026-05-23,,,Yoga\n",
    );
    assert_eq!(dates(&plan), ["05-21", "05-22"]);
    assert_eq!(plan.runs[1].distance_m, Some(8000.0));
    assert_eq!(
        said,
        [
            "plan.csv:2: \"20.05.2026\" is no date; write 2026-05-20: row left out",
            "plan.csv:3: distance \"far\" is not understood; write one such as 12 km or 7.5 mi: distance left out, the rest of the row counts",
            "plan.csv:4: kind \"brisk\" is not one of easy, steady, long, tempo, intervals, hills, race, rest: kind left out, the rest of the row counts",
            "plan.csv: 2 entries lie on or before 2026-05-17: passed over, the files of the runs say what was run",
            "plan.csv: 1 entry lies after 2027-06-21: passed over",
            "plan.csv: 1 entry is no run: passed over (\"Yoga\")",
        ]
    );
}

#[test]
fn events_are_read_by_day_and_by_clock() {
    let events = [
        event(";VALUE=DATE:20260519", "SUMMARY:Langer Lauf 25 km"),
        event(":20260520T183000", "SUMMARY:Intervalle 6x800m\r\nDTEND:20260520T200000"),
        // 22:30 by UTC is half past midnight in Berlin.
        event(":20260520T223000Z", "SUMMARY:Easy run\r\nDURATION:PT1H10M"),
        event(";TZID=America/New_York:20260522T180000", "SUMMARY:Easy run 8 km"),
        event(":20260523T070000", "SUMMARY:Training\r\nDESCRIPTION:Tempo 8 km\\, then\r\n  stretching"),
        event(":20260524T070000", "SUMMARY:Easy 5 km\r\nSTATUS:CANCELLED"),
        event(":20260525T090000", "SUMMARY:Dentist"),
        event(":20260525T100000", "SUMMARY:Yoga"),
        event(";VALUE=DATE:20260526", "SUMMARY:Ruhetag"),
    ];
    let (plan, said) = ics(&events.concat());
    let found: Vec<_> = plan.runs.iter().map(|run| (run.date.to_string(), run.start_min, run.kind)).collect();
    assert_eq!(
        found,
        [
            ("2026-05-19".to_owned(), None, SessionKind::Long),
            ("2026-05-20".to_owned(), Some(1110), SessionKind::Intervals),
            ("2026-05-21".to_owned(), Some(30), SessionKind::Easy),
            ("2026-05-23".to_owned(), Some(0), SessionKind::Easy),
            ("2026-05-23".to_owned(), Some(420), SessionKind::Tempo),
        ]
    );
    let durations: Vec<_> = plan.runs.iter().map(|run| run.duration_s).collect();
    assert_eq!(durations, [None, Some(5400.0), Some(4200.0), None, None]);
    assert_eq!(plan.runs[4].distance_m, Some(8000.0));
    assert_eq!(plan.covers, Some((day("2026-05-19"), day("2026-05-26"))));
    assert_eq!(said, ["plan.ics: 2 entries are no runs: passed over (\"Dentist\", \"Yoga\")"]);
}

#[test]
fn series_are_laid_out() {
    let check = |start: &str, rest: &str, expected: &[&str]| {
        let (plan, said) = ics(&event(start, &format!("SUMMARY:Easy run 8 km\r\n{rest}")));
        assert_eq!(dates(&plan), expected, "{rest}");
        assert!(said.is_empty(), "{said:?}");
    };
    let tuesday = ":20260519T180000";
    check(tuesday, "RRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4", &["05-19", "05-21", "05-26", "05-28"]);
    check(tuesday, "RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20260616T160000Z", &["05-19", "06-02", "06-16"]);
    check(tuesday, "RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20260616T155959Z", &["05-19", "06-02"]);
    check(";VALUE=DATE:20260519", "RRULE:FREQ=DAILY;UNTIL=20260521", &["05-19", "05-20", "05-21"]);
    check(tuesday, "RRULE:FREQ=MONTHLY;BYDAY=-1SU;COUNT=3", &["05-31", "06-28", "07-26"]);
    check(
        tuesday,
        "RRULE:FREQ=WEEKLY;COUNT=4\r\nEXDATE:20260526T180000\r\nEXDATE;VALUE=DATE:20260602",
        &["05-19", "06-09"],
    );
    // It has run for years; what lies behind is no row of the past.
    check(":20200107T180000", "RRULE:FREQ=WEEKLY;UNTIL=20260527T000000Z", &["05-19", "05-26"]);
    // On the wall of Berlin it stays six o'clock when the clocks go back.
    let (plan, _) =
        ics(&event(";TZID=Europe/Berlin:20261022T180000", "SUMMARY:Easy run\r\nRRULE:FREQ=WEEKLY;COUNT=2"));
    assert_eq!(plan.runs.iter().map(|run| run.start_min).collect::<Vec<_>>(), [Some(1080), Some(1080)]);
    assert_eq!(dates(&plan), ["10-22", "10-29"]);
}

#[test]
fn an_instance_that_was_moved_counts_where_it_was_moved_to() {
    let events = [
        event(":20260519T180000", "SUMMARY:Easy run\r\nRRULE:FREQ=WEEKLY;COUNT=3"),
        event(":20260527T180000", "SUMMARY:Easy run\r\nRECURRENCE-ID:20260526T180000"),
        event(":20260602T180000", "SUMMARY:Easy run\r\nRECURRENCE-ID:20260602T180000\r\nSTATUS:CANCELLED"),
    ];
    assert_eq!(dates(&ics(&events.concat()).0), ["05-19", "05-27"]);
}

#[test]
fn broken_events_cost_no_other() {
    let events = [
        "BEGIN:VEVENT\r\nSUMMARY:Run\r\nEND:VEVENT\r\n".to_owned(),
        event(":soon", "SUMMARY:Run"),
        event(":20260519T180000", "SUMMARY:Easy run\r\nRRULE:FREQ=SECONDLY"),
        event(
            ":20260520T180000",
            "SUMMARY:Easy run\r\nBEGIN:VALARM\r\nTRIGGER:-PT1H\r\nSUMMARY:Yoga\r\nEND:VALARM",
        ),
        "BEGIN:VEVENT\r\nSUMMARY:Run\r\n".to_owned(),
    ];
    let (plan, said) = ics(&events.concat());
    assert_eq!(dates(&plan), ["05-19", "05-20"]);
    assert_eq!(said.len(), 4, "{said:?}");
    assert!(said.contains(&"plan.ics:3: event without DTSTART: event left out".to_owned()), "{said:?}");
    assert!(said.iter().any(|text| text.contains("DTSTART \"soon\" is no date of a calendar")), "{said:?}");
    assert!(said.iter().any(|text| text.contains("RRULE \"FREQ=SECONDLY\" is not understood")), "{said:?}");
    assert!(said.iter().any(|text| text.contains("event without END:VEVENT")), "{said:?}");
}

#[test]
fn hostile_rules_end() {
    for rule in [
        "FREQ=DAILY",
        "FREQ=SECONDLY;INTERVAL=1",
        "FREQ=DAILY;COUNT=4294967295",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=WE",
        "FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,1,2,3;BYSECOND=0,1,2,3",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=99999999999",
        "FREQ=WEEKLY;BYDAY=53MO",
        "FREQ=MONTHLY;UNTIL=99991231T235959Z",
        "FREQ=;;==",
    ] {
        for start in [":20260518T180000", ":19000101T000000", ":00010101T000000Z", ":99991231T235959Z"] {
            let (plan, _) = ics(&event(start, &format!("SUMMARY:Easy run\r\nRRULE:{rule}")));
            assert!(plan.runs.len() <= MAX_DAYS as usize, "{rule}: {}", plan.runs.len());
        }
    }
    let (plan, _) = ics(&event(":20260518T180000", "SUMMARY:Easy run\r\nRRULE:FREQ=DAILY"));
    assert_eq!(plan.runs.len(), MAX_DAYS as usize);
    // A thousand series that were over before the plan begins.
    let old = event(":20000518T180000", "SUMMARY:Easy run\r\nRRULE:FREQ=DAILY;COUNT=9000");
    let (plan, said) = ics(&old.repeat(1000));
    assert!(plan.runs.is_empty());
    assert_eq!(said, ["plan.ics: has more than 200 series of runs; those after are left out"]);
    // Nests are not followed down.
    ics(&format!("BEGIN:VEVENT\r\n{}", "BEGIN:VALARM\r\n".repeat(100_000)));
}

#[test]
fn races_of_a_plan_join_those_of_the_config() {
    let (plan, _) = csv(
        "date,distance,kind,title\n2026-05-31,42.2 km,race,City marathon\n2026-06-14,10,race,Summer 10k (A)\n\
         2026-06-21,5,race,\n2026-06-28,,race,Relay\n2026-07-05,10,race,Village run\n",
    );
    let race = |date: &str, distance_m: f64| crate::model::Race {
        date: day(date),
        name: "Mine".to_owned(),
        distance_m,
        priority: 'A',
        origin: RaceOrigin::Config,
    };
    let mut notices = Vec::new();
    let config = [race("2026-05-31", 42_195.0), race("2026-07-05", 21_097.5)];
    let races = join(&config, &plan, &mut notices);
    let found: Vec<_> = races.iter().map(|race| (race.name.as_str(), race.priority, race.origin)).collect();
    assert_eq!(
        found,
        [
            ("Mine", 'A', RaceOrigin::Config),
            ("Summer 10k", 'A', RaceOrigin::Plan),
            ("5 km race", 'B', RaceOrigin::Plan),
            ("Mine", 'A', RaceOrigin::Config),
        ]
    );
    let said: Vec<String> = notices.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("\"Relay\" of 2026-06-28 has no distance"), "{said:?}");
    assert!(said[1].contains("two races on 2026-07-05: \"Village run\" is left out"), "{said:?}");
}

#[test]
fn what_is_planned_for_today_counts_until_it_is_run() {
    let text = "date,distance,kind,title\n2026-05-16,5,easy,\n2026-05-17,8,easy,\n2026-05-18,6,easy,\n";
    let mut notices = Vec::new();
    let reading = Reading { name: CSV, asked: Asked { has_run: false, ..asked() } };
    let plan = of_bytes(text.as_bytes(), &reading, &mut notices).unwrap();
    assert_eq!(dates(&plan), ["05-17", "05-18"]);
    assert_eq!(plan.on(day("2026-05-17")).count(), 1);
    assert!(notices[0].text.starts_with("1 entry lies before 2026-05-17: passed over"), "{notices:?}");
    let (plan, said) = csv(text);
    assert_eq!(dates(&plan), ["05-18"]);
    assert!(said[0].contains("2 entries lie on or before 2026-05-17"), "{said:?}");
}

#[test]
fn a_race_by_its_title_alone_is_told() {
    let events = [
        event(";VALUE=DATE:20260524", "SUMMARY:City marathon"),
        event(";VALUE=DATE:20260531", "SUMMARY:Halbmarathon (B)"),
        event(";VALUE=DATE:20260607", "SUMMARY:Lake 10k race"),
    ];
    let told = "plan.ics: taken as race: \"City marathon\", 42.2 km, on 2026-05-24; name it in legwork.toml if it is one, rename it if not";
    let (plan, said) = ics(&events.concat());
    assert_eq!(plan.races().len(), 3);
    assert_eq!(said, [told]);
    let listed = crate::model::Race {
        date: day("2026-05-24"),
        name: "Mine".to_owned(),
        distance_m: 42_195.0,
        priority: 'A',
        origin: RaceOrigin::Config,
    };
    let mut notices = Vec::new();
    let reading = Reading { name: ICS, asked: Asked { races: &[listed], ..asked() } };
    of_bytes(calendar(&events.concat()).as_bytes(), &reading, &mut notices).unwrap();
    assert!(notices.is_empty(), "{notices:?}");
    let (_, said) = csv(
        "date,distance,kind,title\n2026-05-24,marathon,race,City marathon\n2026-05-31,,,Berlin Marathon\n",
    );
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("plan.csv: taken as race: \"Berlin Marathon\""), "{said:?}");
}

#[test]
fn entries_passed_over_are_named_and_a_rest_of_nothing_is_one() {
    let event = |title: &str| event(";VALUE=DATE:20260525", &format!("SUMMARY:{title}"));
    let titles = ["Yoga", "School run with kids", "Yoga", "Dinner", "Marathon Expo: pick up number"];
    let (plan, said) = ics(&titles.map(event).concat());
    assert!(plan.runs.is_empty());
    assert!(
        said[0].ends_with(
            "5 entries are no runs: passed over (\"Yoga\", \"School run with kids\", \"Dinner\" and others)"
        ),
        "{said:?}"
    );
    let (plan, said) =
        csv("date,distance,kind\n2026-05-20,0,rest\n2026-05-21,0 km,easy\n2026-05-22,-5 km,easy\n");
    assert_eq!(plan.runs.iter().map(|run| run.distance_m).collect::<Vec<_>>(), [None, None]);
    assert_eq!(
        said,
        [
            "plan.csv:3: distance \"0 km\" is not more than 0 and up to 330 km: distance left out, the rest of the row counts",
            "plan.csv:4: distance \"-5 km\" is not more than 0 and up to 330 km: distance left out, the rest of the row counts",
        ]
    );
}

#[test]
fn of_two_files_the_calendar_counts_and_a_named_file_must_be_a_plan() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let mut notices = Vec::new();
    let read = |notices: &mut Vec<Notice>| read(folder.path(), &asked(), notices);
    assert_eq!(read(&mut notices), Plan::default());
    std::fs::write(path(CSV), "date,distance\n2026-05-20,10\n2026-05-21,10\n").unwrap();
    assert_eq!(read(&mut notices).runs.len(), 2);
    assert!(notices.is_empty());
    std::fs::write(path(ICS), calendar(&event(":20260519T180000", "SUMMARY:Easy run"))).unwrap();
    assert_eq!(dates(&read(&mut notices)), ["05-19"]);
    assert_eq!(
        notices[0].to_string(),
        "plan.csv: is not read: plan.ics stands beside it; keep one of the two"
    );

    let named = |name: &str| read_file(&path(name), &asked(), &mut Vec::new());
    assert_eq!(named(CSV).unwrap().runs.len(), 2);
    std::fs::write(path("other.txt"), calendar(&event(":20260519T180000", "SUMMARY:Easy run"))).unwrap();
    assert_eq!(named("other.txt").unwrap().runs.len(), 1);
    std::fs::write(path("other.ics"), "date,distance\n").unwrap();
    std::fs::write(path("old.csv"), "date,distance\n2026-05-16,10\n2026-05-18,rest\n").unwrap();
    for (name, part) in [
        ("none.csv", "cannot be read"),
        ("other.ics", "is no calendar"),
        ("old.csv", "holds no run after 2026-05-17 (distance \"rest\" is not understood"),
    ] {
        let error = named(name).unwrap_err();
        assert_eq!(error.exit_code(), 2);
        assert!(error.to_string().contains(part), "{error}");
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_are_too_odd(
        bytes: Vec<u8>,
        lines in proptest::collection::vec(
            "(BEGIN:VEVENT|END:VEVENT|SUMMARY:(Run|Easy 8 km|6x800m)|DTSTART[:;=A-Z0-9/]{0,20}|DTSTART:2026052[0-9]|RRULE:[A-Z=;0-9,-]{0,30}|RRULE:FREQ=(DAILY|WEEKLY|MONTHLY);(INTERVAL|COUNT)=[0-9]{1,4}|EXDATE:2026052[0-9]|[ -~]{0,20})",
            0..20,
        ),
        cells in "[0-9a-z:,. \n-]{0,120}",
    ) {
        let as_of = day("2026-05-17");
        let mut event = String::new();
        for line in &lines {
            writeln!(event, "{line}").unwrap();
        }
        let texts = [
            bytes,
            calendar(&event).into_bytes(),
            format!("date,distance,duration,kind,title,start\n{cells}\n2026-05-20,{cells}").into_bytes(),
        ];
        for (bytes, name) in texts.iter().flat_map(|bytes| [(bytes, CSV), (bytes, ICS)]) {
            let reading = Reading { name, asked: Asked { units: Units::Imperial, ..asked() } };
            let Ok(plan) = of_bytes(bytes, &reading, &mut Vec::new()) else { continue };
            for run in &plan.runs {
                proptest::prop_assert!(plan.covers(run.date) && run.date > as_of && run.date <= reading.last());
                proptest::prop_assert!(run.distance_m.is_none_or(|metres| metres > 0.0));
                proptest::prop_assert!(run.start_min.is_none_or(|minute| minute < 1440));
            }
        }
    }
}
