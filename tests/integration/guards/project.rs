//! The project's own files: what they name exists, and a release is told.

use std::path::Path;

use pulldown_cmark::{Event, Parser};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(ROOT).join(path)).expect("a file")
}

/// Paths of this repository within a page: they begin with a folder of its top level.
fn paths(text: &str) -> Vec<String> {
    let code = Parser::new(text).filter_map(|event| match event {
        Event::Code(code) => Some(code.to_string()),
        _ => None,
    });
    code.filter(|code| {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
        let top = code.split('/').next().expect("a first part");
        let tops = ["src", "tests", "playbooks", "benches", ".github", ".ci"];
        tops.contains(&top) && code.chars().all(is_plain)
    })
    .collect()
}

#[test]
fn every_path_that_is_named_exists() {
    let pages = [
        ("README.md", 4),
        (".github/CONTRIBUTING.md", 40),
        (".github/SECURITY.md", 0),
        (".github/CHANGELOG.md", 0),
    ];
    for (page, least) in pages {
        let paths = paths(&read(page));
        assert!(paths.len() >= least, "{page} names {}", paths.len());
        for path in paths {
            assert!(Path::new(ROOT).join(&path).exists(), "{page} names `{path}`");
        }
    }
}

/// The README's table names modules of `src`.
#[test]
fn every_module_of_the_readme_exists() {
    let text = read("README.md");
    let rows = text.split("| Module of `src` |").nth(1).expect("a table");
    let rows = rows.lines().skip(2).take_while(|line| line.starts_with('|'));
    let cells = rows.filter_map(|row| row.split('|').nth(1));
    let rooms: Vec<&str> = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    assert!(rooms.len() > 10, "{rooms:?}");
    for room in rooms {
        let room = Path::new(ROOT).join("src").join(room);
        assert!(room.is_dir() || room.with_extension("rs").is_file(), "{}", room.display());
    }
}

#[test]
fn each_kind_of_change_has_a_place() {
    let text = read(".github/CONTRIBUTING.md");
    for kind in [
        "rule of the checker",
        "fact",
        "law",
        "playbook",
        "export",
        "command",
        "kind of log entry",
        "section of the report",
        "metric",
        "key of the walk",
        "help topic",
    ] {
        let heads = ["A", "An"].map(|article| format!("\n## {article} {kind}\n"));
        let section = heads.iter().find_map(|head| text.split_once(head.as_str()));
        let section = section.unwrap_or_else(|| panic!("nothing on a {kind}")).1;
        let section = section.split("\n## ").next().expect("a first part");
        assert!(!paths(section).is_empty(), "no path for a {kind}");
    }
}

#[test]
fn the_release_and_what_follows_are_told() {
    let text = read(".github/CHANGELOG.md");
    let heads: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(heads.first(), Some(&"Unreleased"));
    assert!(heads.contains(&env!("CARGO_PKG_VERSION")), "{heads:?}");
}

#[test]
fn the_workflow_runs_what_a_maintainer_runs_with_few_rights() {
    let text = read(".github/workflows/ci.yml");
    for part in
        ["permissions:\n  contents: read\n", "run: .ci/run\n", "ubuntu-latest", "macos-latest"]
    {
        assert!(text.contains(part), "{part}");
    }
    assert!(!text.contains("write"), "no right to write is needed");
}

/// The forms that GitHub takes have these keys, and an id for each field.
#[test]
fn issue_forms_are_whole() {
    for form in ["law", "step", "fault"] {
        let text = read(&format!(".github/ISSUE_TEMPLATE/{form}.yml"));
        let top: Vec<&str> = text.lines().filter(|line| !line.starts_with(' ')).collect();
        let keys: Vec<&str> = top.iter().filter_map(|line| line.split(':').next()).collect();
        assert_eq!(keys, ["name", "description", "labels", "body"], "{form}");
        let fields = text.lines().filter(|line| line.starts_with("  - type: "));
        let fields = fields.filter(|line| !line.ends_with("markdown")).count();
        let mut ids: Vec<&str> =
            text.lines().filter_map(|line| line.strip_prefix("    id: ")).collect();
        assert!(fields > 2 && ids.len() == fields, "{form}");
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), fields, "{form}");
    }
}
