//! `breach playbook explain`: what a rule finds, why, and what to do.

use std::io::Write;

use comfy_table::Cell;
use serde::Serialize;

use crate::check::{Judge, RULES, Rule, did_you_mean, rule};
use crate::cli::args::Format;
use crate::cli::desk::{Context, Exit, Failure};
use crate::output::{json, table};

#[derive(Serialize)]
struct Shown<'a> {
    id: &'a str,
    name: &'a str,
    family: &'a str,
    level: &'a str,
    title: &'a str,
    explanation: &'a str,
    wrong: &'a str,
    right: &'a str,
}

impl<'a> Shown<'a> {
    fn new(rule: &'a Rule) -> Self {
        Self {
            id: rule.id,
            name: rule.name,
            family: rule.family.as_str(),
            level: rule.level.as_str(),
            title: rule.title,
            explanation: rule.explanation,
            wrong: rule.wrong,
            right: rule.right,
        }
    }
}

pub(super) fn run(
    context: &mut Context,
    what: Option<&str>,
    format: Format,
) -> Result<Exit, Failure> {
    let Some(what) = what else { return list(context, format) };
    let found = rule(what).or_else(|| rule(&what.to_uppercase())).ok_or_else(|| {
        Failure::usage(format!("there is no rule `{what}`")).hint(did_you_mean(what, []))
    })?;
    if format == Format::Json {
        let value = serde_json::json!({ "schema": "breach.rules/1", "rules": [Shown::new(found)] });
        json::write(&mut context.out, &value)?;
        return Ok(Exit::Done);
    }
    let Rule { id, name, family, level, title, explanation, wrong, right, .. } = found;
    let (family, level) = (family.as_str(), level.as_str());
    writeln!(context.out, "{id} {name}: {title}\nfamily {family}, {level}\n")?;
    let width = usize::from(context.table_width.unwrap_or(80)).clamp(40, 100);
    writeln!(context.out, "{}", textwrap::fill(explanation, width))?;
    for (head, example) in [("Wrong:", wrong), ("Right:", right)] {
        if !example.is_empty() {
            writeln!(context.out, "\n{head}\n\n{}", textwrap::indent(example, "    ").trim_end())?;
        }
    }
    if !found.is_firm() {
        // What is wrong with a comment that allows, no other one allows.
        if !matches!(found.judge, Judge::Checker) {
            let comment = format!("# breach: allow {id} the reason");
            writeln!(context.out, "\nAllow it in one place:     {comment}")?;
        }
        writeln!(context.out, "Change its level:          --level {id}=note, or in breach.toml")?;
    }
    Ok(Exit::Done)
}

fn list(context: &mut Context, format: Format) -> Result<Exit, Failure> {
    if format == Format::Json {
        let rules: Vec<_> = RULES.iter().map(|rule| Shown::new(rule)).collect();
        let value = serde_json::json!({ "schema": "breach.rules/1", "rules": rules });
        json::write(&mut context.out, &value)?;
        return Ok(Exit::Done);
    }
    let mut table =
        table::plain(&["Rule", "Name", "Family", "Level", "Finds"], context.table_width);
    for rule in RULES {
        table.add_row([
            Cell::new(rule.id),
            Cell::new(rule.name),
            Cell::new(rule.family.as_str()),
            Cell::new(rule.level.as_str()),
            Cell::new(rule.title),
        ]);
    }
    writeln!(context.out, "{table}")?;
    Ok(Exit::Done)
}
