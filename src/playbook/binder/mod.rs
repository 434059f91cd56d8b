//! A playbook as printed pages that work without a computer.

mod markup;
mod step;

use std::fmt::Write as _;

use chrono::TimeDelta;

use super::{Playbook, Role};
use crate::digest::Digest;
use crate::fact::{Condition, Value, Vocabulary, names};
use crate::{escape, wording};
use markup::markup;
use step::Sheet;

/// How playbooks are printed.
#[derive(Clone, Debug, Default)]
pub struct Paper {
    /// All that the steps say, with their commands; otherwise their acts.
    pub full: bool,
    /// The platforms that people run, as the fact `platforms` has them: nothing of others is printed,
    /// and with the acts the commands for these.
    pub platforms: Option<Value>,
    /// Only the steps of this role.
    pub role: Option<Role>,
    /// Only the steps of the first hour, of playbooks that cut something off.
    pub first_hour: bool,
}

impl Paper {
    /// What is known before the incident.
    fn known(&self, fact: &str) -> Option<&Value> {
        self.platforms.as_ref().filter(|_| fact == names::PLATFORMS)
    }

    /// Whether what is known leaves room for a part of a playbook.
    fn prints(&self, when: Option<&Condition>) -> bool {
        when.is_none_or(|when| when.holds(&|name| self.known(name)) != Some(false))
    }

    /// The numbers of the steps of a playbook that are printed.
    pub fn steps(&self, playbook: &Playbook) -> Vec<usize> {
        let ends = playbook.ends();
        let hour = TimeDelta::hours(1);
        let cuts = |number: usize| {
            playbook.cut_offs.iter().any(|cut| cut.by <= hour && cut.steps.contains(&number))
        };
        let has_cuts = !playbook.cut_offs.is_empty();
        let is_early =
            |number: usize| !self.first_hour || has_cuts && (ends[number] < hour || cuts(number));
        let printed = playbook.steps.iter().enumerate().filter(|(number, step)| {
            let is_of = self.role.is_none() || self.role == step.role;
            is_of && is_early(*number) && self.prints(step.when.as_ref())
        });
        printed.map(|(number, _)| number).collect()
    }
}

/// The head of each page of a playbook: `web-skimming 1.0.0, 0a1b2c3d4e5f`.
pub fn running_head(playbook: &Playbook, text: &str) -> String {
    let Playbook { id, phase, version, .. } = playbook;
    format!("{phase}/{id} {version}, {}", Digest::of(text.as_bytes()).short())
}

/// The plan as Markdown: what to do, with room to write down what was done. `head` says which text of
/// it this is.
pub fn binder(playbook: &Playbook, head: &str, vocabulary: &Vocabulary, paper: &Paper) -> String {
    let mut page = String::new();
    let of = match (paper.first_hour, paper.role) {
        (false, None) => String::new(),
        (true, None) => "The first hour: ".to_owned(),
        (false, Some(role)) => format!("For the {}: ", role.as_str()),
        (true, Some(role)) => format!("The first hour of the {}: ", role.as_str()),
    };
    let summary = if paper.first_hour { "" } else { &playbook.summary };
    let _ = write!(
        page,
        "# {of}{}\n\n{}\n\nPlaybook {}. Owner: {}. Reviewed on {}.\n\n\
         Incident: ______________________ Started (time and zone): ______________________\n\n\
         Commander: ____________________ Scribe: ____________________\n",
        escape::markdown(&playbook.title),
        markup(summary),
        escape::markdown(head),
        escape::markdown(&playbook.owner),
        playbook.reviewed_on,
    );
    let numbers = paper.steps(playbook);
    cut_offs(&mut page, playbook, paper);
    let vocabulary = &vocabulary.clone().with(playbook.facts.clone());
    let sheet = Sheet { vocabulary, paper };
    for &number in &numbers {
        if paper.full {
            sheet.full(&mut page, number, &playbook.steps[number]);
        } else {
            sheet.acts(&mut page, number, &playbook.steps[number]);
        }
    }
    if paper.platforms.is_some() && !paper.full {
        commands(&mut page, playbook, sheet, &numbers);
    }
    if !playbook.references.is_empty() && paper.full {
        page.push_str("\n## References\n\n");
        for reference in &playbook.references {
            let _ = writeln!(page, "- {}", escape::markdown(reference));
        }
    }
    page
}

/// What has to be cut together and by when, on the first page: the order of the steps keeps it.
fn cut_offs(page: &mut String, playbook: &Playbook, paper: &Paper) {
    let is_early = |by: TimeDelta| !paper.first_hour || by <= TimeDelta::hours(1);
    let mut cut_offs = playbook.cut_offs.iter().filter(|one| is_early(one.by)).peekable();
    if cut_offs.peek().is_none() {
        return;
    }
    page.push_str("\nCut in the same minute, counted from the start:\n\n");
    for cut_off in cut_offs {
        let after = match cut_off.after.as_slice() {
            [] => String::new(),
            after => format!(", once {} ended or took its time", steps(after)),
        };
        let (by, cut) = (wording::length(cut_off.by), steps(&cut_off.steps));
        let _ = writeln!(page, "- [ ] By {by}: {cut}{after}. Time and zone: ________________");
    }
}

/// The commands of all steps, after them: a line of theirs is wider than a column of acts.
fn commands(page: &mut String, playbook: &Playbook, sheet: Sheet<'_>, numbers: &[usize]) {
    let mut all = String::new();
    for &number in numbers {
        let step = &playbook.steps[number];
        let mut of_step = String::new();
        sheet.commands(&mut of_step, step);
        if !of_step.is_empty() {
            let _ = write!(all, "\n### For step {}, `{}`\n{of_step}", number + 1, step.id);
        }
    }
    if !all.is_empty() {
        let _ = write!(page, "\n## Commands\n{all}");
    }
}

/// Steps by their numbers: `steps 4 and 5`.
fn steps(numbers: &[usize]) -> String {
    let noun = if numbers.len() == 1 { "step" } else { "steps" };
    let numbers: Vec<String> = numbers.iter().map(|number| (number + 1).to_string()).collect();
    format!("{noun} {}", wording::list(&numbers))
}
