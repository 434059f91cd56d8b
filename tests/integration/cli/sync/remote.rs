//! An object store through `rclone`, here a script that loses, truncates, delays and refuses.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::{fine, note, notes, segments, store, sync, text, with_incident};
use crate::cli::room::{Ran, Room};

/// A stand-in for `rclone`: the remote is a folder, and a file beside it names the next fault.
const RCLONE: &str = r#"#!/bin/sh
root=$(dirname "$0")/remote
fault=$(cat "$root.fault" 2>/dev/null)
echo "$@" >> "$root.calls"
verb=; files=; places=; versions=; stat=; again=
for word in "$@"; do
  case $word in
    lsjson|copy|backend) verb=$word ;;
    --stat) stat=1 ;;
    --files-from-raw=*) files=${word#*=} ;;
    --s3-versions) versions=1 ;;
    --ignore-times) again=1 ;;
    -*) ;;
    *) places="$places $word" ;;
  esac
done
set -- $places
[ "$verb" = "$1" ] && shift
path() { case $1 in there:*) echo "$root/${1#there:}" ;; *) echo "$1" ;; esac; }
[ "$verb" = backend ] && { cat "$root.versioning" 2>/dev/null; exit; }
[ -n "$stat" ] && { printf '{"Path":"x","Size":1,"IsDir":false,"Metadata":{%s}}' "$(cat "$root.lock" 2>/dev/null)"; exit 0; }
case $fault in
  403) echo "ERROR : AccessDenied: status code: 403" >&2; exit 1 ;;
  slow) sleep 0.3 ;;
esac
if [ "$verb" = lsjson ]; then
  dir=$(path "$1")
  [ -d "$dir" ] || { echo "directory not found" >&2; exit 3; }
  [ "$fault" = cut-list ] && { printf '[{"Path":"log'; exit 0; }
  [ "$fault" = empty-list ] && { echo '[]'; exit 0; }
  cd "$dir" || exit 1
  case " $PWD/" in *) ;; esac
  sep='['
  case $1 in
    *:) for d in */; do [ -d "$d" ] && { printf '%s{"Path":"%s","Size":-1,"IsDir":true}' "$sep" "${d%/}"; sep=,; }; done ;;
    *) for f in $(find . -type f | sed 's|^\./||'); do
         printf '%s{"Path":"%s","Size":%s,"IsDir":false,"Hashes":{"md5":"%s"}}' "$sep" "$f" "$(wc -c < "$f")" "$(md5sum < "$f" | cut -c1-32)"; sep=,
       done ;;
  esac
  old=$root.old/${1#there:}
  if [ -n "$versions" ] && [ -d "$old" ]; then
    cd "$old" || exit 1
    for f in $(find . -type f | sed 's|^\./||'); do
      printf '%s{"Path":"%s","Size":%s,"IsDir":false,"Hashes":{"md5":"%s"}}' "$sep" "$f" "$(wc -c < "$f")" "$(md5sum < "$f" | cut -c1-32)"; sep=,
    done
  fi
  [ "$sep" = '[' ] && printf '['
  echo ']'
  exit 0
fi
from=$(path "$1"); to=$(path "$2"); n=0
[ -n "$versions" ] && from=$root.old/${1#there:}
while read -r name || [ -n "$name" ]; do
  n=$((n+1))
  [ "$fault" = lose ] && [ $n = 1 ] && continue
  [ "$fault" = fail-late ] && [ $n = 2 ] && { echo "ERROR : 500 Internal Server Error" >&2; exit 1; }
  mkdir -p "$(dirname "$to/$name")"
  if [ -z "$again" ] && [ -f "$to/$name" ]; then
    [ "$(wc -c < "$to/$name")" = "$(wc -c < "$from/$name")" ] || { echo "ERROR : immutable file modified" >&2; exit 1; }
    continue
  fi
  if [ "$fault" = truncate ]; then head -c 100 "$from/$name" > "$to/$name"; else cp "$from/$name" "$to/$name" || exit 1; fi
done < "$files"
exit 0
"#;

/// Puts the script first on the `PATH` of a room's commands.
pub(super) fn with_rclone(room: &Room, at: &Path) -> impl Fn(&[&str]) -> Ran {
    let bin = at.to_owned();
    std::fs::create_dir_all(bin.join("remote")).expect("created");
    let script = bin.join("rclone");
    std::fs::write(&script, RCLONE).expect("written");
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).expect("changed");
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    move |words| {
        let mut command = room.command(words);
        command.env("PATH", &path);
        crate::cli::room::feed(command, b"")
    }
}

pub(super) const REMOTE: &str = "rclone:there:";

#[test]
fn through_rclone_whatever_it_does_nothing_is_lost_and_nothing_wrong_is_taken() {
    let here = with_incident();
    let bin = here.path("bin");
    let run = with_rclone(&here, &bin);
    let push = || run(&["sync", "push", REMOTE, "--yes", "--as", "Ada"]);
    let fault = |name: &str| std::fs::write(bin.join("remote.fault"), name).expect("written");
    // Each time, something new is pushed while the remote misbehaves; then the remote recovers.
    for (name, fails) in [
        ("403", true),
        ("cut-list", true),
        ("fail-late", true),
        ("lose", false),
        ("empty-list", false),
        ("slow", false),
    ] {
        note(&here, &format!("during {name}"));
        std::fs::write(here.path(name), name).expect("written");
        fine(here.breach(&["evidence", "add", name, "--as", "Ada"]));
        fault(name);
        let ran = push();
        assert_eq!(ran.exit != Some(0), fails, "{name}: {ran:?}");
        fault("");
        fine(push());
        assert!(fine(push()).said().contains("Nothing to push"), "{name}");
        let ran = fine(run(&["sync", "verify", REMOTE, "--yes"]));
        assert!(ran.out.contains("what its name says"), "{ran:?}");
    }
    let there = Room::new();
    let pulls = with_rclone(&there, &bin);
    let pull = || pulls(&["sync", "pull", REMOTE, "--yes", "--as", "Bo"]);
    for name in ["403", "cut-list", "empty-list", "lose"] {
        fault(name);
        let ran = pull();
        assert_ne!(ran.exit, Some(0), "{name}: {ran:?}");
        assert!(there.chains().is_empty(), "{name}");
        fault("");
    }
    fine(pull());
    there.verify();
    fine(there.breach(&["log", "verify", "--evidence"]));
    assert!(notes(&there).contains("during slow"));
}

#[test]
fn what_arrives_cut_short_is_refused_and_named() {
    let here = with_incident();
    let bin = here.path("bin");
    let run = with_rclone(&here, &bin);
    std::fs::write(bin.join("remote.fault"), "truncate").expect("written");
    fine(run(&["sync", "push", REMOTE, "--yes", "--as", "Ada"]));
    std::fs::write(bin.join("remote.fault"), "").expect("written");
    assert_eq!(run(&["sync", "verify", REMOTE]).exit, Some(4));
    let there = Room::new();
    let ran = with_rclone(&there, &bin)(&["sync", "pull", REMOTE, "--yes", "--as", "Bo"]);
    assert_ne!(ran.exit, Some(0), "{ran:?}");
    assert!(there.chains().is_empty());
    // The log is pushed again under other names; a truncated file blocks its own name.
    fine(run(&["sync", "push", REMOTE, "--yes", "--as", "Ada"]));
    let ran = fine(with_rclone(&there, &bin)(&["sync", "pull", REMOTE, "--yes", "--as", "Bo"]));
    assert!(ran.said().contains("is not what its name says"), "{ran:?}");
    assert!(notes(&there).contains("said here"));
    let verified = run(&["sync", "verify", REMOTE]);
    assert!(verified.out.contains("has another length there"), "{verified:?}");
}

/// The path at which the stand-in keeps an older version of an object: beside the remote, under the name
/// that `rclone` gives it.
fn older(bin: &Path, object: &Path, version: &str) -> std::path::PathBuf {
    let inside = object.strip_prefix(bin.join("remote")).expect("inside");
    let (stem, end) = (inside.file_stem().expect("a name"), inside.extension().expect("one"));
    let name = format!("{}-{version}.{}", text(stem.as_ref()), text(end.as_ref()));
    let old = bin.join("remote.old").join(inside).with_file_name(name);
    std::fs::create_dir_all(old.parent().expect("a folder")).expect("created");
    old
}

fn outdate(bin: &Path, object: &Path) {
    std::fs::copy(object, older(bin, object, "v2026-11-28-184512-123")).expect("copied");
}

#[test]
fn what_was_overwritten_or_deleted_is_named_and_taken_as_it_was_first_put_there() {
    let here = with_incident();
    let bin = here.path("bin");
    let run = with_rclone(&here, &bin);
    for words in ["first", "second", "third"] {
        note(&here, words);
        fine(run(&["sync", "push", REMOTE, "--yes", "--as", "Ada"]));
    }
    let segments = segments(&bin.join("remote"));
    // Two puts of the same bytes do no harm.
    outdate(&bin, &segments[0]);
    assert!(fine(run(&["sync", "verify", REMOTE])).out.contains("what its name says"));
    outdate(&bin, &segments[1]);
    outdate(&bin, &segments[2]);
    std::fs::write(&segments[1], "{\"v\":1}\n").expect("written");
    std::fs::remove_file(&segments[2]).expect("removed");
    // Somebody who may only add has forged versions of these and of an untouched one.
    for segment in &segments {
        let forged = older(&bin, segment, "v1999-01-01-000000-000");
        std::fs::write(forged, "{\"v\":1}\n").expect("written");
    }
    let ran = run(&["sync", "verify", REMOTE]);
    assert_eq!(ran.exit, Some(4), "{ran:?}");
    assert!(ran.out.contains("was overwritten") && ran.out.contains("was deleted"), "{ran:?}");
    let there = Room::new();
    let pulls = with_rclone(&there, &bin);
    fine(pulls(&["sync", "pull", REMOTE, "--yes", "--as", "Bo"]));
    there.verify();
    for words in ["first", "second", "third"] {
        assert!(notes(&there).contains(words), "{words}");
    }
}

#[test]
fn the_first_push_says_which_promise_the_store_keeps() {
    let locked =
        "\"object-lock-mode\":\"COMPLIANCE\",\"object-lock-retain-until-date\":\"2027-11-28\"";
    for (lock, versioning, said) in [
        (locked, "", "nobody can remove them before 2027-11-28"),
        ("", "\"Enabled\"", "It keeps older versions, but does not lock them"),
        ("", "\"Unversioned\"", "It keeps no older versions"),
    ] {
        let here = with_incident();
        let bin = here.path("bin");
        let run = with_rclone(&here, &bin);
        std::fs::write(bin.join("remote.lock"), lock).expect("written");
        std::fs::write(bin.join("remote.versioning"), versioning).expect("written");
        let push = || fine(run(&["sync", "push", REMOTE, "--yes", "--as", "Ada"]));
        assert!(push().said().contains(said), "{said}");
        note(&here, "more");
        assert!(!push().said().contains("older versions"));
        assert!(fine(run(&["sync", "verify", REMOTE])).out.contains(said), "{said}");
    }
    let here = with_incident();
    let ran = fine(sync(&here, "push", text(&store(&here))));
    assert!(ran.said().contains("It keeps no older versions"), "{ran:?}");
}

#[test]
fn without_the_program_it_says_so() {
    let here = with_incident();
    let mut command = here.command(&["sync", "push", REMOTE, "--yes", "--as", "Ada"]);
    command.env("PATH", here.path("nothing"));
    let ran = crate::cli::room::feed(command, b"");
    assert_eq!(ran.exit, Some(1), "{ran:?}");
    assert!(ran.said().contains("`rclone` is not installed"), "{ran:?}");
}
