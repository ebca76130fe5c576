//! What is looked for, by the names that silence it.

use crate::error::{Error, ErrorKind};

use super::facts::Reached;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    NotPython,
    UnknownImport,
    AbsentModule,
    ImpossibleCall,
    UndefinedName,
    LaterName,
    BadRequirement,
    UnusedInstall,
    NoWheel,
    MissingFile,
    SimilarSession,
    SimilarId,
    StaleRecord,
    BadIgnore,
}

impl Rule {
    pub const ALL: [Rule; 14] = [
        Rule::NotPython,
        Rule::UnknownImport,
        Rule::AbsentModule,
        Rule::ImpossibleCall,
        Rule::UndefinedName,
        Rule::LaterName,
        Rule::BadRequirement,
        Rule::UnusedInstall,
        Rule::NoWheel,
        Rule::MissingFile,
        Rule::SimilarSession,
        Rule::SimilarId,
        Rule::StaleRecord,
        Rule::BadIgnore,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Rule::NotPython => "not-python",
            Rule::UnknownImport => "unknown-import",
            Rule::AbsentModule => "absent-module",
            Rule::ImpossibleCall => "impossible-call",
            Rule::UndefinedName => "undefined-name",
            Rule::LaterName => "later-name",
            Rule::BadRequirement => "bad-requirement",
            Rule::UnusedInstall => "unused-install",
            Rule::NoWheel => "no-wheel",
            Rule::MissingFile => "missing-file",
            Rule::SimilarSession => "similar-session",
            Rule::SimilarId => "similar-id",
            Rule::StaleRecord => "stale-record",
            Rule::BadIgnore => "no-such-rule",
        }
    }

    pub fn error(self, message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Code, message).of_rule(self.name())
    }

    pub fn warning(self, message: impl Into<String>) -> Error {
        Error::warning(ErrorKind::Code, message).of_rule(self.name())
    }

    /// An error where the place is surely reached, a warning where it may be.
    pub fn where_reached(self, reached: Reached, message: String) -> Option<Error> {
        match reached {
            Reached::Surely => Some(self.error(message)),
            Reached::Perhaps => Some(self.warning(message)),
            Reached::Guarded => None,
        }
    }
}
