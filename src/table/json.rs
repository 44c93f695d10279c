//! A table as JSON.
//!
//! Input is a table, output one array with a line per row. Invariant: keys stand in the order of the columns.

use super::Table;
use super::cells::Cell;
use super::column::{Kind, json_text};
use crate::error::Error;

/// Renders the array; lists are real arrays.
pub(super) fn render(table: &Table) -> Result<Vec<u8>, Error> {
    let columns = table.all_cells()?;
    let keys: Vec<String> = columns.iter().map(|(doc, _)| json_text(&doc.name)).collect();
    let rows: Vec<String> = (0..table.n_rows())
        .map(|row| {
            let members: Vec<String> = columns
                .iter()
                .zip(&keys)
                .map(|((doc, cells), key)| format!("{key}:{}", value(doc.kind, cells.at(row))))
                .collect();
            format!("\n{{{}}}", members.join(","))
        })
        .collect();
    let end = if rows.is_empty() { "]\n" } else { "\n]\n" };
    Ok(format!("[{}{end}", rows.join(",")).into_bytes())
}

fn value(kind: Kind, cell: Cell<'_>) -> String {
    match (kind, cell) {
        (_, Cell::Null) => "null".to_owned(),
        (Kind::Json, Cell::Text(json)) => json.to_owned(),
        (Kind::Words, Cell::Text(words)) => {
            json_text(&words.split(';').filter(|word| !word.is_empty()).collect::<Vec<_>>())
        }
        (_, Cell::Text(text)) => json_text(&text),
        (_, Cell::Date(day)) => json_text(&day),
        (_, number) => number.plain(),
    }
}

#[cfg(test)]
mod tests {
    use crate::table::testing::analysis;
    use crate::table::{all, days, runs, windows};
    use serde_json::{Value, json};

    #[test]
    fn values_come_back() {
        let analyses = [analysis()];
        let rows: Value = serde_json::from_slice(&runs(&analyses).unwrap().to_json().unwrap()).unwrap();
        assert_eq!(rows[0]["title"], json!("Über \"Wall\", then;\nhome"));
        assert_eq!(rows[1]["distance_m"].as_f64(), analyses[0].runs[1].distance_m);
        assert_eq!(rows[0]["avg_power_w"], Value::Null);
        assert_eq!(rows[0]["notices"], json!(["checksum is wrong; every record was read"]));
        assert_eq!(rows[0]["sport"], json!("running"));
        assert_eq!(rows[0]["race"], json!(false));
    }

    #[test]
    fn lists_are_arrays() {
        let analyses = [analysis()];
        let rows: Value = serde_json::from_slice(&days(&analyses).unwrap().to_json().unwrap()).unwrap();
        assert_eq!(rows[0]["flags"], json!(["spike_session", "big_week"]));
        assert_eq!((&rows[1]["flags"], &rows[3]["flags"]), (&json!([]), &json!(["hr_at_pace"])));
        assert_eq!((&rows[0]["ceiling"], &rows[0]["need"]), (&json!("moderate"), &json!(0.8)));
        assert_eq!(rows[1]["ceiling"], Value::Null);
        let rows: Value = serde_json::from_slice(&windows(&analyses).unwrap().to_json().unwrap()).unwrap();
        assert_eq!(rows[0]["reasons"][0]["rule"], json!("R3"));
        assert_eq!(rows[0]["reasons"][0]["value"], json!(1.3));
        assert_eq!(rows[0]["reasons"][1]["grade"], json!("PC"));
        assert_eq!(rows[0]["avoid"][0]["date"], json!("2026-06-06"));
        assert_eq!(rows[0]["minutes"], json!(40));
    }

    #[test]
    fn keys_are_in_the_order_of_the_columns() {
        for table in all(&[analysis()]).unwrap() {
            let text = String::from_utf8(table.to_json().unwrap()).unwrap();
            let line = text.lines().nth(1).unwrap();
            let places: Vec<usize> =
                table.columns().iter().map(|doc| line.find(&format!("\"{}\":", doc.name)).unwrap()).collect();
            assert!(places.is_sorted(), "{line}");
        }
    }
}
