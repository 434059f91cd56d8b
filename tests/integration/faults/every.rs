//! Every command that writes, with each of its system calls that write failing in turn, and with
//! nobody there to be told: its exit code is held against the log.
//!
//! 0 only if all of it is recorded; 74, NOT RECORDED and the text back if it is not; and where
//! something fails afterwards, the program says that it is recorded.

use std::fs::File;
use std::process::{Command, Stdio};
use std::sync::atomic::Ordering;

use breach::cli::args::{Cli, gives};
use clap::CommandFactory;

use super::stage::{Call, Stage, WORDS, WRITERS, on_each_stage};
use crate::cli::room::{BREACH, Ran, feed};

impl Stage {
    /// Runs it with one call failing, holds the exit code against the log, and sees that the next
    /// note works.
    fn fail(&self, call: &Call, error: &str) {
        let Call { name, when, is_stream } = call;
        let inject = format!("inject={name}:error={error}:when={when}");
        let ran = feed(self.traced(&["-o", "/dev/null", "-e", &inject]), &self.input);
        self.judge(&ran, !is_stream, &inject);
        let after = self.room.breach(&["note", "--incident", "2", "--as", "Ada", "after it"]);
        let several = after.said().contains("matches several incidents");
        if after.exit != Some(0) && !several {
            self.tell(format!("{:?} {inject}: {after:?}", self.words));
        }
        self.restore();
    }

    /// Whether the exit code and what was said fit what is in the log.
    fn judge(&self, ran: &Ran, is_heard: bool, fault: &str) {
        self.judged.fetch_add(1, Ordering::Relaxed);
        let (complete, said) = (self.is_complete(), ran.said());
        let says = |what: &str| !is_heard || said.contains(what);
        let in_part = says("recorded before this failed");
        // A walk has not read what it was to record when its first entry fails.
        let words = says(WORDS) || !self.gives_words() || self.words[0] == "contain";
        let fits = match ran.exit {
            exit if exit == self.exit => complete,
            // A push that fails loses nothing from the record.
            Some(1) if self.words[0] == "sync" => {
                says("nothing here was changed") || says("the record is whole")
            }
            Some(1) => complete && says("recorded"),
            Some(74) if complete => in_part || says("may have been recorded after all"),
            Some(74) => says("NOT RECORDED") && (words || in_part),
            _ => false,
        };
        if !fits {
            self.tell(format!("{} {fault}, complete: {complete}, {ran:?}", self.words.join(" ")));
        }
    }

    fn gives_words(&self) -> bool {
        let typed = self.words.iter().any(|word| word.contains(WORDS));
        typed || String::from_utf8_lossy(&self.input).contains(WORDS)
    }

    /// Runs it with nobody there to be told, in each way.
    fn unheard(&self) {
        let closed =
            ["exec \"$0\" \"$@\" >&-", "exec \"$0\" \"$@\" 2>&-", "exec \"$0\" \"$@\" >&- 2>&-"];
        for how in closed {
            let mut command = Command::new("bash");
            command.args(["-c", how, BREACH]).args(&self.words);
            let ran = feed(self.surrounded(command), &self.input);
            self.judge(&ran, !how.contains("2>"), how);
            self.restore();
        }
        for (out, err) in [(true, false), (false, true), (true, true)] {
            for how in ["full", "left"] {
                let stream = |is_bad: bool| match how {
                    _ if !is_bad => Stdio::piped(),
                    "full" => File::create("/dev/full").expect("a device").into(),
                    _ => nobody(),
                };
                let ran = self.with(stream(out), stream(err));
                self.judge(&ran, !err, &format!("{how}: {out} {err}"));
                self.restore();
            }
        }
    }

    fn with(&self, out: Stdio, err: Stdio) -> Ran {
        use std::io::Write;
        let mut command = self.surrounded(Command::new(BREACH));
        command.args(&self.words);
        let mut child =
            command.stdin(Stdio::piped()).stdout(out).stderr(err).spawn().expect("runs");
        let mut stdin = child.stdin.take().expect("a pipe");
        // It may have had enough before the end.
        let _ = stdin.write_all(&self.input);
        drop(stdin);
        let output = child.wait_with_output().expect("it ends");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Ran { exit: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

fn nobody() -> Stdio {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    writer.into()
}

/// Every call of each command with every error, or few of the calls, others for each; of a note, all.
#[test]
fn whichever_call_fails_the_exit_code_says_what_is_in_the_log() {
    let all = super::tries_all();
    let least = if all { 3_532 } else { 60 };
    on_each_stage("system-call faults", least, WRITERS, |number, stage| {
        for (place, call) in stage.calls().iter().enumerate() {
            if all {
                for error in ["EIO", "ENOSPC", "EDQUOT", "EROFS"] {
                    stage.fail(call, error);
                }
            } else if number == 0 || place % 48 == number % 48 {
                stage.fail(call, if call.name.contains("sync") { "EIO" } else { "ENOSPC" });
            }
        }
        if all || number % 10 == 0 {
            stage.unheard();
        }
    });
}

#[test]
fn every_command_that_writes_is_tried() {
    let tried = |words: &str| {
        WRITERS.iter().any(|writer| format!("{} ", writer.1).starts_with(&format!("{words} ")))
    };
    let root = Cli::command();
    for command in root.get_subcommands() {
        let name = command.get_name();
        let verbs: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        for verb in &verbs {
            let words = format!("{name} {verb}");
            assert!(!gives(words.split(' ')) || tried(&words), "{words} is not tried");
        }
        assert!(!verbs.is_empty() || !gives([name]) || tried(name), "{name} is not tried");
    }
}
