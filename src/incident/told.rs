//! What was done and told with a value that a fact had.

use super::Incident;
use crate::wording;

/// Letters and statements that are named one by one.
const MOST: usize = 12;

impl Incident {
    /// What is to be checked again after a fact has changed: the steps that used it, and the letters and
    /// statements that tell the old value. A line for each kind.
    pub fn outdated(&self, fact: &str, title: &str) -> Vec<String> {
        let steps = self.users_of(fact);
        let told = self.told_of(fact);
        let mut lines = Vec::new();
        if !steps.is_empty() {
            lines.push(format!("the old value of {title} {}", wording::used_in(&steps)));
        }
        if !told.is_empty() {
            let told = wording::some(&told, MOST);
            lines.push(format!("the old value of {title} is told in {told}; correct that"));
        }
        lines
    }

    /// Letters, notices and statements that tell a fact: the last draft of each, and whether it was
    /// sent, and the last text for the status page.
    fn told_of(&self, fact: &str) -> Vec<String> {
        let uses = |facts: &[String]| facts.iter().any(|used| used == fact);
        let mut told = Vec::new();
        for (duty, drafts) in &self.drafts {
            let Some(draft) = drafts.last().filter(|draft| uses(&draft.used_facts)) else {
                continue;
            };
            let sent = self.notices.get(duty).and_then(|sent| sent.last());
            told.push(match sent {
                Some(notice) => format!("`{duty}`, {} sent {}", notice.what, notice.at.show()),
                None => format!("`{duty}`, drafted {}", wording::moment(draft.at)),
            });
        }
        if self.statements.last().is_some_and(|last| uses(&last.used_facts)) {
            told.push(format!("update {} of the status page", self.statements.len()));
        }
        told
    }
}
