//! The pictures of the README are of what the program makes now.

use crate::cli::legwork;
use std::fs;
use std::path::Path;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/reports/sample");

/// CRC-32 of a file, as `.ci/pictures` writes it down.
fn sum(path: &Path) -> String {
    let mut crc = flate2::Crc::new();
    crc.update(&fs::read(path).expect("the page is there"));
    format!("{:08x}", crc.sum())
}

#[test]
fn the_pictures_of_the_readme_are_of_today() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let output = legwork(&["report", "sample_data", "-o", folder.path().to_str().unwrap(), "-q"]);
    assert!(output.status.success());
    let made = fs::read_to_string(Path::new(SAMPLE).join("made_from.txt")).expect("the list is there");
    for line in made.lines() {
        let [picture, page, crc] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        assert!(Path::new(SAMPLE).join(picture).is_file(), "{picture}");
        assert_eq!(
            sum(&folder.path().join(page)),
            crc,
            "{page} has changed since {picture}: run .ci/pictures"
        );
    }
    for chart in ["weekly-mileage.svg", "tissue-weeks.svg"] {
        let now =
            fs::read(folder.path().join("marathon-build/charts").join(chart)).expect("the chart is there");
        let shown = fs::read(Path::new(SAMPLE).join(chart)).expect("the picture is there");
        assert!(now == shown, "{chart} has changed: run .ci/pictures");
    }
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("a README");
    let shown = readme.split("](reports/sample/").skip(1).filter_map(|rest| rest.split(')').next());
    assert!(shown.clone().count() >= 5);
    for picture in shown {
        assert!(Path::new(SAMPLE).join(picture).is_file(), "README shows {picture}, which is not there");
    }
}
