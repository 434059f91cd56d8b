//! What hands do at the end of a night: patterns, file names, several recipients, whoever decided.

use super::driver::{World, ask, here, last_outcome, type_in};
use super::{step, steps};
use crate::cli::room::{Room, flowed};
use crate::terminal::{PROMPT, answer, contain, enter, exit, open, start, up_to};

use breach::fact::Value;
use breach::incident::event::{DecidedAs, Draft, Event, NoticeKind, NoticeSent, Outcome};
use breach::regime::Recipient;
use breach::walk::Walk;

const HERE: &str = "name-boxes, Ada> ";

fn heard(world: &World, words: &str) -> bool {
    world.said.iter().any(|said| said.contains(words))
}

fn list(world: &World, fact: &str) -> Vec<String> {
    match world.incident.fact_value(fact) {
        Some(Value::List(items)) => items.clone(),
        _ => Vec::new(),
    }
}

/// A walk over duties of which the first goes to three.
pub(super) fn with_duties(lines: &[&str]) -> World {
    let give = "for-each = \"duties_owed\"";
    let (playbook, vocabulary) = steps(&[step("give", give), step("after", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "duties_owed", "eu-gdpr.33-1, uk-gdpr.33");
    let one = |(name, place): (&str, &str)| Recipient {
        name: name.to_owned(),
        called: format!("authority in {place}"),
    };
    let each = [("DE", "Germany"), ("FR", "France"), ("IT", "Italy")].map(one);
    walk.tell_each([("eu-gdpr.33-1".to_owned(), each.to_vec())].into());
    type_in(&mut walk, &mut world, lines);
    let card = ask(&mut walk, &world).and_then(|question| question.card);
    world.said.extend(card.map(|card| format!("card of {}", card.title)));
    world
}

/// The duty that a new walk asks about first.
pub(super) fn first_open(world: &World) -> Option<String> {
    let give = "for-each = \"duties_owed\"";
    let (playbook, vocabulary) = steps(&[step("give", give), step("after", "")].concat());
    let mut walk = Walk::new(&playbook, &vocabulary, true);
    ask(&mut walk, world)?.key.at.item
}

/// Who was told, and how many are left.
fn told(world: &World) -> Vec<(Option<String>, Option<u64>)> {
    let sent = world.incident.notices.get("eu-gdpr.33-1").into_iter().flatten();
    sent.map(|sent| (sent.recipient.clone(), sent.counts.remaining)).collect()
}

#[test]
fn a_duty_to_several_is_told_to_each_and_stays_owed_to_the_others() {
    let world = with_duties(&["d FR: CNIL-17"]);
    assert_eq!(told(&world), [(Some("authority in France".to_owned()), Some(2))]);
    assert!(!world.incident.is_answered("eu-gdpr.33-1"), "two are left");
    assert!(heard(&world, "still owed to DE and IT"), "{:?}", world.said);
    assert!(!world.drafts.iter().any(|draft| matches!(draft.event, Event::StepOutcome(_))));

    // A reference alone does not say whom it is of.
    let world = with_duties(&["d CNIL-17", "FR", "d rest: by letter"]);
    let called = |place: &str| Some(format!("authority in {place}"));
    let all =
        [(called("France"), Some(2)), (called("Germany"), Some(1)), (called("Italy"), Some(0))];
    assert_eq!(told(&world), all);
    assert!(world.incident.is_answered("eu-gdpr.33-1"));
    assert_eq!(last_outcome(&world).outcome, Outcome::Done);

    // What is taken back is owed again, whatever was said since.
    let mut world = with_duties(&["d FR: CNIL-17", "d rest: by letter"]);
    let first = world.incident.notices["eu-gdpr.33-1"][0].entry.clone();
    world.withdraw(&first);
    assert!(!world.incident.is_answered("eu-gdpr.33-1"), "{:?}", told(&world));

    // A duty to one is told as ever.
    let world = with_duties(&["d all: ALL-1", "d ICO-1"]);
    assert!(world.incident.is_answered("uk-gdpr.33"));
}

#[test]
fn a_notice_without_a_number_settles_no_duty_of_which_people_are_left() {
    let give = "for-each = \"duties_owed\"";
    let (playbook, vocabulary) = steps(&[step("give", give), step("after", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "duties_owed", "eu-gdpr.34");
    let mailing = NoticeSent {
        duty: "eu-gdpr.34".to_owned(),
        what: NoticeKind::Notice,
        recipient: None,
        channel: None,
        reference: Some("M1".to_owned()),
        proof: None,
        language: None,
        group: None,
        manifest: None,
        sent: Some(44_090),
        bounced: Some(210),
        returned: None,
        remaining: Some(14_500),
    };
    world.fold(Draft::from(mailing.clone()));
    type_in(&mut walk, &mut world, &["d M2"]);
    assert!(!world.incident.is_answered("eu-gdpr.34"), "{:?}", world.said);
    assert!(heard(&world, "14500 are still to be told"), "{:?}", world.said);
    assert!(heard(&world, "--remaining 0"), "{:?}", world.said);
    assert!(!world.drafts.iter().any(|draft| matches!(draft.event, Event::StepOutcome(_))));
    world.fold(Draft::from(NoticeSent { remaining: Some(0), ..mailing }));
    assert!(world.incident.is_answered("eu-gdpr.34"));
    type_in(&mut walk, &mut world, &["d all told"]);
    assert_eq!(last_outcome(&world).outcome, Outcome::Done);
}

/// Notification with people in two member states, and nobody to lead.
fn nobody_leads() -> Room {
    let room = Room::new();
    room.open();
    room.knows(&[
        ("people_affected", "FR 1200, DE 300, GB 20"),
        ("establishment", "serves-only"),
        ("controller_or_processor", "controller"),
    ]);
    room
}

#[test]
fn without_a_lead_each_member_state_is_an_item_of_the_card() {
    let room = nobody_leads();
    let mut session = start(&room, "xterm", &["notify", "--as", "Ada"]);
    answer(&mut session, "Playbook [generic]: ", "generic");
    answer(&mut session, PROMPT, "j give-notice eu-gdpr.33-1");
    let card = up_to(&mut session, ", 2 open> ");
    assert!(card.contains("2 open: DE and FR") && card.contains("told on its own"), "{card}");
    enter(&mut session, "d FR: CNIL-17");
    answer(&mut session, "still owed to DE", "q");
    assert_eq!(exit(&mut session), Some(6));
    let sent = &room.bodies("notice")[0];
    assert_eq!(
        (&sent["recipient"], &sent["remaining"]),
        (&"authority in France".into(), &1.into())
    );
    let duties = room.breach(&["duties"]).out;
    assert!(duties.contains("eu-gdpr.33-1"), "{duties}");
    room.verify();
}

#[test]
fn what_is_called_like_a_file_or_is_one_is_asked_back_once() {
    let (playbook, vocabulary) = steps(&[step("a", "ask = [\"boxes\"]"), step("b", "")].concat());
    for line in ["hosts.txt", "+ hosts.txt", "+hosts.CSV"] {
        let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
        type_in(&mut walk, &mut world, &["d", line]);
        assert!(heard(&world, "is the name of a file"), "{line} {:?}", world.said);
        assert!(list(&world, "boxes").is_empty(), "{line}");
        type_in(&mut walk, &mut world, &[line]);
        assert_eq!(list(&world, "boxes").len(), 1, "{line}: meant");
    }
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["d", "web-01.example.com, db.internal"]);
    assert_eq!(list(&world, "boxes").len(), 2, "names of hosts are no files");

    let room = Room::new();
    std::fs::write(room.path("inventory"), "web-01\n").expect("written");
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, HERE, "f boxes + inventory");
    answer(&mut session, "is the name of a file", "<");
    answer(&mut session, HERE, "q");
    assert_eq!(exit(&mut session), Some(6));
    assert!(!room.bodies("fact").iter().any(|fact| fact["name"] == "boxes"));
}

#[test]
fn a_pattern_names_items() {
    let text = [step("image", "for-each = \"boxes\""), step("b", "")].concat();
    let (playbook, vocabulary) = steps(&text);
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "boxes", "db-01, db-02, web-01");
    type_in(&mut walk, &mut world, &["d db-*: imaged"]);
    assert_eq!(last_outcome(&world).items, ["db-01", "db-02"]);
    type_in(&mut walk, &mut world, &["d mail-*"]);
    assert!(heard(&world, "`mail-*` fits no item"), "{:?}", world.said);
    type_in(&mut walk, &mut world, &["w * except db-*: to Priya"]);
    assert_eq!(last_outcome(&world).item.as_deref(), Some("web-01"));
}

#[test]
fn a_number_before_a_reference_is_asked_back_and_after_the_list_is_the_item() {
    let text = [step("act", "for-each = \"boxes\""), step("b", "")].concat();
    let (playbook, vocabulary) = steps(&text);
    let items = "\"Priya: rotate the keys of the shop\", \"Ben: alert on changed scripts, all\"";
    let typed = |lines: &[&str]| {
        let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
        world.know(&vocabulary, "boxes", items);
        type_in(&mut walk, &mut world, lines);
        world
    };
    let outcome = |world: &World| {
        let outcome = last_outcome(world);
        let item = outcome.item.clone().unwrap_or_default();
        (item[..3].to_owned(), outcome.text.as_ref().map(|text| text.as_str().to_owned()))
    };
    let with = |who: &str, text: &str| (who.to_owned(), Some(text.to_owned()));
    let world = typed(&["d 1 JIRA-123"]);
    assert!(!world.drafts.iter().any(|draft| matches!(draft.event, Event::StepOutcome(_))));
    assert_eq!(outcome(&typed(&["d 1 JIRA-123", "1"])), with("Pri", "JIRA-123"));
    assert_eq!(outcome(&typed(&["d 2 keys are new", "2", "1"])), with("Pri", "2 keys are new"));
    assert_eq!(outcome(&typed(&["d", "2 JIRA-124"])), with("Ben", "JIRA-124"));
    assert_eq!(outcome(&typed(&["d", "2: JIRA-124"])), with("Ben", "JIRA-124"));
}

#[test]
fn whoever_decided_is_recorded_as_what_they_are() {
    let (playbook, vocabulary) = steps(&step("one", "ask = [\"noticed_by_law\"]"));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    let lines =
        ["d", "2026-11-23 03:00", "Kim", "counsle", "unknown", "CISO", "card data in the logs"];
    type_in(&mut walk, &mut world, &lines);
    assert!(heard(&world, "is that counsel?"), "{:?}", world.said);
    let change = world.incident.facts["noticed_by_law"].last().expect("a value");
    let ciso = DecidedAs::said("CISO").expect("a role");
    assert_eq!(change.decided, Some(("Kim".to_owned(), ciso)));

    let room = Room::new();
    room.open();
    let by = ["--by", "Kim", "--basis", "x"];
    for role in ["CISO", "board of directors", "CEO", "Commander"] {
        let words = ["decide", "aware", "2026-01-01 10:00Z", "--role", role];
        let ran = room.breach(&[&words[..], &by].concat());
        assert_eq!(ran.exit, Some(0), "{ran:?}");
    }
    let log = room.breach(&["log", "show"]);
    assert!(!log.err.contains("newer breach"), "{log:?}");
    let roles: Vec<_> = room.bodies("decision").iter().map(|one| one["role"].clone()).collect();
    assert_eq!(roles, ["CISO", "board of directors", "CEO", "commander"]);
    let alarm = ["decide", "false-alarm", "yes", "--role", "CISO"];
    assert_eq!(room.breach(&[&alarm[..], &by].concat()).exit, Some(0));
    let closed = room.breach(&["close"]);
    assert_eq!(closed.exit, Some(0), "whoever answers for it may say so: {closed:?}");
}

#[test]
fn a_time_that_is_to_come_is_not_said_to_be_no_time() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    answer(&mut session, "Your name", "Ada");
    answer(&mut session, "few words", "Skimmer");
    answer(&mut session, "legal moment.", "tomorrow 08:00");
    answer(&mut session, "is ahead of the clock", "02:10");
    answer(&mut session, "13 other", "1");
    answer(&mut session, HERE, "f counsel_told_at tomorrow 08:00");
    answer(&mut session, "is ahead of the clock", "<");
    answer(&mut session, HERE, "f counsel_told_at 2999-01-01 08:00");
    answer(&mut session, "ahead of the clock", "n");
    answer(&mut session, "Nothing was recorded", "<");
    answer(&mut session, HERE, "q");
    assert_eq!(exit(&mut session), Some(6));
    assert!(!room.bodies("fact").iter().any(|fact| fact["name"] == "counsel_told_at"));
    let ran = room.breach(&["fact", "set", "counsel_told_at", "tomorrow 08:00"]);
    assert!(ran.exit == Some(2) && ran.said().contains("ahead of the clock"), "{ran:?}");
}

#[test]
fn to_stop_at_a_question_is_no_error() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    answer(&mut session, "Your name", "Ada");
    answer(&mut session, "few words", "q");
    let rest = session.exp_eof().expect("it ends");
    assert!(rest.contains("Stopped at a question.") && !rest.contains("error"), "{rest}");
    assert_eq!(exit(&mut session), Some(6));
}

#[test]
fn who_will_do_something_has_it() {
    let (playbook, vocabulary) = steps(&[step("one", ""), step("two", "")].concat());
    let waits = |lines: &[&str]| {
        let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
        type_in(&mut walk, &mut world, lines);
        let place = here(&mut walk, &world);
        (world, place)
    };
    let (world, _) = waits(&["w to Priya will cut the switch, 04:30"]);
    let outcome = last_outcome(&world);
    assert_eq!((outcome.outcome, outcome.to.as_deref()), (Outcome::Assigned, Some("Priya")));
    assert_eq!(outcome.text.as_deref(), Some("will cut the switch"));
    let (world, _) = waits(&["w Priya will cut the switch"]);
    assert!(heard(&world, "`to Priya` gives it to Priya"), "{:?}", world.said);
    assert!(world.drafts.is_empty(), "nothing is recorded before that is said");
    let (world, _) = waits(&["w Priya will cut the switch", "to Priya"]);
    assert_eq!(last_outcome(&world).to.as_deref(), Some("Priya"));
    let (world, _) = waits(&["w the bank will call back, 04:30"]);
    assert_eq!(last_outcome(&world).outcome, Outcome::Waiting);
}

#[test]
fn what_is_marked_privileged_is_said_to_be() {
    let (room, step) = (Room::new(), "name-boxes");
    let text = std::fs::read_to_string(room.playbook()).expect("a playbook");
    let marked = text.replacen(
        &format!("id = \"{step}\"\n"),
        &format!("id = \"{step}\"\nprivileged = true\n"),
        1,
    );
    std::fs::write(room.playbook(), marked).expect("written");
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, HERE, "n counsel thinks so");
    answer(&mut session, ", marked privileged: a note", "q");
    assert_eq!(exit(&mut session), Some(6));
}

#[test]
fn a_statement_that_is_read_is_not_written() {
    let room = Room::new();
    room.open();
    let before = room.entries().len();
    let ran = room.breach(&["statement"]);
    assert!(ran.exit == Some(0) && ran.said().contains("--keep"), "{ran:?}");
    assert_eq!(room.entries().len(), before);
    assert_eq!(room.breach(&["statement", "--keep"]).exit, Some(0));
    assert_eq!(room.bodies("statement").len(), 1);
}

#[test]
fn closing_lists_no_fact_that_does_not_apply() {
    let room = Room::new();
    room.open();
    let ok = |words: &[&str]| assert_eq!(room.breach(words).exit, Some(0), "{words:?}");
    ok(&["fact", "set", "lead_authority", "unknown"]);
    let lists = || flowed(&room.breach(&["close"]).out).contains("Lead authority");
    assert!(lists(), "it may apply");
    ok(&["fact", "set", "establishment", "serves-only"]);
    assert!(!lists(), "there is none then");
}

#[test]
fn what_is_longer_than_the_terminal_is_paged_or_counted() {
    let room = Room::new();
    room.open();
    let show = |pager: Option<&str>| {
        let inner = room.command(&["report"]);
        let mut command = std::process::Command::new("sh");
        command
            .args(["-c", "stty cols 80 rows 24; exec \"$0\" \"$@\""])
            .arg(inner.get_program())
            .args(inner.get_args())
            .current_dir(room.dir.path())
            .env_clear()
            .envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))))
            .env("TERM", "xterm")
            .env_remove("PAGER");
        pager.map(|pager| command.env("PAGER", pager));
        let mut session =
            rexpect::session::spawn_command(command, Some(20_000)).expect("it starts");
        let shown = session.exp_eof().expect("it ends");
        assert_eq!(exit(&mut session), Some(0));
        shown
    };
    let plain = show(None);
    assert!(plain.contains("lines. Page by page"), "{plain}");
    let paged = show(Some("sed s/^/paged:/"));
    assert!(paged.contains("paged:") && !paged.contains("Page by page"), "{paged}");
    let gone = show(Some("no-such-pager-anywhere"));
    assert!(gone.contains("lines. Page by page"), "{gone}");
}

#[test]
fn what_duties_wait_for_is_asked_by_a_step() {
    for playbook in super::builtin::all() {
        let asks = playbook.steps.iter().find(|step| step.ask_duties);
        let is_notice = playbook.phase == breach::phase::Phase::Notification;
        assert_eq!(asks.is_some(), is_notice, "{}", playbook.id);
        let is_low = playbook.id == "low-risk";
        assert!(asks.is_none_or(|step| is_low || step.when.is_none()), "{} may not", playbook.id);
    }
    let room = Room::new();
    room.open();
    room.knows(&[
        ("people_affected", "US-CA 500, BR 20, DE 10"),
        ("entity_kinds", "essential-entity"),
        ("controller_or_processor", "controller"),
        ("establishment", "one-state"),
    ]);
    let mut session = start(&room, "xterm", &["notify", "--as", "Ada"]);
    answer(&mut session, "Playbook [generic]: ", "generic");
    answer(&mut session, PROMPT, "j settle-duty-facts");
    // The terminal shows what was typed, then the card.
    up_to(&mut session, "settle-duty-fact");
    answer(&mut session, "> ", "d");
    let mut asked = String::new();
    for _ in 0..80 {
        let question = up_to(&mut session, "> ");
        let is_over = question.contains("settle-duty-facts done");
        asked.push_str(&question);
        if is_over {
            break;
        }
        enter(&mut session, "unknown");
    }
    let asked = flowed(&asked);
    for question in [
        "Which of these are among the affected data of people in the US?",
        "Is the incident significant under NIS2?",
        "Could the incident significantly affect people's interests",
    ] {
        assert!(asked.contains(question), "{question}: {asked}");
    }
    enter(&mut session, "q");
    assert_eq!(exit(&mut session), Some(6));
    room.verify();
}

#[test]
fn a_command_that_ran_nowhere_and_a_key_are_no_report() {
    let command = "[[step.command]]\nid = \"look\"\ntitle = \"Look\"\nrun = [\"ls\"]\n";
    let (playbook, vocabulary) = steps(&[step("one", command), step("two", "")].concat());
    let typed = |lines: &[&str]| {
        let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
        type_in(&mut walk, &mut world, lines);
        world
    };
    let reported = |world: &World| {
        let of = |event: &Event| matches!(event, Event::CommandOutcome(_));
        world.drafts.iter().filter(|draft| of(&draft.event)).count()
    };
    let world = typed(&["c look", "none"]);
    assert!(world.drafts.is_empty(), "{:?}", world.drafts);
    let world = typed(&["c look", "web-01", "root", "0", "e aws:snap-1"]);
    assert!(reported(&world) == 0 && heard(&world, "is a key"), "{:?}", world.said);
    assert_eq!(
        reported(&typed(&["c look", "web-01", "none", "0", "e aws:snap-1", "e aws:snap-1"])),
        1
    );
}
