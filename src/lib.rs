//! Legwork turns the run files of a watch into training load, and says when sports massage fits best.

pub mod digest;
pub mod error;
pub mod ingest;
pub mod model;
pub mod notice;
