//! Who was told what, when; campaigns with their totals.

use chrono::{DateTime, FixedOffset};
use schemars::JsonSchema;
use serde::Serialize;

use super::deadline::Deadline;
use crate::fact::{Fact, Topic, Value, When};
use crate::incident::Notice;
use crate::incident::event::{NoticeKind, RulingKind};
use crate::report::gate::{Class, Text};
use crate::report::material::Build;
use crate::report::measure::Interval;

/// Who was told, and who was not.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Notifications {
    /// Notices for duties, in the order they were sent.
    pub notices: Vec<Told>,
    /// For duties whose notices went out in batches: the totals.
    pub campaigns: Vec<Campaign>,
    /// Decisions and questions about duties, in the order of the record.
    pub rulings: Vec<Ruled>,
    /// Others who were told, by the facts that record when.
    pub others: Vec<Other>,
}

/// A notice.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Told {
    /// The duty.
    pub duty: Text,
    /// The same in words.
    pub title: Text,
    /// What it was.
    #[schemars(with = "NoticeKind")]
    pub what: Text,
    /// When it was sent.
    pub at: When,
    /// The same in words.
    pub shown: String,
    /// Whom it went to.
    pub recipient: Option<Text>,
    /// How it was sent.
    pub channel: Option<Text>,
    /// The reference that the recipient gave.
    pub reference: Option<Text>,
    /// The exhibit that proves it.
    pub proof: Option<Text>,
    /// From the start of the duty's clock to this notice.
    pub lag: Option<Interval>,
    /// How many people it went to.
    pub sent: Option<u64>,
    /// How many of these came back.
    pub bounced: Option<u64>,
    /// How many people are still to be told.
    pub remaining: Option<u64>,
    /// Who recorded it.
    pub by: Text,
}

/// Notices of one duty that went to people in batches.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Campaign {
    /// The duty.
    pub duty: Text,
    /// The same in words.
    pub title: Text,
    /// The number of batches.
    pub batches: usize,
    /// The sum over the batches, which went to different people.
    pub sent: u64,
    /// How many of these came back.
    pub bounced: u64,
    /// People still to be told after the last batch.
    pub remaining: Option<u64>,
    /// When the first was sent.
    pub first: String,
    /// When the last was sent.
    pub last: String,
}

/// A decision about a duty, or a question from its recipient.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Ruled {
    /// The duty.
    pub duty: Text,
    /// The same in words.
    pub title: Text,
    /// What was decided or asked.
    #[schemars(with = "RulingKind")]
    pub what: Text,
    /// Who decided or asked.
    pub by: Text,
    /// Why, or what was asked.
    pub reason: Option<Text>,
    /// The exhibit it is based on.
    pub proof: Option<Text>,
    /// When an answer is due, or a delay ends.
    pub until: Option<DateTime<FixedOffset>>,
    /// When it was recorded.
    pub at: DateTime<FixedOffset>,
}

/// Somebody who was told outside any duty.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Other {
    /// The fact.
    pub fact: String,
    /// Who, in words.
    pub title: Text,
    /// When, in words; none: unknown.
    pub shown: Option<String>,
}

impl Build<'_> {
    /// People still to be told after the last batch, by the people on record now where those are told.
    fn remaining(&self, duty: &str, sent: &[Notice]) -> Option<u64> {
        let mut duties = self.material.duties.iter();
        let assessed = duties.find(|one| one.ids().any(|id| id == duty));
        let left = assessed.and_then(|one| one.left_over.as_ref());
        let left = left.filter(|_| !self.hides_people()).map(|left| left.people);
        left.or_else(|| Notice::left(sent))
    }

    pub(in crate::report) fn notifications(&self, duties: &[Deadline]) -> Notifications {
        let incident = &self.gather.incident;
        let mut notices = Vec::new();
        let mut campaigns = Vec::new();
        let reach = &self.gather.reach;
        for (duty, sent) in incident.notices.iter().filter(|(duty, _)| reach.duty(duty)) {
            let started = duties.iter().find(|one| one.duty == *duty);
            // A clock that did not start yet measures nothing.
            let started = started
                .filter(|one| reach.judges() && !one.projected)
                .and_then(|one| one.started.as_ref());
            notices.extend(sent.iter().map(|notice| {
                Told {
                    lag: started.map(|started| Interval::between(started, &notice.at)),
                    duty: self.gate.id(duty),
                    title: self.gate.ours(&self.called(duty)),
                    what: self
                        .gate
                        .word(notice.what.as_str(), !matches!(notice.what, NoticeKind::Other(_))),
                    shown: self.zone.show(&notice.at),
                    at: notice.at.clone(),
                    recipient: self.gate.option(Class::Recipient, notice.recipient.as_deref()),
                    channel: self.gate.option(Class::Recipient, notice.channel.as_deref()),
                    reference: self.gate.option(Class::Reference, notice.reference.as_deref()),
                    proof: notice.proof.as_deref().map(|proof| self.gate.id(proof)),
                    sent: notice.counts.sent,
                    bounced: notice.counts.bounced,
                    remaining: notice.counts.remaining,
                    by: self.gate.person(&notice.by),
                }
            }));
            let batches = sent.iter().filter(|notice| notice.is_batch());
            let (Some(first), Some(last)) = (
                batches.clone().min_by_key(|notice| notice.at.earliest),
                batches.clone().max_by_key(|notice| notice.at.latest),
            ) else {
                continue;
            };
            let sum = |of: fn(&Notice) -> Option<u64>| {
                batches.clone().filter_map(of).fold(0, u64::saturating_add)
            };
            campaigns.push(Campaign {
                duty: self.gate.id(duty),
                title: self.gate.ours(&self.called(duty)),
                batches: batches.clone().count(),
                sent: sum(|notice| notice.counts.sent),
                bounced: sum(|notice| notice.counts.bounced),
                remaining: self.remaining(duty, sent),
                first: self.zone.show(&first.at),
                last: self.zone.show(&last.at),
            });
        }
        notices.sort_by(|a, b| (a.at.earliest, &a.duty).cmp(&(b.at.earliest, &b.duty)));
        let mut rulings: Vec<Ruled> = Vec::new();
        let told = |duty: &str| reach.judges() && reach.duty(duty);
        for (duty, ruled) in incident.rulings.iter().filter(|(duty, _)| told(duty)) {
            rulings.extend(ruled.iter().map(|ruling| {
                Ruled {
                    duty: self.gate.id(duty),
                    title: self.gate.ours(&self.called(duty)),
                    what: self
                        .gate
                        .word(ruling.what.as_str(), !matches!(ruling.what, RulingKind::Other(_))),
                    by: self.ruled_by(&ruling.what, &ruling.by),
                    reason: self.gate.text(Class::Reason, &ruling.reason),
                    proof: ruling.proof.as_deref().map(|proof| self.gate.id(proof)),
                    until: ruling.until,
                    at: ruling.at,
                }
            }));
        }
        rulings.sort_by(|a, b| (a.at, &a.duty).cmp(&(b.at, &b.duty)));
        let others = self.vocabulary.told_in(Topic::Told).into_iter();
        let others = others.filter_map(|fact| self.other(fact)).collect();
        Notifications { notices, campaigns, rulings, others }
    }

    /// Who asked something is no responder: a recipient, or somebody else outside.
    fn ruled_by(&self, what: &RulingKind, by: &str) -> Text {
        let untold = match what {
            RulingKind::Asked => "the recipient",
            RulingKind::Delayed => "not for this audience",
            _ => return self.gate.person(by),
        };
        let told = self.gate.option(Class::Recipient, Some(by));
        told.unwrap_or_else(|| self.gate.ours(untold))
    }

    fn other(&self, fact: &Fact) -> Option<Other> {
        let name = fact.name.as_str();
        let told = !self.is_withheld(name) && self.gather.reach.fact(self.vocabulary, name);
        let value = self.gather.incident.fact_value(name).filter(|_| told)?;
        let shown = match value {
            Value::Time(when) => Some(self.zone.show(when)),
            _ => None,
        };
        Some(Other { fact: name.to_owned(), title: self.gate.id(&fact.title), shown })
    }
}
