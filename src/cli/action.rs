//! `breach action`: what will be done so that it does not happen again.

use super::args::{ActionCommand, ActionMore, Format, Privilege};
use super::desk::{Context, Exit, Failure, Record, answers, chains, home, moment};
use crate::incident::event::{ActionChange, ActionTaken, Draft, Event};
use crate::incident::{ACTION_ITEMS, ActionItem, Incident};
use crate::output::{actions, json};
use crate::wording;

pub(super) fn run(context: &mut Context, command: &ActionCommand) -> Result<Exit, Failure> {
    match command {
        ActionCommand::Add { text, more } => {
            let text = text.join(" ").trim().to_owned();
            let id = ActionItem::id_of(more.owner.as_deref(), &text);
            let mut record = open(context, &text)?;
            record.privileged = more.privilege.said();
            if let Some(known) = record.incident.actions.iter().find(|item| item.id == id) {
                let state = known.state.as_str();
                return Err(Failure::usage(format!("this item already exists: {id}, {state}"))
                    .hint(format!("nothing was recorded; `breach action set {id}` changes it")));
            }
            let body = ActionTaken {
                text: Some(text.into()),
                ..with(more, ActionTaken::new(&id, ActionChange::Added))
            };
            tell(context, &mut record, &id, body.into())
        }
        ActionCommand::Set { id, more } => {
            if more.owner.is_none() && more.due.is_none() && more.link.is_none() {
                return Err(Failure::usage("nothing to change")
                    .hint("nothing was recorded; add --owner NAME, --due DAY or --link TEXT"));
            }
            on(context, id, more.privilege, |id| {
                with(more, ActionTaken::new(id, ActionChange::Changed)).into()
            })
        }
        ActionCommand::Done { id, link, how, at, privilege } => {
            let done = |id: &str| ActionTaken {
                link: link.clone(),
                reason: how.clone().map(Into::into),
                ..ActionTaken::new(id, ActionChange::Done)
            };
            let occurred = moment::past(context, at.as_deref(), "this cannot have been done")?;
            on(context, id, *privilege, |id| Draft { occurred, ..done(id).into() })
        }
        ActionCommand::Drop { id, reason, privilege } => on(context, id, *privilege, |id| {
            let reason = Some(reason.clone().into());
            ActionTaken { reason, ..ActionTaken::new(id, ActionChange::Dropped) }.into()
        }),
        ActionCommand::Reopen { id, reason, privilege } => on(context, id, *privilege, |id| {
            let reason = Some(reason.clone().into());
            ActionTaken { reason, ..ActionTaken::new(id, ActionChange::Reopened) }.into()
        }),
        ActionCommand::List { all, format } => list(context, *all, *format),
    }
}

fn with(more: &ActionMore, body: ActionTaken) -> ActionTaken {
    let ActionMore { owner, due, link, privilege: _ } = more;
    ActionTaken { owner: owner.clone(), due: *due, link: link.clone(), ..body }
}

fn open(context: &mut Context, text: &str) -> Result<Record, Failure> {
    let lost = |failure: Failure| failure.with_text(text);
    let folder = home::one(context).map_err(lost)?;
    let record = Record::open(context, folder).map_err(lost)?;
    record.say_if_closed(context);
    Ok(record)
}

/// Records something of the item that a name or its beginning means.
fn on(
    context: &mut Context,
    id: &str,
    privilege: Privilege,
    draft: impl FnOnce(&str) -> Draft,
) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let mut record = Record::open(context, folder)?;
    record.say_if_closed(context);
    record.privileged = privilege.said();
    let id = find(&record.incident, id)?.id.clone();
    tell(context, &mut record, &id, draft(&id))
}

fn find<'i>(incident: &'i Incident, id: &str) -> Result<&'i ActionItem, Failure> {
    // What every name begins with names none of them.
    let own = id.strip_prefix("a-").unwrap_or(id);
    let begins = |item: &&ActionItem| {
        let known = item.id.strip_prefix("a-").unwrap_or(&item.id);
        !own.is_empty() && known.starts_with(own)
    };
    let found: Vec<&ActionItem> = incident.actions.iter().filter(begins).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(Failure::usage(format!("there is no action item `{id}`"))
            .hint("nothing was recorded; `breach action list --all` lists them")),
        several => {
            let ids: Vec<&str> = several.iter().map(|item| item.id.as_str()).collect();
            Err(Failure::usage(format!("`{id}` matches {}", wording::ticked(&ids)))
                .hint("nothing was recorded"))
        }
    }
}

fn tell(
    context: &mut Context,
    record: &mut Record,
    id: &str,
    draft: Draft,
) -> Result<Exit, Failure> {
    let Event::ActionTaken(ActionTaken { what, .. }) = &draft.event else { return Ok(Exit::Done) };
    let what = what.clone();
    let mut source = answers::interactive();
    record.append_careful(context, source.prompt(), draft)?;
    let item = record.incident.actions.iter().find(|item| item.id == id);
    let owner = item.and_then(|item| item.owner.as_deref()).unwrap_or("nobody yet");
    let due = item.and_then(|item| item.due).map(|due| format!(", due {due}"));
    context.screen.say(&format!("Recorded: {id} {what}; {owner}{}.", due.unwrap_or_default()));
    Ok(Exit::Done)
}

fn list(context: &mut Context, all: bool, format: Format) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let mut incident = Incident::default();
    chains::fold(context, &folder, &mut incident)?;
    let today = context.world.now().local().date_naive();
    let items = actions::sorted(&incident, all);
    let is_absent = incident.absent_facts().contains(&ACTION_ITEMS);
    match format {
        Format::Json => {
            json::write(&mut context.out, &actions::json(&incident.name, &items, today))?;
        }
        Format::Text if items.is_empty() && !is_absent => {
            context.screen.say("No action item is open.");
        }
        Format::Text => {
            if !items.is_empty() {
                actions::text(&items, today, context.table_width, &mut context.out)?;
            }
            if is_absent {
                context.screen.say("The list of action items is marked privileged and not here.");
            }
        }
    }
    Ok(Exit::Done)
}
