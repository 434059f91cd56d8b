//! How a fact is asked: the question, what is known, its options, what `?` says.

use super::{Act, Question, QuestionPart, Walk, contested};
use crate::fact::{Fact, FactType, Value};
use crate::incident::{Incident, StepKey};
use crate::playbook::Step;
use crate::wording;

/// Facts of the step, and those that were answered last, that are listed by name.
const LISTED: usize = 10;

impl Walk<'_> {
    /// Takes in what duties of the law wait for by now, and nobody was asked.
    pub fn ask_for_duties(&mut self, unasked: Vec<String>) {
        self.unasked = unasked;
    }

    /// What a step asks of a person because duties of the law wait for it, besides its own facts.
    pub(super) fn of_duties(&self, step: &Step) -> Vec<String> {
        let asks = self.unasked.iter().filter(|_| step.ask_duties && self.patient);
        asks.filter(|name| !step.ask.contains(name)).cloned().collect()
    }

    /// Whether nothing hangs any more on a fact that only the law had a step ask.
    pub(super) fn is_settled_by_law(&self, at: &StepKey, name: &String) -> bool {
        let step = self.step(at).filter(|step| step.ask_duties);
        step.is_some_and(|step| !step.ask.contains(name) && !self.unasked.contains(name))
    }

    pub(super) fn ask_fact(&self, incident: &Incident, at: &StepKey, name: &str) -> Question {
        let part = QuestionPart::Fact(name.to_owned());
        let Some(fact) = self.vocabulary.get(name) else {
            return Question::plain(at, part, "> ");
        };
        let mut question = Question::plain(at, part, &format!("{}> ", hint(fact)));
        let value = || incident.fact_in_words(name, Some(fact));
        let current = contested::fact(incident, fact, at.item.as_deref()).or_else(value);
        let is_known = incident.fact_value(name).is_some_and(|value| *value != Value::Unknown);
        question.lines = fact_lines(fact, current.as_deref(), is_known);
        question.fact = Some(fact.clone());
        question
    }

    pub(super) fn ask_fact_name(&self, incident: &Incident, at: &StepKey) -> Question {
        let mut question = Question::plain(at, QuestionPart::Aside, "Which fact? ");
        let mut names = self.step(at).map(|step| step.ask.clone()).unwrap_or_default();
        // What was answered last is what has to be corrected.
        let mut latest: Vec<_> = incident.facts.iter().collect();
        latest.sort_by_key(|(_, changes)| std::cmp::Reverse(changes.last().map(|last| last.at)));
        let latest = latest.into_iter().map(|(name, _)| name.clone());
        let room = LISTED.saturating_sub(names.len());
        names.extend(latest.filter(|name| !names.contains(name)).take(room).collect::<Vec<_>>());
        let titled = |name: &String| format!("  {name} - {}", self.vocabulary.called(name));
        question.lines.extend(names.iter().map(titled));
        question.lines.push(
            "A name or the words that the screen shows, with the new value or without; < goes back."
                .to_owned(),
        );
        question
    }
}

/// How a text of several lines is given at a terminal.
const LONGER: &str = " A full stop alone begins a text of several lines, and another ends it; .e opens \
                      your editor.";

/// What an answer looks like, in the prompt.
fn hint(fact: &Fact) -> &'static str {
    match fact.kind {
        FactType::YesNo => "yes or no",
        FactType::Count => "number",
        FactType::Text => "text",
        FactType::List if fact.phrases => "list, with semicolons",
        FactType::List => "list, with commas",
        FactType::Choice if fact.options.len() > FEW => "number or name, ? explains",
        FactType::Choice => "number or name",
        FactType::Choices if fact.options.len() > FEW => "numbers or names, ? explains",
        FactType::Choices => "numbers or names",
        FactType::Time => "time",
        FactType::Duration => "length, such as 2h",
        FactType::Money => "EUR 12.50",
        FactType::People => "DE 1200, US-CA 300",
        FactType::Place => "country or region",
    }
}

/// Options that are shown with what they mean; of more, `?` tells that.
const FEW: usize = 6;

fn options(fact: &Fact) -> impl Iterator<Item = String> {
    let each = fact.options.iter().enumerate();
    each.map(|(number, option)| format!("  {:>2} {} - {}", number + 1, option.id, option.title))
}

fn fact_lines(fact: &Fact, current: Option<&str>, is_known: bool) -> Vec<String> {
    // What must not be overlooked stands in the first sentence; `?` shows the rest, and all of it to
    // whoever answered before.
    let help = fact.help.as_deref().filter(|_| !is_known).map(wording::first_sentence);
    let now = current.map(|current| format!("Now: {current}. Enter keeps it."));
    // Above options it would scroll out of sight.
    let (beside, below) = if fact.options.is_empty() { (now, None) } else { (None, now) };
    let asked = [Some(fact.ask.as_str()), help, beside.as_deref()].into_iter().flatten();
    let mut lines = vec![asked.collect::<Vec<_>>().join(" ")];
    if fact.options.len() > FEW {
        let each = fact.options.iter().enumerate();
        let each = each.map(|(number, option)| format!("{} {}", number + 1, option.id));
        let each: Vec<String> = each.collect();
        lines.extend(
            wording::rows(&each, "   ", 76).iter().map(|row| format!("  {}", row.join("   "))),
        );
    } else {
        lines.extend(options(fact));
    }
    lines.extend(below);
    lines
}

/// What a fact is, and how it is answered.
pub(super) fn explained(fact: &Fact, is_known: bool) -> Vec<Act> {
    let list = match fact.kind {
        FactType::List | FactType::Choices => " + adds items, - takes them off: + web-04.",
        FactType::People => " + changes a place alone, - takes it off: + DE 99.",
        _ => "",
    };
    let keys = if is_known {
        "Enter keeps what is known. < goes back, q stops; = before an answer takes it as it is."
    } else {
        "Enter means unknown. < goes back, q stops; = before an answer takes it as it is."
    };
    let longer = match fact.kind {
        FactType::Text => LONGER,
        _ => "",
    };
    let help = fact.help.as_ref().unwrap_or(&fact.ask);
    // In one piece, so that it is shown page by page.
    let how = format!("Answer {}.{list}{longer} {keys}", fact.form());
    let all: Vec<String> = [help.clone()].into_iter().chain(options(fact)).chain([how]).collect();
    vec![Act::Say(all.join("\n"))]
}
