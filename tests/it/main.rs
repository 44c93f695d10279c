//! The one integration-test binary.

mod board;
mod brief;
mod calendar;
mod cli;
mod copies;
mod diff;
mod explain;
mod fit_corrupt;
mod fit_differential;
mod fit_oracle;
mod hostile;
mod init;
mod inputs;
mod methods;
mod oracle;
mod pictures;
mod sample_data;
mod sessions;
mod strap;
mod tidy;
mod vectors;
mod what_if;
mod words;
mod xml_real;
