//! An entry as a row of the timeline: our words, and those of whoever wrote it apart.

use chrono::{DateTime, FixedOffset};

use crate::fact::{Value, When};
use crate::incident::event::{
    self, About, ActionChange, Event, LinkedAs, Obstacle, RulingKind, Stamped, StepOutcome,
};
use crate::report::gate::Class;

/// Characters of a text that a row shows; the log has all of it.
const SHOWN: usize = 600;

/// An entry, not yet for any audience.
pub(in crate::report) struct Row {
    pub(in crate::report) at: DateTime<FixedOffset>,
    pub(in crate::report) occurred: Option<When>,
    pub(in crate::report) chain: String,
    pub(in crate::report) seq: u64,
    pub(in crate::report) kind: &'static str,
    /// The person, or failing that the account.
    pub(in crate::report) by: String,
    /// Who wrote it first, of a row that was imported.
    pub(in crate::report) author: Option<String>,
    pub(in crate::report) step: Option<String>,
    /// The duty that it is about.
    pub(in crate::report) duty: Option<String>,
    /// The action item that it is about.
    pub(in crate::report) action: Option<String>,
    pub(in crate::report) privileged: bool,
    /// The fact that it sets: the timeline shows its title and value.
    pub(in crate::report) fact: Given,
    /// Whether it was taken back since.
    pub(in crate::report) is_withdrawn: bool,
    /// In our words.
    pub(in crate::report) what: String,
    /// In those of others.
    pub(in crate::report) said: Vec<(Class, String)>,
}

/// A fact and the value that it got.
type Given = Option<(String, Value)>;

/// What others wrote, piece by piece.
type Pieces<'e> = Vec<(Class, Option<&'e str>)>;

impl Row {
    /// The id of the entry that it is about, which it names first.
    pub(in crate::report) fn of_entry(&self) -> Option<&str> {
        let (_, id) = self.said.first()?;
        ["withdrawn", "forgotten"].contains(&self.kind).then_some(id.as_str())
    }

    /// The row with its texts no longer than a row of the report shows.
    pub(in crate::report) fn short(mut self) -> Self {
        for (_, text) in &mut self.said {
            *text = cut(text);
        }
        self
    }
}

/// The row of an entry, its texts whole. What the tool writes by itself has none.
pub(in crate::report) fn row(stamped: &Stamped) -> Option<Row> {
    let (mut what, said, fact) = told(&stamped.draft.event)?;
    if stamped.is_withdrawn {
        what.push_str(", taken back since");
    }
    let said =
        said.into_iter().filter_map(|(class, text)| Some((class, text?.to_owned()))).collect();
    Some(Row {
        at: stamped.at,
        occurred: stamped.draft.occurred.clone(),
        chain: stamped.chain.clone(),
        seq: stamped.seq,
        kind: event::kind(stamped.draft.event.kind())?.kind,
        by: stamped.actor.shown().to_owned(),
        author: stamped.draft.event.imported().and_then(|imported| imported.author.clone()),
        step: stamped.draft.step.clone(),
        duty: match stamped.draft.event.about() {
            About::Duty(id) => Some(id.to_owned()),
            _ => None,
        },
        action: match &stamped.draft.event {
            Event::ActionTaken(body) => Some(body.action.clone()),
            _ => None,
        },
        privileged: stamped.draft.privileged,
        is_withdrawn: stamped.is_withdrawn,
        fact,
        what,
        said,
    })
}

/// What an event says of a fact: our words, theirs, and the fact with the value that it gives.
fn of_fact(event: &Event) -> Option<(String, Pieces<'_>, Given)> {
    let fact;
    let (what, said) = match event {
        Event::FactSet(body) => {
            fact = Some((body.name.clone(), body.value.clone()));
            ("fact".to_owned(), vec![(Class::Reason, body.why.as_deref())])
        }
        Event::FactEdit(body) => {
            let items: Vec<String> = body.add.iter().chain(&body.remove).cloned().collect();
            fact = Some((body.name.clone(), Value::List(items)));
            let what = match (body.add.is_empty(), body.remove.is_empty()) {
                (_, true) => "added to a list",
                (true, false) => "taken off a list",
                (false, false) => "added to a list, and taken off it",
            };
            (what.to_owned(), vec![(Class::Reason, body.why.as_deref())])
        }
        Event::Decision(body) => {
            fact = body.is_determination().then(|| (body.name.clone(), body.value.clone()));
            let name = Some(body.name.as_str()).filter(|_| !body.is_determination());
            let said = [
                name,
                body.question.as_deref(),
                body.decided.as_deref(),
                Some(body.basis.as_str()),
                body.dissent.as_deref(),
            ];
            ("decision".to_owned(), said.map(|text| (Class::Reason, text)).to_vec())
        }
        _ => return None,
    };
    Some((what, said, fact))
}

/// What an event says of the incident itself and of its record: our words, theirs.
fn of_record(event: &Event) -> Option<(String, Pieces<'_>)> {
    Some(match event {
        Event::Opened(body) => {
            ("incident opened".to_owned(), vec![(Class::Title, body.title.as_deref())])
        }
        Event::Closed(body) => {
            ("incident closed".to_owned(), vec![(Class::Reason, body.reason.as_deref())])
        }
        Event::Reopened(body) => {
            ("incident reopened".to_owned(), vec![(Class::Reason, Some(body.reason.as_str()))])
        }
        Event::Titled(body) => {
            ("incident named".to_owned(), vec![(Class::Title, Some(body.title.as_str()))])
        }
        // Its text is a document of its own.
        Event::Statement(_) => ("status page drafted".to_owned(), Vec::new()),
        Event::Withdrawn(body) => (
            "an entry taken back".to_owned(),
            vec![(Class::Plan, Some(body.entry.as_str())), (Class::Reason, body.why.as_deref())],
        ),
        Event::Forgotten(body) => (
            "kept text or file destroyed".to_owned(),
            vec![
                (Class::Plan, Some(body.entry.as_str())),
                (Class::Reason, Some(body.why.as_str())),
                (Class::Reason, body.basis.as_deref()),
            ],
        ),
        Event::Handoff(body) => {
            let what =
                if body.accepts.is_some() { "hand-over accepted" } else { "work handed over" };
            let said =
                vec![(Class::Reason, Some(body.to.as_str())), (Class::Note, body.text.as_deref())];
            (what.to_owned(), said)
        }
        Event::Linked(body) => (
            "linked with another incident".to_owned(),
            vec![
                (Class::Plan, Some(LinkedAs::words(&body.how))),
                (Class::Plan, Some(body.incident.as_str())),
                (Class::Reason, body.why.as_deref()),
            ],
        ),
        Event::SignedOff(body) => (
            "report signed off".to_owned(),
            vec![
                (Class::Plan, Some(body.role.as_str())),
                (Class::Plan, Some(body.audience.as_str())),
                (Class::Plan, Some(body.head.as_str())),
            ],
        ),
        _ => return None,
    })
}

/// How a step came out, of which items, and what was said with it.
fn of_step(body: &StepOutcome) -> (String, Pieces<'_>) {
    let items = body.item.iter().chain(&body.items);
    let items = items.map(|item| (Class::Machine, Some(item.as_str())));
    let why = body.why.as_ref().map(Obstacle::as_str);
    let said = [body.to.as_deref(), why, body.waits_for.as_deref(), body.text.as_deref()];
    let said = said.map(|text| (Class::Reason, text));
    (format!("step {}", body.outcome.as_str()), items.chain(said).collect())
}

/// What a word of an open set is. One that no version is known to write could be anything.
fn word(is_known: bool) -> Class {
    if is_known { Class::Plan } else { Class::Reason }
}

/// What an event says: our words, theirs, and the fact that it sets.
fn told(event: &Event) -> Option<(String, Pieces<'_>, Given)> {
    if let Some(of_fact) = of_fact(event) {
        return Some(of_fact);
    }
    if let Some((what, said)) = of_record(event) {
        return Some((what, said, None));
    }
    let (what, said) = match event {
        Event::Group(body) => {
            ("group of people described".to_owned(), vec![(Class::Scope, Some(body.name.as_str()))])
        }
        Event::PlaybookPinned(body) => {
            (format!("{} starts", body.phase), vec![(Class::Plan, Some(body.playbook.as_str()))])
        }
        Event::StepOutcome(body) => of_step(body),
        Event::Note(body) => ("note".to_owned(), vec![(Class::Note, Some(body.text.as_str()))]),
        Event::EvidenceAdded(body) => (
            "evidence kept".to_owned(),
            vec![
                (Class::Plan, Some(body.exhibit.as_str())),
                (Class::Machine, Some(body.title.as_str())),
            ],
        ),
        Event::Custody(body) => (
            "evidence handled".to_owned(),
            vec![
                (Class::Plan, Some(body.exhibit.as_str())),
                (Class::Machine, Some(body.action.as_str())),
                (Class::Machine, body.result.as_deref()),
            ],
        ),
        Event::NoticeSent(body) => (
            "notice sent".to_owned(),
            vec![
                (Class::Plan, Some(body.duty.as_str())),
                (Class::Recipient, body.recipient.as_deref()),
            ],
        ),
        Event::NoticeDrafted(body) => {
            ("notice drafted".to_owned(), vec![(Class::Plan, Some(body.duty.as_str()))])
        }
        Event::ActionTaken(body) => {
            let foreign = match &body.what {
                ActionChange::Other(word) => Some((Class::Reason, Some(word.as_str()))),
                _ => None,
            };
            let what = if foreign.is_some() { "changed" } else { body.what.as_str() };
            let said =
                [(Class::Action, body.text.as_deref()), (Class::Plan, Some(body.action.as_str()))];
            (format!("action item {what}"), foreign.into_iter().chain(said).collect())
        }
        Event::DutyDecided(body) => (
            "decision on a duty".to_owned(),
            vec![
                (Class::Plan, Some(body.duty.as_str())),
                (word(!matches!(body.what, RulingKind::Other(_))), Some(body.what.as_str())),
                (Class::Reason, Some(body.reason.as_str())),
            ],
        ),
        Event::CommandOutcome(body) => (
            format!("command ended ({}; {})", body.ended.words(), body.mode.words()),
            vec![
                (Class::Machine, Some(body.command.as_str())),
                (Class::Machine, body.item.as_deref()),
                (Class::Machine, body.place.as_deref()),
            ],
        ),
        Event::Opened(_)
        | Event::Closed(_)
        | Event::Reopened(_)
        | Event::Titled(_)
        | Event::Statement(_)
        | Event::Withdrawn(_)
        | Event::Forgotten(_)
        | Event::SignedOff(_)
        | Event::Stored(_)
        | Event::Handoff(_)
        | Event::Linked(_)
        | Event::FactSet(_)
        | Event::FactEdit(_)
        | Event::Decision(_)
        | Event::Genesis(_)
        | Event::Session(_)
        | Event::ClockStepped(_)
        | Event::Recovery(_)
        | Event::Joined(_)
        | Event::Intent(_)
        | Event::Reserved(_)
        | Event::Newer(_) => return None,
    };
    Some((what, said, None))
}

pub(in crate::report) fn cut(text: &str) -> String {
    let mut places = text.char_indices();
    match places.nth(SHOWN) {
        None => text.to_owned(),
        Some((at, _)) => {
            let all = SHOWN + 1 + places.count();
            format!("{} … ({all} characters in the log)", &text[..at])
        }
    }
}
