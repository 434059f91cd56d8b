//! No file uses another that uses it back, over however many files between; inside `cli`, arrows
//! lead down.
//!
//! An arrow runs from a file to the file that *defines* what it names; a face (`mod.rs`) that only
//! hands a name on is passed through. Between a face and the files of its own folder there are no
//! arrows: it declares them, and they may name what it says of all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::sources;

/// `cli::desk::record` for `src/cli/desk/record.rs`; the face of a folder bears the folder's name.
fn module(path: &Path) -> String {
    let inside = path
        .strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .expect("a path below src");
    let inside = inside.with_extension("");
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    let parts = match parts.split_last() {
        Some((last, folder)) if last == "mod" || last == "lib" => folder,
        _ => &parts[..],
    };
    parts.join("::")
}

/// The text without comments and without the tests at its foot.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Every path of a tree such as `super::{a, b::{C, D}}`, names that are given to them left out.
fn paths(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((head, rest)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default().trim();
        return vec![path.trim_end_matches("::self").to_owned()];
    };
    let inner = rest.rsplit_once('}').map_or(rest, |(inner, _)| inner);
    let (mut parts, mut depth, mut part) = (Vec::new(), 0_u32, String::new());
    for c in inner.chars() {
        match c {
            ',' if depth == 0 => parts.push(std::mem::take(&mut part)),
            _ => {
                depth = match c {
                    '{' => depth + 1,
                    '}' => depth - 1,
                    _ => depth,
                };
                part.push(c);
            }
        }
    }
    parts.push(part);
    let parts = parts.iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| paths(&format!("{}{}", head.trim(), part.trim()))).collect()
}

/// Paths of this crate that a file names: in its `use` lines and in the middle of its code. The
/// second part says whether the name is handed on.
fn named(code: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let mut rest = String::new();
    let mut lines = code.lines();
    while let Some(line) = lines.next() {
        let line = line.trim();
        let visible = line.strip_prefix("pub").map(|after| match after.strip_prefix('(') {
            Some(scope) => scope.split_once(')').map_or("", |(_, after)| after),
            None => after,
        });
        let Some(tree) = visible.unwrap_or(line).trim_start().strip_prefix("use ") else {
            rest.push_str(line);
            rest.push('\n');
            continue;
        };
        let mut tree = tree.to_owned();
        while !tree.contains(';') {
            tree.push_str(lines.next().expect("a `use` ends").trim());
        }
        let all = paths(tree.trim_end_matches(';'));
        found.extend(all.into_iter().map(|path| (path, visible.is_some())));
    }
    for start in ["crate::", "super::"] {
        for (at, _) in rest.match_indices(start) {
            let before = rest[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let path = rest[at..].chars();
            let path: String =
                path.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect();
            found.push((path.trim_end_matches(':').to_owned(), false));
        }
    }
    found
}

struct House {
    /// Every module, with the names that it hands on and where each leads.
    modules: BTreeMap<String, BTreeMap<String, String>>,
}

impl House {
    /// A path as the file `from` writes it, from the root of the crate; none, if it leads out of it.
    fn absolute(&self, from: &str, path: &str) -> Option<String> {
        let mut parts: Vec<&str> = path.split("::").collect();
        let mut base: Vec<&str> = from.split("::").filter(|part| !part.is_empty()).collect();
        match parts.first().copied()? {
            "crate" => {
                base.clear();
                parts.remove(0);
            }
            "self" => {
                parts.remove(0);
            }
            "super" => {
                while parts.first() == Some(&"super") {
                    base.pop();
                    parts.remove(0);
                }
            }
            // A child, named without `self`.
            first => {
                let child =
                    if from.is_empty() { first.to_owned() } else { format!("{from}::{first}") };
                self.modules.get(&child)?;
            }
        }
        base.extend(parts);
        Some(base.join("::"))
    }

    /// The module that defines what a path names.
    fn home(&self, path: &str, depth: usize) -> Option<String> {
        let mut module = path;
        let mut name = "";
        while !self.modules.contains_key(module) {
            let (above, last) = module.rsplit_once("::").unwrap_or(("", module));
            (module, name) = (above, last);
            if module.is_empty() {
                break;
            }
        }
        match self.modules.get(module)?.get(name) {
            Some(further) if depth < 8 => self.home(further, depth + 1),
            _ => Some(module.to_owned()),
        }
    }
}

/// From each file to the files whose names it uses.
fn arrows(files: &[(String, String)]) -> BTreeMap<String, BTreeSet<String>> {
    let empty = files.iter().map(|(module, _)| (module.clone(), BTreeMap::new()));
    let mut house = House { modules: empty.collect() };
    let named: Vec<(&String, Vec<(String, bool)>)> =
        files.iter().map(|(module, text)| (module, named(&code(text)))).collect();
    for (module, paths) in &named {
        let handed = paths.iter().filter(|(_, handed)| *handed).filter_map(|(path, _)| {
            let path = house.absolute(module, path)?;
            let name = path.rsplit("::").next()?.to_owned();
            Some((name, path))
        });
        let handed: BTreeMap<String, String> = handed.collect();
        house.modules.insert((*module).clone(), handed);
    }
    let mut arrows = BTreeMap::new();
    for (from, paths) in named {
        let to = paths.iter().filter_map(|(path, _)| house.home(&house.absolute(from, path)?, 0));
        let apart = |to: &String| {
            let inside = |a: &str, b: &str| a.is_empty() || b.starts_with(&format!("{a}::"));
            to != from && !inside(to, from) && !inside(from, to)
        };
        arrows.insert(from.clone(), to.filter(apart).collect::<BTreeSet<String>>());
    }
    arrows
}

/// Each set of files that reach each other.
fn circles(arrows: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<Vec<String>> {
    let reach = |start: &String| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![start]);
        while let Some(at) = next.pop() {
            for to in arrows.get(at).into_iter().flatten() {
                if seen.insert(to.clone()) {
                    next.push(to);
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&String, BTreeSet<String>> =
        arrows.keys().map(|module| (module, reach(module))).collect();
    let circle = |(module, all): (&&String, &BTreeSet<String>)| {
        let back =
            all.iter().filter(|other| reached.get(other).is_some_and(|all| all.contains(*module)));
        back.cloned().collect::<Vec<String>>()
    };
    reached.iter().map(circle).filter(|circle| circle.len() > 1).collect()
}

fn house() -> BTreeMap<String, BTreeSet<String>> {
    let files: Vec<(String, String)> =
        sources().iter().map(|(path, text)| (module(path), text.clone())).collect();
    arrows(&files)
}

/// The rooms of `cli` that the crate docs put on a floor.
fn rooms() -> BTreeMap<String, usize> {
    let lib = include_str!("../../../src/lib.rs");
    let table = lib.split("Rooms of `cli`").nth(1).expect("a table of rooms");
    let rows = table.lines().skip(1).take_while(|line| line.starts_with("//! |"));
    let rows = rows.filter_map(|row| {
        let mut cells = row.split('|').skip(1).map(str::trim);
        let floor = cells.next()?.parse().ok()?;
        Some((cells.next()?.trim_matches('`').to_owned(), floor))
    });
    rows.collect()
}

/// Arrows of `cli` that do not lead down: to a room above, or from one command to another.
fn climbs(
    arrows: &BTreeMap<String, BTreeSet<String>>,
    rooms: &BTreeMap<String, usize>,
) -> Vec<String> {
    let room = |module: &str| {
        let inside = module.strip_prefix("cli::")?;
        inside.split("::").next().map(str::to_owned)
    };
    let floor = |room: &String| rooms.get(room).copied().unwrap_or(rooms["the rest"]);
    let all = arrows.iter().flat_map(|(from, to)| to.iter().map(move |to| (from, to)));
    all.filter(|(from, to)| {
        let (Some(from), Some(to)) = (room(from), room(to)) else { return false };
        from != to && floor(&from) <= floor(&to)
    })
    .map(|(from, to)| format!("{from} -> {to}"))
    .collect()
}

#[test]
fn rooms_of_commands_use_floors_below_their_own() {
    let rooms = rooms();
    assert_eq!(rooms.len(), 4, "{rooms:?}");
    let climbs = climbs(&house(), &rooms);
    assert!(climbs.is_empty(), "{climbs:#?}");
}

#[test]
fn a_command_that_uses_another_is_found() {
    let file = |module: &str, text: &str| (module.to_owned(), text.to_owned());
    let files = [
        file("", "pub mod cli;"),
        file("cli", "mod desk; mod walk; mod note; mod close;"),
        file("cli::desk", "mod home; pub use home::Home;"),
        file("cli::desk::home", "pub struct Home;"),
        file("cli::walk", "use super::desk::Home;\nfn f() { crate::cli::note::run(); }"),
        file("cli::note", "use super::walk;\nuse super::close::{One};"),
        file("cli::close", "use super::desk::Home;"),
    ];
    let found = climbs(&arrows(&files), &rooms());
    assert_eq!(found, ["cli::note -> cli::close", "cli::walk -> cli::note"]);
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let arrows = house();
    assert!(arrows.values().map(BTreeSet::len).sum::<usize>() > 1000, "the arrows were not found");
    let circles = circles(&arrows);
    let tied: Vec<String> = circles
        .iter()
        .flatten()
        .flat_map(|from| {
            let circle = circles.iter().find(|circle| circle.contains(from)).expect("its circle");
            let to = arrows[from].iter().filter(|to| circle.contains(to));
            to.map(move |to| format!("{from} -> {to}"))
        })
        .collect();
    assert!(circles.is_empty(), "{} circles: {tied:#?}", circles.len());
}

#[test]
fn a_circle_is_found_through_a_face_and_a_group() {
    let file = |module: &str, text: &str| (module.to_owned(), text.to_owned());
    let mut files = vec![
        file("", "pub mod a;\npub mod b;"),
        file("a", "mod x;\nmod y;\npub use x::{One, Two as Other};"),
        file("a::x", "//! Uses crate::b in words only.\npub struct One;"),
        file("a::y", "use super::x;\nfn f() { crate::b::g(); }"),
        file("b", "use crate::{\n    a::{One},\n};"),
    ];
    assert!(circles(&arrows(&files)).is_empty());
    files[2].1 = "use super::y::f;\npub struct One;".to_owned();
    let found = circles(&arrows(&files));
    assert_eq!(found, [vec!["a::x".to_owned(), "a::y".to_owned(), "b".to_owned()]].into());
}
