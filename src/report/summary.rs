//! What the terminal says after a report: of one runner the sentences of the page's top, of several the board, then what moved
//! since the last report, what became of the files, and which page to open.

use super::write::Written;
use super::{sentences, text};
use crate::analysis::Analysis;
use crate::board::Attention;
use crate::diff::{Changes, Since};
use crate::error::Error;
use crate::ledger::Ledger;
use crate::table;
use std::path::Path;

/// Runners that are shown.
const SHOWN: usize = 20;

/// How a terminal wants its lines.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// Letters in a line.
    pub width: u16,
    /// Are there colours?
    pub is_coloured: bool,
}

impl Terminal {
    /// Words in a colour of the terminal, by the number that it has in ANSI.
    fn paint(self, code: &str, words: &str) -> String {
        if self.is_coloured { format!("\x1b[{code}m{words}\x1b[0m") } else { words.to_owned() }
    }

    fn bold(self, words: &str) -> String {
        self.paint("1", words)
    }
}

/// The summary of all athletes as lines for a terminal.
pub fn text(analyses: &[Analysis], written: &Written, terminal: Terminal) -> Result<String, Error> {
    let mut lines = match analyses {
        [one] => runner(one, terminal),
        all => board(all, terminal)?,
    };
    lines.extend(written.since.iter().flat_map(|since| moved(since, analyses, terminal)));
    lines.push(String::new());
    lines.extend(account(analyses, written, terminal));
    lines.push(String::new());
    lines.push(format!("Open {}", terminal.bold(&shown(&written.page))));
    Ok(lines.join("\n").trim_start().to_owned() + "\n")
}

/// What became of the files in three lines: how many came to what, what was skipped, where the whole account is.
fn account(analyses: &[Analysis], written: &Written, terminal: Terminal) -> [String; 3] {
    let ledger = Ledger::joined(analyses.iter().map(|one| &one.ledger));
    let where_it_is = match analyses {
        [_] => shown(&written.page.with_file_name(super::write::IMPORT)),
        _ => format!("{} beside each runner's page", super::write::IMPORT),
    };
    let lines = [ledger.totals().sentence(), ledger.kinds(), format!("Every file: {where_it_is}")];
    lines.map(|line| text::wrapped(&line, terminal.width.into(), 2))
}

/// A path as far as a terminal may show it.
fn shown(page: &Path) -> String {
    plain(&page.display().to_string())
}

/// One runner, and the three sentences.
fn runner(one: &Analysis, terminal: Terminal) -> Vec<String> {
    let runs = text::count(one.runs.iter().filter(|run| run.counts()).count(), "run");
    let name = text::upright(&plain(&one.athlete));
    let head = format!("{name}  as of {}: {runs}", one.as_of);
    let head = text::wrapped(&head, terminal.width.into(), 2);
    let mut lines = vec![head.replacen(&name, &terminal.bold(&name), 1)];
    let said =
        [("Load", sentences::load(one)), ("Massage", sentences::window(one)), ("Race", sentences::race(one))];
    for (title, sentence) in said {
        let wrapped = text::wrapped(&format!("  {title:<9}{}", plain(&sentence)), terminal.width.into(), 11);
        lines.push(wrapped.replacen(title, &terminal.bold(title), 1));
    }
    lines
}

/// How many there are of each kind, and the first of them.
fn board(all: &[Analysis], terminal: Terminal) -> Result<Vec<String>, Error> {
    let rows = crate::board::rows(all);
    let n_of = |attention: Attention| rows.iter().filter(|(_, row)| row.attention == attention).count();
    let tally = Attention::ALL.into_iter().filter(|one| n_of(*one) > 0);
    let tally: Vec<String> = tally.map(|one| format!("{} {}", look(one, terminal), n_of(one))).collect();
    let mut lines = vec![
        format!("{}: {}", terminal.bold(&text::count(all.len(), "runner")), tally.join(", ")),
        String::new(),
    ];
    if let Some((first, _)) = rows.first() {
        let table = table::board(all)?.first(SHOWN).to_text(first.units, terminal.width)?;
        lines.extend(coloured(&table, terminal).lines().map(str::to_owned));
    }
    if rows.len() > SHOWN {
        lines.push(format!("and {} more on the board", rows.len() - SHOWN));
    }
    Ok(lines)
}

/// Shape and words of what asks for a look.
fn look(one: Attention, terminal: Terminal) -> String {
    let code = match one {
        Attention::RedFlag => "1;7",
        Attention::Load => "33",
        Attention::Massage => "35",
        Attention::Signals => "36",
        Attention::Gaps | Attention::None => "2",
    };
    terminal.paint(code, &format!("{} {}", one.symbol(), one.words()))
}

/// A table of the terminal with its head bold and the shapes of a board in colour, where the terminal wants colours.
#[must_use]
pub fn coloured(table: &str, terminal: Terminal) -> String {
    let line = |(at, line): (usize, &str)| match at {
        0 => terminal.bold(line) + "\n",
        _ => painted(line, terminal) + "\n",
    };
    table.lines().enumerate().map(line).collect()
}

/// A line of the board with its shape in colour.
fn painted(line: &str, terminal: Terminal) -> String {
    let uncoloured = Terminal { is_coloured: false, ..terminal };
    let found = Attention::ALL.into_iter().find(|one| line.contains(&look(*one, uncoloured)));
    found
        .map_or_else(|| line.to_owned(), |one| line.replacen(&look(one, uncoloured), &look(one, terminal), 1))
}

/// What moved since the last report, one line an athlete.
fn moved(since: &Since, analyses: &[Analysis], terminal: Terminal) -> Vec<String> {
    if since.is_empty() {
        return Vec::new();
    }
    let day = since.as_of.map_or_else(String::new, |day| format!(", as of {day}"));
    let mut lines = vec![String::new(), terminal.bold(&format!("Since the last report{day}"))];
    let line = |text: String| text::short_wide(&text, terminal.width.into());
    let one = |one: &Changes| {
        let units = analyses.iter().find(|analysis| analysis.athlete == one.athlete).map(|one| one.units);
        let words = plain(&one.words(units.unwrap_or_default()).join("; "));
        if analyses.len() == 1 { words } else { format!("{}: {words}", text::upright(&plain(&one.athlete))) }
    };
    lines.extend(since.athletes.iter().take(SHOWN).map(|changes| line(format!("  Δ {}", one(changes)))));
    if since.athletes.len() > SHOWN {
        lines.push(format!("  and {} more on the board", since.athletes.len() - SHOWN));
    }
    for (names, what) in [(&since.new, "new"), (&since.gone, "not in this report")] {
        if !names.is_empty() {
            lines.push(line(format!("  {what}: {}", plain(&names.join(", ")))));
        }
    }
    lines
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

    fn written(since: Option<Since>) -> Written {
        Written { page: "reports/index.html".into(), since, notices: Vec::new() }
    }

    const PLAIN: Terminal = Terminal { width: 60, is_coloured: false };

    #[test]
    fn one_runner_has_three_sentences_that_hang() {
        let analysis = testing::sample(30);
        let all = std::slice::from_ref(&analysis);
        let said = text(all, &written(None), PLAIN).unwrap();
        assert!(said.starts_with(&format!("{}  as of {}", analysis.athlete, analysis.as_of)), "{said}");
        assert!(said.ends_with("Open reports/index.html\n") && !said.contains('\x1b'));
        assert!(said.lines().all(|line| line.chars().count() <= 60), "{said}");
        let hanging = said.lines().filter(|line| line.starts_with("           ")).count();
        assert!(hanging >= 4 && said.contains("\n  Massage  A massage window"), "{said}");
        let coloured = text(all, &written(None), Terminal { is_coloured: true, ..PLAIN }).unwrap();
        assert!(coloured.contains("\x1b[1mreports/index.html\x1b[0m"));
    }

    #[test]
    fn several_are_a_board_of_at_most_twenty() {
        let named = |n: usize| Analysis { athlete: format!("runner-{n:02}"), ..testing::sample(6) };
        let all: Vec<Analysis> = (0..23).map(named).collect();
        let said = text(&all, &written(None), Terminal { width: 100, is_coloured: false }).unwrap();
        assert!(said.starts_with("23 runners: ") && said.contains("and 3 more on the board"), "{said}");
        assert_eq!(said.matches("runner-").count(), 20);
        let coloured = text(&all, &written(None), Terminal { width: 100, is_coloured: true }).unwrap();
        let mut bare = coloured.clone();
        for code in ["\x1b[0m", "\x1b[1m", "\x1b[1;7m", "\x1b[33m", "\x1b[35m", "\x1b[36m", "\x1b[2m"] {
            bare = bare.replace(code, "");
        }
        assert!(bare == said && coloured != said, "{coloured}");
    }

    #[test]
    fn what_moved_is_a_line_each() {
        let one = testing::sample(6);
        let changes = Changes { athlete: one.athlete.clone(), new_runs: (1, 8000.0), ..Changes::default() };
        let since = Since { gone: vec!["a\u{1b}b".into()], athletes: vec![changes], ..Since::default() };
        let said = text(&[one], &written(Some(since)), PLAIN).unwrap();
        assert!(said.contains("\nSince the last report\n  Δ 1 new run (8.0 km)\n"), "{said}");
        assert!(said.contains("  not in this report: a b\n"));
    }
}
