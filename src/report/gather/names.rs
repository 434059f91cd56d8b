//! Names that stand in the log, so that they can be masked for readers outside.

use super::entries::Gather;
use crate::fact::names::ENTITY_ZONE;
use crate::fact::{Hide, Value, Vocabulary};
use crate::incident::event::{About, Event, FactSet, Outcome, RulingKind, Stamped};
use crate::incident::{ACTION_ITEMS, ActionItem};
use crate::log::Entry;
use crate::report::gate::Known;
use crate::report::measure::Zone;

impl Gather {
    pub(super) fn remember(&mut self, entry: &Entry<'_>) {
        if let Some(name) = &entry.actor.name {
            self.known.person(name);
        }
        self.known.hidden(&entry.host);
        self.known.hidden(&entry.actor.user);
    }

    /// Notes what is left out, so that nothing that hangs on it is told.
    pub(super) fn withhold(&mut self, stamped: &Stamped) {
        let step = stamped.draft.step.clone().unwrap_or_default();
        match stamped.draft.event.about() {
            About::Step { item, items } => {
                let items = items.iter().cloned().map(Some).chain([item.cloned()]);
                self.withheld.steps.extend(items.map(|item| (step.clone(), item)));
            }
            About::Fact(name) => {
                self.withheld.facts.insert(name.to_owned());
                self.forget(name);
                self.hold(name, stamped);
            }
            About::Duty(id) => {
                self.withheld.duties.insert(id.to_owned());
            }
            About::Other => {
                if let Event::Decision(body) = &stamped.draft.event {
                    self.withheld.decisions.insert(body.name.clone());
                    // What was decided before is not what is decided.
                    self.incident.decisions.remove(&body.name);
                }
            }
        }
    }

    /// Keeps when a withheld fact was, and nothing of who decided it or why.
    fn hold(&mut self, name: &str, stamped: &Stamped) {
        let (value, settles) = match &stamped.draft.event {
            Event::FactSet(body) if body.item.is_none() => (&body.value, &body.settles),
            Event::Decision(body) => (&body.value, &body.settles),
            _ => return,
        };
        if !matches!(value, Value::Time(_)) {
            self.held.remove(name);
            return;
        }
        let moment = FactSet { settles: settles.clone(), ..FactSet::new(name, value.clone()) };
        let mut stamped = stamped.clone();
        stamped.draft.event = Event::FactSet(moment);
        self.held.insert(name.to_owned(), stamped);
    }

    /// A notice says when the clock of its duty started. That moment is withheld from nobody any longer
    /// who is told of the notice; why, and on whose advice, still is.
    pub(super) fn disclose(&mut self, duty: &str) {
        let clocks: Vec<String> = self.reach.clocks(duty).cloned().collect();
        for fact in clocks {
            // What was said openly since is what counts.
            if let Some(stamped) = self.held.remove(&fact)
                && self.withheld.facts.remove(&fact)
            {
                self.incident.apply(&stamped);
            }
        }
    }

    /// What is open of a withheld fact is not what is known: the law must not be told by it.
    pub(super) fn forget(&mut self, fact: &str) {
        self.incident.facts.remove(fact);
        self.incident.times.remove(fact);
    }

    pub(super) fn names(&mut self, stamped: &Stamped) {
        let imported = stamped.draft.event.imported();
        if let Some(author) = imported.and_then(|imported| imported.author.as_ref()) {
            self.known.person(author);
        }
        match &stamped.draft.event {
            Event::Decision(body) => self.known.person(&body.by),
            // An authority by its letters, which stand in its references, too.
            Event::DutyDecided(body) if body.what == RulingKind::Asked && is_letters(&body.by) => {}
            Event::DutyDecided(body) => self.known.person(&body.by),
            Event::Handoff(body) => self.known.person(&body.to),
            Event::StepOutcome(body) => {
                if let (Outcome::Assigned, Some(text)) = (body.outcome, &body.text) {
                    self.known.person(text.split(" in ").next().unwrap_or(text));
                }
                if let Some(to) = &body.to {
                    self.known.person(to);
                }
            }
            Event::ActionTaken(body) => {
                if let Some(owner) = &body.owner {
                    self.known.person(owner);
                }
            }
            Event::FactSet(body) => self.value(&body.name, &body.value),
            Event::FactEdit(body) => {
                for items in [&body.add, &body.remove] {
                    self.value(&body.name, &Value::List(items.clone()));
                }
            }
            Event::NoticeSent(body) => {
                for name in body.recipient.iter().chain(&body.channel) {
                    self.known.value(name);
                }
            }
            Event::EvidenceAdded(body) => self.known.value(&body.title),
            Event::Genesis(_)
            | Event::Opened(_)
            | Event::PlaybookPinned(_)
            | Event::Note(_)
            | Event::Forgotten(_)
            | Event::Custody(_)
            | Event::NoticeDrafted(_)
            | Event::Intent(_)
            | Event::CommandOutcome(_)
            | Event::Session(_)
            | Event::ClockStepped(_)
            | Event::Recovery(_)
            | Event::Joined(_)
            | Event::SignedOff(_)
            | Event::Stored(_)
            | Event::Linked(_)
            | Event::Closed(_)
            | Event::Reopened(_)
            | Event::Newer(_)
            | Event::Withdrawn(_)
            | Event::Titled(_)
            | Event::Group(_)
            | Event::Statement(_)
            | Event::Reserved(_) => {}
        }
    }

    /// Names in the value of a fact. What those of a playbook's own fact name is known when its kept
    /// copy was read.
    fn value(&mut self, fact: &str, value: &Value) {
        let texts = match value {
            Value::Text(text) => std::slice::from_ref(text),
            Value::List(items) => items,
            _ => return,
        };
        let shared = Vocabulary::builtin().get(fact);
        for text in texts {
            match shared {
                _ if fact == ACTION_ITEMS => self.owner(text),
                Some(shared) => hide(&mut self.known, shared.telling.hide, text),
                None => {
                    self.own.insert((fact.to_owned(), text.clone()));
                }
            }
        }
    }

    /// The zone in which times are told: the organisation's, if whoever reads may know it.
    pub fn zone(&self, vocabulary: &Vocabulary) -> Zone {
        let told =
            self.reach.fact(vocabulary, ENTITY_ZONE) && !self.withheld.facts.contains(ENTITY_ZONE);
        match self.incident.fact_value(ENTITY_ZONE).filter(|_| told) {
            Some(Value::Text(name)) => Zone::named(Some(name)),
            _ => Zone::default(),
        }
    }

    /// Names that a reader outside must not see, by what the facts of a vocabulary name.
    pub fn known(&self, vocabulary: &Vocabulary) -> Known {
        let mut known = self.known.clone();
        for (name, text) in &self.own {
            let fact = vocabulary.get(name);
            hide(&mut known, fact.and_then(|fact| fact.telling.hide), text);
        }
        known
    }

    /// `Priya: alert on changed scripts`: who owns an item.
    fn owner(&mut self, item: &str) {
        // Its time plays no part here.
        let at = self.incident.last_at.unwrap_or_default();
        if let Some(owner) = ActionItem::read(item, at).owner {
            self.known.person(&owner);
        }
    }
}

/// Whether a name is the letters of an authority, such as `CNIL` or `BfDI`.
fn is_letters(name: &str) -> bool {
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    !name.contains(char::is_whitespace) && 2 * capitals > name.chars().count()
}

fn hide(known: &mut Known, names: Option<Hide>, text: &str) {
    match names {
        Some(Hide::Person) => known.person(text),
        Some(Hide::Name) => known.hidden(text),
        Some(Hide::Nothing) => {}
        None => known.value(text),
    }
}
