//! What people wrote in Markdown, in words: for a line or a page that has no markup.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// How deep lists and quotes may stand in each other. Deeper is no prose.
const DEEP: usize = 12;

/// The text without the signs of its markup. Marks that are no markup stay, such as `>` for "more than".
pub fn unmarked(text: &str) -> String {
    let Some(shown) = words(text) else { return text.to_owned() };
    // A text that is nothing but signs is no markup either.
    if shown.is_empty() { text.trim().to_owned() } else { shown }
}

fn words(text: &str) -> Option<String> {
    let is_line = !text.trim().contains('\n');
    let (mut shown, mut depth) = (String::new(), 0_usize);
    let mut links: Vec<(usize, String)> = Vec::new();
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        depth = match &event {
            Event::Start(_) => depth + 1,
            Event::End(_) => depth.saturating_sub(1),
            _ => depth,
        };
        if depth > DEEP {
            return None;
        }
        match event {
            Event::Text(words)
            | Event::Code(words)
            | Event::Html(words)
            | Event::InlineHtml(words) => {
                // The name of a share begins with two of these.
                if words.starts_with('\\') && text[..range.start].ends_with('\\') {
                    shown.push('\\');
                }
                shown.push_str(&words);
            }
            Event::SoftBreak | Event::HardBreak => shown.push('\n'),
            Event::End(TagEnd::Item) => {
                shown.truncate(shown.trim_end().len());
                shown.push('\n');
            }
            Event::Start(Tag::Item) => {
                // A sign behind a sign is the first thing that an item says.
                if !shown.is_empty() && !shown.ends_with(['\n', ' ']) {
                    shown.push('\n');
                }
                let sign = text[range].split_whitespace().next().unwrap_or_default();
                let is_number = sign.starts_with(|c: char| c.is_ascii_digit());
                let is_typed = is_number || is_line && sign != "*";
                shown.push_str(if is_typed { sign } else { "•" });
                shown.push(' ');
            }
            Event::Start(Tag::BlockQuote(_)) => shown.push_str("> "),
            Event::Start(Tag::Link { dest_url, .. }) => {
                links.push((shown.len(), dest_url.into_string()));
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                shown.push_str("[picture: ");
                links.push((shown.len(), dest_url.into_string()));
            }
            Event::End(end @ (TagEnd::Link | TagEnd::Image)) => {
                let (from, target) = links.pop().unwrap_or_default();
                let is_same = shown.get(from..) == Some(target.as_str());
                if end == TagEnd::Image {
                    shown.push(']');
                }
                if !is_same {
                    shown.extend([" (", target.as_str(), ")"]);
                }
            }
            // What follows is said of it, on one line where there is but one.
            Event::End(TagEnd::Heading(_)) => {
                let is_whole = is_line || shown.ends_with(['.', ':', '!', '?']);
                shown.push_str(if is_whole { "\n" } else { ":\n" });
            }
            Event::End(TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::List(_)) => {
                shown.truncate(shown.trim_end().len());
                shown.push_str("\n\n");
            }
            _ => {}
        }
    }
    Some(shown.trim().to_owned())
}
