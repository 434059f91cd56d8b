//! `e`: what is kept beside the questions, and which of the exhibits that a step wants it is.

use super::reference::references;
use super::{Act, Asking, Question, QuestionPart, Walk};
use crate::incident::{Incident, StepKey};

impl Walk<'_> {
    /// Evidence of a step, of one place or of several, for what it wants and does not have. Where it wants
    /// several things, or what proves that a notice was sent, a person is asked which it is.
    pub fn pick_evidence(
        &mut self,
        incident: &Incident,
        places: &[StepKey],
        spec: &str,
    ) -> Vec<Act> {
        let spec = spec.trim();
        if spec.is_empty() {
            self.mode = Asking::EvidenceSpec { places: places.to_vec() };
            return Vec::new();
        }
        let open = self.open_exhibits(incident, places).len();
        // A draft is kept beside a notice, too, and what has a name of its own may be another thing.
        let proves = places.iter().any(|at| self.is_unproven(incident, at));
        let is_named =
            spec.contains(' ') && references(spec, |part| self.files.contains(part)).len() == 1;
        if self.patient && (open > 1 || open > 0 && (proves || is_named)) {
            self.mode = Asking::WhichExhibit { places: places.to_vec(), spec: spec.to_owned() };
            return Vec::new();
        }
        self.keep_for(incident, places, spec, |walk, at| {
            walk.open_exhibits(incident, std::slice::from_ref(at)).into_iter().next()
        })
    }

    fn keep_for(
        &mut self,
        incident: &Incident,
        places: &[StepKey],
        spec: &str,
        wanted: impl Fn(&Self, &StepKey) -> Option<String>,
    ) -> Vec<Act> {
        match self.paired(spec, places, &[]) {
            Ok(pairs) => {
                self.doubt_owner(incident, &pairs);
                let keep = |(at, spec): (&StepKey, &str)| self.keep(at, spec, wanted(self, at));
                vec![Act::Keep(pairs.into_iter().map(keep).collect())]
            }
            Err(why) => vec![Act::Refuse(why)],
        }
    }

    /// What a step wants and one of these places does not have.
    fn open_exhibits(&self, incident: &Incident, places: &[StepKey]) -> Vec<String> {
        let Some(step) = places.first().and_then(|at| self.step(at)) else { return Vec::new() };
        let is_open = |id: &str| {
            places
                .iter()
                .any(|at| !incident.has_evidence(&self.address(at), id, at.item.as_deref()))
        };
        let wanted = step.evidence.iter().map(|wanted| wanted.id.clone());
        wanted.filter(|id| is_open(id)).collect()
    }

    pub(super) fn ask_which_exhibit(&self, incident: &Incident, places: &[StepKey]) -> Question {
        let open = self.open_exhibits(incident, places);
        let at = &places[0];
        let prompt = format!("Which is it? 1 to {}: ", open.len() + 1);
        let mut question = Question::plain(at, QuestionPart::Aside, &prompt);
        let title = |id: &String| self.wanted_title(at, id).unwrap_or_else(|| id.clone());
        let titles = open.iter().map(title).chain(["Something else".to_owned()]);
        let lines = titles.enumerate().map(|(number, title)| format!("  {} {title}", number + 1));
        question.lines.extend(lines);
        question
    }

    pub(super) fn which_exhibit(
        &mut self,
        incident: &Incident,
        (places, spec): (Vec<StepKey>, String),
        reply: &str,
    ) -> Vec<Act> {
        let open = self.open_exhibits(incident, &places);
        let number = reply.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        match number {
            _ if reply.trim().is_empty() => vec![Act::Say("Nothing was kept.".to_owned())],
            Some(number) if number <= open.len() => {
                self.keep_for(incident, &places, &spec, |_, _| open.get(number).cloned())
            }
            _ => {
                self.mode = Asking::WhichExhibit { places, spec };
                vec![Act::Refuse("Answer with its number; < keeps nothing.".to_owned())]
            }
        }
    }
}
