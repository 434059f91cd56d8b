//! Pushing new entries alongside a walk.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::remote::{REMOTE, with_rclone};
use super::{fine, note, status, store, sync, text, with_incident};

/// A process that ends with the test.
struct Beside(Child);

impl Beside {
    fn start(mut command: Command) -> Self {
        let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Self(command.spawn().expect("it starts"))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..1_200 {
        if is_so() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("not within a minute: {what}");
}

fn holds(store: &Path, words: &str) -> bool {
    super::segments(store)
        .iter()
        .any(|path| std::fs::read_to_string(path).is_ok_and(|text| text.contains(words)))
}

#[test]
fn what_comes_is_pushed_and_a_store_that_was_away_gets_it_later() {
    let here = with_incident();
    let store = store(&here);
    let words = ["sync", "push", text(&store), "--yes", "--as", "Ada", "--follow", "--every", "1"];
    let beside = Beside::start(here.command(&words));
    until("the first push", || holds(&store, "said here"));
    for words in ["one more", "and another"] {
        note(&here, words);
        until(words, || holds(&store, words));
    }
    // The share goes away and comes back.
    let away = store.with_extension("away");
    std::fs::rename(&store, &away).expect("moved");
    note(&here, "while it was away");
    std::thread::sleep(Duration::from_millis(1500));
    assert!(here.breach(&["status"]).out.contains("Not in "));
    std::fs::rename(&away, &store).expect("moved");
    until("what was written meanwhile", || holds(&store, "while it was away"));
    drop(beside);
    assert_eq!(status(&here, text(&store))["entries_to_push"], 0);
    assert!(fine(sync(&here, "verify", text(&store))).out.contains("what its name says"));
}

#[test]
fn an_entry_is_one_process_and_one_object() {
    let here = with_incident();
    let bin = here.path("bin");
    let _ = with_rclone(&here, &bin);
    let mut command =
        here.command(&["sync", "push", REMOTE, "--yes", "--as", "Ada", "--follow", "--every", "1"]);
    let path = std::env::var("PATH").unwrap_or_default();
    command.env("PATH", format!("{}:{path}", bin.display()));
    let _beside = Beside::start(command);
    let (remote, calls) = (bin.join("remote"), bin.join("remote.calls"));
    let calls = || std::fs::read_to_string(&calls).unwrap_or_default();
    // The last call of the first push asks what the store keeps.
    until("the first push", || calls().contains("backend versioning"));
    let (before, objects) = (calls().lines().count(), super::segments(&remote).len());
    note(&here, "one more");
    until("one more", || holds(&remote, "one more"));
    let calls: Vec<String> = calls().lines().skip(before).map(str::to_owned).collect();
    assert!(calls.len() == 1 && calls[0].contains(" copy "), "{calls:?}");
    assert_eq!(super::segments(&remote).len(), objects + 1);
}

#[test]
fn the_prompt_of_the_walk_says_what_no_store_has() {
    let here = with_incident();
    let store = store(&here);
    assert!(!here.walk("n one\n").said().contains("to push"));
    fine(sync(&here, "push", text(&store)));
    let ran = here.walk("n two\nn three\n");
    assert!(ran.said().contains("2 to push> "), "{ran:?}");
}
