//! The facts of a step: asked one after the other, a determination with who decided it.

use super::asked::explained;
use super::command::{NEXT_AS, NEXT_EXIT, NEXT_OUTPUT};
use super::people::is_name;
use super::{Act, Asking, Decided, Done, Question, QuestionPart, Then, Walk};
use crate::clock::Clock;
use crate::fact::{Fact, FactType, Value};
use crate::incident::event::{ANNOUNCES, DecidedAs, Decision, FactSet, Note};
use crate::incident::{Incident, StepKey};
use crate::wording;

impl Walk<'_> {
    /// Asks for the facts of a step. A person is not asked again for known facts, except lists, which
    /// grow, and facts that the step changes; `f` changes the others.
    pub(super) fn ask_facts_of(&mut self, incident: &Incident, at: StepKey, done: Done) {
        let mut queue = self.step(&at).map(|step| step.ask.clone()).unwrap_or_default();
        queue.extend(self.step(&at).map(|step| self.of_duties(step)).unwrap_or_default());
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
        let is_moot = fact.is_some_and(|fact| fact.is_moot(self.vocabulary, &known));
        if is_moot || fact.is_some() && self.is_settled_by_law(&at, &queue[0]) {
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
        let reply = self.as_enter(&fact, known, reply);
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
        let line = self.typed_anew(&name, reply);
        if let Some(key) = self.refuse_key(&fact, line) {
            self.mode = Asking::Fact { at, queue, then };
            return vec![key];
        }
        let agreed = std::mem::take(&mut self.agreed);
        let sure = self.is_sure(line) || agreed;
        // What has a sign of its own is taken as it is.
        let is_meant = sure || line.trim_start().starts_with('=');
        let (meant, more) = self.meant(&fact, line, clock);
        let (reply, edit) = self.read_as(&meant, &fact, clock);
        if let Some(edit) = edit {
            let doubt =
                edit.added().and_then(|added| self.doubt_item(incident, &fact, (added, line)));
            if let Some(doubt) = doubt.filter(|_| !is_meant) {
                self.sure = Some(line.to_owned());
                self.mode = Asking::Fact { at, queue, then };
                return vec![doubt];
            }
            return self.edit_list(incident, (at, queue, then), &fact, edit);
        }
        let (occurred, mut said, value) = match self.understood(incident, &fact, clock, reply) {
            Ok(understood) => understood,
            Err(hint) => {
                self.mode = Asking::Fact { at, queue, then };
                return vec![self.not_understood(&fact, clock, line, &hint)];
            }
        };
        if let Some(doubt) = self.doubt_item(incident, &fact, (&value, line)).filter(|_| !is_meant)
        {
            self.sure = Some(line.to_owned());
            self.mode = Asking::Fact { at, queue, then };
            return vec![doubt];
        }
        let dropped = Self::dropped(incident, &name, &value);
        if self.patient && !agreed && !dropped.is_empty() {
            let (reply, left) = (line.to_owned(), value.echo(&fact));
            self.mode = Asking::Drops { at, queue, then, reply, dropped, left };
            return Vec::new();
        }
        if fact.determination && value != Value::Unknown {
            let text = format!("{}: {}{NEXT_WHO}", name, value.show(Some(&fact)));
            let note = self.draft(&at, Note::new(text), occurred.clone());
            let before = incident.facts.get(&name).map_or(0, Vec::len);
            let decided = Decided { value, before, occurred, by: None, role: None };
            self.mode = Asking::Decided { at, queue, then, decided };
            said.insert(0, note);
            return said;
        }
        let answered = queue.remove(0);
        if let Then::Done(_) = then {
            self.give(&at, answered);
        }
        let echo = value.echo(&fact);
        // Of what is recorded as it was typed, the line above says all.
        let is_typed = self.patient && !sure && echo == reply.trim();
        let is_said = is_typed && !then.is_free() && value != Value::Unknown;
        // Between the two, counsel's mark would be all that is said of it.
        let is_said = is_said && !incident.is_under_counsel();
        let shown = (!is_said).then(|| Act::Say(format!("{}: {echo}", fact.title)));
        // What a step changes by its nature puts nothing in doubt.
        let changes = self.step(&at).is_some_and(|step| step.ask_again.contains(&name));
        let warned =
            if changes { Vec::new() } else { self.affected(incident, &fact, known, &value) };
        let unassigned = Self::unassigned(&fact, &value, clock);
        let item = self.item_of(&at, &name);
        let event = FactSet { item, ..FactSet::new(name, value) };
        let mut acts = vec![self.draft(&at, event, occurred)];
        acts.extend(more.map(|more| self.draft(&at, Note::new(more), None)));
        acts.extend(shown.into_iter().chain(said).chain(unassigned).chain(warned));
        self.next_fact(at, queue, then);
        acts
    }

    /// Why a line that is typed for the step answers no fact.
    fn refuse_key(&self, fact: &Fact, line: &str) -> Option<Act> {
        let is_choice = matches!(fact.kind, FactType::Choice | FactType::Choices);
        let is_letter = is_choice && line.trim().len() == 1;
        // `n` is no, and an option may begin like a key; no time and no number does.
        let is_open = !is_choice && fact.kind != FactType::YesNo || is_letter;
        let kind = match fact.kind {
            FactType::List => "list",
            FactType::Choice | FactType::Choices => "choice",
            FactType::Time => "time",
            FactType::Text => "text",
            _ => "number",
        };
        (self.patient && is_open && self.is_typed_for_a_step(line)).then(|| {
            Act::Refuse(format!(
                "That is a key, and this asks for a {kind}; < goes back to the step, `= {}` takes it as it is.",
                line.trim()
            ))
        })
    }

    /// Remembers that a fact was answered for a step, should its question be abandoned.
    fn give(&mut self, at: &StepKey, answered: String) {
        let given = self.given.take().filter(|(of, _)| of == at);
        let given = given.into_iter().flat_map(|(_, given)| given).chain([answered]);
        self.given = Some((at.clone(), given.collect()));
    }

    /// What items and places an answer leaves out that are known.
    fn dropped(incident: &Incident, name: &str, value: &Value) -> Vec<String> {
        let Some(known) = incident.fact_value(name) else { return Vec::new() };
        [known.left_out_by(value), known.places_left_out_by(value)].concat()
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
        let is_last = decided.by.is_some() && had_role && !reply.is_empty() && self.patient;
        let overtaken = is_last && decided.is_overtaken(incident, &queue[0]);
        match (&decided.by, &decided.role) {
            _ if self.patient && self.is_typed_for_a_step(reply) => {
                acts.push(Act::Refuse(format!("`{reply}` is a key; < goes back to the step.")));
            }
            (None, _) if is_same(reply) && self.last_decider(incident).is_some() => {
                (decided.by, decided.role) = self.last_decider(incident).unzip();
            }
            _ if reply.is_empty() => {
                let needs = "A determination needs a name, a role and a basis.";
                acts.push(Act::Refuse(needs.to_owned()));
            }
            (None, _) if !is_name(reply) => {
                acts.push(Act::Refuse("That is no name. Who decided this?".to_owned()));
            }
            (None, _) => decided.by = Some(self.own_name(reply).to_owned()),
            (Some(_), None) => match self.role(reply) {
                Ok(role) => decided.role = Some(role),
                Err(why) => acts.push(Act::Refuse(why)),
            },
            _ if overtaken => {
                let now = incident.fact_in_words(&queue[0], self.vocabulary.get(&queue[0]));
                acts.push(Act::Refuse(format!(
                    "Not recorded: somebody decided it meanwhile, {}. The basis again replaces that; \
                     < leaves it.",
                    now.unwrap_or_default()
                )));
            }
            (Some(by), Some(role)) => {
                let name = queue.remove(0);
                let person = (by.clone(), role.clone());
                let event = Decision::new(&name, decided.value.clone(), person, reply.into());
                if let Some(fact) = self.vocabulary.get(&name) {
                    let old = incident.fact_value(&name);
                    acts.extend(self.affected(incident, fact, old, &decided.value));
                }
                acts.push(self.draft(&at, event, decided.occurred));
                let fact = self.vocabulary.get(&name);
                let shown =
                    fact.map(|fact| format!("{}: {}", fact.title, decided.value.echo(fact)));
                acts.extend(shown.map(Act::Say));
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

    /// A role that somebody names. What is nearly one of ours is asked back once.
    pub(super) fn role(&mut self, reply: &str) -> Result<DecidedAs, String> {
        let sure = self.is_sure(reply);
        let Some(role) = DecidedAs::said(reply) else {
            return Err(format!("`{reply}` is no role: counsel, commander, CEO, board."));
        };
        match role.near().filter(|_| !sure && self.patient) {
            Some(near) => {
                self.sure = Some(reply.to_owned());
                Err(format!("`{reply}`: is that {near}? The same again takes it as it is."))
            }
            None => Ok(role),
        }
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
                "In which role, such as counsel, commander, CISO or board? ".to_owned(),
            ),
            _ => (QuestionPart::DecidedBasis(name), "On what basis? ".to_owned()),
        };
        Question::plain(at, part, &prompt)
    }
}

impl Walk<'_> {
    /// The item for which a fact is given: that of a step that asks it of each.
    pub(super) fn item_of(&self, at: &StepKey, name: &str) -> Option<String> {
        let asks = self.step(at).is_some_and(|step| step.ask.iter().any(|asked| asked == name));
        at.item.clone().filter(|_| asks)
    }

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

/// Whether a reply means whoever decided before.
fn is_same(reply: &str) -> bool {
    ["", "same", "the same", "same as before", "ditto"].contains(&&*reply.to_lowercase())
}

/// The endings of notes about a determination that is not recorded yet.
const NEXT_WHO: &str = "; next, who decided it";
const NEXT_BASIS: &str = "; next, the basis";

/// Whether a note only preserves what was typed until all of it is recorded.
pub fn is_on_its_way(note: &str) -> bool {
    let nexts = [NEXT_WHO, NEXT_BASIS, NEXT_AS, NEXT_EXIT, NEXT_OUTPUT];
    note.starts_with(ANNOUNCES) || nexts.iter().any(|end| note.ends_with(end))
}
