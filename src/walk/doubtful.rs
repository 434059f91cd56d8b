//! What is asked back of an answer once: items that read like remarks, files, twins and pairs.

use super::people::is_of;
use super::{Act, Walk};
use crate::fact::names::{INCIDENT_COMMANDER, POSTMORTEM_MODERATOR};
use crate::fact::{Fact, FactType, Value, begins_unknown};
use crate::incident::Incident;

impl Walk<'_> {
    /// Asks back for an item that may not be what was meant.
    pub(super) fn doubt_item(
        &self,
        incident: &Incident,
        fact: &Fact,
        (value, line): (&Value, &str),
    ) -> Option<Act> {
        // What stands in quotes is one.
        let is_quoted = line.contains('"');
        self.doubt_file(fact, value)
            .or_else(|| self.doubt_word(incident, fact, value))
            .or_else(|| self.doubt_remark(incident, fact, value))
            .or_else(|| self.doubt_pair(incident, fact, value).filter(|_| !is_quoted))
            .or_else(|| self.doubt_twin(incident, fact, value))
            .or_else(|| self.doubt_unsaid(value))
            .or_else(|| self.doubt_moderator(incident, fact, value))
    }

    /// Asks back where whoever led the response is to moderate its review.
    fn doubt_moderator(&self, incident: &Incident, fact: &Fact, value: &Value) -> Option<Act> {
        let Value::Text(moderator) = value else { return None };
        let Some(Value::Text(led)) = incident.fact_value(INCIDENT_COMMANDER) else { return None };
        let is_same = fact.name == POSTMORTEM_MODERATOR && is_of(moderator, led);
        (is_same && self.patient).then(|| {
            Act::Refuse(format!(
                "{led} led the response, and a moderator should not have. The same answer again takes it all \
                 the same."
            ))
        })
    }

    /// Asks back for a text that begins by saying that nobody knows, `no idea, Jonas knows`, or with `me`.
    fn doubt_unsaid(&self, value: &Value) -> Option<Act> {
        let Value::Text(text) = value else { return None };
        let first = text.split([',', ';', ' ']).next().unwrap_or_default();
        if self.patient && self.own_name(first) != first && text.contains([',', ';', '-']) {
            let own = self.own_name(first);
            return Some(Act::Refuse(format!(
                "For {own}, type `{first}` alone; n at the step keeps the rest as a note. The same answer \
                 again is kept word for word."
            )));
        }
        let words = begins_unknown(text).filter(|_| self.patient)?;
        Some(Act::Refuse(format!(
            "`{words}` says that nobody knows. Type unknown to leave it open; n at the step keeps a note. \
             The same answer again is kept word for word."
        )))
    }

    /// Asks back for an item that says how many there are, or when, and names none.
    fn doubt_word(&self, incident: &Incident, fact: &Fact, value: &Value) -> Option<Act> {
        const MANY: [&str; 22] = [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "some",
            "several",
            "many",
            "few",
            "a few",
            "most",
            "all",
            "all of them",
            "every",
            "both",
            "everything",
            "various",
        ];
        let known = incident.fact_value(&fact.name).and_then(Value::items).unwrap_or_default();
        let is_listed = |item: &str| known.iter().any(|known| known == item);
        let names_none = |item: &&String| {
            let number = item.chars().all(|c| c.is_ascii_digit() || c == ':');
            let lower = item.to_lowercase();
            (number || MANY.contains(&&*lower)) && !is_listed(item)
        };
        let of_names = self.patient && fact.kind == FactType::List;
        let item = value.items().filter(|_| of_names)?.iter().find(names_none)?;
        Some(Act::Refuse(format!(
            "`{item}` names nothing, and this asks for names. The same answer again lists it as it is."
        )))
    }

    /// Asks back for an item that reads like a remark or a correction, and not like a name: `no`, `only
    /// web-02`, `not sure about web-02`, `three: web-02`.
    fn doubt_remark(&self, incident: &Incident, fact: &Fact, value: &Value) -> Option<Act> {
        let known = incident.fact_value(&fact.name).and_then(Value::items).unwrap_or_default();
        let items = value.items().filter(|_| self.patient && fact.kind == FactType::List)?;
        let is_listed = |word: &str, of: &String| {
            let is_it = |item: &String| item == word && item != of;
            word.contains(|c: char| c.is_ascii_digit()) && known.iter().chain(items).any(is_it)
        };
        let is_remark = |item: &&String| {
            let lower = item.to_lowercase();
            let trimmed = |word| str::trim_matches(word, ['.', ',', ':', '!', '?', '(', ')']);
            let words: Vec<&str> = lower.split_whitespace().map(trimmed).collect();
            let joins = [" and ", " & "].iter().any(|and| lower.contains(and));
            let begins = words.first().is_some_and(|word| REMARKS.contains(word));
            let of = fact.item.as_deref().unwrap_or_default();
            let has_digit = lower.contains(|c: char| c.is_ascii_digit());
            let is_torn = match of {
                "host" => {
                    lower.contains(' ') && has_digit
                        || words.len() > 2
                        || lower.contains(['{', '}'])
                        || !lower.contains(char::is_alphanumeric)
                }
                "domain" => lower.contains(' '),
                // Whoever has no address at hand calls a page `card form`.
                "page" => lower.contains(' ') && lower.contains('/'),
                _ => false,
            };
            let ends = words.last().is_some_and(|word| ["first", "last", "later"].contains(word));
            begins
                || is_torn
                || lower.starts_with('-')
                || ends && words.len() > 1
                || words.iter().any(|word| WITHIN.contains(word))
                || lower.contains(": ")
                || joins && lower.contains('(')
                || words.len() > 1 && item.split_whitespace().any(|word| is_listed(word, item))
        };
        let item =
            items.iter().filter(|item| !fact.phrases && !known.contains(item)).find(is_remark)?;
        Some(Act::Refuse(format!(
            "`{item}` reads like a remark, not like a name. + adds names, - takes them off; the same answer \
             again lists it as it is."
        )))
    }

    /// Asks back for an item that may be two.
    fn doubt_pair(&self, incident: &Incident, fact: &Fact, value: &Value) -> Option<Act> {
        let known = incident.fact_value(&fact.name).and_then(Value::items).unwrap_or_default();
        let items = value.items().filter(|_| self.patient && fact.kind == FactType::List)?;
        let is_pair = |item: &&String| [" and ", " & "].iter().any(|and| item.contains(and));
        let new = |item: &&String| !fact.phrases && !known.contains(item);
        let item = items.iter().filter(new).find(is_pair)?;
        Some(Act::Refuse(format!(
            "`{item}` would be one {}. For two, put a comma between them; the same answer again lists it as \
             one.",
            fact.item.as_deref().unwrap_or("item")
        )))
    }

    /// Asks back for an item that differs from one on the list by capitals only, or by a domain.
    fn doubt_twin(&self, incident: &Incident, fact: &Fact, value: &Value) -> Option<Act> {
        let known = incident.fact_value(&fact.name).and_then(Value::items)?;
        let is_plain = self.patient && fact.kind == FactType::List && !fact.phrases;
        let short = |item: &str| item.split('.').next().unwrap_or_default().to_lowercase();
        let is_twin = |one: &str, other: &str| {
            let is_short = |item: &str| !item.contains('.');
            one.to_lowercase() == other.to_lowercase()
                || (is_short(one) || is_short(other)) && short(one) == short(other)
        };
        let new = value.items()?.iter().filter(|item| is_plain && !known.contains(item));
        let mut twins =
            new.filter_map(|item| Some((item, known.iter().find(|known| is_twin(known, item))?)));
        let (item, known) = twins.next()?;
        Some(Act::Refuse(format!(
            "`{item}` may be {known}, which is listed. The same answer again lists both."
        )))
    }

    /// Asks back for an item that is a file here, or is called like one. Who says it again means it.
    fn doubt_file(&self, fact: &Fact, value: &Value) -> Option<Act> {
        let file = fact.file_among(value, &|item| self.files.contains(item));
        let file = file.filter(|_| self.patient)?;
        let item = fact.item.as_deref().unwrap_or("item");
        Some(Act::Refuse(format!(
            "`{file}` is the name of a file. To list what is in it, paste its lines; the same answer again \
             lists the name itself as {} {item}.",
            if item.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
        )))
    }
}

/// Words that begin a remark, and hardly a name.
const REMARKS: [&str; 60] = [
    "no",
    "not",
    "none",
    "sorry",
    "wait",
    "only",
    "just",
    "actually",
    "oh",
    "except",
    "all",
    "without",
    "yes",
    "ok",
    "maybe",
    "perhaps",
    "probably",
    "possibly",
    "correction",
    "also",
    "plus",
    "then",
    "it",
    "we",
    "i",
    "they",
    "there",
    "hm",
    "please",
    "make",
    "remove",
    "add",
    "nobody",
    "nothing",
    "and",
    "thats",
    "that's",
    "that",
    "which",
    "so",
    "as",
    "but",
    "or",
    "if",
    "because",
    "still",
    "mostly",
    "others",
    "more",
    "found",
    "seen",
    "saw",
    "reported",
    "told",
    "said",
    "says",
    "confirmed",
    "according",
    "checked",
    "looks",
];

/// Words that a remark has, and hardly a name.
const WITHIN: [&str; 19] = [
    "is", "are", "was", "were", "not", "only", "too", "maybe", "probably", "sure", "yet", "also",
    "sorry", "please", "same", "know", "think", "guess", "etc",
];
