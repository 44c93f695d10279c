//! The base types of FIT fields: how wide a value is, and which value means "none".

/// A base type as far as reading it is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// Enum, unsigned byte or raw byte.
    U8,
    /// Signed byte.
    I8,
    /// Unsigned byte, 0 is none.
    U8z,
    /// Unsigned, two bytes.
    U16,
    /// Signed, two bytes.
    I16,
    /// Unsigned, two bytes, 0 is none.
    U16z,
    /// Unsigned, four bytes.
    U32,
    /// Signed, four bytes.
    I32,
    /// Unsigned, four bytes, 0 is none.
    U32z,
    /// Float, four bytes.
    F32,
    /// Float, eight bytes.
    F64,
    /// Any whole number of eight bytes; no sample is that wide.
    Long,
    /// Text, ended by a zero byte or the end of the field.
    Text,
}

impl Base {
    /// Reads the type byte of a field definition. Its top bit repeats that the type has a byte order; some
    /// writers leave it out, so only the number counts.
    #[must_use]
    pub fn from_byte(byte: u8) -> Option<Self> {
        Some(match byte & 0x1F {
            0 | 2 | 13 => Self::U8,
            1 => Self::I8,
            3 => Self::I16,
            4 => Self::U16,
            5 => Self::I32,
            6 => Self::U32,
            7 => Self::Text,
            8 => Self::F32,
            9 => Self::F64,
            10 => Self::U8z,
            11 => Self::U16z,
            12 => Self::U32z,
            14..=16 => Self::Long,
            _ => return None,
        })
    }

    /// The bytes of one value.
    #[must_use]
    pub fn width(self) -> usize {
        match self {
            Self::U8 | Self::I8 | Self::U8z | Self::Text => 1,
            Self::U16 | Self::I16 | Self::U16z => 2,
            Self::U32 | Self::I32 | Self::U32z | Self::F32 => 4,
            Self::F64 | Self::Long => 8,
        }
    }
}
