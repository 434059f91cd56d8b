//! What would change how a duty stands: other values of the facts it looks at, one at a time.

use std::collections::HashSet;

use super::assess::Judge;
use super::assessed::{Assessed, Reason, State};
use super::count::Steps;
use super::facts::Facts;
use super::{Duty, Law, Regime};
use crate::fact::{Answers, Condition, Turn, Value, Vocabulary};
use crate::wording;

/// Other values of one fact, and how the duty would stand then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<'l> {
    /// The fact.
    pub fact: &'l str,
    /// The values in words, of which any one does it.
    pub says: Vec<String>,
    /// How the duty would stand, if that is decided: `not owed`, `owed, by Tue 24 Nov 2026 09:05 +01:00`.
    pub then: String,
}

impl Duty {
    /// What decides whether it is owed and how long it may take, with the test of its regime.
    pub fn conditions<'l>(&'l self, regime: &'l Regime) -> impl Iterator<Item = &'l Condition> {
        let own = regime.concerns.iter().chain(&self.when);
        let unless = self.unless.iter().map(|(condition, _)| condition);
        own.chain(unless).chain(self.instead.iter().map(|(condition, _)| condition))
    }
}

impl Law {
    /// What would change how a duty stands, one fact at a time, in the order in which the law asks.
    pub fn changes<'l>(
        &'l self,
        id: &str,
        facts: &Facts<'_>,
        vocabulary: &Vocabulary,
    ) -> Vec<Change<'l>> {
        let answers = Answers::new(facts.known);
        let judge = Judge::new(self, facts, &answers, Steps(None));
        let asked = self.whole(id).and_then(|(regime, whole)| {
            let regime: &Regime = regime;
            Some((regime, judge.asked(regime, whole, id)?))
        });
        let Some((regime, duty)) = asked else { return Vec::new() };
        let counts = judge.version(regime, duty, None).duty;
        let stands = |facts: &Facts<'_>| {
            let answers = Answers::new(facts.known);
            let mut judge = Judge::new(self, facts, &answers, Steps(None));
            let concerns = judge.concern(regime);
            let duty = judge.duty(regime, duty, concerns, 0);
            (duty.state, outcome(&duty))
        };
        let (state, now) = stands(facts);
        let turns: Vec<Turn<'l>> = counts
            .conditions(regime)
            .flat_map(|condition| condition.turns(facts.known, vocabulary))
            .collect();
        let mut seen: HashSet<(&str, &str)> = HashSet::new();
        let mut changes: Vec<Change<'l>> = Vec::new();
        for turn in turns.iter().filter(|turn| seen.insert((turn.fact, &turn.says))) {
            let known = |name: &str| -> Option<&Value> {
                if name == turn.fact { Some(&turn.value) } else { (facts.known)(name) }
            };
            let (new, then) = stands(&Facts { known: &known, ..*facts });
            // One open question less, or one more reason not to owe it, decides nothing.
            let decides = new != state || !matches!(new, State::Check | State::NotTriggered);
            if then == now || !decides {
                continue;
            }
            let alike = |change: &&mut Change<'_>| change.fact == turn.fact && change.then == then;
            if let Some(change) = changes.iter_mut().find(alike) {
                change.says.push(turn.says.clone());
            } else {
                let says = vec![turn.says.clone()];
                changes.push(Change { fact: turn.fact, says, then });
            }
        }
        changes
    }
}

/// How a duty stands, in words that compare.
fn outcome(duty: &Assessed<'_>) -> String {
    match duty.state {
        State::NotTriggered if matches!(duty.reason, Reason::Test | Reason::Elsewhere) => {
            "not owed".to_owned()
        }
        State::NotTriggered => format!("not owed ({})", duty.why()),
        State::Check => format!("may be owed; {}", duty.why()),
        State::Sent => "done".to_owned(),
        State::Waived => "waived".to_owned(),
        State::Unstarted => format!("owed, {}", duty.waiting()),
        State::NoNumber => "owed, with no number in the law".to_owned(),
        State::Unread => "owed, and its time was not read".to_owned(),
        State::Due | State::Assumed | State::Projected | State::Embargo => {
            let which = if duty.state == State::Embargo { "nothing before" } else { "by" };
            let due = duty.due.map(|due| wording::moment(due.with_timezone(&duty.zone)));
            format!("owed, {which} {}", due.unwrap_or_default())
        }
    }
}
