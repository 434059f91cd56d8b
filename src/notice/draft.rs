//! A notice in the making: every item that its law asks for, written, missing or to be written.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::Value as Jinja;

use super::context::{context, names_in};
use super::facts::{NoticeFacts, filled, markdown};
use super::item::{forbids_account, is_list};
use super::marks::TO_WRITE;
use super::standing::{ItemState, JUDGE, Required, standing};
use super::{Item, Part, Reader, groups, items, period, questions, spoken};
use crate::document::{Diagnostic, Document};
use crate::escape;
use crate::fact::names;
use crate::fact::{FactType, Value};
use crate::incident::event::Group;
use crate::regime::Assessed;

/// Behind free text in a notice that must not say everything.
const CHECK: &str = "[CHECK: this law forbids saying some things; see below]";

/// A draft.
#[derive(Clone, Debug)]
pub struct Drafted {
    /// The text, Markdown.
    pub text: String,
    /// What the law asks for, in its order and words.
    pub required: Vec<Required>,
    /// What the law forbids, in its words.
    pub never: Vec<String>,
    /// Facts that would fill gaps.
    pub missing: Vec<String>,
    /// Facts that it tells: when one of them changes, it is no longer right.
    pub used: Vec<String>,
}

/// Drafts a notice: of a duty, or for a reader whom no law names.
///
/// # Errors
/// A mistake in `template`, with its place.
pub fn draft(
    audience: Reader,
    duty: Option<&Assessed<'_>>,
    known: &NoticeFacts<'_>,
    document: &Document,
) -> Result<Drafted, (Document, Box<Diagnostic>)> {
    let content = duty.map(|duty| duty.duty.content.as_slice()).unwrap_or_default();
    let never = duty.map(|duty| duty.duty.never.clone()).unwrap_or_default();
    let mut writer = Writer::new(audience, duty, known);
    let told = |item: &Item| never.iter().any(|words| item.answers(words));
    // If a law forbids saying what happened, items that would reveal it are left out as well, unless
    // the law asks for them.
    let silent = forbids_account(&never);
    let betrays = |item: &Item| {
        matches!(item.part, Part::Happened | Part::Consequences | Part::Measures)
            && !content.iter().any(|words| item.answers(words))
    };
    let forbidden = |item: &Item| told(item) || silent && betrays(item);
    writer.forbids = items().iter().any(told);
    let counts = matches!(audience, Reader::Authority | Reader::Acquirer);
    let starts = |item: &Item| counts && period::begins(item, writer.clock);
    let has_list = is_list(content);
    let is_told = |item: &&Item| item.is_told(audience, has_list) || starts(item);
    let told: Vec<&Item> = items().iter().filter(is_told).filter(|item| !forbidden(item)).collect();
    for item in told {
        writer.write(item)?;
    }
    let mut asked = Vec::new();
    for words in content {
        let answering: Vec<&Item> =
            items().iter().filter(|item| item.answers(words) && !forbidden(item)).collect();
        for item in &answering {
            writer.write(item)?;
        }
        if answering.is_empty() || answering.iter().any(|item| writer.is_empty(item)) {
            writer.gap(words);
        }
        asked.push((words, answering));
    }
    let data = writer.data();
    let text = filled(document, &data).map_err(|error| (document.clone(), error))?;
    let required = asked.into_iter().map(|(words, answering)| Required {
        words: words.clone(),
        standing: writer.stands(words, &answering, &text),
    });
    let required = required.collect();
    let said = (&*text, &*writer.released());
    let is_public = duty.is_some_and(|duty| duty.duty.to.iter().any(|to| to == "market"));
    let how = (&writer.used, silent, is_public);
    let questions = questions::of(audience, &writer.told, known, how, said);
    let mut used = writer.used;
    let named = names_in(&document.text).filter(|name| is_known(known, name));
    used.extend(named.map(str::to_owned));
    let text = known.doubts.above(&used, &questions, known.locale.language) + &text;
    let used = used.into_iter().collect();
    Ok(Drafted { text, required, never, missing: writer.missing, used })
}

fn is_known(known: &NoticeFacts<'_>, name: &str) -> bool {
    (known.value)(name).is_some_and(|value| *value != Value::Unknown)
}

/// What an item came out as.
struct Text {
    part: Part,
    words: String,
    /// What somebody has to look up in it.
    marks: Vec<String>,
}

struct Writer<'w, 'k> {
    audience: Reader,
    known: &'w NoticeFacts<'k>,
    /// What items see, of all facts.
    context: Jinja,
    /// The groups of which it is told.
    told: Vec<&'k Group>,
    /// What was written, by item, in the order of the items.
    written: BTreeMap<usize, Text>,
    /// Outcome by item.
    standings: BTreeMap<String, ItemState>,
    gaps: Vec<String>,
    missing: Vec<String>,
    used: BTreeSet<String>,
    /// Whether the law forbids to say something, which free text could say.
    forbids: bool,
    clock: Option<&'w str>,
}

impl<'w, 'k> Writer<'w, 'k> {
    fn new(audience: Reader, duty: Option<&Assessed<'w>>, known: &'w NoticeFacts<'k>) -> Self {
        Self {
            audience,
            known,
            context: context(audience, duty, known),
            told: groups::told(audience, duty, known),
            written: BTreeMap::new(),
            standings: BTreeMap::new(),
            gaps: Vec::new(),
            missing: Vec::new(),
            used: BTreeSet::new(),
            forbids: false,
            clock: duty.and_then(|duty| period::clock(duty.duty)),
        }
    }

    /// Writes an item, once.
    fn write(&mut self, item: &Item) -> Result<(), (Document, Box<Diagnostic>)> {
        if self.standings.contains_key(&item.id) {
            return Ok(());
        }
        let absent: Vec<String> = item
            .needs_for(self.audience)
            .iter()
            .cloned()
            .chain(self.clock.filter(|_| item.clock).map(str::to_owned))
            .filter(|name| !self.knows(name))
            .chain(self.untranslated(item))
            .collect();
        let applies =
            item.only_if.as_ref().is_none_or(|when| when.holds(self.known.value) != Some(false));
        let standing = if item.if_late && !self.known.is_late || !applies {
            ItemState::NotNeeded
        } else if !absent.is_empty() {
            let instead = items().iter().find(|other| Some(&other.id) == item.meanwhile.as_ref());
            if let Some(instead) = instead.filter(|it| it.needs.iter().all(|name| self.knows(name)))
            {
                self.write(instead)?;
            }
            self.lack(item, absent)
        } else {
            // An item about something that is recorded as "none" is left out.
            let is_none = |name: &String| (self.known.value)(name).is_some_and(Value::says_none);
            let applies = !item.needs_for(self.audience).iter().any(is_none);
            let document = self.known.locale.language.item(item, self.audience);
            let text = match document.filter(|_| applies) {
                Some(document) => {
                    filled(document, &self.context).map_err(|error| (document.clone(), error))?
                }
                None => String::new(),
            };
            let text = text.trim().to_owned();
            let empty = text.is_empty();
            if !empty {
                self.uses(item);
                let mut marks = self.spoken(item, &text);
                let tells = !matches!(item.part, Part::Advice | Part::Contact);
                if self.forbids && self.is_free(item) && tells {
                    marks.push(CHECK.to_owned());
                }
                self.put(item, text, marks);
            }
            match &item.by_hand {
                Some(word) => ItemState::ByHand(word.clone()),
                None if empty => ItemState::ToWrite,
                None if self.is_free(item) => ItemState::ByHand(JUDGE.to_owned()),
                None => ItemState::Written,
            }
        };
        self.standings.insert(item.id.clone(), standing);
        Ok(())
    }

    /// Marks what nobody recorded of an item. What somebody recorded as not known is said so, beside
    /// what is known of it.
    fn lack(&mut self, item: &Item, absent: Vec<String>) -> ItemState {
        let (open, missing): (Vec<String>, Vec<String>) =
            absent.into_iter().partition(|name| self.is_open(item, name));
        for name in &missing {
            let mark = self.known.mark(name, &self.title(name));
            self.put(item, mark, Vec::new());
            if !self.missing.contains(name) {
                self.missing.push(name.clone());
            }
        }
        let needs = item.needs_for(self.audience).iter();
        let told = needs.filter(|name| missing.is_empty() && !open.contains(name));
        for name in open.iter().chain(told) {
            let form = self.known.locale.form;
            let value = if open.contains(name) {
                Some(form.not_known(self.audience))
            } else {
                self.shown(name)
            };
            let said = value.map(|value| form.said(&self.title(name), &value) + ".");
            self.put(item, said.unwrap_or_default(), Vec::new());
            self.used.insert(name.clone());
        }
        if missing.is_empty() { ItemState::NotKnown } else { ItemState::Missing(missing) }
    }

    /// Whether an item can say that nobody knows a fact. Whom to ask is known, and a letter to people
    /// has no place for an account that nobody gave.
    fn is_open(&self, item: &Item, name: &str) -> bool {
        let kind = self.known.vocabulary.get(name).map(|fact| fact.kind);
        let is_ours = matches!(kind, Some(FactType::Text | FactType::YesNo));
        (self.known.is_open)(name)
            && !self.known.untranslated.contains(&name)
            && item.part != Part::Contact
            && !(self.audience.is_plain() && is_ours)
    }

    fn shown(&self, name: &str) -> Option<String> {
        let fact = self.known.vocabulary.get(name)?;
        let value = self.known.locale.show(fact, (self.known.value)(name)?, false)?;
        Some(markdown(&value))
    }

    /// Remembers the facts that an item tells: those that it needs, and those that its template names.
    fn uses(&mut self, item: &Item) {
        let text = self.known.locale.language.item(item, self.audience);
        let text = text.map_or("", |document| &document.text);
        let needed = item.needs_for(self.audience).iter().map(String::as_str);
        let needed = needed.chain(self.clock.filter(|_| item.clock));
        let used: Vec<String> = needed.chain(names_in(text)).map(str::to_owned).collect();
        self.used.extend(used.into_iter().filter(|name| self.knows(name)).collect::<Vec<_>>());
    }

    /// Marks where words that somebody wrote need a look.
    fn spoken(&self, item: &Item, text: &str) -> Vec<String> {
        if !self.is_free(item) || item.part == Part::Contact {
            return Vec::new();
        }
        let told = (self.told.as_slice(), self.known);
        spoken::marks((item.part, text), self.audience, told, &self.context)
    }

    /// Facts that an item would print besides, if somebody had translated them.
    fn untranslated(&self, item: &Item) -> Vec<String> {
        let text = self.known.locale.language.item(item, self.audience);
        let text = text.map(|document| document.text.as_str()).unwrap_or_default();
        let needs = item.needs_for(self.audience);
        let prints = |name: &&&str| {
            text.contains(&format!("facts.{name}")) && !needs.iter().any(|need| need == **name)
        };
        self.known.untranslated.iter().filter(prints).map(|name| (*name).to_owned()).collect()
    }

    fn put(&mut self, item: &Item, text: String, marks: Vec<String>) {
        let empty = || Text { part: item.part, words: String::new(), marks: Vec::new() };
        let written = self.written.entry(place(item)).or_insert_with(empty);
        if !written.words.is_empty() {
            written.words.push_str("\n\n");
        }
        written.words.push_str(&text);
        written.marks.extend(marks);
    }

    /// What it says in words that somebody released.
    fn released(&self) -> String {
        let free = |at: &usize| items().get(*at).is_some_and(|item| self.is_free(item));
        let said = self.written.iter().filter(|(at, _)| free(at));
        said.map(|(_, text)| text.words.as_str()).collect::<Vec<&str>>().join("\n")
    }

    /// Whether an item is needed and has nothing to say.
    fn is_empty(&self, item: &Item) -> bool {
        self.standings.get(&item.id) == Some(&ItemState::ToWrite)
    }

    /// Words of a law that no fact answers: what somebody wrote for them, or a gap.
    fn gap(&mut self, words: &str) {
        let own = self.known.locale.language.of_law(words);
        let gap = || format!("{TO_WRITE}{}]", escape::markdown(own));
        let text = self.by_hand(words).unwrap_or_else(gap);
        self.gaps.push(text);
    }

    /// What somebody wrote for words of a law.
    fn by_hand(&self, words: &str) -> Option<String> {
        let called = self.known.locale.language.of_law(words);
        let is_it = |of: &str| of.eq_ignore_ascii_case(words) || of.eq_ignore_ascii_case(called);
        let own = self.known.written.iter().find(|(of, _)| is_it(of));
        own.map(|(_, text)| markdown(text))
    }

    /// How words of the law stand, by the items that answer them and the text that came of it.
    fn stands(&self, words: &str, answering: &[&Item], text: &str) -> ItemState {
        let stands = answering.iter().filter_map(|item| {
            let standing = self.standings.get(&item.id)?;
            let written = self.written.get(&place(item));
            Some((standing, written.is_some_and(|written| !text.contains(&written.words))))
        });
        let by_hand = self.by_hand(words).map(|own| text.contains(&own));
        standing(&stands.collect::<Vec<_>>(), by_hand)
    }

    /// Whether an item says what somebody wrote in words of their own.
    fn is_free(&self, item: &Item) -> bool {
        let free = |name: &String| {
            let fact = self.known.vocabulary.get(name);
            fact.is_some_and(|fact| fact.kind == FactType::Text)
        };
        let text = self.known.locale.language.item(item, self.audience);
        let offers = text.is_some_and(|text| text.text.contains(names::PROTECTIVE_OFFER));
        offers || item.needs_for(self.audience).iter().any(free)
    }

    fn knows(&self, name: &str) -> bool {
        // Descriptions of each group say more than a list of their names.
        name == names::AFFECTED_GROUPS && !self.known.groups.is_empty()
            || is_known(self.known, name)
    }

    fn title(&self, name: &str) -> String {
        let own = self.known.locale.language.title(name);
        own.unwrap_or_else(|| self.known.vocabulary.called(name)).to_owned()
    }

    /// What the template of the audience sees.
    fn data(&self) -> Jinja {
        let parts = Part::ALL.into_iter().map(|part| {
            let own = self.written.values().filter(|text| text.part == part);
            let (mut texts, mut before): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
            for Text { words, marks, .. } in own {
                // Two items can have the same to say, of which one is marked.
                let fresh = (!before.contains(&words.as_str())).then_some(words.as_str());
                before.extend(fresh);
                let marks = marks.iter().map(String::as_str);
                for text in fresh.into_iter().chain(marks) {
                    if !texts.contains(&text) {
                        texts.push(text);
                    }
                }
            }
            if part == Part::More {
                texts.extend(self.gaps.iter().map(String::as_str));
            }
            texts.retain(|text| !text.is_empty());
            (part.as_str(), Jinja::from_safe_string(texts.join("\n\n")))
        });
        let parts = Jinja::from(parts.collect::<BTreeMap<&str, Jinja>>());
        let is_open = self.standings.values().any(|standing| *standing == ItemState::NotKnown);
        let has_gaps =
            !self.missing.is_empty() || is_open || self.used.contains(names::SCOPE_UNKNOWNS);
        minijinja::context! { parts => parts, has_gaps => has_gaps, ..self.context.clone() }
    }
}

/// Where an item stands in the order of a notice.
fn place(item: &Item) -> usize {
    items().iter().position(|known| known.id == item.id).unwrap_or(usize::MAX)
}
