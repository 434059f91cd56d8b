//! `breach note`: one entry, at the cost of one entry.

mod stream;

use std::io::Read;

use super::args::NoteArgs;
use super::desk::{Context, Exit, Failure, Record, answers, home, moment, spoken};
use crate::incident::event::{Draft, Note};
use crate::{escape, wording};

/// What is to be written down.
enum Given {
    Text(String),
    /// The beginning of what stands on standard input, too long for an entry.
    Long(Vec<u8>),
}

pub(super) fn run(context: &mut Context, args: &NoteArgs) -> Result<Exit, Failure> {
    let from_stdin = args.text.is_empty() || args.text == ["-"];
    let given = if from_stdin { stdin()? } else { Given::Text(args.text.join(" ")) };
    let text = match &given {
        Given::Text(text) => text.trim_end().to_owned(),
        Given::Long(head) => {
            format!("{} … (the rest was not read)", spoken::beginning(&escape::output(head)))
        }
    };
    if text.trim().is_empty() && matches!(given, Given::Text(_)) {
        return Err(Failure::usage("the note is empty")
            .hint("nothing was recorded; write `breach note 'what happened'`"));
    }
    // Whatever is in the way: what was typed or piped is shown, and can be saved.
    let lost = |failure: Failure| failure.with_text(&text);
    let occurred = moment::given(context, args.at.as_deref()).map_err(lost)?;
    let folder = home::one(context).map_err(lost)?;
    let mut record = Record::one_shot(context, folder).map_err(lost)?;
    record.say_if_closed(context);
    record.privileged = args.privilege.said();
    let text = match &given {
        Given::Text(_) => text,
        Given::Long(head) => {
            let rest = &mut std::io::stdin();
            stream::keep(context, &mut record, (head, rest), args.verbatim)?
        }
    };
    let mut draft = Draft::from(Note::new(text));
    draft.occurred = occurred;
    record.apart = args.apart;
    let stamped = if args.verbatim {
        record.append(context, draft)?
    } else {
        let mut source = if from_stdin { answers::nobody() } else { answers::interactive() };
        record.append_careful(context, source.prompt(), draft)?
    };
    if !from_stdin && answers::is_fed() {
        // Not an error: inside `while read`, or in a script piped into a shell, the rest of standard
        // input belongs to another reader.
        context.screen.warn(
            "only the text on the command line is recorded; `breach note -` records standard input",
        );
    }
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

/// Standard input, as far as an entry can hold it; bytes that are no text stay visible.
fn stdin() -> Result<Given, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(spoken::LONGEST as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > spoken::LONGEST {
        return Ok(Given::Long(bytes));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Given::Text(text)),
        Err(error) => {
            let shown = escape::output(error.as_bytes());
            let is_long = shown.len() > spoken::LONGEST;
            Ok(if is_long { Given::Long(error.into_bytes()) } else { Given::Text(shown) })
        }
    }
}
