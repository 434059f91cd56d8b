//! Where the step, the fact or the file at the cursor is defined.

use std::path::PathBuf;
use std::str::FromStr;

use lsp_types::{Location, Range, Uri};

use super::hover::word;
use super::known::Known;
use super::lines::Lines;
use super::names::{self, Names};
use super::open::Open;
use super::paths;
use crate::document::{Part, cursor};

pub(super) fn define(open: &Open, at: usize) -> Option<Location> {
    let place = cursor(&open.text, at);
    let known = Known::of(open);
    let tested = known.tested.as_ref();
    let Some(names) = names::names(known.kind, &place) else {
        let is_playbook = matches!(&place.part, Part::Value { key, .. } if key == "playbook");
        let (path, _) = tested.filter(|_| is_playbook && place.table.is_empty())?;
        return Some(Location::new(uri(path)?, Range::default()));
    };
    let span = match names {
        Names::Steps | Names::Needs => {
            let name = &open.text[place.word.clone()];
            known.steps.iter().find(|step| step.id == name)?.span.clone()
        }
        Names::Facts | Names::Lists | Names::Condition | Names::Answer | Names::Argument => {
            let name = word(&open.text, at);
            known.own.iter().find(|(own, _)| own == name)?.1.clone()
        }
        Names::Evidence => {
            let name = &open.text[place.word.clone()];
            known.kept.iter().find(|(tag, _)| tag == name)?.1.clone()
        }
        Names::SharedSteps
        | Names::Units
        | Names::Playbooks
        | Names::Kinds
        | Names::Item
        | Names::Rules => {
            return None;
        }
    };
    Some(match tested {
        Some((path, text)) => Location::new(uri(path)?, Lines::new(text).range(text, &span)),
        None => Location::new(open.uri.clone(), open.lines.range(&open.text, &span)),
    })
}

fn uri(path: &PathBuf) -> Option<Uri> {
    let full = std::path::absolute(path).ok()?;
    Uri::from_str(&paths::uri(&full)).ok()
}
