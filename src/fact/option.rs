//! Which of its options an answer to a choice names: by number, by id, by a word of its title.

use std::ops::RangeInclusive;

use super::answer::{named, yes_no};
use super::definition::{Fact, FactOption};
use super::list::distinct;
use crate::document::nearest;

impl Fact {
    pub(super) fn choice(&self, answer: &str) -> Result<String, String> {
        let wanted = answer.to_ascii_lowercase();
        let joined = wanted.replace(' ', "-");
        if let Some(option) = self.options.iter().find(|option| option.id == joined) {
            return Ok(option.id.clone());
        }
        if let Some(option) = self.options.iter().find(|option| is_also(option, &wanted)) {
            return Ok(option.id.clone());
        }
        // `sev 1` of the severity.
        let digits = wanted.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let word = &wanted[..wanted.len() - digits.len()];
        let is_own = word.len() > 2 && self.name.starts_with(word);
        let digits = if is_own { digits.trim_start_matches([' ', '-']) } else { &wanted };
        if let Ok(number) = digits.parse::<usize>() {
            let option = number.checked_sub(1).and_then(|number| self.options.get(number));
            return option
                .map(|option| option.id.clone())
                .ok_or_else(|| format!("answer a number from 1 to {}", self.options.len()));
        }
        if yes_no(&wanted).is_some() {
            return Err(self.hint(answer));
        }
        let begins = |option: &&FactOption| option.id.starts_with(&joined);
        let mut near = self.options.iter().filter(begins);
        if let (Some(option), None) = (near.next(), near.next()) {
            return Ok(option.id.clone());
        }
        let one = wanted.strip_suffix('s').filter(|one| one.len() > 2).unwrap_or(&wanted);
        let is_word = |word: &str| word.trim_end_matches('s') == one;
        let words = |text: &str| -> Vec<String> {
            let text = text.to_lowercase();
            let words = text.split(|c: char| !c.is_alphanumeric());
            words.map(str::to_owned).collect()
        };
        let has = |text: &str| words(text).iter().any(|word| is_word(word));
        let by_name = |(_, option): &(usize, &FactOption)| has(&option.id);
        let all = || self.options.iter().enumerate();
        let named_so: Vec<(usize, &FactOption)> = all().filter(by_name).collect();
        let denies =
            |id: &str| id.split('-').any(|word| ["no", "not", "non", "never"].contains(&word));
        let is_whole =
            wanted.len() > 3 && matches!(named_so.as_slice(), [(_, one)] if !denies(&one.id));
        // Letters within a word are no word: `back` is none of `backup`, nor `us` of `customer`.
        let holds = |text: &str| {
            let text = text.to_lowercase();
            let starts = text.match_indices(&wanted).map(|(at, _)| at);
            let mut starts = starts.filter(|at| !text[..*at].ends_with(char::is_alphanumeric));
            match wanted.len() {
                // `on` is no `online-service`.
                0..=2 => words(&text).contains(&wanted),
                _ => starts.next().is_some(),
            }
        };
        let fits = |(_, option): &(usize, &FactOption)| holds(&option.id) || holds(&option.title);
        // `skim` of `web-skimming`, which nothing else fits.
        let begins_id = || {
            let starts = |word: &String| wanted.len() > 3 && word.starts_with(&wanted);
            let mut ids = self.options.iter().filter(|option| words(&option.id).iter().any(starts));
            ids.next().is_some_and(|one| !denies(&one.id)) && ids.next().is_none()
        };
        let fitting = if named_so.is_empty() { all().filter(fits).collect() } else { named_so };
        let fitting = fitting.into_iter();
        let shown = fitting.map(|(number, option)| format!("{} {}", number + 1, option.id));
        match shown.collect::<Vec<_>>().as_slice() {
            [] if self.options.iter().any(|option| option.id == "other") => Err(format!(
                "`{}` is not one of the options; answer {}, or other, and name it in a note",
                named(answer),
                self.form()
            )),
            [] => Err(match nearest(&wanted, self.options.iter().map(|option| &*option.id)) {
                Some(near) => format!("`{}`; did you mean {near}?", named(answer)),
                None => self.hint(answer),
            }),
            // Several words are no slip of the pen, nor is a whole word of its id, unless the id has a
            // `no` in it.
            [_] if wanted.contains(' ') || is_whole || begins_id() => {
                let one = self.options.iter().find(|option| fits(&(0, *option)));
                one.map(|option| option.id.clone()).ok_or_else(|| self.hint(answer))
            }
            fitting => {
                Err(format!("`{}` fits {}; type a number", named(answer), fitting.join(", ")))
            }
        }
    }

    pub(super) fn choices(&self, answer: &str) -> Result<Vec<String>, String> {
        let parts = answer.split([',', ';']).map(|part| {
            let part = part.trim();
            let part = part.strip_prefix("and ").unwrap_or(part);
            // `6 to 9`, `6 - 9`.
            let range = [" to ", " - ", "..", "\u{2013}"];
            let range = range.iter().fold(part.to_owned(), |part, to| part.replace(to, "-"));
            let is_range = range.split_whitespace().any(|word| numbers(word).is_some());
            let part = if is_range { &range } else { part };
            // `social security` is one, `web supplier` are two.
            match self.choice(part) {
                Ok(one) if part.contains(' ') => Ok(vec![one]),
                _ => self.each_word(part),
            }
        });
        Ok(distinct(parts.collect::<Result<Vec<_>, _>>()?.concat()))
    }

    fn each_word(&self, part: &str) -> Result<Vec<String>, String> {
        let words = part.split(' ').filter(|word| !["", "and", "&"].contains(word));
        let chosen = words.map(|word| match numbers(word) {
            Some(numbers) => numbers.map(|number| self.choice(&number.to_string())).collect(),
            None => self.choice(word).map(|one| vec![one]),
        });
        Ok(chosen.collect::<Result<Vec<_>, _>>()?.concat())
    }
}

/// Whether the title of an option has this name in brackets: `Kubernetes (K8s)`.
fn is_also(option: &FactOption, name: &str) -> bool {
    let names = option.title.split_once('(').and_then(|(_, behind)| behind.split_once(')'));
    names
        .is_some_and(|(names, _)| names.split(',').any(|one| one.trim().eq_ignore_ascii_case(name)))
}

/// A range of numbers of options, `6-8`.
fn numbers(word: &str) -> Option<RangeInclusive<u8>> {
    let (from, to) = word.split_once('-')?;
    Some(from.parse().ok()?..=to.parse().ok()?).filter(|numbers| !numbers.is_empty())
}
