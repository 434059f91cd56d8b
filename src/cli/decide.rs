//! `breach decide`: a determination that the law hangs on, the decision of a step, or any other: who
//! decided, in which role, on what basis, who saw it otherwise, and when to look at it again.

use super::args::DecideArgs;
use super::desk::place::{Place, Places};
use super::desk::typed::typed;
use super::desk::{Context, Exit, Failure, Record, affected, followed, home, moment};
use crate::fact::{Understood, Value, Vocabulary, When};
use crate::id;
use crate::incident::event::{DecidedAs, Decision, Draft, Outcome};
use crate::walk::{Act, Told, Walk};
use crate::wording;

pub(super) fn run(context: &mut Context, args: &DecideArgs) -> Result<Exit, Failure> {
    let what = args.what.join(" ");
    let lost = |failure: Failure| failure.with_text(&format!("{}: {what}", args.name));
    let folder = home::one(context).map_err(lost)?;
    let mut record = Record::open(context, folder).map_err(lost)?;
    record.say_if_closed(context);
    record.privileged = args.privilege.said();
    let role = DecidedAs::said(&args.role).ok_or_else(|| lost(no_role(&args.role)))?;
    let vocabulary = followed::vocabulary(context, &record.incident, &record.folder);
    let places = Places::of(context, &record.folder, &record.incident);
    let step = places.named(&args.name).ok().filter(|place| place.step.decision.is_some());
    let decision = match step {
        Some(place) => {
            let wanted = place.step.decision.as_ref().and_then(|asked| asked.role);
            if let Some(wanted) = wanted.filter(|wanted| wanted.as_str() != role.as_str()) {
                let wanted = wanted.as_str();
                context.screen.say(&format!("The playbook has the {wanted} decide this."));
            }
            of_step(args, place, role, &what)
        }
        None if vocabulary.get(&args.name).is_some() => {
            determination(context, (args, role), &vocabulary, &what)
        }
        None => named(args, role, &what),
    };
    let decision = decision.map_err(lost)?;
    let decision = Decision {
        dissent: args.dissent.clone().map(Into::into),
        review_at: moment::ahead(context, args.review_at.as_deref())?.map(|when| when.earliest),
        ..decision
    };
    let occurred = moment::given(context, args.at.as_deref())?;
    record_decision(context, &mut record, (&vocabulary, step), decision, occurred)?;
    Ok(Exit::Done)
}

/// Records it, and with it that its step is done.
fn record_decision(
    context: &mut Context,
    record: &mut Record,
    (vocabulary, step): (&Vocabulary, Option<Place<'_>>),
    decision: Decision,
    occurred: Option<When>,
) -> Result<(), Failure> {
    let name = &decision.name;
    let shown = match &decision.decided {
        Some(words) => words.to_string(),
        None => decision.value.show(vocabulary.get(name)),
    };
    let said = format!("{name}: {shown}, decided by {} ({}).", decision.by, decision.role);
    let mut draft = Draft::from(decision);
    draft.step = step.map(|place| place.address());
    draft.privileged = step.is_some_and(|place| place.step.privileged);
    draft.occurred.clone_from(&occurred);
    affected::record(context, record, draft, &said, &[])?;
    let Some(place) = step else { return Ok(()) };
    let text = Some(format!("decided: {shown}"));
    let told = Told { text, occurred, ..Told::new(Outcome::Done) };
    let mut walk = Walk::new(&place.followed.playbook, &place.followed.vocabulary, false);
    let keys = walk.places_of(&record.incident, place.step, &[]);
    let keys = keys.map_err(|why| Failure::usage(format!("the step stays open: {why}")))?;
    for act in walk.told(&record.incident, &keys, told) {
        if let Act::Record(draft) = act {
            record.append(context, *draft)?;
        }
    }
    Ok(())
}

/// A legal determination: its value, by whoever decided it.
fn determination(
    context: &Context,
    (args, role): (&DecideArgs, DecidedAs),
    vocabulary: &Vocabulary,
    what: &str,
) -> Result<Decision, Failure> {
    let (fact, Understood { value, .. }) = typed(context, vocabulary, &args.name, what)
        .map_err(|failure| failure.hint("nothing was recorded"))?;
    if !fact.determination {
        let name = &fact.name;
        return Err(Failure::usage(format!("`{name}` is a fact, and nobody decides what is so"))
            .hint(format!("nothing was recorded; `breach fact set {name} VALUE` sets it")));
    }
    if value == Value::Unknown {
        return Err(Failure::usage("nobody decides that something is unknown").hint(format!(
            "nothing was recorded; `breach fact set {} unknown` takes it back",
            fact.name
        )));
    }
    let by = (args.by.clone(), role);
    Ok(Decision::new(&fact.name, value, by, args.basis.as_str().into()))
}

/// What a step decides: its question, its options, and who decides according to the playbook.
fn of_step(
    args: &DecideArgs,
    place: Place<'_>,
    role: DecidedAs,
    what: &str,
) -> Result<Decision, Failure> {
    let Some(asked) = &place.step.decision else { return named(args, role, what) };
    let options = if args.option.is_empty() { &asked.options } else { &args.option };
    let decision = words(&place.step.id, what, options, (args, role))?;
    let question = args.question.clone().unwrap_or_else(|| asked.question.clone());
    Ok(Decision { question: Some(question.into()), ..decision })
}

/// Any other decision, called by two words or more so that it cannot be taken for a fact.
fn named(args: &DecideArgs, role: DecidedAs, what: &str) -> Result<Decision, Failure> {
    if !id::is_kebab(&args.name) || !args.name.contains('-') {
        return Err(Failure::usage(format!("`{}` is no determination, and no name", args.name))
            .hint(
                "nothing was recorded; call a decision by words with hyphens, such as pay-ransom \
                 or shut-checkout; `breach fact show --all` lists determinations",
            ));
    }
    let decision = words(&args.name, what, &args.option, (args, role))?;
    Ok(Decision { question: args.question.clone().map(Into::into), ..decision })
}

/// A decision in words, or the number of an option.
fn words(
    name: &str,
    what: &str,
    options: &[String],
    (args, role): (&DecideArgs, DecidedAs),
) -> Result<Decision, Failure> {
    let number = what.trim().parse::<usize>().ok();
    let option = number.and_then(|number| options.get(number.checked_sub(1)?));
    if number.is_some() && option.is_none() && !options.is_empty() {
        return Err(Failure::usage(format!("there is no option {what}"))
            .hint(format!("nothing was recorded; there are {}", wording::ticked(options))));
    }
    let what = option.cloned().unwrap_or_else(|| what.to_owned());
    let by = (args.by.clone(), role);
    Ok(Decision {
        decided: Some(what.into()),
        options: options.iter().map(|option| option.as_str().into()).collect(),
        ..Decision::new(name, Value::Unknown, by, args.basis.as_str().into())
    })
}

fn no_role(typed: &str) -> Failure {
    Failure::usage(format!("there is no role `{typed}`")).hint(format!(
        "nothing was recorded; there are {}, and any other that somebody has, such as CISO or board",
        wording::ticked(&DecidedAs::WORDS)
    ))
}
