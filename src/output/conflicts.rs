//! What people said differently without knowledge of each other: as text and as JSON.

use std::io::{self, Write};

use serde_json::json;

use super::event;
use crate::incident::{Conflict, Subject};
use crate::{escape, wording};

/// Each conflict with its number, what is in force until it is settled, and who said what.
///
/// # Errors
/// What `out` says.
pub fn text(conflicts: &[Conflict<'_>], out: &mut dyn Write) -> io::Result<()> {
    for (number, conflict) in conflicts.iter().enumerate() {
        let (shown, until_then) = (conflict.subject.shown(), conflict.subject.until_then());
        let text = format!("{} {shown}: until this is settled, {until_then}", number + 1);
        writeln!(out, "{}", escape::line(&text))?;
        for (number, said) in conflict.claims.iter().enumerate() {
            let (at, by) = (wording::stamp(said.at), said.actor.shown());
            let text = event::unsaved(&said.draft);
            let text = format!("  {} {at}  {by}: {text} ({}/{})", number + 1, said.chain, said.seq);
            writeln!(out, "{}", escape::line(&text))?;
        }
    }
    Ok(())
}

/// The same as `breach.conflicts/1`.
pub fn json(conflicts: &[Conflict<'_>]) -> serde_json::Value {
    let conflicts = conflicts.iter().enumerate().map(|(number, conflict)| {
        let claims = conflict.claims.iter().enumerate().map(|(number, said)| {
            json!({
                "number": number + 1,
                "entry": said.id,
                "chain": said.chain,
                "seq": said.seq,
                "at": said.at.to_rfc3339(),
                "by": said.actor.shown(),
                "says": event::unsaved(&said.draft),
            })
        });
        json!({
            "number": number + 1,
            "subject": subject(conflict.subject),
            "until_settled": conflict.subject.until_then(),
            "claims": claims.collect::<Vec<_>>(),
        })
    });
    json!({ "schema": "breach.conflicts/1", "conflicts": conflicts.collect::<Vec<_>>() })
}

fn subject(subject: &Subject) -> serde_json::Value {
    match subject {
        Subject::Fact { name, item } => json!({ "fact": name, "item": item }),
        Subject::Step(phase, key) => {
            json!({ "phase": phase, "step": key.step, "item": key.item })
        }
        Subject::Decision(name) => json!({ "decision": name }),
        Subject::Duty(duty) => json!({ "duty": duty }),
        Subject::Group(name) => json!({ "group": name }),
        Subject::Title => json!({ "title": true }),
        Subject::Link(other) => json!({ "link": other }),
        Subject::Playbook(phase) => json!({ "playbook": phase }),
        Subject::Action(id) => json!({ "action": id }),
        Subject::Closing => json!({ "closing": true }),
    }
}
