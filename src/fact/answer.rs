//! Reads what a person answers to a question.

use chrono_tz::TZ_VARIANTS;

use super::count::count;
use super::definition::Fact;
use super::kind::FactType;
use super::length::length;
use super::list::{hosts_only, list};
use super::names;
use super::understood::Understood;
use super::unsaid::{does_not_apply, is_none, is_not_yet, is_unknown};
use super::value::{Basis, Count, Money, People, Value, When};
use crate::clock::Clock;
use crate::document::nearest;
use crate::wording;

/// What an item is called that is a name on the network, and no page.
const DOMAIN: &str = "domain";

impl Fact {
    /// Reads an answer; `zone` resolves local times and "now". What could have been meant otherwise
    /// is remarked.
    ///
    /// # Errors
    /// A hint for the person who answered: what to write instead.
    pub fn parse(&self, answer: &str, zone: &dyn Clock) -> Result<Understood<Value>, String> {
        let answer = answer.trim();
        // `unclear` may be one of the options.
        let is_option = self.options.iter().any(|option| option.id.eq_ignore_ascii_case(answer));
        if is_unknown(answer) && !is_option {
            return Ok(Understood::plainly(Value::Unknown));
        }
        if answer.is_empty() {
            return Err(format!("answer {}", self.form()));
        }
        let never = self.kind == FactType::Time && answer.eq_ignore_ascii_case("never");
        if self.takes_none() && (never || does_not_apply(answer)) {
            return Ok(Understood::plainly(Value::None));
        }
        if self.kind == FactType::Time && is_not_yet(answer) {
            let remarks = vec!["No time yet: it stays unknown until one is given.".to_owned()];
            return Ok(Understood { value: Value::Unknown, remarks });
        }
        let none = is_none(answer);
        let value = match self.kind {
            FactType::YesNo if is_none(answer) => Some(Value::YesNo(false)),
            FactType::YesNo => yes_no(answer).map(Value::YesNo),
            FactType::Count if none => Some(Value::Count(Count { n: 0, basis: Basis::Exact })),
            FactType::Count => match count(answer, self.of.as_deref()) {
                None => return Err(Count::dotted(answer).unwrap_or_else(|| self.hint(answer))),
                count => count.map(Value::Count),
            },
            FactType::Text if self.name == names::ENTITY_ZONE => {
                Some(Value::Text(zone_of(answer)?))
            }
            FactType::Text => Some(Value::Text(answer.to_owned())),
            FactType::List if none => Some(Value::List(Vec::new())),
            // Somebody who says no has not said that nothing was found.
            FactType::List if yes_no(answer).is_some() => None,
            FactType::List => {
                let mut items = list(answer, self.phrases).ok_or_else(|| self.hint(answer))?;
                if self.item.as_deref() == Some(DOMAIN) {
                    hosts_only(&mut items);
                }
                return Ok(items.map(Value::List));
            }
            FactType::Choice => Some(Value::Choice(self.choice(answer)?)),
            FactType::Choices if none => Some(Value::Choices(Vec::new())),
            FactType::Choices => Some(Value::Choices(self.choices(answer)?)),
            FactType::Time if self.asking.to_come => {
                return Ok(When::coming(answer, zone)?.map(Value::Time));
            }
            FactType::Time => {
                // As the moment of a late entry is written.
                let time = When::parse(answer.strip_prefix('@').unwrap_or(answer), zone);
                return match time {
                    Ok(time) => Ok(time.map(Value::Time)),
                    Err(hint) => Err(format!("`{}`; {hint}", named(answer))),
                };
            }
            FactType::Duration => length(answer).map(Value::Duration),
            FactType::Money => match Money::parse(answer) {
                None => return Err(Money::hint(answer).unwrap_or_else(|| self.hint(answer))),
                money => money.map(Value::Money),
            },
            FactType::Place => return Ok(super::place::alone(answer)?.map(Value::Text)),
            FactType::People if none => Some(Value::People(People::default())),
            FactType::People => return Ok(People::parse(answer)?.map(Value::People)),
        };
        let value = value.ok_or_else(|| self.hint(answer))?;
        let remarks = match value {
            Value::Count(Count { n, basis: Basis::About }) => {
                vec![format!("Where a number decides, about {n} counts as {n}.")]
            }
            _ => Vec::new(),
        };
        Ok(Understood { value, remarks })
    }

    /// How to answer, on one line: "yes, no or unknown". It follows the word "answer".
    pub fn form(&self) -> String {
        let form = match self.kind {
            FactType::YesNo => "yes, no",
            FactType::Count => "a number, \"about 500\", \"at most 500\", \"at least 500\"",
            FactType::Text => "in your own words",
            FactType::List if self.phrases => "phrases separated by semicolons, none",
            FactType::List => "names separated by commas, none",
            FactType::Choice => "with one of the options by name or number",
            FactType::Choices => "with options by name or number, separated by commas, none",
            FactType::Time if self.asking.to_come => {
                "a time such as tomorrow 14:00, monday 9am, 2026-11-24 09:00"
            }
            FactType::Time => "a time such as 02:40, yesterday 23:10, 2026-11-23 02:40, 3h ago",
            FactType::Place => "a country or region, by name or code such as IE or US-CA",
            FactType::Duration => "a length such as 20m, 2h, 3d",
            FactType::Money => "an amount such as EUR 1200.50",
            FactType::People => "numbers by country or region, such as DE 1200, US-CA about 300",
        };
        let none = if self.none && !form.ends_with("none") { ", none" } else { "" };
        format!("{form}{none} or unknown")
    }

    /// Whether `none` answers it.
    pub fn may_be_none(&self) -> bool {
        self.takes_none() || self.kind.has_items() || self.kind == FactType::People
    }

    /// Whether `none` is a value of its own: nobody means it as the words of a text.
    pub(super) fn takes_none(&self) -> bool {
        let is_text = self.kind == FactType::Text && self.name != names::ENTITY_ZONE;
        self.none || is_text
    }

    pub(super) fn hint(&self, answer: &str) -> String {
        format!("`{}`; answer {}", named(answer), self.form())
    }
}

/// What was answered, short enough to be said back.
pub(super) fn named(answer: &str) -> String {
    wording::clip(answer.lines().next().unwrap_or_default(), 40)
}

/// The name of a time zone as the database has it: by its name, or by the name of its city alone.
fn zone_of(answer: &str) -> Result<String, String> {
    let names = || TZ_VARIANTS.iter().map(|zone| zone.name());
    if let Some(name) = names().find(|name| name.eq_ignore_ascii_case(answer)) {
        return Ok(name.to_owned());
    }
    let city = answer.trim().replace(' ', "_");
    let of =
        |name: &&str| name.rsplit('/').next().is_some_and(|own| own.eq_ignore_ascii_case(&city));
    let near =
        names().filter(|name| name.contains('/')).find(of).or_else(|| nearest(answer, names()));
    Err(match near {
        Some(near) => format!("`{answer}` is not a time zone: did you mean `{near}`?"),
        None => format!(
            "`{answer}` is not a time zone: answer a name from the time zone database, such as \
             Europe/Dublin, or unknown"
        ),
    })
}

pub(super) fn yes_no(answer: &str) -> Option<bool> {
    match &*answer.to_ascii_lowercase() {
        "y" | "yes" | "yeah" | "yep" => Some(true),
        "n" | "no" | "nope" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::FactOption;

    fn fact(kind: FactType) -> Fact {
        let option =
            |id: &str| FactOption { id: id.to_owned(), title: id.to_uppercase(), next: None };
        Fact {
            name: "x".to_owned(),
            title: "X".to_owned(),
            ask: "X?".to_owned(),
            kind,
            item: None,
            of: (kind == FactType::Count).then(|| "transactions".to_owned()),
            phrases: false,
            help: None,
            determination: false,
            none: false,
            options: vec![option("web"), option("supplier"), option("supply-chain")],
            asking: crate::fact::Asking::default(),
            telling: crate::fact::Telling::default(),
        }
    }

    fn shown(kind: FactType, answer: &str) -> Result<String, String> {
        let noon = chrono::DateTime::from_timestamp(1_795_435_200, 0).expect("a real moment");
        let zone = crate::clock::FakeClock::new(noon, chrono::Offset::fix(&chrono::Utc));
        let fact = fact(kind);
        fact.parse(answer, &zone).map(|understood| understood.value.show(Some(&fact)))
    }

    #[test]
    fn numbers_keep_their_basis() {
        for (answer, expected) in [
            ("380000", "380000 transactions"),
            ("380,000 transactions", "380000 transactions"),
            ("380 000", "380000 transactions"),
            ("~380000", "about 380000 transactions"),
            ("About 1 transaction", "about 1 transaction"),
            ("up to 5", "at most 5 transactions"),
            ("more than 5", "at least 5 transactions"),
            ("400k", "about 400000 transactions"),
            ("at least 1.25 million", "at least 1250000 transactions"),
            ("0.4m transactions", "about 400000 transactions"),
            ("?", "unknown"),
        ] {
            assert_eq!(shown(FactType::Count, answer).as_deref(), Ok(expected), "{answer}");
        }
        for bad in [
            "",
            "many",
            "3,80",
            "38,00000",
            "380.000",
            "-5",
            "1e5",
            "99999999999999999999",
            "k",
            "1.k",
            "1.2345k",
            "99999999999999999m",
        ] {
            assert!(shown(FactType::Count, bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn choices_are_named_or_numbered() {
        assert_eq!(shown(FactType::Choice, "WEB").as_deref(), Ok("WEB"));
        assert_eq!(shown(FactType::Choice, "supplier").as_deref(), Ok("SUPPLIER"));
        assert_eq!(shown(FactType::Choice, "3").as_deref(), Ok("SUPPLY-CHAIN"));
        assert_eq!(
            shown(FactType::Choice, "supp"),
            Err("`supp` fits 2 supplier, 3 supply-chain; type a number".to_owned())
        );
        assert_eq!(shown(FactType::Choices, "web, CHAIN").as_deref(), Ok("WEB, SUPPLY-CHAIN"));
        let strange = shown(FactType::Choice, "phish").expect_err("none of them");
        assert!(strange.starts_with("`phish`; answer with one of the options"), "{strange}");
        assert_eq!(shown(FactType::Choice, "4"), Err("answer a number from 1 to 3".to_owned()));
        assert_eq!(shown(FactType::Choices, "1, web supplier").as_deref(), Ok("WEB, SUPPLIER"));
        assert_eq!(
            shown(FactType::Choices, "1-2 and 3").as_deref(),
            Ok("WEB, SUPPLIER, SUPPLY-CHAIN")
        );
        assert!(shown(FactType::Choices, "2-9").is_err());
        assert_eq!(
            shown(FactType::Choices, "supply chain, web").as_deref(),
            Ok("SUPPLY-CHAIN, WEB")
        );
        assert_eq!(shown(FactType::Choice, "Supply chain").as_deref(), Ok("SUPPLY-CHAIN"));
        assert_eq!(shown(FactType::Choices, "none").as_deref(), Ok("none"));
        let slip = shown(FactType::Choice, "suplier").expect_err("a slip");
        assert!(slip.ends_with("did you mean supplier?"), "{slip}");
    }

    #[test]
    fn lists_drop_what_is_said_twice() {
        assert_eq!(
            shown(FactType::List, "web-01; web-02, web-01,").as_deref(),
            Ok("web-01, web-02")
        );
        assert_eq!(shown(FactType::List, "\"Smith, J\", Lee").as_deref(), Ok("Smith, J, Lee"));
        assert_eq!(shown(FactType::List, "-").as_deref(), Ok("none"));
        assert!(shown(FactType::List, "\"open").is_err());
        for (answer, names) in [
            ("web-1 web-2", "web-1, web-2"),
            ("web-1 and web-2, db-1", "web-1, web-2, db-1"),
            ("srv-1 to srv-3", "srv-1, srv-2, srv-3"),
            ("srv-1 to srv-3 and db-7", "srv-1, srv-2, srv-3, db-7"),
            ("customer database", "customer database"),
            ("disk of web-1", "disk of web-1"),
            ("\"web-1 web-2\"", "web-1 web-2"),
        ] {
            assert_eq!(shown(FactType::List, answer).as_deref(), Ok(names), "{answer}");
        }
    }

    #[test]
    fn none_is_an_answer_where_the_fact_allows_it() {
        let utc = chrono::Offset::fix(&chrono::Utc);
        let zone = crate::clock::FakeClock::new(chrono::DateTime::UNIX_EPOCH, utc);
        for kind in [FactType::Text, FactType::Time, FactType::Choice, FactType::List] {
            let fact = Fact { none: true, ..fact(kind) };
            for answer in ["None", " n/a ", "does not apply", "-"] {
                let value = fact.parse(answer, &zone).expect("an answer").value;
                assert_eq!(value, Value::None, "{answer}");
                assert_eq!(value.show(Some(&fact)), "none");
            }
            assert_eq!(fact.form().matches("none").count(), 1, "{}", fact.form());
        }
        assert!(shown(FactType::Time, "none").is_err());
        assert_eq!(shown(FactType::Text, "none").as_deref(), Ok("none"));
    }

    #[test]
    fn every_type_can_be_unknown() {
        for kind in [FactType::YesNo, FactType::Text, FactType::Time, FactType::People] {
            assert_eq!(shown(kind, " Don\u{2019}t know ").as_deref(), Ok("unknown"));
        }
        assert_eq!(
            shown(FactType::YesNo, "maybe"),
            Err("`maybe`; answer yes, no or unknown".to_owned())
        );
    }
}
