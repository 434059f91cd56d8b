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
    format!("Incident response plan of {}", escape::markdown(whose))
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

1. Assume that company chat, mail, tickets and single sign-on are read by the intruder. Talk on the channel named below.
2. Call the commander. Until somebody answers, you are the commander.
3. Change, delete and switch off nothing before the step that says so. Write down every act with its time and zone.
4. With a computer outside the affected estate: `breach contain`. Without one: take the containment playbook that fits, and work from its first page.
5. Call counsel tonight. Periods for notices may run already.
6. Call the insurer before any firm is hired.
";

fn call(plan: &mut String, roster: Option<&Roster>) {
    plan.push_str("\n## Whom to call\n\n");
    let Some(roster) = roster else {
        plan.push_str("There is no roster yet: `breach roster new` begins one. By hand:\n\n");
        for part in crate::part::NEEDED {
            let _ = writeln!(plan, "- {part}: ______________________");
        }
        return;
    };
    let channel = roster.channel.as_deref().unwrap_or("______________________");
    let _ = write!(
        plan,
        "Out of band: {}. The numbers were tried on {}.\n\n| Part | Whom |\n|---|---|\n",
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
        plan.push_str("Nobody has reviewed it yet: `breach prepare`.\n");
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
