//! Which step is asked about, and for a person with all of its open items on one card.

use super::card::{StepCard, facts};
use super::duty;
use super::plan::{Plan, Standing};
use super::{Question, QuestionPart, Walk};
use crate::clock::Moment;
use crate::incident::{Incident, StepKey};

/// The items of a card.
#[derive(Clone, Debug, Default)]
pub(super) struct Items {
    /// All of them.
    pub(super) all: Vec<String>,
    /// Those that are not settled: what `all` means where something is settled.
    pub(super) left: Vec<String>,
    /// Of these, those that wait for nobody, or for the person at the keyboard: what `rest` means.
    pub(super) ready: Vec<String>,
    /// Of these, those that are assigned to the person at the keyboard: what `mine` means.
    pub(super) mine: Vec<String>,
    /// What one of them is called.
    pub(super) noun: String,
}

impl Items {
    /// Those to choose from: what is ready, or left, or all.
    pub(super) fn offered(&self) -> &[String] {
        [&self.ready, &self.left].into_iter().find(|some| !some.is_empty()).unwrap_or(&self.all)
    }

    /// The one that a line without any is about.
    pub(super) fn only(&self) -> Option<&String> {
        match [&self.all, &self.ready, &self.left].map(Vec::as_slice) {
            [[one], ..] | [_, [one], _] | [_, [], [one]] => Some(one),
            _ => None,
        }
    }

    /// Whether they are listed with numbers: side by side, names with commas or blanks run into each other.
    pub(super) fn are_numbered(&self) -> bool {
        const WIDTH: usize = 60;
        const MOST: usize = 12;
        let offered = self.offered();
        let width: usize = offered.iter().map(|name| name.chars().count()).sum();
        let has = |what: &[char]| offered.iter().any(|name| name.contains(what));
        offered.len() <= MOST && (has(&[',']) || width > WIDTH && has(&[' ', '/']))
    }

    /// Those with the numbers that a line begins with, and the rest of it, if no item is called so.
    pub(super) fn by_number<'l>(&self, line: &'l str) -> Option<(Vec<String>, &'l str)> {
        let (mut found, mut rest) = (Vec::new(), line.trim());
        while self.are_numbered() && !rest.is_empty() {
            let end = rest.find([' ', ',', ':']).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            let after = after.trim_start_matches([' ', ',']);
            let is_name = self.all.iter().any(|item| item == word);
            let number = word.parse::<usize>().ok().filter(|_| !is_name);
            let item = number.and_then(|number| self.offered().get(number.checked_sub(1)?));
            let joins = ["and", "&", "+"].contains(&word) && !found.is_empty();
            let range = word.split_once("..").or_else(|| word.split_once('-'));
            let range = range.and_then(|(from, to)| {
                let (from, to) = (from.parse::<usize>().ok()?, to.parse::<usize>().ok()?);
                self.offered().get(from.checked_sub(1)?..to)
            });
            match item {
                Some(item) => found.push(item.clone()),
                None if range.is_some_and(|range| !range.is_empty()) => {
                    found.extend_from_slice(range.unwrap_or_default());
                }
                None if joins => {}
                None => break,
            }
            rest = after;
            if let Some(text) = rest.strip_prefix(':') {
                rest = text.trim();
                break;
            }
        }
        (!found.is_empty()).then_some((found, rest))
    }
}

impl Walk<'_> {
    /// What to ask about: what was chosen, what is assigned to the person who walks, what is due
    /// again, what is ready, and at the end each place that an earlier walk had set aside, once.
    pub(super) fn choose(
        &mut self,
        plan: &Plan,
        incident: &Incident,
        now: Moment,
    ) -> Option<StepKey> {
        if let Some(key) = self.chosen.as_ref().filter(|key| self.stays(plan, incident, key)) {
            return Some(key.clone());
        }
        self.leave();
        let unseen = || plan.aside().filter(|&place| self.is_unseen(plan, place));
        let is_due = |&place: &usize| {
            let state = incident.step(self.playbook.phase, &self.key(plan, place));
            state.and_then(|state| state.check_at).is_some_and(|at| at <= now.at)
        };
        let place = self
            .mine(plan, incident)
            .or_else(|| unseen().find(is_due))
            .or_else(|| plan.next_ready(self.playbook, now.at))
            .or_else(|| unseen().next())
            .or_else(|| self.again(plan, incident))?;
        let key = self.card_key(plan, place);
        self.chosen = Some(key.clone());
        // Of what is set aside, something may be said until somebody goes on.
        self.held = plan.places[place].standing != Standing::Open;
        Some(key)
    }

    /// The question about the step that is asked about already, as it stands now. None: there is nothing
    /// left to say of it.
    pub fn again_at(&self, incident: &Incident, now: Moment) -> Option<Question> {
        let plan = Plan::new(self.playbook, incident);
        let key = self.chosen.clone()?;
        let places = self.places(&plan, &key);
        let is_left = |&place: &usize| {
            plan.places[place].standing != Standing::Settled && plan.concerns(place)
        };
        let stays = self.held && !places.is_empty() || places.iter().any(is_left);
        stays.then(|| self.ask_step(&plan, incident, now, &key))
    }

    /// Whether the card stays: it was asked for, or something on it is open. What somebody else settled
    /// meanwhile goes.
    fn stays(&self, plan: &Plan, incident: &Incident, key: &StepKey) -> bool {
        let places = self.places(plan, key);
        // What is assigned to whoever sits here is for them to do.
        let open = |&place: &usize| {
            let is_open = plan.places[place].standing == Standing::Open;
            (is_open || self.is_mine(plan, incident, place)) && plan.concerns(place)
        };
        let left = |&place: &usize| plan.places[place].standing != Standing::Settled;
        let stays =
            if self.is_group(key) { places.iter().any(open) } else { places.iter().any(left) };
        self.held && !places.is_empty() || stays
    }

    /// Leaves the card: the next question is about what is ready then.
    pub(super) fn leave(&mut self) {
        self.chosen = None;
        self.held = false;
    }

    /// Goes to a step and stays there until something is said of it.
    pub(super) fn hold(&mut self, key: StepKey) {
        self.chosen = Some(key);
        self.held = true;
    }

    /// The key of the card on which a place stands. A person sees all items of a step on one card;
    /// duties of the law come one by one, since each is a notice of its own.
    pub(super) fn card_key(&self, plan: &Plan, place: usize) -> StepKey {
        let key = self.key(plan, place);
        let step = &self.playbook.steps[plan.places[place].step];
        if self.patient && duty::duty(step, &key).is_none() {
            return StepKey { item: None, ..key };
        }
        key
    }

    /// The places of a key: one, or for a card with items all of them.
    pub(super) fn places(&self, plan: &Plan, key: &StepKey) -> Vec<usize> {
        if self.is_group(key) {
            let step = self.playbook.steps.iter().position(|step| step.id == key.step);
            return step.map(|step| plan.range(step).collect()).unwrap_or_default();
        }
        plan.find(self.playbook, key).into_iter().collect()
    }

    /// Whether a key stands for all items of a step.
    pub(super) fn is_group(&self, key: &StepKey) -> bool {
        let repeats = |key: &StepKey| self.step(key).is_some_and(|step| step.for_each.is_some());
        self.patient && key.item.is_none() && repeats(key)
    }

    /// The items of a card.
    pub(super) fn items(&self, incident: &Incident, key: &StepKey) -> Items {
        if !self.is_group(key) {
            return Items::default();
        }
        let plan = Plan::new(self.playbook, incident);
        let places = self.places(&plan, key);
        let of = |wanted: &dyn Fn(usize) -> bool| {
            let items = places.iter().filter(|place| wanted(**place));
            items.filter_map(|&place| plan.places[place].item.clone()).collect()
        };
        let standing = |place: usize| plan.places[place].standing;
        let mine =
            |place| standing(place) == Standing::Aside && self.is_mine(&plan, incident, place);
        Items {
            all: of(&|_| true),
            left: of(&|place| standing(place) != Standing::Settled),
            ready: of(&|place| standing(place) == Standing::Open || mine(place)),
            mine: of(&mine),
            noun: self.noun(key).to_owned(),
        }
    }

    /// Where somebody who comes back to a finished phase begins: at what is owed, or at what came out
    /// last. Only a person is asked, and only before this walk has settled anything.
    fn again(&self, plan: &Plan, incident: &Incident) -> Option<usize> {
        if !self.patient || !self.trail.is_empty() {
            return None;
        }
        let owes = |place: &usize| {
            let key = self.key(plan, *place);
            let missing = !self.wanted(incident, &key).is_empty();
            missing && plan.places[*place].standing == Standing::Settled && plan.concerns(*place)
        };
        let latest = incident.phases.get(&self.playbook.phase)?.latest.as_ref();
        let latest = || latest.and_then(|key| plan.find(self.playbook, key));
        (0..plan.places.len()).find(owes).or_else(latest)
    }

    pub(super) fn ask_step(
        &self,
        plan: &Plan,
        incident: &Incident,
        now: Moment,
        key: &StepKey,
    ) -> Question {
        let places = self.places(plan, key);
        let mut card =
            StepCard::new(self.playbook, self.vocabulary, incident, plan, (key, &places));
        card.items.extend(self.card_recipients(incident, key));
        if let Some(step) = self.step(key) {
            let names = self.of_duties(step);
            card.facts.extend(facts(step, (&names, incident), self.vocabulary, None));
        }
        let mut question = Question::plain(key, QuestionPart::Step, "> ");
        question.card = Some(card);
        let settled = |&place: &usize| plan.places[place].standing == Standing::Settled;
        if places.iter().all(settled) && plan.next_ready(self.playbook, now.at).is_none() {
            let group = StepKey { item: None, ..key.clone() };
            let left = self.items(incident, &group).left.len();
            question.lines.push(if left > 0 && key.item.is_some() {
                format!("This one is settled; {left} more of this step are not. o lists them.")
            } else {
                "Everything here is settled. e keeps evidence, j goes to a step, q stops."
                    .to_owned()
            });
        }
        question
    }
}
