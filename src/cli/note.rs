//! `breach note`: one entry, at the cost of one entry.

use std::io::Read;

use super::args::NoteArgs;
use super::desk::{Context, Exit, Failure, Record, answers, home, moment};
use crate::incident::event::{Draft, Note};
use crate::wording;

pub(super) fn run(context: &mut Context, args: &NoteArgs) -> Result<Exit, Failure> {
    let from_stdin = args.text.is_empty() || args.text == ["-"];
    let text = if from_stdin { stdin()? } else { args.text.join(" ") };
    let text = text.trim_end().to_owned();
    if text.trim().is_empty() {
        return Err(Failure::usage("the note is empty")
            .hint("nothing was recorded; write `breach note 'what happened'`"));
    }
    // Whatever is in the way: what was typed or piped is shown, and can be saved.
    let lost = |failure: Failure| failure.with_text(&text);
    let occurred = moment::given(context, args.at.as_deref()).map_err(lost)?;
    let folder = home::one(context).map_err(lost)?;
    let mut record = Record::one_shot(context, folder).map_err(lost)?;
    record.say_if_closed(context);
    let mut draft = Draft::from(Note::new(text));
    draft.occurred = occurred;
    draft.privileged = args.privileged;
    record.apart = args.apart;
    let stamped = if args.verbatim {
        record.append(context, draft)?
    } else {
        let mut source = if from_stdin { answers::nobody() } else { answers::interactive() };
        record.append_careful(context, source.prompt(), draft)?
    };
    let at = wording::stamp(stamped.at);
    let who = stamped.actor.shown().to_owned();
    context.screen.say(&format!("Recorded at {at} by {who}, entry {}.", stamped.seq));
    if stamped.actor.name.is_none() {
        context.screen.say(&format!(
            "`{who}` is a login, not a person: add `--as NAME`, or start a walk, which asks for \
             your name once."
        ));
    }
    Ok(Exit::Done)
}

/// All of standard input; bytes that are no text stay visible.
fn stdin() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| crate::escape::output(error.as_bytes())))
}
