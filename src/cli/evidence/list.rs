//! `breach evidence list`: what is kept, as a list or as a form for each exhibit.

use std::collections::BTreeMap;

use crate::cli::args::Format;
use crate::cli::desk::{Context, Exit, Failure, chains, home};
use crate::incident::Incident;
use crate::incident::event::{Event, Stamped};
use crate::log::last_ending;
use crate::output::custody_form::{self, Form};
use crate::output::{evidence, json};

pub(super) fn run(context: &mut Context, format: Format) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let mut incident = Incident::default();
    chains::fold(context, &folder, &mut incident)?;
    match format {
        Format::Json => json::write(&mut context.out, &evidence::json(&incident))?,
        Format::Text => evidence::text(&incident, context.table_width, &mut context.page())?,
    }
    Ok(Exit::Done)
}

/// Chain-of-custody forms: of all exhibits, or of those that are named.
pub(super) fn forms(context: &mut Context, wanted: &[String]) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let mut incident = Incident::default();
    let mut handled: BTreeMap<String, Vec<Stamped>> = BTreeMap::new();
    let reports = chains::fold(context, &folder, &mut incident)?;
    crate::log::entries(&folder, &context.world, &mut |chain, entry| {
        if !matches!(entry.kind, "evidence" | "custody") || entry.is_withdrawn() {
            return;
        }
        let stamped = entry.stamped(chain);
        let exhibit = match &stamped.draft.event {
            Event::EvidenceAdded(body) => body.exhibit.clone(),
            Event::Custody(body) => body.exhibit.clone(),
            _ => return,
        };
        handled.entry(exhibit).or_default().push(stamped);
    })
    .map_err(chains::unreadable)?;
    if let Some(unknown) = wanted.iter().find(|name| !incident.exhibits.contains_key(*name)) {
        return Err(Failure::usage(format!("there is no exhibit `{unknown}`"))
            .hint("`breach evidence list` lists them"));
    }
    if incident.exhibits.is_empty() {
        context.screen.say("No evidence is kept, so there is no form to print.");
    }
    let code = last_ending(&reports).map(|(ending, _)| ending.code().to_string());
    let is_wanted = |name: &&String| wanted.is_empty() || wanted.contains(name);
    let mut exhibits: Vec<&String> = incident.exhibits.keys().filter(is_wanted).collect();
    exhibits.sort_by_key(|name| incident.exhibits[*name].at);
    for (number, name) in exhibits.iter().enumerate() {
        let form = Form {
            incident: (folder.name().as_str(), &incident),
            exhibit: (name, &incident.exhibits[*name]),
            page: (number + 1, exhibits.len()),
            handled: handled.get(*name).map(Vec::as_slice).unwrap_or_default(),
            code: code.as_deref(),
        };
        custody_form::text(&form, &mut context.out)?;
    }
    Ok(Exit::Done)
}
