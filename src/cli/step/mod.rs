//! `breach step`: how a step came out, said from outside the walk, for one item or many.

mod open;
mod table;

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset};

use super::args::StepArgs;
use super::desk::place::{Place, Places};
use super::desk::{Context, Exit, Failure, Record, answers, debts, home, law, moment};
use super::walk::perform;
use crate::incident::event::Outcome;
use crate::incident::{Debt, StepKey};
use crate::prompt::Prompt;
use crate::walk::{Act, Told, Walk};
use crate::wording;

/// Items of one entry: a line of the log has an end.
const TOGETHER: usize = 500;

/// Said to somebody whose reason is for nothing.
const UNNEEDED: &str = "this destroys nothing that is not kept, so --reason is not recorded";

pub(super) fn run(context: &mut Context, args: &StepArgs) -> Result<Exit, Failure> {
    let typed = args.text.join(" ");
    let lost =
        |failure: Failure| if typed.is_empty() { failure } else { failure.with_text(&typed) };
    let folder = home::one(context).map_err(lost)?;
    let mut record = Record::open(context, folder).map_err(lost)?;
    record.say_if_closed(context);
    record.privileged = args.privilege.said();
    let places = Places::of(context, &record.folder, &record.incident);
    law::keep_list(context, None, &mut record, places.followed());
    if let Some(file) = &args.from {
        return table::run(context, &mut record, &places, args, file);
    }
    let (Some(step), Some(outcome)) = (&args.step, args.outcome) else { return Ok(Exit::Usage) };
    let place = places.named(step).map_err(lost)?;
    let Some(outcome) = outcome.outcome() else {
        return open::run(context, &mut record, place, &args.item, &typed);
    };
    let told = told(context, args, outcome).map_err(lost)?;
    if let Some(lacks) = told.lacks() {
        return Err(Failure::usage(format!("say {lacks}"))
            .hint("nothing was recorded; `breach step STEP OUTCOME 'the reason'`"));
    }
    let walk = Walk::new(&place.followed.playbook, &place.followed.vocabulary, false);
    let keys = walk
        .places_of(&record.incident, place.step, &args.item)
        .map_err(|why| lost(refused(why)))?;
    let loses = loses(context, &walk, &record, (&keys, &told)).map_err(lost)?;
    if args.anyway && !loses {
        context.screen.warn(UNNEEDED);
    }
    let mut source = answers::interactive();
    let said = record_told(context, source.prompt(), &mut record, (place, keys), told)?;
    let is_new = said.places > 0;
    context.screen.say(if is_new { &said.line } else { "Already recorded; nothing was added." });
    say_left(context, &record, place, outcome);
    Ok(Exit::Done)
}

fn refused(why: String) -> Failure {
    Failure::usage(why).hint("nothing was recorded")
}

/// What was typed, but for the items.
fn told(context: &mut Context, args: &StepArgs, outcome: Outcome) -> Result<Told, Failure> {
    let text = args.text.join(" ");
    Ok(Told {
        text: Some(text).filter(|text| !text.trim().is_empty()),
        to: args.to.clone(),
        why: args.why.map(Into::into),
        occurred: moment::given(context, args.at.as_deref())?,
        check_at: check_at(context, args.check_at.as_deref())?,
        anyway: args.reason.clone(),
        ..Told::new(outcome)
    })
}

fn check_at(
    context: &mut Context,
    typed: Option<&str>,
) -> Result<Option<DateTime<FixedOffset>>, Failure> {
    Ok(moment::ahead(context, typed)?.map(|when| when.earliest))
}

/// Whether an outcome destroys what no step has kept: refused, unless somebody said why it is so.
fn loses(
    context: &mut Context,
    walk: &Walk<'_>,
    record: &Record,
    (keys, told): (&[StepKey], &Told),
) -> Result<bool, Failure> {
    let lost = walk.loses(&record.incident, keys, told.outcome);
    if lost.is_empty() {
        return Ok(false);
    }
    let lost = wording::some(&lost, 5);
    if told.anyway.is_some() {
        context.screen.warn(&format!("not kept: {lost}"));
        return Ok(true);
    }
    Err(Failure::usage(format!("this destroys evidence that has not been kept: {lost}"))
        .hint("nothing was recorded; `--anyway --reason TEXT` records it all the same"))
}

/// What was recorded: the number of places, and a line that reports it.
struct Said {
    places: usize,
    line: String,
}

/// Records an outcome for the places that do not have it yet.
fn record_told(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    record: &mut Record,
    (place, mut keys): (Place<'_>, Vec<StepKey>),
    told: Told,
) -> Result<Said, Failure> {
    let mut walk = Walk::new(&place.followed.playbook, &place.followed.vocabulary, false);
    keys.retain(|key| !walk.is_so(&record.incident, key, &told));
    for some in keys.chunks(TOGETHER) {
        for act in walk.told(&record.incident, some, told.clone()) {
            match act {
                Act::Record(draft) => {
                    record.append_careful(context, prompt, *draft)?;
                }
                Act::Warn(text) => context.screen.warn(&text),
                Act::Say(text) => context.screen.say(&text),
                _ => {}
            }
        }
    }
    let items: Vec<&String> = keys.iter().filter_map(|key| key.item.as_ref()).collect();
    let on = match items.len() {
        0 => String::new(),
        1..=6 => format!(" on {}", wording::list(&items)),
        many => format!(" on {}", wording::count(many, "item")),
    };
    let to = told.to.as_ref().map(|to| format!(" to {to}")).unwrap_or_default();
    let again = told.check_at.map(|at| format!(", look again {}", wording::moment(at)));
    // What was typed was told as it was read.
    let at = told.occurred.as_ref().filter(|_| told.imported.is_some());
    let at = at.map(|at| format!(", happened {}", at.show())).unwrap_or_default();
    let (outcome, again) = (told.outcome.as_str(), again.unwrap_or_default());
    let line = format!("{}: {outcome}{to}{on}{at}{again}.", place.address());
    Ok(Said { places: keys.len(), line })
}

/// Reports what the walk would have asked, and this command did not.
fn say_left(context: &mut Context, record: &Record, place: Place<'_>, outcome: Outcome) {
    if outcome != Outcome::Done {
        return;
    }
    let is_open = |name: &&String| record.incident.fact_value(name).is_none();
    let open: Vec<&String> = place.step.ask.iter().filter(is_open).collect();
    if !open.is_empty() {
        let facts = wording::ticked(&open);
        context.screen.say(&format!(
            "The step asks for facts that nobody has set: {facts}. `breach fact set NAME VALUE`"
        ));
    }
    say_owed(context, record, &BTreeSet::from([place.address()]));
}

/// Warns about what these steps still owe.
fn say_owed(context: &mut Context, record: &Record, steps: &BTreeSet<String>) {
    let mut owed = record.incident.owed();
    let address = |debt: &Debt| Some(format!("{}/{}", debt.phase?, debt.key.step));
    owed.retain(|debt| address(debt).is_some_and(|address| steps.contains(&address)));
    let owed = debts::lines(&record.folder, &record.incident, &owed);
    if !owed.is_empty() {
        context.screen.warn(&format!("owed: {}", wording::some(&owed, 5)));
    }
}

/// Evidence of an item, kept before its outcome says what is owed.
fn keep(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    record: &mut Record,
    (place, key, spec): (Place<'_>, &StepKey, &str),
) -> Result<(), Failure> {
    let mut walk = Walk::new(&place.followed.playbook, &place.followed.vocabulary, false);
    for act in walk.pick_evidence(&record.incident, std::slice::from_ref(key), spec) {
        if let Act::Keep(keep) = act {
            perform::keep_evidence(context, prompt, record, keep)?;
        }
    }
    Ok(())
}
