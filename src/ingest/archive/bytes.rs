//! Bytes that can be read from any place, more than once, without holding them.
//!
//! An archive is read from its end, where its table is, and then from its start. On disk that costs nothing. Within another
//! archive its bytes are a [`Window`] onto the outer one where they are stored, and [`Inflated`] where they are packed: that
//! starts anew to go back. Invariant: what is read equals what a plain file of the same bytes would give, in memory that
//! does not depend on its length.

use super::super::limits::HELD;
use flate2::bufread::DeflateDecoder;
use std::cell::Cell;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

/// Bytes unpacked at once.
const CHUNK: u64 = 64 * 1024;
/// Bytes kept behind the last one read, so that going back a little costs nothing.
const KEPT: usize = 2 * CHUNK as usize;

/// A file, a part of one, or what is unpacked from it.
pub trait Bytes: Read + Seek {}

impl<T: Read + Seek> Bytes for T {}

/// How many bytes may still be unpacked for one input.
#[derive(Debug)]
pub struct Budget {
    left: Cell<u64>,
}

impl Budget {
    /// A budget of so many bytes.
    pub fn new(bytes: u64) -> Self {
        Self { left: Cell::new(bytes) }
    }

    /// Takes bytes from it; an error once there are none left.
    pub fn spend(&self, bytes: u64) -> io::Result<()> {
        self.left.set(self.left.get().saturating_sub(bytes));
        if self.is_spent() { Err(io::Error::other("more is unpacked than the limit allows")) } else { Ok(()) }
    }

    /// Is nothing left?
    pub fn is_spent(&self) -> bool {
        self.left.get() == 0
    }
}

/// A reader that pays for what it gives.
pub struct Paid<'a, R> {
    /// What is read.
    pub inner: R,
    /// What pays.
    pub budget: &'a Budget,
}

impl<R: Read> Read for Paid<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(out)?;
        self.budget.spend(n as u64)?;
        Ok(n)
    }
}

/// A stretch of other bytes.
pub struct Window<'a> {
    all: &'a mut dyn Bytes,
    start: u64,
    len: u64,
    at: u64,
    /// Does `all` stand where the next read begins?
    is_placed: bool,
}

impl<'a> Window<'a> {
    /// The `len` bytes from `start` on; fewer where `all` ends before.
    pub fn new(all: &'a mut dyn Bytes, start: u64, len: u64) -> Self {
        Self { all, start, len, at: 0, is_placed: false }
    }
}

impl Read for Window<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = (out.len() as u64).min(self.len.saturating_sub(self.at)) as usize;
        if n == 0 {
            return Ok(0);
        }
        if !self.is_placed {
            self.all.seek(SeekFrom::Start(self.start.saturating_add(self.at)))?;
            self.is_placed = true;
        }
        let n = self.all.read(&mut out[..n])?;
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for Window<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = place(to, self.at, self.len)?;
        self.is_placed = false;
        Ok(self.at)
    }
}

/// Some bytes and where they begin.
#[derive(Default)]
struct Part {
    start: u64,
    bytes: Vec<u8>,
}

impl Part {
    fn end(&self) -> u64 {
        self.start + self.bytes.len() as u64
    }

    /// What it holds from a place on.
    fn from(&self, at: u64) -> &[u8] {
        let skipped = at.checked_sub(self.start).and_then(|n| usize::try_from(n).ok());
        skipped.and_then(|n| self.bytes.get(n..)).unwrap_or_default()
    }
}

/// The content of a deflated stretch. Its end is kept once it was seen; to go back behind what is kept it unpacks anew.
pub struct Inflated<'a> {
    decoder: DeflateDecoder<BufReader<Window<'a>>>,
    budget: &'a Budget,
    len: u64,
    at: u64,
    /// What was unpacked last, up to where the decoder stands.
    recent: Part,
    /// The last bytes of the content.
    tail: Option<Part>,
}

impl<'a> Inflated<'a> {
    /// Content that is said to be `len` bytes long. What is packed behind them is not read.
    pub fn new(packed: Window<'a>, len: u64, budget: &'a Budget) -> Self {
        let decoder = DeflateDecoder::new(BufReader::new(packed));
        Self { decoder, budget, len, at: 0, recent: Part::default(), tail: None }
    }

    fn tail_start(&self) -> u64 {
        self.len.saturating_sub(HELD)
    }

    /// Back to the first byte. The tail stays, where it was reached.
    fn restart(&mut self) -> io::Result<()> {
        let recent = std::mem::take(&mut self.recent);
        if recent.start <= self.tail_start() && recent.end() == self.len {
            self.tail = Some(recent);
        }
        self.decoder.get_mut().seek(SeekFrom::Start(0))?;
        self.decoder.reset_data();
        Ok(())
    }

    /// Unpacks some more; `false` at the end.
    fn advance(&mut self) -> io::Result<bool> {
        let recent = &mut self.recent;
        // From where the tail begins nothing is let go.
        let is_tail = recent.end() > self.len.saturating_sub(HELD) + KEPT as u64;
        if !is_tail && recent.bytes.len() > 2 * KEPT {
            let gone = recent.bytes.len() - KEPT;
            recent.bytes.drain(..gone);
            recent.start += gone as u64;
        }
        let wanted = CHUNK.min(self.len.saturating_sub(recent.end()));
        let before = recent.bytes.len();
        let result = self.decoder.by_ref().take(wanted).read_to_end(&mut recent.bytes);
        let n = recent.bytes.len() - before;
        self.budget.spend(n as u64)?;
        // What came before a break is given first; the next call meets the break again.
        match result {
            Err(cause) if n == 0 => Err(cause),
            _ => Ok(n > 0),
        }
    }
}

impl Read for Inflated<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() || self.at >= self.len {
            return Ok(0);
        }
        let mut held = self.tail.as_ref().map_or(&[][..], |tail| tail.from(self.at));
        if held.is_empty() {
            if self.at < self.recent.start {
                self.restart()?;
            }
            while self.at >= self.recent.end() {
                if !self.advance()? {
                    return Ok(0);
                }
            }
            held = self.recent.from(self.at);
        }
        let n = held.len().min(out.len());
        out[..n].copy_from_slice(&held[..n]);
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for Inflated<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = place(to, self.at, self.len)?;
        Ok(self.at)
    }
}

/// Where a seek leads to; behind the end is allowed, as for files.
fn place(to: SeekFrom, at: u64, len: u64) -> io::Result<u64> {
    let place = match to {
        SeekFrom::Start(at) => Some(at),
        SeekFrom::Current(by) => at.checked_add_signed(by),
        SeekFrom::End(by) => len.checked_add_signed(by),
    };
    place.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "a place before the first byte"))
}

/// Reads up to so many bytes.
pub fn read_up_to(bytes: &mut (impl Read + ?Sized), n: u64) -> io::Result<Vec<u8>> {
    let mut read = Vec::new();
    bytes.take(n).read_to_end(&mut read)?;
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::DeflateEncoder;
    use proptest::prelude::*;
    use std::io::{Cursor, Write};

    /// Bytes that neither repeat nor shrink much.
    fn noise(n: usize) -> Vec<u8> {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8 & 0x3F
        };
        (0..n).map(|_| next()).collect()
    }

    fn deflated(content: &[u8]) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    /// Reads a stretch at each place, and compares it with the plain bytes.
    fn compare(bytes: &mut dyn Bytes, plain: &[u8], steps: &[(u64, usize)]) {
        assert_eq!(bytes.seek(SeekFrom::End(0)).unwrap(), plain.len() as u64);
        for (at, n) in steps {
            bytes.seek(SeekFrom::Start(*at)).unwrap();
            let expected = &plain[(*at as usize).min(plain.len())..];
            let expected = &expected[..expected.len().min(*n)];
            assert!(read_up_to(bytes, *n as u64).unwrap() == expected, "{n} bytes at {at}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn a_window_reads_as_its_bytes_do(start in 0_u64..300, len in 0_u64..300, steps in prop::collection::vec((0_u64..400, 0_usize..99), 1..20)) {
            let plain = noise(600);
            let expected = &plain[start as usize..(start + len) as usize];
            compare(&mut Window::new(&mut Cursor::new(&plain), start, len), expected, &steps);
        }

        #[test]
        fn packed_bytes_read_as_plain_ones_wherever(len in 0_usize..2_000_000, steps in prop::collection::vec((0_u64..2_100_000, 0_usize..300_000), 1..12)) {
            let plain = noise(len);
            let packed = [b"before".to_vec(), deflated(&plain), b"after".to_vec()].concat();
            let budget = Budget::new(u64::MAX);
            let mut all = Cursor::new(&packed);
            let window = Window::new(&mut all, 6, packed.len() as u64 - 11);
            compare(&mut Inflated::new(window, len as u64, &budget), &plain, &steps);
        }
    }

    #[test]
    fn a_table_at_the_end_costs_one_pass_and_all_before_it_a_second() {
        let len = HELD + 3_000_000;
        let plain = noise(len as usize);
        let packed = deflated(&plain);
        let budget = Budget::new(u64::MAX);
        let mut all = Cursor::new(&packed);
        let window = Window::new(&mut all, 0, packed.len() as u64);
        let mut inflated = Inflated::new(window, len, &budget);
        compare(&mut inflated, &plain, &[(len - 70_000, 70_000), (len - HELD, 10), (len - 5, 9)]);
        assert_eq!(u64::MAX - budget.left.get(), len);
        // Forward in steps, each of which looks back a little.
        let steps: Vec<(u64, usize)> =
            (0..len - 100_000).step_by(99_000).flat_map(|at| [(at, 99_000), (at, 30)]).collect();
        compare(&mut inflated, &plain, &steps);
        compare(&mut inflated, &plain, &[(len - 9, 9), (len - HELD, 100_000)]);
        assert!(u64::MAX - budget.left.get() <= 2 * len);
        assert!(inflated.recent.bytes.len() <= 3 * KEPT && inflated.tail.is_some());
    }

    #[test]
    fn what_came_before_a_break_is_given_and_a_wrong_length_ends_early() {
        let plain = noise(500_000);
        let packed = deflated(&plain);
        let budget = Budget::new(u64::MAX);
        let mut all = Cursor::new(&packed[..packed.len() / 2]);
        let mut cut = Inflated::new(Window::new(&mut all, 0, 1 << 40), 500_000, &budget);
        let mut read = Vec::new();
        assert!(cut.read_to_end(&mut read).is_err());
        assert!(read.len() > 150_000 && plain.starts_with(&read), "{}", read.len());
        let mut all = Cursor::new(&packed);
        let mut long = Inflated::new(Window::new(&mut all, 0, 1 << 40), 1 << 40, &budget);
        long.seek(SeekFrom::End(-4)).unwrap();
        assert_eq!(read_up_to(&mut long, 4).unwrap(), b"");
        long.rewind().unwrap();
        assert_eq!(read_up_to(&mut long, 4).unwrap(), plain[..4]);
    }

    #[test]
    fn nothing_is_read_beyond_the_budget() {
        let packed = deflated(&vec![0; 1_000_000]);
        let budget = Budget::new(300_000);
        let mut all = Cursor::new(&packed);
        let mut inflated = Inflated::new(Window::new(&mut all, 0, 1 << 20), 1_000_000, &budget);
        assert!(read_up_to(&mut inflated, 200_000).is_ok());
        assert!(
            inflated.seek(SeekFrom::End(-1)).is_ok() && inflated.read(&mut [0]).is_err() && budget.is_spent()
        );
        let mut paid = Paid { inner: &[1; 10][..], budget: &Budget::new(9) };
        assert!(paid.read_to_end(&mut Vec::new()).is_err());
    }
}
