//! Playbooks good and bad, and the exact words that the bad ones earn.

mod chooser;
mod cut_off;
mod english;
mod peers;
mod platforms;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use breach::document::{Document, Level};
use breach::fact::Vocabulary;
use breach::output::diagnostics;
use breach::playbook::{Library, Paper, Playbook, binder};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/playbook").join(name)
}

fn document(path: &Path) -> Document {
    let name = path.file_name().and_then(|name| name.to_str()).expect("UTF-8");
    Document::from_bytes(name, fs::read(path).expect("readable")).expect("UTF-8")
}

fn library() -> Library {
    let (facts, findings) = Vocabulary::read(&document(&folder("facts.toml")));
    assert_eq!(findings, []);
    Library::new(facts, &document(&folder("steps.toml")))
}

fn each(name: &str, check: impl Fn(&str, &Document)) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder(name))
        .expect("a folder")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("UTF-8");
        check(stem, &document(&path));
    }
}

#[test]
fn bad_playbooks_earn_these_words() {
    let library = library();
    each("err", |stem, document| {
        let (playbook, findings) = Playbook::read(document, &library);
        let unusable = findings.iter().any(|finding| finding.level == Level::Error);
        assert_eq!(playbook.is_none(), unusable, "{stem}");
        insta::with_settings!({
            snapshot_path => folder("err"), prepend_module_to_snapshot => false, omit_expression => true,
        }, {
            insta::assert_snapshot!(stem, diagnostics::render(document, &findings, false));
        });
    });
}

#[test]
fn good_playbooks_make_a_binder() {
    let library = library();
    each("ok", |stem, document| {
        let (playbook, findings) = Playbook::read(document, &library);
        assert_eq!(findings, [], "{stem}");
        let playbook = playbook.expect("no error, so a playbook");
        let print = |full| {
            let paper = Paper { full, ..Paper::default() };
            binder(&playbook, "its version", &library.facts, &paper)
        };
        insta::with_settings!({
            snapshot_path => folder("ok"), prepend_module_to_snapshot => false, omit_expression => true,
        }, {
            insta::assert_snapshot!(stem, print(true));
            insta::assert_snapshot!(format!("{stem}.acts"), print(false));
        });
    });
}

#[test]
fn ten_thousand_steps_are_read() {
    let mut text = fs::read_to_string(folder("ok/full.toml")).expect("readable");
    for number in 0..10_000 {
        let _ = write!(
            text,
            "\n[[step]]\nid = \"s{number}\"\ntitle = \"S\"\nwhy = \"W\"\ndo = \"D\"\n\
             needs = [\"image\"]\nwhen = \"cards_taken\"\nask = [\"tool\"]\n",
        );
    }
    let document = Document { name: "long.toml".to_owned(), text };
    let (playbook, findings) = Playbook::read(&document, &library());
    assert_eq!(findings, []);
    assert_eq!(playbook.map(|playbook| playbook.steps.len()), Some(10_003));
}
