//! What ends a long page of duties: what is overdue, and what is due next.

use std::io;

use super::table::Page;
use super::{left, local};
use crate::regime::{Assessed, State};
use crate::{escape, wording};

impl Page<'_> {
    /// The end of a long page is what stands on the screen.
    pub(super) fn next(&self, out: &mut dyn io::Write, shown: &[&Assessed<'_>]) -> io::Result<()> {
        let at = self.view.at;
        let sure = |duty: &&&Assessed<'_>| duty.state != State::Check && duty.left(at).is_some();
        let mut duties: Vec<&Assessed<'_>> = shown.iter().filter(sure).copied().collect();
        duties.sort_by_key(|duty| (duty.due, &duty.duty.id));
        let (late, ahead): (Vec<&Assessed<'_>>, Vec<&Assessed<'_>>) =
            duties.into_iter().partition(|duty| duty.due.is_some_and(|due| due < at));
        let mut ids: Vec<String> =
            late.iter().map(|duty| escape::line(&duty.duty.id).into_owned()).collect();
        let questions = shown.iter().flat_map(|duty| {
            let asked = self.view.record.questions_of(duty.known_as(self.view.record));
            let late = asked.filter(|asked| asked.until.is_some_and(|until| until < at));
            late.map(|asked| format!("the question from {} ({})", asked.by, duty.duty.id))
        });
        ids.extend(questions.map(|question| escape::line(&question).into_owned()));
        // What is not settled may still run out first.
        let unsure = shown.iter().filter(|duty| duty.state == State::Check);
        let unsure = unsure.filter(|duty| duty.due.is_some_and(|due| due >= at));
        let sooner = unsure
            .min_by_key(|duty| duty.due)
            .filter(|duty| ahead.first().is_none_or(|first| duty.due < first.due));
        if ids.is_empty() && ahead.is_empty() && sooner.is_none() {
            return Ok(());
        }
        writeln!(out)?;
        if !ids.is_empty() {
            let line = format!("OVERDUE: {}.", wording::list(&ids));
            self.wrapped(out, &line)?;
        }
        if let Some(duty) = ahead.first() {
            let (due, left) = (local(duty).unwrap_or_default(), left(duty.left(at)));
            let ids = ahead.iter().take_while(|other| other.due == duty.due);
            let ids: Vec<String> =
                ids.map(|duty| escape::line(&duty.duty.id).into_owned()).collect();
            self.wrapped(out, &format!("Next, in {left}, {due}: {}.", wording::list(&ids)))?;
        }
        if let Some(duty) = sooner {
            let (left, due) = (left(duty.due.map(|due| due - at)), local(duty).unwrap_or_default());
            let line = format!("Sooner, if it is owed: in {left}, {due}: {}.", duty.duty.id);
            self.wrapped(out, &escape::line(&line))?;
        }
        Ok(())
    }
}
