//! What people wrote, in a safe part of Markdown: paragraphs, lists, quotes, code, emphasis. Raw
//! HTML is shown as it is written, a picture is told and not loaded, and a link leads to the web or
//! to a mail address only, its target beside it.

use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, html::push_html};

use crate::escape;
use crate::wording::whole;

/// How deep lists, quotes and emphasis may stand in each other. Deeper is no prose: shown plain.
const DEEP: usize = 12;

/// A text of several paragraphs.
pub(super) fn markdown(text: &str) -> Markup {
    let Some(events) = events(text) else { return html! { p { (escape::text(text)) } } };
    let mut shown = String::new();
    push_html(&mut shown, events.into_iter());
    PreEscaped(shown)
}

/// A note within a cell: a single paragraph stands without its tags.
pub(super) fn note(text: &str) -> Markup {
    let shown = markdown(text).into_string();
    let inner = shown.trim().strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
    if let Some(inner) = inner.filter(|inner| !inner.contains("<p>")) {
        return PreEscaped(inner.to_owned());
    }
    html! { div.prose { (PreEscaped(shown)) } }
}

/// What may be shown of a text. None if it is built too deep.
fn events(text: &str) -> Option<Vec<Event<'_>>> {
    let mut events = Vec::new();
    let mut links: Vec<Option<String>> = Vec::new();
    let (mut depth, mut is_code) = (0_usize, false);
    for event in Parser::new_ext(text, Options::empty()) {
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEP {
            return None;
        }
        match &event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            _ => {}
        }
        match event {
            Event::Start(tag) => start(tag, &mut links, &mut events),
            Event::End(tag) => end(tag, &mut links, &mut events),
            // Code is copied as it stands.
            Event::Text(text) if is_code => events.push(Event::Text(clean(&text))),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                events.push(Event::Text(whole(&clean(&text)).into()));
            }
            Event::Code(text) => events.push(Event::Code(clean(&text))),
            // Lines stay as they were written. Our own tags, as HTML 5 spells them.
            Event::SoftBreak | Event::HardBreak => events.push(Event::InlineHtml("<br>".into())),
            Event::Rule => events.push(Event::Html("<hr>".into())),
            _ => {}
        }
    }
    Some(events)
}

fn start<'t>(tag: Tag<'t>, links: &mut Vec<Option<String>>, events: &mut Vec<Event<'t>>) {
    match tag {
        Tag::Link { link_type, dest_url, id, .. } => {
            let target = dest_url.to_string();
            if is_safe(&target) {
                let title = CowStr::Borrowed("");
                events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            }
            links.push(Some(target));
        }
        Tag::Image { dest_url, .. } => {
            events.push(Event::Text("[picture: ".into()));
            links.push(Some(dest_url.to_string()));
        }
        // The outline of the page is ours.
        Tag::Heading { .. } => {
            events.extend([Event::Start(Tag::Paragraph), Event::Start(Tag::Strong)]);
        }
        Tag::HtmlBlock => events.push(Event::Start(Tag::Paragraph)),
        Tag::CodeBlock(_) => events.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Indented))),
        tag => events.push(Event::Start(tag)),
    }
}

fn end(tag: TagEnd, links: &mut Vec<Option<String>>, events: &mut Vec<Event<'_>>) {
    match tag {
        TagEnd::Link | TagEnd::Image => {
            let target = links.pop().flatten().unwrap_or_default();
            if tag == TagEnd::Image {
                events.push(Event::Text("]".into()));
            } else if is_safe(&target) {
                events.push(Event::End(tag));
            }
            let text = events.iter().rev().find_map(|event| match event {
                Event::Text(text) => Some(&**text),
                _ => None,
            });
            if text != Some(target.as_str()) {
                events.push(Event::Text(format!(" ({})", escape::line(&target)).into()));
            }
        }
        TagEnd::Heading(_) => {
            events.extend([Event::End(TagEnd::Strong), Event::End(TagEnd::Paragraph)]);
        }
        TagEnd::HtmlBlock => events.push(Event::End(TagEnd::Paragraph)),
        tag => events.push(Event::End(tag)),
    }
}

/// Whether a link may be followed: to the web or to a mail address, and nothing hidden in it.
fn is_safe(target: &str) -> bool {
    let scheme =
        |name: &str| target.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name));
    !target.chars().any(|c| escape::is_harmful(c) || c.is_whitespace())
        && ["http://", "https://", "mailto:"].into_iter().any(scheme)
}

fn clean<'t>(text: &str) -> CowStr<'t> {
    escape::text(text).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_safe_part_is_markup() {
        for (text, shown) in [
            ("a *b* `c`", "<p>a <em>b</em> <code>c</code></p>\n"),
            ("one\ntwo", "<p>one<br>two</p>\n"),
            ("# head", "<p><strong>head</strong></p>\n"),
            ("x <b>y</b>", "<p>x &lt;b&gt;y&lt;/b&gt;</p>\n"),
            ("<script>z</script>", "<p>&lt;script&gt;z&lt;/script&gt;</p>\n"),
            ("![a](http://e/x.png)", "<p>[picture: a] (http://e/x.png)</p>\n"),
            ("[a](javascript:b)", "<p>a (javascript:b)</p>\n"),
            ("[a](data:text/html,b)", "<p>a (data:text/html,b)</p>\n"),
            ("[a](HTTPS://e/b)", "<p><a href=\"HTTPS://e/b\">a</a> (HTTPS://e/b)</p>\n"),
            ("<https://e/b>", "<p><a href=\"https://e/b\">https://e/b</a></p>\n"),
            ("a&#x202e;b\u{200b}c", "<p>a\\u{202e}b\\u{200b}c</p>\n"),
            ("[a](https://e/&#x202e;b)", "<p>a (https://e/\\u{202e}b)</p>\n"),
            ("```sh\nrm\n```", "<pre><code>rm\n</code></pre>\n"),
        ] {
            assert_eq!(markdown(text).into_string(), shown, "{text}");
        }
    }

    #[test]
    fn what_is_built_too_deep_is_plain() {
        let deep = ">".repeat(20_000);
        assert!(markdown(&deep).into_string().starts_with("<p>&gt;&gt;"));
        assert_eq!(note("a *b*").into_string(), "a <em>b</em>");
        assert!(note("a\n\nb").into_string().starts_with("<div"));
    }
}
