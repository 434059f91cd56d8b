//! The duties that concern us, how each stands, and what a new fact changes about them.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{Assessed, Clock, Gap, Law, OWED, Order, State, gap_lines};
use crate::fact::{Value, When};
use crate::incident::Incident;
use crate::incident::event::FactSet;
use crate::wording;

/// What duties are called that are owed and have no date, because the law names no number of hours or
/// days, or nobody read the one that it names.
pub const UNDATED: &str = "Owed without a date";

/// What duties are called whose deadline has passed if they are owed.
pub const MAYBE_LATE: &str = "Overdue if owed";

/// What duties are called of which nothing is owed until something happens that nobody recorded.
pub const DORMANT: &str = "Not triggered yet";

/// News of one kind that are told one by one.
const EACH: usize = 3;

/// The duties that concern us, and the places of which nothing is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docket {
    duties: BTreeMap<String, Stand>,
    gaps: Vec<Gap>,
    /// Duties of which nothing is owed until a fact is recorded, each with the fact.
    dormant: Vec<(String, String)>,
    /// How many duties may be owed, those included whose law may not concern us at all.
    unsettled: usize,
    /// What cannot be true together, in words.
    wrong: Vec<String>,
    /// Why duties stand worse than they seem to, in words.
    caveats: Vec<String>,
    /// Of these, the notices that went to fewer people than are on record, or to some first.
    short: Vec<String>,
    /// The duties of which some people were told first, each with the number of its notices.
    partial: BTreeMap<String, usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Stand {
    state: State,
    due: Option<DateTime<Utc>>,
    zone: Tz,
    sends: bool,
    /// What it is called in a sentence.
    title: String,
    /// What it waits for, in words after their rough length, if it has no deadline although the law
    /// has a number.
    waiting: Option<(u64, String)>,
    /// Whether the law wants it before another filing or with it.
    leads: bool,
    /// The facts and duties that tell when its clock started.
    clocks: Vec<String>,
}

impl Stand {
    /// Whether it is owed, as far as is known, and not yet settled.
    fn is_owed(&self) -> bool {
        self.state.is_open() && self.state != State::Check
    }

    /// What has a date stands first, then what waits for one, the shortest first.
    fn urgency(&self, other: &Self) -> Ordering {
        let key = |stand: &Self| (stand.due.is_none(), stand.due, stand.waiting.is_none());
        key(self).cmp(&key(other)).then_with(|| self.waiting.cmp(&other.waiting))
    }

    /// In words, and how commands call it.
    fn called(&self, id: &str) -> String {
        format!("{} ({id})", self.title)
    }

    fn when(&self, now: DateTime<Utc>) -> String {
        let Some(due) = self.due else {
            let waiting = self.waiting.as_ref().map(|(_, words)| words.as_str());
            let none = match self.state {
                State::Unread => "whose time in the law was not read here",
                _ => "for which the law names no number of days",
            };
            return waiting.unwrap_or(none).to_owned();
        };
        let there = wording::moment(due.with_timezone(&self.zone));
        let which = if self.state == State::Embargo { "not before" } else { "by" };
        let assumed = if self.state == State::Assumed { ", its start assumed" } else { "" };
        format!("{which} {there}, {}{assumed}", wording::relative(due, now))
    }
}

impl Docket {
    /// The duties that concern us, of all that were assessed.
    pub fn of(duties: &[Assessed<'_>], gaps: Vec<Gap>) -> Self {
        let concerned =
            |duty: &&Assessed<'_>| duty.concerns == Some(true) && duty.state != State::NotTriggered;
        let stands = duties.iter().filter(concerned).map(|duty| {
            // What a fact settles needs no notice of its own.
            let sends =
                duty.duty.to.iter().any(|to| to != "assessment") && duty.told_by().is_none();
            let waiting = duty.awaits.as_ref().map(|awaits| (awaits.rough, awaits.words.clone()));
            let title = duty.duty.title();
            let (state, due, zone) = (duty.state, duty.due, duty.zone);
            let leads = duty.duty.leads();
            let clocks = duty.clocks().map(str::to_owned).collect();
            let stand = Stand { state, due, zone, sends, title, waiting, leads, clocks };
            (duty.whole.id.clone(), stand)
        });
        let ours = duties.iter().filter(|duty| duty.concerns == Some(true));
        let short =
            ours.clone().filter_map(|duty| Some(format!("{}: {}", duty.whole.id, duty.short()?)));
        let short = short.collect();
        let partial = ours
            .clone()
            .filter_map(|duty| Some((duty.whole.id.clone(), duty.left_over.as_ref()?.notices)));
        let partial = partial.collect();
        let dormant = ours
            .clone()
            .filter_map(|duty| Some((duty.whole.id.clone(), duty.starts_with()?.to_owned())));
        let dormant = dormant.collect();
        let caveats = ours.flat_map(|duty| {
            let caveats = duty.caveats(&When::show).into_iter();
            caveats.map(|caveat| format!("{}: {caveat}", duty.whole.id))
        });
        let unsettled = duties.iter().filter(|duty| duty.state == State::Check).count();
        let (duties, caveats) = (stands.collect(), caveats.collect());
        Self { duties, gaps, dormant, unsettled, wrong: Vec::new(), caveats, short, partial }
    }

    /// The same, with what cannot be true together of the facts that it rests on.
    pub(super) fn with_wrong(self, wrong: Vec<String>) -> Self {
        Self { wrong, ..self }
    }

    /// What a duty is called in a sentence, by the law as it stood then.
    pub fn title(&self, id: &str) -> Option<&str> {
        self.duties.get(id).map(|stand| stand.title.as_str())
    }

    /// The facts and duties that tell when the clock of a duty started.
    pub fn clocks(&self, id: &str) -> &[String] {
        self.duties.get(id).map_or(&[], |stand| &stand.clocks)
    }

    /// How many duties may be owed, as `breach duties` counts them.
    pub fn unsettled(&self) -> usize {
        self.unsettled
    }

    /// Whether no duty applies to us or may apply.
    pub fn is_blank(&self) -> bool {
        self.duties.is_empty()
    }

    /// The places of which no law is held.
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// Duties that are owed and have no deadline, because nothing recorded starts their clock, with
    /// what they wait for.
    pub fn unstarted(&self) -> Vec<String> {
        self.waiting().into_iter().map(|(id, words)| format!("{id}, {words}")).collect()
    }

    /// The same duties as pairs of id and what each waits for; those that would be due soonest first.
    pub fn waiting(&self) -> Vec<(&str, &str)> {
        let owed = self.duties.iter().filter(|(_, stand)| stand.is_owed());
        let mut waiting: Vec<(&(u64, String), &String)> =
            owed.filter_map(|(id, stand)| Some((stand.waiting.as_ref()?, id))).collect();
        waiting.sort();
        waiting.into_iter().map(|((_, words), id)| (id.as_str(), words.as_str())).collect()
    }

    /// Duties that are owed without a date, and do not wait for one.
    pub fn undated(&self) -> Vec<&str> {
        let is_undated = |stand: &Stand| stand.due.is_none() && stand.waiting.is_none();
        let undated = self.duties.iter().filter(|(_, stand)| stand.is_owed() && is_undated(stand));
        undated.map(|(id, _)| id.as_str()).collect()
    }

    /// Duties of which nothing is owed until a fact is recorded, each with the fact.
    pub fn dormant(&self) -> &[(String, String)] {
        &self.dormant
    }

    /// The same in words.
    pub fn dormant_shown(&self) -> Vec<String> {
        let said = |(id, fact): &(String, String)| format!("{id}, until `{fact}` is recorded");
        self.dormant.iter().map(said).collect()
    }

    /// Why duties stand worse than they seem to.
    pub fn caveats(&self) -> &[String] {
        &self.caveats
    }

    /// Notices that went to fewer people than are on record, or to some first.
    pub fn short(&self) -> &[String] {
        &self.short
    }

    /// Duties that may be owed: a fact or a person has to settle whether they are.
    pub fn unsure(&self) -> Vec<&str> {
        let unsure = self.duties.iter().filter(|(_, stand)| stand.state == State::Check);
        unsure.map(|(id, _)| id.as_str()).collect()
    }

    /// The line that says of duties that they may be owed, if there are any.
    pub fn may_be_owed(&self, unsure: &[&str]) -> Option<String> {
        let called: Vec<&str> = unsure.iter().map(|id| self.duties[*id].title.as_str()).collect();
        may_be_owed(&called, "")
    }

    /// Those of the unsure ones whose deadline has passed if they are owed, the earliest first.
    pub fn maybe_late(&self, now: DateTime<Utc>) -> Vec<(DateTime<Utc>, &str)> {
        let unsure = self.unsure().into_iter();
        let dated = unsure.filter_map(|id| Some((self.duties[id].due?, id)));
        let mut late: Vec<_> = dated.filter(|(due, _)| *due < now).collect();
        late.sort_unstable();
        late
    }

    /// The same, each with its deadline in words.
    pub fn maybe_late_shown(&self, now: DateTime<Utc>) -> Vec<String> {
        let said = |(_, id): (DateTime<Utc>, &str)| format!("{id}, {}", self.duties[id].when(now));
        self.maybe_late(now).into_iter().map(said).collect()
    }

    /// How many entries there are that can change what the law asks. They only grow: the same number,
    /// the same law.
    pub fn entries(incident: &Incident) -> u64 {
        ["fact", "fact-edit", "decision", "notice", "duty", "withdrawn"]
            .map(|kind| incident.tally.get(kind).copied().unwrap_or_default())
            .iter()
            .sum()
    }

    /// Ids of duties that are owed and open, of which this is the name, or a pattern with one `*`.
    pub fn matching(&self, pattern: &str) -> Vec<String> {
        let fits = |id: &str| wording::fits(pattern, id);
        let open =
            self.duties.iter().filter(|(id, stand)| stand.is_owed() && stand.sends && fits(id));
        open.map(|(id, _)| id.clone()).collect()
    }

    /// What the law wants before or with these notices and nobody has sent yet.
    pub fn skipped(&self, law: &Law, sent: &[String]) -> Vec<String> {
        let is_sent = |duty: &str| sent.iter().any(|sent| law.is_same(sent, duty));
        let first = |id: &String| match &law.duty(id)?.1.clock {
            Clock::Filed { duty, order: Order::Before } if is_sent(duty) => Some("before"),
            Clock::Filed { duty, order: Order::With } if is_sent(duty) => Some("with"),
            _ => None,
        };
        let owed = self.duties.iter().filter(|(id, stand)| stand.is_owed() && !is_sent(id));
        let mut by_order: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
        for (id, _) in owed {
            if let Some(order) = first(id) {
                by_order.entry(order).or_default().push(id);
            }
        }
        let line = |(order, ids): (&str, Vec<&String>)| {
            let ids = wording::some(&ids, 8);
            format!(
                "the law requires these {order} what you record now, and they have not been sent: \
                 {ids}"
            )
        };
        by_order.into_iter().map(line).collect()
    }

    /// The overdue duties and the one due next, each with its deadline in words.
    pub fn urgent(&self, now: DateTime<Utc>) -> (Vec<String>, Option<String>) {
        let said = |(_, id): (DateTime<Utc>, &str)| format!("{id}, {}", self.duties[id].when(now));
        let running = self.running().into_iter();
        let (late, ahead): (Vec<_>, Vec<_>) = running.partition(|(due, _)| *due < now);
        (late.into_iter().map(said).collect(), ahead.into_iter().next().map(said))
    }

    /// The duties that are owed and have a deadline, soonest first.
    pub fn running(&self) -> Vec<(DateTime<Utc>, &str)> {
        let owed = self.duties.iter();
        let owed = owed.filter(|(_, stand)| stand.is_owed() && stand.state != State::Embargo);
        let mut running: Vec<(DateTime<Utc>, &str)> =
            owed.filter_map(|(id, stand)| Some((stand.due?, id.as_str()))).collect();
        running.sort_unstable();
        running
    }

    /// How many are owed and not settled.
    pub fn open(&self) -> usize {
        self.duties.values().filter(|stand| stand.is_owed() && stand.sends).count()
    }

    /// What changed since `before`, line by line.
    pub fn news(&self, before: &Self, now: DateTime<Utc>) -> Vec<String> {
        let owed = |all: &'_ Self, id: &str| all.duties.get(id).is_some_and(Stand::is_owed);
        let (mut new, mut moved) = (Vec::new(), Vec::new());
        for (id, stand) in self.duties.iter().filter(|(_, stand)| stand.is_owed()) {
            match before.duties.get(id).filter(|was| was.is_owed()) {
                None => new.push((id, stand)),
                Some(was) if (was.due, &was.waiting) != (stand.due, &stand.waiting) => {
                    moved.push((id, stand));
                }
                Some(_) => {}
            }
        }
        let gone = before.duties.iter().filter(|(id, was)| {
            let settled = self.duties.get(*id).is_some_and(|stand| !stand.state.is_open());
            was.is_owed() && !owed(self, id) && !settled
        });
        let gone: Vec<String> = gone.map(|(id, was)| was.called(id)).collect();
        let unseen = self.gaps.iter().filter(|gap| !before.gaps.contains(gap)).cloned();
        let mut lines = gap_lines(&unseen.collect::<Vec<Gap>>(), EACH);
        // Whoever records a part is told there how many are left.
        let is_known = |caveat: &&String| {
            let of = |id: &str| caveat.strip_prefix(id).is_some_and(|rest| rest.starts_with(": "));
            let mut partial = self.partial.iter();
            partial.any(|(id, n)| before.partial.get(id) != Some(n) && of(id))
                && self.short.contains(caveat)
        };
        let caveats = self.caveats.iter().filter(|caveat| !before.caveats.contains(caveat));
        let caveats = caveats.filter(|caveat| !is_known(caveat));
        lines.extend(caveats.map(|caveat| format!("{caveat}.")));
        lines.extend(told("Owed now", new, now));
        lines.extend(told("Moved", moved, now));
        let known = before.unsure();
        let unsure: Vec<&str> =
            self.unsure().into_iter().filter(|id| !known.contains(id)).collect();
        lines.extend(self.may_be_owed(&unsure));
        if !gone.is_empty() {
            lines.push(format!("No longer known to be owed: {}.", wording::some(&gone, EACH)));
        }
        lines
    }

    /// Contradictions that were not there before.
    pub fn newly_wrong(&self, before: &Self) -> Vec<String> {
        self.wrong.iter().filter(|wrong| !before.wrong.contains(wrong)).cloned().collect()
    }

    /// Ids of the duties that apply, those that are due next first; of the same moment, first what the law
    /// wants before the other or with it.
    fn owed(&self) -> Vec<String> {
        let applies = |stand: &Stand| stand.sends && stand.state != State::Check;
        let mut owed: Vec<(&String, &Stand)> =
            self.duties.iter().filter(|(_, stand)| applies(stand)).collect();
        owed.sort_by(|(id, a), (other, b)| {
            a.urgency(b).then_with(|| b.leads.cmp(&a.leads)).then_with(|| id.cmp(other))
        });
        owed.into_iter().map(|(id, _)| id.clone()).collect()
    }

    /// The list of duties that apply as a fact, if the incident does not hold it yet; unknown where none is
    /// known to apply and some may. A copy without some of the facts cannot tell.
    pub fn as_fact(&self, incident: &Incident) -> Option<FactSet> {
        if !incident.absent_facts().is_empty() {
            return None;
        }
        let owed = self.owed();
        let is_known = !owed.is_empty() || self.unsettled == 0;
        match incident.fact_value(OWED) {
            // Also their order follows from the facts alone, whatever was recorded and taken back.
            Some(Value::List(old)) if is_known && *old == owed => return None,
            None if owed.is_empty() => return None,
            Some(Value::Unknown) if !is_known => return None,
            _ => {}
        }
        Some(FactSet {
            why: Some("what the law requires, given the facts known now".into()),
            ..FactSet::new(OWED, if is_known { Value::List(owed) } else { Value::Unknown })
        })
    }
}

/// `May be owed: 4 duties: GDPR Art. 33(1), to the authority; …`, and what there is besides.
pub fn may_be_owed<S: AsRef<str>>(unsure: &[S], besides: &str) -> Option<String> {
    let (count, all) = (wording::count(unsure.len(), "duty"), wording::some(unsure, EACH));
    let line =
        format!("May be owed: {count}: {all}{besides}. `breach duties` says what decides it.");
    (!unsure.is_empty()).then_some(line)
}

fn told(what: &str, mut duties: Vec<(&String, &Stand)>, now: DateTime<Utc>) -> Vec<String> {
    duties.sort_by(|a, b| a.1.urgency(b.1).then_with(|| a.0.cmp(b.0)));
    let line =
        |(id, stand): &(&String, &Stand)| format!("{}, {}", stand.called(id), stand.when(now));
    match duties.first() {
        Some(first) if duties.len() > EACH => {
            let count = wording::count(duties.len(), "duty");
            vec![format!("{what}: {count}, first {}. `breach duties` lists them.", line(first))]
        }
        _ => duties.iter().map(|duty| format!("{what}: {}.", line(duty))).collect(),
    }
}
