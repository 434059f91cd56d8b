//! `breach brief`: what somebody who comes to the incident now has to know. It only reads.

use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::args::{BriefArgs, BriefAudience, BriefFormat};
use super::desk::pulse::Pulse;
use super::desk::seen::{Seen, gathered};
use super::desk::{
    Context, Exit, Failure, chains, debts, files, home, law, matters, moment, state, waiting,
};
use crate::escape;
use crate::fact::length;
use crate::log::{ChainReport, Folder, last_ending};
use crate::output::brief::{self as face, Brief};
use crate::output::json;
use crate::plain_file;
use crate::regime::Law;
use crate::report::{Audience, Gather};
use crate::walk::Whose;
use crate::wording;

/// Columns of a text where there is no terminal.
const WIDTH: u16 = 80;

/// Beginning of every page that is written again and again: no other file is written over.
const OURS: &str = "<title>Brief on ";

pub(super) fn run(context: &mut Context, args: &BriefArgs) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let law = law::law_or_builtin(context);
    if let Some(path) = args.out.as_ref().filter(|_| args.follow) {
        return follow(context, args, (&folder, &law), path);
    }
    let brief = brief(context, args, &folder, &law)?;
    let mut page = Vec::new();
    match args.format {
        BriefFormat::Text => {
            let width = context.table_width.filter(|_| args.out.is_none()).unwrap_or(WIDTH);
            brief.text(&mut page, width.clamp(40, 100))?;
        }
        BriefFormat::Markdown => page = brief.markdown().into_bytes(),
        BriefFormat::Html => page = brief.html(false).into_bytes(),
        BriefFormat::Json => {
            let value = serde_json::to_value(&brief).map_err(std::io::Error::from)?;
            json::write(&mut page, &value)?;
        }
    }
    match &args.out {
        Some(path) => files::keep(context, path, &page)?,
        None => std::io::Write::write_all(&mut context.out, &page)?,
    }
    Ok(Exit::Done)
}

/// Writes the page until somebody ends it or the incident is closed. Once it could be written, it is
/// tried again where it cannot.
fn follow(
    context: &mut Context,
    args: &BriefArgs,
    (folder, law): (&Folder, &Law),
    path: &Path,
) -> Result<Exit, Failure> {
    if path.symlink_metadata().is_ok() && !is_ours(path) {
        return Err(Failure::usage(format!("`{}` already exists and is not a brief", shown(path)))
            .hint("nothing was written; name a new file"));
    }
    let mut pulse = Pulse::default();
    let mut is_first = true;
    loop {
        if pulse.beats(context, folder) {
            let is_open = folder.is_open(&context.world);
            let written = write(context, args, (folder, law), path, is_open);
            match written {
                Err(failure) if !is_first => context.screen.warn(&format!("{:#}", failure.error)),
                written => written?,
            }
            if is_first {
                let shown = shown(path);
                context.screen.say(&format!(
                    "Writing {shown} every minute and at each entry, until Ctrl-C. Open it in a \
                     browser: only you can read it."
                ));
            }
            is_first = false;
            if !is_open {
                context.screen.say("The incident is closed: this was the last page.");
                return Ok(Exit::Done);
            }
        }
        std::thread::sleep(Duration::from_secs(1));
    }
}

fn write(
    context: &mut Context,
    args: &BriefArgs,
    (folder, law): (&Folder, &Law),
    path: &Path,
    goes_on: bool,
) -> Result<(), Failure> {
    let page = brief(context, args, folder, law)?.html(goes_on);
    files::replace(path, &[page.as_bytes()]).map_err(|error| {
        Failure::new(Exit::Failed, format!("failed to write `{}`: {error}", shown(path)))
            .hint("the page there is the last whole one; name a folder that you can write to")
    })
}

fn shown(path: &Path) -> String {
    escape::line(&path.to_string_lossy()).into_owned()
}

/// Whether a file is a page that this command wrote before.
fn is_ours(path: &Path) -> bool {
    const HEAD: usize = 2048;
    let head = plain_file::read(path, HEAD).unwrap_or_default();
    String::from_utf8_lossy(&head).contains(OURS)
}

fn brief(
    context: &mut Context,
    args: &BriefArgs,
    folder: &Folder,
    law: &Law,
) -> Result<Brief, Failure> {
    let (audience, gather, called) = match args.audience {
        BriefAudience::Team => {
            let audience = Audience::Internal;
            (audience, Gather::new(audience, law).unprivileged(), "the team")
        }
        BriefAudience::Executive => {
            let audience = Audience::Executive;
            (audience, Gather::new(audience, law), "executives")
        }
        BriefAudience::Counsel => {
            let audience = Audience::Internal;
            (audience, Gather::new(audience, law), "counsel")
        }
    };
    let seen = gathered(context, folder, gather)?;
    let Seen { gather, vocabulary, chains: reports, .. } = &seen;
    let since = since(context, &args.since, reports)?;
    let whole = gather.whole();
    let here = context.world.clock().zone().map(str::to_owned);
    let told = (since, here.as_deref());
    let docket = law::docket(context, law, whole, vocabulary);
    let words = (vocabulary, law, &docket);
    let mut said = crate::report::Brief::new(gather, words, audience, told);
    crate::log::entries(folder, &context.world, &mut |chain, entry| said.entry(chain, entry))
        .map_err(chains::unreadable)?;
    let status = state::of(context, folder, law, (whole, vocabulary, reports));
    let mut tasks = state::tasks(context, folder, whole, said.withheld());
    for task in &mut tasks {
        for at in [&mut task.check_at, &mut task.cut_by].into_iter().flatten() {
            *at = said.zone().there(*at);
        }
    }
    let now = context.world.now();
    let machines = audience != Audience::Executive;
    let mut next = said.duties(now.at);
    next.extend(state::not_known(&docket, whole));
    // The subjects may name machines.
    next.extend(match status.conflicts.len() {
        0 => None,
        n => Some(waiting::in_conflict(&wording::count(n, "subject"))),
    });
    next.extend(said.asked());
    let there = |at| said.zone().there(at);
    let everybody = Whose::default();
    next.extend(waiting::to_look_at(context, (&gather.incident, vocabulary), &there, everybody));
    next.extend(matters::corrections(&gather.incident, vocabulary));
    if machines {
        next.extend(matters::left_alone(&gather.incident));
    }
    next.extend(waiting::kept_back(context, (whole, vocabulary), |name| said.keeps(name), &there));
    let owed = if machines { debts::counted(folder, whole) } else { Vec::new() };
    next.extend(face::next((&status, &tasks, &owed), machines, now.at));
    next.extend(said.actions(now.local().date_naive()));
    let mut unknown = said.unknown();
    unknown.extend(face::without_law(&status));
    Ok(Brief {
        schema: "breach.brief/1",
        known: said.known(),
        unknown,
        changed: said.changed(),
        decided: said.decided(),
        blocked: face::blocked(&tasks, machines, now.at),
        next,
        privileged: said.privileged(),
        verifies: status.chains.iter().all(|chain| chain.damage.is_none()),
        audience: called.to_owned(),
        zone: said.zone(),
        written_at: now.local(),
        since,
        incident: status.name,
        title: status.title,
        rehearsal: status.drill,
        newer_entries: status.newer_entries,
        last_code: status.last_code,
    })
}

/// The moment since when changes are told: a length before now, a moment, the last head code.
fn since(
    context: &mut Context,
    text: &str,
    reports: &[ChainReport],
) -> Result<DateTime<FixedOffset>, Failure> {
    let now = context.world.now().local();
    let text = text.trim();
    if text == "last" {
        let last = last_ending(reports).and_then(|(ending, _)| {
            let at = DateTime::parse_from_rfc3339(&ending.at).ok()?;
            Some(at.with_timezone(now.offset()))
        });
        return last.ok_or_else(|| {
            Failure::usage("the log has no head code yet")
                .hint("give a length or a time instead: `breach brief --since 8h`")
        });
    }
    let seconds = length(text.strip_suffix(" ago").unwrap_or(text));
    let ago = seconds.and_then(|seconds| i64::try_from(seconds).ok());
    if let Some(before) =
        ago.and_then(TimeDelta::try_seconds).and_then(|ago| now.checked_sub_signed(ago))
    {
        return Ok(before);
    }
    let since = moment::read(context, text)?.earliest;
    if since > now {
        return Err(Failure::usage("nothing can have changed since a time that is still to come")
            .hint("give a length or an earlier time: `breach brief --since 8h`"));
    }
    Ok(since)
}
