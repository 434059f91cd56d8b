//! `breach duties letters`: one letter to each person of a list. The log holds the digest of the
//! manifest, never the people.

mod folder;
mod people;
mod returned;

use std::borrow::Cow;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub(super) use returned::{Returned, counts};

use super::draft::{Asked, Planned, kept, reader};
use super::language::Languages;
use super::places::protects;
use crate::cli::args::{DraftFormat, LettersArgs};
use crate::cli::desk::{Context, Exit, Failure, Record, followed, home, law, spreadsheet};
use crate::digest::Digest;
use crate::escape;
use crate::fact::{People, Value, names};
use crate::incident::Incident;
use crate::incident::event::{Group, NoticeDrafted};
use crate::notice::{Addressee, ItemState, Language, Letter, Reader, unready};
use crate::output::{letters as face, notice};
use crate::wording;
use folder::{Folder, Placed, Run};
use people::{Allowed, Known, Person, Roll};

/// Columns of plain text.
const COLUMNS: usize = 72;

/// Bytes of a table of people.
const LARGEST: usize = 512 << 20;

/// Whom a text is for: groups, language, place.
type Key = (Vec<usize>, String, String);

/// A text, and how it is recorded.
struct Text<'l> {
    letter: Letter,
    language: &'l Language,
    date: String,
    signed: String,
    body: NoticeDrafted,
}

pub(super) fn run(context: &mut Context, args: &LettersArgs) -> Result<Exit, Failure> {
    // Any failure on the way means that the log lacks what was written.
    write(context, args).map_err(|failure| match failure.exit {
        Exit::Failed => Failure { exit: Exit::NotRecorded, ..failure },
        _ => failure,
    })
}

fn write(context: &mut Context, args: &LettersArgs) -> Result<Exit, Failure> {
    let law = law::law(context)?;
    if reader(&law, &args.duty)? != Reader::People {
        return Err(Failure::usage(format!("`{}` does not tell people", args.duty))
            .hint("letters go to people; `breach duties draft` writes every other notice"));
    }
    let incident_folder = home::one(context)?;
    let mut record = Record::open(context, incident_folder)?;
    record.say_if_closed(context);
    let languages = Languages::read(context, &law, (&args.text.texts, &args.text.recorded_in))?;
    let vocabulary = followed::vocabulary(context, &record.incident, &record.folder);
    let asked = Asked { law: &law, languages: &languages, vocabulary: &vocabulary };
    let bytes = read_people(&args.people)?;
    let people = Digest::of(&bytes);
    let (table, remark) = spreadsheet::text(&bytes);
    drop(bytes);
    if let Some(remark) = remark {
        context.screen.warn(remark);
    }
    let groups = record.incident.groups.clone();
    let Some(place) = vocabulary.get(names::HOME_COUNTRY) else {
        return Err(Failure::new(Exit::Failed, "no fact reads places"));
    };
    let allowed = Allowed {
        groups: groups.iter().map(|group| group.name.as_str()).collect(),
        place,
        is_language: &|tag| languages.named(tag).is_ok(),
    };
    let roll = Roll::read(&table, &allowed, &context.world);
    if !roll.mistakes.is_empty() {
        let failure = Failure::of_rows(&args.people, &roll.mistakes);
        return Err(match roll.more {
            0 => failure,
            more => failure.hint(format!("and {more} more rows with mistakes")),
        });
    }
    let matter = law::matter(
        context,
        &record.incident.name,
        Cow::Borrowed(&record.incident),
        Cow::Borrowed(&vocabulary),
    );
    let duty = matter.explain(&law, &args.duty, context.world.now().at).map(|(duty, _)| duty);
    let waits = super::doubts::waits(&record.incident, &args.duty, context.world.now().at);
    for line in duty.iter().filter_map(notice::stands).chain(waits) {
        context.screen.warn(&line);
    }
    let places = law.whole(&args.duty).map(|(regime, _)| {
        let concerns = regime.concerns.iter().flat_map(|concerns| concerns.jurisdictions());
        concerns.map(str::to_owned).collect::<Vec<String>>()
    });
    let places = places.unwrap_or_default();
    let is_told = |place: &str| protects(&places, place);
    let folder = Folder::open(context, &args.out)?;
    let today = context.world.now().local().date_naive();
    let dated = args.dated.or(folder.begun.as_ref().map(|run| run.dated)).unwrap_or(today);
    let key = |known: &Known| -> Result<Key, Failure> {
        let language = match (&known.language, &args.text.language) {
            (Some(tag), _) | (None, Some(tag)) => languages.named(tag)?,
            (None, None) => languages.of(&known.place),
        };
        Ok((known.groups.clone(), language.tag.clone(), known.place.clone()))
    };
    let mut texts: BTreeMap<Key, Text<'_>> = BTreeMap::new();
    for known in roll.known().filter(|known| is_told(&known.place)) {
        let key = key(known)?;
        if let Entry::Vacant(vacant) = texts.entry(key) {
            let text = text(context, &asked, &record, (&groups, args, dated), vacant.key())?;
            vacant.insert(text);
        }
    }
    let mut run = Run::new(&args.duty, people, dated);
    run.texts = texts.values().map(|text| text.body.sha256).collect();
    let signed: BTreeSet<&str> = texts.values().map(|text| &*text.signed).collect();
    let signed = signed.into_iter().collect::<Vec<&str>>().join("; ");
    run.signed_by = Some(signed).filter(|signed| !signed.is_empty());
    let ending = if args.format == DraftFormat::Text { "txt" } else { "md" };
    ending.clone_into(&mut run.ending);
    folder.begin(&run)?;
    let merge = Merge { folder: &folder, texts: &texts, groups: &allowed.groups, ending };
    let (digest, written) = merge.write(&roll, &table, &key)?;
    let counts = counted(&roll, &groups, &record.incident, &is_told);
    face::text(&counts, context.table_width, &mut context.out)?;
    record_texts(context, &mut record, &args.duty, texts, digest)?;
    tell(context, (&folder, digest), written, &args.duty);
    let asked = args.text.language.is_some() || roll.known().any(|one| one.language.is_some());
    let people = counts.iter().map(|one| (one.place.as_str(), one.letters.to_string()));
    let unspoken = languages.unspoken(&people.collect::<Vec<_>>()).filter(|_| !asked);
    let differs = counts.iter().filter_map(face::Counted::differs);
    let doubts = unspoken.into_iter().chain(differs);
    for line in doubts.chain(record.incident.group_differences()).chain(roll.shared(&groups)) {
        context.screen.warn(&line);
    }
    doubt(context, &roll.doubts);
    Ok(Exit::Done)
}

/// Doubts about the list of people.
fn doubt(context: &mut Context, doubts: &[String]) {
    for doubt in doubts.iter().take(20) {
        context.screen.warn(doubt);
    }
    if let Some(more) = doubts.len().checked_sub(20).filter(|more| *more > 0) {
        context
            .screen
            .warn(&format!("and {more} more pairs of lines with the same name and address"));
    }
}

/// What is written where.
struct Merge<'m> {
    folder: &'m Folder,
    texts: &'m BTreeMap<Key, Text<'m>>,
    /// Groups by number.
    groups: &'m [&'m str],
    ending: &'m str,
}

/// How many letters were written, were there before, and are for nobody whom the duty tells.
type Written = (u64, u64, u64);

impl Merge<'_> {
    /// Writes every letter and the manifest, whose digest it gives.
    fn write(
        &self,
        roll: &Roll,
        table: &str,
        key: &dyn Fn(&Known) -> Result<Key, Failure>,
    ) -> Result<(Digest, Written), Failure> {
        let failed = |error: std::io::Error| {
            Failure::new(Exit::Failed, format!("failed to write a letter: {error}"))
                .hint("what was written stays; run the same command again to go on")
        };
        let mut manifest = self.folder.manifest().map_err(failed)?;
        let (mut fresh, mut before, mut elsewhere) = (0, 0, 0);
        let mut out = String::new();
        roll.each(table, |person, known| {
            let key = key(known)?;
            let Some(text) = self.texts.get(&key) else {
                elsewhere += 1;
                return Ok::<(), Failure>(());
            };
            out.clear();
            let address = addressee(person, text.language, &known.place);
            text.letter.write(&address, (&text.date, &text.signed), &mut out);
            let id = person.get("id");
            let name = format!("{id}.{}", self.ending);
            match self.folder.letter(&name, out.as_bytes()).map_err(failed)? {
                Placed::Fresh => fresh += 1,
                Placed::Before => before += 1,
                Placed::Edited => {
                    let why = format!("`letters/{name}` was changed since it was written");
                    return Err(Failure::usage(why).hint(
                        "it was left as it is; move your version out of this folder and run the same \
                         command again, which writes ours in its place",
                    ));
                }
            }
            let groups: Vec<&str> = known.groups.iter().map(|n| self.groups[*n]).collect();
            let sha256 = Digest::of(out.as_bytes()).to_string();
            let file = format!("letters/{name}");
            let row = [id, &groups.join("+"), &known.place, &key.1, &file, &sha256];
            manifest.row(&row).map_err(failed)
        })?;
        Ok((manifest.end().map_err(failed)?, (fresh, before, elsewhere)))
    }
}

fn read_people(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: &str| {
        let name = path.display().to_string();
        Failure::usage(format!("failed to read `{}`: {error}", escape::line(&name)))
    };
    let bytes =
        crate::plain_file::read(path, LARGEST).map_err(|error| failed(&error.to_string()))?;
    if bytes.len() > LARGEST { Err(failed("it is larger than 512 MiB")) } else { Ok(bytes) }
}

/// Writes the text of a group in a language, if it is ready to be sent.
fn text<'l>(
    context: &mut Context,
    asked: &Asked<'l>,
    record: &Record,
    (groups, args, dated): (&[Group], &LettersArgs, chrono::NaiveDate),
    (numbers, tag, place): &Key,
) -> Result<Text<'l>, Failure> {
    let language = asked.languages.named(tag)?;
    let planned = Planned {
        groups: numbers.iter().map(|number| &groups[*number]).collect(),
        language,
        place: Some(place.clone()),
    };
    let written = asked.write(context, &record.incident, (&args.duty, &args.text), &planned)?;
    let (markdown, unready) = unready(&written.draft.text);
    let whom = planned.group().map(|group| format!(" to {group}")).unwrap_or_default();
    let name = &language.name;
    let refuse =
        |why: &str| Failure::new(Exit::Mistakes, format!("the letter{whom} in {name} {why}"));
    // A template that leaves out what a law asks for leaves no mark in the text.
    let lacks = |standing: &ItemState| {
        matches!(standing, ItemState::LeftOut | ItemState::ToWrite | ItemState::Missing(_))
    };
    let required = written.draft.required.iter().filter(|required| lacks(&required.standing));
    let required = required.map(|required| format!("[not in the text: {}]", required.words));
    let gaps: Vec<String> = match unready.gaps.as_slice() {
        [] => required.collect(),
        gaps => gaps.to_vec(),
    };
    if !gaps.is_empty() {
        let failure = refuse("has gaps, and a gap is never sent");
        let failure = gaps.iter().take(20).fold(failure, Failure::hint);
        return Err(failure
            .hint(
                "write what no fact says into a file and name it with --texts: [[write]], \
                 for = \"…\", text = \"…\"",
            )
            .hint("no letter was written; `breach duties draft` shows them in place"));
    }
    if !unready.checks.is_empty() && !args.checked {
        let failure = refuse("has places that somebody has to look up");
        let failure = unready.checks.iter().fold(failure, Failure::hint);
        return Err(failure.hint("no letter was written; --checked says that somebody did"));
    }
    if unready.is_unreviewed && !args.unreviewed {
        return Err(refuse("was not read by a native speaker").hint(
            "no letter was written; have it read and write `reviewed-by` into the file of the \
             language, or send it as it is with --unreviewed",
        ));
    }
    let signed = asked.languages.signatory(language).or(args.signed_by.as_deref());
    if markdown.contains("[SIGNATORY]") && signed.is_none() {
        return Err(Failure::usage("nobody signs the letters")
            .hint("no letter was written; --signed-by 'NAME, FUNCTION' says who does")
            .hint("`signatory` in a file of --texts says it in its language"));
    }
    let lay_out = |text: &str| notice::plain(text, COLUMNS);
    let lay_out: Option<&dyn Fn(&str) -> String> =
        (args.format == DraftFormat::Text).then_some(&lay_out);
    let (_, body) = kept(record, &args.duty, &planned, &written)?;
    let form = language.at(Some(place)).form;
    Ok(Text {
        letter: Letter::new(&markdown, &form.salutation, lay_out),
        language,
        date: form.date(dated),
        signed: signed.unwrap_or_default().to_owned(),
        body,
    })
}

fn addressee<'p>(person: &Person<'p>, language: &Language, place: &str) -> Addressee<'p> {
    let form = language.at(Some(place)).form;
    let town = form.town(person.get("town"), person.get("region"), person.get("postcode"));
    let mut address = vec![person.get("street").to_owned(), person.get("street2").to_owned()];
    address.extend(town.lines().map(str::to_owned));
    address.push(person.get("country").to_uppercase());
    let salutation = Some(person.get("salutation")).filter(|text| !text.is_empty());
    Addressee { name: person.get("name"), salutation, address }
}

/// The letters by place and group beside the people on record; also where somebody is on record and
/// nobody gets a letter.
fn counted(
    roll: &Roll,
    groups: &[Group],
    incident: &Incident,
    is_told: &dyn Fn(&str) -> bool,
) -> Vec<face::Counted> {
    let all = match incident.fact_value(names::PEOPLE_AFFECTED) {
        Some(Value::People(people)) => Some(people),
        _ => None,
    };
    let recorded: Vec<(Option<usize>, Option<&People>)> = if groups.is_empty() {
        vec![(None, all)]
    } else {
        let numbered = groups.iter().enumerate();
        numbered.map(|(number, group)| (Some(number), group.people.as_ref())).collect()
    };
    let mut counts = roll.counts();
    for (group, people) in &recorded {
        for place in people.iter().flat_map(|people| people.by.keys()) {
            counts.entry((place.clone(), *group)).or_insert(0);
        }
    }
    counts.retain(|(place, _), _| is_told(place));
    let counts = counts.into_iter().map(|((place, group), letters)| {
        let people = recorded.iter().find(|(of, _)| *of == group).and_then(|(_, people)| *people);
        face::Counted {
            group: group.map(|number| groups[number].name.clone()),
            recorded: people.map(|people| people.outside_regions(&place)),
            place,
            letters,
        }
    });
    counts.collect()
}

/// Records each text once, with the digest of the manifest.
fn record_texts(
    context: &mut Context,
    record: &mut Record,
    duty: &str,
    texts: BTreeMap<Key, Text<'_>>,
    manifest: Digest,
) -> Result<(), Failure> {
    let known = record.incident.manifests.get(duty);
    if known.is_some_and(|known| known.contains(&manifest)) {
        return Ok(());
    }
    let mut recorded: Vec<Digest> = Vec::new();
    for Text { body, .. } in texts.into_values() {
        if !recorded.contains(&body.sha256) {
            recorded.push(body.sha256);
            record.append(context, NoticeDrafted { manifest: Some(manifest), ..body }.into())?;
        }
    }
    Ok(())
}

fn tell(
    context: &mut Context,
    (folder, digest): (&Folder, Digest),
    (fresh, before, elsewhere): Written,
    duty: &str,
) {
    let shown = folder.path().display().to_string();
    let count = |n: u64| wording::count(usize::try_from(n).unwrap_or(usize::MAX), "letter");
    context.screen.say(&match before {
        0 => format!("{} in `{shown}`, which only you can read.", count(fresh)),
        before => format!("{} written, {before} were there; all in `{shown}`.", count(fresh)),
    });
    context.screen.say(&format!("The log holds the digest of the manifest, {digest}."));
    if elsewhere > 0 {
        context.screen.warn(&format!(
            "{elsewhere} people of the table live where this duty tells nobody, and get no letter"
        ));
    }
    let dir = escape::shell(&shown);
    context.screen.say(&format!(
        "Once they are sent: breach duties sent {duty} --channel post --letters {dir}"
    ));
}
