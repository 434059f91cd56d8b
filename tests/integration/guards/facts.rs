//! What has to be known of a fact is part of the fact: Rust code names only those in `fact::names`.

use std::collections::BTreeSet;

use breach::fact::Vocabulary;

use super::sources;

/// Words that are names of facts, and keys or kinds of something else.
const WORDS: [&str; 6] = ["impact", "industry", "known", "occurred", "organisation", "request"];

/// The names of facts among the texts between quotes, line by line.
fn named(code: &str, facts: &BTreeSet<&str>) -> Vec<String> {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let texts = lines.flat_map(|line| line.split('"').skip(1).step_by(2));
    texts.filter(|text| facts.contains(text)).map(str::to_owned).collect()
}

#[test]
fn no_fact_is_named_in_the_code() {
    let mut facts: BTreeSet<&str> = Vocabulary::builtin().names().collect();
    facts.retain(|fact| !WORDS.contains(fact));
    let mut found = Vec::new();
    for (path, text) in sources() {
        let path = path.to_string_lossy().replace('\\', "/");
        let path = path.rsplit_once("/src/").expect("a path below src").1;
        // Examples of playbooks, and the names themselves.
        if path.starts_with("check/rules/") || path == "fact/names.rs" {
            continue;
        }
        found.extend(named(&text, &facts).into_iter().map(|name| format!("{path}: {name}")));
    }
    assert!(found.is_empty(), "say it in playbooks/facts.toml, or in fact::names: {found:#?}");
}

#[test]
fn a_name_is_found_anywhere_but_in_comments_and_tests() {
    let facts = BTreeSet::from(["aware", "detected"]);
    let code = "// \"aware\"\nf(\"x\", \"aware\");\n[(\"detected\", 1)]\n#[cfg(test)]\n\"aware\"";
    assert_eq!(named(code, &facts), ["aware", "detected"]);
}
