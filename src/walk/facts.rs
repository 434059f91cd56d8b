//! The facts of a step: asked one after the other, a determination with who decided it.

use super::{Act, Asking, Decided, Done, Question, QuestionPart, Then, Walk, contested};
use crate::clock::Clock;
use crate::fact::{Fact, FactType, Understood, Value};
use crate::incident::event::{ANNOUNCES, DecidedAs, Decision, FactSet, Note};
use crate::incident::{Incident, StepKey};
use crate::wording;

impl Walk<'_> {
    /// Asks for the facts of a step. A person is not asked again for known facts, except lists, which
    /// grow, and facts that the step changes; `f` changes the others.
    pub(super) fn ask_facts_of(&mut self, incident: &Incident, at: StepKey, done: Done) {
        let mut queue = self.step(&at).map(|step| step.ask.clone()).unwrap_or_default();
        if self.patient {
            let is_known = |name: &String| {
                incident.fact_value(name).is_some_and(|value| *value != Value::Unknown)
            };
            let given = self.given.as_ref().filter(|(of, _)| *of == at).map(|(_, given)| given);
            queue.retain(|name| {
                let is_given = given.is_some_and(|given| given.contains(name));
                let (step, fact) = (self.step(&at), self.vocabulary.get(name));
                !is_known(name)
                    || !is_given && step.zip(fact).is_some_and(|(step, fact)| step.asks_again(fact))
            });
            // In the order in which the card names them: what is known comes last.
            queue.sort_by_key(is_known);
        }
        self.next_fact(at, queue, Then::Done(done));
    }

    /// Asks the next fact of the queue; what follows waits until the facts are folded.
    pub(super) fn next_fact(&mut self, at: StepKey, queue: Vec<String>, then: Then) {
        self.mode = if queue.is_empty() {
            Asking::Pending { at, then }
        } else {
            Asking::Fact { at, queue, then }
        };
    }

    /// Goes past a fact that nobody has to be asked for, given what is known by now.
    pub(super) fn spare(
        &mut self,
        incident: &Incident,
        at: StepKey,
        mut queue: Vec<String>,
        then: Then,
    ) -> Vec<Act> {
        let known = |name: &str| incident.fact_value(name);
        let is_known = known(&queue[0]).is_some_and(|value| *value != Value::Unknown);
        let asks = self.patient && matches!(then, Then::Done(_)) && !is_known;
        let fact = self.vocabulary.get(&queue[0]).filter(|_| asks);
        if fact.is_some_and(|fact| fact.is_moot(self.vocabulary, &known)) {
            queue.remove(0);
            self.next_fact(at, queue, then);
            return self.resume(incident);
        }
        let from = fact.and_then(|fact| fact.follows_from(self.vocabulary, &known));
        let Some((fact, from)) = fact.zip(from) else {
            self.mode = Asking::Fact { at, queue, then };
            return Vec::new();
        };
        let from = format!("follows from {}", wording::list(&from));
        let said = format!("{}: yes, which {from}. f {} changes it.", fact.title, fact.name);
        let event = FactSet {
            item: at.item.clone(),
            why: Some(from.into()),
            ..FactSet::new(queue.remove(0), Value::YesNo(true))
        };
        let acts = vec![self.draft(&at, event, None), Act::Say(said)];
        self.next_fact(at, queue, then);
        acts
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

    /// Takes a fact's value. An empty line keeps the value it has.
    pub(super) fn fact(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        (at, mut queue, then): (StepKey, Vec<String>, Then),
        reply: &str,
    ) -> Vec<Act> {
        let name = queue[0].clone();
        let Some(fact) = self.vocabulary.get(&name) else {
            return Vec::new();
        };
        let known = incident.fact_value(&name);
        let fact = fact.clone();
        if self.patient && reply.trim() == "?" {
            self.mode = Asking::Fact { at, queue, then };
            return explained(&fact, known.is_some());
        }
        if self.patient && reply.trim().is_empty() && known.is_none() && then.is_free() {
            return vec![Act::Say("Back at the step; this fact was not changed.".to_owned())];
        }
        if reply.trim().is_empty() && (known.is_some() || !self.patient) {
            if known.is_none() {
                self.mode = Asking::Fact { at, queue, then };
                return vec![Act::Say(format!("Answer {}.", fact.form()))];
            }
            queue.remove(0);
            self.next_fact(at, queue, then);
            return Vec::new();
        }
        let is_open = fact.is_free_text() || fact.kind == FactType::List;
        if self.patient && is_open && self.is_typed_for_a_step(reply) {
            self.mode = Asking::Fact { at, queue, then };
            let line = reply.trim();
            return vec![Act::Refuse(format!(
                "That is a key, and this asks for a {}; < goes back to the step, `= {line}` takes it as \
                 it is.",
                if fact.kind == FactType::List { "list" } else { "text" }
            ))];
        }
        let sure = self.is_sure(reply);
        let line = reply;
        let (reply, edit) = self.read_as(line, &fact, clock);
        if let Some(edit) = edit {
            return self.edit_list(incident, (at, queue, then), &fact, edit);
        }
        let parsed = self.late(reply, clock).and_then(|late| match (late.text.trim(), late.at) {
            // `@02:40` where a time is asked for is that time.
            ("", Some(at)) if fact.kind == FactType::Time => {
                Ok((None, late.said, Understood::plainly(Value::Time(at))))
            }
            ("", Some(_)) => Err(format!("after the moment, answer {}", fact.form())),
            ("", None) => Ok((None, late.said, Understood::plainly(Value::Unknown))),
            (text, at) => {
                let understood = fact.parse(text, clock)?;
                self.doubt_time_of_day(text, &understood.value, clock);
                Ok((at, late.said, understood))
            }
        });
        let (occurred, mut said, value) = match parsed {
            Ok((occurred, mut said, understood)) => {
                said.extend(understood.remarks.into_iter().map(Act::Say));
                (occurred, said, understood.value)
            }
            Err(hint) => {
                self.mode = Asking::Fact { at, queue, then };
                let is_key = self.patient && self.is_typed_for_a_step(line);
                let way = if is_key { " < goes back to the step." } else { "" };
                return vec![Act::Refuse(format!("Not understood: {hint}.{way}"))];
            }
        };
        let dropped = known.map(|known| known.left_out_by(&value)).unwrap_or_default();
        if self.patient && !sure && !dropped.is_empty() {
            self.mode = Asking::Drops { at, queue, then, reply: line.to_owned(), dropped };
            return Vec::new();
        }
        if fact.determination && value != Value::Unknown {
            let text = format!("{}: {}{NEXT_WHO}", name, value.show(Some(&fact)));
            let note = self.draft(&at, Note::new(text), occurred.clone());
            let decided = Decided { value, occurred, by: None, role: None };
            self.mode = Asking::Decided { at, queue, then, decided };
            said.insert(0, note);
            return said;
        }
        let answered = queue.remove(0);
        if let Then::Done(_) = then {
            let given = self.given.take().filter(|(of, _)| *of == at);
            let given = given.into_iter().flat_map(|(_, given)| given).chain([answered]);
            self.given = Some((at.clone(), given.collect()));
        }
        let echo = value.echo(&fact);
        // Of what is recorded as it was typed, the line above says all.
        let is_typed = self.patient && !sure && echo == reply.trim();
        let is_said = is_typed && !then.is_free() && value != Value::Unknown;
        let shown = (!is_said).then(|| Act::Say(format!("{}: {echo}", fact.title)));
        // What a step changes by its nature puts nothing in doubt.
        let changes = self.step(&at).is_some_and(|step| step.ask_again.contains(&name));
        let warned =
            if changes { Vec::new() } else { self.affected(incident, &fact, known, &value) };
        let event = FactSet { item: at.item.clone(), ..FactSet::new(name, value) };
        let mut acts = vec![self.draft(&at, event, occurred)];
        acts.extend(shown);
        acts.extend(said);
        acts.extend(warned);
        self.next_fact(at, queue, then);
        acts
    }

    /// Takes who decided, in which role, and on what basis, one after the other.
    pub(super) fn decided(
        &mut self,
        incident: &Incident,
        (at, mut queue, then): (StepKey, Vec<String>, Then),
        mut decided: Decided,
        reply: &str,
    ) -> Vec<Act> {
        let reply = reply.trim();
        let had_role = decided.role.is_some();
        let mut acts = Vec::new();
        match (&decided.by, &decided.role) {
            _ if self.patient && self.is_typed_for_a_step(reply) => {
                acts.push(Act::Refuse(format!("`{reply}` is a key; < goes back to the step.")));
            }
            (None, _) if reply.is_empty() && self.last_decider(incident).is_some() => {
                (decided.by, decided.role) = self.last_decider(incident).unzip();
            }
            _ if reply.is_empty() => {
                let needs = "A determination needs a name, a role and a basis.";
                acts.push(Act::Refuse(needs.to_owned()));
            }
            (None, _) if !is_name(reply) => {
                acts.push(Act::Refuse("That is no name. Who decided this?".to_owned()));
            }
            (None, _) => decided.by = Some(reply.to_owned()),
            (Some(_), None) => match DecidedAs::determining(reply) {
                Some(role) => decided.role = Some(role),
                None => acts.push(Act::Refuse("Answer counsel or commander.".to_owned())),
            },
            (Some(by), Some(role)) => {
                let name = queue.remove(0);
                let person = (by.clone(), role.clone());
                let event = Decision::new(&name, decided.value.clone(), person, reply.into());
                if let Some(fact) = self.vocabulary.get(&name) {
                    let old = incident.fact_value(&name);
                    acts.extend(self.affected(incident, fact, old, &decided.value));
                }
                acts.push(self.draft(&at, event, decided.occurred));
                self.next_fact(at, queue, then);
                return acts;
            }
        }
        if let (false, Decided { by: Some(by), role: Some(role), .. }) = (had_role, &decided) {
            let text = format!("{}: decided by {by}, {role}{NEXT_BASIS}", queue[0]);
            acts.push(self.draft(&at, Note::new(text), None));
        }
        self.mode = Asking::Decided { at, queue, then, decided };
        acts
    }

    /// Who made the last determination, and in which role: a person keeps them with Enter.
    fn last_decider(&self, incident: &Incident) -> Option<(String, DecidedAs)> {
        let changes = incident.facts.values().flatten().filter(|change| change.decided.is_some());
        let last = changes.filter(|_| self.patient).max_by_key(|change| change.at)?;
        last.decided.clone()
    }

    pub(super) fn ask_decided(
        &self,
        incident: &Incident,
        at: &StepKey,
        name: &str,
        decided: &Decided,
    ) -> Question {
        let name = name.to_owned();
        let (part, prompt) = match (&decided.by, &decided.role) {
            (None, _) => {
                let prompt = match self.last_decider(incident) {
                    Some((by, role)) => {
                        format!("Who decided this? Enter for {by} ({role}), or a name: ")
                    }
                    None => "Who decided this? Name: ".to_owned(),
                };
                (QuestionPart::DecidedBy(name), prompt)
            }
            (_, None) => (
                QuestionPart::DecidedRole(name),
                "In which role: counsel or commander? ".to_owned(),
            ),
            _ => (QuestionPart::DecidedBasis(name), "On what basis? ".to_owned()),
        };
        Question::plain(at, part, &prompt)
    }
}

impl Walk<'_> {
    /// What used the old value of a fact that changes; steps of this phase as the prompt names them.
    fn affected(
        &self,
        incident: &Incident,
        fact: &Fact,
        old: Option<&Value>,
        new: &Value,
    ) -> Vec<Act> {
        if old.is_none_or(|old| old == new || *old == Value::Unknown) {
            return Vec::new();
        }
        let lines = incident.outdated(&fact.name, &fact.title).into_iter();
        let phase = format!("{}/", self.playbook.phase);
        lines.map(|line| Act::Warn(format!("{}.", line.replace(&phase, "")))).collect()
    }
}

/// Whether somebody may be called so: a time, a number and a role are answers to another question.
fn is_name(text: &str) -> bool {
    let is_word = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let is_answer = matches!(text.to_ascii_lowercase().as_str(), "yes" | "no" | "unknown");
    (1..=5).contains(&text.split_whitespace().count())
        && text.split_whitespace().any(is_word)
        && !is_answer
        && DecidedAs::determining(text).is_none()
        && !text.starts_with(|c: char| c.is_ascii_digit())
}

/// The endings of notes about a determination that is not recorded yet.
const NEXT_WHO: &str = "; next, who decided it";
const NEXT_BASIS: &str = "; next, the basis";

/// Whether a note only preserves what was typed until the outcome or determination is recorded.
pub fn is_on_its_way(note: &str) -> bool {
    note.starts_with(ANNOUNCES) || [NEXT_WHO, NEXT_BASIS].iter().any(|end| note.ends_with(end))
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
fn explained(fact: &Fact, is_known: bool) -> Vec<Act> {
    let list =
        if fact.kind.has_items() { " + adds items, - takes them off: + web-04." } else { "" };
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
