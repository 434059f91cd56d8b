//! `breach evidence`: keep what proves what happened, list it, compare it with its digests.

mod add;
mod list;
mod verify;
mod wanted;

use crate::cli::args::EvidenceCommand;
use crate::cli::desk::{Context, Exit, Failure};

/// Runs one of them.
pub(super) fn run(context: &mut Context, command: &EvidenceCommand) -> Result<Exit, Failure> {
    match command {
        EvidenceCommand::Add(args) => add::run(context, args),
        EvidenceCommand::List { form: true, exhibits, .. } => list::forms(context, exhibits),
        EvidenceCommand::List { format, .. } => list::run(context, *format),
        EvidenceCommand::Verify { format } => verify::run(context, *format),
    }
}
