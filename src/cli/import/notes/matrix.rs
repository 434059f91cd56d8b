//! Matrix: a JSON object with the events of a room, as Element exports it or a server returns it.

use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::json::each_under;
use super::stamp::millis;
use super::{Message, Take, Words};

/// The keys of the lists that hold the events.
pub(super) const LISTS: [&str; 2] = ["messages", "chunk"];

/// The message types that carry a file.
const FILES: [&str; 4] = ["m.file", "m.image", "m.video", "m.audio"];

#[derive(Deserialize)]
struct Raw {
    #[serde(rename = "type")]
    kind: String,
    sender: Option<String>,
    origin_server_ts: Option<i64>,
    #[serde(default)]
    content: Content,
    #[serde(default)]
    unsigned: Unsigned,
}

#[derive(Default, Deserialize)]
struct Content {
    msgtype: Option<String>,
    #[serde(default)]
    body: String,
    filename: Option<String>,
    #[serde(rename = "m.relates_to")]
    relates_to: Option<Relates>,
    #[serde(rename = "m.new_content")]
    new: Option<New>,
}

#[derive(Deserialize)]
struct New {
    #[serde(default)]
    body: String,
}

#[derive(Deserialize)]
struct Relates {
    rel_type: Option<String>,
    event_id: Option<String>,
}

#[derive(Default, Deserialize)]
struct Unsigned {
    redacted_because: Option<IgnoredAny>,
}

pub(super) fn read(path: &Path, take: Take<'_>) -> Result<(), String> {
    each_under::<Raw>(path, (&LISTS, ""), &mut |row, raw| match message(row, raw)? {
        Some(message) => take(message),
        None => Ok(()),
    })
}

/// The message in an event; `None` if the event is not a message.
fn message(row: u64, raw: Raw) -> Result<Option<Message>, String> {
    let Raw { kind, sender, origin_server_ts, content, unsigned } = raw;
    let is_encrypted = kind == "m.room.encrypted";
    if kind != "m.room.message" && !is_encrypted {
        return Ok(None);
    }
    let at = origin_server_ts.and_then(millis);
    let at = at.ok_or_else(|| format!("event {row}: it has no time `origin_server_ts`"))?;
    let is_file = content.msgtype.as_deref().is_some_and(|kind| FILES.contains(&kind));
    let file = content.filename.or_else(|| Some(content.body.clone()));
    let attachments: Vec<String> = file.filter(|_| is_file).into_iter().collect();
    let relates = |kind: &str| {
        content.relates_to.as_ref().filter(|relates| relates.rel_type.as_deref() == Some(kind))
    };
    let said = match &content.new {
        Some(new) => &new.body,
        None if is_encrypted => "(encrypted: the export has no key for it)",
        None if is_file && attachments.first() == Some(&content.body) => "",
        None => &content.body,
    };
    let text = Words {
        text: said,
        attachments: &attachments,
        is_deleted: unsigned.redacted_because.is_some(),
        is_edited: relates("m.replace").is_some(),
        thread: relates("m.thread").and_then(|relates| relates.event_id.clone()),
    };
    let text = text.to_string();
    Ok(Some(Message { row, at, local: None, author: sender, text, attachments }))
}
