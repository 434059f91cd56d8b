//! What the paper is, and whether the record behind it can be believed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};
use schemars::JsonSchema;
use serde::Serialize;

use super::chain::{ChainShown, doubt};
use super::deadline::{Deadlines, Verdict};
use crate::fact::names::{CONTAINED_AT, NOTICE_ACCOUNT, PUBLIC_STATEMENT_AT, SEVERITY};
use crate::fact::{Fact, Topic, Value};
use crate::report::gate::{Audience, Class, Text, Tlp};
use crate::report::material::Build;
use crate::report::measure::Zone;
use crate::wording;

/// Whether the report is final.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The incident is open, or its record does not verify.
    Draft,
    /// The incident is closed and its record verifies.
    Final,
}

/// What was open when the incident was closed all the same.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Closing {
    /// Owed items.
    pub debts: usize,
    /// Phases that nobody started.
    pub phases: usize,
    /// Steps that nobody settled.
    pub steps: usize,
    /// Facts that nobody knew.
    pub facts: usize,
    /// Anything else, duties apart.
    pub others: usize,
    /// Duties neither sent nor waived: owed or not settled.
    pub duties: usize,
    /// Why it was closed all the same.
    pub reason: Option<Text>,
    /// Entries written by people afterwards.
    pub later: usize,
}

/// The head of the report.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Banner {
    /// Name of the incident.
    pub incident: String,
    /// What it is called.
    pub title: Option<Text>,
    /// How severe it is, in words.
    pub severity: Option<Text>,
    /// Draft or final.
    pub status: Status,
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
    /// With whom it may be shared.
    pub tlp: Tlp,
    /// For whom it was made.
    pub audience: Audience,
    /// Of the authorities, the one that this duty is owed to, in words; none: not for one alone.
    pub authority: Option<String>,
    /// The program that made it.
    pub tool: String,
    /// The zone of every time in words: the organisation's, or UTC.
    pub zone: Zone,
    /// When the incident was opened.
    pub opened_at: Option<DateTime<FixedOffset>>,
    /// Whether the log was opened more than 30 days after the incident was contained or made public:
    /// what it says was written down afterwards.
    pub afterwards: bool,
    /// When it was closed, unless it was reopened.
    pub closed_at: Option<DateTime<FixedOffset>>,
    /// How it was closed, if it is and the audience is told of duties.
    pub closing: Option<Closing>,
    /// How often it was reopened.
    pub reopened: u64,
    /// When the latest entry was written: the report shows the state at that time.
    pub last_entry_at: Option<DateTime<FixedOffset>>,
    /// Whether every chain verifies.
    pub verifies: bool,
    /// The chains with their heads.
    pub chains: Vec<ChainShown>,
    /// Entries that need a newer version of the program, wholly or in part.
    pub unread: u64,
    /// How much was said differently, by people who did not know of each other, and is not settled.
    pub conflicts: usize,
    /// Entries left out as privileged, by kind.
    pub privileged: BTreeMap<String, u64>,
    /// Texts that this audience may not see, by kind.
    pub withheld: BTreeMap<String, u64>,
    /// People of whose names not every form can be masked: a part is an ordinary word, or is used
    /// alone without a space to tell, or their language changes it. 0 for those who are told names.
    pub unmasked: usize,
    /// People who wrote entries, with how many.
    pub people: Vec<(Text, u64)>,
    /// Commander, leads and moderator, as recorded in the facts.
    pub roles: Vec<(String, Text)>,
}

impl Banner {
    /// What is to be said of something that may have been recorded behind damage; none without.
    pub fn doubt(&self) -> Option<String> {
        doubt(&self.chains)
    }

    /// For whom it was made, in words.
    pub fn reader(&self) -> String {
        let audience = self.audience.as_str();
        let authority = self.authority.as_ref();
        authority.map_or_else(|| audience.to_owned(), |duty| format!("{audience}, under {duty}"))
    }

    /// Draft or final, and why.
    pub fn standing(&self) -> &'static str {
        match (self.status, self.closed_at, self.verifies) {
            (Status::Final, ..) => "FINAL: the incident is closed and its record verifies",
            (Status::Draft, Some(_), _) => "DRAFT: the record does not verify",
            (Status::Draft, None, true) => "DRAFT: the incident is open; its record verifies",
            (Status::Draft, None, false) => {
                "DRAFT: the record does not verify, so whether the incident is closed is not known"
            }
        }
    }
}

/// A grade: the word that people use, then what it means. Whom to wake is for those who grade.
pub(in crate::report) fn graded(value: &Value, fact: &Fact) -> String {
    let shown = value.show(Some(fact));
    match value {
        Value::Choice(grade) => {
            let meaning = shown.split(": ").next().unwrap_or_default();
            format!("{}. {meaning}", wording::capital(grade))
        }
        _ => shown,
    }
}

/// Duties that are neither done nor waived: owed, or that nobody settled.
fn left(deadlines: &Deadlines) -> usize {
    let duties = &deadlines.duties;
    let left = duties.iter().filter(|duty| {
        let done = duty.done.is_some() || duty.verdict == Verdict::Waived;
        !done && !duty.hypothetical && duty.verdict != Verdict::Withheld
    });
    let listed: BTreeSet<&str> = duties.iter().map(|duty| duty.duty.as_str()).collect();
    let open = deadlines.may_be_owed.duties.iter().filter(|open| !open.hypothetical);
    left.count() + open.filter(|open| !listed.contains(open.duty.as_str())).count()
}

impl Build<'_> {
    /// Whether the log was opened long after the incident was contained or public.
    pub(in crate::report) fn is_afterwards(&self) -> bool {
        let over = [CONTAINED_AT, PUBLIC_STATEMENT_AT];
        self.gather.incident.opened_at.is_some_and(|opened| {
            over.iter().any(|name| {
                self.time(name).is_some_and(|when| (opened - when.latest).num_days() > 30)
            })
        })
    }

    /// Whether it is for everybody, and nobody released what everybody may read.
    pub(in crate::report) fn is_unreleased(&self) -> bool {
        self.gate.audience() == Audience::Public && self.text_of(NOTICE_ACCOUNT).is_none()
    }

    fn unmasked(&self) -> usize {
        let known = self.gather.known(self.vocabulary);
        known.ordinary() + known.elusive()
    }

    fn authority(&self) -> Option<String> {
        let id = self.gather.reach.reader().duty()?;
        let title = self.duty_title(id).unwrap_or_else(|| id.to_owned());
        Some(format!("{title} ({id})"))
    }

    fn severity(&self) -> Option<Text> {
        let said = &self.history(SEVERITY).last()?.value;
        let fact = self.vocabulary.get(SEVERITY)?;
        self.gate.text(Class::Summary, &graded(said, fact))
    }

    fn closing(&self, deadlines: &Deadlines) -> Option<Closing> {
        let reach = &self.gather.reach;
        let left_open = self.gather.closing.as_ref().filter(|_| reach.judges())?;
        // As the open questions are counted.
        let asked = |name: &&String| {
            let rare = self.vocabulary.get(name).is_some_and(|fact| fact.telling.rare);
            !rare && reach.fact(self.vocabulary, name)
        };
        Some(Closing {
            debts: left_open.debts,
            phases: left_open.phases,
            steps: left_open.steps,
            facts: left_open.facts.iter().filter(asked).count(),
            others: left_open.others,
            duties: left(deadlines),
            reason: self.gate.option(Class::Reason, left_open.reason.as_deref()),
            later: left_open.later,
        })
    }

    /// To be made last: it counts what was withheld.
    pub(in crate::report) fn banner(&self, deadlines: &Deadlines) -> Banner {
        let incident = &self.gather.incident;
        let chains = self.chains();
        let verifies = !chains.is_empty() && chains.iter().all(|chain| chain.damage.is_none());
        let roles = self.vocabulary.told_in(Topic::Roles).into_iter();
        let roles = roles.filter_map(|fact| {
            Some((fact.title.clone(), self.gate.person(self.text_of(&fact.name)?)))
        });
        let people = incident.people.iter().map(|(name, n)| (self.gate.person(name), *n));
        let mut people: Vec<(Text, u64)> = people.collect();
        people.sort();
        let closed = incident.closed_at.is_some();
        Banner {
            incident: self.material.name.to_owned(),
            title: self.gate.option(Class::Title, incident.title.as_deref()),
            severity: self.severity(),
            status: if closed && verifies { Status::Final } else { Status::Draft },
            rehearsal: incident.drill,
            tlp: self.material.tlp,
            audience: self.gate.audience(),
            authority: self.authority(),
            tool: format!("breach {}", env!("CARGO_PKG_VERSION")),
            zone: self.zone,
            opened_at: incident.opened_at,
            afterwards: self.is_afterwards(),
            closed_at: incident.closed_at,
            closing: self.closing(deadlines),
            reopened: self.gather.reopened,
            last_entry_at: incident.last_at,
            verifies,
            chains,
            unread: incident.newer,
            conflicts: incident.conflicts().len(),
            privileged: self.gather.reach.kinds(&self.gather.withheld.entries),
            unmasked: if self.gate.audience().names_people() { 0 } else { self.unmasked() },
            roles: roles.collect(),
            people,
            withheld: self
                .gate
                .withheld()
                .into_iter()
                .map(|(class, n)| (class.as_str().to_owned(), n))
                .collect(),
        }
    }
}
