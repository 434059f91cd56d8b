//! `breach plan`: one binder, from the roster, the last review and the playbooks.

use super::room::Room;
use super::roster::{ROSTER, room};

#[test]
fn it_holds_whom_to_call_and_every_playbook() {
    let room = room(&ROSTER.replace("Example Shop", "Example <b>Shop</b> | x"));
    let ran = room.breach(&["plan"]);
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with("# Incident response plan for Example "), "{}", &ran.out[..200]);
    assert!(ran.out.contains("| insurer | Hotline, "), "no roster");
    assert!(ran.out.contains(". Contain a web-skimming attack on the checkout\n"), "no playbook");
    assert!(!ran.out.contains("<b>"), "markup of a name");
    let page = room.breach(&["plan", "--format", "html"]);
    assert_eq!(page.exit, Some(0), "{}", page.err);
    assert!(page.out.starts_with("<!doctype html>"), "{}", &page.out[..100]);
    assert!(page.out.contains("Example &lt;b&gt;Shop&lt;/b&gt; | x"), "a name of the roster");
    for loaded in ["<script", "src=", "href=\"http", "@import", "url("] {
        assert!(!page.out.contains(loaded), "{loaded}");
    }
}

#[test]
fn without_a_roster_there_is_room_to_write() {
    let room = Room::new();
    let ran = room.breach(&["plan", "--playbook", "web-skimming"]);
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    assert!(ran.out.contains("- insurer: ____"), "no room");
    assert_eq!(ran.out.matches("\n# ").count(), 1, "one playbook");
    assert!(ran.out.contains("page looks changed: part 1, `web-skimming`"), "which playbook");
    assert!(ran.out.contains("A supplier's: not in this binder"), "no other");
    assert_eq!(room.breach(&["plan", "--playbook", "gone"]).exit, Some(2));
}

/// A playbook as it is printed with these options.
fn show(room: &Room, options: &[&str]) -> String {
    let ran =
        room.breach(&[&["playbook", "show", "containment/supplier-access"], options].concat());
    assert_eq!(ran.exit, Some(0), "{options:?}: {}", ran.err);
    ran.out
}

/// Numbers and titles of the steps.
fn steps(page: &str) -> Vec<&str> {
    let titles = page.lines().filter_map(|line| line.strip_prefix("## "));
    titles.filter(|title| title.starts_with(|c: char| c.is_ascii_digit())).collect()
}

#[test]
fn paper_holds_what_is_asked_for_and_nothing_else() {
    let room = Room::new();
    let acts = show(&room, &[]);
    assert!(acts.contains("**aws:** Deny the cloud role everything"), "{acts}");
    assert!(!acts.contains("```sh") && !acts.contains("**Why:**"), "{acts}");
    let full = show(&room, &["--full"]);
    assert!(full.contains("**Why:**") && full.contains("```sh"), "{full}");
    assert_eq!(steps(&acts), steps(&full));
    let mine = show(&room, &["--platform", "aws,linux"]);
    assert!(mine.contains("1. Ask what depends on it"), "{mine}");
    assert!(mine.contains(" Deny the cloud role everything") && !mine.contains("**aws:**"));
    assert!(mine.contains("\naws ec2 describe-vpn-connections "), "{mine}");
    assert!(!mine.contains("\ngcloud ") && !mine.contains("\nkubectl "), "{mine}");
    assert!(mine.contains(" SUPPLIER_ZONE") && !mine.contains("{supplier_zone}"), "{mine}");
    let (early, all) = (show(&room, &["--first-hour"]), steps(&acts));
    let first = steps(&early);
    assert_eq!(first, all[..first.len()], "from the beginning, in order");
    assert!(first.last().is_some_and(|last| last.starts_with("10. ")), "{first:?}");
    let cut = "- [ ] By 45 min: steps 6, 7, 8, 9 and 10, once steps 4 and 5 ended";
    assert!(early.contains(cut), "{early}");
    let liaison = show(&room, &["--role", "liaison"]);
    assert!(liaison.starts_with("# For the liaison: "), "{liaison}");
    assert!(steps(&liaison).iter().all(|title| all.contains(title)), "the same numbers");
    assert!(
        steps(&liaison).len() > 1 && liaison.matches("Role: ").count() == steps(&liaison).len()
    );
    assert_eq!(room.breach(&["plan", "--platform", "as400"]).exit, Some(2));
    assert_eq!(room.breach(&["plan", "--role", "boss"]).exit, Some(2));
    // What cuts nothing off has no card of the first hour.
    let plan = room.breach(&["plan", "--first-hour"]).out;
    assert!(
        plan.contains("# 2. The first hour: Contain") && !plan.contains("Phase: scoping"),
        "{plan}"
    );
}

#[test]
fn a_page_picked_at_random_says_where_it_belongs_and_can_be_typed() {
    let room = Room::new();
    let page = show(&room, &["--platform", "aws,linux", "--format", "html"]);
    let toml = show(&room, &["--format", "toml"]);
    let digest = breach::digest::Digest::of(toml.as_bytes()).short();
    let head = format!("@top-left{{content:\"containment/supplier-access 1.0.0, {digest}\"");
    assert!(page.contains(&head), "{}", &page[..2500]);
    assert!(page.contains("counter(page)") && page.contains("class=\"s0\""), "{}", &page[..2500]);
    assert!(!page.contains("word-break") && !page.contains("size:A4"), "{}", &page[..2500]);
}

#[test]
fn the_contents_of_the_plan_say_on_which_page_each_playbook_begins() {
    let room = Room::new();
    let plan = room.breach(&["plan", "--format", "html"]).out;
    let parts = plan.matches("<section class=").count() - 1;
    assert!(parts > 20, "{parts}");
    for part in 1..=parts {
        for needed in [
            format!("<td>{part}</td><td>{part}-1</td>"),
            format!("<h1>{part}. "),
            format!("@page s{part}{{counter-increment:page p{part};@top-left{{content:\"{part}. "),
            format!("content:\"Page {part}-\" counter(p{part}) \" (sheet \""),
        ] {
            assert_eq!(plan.matches(&needed).count(), 1, "{needed}");
        }
    }
    assert!(plan.contains("content:\"Page \" counter(p0,lower-roman)"), "the opening");
    let questions = plan.split("Which playbook?").nth(1).expect("the questions");
    assert!(questions.contains("payment page looks changed: part "), "{}", &questions[..900]);
    // A single playbook has no parts.
    let alone = room.breach(&["playbook", "show", "web-skimming", "--format", "html"]).out;
    assert!(alone.contains("\"Page \" counter(page) \" of \" counter(pages)"), "alone");
}

/// Lines of a column, roughly: a browser sets some 68 letters in one, and keeps each step together.
fn lines(page: &str) -> usize {
    let texts = page.lines().filter(|line| !line.trim().is_empty());
    texts.map(|line| line.len().div_ceil(68) + usize::from(line.starts_with("## "))).sum()
}

#[test]
fn a_playbook_is_four_pages_and_its_first_hour_one() {
    // Measured with Chromium on Letter, the shorter paper: two columns hold 140 such lines where no
    // step is torn, four pages 500.
    let room = Room::new();
    let mut seen = 0;
    for (path, _) in breach::playbook::builtin::all() {
        let name = path.trim_start_matches("playbooks/").trim_end_matches(".toml");
        let print = |options: &[&str]| {
            let ran = room.breach(&[&["playbook", "show", name], options].concat());
            assert_eq!(ran.exit, Some(0), "{name}: {}", ran.err);
            lines(&ran.out)
        };
        let (all, first) = (print(&[]), print(&["--first-hour"]));
        assert!(all <= 500 || name.starts_with("preparation/"), "{name}: {all} lines");
        assert!(first <= 140, "{name}: {first} lines in the first hour");
        seen += 1;
    }
    assert!(seen > 20);
}
