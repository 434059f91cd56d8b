//! Microsoft Teams: messages from Microsoft Graph, or from an export of one's own data.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::DateTime;
use serde::Deserialize;

use super::json::each_under;
use super::stamp::exactly;
use super::{Message, Take, Words};
use crate::fact::When;

/// The keys of the lists that hold messages: in Graph, and in a conversation of an export.
const LISTS: [&str; 2] = ["value", "MessageList"];

/// The key of the list of conversations in an export.
const WITHIN: &str = "conversations";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raw {
    #[serde(alias = "originalarrivaltime")]
    created_date_time: Option<String>,
    from: Option<Sender>,
    display_name: Option<String>,
    body: Option<Body>,
    content: Option<String>,
    #[serde(alias = "messagetype")]
    message_type: Option<String>,
    last_edited_date_time: Option<String>,
    deleted_date_time: Option<String>,
    reply_to_id: Option<String>,
    attachments: Option<Vec<Attachment>>,
    properties: Option<Properties>,
    replies: Option<Vec<Raw>>,
}

/// The author: an object in Graph, only an id in an export.
#[derive(Deserialize)]
#[serde(untagged)]
enum Sender {
    Id(String),
    Parts { user: Option<Who>, application: Option<Who> },
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Who {
    #[serde(default)]
    id: String,
    display_name: Option<String>,
}

#[derive(Deserialize)]
struct Body {
    #[serde(default)]
    content: String,
}

#[derive(Deserialize)]
struct Attachment {
    name: Option<String>,
}

#[derive(Deserialize)]
struct Properties {
    edittime: Option<serde_json::Value>,
    deletetime: Option<serde_json::Value>,
}

impl Raw {
    /// Id and name of the author.
    fn who(&self) -> Option<(&str, &str)> {
        let (id, name) = match self.from.as_ref()? {
            Sender::Id(id) => (id, &self.display_name),
            Sender::Parts { user, application } => {
                let who = user.as_ref().or(application.as_ref())?;
                (&who.id, &who.display_name)
            }
        };
        let name = name.as_deref().filter(|name| !name.trim().is_empty()).unwrap_or(id);
        Some((id.as_str(), name)).filter(|(_, name)| !name.is_empty())
    }

    fn at(&self) -> Option<When> {
        let at = self.created_date_time.as_deref()?;
        DateTime::parse_from_rfc3339(at).ok().map(exactly)
    }

    /// Whether Teams itself wrote it: somebody joined, a call began.
    fn is_of_the_system(&self) -> bool {
        let kind = self.message_type.as_deref().unwrap_or_default();
        ["systemEvent", "ThreadActivity/", "Event/"].iter().any(|of| kind.starts_with(of))
    }
}

pub(super) fn read(path: &Path, take: Take<'_>) -> Result<(), String> {
    // Two people with the same name are shown with their ids, so all names are read first.
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    each_under::<Raw>(path, (&LISTS, WITHIN), &mut |_, raw| {
        for raw in std::iter::once(&raw).chain(raw.replies.iter().flatten()) {
            if let Some((id, name)) = raw.who() {
                ids.entry(name.to_owned()).or_default().insert(id.to_owned());
            }
        }
        Ok(())
    })?;
    let mut row = 0;
    each_under::<Raw>(path, (&LISTS, WITHIN), &mut |number, mut raw| {
        let replies = raw.replies.take().unwrap_or_default();
        let of = raw.at().map(|at| Words::of(at.earliest.to_utc()));
        let all =
            std::iter::once((raw, None)).chain(replies.into_iter().map(|raw| (raw, of.clone())));
        for (raw, thread) in all {
            row += 1;
            if raw.is_of_the_system() {
                continue;
            }
            let message = message(row, &raw, &ids, thread);
            take(message.ok_or_else(|| format!("message {number}: it has no time"))?)?;
        }
        Ok(())
    })
}

fn message(
    row: u64,
    raw: &Raw,
    ids: &BTreeMap<String, BTreeSet<String>>,
    thread: Option<String>,
) -> Option<Message> {
    let at = raw.at()?;
    let files = raw.attachments.iter().flatten().filter_map(|file| file.name.clone());
    let attachments: Vec<String> = files.filter(|name| !name.trim().is_empty()).collect();
    let own = raw.properties.as_ref();
    let said = raw.body.as_ref().map(|body| &body.content).or(raw.content.as_ref());
    // A reply names the first message of its thread by time, in milliseconds.
    let first = || {
        let id = raw.reply_to_id.as_ref()?;
        let at = id.parse().ok().and_then(super::stamp::millis);
        Some(at.map_or_else(|| id.clone(), |at| Words::of(at.earliest.to_utc())))
    };
    let text = Words {
        text: &plain(said.map(String::as_str).unwrap_or_default()),
        attachments: &attachments,
        is_deleted: raw.deleted_date_time.is_some()
            || own.is_some_and(|own| own.deletetime.is_some()),
        is_edited: raw.last_edited_date_time.is_some()
            || own.is_some_and(|own| own.edittime.is_some()),
        thread: thread.or_else(first),
    };
    let text = text.to_string();
    let author = raw.who().map(|(id, name)| {
        let is_one = ids.get(name).is_none_or(|ids| ids.len() < 2);
        if is_one { name.to_owned() } else { format!("{name} ({id})") }
    });
    Some(Message { row, at, local: None, author, text, attachments })
}

/// HTML as plain text: a paragraph ends the line, and an image leaves its alt text.
fn plain(html: &str) -> String {
    let mut shown = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, behind)) = rest.split_once('<') {
        shown.push_str(before);
        let is_tag = behind.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let Some((tag, after)) = behind.split_once('>').filter(|_| is_tag) else {
            shown.push('<');
            rest = behind;
            continue;
        };
        let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap_or_default();
        let ends_line =
            matches!(name, "br" | "p" | "div" | "li") && (name == "br" || tag.starts_with('/'));
        if ends_line && !shown.ends_with('\n') {
            shown.push('\n');
        }
        let alt = tag.split_once("alt=\"").and_then(|(_, alt)| alt.split_once('"'));
        shown.push_str(alt.map(|(alt, _)| alt).unwrap_or_default());
        rest = after;
    }
    shown.push_str(rest);
    let signs = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'")];
    let shown = signs.iter().fold(shown, |text, (sign, is)| text.replace(sign, is));
    shown.replace("&amp;", "&").trim().to_owned()
}
