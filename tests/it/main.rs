//! The one integration-test binary.

mod sample_data;
mod xml_real;
