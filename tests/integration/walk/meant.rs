//! What a line is taken for: of which item it is, when it happened, what it does not say.

use super::driver::{World, last_outcome};
use super::step;
use super::tired::{heard, kept, list, typed};
use crate::cli::room::Room;
use crate::terminal::{answer, exit, start, up_to};

use breach::incident::event::Event;

const IMAGE: &str =
    "for-each = \"boxes\"\nevidence = [{ id = \"image\", title = \"Image\", required = true }]";

#[test]
fn evidence_with_the_name_of_another_item_is_asked_back() {
    let text = [step("image", IMAGE), step("b", "")].concat();
    let known = [("boxes", "web-1, web-2, db")];
    for (lines, named) in [
        (&["e web-1: img:web-1.raw", "d rest: img:db.raw"][..], "db"),
        (&["e web-2: /srv/web-1-ps.txt"], "web-1"),
        (&["d web-2", "img:web-1.raw"], "web-1"),
        (&["d web-2: img:web-1_ps"], "web-1"),
        (&["e all: img:web-1"], "web-1"),
        (&["e web-1, web-2: img:web-2"], "web-2"),
    ] {
        let world = typed(&text, &known, lines);
        assert!(heard(&world, &format!("has {named} in its name")), "{lines:?}: {:?}", world.said);
        let before = kept(&world).len();
        let meant = typed(&text, &known, &[lines, &["y"]].concat());
        assert!(kept(&meant).len() > before, "{lines:?}: meant");
    }
    for lines in [
        &["e web-2: img:web-2.raw"][..],
        &["e web-2: img:web-10.raw"],
        &["e web-2: img:dbserver"],
        &["e all: img:all"],
        &["d web-1", "img:web-1.raw"],
    ] {
        let world = typed(&text, &known, lines);
        assert!(!heard(&world, "in its name"), "{lines:?}: {:?}", world.said);
        assert!(!kept(&world).is_empty(), "{lines:?}");
    }
}

#[test]
fn what_is_kept_beside_a_notice_is_not_taken_for_its_proof() {
    let wants = "for-each = \"duties_owed\"\nevidence = [{ id = \"sent\", title = \"As sent\", required \
                 = true }]";
    let give = [step("give", wants), step("after", "")].concat();
    let known = [("duties_owed", "eu-gdpr.33-1")];
    for (lines, wanted) in [
        (&["e vault:draft-1"][..], None),
        (&["e vault:draft-1", "2"], Some(None)),
        (&["e vault:receipt-1", "1"], Some(Some("sent"))),
    ] {
        let world = typed(&give, &known, lines);
        let kept: Vec<_> = kept(&world).into_iter().map(|(wanted, ..)| wanted).collect();
        let expected: Vec<_> = wanted.into_iter().map(|wanted| wanted.map(str::to_owned)).collect();
        assert_eq!(kept, expected, "{lines:?}");
    }
}

#[test]
fn a_time_is_taken_wherever_it_stands_in_a_line() {
    let text = [step("shut", "for-each = \"boxes\""), step("one", ""), step("two", "")].concat();
    let known = [("boxes", "web-1, web-2")];
    let minute = |world: &World| {
        let last =
            world.drafts.iter().rev().find(|draft| matches!(draft.event, Event::StepOutcome(_)));
        let at = last.and_then(|draft| draft.occurred.clone());
        at.map(|at| at.earliest.format("%H:%M").to_string())
    };
    for lines in [
        &["d both @02:30"][..],
        &["d both @02:30 by hand", "1"],
        &["d closed @02:30 by hand", "all"],
        &["d closed them @02:30", "both"],
        &["d", "both @02:30"],
        &["d", "web-1 web-2 @02:30 by hand"],
        &["d", "@02:30 all"],
        &["d", "all: by hand @02:30"],
        &["d web-1", "d web-2 @02:30"],
        &["j one", "d shut @02:30 by hand"],
        &["j one", "d shut @0230"],
        &["j one", "s gone @02:30 by itself"],
    ] {
        let world = typed(&text, &known, lines);
        assert_eq!(minute(&world).as_deref(), Some("02:30"), "{lines:?}: {:?}", world.said);
    }
    for line in ["d shut @0260 by hand", "d shut @2:3", "d shut by hand @25:00"] {
        let world = typed(&text, &known, &["j one", line]);
        assert!(heard(&world, "was not read as a time"), "{line}: {:?}", world.said);
        assert!(
            !world.drafts.iter().any(|draft| matches!(draft.event, Event::StepOutcome(_))),
            "{line}"
        );
    }
}

#[test]
fn the_question_which_items_shows_what_goes_with_them() {
    let text = [step("shut", "for-each = \"boxes\""), step("one", "")].concat();
    let known = [("boxes", "web-1, web-2, db")];
    let world = typed(&text, &known, &["d port closed"]);
    assert!(heard(&world, "With the text: port closed"), "{:?}", world.said);
    let world = typed(&text, &known, &["d port closed", "d vpn down"]);
    assert!(heard(&world, "Not recorded: port closed"), "{:?}", world.said);
    assert!(heard(&world, "With the text: vpn down"), "{:?}", world.said);
    // There it is read as at the step.
    for line in ["web-1 and the switch", "web-9", "web-*-2", "4 hosts"] {
        let world = typed(&text, &known, &["d", line]);
        assert!(
            !world.drafts.iter().any(|draft| matches!(draft.event, Event::StepOutcome(_))),
            "{line}"
        );
    }
    for (line, items) in [("*eb-*", 2), ("all except db", 2), ("web-1: shut", 1), ("*b*", 3)] {
        let world = typed(&text, &known, &["d", line]);
        let outcome = last_outcome(&world);
        let count = outcome.items.len().max(usize::from(outcome.item.is_some()));
        assert_eq!(count, items, "{line}");
    }
}

#[test]
fn words_that_say_how_many_or_when_are_no_names() {
    let text = [step("a", "ask = [\"boxes\"]"), step("b", "")].concat();
    for line in ["3", "04:50", "three", "several", "All", "all of them", "web-1, 2"] {
        for lines in
            [&["d", line][..], &[&format!("f boxes {line}")], &[&format!("f boxes + {line}")]]
        {
            let world = typed(&text, &[], lines);
            assert!(heard(&world, "names nothing"), "{lines:?}: {:?}", world.said);
            assert_eq!(list(&world, "boxes"), None, "{lines:?}");
            let last = lines.last().copied().unwrap_or_default();
            let world = typed(&text, &[], &[lines, &[last]].concat());
            assert!(list(&world, "boxes").is_some(), "{lines:?}: meant");
        }
    }
    let world = typed(&text, &[], &["d", "10.0.0.7, app3, 3com"]);
    assert_eq!(list(&world, "boxes").map(<[_]>::len), Some(3));
}

#[test]
fn what_was_not_done_is_asked_back_wherever_the_line_says_so() {
    for line in [
        "d nobody reachable",
        "d called counsel, no answer",
        "d called Ana, voicemail",
        "d didn't work",
        "d roles named, counsel not yet",
        "d needs a second pair of eyes",
        "d left a message, nobody called back",
    ] {
        let world = typed(&[step("one", ""), step("two", "")].concat(), &[], &[line]);
        assert!(heard(&world, "as if it were not done"), "{line}");
    }
    for line in
        ["d @-20m nothing but the form", "d counsel called back", "d yes", "d answered by Ana"]
    {
        let world = typed(&[step("one", ""), step("two", "")].concat(), &[], &[line]);
        assert!(!heard(&world, "as if it were not done"), "{line}");
    }
}

#[test]
fn what_was_done_before_the_first_signal_is_asked_back() {
    let text = [step("one", ""), step("two", "")].concat();
    let known = [("first_signal", "02:10")];
    let world = typed(&text, &known, &["d @01:50 shut"]);
    assert!(heard(&world, "is before the first signal"), "{:?}", world.said);
    assert_eq!(typed(&text, &known, &["d @01:50 shut", "y"]).drafts.len(), 2);
    let world = typed(&text, &known, &["d @02:30 shut"]);
    assert!(!heard(&world, "is before the first signal"));
}

#[test]
fn before_the_walk_help_is_no_answer_and_every_question_can_be_gone_back_to() {
    let room = Room::new();
    let mut session = start(&room, "xterm", &["contain"]);
    answer(&mut session, "Your name", "Ada");
    answer(&mut session, "in a few words? ", "help me");
    up_to(&mut session, "A few words that tell it from others");
    answer(&mut session, "in a few words? ", "skimer");
    answer(&mut session, "yesterday 9pm> ", "<");
    answer(&mut session, "in a few words? ", "skimmer");
    answer(&mut session, "yesterday 9pm> ", "");
    answer(&mut session, "be asked what you see", "leaked-secret");
    answer(&mut session, "Playbook [leaked-secret]: ", "<");
    answer(&mut session, "be asked what you see", "web-skimming");
    answer(&mut session, "Playbook [web-skimming]: ", "");
    answer(&mut session, "close-checkout, Ada> ", "q");
    assert_eq!(exit(&mut session), Some(6));
    let list = room.breach(&["status"]);
    assert!(list.out.contains("skimmer") && !list.out.contains("skimer"), "{list:?}");
    room.verify();
}

#[test]
fn a_command_is_copied_for_one_item_after_the_other() {
    let scan = "for-each = \"boxes\"\n\n[[step.command]]\nid = \"scan\"\ntitle = \"Scan\"\nrun = \
                [\"scan\", \"{item}\"]\n";
    let text = [step("image", scan), step("b", "")].concat();
    let known = [("boxes", "web-1, web-2")];
    let told = ["admin-1", "root", "0", "clean"];
    for first in [&["c scan all"][..], &["c", "both"]] {
        let world = typed(&text, &known, &[first, &told, &told].concat());
        let reports = world.drafts.iter().filter_map(|draft| match &draft.event {
            Event::CommandOutcome(body) => body.item.clone(),
            _ => None,
        });
        assert_eq!(reports.count(), 2, "{first:?}: {:?}", world.said);
    }
    let world = typed(&text, &known, &["c", "web-1 and more"]);
    assert!(heard(&world, "Not understood") && !heard(&world, "With the text"), "{:?}", world.said);
}

#[test]
fn what_was_not_sent_is_no_notice_and_a_time_in_a_notice_is_asked_about() {
    let give = [step("give", "for-each = \"duties_owed\""), step("after", "")].concat();
    let known = [("duties_owed", "eu-gdpr.33-1")];
    for line in
        ["d 10am", "d 24h", "d 2026-12-04", "d draft-v2", "d not-sent-1", "d 16:00 pending-3"]
    {
        let world = typed(&give, &known, &[line]);
        assert!(!world.incident.is_answered("eu-gdpr.33-1"), "{line}: {:?}", world.said);
    }
    let world = typed(&give, &known, &["d 02:00", "n"]);
    assert!(!world.incident.is_answered("eu-gdpr.33-1"), "{:?}", world.said);
    for line in
        ["d PFI-9 filed yesterday 22:40", "d sent by ana at 02:40, ref PFI-9", "d 02:40 AX-77"]
    {
        let world = typed(&give, &known, &[line, "y"]);
        let asked = world.said.iter().filter(|said| said.contains("You gave a time")).count();
        let world = if world.incident.is_answered("eu-gdpr.33-1") {
            world
        } else {
            typed(&give, &known, &[line, "y", "y"])
        };
        let at = world.incident.notices["eu-gdpr.33-1"][0].at.earliest.format("%H:%M").to_string();
        assert!(at == "22:40" || at == "02:40", "{line}: {at}, {asked}");
    }
}

#[test]
fn an_assignee_is_a_name_and_a_time_is_a_time() {
    let text = [step("a", ""), step("b", "")].concat();
    for line in [
        "w to jonas in two hours",
        "w to jonas, until 05:12",
        "w to jonas by 05:12",
        "w to jonas, back at 05:12",
        "w to jonas 2h",
    ] {
        let outcome = last_outcome(&typed(&text, &[], &[line]));
        assert_eq!(outcome.to.as_deref(), Some("jonas"), "{line}");
        let at = outcome.check_at.expect("a reminder").format("%H:%M").to_string();
        assert_eq!(at, "05:12", "{line}");
    }
    for line in ["w jens +1h sweep", "w to jonas, eod", "w the bank 04:30 maybe"] {
        assert!(heard(&typed(&text, &[], &[line]), "nobody is reminded"), "{line}");
    }
    let world = typed(&text, &[], &["w to jens", "j 1", "w to kim"]);
    assert!(heard(&world, "It was jens's until now."), "{:?}", world.said);
}

#[test]
fn a_second_item_within_the_text_is_asked_back() {
    let text = [step("image", IMAGE), step("b", "")].concat();
    let known = [("boxes", "web-1, web-2, db")];
    for line in [
        "d web-1 vmware:snap-1, web-2 vmware:snap-2",
        "d web-1: cut at the switch; db at the firewall",
    ] {
        let world = typed(&text, &known, &[line]);
        assert!(heard(&world, "stands within the text"), "{line}: {:?}", world.said);
    }
    for (line, count) in
        [("d web-1 and WEB-2: img:1", 2), ("d all but db: img:1", 2), ("d web-1; db", 2)]
    {
        let world = typed(&text, &known, &[line, ""]);
        assert_eq!(last_outcome(&world).items.len(), count, "{line}: {:?}", world.said);
    }
}

#[test]
fn exhibits_are_joined_as_people_join_names() {
    let text = [step("image", IMAGE), step("b", "")].concat();
    let known = [("boxes", "web-1, web-2, db")];
    for (lines, count) in [
        (&["d web-1, web-2", "img:a and img:b"][..], 2),
        (&["d web-1, web-2 img:a and img:b"], 2),
        (&["d all", "img:a, img:b and img:c"], 3),
        (&["e web-1: img:a & img:b"], 2),
    ] {
        let world = typed(&text, &known, lines);
        assert_eq!(kept(&world).len(), count, "{lines:?}: {:?}", world.said);
    }
}

#[test]
fn who_decided_before_is_meant_by_same_and_a_spoken_time_is_no_name() {
    let text = [step("a", ""), step("b", "")].concat();
    for (line, is_read) in [
        ("w to Priya, quarter to eleven", true),
        ("w to Jonas quarter past ten", true),
        ("w to Jonas, ten to eleven", true),
        ("w to Jonas, this evening 8pm", true),
        ("w to Jonas tonight at 20:00", true),
        ("w to Jonas, next monday 10:00", true),
        ("w to Jonas this afternoon", true),
        ("w to Ana every hour", false),
    ] {
        let world = typed(&text, &[], &[line]);
        assert_eq!(heard(&world, "nobody is reminded"), !is_read, "{line}: {:?}", world.said);
        let outcome = last_outcome(&world);
        assert_eq!(outcome.check_at.is_some(), is_read, "{line}: {:?}", world.said);
        let to = outcome.to.unwrap_or_default();
        assert!(["Priya", "Jonas", "Ana"].contains(&&*to), "{line}: {to}");
    }
    let ana = last_outcome(&typed(&text, &[], &["w to Ana every friday"])).to;
    assert_eq!(ana.as_deref(), Some("Ana"));
    assert!(!breach::walk::is_name("same") && breach::walk::is_name("Ana Same-Reis"));
}
