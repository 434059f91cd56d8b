//! `breach evidence list`: what is kept.

use crate::cli::args::Format;
use crate::cli::desk::{Context, Exit, Failure, chains, home};
use crate::incident::Incident;
use crate::output::{evidence, json};

pub(super) fn run(context: &mut Context, format: Format) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let mut incident = Incident::default();
    chains::fold(context, &folder, &mut incident)?;
    match format {
        Format::Json => json::write(&mut context.out, &evidence::json(&incident))?,
        Format::Text => evidence::text(&incident, context.table_width, &mut context.out)?,
    }
    Ok(Exit::Done)
}
