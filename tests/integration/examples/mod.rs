//! Every example of the README, of the help topics and of the project's own pages is true: what is typed is run and compared,
//! what is TOML is checked, and every command that is named exists.
//!
//! A comment before a block says what it needs. They may follow each other:
//!
//! - `<!-- room: skimming -->` begins again in a room prepared by [`Scene::prepare`]; without one,
//!   the blocks of a page share a room that is empty at first.
//! - `<!-- file: mail.toml -->` writes the block into the room, and checks it as what it is.
//! - `<!-- part: playbook -->` checks the block as a part of a playbook.
//! - `<!-- typed: yes | web-01 -->` types these lines; in the block, each ends the line that asks.
//! - `<!-- exit: 3 -->` is the exit code of the last command of the block, if it is not 0.
//!
//! In what a command prints, a line `…` stands for any lines, and `…` in a line for any text.

mod page;
mod scene;

use breach::cli::help::TOPICS;

use page::Page;
use scene::Scene;

/// The pages, by name.
fn pages() -> Vec<(String, &'static str)> {
    let mut pages = vec![
        ("README.md".to_owned(), include_str!("../../../README.md")),
        ("CONTRIBUTING.md".to_owned(), include_str!("../../../.github/CONTRIBUTING.md")),
        ("SECURITY.md".to_owned(), include_str!("../../../.github/SECURITY.md")),
        ("CHANGELOG.md".to_owned(), include_str!("../../../.github/CHANGELOG.md")),
    ];
    pages.extend(TOPICS.iter().map(|(name, text)| (format!("topics/{name}.md"), *text)));
    pages
}

/// What is not so on a page.
fn faults(name: &str, text: &str) -> Vec<String> {
    let page = Page::read(text);
    let mut scene = Scene::new();
    let mut faults = Vec::new();
    for (number, block) in page.blocks.iter().enumerate() {
        let fault = scene.play(block).err();
        faults.extend(fault.map(|fault| format!("{name}, block {}: {fault}", number + 1)));
    }
    faults.extend(page.commands().filter_map(|typed| {
        page::known(&typed).err().map(|fault| format!("{name}: `{typed}`: {fault}"))
    }));
    faults
}

#[test]
fn every_example_is_so() {
    let pages = pages();
    let faults: Vec<String> = std::thread::scope(|scope| {
        let threads = pages.chunks(2).map(|pages| {
            scope.spawn(|| pages.iter().flat_map(|(name, text)| faults(name, text)).collect())
        });
        let threads: Vec<_> = threads.collect();
        let joined = threads.into_iter().map(|thread| thread.join().expect("it ends"));
        joined.flat_map(|faults: Vec<String>| faults).collect()
    });
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// A runner that finds nothing wrong would be worth nothing.
#[test]
fn a_wrong_example_is_found() {
    for wrong in [
        "Try `breach nonsense`.",
        "Try `breach evidence nonsense`.",
        "Try `breach note --nonsense`.",
        "```sh\nbreach evidence list --nonsense\n```",
        "```yaml\n- breach nonsense\n```",
        "```console\n$ breach nonsense\n…\n```",
        "```console\n$ breach log verify\n…\n```",
        "```console\n$ breach playbook list\nPhase\n```",
        "```console\n$ breach\n…\nnever printed\n```",
        "```console\n$ breach\n```",
        "```console\nno command\n```",
        "<!-- exit: 3 -->\n```console\n$ breach\n…\n```",
        "<!-- typed: x -->\n```console\n$ breach\n…\n```",
        "<!-- room: nonsense -->\n```console\n$ breach\n…\n```",
        "<!-- nonsense: x -->\n```console\n$ breach\n…\n```",
        "<!-- file: a.toml -->\n```toml\nschema = 1\n```",
        "<!-- file: roster.toml -->\n```toml\nschema = 2\n```",
        "<!-- file: breach.toml -->\n```toml\n[check]\nlevels = { BR999 = \"off\" }\n```",
        "<!-- part: playbook -->\n```toml\n[[step]]\nid = \"a\"\nwhen = \"nonsense\"\n```",
        "```toml\nschema = 1\n```",
        "```json\n{\n```",
        "```nonsense\n```",
    ] {
        assert!(!faults("wrong", wrong).is_empty(), "{wrong}");
    }
    let right = "Try `breach note TEXT`.\n\n```console\n$ breach\nCustomer data …? …\n…\n```\n";
    assert_eq!(faults("right", right), Vec::<String>::new());
}
