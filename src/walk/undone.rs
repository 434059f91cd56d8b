//! A text that reads as if the step were not done.

use super::Walk;
use crate::incident::StepKey;
use crate::phase::Phase;
use crate::playbook::Part;

impl Walk<'_> {
    /// Whether a text reads as that of something that was not done. Where something is to be found out, that
    /// there was none is what was found.
    pub(super) fn says_not(&self, at: &StepKey, text: &str) -> bool {
        let finds = matches!(self.playbook.phase, Phase::Scoping | Phase::PostMortem);
        let begins = text.split(' ').next().unwrap_or_default().to_lowercase();
        let is_none = ["no", "nobody", "none", "never", "nothing"].contains(&&*begins);
        // `nobody is missing`.
        let is_found = is_none && (finds || text.split(' ').any(|word| word == "missing"));
        says_not(text) && !is_found && !self.is_offered(at, text)
    }

    /// Whether the step itself says so of being done: `cannot tell`, `nobody had anything to add`.
    fn is_offered(&self, at: &StepKey, text: &str) -> bool {
        let plain = |text: &str| {
            let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.collect::<Vec<_>>().join(" ").to_lowercase()
        };
        let said = plain(text);
        // One word, such as `no`, may stand there for something else.
        let begins: Vec<&str> = said.split(' ').take(2).collect();
        let offers = |part: &Part| {
            let done = part.text.rsplit_once("Done when ").map(|(_, done)| plain(done));
            done.is_some_and(|done| {
                format!(" {done} ").contains(&format!(" {} ", begins.join(" ")))
            })
        };
        // `tried the old account, refused`, where it is done when that is refused.
        let tried = said.split(' ').filter(|word| word.len() > 6 && said.starts_with("tried "));
        let stems: Vec<&str> = tried.filter_map(|word| word.get(..6)).collect();
        let refused = |part: &Part| {
            let done = part.text.rsplit_once("Done when ").map(|(_, done)| plain(done));
            done.is_some_and(|done| stems.iter().any(|stem| done.contains(stem)))
        };
        if self.step(at).is_some_and(|step| step.instructions.iter().any(refused)) {
            return true;
        }
        begins.len() > 1 && self.step(at).is_some_and(|step| step.instructions.iter().any(offers))
    }
}

/// Whether a text reads as that of something that was not done.
fn says_not(text: &str) -> bool {
    const BEGINS: [&str; 36] = [
        "not", "no", "nobody", "none", "never", "couldnt", "could", "cant", "cannot", "wont",
        "will", "shall", "should", "must", "need", "needs", "didnt", "dont", "doesnt", "havent",
        "hasnt", "isnt", "wasnt", "unable", "failed", "tried", "trying", "half", "halfway",
        "almost", "nearly", "partly", "waiting", "starting", "working", "checking",
    ];
    const WITHIN: [&str; 12] = [
        " not yet",
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
