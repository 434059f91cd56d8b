//! The evidence that a step wants: asked for, taken in, owed.

use super::done::targets;
use super::key::{self, Key};
use super::reference::{is_evidence, is_reference, references, words};
use super::{Act, Asking, Done, Keep, Question, QuestionPart, Walk};
use crate::id;
use crate::incident::event::Outcome;
use crate::incident::{Incident, StepKey};
use crate::wording;

impl Walk<'_> {
    /// Required evidence of a step that is not there yet.
    pub(super) fn wanted(&self, incident: &Incident, at: &StepKey) -> Vec<String> {
        self.lacking(incident, at, true)
    }

    /// Evidence of a step that is not there yet: what is required, or the rest.
    fn lacking(&self, incident: &Incident, at: &StepKey, required: bool) -> Vec<String> {
        let address = self.address(at);
        self.step(at)
            .into_iter()
            .flat_map(|step| &step.evidence)
            .filter(|wanted| wanted.required == required)
            .filter(|wanted| !incident.has_evidence(&address, &wanted.id, at.item.as_deref()))
            .map(|wanted| wanted.id.clone())
            .collect()
    }

    /// What is required for the items that an act is about: each thing once, with the places that lack it.
    pub(super) fn wanted_of(&self, incident: &Incident, at: &StepKey, done: &Done) -> Vec<Missing> {
        self.lacking_of(incident, at, done, true)
    }

    fn lacking_of(
        &self,
        incident: &Incident,
        at: &StepKey,
        done: &Done,
        required: bool,
    ) -> Vec<Missing> {
        let mut missing: Vec<Missing> = Vec::new();
        for at in targets(at, done) {
            for wanted in self.lacking(incident, &at, required) {
                if let Some(known) = missing.iter_mut().find(|known| known.wanted == wanted) {
                    known.places.push(at.clone());
                } else {
                    let places = vec![at.clone()];
                    missing.push(Missing { wanted, places, handed: Vec::new() });
                }
            }
        }
        missing
    }

    /// `d PATH`, `d REFERENCE TEXT`, `d FILE TEXT`: the evidence that a step lacks, given with its outcome, and the text
    /// that is left. None where the text begins with no path and no reference, or nothing is lacking.
    ///
    /// # Errors
    /// It does not say which item gets what.
    pub(super) fn handed<'t>(
        &mut self,
        incident: &Incident,
        at: &StepKey,
        done: &Done,
        text: &'t str,
    ) -> Result<Option<(Act, &'t str)>, String> {
        let is_duty = super::duty::duty_of(self.step(at), &targets(at, done));
        let parts = if self.is_evidence(text) {
            Some((text, ""))
        } else {
            let is_kept = |first: &str| is_reference(first) || self.is_file(first);
            text.split_once(' ').filter(|(first, _)| is_kept(first))
        };
        let Some((spec, text)) = parts.filter(|_| self.patient && !is_duty) else {
            return Ok(None);
        };
        let required = self.wanted_of(incident, at, done);
        if required.len() > 1 {
            let step = "This step wants several exhibits";
            return Err(format!("{step}: d TEXT asks for each, and e {spec} asks which it is."));
        }
        let other = || self.lacking_of(incident, at, done, false).into_iter().next();
        let lacking = required.into_iter().next().or_else(other);
        let Some(Missing { wanted, places, .. }) = lacking else { return Ok(None) };
        let pairs = self.paired(spec, &places, &[])?;
        self.doubt_owner(incident, &pairs);
        let keep = |(at, spec)| self.keep(at, spec, Some(wanted.clone()));
        Ok(Some((Act::Keep(pairs.into_iter().map(keep).collect()), text.trim())))
    }

    /// Whether a text is evidence and nothing else, be it the name of a file here.
    pub(super) fn is_evidence(&self, text: &str) -> bool {
        let mut all = words(text).peekable();
        let is_one = |word: &str| is_reference(word) || self.is_file(word);
        is_evidence(text) || all.peek().is_some() && all.all(is_one)
    }

    /// Whether a text is several words, and neither a path nor a reference is among them.
    fn is_sentence(&self, text: &str) -> bool {
        let is_word = |word: &str| {
            !word.contains(['/', '\\', ':']) && !word.contains('.') && !self.files.contains(word)
        };
        let is_file = self.files.contains(text);
        !is_file && text.split_whitespace().count() > 1 && text.split_whitespace().all(is_word)
    }

    /// Whether it is the name of a file here, and no word that somebody happens to have a file of.
    fn is_file(&self, text: &str) -> bool {
        text.contains('.') && self.files.contains(text)
    }

    pub(super) fn next_evidence(
        &mut self,
        incident: &Incident,
        at: StepKey,
        queue: Vec<Missing>,
        done: Done,
    ) -> Vec<Act> {
        if !queue.is_empty() {
            self.mode = Asking::Evidence { at, queue, done, handed: false };
            return Vec::new();
        }
        self.settle(incident, at, Outcome::Done, done)
    }

    pub(super) fn ask_evidence(&self, missing: &Missing) -> Question {
        let Missing { wanted, places, .. } = missing;
        let at = &places[0];
        let title = self.title_of(missing);
        let mut question =
            Question::plain(at, QuestionPart::Evidence(wanted.clone()), "Evidence: ");
        let items: Vec<&str> = places.iter().filter_map(|at| at.item.as_deref()).collect();
        let named = places.len() == 1 && items.iter().all(|item| title.contains(item));
        let of = match items.as_slice() {
            [] => String::new(),
            _ if named => String::new(),
            items => format!(" ({})", wording::few_of(items, 6)),
        };
        question.lines.push(format!("Wanted: {title}{of}"));
        let how = missing.how();
        question.lines.extend((!self.hinted.contains(how)).then(|| how.to_owned()));
        question
    }

    pub(super) fn wanted_title(&self, at: &StepKey, wanted: &str) -> Option<String> {
        let step = self.step(at)?;
        let wanted = step.evidence.iter().find(|evidence| evidence.id == wanted)?;
        Some(step.fill(&wanted.title, at.item.as_deref()))
    }

    /// What is missing, as its title says it: of the one place that lacks it, or of each.
    fn title_of(&self, Missing { wanted, places, .. }: &Missing) -> String {
        let each = StepKey { item: None, ..places[0].clone() };
        let at = if places.len() == 1 { &places[0] } else { &each };
        self.wanted_title(at, wanted).unwrap_or_else(|| wanted.clone())
    }

    pub(super) fn evidence(
        &mut self,
        incident: &Incident,
        at: StepKey,
        mut queue: Vec<Missing>,
        done: Done,
        reply: &str,
    ) -> Vec<Act> {
        let spec = match key::parse(reply) {
            // As it is typed at the step.
            Some((Key::Evidence, spec)) if self.patient && !spec.is_empty() => spec,
            _ => reply.trim(),
        };
        // As at a fact; a file of that name is `./later`.
        let comes_later = ["unknown", "later"].iter().any(|word| spec.eq_ignore_ascii_case(word));
        let spec = if self.patient && comes_later { "" } else { spec };
        if self.patient && self.is_typed_for_a_step(spec) {
            self.mode = Asking::Evidence { at, queue, done, handed: false };
            let line = wording::clip(spec, 30);
            return vec![Act::Refuse(format!(
                "`{line}` begins with a key; < goes back to the step. If it is a file, type ./{line}"
            ))];
        }
        if self.patient && ["none", "n/a"].contains(&&*spec.to_lowercase()) {
            self.mode = Asking::Evidence { at, queue, done, handed: false };
            let how = "There is none? note:none and why keeps that; Enter leaves it owed.";
            return vec![Act::Refuse(how.to_owned())];
        }
        // `usb: stick-3`.
        let closed = spec
            .split_once(": ")
            .filter(|(of, thing)| self.patient && id::is_kebab(of) && !thing.contains(' '));
        let closed = closed.map(|(of, thing)| format!("{of}:{thing}"));
        let spec = closed.as_deref().unwrap_or(spec);
        let has = |of: fn(char) -> bool| spec.contains(of);
        let is_ticket = has(|c| c.is_ascii_digit()) && has(|c| c.is_ascii_uppercase());
        if self.patient
            && is_ticket
            && !spec.contains([':', '/', '.', ' ', '\\'])
            && !self.files.contains(spec)
        {
            self.mode = Asking::Evidence { at, queue, done, handed: false };
            return vec![Act::Refuse(format!(
                "There is no file {spec} here. If it is a ticket, type ticket:{spec}."
            ))];
        }
        if self.patient && self.is_sentence(spec) {
            self.mode = Asking::Evidence { at, queue, done, handed: false };
            let how = "That is neither a path nor a reference such as aws:snap-0a1b or paper:notebook-3. Enter \
                       leaves it owed; n at the step keeps words as a note.";
            return vec![Act::Refuse(how.to_owned())];
        }
        self.hinted.extend(self.patient.then(|| queue[0].how()));
        let Missing { wanted, places, handed } = queue[0].clone();
        if !spec.is_empty() {
            let pairs = match self.paired(spec, &places, &handed) {
                Ok(pairs) => pairs,
                Err(why) => {
                    self.mode = Asking::Evidence { at, queue, done, handed: false };
                    return vec![Act::Refuse(why)];
                }
            };
            self.doubt_owner(incident, &pairs);
            let given = pairs.iter().map(|(at, spec)| ((*at).clone(), (*spec).to_owned()));
            queue[0].handed.extend(given);
            self.mode = Asking::Evidence { at, queue, done, handed: true };
            let keep = |(at, spec)| self.keep(at, spec, Some(wanted.clone()));
            return vec![Act::Keep(pairs.into_iter().map(keep).collect())];
        }
        let title = self.title_of(&queue[0]);
        queue.remove(0);
        let mut acts =
            vec![Act::Warn(format!("Owed: {title}. `status` and `close` will remind you."))];
        acts.extend(self.next_evidence(incident, at, queue, done));
        acts
    }

    /// Goes on after evidence was handed in: what could not be kept is asked for again.
    pub(super) fn after_evidence(
        &mut self,
        incident: &Incident,
        at: StepKey,
        mut queue: Vec<Missing>,
        done: Done,
    ) -> Vec<Act> {
        let Missing { wanted, places, handed } = &mut queue[0];
        places.retain(|of| {
            let address = format!("{}/{}", self.playbook.phase, of.step);
            !incident.has_evidence(&address, wanted, of.item.as_deref())
        });
        // What could not be kept may come again.
        handed.retain(|(at, _)| !places.contains(at));
        if places.is_empty() {
            queue.remove(0);
        }
        self.next_evidence(incident, at, queue, done)
    }

    /// What was given for the places: one for all of them, or one for each. What is kept already, of a line
    /// that comes again with a slip mended, is passed over.
    pub(super) fn paired<'a>(
        &self,
        spec: &'a str,
        places: &'a [StepKey],
        kept: &[(StepKey, String)],
    ) -> Result<Vec<(&'a StepKey, &'a str)>, String> {
        let mut each = references(spec, |part| self.files.contains(part));
        each.retain(|one| kept.iter().all(|(_, spec)| spec != one));
        match (each.len(), places) {
            (n, places) if n == places.len() => by_name(places, each),
            (_, [one]) => Ok(each.into_iter().map(|spec| (one, spec)).collect()),
            (1, places) => Ok(places.iter().map(|place| (place, each[0])).collect()),
            (n, places) => Err(format!(
                "That names {n} for {} items: give one for all of them, or one for each.",
                places.len()
            )),
        }
    }

    /// Asks back for evidence that has the name of another item of its step in its own.
    pub(super) fn doubt_owner(&mut self, incident: &Incident, pairs: &[(&StepKey, &str)]) {
        let Some((first, _)) = pairs.first() else { return };
        let group = StepKey { item: None, ..(*first).clone() };
        let all = self.items(incident, &group).all;
        let other = pairs.iter().find_map(|(at, spec)| {
            let item = at.item.as_ref()?;
            let named = named_in(spec, all.iter().map(String::as_str))?;
            (named != item)
                .then(|| format!("`{spec}` has {named} in its name, and is kept of {item}."))
        });
        self.doubt = other.or_else(|| self.doubt.take());
    }

    pub(super) fn keep(&self, at: &StepKey, spec: &str, wanted: Option<String>) -> Keep {
        Keep {
            spec: spec.to_owned(),
            title: wanted.as_deref().and_then(|wanted| self.wanted_title(at, wanted)),
            step: self.address(at),
            item: at.item.clone(),
            wanted,
            privileged: self.is_privileged(at),
        }
    }
}

/// One for each place, in their order; where the names of several tell whose they are, by those.
fn by_name<'a>(
    places: &'a [StepKey],
    each: Vec<&'a str>,
) -> Result<Vec<(&'a StepKey, &'a str)>, String> {
    let of = |spec: &str| {
        let named = named_in(spec, places.iter().filter_map(|at| at.item.as_deref()))?;
        places.iter().find(|at| at.item.as_deref() == Some(named))
    };
    let pairs: Option<Vec<_>> = each.iter().map(|spec| Some((of(spec)?, *spec))).collect();
    if let Some(pairs) = pairs.filter(|pairs| {
        places.iter().all(|at| pairs.iter().filter(|(of, _)| *of == at).count() == 1)
    }) {
        return Ok(pairs);
    }
    let in_order: Vec<_> = places.iter().zip(each).collect();
    let wrong = in_order.iter().find(|(at, spec)| of(spec).is_some_and(|of| of != *at));
    match wrong {
        None => Ok(in_order),
        Some((at, spec)) => Err(format!(
            "In this order {spec} would be of {}: give them one by one, as in e {0}: PATH.",
            at.item.as_deref().unwrap_or_default(),
        )),
    }
}

/// The item whose name is in that of a file or a reference; of several the longest.
fn named_in<'i>(spec: &str, items: impl Iterator<Item = &'i str>) -> Option<&'i str> {
    let spec = spec.to_lowercase();
    let is_whole = |item: &str, at: usize| {
        let ends = [spec[..at].chars().next_back(), spec[at + item.len()..].chars().next()];
        // `web-1` is not in `web-10.img`.
        !ends.into_iter().flatten().any(char::is_alphanumeric)
    };
    let is_in = |item: &&str| {
        let item = item.to_lowercase();
        // `srv1.raw` is of srv-1, too.
        let spellings = [item.replace(['-', '_', ' '], ""), item];
        spellings.iter().any(|item| {
            item.len() > 1 && spec.match_indices(item).any(|(at, _)| is_whole(item, at))
        })
    };
    items.filter(is_in).max_by_key(|item| item.len())
}

/// Evidence that is wanted and not there.
#[derive(Clone, Debug)]
pub(super) struct Missing {
    /// Its id.
    wanted: String,
    /// The places that lack it; at least one.
    places: Vec<StepKey>,
    /// What was kept for others in the same answer.
    handed: Vec<(StepKey, String)>,
}

impl Missing {
    /// How it is given.
    fn how(&self) -> &'static str {
        match self.places.len() {
            1 => {
                "A path or a reference such as aws:snap-0a1b; Enter if it comes later. From the \
                 step, d PATH does both."
            }
            _ => "One path or reference for all, or one each, with commas; Enter for later.",
        }
    }
}
