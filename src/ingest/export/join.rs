//! Lists laid over recordings.

use super::List;
use crate::digest::Digest;
use crate::ingest::Given;
use crate::notice::Notice;

/// Gives recordings what lists say of them, and makes recordings of activities that have none.
///
/// `lists` come with their paths below the input. Digests may be changed, added and none is taken away.
pub fn join(
    _digests: &mut Vec<Digest>,
    _lists: &[(String, List)],
    _given: &Given<'_>,
    _notices: &mut Vec<Notice>,
) {
}
