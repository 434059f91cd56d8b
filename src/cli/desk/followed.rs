//! The playbook that a phase follows: the kept copy, compared with its digest before anything of it is
//! believed.

use super::context::read_input;
use super::{Context, Exit, Failure};
use crate::digest::Digest;
use crate::document::Document;
use crate::fact::Vocabulary;
use crate::incident::{Incident, Pinned, StepKey};
use crate::log::Folder;
use crate::phase::Phase;
use crate::plain_file;
use crate::playbook::{Library, Playbook};
use crate::regime::OWED;

/// The playbook of a phase and the facts it was pinned with.
pub(in crate::cli) struct Followed {
    pub(in crate::cli) playbook: Playbook,
    pub(in crate::cli) vocabulary: Vocabulary,
}

impl Followed {
    /// Whether a step repeats over the duties that apply.
    pub(in crate::cli) fn lists_duties(&self) -> bool {
        self.playbook.steps.iter().any(|step| step.for_each.as_deref() == Some(OWED))
    }

    /// The determinations that these steps ask, each once, in their order.
    pub(in crate::cli) fn determinations(&self, steps: &[StepKey]) -> Vec<&str> {
        let of = |key: &StepKey| self.playbook.steps.iter().find(|step| step.id == key.step);
        let asked = steps.iter().filter_map(of).flat_map(|step| &step.ask);
        let mut names: Vec<&str> = Vec::new();
        for name in asked.filter(|name| self.vocabulary.get(name).is_some_and(|f| f.determination))
        {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }
}

/// Reads the kept copies and compares their digests.
pub(in crate::cli) fn kept_in(
    folder: &Folder,
    phase: Phase,
    pinned: &Pinned,
) -> Result<Followed, Failure> {
    let again = switch_to(phase, pinned);
    let playbook_text = copy(folder, pinned.sha256, &again)?;
    let vocabulary = match pinned.facts_sha256 {
        Some(sha256) => {
            let text = copy(folder, sha256, &again)?;
            Vocabulary::read(&Document { name: "facts.toml".to_owned(), text }).0
        }
        None => Vocabulary::builtin().clone(),
    };
    let steps = match pinned.steps_sha256 {
        Some(sha256) => copy(folder, sha256, &again)?,
        None => Library::builtin_steps().to_owned(),
    };
    let steps = Document { name: "steps.toml".to_owned(), text: steps };
    let document = Document { name: pinned.source.clone(), text: playbook_text };
    let library = Library::new(vocabulary.clone(), &steps);
    let (playbook, found) = Playbook::read(&document, &library);
    let playbook = playbook.ok_or_else(|| super::shelf::mistakes(&document, &found))?;
    if playbook.phase != phase {
        return Err(Failure::new(Exit::Damaged, format!("the pinned playbook is not for {phase}")));
    }
    let vocabulary = vocabulary.with(playbook.facts.clone());
    Ok(Followed { playbook, vocabulary })
}

/// The facts that an incident speaks of: the shared ones and those of the playbooks that it follows.
///
/// A kept copy that is gone or was altered adds nothing, and is named: what it says of a fact would
/// decide what goes into the log.
pub(in crate::cli) fn vocabulary(
    context: &mut Context,
    incident: &Incident,
    folder: &Folder,
) -> Vocabulary {
    let mut vocabulary = Vocabulary::builtin().clone();
    for (phase, state) in &incident.phases {
        let Some(pinned) = &state.pinned else { continue };
        match kept_in(folder, *phase, pinned) {
            Ok(followed) => vocabulary = vocabulary.with(followed.playbook.facts),
            Err(failure) => {
                context.damaged = true;
                context.screen.warn(&format!("{:#}; its facts are not used", failure.error));
            }
        }
    }
    vocabulary
}

fn copy(folder: &Folder, sha256: Digest, again: &str) -> Result<String, Failure> {
    let path = folder.playbooks_dir().join(format!("{sha256}.toml"));
    let damaged = |what: &str| {
        Failure::new(Exit::Damaged, format!("the kept playbook `{}` {what}", path.display()))
            .hint(format!("the log is unchanged; take another copy: {again}"))
    };
    if plain_file::is_link(&path) {
        return Err(damaged("is a symbolic link"));
    }
    let bytes = read_input(&path).map_err(|_| damaged("is missing"))?;
    if Digest::of(&bytes) != sha256 {
        return Err(damaged("was altered"));
    }
    String::from_utf8(bytes).map_err(|_| damaged("is not text"))
}

/// What a pinned playbook is found by: its file, if it was named by one, else its id.
pub(in crate::cli) fn named(pinned: &Pinned) -> &str {
    // A home's playbook may since have been replaced by another file, or by a built-in one.
    if pinned.source == "built-in" { &pinned.playbook } else { &pinned.source }
}

pub(in crate::cli) fn switch_to(phase: Phase, pinned: &Pinned) -> String {
    format!("breach {} --switch {}", phase.command(), crate::escape::shell(named(pinned)))
}
