//! The only code that touches the output folder.
//!
//! Every file is written beside its place under another name and then renamed, so that an interrupted run leaves the
//! old report whole.

use super::{brief, calendar, charts, draw, json, page};
use crate::analysis::Analysis;
use crate::brief::Brief;
use crate::diff::{self, Report, Since};
use crate::error::Error;
use crate::notice::Notice;
use crate::table;
use rayon::prelude::*;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Everything of a report in one file.
const ANALYSIS: &str = "analysis.json";
/// The last report that was another one, whole: what the board compares with.
const PREVIOUS: &str = "previous.json";
/// What became of every file of an athlete.
pub(super) const IMPORT: &str = "import.json";

/// What was written.
#[derive(Debug, Clone)]
pub struct Written {
    /// The page to open first.
    pub page: PathBuf,
    /// What moved since the last report; `None` where the folder held none.
    pub since: Option<Since>,
    /// What the reader should know about the last report.
    pub notices: Vec<Notice>,
}

/// Writes the report of all athletes into a folder.
///
/// The folder then holds `index.html`, `analysis.json`, `tables/` with CSV and Parquet, and for each athlete a folder
/// with `report.html`, `brief.html`, `import.json`, `charts/`, `windows.ics` and `windows-busy.ics`; where it held another report before,
/// also that one's `analysis.json` as `previous.json`. A report that is made again is compared with the same one again, so
/// it is the same.
pub fn write(analyses: &[Analysis], folder: &Path, with_png: bool) -> Result<Written, Error> {
    for table in table::all(analyses)? {
        let path = folder.join("tables").join(table.name());
        file(&path.with_extension("csv"), &table.to_csv()?)?;
        file(&path.with_extension("parquet"), &table.to_parquet()?)?;
    }
    // A page is written and let go before its thread makes the next one, so there are as many in memory as threads.
    analyses.par_iter().try_for_each(|one| athlete(one, &folder.join(&one.athlete), with_png))?;
    let now = json::analysis_json(analyses)?;
    let mut notices = Vec::new();
    let since = last(folder, &now, &mut notices)?
        .and_then(|last| Some(diff::since(&last, &diff::parse(now.as_bytes()).ok()?)));
    let index = folder.join("index.html");
    file(&index, page::board(analyses, since.as_ref()).as_bytes())?;
    file(&folder.join(ANALYSIS), now.as_bytes())?;
    let page = match analyses {
        [only] => folder.join(&only.athlete).join("report.html"),
        _ => index,
    };
    Ok(Written { page, since, notices })
}

/// The last report of the folder that was another one than `now`, which stays in the folder beside it.
fn last(folder: &Path, now: &str, notices: &mut Vec<Notice>) -> Result<Option<Report>, Error> {
    let mut read = |name: &str| {
        let bytes = std::fs::read(folder.join(name)).ok()?;
        if bytes == now.as_bytes() {
            return None;
        }
        match diff::parse(&bytes) {
            Ok(report) => Some((bytes, report)),
            Err(problem) => {
                let text = format!("{problem}; what moved since that report is not told");
                notices.push(Notice::new(folder.join(name).display().to_string(), text));
                None
            }
        }
    };
    if let Some((bytes, report)) = read(ANALYSIS) {
        file(&folder.join(PREVIOUS), &bytes)?;
        return Ok(Some(report));
    }
    Ok(read(PREVIOUS).map(|(_, report)| report))
}

fn athlete(analysis: &Analysis, folder: &Path, with_png: bool) -> Result<(), Error> {
    file(&folder.join("report.html"), page::render(analysis)?.as_bytes())?;
    // Of a runner without a run there is nothing to say to a therapist.
    if page::has_brief(analysis) {
        let sheet = Brief::of(analysis, analysis.as_of)?;
        file(&folder.join(brief::FILE_NAME), brief::render(&sheet)?.as_bytes())?;
    }
    file(&folder.join(IMPORT), json::import_json(analysis)?.as_bytes())?;
    file(&folder.join("windows.ics"), calendar::ics(analysis).as_bytes())?;
    file(&folder.join("windows-busy.ics"), calendar::busy(analysis).as_bytes())?;
    for chart in charts::all(analysis) {
        let path = folder.join("charts").join(chart.id);
        let (width, height) = draw::natural_size(&chart);
        file(&path.with_extension("svg"), draw::svg(&chart, width, height)?.as_bytes())?;
        if with_png {
            file(&path.with_extension("png"), &draw::png(&chart, width, height)?)?;
        }
    }
    Ok(())
}

/// Writes one file whole or not at all.
pub fn file(path: &Path, content: &[u8]) -> Result<(), Error> {
    let failed = |cause: std::io::Error| Error::Output { path: path.to_owned(), cause };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A device or a pipe is written to; a rename would put a file in its place.
    if std::fs::metadata(path).is_ok_and(|target| !target.is_file() && !target.is_dir()) {
        return std::fs::write(path, content).map_err(failed);
    }
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        // A temporary file is readable by its owner alone; a report is a file like any other.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut temporary = builder.prefix(".legwork").tempfile_in(folder).map_err(failed)?;
    temporary.write_all(content).map_err(failed)?;
    temporary.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}
