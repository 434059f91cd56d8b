//! The response plan as one binder of sheets.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::page::Sheet;
use crate::escape;
use crate::fact::Vocabulary;
use crate::phase::Phase;
use crate::playbook::chooser::{self, Leads};
use crate::playbook::{Paper, Playbook, binder, running_head};
use crate::readiness::{self, Review};
use crate::roster::Roster;

/// What the binder is called.
pub fn title(roster: Option<&Roster>) -> String {
    let whose = roster.map_or("our organisation", |roster| &roster.organisation);
    format!("Incident response plan for {}", escape::markdown(whose))
}

/// The first sheet: what to know first, whom to call, which playbook to take, how ready we are.
pub fn opening(
    title: &str,
    day: NaiveDate,
    playbooks: &[&Playbook],
    roster: Option<&Roster>,
    review: Option<&Review>,
) -> Sheet {
    let mut plan = String::new();
    let _ =
        write!(plan, "# {title}\n\nPrinted on {day}. Copy number: ______ Kept by: ____________\n");
    plan.push_str(OPENING);
    call(&mut plan, roster);
    choose(&mut plan, playbooks);
    contents(&mut plan, playbooks);
    ready(&mut plan, review);
    Sheet { head: format!("{}, {day}", title.replace('\\', "")), markdown: plan }
}

/// A playbook on sheets of its own; `text` is its file.
pub fn playbook(playbook: &Playbook, text: &str, paper: &Paper) -> Sheet {
    let head = running_head(playbook, text);
    let markdown = binder(playbook, &head, Vocabulary::builtin(), paper);
    Sheet { head, markdown }
}

/// A playbook as a numbered part of the plan; the head of each page has the number.
pub fn part(number: usize, playbook: Sheet) -> Sheet {
    let title = format!("# {number}. ");
    Sheet {
        head: format!("{number}. {}", playbook.head),
        markdown: playbook.markdown.replacen("# ", &title, 1),
    }
}

/// The sheets as one text.
pub fn markdown(sheets: &[Sheet]) -> String {
    sheets.iter().map(|sheet| sheet.markdown.as_str()).collect::<Vec<_>>().join("\n")
}

/// What anybody who opens the folder has to know first.
const OPENING: &str = "
## First, before anything else

1. Assume that the intruder reads company chat, mail and tickets and can use single sign-on. Talk on the channel named below.
2. Call the commander. Until somebody answers, you are the commander.
3. Do not change, delete or switch off anything before a step tells you to. Write down everything you do, with time and time zone.
4. If you have a computer that is not affected, run `breach contain`. If not, choose the playbook that fits from the questions below and work from its first page.
5. Call counsel tonight. Deadlines for notices may already be running.
6. Call the insurer before you hire any firm.
";

fn call(plan: &mut String, roster: Option<&Roster>) {
    plan.push_str("\n## Who to call\n\n");
    let Some(roster) = roster else {
        plan.push_str(
            "There is no roster yet; `breach roster new` creates one. Fill in by hand:\n\n",
        );
        for part in crate::part::NEEDED {
            let _ = writeln!(plan, "- {part}: ______________________");
        }
        return;
    };
    let channel = roster.channel.as_deref().unwrap_or("______________________");
    let _ = write!(
        plan,
        "Out of band: {}. Numbers last tried on {}.\n\n| Part | Who |\n|---|---|\n",
        escape::markdown(channel),
        roster.reviewed_on,
    );
    for contact in &roster.contacts {
        let _ = writeln!(plan, "| {} | {} |", contact.part, escape::markdown(&contact.line()));
    }
}

/// The questions of the chooser: what somebody sees, and the playbook for it.
fn choose(plan: &mut String, playbooks: &[&Playbook]) {
    let suits = |kind: &str| {
        let of = playbooks.iter().filter(|one| one.phase == Phase::Containment);
        let suits = |one: &&&Playbook| one.suits.iter().any(|suited| suited == kind);
        of.clone().find(suits).or_else(|| of.clone().find(|one| one.suits.is_empty())).copied()
    };
    let part = |found: &Playbook| {
        let part = playbooks.iter().position(|one| std::ptr::eq(*one, found)).unwrap_or_default();
        format!("part {}, `{}`", part + 1, found.id)
    };
    plan.push_str("\n## Which playbook?\n");
    for question in chooser::questions() {
        let _ = write!(plan, "\n**{}**\n\n", escape::markdown(&question.ask));
        for answer in &question.answers {
            let leads = match &answer.leads {
                Leads::Kind(kind) => suits(kind).map(part),
                Leads::Question(id) => {
                    chooser::find(id).map(|next| format!("see \u{201c}{}\u{201d}", next.ask))
                }
            };
            // Not every playbook is in every binder.
            let leads = leads.unwrap_or_else(|| "not in this binder".to_owned());
            let _ = writeln!(plan, "- {}: {leads}", escape::markdown(&answer.text));
        }
    }
}

fn contents(plan: &mut String, playbooks: &[&Playbook]) {
    plan.push_str(
        "\n## Playbooks in this binder\n\nPages are numbered by part: 3-2 is the second page of \
         part 3.\n\n| Part | From page | Phase | Playbook | For |\n|---|---|---|---|---|\n",
    );
    for (number, playbook) in playbooks.iter().enumerate() {
        let suits = if playbook.suits.is_empty() {
            "any incident".to_owned()
        } else {
            playbook.suits.join(", ")
        };
        let (part, title) = (number + 1, escape::markdown(&playbook.title));
        let (phase, suits) = (playbook.phase, escape::markdown(&suits));
        let _ = writeln!(plan, "| {part} | {part}-1 | {phase} | {title} | {suits} |");
    }
}

fn ready(plan: &mut String, review: Option<&Review>) {
    plan.push_str("\n## How ready we are\n\n");
    let Some(review) = review else {
        plan.push_str("Not reviewed yet: `breach prepare`.\n");
        return;
    };
    let (points, most) = readiness::total(&review.areas);
    let _ = write!(
        plan,
        "Review of {}: {points} of {most} points.\n\n| Area | Points | Next |\n|---|---|---|\n",
        review.day(),
    );
    for area in &review.areas {
        let next = area.next.as_deref().unwrap_or("-");
        let (title, next) = (escape::markdown(&area.title), escape::markdown(next));
        let _ = writeln!(plan, "| {title} | {} of {} | {next} |", area.points, area.most);
    }
}
