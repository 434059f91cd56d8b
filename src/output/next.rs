//! What there is to do, who waits for whom and what is owed next: as text and as JSON.

use std::io::{self, Write};

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::wrap::wrap;
use crate::incident::event::Outcome;
use crate::report::Point;
use crate::walk::{Task, TaskState, together};
use crate::{escape, wording};

/// Tasks of one state that are shown; JSON has all.
const MOST: usize = 15;

/// Of those for which something else comes first.
const MOST_LATER: usize = 5;

/// Items that are named one by one.
const ITEMS: usize = 6;

/// What there is to do in an incident.
#[derive(Debug, Serialize)]
pub struct Next {
    /// `breach.next/1`.
    pub schema: &'static str,
    /// The name of the incident.
    pub incident: String,
    /// What it is called.
    pub title: Option<String>,
    /// Whether it is a rehearsal.
    pub drill: bool,
    /// Whose part it is; none if it is everything.
    #[serde(skip)]
    pub of: Option<String>,
    /// The steps, in the order of the phases and their playbooks.
    pub tasks: Vec<Task>,
    /// What else waits for somebody: a hand-over, decisions to look at again.
    pub waiting: Vec<Point>,
    /// What is owed: by law, by steps, by action items.
    pub owed: Vec<Point>,
    /// Phases that were not begun, each with the command that begins it.
    pub not_begun: Vec<Point>,
}

impl Next {
    /// Tasks in one state.
    fn of(&self, state: TaskState) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(move |task| task.state == state)
    }

    fn is_empty(&self) -> bool {
        self.tasks.is_empty() && self.waiting.is_empty() && self.owed.is_empty()
    }

    /// For people, at most `width` columns wide.
    ///
    /// # Errors
    /// What `out` says.
    pub fn text(&self, now: DateTime<Utc>, width: usize, out: &mut dyn Write) -> io::Result<()> {
        let title = self.title.as_deref().map(|title| format!(": {title}")).unwrap_or_default();
        writeln!(
            out,
            "{}",
            escape::line(&format!(
                "Incident {}{title}{}",
                self.incident,
                wording::rehearsal(self.drill)
            ))
        )?;
        for state in TaskState::ALL {
            let tasks = together(self.of(state));
            let most = if state == TaskState::Later { MOST_LATER } else { MOST };
            let lines: Vec<String> = tasks.iter().take(most).map(|task| line(task, now)).collect();
            section(state.as_str(), &lines, width, out)?;
            if let Some(more) = tasks.len().checked_sub(most).filter(|more| *more > 0) {
                writeln!(
                    out,
                    "  and {}; `breach next --format json` has all",
                    wording::count(more, "more step")
                )?;
            }
        }
        for (title, points) in [
            ("waits for somebody", &self.waiting),
            ("owed", &self.owed),
            ("not begun", &self.not_begun),
        ] {
            let lines: Vec<String> =
                points.iter().map(|point| format!("{}: {}", point.what, point.said)).collect();
            section(title, &lines, width, out)?;
        }
        match &self.of {
            None if self.tasks.is_empty() => writeln!(out, "No step is open."),
            None => Ok(()),
            Some(of) => {
                let what = if self.is_empty() { "Nothing" } else { "Only what" };
                let of = escape::line(of);
                writeln!(out, "{what} waits for {of}; `breach next` shows the rest.")
            }
        }
    }
}

fn section(title: &str, lines: &[String], width: usize, out: &mut dyn Write) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", title.to_uppercase())?;
    for line in lines {
        write!(out, "{}", wrap(&escape::line(line), "  ", "    ", width))?;
    }
    Ok(())
}

/// `containment 7 call-bank, waiting: the bank; look again Mon 23 Nov 2026 04:30 +01:00 (in 30 min);
/// said by Ada`.
pub fn line(task: &Task, now: DateTime<Utc>) -> String {
    let Task { phase, number, step, title, items, outcome, owner, .. } = task;
    let on = match items.as_slice() {
        [] => String::new(),
        few if few.len() <= ITEMS => format!(" ({})", wording::list(few)),
        many => format!(" ({})", wording::count(many.len(), "item")),
    };
    let stands = match (outcome, owner) {
        (Some(Outcome::Assigned), Some(owner)) => format!(", with {owner}"),
        (Some(outcome), _) => format!(", {}", outcome.as_str()),
        (None, _) => format!(": {title}"),
    };
    let role = task.role.filter(|_| outcome.is_none()).map(|role| format!(" [{role}]"));
    let before = if outcome.is_some() { ": " } else { "; " };
    let reason = task.reason.as_ref().map(|reason| format!("{before}{reason}"));
    let again = task.check_at.map(|at| {
        let relative = wording::relative(at.to_utc(), now);
        format!("; look again {} ({relative})", wording::moment(at))
    });
    let by = task.by.as_ref().map(|by| format!("; said by {by}"));
    let cut = task.cut_by.map(|by| {
        let relative = wording::relative(by.to_utc(), now);
        let verb = if by.to_utc() <= now { "was to be cut" } else { "cut it" };
        format!("; {verb} by {} ({relative})", wording::moment(by))
    });
    let mark = wording::privileged(task.privileged, task.reason.as_deref().unwrap_or_default());
    let rest = [role, reason, cut, again, by].into_iter().flatten().collect::<String>();
    format!("{phase} {number} {step}{on}{stands}{rest}{mark}")
}

/// The first of many tasks, overdue ones first, and how many more there are.
pub(super) fn points(
    tasks: Vec<&Task>,
    (most, what): (usize, &str),
    now: DateTime<Utc>,
) -> Vec<Point> {
    let mut tasks = together(tasks);
    tasks.sort_by_key(|task| task.state);
    let point =
        |task: &Task| Point { what: wording::capital(task.state.as_str()), said: line(task, now) };
    let mut points: Vec<Point> = tasks.iter().take(most).map(point).collect();
    if let Some(more) = tasks.len().checked_sub(most).filter(|more| *more > 0) {
        let steps = wording::count(more, "more step");
        points.push(Point {
            what: "Also".to_owned(),
            said: format!("{steps} {what}: `breach next`"),
        });
    }
    points
}
