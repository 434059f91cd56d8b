//! `breach` alone: three lines, for whoever has no idea what to type.

use std::io::Write;

use chrono::{DateTime, Utc};

use super::desk::home::{self, Found};
use super::desk::{Context, Exit, Failure, chains, followed};
use crate::incident::Incident;
use crate::log::Folder;
use crate::phase::Phase;
use crate::walk::Plan;
use crate::{escape, wording};

const HELP: &str = "`breach help` lists every command and topic.";

pub(super) fn run(context: &mut Context) -> Result<Exit, Failure> {
    // Where no home is known, nothing is open.
    let found = if context.home().is_ok() { home::find(context)? } else { Found::None };
    let mut folders = match found {
        Found::None => Vec::new(),
        Found::One(folder) => vec![folder],
        Found::Several(folders) => folders,
    };
    // A rehearsal that somebody left open never stands before an incident.
    if folders.iter().any(|folder| !folder.is_drill()) {
        folders.retain(|folder| !folder.is_drill());
    }
    let lines = match folders.as_slice() {
        [] => [
            "Customer data stolen? `breach contain` opens an incident and walks you through it."
                .to_owned(),
            "Not yet? `breach prepare` grades how ready you are; `breach plan` prints the plan."
                .to_owned(),
            HELP.to_owned(),
        ],
        [folder] => incident(context, folder)?,
        folders => {
            let names: Vec<&str> = folders.iter().map(|folder| folder.name().as_str()).collect();
            [
                format!("{} incidents are open: {}.", names.len(), wording::list(&names)),
                "Continue one of them with `breach contain --incident NAME`; `breach status` shows \
                 them all."
                    .to_owned(),
                HELP.to_owned(),
            ]
        }
    };
    for line in lines {
        writeln!(context.page(), "{}", escape::line(&line))?;
    }
    Ok(Exit::Done)
}

/// The incident, its next step, and how to go on.
fn incident(context: &mut Context, folder: &Folder) -> Result<[String; 3], Failure> {
    let mut incident = Incident::default();
    chains::fold(context, folder, &mut incident)?;
    let title = incident.title.as_deref().map(|title| format!(": {title}")).unwrap_or_default();
    let drill = if incident.drill { " --drill" } else { "" };
    let kind = if incident.drill { "Rehearsal" } else { "Incident" };
    let closed = if incident.closed_at.is_some() { " (closed)" } else { "" };
    // One that was named and is not the only one has to be named again.
    let named = context.global.incident.as_ref().map(|_| format!(" --incident {}", folder.name()));
    let more = format!("{}{drill}", named.unwrap_or_default());
    let (next, command) = match next(folder, &incident, context.world.now().at) {
        Some((phase, Some(title))) => (format!("Next, in {phase}: {title}"), phase.command()),
        Some((phase, None)) => (format!("Next: start {phase}"), phase.command()),
        None => ("Next: every phase is finished; close the incident".to_owned(), "close"),
    };
    Ok([
        format!("{kind} {}{title}{closed}", folder.name()),
        next,
        format!("Continue: `breach {command}{more}`. More: `breach status`. Help: `breach help`."),
    ])
}

/// The first phase with something open, and its next step; of one that has not begun, or whose
/// playbook cannot be read, the phase alone.
fn next(
    folder: &Folder,
    incident: &Incident,
    now: DateTime<Utc>,
) -> Option<(Phase, Option<String>)> {
    Phase::RESPONSE.into_iter().find_map(|phase| {
        let state = incident.phases.get(&phase);
        let Some(pinned) = state.and_then(|state| state.pinned.as_ref()) else {
            return Some((phase, None));
        };
        let Ok(followed) = followed::kept_in(folder, phase, pinned) else {
            return Some((phase, None));
        };
        let plan = Plan::new(&followed.playbook, incident);
        let place = plan.next_ready(&followed.playbook, now)?;
        Some((phase, Some(plan.places[place].title(&followed.playbook))))
    })
}
