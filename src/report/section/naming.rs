//! What a reader calls things that the record has codes for.

use crate::report::material::Build;

/// A text of the law that names facts and duties in words instead of by the ids between its ticks.
pub(in crate::report) fn spoken(text: &str, called: impl Fn(&str) -> String) -> String {
    let parts = text.split('`').enumerate();
    let spoken =
        parts.map(
            |(number, part)| {
                if number % 2 == 0 { part.to_owned() } else { format!("\"{}\"", called(part)) }
            },
        );
    spoken.collect()
}

impl Build<'_> {
    /// The same, with the names that this incident uses.
    pub(in crate::report) fn spoken(&self, text: &str) -> String {
        spoken(text, |id| self.called(id))
    }

    /// What a reader calls a fact or a duty.
    pub(in crate::report) fn called(&self, id: &str) -> String {
        let fact = self.vocabulary.get(id).map(|fact| fact.title.clone());
        fact.or_else(|| self.duty_title(id)).unwrap_or_else(|| id.to_owned())
    }

    /// A duty in words, without its code.
    pub(in crate::report) fn duty_title(&self, id: &str) -> Option<String> {
        let mut duties = self.material.duties.iter();
        let found = duties.find(|one| one.ids().any(|known| known == id))?;
        Some(found.duty.title())
    }
}

/// An anchor in a few words.
pub(in crate::report) fn anchor_label<'e>(id: &str, event: &'e str) -> &'e str {
    match id {
        "E0" => "First malicious action",
        "E1" => "First loss",
        "E2" => "Theft begins",
        "E2'" => "Last known theft",
        "S1" => "First signal",
        "E3" => "Detected",
        "E4" => "Taken up by a person",
        "E5" => "Incident declared",
        "E6" => "Legal awareness",
        "E6m" => "Judged major or material",
        "E7" => "Contained",
        "E7'" => "Containment verified",
        "E8" => "Intruder removed",
        "E9" => "Service recovered",
        "D" => "First person affected told",
        "D'" => "Last person affected told",
        "P" => "Public statement",
        "G" => "Scope corrected in public",
        "W" => "Wrong statement to outsiders",
        "J" => "First ruling",
        _ => event,
    }
}
