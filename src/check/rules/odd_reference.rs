//! BR402: a reference that leads nowhere.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};
use crate::escape;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR402",
    name: "odd-reference",
    family: Family::Upkeep,
    level: Level::Note,
    title: "a reference that leads nowhere",
    explanation: "A reference that is no URL and names no framework known in the field cannot be looked up \
                  by whoever has to defend the playbook. Write a URL, or the id that the framework itself \
                  uses.",
    wrong: r#"references = ["the blue binder"]
"#,
    right: r#"references = ["NIST SP 800-61r3 RS.MI-01"]
"#,
    judge: Judge::Playbook(judge),
};

/// How references to the field's standards, laws and catalogues begin.
const KNOWN: [&str; 45] = [
    "https://",
    "http://",
    "NIST",
    "ISO",
    "PCI",
    "RE&CT",
    "MITRE",
    "ATT&CK",
    "D3FEND",
    "CIS ",
    "OWASP",
    "GDPR",
    "UK GDPR",
    "HIPAA",
    "CISA",
    "ENISA",
    "FIRST",
    "VERIS",
    "CVE-",
    "CWE-",
    "SOC 2",
    "DORA",
    "NIS",
    "RFC ",
    "Regulation",
    "Directive",
    "EDPB",
    "ICO",
    "SANS",
    "BSI",
    "CACAO",
    "OASIS",
    "TLP",
    "CCPA",
    "GLBA",
    "SEC ",
    "FTC",
    "ANSSI",
    "NCSC",
    "OAIC",
    "PDPA",
    "LGPD",
    "PIPEDA",
    "APRA",
    "Art.",
];

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    for reference in subject.draft.root.texts("references") {
        let text = reference.text.trim();
        if text.is_empty() || KNOWN.iter().any(|known| text.starts_with(known)) {
            continue;
        }
        let message = format!("`{}` is no URL and no framework known here", escape::line(text));
        let help = "write a URL, or the id as its framework writes it: `NIST SP 800-61r3 RS.MI-01`";
        findings.push(RULE.at(reference.span, message).help(help));
    }
}
