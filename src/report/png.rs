//! Pixels to PNG bytes.
//!
//! Input: rows of RGB. Output: a PNG of 8 bits a channel. Invariant: no time, no software name, so the same
//! pixels give the same bytes.

use crate::error::Error;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use std::io::Write as _;

/// The filter of the PNG standard that stores the difference to the row above: flat areas become zeros.
const FILTER_UP: u8 = 2;

/// Averages squares of `n` times `n` pixels; width and height of `size` are multiples of `n`.
#[must_use]
pub fn shrink(pixels: &[u8], size: (u32, u32), n: u32) -> Vec<u8> {
    let (width, n) = (size.0 as usize, n as usize);
    let (out_width, out_height) = (width / n, size.1 as usize / n);
    let mut out = Vec::with_capacity(out_width * out_height * 3);
    for y in 0..out_height {
        for x in 0..out_width {
            for channel in 0..3 {
                let square = (0..n * n).map(|i| ((y * n + i / n) * width + x * n + i % n) * 3 + channel);
                let sum: u32 = square.map(|place| u32::from(pixels[place])).sum();
                out.push((sum / (n * n) as u32) as u8);
            }
        }
    }
    out
}

/// Encodes RGB pixels.
pub fn encode(pixels: &[u8], (width, height): (u32, u32)) -> Result<Vec<u8>, Error> {
    let row = width as usize * 3;
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::new(6));
    let mut above = vec![0; row];
    for line in pixels.chunks_exact(row) {
        let differences: Vec<u8> = line.iter().zip(&above).map(|(here, up)| here.wrapping_sub(*up)).collect();
        zlib.write_all(&[FILTER_UP]).and_then(|()| zlib.write_all(&differences)).map_err(failed)?;
        above.copy_from_slice(line);
    }
    let mut head = Vec::new();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    // 8 bits, RGB, the only compression and filter method, not interlaced.
    head.extend([8, 2, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut png, *b"IHDR", &head);
    chunk(&mut png, *b"IDAT", &zlib.finish().map_err(failed)?);
    chunk(&mut png, *b"IEND", &[]);
    Ok(png)
}

fn chunk(png: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    let mut crc = Crc::new();
    crc.update(&kind);
    crc.update(data);
    png.extend((data.len() as u32).to_be_bytes());
    png.extend(kind);
    png.extend(data);
    png.extend(crc.sum().to_be_bytes());
}

fn failed(cause: impl std::fmt::Display) -> Error {
    Error::internal("a PNG", cause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn squares_are_averaged() {
        let pixels = [[0; 3], [4; 3], [8; 3], [8; 3], [0; 3], [4; 3], [8; 3], [8; 3]].concat();
        assert_eq!(shrink(&pixels, (4, 2), 2), [2, 2, 2, 8, 8, 8]);
    }

    #[test]
    fn rows_come_back_from_the_stream() {
        let png = encode(&[1, 2, 3, 11, 12, 13], (1, 2)).unwrap();
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!(&png[12..29], b"IHDR\0\0\0\x01\0\0\0\x02\x08\x02\0\0\0");
        assert_eq!(&png[png.len() - 12..], b"\0\0\0\0IEND\xae\x42\x60\x82");
        let length = u32::from_be_bytes(png[33..37].try_into().unwrap()) as usize;
        let mut rows = Vec::new();
        flate2::read::ZlibDecoder::new(&png[41..41 + length]).read_to_end(&mut rows).unwrap();
        assert_eq!(rows, [2, 1, 2, 3, 2, 10, 10, 10]);
    }
}
