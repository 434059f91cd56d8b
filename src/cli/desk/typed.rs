//! A fact and its value as somebody typed them.

use super::{Context, Failure, exhibit};
use crate::fact::{Fact, Understood, Value, Vocabulary};
use crate::wording;

/// A fact by its name or by what the screen calls it.
///
/// # Errors
/// There is none, or several are called so.
pub(in crate::cli) fn named<'v>(
    vocabulary: &'v Vocabulary,
    name: &str,
) -> Result<&'v Fact, Failure> {
    vocabulary.named(name).map_err(|found| {
        let hint = match (found.as_slice(), vocabulary.nearest(name)) {
            ([], near) => near.map(|near| format!("did you mean `{near}`?")),
            (found, _) => Some(format!(
                "did you mean {}?",
                wording::some(
                    &found.iter().map(|one| format!("`{one}`")).collect::<Vec<_>>(),
                    LIKE
                )
            )),
        };
        let mut failure = Failure::usage(match found.as_slice() {
            [] => format!("there is no fact `{name}`"),
            found => {
                format!("`{name}` begins the names of {}", wording::count(found.len(), "fact"))
            }
        });
        failure.hints.extend(hint);
        failure.hint("`breach fact show --all` lists every fact")
    })
}

/// Facts that are named where several may be meant.
const LIKE: usize = 20;

/// A fact and its value as they were typed in one line, or what there is to choose from.
pub(in crate::cli) fn typed(
    context: &Context,
    vocabulary: &Vocabulary,
    name: &str,
    value: &str,
) -> Result<(Fact, Understood<Value>), Failure> {
    let fact = named(vocabulary, name)?.clone();
    let name = &fact.name;
    let parsed = fact.parse(value, context.world.clock());
    let value = parsed.map_err(|hint| {
        if let Some(ahead) = fact.ahead_of(value, context.world.clock()) {
            return Failure::usage(ahead.trim_end_matches('.'));
        }
        let failure = Failure::usage(format!("the value of `{name}` was not understood: {hint}"));
        let options: Vec<String> = fact.options.iter().map(|option| option.id.clone()).collect();
        if options.is_empty() {
            failure
        } else {
            failure.hint(format!("there are {}", wording::ticked(&options)))
        }
    })?;
    Ok((fact, value))
}

/// Warns of an item that is a file here, or is called like one: its name is recorded, and none of its
/// lines.
pub(in crate::cli) fn warn_of_file(context: &mut Context, fact: &Fact, value: &Value) {
    if let Some(file) = fact.file_among(value, &|item| exhibit::path(item).is_file()) {
        context.screen.warn(&format!(
            "`{file}` is the name of a file; the name was recorded, and none of its lines"
        ));
    }
}
