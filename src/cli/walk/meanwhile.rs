//! What others recorded while a question stood open.

use crate::cli::desk::{Context, told};
use crate::fact::names::COUNSEL_DIRECTS;
use crate::fact::{Value, Vocabulary};
use crate::incident::event::{Event, Outcome, Stamped};
use crate::incident::{Incident, StepKey};
use crate::log::Folder;
use crate::phase::Phase;
use crate::walk::{Question, Walk};
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
    let directs = |stamped: &Stamped| match &stamped.draft.event {
        Event::Decision(body) => body.name == COUNSEL_DIRECTS && body.value == Value::YesNo(true),
        _ => false,
    };
    if news.iter().any(directs) {
        context.screen.say("From now on, all that you record is marked privileged.");
    }
}

/// So many names or ranges fit into a line that somebody may type again.
const FEW: usize = 12;

/// Of many entries of one act, so many are told one by one.
const TOLD: usize = 1;

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
        Event::Withdrawn(body) => told::entry(context, folder, vocabulary, &body.entry)
            .map(|said| format!("took back: {said}")),
        _ => told::told(vocabulary, stamped),
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
    // These keys record nothing.
    if matches!(reply.trim(), "<" | "q" | "?") {
        return false;
    }
    let places = walk.settles(incident, context.world.clock(), reply);
    let unseen = unseen(walk, news, &places, reply);
    if !unseen.is_empty() {
        let unseen = wording::few(&unseen);
        context.screen.warn(&format!(
            "{unseen} came onto the list meanwhile, so your answer was not recorded: {}",
            reply.trim()
        ));
        context.screen.say("v shows the card; the same line again takes what is on it.");
        return true;
    }
    let moved: Vec<&StepKey> =
        places.iter().filter(|place| moves(news, walk.phase(), place)).collect();
    if let (Some(fact), false) = (&question.fact, moved.is_empty())
        && !reply.trim().is_empty()
        && !sets(news, &fact.name)
    {
        // Somebody settled the step without it: what is known of it counts all the same.
        walk.detach();
        return false;
    }
    let (what, how) = match (&question.fact, moved.first()) {
        // Where the step itself was settled, no answer to its questions counts any more.
        (_, Some(StepKey { step, .. })) => {
            // Somebody may have settled it, and then the next card is another one.
            let kept = match walk.held() {
                Some(held) => format!(" Not recorded, either: {held}"),
                None if walk.has_said() => " What you typed with d is kept as a note.".to_owned(),
                None => String::new(),
            };
            let others = places.iter().filter(|place| !moved.contains(place));
            let others: Vec<String> = others.filter_map(|place| place.item.clone()).collect();
            let named = wording::ranges(&others, FEW);
            let typed = reply.split_whitespace().next().filter(|key| key.len() == 1);
            let key = if walk.is_calling_done() { Some("d") } else { typed };
            let key = key.filter(|_| (1..=FEW).contains(&named.len()));
            let left = key.map(|key| format!(" `{key} {}` takes the others.", named.join(", ")));
            let left = left.unwrap_or_default();
            let adds = match &question.fact {
                Some(fact) if fact.kind.has_items() => {
                    format!("f {} + ITEM adds to the list", fact.name)
                }
                _ => "n TEXT there adds to it".to_owned(),
            };
            let how = format!("j {step} shows how it is now; {adds}.{left}{kept}");
            let items: Vec<&str> = moved.iter().filter_map(|at| at.item.as_deref()).collect();
            let on = match items.as_slice() {
                [] => String::new(),
                items => format!(" on {}", wording::few(items)),
            };
            walk.go_back(context.world.clock());
            (format!("{step} was changed{on}"), how)
        }
        // Two edits of one list add up.
        (Some(fact), _) if fact.kind.has_items() && reply.trim().starts_with(['+', '-']) => {
            return false;
        }
        (Some(fact), _) if sets(news, &fact.name) => {
            let how = "Enter keeps what was set; or answer again.".to_owned();
            (format!("{} was set", fact.title), how)
        }
        _ => return false,
    };
    let lost = match reply.trim() {
        "" => String::new(),
        reply => format!(", so your answer was not recorded: {reply}"),
    };
    context.screen.warn(&format!("{what} meanwhile{lost}"));
    context.screen.say(&how);
    true
}

/// The items among some places that somebody put on their list meanwhile and that the answer does not
/// name: whoever gave it did not see them.
fn unseen<'p>(
    walk: &Walk<'_>,
    news: &[Stamped],
    places: &'p [StepKey],
    reply: &str,
) -> Vec<&'p str> {
    let is_unseen = |at: &&StepKey| {
        let (Some(item), Some(list)) = (&at.item, walk.list_of(at)) else { return false };
        let is_new = |value: &[String]| value.contains(item) && !reply.contains(item.as_str());
        news.iter().any(|stamped| match &stamped.draft.event {
            Event::FactEdit(body) => body.name == list && is_new(&body.add),
            Event::FactSet(body) => body.name == list && body.value.items().is_some_and(is_new),
            _ => false,
        })
    };
    places.iter().filter(is_unseen).filter_map(|at| at.item.as_deref()).collect()
}

/// Whether somebody said how a place came out. One that only waits may still be done.
fn moves(news: &[Stamped], phase: Phase, place: &StepKey) -> bool {
    let step = format!("{phase}/{}", place.step);
    news.iter().any(|news| match &news.draft.event {
        Event::StepOutcome(body)
            if news.draft.step.as_ref() == Some(&step)
                && !matches!(body.outcome, Outcome::Waiting | Outcome::Assigned) =>
        {
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
        Event::FactSet(body) => body.name == name && body.value != Value::Unknown,
        Event::FactEdit(body) => body.name == name,
        Event::Decision(body) => body.name == name,
        _ => false,
    })
}
