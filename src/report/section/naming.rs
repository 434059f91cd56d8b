//! What a reader calls things that the record has codes for.

use crate::wording;

/// A duty in words, without its code.
pub(in crate::report) fn duty_title(cite: &str, to: &[String]) -> String {
    let recipients = to.iter().map(|to| match to.as_str() {
        "people" => "the people affected".to_owned(),
        "media" | "public" | "market" | "authority" | "controller" => format!("the {to}"),
        to => to.replace('-', " "),
    });
    format!("{cite}, to {}", wording::list(&recipients.collect::<Vec<_>>()))
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
