//! What the writers of GPX and TCX share.

use std::fmt::{Arguments, Write};

/// Appends formatted text.
pub fn put(out: &mut String, text: Arguments<'_>) {
    out.write_fmt(text).expect("writing to a String never fails");
}

/// An instant in seconds since 1970 as XML has it, in UTC.
pub fn time(unix_s: i64) -> String {
    chrono::DateTime::from_timestamp(unix_s, 0)
        .expect("the plans lie within chrono's years")
        .format("%Y-%m-%dT%H:%M:%SZ")
        .to_string()
}
