//! The one integration-test binary.

mod fit_corrupt;
mod fit_differential;
mod fit_oracle;
mod sample_data;
mod xml_real;
