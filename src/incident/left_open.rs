//! What is open when an incident is closed, and the line that the log keeps of it.

use std::fmt;

use crate::phase::Phase;

/// Something open when an incident is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeftOpen {
    /// A phase that nobody started.
    Phase(Phase),
    /// A step that nobody settled, by its title.
    Step(Phase, String),
    /// A fact that nobody knows, by its name.
    Fact(String),
    /// Duties that nobody settled, in words with a pointer to `breach duties`.
    Duties(String),
    /// Anything else, in words.
    Other(String),
}

impl LeftOpen {
    /// Reads a line of the log, whichever release wrote it.
    pub fn read(line: &str) -> Self {
        let phase = line.strip_suffix(NOT_STARTED).and_then(Phase::parse);
        let step =
            line.split_once(": ").and_then(|(phase, step)| Some((Phase::parse(phase)?, step)));
        let fact = line.strip_prefix("fact `").and_then(|rest| rest.strip_suffix(UNKNOWN));
        match (phase, step, fact) {
            (Some(phase), ..) => Self::Phase(phase),
            (_, Some((phase, title)), _) => Self::Step(phase, title.to_owned()),
            (.., Some(name)) => Self::Fact(name.to_owned()),
            _ if line.contains(DUTIES) => Self::Duties(line.to_owned()),
            _ => Self::Other(line.to_owned()),
        }
    }
}

const NOT_STARTED: &str = " was not started";
const UNKNOWN: &str = "` is unknown";
const DUTIES: &str = "`breach duties`";

impl fmt::Display for LeftOpen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Phase(phase) => write!(f, "{phase}{NOT_STARTED}"),
            Self::Step(phase, title) => write!(f, "{phase}: {title}"),
            Self::Fact(name) => write!(f, "fact `{name}{UNKNOWN}"),
            Self::Duties(text) | Self::Other(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_as_what_it_was() {
        let duties = "2 duties to notify, neither sent nor waived: `breach duties`";
        for open in [
            LeftOpen::Phase(Phase::Scoping),
            LeftOpen::Step(Phase::Containment, "Find out: who was not started".to_owned()),
            LeftOpen::Fact("contained_at".to_owned()),
            LeftOpen::Duties(duties.to_owned()),
            LeftOpen::Other("fact detected is in conflict: `breach conflicts`".to_owned()),
            LeftOpen::Other("the kept playbook for scoping cannot be read".to_owned()),
        ] {
            assert_eq!(LeftOpen::read(&open.to_string()), open);
        }
    }
}
