//! BR311: a step that tells an authority and keeps no proof.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::check::subject::has;
use crate::document::{Findings, Level};
use crate::phase::Phase;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR311",
    name: "told-without-proof",
    family: Family::Craft,
    level: Level::Warning,
    title: "a step that tells an authority and keeps no proof",
    explanation: "Telling an authority in time is a duty, and proving it is another. A step that \
                  tells one and keeps no evidence leaves you with only the memory of a web form. \
                  Ask for the receipt: `evidence = [{ id = \"receipt\", … }]`.",
    wrong: r#"phase = "notification"

[[step]]
id = "tell-authority"
title = "Notify the data protection authority"
do = "Send the form."
ask = ["aware"]
why = "Without it nothing can be proved."
role = "liaison"
"#,
    right: r#"phase = "notification"

[[step]]
id = "tell-authority"
title = "Notify the data protection authority"
do = "Send the form and keep what it answers."
ask = ["aware"]
evidence = [{ id = "receipt", title = "Receipt of the authority", required = true }]
why = "Without it nothing can be proved."
role = "liaison"
"#,
    judge: Judge::Playbook(judge),
};

/// Who is told.
const AUTHORITIES: [&str; 8] = [
    "authorit",
    "regulator",
    "supervisory",
    "commissioner",
    "attorney general",
    "ombuds",
    "attorneys general",
    "data protection board",
];

/// The same by the letters under which they are known.
const LETTERS: [&str; 20] = [
    "ICO", "DPA", "DPC", "CNIL", "AEPD", "BfDI", "EDPB", "EDPS", "FTC", "SEC", "FCC", "OCR", "HHS",
    "OAIC", "ANPD", "PDPC", "PIPC", "FCA", "BaFin", "NYDFS",
];

/// How one says that somebody is told, at the start of a title.
const TELLS: [&str; 15] = [
    "tell",
    "notify",
    "inform",
    "alert",
    "warn",
    "report to",
    "report the",
    "report it",
    "report this",
    "file",
    "submit",
    "send",
    "write to",
    "call",
    "lodge",
];

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    if !subject.is_for(Phase::Notification) {
        return;
    }
    for table in subject.tables().filter(|table| !table.has("evidence")) {
        let Some(title) = table.text("title") else { continue };
        let lower = title.text.to_lowercase();
        let begins = TELLS.iter().any(|stem| lower.trim_start().starts_with(stem));
        let mut words = title.text.split(|c: char| !c.is_alphanumeric());
        if begins
            && (AUTHORITIES.iter().any(|stem| has(&lower, stem))
                || words.any(|word| LETTERS.contains(&word)))
        {
            let message = "an authority is told, but no proof is kept";
            let help = "ask for the receipt: `evidence = [{ id = \"receipt\", title = \"…\" }]`";
            findings.push_absent(RULE.at(title.span, message).help(help));
        }
    }
}
