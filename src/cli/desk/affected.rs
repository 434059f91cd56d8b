//! A fact is recorded, and what hangs on it is said: duties of the law, and what was done and told with
//! the value that it had.

use super::place::Places;
use super::{Context, Failure, Record, answers, followed, law};
use crate::fact::Value;
use crate::incident::event::{About, Draft};

/// Records a value, an edit or a determination, says so, and what it changes.
pub(in crate::cli) fn record(
    context: &mut Context,
    record: &mut Record,
    mut draft: Draft,
    said: &str,
    remarks: &[String],
) -> Result<(), Failure> {
    let law = law::law_or_builtin(context);
    let vocabulary = followed::vocabulary(context, &record.incident, &record.folder);
    let before = law::docket(context, &law, &record.incident, &vocabulary);
    let name = match draft.event.about() {
        About::Fact(name) => name.to_owned(),
        _ => String::new(),
    };
    let old = record.incident.fact_value(&name).cloned();
    let places = Places::of(context, &record.folder, &record.incident);
    draft.privileged |= places.followed().iter().any(|one| one.playbook.is_privileged(&name));
    let mut source = answers::interactive();
    record.append_careful(context, source.prompt(), draft)?;
    context.screen.say(said);
    context.screen.sentences(remarks);
    let was_known = old.as_ref().is_some_and(|old| *old != Value::Unknown);
    if was_known && old.as_ref() != record.incident.fact_value(&name) {
        let title = vocabulary.get(&name).map_or(name.as_str(), |fact| &fact.title);
        for line in record.incident.outdated(&name, title) {
            context.screen.warn(&line);
        }
    }
    law::tell_news(context, &law, &before, record, &vocabulary);
    law::keep_list(context, Some(&law), record, places.followed());
    Ok(())
}
