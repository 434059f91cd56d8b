//! The record of one incident in our hands: append, fold, notice what others wrote.

use std::path::Path;

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use crate::digest::{Hasher, hex};
use crate::incident::event::{Actor, Draft, Event, EvidenceAdded, Note, Source, Stamped, TextRef};
use crate::incident::{Incident, Sensitive, sensitive};
use crate::log::{AppendError, Folder, IncidentLog, OpenError, Remark};
use crate::prompt::{Prompt, Stop, Topic};
use crate::vault::Vault;
use crate::world::World;

/// Longest text that goes into an entry as it is, in bytes; a longer one becomes evidence.
const LONGEST: usize = 64 * 1024;

/// One incident, open for writing.
pub(super) struct Record {
    pub(super) folder: Folder,
    pub(super) vault: Vault,
    pub(super) incident: Incident,
    pub(super) actor: Actor,
    log: IncidentLog,
    /// What others wrote and nobody was told of yet.
    news: Vec<Stamped>,
}

impl Record {
    /// Opens an incident and folds all of it.
    pub(super) fn open(context: &mut Context, folder: Folder) -> Result<Self, Failure> {
        let mut opened = Self::one_shot(context, folder)?;
        let mut remarks = Vec::new();
        let read = opened.log.fold(&mut opened.incident, &context.world, &mut remarks);
        let reports = read.map_err(cannot_open)?;
        super::chains::show_damage(context, &reports);
        show_remarks(context, &remarks);
        let World { host, user, login, .. } = &context.world;
        if opened.actor.name.is_none() {
            let known = opened.incident.name_of(host, user, *login);
            opened.actor.name = known.map(str::to_owned);
        }
        Ok(opened)
    }

    /// Opens an incident for one entry, without folding it.
    pub(super) fn one_shot(context: &mut Context, folder: Folder) -> Result<Self, Failure> {
        let mut remarks = Vec::new();
        let network = context.global.allow_network_fs;
        let log = IncidentLog::open(&folder, &context.world, network, &mut remarks)
            .map_err(cannot_open)?;
        show_remarks(context, &remarks);
        let actor = Actor {
            name: context.global.name.clone().or_else(|| log.last_name(&context.world)),
            user: context.world.user.clone(),
            login: context.world.login,
        };
        let vault = Vault::new(folder.evidence_dir());
        let mut incident = Incident::default();
        incident.drill = log.is_drill();
        Ok(Self { folder, vault, incident, actor, log, news: Vec::new() })
    }

    /// Appends an event and folds it. Returns what was written.
    ///
    /// Text that is too long for an entry is kept as evidence first; the entry says where.
    pub(super) fn append(
        &mut self,
        context: &mut Context,
        mut draft: Draft,
    ) -> Result<Stamped, Failure> {
        draft.drill |= self.incident.drill;
        for text in texts(&mut draft.event) {
            if text.len() > LONGEST {
                let exhibit = self.keep_text(context, text)?;
                let mut end = 1000;
                while !text.is_char_boundary(end) {
                    end -= 1;
                }
                *text = format!("{} … (the whole text is {exhibit})", &text[..end]);
            }
        }
        self.write(context, draft)
    }

    /// Offers to mask what looks like a secret, then appends.
    pub(super) fn append_careful(
        &mut self,
        context: &mut Context,
        prompt: &mut dyn Prompt,
        mut draft: Draft,
    ) -> Result<Stamped, Failure> {
        let mut originals = Vec::new();
        for text in texts(&mut draft.event) {
            let found = sensitive(text);
            if found.is_empty() || !wants_mask(context, prompt, &found)? {
                continue;
            }
            originals.push(self.keep_original(context, text)?);
            *text = Sensitive::mask(text, &found);
        }
        let step = draft.step.clone();
        let stamped = self.append_or_move(context, prompt, draft)?;
        for original in originals {
            let text = format!("the unmasked text of entry {} is kept apart", stamped.id);
            let mut note = Draft::from(Note { text, original: Some(original) });
            note.step.clone_from(&step);
            note.corrects = None;
            self.append(context, note)?;
        }
        Ok(stamped)
    }

    /// Appends; where a person is there to say so, goes on in another folder when this one fails.
    fn append_or_move(
        &mut self,
        context: &mut Context,
        prompt: &mut dyn Prompt,
        draft: Draft,
    ) -> Result<Stamped, Failure> {
        loop {
            let failure = match self.append(context, draft.clone()) {
                Err(failure) if failure.exit == Exit::NotRecorded && prompt.is_patient() => failure,
                result => return result,
            };
            context.screen.failure(&failure.details, &failure.error, &failure.hints);
            let answer =
                prompt.line(Topic::Fault, "Go on in another folder? Its path, or Enter to stop: ");
            let Ok(home) = answer else {
                return Err(failure);
            };
            if home.trim().is_empty() {
                return Err(failure);
            }
            if let Err(failure) = self.move_to(context, Path::new(home.trim()), &failure.error) {
                context.screen.failure(&failure.details, &failure.error, &failure.hints);
            }
        }
    }

    /// Goes on under another home, under the same name, with copies of what the walk needs.
    fn move_to(
        &mut self,
        context: &mut Context,
        home: &Path,
        because: &str,
    ) -> Result<(), Failure> {
        let home = std::path::absolute(home)?;
        let folder = self.folder.create_under(&home).map_err(cannot_open)?;
        for entry in std::fs::read_dir(self.folder.playbooks_dir())? {
            let path = entry?.path();
            let bytes = std::fs::read(&path)?;
            let name = path.file_name().unwrap_or_default();
            super::files::write_once(&folder.playbooks_dir().join(name), &[&bytes])?;
        }
        self.log.move_to(&folder, &context.world, because).map_err(cannot_open)?;
        self.vault = Vault::new(folder.evidence_dir());
        self.folder = folder;
        let home = home.display();
        context
            .screen
            .warn(&format!("going on in `{home}`; from now on: export BREACH_HOME={home}"));
        Ok(())
    }

    /// What other processes and machines have written since we last looked.
    pub(super) fn catch_up(&mut self) -> Result<Vec<Stamped>, Failure> {
        let fresh = self.log.refresh().map_err(cannot_read)?;
        for stamped in &fresh {
            self.incident.apply(stamped);
        }
        let mut news = std::mem::take(&mut self.news);
        news.extend(fresh);
        Ok(news)
    }

    fn write(&mut self, context: &mut Context, draft: Draft) -> Result<Stamped, Failure> {
        let text = spoken(&draft.event);
        match self.log.append(&draft, &self.actor, &context.world) {
            Ok(written) => {
                for stamped in &written.others {
                    self.incident.apply(stamped);
                }
                self.news.extend(written.others);
                self.incident.apply(&written.ours);
                Ok(written.ours)
            }
            Err(error) => Err(not_recorded(&error, &text)),
        }
    }

    fn keep_text(&mut self, context: &mut Context, text: &str) -> Result<String, Failure> {
        let started_at = context.world.now().at;
        let kept = self.vault.keep(text.as_bytes(), &context.world).map_err(|error| {
            not_recorded_because(&format!("failed to keep a long text: {error}"), text)
        })?;
        let exhibit = crate::id::exhibit(context.world.random()?);
        let body = EvidenceAdded {
            exhibit: exhibit.clone(),
            title: "a text too long for an entry".to_owned(),
            source: Source::Stdin,
            kept: Some(kept),
            wanted: None,
            item: None,
            changed_during_acquisition: false,
            modified_at: None,
            started_at: Some(started_at),
            expires_at: None,
        };
        let mut draft = Draft::from(body);
        draft.drill = self.incident.drill;
        self.write(context, draft)?;
        Ok(exhibit)
    }

    /// Keeps a text in `texts/` under the digest of salt and text, where it can be destroyed
    /// without a trace in the chain.
    fn keep_original(&self, context: &Context, text: &str) -> Result<TextRef, Failure> {
        let salt = hex(&context.world.random::<16>()?);
        let mut hasher = Hasher::default();
        hasher.update(salt.as_bytes());
        hasher.update(text.as_bytes());
        let sha256 = hasher.finish();
        let failed = |error: std::io::Error| {
            not_recorded_because(&format!("failed to keep the unmasked text: {error}"), text)
        };
        let path = self.folder.texts_dir().join(sha256.to_string());
        super::files::write_once(&path, &[salt.as_bytes(), text.as_bytes()]).map_err(failed)?;
        Ok(TextRef { sha256 })
    }
}

/// Asks once what to do with a secret. Where nobody reads along, it is masked.
fn wants_mask(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    found: &[Sensitive],
) -> Result<bool, Failure> {
    let what: Vec<&str> = found.iter().map(|finding| finding.what).collect();
    let what = crate::wording::list(&what);
    if !prompt.is_patient() {
        context
            .screen
            .warn(&format!("this looks like a {what}: masked, the original is kept apart"));
        return Ok(true);
    }
    context.screen.warn(&format!("this looks like a {what}; the log cannot be cleaned later"));
    let answer = prompt.line(Topic::Mask, "[m]ask it, or [k]eep it as it is? ");
    match answer {
        Ok(answer) => Ok(!answer.trim().eq_ignore_ascii_case("k")),
        // Whoever leaves here wanted the entry, not the secret.
        Err(Stop::EndOfInput | Stop::Interrupted) => Ok(true),
        Err(stop) => Err(stop.into()),
    }
}

/// Every text of an event that a person typed.
fn texts(event: &mut Event) -> Vec<&mut String> {
    match event {
        Event::Note(body) => vec![&mut body.text],
        Event::StepOutcome(body) => body.text.iter_mut().collect(),
        Event::Decision(body) => vec![&mut body.basis],
        Event::FactSet(body) => {
            let mut texts: Vec<&mut String> = body.why.iter_mut().collect();
            match &mut body.value {
                crate::fact::Value::Text(text) => texts.push(text),
                crate::fact::Value::List(items) => texts.extend(items),
                _ => {}
            }
            texts
        }
        Event::Opened(body) => body.title.iter_mut().collect(),
        Event::Closed(body) => body.reason.iter_mut().collect(),
        Event::Reopened(body) => vec![&mut body.reason],
        Event::CommandOutcome(body) => body.place.iter_mut().chain(&mut body.account).collect(),
        _ => Vec::new(),
    }
}

/// What is shown when an event could not be written, so that it can be saved by hand.
fn spoken(event: &Event) -> String {
    let body = event.body().unwrap_or_default();
    format!("{} {body}", event.kind())
}

fn not_recorded(error: &AppendError, text: &str) -> Failure {
    let mut failure = not_recorded_because(&format!("failed to append to the log: {error}"), text);
    match error {
        AppendError::FateUnknown(_) => failure
            .hint("the disk failed while writing, so it may be there after all: look with `breach log show`"),
        AppendError::Open(cause @ OpenError::Locked { .. }) => {
            failure.exit = Exit::Failed;
            failure.hints.extend(cause.hint());
            failure
        }
        AppendError::Damaged { .. } => {
            failure.exit = Exit::Damaged;
            failure.hint("run the same command again: this machine goes on in a new chain")
        }
        _ => failure,
    }
}

/// The failure that every lost word ends in: the text, and that it is not in the log.
pub(super) fn not_recorded_because(error: &str, text: &str) -> Failure {
    Failure::new(Exit::NotRecorded, error).with_text(text).hint("nothing before this was lost; copy the text above, free some space or name another folder with `--home DIR`, then go on")
}

fn cannot_open(error: OpenError) -> Failure {
    // A disk that fails now would not take the entry either.
    let exit = if matches!(error, OpenError::Io { .. }) { Exit::NotRecorded } else { Exit::Failed };
    let mut failure = Failure::new(exit, format!("failed to open the log: {error}"));
    failure.hints.extend(error.hint());
    if exit == Exit::NotRecorded {
        return failure.hint("nothing before this was lost; free some space, or use `--home DIR`");
    }
    failure
}

fn cannot_read(error: AppendError) -> Failure {
    let exit =
        if matches!(error, AppendError::Damaged { .. }) { Exit::Damaged } else { Exit::Failed };
    Failure::new(exit, format!("failed to read the log: {error}"))
        .hint("what you entered so far is recorded; run the same command again to go on")
}

/// Shows what was noticed while a log was opened.
pub(super) fn show_remarks(context: &mut Context, remarks: &[Remark]) {
    for remark in remarks {
        context.screen.warn(&remark.to_string());
    }
}
