//! What people put into an event: held back if it is a secret, kept apart if it is long.

use super::{Context, Failure};
use crate::fact::Value;
use crate::incident::event::{Event, Source, Text};
use crate::incident::{Sensitive, sensitive};
use crate::prompt::{Prompt, Stop, Topic};

/// Longest text that goes into an entry as it is, in bytes; a longer one becomes evidence.
pub(in crate::cli) const LONGEST: usize = 64 * 1024;

/// Longest name of a person, in characters.
const LONGEST_NAME: usize = 200;

/// Every text of an event that a person typed.
pub(in crate::cli) fn texts(event: &mut Event) -> Vec<&mut String> {
    match event {
        Event::Note(body) => vec![body.text.shown_mut()],
        Event::Statement(body) => vec![body.text.shown_mut()],
        Event::Titled(body) => vec![body.title.shown_mut()],
        Event::Handoff(body) => {
            let mut texts = free(&mut body.text);
            texts.push(&mut body.to);
            texts
        }
        Event::Linked(body) => free(&mut body.why),
        Event::StepOutcome(body) => {
            let mut texts = free(body.text.iter_mut().chain(&mut body.waits_for));
            texts.extend(&mut body.to);
            texts
        }
        Event::Decision(body) => {
            let more = body.question.iter_mut().chain(&mut body.options).chain(&mut body.dissent);
            let more = more.chain(&mut body.decided);
            let mut texts = free(std::iter::once(&mut body.basis).chain(more));
            texts.push(&mut body.by);
            texts.extend(of_value(&mut body.value));
            texts
        }
        Event::FactSet(body) => {
            let mut texts = free(&mut body.why);
            texts.extend(of_value(&mut body.value));
            texts
        }
        Event::FactEdit(body) => {
            let mut texts = free(&mut body.why);
            texts.extend(&mut body.add);
            texts
        }
        Event::Withdrawn(body) => free(&mut body.why),
        Event::Forgotten(body) => free(std::iter::once(&mut body.why).chain(&mut body.basis)),
        Event::EvidenceAdded(body) => {
            let mut texts = vec![body.title.shown_mut()];
            match &mut body.source {
                Source::File { path } => texts.push(path),
                Source::Reference { id, kind, account, region, digest } => {
                    texts.push(id);
                    texts.extend([kind, account, region, digest].into_iter().flatten());
                }
                // Without its path it could not be found again.
                Source::InPlace { .. } | Source::Stdin => {}
            }
            texts
        }
        Event::NoticeSent(body) => {
            let texts = [&mut body.recipient, &mut body.channel, &mut body.reference];
            texts.into_iter().flatten().collect()
        }
        Event::ActionTaken(body) => {
            let mut texts = free(body.text.iter_mut().chain(&mut body.reason));
            texts.extend([&mut body.owner, &mut body.link].into_iter().flatten());
            texts
        }
        Event::Group(body) => {
            let names = std::iter::once(&mut body.name).chain(&mut body.overlaps);
            names.chain(free(&mut body.offer)).collect()
        }
        Event::DutyDecided(body) => vec![&mut body.by, body.reason.shown_mut()],
        Event::Custody(body) => free(&mut body.text),
        Event::Opened(body) => free(&mut body.title),
        Event::Closed(body) => free(&mut body.reason),
        Event::Reopened(body) => vec![body.reason.shown_mut()],
        Event::CommandOutcome(body) => body.place.iter_mut().chain(&mut body.account).collect(),
        // What the program itself says.
        Event::PlaybookPinned(_)
        | Event::Genesis(_)
        | Event::NoticeDrafted(_)
        | Event::Intent(_)
        | Event::Session(_)
        | Event::ClockStepped(_)
        | Event::Recovery(_)
        | Event::Stored(_)
        | Event::Joined(_)
        | Event::SignedOff(_)
        | Event::Newer(_)
        | Event::Reserved(_) => Vec::new(),
    }
}

fn free<'t>(texts: impl IntoIterator<Item = &'t mut Text>) -> Vec<&'t mut String> {
    texts.into_iter().map(Text::shown_mut).collect()
}

fn of_value(value: &mut Value) -> Vec<&mut String> {
    match value {
        Value::Text(text) => vec![text],
        Value::List(items) => items.iter_mut().collect(),
        _ => Vec::new(),
    }
}

/// The beginning of a text that is kept elsewhere, for the entry that says where.
pub(in crate::cli) fn beginning(text: &str) -> &str {
    let mut end = text.len().min(1000);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A name as it may stand in every entry: no secret, and no longer than a name is.
pub(in crate::cli) fn name(context: &mut Context, name: String) -> String {
    let found = sensitive(&name);
    let mut name = name;
    if !found.is_empty() {
        context
            .screen
            .warn("the name contains what looks like a secret: it is masked in every entry");
        name = Sensitive::mask(&name, &found);
    }
    if name.chars().count() > LONGEST_NAME {
        context.screen.warn(&format!(
            "the name has more than {LONGEST_NAME} characters and is cut off; give another with \
             `--as NAME`"
        ));
        name = name.chars().take(LONGEST_NAME).collect();
    }
    name
}

/// Asks once what to do with a secret. Where nobody reads along, it is masked.
pub(in crate::cli) fn wants_mask(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    found: &[Sensitive],
) -> Result<bool, Failure> {
    let mut what: Vec<String> = found.iter().map(Sensitive::with_article).collect();
    what.sort();
    what.dedup();
    let what = crate::wording::list(&what);
    if !prompt.is_patient() {
        context.screen.warn(&format!(
            "this looks like {what}: it is masked, and the original is kept separately"
        ));
        return Ok(true);
    }
    context.screen.warn(&format!("this looks like {what}; the log cannot be cleaned later"));
    let answer = prompt.line(Topic::Mask, "[m]ask it, or [k]eep it as it is? ");
    match answer {
        Ok(answer) => Ok(!answer.trim().eq_ignore_ascii_case("k")),
        // Who is cut off here wanted the entry; who leaves here took it back.
        Err(Stop::EndOfInput) => Ok(true),
        Err(stop) => {
            context.screen.warn("nothing was recorded; enter it again without the secret");
            Err(stop.into())
        }
    }
}
