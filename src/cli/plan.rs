//! `breach plan`: the response plan as one binder, to work from with no computer.

use std::fmt::Write as _;
use std::io::Write;

use super::args::{PlanArgs, PlanFormat};
use super::desk::shelf::{Shelf, Shelved};
use super::desk::{Context, Exit, Failure};
use super::prepare::Review;
use super::{prepare, roster};
use crate::escape;
use crate::fact::Vocabulary;
use crate::output::page;
use crate::phase::Phase;
use crate::playbook::binder;
use crate::readiness;
use crate::roster::Roster;

pub(super) fn run(context: &mut Context, args: &PlanArgs) -> Result<Exit, Failure> {
    let shelf = Shelf::open(context.home().ok().as_deref(), args.playbooks.as_deref())?;
    let playbooks: Vec<Shelved> = if args.playbook.is_empty() {
        let all = shelf.playbooks().into_iter();
        all.filter(|shelved| shelved.playbook.phase != Phase::Preparation).collect()
    } else {
        args.playbook.iter().map(|name| shelf.find(None, name)).collect::<Result<_, _>>()?
    };
    let roster = roster::of_home(context);
    let review = prepare::reviews(context)?.into_iter().next();
    let day = context.world.now().local().date_naive();
    let mut plan = String::new();
    let whose = roster.as_ref().map_or("our organisation", |roster| &roster.organisation);
    let title = format!("Incident response plan for {}", escape::markdown(whose));
    let _ =
        write!(plan, "# {title}\n\nPrinted on {day}. Copy number: ______ Kept by: ____________\n");
    plan.push_str(OPENING);
    call(&mut plan, roster.as_ref());
    contents(&mut plan, &playbooks);
    ready(&mut plan, review.as_ref());
    for shelved in &playbooks {
        plan.push('\n');
        plan.push_str(&binder(&shelved.playbook, Vocabulary::builtin()));
    }
    let text = match args.format {
        PlanFormat::Markdown => plan,
        PlanFormat::Html => page::html(&title, &plan),
    };
    context.out.write_all(text.as_bytes())?;
    Ok(Exit::Done)
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

fn contents(plan: &mut String, playbooks: &[Shelved]) {
    plan.push_str("\n## Playbooks in this binder\n\n| Phase | Playbook | For |\n|---|---|---|\n");
    for Shelved { playbook, .. } in playbooks {
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
