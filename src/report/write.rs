//! The only code that touches the output folder.
//!
//! Every file is written beside its place under another name and then renamed, so that an interrupted run leaves the
//! old report whole.

use super::{brief, calendar, charts, draw, json, page};
use crate::analysis::Analysis;
use crate::brief::Brief;
use crate::error::Error;
use crate::table;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Writes the report of all athletes into a folder; returns the page to open first.
///
/// The folder then holds `index.html`, `analysis.json`, `tables/` with CSV and Parquet, and for each athlete a folder
/// with `report.html`, `brief.html`, `charts/`, `windows.ics` and `windows-busy.ics`.
pub fn write(analyses: &[Analysis], folder: &Path, with_png: bool) -> Result<PathBuf, Error> {
    let links: Vec<String> = analyses.iter().map(|one| format!("{}/report.html", one.athlete)).collect();
    for table in table::all(analyses)? {
        let path = folder.join("tables").join(table.name());
        file(&path.with_extension("csv"), &table.to_csv()?)?;
        file(&path.with_extension("parquet"), &table.to_parquet()?)?;
    }
    file(&folder.join("analysis.json"), json::analysis_json(analyses)?.as_bytes())?;
    for one in analyses {
        athlete(one, &folder.join(&one.athlete), with_png)?;
    }
    let index = folder.join("index.html");
    file(&index, page::index(analyses, &links).as_bytes())?;
    match links.as_slice() {
        [only] => Ok(folder.join(only)),
        _ => Ok(index),
    }
}

fn athlete(analysis: &Analysis, folder: &Path, with_png: bool) -> Result<(), Error> {
    file(&folder.join("report.html"), page::render(analysis)?.as_bytes())?;
    // Of a runner without a run there is nothing to say to a therapist.
    if page::has_brief(analysis) {
        let sheet = Brief::of(analysis, analysis.as_of)?;
        file(&folder.join(brief::FILE_NAME), brief::render(&sheet)?.as_bytes())?;
    }
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
