//! What is asked, and how it is named.

use super::card::StepCard;
use crate::fact::Fact;
use crate::incident::StepKey;
use crate::incident::event::Outcome;

/// A question.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is asked, so that an answers file can find its answer.
    pub key: QuestionKey,
    /// The step, when the question is the step itself.
    pub card: Option<StepCard>,
    /// The fact, when the question is a fact.
    pub fact: Option<Fact>,
    /// Lines to show before the prompt. Foreign text, not yet escaped.
    pub lines: Vec<String>,
    /// The prompt.
    pub prompt: String,
    /// True if the answer is a text of many lines, ended by a line with a single full stop.
    pub block: bool,
}

/// Names a question.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct QuestionKey {
    /// Step and item.
    pub at: StepKey,
    /// Which of its questions.
    pub part: QuestionPart,
}

/// Which question of a step.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum QuestionPart {
    /// What about this step?
    Step,
    /// The value of a fact.
    Fact(String),
    /// Who decided it, in which role, on what basis.
    DecidedBy(String),
    /// The role of who decided.
    DecidedRole(String),
    /// The basis of the decision.
    DecidedBasis(String),
    /// A part of a step's decision: `what`, `by`, `role`, `basis`, `dissent`.
    Choice(&'static str),
    /// Wanted evidence, by id.
    Evidence(String),
    /// Why skipped, blocked, not applicable; on what it waits.
    Reason(Outcome),
    /// Typed confirmation that something is destroyed.
    Destroy,
    /// Typed confirmation that a command runs.
    Confirm(String),
    /// Anything that only a person at a prompt is asked.
    Aside,
}

impl Question {
    pub(super) fn plain(at: &StepKey, part: QuestionPart, prompt: &str) -> Self {
        Self {
            key: QuestionKey { at: at.clone(), part },
            card: None,
            fact: None,
            lines: Vec::new(),
            prompt: prompt.to_owned(),
            block: false,
        }
    }
}
