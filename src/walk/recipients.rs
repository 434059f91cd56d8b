//! A duty that goes to several is told to each of them: on its card they are the items.

use std::collections::BTreeMap;

use super::duty::{duty, stays};
use super::focus::Items;
use super::key::Key;
use super::plan::Standing;
use super::{Act, Asking, CardItem, Done, Walk};
use crate::incident::{Incident, Notice, StepKey};
use crate::regime::Recipient;
use crate::wording;

impl Walk<'_> {
    /// Takes in which duties go to several, as the law has it now.
    pub fn tell_each(&mut self, several: BTreeMap<String, Vec<Recipient>>) {
        self.several = several;
    }

    /// Those to whom the duty of a place goes, each with the notice that told them.
    fn each<'i>(
        &self,
        incident: &'i Incident,
        at: &StepKey,
    ) -> Vec<(&Recipient, Option<&'i Notice>)> {
        let duty = self.step(at).and_then(|step| duty(step, at)).filter(|_| self.patient);
        let Some((duty, all)) = duty.and_then(|duty| self.several.get_key_value(duty)) else {
            return Vec::new();
        };
        let sent = incident.notices.get(duty).map(Vec::as_slice).unwrap_or_default();
        let told = |one: &Recipient| {
            sent.iter()
                .rfind(|sent| sent.recipient.as_ref() == Some(&one.called) && sent.is_first())
        };
        all.iter().map(|one| (one, told(one))).collect()
    }

    /// Those to whom the duty of a place goes and whom nobody told, but for these.
    pub(super) fn untold(&self, incident: &Incident, at: &StepKey, but: &[String]) -> Vec<String> {
        let each = self.each(incident, at).into_iter().filter(|(_, told)| told.is_none());
        each.map(|(one, _)| one.name.clone()).filter(|name| !but.contains(name)).collect()
    }

    /// Who of these was told before, with how: nobody is told twice in passing.
    pub(super) fn told_before(
        &self,
        incident: &Incident,
        at: &StepKey,
        names: &[String],
    ) -> Option<String> {
        let each = self.each(incident, at).into_iter();
        let mut told = each.filter_map(|(one, told)| told.map(|told| (&one.name, told)));
        let (name, told) = told.find(|(name, _)| names.contains(name))?;
        let at = told.recorded_at.format("%H:%M");
        let reference = told.reference.as_ref().map(|text| format!(", {text}")).unwrap_or_default();
        Some(format!(
            "Nothing was recorded: {} told {name} at {at}{reference}. d names the others alone.",
            told.by
        ))
    }

    /// The name of one of those to whom the duty of a place goes with which a line begins: what is not `d`
    /// is about the whole notice.
    pub(super) fn names_recipient(
        &self,
        incident: &Incident,
        at: &StepKey,
        line: &str,
    ) -> Option<String> {
        let head = line.split([':', ' ', ',']).next().unwrap_or_default();
        let mut each = self.each(incident, at).into_iter().map(|(one, _)| &one.name);
        each.find(|name| name.eq_ignore_ascii_case(head)).cloned()
    }

    /// As the record calls one of those to whom the duty of a place goes.
    pub(super) fn called(&self, incident: &Incident, at: &StepKey, name: &str) -> Option<String> {
        let each = self.each(incident, at).into_iter();
        each.map(|(one, _)| one).find(|one| one.name == name).map(|one| one.called.clone())
    }

    /// The items that a key can be about: of a notice to several, those to whom it goes.
    pub(super) fn items_of(&self, incident: &Incident, at: &StepKey, key: Key) -> Items {
        let each = self.each(incident, at);
        if key != Key::Done || each.is_empty() {
            return self.items(incident, at);
        }
        let left = self.untold(incident, at, &[]);
        Items {
            all: each.iter().map(|(one, _)| one.name.clone()).collect(),
            left: left.clone(),
            ready: left,
            mine: Vec::new(),
            noun: "recipient".to_owned(),
        }
    }

    /// The same for the card.
    pub(super) fn card_recipients(&self, incident: &Incident, at: &StepKey) -> Vec<CardItem> {
        let item = |(one, told): (&Recipient, Option<&Notice>)| CardItem {
            name: one.name.clone(),
            standing: if told.is_some() { Standing::Settled } else { Standing::Open },
            state: told.map_or_else(
                || "open".to_owned(),
                |told| format!("told {} by {}", told.at.earliest.format("%H:%M"), told.by),
            ),
            unkept: false,
        };
        self.each(incident, at).into_iter().map(item).collect()
    }

    /// Records that some of those to whom a duty goes were told, and others were not: it stays open. None:
    /// nobody is left.
    pub(super) fn tell_some(
        &mut self,
        incident: &Incident,
        at: &StepKey,
        done: &Done,
    ) -> Option<Vec<Act>> {
        if let Some(left) = self.left_over(incident, at, done).filter(|_| self.patient) {
            let duty = at.item.as_deref().unwrap_or_default();
            let mut acts = self.notices(incident, at, done);
            acts.push(Act::Warn(stays(duty, left)));
            self.mode = Asking::Step;
            return Some(acts);
        }
        let left = self.untold(incident, at, &done.told);
        if left.is_empty() || done.told.is_empty() {
            return None;
        }
        let mut acts = self.notices(incident, at, done);
        let (told, left) = (wording::list(&done.told), wording::list(&left));
        let duty = at.item.as_deref().unwrap_or_default();
        acts.push(Act::Recorded(format!("{duty} sent to {told}; still owed to {left}")));
        self.mode = Asking::Step;
        Some(acts)
    }
}
