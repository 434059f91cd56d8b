//! `breach fact add` and `remove`: a difference, so that two people's edits of one list add up.

use crate::cli::args::EditArgs;
use crate::cli::desk::typed::{named, warn_of_file};
use crate::cli::desk::{Context, Exit, Failure, Record, affected, followed, home};
use crate::incident::event::FactEdit;
use crate::wording;

pub(super) fn run(context: &mut Context, args: &EditArgs, adds: bool) -> Result<Exit, Failure> {
    let EditArgs { name, items, why, privilege } = args;
    let lost = |failure: Failure| failure.with_text(&items.join(" "));
    let folder = home::one(context).map_err(lost)?;
    let mut record = Record::open(context, folder).map_err(lost)?;
    record.say_if_closed(context);
    record.privileged = privilege.said();
    let vocabulary = followed::vocabulary(context, &record.incident, &record.folder);
    let fact = named(&vocabulary, name).map_err(lost)?;
    let name = &fact.name;
    if !fact.kind.has_items() {
        let kind = fact.kind.as_str();
        return Err(lost(
            Failure::usage(format!("`{name}` is of type `{kind}`, not a list"))
                .hint(format!("nothing was recorded; `breach fact set {name} VALUE` sets it")),
        ));
    }
    let given = match fact.parse(&joined(items), context.world.clock()) {
        Ok(understood) => understood.value,
        Err(hint) => {
            return Err(lost(
                Failure::usage(format!("failed to read the items of `{name}`: {hint}"))
                    .hint("nothing was recorded"),
            ));
        }
    };
    let fact = fact.clone();
    let named = given.clone();
    let given = given.items().unwrap_or_default().to_vec();
    let known = record.incident.fact_value(name);
    let edit = match FactEdit::of(name, known, given, adds) {
        Ok(edit) => FactEdit { why: why.clone().map(Into::into), ..edit },
        Err(unchanged) if unchanged.is_empty() => {
            return Err(Failure::usage("no item was named")
                .hint(format!("nothing was recorded; write `breach fact add {name} ITEM`")));
        }
        Err(unchanged) => {
            let already = if adds { "is on the list already" } else { "is not on the list" };
            return Err(Failure::usage(format!("{} {already}", wording::list(&unchanged)))
                .hint("nothing was recorded, and nothing needs to be"));
        }
    };
    let said = edit.told(&fact.title);
    let draft = edit.of_kind(fact.kind, known);
    affected::record(context, &mut record, draft, &said, &[])?;
    if adds {
        warn_of_file(context, &fact, &named);
    }
    Ok(Exit::Done)
}

/// The items as one text: each argument is one or more of them, unless words between them join them.
fn joined(items: &[String]) -> String {
    let joins = |item: &String| ["and", "&", "+", ","].contains(&item.as_str());
    if items.iter().any(joins) {
        return items.join(" ");
    }
    let items = items.iter().map(|item| item.trim().trim_end_matches(','));
    items.collect::<Vec<_>>().join("; ")
}
