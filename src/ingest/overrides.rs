//! What the runner says of single recordings, applied.

use super::{Given, Source};
use crate::digest::Digest;
use crate::notice::Notice;

/// Applies the overrides to the recordings that they name; those dropped are taken out.
pub fn apply(
    _digests: &mut Vec<Digest>,
    _sources: &[Source],
    _given: &Given<'_>,
    _notices: &mut Vec<Notice>,
) {
}
