//! What a comparison means for the type of its fact, or that it means nothing.

use std::ops::Range;

use super::answers::Name;
use super::lex::{CONDITION, Token, mistake};
use super::{Mistake, Node, Number, Order};
use crate::document::did_you_mean;
use crate::fact::definition::Fact;
use crate::fact::kind::FactType;
use crate::fact::vocabulary::Vocabulary;
use crate::{escape, wording};

/// One side of a comparison.
pub(super) enum Side<'s> {
    Fact(&'s Fact),
    Number(&'s Fact, Number),
    Words(Vec<(Token<'s>, Range<usize>)>),
    Word(Token<'s>),
    /// Already reported.
    Broken,
}

pub(super) fn alone(side: &Side<'_>, span: Range<usize>) -> Result<Node, Mistake> {
    match side {
        Side::Fact(fact) if fact.kind == FactType::YesNo => Ok(Node::Is(Name::new(&fact.name))),
        Side::Fact(fact) | Side::Number(fact, _) => {
            let message = format!(
                "`{}` is of type `{}`, so it is neither true nor false",
                fact.name,
                fact.kind.as_str()
            );
            Err(Mistake { rule: CONDITION, span, message, help: Some(usage(fact)) })
        }
        _ => Err(mistake(span, "this is neither true nor false", Some("compare a fact with it"))),
    }
}

/// `text_at` is where the text stands that is compared.
pub(super) fn compare(
    left: &Side<'_>,
    sign: &str,
    right: &Side<'_>,
    (span, text_at): (Range<usize>, Range<usize>),
    vocabulary: &Vocabulary,
) -> Result<Node, Mistake> {
    let equal = |node| {
        if sign == "!=" { Node::Not(Box::new(node)) } else { node }
    };
    let is_equality = matches!(sign, "==" | "!=");
    match (left, right) {
        (Side::Fact(fact), Side::Word(Token::Word(word)))
            if fact.kind == FactType::YesNo && is_equality =>
        {
            let node = Node::Is(Name::new(&fact.name));
            Ok(equal(if *word == "yes" { node } else { Node::Not(Box::new(node)) }))
        }
        (Side::Fact(fact), Side::Word(Token::Text(text))) if is_worded(fact) && is_equality => {
            option(fact, text, text_at, vocabulary)?;
            Ok(equal(Node::OneOf(Name::new(&fact.name), vec![(*text).to_owned()])))
        }
        (Side::Fact(fact), Side::Words(words)) if is_worded(fact) && sign == "in" => {
            let mut texts = Vec::new();
            for (token, span) in words {
                let Token::Text(text) = token else {
                    let message = format!("`{}` is never a number", fact.name);
                    return Err(mistake(span.clone(), &message, None));
                };
                option(fact, text, span.clone(), vocabulary)?;
                texts.push((*text).to_owned());
            }
            Ok(Node::OneOf(Name::new(&fact.name), texts))
        }
        (Side::Word(Token::Text(text)), Side::Fact(fact))
            if matches!(fact.kind, FactType::Choices | FactType::List) && sign == "in" =>
        {
            option(fact, text, text_at, vocabulary)?;
            Ok(Node::Holds(Name::new(&fact.name), (*text).to_owned()))
        }
        (Side::Fact(fact), Side::Word(Token::Number(limit))) if fact.kind == FactType::Count => {
            number(fact, &Number::Itself, sign, *limit, span)
        }
        (Side::Number(fact, of), Side::Word(Token::Number(limit))) => {
            number(fact, of, sign, *limit, span)
        }
        (Side::Fact(fact) | Side::Number(fact, _), _)
        | (_, Side::Fact(fact) | Side::Number(fact, _)) => {
            let message = format!(
                "`{}` is of type `{}` and cannot be compared like this",
                fact.name,
                fact.kind.as_str()
            );
            Err(Mistake { rule: CONDITION, span, message, help: Some(usage(fact)) })
        }
        _ => Err(mistake(span, "this compares no fact", Some("write a fact on one side"))),
    }
}

fn is_worded(fact: &Fact) -> bool {
    matches!(fact.kind, FactType::Choice | FactType::Text | FactType::Place)
}

fn number(
    fact: &Fact,
    of: &Number,
    sign: &str,
    limit: u64,
    span: Range<usize>,
) -> Result<Node, Mistake> {
    let compare = |order| Node::Compare(Name::new(&fact.name), of.clone(), order, limit);
    let not = |node| Node::Not(Box::new(node));
    Ok(match sign {
        "==" => compare(Order::Equal),
        "!=" => not(compare(Order::Equal)),
        "<" => compare(Order::Less),
        ">=" => not(compare(Order::Less)),
        "<=" => compare(Order::AtMost),
        ">" => not(compare(Order::AtMost)),
        _ => {
            let message = format!("`{}` is a number here, not a list", fact.name);
            return Err(Mistake { rule: CONDITION, span, message, help: Some(usage(fact)) });
        }
    })
}

/// Whether a fact with options can have this one.
fn option(
    fact: &Fact,
    text: &str,
    span: Range<usize>,
    vocabulary: &Vocabulary,
) -> Result<(), Mistake> {
    let has_options = matches!(fact.kind, FactType::Choice | FactType::Choices);
    if !has_options || vocabulary.has_option(fact, text) {
        return Ok(());
    }
    let message = format!("`{}` has no option `{}`", fact.name, escape::line(text));
    let help = if text == "unknown" {
        Some("a comparison with an unknown fact is unknown anyway; leave it out".to_owned())
    } else {
        let ids: Vec<&str> = fact.options.iter().map(|option| option.id.as_str()).collect();
        let near = did_you_mean(text, ids.iter().copied());
        near.or_else(|| Some(wording::choice(&ids)))
    };
    Err(Mistake { rule: "unknown-option", span, message, help })
}

/// How a fact of this type stands in a condition.
pub(super) fn usage(fact: &Fact) -> String {
    let name = &fact.name;
    let option = fact.options.first().map_or("…", |option| option.id.as_str());
    match fact.kind {
        FactType::YesNo => format!("write `{name}`, `not {name}` or `{name} == yes`"),
        FactType::Count => format!("write `{name} >= 500`"),
        FactType::Text | FactType::Place => format!("write `{name} == '…'`"),
        FactType::List => format!("write `{name}.count > 0` or `'…' in {name}`"),
        FactType::Choice => format!("write `{name} == '{option}'` or `{name} in ['{option}']`"),
        FactType::Choices => format!("write `'{option}' in {name}` or `{name}.count > 0`"),
        FactType::People => format!("write `{name}.total >= 500` or `{name}['US-CA'] > 0`"),
        FactType::Time | FactType::Duration | FactType::Money => {
            format!("a fact of type `{}` cannot be used in a condition", fact.kind.as_str())
        }
    }
}
