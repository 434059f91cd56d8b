//! What is said when a walk ends or stops.

use super::earlier::Earlier;
use crate::cli::desk::followed::Followed;
use crate::cli::desk::{Context, Exit, Record, debts};
use crate::phase::Phase;
use crate::walk::{Plan, Summary};
use crate::wording;

/// What is owed is told in so many lines when a walk ends.
const MOST_OWED: usize = 3;

/// Says where a phase stands when nothing is left to do now, and what comes next.
pub(super) fn finish(
    context: &mut Context,
    record: &Record,
    (phase, summary): (Phase, &Summary),
    earlier: &Earlier,
) -> Exit {
    let now = context.world.now().at;
    context.screen.summary(summary, now);
    let owed = debts::lines(&record.folder, &record.incident, &record.incident.owed());
    for owed in owed.iter().take(MOST_OWED) {
        context.screen.warn(&format!("owed: {owed}"));
    }
    if owed.len() > MOST_OWED {
        let more = owed.len() - MOST_OWED;
        context.screen.warn(&format!("owed: {more} more; `breach close` lists them"));
    }
    for (before, steps) in earlier.ready(context, &record.incident) {
        let (steps, begin) = (wording::few_of(&steps, 4), again(context, record, before));
        context.screen.warn(&format!("ready in {before}: {steps}; first `{begin}`"));
    }
    let next = Phase::RESPONSE.into_iter().skip_while(|other| *other != phase).nth(1);
    let begun = next.map(|next| record.incident.phases.contains_key(&next));
    let next = next.map(|next| again(context, record, next));
    if summary.is_complete() {
        let complete = match phase {
            Phase::Preparation => "This review is complete.",
            Phase::Containment => "Containment is complete.",
            Phase::Scoping => "Scoping is complete.",
            Phase::Notification => "Notification is complete.",
            Phase::PostMortem => {
                "The post-mortem is complete. Next: `breach report`, `breach close`."
            }
        };
        let next = next.map(|next| format!(" Next: `{next}`.")).unwrap_or_default();
        context.screen.say(&format!("{complete}{next} `breach undo` takes back your last entry."));
        return Exit::Done;
    }
    if let Some(at) = summary.next_at {
        let relative = wording::relative(at.to_utc(), now);
        context
            .screen
            .say(&format!("The next step comes up {} ({relative}).", wording::moment(at)));
    }
    let go_on = again(context, record, phase);
    context.screen.say(&format!(
        "Nothing else is ready. When one of these moves: `{go_on}`; there, j and a number takes any \
         step at once. `breach undo` takes back your last entry."
    ));
    if let Some((next, is_begun)) = next.zip(begun) {
        let can = if is_begun { "goes on" } else { "can begin" };
        context.screen.say(&format!("Meanwhile, `{next}` {can}."));
    }
    Exit::Stopped
}

/// One line of where it stands, whenever the walk stops before its end.
pub(super) fn pause(context: &mut Context, record: &Record, followed: &Followed) {
    let plan = Plan::new(&followed.playbook, &record.incident);
    let summary = Summary::new(&followed.playbook, &plan, &record.incident);
    let phase = followed.playbook.phase;
    let settled = wording::settled(summary.steps, (summary.total, summary.settled));
    let aside = match summary.aside.len() {
        0 => String::new(),
        aside => format!(", {aside} set aside"),
    };
    let go_on = again(context, record, phase);
    context.screen.say(&format!("Stopped with {settled}{aside}."));
    context.screen.say(&format!("Everything is kept. Continue: {go_on}"));
}

/// The command that goes on here, and nowhere else.
fn again(context: &Context, record: &Record, phase: Phase) -> String {
    let mut command = vec![format!("breach {}", phase.command())];
    if record.incident.drill {
        command.push("--drill".to_owned());
    }
    if context.global.incident.is_some() {
        command.push(format!("--incident {}", record.folder.name()));
    }
    if let Some(home) = &context.global.home {
        command.push(format!("--home {}", crate::escape::shell(&home.to_string_lossy())));
    }
    command.join(" ")
}
