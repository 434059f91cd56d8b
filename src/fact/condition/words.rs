//! A condition in words, for readers on paper.

use super::{Condition, Node, Number, Order};
use crate::fact::vocabulary::Vocabulary;

impl Condition {
    /// It in words, with the ids of options: `Platforms: aws, gcp or azure`,
    /// `Card data taken: yes, and Severity: not minor`.
    pub fn words(&self, vocabulary: &Vocabulary) -> String {
        self.0.root.words(vocabulary, true, false)
    }
}

impl Node {
    /// In words that it holds, or that it does not; in parentheses where it has parts and is one.
    fn words(&self, vocabulary: &Vocabulary, holds: bool, is_part: bool) -> String {
        let is = |name: &str, of: &str, says: &str| {
            let title = vocabulary.get(name).map_or(name, |fact| &fact.title);
            format!("{title}{of}: {says}")
        };
        let not = if holds { "" } else { "not " };
        match self {
            Self::Not(node) => node.words(vocabulary, !holds, is_part),
            Self::Any(nodes) | Self::All(nodes) => {
                let any = matches!(self, Self::Any(_)) == holds;
                let alike = |one: &Self, next: &Self| any && holds && one.is_like(next);
                let parts: Vec<String> = nodes
                    .chunk_by(alike)
                    .map(|nodes| match nodes {
                        [Self::Holds(name, _), _, ..] => {
                            let options: Vec<&str> =
                                nodes.iter().filter_map(Self::option).collect();
                            is(&name.text, "", &either(&options))
                        }
                        _ => nodes[0].words(vocabulary, holds, true),
                    })
                    .collect();
                let text = parts.join(if any { ", or " } else { ", and " });
                if is_part && parts.len() > 1 { format!("({text})") } else { text }
            }
            Self::Is(name) => is(&name.text, "", if holds { "yes" } else { "no" }),
            Self::OneOf(name, options) => is(&name.text, "", &format!("{not}{}", either(options))),
            Self::Holds(name, option) => is(&name.text, "", &format!("{not}{option}")),
            Self::Compare(name, number, order, limit) => {
                let of = match number {
                    Number::Jurisdiction(code) => format!(" ({code})"),
                    Number::Itself | Number::Len | Number::Total => String::new(),
                };
                let says = match (order, holds) {
                    (Order::Equal, _) => format!("{not}{limit}"),
                    (Order::Less, true) => format!("less than {limit}"),
                    (Order::Less, false) => format!("{limit} or more"),
                    (Order::AtMost, true) => format!("at most {limit}"),
                    (Order::AtMost, false) => format!("more than {limit}"),
                };
                is(&name.text, &of, &says)
            }
        }
    }

    /// Whether both ask for an option of the same fact.
    fn is_like(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Holds(one, _), Self::Holds(two, _)) if one.text == two.text)
    }

    fn option(&self) -> Option<&str> {
        match self {
            Self::Holds(_, option) => Some(option),
            _ => None,
        }
    }
}

/// `a`, `a or b`, `a, b or c`.
fn either<S: AsRef<str>>(options: &[S]) -> String {
    let options: Vec<&str> = options.iter().map(AsRef::as_ref).collect();
    match options.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{} or {last}", most.join(", ")),
        options => options.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_reads_like_a_sentence() {
        let vocabulary = Vocabulary::builtin();
        for (source, words) in [
            ("cards_taken", "Card data taken: yes"),
            ("not cards_taken", "Card data taken: no"),
            (
                "'aws' in platforms or 'gcp' in platforms or 'azure' in platforms",
                "Platforms: aws, gcp or azure",
            ),
            (
                "not ('aws' in platforms or 'gcp' in platforms)",
                "Platforms: not aws, and Platforms: not gcp",
            ),
            (
                "severity != 'minor' and (cards_taken or 'aws' in platforms)",
                "Severity: not minor, and (Card data taken: yes, or Platforms: aws)",
            ),
            ("how_noticed in ['press', 'partner']", "How it was noticed: press or partner"),
            ("people_affected['US'] > 0", "People by jurisdiction (US): more than 0"),
            ("hosts_affected.count >= 2", "Affected hosts: 2 or more"),
        ] {
            let condition = Condition::parse(source, vocabulary).expect(source);
            assert_eq!(condition.words(vocabulary), words);
        }
    }
}
