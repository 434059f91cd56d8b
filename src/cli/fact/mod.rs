//! `breach fact`: set or show what is known.

mod edit;
mod import;

use crate::cli::args::{FactCommand, Format, Imported};
use crate::cli::desk::home::Found;
use crate::cli::desk::typed::{named, typed, warn_of_file};
use crate::cli::desk::unrecorded::cannot_open;
use crate::cli::desk::{Context, Exit, Failure, Record, affected, followed, home, moment};
use crate::fact::{Understood, Value, Vocabulary};
use crate::incident::Incident;
use crate::incident::event::{About, DecidedAs, Decision, Draft, FactSet};
use crate::log::{Folder, entries};
use crate::output::{facts, json};
use crate::wording;

pub(super) fn run(context: &mut Context, command: &FactCommand) -> Result<Exit, Failure> {
    match command {
        FactCommand::Set { .. } => set(context, command),
        FactCommand::Add(args) => edit::run(context, args, true),
        FactCommand::Remove(args) => edit::run(context, args, false),
        FactCommand::Import { what: Imported::People, file, codes, why } => {
            import::people(context, file, *codes, why.as_deref())
        }
        FactCommand::Show { name: None, all: true, format } => vocabulary(context, *format),
        FactCommand::Show { name: None, format, .. } => show(context, *format),
        FactCommand::Show { name: Some(name), format, .. } => history(context, name, *format),
    }
}

fn set(context: &mut Context, command: &FactCommand) -> Result<Exit, Failure> {
    let FactCommand::Set { name, value, why, by, role, at, replace, privilege } = command else {
        return Ok(Exit::Usage);
    };
    let lost = |failure: Failure| failure.with_text(&format!("{name} = {}", value.join(" ")));
    let folder = home::one(context).map_err(lost)?;
    let mut record = Record::open(context, folder).map_err(lost)?;
    record.say_if_closed(context);
    record.privileged = privilege.said();
    let vocabulary = followed::vocabulary(context, &record.incident, &record.folder);
    let (fact, understood) = typed(context, &vocabulary, name, &value.join(" "))
        .map_err(|failure| failure.hint("nothing was recorded"))?;
    let name = &fact.name;
    let Understood { value, remarks } = understood;
    let occurred = moment::given(context, at.as_deref())?;
    let old = record.incident.fact_value(name).cloned();
    let dropped = old.as_ref().map(|old| old.left_out_by(&value)).unwrap_or_default();
    if !replace && !dropped.is_empty() {
        let names = wording::list(&dropped);
        return Err(Failure::usage(format!("that would take {names} off the list"))
            .hint(format!(
                "nothing was recorded; `breach fact add {name} ITEM` adds to the list, --replace \
                 replaces it"
            ))
            .with_text(&format!("{name} = {}", value.show(Some(&fact)))));
    }
    let shown = value.echo(&fact);
    let mut draft: Draft = if fact.determination && value != Value::Unknown {
        let (by, role, basis) = decided(name, by.as_deref(), role.as_deref(), why.as_deref())?;
        Decision::new(name, value.clone(), (by, role), basis.into()).into()
    } else {
        FactSet { why: why.clone().map(Into::into), ..FactSet::new(name, value.clone()) }.into()
    };
    draft.occurred = occurred;
    let said = format!("{}: {shown}", fact.title);
    affected::record(context, &mut record, draft, &said, &remarks)?;
    warn_of_file(context, &fact, &value);
    Ok(Exit::Done)
}

/// A legal determination has somebody who decided it, in a role, on a basis.
fn decided(
    name: &str,
    by: Option<&str>,
    role: Option<&str>,
    why: Option<&str>,
) -> Result<(String, DecidedAs, String), Failure> {
    match (by, role.and_then(DecidedAs::said), why) {
        (Some(by), Some(role), Some(why)) => Ok((by.to_owned(), role, why.to_owned())),
        _ => Err(Failure::usage(format!("`{name}` is a determination: somebody has to decide it"))
            .hint("nothing was recorded; add --by NAME --role ROLE --why BASIS")),
    }
}

fn folded(context: &mut Context, folder: &Folder) -> Result<(Incident, Vocabulary), Failure> {
    let mut incident = Incident::default();
    crate::cli::desk::chains::fold(context, folder, &mut incident)?;
    let vocabulary = followed::vocabulary(context, &incident, folder);
    Ok((incident, vocabulary))
}

fn show(context: &mut Context, format: Format) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let (incident, vocabulary) = folded(context, &folder)?;
    match format {
        Format::Json => json::write(&mut context.out, &facts::json(&incident))?,
        Format::Text => {
            facts::text(&incident, &vocabulary, context.table_width, &mut context.page())?;
        }
    }
    Ok(Exit::Done)
}

fn history(context: &mut Context, name: &str, format: Format) -> Result<Exit, Failure> {
    let folder = match home::one(context) {
        Err(_) if matches!(home::find(context), Ok(Found::None)) => {
            return known(context, name, format);
        }
        folder => folder?,
    };
    let (incident, vocabulary) = folded(context, &folder)?;
    let mut name = name;
    if !incident.facts.contains_key(name) {
        name = &named(&vocabulary, name)?.name;
    }
    let changes = incident.facts.get(name);
    let changes = changes.map(Vec::as_slice).unwrap_or_default();
    let mut taken_back = Vec::new();
    entries(&folder, &context.world, &mut |chain, entry| {
        if entry.is_withdrawn() {
            let stamped = entry.stamped(chain);
            if stamped.draft.event.about() == About::Fact(name) {
                taken_back.push(stamped);
            }
        }
    })
    .map_err(cannot_open)?;
    match format {
        Format::Json => json::write(
            &mut context.out,
            &facts::history_json(name, changes, &taken_back, vocabulary.get(name)),
        )?,
        Format::Text => {
            let fact = vocabulary.get(name);
            facts::history(name, changes, &taken_back, fact, &mut context.page())?;
        }
    }
    Ok(Exit::Done)
}

/// What a fact asks, for somebody who has no incident: whoever writes a playbook.
fn known(context: &mut Context, name: &str, format: Format) -> Result<Exit, Failure> {
    let fact = named(Vocabulary::builtin(), name)?;
    match format {
        Format::Json => {
            let value = facts::history_json(&fact.name, &[], &[], Some(fact));
            json::write(&mut context.out, &value)?;
        }
        Format::Text => facts::about(fact, &mut context.page())?,
    }
    Ok(Exit::Done)
}

/// Every fact that can be set.
fn vocabulary(context: &mut Context, format: Format) -> Result<Exit, Failure> {
    // With an incident at hand, those of its playbooks, too.
    let vocabulary = match home::find(context)? {
        Found::One(folder) => {
            let mut incident = Incident::default();
            crate::cli::desk::chains::fold(context, &folder, &mut incident)?;
            followed::vocabulary(context, &incident, &folder)
        }
        Found::None | Found::Several(_) => Vocabulary::builtin().clone(),
    };
    match format {
        Format::Json => json::write(&mut context.out, &facts::vocabulary_json(&vocabulary))?,
        Format::Text => facts::vocabulary(&vocabulary, context.table_width, &mut context.out)?,
    }
    Ok(Exit::Done)
}
