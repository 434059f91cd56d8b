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
    explanation: "Whoever has to defend the playbook cannot look up a reference that is neither a \
                  URL nor the id of a well-known framework. Write a URL, or the id that the \
                  framework itself uses.",
    wrong: r#"references = ["the blue binder"]
"#,
    right: r#"references = ["NIST SP 800-61r3 RS.MI-01"]
"#,
    judge: Judge::Playbook(judge),
};

/// How references to the field's standards, laws and catalogues begin.
const KNOWN: [&str; 44] = [
    "NIST",
    "NISTIR",
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
        if text.is_empty() || leads_somewhere(text) {
            continue;
        }
        let message =
            format!("`{}` is not a URL or the id of a known framework", escape::line(text));
        let help = "write a URL, or the id as its framework writes it: `NIST SP 800-61r3 RS.MI-01`";
        findings.push(RULE.at(reference.span, message).help(help));
    }
}

fn leads_somewhere(text: &str) -> bool {
    let address = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    if let Some(address) = address {
        return address.starts_with(|c: char| c.is_alphanumeric() || c == '[')
            && !address.contains(char::is_whitespace);
    }
    // `NISTfoo` begins like a framework, and is none.
    let goes_on = |rest: &str| rest.starts_with(|c: char| c.is_alphabetic());
    let known = |known: &str| {
        text.strip_prefix(known)
            .is_some_and(|rest| !known.ends_with(char::is_alphanumeric) || !goes_on(rest))
    };
    KNOWN.iter().any(|word| known(word)) || is_technique(text)
}

/// An id of ATT&CK or RE&CT: `T1059`, `T1059.001`, `TA0002`, `RA2202`.
fn is_technique(text: &str) -> bool {
    let id = text.split_whitespace().next().unwrap_or_default();
    let digits = id.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let number = |text: &str, most: usize| {
        text.len() == most && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let (first, sub) = digits.split_once('.').unwrap_or((digits, "000"));
    (1..=2).contains(&(id.len() - digits.len())) && number(first, 4) && number(sub, 3)
}
