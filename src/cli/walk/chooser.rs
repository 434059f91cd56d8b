//! For somebody who cannot name the kind of incident: asks what they see instead.

use crate::cli::desk::answers::{self, Said};
use crate::cli::desk::{Context, Failure};
use crate::fact::names;
use crate::playbook::chooser::{self, Leads, Question};
use crate::prompt::Prompt;

/// What follows where no answer fits.
const NONE_FITS: &str = "other";

/// The kind of incident that the answers lead to; none where somebody goes back to the list.
pub(super) fn ask(
    context: &mut Context,
    prompt: &mut dyn Prompt,
) -> Result<Option<String>, Failure> {
    let mut asked: Vec<&Question> = chooser::questions().iter().take(1).collect();
    // What was asked a moment ago is still on the screen.
    let mut shown = 0;
    while let Some(question) = asked.last() {
        let numbered = question.answers.iter().enumerate();
        let mut lines = vec![question.ask.clone()];
        lines.extend(
            numbered.map(|(number, answer)| format!("  {:>2} {}", number + 1, answer.text)),
        );
        if shown != asked.len() {
            context.screen.lines(&lines);
            shown = asked.len();
        }
        let help = "Answer with a number, or press Enter if none fits.";
        let number = match answers::opening(context, prompt, names::INCIDENT_KIND, "> ", help)? {
            Said::Answer(number) => number,
            Said::Nothing => return Ok(Some(NONE_FITS.to_owned())),
            Said::Back => {
                asked.pop();
                continue;
            }
        };
        let number = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        match number.and_then(|number| question.answers.get(number)).map(|answer| &answer.leads) {
            Some(Leads::Kind(kind)) => return Ok(Some(kind.clone())),
            Some(Leads::Question(id)) => asked.extend(chooser::find(id)),
            None => context.screen.say(&format!("Not understood. {help}")),
        }
    }
    Ok(None)
}
