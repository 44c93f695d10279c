//! Days of which the files do not tell, as an example: no run can show them.

use super::{comment, quoted};
use crate::analysis::Analysis;
use crate::config::keys;
use crate::model::calendar::minus;

/// Days from the gap that is made up to the day of the analysis, and how many it has after the first.
const EXAMPLE_DAYS: (u32, u32) = (30, 6);

/// A gap to uncomment.
pub(super) fn example(analysis: &Analysis) -> String {
    let heading = comment(
        "Days whose runs are not all on record, as an example: they count as unknown and never as rest. unknown.csv \
         beside the runs does the same.",
    );
    let about = |key: &keys::Key| comment(&format!("{}: {} ({}).", key.name, key.about, key.takes.words()));
    let about: String = keys::GAP.iter().map(about).collect();
    let (back, more) = EXAMPLE_DAYS;
    let (from, to) =
        (minus(analysis.as_of, back).to_string(), minus(analysis.as_of, back - more).to_string());
    let values = [("from", from.as_str()), ("to", to.as_str()), ("reason", "watch in repair")];
    let lines = values.map(|(key, value)| format!("# {key} = {}\n", quoted(value)));
    format!("\n{heading}{about}# [[athlete.gap]]\n{}", lines.concat())
}
