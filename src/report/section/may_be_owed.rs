//! Duties of which it is not settled whether they are owed, and the facts that settle it, for those
//! inside: one list, as `breach duties` counts them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::regime::{Assessed, State};
use crate::report::material::Build;
use crate::wording;

/// Duties that may be owed.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct MayBeOwed {
    /// The duties, in the order of the law.
    pub duties: Vec<OpenDuty>,
    /// The facts that settle them, those of most duties first.
    pub facts: Vec<Settles>,
}

/// A duty that may be owed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OpenDuty {
    /// `eu-gdpr.33-1`.
    pub duty: String,
    /// Name of the law or contract.
    pub law: String,
    /// Where that applies: `Connecticut, United States`.
    pub place: String,
    /// The duty in words.
    pub title: String,
    /// What the facts that settle it are called; none if those are marked privileged.
    pub facts: Vec<String>,
    /// Whether nobody looked if the rule was law at the time.
    pub hypothetical: bool,
}

/// A fact that settles duties.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Settles {
    /// The fact.
    pub fact: String,
    /// Its title.
    pub title: String,
    /// How many duties it settles, alone or with others.
    pub duties: usize,
}

impl MayBeOwed {
    /// How many there are, in words that stand for themselves; nothing where there are none.
    pub fn shown(&self) -> Option<String> {
        let all = self.duties.len();
        let old = self.duties.iter().filter(|duty| duty.hypothetical).count();
        let told = format!("{} may be owed", wording::count(all, "duty"));
        match old {
            _ if all == 0 => None,
            0 => Some(told),
            old if old == all => Some(format!("{told}, if their rules were law then")),
            old => Some(format!("{told}, {old} of them only if their rules were law then")),
        }
    }
}

impl Build<'_> {
    /// What may be owed besides what is known to be is a matter of those inside.
    pub(in crate::report) fn may_be_owed(&self) -> MayBeOwed {
        if !self.gather.reach.is_inside() {
            return MayBeOwed::default();
        }
        let mut by_fact: BTreeMap<&str, usize> = BTreeMap::new();
        let open = self.material.duties.iter().filter(|one| self.is_open_whether(one));
        let duties = open.map(|assessed| {
            let mut told = assessed.open.clone();
            told.retain(|name| !self.is_withheld(name));
            for name in &told {
                *by_fact.entry(*name).or_default() += 1;
            }
            let duty = assessed.duty;
            OpenDuty {
                duty: duty.id.clone(),
                law: assessed.regime.name.clone(),
                place: assessed.regime.jurisdiction.clone(),
                title: duty.title(),
                facts: told.iter().map(|name| self.called(name)).collect(),
                hypothetical: self.is_hypothetical(assessed),
            }
        });
        let duties = duties.collect();
        let mut facts: Vec<(&str, usize)> = by_fact.into_iter().collect();
        facts.sort_by_key(|(name, n)| (Reverse(*n), *name));
        let settles = |(fact, duties): (&str, usize)| Settles {
            fact: fact.to_owned(),
            title: self.called(fact),
            duties,
        };
        MayBeOwed { duties, facts: facts.into_iter().map(settles).collect() }
    }

    /// Whether it is open if a duty is owed. What was ruled on or sent behind a mark is told as that.
    fn is_open_whether(&self, assessed: &Assessed<'_>) -> bool {
        let marked = assessed.ids().any(|id| self.gather.withheld.duties.contains(id));
        assessed.state == State::Check && !marked
    }
}
