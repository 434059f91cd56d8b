//! What was done about a duty: sent, waived, asked, delayed. Each is an entry of the log.

use std::borrow::Cow;
use std::path::Path;

use crate::cli::args::{DutyCommand, RulingArgs, SentArgs, UntilArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::record::Record;
use crate::cli::{answers, evidence, home, moment};
use crate::incident::event::{Draft, DutyDecided, Event, NoticeSent};
use crate::regime::{Law, State};
use crate::wording;

pub(super) fn run(context: &mut Context, command: &DutyCommand) -> Result<Exit, Failure> {
    match command {
        DutyCommand::Draft(args) => super::draft::run(context, args),
        DutyCommand::Sent(args) => sent(context, args),
        DutyCommand::Waive(args) => ruling(context, args, "waived", None),
        DutyCommand::Resume(args) => ruling(context, args, "resumed", None),
        DutyCommand::Asked(args) => until(context, args, "asked"),
        DutyCommand::Delay(args) => until(context, args, "delayed"),
    }
}

fn sent(context: &mut Context, args: &SentArgs) -> Result<Exit, Failure> {
    let law = super::law(context)?;
    known(&law, &args.duty)?;
    if let (Some(sent), Some(bounced)) = (args.sent, args.bounced)
        && bounced > sent
    {
        return Err(Failure::usage(format!("{bounced} cannot come back of {sent}"))
            .hint("nothing was recorded"));
    }
    let occurred = moment::given(context, args.at.as_deref())?;
    let mut record = open(context)?;
    let proof = keep(context, &mut record, args.proof.as_deref(), &args.duty)?;
    let mut draft = Draft::from(NoticeSent {
        duty: args.duty.clone(),
        what: args.what.as_str().to_owned(),
        recipient: args.recipient.clone(),
        channel: args.channel.clone(),
        reference: args.reference.clone(),
        proof,
        sent: args.sent,
        bounced: args.bounced,
        remaining: args.remaining,
    });
    draft.occurred = occurred;
    tell(context, &law, &mut record, draft, &args.duty)?;
    let left = args.remaining.filter(|remaining| *remaining > 0);
    context.screen.say(&match left {
        Some(left) => format!("Recorded. {left} are still to be told, so the duty stays open."),
        None => "Recorded as sent.".to_owned(),
    });
    if args.proof.is_none() && args.reference.is_none() {
        context.screen.warn(
            "nothing proves it: add --reference, or `breach evidence add FILE` with what was sent",
        );
    }
    Ok(Exit::Done)
}

fn ruling(
    context: &mut Context,
    args: &RulingArgs,
    what: &str,
    until: Option<chrono::DateTime<chrono::FixedOffset>>,
) -> Result<Exit, Failure> {
    let law = super::law(context)?;
    known(&law, &args.duty)?;
    let mut record = open(context)?;
    let proof = keep(context, &mut record, args.proof.as_deref(), &args.duty)?;
    let body = DutyDecided {
        duty: args.duty.clone(),
        what: what.to_owned(),
        by: args.by.clone(),
        reason: args.reason.clone(),
        proof,
        until,
    };
    tell(context, &law, &mut record, body.into(), &args.duty)?;
    let until = until.map(|until| format!(" until {}", wording::stamp(until)));
    let until = until.unwrap_or_default();
    context.screen.say(&format!("Recorded: {} {what}{until}, by {}.", args.duty, args.by));
    if what == "waived" {
        follows(context, &law, &args.duty);
    }
    Ok(Exit::Done)
}

fn until(context: &mut Context, args: &UntilArgs, what: &str) -> Result<Exit, Failure> {
    let until = moment::ahead(context, Some(&args.until))?.map(|until| until.earliest);
    ruling(context, &args.ruling, what, until)
}

/// A decision not to tell people is itself a filing under some laws.
fn follows(context: &mut Context, law: &Law, duty: &str) {
    let regime = duty.split('.').next().unwrap_or_default();
    let own = format!("{regime}.no-notice");
    if duty != own
        && let Some((_, no_notice)) = law.duty(&own)
    {
        let words = no_notice.words.clone().unwrap_or_default();
        context
            .screen
            .warn(&format!("this decision is itself a filing: {own}, {} {words}", no_notice.cite));
    }
}

fn known(law: &Law, id: &str) -> Result<(), Failure> {
    law.duty(id).map(|_| ()).ok_or_else(|| super::unknown(law, id).hint("nothing was recorded"))
}

pub(super) fn open(context: &mut Context) -> Result<Record, Failure> {
    let folder = home::one(context)?;
    Record::open(context, folder)
}

/// Keeps a file as evidence first: an entry never names what is not there.
fn keep(
    context: &mut Context,
    record: &mut Record,
    proof: Option<&Path>,
    duty: &str,
) -> Result<Option<String>, Failure> {
    let Some(path) = proof else { return Ok(None) };
    let mut body = evidence::file(context, record, path).map_err(|error| {
        Failure::new(Exit::Failed, format!("failed to keep `{}`: {error}", path.display()))
            .hint("nothing was recorded")
    })?;
    body.title = format!("Proof of {duty}: {}", body.title);
    let stamped = record.append(context, body.into())?;
    evidence::say_kept(context, &stamped);
    let Event::EvidenceAdded(body) = stamped.draft.event else { return Ok(None) };
    Ok(Some(body.exhibit))
}

/// Records it, and says which deadlines moved.
fn tell(
    context: &mut Context,
    law: &Law,
    record: &mut Record,
    draft: Draft,
    duty: &str,
) -> Result<(), Failure> {
    let before = dues(context, law, record);
    let mut source = answers::interactive();
    record.append_careful(context, source.prompt(), draft)?;
    for (id, due, state) in dues(context, law, record) {
        let was = before.iter().find(|(known, ..)| *known == id);
        let moved =
            was.is_none_or(|(_, was_due, was_state)| *was_due != due || *was_state != state);
        if moved && id != duty && state.is_open() {
            let due = due.map_or("no number".to_owned(), |due| {
                wording::stamp(due.with_timezone(&context.world.now().off))
            });
            context.screen.say(&format!("{id} is now {}: {due}.", state.as_str()));
        }
    }
    Ok(())
}

type Stand = (String, Option<chrono::DateTime<chrono::Utc>>, State);

fn dues(context: &Context, law: &Law, record: &Record) -> Vec<Stand> {
    let vocabulary = crate::cli::chains::vocabulary(record);
    let known = super::Known::new(context, "", Cow::Borrowed(&record.incident), vocabulary);
    let duties = known.assess(law, context.world.now().at);
    duties
        .into_iter()
        .filter(|duty| duty.concerns == Some(true))
        .map(|duty| (duty.duty.id.clone(), duty.due, duty.state))
        .collect()
}
