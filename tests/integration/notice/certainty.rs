//! No sentence of a notice is more certain, or less, than the record is of those of whom it is said.

use breach::fact::Value;
use breach::notice::{Drafted, Language, Reader, languages};
use breach::regime::Clock;

use super::{each_duty, everything, group, of, only, typed, write, write_in, write_of};

/// What each language says of a theft, of its dates and of nobody knowing.
const THEFT: [&str; 5] =
    ["first taken", "und zuletzt", "pour la dernière fois", "por última vez", "pela última vez"];
const DOUBT: [&str; 13] = [
    "nothing shows",
    "cannot tell",
    "cannot rule out",
    "keinen Beleg",
    "nicht feststellen",
    "nicht ausschließen",
    "aucun élément",
    "ne pouvons pas",
    "no hay pruebas",
    "no podemos",
    "não há evidências",
    "não conseguimos",
    "não podemos",
];

/// A draft for a reader of no law, in every language that has words for it.
fn each_language(
    reader: Reader,
    facts: &std::collections::BTreeMap<String, Value>,
    then: &mut dyn FnMut(&Language, Drafted),
) {
    for language in languages().iter().filter(|language| language.speaks_to(reader)) {
        then(language, write_in(language, reader, None, facts, false));
    }
}

#[test]
fn a_theft_is_dated_only_where_data_is_on_record_as_taken() {
    let mut facts = everything("plain words");
    facts.insert("acquisition_reasonably_believed".to_owned(), Value::YesNo(false));
    facts.insert("access_reasonably_believed".to_owned(), Value::YesNo(false));
    for (access, is_told) in [
        ("copied-confirmed", true),
        ("copied-likely", true),
        ("seen", false),
        ("reachable", false),
        ("excluded", false),
    ] {
        facts.insert("data_access".to_owned(), typed("data_access", access));
        for reader in [Reader::People, Reader::Authority, Reader::LawEnforcement] {
            each_language(reader, &facts, &mut |language, draft| {
                let told = THEFT.iter().any(|says| draft.text.contains(says));
                assert_eq!(told, is_told, "{access}, {}: {}", language.tag, draft.text);
            });
        }
    }
    facts.insert("data_access".to_owned(), typed("data_access", "copied-likely"));
    let likely = write(Reader::People, None, &facts, false).text;
    assert!(likely.contains("As far as we know, data was first taken"), "{likely}");
}

/// An office of one place is told of a theft only if it concerns somebody there.
#[test]
fn the_theft_of_data_of_others_is_not_told_to_an_office_of_one_place() {
    let mut facts = everything("plain words");
    facts.insert("home_country".to_owned(), Value::Text("DE".to_owned()));
    facts.remove("acquisition_reasonably_believed");
    facts.remove("access_reasonably_believed");
    let groups = [
        group("ours-a", &["bank", "names-contact"], "DE 100", None),
        group("ours-b", &["health", "names-contact"], "US-NY 20", Some("reachable")),
    ];
    let mut seen = 0;
    each_duty(&facts, &mut |duty, reader| {
        let text = write_of(&groups, Language::english(), reader, Some(duty), &facts, false).text;
        if duty.duty.id == "us-ny.regulator" {
            assert!(!THEFT.iter().any(|says| text.contains(says)), "{text}");
            assert!(text.contains("What was done with the data: it could be reached"), "{text}");
            assert!(!text.contains("ours-"), "one group needs no name: {text}");
            seen += 1;
        }
    });
    assert_eq!(seen, 1);
}

#[test]
fn no_doubt_stands_beside_a_determination_that_says_the_opposite() {
    for (access, believed) in [
        ("reachable", "acquisition_reasonably_believed"),
        ("reachable", "access_reasonably_believed"),
        ("seen", "acquisition_reasonably_believed"),
    ] {
        let mut facts = everything("plain words");
        facts.remove("acquisition_reasonably_believed");
        facts.remove("access_reasonably_believed");
        facts.insert("data_access".to_owned(), typed("data_access", access));
        let doubts = |text: &str| DOUBT.iter().any(|says| text.contains(says));
        for reader in [Reader::People, Reader::Authority, Reader::Media] {
            each_language(reader, &facts, &mut |language, draft| {
                assert!(doubts(&draft.text), "{}: {}", language.tag, draft.text);
            });
        }
        facts.insert(believed.to_owned(), Value::YesNo(true));
        for reader in Reader::ALL {
            each_language(reader, &facts, &mut |language, draft| {
                assert!(!doubts(&draft.text), "{}, {reader:?}: {}", language.tag, draft.text);
            });
        }
    }
}

/// A determination about the incident makes nothing certain of a group that is on record as another case.
#[test]
fn what_is_determined_of_all_changes_nothing_on_record_of_a_group() {
    let mut facts = everything("plain words");
    facts.insert("data_access".to_owned(), typed("data_access", "copied-confirmed"));
    facts.remove("access_reasonably_believed");
    facts.insert("acquisition_reasonably_believed".to_owned(), Value::YesNo(true));
    for (own, less) in [("reachable", true), ("seen", true), ("copied-likely", false)] {
        let groups = [group("ours-b", &["health"], "DE 20", Some(own))];
        let write = |facts: &_| {
            write_of(&groups, Language::english(), Reader::People, None, facts, false).text
        };
        let text = write(&facts);
        assert!(!text.contains("reason to believe that somebody obtained"), "{own}: {text}");
        assert_eq!(text.contains("does the determination concern them"), less, "{own}: {text}");
        facts.insert("acquisition_reasonably_believed".to_owned(), Value::YesNo(false));
        assert!(!write(&facts).contains("does the determination concern them"), "{own}");
        facts.insert("acquisition_reasonably_believed".to_owned(), Value::YesNo(true));
    }
}

#[test]
fn words_that_say_more_or_less_than_is_certain_are_marked() {
    let mut facts = everything("plain words");
    facts.remove("acquisition_reasonably_believed");
    facts.remove("access_reasonably_believed");
    for (tag, theft, doubt) in [
        ("en", "Somebody copied data.", "There is no evidence that files were read."),
        ("en", "Part of the stolen names is public.", "We cannot tell."),
        ("en", "Data was exported.", "Nothing shows it."),
        ("de", "Die gestohlenen Kundendaten.", "Es gibt keine Belege dafür."),
        ("fr", "Des fichiers ont été volés.", "Aucun élément ne le montre."),
        ("es", "Se exportaron archivos.", "No hay pruebas de ello."),
        ("pt-BR", "Arquivos foram roubados.", "Não há evidências disso."),
        ("de", "Jemand hat Daten kopiert.", "Es gibt keine Belege dafür."),
        ("fr", "Quelqu’un a copié des données.", "Aucun élément ne le montre."),
        ("es", "Alguien copió datos.", "No hay pruebas de ello."),
        ("pt-BR", "Alguém copiou dados.", "Não há evidências disso."),
    ] {
        let language = languages().iter().find(|language| language.tag == tag).expect("held");
        let mut marked = |access: &str, account: &str| {
            facts.insert("data_access".to_owned(), typed("data_access", access));
            facts.insert("notice_account".to_owned(), Value::Text(account.to_owned()));
            let text = write_in(language, Reader::People, None, &facts, false).text;
            (text.contains("says that data was taken"), text.contains("does this doubt"))
        };
        assert_eq!(marked("reachable", theft), (true, false), "{tag}");
        assert_eq!(marked("copied-confirmed", theft), (false, false), "{tag}");
        assert_eq!(marked("copied-confirmed", doubt), (false, true), "{tag}");
    }
    let mut stolen = facts.clone();
    let laptop = "A laptop was stolen from an employee's car.".to_owned();
    stolen.insert("notice_account".to_owned(), Value::Text(laptop));
    stolen.insert("data_access".to_owned(), typed("data_access", "reachable"));
    let text = write(Reader::People, None, &stolen, false).text;
    assert!(!text.contains("says that data was taken"), "{text}");
}

/// Of several groups, agents and the public read one account.
#[test]
fn an_account_of_a_theft_is_marked_where_it_is_not_true_of_every_group() {
    let mut facts = everything("plain words");
    facts.remove("acquisition_reasonably_believed");
    facts.remove("access_reasonably_believed");
    facts.insert("notice_account".to_owned(), Value::Text("Somebody copied data.".to_owned()));
    for (own, is_marked) in [(None, false), (Some("reachable"), true), (Some("unknown"), true)] {
        let groups = [
            group("ours-a", &["bank"], "DE 100", None),
            group("ours-b", &["health"], "DE 20", own),
        ];
        for reader in [Reader::Media, Reader::Staff, Reader::Support] {
            let text = write_of(&groups, Language::english(), reader, None, &facts, false).text;
            assert_eq!(text.contains("certain of all of these people?"), is_marked, "{text}");
        }
    }
}

#[test]
fn the_same_data_of_others_says_so_where_less_is_certain_of_it() {
    let mut facts = everything("plain words");
    facts.remove("acquisition_reasonably_believed");
    facts.remove("access_reasonably_believed");
    facts.insert("data_classes".to_owned(), typed("data_classes", "bank, health, location"));
    let mut groups = [
        group("ours-a", &["bank", "health"], "DE 100", None),
        group("ours-b", &["bank", "location"], "DE 20", Some("reachable")),
    ];
    for reader in [Reader::Media, Reader::Staff] {
        let text = write_of(&groups, Language::english(), reader, None, &facts, false).text;
        let (copied, other) = text.split_once("Somebody could have read").expect("two lots");
        assert!(copied.contains("- bank account number\n"), "{text}");
        assert!(other.contains("- bank account number, of other people\n"), "{text}");
        assert!(!other.contains("where a person is or was, of other"), "{text}");
    }
    groups[0].alone = false;
    groups[1].alone = false;
    let text = write_of(&groups, Language::english(), Reader::Media, None, &facts, false).text;
    assert!(
        text.contains("- bank account number, of other people or of the same [CHECK"),
        "{text}"
    );
}

#[test]
fn what_became_of_the_data_is_told_or_asked_about() {
    let mut facts = everything("plain words");
    for (value, words) in [
        ("published", "public"),
        ("offered", "offered for sale or held to ransom"),
        ("used", "misused"),
    ] {
        facts.insert("data_published".to_owned(), typed("data_published", value));
        for reader in [Reader::Media, Reader::Staff, Reader::Support] {
            let text = write(reader, None, &facts, false).text;
            let asked = format!("on record, data is {words}: does this text say so");
            assert!(text.contains(&asked), "{reader:?}: {text}");
        }
        let text = of("us-hipaa.406", &facts).text;
        assert!(text.contains(&format!("on record, data is {words}")), "{text}");
        let text = write(Reader::People, None, &facts, false).text;
        assert!(text.contains(&format!("may it be said that data is {words}?")), "{text}");
        let silent = of("us-ma.individuals", &facts).text;
        assert!(!silent.contains(words), "{silent}");
    }
    facts.insert("data_published".to_owned(), typed("data_published", "no-sign"));
    let text = write(Reader::Media, None, &facts, false).text;
    assert!(!text.contains("on record, data is"), "{text}");
    // Of one group, too.
    let mut groups = [group("ours-a", &["bank"], "DE 100", None)];
    groups[0].published = Some("offered".to_owned());
    let text = write_of(&groups, Language::english(), Reader::Media, None, &facts, false).text;
    assert!(text.contains("on record, data is offered for sale"), "{text}");
}

#[test]
fn what_was_unavailable_is_available_again_only_if_the_record_says_so() {
    let mut facts = everything("plain words");
    let again =
        ["available again?", "WIEDER VERFÜGBAR?", "RÉTABLI", "VUELVEN A ESTARLO?", "JÁ VOLTOU?"];
    let is_asked = |draft: &Drafted| again.iter().any(|asks| draft.text.contains(asks));
    for reader in [Reader::People, Reader::Authority] {
        each_language(reader, &facts, &mut |language, draft| {
            assert!(!is_asked(&draft), "{}", draft.text);
            assert!(draft.text.matches("2026").count() > 1, "{}", language.tag);
        });
    }
    facts.remove("recovered_at");
    for reader in [Reader::People, Reader::Authority] {
        each_language(reader, &facts, &mut |language, draft| {
            assert!(is_asked(&draft), "{}: {}", language.tag, draft.text);
        });
    }
}

/// Its reader counts the period from then.
#[test]
fn who_counts_a_period_is_told_when_it_began_whatever_begins_it() {
    let facts = everything("plain words");
    let mut seen = std::collections::BTreeSet::new();
    each_duty(&facts, &mut |duty, reader| {
        let Clock::Fact { name, .. } = &duty.duty.clock else { return };
        if !matches!(reader, Reader::Authority | Reader::Acquirer) {
            return;
        }
        for given in [true, false] {
            let mut facts = facts.clone();
            // A day that no other fact has.
            facts.insert(name.clone(), typed(name, "2026-11-17"));
            if !given {
                facts.remove(name);
            }
            let draft = write(reader, Some(duty), &facts, false);
            let id = &duty.duty.id;
            if given {
                let told = ["on 17 November 2026", "on November 17, 2026"];
                assert!(told.iter().any(|day| draft.text.contains(day)), "{id}: {}", draft.text);
            } else {
                assert!(draft.missing.contains(name), "{id}: {name}");
            }
        }
        seen.insert(name.clone());
    });
    assert!(seen.len() > 15, "{seen:?}");
    let anpd = of("br-lgpd.anpd", &facts);
    let knew = anpd.required.iter().find(|one| one.words.contains("the controller knew"));
    assert_eq!(knew.expect("asked").standing, breach::notice::ItemState::Written);
}

/// In a place where nobody is affected, nothing of others is told.
#[test]
fn an_office_of_one_place_hears_only_of_the_people_there() {
    let mut facts = everything("plain words");
    facts.insert("home_country".to_owned(), Value::Text("DE".to_owned()));
    facts.insert("data_classes".to_owned(), typed("data_classes", "bank, health"));
    facts.insert("affected_groups".to_owned(), Value::List(vec!["all customers".to_owned()]));
    let groups = [
        group("ours-a", &["bank"], "DE 100", None),
        group("ours-b", &["health"], "DE 20, US-NY 5", Some("reachable")),
    ];
    facts.insert("people_affected".to_owned(), typed("people_affected", "DE 120, US-NY 5"));
    let mut seen = 0;
    each_duty(&facts, &mut |duty, reader| {
        let Some(place) = duty.regime.only_place() else { return };
        let is_elsewhere = !["DE", "EU", "EEA", "US-NY", "US"].contains(&place);
        if reader != Reader::Authority || !is_elsewhere {
            return;
        }
        let text = write_of(&groups, Language::english(), reader, Some(duty), &facts, false).text;
        for said in ["ours-a", "ours-b", "all customers", "it could be reached", "first taken"] {
            assert!(!text.contains(said), "{}, {said}: {text}", duty.duty.id);
        }
        seen += 1;
    });
    assert!(seen > 50, "{seen}");
}

/// A number of all places beside one of a place says what it counts.
#[test]
fn a_number_of_all_places_says_so_beside_that_of_one() {
    let mut facts = everything("plain words");
    facts.insert("persons_affected".to_owned(), typed("persons_affected", "9000"));
    facts.insert("people_told".to_owned(), typed("people_told", "5100"));
    facts.insert("people_affected".to_owned(), typed("people_affected", "US-NY 420, DE 8580"));
    let ny = of("us-ny.regulator", &facts).text;
    assert!(ny.contains("9,000 people in total, of these 420 (New York)"), "{ny}");
    assert!(ny.contains("told so far in all places: 5,100"), "{ny}");
    // A number that nobody knows is told as such, and the others are still of all places.
    facts.insert("people_affected".to_owned(), typed("people_affected", "US-NY unknown, DE 8580"));
    let unknown = of("us-ny.regulator", &facts).text;
    assert!(unknown.contains("in the place of this law is not known yet"), "{unknown}");
    assert!(unknown.contains("in all places: 5,100"), "{unknown}");
    // Where all of them are there, no number is told twice.
    facts.insert("persons_affected".to_owned(), typed("persons_affected", "420"));
    facts.insert("people_affected".to_owned(), typed("people_affected", "US-NY 420"));
    let ny = of("us-ny.regulator", &facts).text;
    assert!(ny.contains("affects 420 people (New York)"), "{ny}");
    assert!(!ny.contains("of these") && !ny.contains("all places"), "{ny}");
}

#[test]
fn no_number_is_unknown_in_the_middle_of_a_sentence() {
    let mut facts = everything("plain words");
    facts.insert("people_affected".to_owned(), typed("people_affected", "BR unknown, DE unknown"));
    for language in languages() {
        each_duty(&facts, &mut |duty, reader| {
            let id = &duty.duty.id;
            if !["br-lgpd.anpd", "eu-gdpr.33-1"].contains(&id.as_str()) {
                return;
            }
            let text = write_of(&[], language, reader, Some(duty), &facts, false).text;
            for said in
                ["of these unknown", "gilt: noch", "dont pas", "de ellos aún", "dos quais ainda"]
            {
                assert!(!text.contains(said), "{}: {text}", language.tag);
            }
        });
    }
}

#[test]
fn the_police_read_their_own_reference_and_card_brands_who_is_involved() {
    let facts = everything("plain words");
    let police = write(Reader::LawEnforcement, None, &facts, false);
    assert!(police.text.contains("Your reference: plain words"), "{}", police.text);
    assert!(police.used.contains(&"police_reference".to_owned()));
    let visa = of("card-visa.notify", &facts).text;
    for says in ["Merchant or agent: plain words", "Acquirer: [TO WRITE", "Contact for this case"] {
        assert!(visa.contains(says), "{says}: {visa}");
    }
    let none = write(Reader::LawEnforcement, None, &only(&[]), false).text;
    assert!(!none.contains("reference"), "{none}");
}

#[test]
fn a_right_is_told_as_its_law_has_it() {
    let facts = everything("plain words");
    let massachusetts = of("us-ma.individuals", &facts).text;
    assert!(massachusetts.contains("You have the right to obtain a police report."));
    let parent = "[TO WRITE: name of the parent or affiliated corporation, if there is one]";
    assert!(massachusetts.contains(parent), "{massachusetts}");
    let island = of("us-ri.individuals", &facts).text;
    assert!(island.contains("You can file a police report, or obtain one."), "{island}");
}

/// What was released for letters speaks to their readers, not to an office.
#[test]
fn words_for_the_people_affected_are_marked_where_somebody_else_reads_them() {
    let mut facts = everything("plain words");
    for (tag, words) in [
        ("en", "Others could write to you."),
        ("de", "Andere könnten Ihnen schreiben."),
        ("fr", "D’autres pourraient vous écrire."),
        ("es", "Otros podrían escribirle a usted."),
        ("pt-BR", "Outros poderiam escrever para você."),
    ] {
        facts.insert("likely_consequences".to_owned(), Value::Text(words.to_owned()));
        let language = languages().iter().find(|language| language.tag == tag).expect("held");
        for (reader, is_marked) in [(Reader::Authority, true), (Reader::People, false)] {
            let text = write_in(language, reader, None, &facts, false).text;
            assert_eq!(text.contains("this addresses the people"), is_marked, "{tag}: {text}");
        }
    }
    facts.insert("likely_consequences".to_owned(), Value::Text("Young people pay.".to_owned()));
    let text = write(Reader::Authority, None, &facts, false).text;
    assert!(!text.contains("this addresses the people"), "{text}");
}

/// What a law asks for and no fact says is a gap in the language of the notice.
#[test]
fn a_gap_is_in_the_language_of_its_notice() {
    let facts = everything("plain words");
    let mut seen = 0;
    for language in languages().iter().filter(|language| !language.is_english()) {
        each_duty(&facts, &mut |duty, reader| {
            let places = duty.regime.concerns.iter().flat_map(|concerns| concerns.jurisdictions());
            let is_spoken = places.into_iter().any(|place| language.is_of(place))
                || ["eu-nis2", "eu-dora", "eu-cra"].contains(&duty.regime.id.as_str())
                    && language.tag != "pt-BR";
            if !is_spoken || !language.speaks_to(reader) {
                return;
            }
            let text = write_of(&[], language, reader, Some(duty), &facts, false).text;
            for words in &duty.duty.content {
                let gap = format!("[TO WRITE: {words}]");
                assert!(!text.contains(&gap), "{} in {}: {words}", duty.duty.id, language.tag);
                seen += usize::from(text.contains("[TO WRITE: "));
            }
        });
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn what_nobody_knows_is_said_to_be_unknown_in_every_language() {
    let mut facts = everything("plain words");
    facts.insert("data_published".to_owned(), Value::Unknown);
    facts.insert("data_access".to_owned(), typed("data_access", "copied-confirmed"));
    facts.remove("theft_to");
    facts.insert("scope_unknowns".to_owned(), Value::List(vec!["qqq".to_owned()]));
    for (tag, last) in [
        ("en", "When it was last taken is not known yet"),
        ("de", "Wann zuletzt, ist noch nicht bekannt"),
        ("fr", "on ne sait pas encore quand elles l’ont été pour la dernière fois"),
        ("es", "aún no se sabe cuándo fue la última"),
        ("pt-BR", "ainda não se sabe quando foi a última vez"),
    ] {
        let language = languages().iter().find(|language| language.tag == tag).expect("held");
        let text = write_in(language, Reader::Authority, None, &facts, false).text;
        let unknown = &language.at(None).form.unknown;
        assert!(text.contains(&format!(": {unknown}.")), "{tag}: {text}");
        assert!(text.contains(last), "{tag}: {text}");
        assert!(text.contains("- qqq") && text.contains("[CHECK"), "{tag}: {text}");
        let letter = write_in(language, Reader::People, None, &facts, false).text;
        assert!(!letter.contains("qqq"), "{tag}: {letter}");
    }
}

#[test]
fn whoever_had_a_password_that_was_reset_is_not_told_to_change_it_with_us() {
    let mut facts = everything("plain words");
    facts.insert("data_classes".to_owned(), typed("data_classes", "credentials"));
    for (tag, reset, change) in [
        ("en", "We have reset your password", "Change your password with us"),
        ("de", "Wir haben Ihr Passwort bei uns zurückgesetzt", "Ändern Sie Ihr Passwort"),
        ("fr", "Nous avons réinitialisé votre mot de passe", "Changez votre mot de passe"),
        ("es", "Hemos restablecido su contraseña", "Cambie su contraseña"),
        ("pt-BR", "Redefinimos sua senha", "Troque sua senha"),
    ] {
        let language = languages().iter().find(|language| language.tag == tag).expect("held");
        for is_reset in [true, false] {
            facts.insert("passwords_reset".to_owned(), Value::YesNo(is_reset));
            let text = write_in(language, Reader::People, None, &facts, false).text;
            assert_eq!(text.contains(reset), is_reset, "{tag}: {text}");
            assert_eq!(text.contains(change), !is_reset, "{tag}: {text}");
            // Some laws ask for that advice in words of their own.
            let asked = in_language("us-il.individuals", language, &facts);
            let now = [" now, ", " jetzt, ", "maintenant", " ahora ", " agora, "];
            let is_now = now.iter().any(|now| asked.contains(now));
            assert_eq!(is_now, !is_reset, "{tag}: {asked}");
        }
    }
}

/// A law that forbids an account of what happened forbids it in every language.
#[test]
fn what_a_law_keeps_silent_is_not_said_in_another_language() {
    let mut facts = everything("plain words");
    for access in ["copied-confirmed", "copied-likely", "seen", "reachable"] {
        facts.insert("data_access".to_owned(), typed("data_access", access));
        for language in languages() {
            let says = |id: &str| in_language(id, language, &facts);
            let account = says("us-ca.individuals");
            let account = ["following", "folgende", "suivantes", "siguientes", "a seguir"]
                .iter()
                .find_map(|word| account.lines().find(|line| line.to_lowercase().contains(word)))
                .unwrap_or_else(|| panic!("{}: {account}", language.tag));
            let silent = says("us-ma.individuals");
            assert!(!silent.contains(account), "{access}, {}: {silent}", language.tag);
        }
    }
}

/// The letter of a duty in a language.
fn in_language(
    id: &str,
    language: &Language,
    facts: &std::collections::BTreeMap<String, Value>,
) -> String {
    let mut text = None;
    each_duty(facts, &mut |duty, reader| {
        if duty.duty.id == id {
            text = Some(write_in(language, reader, Some(duty), facts, false).text);
        }
    });
    text.unwrap_or_else(|| panic!("{id}"))
}

/// A word in which a class hides is a sign of it, in every language.
#[test]
fn a_text_speaks_of_a_class_in_the_words_of_its_language() {
    for (tag, class, words) in [
        ("en", "bank", &["false direct debits", "their bank details"][..]),
        ("en", "employment", &["copied personnel files"]),
        ("de", "card-number", &["Abbuchungen von Zahlungskarten", "Nummern von Kreditkarten"]),
        ("de", "bank", &["unberechtigte Lastschriften"]),
        ("de", "employment", &["Dateien mit Personalakten"]),
        ("fr", "bank", &["de faux prélèvements"]),
        ("fr", "employment", &["des dossiers du personnel"]),
        ("es", "bank", &["domiciliaciones falsas"]),
        ("es", "health", &["diagnósticos"]),
        ("pt-BR", "bank", &["débitos e dados bancários"]),
        ("pt-BR", "health", &["cópias de prontuários"]),
    ] {
        let language = languages().iter().find(|language| language.tag == tag).expect("held");
        let class = breach::notice::classes().iter().find(|one| one.id == class).expect("held");
        for text in words {
            assert!(language.speaks_of(class, text), "{tag}, {}: {text}", class.id);
        }
    }
}
