//! Notices: every item of every law is written, missing or marked, and never what a law forbids.

mod certainty;
mod forms;
mod speech;

use std::collections::BTreeMap;

use breach::clock::FakeClock;
use breach::fact::{Basis, Count, Fact, FactType, People, Value, Vocabulary, place_name};
use breach::incident::event::Group;
use breach::notice::{
    Doubts, Drafted, ItemState, Language, MISSING, NoticeFacts, Reader, TO_WRITE, draft, items,
    lacks, languages,
};
use breach::regime::{Assessed, Facts, builtin};
use chrono::{FixedOffset, Utc};

const HOSTILE: &str = "<script>x</script>\n# heading\n- [a](b) \u{1b}[2J\u{202e}";

/// An answer that a fact takes.
fn answer(fact: &Fact, text: &str) -> Value {
    let typed = match fact.kind {
        FactType::YesNo => "yes",
        FactType::Place => "IE",
        FactType::Count => "12",
        FactType::Text => return Value::Text(text.to_owned()),
        FactType::List => return Value::List(vec![text.to_owned()]),
        FactType::Choice => return Value::Choice(fact.options[0].id.clone()),
        FactType::Choices => {
            return Value::Choices(fact.options.iter().map(|option| option.id.clone()).collect());
        }
        FactType::Time => "2026-11-20 10:00",
        FactType::Duration => "3 h",
        FactType::Money => "100 EUR",
        FactType::People => "US-MA 1200, US-CA 20000, DE 4000",
    };
    let utc = FixedOffset::east_opt(0).expect("zero is an offset");
    let clock = FakeClock::new("2026-11-25T00:00:00Z".parse().expect("a moment"), utc);
    fact.parse(typed, &clock).unwrap_or_else(|hint| panic!("{}: {hint}", fact.name)).value
}

fn everything(text: &str) -> BTreeMap<String, Value> {
    let facts = Vocabulary::builtin().iter();
    facts.map(|fact| (fact.name.clone(), answer(fact, text))).collect()
}

fn write(
    audience: Reader,
    duty: Option<&Assessed<'_>>,
    facts: &BTreeMap<String, Value>,
    is_late: bool,
) -> Drafted {
    write_in(Language::english(), audience, duty, facts, is_late)
}

fn write_in(
    language: &Language,
    audience: Reader,
    duty: Option<&Assessed<'_>>,
    facts: &BTreeMap<String, Value>,
    is_late: bool,
) -> Drafted {
    write_of(&[], language, audience, duty, facts, is_late)
}

/// A notice that knows of groups.
fn write_of(
    groups: &[Group],
    language: &Language,
    audience: Reader,
    duty: Option<&Assessed<'_>>,
    facts: &BTreeMap<String, Value>,
    is_late: bool,
) -> Drafted {
    let value = |name: &str| facts.get(name);
    let locale = language.at(None);
    let vocabulary = Vocabulary::builtin();
    let known = NoticeFacts {
        value: &value,
        is_open: &|name| facts.get(name) == Some(&Value::Unknown),
        vocabulary,
        is_late,
        groups,
        in_all: false,
        not_theirs: &[],
        earlier: None,
        offer_to_all: None,
        untranslated: &[],
        written: &[],
        titles: &BTreeMap::new(),
        doubts: &Doubts::default(),
        locale,
    };
    draft(audience, duty, &known, &language.template(audience).expect("a template"))
        .unwrap_or_else(|(document, found)| panic!("{}: {found:?}", document.name))
}

/// Every duty that sends something, over these facts.
fn each_duty(facts: &BTreeMap<String, Value>, then: &mut dyn FnMut(&Assessed<'_>, Reader)) {
    let known = |name: &str| facts.get(name);
    let (filings, waived) = (BTreeMap::new(), BTreeMap::new());
    let at = "2026-11-25T00:00:00Z".parse::<chrono::DateTime<Utc>>().expect("a moment");
    let (delays, local) = (BTreeMap::new(), chrono_tz::Tz::UTC);
    let facts = Facts {
        known: &known,
        filings: &filings,
        waived: &waived,
        delays: &delays,
        local,
        local_is_set: true,
        at,
    };
    for duty in builtin::law().assess(&facts) {
        let to = duty.duty.to.iter().find_map(|to| Reader::of_recipient(to));
        if let Some(audience) = to {
            then(&duty, audience);
        }
    }
}

#[test]
fn what_is_known_is_written_for_every_reader() {
    let facts = everything("plain words");
    for audience in Reader::ALL {
        let draft = write(audience, None, &facts, true);
        assert_eq!(draft.missing, Vec::<String>::new(), "{audience:?}");
        assert!(!draft.text.contains(MISSING), "{audience:?}: {}", draft.text);
        assert!(draft.text.contains("plain words"), "{audience:?}: {}", draft.text);
    }
}

#[test]
fn what_is_not_known_is_marked_and_named() {
    for audience in Reader::ALL {
        let draft = write(audience, None, &BTreeMap::new(), false);
        assert!(!draft.missing.is_empty(), "{audience:?}");
        for name in &draft.missing {
            let title = &Vocabulary::builtin().get(name).expect("a fact").title;
            assert!(draft.text.contains(&format!("{MISSING}{title}]")), "{audience:?}: {title}");
        }
    }
}

#[test]
fn every_fact_that_an_item_needs_is_a_fact() {
    for item in items() {
        for name in item.needs.iter().chain(&item.plain_needs) {
            assert!(Vocabulary::builtin().get(name).is_some(), "{}: {name}", item.id);
        }
    }
}

/// A fact that an item needs and does not print would make it stand as written.
#[test]
fn every_item_prints_every_fact_that_it_needs() {
    for item in items() {
        for audience in Reader::ALL {
            let Some(document) = item.text_for(audience) else { continue };
            for name in item.needs_for(audience) {
                let printed = match name.as_str() {
                    "data_classes" => document.text.contains("class.words"),
                    "people_affected" => {
                        ["{{ here }}", "{{ facts.people_affected }}", "{{ member_states"]
                            .iter()
                            .any(|print| document.text.contains(print))
                    }
                    "affected_groups" => document.text.contains("{{ group }}"),
                    "scope_unknowns" => document.text.contains("{{ question }}"),
                    "delay_requested" => document.text.contains("if facts.delay_requested"),
                    name => document.text.contains(&format!("{{{{ facts.{name}")),
                };
                assert!(printed, "{}, {audience:?}: {name}", item.id);
            }
        }
    }
}

/// Answers to these facts and to no others.
fn only(given: &[(&str, Value)]) -> BTreeMap<String, Value> {
    given.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

fn count(text: &str) -> Value {
    Value::Count(Count::parse(text).expect("a count"))
}

/// An answer as it is typed.
fn typed(name: &str, text: &str) -> Value {
    let utc = FixedOffset::east_opt(0).expect("zero is an offset");
    let clock = FakeClock::new("2026-11-25T00:00:00Z".parse().expect("a moment"), utc);
    let fact = Vocabulary::builtin().get(name).unwrap_or_else(|| panic!("{name}"));
    fact.parse(text, &clock).unwrap_or_else(|hint| panic!("{name}: {hint}")).value
}

/// Cards of 3,100 customers of 84,312 in many places.
fn skimmed() -> BTreeMap<String, Value> {
    let mut facts = everything("plain words");
    for (name, text) in [
        ("persons_affected", "84312"),
        ("cards_affected", "3100"),
        ("user_accounts_affected", "84312"),
        ("data_classes", "names-contact, credentials, card-number"),
        ("password_storage", "slow-hash"),
        (
            "people_affected",
            "DE 41207, FR 13880, GB 9000, US-NY 6000, US-CA 7000, BR 2225, JP 5000",
        ),
        ("affected_groups", "\"81212: name and log-in\", \"3100: name, log-in and card number\""),
    ] {
        facts.insert(name.to_owned(), typed(name, text));
    }
    facts
}

#[test]
fn what_a_law_asks_for_stands_as_written_only_with_the_fact_in_the_text() {
    let facts = skimmed();
    let mut seen = [0; 5];
    each_duty(&facts, &mut |duty, audience| {
        let draft = write(audience, Some(duty), &facts, false);
        let id = &duty.duty.id;
        for required in draft.required.iter().filter(|one| one.standing == ItemState::Written) {
            let words = required.words.to_lowercase();
            let mut holds = |at: usize, says: &str, text: &str| {
                if words.contains(says) {
                    assert!(draft.text.contains(text), "{id}, {words}: {text}\n{}", draft.text);
                    seen[at] += 1;
                }
            };
            holds(0, "categories and", "3100: name, log-in and card number");
            let place = duty.regime.only_place().and_then(place_name).unwrap_or("no place");
            let here = format!("({place})");
            // Agencies of one country are told of no others.
            let all = if audience == Reader::Agencies { &here } else { "84,312 people" };
            holds(1, "of people", all);
            holds(2, "of records", "3,100 cards");
            holds(3, "residents", &here);
            assert!(!words.contains("agencies") || !words.contains("state"), "{id}: {words}");
            assert!(!words.contains("method") && !words.contains("sensitiv"), "{id}: {words}");
            // How it came about, and what was done since, only a person can tell.
            assert!(!words.contains("and how") && !words.contains("chronology"), "{id}: {words}");
        }
        if id == "eu-gdpr.33-1" {
            let says = "55,087 (Germany 41,207, France 13,880)";
            assert!(draft.text.contains(says), "{}", draft.text);
            seen[4] += 1;
        }
    });
    assert!(seen.iter().all(|n| *n > 0), "{seen:?}");
}

/// Only the duty of the law of that name.
fn of(id: &str, facts: &BTreeMap<String, Value>) -> Drafted {
    let mut found = None;
    each_duty(facts, &mut |duty, audience| {
        if duty.duty.id == id {
            found = Some(write(audience, Some(duty), facts, false));
        }
    });
    found.unwrap_or_else(|| panic!("{id}"))
}

#[test]
fn an_item_that_comes_out_empty_is_not_written() {
    let mut facts = skimmed();
    for (value, standing) in
        [(Value::List(Vec::new()), ItemState::ToWrite), (Value::Unknown, ItemState::NotKnown)]
    {
        facts.insert("affected_groups".to_owned(), value);
        let draft = of("eu-gdpr.33-1", &facts);
        let required = draft.required.iter().find(|one| one.words.contains("number of people"));
        let required = required.expect("33(3)(a)");
        assert_eq!(required.standing, standing);
        let mark = if standing == ItemState::ToWrite { TO_WRITE } else { "not known yet" };
        assert!(draft.text.contains(mark), "{}", draft.text);
    }
}

/// Whoever was written to must be able to believe every line.
#[test]
fn no_letter_tells_everybody_what_only_some_lost() {
    let all: Vec<String> = Vocabulary::builtin()
        .get("data_classes")
        .map_or(Vec::new(), |fact| fact.options.iter().map(|option| option.id.clone()).collect());
    let base =
        [("persons_affected", count("84312")), ("data_classes", Value::Choices(all.clone()))];
    let flat = "The following information may be affected:";
    for audience in [Reader::People, Reader::Media, Reader::Staff] {
        let text = write(audience, None, &only(&base), false).text;
        assert!(!text.contains(flat), "nobody said that all lost all: {text}");
        assert!(text.contains("Not all of it concerns every person"), "{text}");
        let mut facts = only(&base);
        facts.insert("cards_affected".to_owned(), count("3100"));
        facts.insert("affected_groups".to_owned(), Value::List(Vec::new()));
        let text = write(audience, None, &facts, false).text;
        let (sure, some) = text.split_once("It concerns only some of the people").expect("both");
        assert!(sure.contains(flat) && sure.contains("date of birth"), "{text}");
        let card = match audience {
            Reader::People => "- the number of your payment card",
            _ => "- payment card number",
        };
        assert!(!sure.contains(card), "{text}");
        assert!(some.contains(card) && !text.contains("3,100"), "numbers are for offices: {text}");
        for label in
            Vocabulary::builtin().get("data_classes").into_iter().flat_map(|fact| &fact.options)
        {
            let label = &label.title;
            assert!(!label.contains(',') || !text.contains(label.as_str()), "{label}: {text}");
        }
        assert!(!text.contains("never ask"), "{text}");
    }
    let letter = write(Reader::People, None, &skimmed(), false).text;
    assert!(letter.contains("your password only in hashed form"), "{letter}");
    assert!(letter.contains("What we offer: plain words"), "{letter}");
    for line in letter.lines().filter(|line| line.contains("statements")) {
        assert!(line.starts_with("- If "), "{line}");
    }
}

/// A notice answers only what the law asks: anything more could be held against the sender.
#[test]
fn an_authority_is_told_what_its_law_lists_and_when_its_clock_began() {
    let mut facts = everything("plain words");
    facts.insert("likely_consequences".to_owned(), Value::Text("grave harm".to_owned()));
    let unasked = ["noticed", "awareness", "consequences", "people-number", "data-classes"];
    let mut listed = 0;
    each_duty(&facts, &mut |duty, audience| {
        let (id, content) = (&duty.duty.id, &duty.duty.content);
        let answered = |words: &String| items().iter().any(|item| item.answers(words));
        if audience != Reader::Authority || !content.iter().any(answered) {
            return;
        }
        listed += 1;
        let draft = write(audience, Some(duty), &facts, true);
        for item in items().iter().filter(|item| unasked.contains(&item.id.as_str())) {
            let starts = matches!(
                &duty.duty.clock,
                breach::regime::Clock::Fact { name, .. } if item.needs == [name.as_str()]
            );
            let is_asked = starts || content.iter().any(|words| item.answers(words));
            let said = match item.id.as_str() {
                "noticed" => "systems first noticed it",
                "awareness" => "became aware of it",
                "consequences" => "grave harm",
                "people-number" => "in total",
                _ => "Classes of data affected",
            };
            assert_eq!(draft.text.contains(said), is_asked, "{id}, {}: {}", item.id, draft.text);
        }
    });
    assert!(listed > 30, "{listed}");
    let gdpr = of("eu-gdpr.33-1", &facts).text;
    assert!(gdpr.contains("became aware of it") && gdpr.contains("## Likely"), "{gdpr}");
    let everything = write(Reader::Authority, None, &facts, false).text;
    assert!(everything.contains("systems first noticed it"), "no list, so all of it: {everything}");
}

#[test]
fn that_the_rest_may_follow_stands_only_where_something_is_missing() {
    let promise = "it may follow in phases, without undue further delay";
    let mut facts = everything("plain words");
    let open = facts.insert("scope_unknowns".to_owned(), Value::None).expect("an answer");
    assert!(!of("eu-gdpr.33-1", &facts).text.contains(promise));
    for (name, value) in [("records_affected", Value::Unknown), ("scope_unknowns", open)] {
        let known = facts.insert(name.to_owned(), value).expect("an answer");
        assert!(of("eu-gdpr.33-1", &facts).text.contains(promise), "{name}");
        facts.insert(name.to_owned(), known);
    }
}

#[test]
fn what_there_is_none_of_is_not_told() {
    let mut facts = everything("plain words");
    for name in ["indicators", "police_told_at", "discovered", "affected_groups"] {
        facts.insert(name.to_owned(), Value::None);
    }
    for audience in Reader::ALL {
        let text = write(audience, None, &facts, false).text;
        for said in ["Indicators", "The police were told", "none"] {
            assert!(!text.contains(said), "{audience:?}, {said}: {text}");
        }
    }
    let hipaa = of("us-hipaa.408-b", &facts);
    assert!(!hipaa.text.contains("It was discovered"), "{}", hipaa.text);
}

/// Leaving out an item recorded as "none" does not answer a law that asks for it.
#[test]
fn an_item_of_which_there_is_none_is_for_a_person_to_write() {
    let mut facts = skimmed();
    facts.insert("protective_offer".to_owned(), Value::None);
    let draft = of("us-ri.individuals", &facts);
    let offered = draft.required.iter().find(|one| one.words.contains("services offered"));
    assert_eq!(offered.expect("an item of the list").standing, ItemState::ToWrite);
}

#[test]
fn advice_says_if_only_where_it_is_not_certain() {
    let mut facts = skimmed();
    for id in ["card-number", "credentials", "bank", "social-security", "government-id", "health"] {
        let only = Value::Choices(vec![id.to_owned(), "names-contact".to_owned()]);
        facts.insert("data_classes".to_owned(), only);
        for (groups, is_certain) in
            [(vec!["one".to_owned()], true), (Vec::from(["a", "b"].map(str::to_owned)), false)]
        {
            facts.insert("affected_groups".to_owned(), Value::List(groups));
            facts.remove("cards_affected");
            let text = write(Reader::People, None, &facts, false).text;
            let advice = text.split_once("## What You Can Do").expect("advice").1;
            assert_eq!(!advice.contains("- If "), is_certain, "{id}: {advice}");
        }
    }
    facts.insert("data_classes".to_owned(), Value::Choices(vec!["credentials".to_owned()]));
    facts.insert("password_storage".to_owned(), Value::Choice("no-passwords".to_owned()));
    let text = write(Reader::People, None, &facts, false).text;
    assert!(!text.contains("Change your password"), "{text}");
}

#[test]
fn who_must_not_say_what_happened_betrays_nothing_of_it() {
    let mut facts = everything("plain words");
    for name in ["notice_account", "likely_consequences", "measures_taken"] {
        facts.insert(name.to_owned(), Value::Text("the script".to_owned()));
    }
    let text = of("us-ma.individuals", &facts).text;
    for said in ["the script", "copied", "What We Are Doing", "changed or deleted", "began"] {
        assert!(!text.contains(said), "{said}: {text}");
    }
    assert!(text.contains("This notice is about the following information"), "{text}");
    // Forbidding a channel does not forbid any words.
    let text = of("us-ny.individuals", &facts).text;
    assert!(text.contains("the script") && !text.contains("[CHECK: this law"), "{text}");
}

/// Our texts never say what no record can support: promises, law that does not apply everywhere, that
/// there is no evidence when nobody may have looked, and orders to keep silent.
#[test]
fn no_text_of_ours_promises_or_knows_what_is_not_on_record() {
    let never = [
        "refund",
        "we will ",
        "We will ",
        "reichen es",
        "nous le communiquerons",
        "lo comunicaremos",
        "será complementada",
        "never ask",
        "will not ask",
        "will not be blamed",
        "nothing shows",
        "no evidence",
        "not even with friends",
        "under our contract",
        "abundance of caution",
        "take your privacy",
        // Words that nobody says.
        "scrambled",
        "from which it is hard",
        "personal number",
        "was or still is",
        "people who need it",
        "Wir fragen Sie wegen",
        "nichts zeigt",
        "ne vous demanderons",
        "rien n’indique",
        "no le pediremos",
        "nada indica",
        "não pediremos",
        // Nothing on record says that we tell anybody, nor that we are who decides why data is held.
        "is notifying",
        "are notifying",
        "the notice to them",
        "Im Wortlaut der Benachrichtigung",
        "qui leur est adressé",
        "que se les dirige",
        "Nos termos da comunicação",
        "Dem Verantwortlichen",
        "Le responsable du traitement a",
        "El responsable del tratamiento",
        "O controlador tomou",
    ];
    let notices = breach::notice::builtin().filter(|(path, _)| path.starts_with("notices/"));
    for (path, text) in notices {
        // What others say of it has to be found.
        let own: Vec<&str> = text.lines().filter(|line| !line.starts_with("doubt = ")).collect();
        for said in never {
            assert!(!own.iter().any(|line| line.contains(said)), "{path}: {said}");
        }
    }
}

#[test]
fn every_duty_accounts_for_every_word_of_its_list() {
    let facts = everything("plain words");
    let unknown = facts.keys().map(|name| (name.clone(), Value::Unknown)).collect();
    let mut drafts = 0;
    for facts in [facts, BTreeMap::new(), unknown] {
        each_duty(&facts, &mut |duty, audience| {
            let draft = write(audience, Some(duty), &facts, true);
            let id = &duty.duty.id;
            let words: Vec<&String> =
                draft.required.iter().map(|required| &required.words).collect();
            assert_eq!(words, duty.duty.content.iter().collect::<Vec<_>>(), "{id}");
            for required in &draft.required {
                match &required.standing {
                    ItemState::Written | ItemState::NotNeeded | ItemState::ByHand(_) => {}
                    ItemState::NotKnown => {
                        assert!(draft.text.contains("not known yet"), "{id}: {}", draft.text);
                    }
                    ItemState::LeftOut => panic!("{id}: {required:?}\n{}", draft.text),
                    ItemState::Missing(names) => {
                        assert!(names.iter().all(|name| draft.missing.contains(name)), "{id}");
                        assert!(draft.text.contains(MISSING), "{id}: {}", draft.text);
                    }
                    ItemState::ToWrite => {
                        assert!(draft.text.contains(TO_WRITE), "{id}: {}", draft.text);
                    }
                }
            }
            drafts += 1;
        });
    }
    assert!(drafts > 700, "{drafts}");
}

/// Which item answers which words of a law: read it when either changes.
#[test]
fn words_of_laws_find_their_items() {
    let mut lines: Vec<String> = builtin::law()
        .regimes
        .iter()
        .flat_map(|regime| &regime.duties)
        .flat_map(|duty| duty.content.iter().chain(&duty.never))
        .map(|words| {
            let found: Vec<&str> = items()
                .iter()
                .filter(|item| item.answers(words))
                .map(|item| item.id.as_str())
                .collect();
            let found = if found.is_empty() { "-".to_owned() } else { found.join(", ") };
            format!("{words} => {found}")
        })
        .collect();
    lines.sort();
    lines.dedup();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn what_a_law_forbids_is_not_written() {
    let mut facts = everything("plain words");
    facts.insert("notice_account".to_owned(), Value::Text("the nature of it".to_owned()));
    facts.insert(
        "persons_affected".to_owned(),
        Value::Count(Count { n: 25_200, basis: Basis::Exact }),
    );
    let mut seen = 0;
    each_duty(&facts, &mut |duty, audience| {
        let draft = write(audience, Some(duty), &facts, false);
        assert_eq!(draft.never, duty.duty.never);
        for words in &duty.duty.never {
            let secret = match words.as_str() {
                "nature of the breach" => "the nature of it",
                "number of people affected" => "25,200",
                _ => continue,
            };
            assert!(!draft.text.contains(secret), "{}: {}", duty.duty.id, draft.text);
            seen += 1;
        }
    });
    assert!(seen >= 3, "{seen}");
}

#[test]
fn reasons_for_a_delay_stand_only_in_a_late_notice() {
    let facts = everything("plain words");
    each_duty(&facts, &mut |duty, audience| {
        if duty.duty.id != "eu-gdpr.33-1" {
            return;
        }
        let reasons = |draft: &Drafted| draft.required.last().expect("an item").standing.clone();
        assert_eq!(reasons(&write(audience, Some(duty), &facts, false)), ItemState::NotNeeded);
        let late = write(audience, Some(duty), &facts, true);
        assert!(matches!(reasons(&late), ItemState::ByHand(_)), "only a person can tell");
        assert!(late.text.contains("Reasons for the timing of this notice"), "{}", late.text);
    });
}

#[test]
fn facts_are_never_markup() {
    let facts = everything(HOSTILE);
    for audience in Reader::ALL {
        let draft = write(audience, None, &facts, true);
        let ours = audience.template().text;
        // The first line below the marks is the title, which may depend on the law.
        let text = draft.text.lines().skip_while(|line| !line.starts_with("# ")).skip(1);
        for line in text.filter(|line| !ours.contains(*line)) {
            assert!(!line.starts_with("# "), "{audience:?}: {line}");
            assert!(!line.replace("\\<", "").contains('<'), "{audience:?}: {line}");
            assert!(!line.replace("\\]", "").contains("]("), "{audience:?}: {line}");
            assert!(!line.contains(['\u{1b}', '\u{202e}']), "{audience:?}: {line}");
        }
    }
}

#[test]
fn every_language_is_complete() {
    for language in languages() {
        assert_eq!(lacks(language, builtin::law()), Vec::<String>::new(), "{}", language.tag);
    }
}

/// Whether a fact that is taken away leaves a required item as written.
#[test]
fn an_item_falls_back_when_its_fact_is_taken_away() {
    let facts = skimmed();
    let mut taken = 0;
    each_duty(&facts, &mut |duty, audience| {
        let id = &duty.duty.id;
        let whole = write(audience, Some(duty), &facts, true);
        for (place, required) in whole.required.iter().enumerate() {
            let answering = items().iter().filter(|item| item.answers(&required.words));
            let needs: Vec<&String> =
                answering.clone().flat_map(|item| item.needs_for(audience)).collect();
            let forbidden = |name: &String| {
                answering.clone().any(|item| {
                    item.needs_for(audience).contains(name)
                        && duty.duty.never.iter().any(|never| item.answers(never))
                })
            };
            for name in needs.into_iter().filter(|name| !forbidden(name)) {
                let mut fewer = facts.clone();
                fewer.remove(name);
                let less = write(audience, Some(duty), &fewer, true);
                let standing = &less.required[place].standing;
                match &required.standing {
                    ItemState::Written | ItemState::ByHand(_) => {
                        let missing =
                            matches!(standing, ItemState::Missing(names) if names.contains(name));
                        let title = &Vocabulary::builtin().get(name).expect("a fact").title;
                        let said = less.text.contains(&format!("{MISSING}{title}]"));
                        assert!(missing && said, "{id}, {}: {name}: {standing:?}", required.words);
                        taken += 1;
                    }
                    _ => {}
                }
            }
        }
    });
    assert!(taken > 300, "{taken}");
}

/// Letters that no text in a language other than English has, as a person reads them.
const ENGLISH: [&str; 12] = [
    " the ", " and ", " your ", " of the ", " were ", " with ", " people ", " not ", " this ",
    " which ", " data ", " until ",
];

#[test]
fn a_notice_in_another_language_has_no_english_in_it_and_says_the_same() {
    let mut facts = skimmed();
    for name in ["notice_account", "likely_consequences", "measures_taken", "delay_reasons"] {
        facts.insert(name.to_owned(), Value::Text("xxx".to_owned()));
    }
    for name in
        ["protective_offer", "organisation", "notice_contact", "support_contact", "lead_authority"]
    {
        facts.insert(name.to_owned(), Value::Text("yyy".to_owned()));
    }
    facts.insert("affected_groups".to_owned(), Value::List(vec!["zzz".to_owned()]));
    facts.insert("indicators".to_owned(), Value::List(vec!["192.0.2.1".to_owned()]));
    facts.insert("police_reference".to_owned(), Value::Text("4711".to_owned()));
    let mut seen = BTreeMap::new();
    for language in languages().iter().filter(|language| !language.is_english()) {
        each_duty(&facts, &mut |duty, audience| {
            let id = &duty.duty.id;
            let home = [
                "eu-gdpr.33-1",
                "eu-gdpr.34",
                "br-lgpd.anpd",
                "br-lgpd.individuals",
                "ca-qc-law25.cai",
                "mx-lfpdppp.individuals",
            ];
            if !home.contains(&id.as_str()) || !language.speaks_to(audience) {
                return;
            }
            let (own, english) = (
                write_in(language, audience, Some(duty), &facts, true),
                write(audience, Some(duty), &facts, true),
            );
            let standings = |draft: &Drafted| {
                draft.required.iter().map(|one| one.standing.clone()).collect::<Vec<_>>()
            };
            assert_eq!(standings(&own), standings(&english), "{id} in {}", language.tag);
            let text = own.text.to_lowercase();
            let text = text.split_once("]\n\n").expect("a warning").1;
            // Words of the law that somebody has to answer, and its citation.
            let prose = text.lines().filter(|line| {
                !line.starts_with('[') && !line.contains(&duty.duty.cite.to_lowercase())
            });
            for line in prose {
                for word in ENGLISH {
                    assert!(!line.contains(word), "{id} in {}: {word}: {line}", language.tag);
                }
            }
            *seen.entry(language.tag.clone()).or_insert(0) += 1;
        });
    }
    assert!(seen.len() == 4 && seen.values().all(|n| *n >= 3), "{seen:?}");
}

fn group(name: &str, classes: &[&str], people: &str, access: Option<&str>) -> Group {
    let by = people.split(", ").map(|part| {
        let (place, n) = part.split_once(' ').expect("a place and a number");
        (place.to_owned(), Count::parse(n).expect("a count"))
    });
    Group {
        name: name.to_owned(),
        classes: classes.iter().map(|class| (*class).to_owned()).collect(),
        people: Some(People { by: by.collect() }),
        offer: None,
        access: access.map(str::to_owned),
        published: None,
        overlaps: Vec::new(),
        alone: true,
    }
}

fn groups() -> [Group; 3] {
    let mut groups = [
        group("ours-a", &["names-contact", "credentials"], "DE 80000", None),
        group("ours-b", &["names-contact", "card-number"], "US-NY 6000", None),
        group("ours-c", &["names-contact", "children"], "DE 300", Some("reachable")),
    ];
    groups[0].offer = Some("twelve months of help".to_owned().into());
    groups[1].published = Some("used".to_owned());
    groups
}

/// What is known of one group is not hedged because less is known of another.
#[test]
fn the_public_is_told_of_each_lot_of_data_how_certain_it_is() {
    let mut facts = everything("plain words");
    let classes = "names-contact, credentials, card-number, children";
    facts.insert("data_classes".to_owned(), typed("data_classes", classes));
    facts.remove("acquisition_reasonably_believed");
    facts.remove("access_reasonably_believed");
    for reader in [Reader::Media, Reader::Staff] {
        let text = write_of(&groups(), Language::english(), reader, None, &facts, false).text;
        let (copied, reachable) = text.split_once("Somebody could have read").expect("two lots");
        assert!(copied.contains("The following information was copied. Not all"), "{text}");
        assert!(copied.contains("- payment card number") && !copied.contains("children"), "{text}");
        assert!(reachable.contains("- data of children"), "{text}");
        assert!(!text.contains("may be affected"), "{text}");
        assert!(!text.contains("ours-"), "our name for a group is nobody else's: {text}");
    }
    let press = write_of(&groups(), Language::english(), Reader::Media, None, &facts, false).text;
    assert!(
        press.contains("What we offer to some of the people affected: twelve months of help"),
        "{press}"
    );
}

#[test]
fn a_reader_is_told_of_the_groups_that_concern_it() {
    let mut facts = everything("plain words");
    facts.insert("data_published".to_owned(), typed("data_published", "no-sign"));
    facts.insert("people_affected".to_owned(), typed("people_affected", "DE 80300, US-NY 6000"));
    let mut seen = 0;
    each_duty(&facts, &mut |duty, audience| {
        let told = ["us-ny.regulator", "card-visa.notify"].contains(&duty.duty.id.as_str());
        if told {
            let text =
                write_of(&groups(), Language::english(), audience, Some(duty), &facts, false).text;
            assert!(text.contains("since then: misuse has been seen."), "{text}");
            assert!(!text.contains("ours-"), "one group needs no name: {text}");
            seen += 1;
        }
    });
    assert_eq!(seen, 2);
}

/// A number that is known is told, although another one is not.
#[test]
fn the_people_of_a_place_are_told_while_nobody_knows_the_total() {
    let mut facts = everything("plain words");
    facts.insert("people_affected".to_owned(), typed("people_affected", "JP 1500, FR about 400"));
    for total in [None, Some(Value::Unknown)] {
        facts.remove("persons_affected");
        facts.extend(total.clone().map(|total| ("persons_affected".to_owned(), total)));
        for (id, says) in [
            ("jp-appi.prompt", "People affected: 1,500 (Japan)."),
            ("eu-gdpr.33-1", "People affected: about 400 (France)."),
        ] {
            let draft = of(id, &facts);
            let at = draft.text.find(says).unwrap_or_else(|| panic!("{}", draft.text));
            let mark = if total.is_some() { "affected: not known yet" } else { MISSING };
            assert!(draft.text[at..].contains(mark), "and the total is not: {}", draft.text);
            let asked = |one: &&breach::notice::Required| one.words.contains("number of people");
            let standing = &draft.required.iter().find(asked).expect("asked").standing;
            let is_missing = matches!(standing, ItemState::Missing(_));
            assert!(*standing == ItemState::NotKnown || is_missing, "{id}: {standing:?}");
            assert_eq!(is_missing, total.is_none(), "{id}: {standing:?}");
        }
    }
}

#[test]
fn each_reader_of_a_notice_is_named_as_one_writes_to_it() {
    let facts = everything("plain words");
    each_duty(&facts, &mut |duty, audience| {
        let text = write(audience, Some(duty), &facts, false).text;
        for line in text.lines().filter(|line| line.starts_with("To: [NAME")) {
            assert!(!line.contains("US federal") && !line.contains('('), "{line}");
        }
    });
}

#[test]
fn what_came_of_the_data_is_told_to_whom_it_belongs() {
    let mut facts = everything("plain words");
    for (value, says) in [
        ("published", "has been made public"),
        ("offered", "for sale"),
        ("used", "has been misused"),
    ] {
        facts.insert("data_published".to_owned(), typed("data_published", value));
        let letter = of("us-ca.individuals", &facts).text;
        assert!(letter.contains(says), "{value}: {letter}");
        let silent = of("us-ma.individuals", &facts).text;
        assert!(!silent.contains(says), "{value}: {silent}");
    }
    facts.insert("data_published".to_owned(), typed("data_published", "no-sign"));
    let letter = of("us-ca.individuals", &facts).text;
    assert!(!letter.contains("sign of it"), "it would comfort nobody for a reason: {letter}");
}

#[test]
fn who_lost_security_answers_is_told_to_change_them_in_every_language() {
    let mut facts = everything("plain words");
    facts.insert("affected_groups".to_owned(), Value::List(Vec::new()));
    for (tag, word) in [
        ("en", "security question"),
        ("de", "Sicherheitsfrage"),
        ("fr", "question secrète"),
        ("es", "pregunta de seguridad"),
        ("pt-BR", "pergunta de segurança"),
    ] {
        let language = languages().iter().find(|language| language.tag == tag).expect("held");
        let told = |classes: &str| {
            let mut facts = facts.clone();
            facts.insert("data_classes".to_owned(), typed("data_classes", classes));
            let text = write_in(language, Reader::People, None, &facts, false).text;
            let advice: Vec<String> =
                text.lines().filter(|line| line.len() > 90).map(str::to_owned).collect();
            advice.iter().any(|line| line.starts_with("- ") && line.contains(word))
        };
        assert!(told("security-answers"), "{tag}");
        assert!(!told("credentials"), "{tag}");
    }
}

#[test]
fn an_intruder_notices_nothing() {
    let mut facts = everything("plain words");
    facts.insert("how_noticed".to_owned(), typed("how_noticed", "intruder"));
    for language in languages() {
        let fact = Vocabulary::builtin().get("how_noticed").expect("a fact");
        let chosen = Value::Choice("intruder".to_owned());
        let label = language.at(None).show(fact, &chosen, false).expect("words").to_lowercase();
        let text = write_in(language, Reader::Authority, None, &facts, false).text;
        assert!(!text.to_lowercase().contains(&label), "{}: {text}", language.tag);
    }
}

/// What a typesetter of that language would send back.
#[test]
fn french_puts_no_breakable_blank_before_its_double_marks() {
    let french = languages().iter().find(|language| language.tag == "fr").expect("held");
    let facts = everything("mots");
    for reader in [Reader::People, Reader::Authority, Reader::Support] {
        let text = write_in(french, reader, None, &facts, true).text;
        for mark in [" :", " ;", " ?", " !"] {
            assert!(!text.contains(mark), "{mark}: {text}");
        }
        let time = if reader == Reader::Authority { "10\u{a0}h\u{a0}00" } else { "" };
        assert!(text.contains(time), "{text}");
    }
}

#[test]
fn classes_in_a_list_of_one_line_are_never_two() {
    for class in breach::notice::classes() {
        for storage in ["slow-hash", "fast-hash", "encrypted", "plain", "no-passwords"] {
            let mut facts = everything("plain words");
            facts.insert("password_storage".to_owned(), typed("password_storage", storage));
            facts.insert("data_classes".to_owned(), Value::Choices(vec![class.id.clone()]));
            for language in languages() {
                let text = write_in(language, Reader::Authority, None, &facts, false).text;
                let told = text.lines().filter(|line| line.starts_with("- "));
                for line in told {
                    assert!(!line.contains(';'), "{}, {}: {line}", language.tag, class.id);
                }
            }
        }
    }
}

#[test]
fn foreign_text_is_escaped_only_where_it_begins_a_line() {
    let mut facts = everything("plain words");
    let list = |text: &str| Value::List(vec![text.to_owned()]);
    facts.insert("indicators".to_owned(), list("185.220.101.7"));
    facts.insert("support_contact".to_owned(), Value::Text("+49 40 555\n1. no list".to_owned()));
    let police = write(Reader::LawEnforcement, None, &facts, false).text;
    assert!(police.contains("Indicators: 185.220.101.7."), "{police}");
    let letter = write(Reader::People, None, &facts, false).text;
    assert!(letter.contains("about this: +49 40 555\n\n1\\. no list"), "{letter}");
}
