//! A fact and its value as somebody typed them.

use super::{Context, Failure};
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
