//! What others recorded while a question stood open.

use crate::cli::desk::Context;
use crate::cli::desk::naming::Naming;
use crate::fact::Vocabulary;
use crate::incident::event::{Event, Stamped};
use crate::log::Folder;
use crate::output::event::unsaved;
use crate::walk::{Question, StepCard, Walk};
use crate::wording;

/// Says what others did while we were asking.
pub(super) fn announce(
    context: &mut Context,
    vocabulary: &Vocabulary,
    folder: &Folder,
    news: &[Stamped],
) {
    for stamped in news {
        let text = match &stamped.draft.event {
            Event::Withdrawn(body) => Some(took_back(context, folder, &body.entry)),
            _ => told(vocabulary, stamped),
        };
        if let Some(text) = text {
            let who = stamped.actor.shown();
            let at = stamped.at.format("%H:%M:%S");
            // One line each: no text of somebody else can pass for a message of ours.
            let told = format!("Meanwhile, {who} at {at}: {text}");
            context.screen.say(&crate::escape::line(&told));
        }
    }
}

/// What an entry said that was taken back.
fn took_back(context: &mut Context, folder: &Folder, entry: &str) -> String {
    let found = Naming::new(entry).find(context, folder, &mut |chain, entry| entry.stamped(chain));
    let what = found.map_or_else(|_| format!("entry {entry}"), |found| unsaved(&found.draft));
    format!("took back: {what}")
}

/// Whether an answer is held back, because somebody set the same fact or settled the same step; says so.
pub(super) fn hold(
    context: &mut Context,
    news: &[Stamped],
    question: &Question,
    reply: &str,
) -> bool {
    let (what, how) = match (&question.fact, &question.card) {
        (Some(fact), _) if sets(news, &fact.name) => {
            let how = "Enter keeps what was set; or answer again.".to_owned();
            (format!("{} was set", fact.title), how)
        }
        (_, Some(card)) if Walk::settles(reply) && moves(news, card) => {
            // Somebody may have settled it, and then the next card is another one.
            let how = format!(
                "To record it all the same: j {}, then the same answer. v shows what is open here.",
                card.key.step
            );
            (format!("{} was changed", card.key.step), how)
        }
        _ => return false,
    };
    context.screen.warn(&format!("{what} meanwhile, so your answer was not recorded: {reply}"));
    context.screen.say(&how);
    true
}

/// Whether somebody said how the step of a card came out.
fn moves(news: &[Stamped], card: &StepCard) -> bool {
    let step = format!("{}/{}", card.phase, card.key.step);
    let is_outcome = |stamped: &Stamped| matches!(stamped.draft.event, Event::StepOutcome(_));
    news.iter().any(|news| is_outcome(news) && news.draft.step.as_ref() == Some(&step))
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
            let to = body.to.as_ref().map(|to| format!(" to {to}")).unwrap_or_default();
            let items = body.items.iter().chain(&body.item).collect::<Vec<_>>();
            let on = match items.len() {
                0 => String::new(),
                _ => format!(" on {}", wording::some(&items, 6)),
            };
            format!("{step} is {}{to}{on}{text}", body.outcome.as_str())
        }
        Event::FactSet(body) => {
            format!("{} = {}", body.name, body.value.brief(vocabulary.get(&body.name)))
        }
        Event::Decision(body) => {
            let value = || body.value.show(vocabulary.get(&body.name));
            let decided = body.decided.as_deref().map_or_else(value, str::to_owned);
            format!("{} decided {} = {decided}", body.by, body.name)
        }
        Event::Handoff(_) => unsaved(&stamped.draft),
        Event::NoticeSent(body) => format!("recorded {} of {} as sent", body.what, body.duty),
        Event::DutyDecided(body) => format!("{} {}", body.duty, body.what),
        Event::Note(body) if step.is_empty() => format!("note: {}", body.text),
        Event::Note(body) => format!("note, {step}: {}", body.text),
        Event::EvidenceAdded(body) => format!("kept {}, {}", body.exhibit, body.title),
        Event::Intent(body) => format!("started `{}` of {step}", body.command),
        Event::Closed(_) => "closed the incident".to_owned(),
        Event::Reopened(_) => "reopened the incident".to_owned(),
        Event::FactEdit(_) => crate::output::event::said(&stamped.draft.event),
        Event::Newer(newer) => format!("wrote what needs a newer breach: {}", newer.kind),
        _ => return None,
    })
}
