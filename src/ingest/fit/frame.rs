//! The framing of FIT files: header, definitions, message boundaries, time and checksum.
//!
//! Takes the bytes of a file, gives its messages one by one without a look at their meaning. A FIT file may
//! be several files end to end; each is a [`Segment`] with its own definitions. Invariant: every message
//! handed out lies whole within the segment, whatever the bytes say.

use super::base::Base;
use super::crc;

/// The shortest header.
const MIN_HEADER: usize = 12;
/// Bytes of the checksum behind the data.
const CHECKSUM: usize = 2;
/// How far the checksum may fall behind the messages: little enough to stay in the nearest cache.
const CHECKSUM_LAG: usize = 4096;
/// The field that holds the time in every message.
const TIMESTAMP: u8 = 253;
/// Bits of a compressed timestamp.
const OFFSET_MASK: u32 = 0x1F;

/// Do the bytes carry the mark of a FIT header?
#[must_use]
pub fn has_magic(bytes: &[u8]) -> bool {
    bytes.get(8..MIN_HEADER) == Some(b".FIT")
}

/// One FIT file within the bytes: a header, messages, a checksum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment<'a> {
    /// Where it starts in the file.
    pub start: usize,
    /// The bytes from the header to the end of the messages.
    bytes: &'a [u8],
    /// Length of the header.
    header: usize,
    /// What the header says of the end.
    tail: Tail,
}

/// How the end of a segment fits the size in its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tail {
    /// All there, with this checksum behind it.
    Checksum(u16),
    /// The messages are there, the checksum is not.
    NoChecksum,
    /// The header promises more bytes than there are.
    Short,
    /// The header was never completed: it says 0.
    Open,
}

impl<'a> Segment<'a> {
    /// Finds the segment that starts at an offset, and the offset behind it; `None` without a usable header.
    #[must_use]
    pub fn open(file: &'a [u8], start: usize) -> Option<(Self, usize)> {
        let bytes = file.get(start..)?;
        let header = usize::from(*bytes.first()?);
        if !has_magic(bytes) || header < MIN_HEADER || header > bytes.len() {
            return None;
        }
        let stated = u32::from_le_bytes(*bytes.get(4..)?.first_chunk()?) as usize;
        let end = header.saturating_add(stated);
        let (tail, end) = match bytes.get(end..).map(<[u8]>::first_chunk::<CHECKSUM>) {
            _ if stated == 0 => (Tail::Open, bytes.len()),
            Some(Some(sum)) => (Tail::Checksum(u16::from_le_bytes(*sum)), end),
            Some(None) => (Tail::NoChecksum, end),
            None => (Tail::Short, bytes.len()),
        };
        let behind = file.len().min(start + end + CHECKSUM);
        Some((Self { start, bytes: &bytes[..end], header, tail }, behind))
    }

    /// Starts to read the messages.
    #[must_use]
    pub fn frames(self) -> Frames<'a> {
        Frames {
            segment: self,
            at: self.header,
            definitions: [const { None }; 16],
            n_definitions: 0,
            time: None,
            crc: 0,
            summed: 0,
            broken: None,
        }
    }

    /// The bytes that the offsets of messages count from.
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }
}

/// The layout of the data messages of one local kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition<'a> {
    /// Different for every definition of a segment.
    pub id: u32,
    /// Which message of the FIT profile it is.
    pub global: u16,
    /// Byte order of the values.
    pub is_big_endian: bool,
    /// Number, size and base type of each field.
    fields: &'a [[u8; 3]],
    /// Number, size and developer of each developer field; they stand behind all others.
    developer: &'a [[u8; 3]],
    /// Bytes of a data message behind its header, developer fields included.
    size: usize,
    /// Where in the message the time stands.
    time_at: Option<usize>,
}

/// One field of a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The number of the field in the profile.
    pub number: u8,
    /// Offset in the body of a message.
    pub at: usize,
    /// Bytes.
    pub size: usize,
    /// The base type byte as it stands.
    pub type_byte: u8,
}

impl Field {
    /// The base type, where it is known and the size is a whole number of values.
    #[must_use]
    pub fn base(&self) -> Option<Base> {
        Base::from_byte(self.type_byte).filter(|base| self.size > 0 && self.size.is_multiple_of(base.width()))
    }
}

impl Definition<'_> {
    /// The fields of the profile, in the order of the bytes; developer fields come after all of them.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        self.fields.iter().scan(0, |at, &[number, size, type_byte]| {
            let field = Field { number, at: *at, size: usize::from(size), type_byte };
            *at += field.size;
            Some(field)
        })
    }

    /// The field of a number.
    #[must_use]
    pub fn field(&self, number: u8) -> Option<Field> {
        self.fields().find(|field| field.number == number)
    }
}

impl Definition<'_> {
    /// The developer fields, each with its developer; their base types stand in descriptions.
    pub fn developer_fields(&self) -> impl Iterator<Item = (u8, Field)> {
        self.developer.iter().scan(sizes(self.fields), |at, &[number, size, developer]| {
            let field = Field { number, at: *at, size: usize::from(size), type_byte: u8::MAX };
            *at += field.size;
            Some((developer, field))
        })
    }
}

impl<'a> Message<'_, 'a> {
    /// The bytes of the field of a number.
    #[must_use]
    pub fn field(&self, number: u8) -> Option<&'a [u8]> {
        let field = self.definition.field(number)?;
        self.body.get(field.at..field.at + field.size)
    }
}

/// One whole data message.
#[derive(Debug, Clone, Copy)]
pub struct Message<'f, 'a> {
    /// The local kind, below 16, which its layout was defined for.
    pub local: usize,
    /// Its layout.
    pub definition: &'f Definition<'a>,
    /// Offset of its first field in [`Segment::bytes`].
    pub at: usize,
    /// Its fields and developer fields.
    pub body: &'a [u8],
    /// The newest time stated up to and including this message, in s of the FIT epoch.
    pub time: Option<u32>,
}

/// Reads the messages of a segment in order; see [`Frames::next_message`].
#[derive(Debug)]
pub struct Frames<'a> {
    segment: Segment<'a>,
    at: usize,
    definitions: [Option<Definition<'a>>; 16],
    n_definitions: u32,
    time: Option<u32>,
    crc: u16,
    summed: usize,
    broken: Option<End>,
}

/// How a segment ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// As it should.
    Sound,
    /// Every message is there, but the checksum does not fit.
    WrongChecksum,
    /// Every message is there, but the file stops before the checksum.
    NoChecksum,
    /// The recorder never completed the header, as when its battery died.
    NeverClosed,
    /// The last message is not whole, or messages are missing.
    CutOff,
    /// A message refers to a layout that was never defined; nothing behind it can be read.
    Undefined {
        /// Offset in the file.
        at: usize,
    },
}

impl End {
    /// Was the file cut off, or broken, or never completed?
    #[must_use]
    pub fn has_lost(self) -> bool {
        !matches!(self, Self::Sound | Self::WrongChecksum)
    }
}

impl<'a> Frames<'a> {
    /// The next data message; `None` at the end and where the framing breaks.
    pub fn next_message(&mut self) -> Option<Message<'_, 'a>> {
        self.sum_up_to(self.at, CHECKSUM_LAG);
        let bytes = self.segment.bytes;
        let header = loop {
            let header = *bytes.get(self.at)?;
            if header & 0xC0 != 0x40 {
                break header;
            }
            if self.define(header).is_none() {
                self.broken = Some(End::CutOff);
                return None;
            }
        };
        // A set top bit marks a compressed header: two bits of kind, five of time.
        let is_compressed = header & 0x80 != 0;
        let local = usize::from(if is_compressed { header >> 5 & 0x03 } else { header & 0x0F });
        let Some(definition) = &self.definitions[local] else {
            self.broken = Some(End::Undefined { at: self.segment.start + self.at });
            return None;
        };
        let at = self.at + 1;
        let Some(body) = bytes.get(at..at + definition.size) else {
            self.broken = Some(End::CutOff);
            return None;
        };
        if is_compressed {
            self.time = self.time.map(|last| roll_forward(last, u32::from(header) & OFFSET_MASK));
        }
        if let Some(time) = definition.time_at.and_then(|at| read_time(body, at, definition.is_big_endian)) {
            self.time = Some(time);
        }
        self.at = at + definition.size;
        Some(Message { local, definition, at, body, time: self.time })
    }

    /// Reads the definition message at the current offset.
    fn define(&mut self, header: u8) -> Option<()> {
        let start = self.segment.bytes.get(self.at + 1..)?;
        let (&[_reserved, order, global_0, global_1, n_fields], rest) = start.split_first_chunk()?;
        let is_big_endian = order == 1;
        let global = [global_0, global_1];
        let (fields, mut rest) = rest.split_at_checked(3 * usize::from(n_fields))?;
        let (fields, _) = fields.as_chunks::<3>();
        let mut developer: &[[u8; 3]] = &[];
        if header & 0x20 != 0 {
            let (&n_developer, after) = rest.split_first()?;
            let (fields, after) = after.split_at_checked(3 * usize::from(n_developer))?;
            developer = fields.as_chunks::<3>().0;
            rest = after;
        }
        let mut definition = Definition {
            id: self.n_definitions,
            global: if is_big_endian { u16::from_be_bytes(global) } else { u16::from_le_bytes(global) },
            is_big_endian,
            fields,
            developer,
            size: sizes(fields) + sizes(developer),
            time_at: None,
        };
        definition.time_at =
            definition.field(TIMESTAMP).filter(|field| field.size == 4).map(|field| field.at);
        self.definitions[usize::from(header & 0x0F)] = Some(definition);
        self.n_definitions += 1;
        self.at = self.segment.bytes.len() - rest.len();
        Some(())
    }

    /// Carries the checksum on to `end` once it is `lag` bytes behind.
    fn sum_up_to(&mut self, end: usize, lag: usize) {
        if end - self.summed >= lag && matches!(self.segment.tail, Tail::Checksum(_)) {
            self.crc = crc::update(self.crc, &self.segment.bytes[self.summed..end]);
            self.summed = end;
        }
    }

    /// Ends the reading: what is to be said of the segment, once no message is left.
    #[must_use]
    pub fn finish(mut self) -> End {
        let left = self.segment.bytes.len() - self.at;
        match (self.broken, self.segment.tail) {
            // A file that was never closed may yet have a checksum, which reads like a broken message.
            (_, Tail::Open) if left <= CHECKSUM => End::NeverClosed,
            (Some(end), _) => end,
            (None, Tail::Short) => End::CutOff,
            (None, Tail::Open) => End::NeverClosed,
            (None, Tail::NoChecksum) => End::NoChecksum,
            (None, Tail::Checksum(stated)) => {
                self.sum_up_to(self.segment.bytes.len(), 0);
                if self.crc == stated { End::Sound } else { End::WrongChecksum }
            }
        }
    }
}

/// The bytes of all fields of a list of field definitions.
fn sizes(fields: &[[u8; 3]]) -> usize {
    fields.iter().map(|[_, size, _]| usize::from(*size)).sum()
}

/// The first instant at or after `last` whose low five bits are `offset`.
fn roll_forward(last: u32, offset: u32) -> u32 {
    last.wrapping_add(offset.wrapping_sub(last) & OFFSET_MASK)
}

/// The time in a message, unless it is marked as none.
fn read_time(body: &[u8], at: usize, is_big_endian: bool) -> Option<u32> {
    let raw = *body.get(at..)?.first_chunk()?;
    let time = if is_big_endian { u32::from_be_bytes(raw) } else { u32::from_le_bytes(raw) };
    (time != u32::MAX).then_some(time)
}
