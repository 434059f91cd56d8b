//! What is on the screen, and the keys that only look.

use super::beside::Beside;
use super::paged;
use crate::cli::desk::followed::Followed;
use crate::cli::desk::{Context, Failure, Record};
use crate::output::card;
use crate::prompt::Prompt;
use crate::regime::Docket;
use crate::walk::{OutlineRow, Question, QuestionKey, QuestionPart, Show, StepCard, Walk, is_of};

/// What stands on the screen.
#[derive(Default)]
pub(super) struct Seen {
    card: Option<StepCard>,
    beside: card::Beside,
    /// After how many entries that change what the law asks that was said.
    entries: u64,
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
            let is_told =
                question.fact.is_some() || matches!(question.key.part, QuestionPart::Evidence(_));
            if !again || !is_told {
                context.screen.lines(&question.lines);
            }
            return;
        };
        let is_new = self.card.as_ref().is_none_or(|known| known.key != card.key);
        let has_moved = self.card.as_ref().is_some_and(|known| {
            let [known, now] = [known, card].map(|card| card.commands.iter().map(|(id, ..)| id));
            known.ne(now)
        });
        let entries = Docket::entries(&record.incident);
        if is_new || self.entries != entries {
            self.beside = beside.of(context, card, record, followed);
            self.entries = entries;
        }
        let card = self.card.insert(in_words(card.clone(), &self.beside));
        if is_new {
            context.screen.card(card, &self.beside, context.world.now().at);
            context.screen.lines(&question.lines);
        } else if has_moved {
            context.screen.say("This step's commands have changed: v shows their new numbers.");
        }
    }
}

/// The card of a step about a duty calls it as the law does, and not by its id.
fn in_words(mut card: StepCard, beside: &card::Beside) -> StepCard {
    if let Some((id, called)) = &beside.duty {
        let wanted = card.evidence.iter_mut().map(|wanted| &mut wanted.title);
        for title in wanted.chain([&mut card.title]) {
            *title = title.replace(id, called);
        }
    }
    card
}

impl Seen {
    /// Updates the card on the screen, so that `v` shows it as it is now. False: nothing is left to say of
    /// it, because somebody settled it.
    pub(super) fn renew(&mut self, context: &Context, walk: &Walk<'_>, record: &Record) -> bool {
        let question = walk.again_at(&record.incident, context.world.now());
        let card = question.and_then(|question| question.card);
        let is_left = card.is_some() || !walk.is_at_step();
        self.card = card.map(|card| in_words(card, &self.beside));
        is_left
    }
}

/// Shows what was asked for, page by page if it is long. Returns a line typed between pages that is
/// meant for the step.
pub(super) fn look(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    record: &Record,
    (walk, seen): (&Walk<'_>, &Seen),
    show: Show,
) -> Result<Option<String>, Failure> {
    let now = context.world.now().at;
    let rows = |fits: &dyn Fn(&OutlineRow) -> bool| -> Vec<OutlineRow> {
        walk.outline(&record.incident).into_iter().filter(|row| fits(row)).collect()
    };
    // A card always fits on the screen.
    if let (Show::Card, Some(card)) = (show, &seen.card) {
        context.screen.card(card, &seen.beside, now);
        return Ok(None);
    }
    paged::show(context, prompt, |screen| match (show, &seen.card) {
        (Show::Full, Some(card)) => screen.more(card),
        (Show::Keys, Some(card)) => screen.keys(card),
        // These are typed at a step, whose card is already on the screen.
        (Show::Card, _) | (Show::Full | Show::Keys, None) => {}
        (Show::Outline, _) => screen.outline(&rows(&|_| true)),
        (Show::Work, _) => screen.outline(&rows(&|row| match row.outcome {
            None => row.needs.is_empty() && row.applies != Some(false),
            Some(outcome) => !outcome.is_settled(),
        })),
        (Show::Mine, _) => match &record.actor.name {
            None => screen.say("Nobody said who is at this keyboard."),
            Some(name) => {
                let is_mine = |owner: &String| is_of(owner, name);
                let mine = rows(&|row| row.owner.as_ref().is_some_and(is_mine));
                if mine.is_empty() {
                    screen.say(&format!("Nothing is assigned to {name}."));
                }
                screen.outline(&mine);
            }
        },
    })
}
