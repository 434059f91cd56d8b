//! `breach duties draft`: the text of a notice, filled from the facts.

use std::borrow::Cow;
use std::io::Write;
use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};

use super::concerned::Concerned;
use super::doubts;
use super::language::Languages;
use super::template;
use crate::cli::args::{DraftArgs, DraftFormat, TextArgs};
use crate::cli::desk::{Context, Exit, Failure, Record, files, followed, home, law, shelf};
use crate::digest::Digest;
use crate::fact::{Value, Vocabulary, names};
use crate::incident::Incident;
use crate::incident::event::{Group, NoticeDrafted};
use crate::notice::{self, Drafted, ItemState, Language, NoticeFacts, Reader, each_of, facts_of};
use crate::output::notice as face;
use crate::regime::{Assessed, Law, Matter};
use crate::wording;

/// Columns of plain text: mail programs wrap beyond.
const COLUMNS: usize = 72;

pub(super) fn run(context: &mut Context, args: &DraftArgs) -> Result<Exit, Failure> {
    let law = law::law(context)?;
    let folder = home::one(context)?;
    let mut record = Record::open(context, folder)?;
    let languages = Languages::read(context, &law, (&args.text.texts, &args.text.recorded_in))?;
    let vocabulary = followed::vocabulary(context, &record.incident, &record.folder);
    let asked = Asked { law: &law, languages: &languages, vocabulary: &vocabulary };
    let at = context.world.now().at;
    let matter = asked.matter(context, &record.incident, &[]);
    let stands = matter.explain(&law, &args.duty, at).and_then(|(duty, _)| face::stands(&duty));
    for line in stands.into_iter().chain(doubts::waits(&record.incident, &args.duty, at)) {
        context.screen.warn(&line);
    }
    let mut drafts = Vec::new();
    for letter in asked.letters(context, &record.incident, args)? {
        let written = asked.write(context, &record.incident, (&args.duty, &args.text), &letter)?;
        let (path, body) = kept(&record, &args.duty, &letter, &written)?;
        let told = asked.matter(context, &record.incident, &letter.groups);
        let of = reader(&law, &args.duty).ok().filter(|_| args.text.language.is_none());
        let readers = languages.readers((&law, &args.duty), of, &told, letter.language);
        drafts.push((letter.told(&args.duty), written, path, body, readers));
    }
    for (number, (of, Written { draft, page, .. }, path, body, readers)) in
        drafts.into_iter().enumerate()
    {
        // The same text twice is recorded once.
        let before = record.incident.drafts.get(&args.duty);
        if !before.is_some_and(|drafts| drafts.iter().any(|kept| kept.sha256 == body.sha256)) {
            record.append(context, body.into())?;
        }
        let text = match args.format {
            DraftFormat::Markdown => page,
            DraftFormat::Text => face::plain(&page, COLUMNS),
        };
        if number > 0 {
            writeln!(context.out)?;
        }
        context.out.write_all(text.as_bytes())?;
        context.screen.say(&format!("Draft of {of}: {}.", face::summary(&draft)));
        context.screen.sentences(&readers);
        context.screen.say(&format!("Kept as `{}`; its digest is in the log.", path.display()));
    }
    Ok(Exit::Done)
}

/// What is asked of the law and the languages.
pub(super) struct Asked<'a> {
    pub(super) law: &'a Law,
    pub(super) languages: &'a Languages,
    pub(super) vocabulary: &'a Vocabulary,
}

/// A draft to write: to whom, in which language.
pub(super) struct Planned<'a> {
    pub(super) groups: Vec<&'a Group>,
    pub(super) language: &'a Language,
    /// Whose dates and numbers it has.
    pub(super) place: Option<String>,
}

/// A draft that was written.
pub(super) struct Written {
    pub(super) draft: Drafted,
    /// With what has to be done before it is sent.
    pub(super) page: String,
    template: String,
}

impl Planned<'_> {
    /// The groups by name, if there are any.
    pub(super) fn group(&self) -> Option<String> {
        let names: Vec<&str> = self.groups.iter().map(|group| group.name.as_str()).collect();
        (!names.is_empty()).then(|| names.join("+"))
    }

    /// What it is a draft of, in words.
    fn told(&self, duty: &str) -> String {
        let group = self.group().map(|group| format!(" for {group}")).unwrap_or_default();
        let language = &self.language.name;
        let language =
            if self.language.is_english() { String::new() } else { format!(" in {language}") };
        format!("{duty}{group}{language}")
    }
}

impl<'a> Asked<'a> {
    /// The incident as it is for people in all of these groups.
    fn matter<'i>(&self, context: &Context, incident: &'i Incident, groups: &[&Group]) -> Matter<'i>
    where
        'a: 'i,
    {
        let name = incident.name.clone();
        let (incident, vocabulary) = (Cow::Borrowed(incident), Cow::Borrowed(self.vocabulary));
        let facts = if groups.is_empty() { Vec::new() } else { facts_of(groups, &incident) };
        let mut matter = law::matter(context, &name, incident, vocabulary);
        for (name, value) in facts {
            matter.suppose(name, value);
        }
        matter
    }

    /// The drafts that a duty or a reader takes: one for each group, and for each language.
    fn letters(
        &self,
        context: &mut Context,
        incident: &'a Incident,
        args: &DraftArgs,
    ) -> Result<Vec<Planned<'a>>, Failure> {
        let duty = self.law.duty(&args.duty);
        let reader = reader(self.law, &args.duty)?;
        if args.group.is_some() && reader != Reader::People {
            return Err(Failure::usage("only letters to people are for a group"));
        }
        let of_groups: Vec<Vec<&Group>> = match &args.group {
            Some(name) => vec![vec![group(incident, name)?]],
            None if reader == Reader::People && !incident.groups.is_empty() => {
                incident.groups.iter().map(|group| vec![group]).collect()
            }
            None => vec![Vec::new()],
        };
        let mut letters = Vec::new();
        for groups in of_groups {
            let regime = duty.map(|(regime, _)| &**regime);
            if args.group.is_none() && !groups.iter().all(|group| notice::may_live(group, regime)) {
                let name: Vec<&String> = groups.iter().map(|group| &group.name).collect();
                context.screen.say(&format!(
                    "No letter to {}: none of its people is on record in a place of this law.",
                    wording::ticked(&name)
                ));
                continue;
            }
            let why = groups.iter().find_map(|group| notice::unprotected(group, regime));
            if let (None, Some(why)) = (&args.group, why) {
                let name: Vec<&String> = groups.iter().map(|group| &group.name).collect();
                context.screen.say(&format!("No letter to {}: {why}.", wording::ticked(&name)));
                continue;
            }
            let matter = self.matter(context, incident, &groups);
            let law = duty.map(|(regime, duty)| (&**regime, duty));
            let spoken = match &args.text.language {
                Some(tag) => {
                    let language = self.languages.named(tag)?;
                    if !language.speaks_to(reader) {
                        return Err(Failure::usage(format!(
                            "{} has no words for `{}`",
                            language.name,
                            reader.as_str()
                        )));
                    }
                    vec![(language, Languages::place(language, law, &matter))]
                }
                None => self.languages.for_reader(reader, law, &matter),
            };
            letters.extend(spoken.into_iter().map(|(language, place)| Planned {
                groups: groups.clone(),
                language,
                place,
            }));
        }
        Ok(letters)
    }

    /// Writes a draft.
    pub(super) fn write(
        &self,
        context: &mut Context,
        incident: &Incident,
        (id, text): (&str, &TextArgs),
        letter: &Planned<'_>,
    ) -> Result<Written, Failure> {
        let mut matter = self.matter(context, incident, &letter.groups);
        let mut untranslated =
            self.languages.translate(&mut matter, letter.language, &letter.groups);
        let at = context.world.now().at;
        let duty = matter.explain(self.law, id, at).map(|(duty, _)| duty);
        let reader = reader(self.law, id)?;
        let (template, source) =
            template::of(context, self.law, (id, text), reader, letter.language)?;
        let is_late = duty.as_ref().is_some_and(|duty| is_late(duty, at));
        let known = (incident, self.vocabulary);
        let mut doubts =
            doubts::of(known, duty.as_ref(), (reader, letter.language, &letter.groups), at);
        self.languages.doubt(&mut doubts, incident, letter.language);
        let foreign = duty.as_ref().is_some_and(|duty| !letter.language.cites(duty.duty));
        if foreign && reader == Reader::Authority {
            doubts.always.push(format!(
                "who reads this in {}? No wording of this law is held in that language: its citation and \
                 its list stay in English",
                letter.language.name
            ));
        }
        if let Some(delay) = duty.as_ref().and_then(|duty| doubts::denied(incident, duty)) {
            matter.suppose(names::DELAY_REQUESTED, Value::Unknown);
            doubts.always.push(format!(
                "`{}` is no, and on record is a request to wait: {}",
                names::DELAY_REQUESTED,
                doubts::waiting(delay)
            ));
        }
        let titles = self.languages.titles(letter.language);
        matter.suppose_local_times();
        let regime = duty.as_ref().map(|duty| duty.regime);
        let (languages, language, groups) = (self.languages, letter.language, &letter.groups);
        let concerned = Concerned { languages, language, groups, titles: &titles, regime };
        let told = concerned.suppose(&mut matter, incident, reader, &mut untranslated);
        let asked = |name: &str| matter.value(name);
        let each = each_of(&letter.groups, incident);
        let is_open = |name: &str| incident.fact_value(name) == Some(&Value::Unknown);
        let facts = NoticeFacts {
            value: &asked,
            is_open: &is_open,
            vocabulary: &matter.vocabulary,
            is_late,
            groups: match letter.groups.as_slice() {
                [] => &told.groups,
                // A letter says what these people lost, whatever else is said of groups.
                [_] => &[],
                _ => &each,
            },
            in_all: letter.groups.len() > 1,
            offer_to_all: told.offer_to_all.as_deref(),
            not_theirs: &notice::not_theirs(&letter.groups, incident),
            earlier: duty.as_ref().and_then(|duty| doubts::earlier(incident, duty)),
            untranslated: &untranslated,
            written: self.languages.written(letter.language),
            titles: &titles,
            doubts: &doubts,
            locale: letter.language.at(letter.place.as_deref()),
        };
        let mut draft = notice::draft(reader, duty.as_ref(), &facts, &template).map_err(
            |(document, found)| {
                shelf::unfilled(&document, &found)
                    .hint("nothing was recorded; `breach fact show --all` names every fact")
            },
        )?;
        if incident.drill {
            draft.text.insert_str(0, wording::REHEARSAL);
        }
        let marked = incident.marked(draft.used.iter().map(String::as_str));
        warn_marked(context, &marked);
        let foreign = self.languages.is_foreign(letter.language);
        let foreign = foreign.then_some(letter.language.name.as_str());
        let page = face::page(&draft, duty.as_ref(), is_late, foreign, &marked);
        let page = letter.language.shown(&page);
        Ok(Written { draft, page, template: source })
    }
}

/// Warns of facts that a text for people outside tells although they are marked privileged.
pub(super) fn warn_marked(context: &mut Context, marked: &[&str]) {
    if !marked.is_empty() {
        context.screen.warn(&format!(
            "this text tells what is marked privileged: {}; counsel decides whether it may be sent",
            wording::ticked(marked)
        ));
    }
}

/// Whether the deadline of a duty has passed without it, or was missed.
pub(super) fn is_late(duty: &Assessed<'_>, at: DateTime<Utc>) -> bool {
    duty.late().is_some() || duty.left(at).is_some_and(|left| left < TimeDelta::zero())
}

/// The group of that name.
pub(super) fn group<'i>(incident: &'i Incident, name: &str) -> Result<&'i Group, Failure> {
    incident.groups.iter().find(|group| group.name == name).ok_or_else(|| {
        let known: Vec<&str> = incident.groups.iter().map(|group| group.name.as_str()).collect();
        let known = match known.as_slice() {
            [] => "`breach group add` describes the first".to_owned(),
            known => format!("there are {}", wording::ticked(known)),
        };
        Failure::usage(format!("nobody defined the group `{name}`")).hint(known)
    })
}

/// Who reads it.
pub(super) fn reader(law: &Law, id: &str) -> Result<Reader, Failure> {
    let Some((_, duty)) = law.whole(id) else {
        return Reader::parse(id).ok_or_else(|| {
            let readers = wording::ticked(&Reader::ALL.map(Reader::as_str));
            law::unknown_duty(law, id).hint(format!("readers that need no duty: {readers}"))
        });
    };
    duty.to.iter().find_map(|to| Reader::of_recipient(to)).ok_or_else(|| {
        Failure::usage(format!("`{id}` is a decision, not a notice"))
            .hint(format!("`breach duties --explain {id}` says what it requires"))
    })
}

/// Keeps a copy of a draft: where, and what to record of it.
pub(super) fn kept(
    record: &Record,
    duty: &str,
    letter: &Planned<'_>,
    written: &Written,
) -> Result<(PathBuf, NoticeDrafted), Failure> {
    let page = written.page.as_bytes();
    let sha256 = Digest::of(page);
    let dir = record.folder.notices_dir();
    let path = dir.join(format!("{sha256}.md"));
    files::make_private(&dir).and_then(|()| files::write_once(&path, &[page])).map_err(
        |error| {
            Failure::new(Exit::NotRecorded, format!("failed to keep the draft: {error}"))
                .hint("nothing was recorded")
        },
    )?;
    let draft = &written.draft;
    let to_write = draft.required.iter().filter(|required| required.standing == ItemState::ToWrite);
    let language = &letter.language;
    let body = NoticeDrafted {
        duty: duty.to_owned(),
        sha256,
        template: written.template.clone(),
        missing: draft.missing.clone(),
        to_write: to_write.map(|required| required.words.clone()).collect(),
        language: (!language.is_english()).then(|| language.tag.clone()),
        group: letter.group(),
        manifest: None,
        used_facts: draft.used.clone(),
    };
    Ok((path, body))
}
