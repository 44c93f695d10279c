//! Legwork turns the run files of a watch into training load, and says when sports massage fits best.
//!
//! The modules in reading order: plain types, files to recordings, recordings to digests, scores, days and
//! weeks, signals, blocks, tissues, days to come, windows, looks back, the board, tables, briefs for therapists, explanations, a
//! first config, the difference of two reports, the report itself.

// Tests compare numbers that are exact by construction.
#![cfg_attr(test, allow(clippy::float_cmp))]

pub mod error;
pub mod model;
pub mod notice;
pub(crate) mod text;

pub mod digest;
pub mod ingest;

pub mod ledger;

pub mod score;

pub mod config;

pub mod sheet;

pub mod diary;

pub mod planned;

pub mod unknown;

pub mod overrides;

pub mod load;

pub mod signals;

pub mod blocks;

pub mod tissue;

pub mod projection;

pub mod massage;

pub mod retrospect;

pub mod analysis;

pub mod board;

pub mod table;

pub mod brief;

pub mod init;

pub mod explain;

pub mod diff;

pub mod inspect;

pub mod report;

pub mod what_if;

pub mod run;

pub mod cli;
