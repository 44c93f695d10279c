//! What stops a run, and the exit code that goes with it.

use std::path::PathBuf;

/// An error that ends the program. Anything less is a [`crate::notice::Notice`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An input path does not exist or cannot be listed.
    #[error("cannot read {}: {cause}; give a run file or a folder of them", path.display())]
    Input {
        /// The path as given.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The config, or a value given on the command line, cannot be used.
    #[error("{place}: {problem}")]
    Config {
        /// The file and key, or the option.
        place: String,
        /// What is wrong and what to do.
        problem: String,
    },
    /// A file of the output cannot be written.
    #[error("cannot write {}: {cause}", path.display())]
    Output {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// A table or chart could not be made: a defect of this program, not of the input.
    #[error("could not make {what}: {cause}; please report this with the command you ran")]
    Internal {
        /// What was being made.
        what: String,
        /// The cause.
        cause: String,
    },
}

impl Error {
    /// The exit code: 1 for a failure, 2 for a wrong call or config.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Input { .. } | Self::Config { .. } => 2,
            Self::Output { .. } | Self::Internal { .. } => 1,
        }
    }

    /// A config error for one key of one file.
    pub fn config(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Config { place: place.into(), problem: problem.into() }
    }

    /// An error of the program itself, with the part that failed.
    pub fn internal(what: impl Into<String>, cause: impl std::fmt::Display) -> Self {
        Self::Internal { what: what.into(), cause: cause.to_string() }
    }
}
