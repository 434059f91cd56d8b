//! A line that begins with items, or nearly, and goes on: both readings are shown, and one is taken.

use super::key::Key;
use super::{Act, Asking, Question, QuestionPart, Walk};
use crate::clock::Clock;
use crate::incident::{Incident, StepKey};
use crate::wording;

impl Walk<'_> {
    pub(super) fn ask_reading(
        &self,
        incident: &Incident,
        at: &StepKey,
        key: Key,
        items: &[String],
        (text, whole): (&str, &str),
    ) -> Question {
        let mut question = Question::plain(at, QuestionPart::Aside, "1 or 2 (< back)> ");
        let what = key.records();
        let with = |text: &str| match text {
            "" => String::new(),
            text => format!(", with the text: {text}"),
        };
        let which = self.only(incident, at, key);
        let which = which.map_or("; you then say which".to_owned(), |one| format!(": {one}"));
        question.lines.push("That can be read in two ways:".to_owned());
        question.lines.push(format!("  1 {what}: {}{}", wording::few_of(items, 6), with(text)));
        question.lines.push(format!("  2 {what}{which}{}", with(whole)));
        if let Some(word) = text.split_whitespace().next().filter(|word| text == *word) {
            question.lines.push(format!("`{word}` is none of the items of this step."));
        }
        question
    }

    pub(super) fn reading(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        at: StepKey,
        (key, items, text, whole): (Key, Vec<String>, String, String),
        reply: &str,
    ) -> Vec<Act> {
        match reply.trim() {
            "1" => self.on_items(incident, clock, at, key, &items, &text),
            "2" => {
                if let Some(one) = self.only(incident, &at, key) {
                    return self.on_items(incident, clock, at, key, &[one], &whole);
                }
                self.mode = Asking::Which { at, key, text: whole };
                Vec::new()
            }
            "" | "<" => vec![Act::Say("Nothing was recorded.".to_owned())],
            line if self.is_typed_for_a_step(line) => {
                let lost = format!("Not recorded: {}.", wording::clip(whole.trim(), 60));
                let acts = self.at_step(incident, clock, line);
                [Act::Say(lost)].into_iter().chain(acts).collect()
            }
            _ => {
                self.mode = Asking::Reading { at, key, items, text, whole };
                vec![Act::Refuse("Answer 1 or 2; < goes back.".to_owned())]
            }
        }
    }
}
