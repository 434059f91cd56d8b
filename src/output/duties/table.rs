//! The page of `breach duties`: of which places nothing is known, what is late and due next, what
//! has no date yet or no number, what may be owed.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{NO_ADVICE, View, late, left, notes, whom};
use crate::fact::When;
use crate::incident::event::RulingKind;
use crate::incident::{Incident, Notice};
use crate::output::table;
use crate::output::wrap::whole_words;
use crate::regime::{Assessed, State, Unit, gap_lines};
use crate::{escape, wording};

/// How rows are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouped {
    /// By what is due next.
    ByTime,
    /// By kind of recipient.
    ByRecipient,
}

pub(super) struct Page<'p> {
    pub(super) view: &'p View<'p>,
    pub(super) width: Option<u16>,
    pub(super) all: bool,
}

pub(super) fn write(
    view: &View<'_>,
    out: &mut dyn io::Write,
    width: Option<u16>,
    grouped: Grouped,
    all: bool,
) -> io::Result<()> {
    let concerned = |duty: &&Assessed<'_>| {
        duty.concerns == Some(true) && (duty.state != State::NotTriggered || duty.moved.is_some())
    };
    let shown: Vec<&Assessed<'_>> = view.duties.iter().filter(concerned).collect();
    let page = Page { view, width, all };
    // Before all else: an empty page must not pass for a clean bill.
    for line in gap_lines(view.gaps, usize::MAX) {
        page.wrapped(out, &escape::line(&line))?;
    }
    page.absent(out)?;
    page.summary(out, &shown)?;
    page.zone(out, &shown)?;
    page.later(out)?;
    page.dormant(out)?;
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
    writeln!(
        out,
        "\n{NO_ADVICE}\n`breach duties --explain DUTY` shows the rule, the facts and the \
         arithmetic."
    )
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
            (count(&|duty| duty.state == State::Unstarted), "not started"),
            (count(&|duty| duty.state == State::NoNumber), "without a number"),
            (count(&|duty| duty.state == State::Unread), "whose time was not read"),
            (count(&|duty| duty.state == State::Check), "may be owed"),
            (count(&|duty| !duty.state.is_open()), "settled"),
        ];
        let mut parts: Vec<String> =
            parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        let unsure = count(&|duty| duty.state == State::Check);
        let besides = self.waiting().count().saturating_sub(unsure);
        parts.extend(super::besides(besides).filter(|_| unsure > 0));
        let now = wording::moment(self.view.at.with_timezone(&self.view.off));
        let name = escape::line(self.view.incident) + wording::rehearsal(self.view.record.drill);
        if parts.is_empty() {
            let waiting = self.waiting().count();
            let waiting = match waiting {
                0 => String::new(),
                1 => "; whether 1 is owed depends on missing facts".to_owned(),
                n => format!("; whether {n} are owed depends on missing facts"),
            };
            let line = format!(
                "{name}, {now}: under the laws known here, no duty is known to be owed so \
                 far{waiting}."
            );
            return self.wrapped(out, &line);
        }
        let line = format!("{name}, {now}: {}.", parts.join(", "));
        self.wrapped(out, &line)
    }

    /// Whose days are counted where this machine is, because nobody said where the organisation sits.
    fn zone(&self, out: &mut dyn io::Write, shown: &[&Assessed<'_>]) -> io::Result<()> {
        let counts = |duty: &&&Assessed<'_>| {
            duty.zone_assumed
                && duty.state.is_open()
                && duty.due.is_some()
                && duty.duty.period.is_some_and(|period| period.unit != Unit::Hours)
        };
        let duties: Vec<&&Assessed<'_>> = shown.iter().filter(counts).collect();
        let Some(first) = duties.first() else { return Ok(()) };
        let ids: Vec<Cow<'_, str>> =
            duties.iter().map(|duty| escape::line(&duty.duty.id)).collect();
        self.wrapped(
            out,
            &format!(
                "`entity_zone` is not recorded: the days of {} are counted in the zone of this \
                 machine, {}.",
                wording::some(&ids, 3),
                first.zone.name(),
            ),
        )
    }

    /// Laws that began after the clock started: that they ask nothing is no word on those before.
    fn later(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let ours = self.view.duties.iter().filter(|duty| duty.concerns == Some(true));
        let later = ours.filter_map(|duty| {
            let from = duty.began_later()?;
            // A law is named as a whole if all of it took effect then.
            let is_whole = duty.regime.in_force.from == Some(from);
            Some((from, if is_whole { duty.regime.id.as_str() } else { duty.duty.id.as_str() }))
        });
        let now = self.view.at.max(self.view.now);
        let today = now.with_timezone(&self.view.off).date_naive();
        let later: BTreeSet<(NaiveDate, &str)> = later.filter(|(from, _)| *from <= today).collect();
        if later.is_empty() {
            return Ok(());
        }
        let later: Vec<String> =
            later.iter().map(|(from, id)| format!("{} from {from}", escape::line(id))).collect();
        self.wrapped(
            out,
            &format!(
                "Rules that began only after the clock started: {}. Whether others applied before is not \
                 known here: ask counsel.",
                wording::list(&later),
            ),
        )
    }

    fn is_wide(&self) -> bool {
        self.width.is_none_or(|width| width >= 110)
    }

    pub(super) fn wrapped(&self, out: &mut dyn io::Write, line: &str) -> io::Result<()> {
        let options =
            whole_words(usize::from(self.width.unwrap_or(u16::MAX))).subsequent_indent("  ");
        writeln!(out, "{}", textwrap::fill(line, options))
    }

    fn sections(&self, out: &mut dyn io::Write, shown: &[&Assessed<'_>]) -> io::Result<()> {
        self.deadlines(out, shown)?;
        let in_state = |state| shown.iter().filter(move |duty| duty.state == state);
        self.undated(out, "OWED, CLOCK NOT STARTED", in_state(State::Unstarted))?;
        self.undated(out, "OWED, NO NUMBER IN THE LAW", in_state(State::NoNumber))?;
        self.undated(out, "OWED, TIME NOT READ HERE: ASK COUNSEL", in_state(State::Unread))?;
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
            for asked in self.view.record.questions_of(duty.known_as(self.view.record)) {
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
        let header = ["Left", "Due (local time)", "Duty", "Recipient", "Note"];
        let rows = rows.into_iter().map(|(_, [left, due, id, whom, note])| {
            if wide {
                return vec![left, due, id, whom, note];
            }
            let whom = if note.is_empty() { whom } else { format!("{whom}; {note}") };
            vec![left, due, id, whom]
        });
        self.table(out, "OWED BY A DEADLINE", &header[..if wide { 5 } else { 4 }], 3, rows)
    }

    /// Duties without a date, and what is known instead.
    fn undated<'a>(
        &self,
        out: &mut dyn io::Write,
        title: &str,
        duties: impl Iterator<Item = &'a &'a Assessed<'a>>,
    ) -> io::Result<()> {
        let mut duties: Vec<&&Assessed<'_>> = duties.collect();
        let length = |duty: &Assessed<'_>| duty.awaits.as_ref().map(|awaits| awaits.rough);
        duties.sort_by_key(|duty| (length(duty), rank(duty), &duty.duty.id));
        let rows = duties.into_iter().map(|duty| {
            // Neither a number nor the law's words are ever cut off: what is left could mislead.
            let words = match &duty.awaits {
                Some(awaits) => awaits.words.as_str(),
                None => duty.duty.words.as_deref().unwrap_or("no number in the law"),
            };
            let notes = notes(self.view, duty);
            let notes = if notes.is_empty() { notes } else { format!(" ({notes})") };
            vec![duty.duty.id.clone(), whom(duty), format!("{words}{notes}")]
        });
        self.table(out, title, &["Duty", "Recipient", "When"], 1, rows)
    }

    fn settled<'a>(
        &self,
        out: &mut dyn io::Write,
        duties: impl Iterator<Item = &'a &'a Assessed<'a>>,
    ) -> io::Result<()> {
        let record = self.view.record;
        let rows = duties.map(|duty| {
            let mut how = settled(record, duty);
            how.extend(duty.caveats(&When::show));
            vec![duty.duty.id.clone(), whom(duty), how.join("; ")]
        });
        self.table(out, "SETTLED", &["Duty", "Recipient", "How"], 1, rows)
    }

    fn not_owed(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let not = |duty: &&Assessed<'_>| duty.state == State::NotTriggered;
        let mut duties: Vec<&Assessed<'_>> = self.view.duties.iter().filter(not).collect();
        duties.sort_by_key(|duty| &duty.duty.id);
        let rows = duties.iter().map(|duty| vec![duty.duty.id.clone(), cut(&duty.why(), 110)]);
        self.table(out, "NOT OWED, AS FAR AS IS KNOWN", &["Duty", "Why"], 1, rows)
    }

    /// A headed table; nothing without rows. The first `whole` columns are never broken.
    pub(super) fn table(
        &self,
        out: &mut dyn io::Write,
        title: &str,
        header: &[&str],
        whole: usize,
        rows: impl Iterator<Item = Vec<String>>,
    ) -> io::Result<()> {
        let mut table = table::plain(header, self.width);
        for row in rows {
            table.add_row(row.iter().map(|cell| escape::line(cell).into_owned()));
        }
        if table.is_empty() {
            return Ok(());
        }
        table.set_close(whole);
        writeln!(out, "\n{title}")?;
        table.lines().try_for_each(|line| writeln!(out, "{line}"))
    }
}

/// How it was settled, without the caveats.
fn settled(record: &Incident, duty: &Assessed<'_>) -> Vec<String> {
    if duty.state == State::Waived {
        let rulings = record.rulings.get(duty.known_as(record)).into_iter().flatten().rev();
        let waived = rulings.filter(|ruling| ruling.what == RulingKind::Waived);
        let said = waived.map(|ruling| format!("waived by {}: {}", ruling.by, ruling.reason));
        return said.take(1).collect();
    }
    let late = late(duty);
    if let Some(name) = duty.told_by() {
        return std::iter::once(format!("told: see `{name}`")).chain(late).collect();
    }
    let notices = duty.filed(&record.notices);
    let Some(sent) = Notice::completing(notices) else { return Vec::new() };
    let reference = sent.reference.clone().or(sent.proof.clone());
    let back: u64 = notices.iter().filter_map(|notice| notice.counts.bounced).sum();
    let back = (back > 0).then(|| format!("{back} came back"));
    let how = [Some(format!("sent {}", sent.at.show())), late, reference, back];
    vec![how.into_iter().flatten().collect::<Vec<String>>().join(", ")]
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
pub(super) fn moment(due: DateTime<Utc>, zone: Tz, now: DateTime<Utc>) -> String {
    let near = (due - now).num_days().abs() < 300;
    let due = due.with_timezone(&zone);
    if near { due.format("%a %-d %b %H:%M %:z").to_string() } else { wording::moment(due) }
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
