//! `breach ran`: somebody ran a command of a step elsewhere; what it printed comes by a pipe. Reported,
//! not observed.

use std::io::{self, IsTerminal};

use super::args::RanArgs;
use super::desk::place::{Place, Places};
use super::desk::{Context, Exit, Failure, Record, answers, home, moment};
use super::walk::perform::of_step;
use crate::acquire;
use crate::document::did_you_mean;
use crate::escape;
use crate::incident::CommandKey;
use crate::incident::event::{CommandOutcome, Ended, Kept, Mode};
use crate::walk::Walk;
use crate::wording;

/// What is run for a step that names no command.
const BY_HAND: &str = "by-hand";

pub(super) fn run(context: &mut Context, args: &RanArgs) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let mut record = Record::open(context, folder)?;
    record.say_if_closed(context);
    record.privileged = args.privilege.said();
    let places = Places::of(context, &record.folder, &record.incident);
    let place = places.named(&args.step)?;
    let command = command(place, args.command.as_deref())?;
    let walk = Walk::new(&place.followed.playbook, &place.followed.vocabulary, false);
    let item: Vec<String> = args.item.clone().into_iter().collect();
    let keys = walk.places_of(&record.incident, place.step, &item);
    let keys =
        keys.map_err(|why| Failure::usage(why).hint("nothing was recorded; add `--item ITEM`"))?;
    let [key] = keys.as_slice() else {
        return Err(Failure::usage("one output is of one item").hint("nothing was recorded"));
    };
    let occurred = moment::given(context, args.at.as_deref())?;
    let stdout = output(context, &record)?;
    let size =
        stdout.as_ref().map_or_else(|| "nothing".to_owned(), |kept| wording::size(kept.bytes));
    let of = CommandKey { step: place.address(), item: key.item.clone(), command };
    let outcome = CommandOutcome {
        intent: None,
        command: of.command.clone(),
        item: of.item.clone(),
        mode: Mode::Reported,
        ended: args.exit.map_or(Ended::Unknown, Ended::Exit),
        stdout,
        stderr: None,
        place: args.host.clone(),
        account: args.account.clone(),
    };
    let mut draft = of_step(outcome, &of, place.step.privileged);
    draft.occurred = occurred;
    let mut source = answers::nobody();
    record.append_careful(context, source.prompt(), draft)?;
    let item = of.item.as_deref().map(|item| format!(" --item {}", escape::shell(item)));
    context.screen.say(&format!(
        "{}: `{}` as reported; it printed {size}. `breach step {} done{}` if that settles it.",
        of.step,
        of.command,
        place.step.id,
        item.unwrap_or_default()
    ));
    Ok(Exit::Done)
}

/// The command that is meant: the one that is named, or the only one.
fn command(place: Place<'_>, named: Option<&str>) -> Result<String, Failure> {
    let ids: Vec<&str> = place.step.commands.iter().map(|command| command.id.as_str()).collect();
    match (named, ids.as_slice()) {
        (Some(named), _) if ids.contains(&named) || named == BY_HAND => Ok(named.to_owned()),
        (Some(named), _) => {
            let mut failure = Failure::usage(format!("the step has no command `{named}`"));
            failure.hints.extend(did_you_mean(named, ids));
            Err(failure.hint(format!("nothing was recorded; `{BY_HAND}` is any other command")))
        }
        (None, []) => Ok(BY_HAND.to_owned()),
        (None, [one]) => Ok((*one).to_owned()),
        (None, several) => Err(Failure::usage("the step has several commands").hint(format!(
            "nothing was recorded; name one with --command: {}",
            wording::ticked(several)
        ))),
    }
}

/// What came by the pipe, kept as it is. Nobody types an output.
fn output(context: &Context, record: &Record) -> Result<Option<Kept>, Failure> {
    if io::stdin().is_terminal() {
        return Ok(None);
    }
    let taken =
        acquire::stream(&mut io::stdin().lock(), &record.vault, &context.world, &mut |_| {});
    let taken = taken.map_err(|error| {
        Failure::new(Exit::NotRecorded, format!("failed to keep the output: {error}"))
            .hint("nothing was recorded; save the output to a file and run the command again")
    })?;
    Ok(Some(taken.kept))
}
