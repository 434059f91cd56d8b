//! Why a duty is owed, since when, by whose word, and what would change it: in words, before any
//! arithmetic.

use std::fmt::Write as _;

use super::Explanation;
use super::page::Page;
use crate::fact::{Condition, Fact, Ground, Value, When};
use crate::output::duties::{local, state};
use crate::regime::{Clock, DORMANT, State};
use crate::wording;

/// Values of a fact that are told one by one.
const EACH: usize = 4;

impl Explanation<'_> {
    /// The whole in a few sentences: owed or not and why, what its clock runs from, until when.
    pub(super) fn sentence(&self) -> String {
        let duty = self.duty;
        let reasons: Vec<String> =
            self.grounds(true).iter().map(|ground| self.noun(ground, false)).collect();
        let reasons = reasons.join("; ");
        let mut text = match duty.state {
            State::Check => {
                let so_far = if reasons.is_empty() {
                    String::new()
                } else {
                    format!(" Known so far: {reasons}.")
                };
                format!("May be owed: it {}.{so_far}", duty.why())
            }
            State::Sent => format!("Done: {}.", duty.why()),
            State::Waived => format!("Waived: {}.", duty.why()),
            State::NotTriggered if duty.starts_with().is_some() => {
                format!("{DORMANT}: {}.", duty.why())
            }
            State::NotTriggered if reasons.is_empty() || duty.is_exempt() => {
                format!("Not owed: {}.", duty.why())
            }
            State::NotTriggered => format!("Not owed, on these facts: {reasons}."),
            _ => match (self.untested(), reasons.as_str()) {
                (None, "") => format!("Owed: {}.", duty.regime.applies),
                (None, reasons) => format!("Owed, on these facts: {reasons}."),
                (Some(test), "") => format!("Owed if this is so, which no fact tests: “{test}”."),
                (Some(test), reasons) => format!(
                    "Owed, on these facts: {reasons}; and if this is so, which no fact tests: \
                     “{test}”."
                ),
            },
        };
        if duty.began_later().is_some() {
            text.push_str(" Whether another law applied before that is not known here.");
        }
        if duty.state == State::NotTriggered {
            return text;
        }
        let _ = match (&duty.awaits, duty.start) {
            (Some(awaits), _) => write!(text, " Its clock has not started: {}.", awaits.words),
            (None, Some(start)) => {
                let at = self.moment(start.sign.unwrap_or(start.of), start.at);
                match start.sign {
                    Some(sign) => write!(
                        text,
                        " `{}` is not recorded, so its clock runs from the earliest sign, `{sign}`, \
                         {at}.",
                        start.of
                    ),
                    None if start.projected => write!(
                        text,
                        " Its clock runs from `{}`, which has not been filed and is itself due {at}.",
                        start.of
                    ),
                    None => write!(text, " Its clock runs from `{}`, {at}.", start.of),
                }
            }
            (None, None) => Ok(()),
        };
        if let (Some(due_at), Some(due), true) = (duty.due, local(duty), duty.state.is_open()) {
            let which = match duty.state {
                State::Embargo => "Nothing may be sent before",
                State::Check => "If it is owed, it is due",
                _ if due_at < self.at => "It was due",
                _ => "It is due",
            };
            let _ = write!(text, " {which} {due}.");
        }
        text
    }

    /// The elements that decided it, each with its fact and whose word it is.
    pub(super) fn elements(&self, page: &mut Page) {
        let grounds = self.grounds(false);
        let title = match self.duty.state {
            State::NotTriggered => "What speaks against it",
            State::Check => "What is known of it",
            _ => "What triggered it",
        };
        page.title(title);
        for ground in &grounds {
            page.wrap("  - ", "    ", &self.noun(ground, true));
            self.origin(page, ground.fact);
        }
        if let Some(test) = self.untested().filter(|_| self.duty.state != State::NotTriggered) {
            page.wrap("  - ", "    ", &format!("not tested by any fact: {test}"));
            page.wrap("      ", "      ", "a person has to judge it, and it is taken to be met");
        } else if grounds.is_empty() {
            let is_open = self.duty.state == State::Check;
            let why = if is_open { "nothing yet".to_owned() } else { self.duty.why() };
            page.wrap("  - ", "    ", &why);
        }
        if let Some(start) = self.duty.start.filter(|_| self.duty.awaits.is_none()) {
            let name = start.sign.unwrap_or(start.of);
            if self.is_time(name) {
                let at = self.moment(name, start.at);
                page.wrap("  - ", "    ", &format!("its clock: {at} (`{name}`)"));
                self.origin(page, name);
            }
        }
    }

    /// Facts that are missing, and values of any fact that would change how it stands.
    pub(super) fn open(&self, page: &mut Page) {
        let duty = self.duty;
        let mut names: Vec<&str> = duty.open.clone();
        let waits = duty.awaits.as_ref().and_then(|awaits| awaits.fact);
        let clock = match &duty.duty.clock {
            Clock::Fact { name, waits, .. }
                if *waits || duty.start.is_some_and(|start| start.assumed) =>
            {
                Some(name.as_str()).filter(|name| !self.is_time(name))
            }
            _ => waits,
        };
        names.extend(clock.filter(|name| !names.contains(name)));
        // Of an exemption, or a shorter period, that is open, too.
        let conditions = duty.duty.conditions(duty.regime).filter(|_| duty.state.is_open());
        let open = conditions.flat_map(|condition| condition.undecided(self.known));
        for name in open.chain(self.changes.iter().map(|change| change.fact)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.is_empty() {
            return;
        }
        page.title("What is open, and what would change it");
        for name in names {
            let Some(fact) = self.vocabulary.get(name) else { continue };
            let now = match (self.known)(name) {
                None => "not recorded".to_owned(),
                Some(Value::Unknown) => "unknown".to_owned(),
                Some(value) => format!("now {}", self.brief(value, fact)),
            };
            page.wrap("  - ", "    ", &format!("`{name}`, {now}: {}", fact.ask));
            if clock == Some(name) {
                page.wrap("      ", "        ", "its time starts the clock");
            }
            let mut changes = self.changes.iter().filter(|change| change.fact == name).peekable();
            if changes.peek().is_none() && clock != Some(name) {
                page.wrap("      ", "        ", "alone it changes nothing: others are open, too");
            }
            for change in changes {
                let says = match change.says.len() {
                    n if n > EACH => {
                        format!("{} or {} others", change.says[..EACH].join(", "), n - EACH)
                    }
                    _ => change.says.join(" or "),
                };
                page.wrap("      ", "        ", &format!("if {says}: {}", change.then));
            }
        }
    }

    /// The elements that decided the tests: those that were met or, of a duty that is not owed, the
    /// one that was not.
    fn grounds(&self, first: bool) -> Vec<Ground<'_>> {
        let (regime, rule) = (self.duty.regime, self.duty.duty);
        let owed = self.duty.state != State::NotTriggered;
        let tests = regime.concerns.iter().chain(&rule.when);
        let lifts = rule.unless.iter().map(|(condition, _)| condition);
        let decided = |condition: &&Condition| condition.holds(self.known) == Some(owed);
        let lifted = |condition: &&Condition| !owed && condition.holds(self.known) == Some(true);
        let conditions = tests.filter(decided).chain(lifts.filter(lifted));
        let mut grounds: Vec<Ground<'_>> = Vec::new();
        for condition in conditions {
            for ground in condition.grounds(self.known, self.vocabulary, first) {
                // What the second test says of the same fact says more than the first.
                match grounds.iter_mut().find(|known| known.fact == ground.fact) {
                    Some(known) if ground.says.starts_with(&known.says) => *known = ground,
                    Some(known) if known.says != ground.says => {
                        let _ = write!(known.says, ", {}", ground.says);
                    }
                    Some(_) => {}
                    None => grounds.push(ground),
                }
            }
        }
        grounds
    }

    /// What no condition tests, in the law's words; nothing if a fact answers all of it.
    fn untested(&self) -> Option<&str> {
        let rule = self.duty.duty;
        let by_clock = matches!(&rule.clock, Clock::Fact { waits: true, .. } | Clock::Filed { .. });
        let test = rule.test.as_ref().unwrap_or(&self.duty.regime.trigger);
        (rule.when.is_none() && !by_clock).then_some(test)
    }

    /// The title of a fact, its name, and what it says; inside a sentence, without the name. People
    /// and places speak for themselves.
    fn noun(&self, ground: &Ground<'_>, named: bool) -> String {
        let name = if named { format!(" (`{}`)", ground.fact) } else { String::new() };
        match self.vocabulary.get(ground.fact) {
            Some(fact) if !matches!((self.known)(ground.fact), Some(Value::People(_))) => {
                let title = if named { fact.title.clone() } else { uncapitalised(&fact.title) };
                format!("{title}{name}: {}", ground.says)
            }
            _ => format!("{}{name}", ground.says),
        }
    }

    fn brief(&self, value: &Value, fact: &Fact) -> String {
        match value {
            Value::People(people) => {
                let places = self.duty.duty.conditions(self.duty.regime);
                let places: Vec<&str> = places.flat_map(Condition::jurisdictions).collect();
                people.show_of(places.into_iter())
            }
            value => value.show(Some(fact)),
        }
    }

    /// A moment as it was given, if a fact says it.
    fn moment(&self, name: &str, at: chrono::DateTime<chrono::Utc>) -> String {
        match (self.known)(name) {
            Some(Value::Time(when)) => when.show(),
            _ => wording::moment(at.with_timezone(&self.duty.zone)),
        }
    }

    pub(super) fn is_time(&self, name: &str) -> bool {
        matches!((self.known)(name), Some(Value::Time(_)))
    }

    /// Who said so, or that it is only supposed.
    pub(super) fn origin(&self, page: &mut Page, name: &str) {
        let Some(value) = (self.known)(name) else { return };
        let latest = self.record.facts.get(name).and_then(|history| history.last());
        let Some(latest) = latest.filter(|latest| latest.value == *value) else {
            page.wrap("      ", "      ", "supposed, not recorded");
            return;
        };
        let at = wording::stamp(latest.at);
        let mut origin = match &latest.decided {
            Some((by, role)) => {
                format!("decided by {by} ({role}), recorded {at} by {}", latest.by)
            }
            None => format!("recorded {at} by {}", latest.by),
        };
        if let Some(why) = &latest.why {
            let _ = write!(origin, ": {why}");
        }
        page.wrap("      ", "      ", &origin);
    }

    /// How it stands, in a word or two.
    pub(super) fn stands(&self) -> String {
        let mut stands = vec![state(self.duty).to_owned()];
        stands.extend(super::super::late(self.duty).filter(|_| self.duty.state == State::Sent));
        stands.extend(self.duty.caveats(&When::show));
        stands.join(", ")
    }
}

/// A title inside a sentence; `DNA test` and `Brazil: significant effect` stay as they are.
fn uncapitalised(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second))
            if !title.contains(": ") && (second.is_lowercase() || second == ' ') =>
        {
            first.to_lowercase().chain(title.chars().skip(1)).collect()
        }
        _ => title.to_owned(),
    }
}
