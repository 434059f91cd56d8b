//! `breach import notes`: what people wrote in a chat or on paper, as late notes of ours.

mod chat;
mod json;
mod lines;
mod matrix;
mod mattermost;
mod slack;
mod stamp;
mod table;
mod teams;

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::{Component, Path, PathBuf};

use chrono::{DateTime, FixedOffset, Utc};

use super::SLACK;
use super::zone::{Local, Zone};
use crate::cli::args::NotesArgs;
use crate::cli::desk::{Context, Exit, Failure, Record, answers, chains, exhibit, home, moment};
use crate::clock::Reading;
use crate::digest::Digest;
use crate::fact::When;
use crate::incident::event::{Draft, Event, Imported, Note};
use crate::incident::{Sensitive, sensitive};
use crate::log::Folder;
use crate::{plain_file, vault, wording};
use stamp::Stamps;

/// Messages that are taken in at once: more than that belongs beside the record, as evidence.
const MOST: usize = 10_000;

/// Text of all of them, in bytes.
const MOST_TEXT: usize = 64 << 20;

/// A message as the file has it.
struct Message {
    /// Its number in the file, from 1.
    row: u64,
    at: When,
    /// How its time was read, if it names no zone.
    local: Option<Reading>,
    author: Option<String>,
    text: String,
    /// Names of files that were sent with it, as the export calls them.
    attachments: Vec<String>,
}

/// Takes each message in turn.
type Take<'t> = &'t mut dyn FnMut(Message) -> Result<(), String>;

/// The messages of one file.
struct Source {
    path: PathBuf,
    digest: Digest,
    messages: Vec<Message>,
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Slack,
    Mattermost,
    Matrix,
    Teams,
    Table,
    Chat,
}

impl Form {
    fn title(self) -> &'static str {
        match self {
            Self::Slack => "a Slack export",
            Self::Mattermost => "a Mattermost export",
            Self::Matrix => "a Matrix export",
            Self::Teams => "a Teams export",
            Self::Table => "a table",
            Self::Chat => "lines with times",
        }
    }

    /// The form, judged by the start of the file.
    fn of(path: &Path) -> Result<Self, String> {
        let head = lines::head(path)?;
        let start = head.trim_start_matches('\u{feff}').trim_start();
        let behind = start.strip_prefix('[').map(str::trim_start);
        Ok(if behind.is_some_and(|text| text.starts_with(['{', ']'])) {
            Self::Slack
        } else if start.starts_with('{') {
            Self::of_object(start)
        } else if table::is_header(start.lines().next().unwrap_or_default()) {
            Self::Table
        } else {
            Self::Chat
        })
    }
}

impl Form {
    /// The form of a file that starts with an object, or has one on each line. The key that reveals the
    /// format comes before any key inside a message.
    fn of_object(start: &str) -> Self {
        const KEYS: [(&str, Form); 7] = [
            ("\"room_name\"", Form::Matrix),
            ("\"messages\"", Form::Matrix),
            ("\"chunk\"", Form::Matrix),
            ("\"@odata.context\"", Form::Teams),
            ("\"value\"", Form::Teams),
            ("\"conversations\"", Form::Teams),
            ("\"MessageList\"", Form::Teams),
        ];
        let first = start.lines().next().unwrap_or_default();
        let line = serde_json::from_str::<serde_json::Value>(first);
        if line.is_ok_and(|line| line.get("type").is_some()) {
            return Self::Mattermost;
        }
        let found = KEYS.iter().filter_map(|(key, form)| Some((start.find(key)?, *form)));
        found.min_by_key(|(at, _)| *at).map_or(Self::Mattermost, |(_, form)| form)
    }
}

pub(super) fn run(context: &mut Context, args: &NotesArgs) -> Result<Exit, Failure> {
    let mut room = Room {
        since: bound(context, args.since.as_deref())?,
        until: bound(context, args.until.as_deref())?,
        messages: 0,
        bytes: 0,
    };
    let clock = context.world.clock();
    let zone = args.zone.map_or(Zone::Here(clock), Zone::Named);
    let zone_words = zone.words();
    let stamps = Stamps { zone, order: args.dates, day: args.day };
    let (form, sources) = read(&args.file, stamps, &mut room)
        .map_err(|mistake| Failure::of_rows(&args.file, &[mistake]))?;
    let all = room.messages;
    if all == 0 {
        context.screen.say(&format!("Read as {}. There is nothing to take in.", form.title()));
        return Ok(Exit::Done);
    }
    let folder = home::one(context)?;
    let known = Known::of(context, &folder)?;
    let mut record = Record::one_shot(context, folder)?;
    record.say_if_closed(context);
    record.privileged = args.privilege.said();
    let ahead = context.world.now().at + SLACK;
    let (mut new, mut late, mut local) = (0, 0, Local::default());
    for source in &sources {
        for message in source.messages.iter().filter(|message| !known.has(source.digest, message)) {
            if let Some(reading) = message.local {
                local.add(reading, &|| format!("row {}", message.row));
            }
            late += usize::from(message.at.earliest.to_utc() > ahead);
            write(context, &mut record, source, message).map_err(|failure| {
                failure.hint(format!(
                    "{new} of {} are recorded; the same command takes in the rest",
                    wording::count(all, "message")
                ))
            })?;
            new += 1;
        }
    }
    let twice = all - new;
    let twice = match twice {
        0 => String::new(),
        twice => format!(", {twice} already in the record"),
    };
    let messages = wording::count(all, "message");
    let title = form.title();
    context.screen.say(&format!("Read as {title}. {messages}: {new} recorded{twice}."));
    local.tell(context, &zone_words, "message");
    if late > 0 {
        let messages = wording::count(late, "message");
        context.screen.warn(&format!("{messages} in the future, recorded as given"));
    }
    let digests: Vec<String> = sources.iter().map(|source| source.digest.to_string()).collect();
    context.screen.say(&format!(
        "SHA-256: {}. `breach evidence add` keeps the export itself.",
        wording::some(&digests, 3)
    ));
    Ok(Exit::Done)
}

fn bound(
    context: &mut Context,
    typed: Option<&str>,
) -> Result<Option<DateTime<FixedOffset>>, Failure> {
    typed.map(|text| moment::read(context, text).map(|when| when.earliest)).transpose()
}

/// What of the messages is taken in.
struct Room {
    since: Option<DateTime<FixedOffset>>,
    until: Option<DateTime<FixedOffset>>,
    messages: usize,
    bytes: usize,
}

impl Room {
    fn wants(&self, message: &Message) -> bool {
        let at = message.at.earliest;
        self.since.is_none_or(|since| at >= since) && self.until.is_none_or(|until| at <= until)
    }

    fn take(&mut self, message: &Message) -> Result<(), String> {
        self.messages += 1;
        self.bytes += message.text.len();
        if self.messages <= MOST && self.bytes <= MOST_TEXT {
            return Ok(());
        }
        Err(format!(
            "it has more than {MOST} messages or {} of text: take a part with --since and --until, \
             and keep the whole with `breach evidence add`",
            wording::size(MOST_TEXT as u64)
        ))
    }
}

/// Reads a file, or every channel of a folder: all of it, or what is wrong.
fn read(file: &Path, stamps: Stamps<'_>, room: &mut Room) -> Result<(Form, Vec<Source>), String> {
    if file.is_dir() {
        let export = slack::Export::of(file)?;
        let mut sources = Vec::new();
        for path in &export.channels {
            let read = source(path, room, &mut |take| slack::read(path, &export.people, take));
            sources.push(read.map_err(|why| format!("{}: {why}", path.display()))?);
        }
        return Ok((Form::Slack, sources));
    }
    let form = Form::of(file)?;
    let read = source(file, room, &mut |take| match form {
        Form::Slack => slack::read(file, &slack::People::beside(file), take),
        Form::Mattermost => mattermost::read(file, take),
        Form::Matrix => matrix::read(file, take),
        Form::Teams => teams::read(file, take),
        Form::Table => table::read(file, &stamps, take),
        Form::Chat => chat::read(file, &stamps, take),
    })?;
    Ok((form, vec![read]))
}

fn source(
    path: &Path,
    room: &mut Room,
    read: &mut dyn FnMut(Take<'_>) -> Result<(), String>,
) -> Result<Source, String> {
    let digest = plain_file::open(path).and_then(|file| vault::hash(file, &mut |_| {}));
    let digest = digest.map_err(|error| error.to_string())?;
    let mut messages = Vec::new();
    read(&mut |message| {
        if room.wants(&message) {
            room.take(&message)?;
            messages.push(message);
        }
        Ok(())
    })?;
    Ok(Source { path: path.to_owned(), digest, messages })
}

/// Messages that the record holds already.
#[derive(Default)]
struct Known {
    rows: HashMap<Digest, HashSet<u64>>,
    /// What each says, when and by whom: another export of the same chat is another file.
    said: HashSet<Digest>,
}

impl Known {
    /// Of the record; what was taken back is not there.
    fn of(context: &Context, folder: &Folder) -> Result<Self, Failure> {
        let mut known = Self::default();
        crate::log::entries(folder, &context.world, &mut |_, entry| {
            let is_imported = entry.kind == "note" && entry.body.get().contains("\"imported\"");
            if !is_imported || entry.is_withdrawn() {
                return;
            }
            let Event::Note(Note { text, imported: Some(imported), .. }) = entry.read().event
            else {
                return;
            };
            known.rows.entry(imported.source).or_default().insert(imported.row);
            if let Some(at) = entry.occurred() {
                known.said.insert(said(&at, imported.author.as_deref(), &text));
            }
        })
        .map_err(chains::unreadable)?;
        Ok(known)
    }

    fn has(&self, source: Digest, message: &Message) -> bool {
        let is_row = self.rows.get(&source).is_some_and(|rows| rows.contains(&message.row));
        let text = &message.text;
        let masked = Sensitive::mask(text, &sensitive(text));
        is_row || self.said.contains(&said(&message.at, message.author.as_deref(), &masked))
    }
}

fn said(at: &When, author: Option<&str>, text: &str) -> Digest {
    let at = at.earliest.to_utc().to_rfc3339();
    Digest::of(format!("{at}\0{}\0{text}", author.unwrap_or_default()).as_bytes())
}

/// Keeps what was sent with a message, then the message.
fn write(
    context: &mut Context,
    record: &mut Record,
    source: &Source,
    message: &Message,
) -> Result<(), Failure> {
    let mut answers = answers::nobody();
    for name in &message.attachments {
        let Some(path) = beside(&source.path, name) else { continue };
        match exhibit::copied(context, record, &path) {
            Ok(taken) => {
                let mut draft = Draft::from(taken.body);
                draft.occurred = Some(message.at.clone());
                let stamped = record.append_careful(context, answers.prompt(), draft)?;
                exhibit::record_aside(context, record, &stamped, taken.aside)?;
            }
            Err(error) => context.screen.warn(&format!("not kept: `{}`: {error}", path.display())),
        }
    }
    let imported =
        Imported { source: source.digest, row: message.row, author: message.author.clone() };
    let note = Note { imported: Some(imported), ..Note::new(message.text.clone()) };
    let mut draft = Draft::from(note);
    draft.occurred = Some(message.at.clone());
    record.append_careful(context, answers.prompt(), draft)?;
    Ok(())
}

/// A file that was sent, if the export has it: beside the messages or below, and no link.
fn beside(messages: &Path, name: &str) -> Option<PathBuf> {
    let is_below = |path: &Path| {
        path.components().all(|part| matches!(part, Component::Normal(_)))
            && path.components().next().is_some()
    };
    let name = Path::new(name);
    let path = messages.parent()?.join(name);
    (is_below(name) && path.is_file() && !plain_file::is_link(&path)).then_some(path)
}

/// What a message says, and what became of it.
struct Words<'w> {
    text: &'w str,
    attachments: &'w [String],
    is_deleted: bool,
    is_edited: bool,
    /// The message it replies to, by time or id.
    thread: Option<String>,
}

impl Words<'_> {
    /// The name of the message sent at this time.
    fn of(at: DateTime<Utc>) -> String {
        at.format("%Y-%m-%d %H:%M:%S UTC").to_string()
    }
}

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let with = wording::list(self.attachments);
        let with = if with.is_empty() { with } else { format!("(with {with})") };
        let deleted = if self.is_deleted { "[deleted]" } else { "" };
        let edited = if self.is_edited { "(edited)" } else { "" };
        let thread = self.thread.as_ref().map(|of| format!("(in the thread of {of})"));
        let thread = thread.unwrap_or_default();
        let parts = [deleted, self.text.trim(), &with, edited, &thread];
        let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        f.write_str(if said.is_empty() { "(empty)" } else { "" })?;
        f.write_str(&said.join(" "))
    }
}
