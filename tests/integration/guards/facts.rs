//! What has to be known of a fact stands with the fact: no list of facts in Rust code.

use std::collections::{BTreeMap, BTreeSet};

use breach::fact::Vocabulary;

use super::sources;

/// Files that still hold a list. None may join them, and one that has no more leaves.
const STILL: [&str; 7] = [
    "cli/walk/opening.rs",
    "output/export/ical.rs",
    "output/export/stix/mod.rs",
    "output/export/veris/mod.rs",
    "playbook/script.rs",
    "regime/facts.rs",
    "report/gather/reach.rs",
];

/// The texts between quotes that stand in brackets, bracket by bracket: `["a", ("b", C)]`.
fn bracketed(code: &str) -> Vec<Vec<String>> {
    let (mut all, mut group, mut depth) = (Vec::new(), Vec::new(), 0_u32);
    let mut chars = code.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            // A character between quotes is no bracket and no text.
            '\'' => {
                let mut ahead = chars.clone();
                if ahead.next() == Some('\\') || ahead.next() == Some('\'') {
                    chars.by_ref().skip(1).find(|c| *c == '\'');
                }
            }
            '"' => {
                let mut text = String::new();
                while let Some(c) = chars.next().filter(|c| *c != '"') {
                    text.push(if c == '\\' { chars.next().unwrap_or(c) } else { c });
                }
                if depth > 0 {
                    group.push(text);
                }
            }
            '[' => depth += 1,
            ']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    all.push(std::mem::take(&mut group));
                }
            }
            _ => {}
        }
    }
    all
}

#[test]
fn no_list_of_facts_stands_in_the_code() {
    let facts: BTreeSet<&str> = Vocabulary::builtin().names().collect();
    let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, text) in sources() {
        let path = path.to_string_lossy().replace('\\', "/");
        let path = path.rsplit_once("/src/").expect("a path below src").1;
        // Examples of playbooks, and the names themselves.
        if path.starts_with("check/rules/") || path == "fact/names.rs" {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        for group in bracketed(&code.collect::<Vec<_>>().join("\n")) {
            let named: BTreeSet<String> =
                group.into_iter().filter(|text| facts.contains(text.as_str())).collect();
            if named.len() > 1 {
                lists.entry(path.to_owned()).or_default().extend(named);
            }
        }
    }
    let new: Vec<_> = lists.iter().filter(|(path, _)| !STILL.contains(&path.as_str())).collect();
    assert!(new.is_empty(), "say it in playbooks/facts.toml, with the fact: {new:#?}");
    for path in STILL {
        assert!(lists.contains_key(path), "{path} holds no list any more: take it out of STILL");
    }
}

#[test]
fn a_list_is_found_over_lines_and_in_pairs() {
    let code = "const A: [(&str, char); 2] = [\n(\"aware\", ']'),\n(\"occurred\", C)];\nf(\"x\");";
    assert!(bracketed(code).contains(&vec!["aware".to_owned(), "occurred".to_owned()]));
    assert_eq!(bracketed("f(\"aware\", \"occurred\")"), [[""; 0]; 0]);
}
