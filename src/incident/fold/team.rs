//! What a team agreed: what it calls the incident and links it with, decisions that are no
//! determinations, and whose the work is.

use std::sync::Arc;

use crate::fact::Value;
use crate::fact::names::COUNSEL_DIRECTS;
use crate::incident::event::{Decision, Event, Handoff, Linked, Stamped, Text};
use crate::incident::{Decided, HandedOver, Incident, Link, Subject};

impl Incident {
    /// Takes in what the incident is called: everything that people who did not know of each other
    /// call it.
    pub(super) fn titled(&mut self, stamped: &Stamped, title: &Text) {
        self.claims.enter(&Subject::Title, stamped, &[]);
        let view = Value::Text(title.to_string());
        self.claims.stand(Subject::Title, Arc::new(stamped.clone()), view);
        let mut titles: Vec<&str> = Vec::new();
        for said in self.claims.said(&Subject::Title) {
            let title = match &said.draft.event {
                Event::Opened(body) => body.title.as_deref(),
                Event::Titled(body) => Some(&*body.title),
                _ => None,
            };
            titles.extend(title.filter(|title| !titles.contains(title)));
        }
        self.title = Some(titles.join(" / "));
    }

    /// Takes in how it belongs with another incident.
    pub(super) fn linked(&mut self, stamped: &Stamped, body: &Linked) {
        let subject = Subject::Link(body.incident.clone());
        self.claims.replace(subject.clone(), stamped);
        let mut links = Vec::new();
        for said in self.claims.said(&subject) {
            let Event::Linked(body) = &said.draft.event else { continue };
            let why = body.why.as_ref().map(ToString::to_string);
            let link = Link { how: body.how.clone(), why };
            if !links.contains(&link) {
                links.push(link);
            }
        }
        self.links.insert(body.incident.clone(), links);
    }

    /// Takes in a decision.
    pub(super) fn decision(&mut self, stamped: &Stamped, body: &Decision) {
        let subject = Subject::Decision(body.name.clone());
        let decided = Value::Text(body.decided.as_deref().unwrap_or_default().to_owned());
        self.claims.enter(&subject, stamped, &body.settles);
        self.claims.stand(subject, Arc::new(stamped.clone()), decided);
        self.decisions.entry(body.name.clone()).or_default().push(Decided {
            what: body.decided.as_deref().unwrap_or_default().to_owned(),
            question: body.question.as_deref().map(str::to_owned),
            options: body.options.iter().map(ToString::to_string).collect(),
            by: body.by.clone(),
            role: body.role.clone(),
            basis: body.basis.to_string(),
            dissent: body.dissent.as_deref().map(str::to_owned),
            review_at: body.review_at,
            occurred: stamped.draft.occurred.clone(),
            at: stamped.at,
            is_privileged: stamped.draft.privileged,
        });
    }

    /// Takes in a hand-over, or that one was accepted.
    pub(super) fn handed_over(&mut self, stamped: &Stamped, body: &Handoff) {
        let by = stamped.actor.shown().to_owned();
        if let Some(entry) = &body.accepts {
            self.accepted.entry(entry.clone()).or_insert((by, stamped.at));
        } else {
            self.handoff = Some(HandedOver {
                entry: stamped.id.clone(),
                by,
                to: body.to.clone(),
                text: body.text.as_deref().map(str::to_owned),
                at: stamped.at,
                accepted: None,
            });
        }
        if let Some(last) = &mut self.handoff {
            last.accepted = self.accepted.get(&last.entry).cloned();
        }
    }

    /// Whether people who did not know of each other decided differently, and nobody settled it.
    pub fn is_contested(&self, decision: &str) -> bool {
        self.claims.differ(&Subject::Decision(decision.to_owned()))
    }

    /// Whether counsel directs the work: what people write is then marked privileged unless they say
    /// otherwise.
    pub fn is_under_counsel(&self) -> bool {
        self.fact_value(COUNSEL_DIRECTS) == Some(&Value::YesNo(true))
    }
}
