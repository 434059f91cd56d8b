//! Expected against got.

use std::collections::HashSet;

use super::case::Expected;
use super::rehearsal::Rehearsal;
use crate::clock::Clock as _;
use crate::fact::When;
use crate::incident::StepKey;
use crate::incident::event::Outcome;
use crate::walk::{Plan, Summary};
use crate::wording;

impl Expected {
    /// What is different, if anything is: expected, then got.
    pub(super) fn differs(&self, from: &Rehearsal<'_>) -> Option<String> {
        match self {
            Self::Complete(expected) => {
                let plan = Plan::new(from.playbook, &from.incident);
                let summary = Summary::new(from.playbook, &plan, &from.incident);
                let got = summary.is_complete();
                let aside = summary.aside.into_iter().map(|aside| aside.title);
                let open: Vec<String> =
                    summary.open.into_iter().map(|open| open.title).chain(aside).collect();
                let but = match open.as_slice() {
                    [] => "nothing is open".to_owned(),
                    open => format!("open: {}", wording::ticked(open)),
                };
                (got != *expected).then(|| format!("expected `complete = {expected}`; {but}"))
            }
            Self::Asks(expected) => lists("asks", expected, &from.asked()),
            Self::NeverAsks(steps) => {
                let asked: HashSet<&str> = from.order.iter().map(|key| key.step.as_str()).collect();
                let found: Vec<&String> =
                    steps.iter().filter(|step| asked.contains(step.as_str())).collect();
                let found = wording::ticked(&found);
                (!found.is_empty()).then(|| format!("expected never to be asked, but was: {found}"))
            }
            Self::Outcome(step, expected) => {
                let mut got: Vec<String> =
                    from.outcomes(step).map(|state| written(state.outcome)).collect();
                got.dedup();
                let never = "; it was never asked, which `never-asks` expects";
                let remark = if got.is_empty() { never } else { "" };
                value(expected, &got).map(|differs| differs + remark)
            }
            Self::Item(step, item, expected) => {
                let got = from.outcome_of(step, item).map(|state| written(state.outcome));
                let differs = value(expected, got.as_slice());
                differs.map(|differs| format!("for `{item}`: {differs}"))
            }
            Self::Fact(name, expected) => fact(name, expected, from),
            Self::Owes(expected) => lists("owed items", expected, &from.incident.debts()),
            Self::LookAgain(step, expected) => {
                let wanted = match When::parse(expected, &from.clock) {
                    Ok(when) => when.value.earliest,
                    Err(hint) => return Some(hint),
                };
                let got: Vec<_> = from.outcomes(step).filter_map(|state| state.check_at).collect();
                let shown: Vec<String> = got.iter().map(|at| wording::stamp(*at)).collect();
                let same = !got.is_empty() && got.iter().all(|at| *at == wanted);
                if same { None } else { value(&wording::stamp(wanted), &shown) }
            }
            Self::Late(expected) => lists("late steps", expected, &late(from)),
        }
    }
}

/// An outcome as test files write it.
fn written(outcome: Outcome) -> String {
    outcome.as_str().replace(' ', "-")
}

fn fact(name: &str, expected: &str, from: &Rehearsal<'_>) -> Option<String> {
    let fact = from.vocabulary.get(name)?;
    let wanted = match fact.parse(expected, &from.clock) {
        Ok(wanted) => wanted.value,
        Err(hint) => return Some(format!("`{name}` cannot have this value: {hint}")),
    };
    let got = from.incident.fact_value(name);
    if got == Some(&wanted) {
        return None;
    }
    let got: Vec<String> = got.map(|value| value.show(Some(fact))).into_iter().collect();
    let differs = value(&wanted.show(Some(fact)), &got);
    // Values may differ in what is not shown.
    differs.or_else(|| {
        Some(format!(
            "`{name}` is {}, which looks like what was expected but differs",
            wording::list(&got)
        ))
    })
}

/// Steps that took longer than they may, in the order of the playbook.
fn late(from: &Rehearsal<'_>) -> Vec<String> {
    let took_longer = |step: &&crate::playbook::Step| {
        from.order.iter().filter(|key| key.step == step.id).any(|key: &StepKey| {
            let state = from.incident.step(from.playbook.phase, key);
            let ended = state.map_or(from.clock.now().at, |state| state.at.to_utc());
            step.within.is_some_and(|within| ended - from.started[key] > within)
        })
    };
    from.playbook.steps.iter().filter(took_longer).map(|step| step.id.clone()).collect()
}

fn value(expected: &str, got: &[String]) -> Option<String> {
    if got == [expected] {
        return None;
    }
    let got = if got.is_empty() { "nothing".to_owned() } else { wording::ticked(got) };
    Some(format!("expected `{expected}`, got {got}"))
}

fn lists(what: &str, expected: &[String], got: &[String]) -> Option<String> {
    if expected == got {
        return None;
    }
    let same = expected.iter().zip(got).take_while(|(expected, got)| expected == got).count();
    let rest = |list: &[String]| match &list[same..] {
        [] => "nothing more".to_owned(),
        rest => wording::ticked(rest),
    };
    let number = same + 1;
    let (expected, got) = (rest(expected), rest(got));
    Some(format!("{what} differ, starting with number {number}: expected {expected}; got {got}"))
}
