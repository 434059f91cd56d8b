//! What others recorded while a question stood open.

use crate::cli::desk::Context;
use crate::cli::desk::taken_back::TakenBack;
use crate::fact::Vocabulary;
use crate::incident::event::{Event, Outcome, Stamped};
use crate::incident::{Incident, StepKey};
use crate::log::Folder;
use crate::output::event::unsaved;
use crate::phase::Phase;
use crate::walk::{Question, Walk, is_on_its_way};
use crate::wording;

/// Says what others did while we were asking.
pub(super) fn announce(
    context: &mut Context,
    vocabulary: &Vocabulary,
    folder: &Folder,
    news: &[Stamped],
) {
    let many = |alike: &&[Stamped]| alike.len() > TOLD + 1;
    for alike in news.chunk_by(is_alike) {
        for stamped in alike.get(..TOLD).filter(|_| many(&alike)).unwrap_or(alike) {
            tell(context, vocabulary, folder, stamped);
        }
        if many(&alike) {
            let did = match alike[0].draft.event {
                Event::Withdrawn(_) => "took back",
                _ => "kept",
            };
            let (who, more) = (alike[0].actor.shown(), alike.len() - TOLD);
            let told = format!("Meanwhile, {who} {did} {more} more.");
            context.screen.say(&crate::escape::line(&told));
        }
    }
}

/// Of many entries of one act, so many are told one by one.
const TOLD: usize = 3;

/// Whether two entries are by one person, and both keep exhibits for one step or both take entries back.
fn is_alike(one: &Stamped, next: &Stamped) -> bool {
    let alike = match (&one.draft.event, &next.draft.event) {
        (Event::EvidenceAdded(_), Event::EvidenceAdded(_)) => one.draft.step == next.draft.step,
        (Event::Withdrawn(_), Event::Withdrawn(_)) => true,
        _ => false,
    };
    alike && one.actor == next.actor
}

fn tell(context: &mut Context, vocabulary: &Vocabulary, folder: &Folder, stamped: &Stamped) {
    let text = match &stamped.draft.event {
        Event::Withdrawn(body) => {
            let words = TakenBack::default().words(context, folder, body);
            Some(format!("took back: {}", words.unwrap_or_else(|_| body.entry.clone())))
        }
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

/// Whether an answer is held back, because somebody set the same fact or settled the same step; says so.
pub(super) fn hold(
    context: &mut Context,
    (walk, incident): (&mut Walk<'_>, &Incident),
    news: &[Stamped],
    question: &Question,
    reply: &str,
) -> bool {
    let places = walk.settles(incident, context.world.clock(), reply);
    let moved = places.iter().find(|place| moves(news, walk.phase(), place));
    let (what, how) = match (&question.fact, moved) {
        (Some(fact), _) if sets(news, &fact.name) => {
            let how = "Enter keeps what was set; or answer again.".to_owned();
            (format!("{} was set", fact.title), how)
        }
        (_, Some(StepKey { step, item })) => {
            // Somebody may have settled it, and then the next card is another one.
            let but = item.as_ref().map_or_else(String::new, |item| {
                format!(" To leave {item} as it is, add `except {item}` before the colon.")
            });
            let how = format!(
                "v shows how it is now. To replace what they said, answer again at j {step}.{but}"
            );
            let on = item.as_ref().map(|item| format!(" on {item}")).unwrap_or_default();
            walk.go_back(context.world.clock());
            (format!("{step} was changed{on}"), how)
        }
        _ => return false,
    };
    context.screen.warn(&format!("{what} meanwhile, so your answer was not recorded: {reply}"));
    context.screen.say(&how);
    true
}

/// Whether somebody said how a place came out.
fn moves(news: &[Stamped], phase: Phase, place: &StepKey) -> bool {
    let step = format!("{phase}/{}", place.step);
    news.iter().any(|news| match &news.draft.event {
        Event::StepOutcome(body) if news.draft.step.as_ref() == Some(&step) => {
            let mut items = body.items.iter().chain(&body.item).peekable();
            let all = items.peek().is_none() || place.item.is_none();
            all || items.any(|item| place.item.as_ref() == Some(item))
        }
        _ => false,
    })
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
            let text = body.text.as_deref();
            // A log may name the assignee only in the text.
            let owner = text.filter(|_| body.outcome == Outcome::Assigned && body.to.is_none());
            let text = text.filter(|_| owner.is_none());
            let text = text.map(|text| format!(", {text}")).unwrap_or_default();
            let to = body.to.as_deref().or(owner).map(|to| format!(" to {to}"));
            let to = to.unwrap_or_default();
            let items = body.items.iter().chain(&body.item).collect::<Vec<_>>();
            let on = match items.len() {
                0 => String::new(),
                _ => format!(" on {}", wording::some(&items, 6)),
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
        Event::NoticeSent(body) => format!("recorded {} of {} as sent", body.what, body.duty),
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
