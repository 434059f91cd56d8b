//! A drafted notice as a page: the text, and below a line what has to be done before it is sent.

use std::fmt::Write as _;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::escape::{markdown as clean, ticked};
use crate::fact::names;
use crate::notice::{Drafted, ItemState, PROSE, forms};
use crate::output::duties::NO_ADVICE;
use crate::output::wrap::whole_words;
use crate::regime::{Assessed, State};
use crate::wording;

/// The draft with its list of gaps, Markdown; `late` if the deadline has passed. If it is written in
/// another language than the record: in which. Last, the facts in it that are marked privileged.
pub fn page(
    draft: &Drafted,
    duty: Option<&Assessed<'_>>,
    late: bool,
    foreign: Option<&str>,
    marked: &[&str],
) -> String {
    let mut page = draft.text.trim_end().to_owned();
    let to = |reader: &str| duty.is_some_and(|duty| duty.duty.to.iter().any(|to| to == reader));
    let (is_kept, is_public) = (to("register"), to("market"));
    page.push_str("\n\n---\n\n## Before you ");
    page.push_str(if is_kept {
        "keep this (not part of the record)\n\n"
    } else {
        "send this (not part of the notice)\n\n"
    });
    if let Some(duty) = duty {
        let rule = duty.duty;
        let _ = write!(
            page,
            "- {}: {}, {}",
            clean(&rule.id),
            clean(&duty.regime.name),
            clean(&rule.cite)
        );
        match (duty.due, &rule.words) {
            (Some(due), _) => {
                let due = wording::moment(due.with_timezone(&duty.zone));
                let _ = writeln!(page, ", due {due}.");
            }
            (None, words) => {
                let waiting = Some(duty.waiting()).filter(|waiting| !waiting.is_empty());
                for words in waiting.into_iter().chain(words.as_deref()) {
                    let _ = write!(page, ": {}", clean(words));
                }
                page.push_str(".\n");
            }
        }
        let overdue = || late.then(|| "OVERDUE: say why it is late".to_owned());
        if let Some(stands) = stands(duty).or_else(overdue) {
            let _ = writeln!(page, "- {}.", ticked(&stands));
        }
    }
    if let Some(doubt) = duty.and_then(|duty| duty.duty.doubt()) {
        let _ = writeln!(page, "- CHECK WITH THE LAW: {doubt}.");
    }
    if duty.is_some() && draft.required.is_empty() {
        page.push_str("- NO LIST HELD of what this law asks for: compare the text with the law.\n");
    }
    for required in &draft.required {
        let words = clean(&required.words);
        let _ = writeln!(page, "- {}.", standing(&required.standing, &words));
    }
    for name in &draft.missing {
        let _ = match foreign.filter(|_| PROSE.contains(&name.as_str())) {
            Some(language) => {
                let is_list = [names::AFFECTED_GROUPS, names::SCOPE_UNKNOWNS].contains(&&**name);
                let value = if is_list { "[\"…\"]" } else { "\"…\"" };
                let own = if name == names::PROTECTIVE_OFFER {
                    " (that of a group: its name in place of `protective_offer`, under `[offer]`)"
                } else {
                    ""
                };
                writeln!(
                    page,
                    "- Fill a gap in {language}: write `{name} = {value}`{own} into a file, and name \
                     it with --texts."
                )
            }
            None => writeln!(page, "- Fill a gap with `breach fact set {name} …`."),
        };
    }
    for words in &draft.never {
        let _ = writeln!(page, "- MUST NOT: {}. Check the text for this.", clean(words));
    }
    if !marked.is_empty() {
        let marked = wording::ticked(marked);
        let _ = writeln!(
            page,
            "- MARKED PRIVILEGED: {marked}. Counsel decides whether it may be sent."
        );
    }
    page.push_str("- Have a second person check the text against the facts.\n");
    if is_public {
        page.push_str("- PUBLIC: everybody can read this filing, the intruder too.\n");
    }
    if let Some(duty) = duty.filter(|_| !is_kept) {
        page.push_str("- If the recipient has its own form or portal, use that");
        let is_held = |id: &&str| forms().iter().any(|form| form.duties.iter().any(|of| of == id));
        if let Some(id) = duty.ids().find(is_held) {
            let _ = write!(page, ": `breach duties form {id}` answers it from the facts");
        }
        page.push_str(".\n");
    }
    let _ = writeln!(page, "- {NO_ADVICE}");
    page
}

/// How words of a law stand.
fn standing(of: &ItemState, words: &str) -> String {
    let how = match of {
        ItemState::Written => "Written",
        ItemState::LeftOut => "NOT IN THE TEXT, because the template leaves it out",
        ItemState::ByHand(what) => what,
        ItemState::NotKnown => "Not known yet, and the text says so",
        ItemState::NotNeeded => "Not needed now",
        ItemState::ToWrite => "TO WRITE by hand",
        ItemState::Missing(_) => "MISSING",
    };
    format!("{how}: {words}")
}

/// How the duty stands, if that is a reason not to send it as it is.
pub fn stands(duty: &Assessed<'_>) -> Option<String> {
    Some(match duty.state {
        State::NotTriggered => format!("NOT OWED, as far as is known: {}", duty.why()),
        State::Check => format!("MAY BE OWED: {}", duty.why()),
        State::Sent => match duty.late() {
            Some(late) => {
                format!("It is already recorded as sent, {} late", wording::length(late))
            }
            None => "It is already recorded as sent".to_owned(),
        },
        State::Waived => "Somebody decided not to send it".to_owned(),
        _ => return None,
    })
}

/// How many gaps there are, on one line.
pub fn summary(draft: &Drafted) -> String {
    let count = |which: fn(&ItemState) -> bool| {
        draft.required.iter().filter(|required| which(&required.standing)).count()
    };
    let missing = count(|standing| matches!(standing, ItemState::Missing(_)));
    let write = count(|standing| *standing == ItemState::ToWrite);
    let facts = wording::count(draft.missing.len(), "fact");
    if draft.required.is_empty() {
        return format!(
            "no list of required contents is held for this law; {facts} missing in the text"
        );
    }
    let items = wording::count(draft.required.len(), "required item");
    format!("{items}: {missing} missing, {write} to write by hand; {facts} missing in the text")
}

/// Markdown as plain text of at most `width` columns.
pub fn plain(markdown: &str, width: usize) -> String {
    let mut text = String::new();
    let (mut block, mut first) = (String::new(), String::new());
    let mut depth = 0;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::List(_)) => depth += 1,
            Event::Start(Tag::Item) => {
                flush(&mut text, &mut block, &first, width);
                first = "  ".repeat(depth - 1) + "- ";
            }
            Event::Text(part) | Event::Code(part) => block.push_str(&part),
            Event::SoftBreak | Event::HardBreak => block.push('\n'),
            Event::End(TagEnd::Heading(level)) => {
                let line = if level as usize == 1 { "=" } else { "-" };
                let under = line.repeat(textwrap::core::display_width(&block).min(width));
                block.push('\n');
                block.push_str(&under);
                flush(&mut text, &mut block, &first, width);
                text.push('\n');
            }
            Event::End(TagEnd::Paragraph) => {
                flush(&mut text, &mut block, &first, width);
                text.push('\n');
                first.clear();
            }
            Event::End(TagEnd::Item) => {
                flush(&mut text, &mut block, &first, width);
                first.clear();
            }
            Event::End(TagEnd::List(_)) => {
                depth -= 1;
                if depth == 0 {
                    text.push('\n');
                }
            }
            Event::Rule => {
                text.push_str(&"-".repeat(width));
                text.push_str("\n\n");
            }
            _ => {}
        }
    }
    flush(&mut text, &mut block, &first, width);
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// Stands for a blank at which no line is broken; a no-break space of the text stays one.
const JOINT: char = '\u{e000}';

fn flush(text: &mut String, block: &mut String, first: &str, width: usize) {
    if block.is_empty() {
        return;
    }
    // A phone number is dialled from one line.
    let near = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || "+/()-".contains(c));
    let chars: Vec<char> = block.chars().collect();
    let joined = chars.iter().enumerate().map(|(at, c)| {
        let before = at.checked_sub(1).and_then(|at| chars.get(at).copied());
        let is_joint = *c == ' ' && near(before) && near(chars.get(at + 1).copied());
        if is_joint { JOINT } else { *c }
    });
    let joined: String = joined.collect();
    let indent = " ".repeat(first.len());
    let options =
        whole_words(width).initial_indent(first).subsequent_indent(&indent).break_words(false);
    let filled = textwrap::fill(&joined, options);
    let filled = if joined == *block { filled } else { filled.replace(JOINT, " ") };
    let _ = writeln!(text, "{filled}");
    block.clear();
}
