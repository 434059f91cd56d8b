//! What a stranger does to an incident folder: on the machine that wrote it, `log verify --evidence`
//! ends with 4 each time, whatever the stranger recomputed; so it does elsewhere for anyone who has
//! the code that was written down.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::readers::files;
use crate::cli::room::{Room, feed};
use crate::log::newer::linked;

/// The folder of an incident in which something of everything is kept.
struct Folder {
    room: Room,
    incident: PathBuf,
    chain: PathBuf,
    /// What somebody wrote down last.
    code: String,
}

impl Folder {
    fn new() -> Self {
        let room = Room::new();
        room.walk("n one\nn two\nn three\nd\nweb-01\nno\n");
        std::fs::write(room.path("exhibit"), "an exhibit").expect("written");
        for words in [
            &["evidence", "add", "exhibit"][..],
            &["note", "password=hunter22"],
            &["duties", "draft", "eu-gdpr.33-1"],
            &["note", "the last"],
        ] {
            assert_eq!(room.breach(&[words, &["--as", "Ada"]].concat()).exit, Some(0), "{words:?}");
        }
        let ended = room.walk("q\n").said();
        let code = ended.split("Write this down: ").nth(1).and_then(|rest| rest.split(". ").next());
        let code = code.expect("a code").to_owned();
        let chain = room.chains().remove(0);
        let incident = chain.parent().and_then(Path::parent).expect("a folder").to_owned();
        let folder = Self { room, incident, chain, code };
        folder.shell("cp -a \"$1\" \"$2\"");
        folder.restore();
        let whole = folder.room.breach(&["log", "verify", "--evidence"]);
        assert_eq!(whole.exit, Some(0), "{whole:?}");
        folder
    }

    /// Puts the folder back as it was when it was made.
    fn restore(&self) {
        self.shell("chmod -R u+w \"$1\" && rm -r \"$1\" && cp -a \"$2\" \"$1\"");
    }

    /// Runs a command on the folder and on its copy.
    fn shell(&self, command: &str) {
        let paths = [&self.incident, &self.room.path("as-it-was")];
        let done = Command::new("sh").args(["-c", command, "sh"]).args(paths).status();
        assert!(done.expect("a shell").success(), "{command}");
    }

    fn lines(&self) -> Vec<String> {
        let text = std::fs::read_to_string(&self.chain).expect("a chain");
        text.split_inclusive('\n').map(str::to_owned).collect()
    }

    fn change(&self, change: impl FnOnce(&mut Vec<String>)) {
        let mut lines = self.lines();
        change(&mut lines);
        std::fs::write(&self.chain, lines.concat()).expect("written");
    }

    /// As [`Folder::change`], on what the lines say; then all are linked again.
    fn recompute(&self, change: impl FnOnce(&mut Vec<Value>)) {
        let lines = self.lines();
        let mut lines =
            lines.iter().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        change(&mut lines);
        std::fs::write(&self.chain, linked(&lines)).expect("written");
    }

    /// A kept file of a store.
    fn kept(&self, store: &str) -> PathBuf {
        let kept = files(&self.incident.join(store)).remove(0);
        let dir = kept.parent().expect("a folder");
        for path in [dir, &kept] {
            let open = std::fs::Permissions::from_mode(0o700);
            std::fs::set_permissions(path, open).expect("changed");
        }
        kept
    }
}

fn fifo(path: &Path) {
    std::fs::remove_file(path).expect("removed");
    nix::unistd::mkfifo(path, nix::sys::stat::Mode::S_IRWXU).expect("a pipe");
}

fn moved_behind_a_link(path: &Path) {
    let moved = path.with_file_name("moved");
    std::fs::rename(path, &moved).expect("moved");
    symlink(&moved, path).expect("a link");
}

fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("written");
}

fn remove(path: &Path) {
    std::fs::remove_file(path).expect("removed");
}

fn copied(folder: &Folder, more: &str) {
    let name = folder.chain.file_stem().and_then(|name| name.to_str()).expect("text");
    let copy = folder.chain.with_file_name(format!("{name}{more}"));
    std::fs::copy(&folder.chain, copy).expect("copied");
}

type Attack = (&'static str, fn(&Folder));

/// What is done to the chain.
const CHAIN: &[Attack] = &[
    ("the first line edited", |f| f.change(|l| l[0] = l[0].replacen("genesis", "genesit", 1))),
    ("a line edited", |f| f.change(|l| l[6] = l[6].replacen("\"text\":\"", "\"text\":\"x", 1))),
    ("the last line edited", |f| {
        f.change(|l| {
            let last = l.pop().expect("a line");
            l.push(last.replacen("\"host\":\"", "\"host\":\"x", 1));
        });
    }),
    ("a byte of white space", |f| f.change(|l| l[6] = l[6].replacen(':', ": ", 1))),
    ("the first line deleted", |f| f.change(|l| drop(l.remove(0)))),
    ("a line deleted", |f| f.change(|l| drop(l.remove(6)))),
    ("the last line deleted", |f| f.change(|l| drop(l.pop()))),
    ("half of the last line cut", |f| {
        f.change(|l| {
            let last = l.pop().expect("a line");
            l.push(last[..last.len() / 2].to_owned());
        });
    }),
    ("the tail cut", |f| f.change(|l| l.truncate(4))),
    ("all but the first line cut", |f| f.change(|l| l.truncate(1))),
    ("emptied", |f| f.change(Vec::clear)),
    ("a line repeated", |f| f.change(|l| l.insert(6, l[6].clone()))),
    ("the last line repeated", |f| f.change(|l| l.extend(l.last().cloned()))),
    ("two lines swapped", |f| f.change(|l| l.swap(5, 6))),
    ("a foreign line between", |f| f.change(|l| l.insert(6, "{}\n".to_owned()))),
    ("line ends converted", |f| {
        f.change(|l| {
            for line in l {
                line.insert(line.len() - 1, '\r');
            }
        });
    }),
    ("a byte order mark", |f| f.change(|l| l[0].insert(0, '\u{feff}'))),
    ("upper-case digests", |f| {
        f.change(|l| {
            let at = l[6].find("\"prev\":\"").expect("a link") + 8;
            let digest = l[6][at..at + 64].to_uppercase();
            l[6].replace_range(at..at + 64, &digest);
        });
    }),
    ("edited and recomputed", |f| f.recompute(|l| l[6]["body"]["text"] = "other".into())),
    ("a time edited and recomputed", |f| {
        f.recompute(|l| {
            l[6]["at"] = l[5]["at"].clone();
        });
    }),
    ("a line deleted and recomputed", |f| f.recompute(|l| drop(l.remove(6)))),
    ("a line added and recomputed", |f| f.recompute(|l| l.insert(6, l[6].clone()))),
    ("cut and recomputed", |f| f.recompute(|l| l.truncate(5))),
    ("cut, and other lines written", |f| {
        f.recompute(|l| {
            let other = l[6].clone();
            l.truncate(8);
            l.extend([other.clone(), other.clone(), other.clone(), other.clone(), other]);
        });
    }),
    ("the genesis of another machine", |f| {
        f.recompute(|l| {
            l[0]["body"]["machine"] = "other".into();
        });
    }),
    ("the genesis of another incident", |f| {
        f.recompute(|l| {
            l[0]["body"]["incident"] = "2020-01-01-other-name".into();
        });
    }),
    ("removed", |f| remove(&f.chain)),
    ("renamed", |f| {
        std::fs::rename(&f.chain, f.chain.with_file_name("0a0b0c0d.jsonl")).expect("ok");
    }),
    ("copied under another name", |f| {
        drop(std::fs::copy(&f.chain, f.chain.with_file_name("0a0b0c0d.jsonl")));
    }),
    ("copied as a branch that cannot be", |f| copied(f, "~65.jsonl")),
    ("copied as a first branch", |f| copied(f, "~1.jsonl")),
    ("copied by a program that synchronises", |f| copied(f, " (conflicted copy).jsonl")),
    ("copied under a name that drives a terminal", |f| copied(f, "\u{1b}[2J\u{202e}.jsonl")),
    ("copied in capitals", |f| {
        drop(std::fs::copy(&f.chain, f.chain.with_file_name("0A0B0C0D.jsonl")));
    }),
    ("moved behind a link", |f| moved_behind_a_link(&f.chain)),
    ("a pipe in its place", |f| fifo(&f.chain)),
    ("a folder in its place", |f| {
        remove(&f.chain);
        std::fs::create_dir(&f.chain).expect("a folder");
    }),
    ("the folder of the log removed", |f| {
        std::fs::remove_dir_all(f.incident.join("log")).expect("removed");
    }),
    ("the folder of the log behind a link", |f| moved_behind_a_link(&f.incident.join("log"))),
    ("the chain of another incident", |f| {
        let other = Room::new();
        other.walk("n other\n");
        drop(std::fs::copy(other.chains().remove(0), &f.chain));
    }),
];

/// On what is kept beside it.
fn on_kept(folder: &Folder, store: &str, what: &str) {
    let kept = folder.kept(store);
    match what {
        "altered" => write(&kept, "altered"),
        "removed" => remove(&kept),
        "a link" => moved_behind_a_link(&kept),
        _ => fifo(&kept),
    }
}

#[test]
fn whatever_a_stranger_does_to_the_folder_is_seen() {
    let (mut here, mut elsewhere) = ((0, Vec::new()), (0, Vec::new()));
    let folder = Folder::new();
    for (what, attack) in CHAIN {
        folder.restore();
        attack(&folder);
        let path = folder.incident.to_str().expect("text");
        for words in [&["log", "verify", "--evidence"][..], &["log", "verify", path]] {
            let ran = folder.room.breach(words);
            here.0 += 1;
            if ran.exit != Some(4) || ran.out.contains('\u{1b}') || ran.err.contains('\u{1b}') {
                here.1.push(format!("{what}, {words:?}: {ran:?}"));
            }
        }
        let mut command = folder.room.command(&["log", "verify", path, "--head", &folder.code]);
        command.env("XDG_STATE_HOME", folder.room.path("elsewhere"));
        let ran = feed(command, b"");
        elsewhere.0 += 1;
        if ran.exit != Some(4) {
            elsewhere.1.push(format!("{what}: {ran:?}"));
        }
    }
    for store in ["evidence", "texts", "notices", "playbooks"] {
        for what in ["altered", "removed", "a link", "a pipe"] {
            folder.restore();
            on_kept(&folder, store, what);
            let ran = folder.room.breach(&["log", "verify", "--evidence"]);
            here.0 += 1;
            if ran.exit != Some(4) {
                here.1.push(format!("{store} {what}: {ran:?}"));
            }
        }
    }
    super::row("tamper matrix", 33, here.0, &here.1);
    super::row("tamper matrix, by the code alone", 33, elsewhere.0, &elsewhere.1);
}
