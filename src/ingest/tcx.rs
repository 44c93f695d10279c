//! TCX files.
use super::ReadError;
use crate::model::Recording;

/// Reads a TCX file.
pub fn read(_bytes: &[u8]) -> Result<Vec<Recording>, ReadError> {
    Err(ReadError::UnknownFormat)
}
