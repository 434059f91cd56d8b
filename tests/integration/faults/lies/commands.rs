//! Commands that do not look as if they changed anything, but do, or run something that may.

use crate::cli::room::Room;

const CHANGES: [&[&str]; 20] = [
    &["strace", "-o", "|rm -rf /srv", "ls"],
    &["strace", "-o!reboot", "ls"],
    &["psql", "-c", "WITH old AS (SELECT 1) DELETE FROM t USING old"],
    &["psql", "-c", "SELECT 1; UPDATE t SET a = 1"],
    &["mysql", "-e", "WITH x AS (SELECT 1) UPDATE t SET a = 1"],
    &["awk", "BEGIN{system(\"rm x\")}"],
    &["awk", "{ \"date\" | getline d }", "f"],
    &["awk", "{ print | \"sh\" }", "f"],
    &["blkdiscard", "/dev/sdb"],
    &["nvme", "format", "/dev/nvme0n1"],
    &["python3", "-c", "import os; os.remove('x')"],
    &["python3", "-c", "import shutil; shutil.rmtree('x')"],
    &["python3", "-c", "from os import remove; remove('x')"],
    &["perl", "-e", "unlink 'x'"],
    &["ruby", "-e", "File.delete('x')"],
    &["node", "-e", "require('fs').unlinkSync('x')"],
    &["mongosh", "--eval", "db.dropDatabase()"],
    &["mongosh", "shop", "--eval", "db.users.deleteMany({})"],
    &["sh", "-c", "true; rm -rf /srv"],
    &["sh", "-c", "echo $(reboot)"],
];

const LOOKS: [&[&str]; 9] = [
    &["strace", "-o", "/tmp/x", "ls"],
    &["psql", "-c", "WITH a AS (SELECT 1) SELECT * FROM a WHERE update_at > now() FOR UPDATE"],
    &["awk", "{ print $1 }", "f"],
    &["python3", "-c", "import json; print(json.load(open('x'))['a'].replace('b', 'c'))"],
    &["perl", "-ne", "print if /system/", "f"],
    &["mongosh", "--eval", "db.users.countDocuments()"],
    &["sh", "-c", "grep 'a|kill b' f"],
    &["ssh", "web-01", "grep", "kill", "f"],
    &["nvme", "list"],
];

fn findings(room: &Room, run: &[&str]) -> String {
    let run: Vec<String> = run.iter().map(|word| toml::Value::from(*word).to_string()).collect();
    let step = format!(
        "[[step]]\nid = \"it\"\ntitle = \"It\"\nwhy = \"It matters.\"\ndo = \"Do it.\\n\\nDone when \
         it is done.\"\nrole = \"responder\"\n[[step.command]]\nid = \"x\"\ntitle = \"X\"\nrun = [{}]\n\n\
         [[step]]",
        run.join(", ")
    );
    let text = std::fs::read_to_string(room.playbook()).expect("a playbook");
    std::fs::write(room.path("it.toml"), text.replacen("[[step]]", &step, 1)).expect("written");
    room.breach(&["playbook", "check", "it.toml", "--format", "jsonl"]).out
}

#[test]
fn what_changes_something_is_found_however_it_is_written() {
    let room = Room::new();
    let missed = CHANGES.iter().filter(|run| !findings(&room, run).contains("BR316"));
    let missed: Vec<_> = missed.collect();
    assert!(missed.is_empty(), "not found to change anything: {missed:#?}");
    let blamed = LOOKS.iter().filter(|run| findings(&room, run).contains("BR316"));
    let blamed: Vec<_> = blamed.collect();
    assert!(blamed.is_empty(), "said to change something: {blamed:#?}");
}

#[test]
fn a_name_that_a_shell_reads_takes_no_answer() {
    let room = Room::new();
    for word in ["{leaking}", "|tee {leaking}"] {
        let said = findings(&room, &["strace", "-o", word, "ls"]);
        assert!(said.contains("BR307"), "{word}: {said}");
    }
    let said = findings(&room, &["strace", "-o", "/tmp/x", "-p", "{leaking}"]);
    assert!(!said.contains("BR307"), "{said}");
}

#[test]
fn a_rehearsal_runs_no_code_that_deletes() {
    let room = Room::new();
    std::fs::write(room.path("kept"), "x").expect("written");
    findings(&room, &["python3", "-c", "import os; os.remove('kept')"]);
    let lines = b"Ada\nDrill\n\n\nj it\nr x\nq\n";
    let ran = room.pipe(&["contain", "--drill", "--playbook", "it.toml"], lines);
    assert!(ran.said().contains("Rehearsal, not run"), "{ran:?}");
    assert!(room.path("kept").exists());
}
