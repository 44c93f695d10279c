//! Developer fields: columns that a pod or an app adds to `record`, by descriptions of its own.
//!
//! Takes `developer_data_id` and `field_description` messages, gives what each field of a record means, where it
//! is one of our columns: by the number of the native field that it stands for, else by its name; its unit says
//! how it is scaled. Invariant: a description that is late, missing or makes no sense costs that field alone.

use super::base::Base;
use super::columns::Column;
use super::frame::Message;
use super::plan;

/// The number of the `field_description` message in the FIT profile.
pub const FIELD_DESCRIPTION: u16 = 206;
/// The number of the `developer_data_id` message in the FIT profile.
pub const DEVELOPER_DATA_ID: u16 = 207;

/// Fields of `field_description`.
const INDEX: u8 = 0;
const NUMBER: u8 = 1;
const BASE_TYPE: u8 = 2;
const NAME: u8 = 3;
const SCALE: u8 = 6;
const OFFSET: u8 = 7;
const UNITS: u8 = 8;
const NATIVE_MESSAGE: u8 = 14;
const NATIVE_FIELD: u8 = 15;
/// Fields of `developer_data_id`.
const APPLICATION_ID: u8 = 1;
const DEVELOPER_INDEX: u8 = 3;

/// The application of Stryd's pod.
const STRYD: [u8; 16] =
    [0x18, 0xFB, 0x2C, 0xF0, 0x1A, 0x4B, 0x43, 0x0D, 0xAD, 0x66, 0x98, 0x8C, 0x84, 0x74, 0x21, 0xF4];
/// Fields that only Stryd writes, by how their names begin.
const STRYD_FIELDS: [&str; 2] = ["form pow", "leg spring"];
/// More descriptions than any file has; what a hostile one has beyond that is not read.
const MAX_DESCRIPTIONS: usize = 256;

/// One field as it is described.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Described {
    /// The developer that it belongs to.
    index: u8,
    /// Its number with that developer.
    number: u8,
    /// How its value is stored.
    pub base: Base,
    /// The column that it is.
    pub column: Column,
    /// The stored number is divided by this.
    pub scale: f64,
    /// And then reduced by this.
    pub offset: f64,
}

/// What the descriptions so far say.
#[derive(Debug, Default)]
pub struct Developers {
    fields: Vec<Described>,
    /// Developers whose fields are Stryd's.
    stryd: Vec<u8>,
    /// A field has a name that only Stryd gives.
    has_stryd: bool,
    /// Moves on with each description that means something, so that plans made before it are made anew.
    pub version: u32,
}

impl Developers {
    /// Takes one `developer_data_id`.
    pub fn identify(&mut self, message: &Message<'_, '_>) {
        if message.field(APPLICATION_ID) == Some(&STRYD[..]) {
            self.stryd.extend(byte(message, DEVELOPER_INDEX));
        }
    }

    /// Takes one `field_description`. Of two for one field the later one holds.
    pub fn describe(&mut self, message: &Message<'_, '_>) {
        if self.fields.len() >= MAX_DESCRIPTIONS || self.stryd.len() >= MAX_DESCRIPTIONS {
            return;
        }
        let name = text(message, NAME);
        if STRYD_FIELDS.iter().any(|start| name.starts_with(start)) {
            self.has_stryd = true;
            self.stryd.extend(byte(message, INDEX));
        }
        if let Some(described) = read(message, &name) {
            self.fields.retain(|field| (field.index, field.number) != (described.index, described.number));
            self.fields.push(described);
            self.version += 1;
        }
    }

    /// What a field of a record means.
    #[must_use]
    pub fn field(&self, index: u8, number: u8) -> Option<Described> {
        self.fields.iter().copied().find(|field| (field.index, field.number) == (index, number))
    }

    /// Are any fields Stryd's, by their names?
    #[must_use]
    pub fn has_stryd(&self) -> bool {
        self.has_stryd
    }

    /// Who fills a column, in words.
    #[must_use]
    pub fn maker(&self, column: Column) -> Option<&'static str> {
        let field = self.fields.iter().find(|field| field.column == column)?;
        Some(if self.stryd.contains(&field.index) { "Stryd" } else { "an app of the watch" })
    }
}

/// Reads a description, where it is of one of our columns.
fn read(message: &Message<'_, '_>, name: &str) -> Option<Described> {
    let of_record = message.field(NATIVE_MESSAGE).is_none_or(|raw| {
        let number = |raw: &[u8]| raw.first_chunk().map(|raw| u16::from_le_bytes(*raw));
        let is_big_endian = message.definition.is_big_endian;
        number(raw).map(|number| if is_big_endian { number.swap_bytes() } else { number })
            == Some(plan::RECORD)
    });
    let native = byte(message, NATIVE_FIELD).filter(|_| of_record).and_then(plan::column_of);
    let column = native.or_else(|| column_named(name))?;
    let factor = factor(column, &text(message, UNITS), native.is_some())?;
    let scale = byte(message, SCALE).filter(|scale| *scale != 0).map_or(1.0, f64::from);
    let offset = message.field(OFFSET).and_then(|raw| raw.first().copied()).map_or(0, u8::cast_signed);
    let offset = if offset == i8::MAX { 0.0 } else { f64::from(offset) };
    Some(Described {
        index: byte(message, INDEX)?,
        number: byte(message, NUMBER)?,
        base: Base::from_byte(byte(message, BASE_TYPE)?)?,
        column,
        scale: scale / factor,
        offset: offset * factor,
    })
}

/// The column of a field that does not say which native one it stands for.
fn column_named(name: &str) -> Option<Column> {
    Some(match name {
        "power" | "running power" | "run power" | "stryd power" => Column::Power,
        "ground time" | "ground contact time" | "contact time" | "stance time" | "gct" => Column::Stance,
        "vertical oscillation" => Column::VerticalOscillation,
        "vertical ratio" => Column::VerticalRatio,
        "stance time balance" | "ground contact time balance" | "ground contact balance" | "gct balance" => {
            Column::StanceBalance
        }
        "step length" => Column::StepLength,
        "cadence" | "running cadence" | "run cadence" | "stryd cadence" => Column::Cadence,
        "heart rate" | "hr" => Column::Hr,
        "speed" | "stryd speed" => Column::Speed,
        "distance" | "stryd distance" => Column::Distance,
        _ => return None,
    })
}

/// What a value is multiplied by to be in the unit of its column; `None` for a unit that does not fit it. Where
/// none is stated, a native field is in the unit of the profile, and some columns know one only.
fn factor(column: Column, unit: &str, is_native: bool) -> Option<f64> {
    use Column::{Altitude, Cadence, Distance, Hr, Power, Speed, Stance, StanceBalance, StepLength};
    use Column::{Temperature, VerticalOscillation, VerticalRatio};
    if unit.is_empty() {
        return (is_native || matches!(column, Hr | Cadence | Power)).then_some(1.0);
    }
    Some(match (column, unit) {
        (Hr, "bpm")
        | (Cadence, "rpm" | "spm" | "strides/min" | "steps/min")
        | (Power, "w" | "watt" | "watts")
        | (Speed, "m/s")
        | (Distance | Altitude, "m" | "meter" | "meters" | "metres")
        | (VerticalOscillation | StepLength, "mm" | "millimeters" | "millimetres")
        | (Stance, "ms" | "msec" | "milliseconds")
        | (StanceBalance | VerticalRatio, "%" | "percent" | "pct")
        | (Temperature, "c" | "°c") => 1.0,
        (Speed, "km/h" | "kph" | "kmh") => 1.0 / 3.6,
        (VerticalOscillation | StepLength, "cm" | "centimeters" | "centimetres") => 10.0,
        (Distance, "km" | "kilometers" | "kilometres")
        | (VerticalOscillation | StepLength, "m" | "meters" | "metres")
        | (Stance, "s" | "sec" | "seconds") => 1000.0,
        _ => return None,
    })
}

/// A field of one byte, unless it is marked as none.
fn byte(message: &Message<'_, '_>, number: u8) -> Option<u8> {
    message.field(number)?.first().copied().filter(|byte| *byte != u8::MAX)
}

/// A text in lower case with single spaces; empty where there is none.
fn text(message: &Message<'_, '_>, number: u8) -> String {
    let bytes = message.field(number).unwrap_or_default();
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let text = String::from_utf8_lossy(&bytes[..end]).to_lowercase().replace('_', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
