//! What is on the screen, and the keys that only look or take back.

use super::beside::Beside;
use crate::cli::desk::followed::Followed;
use crate::cli::desk::{Context, Failure, Record, undo};
use crate::output::card;
use crate::walk::{Act, OutlineRow, Question, QuestionKey, StepCard, Walk};

/// What stands on the screen.
#[derive(Default)]
pub(super) struct Seen {
    card: Option<StepCard>,
    beside: card::Beside,
    key: Option<QuestionKey>,
}

impl Seen {
    /// Shows a question. A step that stands on the screen already is not shown again; of a question
    /// that is asked again, nothing is.
    pub(super) fn show(
        &mut self,
        context: &mut Context,
        question: &Question,
        beside: &Beside,
        (record, followed): (&Record, &Followed),
    ) {
        let again = self.key.as_ref() == Some(&question.key);
        self.key = Some(question.key.clone());
        let Some(card) = &question.card else {
            if !again || question.fact.is_none() {
                context.screen.lines(&question.lines);
            }
            return;
        };
        let known = self.card.replace(card.clone());
        if known.is_none_or(|known| known.key != card.key) {
            self.beside = beside.of(context, card, record, followed);
            context.screen.card(card, &self.beside, context.world.now().at);
            context.screen.lines(&question.lines);
        }
    }
}

/// Carries out what only looks at the record or takes something back; hands on the rest.
pub(super) fn look(
    context: &mut Context,
    record: &mut Record,
    walk: &Walk<'_>,
    seen: &mut Seen,
    act: Act,
) -> Result<Option<Act>, Failure> {
    let now = context.world.now();
    match (act, &seen.card) {
        (Act::View, Some(card)) => context.screen.card(card, &seen.beside, now.at),
        (Act::More, Some(card)) => context.screen.more(card),
        (Act::Help, Some(card)) => context.screen.keys(card),
        (Act::Outline, _) => context.screen.outline(&walk.outline(&record.incident)),
        (Act::List, _) => {
            let can = |row: &OutlineRow| match row.outcome {
                None => row.ready && row.applies != Some(false),
                Some(outcome) => !outcome.is_settled(),
            };
            let rows: Vec<OutlineRow> =
                walk.outline(&record.incident).into_iter().filter(can).collect();
            context.screen.outline(&rows);
        }
        (Act::Mine, _) => {
            let Some(name) = record.actor.name.clone() else {
                context.screen.say("Nobody said who is at this keyboard.");
                return Ok(None);
            };
            let first = name.split_whitespace().next().unwrap_or_default().to_lowercase();
            let mine = |row: &OutlineRow| {
                let with = row.note.as_deref().and_then(|note| note.strip_prefix("with "));
                with.is_some_and(|note| note.to_lowercase().starts_with(&first))
            };
            let rows: Vec<OutlineRow> =
                walk.outline(&record.incident).into_iter().filter(mine).collect();
            if rows.is_empty() {
                context.screen.say(&format!("Nothing is assigned to {name}."));
            } else {
                context.screen.outline(&rows);
            }
        }
        (Act::Recorded(what), _) => {
            let at = now.local().format("%H:%M");
            context.screen.say(&format!("Recorded {at}: {what}. u takes it back."));
        }
        (Act::Undo, _) => match undo::last(context, record)? {
            undo::Last::Entry(entry, said) => {
                undo::take_back(context, record, &entry, &said, None)?;
            }
            undo::Last::Command(said) => context.screen.say(&format!(
                "The last thing you did was a command, which no key takes back: {said}"
            )),
            undo::Last::Nothing => context.screen.say("There is nothing of yours to take back."),
        },
        (Act::Withdraw(entry), _) => {
            let said = undo::said(context, record, &entry)?;
            undo::take_back(context, record, &entry, &said, None)?;
        }
        (Act::Switch, _) => {
            let command = walk.phase().command();
            context.screen.say(&format!(
                "Stop with q, then `breach {command} --switch NAME`; `breach playbook list` names \
                 them. Everything recorded stays."
            ));
        }
        (Act::Say(text), _) => context.screen.say(&text),
        (act, _) => return Ok(Some(act)),
    }
    Ok(None)
}
