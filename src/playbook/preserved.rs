//! Evidence has to be kept before it is destroyed, in every case that conditions tell apart.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::Step;
use crate::document::{Diagnostic, Findings, Spanned, Table, did_you_mean};
use crate::fact::{Condition, Effort, Vocabulary};
use crate::id::is_kebab;
use crate::{escape, wording};

/// A step that keeps a kind of evidence: its number, and where it says so.
type Keeper = (usize, Range<usize>);

/// A step as written, and as read if it could be.
pub(super) type Written<'s, 't> = (&'s Table<'t>, Option<&'s Step>);

/// Looks at every kind of evidence that a step destroys.
pub(super) fn check(steps: &[Written<'_, '_>], vocabulary: &Vocabulary, findings: &mut Findings) {
    if steps.iter().all(|(table, _)| !table.has("destroys")) {
        return;
    }
    let mut kept: BTreeMap<Cow<'_, str>, Vec<Keeper>> = BTreeMap::new();
    for (number, (table, _)) in steps.iter().enumerate() {
        for tag in table.texts("preserves") {
            kept.entry(tag.text).or_default().push((number, tag.span));
        }
    }
    let effort = Effort::default();
    let judge = Judge { steps, vocabulary, effort: &effort };
    for (number, (table, _)) in steps.iter().enumerate() {
        for tag in table.texts("destroys").into_iter().filter(|tag| is_kebab(&tag.text)) {
            if let Some(keepers) = kept.get(&tag.text) {
                if let Some(found) = judge.destroys(number, &tag, keepers) {
                    findings.push(found);
                }
                continue;
            }
            let name = escape::line(&tag.text);
            let message = format!("no step preserves `{name}`, which this destroys");
            let help = if findings.is_full() {
                None
            } else {
                did_you_mean(&tag.text, kept.keys().map(AsRef::as_ref))
            };
            let diagnostic = Diagnostic::warning("never-preserved", message, tag.span.clone());
            findings.push_unnamed(&tag.text, diagnostic.maybe_help(help));
        }
    }
}

struct Judge<'j, 't> {
    steps: &'j [Written<'j, 't>],
    vocabulary: &'j Vocabulary,
    effort: &'j Effort,
}

/// When a step applies.
enum When<'s> {
    Always,
    If(&'s Condition),
    /// Its condition cannot be read.
    Unclear,
}

impl Judge<'_, '_> {
    /// What is wrong with destroying this evidence, of which these are the keepers.
    fn destroys(&self, number: usize, tag: &Spanned<'_>, keepers: &[Keeper]) -> Option<Diagnostic> {
        let name = escape::line(&tag.text);
        let before = keepers.iter().filter(|(keeper, _)| *keeper < number);
        if before.clone().any(|(keeper, _)| matches!(self.when(*keeper), When::Always)) {
            return None;
        }
        let mut wanted: Vec<(&Condition, bool)> = Vec::new();
        for (step, holds) in std::iter::once((number, true))
            .chain(before.clone().map(|(keeper, _)| (*keeper, false)))
        {
            match self.when(step) {
                When::Always => {}
                When::If(condition) => wanted.push((condition, holds)),
                When::Unclear => return None,
            }
        }
        let unkept = self.case(&wanted)?;
        if let Some((_, place)) = keepers.iter().find(|(keeper, _)| *keeper == number) {
            let message =
                format!("this step both destroys and preserves `{name}`: which comes first?");
            return Some(
                Diagnostic::warning("never-preserved", message, tag.span.clone())
                    .related(place.clone(), "preserved here")
                    .help("preserve it in a separate step before this one"),
            );
        }
        let later = keepers.iter().filter(|(keeper, _)| *keeper > number);
        let mut too_late = later.filter_map(|(keeper, place)| {
            let mut wanted = wanted.clone();
            match self.when(*keeper) {
                When::Always => {}
                When::If(condition) => wanted.push((condition, true)),
                When::Unclear => return None,
            }
            Some((self.case(&wanted)?, place))
        });
        if let Some((case, place)) = too_late.next() {
            let message = format!("{}this destroys `{name}` before it is preserved", start(&case));
            return Some(
                Diagnostic::error("destroys-first", message, tag.span.clone())
                    .related(place.clone(), "preserved here, later")
                    .help("move this step below the one that preserves it"),
            );
        }
        let message =
            format!("{}nothing preserves `{name}` before this destroys it", start(&unkept));
        let mut found = Diagnostic::warning("never-preserved", message, tag.span.clone());
        for (keeper, place) in keepers.iter().take(3) {
            let when = self.steps[*keeper].0.value_span("when");
            found = found.related(when.unwrap_or_else(|| place.clone()), "preserved only then");
        }
        Some(found.help("preserve it in that case too, or destroy it only where it is preserved"))
    }

    fn when(&self, number: usize) -> When<'_> {
        let (table, step) = &self.steps[number];
        match step.map(|step| step.when.as_ref()) {
            _ if !table.has("when") => When::Always,
            Some(Some(condition)) => When::If(condition),
            _ => When::Unclear,
        }
    }

    /// Facts with which these come out as wanted.
    fn case(&self, wanted: &[(&Condition, bool)]) -> Option<Vec<String>> {
        if wanted.is_empty() {
            return Some(Vec::new());
        }
        Condition::case(wanted, self.vocabulary, self.effort)
    }
}

/// How a sentence about a case begins.
fn start(case: &[String]) -> String {
    if case.is_empty() { String::new() } else { format!("if {}, ", wording::list(case)) }
}
