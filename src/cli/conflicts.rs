//! `breach conflicts`: what people said differently without knowledge of each other.

use super::args::{ConflictsArgs, ConflictsCommand, Format, SettleArgs};
use super::desk::typed::typed;
use super::desk::{Context, Exit, Failure, Record, affected, answers, chains, followed, home};
use crate::fact::Vocabulary;
use crate::incident::event::{
    Draft, Event, FactSet, Opened, Outcome, Reopened, Stamped, Text, Titled,
};
use crate::incident::{Conflict, Incident, Subject};
use crate::output::{conflicts as face, event, json};
use crate::wording;

pub(super) fn run(context: &mut Context, args: &ConflictsArgs) -> Result<Exit, Failure> {
    if let Some(ConflictsCommand::Settle(args)) = &args.command {
        return settle(context, args);
    }
    let folder = home::one(context)?;
    let mut incident = Incident::default();
    chains::fold(context, &folder, &mut incident)?;
    let conflicts = incident.conflicts();
    match args.format {
        Format::Json => json::write(&mut context.out, &face::json(&conflicts))?,
        Format::Text if conflicts.is_empty() => context.screen.say("Nothing is in conflict."),
        Format::Text => {
            face::text(&conflicts, &mut context.page())?;
            context.screen.say(
                "Settle one: `breach conflicts settle NUMBER --take NUMBER`; a fact also by `--value`.",
            );
        }
    }
    Ok(Exit::Done)
}

fn settle(context: &mut Context, args: &SettleArgs) -> Result<Exit, Failure> {
    let lost = |failure: Failure| match args.value.as_ref().or(args.why.as_ref()) {
        Some(text) => failure.with_text(text),
        None => failure,
    };
    let folder = home::one(context).map_err(lost)?;
    let mut record = Record::open(context, folder).map_err(lost)?;
    record.privileged = args.privilege.said();
    let vocabulary = followed::vocabulary(context, &record.incident, &record.folder);
    let (subject, draft) = drafted(context, &record.incident, &vocabulary, args).map_err(lost)?;
    let closes = matches!(draft.event, Event::Closed(_));
    let said = format!("Settled: {}.", event::unsaved(&draft));
    if matches!(subject, Subject::Fact { .. }) {
        affected::record(context, &mut record, draft, &said, &[])?;
    } else {
        let mut source = answers::interactive();
        record.append_careful(context, source.prompt(), draft)?;
        context.screen.say(&said);
    }
    if closes {
        record.end(context);
    }
    let left = record.incident.conflicts().len();
    if left > 0 {
        let left = wording::count(left, "conflict");
        context.screen.say(&format!("{left} left: `breach conflicts`"));
    }
    Ok(Exit::Done)
}

/// The entry that settles a conflict, and what it is about.
fn drafted(
    context: &Context,
    incident: &Incident,
    vocabulary: &Vocabulary,
    args: &SettleArgs,
) -> Result<(Subject, Draft), Failure> {
    let conflicts = incident.conflicts();
    let conflict = args.conflict.checked_sub(1).and_then(|place| conflicts.get(place));
    let conflict = conflict.ok_or_else(|| {
        let there_are = wording::count(conflicts.len(), "conflict");
        Failure::usage(format!("there is no conflict {}", args.conflict))
            .hint(format!("nothing was recorded; `breach conflicts` lists {there_are}"))
    })?;
    let mut draft = if let Some(value) = &args.value {
        given(context, vocabulary, conflict, value)?
    } else {
        let place = args.take.and_then(|number| number.checked_sub(1));
        let said = place.and_then(|place| conflict.claims.get(place)).ok_or_else(|| {
            let there_are = wording::count(conflict.claims.len(), "entry");
            Failure::usage("there is no such entry in this conflict")
                .hint(format!("nothing was recorded; `breach conflicts` lists {there_are}"))
        })?;
        again(conflict.subject, said)?
    };
    let has_no_reason =
        matches!(draft.event, Event::Group(_) | Event::Titled(_) | Event::PlaybookPinned(_));
    if has_no_reason && args.why.is_some() {
        return Err(Failure::usage(format!(
            "{} is recorded without a reason",
            conflict.subject.shown()
        ))
        .hint("nothing was recorded; leave out `--why`, and say why in a `breach note`"));
    }
    let ids = conflict.claims.iter().map(|said| said.id.clone()).collect();
    name_settled(&mut draft.event, ids, args.why.as_deref().map(Text::from));
    Ok((conflict.subject.clone(), draft))
}

/// A value in place of those that differ.
fn given(
    context: &Context,
    vocabulary: &Vocabulary,
    conflict: &Conflict<'_>,
    value: &str,
) -> Result<Draft, Failure> {
    let Subject::Fact { name, item } = conflict.subject else {
        return Err(Failure::usage(format!("{} has no value", conflict.subject.shown()))
            .hint("nothing was recorded; `--take NUMBER` says which entry holds"));
    };
    let (fact, understood) = typed(context, vocabulary, name, value)
        .map_err(|failure| failure.hint("nothing was recorded"))?;
    if fact.determination {
        return Err(Failure::usage(format!(
            "`{name}` is a determination: somebody has to decide it"
        ))
        .hint(format!(
            "nothing was recorded; `breach fact set {name} VALUE --by NAME --role \
             ROLE --why BASIS` settles it"
        )));
    }
    Ok(FactSet { item: item.clone(), ..FactSet::new(name, understood.value) }.into())
}

/// What an entry says, said again.
fn again(subject: &Subject, said: &Stamped) -> Result<Draft, Failure> {
    let draft = Draft { corrects: None, ..said.draft.clone() };
    match (subject, &draft.event) {
        (Subject::Closing, Event::Closed(_) | Event::Reopened(_)) => Ok(draft),
        // Where the work holds, the incident is open again.
        (Subject::Closing, _) => {
            let reason = format!("work went on: {}", event::unsaved(&draft));
            Ok(Draft { step: None, ..Reopened { reason: reason.into() }.into() })
        }
        (_, Event::Opened(Opened { title: Some(title), .. })) => {
            Ok(Draft { event: Titled { title: title.clone() }.into(), ..draft })
        }
        (_, Event::FactEdit(_)) => Err(Failure::usage("that entry only changes a list")
            .hint("nothing was recorded; `--value ITEMS` says what the whole list is")),
        _ => Ok(draft),
    }
}

/// What a decision rests on stays what its author said: why it was taken over another stands behind.
fn settled_because(said: &Text, why: Option<Text>) -> Text {
    match why {
        Some(why) => format!("{}; taken over another: {}", &**said, &*why).into(),
        None => said.clone(),
    }
}

/// Has an event name the entries that it settles, and why.
fn name_settled(event: &mut Event, ids: Vec<String>, why: Option<Text>) {
    match event {
        Event::FactSet(body) => {
            body.settles = ids;
            body.why = why.or_else(|| body.why.take());
        }
        Event::StepOutcome(body) => {
            body.settles = ids;
            if why.is_some() {
                // A walk says whose it is as its text.
                let owner = body.text.take().filter(|_| body.outcome == Outcome::Assigned);
                body.to = body.to.take().or_else(|| owner.map(String::from));
                body.text = why;
            }
        }
        Event::Decision(body) => {
            body.settles = ids;
            body.basis = settled_because(&body.basis, why);
        }
        Event::DutyDecided(body) => {
            body.settles = ids;
            body.reason = settled_because(&body.reason, why);
        }
        Event::Closed(body) => {
            body.settles = ids;
            body.reason = why.or_else(|| body.reason.take());
        }
        Event::ActionTaken(body) => body.reason = why.or_else(|| body.reason.take()),
        Event::Linked(body) => body.why = why.or_else(|| body.why.take()),
        Event::Reopened(body) => body.reason = why.unwrap_or_else(|| body.reason.clone()),
        _ => {}
    }
}
