//! The page of `breach duties`: what is late and due next, what has no number, what may be owed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use comfy_table::{ColumnConstraint, Table};

use super::{NO_ADVICE, View, late, left, local, notes, whom};
use crate::output::table;
use crate::regime::{Assessed, State};
use crate::{escape, wording};

/// How rows are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouped {
    /// By what is due next.
    ByTime,
    /// By kind of recipient.
    ByRecipient,
}

struct Page<'p> {
    view: &'p View<'p>,
    width: Option<u16>,
    all: bool,
}

pub(super) fn write(
    view: &View<'_>,
    out: &mut dyn io::Write,
    width: Option<u16>,
    grouped: Grouped,
    all: bool,
) -> io::Result<()> {
    let concerned =
        |duty: &&Assessed<'_>| duty.state != State::NotTriggered && duty.concerns == Some(true);
    let shown: Vec<&Assessed<'_>> = view.duties.iter().filter(concerned).collect();
    let page = Page { view, width, all };
    page.summary(out, &shown)?;
    match grouped {
        Grouped::ByTime => page.sections(out, &shown)?,
        Grouped::ByRecipient => {
            let mut groups: BTreeMap<String, Vec<&Assessed<'_>>> = BTreeMap::new();
            for duty in &shown {
                groups.entry(whom(duty)).or_default().push(duty);
            }
            for (whom, duties) in groups {
                writeln!(out, "\nTO: {}", escape::line(&whom).to_uppercase())?;
                page.sections(out, &duties)?;
            }
        }
    }
    if all {
        page.not_owed(out)?;
    }
    page.questions(out)?;
    page.next(out, &shown)?;
    writeln!(out, "\n{NO_ADVICE}\n`breach duties --explain DUTY` shows rule, facts and arithmetic.")
}

impl Page<'_> {
    /// The whole on one line.
    fn summary(&self, out: &mut dyn io::Write, shown: &[&Assessed<'_>]) -> io::Result<()> {
        let count =
            |which: &dyn Fn(&Assessed<'_>) -> bool| shown.iter().filter(|duty| which(duty)).count();
        let late = |duty: &Assessed<'_>| {
            duty.left(self.view.at).is_some_and(|left| left < TimeDelta::zero())
        };
        let sure = |duty: &Assessed<'_>| duty.state.is_open() && duty.state != State::Check;
        let parts = [
            (count(&|duty| sure(duty) && late(duty)), "overdue"),
            (count(&|duty| sure(duty) && duty.due.is_some() && !late(duty)), "with a deadline"),
            (count(&|duty| sure(duty) && duty.due.is_none()), "without a number"),
            (count(&|duty| duty.state == State::Check), "may be owed"),
            (count(&|duty| !duty.state.is_open()), "settled"),
        ];
        let parts: Vec<String> =
            parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        let now = wording::moment(self.view.at.with_timezone(&self.view.off));
        let name = escape::line(self.view.incident);
        if parts.is_empty() {
            return writeln!(out, "{name}, {now}: no duty is known to be owed so far.");
        }
        let line = format!("{name}, {now}: {}.", parts.join(", "));
        self.wrapped(out, &line)
    }

    fn is_wide(&self) -> bool {
        self.width.is_none_or(|width| width >= 110)
    }

    fn wrapped(&self, out: &mut dyn io::Write, line: &str) -> io::Result<()> {
        let options = textwrap::Options::new(usize::from(self.width.unwrap_or(u16::MAX)))
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .subsequent_indent("  ");
        writeln!(out, "{}", textwrap::fill(line, options))
    }

    /// The end of a long page is what stands on the screen.
    fn next(&self, out: &mut dyn io::Write, shown: &[&Assessed<'_>]) -> io::Result<()> {
        let at = self.view.at;
        let sure = |duty: &&&Assessed<'_>| duty.state != State::Check && duty.left(at).is_some();
        let mut duties: Vec<&Assessed<'_>> = shown.iter().filter(sure).copied().collect();
        duties.sort_by_key(|duty| (duty.due, &duty.duty.id));
        let (late, ahead): (Vec<&Assessed<'_>>, Vec<&Assessed<'_>>) =
            duties.into_iter().partition(|duty| duty.due.is_some_and(|due| due < at));
        let mut ids: Vec<String> =
            late.iter().map(|duty| escape::line(&duty.duty.id).into_owned()).collect();
        let questions = shown.iter().flat_map(|duty| {
            let asked = self.view.record.questions_of(&duty.duty.id);
            let late = asked.filter(|asked| asked.until.is_some_and(|until| until < at));
            late.map(|asked| format!("the question of {} ({})", asked.by, duty.duty.id))
        });
        ids.extend(questions.map(|question| escape::line(&question).into_owned()));
        if ids.is_empty() && ahead.is_empty() {
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
        Ok(())
    }

    fn sections(&self, out: &mut dyn io::Write, shown: &[&Assessed<'_>]) -> io::Result<()> {
        let sure = |duty: &&&Assessed<'_>| duty.state.is_open() && duty.state != State::Check;
        self.deadlines(out, shown)?;
        self.without_number(out, shown.iter().filter(sure).filter(|duty| duty.due.is_none()))?;
        let open: Vec<&Assessed<'_>> =
            shown.iter().filter(|duty| duty.state == State::Check).copied().collect();
        self.may_be_owed(out, &open)?;
        self.settled(out, shown.iter().filter(|duty| !duty.state.is_open()))
    }

    /// What is due next stands first. Questions of an authority have deadlines of their own.
    fn deadlines(&self, out: &mut dyn io::Write, shown: &[&Assessed<'_>]) -> io::Result<()> {
        let at = self.view.at;
        let mut rows: Vec<(DateTime<Utc>, [String; 5])> = Vec::new();
        for duty in shown {
            let id = &duty.duty.id;
            for asked in self.view.record.questions_of(id) {
                let Some(until) = asked.until else { continue };
                let due = moment(until.to_utc(), duty.zone, at);
                let note = format!("asked by {}: {}", asked.by, asked.reason);
                let left = left(Some(until.to_utc() - at));
                rows.push((until.to_utc(), [left, due, id.clone(), whom(duty), note]));
            }
            let Some(due) = duty.due else { continue };
            if !duty.state.is_open() || duty.state == State::Check {
                continue;
            }
            let left = match duty.state {
                State::Embargo => "not before".to_owned(),
                _ => left(duty.left(at)),
            };
            let cells =
                [left, moment(due, duty.zone, at), id.clone(), whom(duty), notes(self.view, duty)];
            rows.push((due, cells));
        }
        rows.sort();
        let wide = self.is_wide();
        let header = ["Left", "Due there", "Duty", "Whom", "Note"];
        let rows = rows.into_iter().map(|(_, [left, due, id, whom, note])| {
            if wide {
                return vec![left, due, id, whom, note];
            }
            let whom = if note.is_empty() { whom } else { format!("{whom}; {note}") };
            vec![left, due, id, whom]
        });
        self.table(out, "OWED BY A DEADLINE", &header[..if wide { 5 } else { 4 }], 3, rows)
    }

    fn without_number<'a>(
        &self,
        out: &mut dyn io::Write,
        duties: impl Iterator<Item = &'a &'a Assessed<'a>>,
    ) -> io::Result<()> {
        let mut duties: Vec<&&Assessed<'_>> = duties.collect();
        duties.sort_by_key(|duty| (rank(duty), &duty.duty.id));
        let most = if self.is_wide() { 110 } else { 56 };
        let rows = duties.into_iter().map(|duty| {
            let words = duty.duty.words.as_deref().unwrap_or("no number in the law");
            let notes = notes(self.view, duty);
            let notes = if notes.is_empty() { notes } else { format!(" ({notes})") };
            vec![duty.duty.id.clone(), whom(duty), format!("{}{notes}", cut(words, most))]
        });
        self.table(out, "OWED, NO NUMBER IN THE LAW", &["Duty", "Whom", "When"], 1, rows)
    }

    /// A line for each regime: the same few facts settle all of its duties.
    fn may_be_owed(&self, out: &mut dyn io::Write, open: &[&Assessed<'_>]) -> io::Result<()> {
        let at = self.view.at;
        let mut regimes: BTreeMap<&str, Vec<&Assessed<'_>>> = BTreeMap::new();
        for duty in open {
            // Each on a line of its own, if everything is asked for.
            let key = if self.all { &duty.duty.id } else { &duty.regime.id };
            regimes.entry(key).or_default().push(duty);
        }
        let mut lines: Vec<(&str, Vec<&Assessed<'_>>)> = regimes.into_iter().collect();
        let first = |duties: &[&Assessed<'_>]| duties.iter().filter_map(|duty| duty.due).min();
        lines.sort_by_key(|(name, duties)| (first(duties).is_none(), first(duties), *name));
        let numbered = lines.iter().take_while(|(_, duties)| first(duties).is_some()).count();
        let rest = if self.all { Vec::new() } else { lines.split_off(numbered) };
        let rows = lines.into_iter().map(|(name, mut duties)| {
            duties.sort_by_key(|duty| (duty.due.is_none(), duty.due));
            let own = |duty: &&Assessed<'_>| {
                let id = duty.duty.id.as_str();
                id.split_once('.').map_or(id, |(_, own)| own).to_owned()
            };
            let ids: Vec<String> = duties.iter().map(own).collect();
            let what = if self.all { duties.first().map(|duty| whom(duty)) } else { None };
            let due = duties.first().and_then(|duty| Some((duty.due?, duty.zone)));
            vec![
                left(duties.first().and_then(|duty| duty.left(at))),
                due.map_or_else(|| "no number".to_owned(), |(due, zone)| moment(due, zone, at)),
                name.to_owned(),
                what.unwrap_or_else(|| ids.join(", ")),
            ]
        });
        let header = if self.all {
            ["Left", "Due there", "Duty", "Whom"]
        } else {
            ["Left", "First due there", "Law", "Duties"]
        };
        let title = "MAY BE OWED: facts are missing, see below";
        self.table(out, title, &header, 3, rows)?;
        if rest.is_empty() {
            return Ok(());
        }
        if numbered == 0 {
            writeln!(out, "\n{title}")?;
        }
        let names: Vec<Cow<'_, str>> = rest.iter().map(|(name, _)| escape::line(name)).collect();
        self.wrapped(out, &format!("No number in these laws: {}.", wording::list(&names)))
    }

    fn settled<'a>(
        &self,
        out: &mut dyn io::Write,
        duties: impl Iterator<Item = &'a &'a Assessed<'a>>,
    ) -> io::Result<()> {
        let record = self.view.record;
        let rows = duties.map(|duty| {
            let id = &duty.duty.id;
            let how = if duty.state == State::Waived {
                let rulings = record.rulings.get(id).map(Vec::as_slice).unwrap_or_default();
                let waived = rulings.iter().rev().find(|ruling| ruling.what == "waived");
                waived.map(|ruling| format!("waived by {}: {}", ruling.by, ruling.reason))
            } else {
                let notices = record.notices.get(id).map(Vec::as_slice).unwrap_or_default();
                if let Some(name) = duty.told_by() {
                    return vec![id.clone(), whom(duty), format!("told, `{name}` says when")];
                }
                let sent = notices.iter().find(|notice| notice.is_complete());
                sent.map(|notice| {
                    let reference = notice.reference.as_ref().or(notice.proof.as_ref());
                    let mut how = format!("sent {}", notice.at.show());
                    how.extend(late(record, duty).map(|late| format!(", {late}")));
                    how.extend(reference.map(|reference| format!(", {reference}")));
                    let back: u64 = notices.iter().filter_map(|notice| notice.counts.1).sum();
                    how.extend((back > 0).then(|| format!(", {back} came back")));
                    how
                })
            };
            vec![id.clone(), whom(duty), how.unwrap_or_default()]
        });
        self.table(out, "SETTLED", &["Duty", "Whom", "How"], 1, rows)
    }

    fn not_owed(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let not =
            |duty: &&Assessed<'_>| duty.state == State::NotTriggered || duty.concerns != Some(true);
        let mut duties: Vec<&Assessed<'_>> = self.view.duties.iter().filter(not).collect();
        duties.sort_by_key(|duty| &duty.duty.id);
        let rows = duties.iter().map(|duty| vec![duty.duty.id.clone(), cut(&duty.why(), 110)]);
        self.table(out, "NOT OWED, AS FAR AS IS KNOWN", &["Duty", "Why"], 1, rows)
    }

    /// A headed table; nothing without rows. The first `whole` columns are never broken.
    fn table(
        &self,
        out: &mut dyn io::Write,
        title: &str,
        header: &[&str],
        whole: usize,
        rows: impl Iterator<Item = Vec<String>>,
    ) -> io::Result<()> {
        let mut table: Table = table::plain(header, self.width);
        for row in rows {
            table.add_row(row.iter().map(|cell| escape::line(cell).into_owned()));
        }
        if table.is_empty() {
            return Ok(());
        }
        for index in 0..header.len() {
            if let Some(column) = table.column_mut(index) {
                column.set_padding((0, 1));
                if index < whole {
                    column.set_constraint(ColumnConstraint::ContentWidth);
                }
            }
        }
        writeln!(out, "\n{title}\n{}", table.trim_fmt())
    }

    /// Facts that duties wait for, those that settle most first.
    fn questions(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let mut by_fact: BTreeMap<&str, usize> = BTreeMap::new();
        let waiting = || self.view.duties.iter().filter(|duty| duty.state == State::Check);
        for name in waiting().flat_map(|duty| &duty.open) {
            *by_fact.entry(name).or_default() += 1;
        }
        if by_fact.is_empty() {
            return Ok(());
        }
        let mut facts: Vec<(&str, usize)> = by_fact.into_iter().collect();
        facts.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
        let duties = wording::count(waiting().count(), "duty");
        writeln!(out, "\nFACTS THAT SETTLE {}", duties.to_uppercase())?;
        let at = self.view.at;
        let mut dated: Vec<&Assessed<'_>> =
            waiting().filter(|duty| duty.concerns.is_none() && duty.due.is_some()).collect();
        dated.sort_by_key(|duty| duty.due);
        let (late, ahead): (Vec<&Assessed<'_>>, Vec<&Assessed<'_>>) =
            dated.into_iter().partition(|duty| duty.due.is_some_and(|due| due < at));
        let first = |duties: &[&Assessed<'_>]| {
            let ids: Vec<Cow<'_, str>> =
                duties.iter().map(|duty| escape::line(&duty.duty.id)).collect();
            wording::some(&ids, 4)
        };
        if !late.is_empty() {
            self.wrapped(out, &format!("OVERDUE, if they concern us: {}.", first(&late)))?;
        }
        if let Some(next) = ahead.first() {
            let left = left(next.left(at));
            let line = format!("Next, in {left}, if they concern us: {}.", first(&ahead));
            self.wrapped(out, &line)?;
        }
        let width = usize::from(self.width.unwrap_or(100));
        for (name, n) in facts.iter().take(8) {
            let ask = (self.view.ask)(name).unwrap_or_default();
            let line = format!("{} ({n}): {}", escape::line(name), escape::line(&ask));
            let options =
                textwrap::Options::new(width).initial_indent("  ").subsequent_indent("      ");
            writeln!(out, "{}", textwrap::fill(&line, options))?;
        }
        if facts.len() > 8 {
            writeln!(out, "  and {} more; `--format json` has all", facts.len() - 8)?;
        }
        writeln!(out, "`breach fact set NAME VALUE` records one.")
    }
}

/// Who can stop the harm is told before the public.
fn rank(duty: &Assessed<'_>) -> usize {
    const FIRST: [&str; 7] = [
        "acquirer",
        "card-brands",
        "controller",
        "authority",
        "law-enforcement",
        "people",
        "customers",
    ];
    let rank = |to: &String| FIRST.iter().position(|first| first == to);
    duty.duty.to.iter().filter_map(rank).min().unwrap_or(FIRST.len())
}

/// The moment on the authority's clock; the year only where it could be mistaken.
fn moment(due: DateTime<Utc>, zone: Tz, now: DateTime<Utc>) -> String {
    let near = (due - now).num_days().abs() < 300;
    let form = if near { "%a %-d %b %H:%M %:z" } else { "%a %-d %b %Y %H:%M %:z" };
    due.with_timezone(&zone).format(form).to_string()
}

/// The beginning of a long text; `--explain` has all of it.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut start: String = text.chars().take(most).collect();
    if let Some(space) = start.rfind(' ') {
        start.truncate(space);
    }
    format!("{start} …")
}
