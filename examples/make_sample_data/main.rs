//! Writes the folder `sample_data/`: recordings of three invented runners and the notes beside them.
//!
//! ```text
//! cargo run --release --example make_sample_data -- sample_data
//! ```
//!
//! The recordings and the mornings of a diary are computed and the same bytes every time. Config, plans, other diaries and
//! README are written by hand in `sample_data/` itself; they are carried along, so that the result in any folder is
//! complete.

mod generate;

use std::path::PathBuf;
use std::{env, fs, io};

/// The files that people write: path below `sample_data/`, text.
const BY_HAND: [(&str, &str); 7] = [
    ("README.md", include_str!("../../sample_data/README.md")),
    ("legwork.toml", include_str!("../../sample_data/legwork.toml")),
    ("marathon-build/plan.csv", include_str!("../../sample_data/marathon-build/plan.csv")),
    ("marathon-build/massage.csv", include_str!("../../sample_data/marathon-build/massage.csv")),
    ("club-runner/diary.csv", include_str!("../../sample_data/club-runner/diary.csv")),
    ("club-runner/massage.csv", include_str!("../../sample_data/club-runner/massage.csv")),
    ("club-runner/plan.ics", include_str!("../../sample_data/club-runner/plan.ics")),
];

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args_os().nth(1).unwrap_or_else(|| "sample_data".into()));
    let by_hand = BY_HAND.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let diary = ("marathon-build/diary.csv".to_owned(), generate::diary().into_bytes());
    for (path, bytes) in generate::recordings().into_iter().chain(by_hand).chain([diary]) {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes)?;
    }
    Ok(())
}
