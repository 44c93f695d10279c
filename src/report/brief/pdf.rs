//! The sheet as PDF.

use crate::brief::Brief;
use crate::error::Error;

/// Paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm.
    A4,
    /// 8.5 × 11 in.
    Letter,
}

/// A brief as the bytes of a PDF of one page.
pub fn pdf(_brief: &Brief, _paper: Paper) -> Result<Vec<u8>, Error> {
    Err(Error::internal("a PDF", "not yet"))
}
