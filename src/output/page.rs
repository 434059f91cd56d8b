//! Markdown as one HTML page that needs nothing else: no script, no network, made to be printed.

use std::fmt::Write as _;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, html as render};

/// Plain black on white. On paper in two columns of small type, with room on the left for the holes;
/// no step is torn. A command has the whole width and breaks at blanks, so that it can be typed as it
/// stands. The size of the paper is the printer's.
const STYLE: &str = "body{font:11pt/1.45 serif;max-width:46em;margin:2em auto;padding:0 1em;color:#000;background:#fff}\
h1{border-bottom:2px solid}h2{margin-top:2em}h1,h2,h3{break-after:avoid}\
pre{border:1px solid #999;padding:.5em;white-space:pre-wrap;overflow-wrap:break-word}\
code{font:10pt monospace}code span{display:inline-block}table{border-collapse:collapse}td,th{border:1px solid #999;padding:.2em .5em;text-align:left;vertical-align:top}\
li,pre,tr,.step{break-inside:avoid}\
li:has(>input,>p>input){list-style:none}input{margin:0 .3em 0 0}\
@page{margin:13mm 10mm 12mm 18mm}\
@media print{body{font-size:7.6pt;font-stretch:condensed;line-height:1.2;max-width:none;margin:0;padding:0}\
section{columns:2;column-gap:7mm}section+section{break-before:page}h1,.wide{column-span:all}\
h1{font-size:14pt;margin:0 0 3mm}h2{font-size:9pt;margin:2mm 0 .5mm}h3{font-size:8.5pt;margin:2mm 0 1mm}p,ul,ol,pre{margin:.6mm 0}\
ul,ol{padding-left:4mm}li>p{margin:0}td,th{overflow-wrap:break-word}pre{padding:1mm}code{font-size:7pt}}";

/// A part of a page that begins on a sheet of its own.
pub struct Sheet {
    /// The head of each of its pages.
    pub head: String,
    /// Its text.
    pub markdown: String,
}

/// A page of sheets. Raw HTML in the Markdown is shown as it is written, never obeyed. `title` is
/// Markdown of one line without markup.
///
/// If there are several sheets, printed pages are numbered by part: `3-2` is the second page of the
/// third part. The contents can then say where a part begins without knowing how long the others are.
pub fn html(title: &str, sheets: &[Sheet]) -> String {
    let (mut style, mut body) = (STYLE.to_owned(), String::new());
    for (number, sheet) in sheets.iter().enumerate() {
        let head = quoted(&sheet.head);
        let foot = foot(number, sheets.len());
        let _ = write!(
            style,
            "@page s{number}{{counter-increment:page p{number};\
             @top-left{{content:{head};font:8pt serif}}\
             @bottom-right{{content:{foot};font:8pt serif}}}}.s{number}{{page:s{number}}}"
        );
        let _ = writeln!(body, "<section class=\"s{number}\">");
        section(&mut body, &sheet.markdown);
        body.push_str("</section>\n");
    }
    let mut head = String::new();
    let plain = title.replace('\\', "");
    render::push_html(&mut head, std::iter::once(Event::Text(plain.into())));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{head}</title>\n\
         <style>{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

/// The footer of the pages of a sheet: the page number within the part and overall.
fn foot(number: usize, sheets: usize) -> String {
    match (number, sheets) {
        (_, 1) => "\"Page \" counter(page) \" of \" counter(pages)".to_owned(),
        (0, _) => "\"Page \" counter(p0,lower-roman) \" (sheet \" counter(page) \" of \" counter(pages) \")\"".to_owned(),
        _ => format!("\"Page {number}-\" counter(p{number}) \" (sheet \" counter(page) \" of \" counter(pages) \")\""),
    }
}

/// Each heading of the second level and what is under it stay together; with a command in it, across
/// both columns.
fn section(body: &mut String, markdown: &str) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS;
    let mut is_code = false;
    let harmless = |event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Code(text) => Event::Html(format!("<code>{}</code>", words(&text)).into()),
        Event::Text(text) if is_code => Event::Html(words(&text).into()),
        other => {
            is_code = matches!(other, Event::Start(Tag::CodeBlock(_)));
            other
        }
    };
    let events: Vec<Event<'_>> = Parser::new_ext(markdown, options).map(harmless).collect();
    let is_head = |event: &Event<'_>| {
        matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }))
    };
    let is_wide = |event: &Event<'_>| matches!(event, Event::Start(Tag::CodeBlock(_)));
    let heads = (0..events.len()).filter(|at| is_head(&events[*at]));
    let ends: Vec<usize> = heads.chain([events.len()]).collect();
    render::push_html(body, events[..ends[0]].iter().cloned());
    for bounds in ends.windows(2) {
        let part = &events[bounds[0]..bounds[1]];
        let wide = if part.iter().any(is_wide) { " wide" } else { "" };
        let _ = writeln!(body, "<div class=\"step{wide}\">");
        render::push_html(body, part.iter().cloned());
        body.push_str("</div>\n");
    }
}

/// Code whose lines break only at its blanks: not at a hyphen, and not after a question mark.
fn words(text: &str) -> String {
    let mut words = String::new();
    for piece in text.split_inclusive([' ', '\n']) {
        let word = piece.trim_end_matches([' ', '\n']);
        words.push_str("<span>");
        render::push_html(&mut words, std::iter::once(Event::Text(word.into())));
        words.push_str("</span>");
        words.push_str(&piece[word.len()..]);
    }
    words
}

/// A text as CSS quotes it; nothing in it ends the quotation or the style.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || " -_./,:".contains(c) {
            quoted.push(c);
        } else {
            let _ = write!(quoted, "\\{:x} ", u32::from(c));
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_html_is_shown_not_obeyed() {
        let sheet = |markdown: &str| Sheet {
            head: "generic 1</style>\"".to_owned(),
            markdown: markdown.to_owned(),
        };
        let markdown = "# A\n\n<script>alert(1)</script>\n\n## B\n\nx <img src=y> z `a -b`\n\n\
                        ```sh\naws --a '[?x<y]'\n```\n";
        let page = html("A \\<b\\> plan", &[sheet(markdown)]);
        assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
        assert!(page.contains("x &lt;img src=y&gt; z"), "{page}");
        assert!(page.contains("<code><span>a</span> <span>-b</span></code>"), "{page}");
        let line = "<span>aws</span> <span>--a</span> <span>'[?x&lt;y]'</span>\n</code></pre>";
        assert!(page.contains(line), "{page}");
        assert!(page.contains("<title>A &lt;b&gt; plan</title>"), "{page}");
        assert!(page.contains(r#"content:"generic 1\3c /style\3e \22 ""#), "{page}");
        assert_eq!(page.matches("</style>").count(), 1, "{page}");
    }
}
