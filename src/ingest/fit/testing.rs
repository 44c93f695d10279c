//! Writes small FIT files for tests, from numbers. Uses nothing of the reader.

use std::collections::HashMap;

/// Base types as definitions name them.
pub const ENUM: u8 = 0x00;
pub const I8: u8 = 0x01;
pub const U8: u8 = 0x02;
pub const U16: u8 = 0x84;
pub const I32: u8 = 0x85;
pub const U32: u8 = 0x86;
pub const BYTE: u8 = 0x0D;

/// A field of a definition: number, size, base type.
pub type Field = (u8, u8, u8);
/// The field that holds the time.
pub const TIME: Field = (253, 4, U32);

/// A file that grows message by message.
#[derive(Debug, Clone, Default)]
pub struct FitFile {
    data: Vec<u8>,
    is_big_endian: bool,
    sizes: HashMap<u8, Vec<u8>>,
}

impl FitFile {
    /// A file of an activity, with its `file_id`.
    pub fn activity() -> Self {
        Self::of_type(4)
    }

    /// A file of any type.
    pub fn of_type(file_type: i64) -> Self {
        Self::default().define(15, 0, &[(0, 1, ENUM)]).data(15, &[file_type])
    }

    /// Definitions from here on ask for big-endian numbers.
    pub fn big_endian(mut self) -> Self {
        self.is_big_endian = true;
        self
    }

    /// A definition message.
    pub fn define(self, local: u8, global: u16, fields: &[Field]) -> Self {
        self.define_with_developer_fields(local, global, fields, &[])
    }

    /// A definition message with developer fields: number, size, developer.
    pub fn define_with_developer_fields(
        mut self,
        local: u8,
        global: u16,
        fields: &[Field],
        developer: &[(u8, u8, u8)],
    ) -> Self {
        let has_developer = if developer.is_empty() { 0 } else { 0x20 };
        self.data.extend([0x40 | has_developer | local, 0, u8::from(self.is_big_endian)]);
        self.push_number(i64::from(global), 2);
        for list in [fields, developer] {
            if list.is_empty() && has_developer == 0 {
                continue;
            }
            self.data.push(list.len() as u8);
            self.data.extend(list.iter().flat_map(|(number, size, kind)| [*number, *size, *kind]));
        }
        self.sizes.insert(local, fields.iter().chain(developer).map(|field| field.1).collect());
        self
    }

    /// A `field_description`, by local kind 14: developer and number, base type, name, unit and the number of the
    /// native field it stands for, 255 for none.
    pub fn describe(self, field: (u8, u8), base: u8, name: &str, unit: &str, native: u8) -> Self {
        let (n, u) = (name.len() as u8 + 1, unit.len() as u8 + 1);
        let fields = [(0, 1, U8), (1, 1, U8), (2, 1, U8), (3, n, 7), (8, u, 7), (15, 1, U8)];
        let text = |text: &str| [text.as_bytes(), &[0]].concat();
        let body = [vec![14, field.0, field.1, base], text(name), text(unit), vec![native]].concat();
        self.define(14, 206, &fields).raw(&body)
    }

    /// A data message: one number for each field, developer fields included.
    pub fn data(mut self, local: u8, values: &[i64]) -> Self {
        self.data.push(local);
        self.push_values(local, values);
        self
    }

    /// A data message with a compressed header.
    pub fn compressed(mut self, local: u8, offset: u8, values: &[i64]) -> Self {
        self.data.push(0x80 | local << 5 | offset);
        self.push_values(local, values);
        self
    }

    fn push_values(&mut self, local: u8, values: &[i64]) {
        let sizes = self.sizes[&local].clone();
        assert_eq!(sizes.len(), values.len(), "one number for each field");
        for (value, size) in values.iter().zip(sizes) {
            self.push_number(*value, usize::from(size));
        }
    }

    fn push_number(&mut self, value: i64, size: usize) {
        let bytes = value.to_le_bytes();
        let bytes = bytes.iter().copied().chain([0; 256]).take(size);
        if self.is_big_endian {
            let bytes: Vec<u8> = bytes.collect();
            self.data.extend(bytes.iter().rev());
        } else {
            self.data.extend(bytes);
        }
    }

    /// Appends raw bytes.
    pub fn raw(mut self, bytes: &[u8]) -> Self {
        self.data.extend(bytes);
        self
    }

    /// The finished file, with a header of 14 bytes and both checksums.
    pub fn finish(&self) -> Vec<u8> {
        self.finish_with(14, self.data.len())
    }

    /// The finished file, with a header of some size that states some length of data.
    pub fn finish_with(&self, header: u8, stated: usize) -> Vec<u8> {
        let mut bytes = vec![header, 0x20, 0x5C, 0x08];
        bytes.extend((stated as u32).to_le_bytes());
        bytes.extend(b".FIT");
        if header >= 14 {
            bytes.extend(crc_by_definition(&bytes).to_le_bytes());
        }
        bytes.resize(usize::from(header).max(12), 0);
        bytes.extend(&self.data);
        bytes.extend(crc_by_definition(&bytes).to_le_bytes());
        bytes
    }
}

/// The checksum bit by bit.
pub fn crc_by_definition(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xA001 } else { crc >> 1 })
    })
}
