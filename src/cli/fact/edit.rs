//! `breach fact add` and `remove`: a difference, so that two people's edits of one list add up.

use super::tell;
use crate::cli::args::EditArgs;
use crate::cli::desk::{Context, Exit, Failure, Record, followed, home};
use crate::fact::{FactType, Value};
use crate::incident::event::FactEdit;
use crate::wording;

pub(super) fn run(context: &mut Context, args: &EditArgs, adds: bool) -> Result<Exit, Failure> {
    let EditArgs { name, items, why } = args;
    let lost = |failure: Failure| failure.with_text(&items.join(" "));
    let folder = home::one(context).map_err(lost)?;
    let mut record = Record::open(context, folder).map_err(lost)?;
    record.say_if_closed(context);
    let vocabulary = followed::vocabulary(context, &record.incident, &record.folder);
    let Some(fact) = vocabulary.get(name) else {
        let near = vocabulary.nearest(name).map(|near| format!("did you mean `{near}`?"));
        let mut failure = Failure::usage(format!("there is no fact `{name}`"));
        failure.hints.extend(near);
        return Err(lost(failure));
    };
    if fact.kind != FactType::List {
        let kind = fact.kind.as_str();
        return Err(lost(
            Failure::usage(format!("`{name}` is of type `{kind}`, not a list"))
                .hint(format!("nothing was recorded; `breach fact set {name} VALUE` sets it")),
        ));
    }
    let known: &[String] = match record.incident.fact_value(name) {
        Some(Value::List(known)) => known,
        _ => &[],
    };
    let given = match fact.parse(&items.join(" "), context.world.clock()) {
        Ok(understood) => understood.value,
        Err(hint) => {
            return Err(lost(
                Failure::usage(format!("failed to read the items of `{name}`: {hint}"))
                    .hint("nothing was recorded"),
            ));
        }
    };
    let given = if let Value::List(items) = given { items } else { Vec::new() };
    let (items, not): (Vec<String>, Vec<String>) =
        given.into_iter().partition(|item| known.contains(item) != adds);
    if items.is_empty() {
        if not.is_empty() {
            return Err(Failure::usage("no item was named")
                .hint(format!("nothing was recorded; write `breach fact add {name} ITEM`")));
        }
        let already = if adds { "is on the list already" } else { "is not on the list" };
        return Err(Failure::usage(format!("{} {already}", wording::list(&not)))
            .hint("nothing was recorded, and nothing needs to be"));
    }
    let title = fact.title.clone();
    let names = wording::list(&items);
    let (add, remove, said) = if adds {
        (items, Vec::new(), format!("{title}, added: {names}"))
    } else {
        (Vec::new(), items, format!("{title}, taken off: {names}"))
    };
    let edit = FactEdit { name: name.clone(), add, remove, why: why.clone().map(Into::into) };
    tell(context, &mut record, edit.into(), &said, &[])?;
    Ok(Exit::Done)
}
