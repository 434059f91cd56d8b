//! What a reader gets from a page: answers to the first questions, in words, each given once.

use breach::incident::event::{Group, Reopened};

use super::case::{Case, skimmed};
use super::published::Published;
use crate::cli::room::flowed;

/// The part of the page above the impact: title, status and the three sentences.
fn first(page: &str) -> String {
    let first = page.split("## Impact").next().unwrap_or_default();
    flowed(first)
}

/// What the first screen of each published case answers.
const CASES: [(&str, [&str; 12]); 5] = [
    (
        "ba-2018",
        [
            "Data of about 429,612 people was taken",
            "began on Fri 22 Jun 2018",
            "was noticed on Wed 5 Sep 2018",
            "about 429,612 people; 429,420 cards",
            "was contained the same day. Data was taken from Tue 21 Aug 2018 22:58 to",
            "Legal deadlines:** 1 met (with 1 to 2 days to spare)",
            "No action items are recorded",
            "Classes of data:** Names, postal and email addresses, phone numbers; User names",
            "How they got in:** Through a supplier's access.",
            "How it was noticed:** Missed signals: none. Monitoring: It was missing.",
            "Cost:** Fine proposed: GBP 183,390,000. Fine imposed: GBP 20,000,000. Not known: Cost so far; Paid by",
            "Not known:** 11 questions without an answer.",
        ],
    ),
    (
        "target-2013",
        [
            "taken through a supplier's access",
            "began on Tue 12 Nov 2013",
            "was noticed on Thu 12 Dec 2013",
            "Affected: about 98,000,000 people; at least 41,000,000 cards",
            "to Wed 18 Dec 2013: the containment held only from Wed 18 Dec 2013",
            "Legal deadlines:** Which legal deadlines apply is not settled",
            "No action items are recorded",
            "Classes of data:** Names, postal and email addresses, phone numbers; Payment card",
            "How they got in:** Through a supplier's access.",
            "By the police or an authority. Missed signals: after 12 November: activity was logged",
            "Cost:** Cost so far: USD 290,000,000. Paid by the insurer: USD 90,000,000. Not known: Recovered",
            "Not known:** 7 questions without an answer.",
        ],
    ),
    (
        "ebay-2014",
        [
            "The user database was copied",
            "began between Thu 20 Feb 2014 and Mon 10 Mar 2014",
            "was noticed between Thu 1 May 2014 and Sat 10 May 2014",
            "How many people and accounts are affected is not known",
            "is not known to be contained",
            "Legal deadlines:** Which legal deadlines apply is not settled",
            "No action items are recorded",
            "Classes of data:** Names, postal and email addresses, phone numbers; Dates of birth",
            "How they got in:** With a stolen, guessed or reused log-in.",
            "How it was noticed:** By a colleague. Missed signals: none. Not recorded: Monitoring.",
            "Cost:** Not known: Cost so far; Paid by the insurer; Recovered from others.",
            "Not known:** 24 questions without an answer.",
        ],
    ),
    (
        "yahoo-2013",
        [
            "All accounts that existed in August 2013",
            "It began in Aug 2013",
            "was noticed in Nov 2016",
            "How many people are affected is not known",
            "is not known to be contained",
            "Legal deadlines:** Which legal deadlines apply is not settled",
            "No action items are recorded",
            "Classes of data:** Names, postal and email addresses, phone numbers; Dates of birth",
            "How they got in:** Not known.",
            "By the police or an authority. Not known: Missed signals. Not recorded: Monitoring.",
            "Cost:** Not known: Cost so far; Paid by the insurer; Recovered from others.",
            "Not known:** 18 questions without an answer.",
        ],
    ),
    (
        "yahoo-2014",
        [
            "Backups of the user database",
            "began in Jan 2014",
            "was noticed in Dec 2014",
            "Affected: at least 500,000,000 accounts",
            "is not known to be contained",
            "Legal deadlines:** Which legal deadlines apply is not settled",
            "No action items are recorded",
            "Classes of data:** Names, postal and email addresses, phone numbers; Dates of birth",
            "How they got in:** Not known.",
            "How it was noticed:** By a colleague. Missed signals: none. Monitoring: It was in place",
            "Cost:** Fine imposed: USD 35,000,000. Not known: Cost so far; Paid by the insurer; Recovered",
            "Not known:** 14 questions without an answer.",
        ],
    ),
];

#[test]
fn the_first_screen_answers_ten_questions() {
    for (case, answers) in CASES {
        let published = Published::new(case);
        for audience in ["executive", "internal"] {
            let page =
                published.run(&format!("breach report --format markdown --audience {audience}"));
            let first = first(&page);
            let same = ["FINAL", "TLP:AMBER, for: ", "as of ", "Who leads:** Not recorded."];
            for answer in answers.iter().chain(&same) {
                assert!(first.contains(answer), "{case}, {audience}: {answer}: {first}");
            }
            let over =
                ["`", "Severity", "not counted by place", "Cannot be right", "is being done"];
            for wrong in over {
                assert!(!first.contains(wrong), "{case}, {audience}: {wrong}: {first}");
            }
            assert!(first.contains("**Where it stands:** It began"), "{case}, {audience}: {first}");
            // What is told there is not told again before the annexes.
            let shown = page.split("## Annex").next().unwrap_or_default();
            for once in ["**Classes of data", "**How they got in", "Cost so far", "Fine imposed"] {
                assert!(shown.matches(once).count() <= 1, "{case}, {audience}: {once}: {shown}");
            }
        }
    }
}

#[test]
fn who_does_what_next_is_on_the_first_screen_while_it_is_open() {
    let mut case = skimmed();
    case.draft(Reopened { reason: "the bank called".into() }).fact("cost_so_far", "GBP 1250000");
    let open = case.report(&["--format", "markdown"]).out;
    for said in ["**What is being done:** ", "**Next:** ", "Cost so far: GBP 1,250,000"] {
        assert!(first(&open).contains(said), "{said}: {open}");
    }
    // Before what takes many lines: a screen is short.
    assert!(first(&open).find("**Next:**") < first(&open).find("**Classes of data"), "{open}");
    let (_, next) = open.split_once("**Next:** ").expect("an item");
    let items = case.json("internal")["actions"].clone();
    let mut items = items.as_array().expect("items").iter().filter(|one| one["state"] == "open");
    let item = items.next().expect("an open item");
    for key in ["text", "owner"] {
        let said = item[key].as_str().expect("words");
        assert!(next.lines().next().expect("a line").contains(said), "{said}: {next}");
    }
    let outside = case.report(&["--format", "markdown", "--audience", "regulator"]).out;
    assert!(!first(&outside).contains("1,250,000"), "{outside}");
}

#[test]
fn what_a_sheet_leaves_out_of_a_table_it_says() {
    let published = Published::new("ba-2018");
    // What does not fit is named, and what fits is not cut.
    for audience in ["executive", "board"] {
        let page = published.run(&format!("breach report --format markdown --audience {audience}"));
        for said in [
            "190 duties may be owed, 125 of them only if their rules were law then.",
            "They depend most often on \"People by jurisdiction\" (1",
            "Information Commissioner (Thu 6 Sep 2018)",
            "Fine imposed",
            "Cost so far; Paid by the insurer",
        ] {
            let said = if audience == "board" && said.starts_with("Information") {
                "to the authority (Thu 6 Sep 2018)"
            } else {
                said
            };
            assert!(page.contains(said), "{audience}: {said}: {page}");
        }
        let is_board = audience == "board";
        let fine = page.contains("**Fine imposed:** GBP 20,000,000");
        assert!(fine || !is_board, "{page}");
    }
    let mut case = skimmed();
    let many: Vec<String> = (0..40).map(|n| format!("condition {n} that let it happen")).collect();
    case.fact("contributing_factors", &many.join("; "));
    for audience in ["executive", "board"] {
        let page = case.report(&["--format", "markdown", "--audience", audience]).out;
        assert!(page.contains("condition 0 that") && page.contains(" more"), "{audience}: {page}");
        assert!(!page.contains("condition 39"), "{audience}: {page}");
    }
}

#[test]
fn the_duties_that_may_be_owed_are_listed_where_they_are_counted() {
    let published = Published::new("ba-2018");
    let report = published.json();
    let open = report["deadlines"]["may_be_owed"]["duties"].as_array().expect("duties").len();
    let name = report["banner"]["incident"].as_str().expect("a name");
    let listed = published.run(&format!("breach duties --incident {name}"));
    assert!(listed.contains(&format!("{open} ")), "{open}: {listed}");
    let laws = report["deadlines"]["may_be_owed"].to_string();
    assert!(laws.contains("HIPAA"), "{laws}");
    // In force since 2025; the incident was in 2018.
    assert!(!laws.contains("2022/2554"), "{laws}");
    for audience in ["regulator", "public"] {
        let page = published.run(&format!("breach report --format json --audience {audience}"));
        let report: serde_json::Value = serde_json::from_str(&page).expect("JSON");
        let open = &report["deadlines"]["may_be_owed"]["duties"];
        assert_eq!(open, &serde_json::json!([]), "{audience}");
    }
}

#[test]
fn a_brief_names_the_law_of_that_time_and_tells_times_in_their_order() {
    let published = Published::new("ba-2018");
    let name = published.json()["banner"]["incident"].as_str().expect("a name").to_owned();
    for audience in ["team", "executive"] {
        let brief = published.run(&format!("breach brief --incident {name} --audience {audience}"));
        let brief = flowed(&brief);
        assert!(brief.contains("notice sent: Reg. (EU) 2016/679 Art. 33 as it applied"), "{brief}");
        assert!(!brief.contains("UK GDPR Art."), "{brief}");
        let times =
            ["Incident began:", "First loss of data:", "Start of the theft:", "Detected by us:"];
        let places = times.map(|time| brief.find(time).expect(time));
        assert!(places.is_sorted(), "{brief}");
    }
}

#[test]
fn nothing_is_owed_is_said_only_where_that_is_known() {
    for (case, said) in [
        ("target-2013", "not known: the rules that may apply may not have been law at the time"),
        ("yahoo-2013", "not settled: which laws apply depends on facts"),
    ] {
        let published = Published::new(case);
        let page = published.run("breach report --format markdown --audience executive");
        assert!(page.contains(said) && !page.contains("no duty"), "{page}");
    }
}

#[test]
fn no_code_stands_where_a_name_belongs() {
    let mut case = skimmed();
    case.fact("people_affected", "DE 1200, US-NV 1700").fact("data_classes", "card-number");
    for audience in ["internal", "regulator"] {
        let page = case.report(&["--format", "markdown", "--audience", audience]).out;
        for section in ["Legal deadlines", "Annex: notifications", "Annex: open questions"] {
            let (_, rest) = page.split_once(&format!("## {section}")).expect(section);
            let text = rest.split("\n## ").next().unwrap_or_default();
            for code in ["\\_", "`", "eu-gdpr.", "uk-gdpr.", "US-NV"] {
                assert!(!text.contains(code), "{audience}, {section}: {code}: {text}");
            }
        }
        assert!(page.contains("depends on \"Risk to people\""), "{audience}: {page}");
    }
}

#[test]
fn who_recorded_something_is_told_to_those_who_ask_back() {
    let case = skimmed();
    for (audience, told) in [
        ("internal", true),
        ("regulator", true),
        ("executive", false),
        ("board", false),
        ("public", false),
    ] {
        let page = case.report(&["--format", "markdown", "--audience", audience]).out;
        let (_, story) = page.split_once("### What happened and what people did").expect("a story");
        let header = story.trim_start().lines().next().unwrap_or_default();
        assert_eq!(header.contains("Recorded by"), told, "{audience}: {header}");
    }
}

#[test]
fn everybody_reads_what_was_released_and_no_numbers_without_words() {
    let mut case = skimmed();
    case.fact("affected_groups", "\"77000: staff of the shop\", \"5017: members of the club\"");
    let page = case.report(&["--format", "markdown", "--audience", "public"]).out;
    assert!(!page.contains("77,000") && !page.contains("5,017"), "{page}");
    assert!(page.contains("A script on our payment page copied card data."), "{page}");
    assert!(!page.contains("Not recorded"), "{page}");
    let title = "GDPR Art. 34(1)-(3), to the people affected";
    let line = page.lines().find(|line| line.contains(title)).expect("a notice");
    assert_eq!(line.matches(title).count(), 1, "said twice: {line}");
}

/// A group with the given number of people in each place.
fn group(name: &str, people: &str, classes: &[&str]) -> Group {
    let fact = breach::fact::Vocabulary::builtin().get("people_affected").expect("a fact");
    let clock = breach::clock::FakeClock::new(
        chrono::DateTime::UNIX_EPOCH,
        chrono::FixedOffset::east_opt(0).expect("UTC"),
    );
    let people = match fact.parse(people, &clock).expect("people").value {
        breach::fact::Value::People(people) => people,
        other => panic!("{other:?}"),
    };
    Group {
        name: name.to_owned(),
        classes: classes.iter().map(|class| (*class).to_owned()).collect(),
        people: Some(people),
        overlaps: Vec::new(),
        alone: true,
        offer: None,
        access: None,
        published: None,
    }
}

#[test]
fn an_authority_reads_categories_of_people_and_their_number_by_place() {
    let mut case: Case = skimmed();
    case.fact("people_affected", "DE 41207, FR about 13880, US-CA 900, IE unknown")
        .fact("affected_groups", "\"about 55000: customers of the shop\", \"612: staff\"")
        .draft(group("card-holders", "DE 3100, US-CA 12", &["card-number"]));
    let args = ["--format", "markdown", "--audience", "regulator"];
    let all = case.report(&args).out;
    let one = case.report(&[&args[..], &["--for", "eu-gdpr.33-1"]].concat()).out;
    for (page, whole) in [(&all, true), (&one, false)] {
        for row in [
            "| Germany (DE) | 41,207 |",
            "| France (FR) | about 13,880 |",
            "| customers of the shop | about 55,000 |",
            "| staff | 612 |",
            "| card-holders | Payment card numbers | Germany (DE): 3,100",
        ] {
            assert!(page.contains(row), "{row}: {page}");
        }
        for uncounted in ["People affected, not counted", "Ireland (IE)"] {
            assert!(page.contains(uncounted), "{page}");
        }
        // People elsewhere are a matter for another authority.
        for other in ["California", "| 900 |"] {
            assert_eq!(page.contains(other), whole, "{other}: {page}");
        }
    }
}

#[test]
fn the_last_person_was_told_once_nobody_is_left() {
    let mut case = Case::new();
    case.fact("people_affected", "DE 41207")
        .fact("establishment", "one-state")
        .fact("controller_or_processor", "controller")
        .fact("risk_level", "high-risk")
        .fact("aware", "2018-09-05 12:00Z")
        .at("2018-09-09T20:00:00Z")
        .sent("eu-gdpr.34", "2018-09-06", "customers", Some([27_327, 0, 13_880]));
    let told = |case: &Case| {
        let report = case.json("internal");
        let anchors = report["anchors"].as_array().expect("anchors").iter();
        let last = anchors.into_iter().find(|anchor| anchor["id"] == "D'").expect("an anchor");
        last["presence"] == "given"
    };
    assert!(!told(&case), "13,880 letters are still to be sent");
    case.sent("eu-gdpr.34", "2018-09-08", "customers", Some([13_880, 0, 0]));
    assert!(told(&case), "all of them were");
}

#[test]
fn the_story_is_short_and_tells_of_no_bookkeeping() {
    let mut case = skimmed();
    for day in 1..=30 {
        case.note_that_happened(
            &format!("a finding of day {day}"),
            &format!("2018-08-{day:02}T09:00:00Z"),
        );
    }
    let report = case.json("internal");
    let moments = report["story"]["moments"].as_array().expect("moments");
    assert!(moments.len() <= breach::report::MOMENTS, "{}", moments.len());
    for moment in moments {
        let kind = moment["kind"].as_str().expect("a kind");
        let books = ["playbook-pinned", "draft", "session", "evidence", "custody", "handoff"];
        assert!(!books.contains(&kind), "{moment}");
        assert!(moment["label"].as_str().is_some_and(|label| label.len() > 3), "{moment}");
    }
    let page = case.report(&["--format", "markdown"]).out;
    assert!(page.contains("There is no room here for"), "{page}");
    assert!(page.contains("; the log entry by entry is an annex."), "{page}");
    // What came last is no less told than what came first.
    let told = |day: &str| moments.iter().any(|one| one["label"] == day);
    assert!(told("a finding of day 1") && told("a finding of day 30"), "{moments:?}");
    let left = report["story"]["omitted"].as_object().expect("numbers by kind");
    assert!(left.contains_key("note") && page.contains(" notes"), "{left:?}");
}

#[test]
fn markdown_escapes_no_more_than_it_must() {
    let mut case = Case::new();
    case.fact("what_happened", "Traffic & mail went to 203.0.113.77 (see *x* and a_b)");
    let page = case.report(&["--format", "markdown"]).out;
    assert!(page.contains("Traffic & mail went to 203.0.113.77 (see"), "{page}");
}
