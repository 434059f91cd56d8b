//! Reading the chains of an incident, and saying what is wrong with them.

use super::{Context, Exit, Failure, trust};
use crate::incident::Incident;
use crate::log::{ChainReport, DamageKind, Folder, OpenError};
use crate::wording;

/// Folds every chain of an incident. A damaged chain is named and read as far as it verifies: it
/// never strands the responder.
pub(in crate::cli) fn fold(
    context: &mut Context,
    folder: &Folder,
    incident: &mut Incident,
) -> Result<Vec<ChainReport>, Failure> {
    let reports = crate::log::fold_all(folder, &context.world, incident).map_err(unreadable)?;
    show_damage(context, &reports);
    show_newer(context, incident);
    trust::warn_of_record(context, folder);
    Ok(reports)
}

/// Says how much of a log needs a newer version of the program, before its state is shown.
pub(in crate::cli) fn show_newer(context: &mut Context, incident: &Incident) {
    if let Some(newer) = wording::newer(incident.newer) {
        context.screen.warn(&newer);
    }
}

/// A chain cannot be read.
pub(in crate::cli) fn unreadable(error: OpenError) -> Failure {
    let exit = if matches!(error, OpenError::Link(_)) { Exit::Damaged } else { Exit::Failed };
    let mut failure = Failure::new(exit, format!("failed to read the log: {error}"));
    failure.hints.extend(error.hint());
    failure.hint("nothing was written")
}

/// Names chains that do not verify, and those of which lines are known that are not here.
pub(in crate::cli) fn show_damage(context: &mut Context, reports: &[ChainReport]) {
    for report in reports {
        if let Some(not_here) = report.not_here().filter(|_| report.damage.is_none()) {
            context.screen.warn(&format!("chain {}: {not_here}", report.chain));
        }
        if let Some(damage) = &report.damage {
            context.damaged = true;
            context.screen.warn(&format!("chain {} does not verify: {damage}", report.chain));
            let behind = report.lines.saturating_sub(damage.line);
            if behind == 0 || damage.kind == DamageKind::Branched {
                continue;
            }
            let behind = wording::count(usize::try_from(behind).unwrap_or(usize::MAX), "line");
            context.screen.say(&format!(
                "It is read up to that point. The rest, {behind}, is kept as it is but not \
                 trusted: `breach log show --unverified` shows it."
            ));
        }
    }
}
