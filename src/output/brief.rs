//! A brief: what a team, a board or counsel has to know now, to read out, to paste, for a browser.

use std::io::{self, Write};

use chrono::{DateTime, FixedOffset, Utc};
use serde::Serialize;

use super::report::{Block, Paper, html_pages, markdown_pages, text_pages};
use super::status::{LastCode, Status};
use crate::phase::Phase;
use crate::report::{Point, Zone};
use crate::walk::{Task, TaskState};
use crate::wording;

/// Duties and items that are told one by one.
const MOST: usize = 8;

/// How many steps are listed one by one.
const MOST_STEPS: usize = 15;

/// A page that nobody has written for so long is not written any more.
const STALE: &str = "If this is more than two minutes ago, nobody is writing this page.";

/// Seconds after which a browser reads a page again that is written each minute.
const REFRESH: u32 = 20;

/// What is told, for one audience.
#[derive(Debug, Serialize)]
pub struct Brief {
    /// `breach.brief/1`.
    pub schema: &'static str,
    /// The name of the incident.
    pub incident: String,
    /// What it is called.
    pub title: Option<String>,
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
    /// Whether every chain verifies.
    pub verifies: bool,
    /// Who is told.
    pub audience: String,
    /// The zone of its times.
    pub zone: Zone,
    /// When it was written.
    pub written_at: DateTime<FixedOffset>,
    /// Since when changes are told.
    pub since: DateTime<FixedOffset>,
    /// What is known.
    pub known: Vec<Point>,
    /// What is not.
    pub unknown: Vec<Point>,
    /// What changed since then.
    pub changed: Vec<Point>,
    /// What was decided.
    pub decided: Vec<Point>,
    /// The obstacle.
    pub blocked: Vec<Point>,
    /// What comes next: steps, duties, action items.
    pub next: Vec<Point>,
    /// Entries that are left out because they are marked privileged.
    pub privileged: u64,
    /// Entries that need a newer version of the program.
    pub newer_entries: u64,
    /// The last code that proves the log.
    pub last_code: Option<LastCode>,
}

/// Steps that are set aside, in the words of the person who did that, or only how many there are
/// for those who are not told of machines.
pub fn blocked(tasks: &[Task], is_told_of_machines: bool, now: DateTime<Utc>) -> Vec<Point> {
    let aside: Vec<&Task> = tasks.iter().filter(|task| task.outcome.is_some()).collect();
    if is_told_of_machines {
        return super::next::points(aside, (MOST_STEPS, "set aside"), now);
    }
    let of = |phase: Phase| {
        let tasks = aside.iter().filter(|task| task.phase == phase);
        let steps: usize = tasks.map(|task| task.places()).sum();
        let said = format!("{} blocked, waiting or assigned", wording::count(steps, "step"));
        (steps > 0).then(|| Point { what: wording::capital(phase.as_str()), said })
    };
    Phase::RESPONSE.into_iter().filter_map(of).collect()
}

/// The steps that come next, what steps owe, and the progress of the phases.
pub fn next(
    (status, tasks, owed): (&Status, &[Task], &[String]),
    is_told_of_machines: bool,
    now: DateTime<Utc>,
) -> Vec<Point> {
    let mut next = Vec::new();
    if is_told_of_machines && status.closed_at.is_none() {
        let now_or_late = |task: &&Task| {
            task.outcome.is_none() && matches!(task.state, TaskState::Ready | TaskState::Overdue)
        };
        let ready: Vec<&Task> = tasks.iter().filter(now_or_late).collect();
        next.extend(super::next::points(ready, (MOST_STEPS, "ready or overdue"), now));
    }
    if is_told_of_machines {
        let said = wording::some(owed, MOST);
        let owed = (!owed.is_empty()).then(|| Point { what: "Steps owe".to_owned(), said });
        next.extend(owed);
    }
    let begun = status.phases.iter().filter(|phase| phase.playbook.is_some());
    for phase in begun.filter(|phase| phase.settled < phase.total) {
        let steps = (phase.steps, phase.steps_settled);
        let said = wording::settled(steps, (phase.total, phase.settled));
        next.push(Point { what: wording::capital(phase.phase.as_str()), said });
    }
    // Nothing starts in a closed incident.
    let mut starts = status.phases.iter().filter(|_| status.closed_at.is_none());
    if let Some(phase) = starts.find(|phase| phase.playbook.is_none()) {
        let what = wording::capital(phase.phase.as_str());
        next.push(Point { what, said: "not started".to_owned() });
    }
    next
}

/// What no law is held of: nobody knows what it asks.
pub fn without_law(status: &Status) -> Vec<Point> {
    let point = |line: &String| Point { what: "Law".to_owned(), said: line.clone() };
    status.without_law.iter().map(point).collect()
}

impl Brief {
    fn heading(&self) -> String {
        let title = self.title.as_deref().map(|title| format!(": {title}")).unwrap_or_default();
        format!("Brief on {}{title}", self.incident)
    }

    /// What it is, when it was written, and what it leaves out.
    fn about(&self) -> Vec<String> {
        let (at, since) = (self.written_at, self.since);
        let mut about = vec![format!(
            "Written {} for {}; changes since {} ({}). Times: {}.",
            self.zone.moment(&at),
            self.audience,
            self.zone.moment(&since),
            wording::relative(since.to_utc(), at.to_utc()),
            self.zone.words(),
        )];
        if self.rehearsal {
            about.push("This is a rehearsal.".to_owned());
        }
        if !self.verifies {
            about.push(
                "The record does not verify: what follows may be wrong. `breach log verify` says \
                 where."
                    .to_owned(),
            );
        }
        about.extend(wording::newer(self.newer_entries).map(|newer| format!("{newer}.")));
        if self.privileged > 0 {
            let n = usize::try_from(self.privileged).unwrap_or(usize::MAX);
            about.push(format!("Privileged and left out: {}.", wording::count(n, "entry")));
        }
        about
    }

    fn sections(&self) -> Vec<(&'static str, Vec<Block>)> {
        [
            ("Known", &self.known, "nothing is recorded yet"),
            ("Unknown", &self.unknown, "no question is recorded as open"),
            ("Changed", &self.changed, "nothing was recorded since then"),
            ("Decided", &self.decided, self.none("no decision is recorded")),
            ("Blocked", &self.blocked, "nothing is blocked, as far as is recorded"),
            ("Next", &self.next, "no step or duty is open, as far as is known"),
        ]
        .into_iter()
        .map(|(title, points, empty)| {
            let field = |point: &Point| Block::Field(point.what.clone(), point.said.clone());
            let fields = points.iter().map(field).collect::<Vec<Block>>();
            let empty = || vec![Block::Line(wording::capital(&format!("{empty}.")))];
            (title, if fields.is_empty() { empty() } else { fields })
        })
        .collect()
    }

    /// That there is none, as far as somebody may know from whom things are kept.
    fn none(&self, none: &'static str) -> &'static str {
        if self.privileged > 0 { "what is privileged is left out here" } else { none }
    }

    fn footer(&self) -> String {
        match &self.last_code {
            Some(LastCode { code, newer }) => {
                format!("Head code {code}; {}.", wording::not_covered(*newer))
            }
            None => "The log has no head code yet: the end of a walk gives one.".to_owned(),
        }
    }

    /// To read out, at most `width` columns wide.
    ///
    /// # Errors
    /// Whatever the stream says.
    pub fn text(&self, out: &mut dyn Write, width: u16) -> io::Result<()> {
        let mut sections = self.sections();
        let about = self.about().into_iter().map(Block::Line).collect();
        sections.insert(0, ("About", about));
        text_pages(&self.heading(), &sections, &self.footer(), (out, width))
    }

    /// To paste.
    pub fn markdown(&self) -> String {
        let mut sections = self.sections();
        let about = self.about().into_iter().map(Block::Line).collect();
        sections.insert(0, ("About", about));
        markdown_pages(&self.heading(), &sections, &self.footer())
    }

    /// One page for a browser; one that is written again each minute says so.
    pub fn html(&self, is_followed: bool) -> String {
        let mut about = self.about();
        let mut marks = Vec::new();
        if is_followed {
            about.push(STALE.to_owned());
        }
        if self.rehearsal {
            marks.push("Rehearsal");
        }
        if !self.verifies {
            marks.push("Record does not verify");
        }
        let paper = Paper {
            title: &self.heading(),
            marks: &marks,
            about: &about,
            label: &format!("for {}", self.audience),
            refresh: is_followed.then_some(REFRESH),
        };
        html_pages(&paper, &self.sections(), &self.footer())
    }
}
