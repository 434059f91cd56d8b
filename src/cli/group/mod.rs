//! `breach group`: people who lost the same, so that nobody is told of data that was not theirs.

mod table;

use super::args::{Format, GroupArgs, GroupCommand};
use super::desk::typed::typed;
use super::desk::{Context, Exit, Failure, Record, answers, followed, home, law};
use crate::fact::{Understood, Value, Vocabulary, names};
use crate::id;
use crate::incident::Incident;
use crate::incident::event::Group;
use crate::output::{groups as face, json};
use crate::wording;

pub(super) fn run(context: &mut Context, command: &GroupCommand) -> Result<Exit, Failure> {
    match command {
        GroupCommand::Add(args) => one(context, args, true),
        GroupCommand::Set(args) => one(context, args, false),
        GroupCommand::Import { file, privilege } => table::import(context, file, *privilege),
        GroupCommand::List { format } => list(context, *format),
    }
}

/// What is said of a group, as typed or read from a table; what is not given stays unchanged.
struct Said<'s> {
    name: &'s str,
    classes: Option<&'s str>,
    people: Option<&'s str>,
    overlaps: Option<&'s str>,
    offer: Option<&'s str>,
    access: Option<&'s str>,
    published: Option<&'s str>,
}

fn one(context: &mut Context, args: &GroupArgs, is_new: bool) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let mut record = Record::open(context, folder)?;
    record.say_if_closed(context);
    record.privileged = args.privilege.said();
    let known = |name: &str| record.incident.groups.iter().any(|group| group.name == name);
    match (known(&args.name), is_new) {
        (true, true) => {
            return Err(Failure::usage(format!("there is already a group `{}`", args.name)).hint(
                format!("nothing was recorded; `breach group set {} …` changes it", args.name),
            ));
        }
        (false, false) => return Err(unknown(&record.incident, &args.name)),
        _ => {}
    }
    let said = Said {
        name: &args.name,
        classes: args.classes.as_deref(),
        people: args.people.as_deref(),
        overlaps: args.overlaps.as_deref(),
        offer: args.offer.as_deref(),
        access: args.access.as_deref(),
        published: args.published.as_deref(),
    };
    let vocabulary = followed::vocabulary(context, &record.incident, &record.folder);
    let others: Vec<String> =
        record.incident.groups.iter().map(|group| group.name.clone()).collect();
    let (group, remarks) = understood(context, &vocabulary, &record.incident, &said, &others)
        .map_err(|failure| failure.hint("nothing was recorded"))?;
    keep(context, &mut record, group)?;
    context.screen.sentences(&remarks);
    context.screen.say("`breach group list` compares the groups with the people on record.");
    Ok(Exit::Done)
}

/// There is no such group.
fn unknown(incident: &Incident, name: &str) -> Failure {
    let known: Vec<&str> = incident.groups.iter().map(|group| group.name.as_str()).collect();
    let failure = Failure::usage(format!("there is no group `{name}`"));
    let near = crate::document::did_you_mean(name, known.iter().copied());
    let failure = near.into_iter().fold(failure, Failure::hint);
    match known.as_slice() {
        [] => failure.hint("`breach group add` describes the first"),
        known => failure.hint(format!("there are {}", wording::ticked(known))),
    }
}

/// Reads what is said of a group, and adds it to what is known of it.
fn understood(
    context: &Context,
    vocabulary: &Vocabulary,
    incident: &Incident,
    said: &Said<'_>,
    others: &[String],
) -> Result<(Group, Vec<String>), Failure> {
    if !id::is_kebab(said.name) {
        return Err(Failure::usage(format!("`{}` is not the name of a group", said.name))
            .hint("write lower-case words joined by hyphens, such as `card-payers`"));
    }
    let known = incident.groups.iter().find(|group| group.name == said.name);
    let mut group = known.cloned().unwrap_or_else(|| Group {
        name: said.name.to_owned(),
        classes: Vec::new(),
        people: None,
        overlaps: Vec::new(),
        alone: false,
        offer: None,
        access: None,
        published: None,
    });
    let mut remarks = Vec::new();
    if let Some(classes) = said.classes {
        group.classes = match typed(context, vocabulary, names::DATA_CLASSES, classes)?.1.value {
            Value::Choices(ids) => ids,
            _ => Vec::new(),
        };
    }
    if let Some(people) = said.people {
        let (_, Understood { value, remarks: more }) =
            typed(context, vocabulary, names::PEOPLE_AFFECTED, people)?;
        remarks = more;
        group.people = match value {
            Value::People(people) => Some(people),
            _ => None,
        };
    }
    if let Some(overlaps) = said.overlaps {
        group.alone = overlaps.trim().eq_ignore_ascii_case("none");
        let named = overlaps.split(',').map(str::trim).filter(|_| !group.alone);
        group.overlaps = named.map(str::to_owned).collect();
        let is_other = |name: &&String| others.contains(name) && *name != said.name;
        if let Some(name) = group.overlaps.iter().find(|name| !is_other(name)) {
            return Err(Failure::usage(format!("`{name}` is no other group"))
                .hint("describe both groups first, then say that they overlap"));
        }
    }
    for (own, said, name) in [
        (&mut group.access, said.access, names::DATA_ACCESS),
        (&mut group.published, said.published, names::DATA_PUBLISHED),
    ] {
        let Some(said) = said else { continue };
        *own = match typed(context, vocabulary, name, said)?.1.value {
            Value::Choice(id) => Some(id),
            _ => Some("unknown".to_owned()),
        };
    }
    if let Some(offer) = said.offer {
        group.offer = Some(offer.into());
    }
    if group.classes.is_empty() {
        return Err(Failure::usage(format!("nobody said what the people of `{}` lost", said.name))
            .hint("name the classes of data with --classes: what these people lost, and no more"));
    }
    Ok((group, remarks))
}

fn keep(context: &mut Context, record: &mut Record, group: Group) -> Result<(), Failure> {
    let mut source = answers::interactive();
    let name = group.name.clone();
    let before = record.incident.groups.iter().find(|known| known.name == name);
    let is_changed = before.is_some_and(|before| *before != group);
    record.append_careful(context, source.prompt(), group.into())?;
    context.screen.say(&format!("Recorded the group {name}."));
    if let Some(told) = record.incident.outdated_group(&name).filter(|_| is_changed) {
        context.screen.warn(&told);
    }
    Ok(())
}

/// Says what differs between the groups and the people on record.
fn compare(context: &mut Context, incident: &Incident) {
    for line in incident.group_differences() {
        context.screen.warn(&line);
    }
}

fn list(context: &mut Context, format: Format) -> Result<Exit, Failure> {
    let matter = law::open_matter(context, true)?;
    match format {
        Format::Json => json::write(&mut context.out, &face::json(&matter.incident))?,
        Format::Text if matter.incident.groups.is_empty() => {
            context.screen.say("No groups: everybody gets the same letter.");
        }
        Format::Text => {
            let fact = matter.vocabulary.get(names::DATA_CLASSES);
            let width = context.table_width;
            face::text(&matter.incident.groups, fact, width, &mut context.out)?;
        }
    }
    compare(context, &matter.incident);
    Ok(Exit::Done)
}
