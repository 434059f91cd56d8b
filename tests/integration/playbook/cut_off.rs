//! What is cut in the same minute is cut in time, if one walks the boxes of the steps in order.

use std::collections::BTreeSet;

use breach::document::Document;
use breach::phase::Phase;
use breach::playbook::{Library, Playbook, Role, Step, builtin};

/// The latest minute of each window, as experience has it.
const LATEST: [(&str, &[i64]); 13] = [
    ("account-takeover", &[30, 45, 120]),
    ("employee-credentials", &[30, 45, 120]),
    ("exploited-flaw", &[20, 40, 2880]),
    ("exposed-storage", &[15, 60, 120]),
    ("generic", &[45, 60]),
    ("insider", &[45, 1440]),
    ("leaked-secret", &[10, 60]),
    ("lost-device", &[20]),
    ("misdirected-data", &[5, 10, 30]),
    ("ransomware", &[15, 60, 2880]),
    ("supplier-access", &[45]),
    ("user-database", &[30, 90, 180]),
    ("web-skimming", &[20, 60]),
];

fn containment() -> Vec<Playbook> {
    let read = |(path, text): &(&str, &str)| {
        let document = Document { name: (*path).to_owned(), text: (*text).to_owned() };
        Playbook::read(&document, Library::builtin()).0.unwrap_or_else(|| panic!("{path}"))
    };
    let playbooks: Vec<Playbook> = builtin::all().iter().map(read).collect();
    playbooks.into_iter().filter(|playbook| playbook.phase == Phase::Containment).collect()
}

#[test]
fn each_window_is_kept_if_one_walks_the_boxes_in_order() {
    for playbook in containment() {
        let ends = playbook.ends();
        let latest = LATEST.iter().find(|(id, _)| *id == playbook.id).expect("a row").1;
        let by: Vec<i64> = playbook.cut_offs.iter().map(|one| one.by.num_minutes()).collect();
        assert_eq!(by, latest, "{}", playbook.id);
        assert!(by[0] <= 45, "{}: the loss goes on for {} minutes", playbook.id, by[0]);
        for cut_off in &playbook.cut_offs {
            let first = *cut_off.steps.iter().min().expect("a step");
            for &step in &cut_off.steps {
                let (id, end) = (&playbook.steps[step].id, ends[step].num_minutes());
                let by = cut_off.by.num_minutes();
                assert!(end <= by, "{}: {id} ends after {end} of {by} minutes", playbook.id);
            }
            for &step in &cut_off.after {
                assert!(step < first, "{}: {}", playbook.id, playbook.steps[step].id);
            }
        }
    }
}

#[test]
fn accounts_sessions_and_hosts_of_one_intruder_go_in_one_window() {
    for playbook in containment() {
        let number = |id: &str| playbook.steps.iter().position(|step| step.id == id);
        let windows: BTreeSet<Option<usize>> = ["isolate-hosts", "disable-accounts"]
            .into_iter()
            .filter_map(number)
            .map(|step| playbook.cut_offs.iter().position(|one| one.steps.contains(&step)))
            .collect();
        assert!(windows.len() <= 1 && !windows.contains(&None), "{}: {windows:?}", playbook.id);
        let cuts =
            |id: &str| ["cut-", "end-", "stop-", "slow-"].iter().any(|start| id.starts_with(start));
        for (number, step) in playbook.steps.iter().enumerate() {
            let kept = playbook.cut_offs.iter().any(|one| one.steps.contains(&number));
            assert!(kept || !cuts(&step.id), "{}: {} has no window", playbook.id, step.id);
        }
    }
}

#[test]
fn nothing_warns_the_intruder_before_the_window() {
    // What preserves may change something, and so may what keeps logs; an outsider sees neither.
    let keeps = ["hold-logs", "call-acquirer"];
    for playbook in containment() {
        let hosts = playbook.steps.iter().position(|step| step.id == "isolate-hosts");
        let Some(window) = hosts else { continue };
        let Some(cut_off) = playbook.cut_offs.iter().find(|one| one.steps.contains(&window)) else {
            panic!("{}: no window", playbook.id);
        };
        let first = *cut_off.steps.iter().min().expect("a step");
        for (number, step) in playbook.steps[..first].iter().enumerate() {
            let cut = playbook.cut_offs.iter().any(|one| one.steps.contains(&number));
            let seen = !step.destroys.is_empty() || step.commands.iter().any(|one| one.changes);
            let warns = seen && step.preserves.is_empty() && !keeps.contains(&step.id.as_str());
            assert!(cut || !warns, "{}: {} warns the intruder", playbook.id, step.id);
            let early = ["close-supplier", "block-drop-domain", "thank-finder", "tell-vendor"];
            assert!(!early.contains(&step.id.as_str()), "{}: {} warns", playbook.id, step.id);
        }
    }
}

#[test]
fn people_speak_by_phone_until_they_have_left_the_channels_that_the_intruder_reads() {
    let mut cut_first = 0;
    for playbook in containment() {
        let moved = playbook.steps.iter().position(|step| step.id == "go-out-of-band");
        if moved.is_none_or(|moved| moved == 0) {
            continue;
        }
        cut_first += 1;
        let told = ["by phone", "by private phone", "Call; "];
        let first = playbook.steps[0].instructions.iter();
        let is_told = first.clone().any(|part| told.iter().any(|how| part.text.contains(how)));
        assert!(is_told, "{}: {:?}", playbook.id, playbook.steps[0].instructions);
    }
    assert!(cut_first > 5, "{cut_first} playbooks cut before they move");
}

#[test]
fn containment_is_declared_once_all_is_cut_and_somebody_looked_for_other_doors() {
    // Nobody outside can be made to answer, nor can a device that is out of reach.
    let talks = |step: &Step| {
        matches!(step.role, Some(Role::Liaison | Role::Counsel)) || step.id == "lock-and-locate"
    };
    for playbook in containment() {
        let is_search =
            |id: &str| ["find-", "hunt-", "sweep-"].iter().any(|start| id.starts_with(start));
        let mut needed: BTreeSet<usize> = BTreeSet::new();
        for (number, step) in playbook.steps.iter().enumerate().rev() {
            if step.id.starts_with("declare-") || needed.contains(&number) {
                needed.extend(&step.needs);
            }
        }
        for (number, step) in playbook.steps.iter().enumerate() {
            let is_cut = playbook.cut_offs.iter().any(|one| one.steps.contains(&number));
            if (is_cut || is_search(&step.id)) && !talks(step) {
                assert!(needed.contains(&number), "{}: {} is left open", playbook.id, step.id);
            }
        }
    }
}

#[test]
fn a_misdirected_mail_is_dealt_with_in_twenty_minutes() {
    let playbook = builtin::read(Phase::Containment, "misdirected-data").expect("it is built in");
    assert_eq!(playbook.ends().last().expect("a step").num_minutes(), 20);
}

#[test]
fn cards_are_touched_only_after_the_acquirer_was_asked() {
    for playbook in containment() {
        let number = |id: &str| playbook.steps.iter().position(|step| step.id == id);
        let Some(asked) = number("call-acquirer") else { continue };
        for touches in ["save-live-state", "isolate-hosts", "image-hosts", "disable-accounts"] {
            let touches = number(touches);
            assert!(touches.is_none_or(|number| number > asked), "{}: {touches:?}", playbook.id);
        }
    }
    let with: Vec<String> = containment()
        .into_iter()
        .filter(|one| one.steps.iter().any(|step| step.id == "call-acquirer"))
        .map(|one| one.id)
        .collect();
    assert_eq!(with, ["exploited-flaw", "generic", "supplier-access", "web-skimming"]);
}

#[test]
fn the_way_in_is_closed_and_proved_before_service_returns() {
    for playbook in containment() {
        let number = |id: &str| playbook.steps.iter().position(|step| step.id == id);
        let asks =
            |fact: &str| playbook.steps.iter().any(|step| step.ask.iter().any(|it| it == fact));
        if let (Some(closed), Some(back)) = (number("close-the-flaw"), number("return-to-service"))
        {
            assert!(closed < back, "{}", playbook.id);
        }
        // What was lost or misused has no flaw to close; the others tell when the intruder was out.
        assert!(asks("eradicated_at") || playbook.id == "lost-device", "{}", playbook.id);
    }
}
