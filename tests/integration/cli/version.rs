//! What `--version` says of the program, and that it is true.

use std::process::Command;

use super::room::Room;

#[test]
fn the_version_is_one_line() {
    let room = Room::new();
    for flag in ["--version", "-V"] {
        let ran = room.breach(&[flag]);
        assert_eq!((ran.exit, ran.out.as_str()), (Some(0), "breach 0.1.0\n"), "{ran:?}");
    }
}

/// Anybody can tell with stock tools which content a program has.
#[test]
fn the_digest_of_the_built_in_content_is_that_of_the_files() {
    let files = "find playbooks -type f ! -name '*.test.toml' | LC_ALL=C sort | xargs sha256sum \
                 | sha256sum | cut -d' ' -f1";
    let output = Command::new("sh")
        .args(["-c", files])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("a shell");
    let digest = String::from_utf8(output.stdout).expect("hex");
    let ran = Room::new().breach(&["--version", "--verbose"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(lines[1].starts_with("revision: ") && lines[2].starts_with("target: "), "{ran:?}");
    assert_eq!(
        lines[3..],
        ["profile: not recorded", &format!("built-in content: sha256:{}", digest.trim())]
    );
}
