//! In which language a notice is written: what the place of its readers speaks, or what was asked for.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::places::{US, home, is_in, is_of_union, is_of_us, is_union, protects};
use crate::cli::desk::context::read_input;
use crate::cli::desk::{Context, Exit, Failure, shelf};
use crate::document::Document;
use crate::fact::names::{self, AFFECTED_GROUPS};
use crate::fact::{Count, People, Value};
use crate::incident::Incident;
use crate::incident::event::Group;
use crate::notice::{
    CONTACTS, Doubts, Language, PROSE, Reader, Translation, lacks, languages, to_all,
};
use crate::regime::{Duty, Law, Matter, Regime};
use crate::wording;

/// The languages that there are, and what was written of this incident in each of them.
pub(super) struct Languages {
    all: Vec<Language>,
    /// What languages of the home lack; they are not offered.
    lacking: Vec<(String, Vec<String>)>,
    /// Each with the time at which its file was written.
    translations: Vec<(Translation, Option<DateTime<Utc>>)>,
    /// The language in which the record is kept.
    recorded_in: String,
}

impl Languages {
    /// The built-in languages and those of the home, of which one of the same tag replaces ours.
    pub(super) fn read(
        context: &Context,
        law: &Law,
        (texts, recorded_in): (&[std::path::PathBuf], &str),
    ) -> Result<Self, Failure> {
        let mut all = languages().to_vec();
        let mut lacking = Vec::new();
        let home = context.home().ok().map(|home| home.join("notices/languages"));
        for document in home.map(|dir| shelf::texts(&dir)).transpose()?.unwrap_or_default() {
            let language =
                Language::read(&document).map_err(|found| shelf::mistakes(&document, &found))?;
            all.retain(|known| known.tag != language.tag);
            match lacks(&language, law) {
                lacks if lacks.is_empty() => all.push(language),
                lacks => lacking.push((language.tag, lacks)),
            }
        }
        let mut translations: Vec<(Translation, Option<DateTime<Utc>>)> = Vec::new();
        for path in texts {
            let name = path.display().to_string();
            let document = Document::from_bytes(name.clone(), read_input(path)?);
            let document = document.map_err(|found| {
                Failure::new(Exit::Mistakes, format!("`{name}`: {}", found.message))
            })?;
            let translation =
                Translation::read(&document).map_err(|found| shelf::mistakes(&document, &found))?;
            let asks = |words: &str| {
                let duties = law.regimes.iter().flat_map(|regime| &regime.duties);
                let mut asked = duties.flat_map(Duty::versions).flat_map(|duty| &duty.content);
                asked.any(|asked| asked.eq_ignore_ascii_case(words))
                    || all.iter().any(|language| language.is_of_law(words))
            };
            if let Some((words, _)) = translation.written.iter().find(|(words, _)| !asks(words)) {
                return Err(Failure::usage(format!("`{name}`: no law asks for “{words}”"))
                    .hint("copy the words from `[TO WRITE: …]` in the draft"));
            }
            let written = std::fs::metadata(path).and_then(|file| file.modified());
            let written = written.ok().map(DateTime::from);
            let before = translations.iter_mut();
            let mut same = before.filter(|(own, _)| own.language == translation.language);
            match same.next() {
                Some((own, at)) => {
                    own.add(translation).map_err(|text| {
                        Failure::usage(format!("`{name}`: another file says `{text}` as well"))
                    })?;
                    *at = (*at).min(written);
                }
                None => translations.push((translation, written)),
            }
        }
        let recorded_in = recorded_in.to_owned();
        let read = Self { all, lacking, translations, recorded_in };
        read.named(&read.recorded_in)?;
        Ok(read)
    }

    /// The language of this tag, in whatever case.
    pub(super) fn named(&self, tag: &str) -> Result<&Language, Failure> {
        let is = |known: &str| known.eq_ignore_ascii_case(tag);
        if let Some(language) = self.all.iter().find(|known| is(&known.tag)) {
            return Ok(language);
        }
        if let Some((_, lacks)) = self.lacking.iter().find(|(known, _)| is(known)) {
            return Err(Failure::usage(format!(
                "the file of the language `{tag}` is not complete, so it is not offered"
            ))
            .hint(format!("it lacks {}", wording::some(lacks, 20))));
        }
        let tags: Vec<&str> = self.all.iter().map(|known| known.tag.as_str()).collect();
        Err(Failure::usage(format!("there is no language `{tag}`"))
            .hint(format!("there are {}", wording::ticked(&tags)))
            .hint("another one is a file in `notices/languages` of the home"))
    }

    /// What people in a place are written to in; English where nothing else is known.
    pub(super) fn of(&self, place: &str) -> &Language {
        let own = self.all.iter().find(|language| language.is_of(place));
        own.unwrap_or(&self.all[0])
    }

    /// Puts what was written in a language in the place of what the record says in another one: a
    /// text that nobody translated is a gap, never a sentence in the wrong language. Names those that
    /// nobody translated.
    pub(super) fn translate(
        &self,
        matter: &mut Matter<'_>,
        language: &Language,
        groups: &[&Group],
    ) -> Vec<&'static str> {
        let mut untranslated = Vec::new();
        if language.tag == self.recorded_in {
            return untranslated;
        }
        let own = self.own(language).map(|(own, _)| own);
        // The names of groups are not told to anybody in them.
        let prose = PROSE.into_iter().filter(|name| groups.is_empty() || *name != AFFECTED_GROUPS);
        for name in prose {
            let value = own.and_then(|own| match name {
                names::PROTECTIVE_OFFER if !groups.is_empty() => {
                    own.offered(groups, to_all(&matter.incident).is_some())
                }
                _ => own.value(name),
            });
            let is_known = !matches!(matter.value(name), None | Some(Value::Unknown | Value::None));
            if is_known && value.is_none() {
                untranslated.push(name);
            }
            if is_known || value.is_some() {
                matter.suppose(name, value.unwrap_or(Value::Unknown));
            }
        }
        for name in CONTACTS {
            if let Some(value) = own.and_then(|own| own.value(name)) {
                matter.suppose(name, value);
            }
        }
        untranslated
    }

    fn own(&self, language: &Language) -> Option<&(Translation, Option<DateTime<Utc>>)> {
        self.translations.iter().find(|(own, _)| own.language == language.tag)
    }

    /// The groups as a language tells of them: what is offered to them is left out where nobody
    /// translated it.
    pub(super) fn told(&self, groups: &[Group], language: &Language) -> Vec<Group> {
        let mut groups = groups.to_vec();
        for group in groups.iter_mut().filter(|_| self.is_foreign(language)) {
            let own = self.own(language).and_then(|(own, _)| own.offer(&group.name));
            group.offer = group.offer.take().and(own.map(Into::into));
        }
        groups
    }

    /// What somebody wrote in a language for words of laws that no fact answers.
    pub(super) fn written(&self, language: &Language) -> &[(String, String)] {
        self.own(language).map(|(own, _)| own.written.as_slice()).unwrap_or_default()
    }

    /// Who signs letters in a language, with the function as it calls it.
    pub(super) fn signatory(&self, language: &Language) -> Option<&str> {
        self.own(language).and_then(|(own, _)| own.signatory.as_deref())
    }

    /// What readers of a language call groups.
    pub(super) fn titles(&self, language: &Language) -> BTreeMap<String, String> {
        self.own(language).map(|(own, _)| own.titles.clone()).unwrap_or_default()
    }

    /// Doubts about texts in a language: those that are older than what they translate, and contacts
    /// with words of another language.
    pub(super) fn doubt(&self, doubts: &mut Doubts, incident: &Incident, language: &Language) {
        if !self.is_foreign(language) {
            return;
        }
        let (own, written) = self.own(language).map(|(own, at)| (own, *at)).unzip();
        for name in PROSE.into_iter().chain(CONTACTS) {
            let changed = incident.facts.get(name).and_then(|history| history.last());
            let Some(changed) = changed else { continue };
            let said = match own.and_then(|own| own.value(name)) {
                Some(_) => written.flatten().filter(|at| *at < changed.at.to_utc()).map(|_| {
                    let (since, language) = (wording::moment(changed.at), &language.name);
                    format!("the text of `{name}` in {language} is older than the fact, of {since}")
                }),
                None if CONTACTS.contains(&name) && has_words(&changed.value) => Some(format!(
                    "`{name}` is not translated: write it into a file, and name it with --texts"
                )),
                None => None,
            };
            doubts.of_facts.extend(said.map(|said| (vec![name.to_owned()], said)));
        }
    }

    /// Whose dates and numbers a notice in a language has: those of its readers, if they speak it.
    pub(super) fn place(
        language: &Language,
        duty: Option<(&Regime, &Duty)>,
        matter: &Matter<'_>,
    ) -> Option<String> {
        let regime = duty.map(|(regime, _)| regime);
        if regime.is_some_and(is_of_us) && language.is_of(US) {
            return Some(US.to_owned());
        }
        let concerns = regime.and_then(|regime| regime.concerns.as_ref());
        let concerns = concerns.map(|concerns| concerns.jurisdictions()).unwrap_or_default();
        let none = People::default();
        let people = match matter.value(names::PEOPLE_AFFECTED) {
            Some(Value::People(people)) => people,
            _ => &none,
        };
        let is_told =
            |place: &&str| concerns.is_empty() || concerns.iter().any(|of| is_in(place, of));
        let lived_in = people.by.keys().map(String::as_str).filter(is_told);
        let mut places = concerns.iter().copied().chain(home(matter)).chain(lived_in);
        let own = places.find(|place| language.is_of(place)).map(str::to_owned);
        own.or_else(|| language.places.first().cloned())
    }

    /// Whether the record is kept in another language.
    pub(super) fn is_foreign(&self, language: &Language) -> bool {
        language.tag != self.recorded_in
    }

    /// Of these people, those in whose place no text is in a language that is written there: they are
    /// written to in English.
    pub(super) fn unspoken(&self, people: &[(&str, String)]) -> Option<String> {
        let is_spoken = |place: &str| self.all.iter().any(|language| language.is_of(place));
        let without = people.iter().filter(|(place, _)| !is_spoken(place));
        let without: Vec<String> = without.map(|(place, n)| format!("{place} {n}")).collect();
        let places = wording::some(&without, 12);
        (!without.is_empty()).then(|| {
            format!("{places}: no other text is held for people there; this is the English one")
        })
    }

    /// For whose places a version is, and for which of them it only stands in.
    pub(super) fn readers(
        &self,
        (law, duty): (&Law, &str),
        reader: Option<Reader>,
        matter: &Matter<'_>,
        language: &Language,
    ) -> Vec<String> {
        let Some(Value::People(people)) = matter.value(names::PEOPLE_AFFECTED) else {
            return Vec::new();
        };
        if !matches!(reader, Some(Reader::People | Reader::Support)) {
            return Vec::new();
        }
        let regime = law.duty(duty).and_then(|(regime, _)| regime.concerns.as_ref());
        let places = regime.map(|concerns| concerns.jurisdictions()).unwrap_or_default();
        let places: Vec<String> = places.into_iter().map(str::to_owned).collect();
        let theirs = people
            .by
            .iter()
            .filter(|(place, _)| protects(&places, place) && self.of(place).tag == language.tag);
        let shown = |count: &Count| wording::grouped(&Value::Count(count.clone()).show(None));
        let spoken = |place: &&str| self.of(place).tag != language.tag;
        let theirs: Vec<(&str, String)> = theirs
            .map(|(place, count)| {
                let apart = people.regions_of(place).filter(spoken);
                let apart: Vec<String> =
                    apart.map(|part| format!("{part} {}", shown(&people.by[part]))).collect();
                let apart = match apart.as_slice() {
                    [] => String::new(),
                    apart => format!(" (without {}, in another language)", wording::list(apart)),
                };
                (place.as_str(), shown(count) + &apart)
            })
            .collect();
        let all: Vec<String> = theirs.iter().map(|(place, n)| format!("{place} {n}")).collect();
        let of = (!all.is_empty()).then(|| format!("It is for {}.", wording::some(&all, 12)));
        of.into_iter().chain(self.unspoken(&theirs)).collect()
    }

    /// Each language once with the first place in which it is spoken, of these people.
    fn spoken<'p>(
        &self,
        places: impl Iterator<Item = &'p str>,
    ) -> Vec<(&Language, Option<String>)> {
        let mut spoken: Vec<(&Language, Option<String>)> = Vec::new();
        for place in places {
            let language = self.of(place);
            if !spoken.iter().any(|(known, _)| known.tag == language.tag) {
                spoken.push((language, Some(place.to_owned())));
            }
        }
        spoken
    }

    /// The languages in which a notice is drafted, each with a place in which it is spoken.
    pub(super) fn for_reader(
        &self,
        reader: Reader,
        duty: Option<(&Regime, &Duty)>,
        matter: &Matter<'_>,
    ) -> Vec<(&Language, Option<String>)> {
        let places = |regime: &Regime| -> Vec<String> {
            let concerns = regime.concerns.iter().flat_map(|concerns| concerns.jurisdictions());
            concerns.map(str::to_owned).collect()
        };
        let places = duty.map(|(regime, _)| places(regime)).unwrap_or_default();
        let none = People::default();
        let people = match matter.value(names::PEOPLE_AFFECTED) {
            Some(Value::People(people)) => people,
            _ => &none,
        };
        let lived_in = || {
            let residence = people.by.keys().map(String::as_str);
            residence.filter(|place| people.of(place).1 != Some(0) && protects(&places, place))
        };
        let spoken = match reader {
            Reader::People | Reader::Support => self.spoken(lived_in()),
            Reader::Authority => match (places.as_slice(), home(matter)) {
                ([one], _) if !is_union(one) => self.spoken([one.as_str()].into_iter()),
                (of, Some(home))
                    if of.iter().any(|of| is_in(home, of))
                        // A law of the Union that asks for no people is read where we sit, too.
                        || of.is_empty() && duty.is_some_and(|(law, _)| is_of_union(law, home)) =>
                {
                    self.spoken([home].into_iter())
                }
                // Without a seat there, each authority of the places where people live is told.
                ([_], Some(_)) => self.spoken(lived_in()),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        let mut spoken: Vec<_> =
            spoken.into_iter().filter(|(language, _)| language.speaks_to(reader)).collect();
        if matches!(reader, Reader::People | Reader::Support) {
            for (language, place) in &mut spoken {
                let theirs = lived_in().filter(|place| self.of(place).tag == language.tag);
                let most = theirs.max_by_key(|place| people.of(place).0);
                *place = most.map(str::to_owned);
            }
        }
        if spoken.is_empty() {
            let seat = || home(matter).map(str::to_owned);
            spoken.push((&self.all[0], places.first().cloned().or_else(seat)));
        }
        if duty.is_some_and(|(regime, _)| is_of_us(regime)) {
            for (_, place) in spoken.iter_mut().filter(|(language, _)| language.is_of(US)) {
                *place = Some(US.to_owned());
            }
        }
        spoken
    }
}

/// Whether a contact is more than numbers and addresses.
fn has_words(value: &Value) -> bool {
    let Value::Text(text) = value else { return false };
    let is_word = |word: &str| {
        !word.contains(['@', '.', '/']) && word.chars().filter(|c| c.is_alphabetic()).count() > 2
    };
    text.split_whitespace().any(is_word)
}
