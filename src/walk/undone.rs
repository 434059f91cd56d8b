//! A text that reads as if the step were not done.

use super::Walk;
use super::card::split_done;
use crate::incident::StepKey;
use crate::phase::Phase;

impl Walk<'_> {
    /// Whether a text reads as if the step were not done. Of a step that is to find something out, `no alert
    /// rule` is a finding.
    pub(super) fn says_not(&self, at: &StepKey, text: &str) -> bool {
        let finds = matches!(self.playbook.phase, Phase::Scoping | Phase::PostMortem);
        let begins = text.split(' ').next().unwrap_or_default().to_lowercase();
        let is_none = ["no", "nobody", "none", "never", "nothing"].contains(&&*begins);
        // `nobody is missing`.
        let is_found = is_none && (finds || text.split(' ').any(|word| word == "missing"));
        says_not(text) && !is_found && !self.is_offered(at, text)
    }

    /// Whether the step's own words for being done are like that: `cannot tell`, `nobody had anything to add`,
    /// or `tried the old account, refused` where that has to be refused.
    fn is_offered(&self, at: &StepKey, text: &str) -> bool {
        let plain = |text: &str| {
            let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.collect::<Vec<_>>().join(" ").to_lowercase()
        };
        let said = plain(text);
        // A single word such as `no` proves nothing.
        let begins: Vec<&str> = said.split(' ').take(2).collect();
        let begins = format!(" {} ", begins.join(" "));
        let tried = said.split(' ').filter(|word| word.len() > 6 && said.starts_with("tried "));
        let stems: Vec<&str> = tried.filter_map(|word| word.get(..6)).collect();
        let parts = self.step(at).into_iter().flat_map(|step| &step.instructions);
        let mut done = parts.filter_map(|part| split_done(&part.text).1).map(|done| plain(&done));
        done.any(|done| {
            said.contains(' ') && format!(" {done} ").contains(&begins)
                || stems.iter().any(|stem| done.contains(stem))
        })
    }
}

/// Whether a text reads as if something were not done.
fn says_not(text: &str) -> bool {
    const BEGINS: [&str; 36] = [
        "not", "no", "nobody", "none", "never", "couldnt", "could", "cant", "cannot", "wont",
        "will", "shall", "should", "must", "need", "needs", "didnt", "dont", "doesnt", "havent",
        "hasnt", "isnt", "wasnt", "unable", "failed", "tried", "trying", "half", "halfway",
        "almost", "nearly", "partly", "waiting", "starting", "working", "checking",
    ];
    const WITHIN: [&str; 18] = [
        " not yet",
        " is gone",
        " are gone",
        " was gone",
        " were gone",
        "rotated away",
        "overwritten",
        " nobody ",
        "no answer",
        "no reply",
        "voicemail",
        "unreachable",
        "not reachable",
        "to be done",
        "still open",
        "still waiting",
        "still running",
        "still working",
    ];
    let text = text.to_lowercase().replace(['\'', '\u{2019}'], "");
    let first = text.split([' ', ',', '.', ':', ';']).next().unwrap_or_default();
    let alone = ["later", "tomorrow", "pending", "open", "todo", "nothing", "in progress"];
    BEGINS.contains(&first)
        || alone.contains(&&*text)
        || WITHIN.iter().any(|words| text.contains(words))
}
