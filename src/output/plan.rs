//! The response plan as one binder of Markdown.

use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::escape;
use crate::fact::Vocabulary;
use crate::playbook::{Playbook, binder};
use crate::readiness::{self, Review};
use crate::roster::Roster;

/// What the binder is called.
pub fn title(roster: Option<&Roster>) -> String {
    let whose = roster.map_or("our organisation", |roster| &roster.organisation);
    format!("Incident response plan for {}", escape::markdown(whose))
}

/// The binder: what to know first, whom to call, how ready we are, then each playbook.
pub fn markdown(
    title: &str,
    day: NaiveDate,
    playbooks: &[&Playbook],
    roster: Option<&Roster>,
    review: Option<&Review>,
) -> String {
    let mut plan = String::new();
    let _ =
        write!(plan, "# {title}\n\nPrinted on {day}. Copy number: ______ Kept by: ____________\n");
    plan.push_str(OPENING);
    call(&mut plan, roster);
    contents(&mut plan, playbooks);
    ready(&mut plan, review);
    for playbook in playbooks {
        plan.push('\n');
        plan.push_str(&binder(playbook, Vocabulary::builtin()));
    }
    plan
}

/// What anybody who opens the folder has to know first.
const OPENING: &str = "
## First, before anything else

1. Assume that the intruder reads company chat, mail and tickets and can use single sign-on. Talk on the channel named below.
2. Call the commander. Until somebody answers, you are the commander.
3. Do not change, delete or switch off anything before a step tells you to. Write down everything you do, with time and time zone.
4. If you have a computer that is not affected, run `breach contain`. If not, take the containment playbook that fits and work from its first page.
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

fn contents(plan: &mut String, playbooks: &[&Playbook]) {
    plan.push_str("\n## Playbooks in this binder\n\n| Phase | Playbook | For |\n|---|---|---|\n");
    for playbook in playbooks {
        let suits = if playbook.suits.is_empty() {
            "any incident".to_owned()
        } else {
            playbook.suits.join(", ")
        };
        let title = escape::markdown(&playbook.title);
        let _ = writeln!(plan, "| {} | {title} | {} |", playbook.phase, escape::markdown(&suits));
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
