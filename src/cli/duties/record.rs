//! What every entry about a duty needs: its id, its proof, and what it answers.

use std::borrow::Cow;
use std::path::Path;

use crate::cli::desk::{Context, Exit, Failure, Record, exhibit, law};
use crate::fact::Vocabulary;
use crate::incident::Incident;
use crate::incident::event::Event;
use crate::regime::{Law, State};
use crate::wording;

/// Questions about these duties that are open, each with who asked it.
pub(super) fn asked(incident: &Incident, duties: &[String]) -> Vec<String> {
    let of = |duty: &String| {
        let questions = incident.questions_of(duty);
        questions.map(|asked| format!("{} ({})", asked.reason, asked.by)).collect::<Vec<_>>()
    };
    duties.iter().flat_map(of).collect()
}

/// Says that the record speaks of a duty that is not owed, so that no slip in its name is missed.
pub(super) fn tell_if_not_owed(
    context: &mut Context,
    law: &Law,
    duty: &str,
    (incident, vocabulary): (&Incident, &Vocabulary),
) {
    let matter = law::matter(context, "", Cow::Borrowed(incident), Cow::Borrowed(vocabulary));
    let stands = matter.explain(law, duty, context.world.now().at);
    let stands = stands.filter(|(stands, _)| stands.state == State::NotTriggered);
    if let Some((stands, _)) = stands {
        context.screen.warn(&format!("{duty} is not owed, as far as is known: {}", stands.why()));
    }
}

/// Says which questions an entry answers.
pub(super) fn tell_answered(
    context: &mut Context,
    before: &[String],
    incident: &Incident,
    duties: &[String],
) {
    let open = asked(incident, duties);
    let answered: Vec<&String> = before.iter().filter(|asked| !open.contains(asked)).collect();
    if !answered.is_empty() {
        let count = wording::count(answered.len(), "question");
        context.screen.warn(&format!(
            "this answers {count}: {}; `breach duties asked` records again what is still open",
            wording::some(&answered, 4)
        ));
    }
}

/// The id under which the log speaks of a duty, whichever version was named.
pub(super) fn known(law: &Law, id: &str) -> Result<String, Failure> {
    let whole = law.whole(id).map(|(_, duty)| duty.id.clone());
    whole.ok_or_else(|| law::unknown_duty(law, id).hint("nothing was recorded"))
}

/// Keeps a file as evidence first: an entry never names what is not there.
pub(super) fn keep(
    context: &mut Context,
    record: &mut Record,
    proof: Option<&Path>,
    duty: &str,
) -> Result<Option<String>, Failure> {
    let Some(path) = proof else { return Ok(None) };
    let mut body = exhibit::file(context, record, path).map_err(|error| {
        Failure::new(Exit::Failed, format!("failed to keep `{}`: {error}", path.display()))
            .hint("nothing was recorded")
    })?;
    body.title = format!("Proof of {duty}: {}", body.title).into();
    let stamped = record.append(context, body.into())?;
    exhibit::say_kept(context, &stamped);
    let Event::EvidenceAdded(body) = stamped.draft.event else { return Ok(None) };
    Ok(Some(body.exhibit))
}
