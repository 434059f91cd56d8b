//! Finding the incident to work on, or opening one.

use std::path::Path;

use super::chooser;
use crate::cli::args::WalkArgs;
use crate::cli::desk::answers::{self, Said};
use crate::cli::desk::home::Found;
use crate::cli::desk::{Context, Exit, Failure, Record, chains, home};
use crate::escape;
use crate::fact::names;
use crate::fact::{FactType, Understood, Value, Vocabulary};
use crate::id::IncidentName;
use crate::incident::Incident;
use crate::incident::event::{FactSet, Note, Opened, Titled};
use crate::log::{Folder, OpenError};
use crate::phase::Phase;
use crate::prompt::Prompt;
use crate::walk::{answer_within, called, is_name};

/// The incident that a walk goes on with; opened if there is none, or if a new one is wanted.
pub(in crate::cli) fn enter(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    phase: Phase,
    args: &WalkArgs,
) -> Result<Record, Failure> {
    if args.new {
        return open(context, prompt, args);
    }
    let folder = match home::find_for_walk(context, args.drill)? {
        Found::One(folder) => folder,
        Found::Several(folders) => home::choose(context, prompt, &folders)?,
        Found::None if phase == Phase::Containment => {
            tell_of_the_last(context)?;
            return open(context, prompt, args);
        }
        Found::None => {
            return Err(Failure::usage("no incident is open").hint(format!(
                "`breach contain` opens one, and so does `breach {} --new`",
                phase.command()
            )));
        }
    };
    let mut record = Record::open(context, folder)?;
    if record.incident.closed_at.is_some() {
        return Err(Failure::usage(format!("incident {} is closed", record.incident.name))
            .hint("reopen it with `breach reopen --reason TEXT`"));
    }
    check_drill(&record, args)?;
    name_responder(context, prompt, &mut record)?;
    complete(context, prompt, &mut record)?;
    Ok(record)
}

/// Says that an incident is opened beside one that is closed.
fn tell_of_the_last(context: &mut Context) -> Result<(), Failure> {
    let home = context.home()?;
    let Some(folder) = home::list(&home)?.pop() else { return Ok(()) };
    if !folder.is_open(&context.world) {
        context.screen.say(&format!(
            "Incident {} is closed; `breach reopen --reason TEXT` goes on with it. This opens a new one.",
            folder.name()
        ));
    }
    Ok(())
}

/// A rehearsal and a real incident never share a log.
fn check_drill(record: &Record, args: &WalkArgs) -> Result<(), Failure> {
    if args.drill && !record.incident.drill {
        return Err(Failure::usage("a real incident is open, so this would not be a rehearsal")
            .hint("start a separate rehearsal with `--drill --new`"));
    }
    Ok(())
}

fn open(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    args: &WalkArgs,
) -> Result<Record, Failure> {
    let home = context.home()?;
    context.screen.say("You can start without any answers: Enter means unknown.");
    let title = who_and_what(context, prompt)?;
    if !args.new
        && prompt.is_patient()
        && let Found::One(folder) = home::find_for_walk(context, args.drill)?
        && let Some(record) = instead(context, prompt, folder, title.as_deref())?
    {
        return Ok(record);
    }
    let folder = create(context, &home, Folder::create).map_err(|failure| match &title {
        Some(title) => failure.with_text(title),
        None => failure,
    })?;
    let mut record = Record::one_shot(context, folder)?;
    record.incident.drill = args.drill;
    record.incident.name = record.folder.name().to_string();
    record.append_careful(context, prompt, Opened { title: title.map(Into::into) }.into())?;
    let name = record.folder.name().to_string();
    context.screen.say(&format!("Opened incident {name} in {}.", home.display()));
    ask_facts(context, prompt, &mut record, &OPENING)?;
    Ok(record)
}

/// Goes on with an incident that somebody opened meanwhile, if that is wanted; what was typed is kept in it
/// as a note.
fn instead(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    folder: Folder,
    title: Option<&str>,
) -> Result<Option<Record>, Failure> {
    let mut incident = Incident::default();
    crate::log::fold_all(&folder, &context.world, &mut incident).map_err(chains::unreadable)?;
    let what = incident.title.unwrap_or_else(|| "no title yet".to_owned());
    let told = format!("An incident was opened here meanwhile: {}, {what}.", folder.name());
    context.screen.say(&escape::line(&told));
    let help = "Enter goes on with it, and what you typed becomes a note; n opens a second one.";
    let text = "Go on with it? [Y/n] ";
    let goes_on = match answers::opening(context, prompt, "incident", text, help)? {
        Said::Answer(answer) => !is_word(&answer, ["n", "no"]),
        Said::Nothing | Said::Back => true,
    };
    if !goes_on {
        return Ok(None);
    }
    let mut record = Record::open(context, folder)?;
    if let Some(title) = title {
        record.append_careful(context, prompt, Note::new(title.to_owned()).into())?;
    }
    complete(context, prompt, &mut record)?;
    Ok(Some(record))
}

/// Asks for the responder's name and the incident's title.
fn who_and_what(context: &mut Context, prompt: &mut dyn Prompt) -> Result<Option<String>, Failure> {
    let named = context.global.name.is_some();
    loop {
        if !named {
            context.global.name = name(context, prompt, None)?;
        }
        match title(context, prompt)? {
            Said::Answer(title) => return Ok(Some(title)),
            Said::Back if !named => {}
            _ => return Ok(None),
        }
    }
}

fn title(context: &mut Context, prompt: &mut dyn Prompt) -> Result<Said, Failure> {
    let help = "A few words that tell it from others. `breach incident title` changes it later.";
    answers::opening(context, prompt, "title", "What is it, in a few words? ", help)
}

/// Asks who is at the keyboard; what reads like a sentence is asked again. A person is offered the name
/// that this account used last, in another terminal.
fn name(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    last: Option<&str>,
) -> Result<Option<String>, Failure> {
    let help = "Every entry carries it. Enter leaves it out; the account of the system stays.";
    let mut offered = last.filter(|_| prompt.is_patient());
    let mut asked = None;
    loop {
        let text = match offered {
            Some(name) => format!("Go on as {}? Enter, or your own name: ", escape::line(name)),
            None => "Your name, for the record: ".to_owned(),
        };
        let said = answers::opening(context, prompt, "responder", &text, help)?;
        let name = match (said, offered) {
            (Said::Nothing, Some(name)) => return Ok(Some(name.to_owned())),
            (Said::Answer(answer), Some(name)) if is_word(&answer, ["y", "yes"]) => {
                return Ok(Some(name.to_owned()));
            }
            (Said::Answer(answer), Some(_)) if is_word(&answer, ["n", "no"]) => {
                offered = None;
                continue;
            }
            (Said::Answer(name), _) if prompt.is_patient() => called(&name).to_owned(),
            (Said::Answer(name), _) => name,
            (Said::Nothing | Said::Back, _) => {
                if prompt.is_patient() {
                    context.screen.say("No name: entries carry the account of this machine alone.");
                }
                return Ok(None);
            }
        };
        // `Jonas B.` and `Ada Jr.` end with a letter or two, and no sentence does.
        let last = name.split_whitespace().last().unwrap_or_default();
        let is_ended = name.ends_with(['.', '?', '!']) && last.chars().count() > 3;
        let is_sentence = is_ended || name.split_whitespace().count() > 4;
        let is_doubtful = (is_sentence || !is_name(&name)) && prompt.is_patient();
        if !is_doubtful || asked.as_ref() == Some(&name) {
            return Ok(Some(name));
        }
        let reads = if is_sentence { "That reads like a sentence" } else { "That is no name" };
        context.screen.say(&format!("{reads}. Enter it again if it is your name."));
        asked = Some(name);
    }
}

fn is_word(answer: &str, words: [&str; 2]) -> bool {
    words.contains(&answer.to_lowercase().as_str())
}

/// Asks what an opening that was cut off did not come to.
fn complete(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    record: &mut Record,
) -> Result<(), Failure> {
    if record.incident.opened_at.is_none() {
        let title = match title(context, prompt)? {
            Said::Answer(title) => Some(title),
            Said::Nothing | Said::Back => None,
        };
        record.append_careful(context, prompt, Opened { title: title.map(Into::into) }.into())?;
    }
    let open = |fact: &&'static str| !record.incident.facts.contains_key(*fact);
    let left: Vec<&'static str> = OPENING.iter().copied().filter(|fact| open(fact)).collect();
    ask_facts(context, prompt, record, &left)
}

/// Asks facts one after the other; `<` goes back to the one before, and from the first to the title.
fn ask_facts(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    record: &mut Record,
    facts: &[&'static str],
) -> Result<(), Failure> {
    let mut next = 0;
    while let Some(fact) = facts.get(next) {
        if ask_fact(context, prompt, record, fact)? {
            next += 1;
        } else if next > 0 {
            next -= 1;
        } else if let Said::Answer(title) = title(context, prompt)? {
            record.append_careful(context, prompt, Titled { title: title.into() }.into())?;
        }
    }
    Ok(())
}

/// Facts that are asked before the first step.
pub(super) const OPENING: [&str; 2] = [names::FIRST_SIGNAL, names::INCIDENT_KIND];

/// Makes the folder under a name that nobody has yet.
pub(in crate::cli) fn create(
    context: &mut Context,
    home: &Path,
    make: fn(&Path, &IncidentName) -> Result<Folder, OpenError>,
) -> Result<Folder, Failure> {
    let day = context.world.now().local().date_naive();
    for _ in 0..64 {
        let name = IncidentName::coin(day, context.world.random()?);
        match make(home, &name) {
            Ok(folder) => return Ok(folder),
            Err(error) if error.is_taken() => {}
            Err(error) => {
                let mut failure = Failure::new(
                    Exit::NotRecorded,
                    format!("failed to open an incident in `{}`: {error}", home.display()),
                );
                failure.hints.extend(error.hint());
                return Err(failure
                    .hint("name a folder you can write to with `--home DIR` or `BREACH_HOME`"));
            }
        }
    }
    Err(Failure::new(Exit::Failed, "failed to find a free name for the incident"))
}

/// Asks a fact of the opening until it is understood. Enter keeps what is known, and means unknown
/// where nothing is. False: to go back to the one before.
pub(super) fn ask_fact(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    record: &mut Record,
    name: &'static str,
) -> Result<bool, Failure> {
    let Some(fact) = Vocabulary::builtin().get(name) else {
        return Ok(true);
    };
    let mut lines = vec![fact.ask.clone()];
    lines.extend(fact.help.clone());
    for (number, option) in fact.options.iter().enumerate() {
        lines.push(format!("  {:>2} {} - {}", number + 1, option.id, option.title));
    }
    let is_kind = name == names::INCIDENT_KIND;
    if is_kind && prompt.is_patient() {
        lines.push("   ? not sure: be asked what you see".to_owned());
    }
    context.screen.lines(&lines);
    let said = |record: &Record| record.incident.facts.get(name).map_or(0, Vec::len);
    let before = said(record);
    let text = match fact.kind {
        FactType::Time => "time, such as 02:40 or yesterday 9pm> ",
        _ => "> ",
    };
    let help = format!("Answer {}, or press Enter if you do not know.", fact.form());
    let mut more = None;
    let understood = loop {
        let answer = match answers::asked(context, prompt, name, text)? {
            Some(Said::Answer(answer)) => answer,
            Some(Said::Nothing) if record.incident.fact_value(name).is_some() => return Ok(true),
            Some(Said::Nothing) => break Understood::plainly(Value::Unknown),
            Some(Said::Back) => return Ok(false),
            None if is_kind => {
                let Some(kind) = chooser::ask(context, prompt)? else {
                    context.screen.lines(&lines);
                    continue;
                };
                kind
            }
            None => {
                answers::help(context, &help);
                continue;
            }
        };
        // A script means what it says.
        let within = answer_within(fact, &answer, context.world.clock());
        let within = within.filter(|_| prompt.is_patient());
        more = within.map(|_| format!("{} {answer}", fact.ask));
        let answer = within.unwrap_or(&answer).to_owned();
        match fact.parse(&answer, context.world.clock()) {
            Ok(understood) => break understood,
            Err(hint) => {
                let end = if hint.ends_with('?') { "" } else { "." };
                let ahead = fact.ahead_of(&answer, context.world.clock());
                let said = ahead.unwrap_or_else(|| format!("Not understood: {hint}{end}"));
                context.screen.say(&said);
                prompt.refused()?;
            }
        }
    };
    let Understood { value, remarks } = understood;
    record.catch_up()?;
    if prompt.is_patient() && said(record) > before {
        let now = record.incident.fact_in_words(name, Some(fact)).unwrap_or_default();
        if record.incident.fact_value(name) == Some(&value) {
            context
                .screen
                .say(&format!("{}: {now}. Somebody else said the same meanwhile.", fact.title));
            return Ok(true);
        }
        context.screen.warn(&format!(
            "{} was set meanwhile, to {now}, so your answer was not recorded: {}",
            fact.title,
            value.echo(fact)
        ));
        context.screen.say(&format!("At a step, f {name} changes it."));
        return Ok(true);
    }
    // Said how it was understood, so that a slip is seen at once.
    context.screen.say(&format!("{}: {}", fact.title, value.echo(fact)));
    context.screen.sentences(&remarks);
    let body = FactSet::new(name, value);
    record.append_careful(context, prompt, body.into())?;
    if let Some(more) = more {
        record.append_careful(context, prompt, Note::new(more).into())?;
    }
    Ok(true)
}

/// Asks once per login who is at the keyboard.
pub(in crate::cli) fn name_responder(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    record: &mut Record,
) -> Result<(), Failure> {
    if context.global.name.is_some() {
        return Ok(());
    }
    let kept = record.actor.name.clone();
    if kept.is_some() {
        return Ok(());
    }
    let last = record.incident.last_name(&context.world.host, &context.world.user);
    let given = name(context, prompt, last)?;
    // As whoever wrote here before is called.
    let known = |given: &String| {
        record.incident.people.keys().find(|known| known.to_lowercase() == given.to_lowercase())
    };
    record.actor.name = given.as_ref().and_then(known).cloned().or(given);
    Ok(())
}
