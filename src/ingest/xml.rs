//! The small streaming XML reader that GPX and TCX share.
