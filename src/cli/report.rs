//! `breach report`: the report on an incident, from its log alone. It reads, and appends nothing.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use super::args::{ReportArgs, ReportFormat, ReportTlp};
use super::desk::{Context, Exit, Failure, chains, files, followed, home, law, shelf};
use crate::fact::Vocabulary;
use crate::log::{ChainReport, Folder};
use crate::output::{json, report as face};
use crate::regime::{Law, Matter};
use crate::report::{Audience, Followed, Gather, Gathering, Material, Report, Tlp, across_schema};

/// Columns of a report where there is no terminal: a pager has one.
const WIDTH: u16 = 80;

pub(super) fn run(context: &mut Context, args: &ReportArgs) -> Result<Exit, Failure> {
    if args.schema {
        let schema = if args.all { across_schema() } else { crate::report::schema() };
        json::write(&mut context.out, &schema)?;
        return Ok(Exit::Done);
    }
    let page = if args.all { all(context, args)? } else { one(context, args)? };
    match &args.out {
        Some(path) => keep(context, path, &page)?,
        None => context.out.write_all(&page)?,
    }
    Ok(Exit::Done)
}

fn width(context: &Context, args: &ReportArgs) -> u16 {
    context.table_width.filter(|_| args.out.is_none()).unwrap_or(WIDTH).clamp(40, 120)
}

/// The page on one incident.
fn one(context: &mut Context, args: &ReportArgs) -> Result<Vec<u8>, Failure> {
    let folder = home::one(context)?;
    let audience = Audience::from(args.audience);
    let law = law::law(context)?;
    let seen = see(context, &folder, audience, &law)?;
    let report = report(context, &folder, (&seen, &law), audience, args.tlp.into());
    caution(context, args, &seen);
    if let Some(path) = &args.template {
        let (document, _) = shelf::template(path)?;
        let filled = face::filled(&report, &document);
        return filled.map(String::into_bytes).map_err(|found| {
            shelf::unfilled(&document, &found)
                .hint("`breach report --schema` describes what a template can use")
        });
    }
    let mut page = Vec::new();
    match args.format {
        ReportFormat::Json => {
            let value = serde_json::to_value(&report).map_err(std::io::Error::from)?;
            json::write(&mut page, &value)?;
        }
        ReportFormat::Markdown => page = face::markdown(&report).into_bytes(),
        ReportFormat::Html => page = face::html(&report).into_bytes(),
        ReportFormat::Text => face::text(&report, &mut page, width(context, args))?,
    }
    Ok(page)
}

/// What the tool cannot judge of a page that leaves the house.
fn caution(context: &mut Context, args: &ReportArgs, seen: &Seen) {
    let audience = Audience::from(args.audience);
    if audience.names_people() {
        if matches!(args.tlp, ReportTlp::Clear) {
            context.screen.warn("TLP:CLEAR, with names and words of the inside: for everybody?");
        }
        return;
    }
    context.screen.warn(
        "read it before it leaves the house: names that the log does not know cannot be found",
    );
    let ordinary = seen.gather.known(&seen.vocabulary).ordinary();
    if ordinary > 0 {
        let names = crate::wording::count(ordinary, "name");
        context
            .screen
            .warn(&format!("{names} with an ordinary word in it: that word stays as it is"));
    }
    if audience == Audience::Public && !matches!(args.tlp, ReportTlp::Clear) {
        context.screen.warn("it is not labelled for everybody: `--tlp clear` once it is released");
    }
}

/// The page on all incidents of the home but rehearsals, read one after the other.
fn all(context: &mut Context, args: &ReportArgs) -> Result<Vec<u8>, Failure> {
    let (audience, tlp) = (Audience::from(args.audience), args.tlp.into());
    let mut gathering = Gathering::default();
    let folders = home::list(&context.home()?)?;
    let law = law::law(context)?;
    for folder in folders.iter().filter(|folder| !folder.is_drill()) {
        let seen = see(context, folder, audience, &law)?;
        gathering.take(&report(context, folder, (&seen, &law), audience, tlp));
    }
    let across = gathering.across();
    let mut page = Vec::new();
    match args.format {
        ReportFormat::Json => {
            let value = serde_json::to_value(&across).map_err(std::io::Error::from)?;
            json::write(&mut page, &value)?;
        }
        ReportFormat::Markdown => page = face::across_markdown(&across, tlp).into_bytes(),
        ReportFormat::Text => {
            face::across_text(&across, tlp, &mut page, width(context, args))?;
        }
        ReportFormat::Html => {
            return Err(Failure::usage("incidents side by side have no HTML page")
                .hint("nothing was written; --format markdown, json or text"));
        }
    }
    Ok(page)
}

/// Writes a new file that nobody else can read.
fn keep(context: &mut Context, path: &Path, page: &[u8]) -> Result<(), Failure> {
    let shown = path.display();
    if path.symlink_metadata().is_ok() {
        return Err(Failure::usage(format!("`{shown}` is there already"))
            .hint("nothing was written; name a new file"));
    }
    std::path::absolute(path).and_then(|path| files::write_once(&path, &[page])).map_err(
        |error| Failure::new(Exit::Failed, format!("failed to write `{shown}`: {error}")),
    )?;
    context.screen.say(&format!("Wrote {shown}, readable by you alone."));
    Ok(())
}

/// What was seen of the log of an incident, for one audience.
pub(super) struct Seen {
    pub(super) gather: Gather,
    pub(super) vocabulary: Vocabulary,
    pub(super) chains: Vec<ChainReport>,
}

/// Reads the log of a folder, and says what of it cannot be believed.
pub(super) fn see(
    context: &mut Context,
    folder: &Folder,
    audience: Audience,
    law: &Law,
) -> Result<Seen, Failure> {
    let mut gather = Gather::new(audience, law);
    let chains = crate::log::entries(folder, &mut |chain, entry| gather.entry(chain, entry))
        .map_err(chains::unreadable)?;
    chains::show_damage(context, &chains);
    chains::show_newer(context, &gather.incident);
    for chain in &chains {
        if let Some(fragment) = chain.fragment() {
            context.screen.warn(&format!("chain {}: {fragment}", chain.chain));
        }
    }
    let vocabulary = followed::vocabulary(context, &gather.incident, folder);
    Ok(Seen { gather, vocabulary, chains })
}

/// The report on the incident of a folder, for the audience for which its log was read.
pub(super) fn report(
    context: &mut Context,
    folder: &Folder,
    (seen, law): (&Seen, &Law),
    audience: Audience,
    tlp: Tlp,
) -> Report {
    let Seen { gather, vocabulary, chains } = seen;
    let playbooks = followed(context, folder, gather);
    let name = folder.name().to_string();
    let incident = Cow::Borrowed(&gather.incident);
    let matter = Matter::new(chrono_tz::Tz::UTC, &name, incident, Cow::Borrowed(vocabulary));
    let as_of = gather.incident.last_at.map(|at| at.to_utc());
    let duties = as_of.map(|at| matter.assess(law, at)).unwrap_or_default();
    let material = Material {
        name: &name,
        gather,
        vocabulary,
        playbooks: &playbooks,
        duties: &duties,
        gaps: &matter.gaps(law),
        chains,
        audience,
        tlp,
    };
    material.report()
}

/// The kept copies of the playbooks that were followed. One that is gone is said to be, and the
/// report goes on without its steps.
fn followed(context: &mut Context, folder: &Folder, gather: &Gather) -> Vec<Followed> {
    let mut followed = Vec::new();
    for (phase, pinned) in gather.pins() {
        let playbook = followed::kept_in(folder, *phase, pinned).map(|followed| followed.playbook);
        if let Err(failure) = &playbook {
            context.screen.warn(&format!("{phase}: {}", failure.error));
            context.damaged = true;
        }
        // Where the copy should lie is no business of a reader.
        let playbook = playbook.map_err(|_| "its kept copy is gone, altered or no playbook".into());
        followed.push(Followed { phase: *phase, pinned: pinned.clone(), playbook });
    }
    followed
}
