//! Markdown as one HTML page that needs nothing else: no script, no network, made to be printed.

use pulldown_cmark::{Event, Options, Parser, html as render};

/// Plain black on white; each playbook begins on a new sheet, and no step is torn from its title. On
/// paper in two columns of small type, with room on the left for the holes: all of it fits in a ring
/// binder.
const STYLE: &str = "body{font:11pt/1.45 serif;max-width:46em;margin:2em auto;padding:0 1em;color:#000;background:#fff}\
h1{page-break-before:always;border-bottom:2px solid}h1:first-of-type{page-break-before:avoid}\
h2{margin-top:2em;page-break-after:avoid}pre{border:1px solid #999;padding:.5em;white-space:pre-wrap;word-break:break-all}\
code{font:10pt monospace}table{border-collapse:collapse}td,th{border:1px solid #999;padding:.2em .5em;text-align:left;vertical-align:top}\
li,pre,tr{page-break-inside:avoid}\
@page{size:A4;margin:14mm 12mm 14mm 20mm}@media print{body{font-size:8pt;line-height:1.25;max-width:none;margin:0;padding:0;columns:2;column-gap:7mm}\
h1{column-span:all;font-size:14pt;margin:0 0 3mm}h2{font-size:9.5pt;margin:3mm 0 1mm}h3{font-size:8.5pt;margin:2mm 0 1mm}p,ul,ol,pre{margin:.8mm 0}\
ul,ol{padding-left:4mm}li>p{margin:0}td,th{overflow-wrap:anywhere}pre{padding:1mm}code{font-size:7pt}}\
li:has(>input,>p>input){list-style:none}input{margin:0 .3em 0 0}";

/// A page. Raw HTML in the Markdown is shown as it is written, never obeyed. `title` is Markdown of
/// one line without markup.
pub fn html(title: &str, markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS;
    let events = Parser::new_ext(markdown, options).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        other => other,
    });
    let mut body = String::new();
    render::push_html(&mut body, events);
    let mut head = String::new();
    let plain = title.replace('\\', "");
    render::push_html(&mut head, std::iter::once(Event::Text(plain.into())));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{head}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_html_is_shown_not_obeyed() {
        let page = html("A \\<b\\> plan", "# A\n\n<script>alert(1)</script>\n\nx <img src=y> z\n");
        assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
        assert!(page.contains("x &lt;img src=y&gt; z"), "{page}");
        assert!(page.contains("<title>A &lt;b&gt; plan</title>"), "{page}");
    }
}
