//! What an answer means in the mouth of whoever gives it: `me`, a yes with a sentence behind it, a time
//! that cannot be.

use super::key::{self, Key};
use super::late::words;
use super::{Act, Walk};
use crate::clock::Clock;
use crate::fact::names::FIRST_SIGNAL;
use crate::fact::{Contradiction, Count, Fact, FactType, Understood, Value, When, contradictions};
use crate::incident::{ACTION_ITEMS, ActionItem, Incident, StepKey};
use crate::playbook::Step;
use crate::regime::OWED;
use crate::wording;

/// The answer at the beginning of a line that is no answer as a whole: `closed, maintenance page`, `06:15,
/// helpdesk got 3 calls`, `61000 bookings`.
pub fn answer_within<'t>(fact: &Fact, line: &'t str, clock: &dyn Clock) -> Option<&'t str> {
    let is_answer = |text: &str| fact.parse(text.trim_start_matches('@'), clock).is_ok();
    if is_answer(line) || fact.ahead_of(line, clock).is_some() {
        return None;
    }
    let first = line.split([',', ';']).next().filter(|first| is_answer(first));
    match fact.kind {
        // `not yet, tomorrow`.
        FactType::Time => first.filter(|first| {
            first.contains("yet") || first.contains(':') && is_no_time(&line[first.len()..], clock)
        }),
        FactType::Count => number_before(line),
        FactType::Choice => {
            first.or_else(|| line.split('.').next().filter(|first| is_answer(first)))
        }
        _ => None,
    }
}

/// Whether nothing in a text is a time, or a part of a date.
fn is_no_time(text: &str, clock: &dyn Clock) -> bool {
    let words: Vec<&str> = text.split([' ', ',', ';']).filter(|word| !word.is_empty()).collect();
    let is_time = |span: &[&str]| When::parse(&span.join(" "), clock).is_ok();
    let is_of_date = |word: &&str| {
        word.contains(|c: char| c.is_ascii_digit()) && word.contains(['/', '.', '-', ':'])
    };
    let is_other = |word: &&str| OTHER.contains(word);
    !words.iter().any(is_of_date)
        && !words.iter().any(is_other)
        && !(1..=2).any(|length| words.windows(length).any(is_time))
}

/// Words that make a time or a number beside them another one, or a rough one.
const OTHER: [&str; 40] = [
    "not",
    "no",
    "before",
    "after",
    "until",
    "till",
    "since",
    "from",
    "to",
    "about",
    "around",
    "ca",
    "ca.",
    "circa",
    "roughly",
    "approximately",
    "between",
    "or",
    "and",
    "maybe",
    "probably",
    "earlier",
    "later",
    "than",
    "tomorrow",
    "next",
    "will",
    "so",
    "ish",
    "approx",
    "approx.",
    "last",
    "week",
    "weekend",
    "month",
    "year",
    "eve",
    "midnight",
    "noon",
    "half",
];

/// The number at the beginning of a text, if the words behind it only say what was counted.
fn number_before(text: &str) -> Option<&str> {
    let (number, rest) = words(text).find(|(number, _)| Count::parse(number).is_some())?;
    let is_plain =
        rest.starts_with(' ') && !rest.contains(|c: char| c.is_ascii_digit() || c == '%');
    let next = rest.split_whitespace().next()?;
    (is_plain && !OTHER.contains(&next) && next != "of").then_some(number)
}

/// The one time of day among other words, if none of these makes it another time.
fn time_within<'t>(text: &'t str, clock: &dyn Clock) -> Option<(&'t str, When)> {
    let starts =
        text.char_indices().map(|(at, _)| at).filter(|&at| at == 0 || text[..at].ends_with(' '));
    let mut times = starts.filter_map(|at| {
        let spans = words(&text[at..]).map(|(span, _)| span.trim_end_matches([',', ';', '.']));
        let mut timed = spans.filter(|span| span.contains(|c: char| c.is_ascii_digit()));
        timed.find_map(|span| Some((at, span, When::parse(span, clock).ok()?.value)))
    });
    let (at, span, when) = times.next()?;
    let others = [&text[..at], &text[at + span.len()..]];
    let has_digit =
        others.iter().any(|part| part.contains(|c: char| c.is_ascii_digit() || c == '~'));
    (!has_digit && others.iter().all(|part| is_no_time(&part.to_lowercase(), clock)))
        .then_some((span, when))
}

impl Walk<'_> {
    /// An answer. One that keeps what is known, `same as before`, is the same as Enter.
    pub(super) fn as_enter<'r>(
        &self,
        fact: &Fact,
        known: Option<&Value>,
        reply: &'r str,
    ) -> &'r str {
        const KEEPS: [&str; 12] = [
            "keep",
            "keep it",
            "keep that",
            "same",
            "the same",
            "same as before",
            "as before",
            "unchanged",
            "no change",
            "ok",
            "y",
            "yes",
        ];
        let keeps = KEEPS.contains(&&*reply.trim().to_lowercase());
        let may_keep = self.patient && known.is_some() && fact.kind != FactType::YesNo;
        if keeps && may_keep { "" } else { reply }
    }

    /// A name; who walks, for `me`.
    pub(super) fn own_name<'t>(&'t self, text: &'t str) -> &'t str {
        let is_own = ["me", "myself", "i", "i am"].contains(&&*text.trim().to_lowercase());
        self.name.as_deref().filter(|_| is_own && self.patient).unwrap_or(text)
    }

    /// The part of a reply that answers a fact, and what was said besides.
    pub(super) fn meant(
        &mut self,
        fact: &Fact,
        reply: &str,
        clock: &dyn Clock,
    ) -> (String, Option<String>) {
        let line = reply.trim();
        let (first, rest) = line.split_once([' ', ',', '.', ';', ':']).unwrap_or((line, ""));
        let rest = rest.trim_start_matches([' ', ',', '.', ';', ':', '-']);
        // `n` is also the key of a note.
        let is_answer = ["yes", "no"].contains(&&*first.to_lowercase());
        match fact.kind {
            // `no idea` is no no.
            FactType::YesNo
                if self.patient
                    && is_answer
                    && !rest.is_empty()
                    && fact.parse(line, clock).is_err() =>
            {
                (first.to_owned(), Some(format!("{} {line}", fact.ask)))
            }
            FactType::Text => (self.own_name(reply).to_owned(), None),
            FactType::List if fact.name == ACTION_ITEMS && self.patient => {
                let own = |item: &str| match item.split_once(':') {
                    Some((who, what)) => format!(" {}:{what}", self.own_name(who.trim())),
                    None => item.to_owned(),
                };
                (reply.split(';').map(own).collect::<Vec<_>>().join(";").trim().to_owned(), None)
            }
            _ if !self.patient => (reply.to_owned(), None),
            _ => {
                let note = || Some(format!("{} {line}", fact.ask));
                if let Some(found) = answer_within(fact, line, clock) {
                    return (found.to_owned(), note());
                }
                let is_time = fact.kind == FactType::Time && fact.parse(line, clock).is_err();
                let found = time_within(line, clock).filter(|_| is_time);
                let Some((text, when)) = found else { return (reply.to_owned(), None) };
                self.doubt = Some(format!("That is {}.", when.show()));
                (text.to_owned(), note())
            }
        }
    }

    /// The value of a whole line that sets the fact that is asked, as it is typed at the step.
    pub(super) fn typed_anew<'r>(&self, name: &str, reply: &'r str) -> &'r str {
        let Some((Key::Fact, rest)) = key::parse(reply) else { return reply };
        let named =
            self.fact_in_line(rest).filter(|(named, value)| named == name && !value.is_empty());
        named.filter(|_| self.patient).map_or(reply, |(_, value)| value)
    }

    /// When it happened, what there is to say of how that was read, and the value.
    pub(super) fn understood(
        &mut self,
        incident: &Incident,
        fact: &Fact,
        clock: &dyn Clock,
        reply: &str,
    ) -> Result<(Option<When>, Vec<Act>, Value), String> {
        let late = self.late(reply, clock)?;
        match (late.text.trim(), late.at) {
            // `@02:40` where a time is asked for is that time.
            ("", Some(at)) if fact.kind == FactType::Time => Ok((None, late.said, Value::Time(at))),
            ("", Some(_)) => Err(format!("after the moment, answer {}", fact.form())),
            ("", None) => Ok((None, late.said, Value::Unknown)),
            (text, at) => {
                let Understood { value, remarks } = fact.parse(text, clock)?;
                self.doubt_time((fact, text), &value, clock);
                self.doubt_order(incident, fact, &value);
                let said = late.said.into_iter().chain(remarks.into_iter().map(Act::Say));
                Ok((at, said.collect(), value))
            }
        }
    }

    /// Why an answer was not taken: it is ahead of the clock, or is no such answer.
    pub(super) fn not_understood(
        &self,
        fact: &Fact,
        clock: &dyn Clock,
        line: &str,
        hint: &str,
    ) -> Act {
        let is_key = self.patient && self.is_typed_for_a_step(line);
        let way = if is_key { " < goes back to the step." } else { "" };
        let end = if hint.ends_with('?') { "" } else { "." };
        Act::Refuse(match fact.ahead_of(line, clock) {
            Some(ahead) => format!("{ahead}{way}"),
            None => format!("Not understood: {hint}{end}{way}"),
        })
    }

    /// The other step that has an item called as a line is or, where this step has items, too, as it begins.
    fn step_of_item(&self, incident: &Incident, at: &StepKey, line: &str) -> Option<&Step> {
        let here = StepKey { item: None, ..at.clone() };
        let own = self.items(incident, &here).all;
        let line = line.trim();
        let is_it = |item: &String| {
            let head = line.get(..item.len()).filter(|head| head.eq_ignore_ascii_case(item));
            let behind = head.map(|head| &line[head.len()..]);
            behind.is_some_and(|behind| {
                behind.is_empty() || !own.is_empty() && behind.starts_with(' ')
            })
        };
        if !self.patient || line.len() < 3 || own.iter().any(is_it) {
            return None;
        }
        let lists = |step: &&Step| step.for_each.as_deref().is_some_and(|list| list != OWED);
        let named = |step: &&Step| {
            let list = step.for_each.as_deref().and_then(|list| incident.fact_value(list));
            list.and_then(Value::items).is_some_and(|items| items.iter().any(is_it))
        };
        self.playbook.steps.iter().filter(|step| step.id != at.step && lists(step)).find(named)
    }

    /// Asks back for a line that begins with the number of another step: `s 17`, `d 17 srv-39 off`.
    pub(super) fn doubt_step(
        &mut self,
        incident: &Incident,
        (at, key): (&StepKey, Key),
        line: &str,
    ) -> Option<Act> {
        let other = self.step_of_item(incident, at, line).filter(|_| key.settles());
        if let Some(id) = other.map(|other| other.id.clone())
            && !self.is_sure(line)
        {
            self.sure = Some(line.to_owned());
            let word = wording::clip(line.trim(), 30);
            return Some(Act::Refuse(format!(
                "`{word}` is an item of another step, {id}: j {id} goes there. The same line again records it \
                 here.",
            )));
        }
        let (word, more) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        let number = word.parse::<usize>().ok().filter(|_| self.patient && key.settles())?;
        let step = self.playbook.steps.get(number.checked_sub(1)?)?;
        let other = StepKey { step: step.id.clone(), item: None };
        let is_item = |at: &StepKey, text: &str| !self.aimed(incident, at, key, text).is_empty();
        let is_meant = more.is_empty() || more == step.id || is_item(&other, more);
        // Here the number may be that of an item.
        let is_here =
            step.id == at.step || is_item(at, line) || self.numbers_items(incident, at, key);
        if !is_meant || is_here || self.is_sure(line) {
            return None;
        }
        self.sure = Some(line.to_owned());
        let title = wording::clip(&step.title, 40);
        Some(Act::Refuse(format!(
            "Did you mean step {number}, {title}? j {number} goes there; the same line again records it here."
        )))
    }

    /// Says of action items how many nobody owns, or have no day.
    pub(super) fn unassigned(fact: &Fact, value: &Value, clock: &dyn Clock) -> Option<Act> {
        let items = value.items().filter(|_| fact.name == ACTION_ITEMS)?;
        let at = clock.now().local();
        let lacks = |item: &&String| {
            let read = ActionItem::read(item, at);
            read.owner.is_none() || read.due.is_none()
        };
        let count = items.iter().filter(lacks).count();
        (count > 0).then(|| {
            Act::Say(format!(
                "{count} of {} without an owner or a day. As in: Priya: rotate the keys by 2026-12-15.",
                items.len()
            ))
        })
    }

    /// Asks back for what was done before anybody saw a sign of the breach.
    pub(super) fn doubt_before(&mut self, incident: &Incident, occurred: Option<&When>) {
        let Some(Value::Time(signal)) = incident.fact_value(FIRST_SIGNAL) else { return };
        if let Some(at) = occurred.filter(|at| self.patient && at.latest < signal.earliest) {
            let (at, signal) = (at.show(), signal.show());
            self.doubt = Some(format!("{at} is before the first signal, {signal}."));
        }
    }

    /// Asks back for a time that cannot be true beside one that is known: one of them is a slip.
    pub(super) fn doubt_order(&mut self, incident: &Incident, fact: &Fact, value: &Value) {
        let Value::Time(given) = value else { return };
        let time = |name: &str| match incident.fact_value(name) {
            _ if name == fact.name => Some(given),
            Some(Value::Time(known)) => Some(known),
            _ => None,
        };
        let of_this = |one: &Contradiction<'_>| [one.first, one.then].contains(&fact.name.as_str());
        let wrong = contradictions(self.vocabulary, time).into_iter().find(of_this);
        if let Some(wrong) = wrong.filter(|_| self.patient) {
            let (order, other, at) = if wrong.first == fact.name {
                ("after", wrong.titles[1], wrong.after)
            } else {
                ("before", wrong.titles[0], wrong.before)
            };
            let told = format!("{} is {order} `{other}`, {}.", given.show(), at.show());
            self.doubt = Some(told);
        }
    }
}
