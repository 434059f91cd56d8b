//! `breach sync`: a copy of the incident in a place that the intruder does not own.

mod assemble;
mod compare;
mod held;
mod place;
mod policy;
mod pull;
mod push;
mod repair;

use super::args::SyncCommand;
use super::desk::{Context, Exit, Failure};

use place::{Place, failed};

pub(super) fn run(context: &mut Context, command: &SyncCommand) -> Result<Exit, Failure> {
    match command {
        SyncCommand::Push(args) => push::run(context, args),
        SyncCommand::Pull(args) => pull::run(context, args),
        SyncCommand::Status(args) => compare::status(context, args),
        SyncCommand::Verify(args) => compare::verify(context, args),
        SyncCommand::Policy { store } => policy::run(context, store),
    }
}
