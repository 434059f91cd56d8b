//! What others recorded while a question stood open.

use crate::cli::desk::Context;
use crate::fact::{Fact, Vocabulary};
use crate::incident::event::{Event, Stamped};

/// Says what others did while we were asking.
pub(super) fn announce(context: &mut Context, vocabulary: &Vocabulary, news: &[Stamped]) {
    for stamped in news {
        if let Some(text) = told(vocabulary, stamped) {
            let who = stamped.actor.shown();
            let at = stamped.at.format("%H:%M:%S");
            // One line each: no text of somebody else can pass for a message of ours.
            let told = format!("Meanwhile, {who} at {at}: {text}");
            context.screen.say(&crate::escape::line(&told));
        }
    }
}

/// Whether an answer waits, because somebody set the same fact; says so.
pub(super) fn hold(context: &mut Context, news: &[Stamped], fact: &Fact, reply: &str) -> bool {
    let waits = sets(news, &fact.name);
    if waits {
        let fact = &fact.title;
        context.screen.warn(&format!("{fact} was set meanwhile, so your answer waits: {reply}"));
        context.screen.say("Enter keeps what was set; or answer again.");
    }
    waits
}

/// Whether somebody set a fact.
fn sets(news: &[Stamped], name: &str) -> bool {
    news.iter().any(|stamped| match &stamped.draft.event {
        Event::FactSet(body) => body.name == name,
        Event::FactEdit(body) => body.name == name,
        Event::Decision(body) => body.name == name,
        _ => false,
    })
}

fn told(vocabulary: &Vocabulary, stamped: &Stamped) -> Option<String> {
    let step = stamped.draft.step.as_deref().unwrap_or_default();
    Some(match &stamped.draft.event {
        Event::StepOutcome(body) => {
            let text = body.text.as_deref().map(|text| format!(", {text}")).unwrap_or_default();
            format!("{step} is {}{text}", body.outcome.as_str())
        }
        Event::FactSet(body) => {
            format!("{} = {}", body.name, body.value.brief(vocabulary.get(&body.name)))
        }
        Event::Decision(body) => {
            let value = body.value.show(vocabulary.get(&body.name));
            format!("{} decided {} = {value}", body.by, body.name)
        }
        Event::NoticeSent(body) => format!("recorded {} of {} as sent", body.what, body.duty),
        Event::DutyDecided(body) => format!("{} {}", body.duty, body.what),
        Event::Note(body) => format!("note: {}", body.text),
        Event::EvidenceAdded(body) => format!("kept {}, {}", body.exhibit, body.title),
        Event::Intent(body) => format!("started `{}` of {step}", body.command),
        Event::Closed(_) => "closed the incident".to_owned(),
        Event::Reopened(_) => "reopened the incident".to_owned(),
        Event::FactEdit(_) | Event::Withdrawn(_) => {
            crate::output::event::said(&stamped.draft.event)
        }
        Event::Newer(newer) => format!("wrote what needs a newer breach: {}", newer.kind),
        _ => return None,
    })
}
