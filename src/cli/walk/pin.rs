//! Which playbook a phase follows: pinned by digest at its start, the kept copy ever after.

use super::opening;
use crate::cli::args::WalkArgs;
use crate::cli::desk::answers::{self, Said};
use crate::cli::desk::context::read_input;
use crate::cli::desk::followed::{Followed, kept_in, named, switch_to};
use crate::cli::desk::shelf::{Shelf, Shelved};
use crate::cli::desk::{Context, Exit, Failure, Record};
use crate::digest::Digest;
use crate::document::Document;
use crate::fact::names;
use crate::fact::{Value, Vocabulary};
use crate::incident::event::PlaybookPinned;
use crate::incident::{Incident, Pinned};
use crate::phase::Phase;
use crate::plain_file;
use crate::playbook::{Library, Playbook};
use crate::prompt::Prompt;
use crate::wording;

/// The playbooks to choose from. One that was asked for by name is read now, so that a mistake in
/// it shows before an incident is opened.
pub(in crate::cli) fn shelf(
    context: &Context,
    phase: Phase,
    args: &WalkArgs,
) -> Result<Shelf, Failure> {
    let shelf = Shelf::open(context.home().ok().as_deref(), args.playbooks.as_deref())?;
    if let Some(name) = args.switch.as_ref().or(args.playbook.as_ref()) {
        shelf.find(Some(phase), name)?;
    }
    Ok(shelf)
}

/// Takes up the pinned playbook, or pins the one that suits.
pub(in crate::cli) fn follow(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    record: &mut Record,
    shelf: &Shelf,
    phase: Phase,
    args: &WalkArgs,
) -> Result<Followed, Failure> {
    let pinned = record.incident.phases.get(&phase).and_then(|phase| phase.pinned.clone());
    let wanted = args.switch.as_ref().or(args.playbook.as_ref());
    match (pinned, wanted) {
        (Some(pinned), None) => resume(context, record, shelf, phase, &pinned),
        (Some(pinned), Some(name)) => {
            let shelved = shelf.find(Some(phase), name)?;
            let same = Digest::of(shelved.text.as_bytes()) == pinned.sha256;
            if same && let Ok(followed) = kept_in(&record.folder, phase, &pinned) {
                return Ok(followed);
            }
            // The same playbook whose kept copies are gone is pinned again, with copies that are
            // whole; a newer version of it is taken only when somebody says so.
            let named_again =
                shelved.source == pinned.source && shelved.playbook.id == pinned.playbook;
            if !same && named_again && args.switch.is_none() {
                return resume(context, record, shelf, phase, &pinned);
            }
            if !same && args.switch.is_none() {
                return Err(Failure::usage(format!(
                    "this incident follows `{}` in {phase}, not `{name}`",
                    pinned.playbook
                ))
                .hint(format!("change with `breach {} --switch {name}`", phase.command())));
            }
            pin(context, record, &shelved, Some(pinned.playbook))
        }
        (None, Some(name)) => {
            let shelved = shelf.find(Some(phase), name)?;
            pin(context, record, &shelved, None)
        }
        (None, None) => {
            let shelved = loop {
                if let Some(shelved) = propose(context, prompt, record, shelf, phase)? {
                    break shelved;
                }
                opening::ask_fact(context, prompt, record, names::INCIDENT_KIND)?;
            };
            record.catch_up()?;
            let pinned = record.incident.phases.get(&phase).and_then(|phase| phase.pinned.clone());
            match pinned {
                // Somebody else answered first.
                Some(pinned) => {
                    context.screen.warn(&format!(
                        "`{}` was chosen meanwhile and is followed; `switch` at a step changes it",
                        pinned.playbook
                    ));
                    resume(context, record, shelf, phase, &pinned)
                }
                None => pin(context, record, &shelved, None),
            }
        }
    }
}

/// Proposes the playbook that suits the kind of incident; asks where there is a choice. None: to go back
/// to the kind.
fn propose(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    record: &Record,
    shelf: &Shelf,
    phase: Phase,
) -> Result<Option<Shelved>, Failure> {
    // Whoever could not name the kind chose a playbook for the containment all the same.
    let followed = || {
        let of = record.incident.phases.get(&Phase::Containment)?;
        let id = of.pinned.as_ref()?.playbook.clone();
        let best = ranked(shelf, phase, Some(&id)).into_iter().next()?;
        (rank(&best, Some(&id)) == 2).then_some(id)
    };
    let kind = kind(&record.incident).or_else(followed);
    let mut of_phase = ranked(shelf, phase, kind.as_deref());
    let Some(best) = of_phase.first() else {
        return Err(Failure::usage(format!("there is no playbook for {phase}")));
    };
    if rank(best, kind.as_deref()) == 0 {
        let kind = kind.as_deref().unwrap_or("an unknown kind");
        context.screen.warn(&format!(
            "there is no playbook for {kind}; skip what does not apply, or choose one with \
             --playbook"
        ));
    }
    if of_phase.len() > 1 {
        let place = choose(context, prompt, shelf, phase, &of_phase, kind.as_deref())?;
        return Ok(match place {
            Chosen::Listed(place) => Some(of_phase.remove(place)),
            Chosen::Named(shelved) => Some(*shelved),
            Chosen::Back => None,
        });
    }
    Ok(Some(of_phase.remove(0)))
}

/// The kind of incident, if it is known.
pub(super) fn kind(incident: &Incident) -> Option<String> {
    match incident.fact_value(names::INCIDENT_KIND) {
        Some(Value::Choice(kind)) => Some(kind.clone()),
        _ => None,
    }
}

enum Chosen {
    /// One of the list.
    Listed(usize),
    /// One that was given as a path.
    Named(Box<Shelved>),
    /// To go back to the kind of incident.
    Back,
}

/// Asks which of several; Enter takes the first. Where one suits, only a person who asks sees the others.
fn choose(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    shelf: &Shelf,
    phase: Phase,
    of_phase: &[Shelved],
    kind: Option<&str>,
) -> Result<Chosen, Failure> {
    let numbers = numbers(of_phase);
    let best = &of_phase[0].playbook;
    let suits = of_phase.iter().filter(|shelved| rank(shelved, kind) == 2).count() == 1;
    if suits && prompt.is_patient() {
        context.screen.say(&format!(
            "{} suits: {}. Enter follows it; l lists the others.",
            best.id, best.title
        ));
    } else {
        list(context, of_phase, &numbers);
    }
    let text = format!("Playbook [{}]: ", best.id);
    let help = "Enter takes the one in brackets; a number or a name takes another, l lists them.";
    loop {
        let answer = match answers::opening(context, prompt, "playbook", &text, help) {
            Ok(Said::Nothing) => return Ok(Chosen::Listed(0)),
            Ok(Said::Answer(yes))
                if prompt.is_patient()
                    && ["y", "yes", "yep", "ok", "okay"].contains(&&*yes.to_lowercase()) =>
            {
                return Ok(Chosen::Listed(0));
            }
            Ok(Said::Answer(answer)) => answer,
            Ok(Said::Back) => return Ok(Chosen::Back),
            Err(failure) => return Err(failure),
        };
        let number = answer.parse::<usize>().ok();
        let place = numbers.iter().position(|known| Some(*known) == number);
        let named = || of_phase.iter().position(|shelved| shelved.playbook.id == answer);
        // `skimming` is web-skimming.
        let worded = || {
            let has = |one: &Shelved| one.playbook.id.split('-').any(|word| word == answer);
            let mut places = (0..of_phase.len()).filter(|&place| has(&of_phase[place]));
            places.next().filter(|_| places.next().is_none())
        };
        if let Some(place) = place.or_else(named).or_else(worded) {
            return Ok(Chosen::Listed(place));
        }
        if prompt.is_patient() && answer == "l" {
            list(context, of_phase, &numbers);
            continue;
        }
        match shelf.find(Some(phase), &answer) {
            Err(failure) if prompt.is_patient() => {
                let text = format!(
                    "{:#}; type a number, or press Enter for `{}`.",
                    failure.error, best.id
                );
                context.screen.say(&text);
            }
            found => return found.map(|shelved| Chosen::Named(Box::new(shelved))),
        }
    }
}

pub(super) fn list(context: &mut Context, of_phase: &[Shelved], numbers: &[usize]) {
    let mut rows: Vec<(usize, &Shelved)> = numbers.iter().copied().zip(of_phase).collect();
    rows.sort_by_key(|(number, _)| *number);
    for (number, Shelved { playbook, .. }) in rows {
        context.screen.lines(&[format!("  {number:>2} {} - {}", playbook.id, playbook.title)]);
    }
}

/// A number for each playbook: that of the kind of incident it suits, as the opening numbers them, so
/// that nobody has to learn two lists. One for any kind has the number of `other`. The phases that
/// follow, long after the opening, are numbered from 1.
pub(super) fn numbers(of_phase: &[Shelved]) -> Vec<usize> {
    if of_phase.iter().any(|shelved| shelved.playbook.phase != Phase::Containment) {
        return (1..=of_phase.len()).collect();
    }
    let kinds = Vocabulary::builtin().get(names::INCIDENT_KIND);
    let kinds: Vec<&str> =
        kinds.iter().flat_map(|fact| &fact.options).map(|option| option.id.as_str()).collect();
    let mut next = kinds.len();
    let mut taken = Vec::new();
    for shelved in of_phase {
        let suits = &shelved.playbook.suits;
        let kind = kinds.iter().position(|kind| {
            suits.iter().any(|suited| suited == kind) || suits.is_empty() && *kind == "other"
        });
        let number = kind.map(|kind| kind + 1).filter(|number| !taken.contains(number));
        taken.push(number.unwrap_or_else(|| {
            next += 1;
            next
        }));
    }
    taken
}

/// The playbooks of a phase, the most fitting first.
pub(in crate::cli) fn ranked(shelf: &Shelf, phase: Phase, kind: Option<&str>) -> Vec<Shelved> {
    let mut of_phase: Vec<Shelved> =
        shelf.playbooks().into_iter().filter(|shelved| shelved.playbook.phase == phase).collect();
    of_phase.sort_by_key(|shelved| std::cmp::Reverse(rank(shelved, kind)));
    of_phase
}

/// 2: made for this kind of incident. 1: made for any. 0: made for another.
pub(super) fn rank(shelved: &Shelved, kind: Option<&str>) -> u8 {
    let suits = &shelved.playbook.suits;
    match kind {
        Some(kind) if suits.iter().any(|suited| suited == kind) => 2,
        _ => u8::from(suits.is_empty()),
    }
}

/// Keeps copies of the playbook and of the facts, then records that they are followed.
pub(super) fn pin(
    context: &mut Context,
    record: &mut Record,
    shelved: &Shelved,
    instead_of: Option<String>,
) -> Result<Followed, Failure> {
    let sha256 = keep_copy(record, &shelved.text)?;
    let facts_sha256 = keep_copy(record, Vocabulary::builtin_text())?;
    let steps_sha256 = keep_copy(record, Library::builtin_steps())?;
    let body = PlaybookPinned {
        phase: shelved.playbook.phase,
        playbook: shelved.playbook.id.clone(),
        version: shelved.playbook.version.clone(),
        sha256,
        source: shelved.source.clone(),
        facts_sha256: Some(facts_sha256),
        steps_sha256: Some(steps_sha256),
        instead_of,
    };
    record.append(context, body.into())?;
    let vocabulary = Vocabulary::builtin().clone().with(shelved.playbook.facts.clone());
    let (playbook, _) = Playbook::read(&document(shelved), Library::builtin());
    // It was read from the same text a moment ago.
    let playbook = playbook.ok_or_else(|| Failure::usage("the playbook cannot be read"))?;
    Ok(Followed { playbook, vocabulary })
}

fn document(shelved: &Shelved) -> Document {
    Document { name: shelved.source.clone(), text: shelved.text.clone() }
}

/// Keeps a text under its digest, which is returned.
///
/// An altered copy is moved aside: it may show what somebody was after.
fn keep_copy(record: &Record, text: &str) -> Result<Digest, Failure> {
    let digest = Digest::of(text.as_bytes());
    let path = record.folder.playbooks_dir().join(format!("{digest}.toml"));
    let altered = plain_file::is_link(&path)
        || read_input(&path).is_ok_and(|bytes| Digest::of(&bytes) != digest);
    let moved = if altered { crate::cli::desk::files::move_aside(&path) } else { Ok(()) };
    moved.and_then(|()| crate::cli::desk::files::write_once(&path, &[text.as_bytes()])).map_err(
        |error| {
            let what = format!("failed to keep a copy of the playbook: {error}");
            Failure::new(Exit::NotRecorded, what)
                .hint("nothing was started; free some space and run the same command again")
        },
    )?;
    Ok(digest)
}

/// Goes on with the copy that was pinned, and says what changed since.
fn resume(
    context: &mut Context,
    record: &Record,
    shelf: &Shelf,
    phase: Phase,
    pinned: &Pinned,
) -> Result<Followed, Failure> {
    let followed = kept_in(&record.folder, phase, pinned)?;
    let name = named(pinned);
    let now = match shelf.find(Some(phase), name) {
        Ok(now) => now,
        Err(failure) => {
            context.screen.warn(&format!(
                "playbook `{name}` cannot be read now, so the copy from the start of this phase is \
                 used: {:#}",
                failure.error
            ));
            return Ok(followed);
        }
    };
    if Digest::of(now.text.as_bytes()) != pinned.sha256 {
        context.screen.warn(&format!(
            "playbook `{name}` has changed since this phase started; the copy from then is used"
        ));
        let lines = difference(&followed.playbook, &now.playbook);
        context.screen.lines(&lines);
        let command = switch_to(phase, pinned);
        context.screen.say(&format!("To use the new one: {command}"));
    }
    Ok(followed)
}

/// What is different between two versions of a playbook, step by step.
fn difference(old: &Playbook, new: &Playbook) -> Vec<String> {
    let mut lines = Vec::new();
    if old.version != new.version {
        lines.push(format!("  version {} is now {}", old.version, new.version));
    }
    let step = |playbook: &Playbook, id: &str| {
        playbook.steps.iter().find(|step| step.id == id).map(|step| format!("{step:?}"))
    };
    for here in &new.steps {
        match step(old, &here.id) {
            None => lines.push(format!("  added: {}", here.title)),
            Some(before) if before != format!("{here:?}") => {
                lines.push(format!("  changed: {}", here.title));
            }
            Some(_) => {}
        }
    }
    for gone in old.steps.iter().filter(|old| step(new, &old.id).is_none()) {
        lines.push(format!("  removed: {}", gone.title));
    }
    if lines.is_empty() {
        lines.push(format!(
            "  the text of its {} is the same",
            wording::count(new.steps.len(), "step")
        ));
    }
    lines
}
