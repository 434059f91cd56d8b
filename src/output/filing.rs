//! The form of an authority with its answers: as a page, and as JSON.

use serde_json::json;

use crate::escape::line as clean;
use crate::notice::{Answer, Answered, AuthorityForm, Field, Mandatory};
use crate::output::duties::NO_ADVICE;
use crate::output::wrap::whole_words;
use crate::regime::{Assessed, State};
use crate::wording;

/// A form with its answers.
pub struct Filed<'a> {
    /// The form.
    pub form: &'a AuthorityForm,
    /// Why it is not that of the competent authority.
    pub stands_in: Option<String>,
    /// The duty.
    pub duty: &'a Assessed<'a>,
    /// With what its period began, and when.
    pub began: Option<String>,
    /// Whether it is only rehearsed.
    pub rehearsal: bool,
    /// Its sections, answered.
    pub sections: &'a [Answered<'a>],
    /// What somebody has to look into before it is filed.
    pub doubts: Vec<String>,
}

impl Filed<'_> {
    /// Whether it is owed, in words.
    fn owed(&self) -> String {
        let duty = self.duty;
        match (duty.state, duty.due) {
            (State::NotTriggered, _) => format!("NOT OWED, as far as is known: {}", duty.why()),
            (State::Check, _) => format!("MAY BE OWED: {}", duty.why()),
            (State::Sent, _) => "Already recorded as sent".to_owned(),
            (State::Waived, _) => "Somebody decided not to send it".to_owned(),
            (_, Some(due)) => {
                format!("OWED, due {}", wording::moment(due.with_timezone(&duty.zone)))
            }
            (_, None) => format!("OWED: {}", duty.why()),
        }
    }

    /// The page, as lines of at most `width` columns.
    pub fn page(&self, width: usize) -> String {
        let (form, rule) = (self.form, self.duty.duty);
        let mut page = String::new();
        let title = clean(&form.name);
        under(&mut page, &title, '=', width);
        if self.rehearsal {
            put(&mut page, width, "", "REHEARSAL: file nothing.");
        }
        for doubt in &self.doubts {
            put(&mut page, width, "", &clean(&format!("CHECK: {doubt}")));
        }
        put(&mut page, width, "", &format!("{}.", self.owed()));
        if let Some(began) = &self.began {
            put(&mut page, width, "", &format!("Its period begins with: {began}."));
        }
        put(&mut page, width, "", &format!("{}, {}.", rule.id, rule.cite));
        if let Some(why) = &self.stands_in {
            put(&mut page, width, "", &format!("THIS FORM STANDS IN FOR ANOTHER: {why}."));
        }
        let known = form.confidence.as_str();
        let whose = format!(
            "{}; known: {known}. Compare it with the form itself before you file.",
            form.authority
        );
        put(&mut page, width, "", &whose);
        for (what, text) in [("How", &form.channel), ("Where", &form.url)] {
            if let Some(text) = text {
                put(&mut page, width, "", &format!("{what}: {text}"));
            }
        }
        for (section, fields) in self.sections {
            page.push('\n');
            let gloss: Vec<&str> =
                section.gloss.iter().chain(&section.stage).map(|one| &**one).collect();
            let gloss =
                if gloss.is_empty() { String::new() } else { format!(" ({})", gloss.join("; ")) };
            under(&mut page, &format!("{}{gloss}", section.heading), '-', width);
            if let Some(known) = section.confidence {
                put(&mut page, width, "", &format!("This section is known: {}.", known.as_str()));
            }
            for (field, answers) in fields {
                one(&mut page, width, field, answers);
            }
        }
        page.push('\n');
        if form.published {
            let public = "PUBLIC: what is filed here is published or can be asked for; the intruder can read it.";
            put(&mut page, width, "", public);
        }
        put(&mut page, width, "", NO_ADVICE);
        page
    }

    /// As `breach.form/1`.
    pub fn json(&self) -> serde_json::Value {
        let sections = self.sections.iter().map(|(section, fields)| {
            json!({
                "heading": section.heading,
                "gloss": section.gloss,
                "stage": section.stage,
                "confidence": section.confidence.unwrap_or(self.form.confidence),
                "fields": fields.iter().map(|(field, answers)| json!({
                    "no": field.no,
                    "label": field.label,
                    "gloss": field.gloss,
                    "mandatory": field.mandatory,
                    "when": field.when,
                    "kind": field.kind,
                    "limit": field.limit,
                    "options": field.options,
                    "note": field.note,
                    "answers": answers.iter().map(answer).collect::<Vec<_>>(),
                })).collect::<Vec<_>>(),
            })
        });
        json!({
            "schema": "breach.form/1",
            "form": self.form.id,
            "authority": self.form.authority,
            "name": self.form.name,
            "language": self.form.language,
            "confidence": self.form.confidence,
            "sources": self.form.sources,
            "stands_in": self.stands_in,
            "published": self.form.published,
            "rehearsal": self.rehearsal,
            "checks": self.doubts,
            "url": self.form.url,
            "duty": self.duty.duty.id,
            "began": self.began,
            "state": self.duty.state.as_str(),
            "sections": sections.collect::<Vec<_>>(),
        })
    }
}

fn answer(answer: &Answer) -> serde_json::Value {
    match answer {
        Answer::Option(option) => json!({ "option": option }),
        Answer::Fact(title, value) => json!({ "fact": title, "value": value }),
        Answer::Missing(name, title) => json!({ "missing": name, "title": title }),
        Answer::Ask(ask, options) => json!({ "ask": ask, "options": options }),
        Answer::Choose(options) => json!({ "choose": options }),
        Answer::NotNeeded => json!({ "not_needed": true }),
    }
}

/// A heading with a line under it.
fn under(page: &mut String, text: &str, sign: char, width: usize) {
    put(page, width, "", text);
    let last = page.lines().last().unwrap_or_default();
    let line = sign.to_string().repeat(textwrap::core::display_width(last));
    page.push_str(&line);
    page.push('\n');
}

/// A text as lines, each indented by `indent`, with nothing in it that drives a terminal.
fn put(page: &mut String, width: usize, indent: &str, text: &str) {
    let options =
        whole_words(width).initial_indent(indent).subsequent_indent(indent).break_words(false);
    page.push_str(&textwrap::fill(&clean(text), options));
    page.push('\n');
}

/// A field, and below it its answers.
fn one(page: &mut String, width: usize, field: &Field, answers: &[Answer]) {
    let mut notes: Vec<String> = field.gloss.iter().cloned().collect();
    match (field.mandatory, &field.when) {
        (Mandatory::Yes, _) => notes.push("mandatory".to_owned()),
        (Mandatory::Conditional, Some(when)) => notes.push(format!("mandatory if {when}")),
        (Mandatory::Conditional, None) => notes.push("mandatory under a condition".to_owned()),
        (Mandatory::No, _) if field.label.ends_with("(optional)") => {}
        (Mandatory::No, _) => notes.push("optional".to_owned()),
        (Mandatory::Unknown, _) => {}
    }
    notes.extend(field.limit.iter().map(|limit| format!("limit: {limit}")));
    notes.extend(field.confidence.map(|known| known.as_str().to_owned()));
    let no = field.no.as_ref().map(|no| format!("{no} ")).unwrap_or_default();
    let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join("; ")) };
    put(page, width, "", &format!("{no}{}{notes}", field.label));
    for answer in answers {
        let said = match answer {
            Answer::Option(option) => format!("> {option}"),
            Answer::Fact(title, value) => format!("{title}: {}", value.replace('\n', " ")),
            Answer::Missing(name, title) => {
                format!("[MISSING: {title}; `breach fact set {name} …`]")
            }
            Answer::Ask(ask, options) if options.is_empty() => format!("[TO ANSWER: {ask}]"),
            Answer::Ask(ask, options) => format!("[TO ANSWER: {ask} {}]", options.join(" | ")),
            Answer::Choose(options) => format!("[CHOOSE: {}]", options.join(" | ")),
            Answer::NotNeeded => "Not asked, by the facts.".to_owned(),
        };
        put(page, width, "    ", &said);
    }
    if let Some(note) = &field.note {
        put(page, width, "    ", &format!("Mind: {note}"));
    }
}
