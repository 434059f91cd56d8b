//! The question which items a key is about.

use super::items::Read;
use super::key::Key;
use super::{Act, Asking, Question, QuestionPart, Walk};
use crate::clock::Clock;
use crate::incident::{Incident, StepKey};
use crate::wording;

impl Walk<'_> {
    pub(super) fn ask_which(
        &self,
        incident: &Incident,
        at: &StepKey,
        (key, text): (Key, &str),
    ) -> Question {
        let items = self.choice_of(incident, at, key);
        let (offered, mine) = (items.offered(), &items.mine);
        let prompt = format!("{}, which> ", wording::clip(&at.step, 20));
        let mut question = Question::plain(at, QuestionPart::Aside, &prompt);
        let asks = if at.item.is_some() { "Who was told?" } else { key.question() };
        // Of a command, it is the name.
        if !text.trim().is_empty() && !key.is_command() {
            question.lines.push(format!("With the text: {}", wording::clip(text.trim(), 60)));
        }
        let mut words: Vec<String> =
            (offered.len() > 1).then(|| "all".to_owned()).into_iter().collect();
        let some = !mine.is_empty() && mine.len() < offered.len();
        words.extend(some.then(|| "mine".to_owned()));
        if items.are_numbered() {
            question.lines.push(format!("{asks} Numbers or names; < goes back"));
            let each = offered.iter().enumerate();
            question.lines.extend(each.map(|(n, item)| format!("  {} {item}", n + 1)));
            question.lines.extend((!words.is_empty()).then(|| format!("    {}", words.join("  "))));
            return question;
        }
        let mut names = wording::ranges(offered, 12);
        names.append(&mut words);
        let between = if names.iter().any(|name| name.contains(' ')) { ", " } else { "  " };
        let offer = names.join(between);
        question.lines.push(format!("{asks}  {offer}; < goes back"));
        question
    }

    pub(super) fn which(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        (at, key, text): (StepKey, Key, String),
        reply: &str,
    ) -> Vec<Act> {
        let line = reply.trim();
        if line.is_empty() || line == "<" {
            return vec![Act::Say("Nothing was recorded.".to_owned())];
        }
        if line == "?" {
            self.mode = Asking::Which { at, key, text };
            return vec![Act::Say(SELECTORS.to_owned())];
        }
        let held = text.trim().to_owned();
        // `w to Bo`, then `all: Bo`, says it twice.
        let joined = |more: String| match more.trim() {
            more if held.ends_with(more) => held.clone(),
            more => [held.as_str(), more].join(" ").trim().to_owned(),
        };
        let why = match self.read_items(incident, clock, (&at, key), line, true) {
            Read::Items(chosen, more) if more.trim().is_empty() || !key.is_command() => {
                let acts = self.on_items(incident, clock, at.clone(), key, &chosen, &joined(more));
                // The line again is an answer to this question.
                if self.sure.is_some() && matches!(self.mode, Asking::Step) {
                    self.mode = Asking::Which { at, key, text };
                }
                return acts;
            }
            Read::TwoWays(items, more) if !key.is_command() => {
                let (text, whole) = (joined(more), joined(line.to_owned()));
                self.mode = Asking::Reading { at, key, items, text, whole };
                return Vec::new();
            }
            // A whole line, as it is typed at the step.
            Read::Text if self.is_typed_for_a_step(line) => {
                let lost = Some(&held).filter(|held| !held.is_empty());
                let lost = lost
                    .map(|held| Act::Say(format!("Not recorded: {}.", wording::clip(held, 60))));
                return lost.into_iter().chain(self.at_step(incident, clock, line)).collect();
            }
            Read::Refused(why) => why,
            _ => format!(
                "Not understood: `{}`. Name one or more, or all, or rest; a text comes after a colon: \
                 all: shut. ? explains, < goes back.",
                wording::clip(line, 40)
            ),
        };
        self.mode = Asking::Which { at, key, text };
        vec![Act::Refuse(why)]
    }
}

/// How items are named.
const SELECTORS: &str = "Name one or more, with blanks or commas; web-01..web-09 is a range, web-* all of \
     that name, 3 hosts the first three. all, or *, or both of two, is what is not settled yet, rest what waits for nobody \
     else, mine what is assigned to you, all except NAME the others. A text comes after a colon: web-01: \
     port shut. < goes back.";
