//! The answers in a form are in its language, and of the places of which it asks.

use breach::fact::{Value, Vocabulary, names};
use breach::notice::{Field, forms, languages};

/// The fields of all forms, each with the language and the id of its form.
fn fields() -> impl Iterator<Item = (&'static str, &'static str, &'static Field)> {
    forms().iter().flat_map(|form| {
        let fields = form.sections.iter().flat_map(|section| &section.fields);
        fields.map(|field| (&*form.language, &*form.id, field))
    })
}

#[test]
fn a_form_has_words_of_its_language_for_everything_that_is_chosen() {
    let mut wordless = Vec::new();
    for language in languages() {
        for (_, form, field) in fields().filter(|(tag, ..)| *tag == language.tag) {
            let facts = field.facts.iter().filter(|name| *name != names::DATA_CLASSES);
            for fact in facts.filter_map(|name| Vocabulary::builtin().get(name)) {
                let chosen = fact.options.iter().map(|option| Value::Choice(option.id.clone()));
                let answers = [true, false].map(Value::YesNo);
                for value in chosen.chain(answers) {
                    if language.at(None).show(fact, &value, false).is_none() {
                        wordless.push(format!("{form}: {}: {value:?}", fact.name));
                    }
                }
            }
        }
    }
    assert!(wordless.is_empty(), "{}", wordless.join("\n"));
}

#[test]
fn who_asks_for_places_of_one_union_says_of_which() {
    let of_union = |text: &str| ["Member State", "EEA"].iter().any(|union| text.contains(union));
    let mut seen = 0;
    for (_, form, field) in fields() {
        let asks = of_union(&field.label) || field.note.as_deref().is_some_and(of_union);
        if asks && field.facts.iter().any(|name| name == names::PEOPLE_AFFECTED) {
            assert_eq!(field.within.as_deref(), Some("EEA"), "{form}: {}", field.label);
            seen += 1;
        }
    }
    assert!(seen > 3, "{seen}");
}

#[test]
fn money_and_places_are_written_as_the_reader_writes_them() {
    let vocabulary = Vocabulary::builtin();
    for (tag, money, place) in [
        ("en", "EUR 12,500.50", "Germany 40"),
        ("de", "12.500,50 EUR", "Deutschland: 40"),
        ("fr", "12\u{202f}500,50 EUR", "Allemagne\u{a0}: 40"),
        ("es", "12.500,50 EUR", "Alemania: 40"),
        ("pt-BR", "EUR 12.500,50", "Alemanha: 40"),
    ] {
        let language = languages().iter().find(|language| language.tag == tag).expect("held");
        for (name, typed, says) in
            [("cost_so_far", "EUR 12500.50", money), (names::PEOPLE_AFFECTED, "DE 40", place)]
        {
            let fact = vocabulary.get(name).expect("a fact");
            let shown = language.at(None).show(fact, &super::typed(name, typed), false);
            assert_eq!(shown.as_deref(), Some(says), "{tag}");
        }
    }
}
