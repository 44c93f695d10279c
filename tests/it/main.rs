//! The one integration-test binary.

// Tests know how the names end that they wrote themselves.
#![allow(clippy::case_sensitive_file_extension_comparisons)]

mod board;
mod bombs;
mod brief;
mod calendar;
mod cli;
mod copies;
mod cross;
mod diff;
mod explain;
mod exports;
mod fit_corrupt;
mod fit_differential;
mod fit_oracle;
mod hostile;
mod import_report;
mod init;
mod inputs;
mod inspect;
mod later;
mod methods;
mod oracle;
mod pictures;
mod same_bytes;
mod sample_data;
mod sessions;
mod strap;
mod tidy;
mod vectors;
mod what_if;
mod words;
mod xml_real;
