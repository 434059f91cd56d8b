//! A playbook's own facts, told and masked as it says.

use breach::fact::Value;
use breach::incident::event::FactSet;
use breach::phase::Phase;

use super::case::Case;

const OWN: &str = r#"schema = 2
id = "own"
phase = "containment"
title = "Our own"
version = "1.0.0"
owner = "security"
reviewed-on = 2018-09-01
summary = "For the tests."

[fact.door_used]
title = "Door used"
ask = "Which door was used?"
type = "text"
section = "causes"
class = "cause"
hide = "name"

[fact.door_keeper]
title = "Door keeper"
ask = "Who keeps the door?"
type = "text"
section = "roles"
hide = "person"

[fact.door_sign]
title = "Door sign"
ask = "What is written on the door?"
type = "text"
hide = "nothing"

[fact.door_shut]
title = "Door shut"
ask = "When was it shut?"
type = "time"
not-after = ["door_opened"]

[fact.door_opened]
title = "Door opened"
ask = "When was it opened?"
type = "time"

[[step]]
id = "ask"
title = "Ask for the door"
why = "It was used."
do = "Ask."
role = "commander"
ask = ["door_used", "door_keeper", "door_sign", "door_shut", "door_opened"]
"#;

fn case() -> Case {
    let mut case = Case::new();
    case.open("Something").pin_text(Phase::Containment, "own", OWN);
    let text = |text: &str| Value::Text(text.to_owned());
    let at = |text: &str| {
        let at = chrono::DateTime::parse_from_rfc3339(text).expect("a moment");
        Value::Time(breach::fact::When {
            earliest: at,
            latest: at,
            precision: breach::fact::Precision::Minute,
        })
    };
    for (name, value) in [
        ("door_used", text("Westgate")),
        ("door_keeper", text("Zelda Fitzroy")),
        ("door_sign", text("sign-77")),
        ("door_shut", at("2018-09-04T10:00:00Z")),
        ("door_opened", at("2018-09-03T10:00:00Z")),
    ] {
        case.draft(FactSet::new(name, value));
    }
    case.fact("how_it_happened", "Zelda Fitzroy left Westgate open; its sign-77 was wrong")
        .fact("executive_summary", "Zelda Fitzroy left Westgate open");
    case
}

#[test]
fn names_in_a_fact_of_ones_own_are_masked_outside() {
    let case = case();
    let told = |audience: &str| {
        let report = case.json(audience);
        serde_json::to_string(&report).expect("text")
    };
    let inside = told("internal");
    assert!(inside.contains("Zelda Fitzroy left Westgate open; its sign-77"), "{inside}");
    for audience in ["regulator", "public"] {
        let page = told(audience);
        for name in ["Westgate", "Zelda", "Fitzroy"] {
            assert!(!page.contains(name), "{audience}: {name}: {page}");
        }
    }
    let page = told("regulator");
    assert!(page.contains(" left [withheld] open; its sign-77 was wrong"), "{page}");
}

#[test]
fn a_fact_of_ones_own_is_told_where_it_says() {
    let report = case().json("internal");
    let causes = report["causes"]["written"].as_array().expect("causes");
    let last = causes.last().expect("one");
    assert_eq!((&last["fact"], &last["texts"][0]), (&"door_used".into(), &"Westgate".into()));
    let roles = report["banner"]["roles"].as_array().expect("roles");
    assert_eq!(roles.last().expect("one")[1], "Zelda Fitzroy");
    let errors = report["questions"]["errors"].to_string();
    assert!(
        errors.contains(r#"Door shut\" (Tue 4 Sep 2018 10:00) is after \"Door opened"#),
        "{errors}"
    );
}
