//! What the runner should know but what does not stop the run.

use serde::Serialize;
use std::fmt;

/// One thing worth telling: where it is, and what it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Notice {
    /// The file below the input, the file and line, or the config key it is about.
    pub source: String,
    /// What is the matter, and what was done.
    pub text: String,
}

impl Notice {
    /// A notice about one source.
    pub fn new(source: impl Into<String>, text: impl Into<String>) -> Self {
        Self { source: source.into(), text: text.into() }
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.source, self.text)
    }
}
