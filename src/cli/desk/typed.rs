//! A fact and its value as somebody typed them.

use super::{Context, Failure, exhibit};
use crate::fact::{Fact, Understood, Value, Vocabulary};
use crate::wording;

/// A fact and its value as they were typed in one line, or what there is to choose from.
pub(in crate::cli) fn typed(
    context: &Context,
    vocabulary: &Vocabulary,
    name: &str,
    value: &str,
) -> Result<(Fact, Understood<Value>), Failure> {
    let Some(fact) = vocabulary.get(name).cloned() else {
        let mut failure = Failure::usage(format!("there is no fact `{name}`"));
        let near = vocabulary.nearest(name).map(|near| format!("did you mean `{near}`?"));
        failure.hints.extend(near);
        return Err(failure.hint("`breach fact show --all` lists every fact"));
    };
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
