//! `breach log follow`: entries as they come, for a pipe of somebody else. Nothing is sent from here.

use std::collections::BTreeMap;
use std::io::Write;
use std::time::Duration;

use serde::Serialize;

use crate::cli::args::{LogFollowArgs, StreamFormat};
use crate::cli::desk::pulse::Pulse;
use crate::cli::desk::{Context, Exit, Failure, chains, home, law, moment, seen};
use crate::escape;
use crate::log::Folder;
use crate::regime::Law;
use crate::report::{Left, Reader, Reading, TimelineEntry};
use crate::wording;

/// An entry as it is handed out: a pipe may pass on any line of them alone.
#[derive(Serialize)]
struct Line {
    /// Whether it is only rehearsed.
    rehearsal: bool,
    #[serde(flatten)]
    moment: TimelineEntry,
}

/// How far the entries of each chain were handed out.
type Seen = BTreeMap<String, u64>;

pub(super) fn run(context: &mut Context, args: &LogFollowArgs) -> Result<Exit, Failure> {
    let StreamFormat::Jsonl = args.format;
    let folder = home::one(context)?;
    let law = law::law_or_builtin(context);
    let since = match args.since.as_deref() {
        None => None,
        Some("now") => Some(context.world.now().local()),
        Some(text) => Some(moment::read(context, text)?.earliest),
    };
    let reader = seen::reader(&args.reader, &law)?;
    let (mut pulse, mut handed) = (Pulse::default(), Seen::new());
    let mut withheld = 0;
    loop {
        if pulse.beats(context, &folder) {
            withheld += hand_out(context, (&folder, &law), &reader, since, &mut handed)?;
        }
        if args.once || context.out.are_unread() || !folder.is_open(&context.world) {
            break;
        }
        std::thread::sleep(Duration::from_millis(250));
    }
    if withheld > 0 {
        let entries = wording::count(withheld, "entry");
        context.screen.say(&format!("Left out for this audience: {entries}."));
    }
    Ok(Exit::Done)
}

/// Hands out what is new. Every name must be known before the first entry is read, so the log is read
/// again. Returns how many entries this audience does not get.
fn hand_out(
    context: &mut Context,
    (folder, law): (&Folder, &Law),
    reader: &Reader,
    since: Option<chrono::DateTime<chrono::FixedOffset>>,
    handed: &mut Seen,
) -> Result<usize, Failure> {
    let seen = seen::see(context, folder, reader, law)?;
    let reading = Reading::new(&seen.gather, &seen.vocabulary);
    let mut lines = Vec::new();
    let mut withheld = 0;
    crate::log::entries(folder, &context.world, &mut |chain, entry| {
        let is_new = handed.get(chain).is_none_or(|last| entry.seq > *last);
        if !is_new {
            return;
        }
        handed.insert(chain.to_owned(), entry.seq);
        if since.is_some_and(|since| entry.moment().is_some_and(|at| at < since)) {
            return;
        }
        match reading.moment(chain, entry) {
            Ok(moment) => {
                let rehearsal = seen.gather.incident.drill;
                lines.push(serde_json::to_string(&Line { rehearsal, moment }));
            }
            Err(Left::Privileged | Left::Kind) => withheld += 1,
        }
    })
    .map_err(chains::unreadable)?;
    for line in lines {
        escape::json(&line?, &mut context.out)?;
        context.out.write_all(b"\n")?;
    }
    context.out.flush()?;
    Ok(withheld)
}
