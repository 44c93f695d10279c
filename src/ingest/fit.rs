//! FIT files.
use super::ReadError;
use crate::model::Recording;

/// Reads every session of a FIT file.
pub fn read(_bytes: &[u8]) -> Result<Vec<Recording>, ReadError> {
    Err(ReadError::UnknownFormat)
}
