//! What may be owed on the page of `breach duties`, and the facts that it waits for.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use chrono::TimeDelta;

use super::table::{Page, moment};
use super::{left, whom};
use crate::output::wrap::whole_words;
use crate::regime::{Assessed, Count, DORMANT, State};
use crate::{escape, wording};

/// Duties that are named one by one.
const MOST: usize = 12;

impl Page<'_> {
    /// Duties of which missing facts have to settle whether they are owed.
    pub(super) fn waiting(&self) -> impl Iterator<Item = &Assessed<'_>> {
        self.view.duties.iter().filter(|duty| duty.state == State::Check)
    }

    /// Duties of which nothing is owed until somebody or something did what is not recorded: nobody
    /// knows whether it happened.
    pub(super) fn dormant(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let ours = self.view.duties.iter().filter(|duty| duty.concerns == Some(true));
        let dormant = ours.filter_map(|duty| {
            Some(format!("{} (`{}`)", escape::line(&duty.duty.id), duty.starts_with()?))
        });
        let dormant: Vec<String> = dormant.collect();
        if dormant.is_empty() {
            return Ok(());
        }
        let all = wording::some(&dormant, MOST);
        self.wrapped(out, &format!("{DORMANT}, because what triggers them is not recorded: {all}."))
    }

    /// A line for each regime: the same few facts settle all of its duties.
    pub(super) fn may_be_owed(
        &self,
        out: &mut dyn io::Write,
        open: &[&Assessed<'_>],
    ) -> io::Result<()> {
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
            let what = what.unwrap_or_else(|| ids.join(", "));
            let notes = duties.iter().map(|duty| duty.law.note());
            let note = notes.into_iter().find(|note| !note.is_empty());
            let due = duties.first().and_then(|duty| Some((duty.due?, duty.zone)));
            let first_open = most_open(&duties).filter(|_| !self.all);
            let first_open = first_open.map(|fact| format!(": first `{fact}`")).unwrap_or_default();
            vec![
                would_be(duties.first().and_then(|duty| duty.left(at))),
                match due {
                    Some((due, zone)) => moment(due, zone, at),
                    None if duties.iter().any(|duty| duty.awaits.is_some()) => {
                        "not started".to_owned()
                    }
                    None if duties.iter().any(|duty| duty.duty.count == Count::Unread) => {
                        "not read".to_owned()
                    }
                    None => "no number".to_owned(),
                },
                name.to_owned(),
                match note {
                    Some(note) => format!("{what}{first_open} ({note})"),
                    None => format!("{what}{first_open}"),
                },
            ]
        });
        let header = if self.all {
            ["Left", "Due (local time)", "Duty", "Recipient"]
        } else {
            ["Left", "First due (local time)", "Law", "Duties"]
        };
        let title = "MAY BE OWED: facts are missing, see below";
        self.table(out, title, &header, 3, rows)?;
        if rest.is_empty() {
            return Ok(());
        }
        if numbered == 0 {
            writeln!(out, "\n{title}")?;
        }
        for (name, duties) in &rest {
            // The duties of a law mostly wait for the same fact: the first stands for them.
            if let Some(awaits) = duties.iter().find_map(|duty| duty.awaits.as_ref()) {
                let first_open = most_open(duties).map(|fact| format!("; first `{fact}`"));
                let first_open = first_open.unwrap_or_default();
                let line = format!("Clock not started: {name}, {}{first_open}.", awaits.words);
                self.wrapped(out, &escape::line(&line))?;
            }
        }
        let numberless = rest.iter().flat_map(|(_, all)| all).filter(|one| one.awaits.is_none());
        let (unread, read): (Vec<&Assessed<'_>>, Vec<&Assessed<'_>>) =
            numberless.partition(|duty| duty.duty.count == Count::Unread);
        let says = [("No number in the law", read), ("Time not read here: ask counsel", unread)];
        for (what, duties) in says.into_iter().filter(|(_, duties)| !duties.is_empty()) {
            let ids: Vec<Cow<'_, str>> =
                duties.into_iter().map(|duty| escape::line(&duty.duty.id)).collect();
            self.wrapped(out, &format!("{what}: {}.", wording::list(&ids)))?;
        }
        Ok(())
    }

    /// Answers that were kept apart and did not come along.
    pub(super) fn absent(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let absent = self.view.record.absent_facts();
        if absent.is_empty() {
            return Ok(());
        }
        let names: Vec<Cow<'_, str>> = absent.iter().map(|name| escape::line(name)).collect();
        let names = wording::some(&names, 8);
        self.wrapped(out, &format!("Not here: {names}. The law may require more than is shown."))
    }

    /// What hangs on a fact of the duties that may not concern us at all. Nothing of it is owed as far
    /// as is known, so nothing of it is overdue.
    fn hanging(&self, name: &str) -> Option<String> {
        let at = self.view.at;
        let mut dated: Vec<&Assessed<'_>> = self
            .waiting()
            .filter(|duty| duty.concerns.is_none() && duty.due.is_some())
            .filter(|duty| duty.open.first() == Some(&name))
            .collect();
        dated.sort_by_key(|duty| duty.due);
        let passed = dated.iter().filter(|duty| duty.due.is_some_and(|due| due < at)).count();
        let next = dated.get(passed).and_then(|duty| Some((duty, duty.left(at)?)));
        let mut parts = Vec::new();
        if passed > 0 {
            let ids: Vec<Cow<'_, str>> =
                dated[..passed].iter().map(|duty| escape::line(&duty.duty.id)).collect();
            parts.push(format!("already past would be {}", wording::some(&ids, 3)));
        }
        if let Some((duty, time)) = next {
            let (left, id) = (left(Some(time)), escape::line(&duty.duty.id));
            parts.push(format!("next, in {left}, {id}"));
        }
        let parts = parts.join("; ");
        (!parts.is_empty()).then(|| format!("If these laws apply to us: {parts}."))
    }

    /// Facts that duties wait for, those of most duties first.
    pub(super) fn questions(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let mut by_fact: BTreeMap<&str, usize> = BTreeMap::new();
        for name in self.waiting().flat_map(|duty| &duty.open) {
            *by_fact.entry(name).or_default() += 1;
        }
        if by_fact.is_empty() {
            return Ok(());
        }
        let mut facts: Vec<(&str, usize)> = by_fact.into_iter().collect();
        facts.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
        let duties = wording::count(self.waiting().count(), "duty");
        writeln!(out, "\nFACTS THAT {} WAIT FOR", duties.to_uppercase())?;
        let width = usize::from(self.width.unwrap_or(100));
        for (name, n) in facts.iter().take(8) {
            let ask = (self.view.ask)(name).unwrap_or_default();
            let line = format!("{} ({n}): {}", escape::line(name), escape::line(&ask));
            let options = whole_words(width).initial_indent("  ").subsequent_indent("      ");
            writeln!(out, "{}", textwrap::fill(&line, options))?;
            if let Some(line) = self.hanging(name) {
                let options =
                    whole_words(width).initial_indent("      ").subsequent_indent("        ");
                writeln!(out, "{}", textwrap::fill(&line, options))?;
            }
        }
        if facts.len() > 8 {
            writeln!(out, "  and {} more; `--format json` lists all", facts.len() - 8)?;
        }
        self.by_place(out)?;
        self.wrapped(
            out,
            "`breach fact show NAME` says how one is answered, `breach fact set NAME VALUE` records it.",
        )
    }

    /// For each place whose law concerns us, the facts that most of it waits for.
    fn by_place(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let mut places: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        for duty in self.waiting().filter(|duty| duty.concerns == Some(true)) {
            let facts = places.entry(&duty.regime.jurisdiction).or_default();
            for name in &duty.open {
                *facts.entry(name).or_default() += 1;
            }
        }
        for (place, facts) in places {
            let mut facts: Vec<(&str, usize)> = facts.into_iter().collect();
            facts.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
            let facts: Vec<String> =
                facts.iter().map(|(name, n)| format!("`{name}` ({n})")).collect();
            let line = format!("  For {place}: {}", wording::some(&facts, 3));
            self.wrapped(out, &escape::line(&line))?;
        }
        Ok(())
    }
}

/// The one fact on which most of these duties hang.
fn most_open<'d>(duties: &[&'d Assessed<'_>]) -> Option<&'d str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in duties.iter().flat_map(|duty| &duty.open) {
        *counts.entry(name).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(name, n)| (*n, std::cmp::Reverse(*name))).map(|(name, _)| name)
}

/// Time that is left, if it is owed: what only may be owed is not called overdue.
pub(super) fn would_be(time: Option<TimeDelta>) -> String {
    match time {
        Some(time) if time < TimeDelta::zero() => {
            left(Some(time)).replacen("OVERDUE", "past by", 1)
        }
        time => left(time),
    }
}
