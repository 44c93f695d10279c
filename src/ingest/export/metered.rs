//! A reader with an allowance.
//!
//! Lists are read as streams, a piece at a time. Invariant: a piece that is larger than any real one ends the reading, so
//! memory is bounded whatever the file claims.

use std::cell::Cell;
use std::io::{Error, Read, Result};
use std::rc::Rc;

/// No row and no activity of a real list is as large.
const PIECE_BYTES: u64 = 4 * 1024 * 1024;

/// What may still be read before the piece has to be at its end.
#[derive(Clone)]
pub(super) struct Allowance(Rc<Cell<u64>>);

impl Allowance {
    pub(super) fn new() -> Self {
        Self(Rc::new(Cell::new(PIECE_BYTES)))
    }

    /// A piece has been taken out: the next one may be as large.
    pub(super) fn refill(&self) {
        self.0.set(PIECE_BYTES);
    }
}

/// Reads on as long as the allowance lasts.
pub(super) struct Metered<R> {
    inner: R,
    left: Allowance,
}

impl<R> Metered<R> {
    pub(super) fn new(inner: R, left: Allowance) -> Self {
        Self { inner, left }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let left = self.left.0.get();
        if left == 0 && !buffer.is_empty() {
            return Err(Error::other("a piece of it is larger than 4 MiB"));
        }
        let room = buffer.len().min(left as usize);
        let n = self.inner.read(&mut buffer[..room])?;
        self.left.0.set(left - n as u64);
        Ok(n)
    }
}
