//! `--dry-run`: what would be asked and run. Writes nothing.

use std::io::Write;

use super::pin;
use crate::cli::args::WalkArgs;
use crate::cli::desk::followed::{Followed, kept_in};
use crate::cli::desk::home::Found;
use crate::cli::desk::shelf::Shelf;
use crate::cli::desk::{Context, Exit, Failure, home};
use crate::escape;
use crate::fact::Vocabulary;
use crate::incident::Incident;
use crate::phase::Phase;
use crate::playbook::Step;
use crate::walk::{Place, Plan, Standing, commands};

pub(in crate::cli) fn run(
    context: &mut Context,
    phase: Phase,
    args: &WalkArgs,
) -> Result<Exit, Failure> {
    let (followed, incident, plan) = followed(context, phase, args)?;
    let title = escape::line(&followed.playbook.title).into_owned();
    writeln!(context.out, "{title} ({}/{})", phase, followed.playbook.id)?;
    writeln!(context.out, "Nothing is written, and no command runs.")?;
    for place in &plan.places {
        show(context, &followed, &incident, place)?;
    }
    Ok(Exit::Done)
}

/// What a walk would follow here, and where it stands.
pub(super) fn followed(
    context: &mut Context,
    phase: Phase,
    args: &WalkArgs,
) -> Result<(Followed, Incident, Plan), Failure> {
    let mut incident = Incident::default();
    let folder = match (args.new, home::find(context)?) {
        (false, Found::One(folder)) => Some(folder),
        _ => None,
    };
    if let Some(folder) = &folder {
        crate::cli::desk::chains::fold(context, folder, &mut incident)?;
    }
    let pinned = incident.phases.get(&phase).and_then(|phase| phase.pinned.clone());
    let wanted = args.switch.as_ref().or(args.playbook.as_ref());
    let followed = match (pinned, wanted, &folder) {
        (Some(pinned), None, Some(folder)) => kept_in(folder, phase, &pinned)?,
        _ => chosen(context, &incident, phase, args)?,
    };
    let plan = Plan::new(&followed.playbook, &incident);
    Ok((followed, incident, plan))
}

fn chosen(
    context: &Context,
    incident: &Incident,
    phase: Phase,
    args: &WalkArgs,
) -> Result<Followed, Failure> {
    let home = context.home().ok();
    let shelf = Shelf::open(home.as_deref(), args.playbooks.as_deref())?;
    let shelved = if let Some(name) = args.switch.as_ref().or(args.playbook.as_ref()) {
        shelf.find(Some(phase), name)?
    } else {
        let kind = pin::kind(incident);
        let none = || Failure::usage(format!("there is no playbook for {phase}"));
        pin::ranked(&shelf, phase, kind.as_deref()).into_iter().next().ok_or_else(none)?
    };
    let vocabulary = Vocabulary::builtin().clone().with(shelved.playbook.facts.clone());
    Ok(Followed { playbook: shelved.playbook, vocabulary })
}

fn show(
    context: &mut Context,
    followed: &Followed,
    incident: &Incident,
    place: &Place,
) -> Result<(), Failure> {
    let step: &Step = &followed.playbook.steps[place.step];
    let item = place.item.as_deref();
    let title = place.title(&followed.playbook);
    let state = match (place.standing, place.applies) {
        (Standing::Settled, _) => " [settled]",
        (Standing::Aside, _) => " [set aside]",
        (_, Some(false)) => " [does not apply]",
        (_, None) => " [may apply]",
        (_, Some(true)) => "",
    };
    writeln!(context.out, "\n{:>3}  {}{state}", place.step + 1, escape::line(&title))?;
    if let Some(when) = &step.when {
        writeln!(context.out, "     when {}", escape::line(when.source()))?;
    }
    for name in &step.ask {
        let ask = followed.vocabulary.get(name).map_or(name.as_str(), |fact| fact.ask.as_str());
        writeln!(context.out, "     asks {}", escape::line(ask))?;
    }
    for wanted in &step.evidence {
        let need = if wanted.required { "required" } else { "if you can" };
        writeln!(
            context.out,
            "     wants {} ({need})",
            escape::line(&step.fill(&wanted.title, item))
        )?;
    }
    for command in commands(step, incident) {
        let known = |name: &str| incident.fact_value(name);
        let line = match command.fill(&known, item) {
            Ok(argv) => escape::argv(argv),
            Err(unfilled) => {
                let argv = escape::argv(command.run.iter().map(ToString::to_string));
                format!("{argv} ({unfilled})")
            }
        };
        let changes = if command.changes { "runs, changing the system" } else { "runs" };
        writeln!(context.out, "     {changes}: {}", escape::line(&line))?;
    }
    Ok(())
}
