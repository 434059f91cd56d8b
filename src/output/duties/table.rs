//! The table of `breach duties`.

use std::collections::BTreeMap;
use std::io;

use comfy_table::Cell;

use super::{NO_ADVICE, View, left, local, state, whom};
use crate::output::table;
use crate::regime::{Assessed, State};
use crate::{escape, wording};

/// How rows are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouped {
    /// In one table, by what is due next.
    ByTime,
    /// A table for each kind of recipient.
    ByRecipient,
}

pub(super) fn write(
    view: &View<'_>,
    out: &mut dyn io::Write,
    width: Option<u16>,
    grouped: Grouped,
    all: bool,
) -> io::Result<()> {
    let mut shown: Vec<&Assessed<'_>> =
        view.duties.iter().filter(|duty| all || is_shown(duty)).collect();
    // What is due next stands first; what has no number follows, then what is done.
    shown.sort_by_key(|duty| (!duty.state.is_open(), duty.due.is_none(), duty.due, &duty.duty.id));
    match grouped {
        Grouped::ByTime => rows(view, out, width, &shown)?,
        Grouped::ByRecipient => {
            let mut groups: BTreeMap<String, Vec<&Assessed<'_>>> = BTreeMap::new();
            for duty in &shown {
                groups.entry(whom(duty)).or_default().push(duty);
            }
            for (whom, duties) in groups {
                writeln!(out, "To: {whom}")?;
                rows(view, out, width, &duties)?;
                writeln!(out)?;
            }
        }
    }
    questions(view, out)?;
    writeln!(out, "{NO_ADVICE} `breach duties --explain DUTY` shows rule, facts and arithmetic.")
}

/// What concerns us, as far as is known.
fn is_shown(duty: &Assessed<'_>) -> bool {
    duty.state != State::NotTriggered && duty.concerns == Some(true)
}

fn rows(
    view: &View<'_>,
    out: &mut dyn io::Write,
    width: Option<u16>,
    duties: &[&Assessed<'_>],
) -> io::Result<()> {
    if duties.is_empty() {
        return writeln!(out, "No duty is known to be owed.");
    }
    let mut table = table::plain(&["Due", "Left", "Duty", "Whom", "State"], width);
    for duty in duties {
        let due = match (duty.state, local(duty)) {
            (State::NotTriggered, _) => duty.why(),
            (State::Embargo, Some(local)) => format!("not before {local}"),
            (_, Some(local)) => local,
            (_, None) => {
                duty.duty.words.clone().unwrap_or_else(|| "no number in the law".to_owned())
            }
        };
        table.add_row([
            Cell::new(escape::line(&due)),
            Cell::new(left(duty, view.at)),
            Cell::new(escape::line(&duty.duty.id)),
            Cell::new(escape::line(&whom(duty))),
            Cell::new(state(duty)),
        ]);
    }
    writeln!(out, "{table}")
}

/// Facts that duties wait for, those that settle most first.
fn questions(view: &View<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut by_fact: BTreeMap<&str, usize> = BTreeMap::new();
    let waiting = view.duties.iter().filter(|duty| duty.state == State::Check);
    let mut count = 0;
    for duty in waiting {
        count += 1;
        for name in &duty.open {
            *by_fact.entry(name).or_default() += 1;
        }
    }
    if count == 0 {
        return Ok(());
    }
    let mut facts: Vec<(&str, usize)> = by_fact.into_iter().collect();
    facts.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
    let duties = wording::count(count, "duty");
    writeln!(out, "{duties} may be owed; these facts settle them (`breach fact set NAME VALUE`):")?;
    for (name, n) in facts.iter().take(8) {
        let ask = (view.ask)(name).unwrap_or_default();
        writeln!(out, "  {} ({n}): {}", escape::line(name), escape::line(&ask))?;
    }
    if facts.len() > 8 {
        writeln!(out, "  and {} more; `--format json` has all", facts.len() - 8)?;
    }
    Ok(())
}
