//! Where in a `record` message each column of samples stands.
//!
//! Takes the definition of a record, gives the steps that fill the columns from messages of that layout. Fields
//! are told apart by number alone, and the order of [`FIELDS`] settles which wins where a device writes two:
//! the step that comes later. Invariant: the first step of a column has [`Join::Set`].

use super::base::Base;
use super::columns::Column;
use super::developer::Developers;
use super::frame::Definition;

/// The number of the `record` message in the FIT profile.
pub const RECORD: u16 = 20;

/// Semicircles in a degree: half a turn is 2^31.
const SEMICIRCLES: f64 = 2_147_483_648.0 / 180.0;
/// The field of old devices that packs speed and distance into three bytes.
const COMPRESSED_SPEED_DISTANCE: u8 = 8;
/// Its length.
const COMPRESSED_SIZE: usize = 3;

/// A field of `record`: number, column, and the scale and offset of `value / scale - offset`.
type RecordField = (u8, Column, f64, f64);

/// The fields that become samples; of two for one column the later one wins where it has a value.
const FIELDS: [RecordField; 17] = [
    (0, Column::Lat, SEMICIRCLES, 0.0),
    (1, Column::Lon, SEMICIRCLES, 0.0),
    (2, Column::Altitude, 5.0, 500.0),
    (78, Column::Altitude, 5.0, 500.0), // enhanced
    (3, Column::Hr, 1.0, 0.0),
    (4, Column::Cadence, 1.0, 0.0),
    (FRACTIONAL_CADENCE, Column::Cadence, 128.0, 0.0),
    (5, Column::Distance, 100.0, 0.0),
    (6, Column::Speed, 1000.0, 0.0),
    (73, Column::Speed, 1000.0, 0.0), // enhanced
    (7, Column::Power, 1.0, 0.0),
    (13, Column::Temperature, 1.0, 0.0),
    (39, Column::VerticalOscillation, 10.0, 0.0),
    (41, Column::Stance, 10.0, 0.0),
    (83, Column::VerticalRatio, 100.0, 0.0),
    (84, Column::StanceBalance, 100.0, 0.0),
    (85, Column::StepLength, 10.0, 0.0),
];
/// The part of the cadence behind the point, which is added to field 4.
const FRACTIONAL_CADENCE: u8 = 53;

/// The column of a field of `record`, other than of a position.
#[must_use]
pub fn column_of(number: u8) -> Option<Column> {
    let field = FIELDS.iter().find(|field| field.0 == number && field.0 != FRACTIONAL_CADENCE)?;
    Some(field.1).filter(|column| !matches!(column, Column::Lat | Column::Lon))
}

/// How a value comes to stand in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// As the value of the row.
    Set,
    /// In place of the value of the row, unless it is none.
    Override,
    /// Added to the value of the row, unless it is none.
    Add,
}

/// What stands in the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// One number.
    Number(Base),
    /// The lower 12 bits of three bytes.
    CompressedSpeed,
    /// The upper 12 bits of three bytes: a counter that starts again at 4096.
    CompressedDistance,
}

/// One step: a field of every row to a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// Offset in the body of the message.
    pub at: usize,
    /// What stands there.
    pub source: Source,
    /// Where it goes.
    pub column: Column,
    /// The stored number is divided by this.
    pub scale: f64,
    /// And then reduced by this.
    pub offset: f64,
    /// How it goes there.
    pub join: Join,
}

/// The steps for one definition.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// In the order in which they are to be taken.
    pub steps: Vec<Step>,
    /// The same for developer fields, which go to columns of their own: one for each column.
    pub developer: Vec<Step>,
    /// Byte order of the numbers.
    pub is_big_endian: bool,
}

impl Plan {
    /// Works out the steps anew, keeping the memory of the last plan.
    pub fn rebuild(&mut self, definition: &Definition<'_>, developers: &Developers) {
        self.is_big_endian = definition.is_big_endian;
        self.steps.clear();
        self.add_compressed(definition);
        self.add_developer(definition, developers);
        for (number, column, scale, offset) in FIELDS {
            let Some(field) = definition.field(number) else { continue };
            // An array where the profile has one number, or a size that fits no number, has no known meaning.
            let Some(base) = field.base().filter(|base| base.width() == field.size) else { continue };
            let is_first = !self.steps.iter().any(|step| step.column == column);
            let join = match (number, is_first) {
                (FRACTIONAL_CADENCE, true) => continue,
                (FRACTIONAL_CADENCE, false) => Join::Add,
                (_, true) => Join::Set,
                (_, false) => Join::Override,
            };
            let source = Source::Number(base);
            self.steps.push(Step { at: field.at, source, column, scale, offset, join });
        }
    }

    /// The steps for developer fields whose description says what they are and whose size fits it.
    fn add_developer(&mut self, definition: &Definition<'_>, developers: &Developers) {
        self.developer.clear();
        for (index, field) in definition.developer_fields() {
            let described = developers.field(index, field.number);
            let Some(known) = described.filter(|known| known.base.width() == field.size) else { continue };
            if self.developer.iter().all(|step| step.column != known.column) {
                let (source, join) = (Source::Number(known.base), Join::Set);
                let (column, scale, offset) = (known.column, known.scale, known.offset);
                self.developer.push(Step { at: field.at, source, column, scale, offset, join });
            }
        }
    }

    /// The steps for the packed field; they come first, so that the plain fields win.
    fn add_compressed(&mut self, definition: &Definition<'_>) {
        let field = definition.field(COMPRESSED_SPEED_DISTANCE);
        let Some(field) = field.filter(|field| field.size == COMPRESSED_SIZE) else { return };
        let parts = [
            (Source::CompressedSpeed, Column::Speed, 100.0),
            (Source::CompressedDistance, Column::Distance, 16.0),
        ];
        self.steps.extend(parts.map(|(source, column, scale)| Step {
            at: field.at,
            source,
            column,
            scale,
            offset: 0.0,
            join: Join::Set,
        }));
    }
}
