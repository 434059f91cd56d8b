//! What is kept, and who handled it. Digests stay for every audience.

use chrono::{DateTime, FixedOffset};
use schemars::JsonSchema;
use serde::Serialize;

use crate::digest::Digest;
use crate::incident::Comparison;
use crate::incident::event::{CustodyAct, Event, Source};
use crate::report::gate::{Class, Text};
use crate::report::material::Build;

/// What is kept.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Evidence {
    /// The exhibits, by name.
    pub exhibits: Vec<Exhibit>,
    /// What was done with them, in the order of the record; at most a hundred.
    pub custody: Vec<Handled>,
}

/// Evidence that is kept, or whose location is known.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Exhibit {
    /// `ev-7k3m9q`.
    pub exhibit: Text,
    /// What it is.
    pub title: Option<Text>,
    /// Where it comes from.
    pub source: Option<Text>,
    /// SHA-256 of its bytes, if we have or saw them.
    #[schemars(with = "Option<String>")]
    pub sha256: Option<Digest>,
    /// How many bytes.
    pub bytes: Option<u64>,
    /// Whether the source changed while it was copied.
    pub changed: bool,
    /// Whether the source gave more than was kept.
    pub truncated: bool,
    /// When it was recorded.
    pub at: DateTime<FixedOffset>,
    /// Who recorded it.
    pub by: Text,
    /// What the last comparison of its digest said.
    #[schemars(with = "Option<Comparison>")]
    pub verified: Option<Text>,
    /// When that was.
    pub verified_at: Option<DateTime<FixedOffset>>,
    /// Why its bytes were destroyed, if they were and the audience may read it.
    pub forgotten: Option<Text>,
    /// When they were destroyed.
    pub forgotten_at: Option<DateTime<FixedOffset>>,
}

/// Something done with an exhibit.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Handled {
    /// The exhibit.
    pub exhibit: Text,
    /// What was done.
    #[schemars(with = "Option<CustodyAct>")]
    pub action: Option<Text>,
    /// The outcome.
    pub result: Option<Text>,
    /// Who, where, why.
    pub text: Option<Text>,
    /// When it was recorded.
    pub at: DateTime<FixedOffset>,
    /// Who recorded it.
    pub by: Text,
}

impl Build<'_> {
    pub(in crate::report) fn evidence(&self) -> Evidence {
        let exhibits = self.gather.incident.exhibits.iter().map(|(name, exhibit)| Exhibit {
            exhibit: self.gate.id(name),
            title: self.gate.text(Class::Machine, &exhibit.title),
            source: self.gate.text(Class::Machine, &source(&exhibit.source)),
            sha256: exhibit.kept.as_ref().map(|kept| kept.sha256),
            bytes: exhibit.kept.as_ref().map(|kept| kept.bytes),
            changed: exhibit.changed,
            truncated: exhibit.kept.as_ref().is_some_and(|kept| kept.truncated),
            at: exhibit.at,
            by: self.gate.person(&exhibit.by),
            verified: exhibit.verified.as_ref().map(|(_, result)| self.compared(result)),
            verified_at: exhibit.verified.as_ref().map(|(at, _)| *at),
            forgotten: self
                .gather
                .incident
                .forgotten_exhibit(exhibit)
                .and_then(|forgotten| self.gate.text(Class::Reason, &forgotten.why)),
            forgotten_at: self.gather.incident.forgotten_exhibit(exhibit).map(|one| one.at),
        });
        let custody = self.gather.custody.iter().filter_map(|stamped| {
            let Event::Custody(body) = &stamped.draft.event else { return None };
            let is_compared = body.action == CustodyAct::Verify;
            let compared = body.result.as_deref().filter(|_| is_compared);
            let compared = compared.map(|result| self.compared(&Comparison::from(result)));
            let action = body.action.as_str();
            Some(Handled {
                exhibit: self.gate.id(&body.exhibit),
                action: if is_compared {
                    Some(self.gate.id(action))
                } else {
                    self.gate.text(Class::Machine, action)
                },
                result: compared
                    .or_else(|| self.gate.option(Class::Machine, body.result.as_deref())),
                text: self.gate.option(Class::Machine, body.text.as_deref()),
                at: stamped.at,
                by: self.gate.person(stamped.actor.shown()),
            })
        });
        Evidence { exhibits: exhibits.collect(), custody: custody.collect() }
    }

    /// What a comparison said. Every reader is told how it came out.
    fn compared(&self, result: &Comparison) -> Text {
        let words = result.to_string();
        let outline = match result {
            Comparison::Intact | Comparison::Missing | Comparison::Differs(_) => {
                return self.gate.id(&words);
            }
            // Why it cannot be read may name a place.
            Comparison::Unreadable(_) => "cannot be read: not told here",
            Comparison::Other(_) => "compared: not told here",
        };
        self.gate.text(Class::Machine, &words).unwrap_or_else(|| self.gate.id(outline))
    }
}

fn source(source: &Source) -> String {
    match source {
        Source::File { path } => path.clone(),
        Source::InPlace { path } => format!("{path}, left where it was"),
        Source::Stdin => "standard input".to_owned(),
        Source::Reference { id, kind, .. } => match kind {
            Some(kind) => format!("{id} ({kind})"),
            None => id.clone(),
        },
    }
}
