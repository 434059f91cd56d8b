//! The one style of the page, and the policy that allows it and nothing else.

use std::fmt::Write as _;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::digest::Digest;
use crate::escape;
use crate::report::{Audience, Banner};
use crate::wording::clip_words;

/// How many characters of a title a browser tab or a list of search results has room for.
const TITLE: usize = 70;

const SHEET: &str = include_str!("style.css");

/// What slides look like besides.
const SLIDES: &str = include_str!("slides.css");

/// The style: what is the same in every report, then what each sheet of paper says at its edges.
pub(super) fn sheet(banner: &Banner) -> String {
    let mut about = format!("{} · {}", banner.incident, banner.tool);
    if let Some(head) = banner.chains.first().and_then(|chain| chain.head) {
        let _ = write!(about, " · head {}", head.short());
    }
    if banner.chains.len() > 1 {
        let _ = write!(about, " and {} more", banner.chains.len() - 1);
    }
    let own = match banner.audience {
        Audience::Executive => "@page{margin:14mm 13mm 12mm}",
        Audience::Board => SLIDES,
        Audience::Internal | Audience::Regulator | Audience::Public => "",
    };
    framed(&about, banner.tlp.as_str()) + own
}

/// The style of any page: what it is about and its label at the edges of each sheet.
pub(super) fn framed(about: &str, label: &str) -> String {
    let (about, label) = (quoted(about), quoted(label));
    format!(
        "{SHEET}@page{{@top-left{{content:{about}}}@top-right{{content:{label}}}\
         @bottom-right{{content:{label}}}}}"
    )
}

/// A whole document that needs nothing else. `refresh` is in seconds: how often a browser reads it again.
pub(super) fn page(title: &str, sheet: &str, refresh: Option<u32>, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(sheet));
                @if let Some(seconds) = refresh {
                    meta http-equiv="refresh" content=(seconds);
                }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (clip_words(title, TITLE)) }
                style { (PreEscaped(sheet)) }
            }
            body { (body) }
        }
    };
    page.into_string() + "\n"
}

/// What a browser may load: this style, known by its digest.
fn policy(sheet: &str) -> String {
    let digest = Digest::of(sheet.as_bytes()).base64();
    format!("default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'")
}

/// Foreign text as a string of CSS: whatever could end it, or the style, is written as a number,
/// which a space ends.
fn quoted(text: &str) -> String {
    let mut shown = String::from("\"");
    for c in escape::line(text).chars() {
        if c.is_ascii_alphanumeric() || " -.:+".contains(c) {
            shown.push(c);
        } else {
            let _ = write!(shown, "\\{:x} ", u32::from(c));
        }
    }
    shown.push('"');
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_foreign_ends_the_style() {
        assert_eq!(quoted("a\"}</style>\n"), r#""a\22 \7d \3c \2f style\3e \5c n""#);
        assert!(!SHEET.contains('<') && !SHEET.contains("url("));
    }
}
