//! `breach duties draft`: the text of a notice, filled from the facts.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use chrono::TimeDelta;

use crate::cli::args::{DraftArgs, DraftFormat};
use crate::cli::desk::{Context, Exit, Failure, Record, files, followed, home, law, shelf, trust};
use crate::digest::Digest;
use crate::document::Document;
use crate::incident::event::NoticeDrafted;
use crate::notice::{self, Drafted, ItemState, Reader};
use crate::output::notice as face;
use crate::regime::{Assessed, Law};

/// Columns of plain text: mail programs wrap beyond.
const COLUMNS: usize = 72;

pub(super) fn run(context: &mut Context, args: &DraftArgs) -> Result<Exit, Failure> {
    let law = law::law(context)?;
    let folder = home::one(context)?;
    let mut record = Record::open(context, folder)?;
    let vocabulary = followed::vocabulary(context, &record.incident, &record.folder);
    let (name, incident) = (record.incident.name.clone(), Cow::Borrowed(&record.incident));
    let matter = law::matter(context, &name, incident, Cow::Owned(vocabulary));
    let at = context.world.now().at;
    let duty = matter.explain(&law, &args.duty, at).map(|(duty, _)| duty);
    let audience = audience(&law, args, duty.as_ref())?;
    let (template, source) = template(context, &law, args, audience)?;
    let is_late =
        duty.as_ref().and_then(|duty| duty.left(at)).is_some_and(|left| left < TimeDelta::zero());
    let asked = |name: &str| matter.value(name);
    let facts = notice::NoticeFacts { value: &asked, vocabulary: &matter.vocabulary, is_late };
    let draft = notice::draft(audience, duty.as_ref(), &facts, &template).map_err(
        |(document, found)| {
            shelf::unfilled(&document, &found)
                .hint("nothing was recorded; `breach fact show --all` names every fact")
        },
    )?;
    let page = face::page(&draft, duty.as_ref(), is_late);
    drop(matter);
    let kept = keep(context, &mut record, args, (&draft, &page), source)?;
    let text = match args.format {
        DraftFormat::Markdown => page,
        DraftFormat::Text => face::plain(&page, COLUMNS),
    };
    context.out.write_all(text.as_bytes())?;
    context.screen.say(&format!("Draft of {}: {}.", args.duty, face::summary(&draft)));
    context.screen.say(&format!("Kept as `{}`; its digest is in the log.", kept.display()));
    Ok(Exit::Done)
}

/// Who reads it.
fn audience(law: &Law, args: &DraftArgs, duty: Option<&Assessed<'_>>) -> Result<Reader, Failure> {
    let Some(duty) = duty else {
        return Reader::parse(&args.duty).ok_or_else(|| {
            let readers = Reader::ALL.map(Reader::as_str);
            let readers = crate::wording::ticked(&readers);
            super::unknown(law, &args.duty).hint(format!("readers that need no duty: {readers}"))
        });
    };
    let to = duty.duty.to.iter().find_map(|to| Reader::of_recipient(to));
    to.ok_or_else(|| {
        Failure::usage(format!("`{}` is a decision, not a notice", args.duty))
            .hint(format!("`breach duties --explain {}` says what it requires", args.duty))
    })
}

/// The template: the one that is named, one of the home for the duty or the reader, or ours.
fn template(
    context: &mut Context,
    law: &Law,
    args: &DraftArgs,
    audience: Reader,
) -> Result<(Document, String), Failure> {
    if let Some(path) = &args.template {
        return shelf::template(path);
    }
    let Ok(home) = context.home() else {
        return Ok((audience.template(), "built-in".to_owned()));
    };
    let own = home.join("notices");
    strangers(context, law, &own);
    // The name of a duty is that of a known one, so it cannot leave the folder.
    for name in [args.duty.as_str(), audience.as_str()] {
        let path = own.join(format!("{name}.md"));
        if path.is_file() {
            if let Some(why) = trust::distrust(&own).or_else(|| trust::distrust(&path)) {
                return Err(shelf::not_ours(&why));
            }
            return shelf::template(&path);
        }
    }
    Ok((audience.template(), "built-in".to_owned()))
}

/// Templates that no draft will ever take, because nothing has their name.
fn strangers(context: &mut Context, law: &Law, dir: &Path) {
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let file = entry.file_name().to_string_lossy().into_owned();
        let name = file.strip_suffix(".md").filter(|name| !name.starts_with('.'));
        let Some(name) = name else { continue };
        if law.duty(name).is_none() && Reader::parse(name).is_none() {
            let name = crate::escape::line(name).into_owned();
            context
                .screen
                .warn(&format!("`notices/{name}.md` is not used: no duty or reader has that name"));
        }
    }
}

/// Keeps a copy, then records its digest; the same text twice is recorded once.
fn keep(
    context: &mut Context,
    record: &mut Record,
    args: &DraftArgs,
    (draft, page): (&Drafted, &str),
    template: String,
) -> Result<std::path::PathBuf, Failure> {
    let sha256 = Digest::of(page.as_bytes());
    let dir = record.folder.notices_dir();
    let path = dir.join(format!("{sha256}.md"));
    files::make_private(&dir).and_then(|()| files::write_once(&path, &[page.as_bytes()])).map_err(
        |error| {
            Failure::new(Exit::NotRecorded, format!("failed to keep the draft: {error}"))
                .hint("nothing was recorded")
        },
    )?;
    let before = record.incident.drafts.get(&args.duty);
    if before.is_some_and(|drafts| drafts.iter().any(|letter| letter.sha256 == sha256)) {
        return Ok(path);
    }
    let to_write = draft.required.iter().filter(|required| required.standing == ItemState::ToWrite);
    let body = NoticeDrafted {
        duty: args.duty.clone(),
        sha256,
        template,
        missing: draft.missing.clone(),
        to_write: to_write.map(|required| required.words.clone()).collect(),
        language: None,
        group: None,
        manifest: None,
        used_facts: draft.used.clone(),
    };
    record.append(context, body.into())?;
    Ok(path)
}
