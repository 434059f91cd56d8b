//! Whose a step is, and what has come due while somebody sat at the prompt.

use std::collections::HashSet;

use super::Walk;
use super::briefing::briefing_due;
use super::card::stands;
use super::plan::Plan;
use crate::clock::Moment;
use crate::document::nearest;
use crate::fact::answers_anything;
use crate::incident::Incident;
use crate::incident::event::{DecidedAs, Outcome};

impl Walk<'_> {
    /// The same walk, by somebody whose steps come first.
    #[must_use]
    pub fn by(self, name: Option<String>) -> Self {
        Self { name, ..self }
    }

    /// The same walk, with answers that give the decisions of these steps.
    #[must_use]
    pub fn deciding(self, answered: HashSet<String>) -> Self {
        Self { answered, ..self }
    }

    /// The first place that is assigned to the person who walks and that this walk has not shown yet.
    pub(super) fn mine(&self, plan: &Plan, incident: &Incident) -> Option<usize> {
        let mut mine = plan.aside().filter(|&place| self.is_mine(plan, incident, place));
        mine.find(|&place| self.is_unseen(plan, place))
    }

    /// Whether a place is assigned to the person at the keyboard.
    pub(super) fn is_mine(&self, plan: &Plan, incident: &Incident, place: usize) -> bool {
        let Some(name) = self.name.as_deref().filter(|_| self.patient) else { return false };
        let state = incident.step(self.playbook.phase, &self.key(plan, place));
        let assigned = state.filter(|state| state.outcome == Outcome::Assigned);
        assigned.and_then(|state| state.owner.as_deref()).is_some_and(|of| is_of(of, name))
    }

    pub(super) fn is_unseen(&self, plan: &Plan, place: usize) -> bool {
        !self.reviewed.contains(&self.key(plan, place))
    }

    /// What has come due since this was asked last, in words; it is offered again.
    pub fn due(&mut self, incident: &Incident, now: Moment) -> Vec<String> {
        let plan = Plan::new(self.playbook, incident);
        let mut lines = Vec::new();
        for place in plan.aside().collect::<Vec<usize>>() {
            let key = self.key(&plan, place);
            let Some(state) = incident.step(self.playbook.phase, &key) else { continue };
            let Some(at) = state.check_at.filter(|at| *at <= now.at) else { continue };
            if self.told.insert((key.clone(), at)) {
                self.reviewed.remove(&key);
                let item = key.item.as_ref().map(|item| format!(" {item}")).unwrap_or_default();
                let number = plan.places[place].step + 1;
                let stands = stands(state);
                lines.push(format!("Time is up: {number} {}{item}, {stands}.", key.step));
            }
        }
        let briefing = briefing_due(incident, now.at);
        if let Some((since, why)) = briefing.filter(|(since, _)| self.briefing != Some(*since)) {
            self.briefing = Some(since);
            lines.push(format!(
                "A briefing is due: {why}. `breach brief` writes it; afterwards, f briefed_at now."
            ));
        }
        lines
    }
}

impl Walk<'_> {
    /// What to say of whom somebody waits for, or gives a step to, if the name is doubtful.
    pub(super) fn doubtful_name(
        &self,
        incident: &Incident,
        outcome: Outcome,
        what: &str,
    ) -> Option<String> {
        let known = known(incident);
        let known_by = |word: &str| known.iter().copied().find(|name| is_of(word, name));
        let name = what.split_whitespace().next().unwrap_or_default();
        if outcome == Outcome::Assigned {
            if let Some(several) = namesakes(incident, what) {
                return Some(several);
            }
            let near = nearest(name, known.iter().filter_map(|name| name.split(' ').next()));
            // Ana is no slip of Ada.
            let is_long = name.chars().count() > 3;
            let near = near.filter(|_| self.patient && is_long && known_by(name).is_none())?;
            return Some(format!(
                "Nobody called {name} has written here, but {near} has. u takes it back."
            ));
        }
        let person = what.split_whitespace().find_map(known_by).filter(|_| self.patient)?;
        Some(format!(
            "It is waiting, and nobody has it. To give it to {person}: u, then w to {person}."
        ))
    }
}

/// Whether a step that is assigned to `owner` is that of the person called `name`: "Priya in
/// networking" is Priya Shah, and no other Priya with a surname is.
pub fn is_of(owner: &str, name: &str) -> bool {
    let ((first, surname), (other, another)) = (parts(owner), parts(name));
    first == other && surname.zip(another).is_none_or(|(surname, another)| surname == another)
}

/// The first name, and the surname if there is one.
fn parts(name: &str) -> (String, Option<String>) {
    let mut words = name.split_whitespace();
    let (whole, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let trimmed = |word: &str| word.trim_end_matches([',', ':', ';']).to_lowercase();
    let first = trimmed(whole);
    let is_whole = first.len() == whole.to_lowercase().len();
    let is_surname = is_whole && second.starts_with(char::is_uppercase);
    (first, is_surname.then(|| trimmed(second)))
}

/// Who does something, and what, of words such as `Priya will cut it`.
pub(super) fn promised(said: &str) -> Option<(&str, &str)> {
    const VERBS: [&str; 9] =
        ["will", "takes", "does", "handles", "cuts", "checks", "has", "is", "can"];
    let verb = VERBS.iter().filter_map(|verb| said.find(&format!(" {verb} "))).min()?;
    let (name, how) = (said[..verb].trim_end_matches(','), said[verb..].trim());
    (name.split(' ').count() <= 3 && !name.contains([',', ':', ';'])).then_some((name, how))
}

/// Whether what somebody does is no promise: `is asleep`.
pub(super) fn is_state(how: &str) -> bool {
    ["is ", "has ", "can "].iter().any(|verb| how.starts_with(verb))
}

/// Whether somebody here is called so, or people are: one or two words with a capital.
pub(super) fn is_person(incident: &Incident, name: &str) -> bool {
    let is_named = |word: &str| word.starts_with(char::is_uppercase) && word.len() > 2;
    known(incident).iter().any(|known| is_of(name, known))
        || name.split(' ').count() <= 2 && name.split(' ').all(is_named)
}

/// A name, and behind a sign what for: `Noor, she has the switch room`. `Ada, Bob and Omar` are three names.
pub(super) fn reasoned<'t>(incident: &Incident, given: &'t str) -> Option<(&'t str, &'t str)> {
    let (name, how) = given.split_once([',', ':', ';'])?;
    let how = how.trim();
    let mut people = how.split([',', '&']).flat_map(|part| part.split(" and "));
    let is_reason = !how.is_empty() && !people.all(|one| is_person(incident, one.trim()));
    is_reason.then_some((name.trim(), how))
}

/// Somebody known here, or `me`, with more words behind the name: `marek please, asap`. `ilse and marek` are
/// two people.
pub(super) fn person_first<'t>(incident: &Incident, given: &'t str) -> Option<(&'t str, &'t str)> {
    let names = known(incident).into_iter().flat_map(|name| {
        let first = name.split(' ').next().unwrap_or(name);
        [name, first]
    });
    let mut names: Vec<&str> = names.chain(["me", "myself"]).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let of_known = names.into_iter().find_map(|name| {
        let head = given.get(..name.len()).filter(|head| head.eq_ignore_ascii_case(name))?;
        let rest = given[name.len()..].strip_prefix(' ')?.trim_start();
        let joins =
            ["and ", "& ", "or ", "in ", "from ", "of "].iter().any(|word| rest.starts_with(word));
        let is_surname = rest.starts_with(char::is_uppercase);
        (!joins && !is_surname && !rest.is_empty()).then_some((head, rest))
    });
    of_known.or_else(|| behind_name(given))
}

/// Anybody, with words behind that are in no name: `Kasia please`, `Kasia if she is awake`.
fn behind_name(given: &str) -> Option<(&str, &str)> {
    const BEHIND: [&str; 20] = [
        "please", "pls", "instead", "asap", "now", "then", "first", "again", "too", "who",
        "whoever", "because", "as", "if", "when", "once", "since", "while", "but", "so",
    ];
    let is_behind = |word: &str| BEHIND.contains(&word.trim_end_matches([',', '.']));
    let blanks = given.match_indices(' ').take(2).map(|(at, _)| at);
    let mut ends = blanks.filter(|at| given[at + 1..].split(' ').next().is_some_and(is_behind));
    let at = ends.next()?;
    Some((&given[..at], given[at..].trim_start()))
}

/// Names of people who wrote or have a step.
fn known(incident: &Incident) -> Vec<&str> {
    let owners = incident.phases.values().flat_map(|phase| phase.steps.values());
    let owners = owners.filter_map(|state| state.owner.as_ref());
    incident.people.keys().chain(owners).map(String::as_str).collect()
}

/// What to say of a name that is that of several people: `Priya may be Priya Rao or Priya Shah`.
pub(super) fn namesakes(incident: &Incident, name: &str) -> Option<String> {
    let mut people: Vec<&str> = Vec::new();
    for known in known(incident) {
        let is_one = parts(known).1.is_some() && is_of(known, name);
        if is_one && !people.iter().any(|other| is_of(other, known)) {
            people.push(known);
        }
    }
    people.sort_unstable();
    let several = people.len() > 1;
    several.then(|| format!("{name} may be {}: give the full name.", people.join(" or ")))
}

/// Whether words name a person.
pub(super) fn names(said: &str, name: &str) -> bool {
    let words: Vec<&str> = said.split_whitespace().collect();
    (0..words.len()).any(|at| is_of(&words[at..].join(" "), name))
}

/// Whether somebody may be called so: a time, a number and a role are answers to another question.
pub fn is_name(text: &str) -> bool {
    let is_word = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    (1..=5).contains(&text.split_whitespace().count())
        && text.split_whitespace().any(is_word)
        && !answers_anything(text)
        && !DecidedAs::WORDS.contains(&&*text.to_ascii_lowercase())
        && !text.contains(|c: char| c.is_ascii_digit())
        && !text.split([' ', ',']).any(|word| NO_NAMES.contains(&&*word.to_lowercase()))
}

/// A name without the words that lead to it: `no, Mira Sand`, `I am Mira`.
pub fn called(answer: &str) -> &str {
    const BEFORE: [&str; 10] = [
        "no, ",
        "no. ",
        "no - ",
        "not me, ",
        "i'm ",
        "i am ",
        "it's ",
        "it is ",
        "this is ",
        "my name is ",
    ];
    let before = |word: &&str| {
        let begins = answer.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word));
        begins.then(|| answer[word.len()..].trim_start())
    };
    BEFORE.iter().find_map(before).map_or(answer, called)
}

/// Words of a time, or of what was said before, that are in nobody's name.
const NO_NAMES: [&str; 19] = [
    "no",
    "not",
    "it",
    "is",
    "was",
    "are",
    "today",
    "yesterday",
    "tomorrow",
    "tonight",
    "morning",
    "evening",
    "same",
    "ditto",
    "think",
    "guess",
    "maybe",
    "probably",
    "perhaps",
];

/// A person, a role or both; everybody if neither is named.
#[derive(Clone, Copy, Debug, Default)]
pub struct Whose<'w> {
    /// What the person is called.
    pub name: Option<&'w str>,
    /// The role.
    pub role: Option<&'w str>,
}

impl Whose<'_> {
    /// Whether nobody is left out.
    pub fn is_everybody(self) -> bool {
        self.name.is_none() && self.role.is_none()
    }

    /// Whether it is theirs what waits for this person, or for this role.
    pub fn has(self, name: Option<&str>, role: Option<&str>) -> bool {
        self.name.is_none_or(|of| name.is_some_and(|name| is_of(name, of)))
            && self.role.is_none_or(|of| role == Some(of))
    }
}

#[cfg(test)]
mod tests {
    use super::is_of;

    #[test]
    fn a_first_name_is_enough_unless_two_surnames_differ() {
        for (owner, name, is_one) in [
            ("Priya", "Priya Shah", true),
            ("priya shah", "Priya Shah", true),
            ("Priya in networking", "Priya Shah", true),
            ("Priya Shah, networking", "Priya Shah", true),
            ("Priya, Ben and Omar", "Priya Shah", true),
            ("Priya Shah", "Priya Rao", false),
            ("Priya Shah", "Ada", false),
        ] {
            assert_eq!(is_of(owner, name), is_one, "{owner} {name}");
            assert_eq!(is_of(name, owner), is_one, "{name} {owner}");
        }
    }
}
