//! What a step decides: what was decided, by whom, in which role, on what basis, and who saw it
//! otherwise, asked of a person before the step is done.

use super::{Act, Asking, Done, Question, QuestionPart, Walk};
use crate::fact::Value;
use crate::incident::event::{DecidedAs, Decision};
use crate::incident::{Incident, StepKey};
use crate::playbook::{self, Role};
use crate::wording;

/// A decision on its way.
#[derive(Clone, Debug, Default)]
pub(super) struct Choice {
    what: Option<String>,
    by: Option<String>,
    role: Option<DecidedAs>,
    basis: Option<String>,
}

impl Walk<'_> {
    /// What a step decides, if nobody has decided it yet.
    fn undecided(&self, incident: &Incident, at: &StepKey) -> Option<&playbook::Decision> {
        let decision = self.step(at)?.decision.as_ref()?;
        (!incident.decisions.contains_key(&at.step)).then_some(decision)
    }

    /// Asks for the decision of a step. None: there is nothing to ask; what is left to be said, comes
    /// back.
    pub(super) fn ask_choice_of(
        &mut self,
        incident: &Incident,
        at: &StepKey,
        done: &Done,
    ) -> Result<(), Vec<Act>> {
        if self.undecided(incident, at).is_none() {
            return Err(Vec::new());
        }
        if !self.patient && !self.answered.contains(&at.step) {
            let step = &at.step;
            return Err(vec![Act::Warn(format!(
                "nothing says what was decided: `breach decide {step} WHAT --by NAME --role ROLE \
                 --basis TEXT`"
            ))]);
        }
        let (at, done) = (at.clone(), done.clone());
        self.mode = Asking::Choice { at, done, choice: Choice::default() };
        Ok(())
    }

    pub(super) fn ask_choice(&self, at: &StepKey, choice: &Choice) -> Question {
        let decision = self.step(at).and_then(|step| step.decision.as_ref());
        let role = decision.and_then(|decision| decision.role).map(Role::as_str);
        let (part, prompt) = match choice {
            Choice { what: None, .. } => ("what", "What was decided? ".to_owned()),
            Choice { by: None, .. } => ("by", "Who decided this? Name: ".to_owned()),
            Choice { role: None, .. } => {
                let prompt = match role {
                    Some(role) => format!("In which role? Enter for {role}: "),
                    None => "In which role, such as commander or executive? ".to_owned(),
                };
                ("role", prompt)
            }
            Choice { basis: None, .. } => ("basis", "On what basis? ".to_owned()),
            _ => ("dissent", "Who disagreed, and why? Enter if nobody did: ".to_owned()),
        };
        let mut question = Question::plain(at, QuestionPart::Choice(part), &prompt);
        if let (None, Some(decision)) = (&choice.what, decision) {
            question.lines.push(decision.question.clone());
            let options = decision.options.iter().enumerate();
            question.lines.extend(options.map(|(n, option)| format!("  {} {option}", n + 1)));
        }
        question
    }

    /// Takes what was decided, by whom, in which role, on what basis and against whom, one after the
    /// other.
    pub(super) fn chosen(
        &mut self,
        incident: &Incident,
        (at, done, mut choice): (StepKey, Done, Choice),
        reply: &str,
    ) -> Vec<Act> {
        let reply = reply.trim();
        let Some(asked) = self.step(&at).and_then(|step| step.decision.clone()) else {
            return Vec::new();
        };
        let mut acts = Vec::new();
        match &choice {
            Choice { what: None, .. } if reply.is_empty() => {
                return vec![Act::Say("Nothing is recorded; the step stays open.".to_owned())];
            }
            Choice { what: None, .. } => {
                choice.what = option(&asked.options, reply);
                if choice.what.is_none() {
                    let options = wording::count(asked.options.len(), "option");
                    acts.push(Act::Refuse(format!("There are {options}.")));
                }
            }
            Choice { by: None, .. } if !reply.is_empty() => choice.by = Some(reply.to_owned()),
            Choice { by: Some(_), role: None, .. } => {
                let wanted = asked.role.map(Role::as_str).unwrap_or_default();
                match self.role(if reply.is_empty() { wanted } else { reply }) {
                    Ok(role) => {
                        let other = !wanted.is_empty() && role.as_str() != wanted;
                        acts.extend(other.then(|| {
                            Act::Say(format!("The playbook has the {wanted} decide this."))
                        }));
                        choice.role = Some(role);
                    }
                    Err(why) => acts.push(Act::Refuse(why)),
                }
            }
            Choice { basis: None, role: Some(_), .. } if !reply.is_empty() => {
                choice.basis = Some(reply.to_owned());
            }
            Choice { what: Some(what), by: Some(by), role: Some(role), basis: Some(basis) } => {
                let person = (by.clone(), role.clone());
                let decision = Decision {
                    decided: Some(what.as_str().into()),
                    question: Some(asked.question.into()),
                    options: asked.options.into_iter().map(Into::into).collect(),
                    dissent: (!reply.is_empty()).then(|| reply.into()),
                    ..Decision::new(&at.step, Value::Unknown, person, basis.as_str().into())
                };
                acts.push(self.draft(&at, decision, done.occurred.clone()));
                let text = done.text.clone().filter(|text| !text.is_empty());
                let text = Some(text.unwrap_or_else(|| format!("decided: {what}")));
                acts.extend(self.go_on(incident, at, Done { text, ..done }));
                return acts;
            }
            _ => acts.push(Act::Refuse("A decision needs a name, a role and a basis.".to_owned())),
        }
        self.mode = Asking::Choice { at, done, choice };
        acts
    }
}

/// An option by its number, or words of one's own. None: there is no option of that number.
fn option(options: &[String], reply: &str) -> Option<String> {
    match reply.parse::<usize>() {
        Ok(number) if !options.is_empty() => options.get(number.checked_sub(1)?).cloned(),
        _ => Some(reply.to_owned()),
    }
}
