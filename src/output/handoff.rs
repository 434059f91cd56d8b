//! A hand-over on one page: what is open, who waits for whom, what is owed next, whom to call.

use std::io::{self, Write};

use chrono::{DateTime, FixedOffset, Utc};
use serde::Serialize;

use super::report::{Block, markdown_pages, text_pages};
use super::{next, status::LastCode};
use crate::report::Point;
use crate::walk::{Task, TaskState, together};
use crate::wording;

/// Steps of one section: a page has an end, and `breach next` has all.
const MOST: usize = 8;

/// States of what there is to do now.
const NOW: [TaskState; 2] = [TaskState::Overdue, TaskState::Ready];

/// The page.
#[derive(Debug, Serialize)]
pub struct Handoff {
    /// `breach.handoff/1`.
    pub schema: &'static str,
    /// The name of the incident.
    pub incident: String,
    /// What it is called.
    pub title: Option<String>,
    /// Whether it is a rehearsal.
    pub drill: bool,
    /// Who hands the work over.
    pub from: String,
    /// Whose it is from then on.
    pub to: String,
    /// What to know.
    pub note: Option<String>,
    /// When it was written.
    pub written_at: DateTime<FixedOffset>,
    /// Who accepted it, and when.
    pub accepted: Option<String>,
    /// Every step that is open or set aside.
    pub tasks: Vec<Task>,
    /// What else waits for somebody.
    pub waiting: Vec<Point>,
    /// What is owed: by law, by steps, by action items.
    pub owed: Vec<Point>,
    /// What was decided.
    pub decided: Vec<Point>,
    /// Where to talk, and whom to call, if there is a roster.
    pub call: Vec<Point>,
    /// The last code that proves the log.
    pub last_code: Option<LastCode>,
}

impl Handoff {
    fn heading(&self) -> String {
        let title = self.title.as_deref().map(|title| format!(": {title}")).unwrap_or_default();
        format!("Hand-over of {}{title}{}", self.incident, wording::rehearsal(self.drill))
    }

    fn sections(&self, now: DateTime<Utc>) -> Vec<(&'static str, Vec<Block>)> {
        let Self { from, to, .. } = self;
        let mut about = vec![Block::Line(format!(
            "{from} hands over to {to}, {}.",
            wording::moment(self.written_at)
        ))];
        about.extend(self.note.as_ref().map(|note| Block::Line(note.clone())));
        let mut waiting = self.tasks_in((&[TaskState::Waiting], "waiting"), now);
        waiting.extend(fields(&self.waiting));
        let later = self.tasks.iter().filter(|task| task.state == TaskState::Later);
        let later = together(later).len();
        if later > 0 {
            let steps = wording::count(later, "more step");
            waiting.push(Block::Line(format!("After these: {steps}, in `breach next`.")));
        }
        let signed = self.accepted.clone().unwrap_or_else(|| "____________________".to_owned());
        let sign = vec![
            Block::Field("Handed over".to_owned(), from.clone()),
            Block::Field("Accepted".to_owned(), signed),
        ];
        let sections = [
            ("About", about),
            ("Do now", self.tasks_in((&NOW, "ready or overdue"), now)),
            ("Waiting", waiting),
            ("Owed", fields(&self.owed)),
            ("Decided", fields(&self.decided)),
            ("Call", fields(&self.call)),
            ("Signed", sign),
        ];
        let none = |title: &str| match title {
            "Call" => "there is no roster: `breach roster new`",
            _ => "nothing, as far as is recorded",
        };
        let or_none = |(title, blocks): (&'static str, Vec<Block>)| {
            let missing = || vec![Block::Missing("None".to_owned(), none(title).to_owned())];
            (title, if blocks.is_empty() { missing() } else { blocks })
        };
        sections.map(or_none).into()
    }

    fn tasks_in(&self, (states, what): (&[TaskState], &str), now: DateTime<Utc>) -> Vec<Block> {
        let tasks = self.tasks.iter().filter(|task| states.contains(&task.state)).collect();
        fields(&next::points(tasks, (MOST, what), now))
    }

    fn footer(&self) -> String {
        match &self.last_code {
            Some(LastCode { code, newer }) => {
                format!(
                    "Head code {code}; {}. Read it out to each other: `breach log verify --head {code}` \
                     finds it in a later record.",
                    wording::not_covered(*newer)
                )
            }
            None => "`breach log verify` gives the head code to read out.".to_owned(),
        }
    }

    /// To read out and to sign, at most `width` columns wide.
    ///
    /// # Errors
    /// Whatever the stream says.
    pub fn text(&self, now: DateTime<Utc>, out: &mut dyn Write, width: u16) -> io::Result<()> {
        text_pages(&self.heading(), &self.sections(now), &self.footer(), (out, width))
    }

    /// To paste.
    pub fn markdown(&self, now: DateTime<Utc>) -> String {
        markdown_pages(&self.heading(), &self.sections(now), &self.footer())
    }
}

fn fields(points: &[Point]) -> Vec<Block> {
    points.iter().map(|point| Block::Field(point.what.clone(), point.said.clone())).collect()
}
