//! Taking back an entry: the state is what the others say.

use super::naming::Naming;
use super::unrecorded::cannot_open;
use super::{Context, Failure, Record, followed, told};
use crate::fact::Vocabulary;
use crate::incident::event::{Event, Stamped, Text, Withdrawn};
use crate::log::entries;
use crate::prompt::Prompt;
use crate::regime::OWED;
use crate::walk::is_on_its_way;
use crate::wording;

/// The last thing that the person at the keyboard recorded on this machine.
pub(in crate::cli) enum Last {
    /// Entries of one act that can be taken back, the newest last.
    Act(Vec<Said>),
    /// A command: what ran cannot be taken back.
    Command(String),
    /// Nothing of theirs is left.
    Nothing,
}

/// An entry that can be taken back.
pub(in crate::cli) struct Said {
    id: String,
    /// What the entry says, if no other says it.
    pub(in crate::cli) words: Option<String>,
    /// The address of its step and the item, if it is about a step.
    step: Option<(String, Option<String>)>,
}

impl Said {
    fn of(vocabulary: &Vocabulary, stamped: Stamped) -> Self {
        let item = match &stamped.draft.event {
            Event::StepOutcome(body) => body.item.clone(),
            Event::NoticeSent(body) => Some(body.duty.clone()),
            _ => None,
        };
        let words = told::told_or_unsaved(vocabulary, &stamped);
        Self { id: stamped.id, words, step: stamped.draft.step.map(|step| (step, item)) }
    }
}

/// Looks for it in the whole log: whoever takes something back has the time.
///
/// # Errors
/// The log cannot be read.
pub(in crate::cli) fn last(context: &mut Context, record: &Record) -> Result<Last, Failure> {
    let vocabulary = followed::vocabulary(context, &record.incident, &record.folder);
    let mut found = Last::Nothing;
    let (mut act, mut announced): (Vec<Written>, Vec<Written>) = (Vec::new(), Vec::new());
    each(context, record, |stamped| {
        match &stamped.draft.event {
            // It is no act of its own: the entry that it belongs to is.
            Event::Note(note) if note.is_beside() => {}
            // Taken back with what it announced; alone, it says nothing yet.
            Event::Note(note) if is_on_its_way(note.text.as_str()) => {
                let act = record.acts.of(&stamped.id);
                announced.push(Written { act, stamped });
            }
            Event::FactSet(set) if set.name == OWED => {}
            Event::Intent(_) | Event::CommandOutcome(_) => {
                act.clear();
                found = Last::Command(command(&stamped.draft.event));
            }
            Event::StepOutcome(_)
            | Event::FactSet(_)
            | Event::FactEdit(_)
            | Event::Decision(_)
            | Event::Note(_)
            | Event::NoticeSent(_)
            | Event::DutyDecided(_)
            | Event::ActionTaken(_)
            | Event::Titled(_)
            | Event::Handoff(_)
            | Event::Linked(_)
            | Event::Group(_)
            | Event::Statement(_)
            | Event::EvidenceAdded(_)
            | Event::NoticeDrafted(_)
            | Event::SignedOff(_)
            | Event::Closed(_)
            | Event::Reopened(_) => {
                let number = record.acts.of(&stamped.id);
                let is_of_act = |other: &Written| match number {
                    Some(_) => other.act == number,
                    None => other.brings(&stamped),
                };
                act.retain(is_of_act);
                act.push(Written { act: number, stamped });
                found = Last::Nothing;
            }
            // What holds the record together, and what the program adds by itself.
            Event::Genesis(_)
            | Event::Opened(_)
            | Event::PlaybookPinned(_)
            | Event::Session(_)
            | Event::ClockStepped(_)
            | Event::Recovery(_)
            | Event::Joined(_)
            | Event::Custody(_)
            | Event::Forgotten(_)
            | Event::Withdrawn(_)
            | Event::Stored(_)
            | Event::Reserved(_)
            | Event::Newer(_) => {}
        }
    })?;
    if !act.is_empty() {
        // What an outcome brought with it goes with it; answers to questions are facts of their own.
        if act.iter().any(Written::is_outcome) {
            act.retain(Written::goes_with_outcome);
            let number = act[0].act;
            announced.retain(|note| number.is_some() && note.act == number);
            act.splice(..0, announced);
        } else {
            act.drain(..act.len() - 1);
        }
        return Ok(Last::Act(
            act.into_iter().map(|written| Said::of(&vocabulary, written.stamped)).collect(),
        ));
    }
    Ok(found)
}

/// Which command it was, and for what.
fn command(event: &Event) -> String {
    let (command, item) = match event {
        Event::Intent(body) => (&body.command, &body.item),
        Event::CommandOutcome(body) => (&body.command, &body.item),
        _ => return String::new(),
    };
    let of = item.as_ref().map(|item| format!(" for {item}")).unwrap_or_default();
    format!("{command}{of}")
}

/// An entry of this person.
struct Written {
    act: Option<usize>,
    stamped: Stamped,
}

impl Written {
    fn is_outcome(&self) -> bool {
        matches!(self.stamped.draft.event, Event::StepOutcome(_))
    }

    /// Whether it is the outcome of a step with which a notice was recorded, in another process.
    fn brings(&self, notice: &Stamped) -> bool {
        let Self { stamped, .. } = self;
        self.is_outcome()
            && matches!(notice.draft.event, Event::NoticeSent(_))
            && (&stamped.chain, stamped.seq + 1) == (&notice.chain, notice.seq)
            && stamped.draft.step == notice.draft.step
    }

    fn goes_with_outcome(&self) -> bool {
        let event = &self.stamped.draft.event;
        self.is_outcome()
            || matches!(event, Event::Note(_) | Event::EvidenceAdded(_) | Event::NoticeSent(_))
    }
}

/// What this person recorded on this machine and nobody took back, oldest first.
fn each(context: &Context, record: &Record, mut take: impl FnMut(Stamped)) -> Result<(), Failure> {
    entries(&record.folder, &context.world, &mut |chain, entry| {
        let here = entry.host == context.world.host && entry.actor.user == record.actor.user;
        let theirs = entry.actor.name.as_deref() == record.actor.name.as_deref();
        if here && theirs && !entry.is_withdrawn() {
            take(entry.stamped(chain));
        }
    })
    .map_err(cannot_open)?;
    Ok(())
}

/// The entry with this name, whoever wrote it.
///
/// # Errors
/// No entry has this name, it was already taken back, or its kind cannot be taken back.
pub(in crate::cli) fn named(
    context: &mut Context,
    record: &Record,
    name: &str,
) -> Result<Said, Failure> {
    let (stamped, is_withdrawn) =
        Naming::new(name).find(context, &record.folder, &mut |chain, entry| {
            (entry.stamped(chain), entry.is_withdrawn())
        })?;
    let kind = stamped.draft.event.kind();
    if !Event::is_withdrawable(kind) {
        return Err(Failure::usage(format!("an entry of kind `{kind}` cannot be taken back"))
            .hint("nothing was recorded; what it says can be corrected by another entry"));
    }
    if is_withdrawn {
        return Err(Failure::usage(format!("entry `{name}` was taken back before"))
            .hint("nothing was recorded, and nothing needs to be"));
    }
    let vocabulary = followed::vocabulary(context, &record.incident, &record.folder);
    Ok(Said::of(&vocabulary, stamped))
}

/// That a hand-over of these entries was accepted, in words: nobody takes that back from under whoever
/// has the work.
pub(in crate::cli) fn accepted(record: &Record, act: &[Said]) -> Option<String> {
    let handed = record.incident.handoff.as_ref()?;
    let (by, at) = handed.accepted.as_ref()?;
    let is_meant = act.iter().any(|said| said.id == handed.entry);
    let at = wording::moment(*at);
    is_meant.then(|| format!("{by} accepted that hand-over {at}, and it stands"))
}

/// Takes back the entries of one act, and reports what they said. Returns the step and the item of the
/// newest one.
///
/// # Errors
/// The entries could not be recorded.
pub(in crate::cli) fn take_back(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    record: &mut Record,
    act: Vec<Said>,
    why: Option<Text>,
) -> Result<Option<(String, Option<String>)>, Failure> {
    let mut lines = Vec::new();
    // Of a notice, the outcome of its step names the item.
    let steps = || act.iter().rev().filter_map(|said| said.step.clone());
    let newest = steps().find(|(_, item)| item.is_some()).or_else(|| steps().next());
    for Said { id: entry, words, .. } in act.into_iter().rev() {
        let why = why.clone();
        record.append_careful(context, prompt, Withdrawn { entry, why }.into())?;
        lines.extend(words.as_deref().and_then(|words| words.lines().next()).map(str::to_owned));
    }
    let said = wording::some(&lines, 3);
    context.screen.say(&format!("Taken back: {said}. What was recorded before counts again."));
    Ok(newest)
}
