//! Slack: a list of messages as JSON, read one at a time, with the names of people from `users.json`.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use chrono::DateTime;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::json::each;
use super::stamp::exactly;
use super::{Message, Take, Words};
use crate::plain_file;

/// Files of one export.
const MOST_FILES: usize = 20_000;

#[derive(Deserialize)]
struct Raw {
    ts: Option<String>,
    user: Option<String>,
    username: Option<String>,
    bot_id: Option<String>,
    #[serde(default)]
    text: String,
    subtype: Option<String>,
    thread_ts: Option<String>,
    edited: Option<IgnoredAny>,
    #[serde(default)]
    files: Vec<RawFile>,
}

#[derive(Deserialize)]
struct RawFile {
    name: Option<String>,
    title: Option<String>,
}

#[derive(Deserialize)]
struct RawUser {
    id: String,
    name: Option<String>,
    real_name: Option<String>,
}

/// An export that was unpacked.
pub(super) struct Export {
    pub(super) people: People,
    /// A file for each channel and day.
    pub(super) channels: Vec<PathBuf>,
}

impl Export {
    pub(super) fn of(dir: &Path) -> Result<Self, String> {
        let mut channels = Vec::new();
        let failed = |error: io::Error| error.to_string();
        for channel in dir.read_dir().map_err(failed)? {
            let channel = channel.map_err(failed)?.path();
            if !channel.is_dir() || plain_file::is_link(&channel) {
                continue;
            }
            for day in channel.read_dir().map_err(failed)? {
                let day = day.map_err(failed)?.path();
                if day.extension().is_some_and(|end| end == "json") {
                    channels.push(day);
                }
                if channels.len() > MOST_FILES {
                    return Err(format!("it has more than {MOST_FILES} files"));
                }
            }
        }
        if channels.is_empty() {
            return Err("it has no channel: an export of Slack has a folder for each".to_owned());
        }
        channels.sort();
        let people = People::read(&dir.join("users.json"));
        Ok(Self { people, channels })
    }
}

/// Names by what Slack calls people.
#[derive(Default)]
pub(super) struct People(BTreeMap<String, String>);

impl People {
    /// Of the export that a file belongs to.
    pub(super) fn beside(file: &Path) -> Self {
        let dir = file.parent().unwrap_or(Path::new("."));
        let here = Self::read(&dir.join("users.json"));
        if here.0.is_empty() { Self::read(&dir.join("../users.json")) } else { here }
    }

    /// Two people of one name keep what tells them apart.
    fn read(path: &Path) -> Self {
        let mut named: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let _ = each::<RawUser>(path, &mut |_, user| {
            let name = user.real_name.or(user.name).filter(|name| !name.trim().is_empty());
            named.entry(name.unwrap_or_else(|| user.id.clone())).or_default().push(user.id);
            Ok(())
        });
        let mut people = BTreeMap::new();
        for (name, ids) in named {
            let is_one = ids.len() == 1;
            for id in ids {
                let shown = if is_one { name.clone() } else { format!("{name} ({id})") };
                people.insert(id, shown);
            }
        }
        Self(people)
    }

    fn name(&self, id: &str) -> String {
        self.0.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }
}

pub(super) fn read(path: &Path, people: &People, take: Take<'_>) -> Result<(), String> {
    each::<Raw>(path, &mut |row, raw| take(message(row, raw, people)?))
}

fn message(row: u64, raw: Raw, people: &People) -> Result<Message, String> {
    let at = raw.ts.as_deref().and_then(moment);
    let at = at.ok_or_else(|| format!("message {row}: it has no time `ts`"))?;
    let files = raw.files.into_iter().filter_map(|file| file.name.or(file.title));
    let attachments: Vec<String> = files.filter(|name| !name.trim().is_empty()).collect();
    let is_deleted = matches!(raw.subtype.as_deref(), Some("tombstone" | "message_deleted"));
    let thread = raw.thread_ts.filter(|thread| Some(thread) != raw.ts.as_ref());
    let text = Words {
        text: &plain(&raw.text, people),
        attachments: &attachments,
        is_deleted,
        is_edited: raw.edited.is_some(),
        thread: thread.as_deref().and_then(moment).map(Words::of),
    };
    let text = text.to_string();
    // Who writes under another name is named with what they are.
    let author = match (raw.user, raw.username, raw.bot_id) {
        (user, Some(name), Some(bot)) => {
            let of = user.map_or(bot, |user| people.name(&user));
            Some(format!("{name} ({of})"))
        }
        (Some(user), ..) => Some(people.name(&user)),
        (None, name, bot) => name.or(bot),
    };
    Ok(Message { row, at: exactly(at.fixed_offset()), local: None, author, text, attachments })
}

/// `1700000000.000100`: seconds since 1970, and what tells messages of one second apart.
fn moment(ts: &str) -> Option<DateTime<chrono::Utc>> {
    let (seconds, micros) = ts.split_once('.').unwrap_or((ts, "0"));
    let micros = format!("{micros:0<6}").get(..6)?.parse::<i64>().ok()?;
    let all = seconds.parse::<i64>().ok()?.checked_mul(1_000_000)?.checked_add(micros)?;
    DateTime::from_timestamp_micros(all).filter(|at| at.timestamp() > 0)
}

/// The text as people read it: `<@U1>` is a name, `&lt;` a sign.
fn plain(text: &str, people: &People) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('<') {
        let Some((inside, after)) = behind.split_once('>') else { break };
        shown.push_str(before);
        let (what, label) = inside.split_once('|').unwrap_or((inside, ""));
        if let Some(id) = what.strip_prefix('@') {
            shown.push('@');
            shown.push_str(&people.name(id));
        } else if label.is_empty() || label == what {
            shown.push_str(what);
        } else {
            shown.push_str(label);
            if what.contains("://") {
                shown.extend([" (", what, ")"]);
            }
        }
        rest = after;
    }
    shown.push_str(rest);
    shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
