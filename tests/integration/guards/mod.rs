//! The architecture as tests: floors, file heads, dependencies with their reasons.

mod circles;
mod facts;
mod project;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

pub(crate) fn sources() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("src is readable") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source file is UTF-8");
                files.push((path, text));
            }
        }
    }
    assert!(files.len() > 30, "the sources were not found");
    files.sort();
    files
}

/// The table of floors in the crate docs: module to floor.
fn floors() -> HashMap<String, usize> {
    let lib = include_str!("../../../src/lib.rs");
    // The table of rooms inside `cli` is read elsewhere.
    let lib = lib.split("Rooms of `cli`").next().expect("a beginning");
    let mut floors = HashMap::new();
    for line in lib.lines().filter(|line| line.starts_with("//! | ")) {
        let Some(floor) = line.split_whitespace().nth(2).and_then(|floor| floor.parse().ok())
        else {
            continue;
        };
        for module in line.split('`').skip(1).step_by(2) {
            floors.insert(module.to_owned(), floor);
        }
    }
    floors
}

fn module_of(path: &Path) -> String {
    let inside = path
        .strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .expect("a path below src");
    let first = inside.components().next().expect("a first part").as_os_str();
    first.to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// Names behind `crate::`, those of a group `crate::{a, b::c}` too.
fn used(line: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        let rest = &line[at + "crate::".len()..];
        let parts: Vec<&str> = match rest.strip_prefix('{') {
            Some(group) => group.split(", ").collect(),
            None => vec![rest],
        };
        for part in parts {
            let name: String =
                part.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            names.push(name);
        }
    }
    names
}

#[test]
fn every_module_stands_on_a_floor() {
    let floors = floors();
    let lib = include_str!("../../../src/lib.rs");
    for module in lib.lines().filter_map(|line| line.strip_prefix("pub mod ")) {
        let module = module.trim_end_matches(';');
        assert!(floors.contains_key(module), "`{module}` has no floor in the crate docs");
    }
    for module in floors.keys() {
        assert!(lib.contains(&format!("pub mod {module};")), "`{module}` does not exist");
    }
}

#[test]
fn modules_use_floors_below_their_own() {
    let floors = floors();
    let mut offences = Vec::new();
    for (path, text) in sources() {
        let module = module_of(&path);
        let Some(floor) = floors.get(&module) else {
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            if line.trim_start().starts_with("//") {
                continue;
            }
            for name in used(line) {
                let below = floors.get(&name).is_none_or(|other| other < floor);
                // Ground modules are words that explain each other; above, neighbours stay apart.
                let ground = *floor == 0 && floors.get(&name) == Some(&0);
                if name != module && !below && !ground {
                    offences.push(format!("{}:{}: uses `{name}`", path.display(), number + 1));
                }
            }
        }
    }
    assert!(offences.is_empty(), "{offences:#?}");
}

#[test]
fn every_file_says_what_it_is_for() {
    for (path, text) in sources() {
        assert!(text.starts_with("//! "), "{} has no first sentence", path.display());
    }
}

#[test]
fn no_file_has_two_subjects() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= 400, "{} has {lines} lines", path.display());
    }
}

#[test]
fn the_terminal_is_touched_by_faces_and_commands_only() {
    let floors = floors();
    for (path, text) in sources() {
        if floors.get(&module_of(&path)).is_none_or(|floor| *floor >= 6) {
            continue;
        }
        for word in
            ["std::io::stdin", "std::io::stdout", "std::io::stderr", "std::process::Command"]
        {
            assert!(!text.contains(word), "{} uses {word}", path.display());
        }
    }
}

#[test]
fn every_dependency_says_why_it_is_there() {
    let manifest = include_str!("../../../Cargo.toml");
    let mut explained = false;
    let mut inside = false;
    let mut seen = 0;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.contains("dependencies]");
            explained = false;
        } else if line.trim_start().starts_with('#') {
            explained = true;
        } else if inside && line.contains('=') {
            seen += 1;
            assert!(explained, "no reason for: {line}");
        }
    }
    assert!(seen > 20);
}
