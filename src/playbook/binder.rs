//! A playbook as a printed page that works without a computer.

use std::fmt::Write as _;

use super::{Command, Playbook, Step};
use crate::fact::Vocabulary;
use crate::{escape, wording};

/// The whole plan as Markdown: what to do, with room to write down what was done.
pub fn binder(playbook: &Playbook, vocabulary: &Vocabulary) -> String {
    let mut page = String::new();
    let _ = write!(
        page,
        "# {}\n\n{}\n\nPhase: {}. Playbook `{}`, version {}. Owner: {}. Reviewed on {}.\n\n\
         Incident: ______________________ Started (time and zone): ______________________\n\n\
         Commander: ____________________ Scribe: ____________________\n",
        escape::markdown(&playbook.title),
        markup(&playbook.summary),
        playbook.phase,
        playbook.id,
        escape::markdown(&playbook.version),
        escape::markdown(&playbook.owner),
        playbook.reviewed_on,
    );
    cut_offs(&mut page, playbook);
    for (number, one) in playbook.steps.iter().enumerate() {
        step(&mut page, playbook, vocabulary, number, one);
    }
    if !playbook.references.is_empty() {
        page.push_str("\n## References\n\n");
        for reference in &playbook.references {
            let _ = writeln!(page, "- {}", escape::markdown(reference));
        }
    }
    page
}

/// What has to be cut together and by when, on the first page: the order of the steps keeps it.
fn cut_offs(page: &mut String, playbook: &Playbook) {
    if playbook.cut_offs.is_empty() {
        return;
    }
    page.push_str("\nCut in the same minute, counted from the start:\n\n");
    for cut_off in &playbook.cut_offs {
        let after = match cut_off.after.as_slice() {
            [] => String::new(),
            after => format!(", once {} ended or took its time", steps(after)),
        };
        let (by, cut) = (wording::length(cut_off.by), steps(&cut_off.steps));
        let _ = writeln!(page, "- [ ] By {by}: {cut}{after}. Time and zone: ________________");
    }
}

/// Steps by their numbers: `steps 4 and 5`.
fn steps(numbers: &[usize]) -> String {
    let noun = if numbers.len() == 1 { "step" } else { "steps" };
    let numbers: Vec<String> = numbers.iter().map(|number| (number + 1).to_string()).collect();
    format!("{noun} {}", wording::list(&numbers))
}

fn step(
    page: &mut String,
    playbook: &Playbook,
    vocabulary: &Vocabulary,
    number: usize,
    step: &Step,
) {
    // A blank to fill in, as the page is copied for each item.
    let title = with_blank(&step.title);
    let _ = write!(page, "\n## {}. {title}\n\n", number + 1);
    // One line, not a list: the instructions may begin with a list of their own.
    let margin = margin(playbook, vocabulary, step).join(" | ");
    let _ = writeln!(page, "{margin}");
    for part in &step.instructions {
        if let Some(when) = &part.when {
            let _ = write!(page, "\nOnly if {}:\n", escape::markdown(when.source()));
        }
        let _ = write!(page, "\n{}\n", markup(&part.text));
    }
    let _ = write!(page, "\n**Why:** {}\n", markup(&step.why));
    for one in &step.commands {
        command(page, one);
    }
    if !step.ask.is_empty() {
        page.push_str("\nWrite down:\n\n");
        for name in &step.ask {
            let _ =
                writeln!(page, "- {} ______________________", question(playbook, vocabulary, name));
        }
    }
    if !step.evidence.is_empty() {
        page.push_str("\nKeep:\n\n");
        for wanted in &step.evidence {
            let required = if wanted.required { "" } else { " (if there is any)" };
            let _ = writeln!(
                page,
                "- [ ] {}{required}. Where: ______________________",
                with_blank(&wanted.title),
            );
        }
    }
    page.push_str(
        "\nHow it ended:\n\n- [ ] Done\n- [ ] Skipped, because: ______________________\n\
         - [ ] Not applicable, because: ______________________\n\
         - [ ] Waiting, blocked or assigned: ______________________\n\n\
         Time and zone: ________________ Initials: ________\n",
    );
}

/// What stands beside the title: who, how long, when.
fn margin(playbook: &Playbook, vocabulary: &Vocabulary, step: &Step) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(role) = step.role {
        lines.push(format!("Role: {}", role.as_str()));
    }
    if !step.call.is_empty() {
        lines.push(format!("Call: {}", wording::list(&step.call)));
    }
    if let Some(within) = step.within {
        lines.push(format!("Time: {}", wording::length(within)));
    }
    if let Some(when) = &step.when {
        lines.push(format!("Only if: {}", escape::markdown(when.source())));
    }
    if let Some(list) = &step.for_each {
        let title =
            vocabulary.get(list).or_else(|| own(playbook, list)).map_or(list, |fact| &fact.title);
        let title = escape::markdown(title);
        lines.push(format!(
            "Repeat for each of: {title}. Copy this page for each. This one: ________________"
        ));
    }
    if !step.needs.is_empty() {
        lines.push(format!("After {}", steps(&step.needs)));
    }
    if !step.destroys.is_empty() {
        lines.push("**Destroys evidence:** check first that it was kept".to_owned());
    }
    if step.privileged {
        lines.push("Marked privileged: keep this page with counsel's papers".to_owned());
    }
    if lines.is_empty() {
        lines.push("Always".to_owned());
    }
    lines
}

fn command(page: &mut String, command: &Command) {
    let changes = if command.changes { " (**changes the system**)" } else { "" };
    let _ = write!(page, "\n{}{changes}", escape::markdown(&command.title));
    if let Some(when) = &command.when {
        let _ = write!(page, ", only if {}", escape::markdown(when.source()));
    }
    let line = escape::argv(command.run.iter().map(ToString::to_string));
    let fence = fence(&line);
    let _ = write!(page, ":\n\n{fence}sh\n{line}\n{fence}\n");
    if let Some(undo) = &command.undo {
        let _ = write!(page, "\nUndo: {}\n", markup(undo));
    }
}

/// What is asked, with what can be chosen.
fn question(playbook: &Playbook, vocabulary: &Vocabulary, name: &str) -> String {
    let Some(fact) = vocabulary.get(name).or_else(|| own(playbook, name)) else {
        return escape::markdown(name);
    };
    let mut question = escape::markdown(&fact.ask);
    if !fact.options.is_empty() {
        let titles: Vec<String> =
            fact.options.iter().map(|option| escape::markdown(&option.title)).collect();
        let _ = write!(question, " ({})", titles.join("; "));
    }
    question
}

fn own<'p>(playbook: &'p Playbook, name: &str) -> Option<&'p crate::fact::Fact> {
    playbook.facts.iter().find(|fact| fact.name == name)
}

/// Backticks enough that nothing in `line` closes the block.
fn fence(line: &str) -> String {
    let longest = line.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat((longest + 1).max(3))
}

/// Markdown by contract: its markup stays, but it holds no HTML, and no heading, rule or fence that
/// would pass for one of the page's own.
fn markup(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for line in escape::text(text.trim()).lines() {
        if !shown.is_empty() {
            shown.push('\n');
        }
        let start = line.trim_start();
        let is_rule = !start.is_empty() && start.trim_end().bytes().all(|byte| byte == b'-');
        let is_fence = start.starts_with("```") || start.starts_with("~~~");
        if is_rule || is_fence || start.starts_with(['#', '=']) {
            shown.push('\\');
            shown.push_str(start);
        } else {
            shown.push_str(line);
        }
    }
    untagged(&shown)
}

/// A tag opens only where `<` has no space behind it. A space reads well in `code`, too, where an
/// entity would be shown as it is.
fn untagged(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if shown.ends_with('<') && (c.is_ascii_alphabetic() || "/!?".contains(c)) {
            shown.push(' ');
        }
        shown.push(c);
    }
    shown
}

/// A line of the playbook with a blank for the item.
fn with_blank(text: &str) -> String {
    escape::markdown(text).replace("\\{item\\}", "________")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_playbook_cannot_write_the_page() {
        for (hostile, harmless) in [
            ("a <b>x</b> 1 < 2", "a < b>x< /b> 1 < 2"),
            ("\\<script>\n<!-- x", "\\< script>\n< !-- x"),
            ("text\n---\n-", "text\n\\---\n\\-"),
            ("a\n  ## 9. Wipe all\n===", "a\n\\## 9. Wipe all\n\\==="),
            ("a\n```\n~~~", "a\n\\```\n\\~~~"),
            ("\u{1b}[2J", "\\x1b[2J"),
        ] {
            assert_eq!(markup(hostile), harmless);
        }
        assert_eq!(fence("a ```` b"), "`````");
    }
}
