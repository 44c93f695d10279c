//! The messages other than samples, decoded by fitparser and read by field number.
//!
//! Only the fields that are used are handed over, cut out of the message together with a definition of their
//! own. So a message costs little however many fields it has, and an odd field (a developer field without a
//! description, a size that fits no type) costs only itself. Values are taken raw, by number, and scaled here:
//! the profile names are ambiguous where a device writes a field twice, and its times depend on the machine.
//! Invariant: a message that cannot be decoded is left out and counted, never more than that.

use super::base::Base;
use super::frame::{Definition, Field, Message};
use fitparser::Value;
use fitparser::de::{FitObject, FitStreamProcessor};
use std::collections::HashMap;

/// A header of a file without end, so that fitparser never looks for a checksum.
const HEADER: [u8; 12] = *b"\x0C\x10\x00\x00\xFF\xFF\xFF\x7F.FIT";
/// Marks a definition in a message header.
const DEFINITION: u8 = 0x40;
/// The top bit of a type byte: the type has a byte order.
const HAS_ORDER: u8 = 0x80;

/// A kind of message that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What the file is, and who wrote it.
    FileId,
    /// What the watch knows of its owner.
    UserProfile,
    /// The sport of what follows.
    Sport,
    /// The sums of one activity.
    Session,
    /// The sums of one lap.
    Lap,
    /// What holds for the whole file.
    Activity,
}

impl Kind {
    /// The kind of a message number of the profile, where it is one of those read.
    #[must_use]
    pub fn from_global(global: u16) -> Option<Self> {
        Some(match global {
            0 => Self::FileId,
            3 => Self::UserProfile,
            12 => Self::Sport,
            18 => Self::Session,
            19 => Self::Lap,
            34 => Self::Activity,
            _ => return None,
        })
    }

    /// The fields that are used.
    fn fields(self) -> &'static [u8] {
        match self {
            Self::FileId => &super::device::FIELDS,
            Self::UserProfile => &super::session::USER_PROFILE_FIELDS,
            Self::Sport => &super::session::SPORT_FIELDS,
            Self::Session => &super::session::SESSION_FIELDS,
            Self::Lap => &super::session::LAP_FIELDS,
            Self::Activity => &super::session::ACTIVITY_FIELDS,
        }
    }
}

/// Decodes messages one by one.
pub struct Decoder {
    processor: FitStreamProcessor,
    /// The definition that fitparser knows for each kind.
    known: [Option<u32>; 6],
    excerpt: Vec<u8>,
    /// How many messages may still be decoded.
    pub n_left: usize,
    /// Messages that could not be decoded.
    pub n_failed: usize,
}

impl Decoder {
    /// Starts a segment, of which so many messages are decoded at most.
    #[must_use]
    pub fn new(most: usize) -> Self {
        let mut processor = FitStreamProcessor::new();
        let header = processor.deserialize_next(&HEADER);
        debug_assert!(header.is_ok(), "the header is well formed");
        Self { processor, known: [None; 6], excerpt: Vec::new(), n_left: most, n_failed: 0 }
    }

    /// The used fields of a message.
    pub fn decode(&mut self, kind: Kind, message: &Message<'_, '_>) -> Option<Fields> {
        let fields = if self.n_left == 0 { None } else { self.try_decode(kind, message) };
        self.n_left = self.n_left.saturating_sub(1);
        self.n_failed += usize::from(fields.is_none());
        fields
    }

    fn try_decode(&mut self, kind: Kind, message: &Message<'_, '_>) -> Option<Fields> {
        let known = &mut self.known[kind as usize];
        if *known != Some(message.definition.id) {
            write_definition(&mut self.excerpt, kind, message.definition);
            self.processor.deserialize_next(&self.excerpt).ok()?;
            *known = Some(message.definition.id);
        }
        write_message(&mut self.excerpt, kind, message);
        match self.processor.deserialize_next(&self.excerpt).ok()? {
            (_, FitObject::DataMessage(data)) => Some(Fields(data.fields)),
            _ => None,
        }
    }
}

/// The fields of a definition that are handed over: used, and of a size that fits their type.
fn used<'d>(kind: Kind, definition: &'d Definition<'_>) -> impl Iterator<Item = Field> + 'd {
    definition.fields().filter(move |field| kind.fields().contains(&field.number) && field.base().is_some())
}

/// Writes the definition message of an excerpt.
fn write_definition(out: &mut Vec<u8>, kind: Kind, definition: &Definition<'_>) {
    out.clear();
    let global = definition.global;
    let global = if definition.is_big_endian { global.to_be_bytes() } else { global.to_le_bytes() };
    let order = u8::from(definition.is_big_endian);
    let n_fields = used(kind, definition).count() as u8;
    out.extend([DEFINITION | kind as u8, 0, order, global[0], global[1], n_fields]);
    for field in used(kind, definition) {
        let width = field.base().map_or(1, Base::width);
        let type_byte = field.type_byte & 0x1F | if width > 1 { HAS_ORDER } else { 0 };
        out.extend([field.number, field.size as u8, type_byte]);
    }
}

/// Writes the data message of an excerpt.
fn write_message(out: &mut Vec<u8>, kind: Kind, message: &Message<'_, '_>) {
    out.clear();
    out.push(kind as u8);
    for field in used(kind, message.definition) {
        out.extend_from_slice(&message.body[field.at..field.at + field.size]);
    }
}

/// The raw values of a message by field number; those marked as none are not there.
pub struct Fields(HashMap<u8, Value>);

impl Fields {
    /// A number as stored, before any scale.
    #[must_use]
    pub fn number(&self, number: u8) -> Option<f64> {
        self.0.get(&number)?.clone().try_into().ok()
    }

    /// A number as stored, divided by its scale.
    #[must_use]
    pub fn scaled(&self, number: u8, scale: f64) -> Option<f64> {
        self.number(number).map(|raw| raw / scale)
    }

    /// A whole number that fits a byte.
    #[must_use]
    pub fn byte(&self, number: u8) -> Option<u8> {
        self.number(number).filter(|raw| (0.0..256.0).contains(raw)).map(|raw| raw as u8)
    }

    /// A time in seconds of the FIT epoch, or another whole number.
    #[must_use]
    pub fn seconds(&self, number: u8) -> Option<u32> {
        self.number(number).filter(|raw| (0.0..f64::from(u32::MAX)).contains(raw)).map(|raw| raw as u32)
    }

    /// A text that is not empty.
    #[must_use]
    pub fn text(&self, number: u8) -> Option<&str> {
        match self.0.get(&number)? {
            Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }
}
