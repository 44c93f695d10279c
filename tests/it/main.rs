//! The one integration-test binary.

mod cli;
mod diff;
mod fit_corrupt;
mod fit_differential;
mod fit_oracle;
mod oracle;
mod sample_data;
mod tidy;
mod vectors;
mod xml_real;
