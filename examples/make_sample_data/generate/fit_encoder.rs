//! The little of the FIT protocol that writing needs: header, definitions, data messages, checksum.
//!
//! Input: messages as a global number and fields. Output: the bytes of one file, little-endian.
//! Invariant: a definition precedes the first message of its layout and is written once.

/// A value as stored; the variant is the base type.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    /// enum
    Enum(u8),
    /// uint8
    U8(u8),
    /// sint8
    I8(i8),
    /// uint16
    U16(u16),
    /// sint32
    I32(i32),
    /// uint32
    U32(u32),
    /// string, stored with a closing zero
    Text(&'a str),
}

impl Value<'_> {
    fn base_type(self) -> u8 {
        match self {
            Self::Enum(_) => 0x00,
            Self::I8(_) => 0x01,
            Self::U8(_) => 0x02,
            Self::Text(_) => 0x07,
            Self::U16(_) => 0x84,
            Self::I32(_) => 0x85,
            Self::U32(_) => 0x86,
        }
    }

    fn write(self, out: &mut Vec<u8>) {
        match self {
            Self::Enum(v) | Self::U8(v) => out.push(v),
            Self::I8(v) => out.extend(v.to_le_bytes()),
            Self::U16(v) => out.extend(v.to_le_bytes()),
            Self::I32(v) => out.extend(v.to_le_bytes()),
            Self::U32(v) => out.extend(v.to_le_bytes()),
            Self::Text(v) => {
                out.extend(v.as_bytes());
                out.push(0);
            }
        }
    }

    fn size(self) -> u8 {
        match self {
            Self::Enum(_) | Self::U8(_) | Self::I8(_) => 1,
            Self::U16(_) => 2,
            Self::I32(_) | Self::U32(_) => 4,
            Self::Text(v) => v.len() as u8 + 1,
        }
    }
}

/// A global message number and, for each field, its number, size and base type.
type Layout = (u16, Vec<[u8; 3]>);

/// Collects the messages of one file.
#[derive(Default)]
pub struct Encoder {
    body: Vec<u8>,
    layouts: Vec<Layout>,
}

impl Encoder {
    /// Adds a message: its global number and its fields by number.
    pub fn message(&mut self, number: u16, fields: &[(u8, Value<'_>)]) {
        let layout: Layout =
            (number, fields.iter().map(|(field, value)| [*field, value.size(), value.base_type()]).collect());
        let local = match self.layouts.iter().position(|known| *known == layout) {
            Some(local) => local,
            None => self.define(layout),
        };
        self.body.push(local as u8);
        for (_, value) in fields {
            value.write(&mut self.body);
        }
    }

    fn define(&mut self, layout: Layout) -> usize {
        let local = self.layouts.len();
        assert!(local < 16, "FIT knows 16 local message types");
        self.body.extend([0x40 | local as u8, 0, 0]);
        self.body.extend(layout.0.to_le_bytes());
        self.body.push(layout.1.len() as u8);
        self.body.extend(layout.1.iter().flatten());
        self.layouts.push(layout);
        local
    }

    /// The file: a header of 14 bytes, the messages, the checksum.
    pub fn finish(self) -> Vec<u8> {
        const PROTOCOL_2_0: u8 = 0x20;
        const PROFILE: u16 = 21_158;
        let mut file = vec![14, PROTOCOL_2_0];
        file.extend(PROFILE.to_le_bytes());
        file.extend((self.body.len() as u32).to_le_bytes());
        file.extend(b".FIT");
        file.extend(crc(&file).to_le_bytes());
        file.extend(&self.body);
        file.extend(crc(&file).to_le_bytes());
        file
    }
}

/// CRC-16 with the reflected polynomial 0xA001.
fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, &byte| {
        (0..8).fold(crc ^ u16::from(byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xA001 } else { crc >> 1 })
    })
}
