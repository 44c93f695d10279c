//! What the terminal says after a report: the sentences of each page's top, and where the pages are.

use super::{sentences, text};
use crate::analysis::Analysis;
use std::path::Path;

/// The summary of all athletes as lines for a terminal; `page` is the one to open first.
#[must_use]
pub fn text(analyses: &[Analysis], page: &Path, is_coloured: bool) -> String {
    let bold = |words: &str| if is_coloured { format!("\x1b[1m{words}\x1b[0m") } else { words.to_owned() };
    let mut lines = Vec::new();
    for one in analyses {
        let copies = one.runs.iter().filter(|run| !run.counts()).count();
        let runs = text::count(one.runs.len() - copies, "run");
        let files = text::count(one.n_files, "file");
        let twice =
            if copies > 0 { format!(", {} among them", text::count(copies, "copy")) } else { String::new() };
        lines.push(format!("{}  as of {}: {runs} in {files}{twice}", bold(&plain(&one.athlete)), one.as_of));
        for sentence in [sentences::load(one), sentences::window(one), sentences::race(one)] {
            lines.push(format!("  {}", plain(&sentence)));
        }
        lines.push(String::new());
    }
    lines.push(format!("Open {}", bold(&page.display().to_string())));
    lines.join("\n") + "\n"
}

/// A line for each athlete without a regular window ahead: what keeps it, and from when on one will fit; `None` where
/// everybody has one.
#[must_use]
pub fn no_window(analyses: &[&Analysis]) -> Option<String> {
    let line = |one: &&Analysis| {
        let said = match sentences::red_flag(one) {
            Some(_) => sentences::window(one),
            None => sentences::opening(one)?,
        };
        Some(format!("{}: {}\n", plain(&one.athlete), plain(&said)))
    };
    let lines: String = analyses.iter().filter_map(line).collect();
    (!lines.is_empty()).then_some(lines)
}

/// Text of files without control characters, which could steer a terminal.
#[must_use]
pub fn plain(text: &str) -> String {
    text::clean(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::opening::Opening;
    use crate::report::testing;

    #[test]
    fn who_has_no_regular_window_is_told_why() {
        let one = testing::sample(6);
        assert_eq!(no_window(&[&one]), None);
        let opening = Some(Opening { from: None, because: "a\u{1b}[0m race".into() });
        let kept = Analysis { athlete: "zoe\n".into(), opening, ..one.clone() };
        let said = no_window(&[&one, &kept]).unwrap();
        assert!(said.starts_with("zoe: No regular massage window; ") && said.lines().count() == 1, "{said}");
        assert!(!said.contains('\u{1b}'));
    }

    #[test]
    fn each_athlete_has_their_sentences_and_the_page_is_named() {
        let analysis = testing::sample(30);
        let said = text(std::slice::from_ref(&analysis), Path::new("reports/index.html"), false);
        assert!(said.starts_with(&format!("{}  as of {}", analysis.athlete, analysis.as_of)), "{said}");
        assert!(said.ends_with("Open reports/index.html\n"));
        assert!(!said.contains('\x1b'));
        assert!(text(&[analysis], Path::new("x"), true).contains("\x1b[1mx\x1b[0m"));
    }
}
