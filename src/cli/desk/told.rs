//! What entries say, in the words of a walk.

use super::Context;
use crate::fact::Vocabulary;
use crate::incident::event::{Event, Outcome, Stamped};
use crate::log::{Folder, entries};
use crate::output::event::unsaved;
use crate::walk::is_on_its_way;
use crate::wording;

/// What the entry of this id says: nothing if another entry says the same.
pub(in crate::cli) fn entry(
    context: &Context,
    folder: &Folder,
    vocabulary: &Vocabulary,
    id: &str,
) -> Option<String> {
    let mut said = Some("an entry that is not in this copy".to_owned());
    let read = entries(folder, &context.world, &mut |chain, entry| {
        if entry.id == id {
            said = told_or_unsaved(vocabulary, &entry.stamped(chain));
        }
    });
    said.filter(|_| read.is_ok())
}

/// As [`told`], and of an entry that the walk has no words for what the log says; nothing of a note that
/// says what another entry does.
pub(in crate::cli) fn told_or_unsaved(
    vocabulary: &Vocabulary,
    stamped: &Stamped,
) -> Option<String> {
    let is_note = matches!(stamped.draft.event, Event::Note(_));
    told(vocabulary, stamped).or_else(|| (!is_note).then(|| unsaved(&stamped.draft)))
}

/// What an entry says, for people who walk: steps by the names that their prompts show, facts by their
/// titles. None: it says nothing that another entry does not.
pub(in crate::cli) fn told(vocabulary: &Vocabulary, stamped: &Stamped) -> Option<String> {
    let step = stamped.draft.step.as_deref().unwrap_or_default();
    let step = step.rsplit_once('/').map_or(step, |(_, step)| step);
    Some(match &stamped.draft.event {
        Event::StepOutcome(body) => {
            let text = body.text.as_deref();
            // A log may name the assignee only in the text.
            let owner = text.filter(|_| body.outcome == Outcome::Assigned && body.to.is_none());
            let text = text.filter(|_| owner.is_none());
            let text = text.map(|text| format!(": {text}")).unwrap_or_default();
            let to = body.to.as_deref().or(owner).map(|to| format!(" to {to}"));
            let to = to.unwrap_or_default();
            let items = body.items.iter().chain(&body.item).collect::<Vec<_>>();
            let on = match items.len() {
                0 => String::new(),
                _ => format!(" on {}", wording::few_of(&items, 6)),
            };
            format!("{step} is {}{to}{on}{text}", body.outcome.as_str())
        }
        Event::FactSet(body) => {
            let fact = vocabulary.get(&body.name);
            let title = fact.map_or(body.name.as_str(), |fact| &fact.title);
            format!("{title}: {}", body.value.brief(fact))
        }
        Event::Decision(body) => {
            let fact = vocabulary.get(&body.name);
            let value = || body.value.show(fact);
            let decided = body.decided.as_deref().map_or_else(value, str::to_owned);
            let title = fact.map_or(body.name.as_str(), |fact| &fact.title);
            format!("{} decided {title}: {decided}", body.by)
        }
        Event::Handoff(_) => unsaved(&stamped.draft),
        Event::NoticeSent(body) => {
            let to = body.recipient.as_ref().map(|to| format!(" to {to}")).unwrap_or_default();
            format!("recorded {} of {} as sent{to}", body.what, body.duty)
        }
        Event::DutyDecided(body) => format!("{} {}", body.duty, body.what),
        // The entry that follows says the same.
        Event::Note(body) if is_on_its_way(&body.text) => return None,
        Event::Note(body) if step.is_empty() => format!("note: {}", body.text),
        Event::Note(body) => format!("note, {step}: {}", body.text),
        Event::EvidenceAdded(body) => format!("kept {}, {}", body.exhibit, body.title),
        Event::Intent(body) => format!("started `{}` of {step}", body.command),
        Event::Closed(_) => "closed the incident".to_owned(),
        Event::Reopened(_) => "reopened the incident".to_owned(),
        Event::FactEdit(body) => {
            let fact = vocabulary.get(&body.name);
            let why = body.why.as_ref().map(|why| format!(", because {why}")).unwrap_or_default();
            format!("{}{why}", body.told(fact.map_or(body.name.as_str(), |fact| &fact.title)))
        }
        Event::Newer(newer) => format!("wrote what needs a newer breach: {}", newer.kind),
        _ => return None,
    })
}
