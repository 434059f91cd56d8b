//! `--answers-template`: a file of answers to fill in, every question of the playbook in it, all of it
//! commented out.

use std::io::Write;

use crate::cli::args::WalkArgs;
use crate::cli::desk::{Context, Exit, Failure};
use crate::escape;
use crate::fact::{Fact, FactType};
use crate::phase::Phase;

pub(in crate::cli) fn run(
    context: &mut Context,
    phase: Phase,
    args: &WalkArgs,
) -> Result<Exit, Failure> {
    let (followed, _, _) = super::dry_run::followed(context, phase, args)?;
    let out = &mut context.out;
    let playbook = &followed.playbook;
    writeln!(
        out,
        "# Answers for `breach {} --answers FILE`: {}.\n# Take the # away where you know the answer; \
         `breach help answers` explains the file.\n\n[opening]\n# responder = \"\"\n# title = \"\"\n\
         # playbook = \"{}\"",
        phase.command(),
        escape::line(&playbook.title),
        playbook.id
    )?;
    writeln!(out, "\n[fact]")?;
    let mut names: Vec<&str> = Vec::new();
    if phase == Phase::Containment {
        names.extend(super::opening::OPENING);
    }
    names.extend(playbook.steps.iter().flat_map(|step| step.ask.iter().map(String::as_str)));
    for (number, name) in names.iter().enumerate() {
        let Some(fact) = followed.vocabulary.get(name).filter(|_| !names[..number].contains(name))
        else {
            continue;
        };
        writeln!(out, "# {}", escape::line(&fact.ask))?;
        writeln!(out, "# {name} = {}", form(fact))?;
    }
    for step in &playbook.steps {
        let each = match &step.for_each {
            Some(list) => format!(" (for each of `{list}`; `.item.NAME` for one)"),
            None => String::new(),
        };
        writeln!(out, "\n# {}{each}", escape::line(&step.fill(&step.title, None)))?;
        writeln!(out, "# [step.{}]\n# outcome = \"done\"\n# text = \"\"", step.id)?;
        let wanted = step.evidence.iter().map(|wanted| format!("{} = \"\"", wanted.id));
        let wanted: Vec<String> = wanted.collect();
        if !wanted.is_empty() {
            writeln!(out, "# evidence = {{ {} }}", wanted.join(", "))?;
        }
        if let Some(decision) = &step.decision {
            let question = escape::line(&decision.question);
            writeln!(out, "# decision = {{ what = \"\", by = \"\", basis = \"\" }} # {question}")?;
        }
        for command in &step.commands {
            writeln!(out, "# run = \"{}\" # {}", command.id, escape::line(&command.title))?;
        }
    }
    Ok(Exit::Done)
}

/// How an answer is written, as an example that can be filled in.
fn form(fact: &Fact) -> String {
    let first = fact.options.first().map_or("", |option| option.id.as_str());
    if fact.determination {
        return r#"{ value = "", by = "", role = "counsel", basis = "" }"#.to_owned();
    }
    match fact.kind {
        FactType::YesNo => "true".to_owned(),
        FactType::Count => "0".to_owned(),
        FactType::List => r#"["", ""]"#.to_owned(),
        FactType::Choice => format!("\"{first}\""),
        FactType::Choices => format!("[\"{first}\"]"),
        FactType::Time => r#""2026-11-23 02:40""#.to_owned(),
        FactType::Duration => r#""2h""#.to_owned(),
        FactType::Money => r#""EUR 1200.50""#.to_owned(),
        FactType::People => r#""DE 1200, US-CA about 300""#.to_owned(),
        FactType::Place => r#""DE""#.to_owned(),
        FactType::Text => r#""""#.to_owned(),
    }
}
