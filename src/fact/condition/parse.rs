//! Reads a condition: which words stand where.

use std::collections::HashSet;
use std::ops::Range;

use super::comparison::{Side, alone, compare, usage};
use super::lex::{CONDITION, Token, lex, mistake};
use super::{Mistake, Node, Number};
use crate::document::did_you_mean;
use crate::escape;
use crate::fact::jurisdiction::is_place;
use crate::fact::kind::FactType;
use crate::fact::vocabulary::{LISTED, Vocabulary};

/// Parentheses and `not` inside each other. Nobody reads more, and the stack stays small.
const DEPTH: usize = 32;

/// Mistakes of one condition; the rest follows from them.
pub(super) const MISTAKES: usize = 20;

pub(super) fn parse(
    source: &str,
    vocabulary: &Vocabulary,
    suggests: bool,
) -> Result<(Node, Vec<String>), Vec<Mistake>> {
    let tokens = lex(source).map_err(|mistake| vec![mistake])?;
    let end = source.len();
    let mut parser = Parser {
        tokens,
        next: 0,
        end,
        vocabulary,
        suggests,
        mistakes: vec![],
        facts: vec![],
        seen: HashSet::new(),
    };
    let root = parser.any(0).and_then(|root| parser.finish().map(|()| root));
    match root {
        Ok(root) if parser.mistakes.is_empty() => Ok((root, parser.facts)),
        Ok(_) => Err(parser.mistakes),
        Err(slip) => {
            parser.mistakes.push(slip);
            Err(parser.mistakes)
        }
    }
}

struct Parser<'s> {
    tokens: Vec<(Token<'s>, Range<usize>)>,
    next: usize,
    end: usize,
    vocabulary: &'s Vocabulary,
    suggests: bool,
    mistakes: Vec<Mistake>,
    facts: Vec<String>,
    seen: HashSet<&'s str>,
}

impl<'s> Parser<'s> {
    fn any(&mut self, depth: usize) -> Result<Node, Mistake> {
        let mut nodes = vec![self.all(depth)?];
        while self.take(Token::Word("or")) {
            nodes.push(self.all(depth)?);
        }
        Ok(single(nodes, Node::Any))
    }

    fn all(&mut self, depth: usize) -> Result<Node, Mistake> {
        let mut nodes = vec![self.not(depth)?];
        while self.take(Token::Word("and")) {
            nodes.push(self.not(depth)?);
        }
        Ok(single(nodes, Node::All))
    }

    fn not(&mut self, depth: usize) -> Result<Node, Mistake> {
        if depth > DEPTH {
            let help = "split the step, or ask for a fact that says it";
            return Err(mistake(self.span(), "this is nested too deeply", Some(help)));
        }
        if self.take(Token::Word("not")) {
            return Ok(Node::Not(Box::new(self.not(depth + 1)?)));
        }
        if self.take(Token::Sign("(")) {
            let node = self.any(depth + 1)?;
            self.expect(")")?;
            return Ok(node);
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Result<Node, Mistake> {
        let start = self.span().start;
        let left = self.side()?;
        let middle = self.tokens[self.next - 1].1.end;
        if self.peek() == Some(Token::Word("not")) {
            let help = "write `not` first: `not 'x' in …`";
            return Err(mistake(self.span(), "`not` cannot stand here", Some(help)));
        }
        let sign = match self.peek() {
            Some(Token::Sign(sign @ ("==" | "!=" | "<" | "<=" | ">" | ">="))) => sign,
            Some(Token::Word("in")) => "in",
            _ => "",
        };
        let right = if sign.is_empty() {
            None
        } else {
            self.next += 1;
            Some((self.span().start, self.side()?))
        };
        let end = self.tokens[self.next - 1].1.end;
        let node = match (left, right) {
            (Side::Broken, _) | (_, Some((_, Side::Broken))) => None,
            _ if self.mistakes.len() >= MISTAKES => None,
            (left, None) => alone(&left, start..end).map_err(|slip| self.report(slip)).ok(),
            (left, Some((right_at, right))) => {
                let text_at =
                    if matches!(left, Side::Word(_)) { start..middle } else { right_at..end };
                compare(&left, sign, &right, (start..end, text_at), self.vocabulary)
                    .map_err(|slip| self.report(slip))
                    .ok()
            }
        };
        // The node of a mistake is never evaluated.
        Ok(node.unwrap_or(Node::All(Vec::new())))
    }

    fn side(&mut self) -> Result<Side<'s>, Mistake> {
        let Some(token) = self.peek() else {
            return Err(self.unexpected("a fact"));
        };
        let span = self.span();
        match token {
            Token::Text(_) | Token::Number(_) | Token::Word("yes" | "no") => {
                self.next += 1;
                Ok(Side::Word(token))
            }
            Token::Sign("[") => {
                self.next += 1;
                self.words().map(Side::Words)
            }
            Token::Word("and" | "or" | "not" | "in") | Token::Sign(_) => {
                Err(self.unexpected("a fact"))
            }
            Token::Word(name) => {
                self.next += 1;
                let part = self.part()?;
                Ok(self.fact(name, span, part))
            }
        }
    }

    /// The texts or numbers of `[…]`, bracket already open.
    fn words(&mut self) -> Result<Vec<(Token<'s>, Range<usize>)>, Mistake> {
        let mut words = Vec::new();
        while !self.take(Token::Sign("]")) {
            let span = self.span();
            match self.peek() {
                Some(token @ (Token::Text(_) | Token::Number(_))) => words.push((token, span)),
                _ => return Err(self.unexpected("a text in single quotes")),
            }
            self.next += 1;
            if self.peek() != Some(Token::Sign("]")) {
                self.expect(",")?;
            }
        }
        Ok(words)
    }

    /// What follows a name: `.count`, `.total`, `['US-CA']`.
    fn part(&mut self) -> Result<Option<(Part<'s>, Range<usize>)>, Mistake> {
        if self.take(Token::Sign(".")) {
            let span = self.span();
            let Some(Token::Word(word)) = self.peek() else {
                return Err(self.unexpected("`count` or `total`"));
            };
            self.next += 1;
            return Ok(Some((Part::Word(word), span)));
        }
        if self.take(Token::Sign("[")) {
            let span = self.span();
            let Some(Token::Text(code)) = self.peek() else {
                return Err(self.unexpected("a country or region such as `'US-CA'`"));
            };
            self.next += 1;
            self.expect("]")?;
            return Ok(Some((Part::Code(code), span)));
        }
        Ok(None)
    }

    fn fact(
        &mut self,
        name: &'s str,
        span: Range<usize>,
        part: Option<(Part<'s>, Range<usize>)>,
    ) -> Side<'s> {
        let Some(fact) = self.vocabulary.get(name) else {
            let message = format!("there is no fact `{}`", escape::line(name));
            let few = self.mistakes.len() < MISTAKES && self.suggests;
            let help = few.then(|| did_you_mean(name, self.vocabulary.names())).flatten();
            let before = self.tokens.partition_point(|(_, token)| token.start < span.start);
            let before = before.checked_sub(1).map(|before| self.tokens[before].0);
            let help = match before {
                Some(Token::Sign("==" | "!=")) => {
                    Some(format!("a value stands in single quotes: `'{}'`", escape::line(name)))
                }
                _ => help.or_else(|| few.then(|| LISTED.to_owned())),
            };
            self.report(Mistake { rule: "unknown-fact", span, message, help });
            return Side::Broken;
        };
        if self.seen.insert(name) {
            self.facts.push(name.to_owned());
        }
        let Some((part, span)) = part else {
            return Side::Fact(fact);
        };
        let number = match (part, fact.kind) {
            (Part::Word("count"), FactType::List | FactType::Choices) => Number::Len,
            (Part::Word("total"), FactType::People) => Number::Total,
            (Part::Code(code), FactType::People) if is_place(code) => {
                Number::Jurisdiction(code.to_owned())
            }
            (Part::Code(code), FactType::People) => {
                let message = format!("`{}` is not a country or region", escape::line(code));
                let help = match code {
                    "UK" => "write `'GB'`",
                    _ => "write an ISO 3166 code: `'DE'`, `'US-CA'`",
                };
                self.report(mistake(span, &message, Some(help)));
                return Side::Broken;
            }
            (Part::Word(word), _) => {
                let message =
                    format!("`{name}` is of type `{}` and has no `.{word}`", fact.kind.as_str());
                let help = usage(fact);
                self.report(Mistake { rule: CONDITION, span, message, help: Some(help) });
                return Side::Broken;
            }
            (Part::Code(_), _) => {
                let message = format!(
                    "`{name}` is of type `{}` and has no jurisdictions",
                    fact.kind.as_str()
                );
                let help = usage(fact);
                self.report(Mistake { rule: CONDITION, span, message, help: Some(help) });
                return Side::Broken;
            }
        };
        Side::Number(fact, number)
    }

    fn report(&mut self, slip: Mistake) {
        if self.mistakes.len() < MISTAKES {
            self.mistakes.push(slip);
        }
    }

    fn peek(&self) -> Option<Token<'s>> {
        self.tokens.get(self.next).map(|(token, _)| *token)
    }

    fn span(&self) -> Range<usize> {
        self.tokens.get(self.next).map_or(self.end..self.end, |(_, span)| span.clone())
    }

    fn take(&mut self, token: Token<'_>) -> bool {
        let is_next = self.peek() == Some(token);
        self.next += usize::from(is_next);
        is_next
    }

    fn expect(&mut self, sign: &str) -> Result<(), Mistake> {
        if self.take(Token::Sign(sign)) {
            Ok(())
        } else {
            Err(self.unexpected(&format!("`{sign}`")))
        }
    }

    fn finish(&mut self) -> Result<(), Mistake> {
        let before = self.next.checked_sub(1).and_then(|before| self.tokens.get(before));
        match self.peek() {
            None => Ok(()),
            Some(Token::Sign(",")) if matches!(before, Some((Token::Number(_), _))) => {
                let help = "a number has no commas: `10000`";
                Err(mistake(self.span(), "expected `and`, `or` or the end here", Some(help)))
            }
            Some(_) => Err(self.unexpected("`and`, `or` or the end")),
        }
    }

    fn unexpected(&self, wanted: &str) -> Mistake {
        let place = if self.peek().is_none() { "at the end" } else { "here" };
        mistake(self.span(), &format!("expected {wanted} {place}"), None)
    }
}

/// What can follow the name of a fact.
enum Part<'s> {
    Word(&'s str),
    Code(&'s str),
}

fn single(mut nodes: Vec<Node>, join: impl Fn(Vec<Node>) -> Node) -> Node {
    if nodes.len() == 1 { nodes.remove(0) } else { join(nodes) }
}
