//! A table as a Parquet file.
//!
//! Input is a table, output the bytes of a file with one row group. Invariant: same table, same bytes.

use super::cells::Cells;
use super::{Kind, Table};
use crate::error::Error;
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::Result as ParquetResult;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use std::sync::Arc;

/// Renders the file.
pub(super) fn render(table: &Table) -> Result<Vec<u8>, Error> {
    let columns = table.all_cells()?;
    let written = || -> ParquetResult<Vec<u8>> {
        let properties = WriterProperties::builder()
            .set_created_by(concat!("legwork ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let mut file = SerializedFileWriter::new(Vec::new(), schema(table)?, Arc::new(properties))?;
        let mut group = file.next_row_group()?;
        let mut rest = columns.iter();
        while let (Some(mut writer), Some((_, cells))) = (group.next_column()?, rest.next()) {
            write(&mut writer, cells)?;
            writer.close()?;
        }
        group.close()?;
        file.into_inner()
    };
    written().map_err(|cause| Error::internal(format!("{}.parquet", table.name()), cause))
}

/// Optional columns of the table's names and kinds.
fn schema(table: &Table) -> ParquetResult<Arc<Type>> {
    let fields: Vec<Arc<Type>> = table
        .columns()
        .iter()
        .map(|doc| {
            let (physical, logical) = match doc.kind {
                Kind::Float => (Physical::DOUBLE, None),
                Kind::Integer => (Physical::INT64, None),
                Kind::Bool => (Physical::BOOLEAN, None),
                Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
                Kind::Text | Kind::Words | Kind::Json => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            };
            Type::primitive_type_builder(doc.name, physical)
                .with_repetition(Repetition::OPTIONAL)
                .with_logical_type(logical)
                .build()
                .map(Arc::new)
        })
        .collect::<ParquetResult<_>>()?;
    Type::group_type_builder(table.name()).with_fields(fields).build().map(Arc::new)
}

fn write(writer: &mut SerializedColumnWriter<'_>, cells: &Cells<'_>) -> ParquetResult<()> {
    match cells {
        Cells::Float(values) => write_as::<DoubleType>(writer, values.iter().copied()),
        Cells::Integer(values) => write_as::<Int64Type>(writer, values.iter().copied()),
        Cells::Bool(values) => write_as::<BoolType>(writer, values.iter().copied()),
        Cells::Date(values) => {
            write_as::<Int32Type>(writer, values.iter().map(|day| day.map(|day| day.to_epoch_days())))
        }
        Cells::Text(values) => {
            write_as::<ByteArrayType>(writer, values.iter().map(|text| text.map(ByteArray::from)))
        }
    }
}

/// Writes the values that are there, and a level per row that says whether it has one.
fn write_as<D: DataType>(
    writer: &mut SerializedColumnWriter<'_>,
    values: impl Iterator<Item = Option<D::T>> + Clone,
) -> ParquetResult<()> {
    let levels: Vec<i16> = values.clone().map(|value| i16::from(value.is_some())).collect();
    let present: Vec<D::T> = values.flatten().collect();
    writer.typed::<D>().write_batch(&present, Some(&levels), None).map(|_| ())
}

#[cfg(test)]
mod tests {
    use crate::model::Day;
    use crate::table::testing::analysis;
    use crate::table::{Kind, Table, all};
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    use serde_json::{Value, json};
    use std::io::Write;

    /// A field as the JSON of the same table has it.
    fn as_json(kind: Kind, field: &Field) -> Value {
        match (kind, field) {
            (_, Field::Null) => Value::Null,
            (_, Field::Double(value)) => json!(value),
            (_, Field::Long(value)) => json!(value),
            (_, Field::Bool(value)) => json!(value),
            (_, Field::Date(days)) => json!(Day::from_epoch_days(*days).unwrap()),
            (Kind::Json, Field::Str(text)) => serde_json::from_str(text).unwrap(),
            (Kind::Words, Field::Str(text)) => {
                json!(text.split(';').filter(|word| !word.is_empty()).collect::<Vec<_>>())
            }
            (_, Field::Str(text)) => json!(text),
            (_, other) => panic!("unexpected {other:?}"),
        }
    }

    fn same(a: &Value, b: &Value) -> bool {
        match (a.as_f64(), b.as_f64()) {
            (Some(a), Some(b)) => a == b,
            _ => a == b,
        }
    }

    fn check(table: &Table) {
        let bytes = table.to_parquet().unwrap();
        assert_eq!(bytes, table.to_parquet().unwrap());
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&bytes).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let expected: Value = serde_json::from_slice(&table.to_json().unwrap()).unwrap();
        let mut n = 0;
        for (row, expected) in reader.get_row_iter(None).unwrap().zip(expected.as_array().unwrap()) {
            let row = row.unwrap();
            for ((name, field), doc) in row.get_column_iter().zip(table.columns()) {
                assert_eq!(name, doc.name);
                let value = as_json(doc.kind, field);
                assert!(same(&value, &expected[name]), "{name}: {value} is not {}", expected[name]);
            }
            n += 1;
        }
        assert_eq!(n, table.n_rows());
    }

    #[test]
    fn the_file_reads_back_cell_by_cell() {
        for table in all(&[analysis()]).unwrap() {
            assert!(table.n_rows() > 0);
            check(&table);
        }
    }
}
