//! Recordings of three invented runners, the same bytes every time.
//!
//! Output: every recording of `sample_data/` as path and bytes. The way there: a plan gives sessions, a body
//! runs them on an invented course, a recorder keeps samples, a writer makes a file.
//! Invariant: nothing outside this folder enters, neither clock nor file nor order of a hash.

mod body;
mod course;
mod fit;
mod fit_encoder;
mod gpx;
mod maths;
mod mornings;
mod plan;
mod record;
mod rng;
mod runner;
mod session;
mod tcx;
mod xml;

use course::{Course, CourseKind};
use flate2::{Compression, GzBuilder};
pub use mornings::diary;
use rayon::prelude::*;
use record::Recorded;
use runner::Runner;
use session::{FileKind, Session};
use std::collections::BTreeMap;
use std::io::Write;

/// Every recording: path below `sample_data/`, bytes.
pub fn recordings() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let (marathoner, club, beginner) = (runner::marathon_build(), runner::club_runner(), runner::beginner());
    add_all(&mut files, &marathoner, &plan::marathon::sessions());
    add_all(&mut files, &club, &plan::club::sessions());
    add_all(&mut files, &beginner, &plan::beginner::sessions());
    add_second_recording(&mut files, &club);
    let course = Course::new(CourseKind::Rolling, club.home, club.base_m);
    let text = gpx::write_course("Spring 10k", &course, 10_000);
    files.insert(format!("{}/2026-05-24-spring-10k-course.gpx", club.id), text.into_bytes());
    files
}

fn add_all(files: &mut BTreeMap<String, Vec<u8>>, runner: &Runner, sessions: &[Session]) {
    let encoded = sessions.par_iter().map(|session| encode(runner, session, &body::run(runner, session)));
    for (session, bytes) in sessions.iter().zip(encoded.collect::<Vec<_>>()) {
        let before = files.insert(format!("{}/{}", runner.id, session.file_name()), bytes);
        assert!(before.is_none(), "two sessions share the name {}", session.file_name());
    }
}

/// One run of the club runner is there a second time, as an export that begins a few seconds later.
fn add_second_recording(files: &mut BTreeMap<String, Vec<u8>>, club: &Runner) {
    let session = plan::club::recorded_twice();
    let second = Session { file: FileKind::GpxGz, ..plan::club::recorded_twice() };
    let recorded = body::run(club, &session).without_first(2);
    files.insert(format!("{}/{}", club.id, second.file_name()), encode(club, &second, &recorded));
}

fn encode(runner: &Runner, session: &Session, recorded: &Recorded) -> Vec<u8> {
    match session.file {
        FileKind::Fit => fit::write(runner, session, recorded),
        FileKind::FitGz => gzip(&fit::write(runner, session, recorded)),
        FileKind::Gpx => gpx::write(session, recorded).into_bytes(),
        FileKind::GpxGz => gzip(gpx::write(session, recorded).as_bytes()),
        FileKind::Tcx => tcx::write(recorded).into_bytes(),
        FileKind::TcxGz => gzip(tcx::write(recorded).as_bytes()),
    }
}

/// Gzips without a name and without a time in the header.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzBuilder::new().write(Vec::new(), Compression::default());
    out.write_all(bytes).and_then(|()| out.finish()).expect("writing to memory never fails")
}
