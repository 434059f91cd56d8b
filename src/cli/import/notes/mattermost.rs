//! Mattermost: an object of JSON on each line, of which posts are taken in.

use std::path::Path;

use serde::Deserialize;

use super::stamp::millis;
use super::{Message, Take, Words, lines};

#[derive(Deserialize)]
struct Line {
    post: Option<Post>,
    direct_post: Option<Post>,
}

#[derive(Deserialize)]
struct Post {
    #[serde(default)]
    user: String,
    #[serde(default)]
    message: String,
    create_at: i64,
    #[serde(default)]
    edit_at: i64,
    #[serde(default)]
    delete_at: i64,
    #[serde(default)]
    replies: Option<Vec<Post>>,
    #[serde(default)]
    attachments: Option<Vec<Attachment>>,
}

#[derive(Deserialize)]
struct Attachment {
    path: String,
}

pub(super) fn read(path: &Path, take: Take<'_>) -> Result<(), String> {
    let mut row = 0;
    lines::each(path, &mut |number, line| {
        if line.trim().is_empty() {
            return Ok(());
        }
        let read: Line = serde_json::from_str(line).map_err(|error| {
            let error = error.to_string().replace(" at line 1 column ", ", column ");
            format!("line {number}: {error}")
        })?;
        for post in [read.post, read.direct_post].into_iter().flatten() {
            posts(post, None, &mut row, take).map_err(|why| format!("line {number}: {why}"))?;
        }
        Ok(())
    })
}

/// A post, and those that answer it.
fn posts(post: Post, answers: Option<i64>, row: &mut u64, take: Take<'_>) -> Result<(), String> {
    let of = post.create_at;
    *row += 1;
    let at = millis(of).ok_or("`create_at` is no time")?;
    let attachments = post.attachments.unwrap_or_default();
    let attachments: Vec<String> = attachments.into_iter().map(|file| file.path).collect();
    let text = Words {
        text: &post.message,
        attachments: &attachments,
        is_deleted: post.delete_at > 0,
        is_edited: post.edit_at > of,
        thread: answers.and_then(millis).map(|at| Words::of(at.earliest.to_utc())),
    };
    let text = text.to_string();
    let author = Some(post.user).filter(|user| !user.trim().is_empty());
    take(Message { row: *row, at, local: None, author, text, attachments })?;
    // Answers have none of their own.
    for reply in post.replies.unwrap_or_default() {
        let reply = Post { replies: None, ..reply };
        posts(reply, Some(of), row, take)?;
    }
    Ok(())
}
