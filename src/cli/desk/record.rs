//! The record of one incident in our hands: append, fold, notice what others wrote.

use std::path::Path;

use super::acts::Acts;
use super::spoken::{texts, wants_mask};
use super::unrecorded::{cannot_open, cannot_read, not_recorded, not_recorded_because};
use super::{Context, Exit, Failure, spoken, trust};
use crate::digest::{Hasher, hex};
use crate::fact::names::COUNSEL_DIRECTS;
use crate::incident::event::{
    Actor, Draft, Event, EvidenceAdded, Joined, Note, Source, Stamped, Text, TextRef,
};
use crate::incident::{Incident, Sensitive, sensitive};
use crate::log::{Folder, HeadCode, IncidentLog, Remark};
use crate::output::event;
use crate::prompt::{Prompt, Topic};
use crate::vault::Vault;
use crate::world::World;

/// One incident, open for writing.
pub(in crate::cli) struct Record {
    pub(in crate::cli) folder: Folder,
    pub(in crate::cli) vault: Vault,
    pub(in crate::cli) incident: Incident,
    pub(in crate::cli) actor: Actor,
    /// Whether every free text is kept apart from now on, and not only what is marked privileged.
    pub(in crate::cli) apart: bool,
    /// What somebody said of whether this is privileged; none: counsel's word on the whole work holds.
    pub(in crate::cli) privileged: Option<bool>,
    /// Whether counsel directs the work, where the log was not folded.
    under_counsel: bool,
    /// Whether what was written last is marked privileged.
    pub(in crate::cli) is_marked: bool,
    /// What the person at the keyboard wrote, act by act.
    pub(in crate::cli) acts: Acts,
    log: IncidentLog,
    /// What others wrote and nobody was told of yet.
    news: Vec<Stamped>,
}

impl Record {
    /// Opens an incident and folds all of it.
    pub(in crate::cli) fn open(context: &mut Context, folder: Folder) -> Result<Self, Failure> {
        let mut opened = Self::one_shot(context, folder)?;
        let mut remarks = Vec::new();
        let read = opened.log.fold(&mut opened.incident, &context.world, &mut remarks);
        let reports = read.map_err(cannot_open)?;
        super::chains::show_damage(context, &reports);
        let opened = opened.read(context);
        show_remarks(context, &remarks);
        Ok(opened)
    }

    /// Opens an incident of which all was checked and folded just now.
    pub(in crate::cli) fn folded(
        context: &mut Context,
        folder: Folder,
        mut incident: Incident,
    ) -> Result<Self, Failure> {
        let opened = Self::one_shot(context, folder)?;
        incident.drill |= opened.incident.drill;
        Ok(Self { incident, ..opened }.read(context))
    }

    /// What follows once all was folded.
    fn read(mut self, context: &mut Context) -> Self {
        super::chains::show_newer(context, &self.incident);
        if self.actor.name.is_none() {
            self.actor.name = Self::name_here(context, &self.incident);
        }
        self
    }

    /// Who is at the keyboard, as far as they said, now or before in this login.
    pub(in crate::cli) fn name_here(context: &Context, incident: &Incident) -> Option<String> {
        let World { host, user, login, .. } = &context.world;
        let known = || incident.name_of(host, user, *login).map(str::to_owned);
        context.global.name.clone().or_else(known)
    }

    /// Opens an incident for one entry, without folding it.
    pub(in crate::cli) fn one_shot(context: &mut Context, folder: Folder) -> Result<Self, Failure> {
        if folder.is_archived() {
            let name = folder.name();
            return Err(Failure::usage(format!("incident {name} is archived, so it is only read"))
                .hint(format!(
                    "nothing was recorded; `breach incident archive {name} --undo` takes it back"
                )));
        }
        let mut remarks = Vec::new();
        let network = context.global.allow_network_fs;
        let log = IncidentLog::open(&folder, &context.world, network, &mut remarks)
            .map_err(cannot_open)?;
        show_remarks(context, &remarks);
        trust::warn_of_record(context, &folder);
        let actor = Actor {
            name: context.global.name.clone().or_else(|| log.last_name(&context.world)),
            user: context.world.user.clone(),
            login: context.world.login,
        };
        let vault = Vault::new(folder.evidence_dir());
        let mut incident = Incident::default();
        incident.drill = folder.is_drill();
        let under_counsel = folder.is_under_counsel(&context.world);
        Ok(Self {
            folder,
            vault,
            incident,
            actor,
            apart: false,
            privileged: None,
            under_counsel,
            is_marked: false,
            acts: Acts::default(),
            log,
            news: Vec::new(),
        })
    }

    /// Says that the incident is closed, where something is recorded all the same: a late finding
    /// must not be lost, and nobody should think that the incident goes on.
    pub(in crate::cli) fn say_if_closed(&self, context: &mut Context) {
        if self.incident.closed_at.is_some() || !self.folder.is_open(&context.world) {
            let name = self.folder.name();
            context.screen.warn(&format!(
                "incident {name} is closed; this is recorded anyway, and it stays closed (`breach \
                 reopen --reason TEXT` reopens it)"
            ));
        }
    }

    /// Appends an event and folds it. Returns what was written.
    ///
    /// Text that is too long for an entry is kept as evidence first; the entry says where. What is
    /// marked privileged is kept apart, so that it can be held back, and forgotten.
    pub(in crate::cli) fn append(
        &mut self,
        context: &mut Context,
        mut draft: Draft,
    ) -> Result<Stamped, Failure> {
        draft.drill |= self.incident.drill;
        self.mark_privileged(&mut draft);
        self.make_fit(context, &mut draft)?;
        self.write(context, draft)
    }

    /// Marks an event privileged if somebody said so, or if counsel directs the work and nobody said
    /// otherwise.
    fn mark_privileged(&self, draft: &mut Draft) {
        if draft.event.is_work() {
            let known = self.incident.facts.contains_key(COUNSEL_DIRECTS);
            let directs = if known { self.incident.is_under_counsel() } else { self.under_counsel };
            let marked = draft.privileged || directs && !draft.event.is_for_everybody();
            draft.privileged = self.privileged.unwrap_or(marked);
        }
    }

    /// Keeps the texts of an event where they belong. Done twice, it is done once: an entry that is
    /// tried again names the same texts.
    fn make_fit(&mut self, context: &mut Context, draft: &mut Draft) -> Result<(), Failure> {
        for text in texts(&mut draft.event) {
            if text.len() > spoken::LONGEST {
                let exhibit = self.keep_text(context, text, draft.privileged)?;
                let begins = spoken::beginning(text);
                *text = format!("{begins} … (the whole text is {exhibit})");
            }
        }
        // Why something was forgotten is read in its place for as long as the log is.
        let stays = matches!(draft.event, Event::Forgotten(_));
        if draft.privileged {
            draft.event.set_apart();
        }
        if (draft.privileged || self.apart) && !stays {
            for text in draft.event.texts() {
                if text.kept().is_none() {
                    let length = Some(text.len() as u64);
                    let kept = self.keep_apart(context, text)?;
                    *text = Text::apart(TextRef { length, ..kept }, text.as_str());
                }
            }
        }
        Ok(())
    }

    /// Appends an entry that names every head. Returns its code.
    pub(in crate::cli) fn mark(&mut self, context: &mut Context) -> Result<HeadCode, Failure> {
        let heads = self.log.heads();
        self.append(context, Joined { heads }.into())?;
        self.log.code().ok_or_else(|| Failure::new(Exit::Failed, "the log has no code"))
    }

    /// Ends with an entry that names every head, and shows its code. Nothing hangs on it: where it
    /// cannot be written, everything before it stands.
    pub(in crate::cli) fn end(&mut self, context: &mut Context) {
        match self.mark(context) {
            Err(Failure { error, .. }) => context.screen.warn(&format!(
                "no code for the log up to here: {error:#}; everything before is recorded"
            )),
            Ok(code) => {
                let line = format!("Write this down: {code}. It proves the log up to here.");
                context.screen.say(&line);
            }
        }
    }

    /// Offers to mask what looks like a secret, then appends.
    pub(in crate::cli) fn append_careful(
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
            originals.push(self.keep_apart(context, text)?);
            *text = Sensitive::mask(text, &found);
        }
        // A note says itself where its own text is: there is no moment between two entries.
        if let Event::Note(note) = &mut draft.event {
            note.original = originals.pop();
        }
        let step = draft.step.clone();
        let stamped = self.append_or_move(context, prompt, draft)?;
        for original in originals {
            let mut note = Draft::from(Note::beside(&stamped.id, original));
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
        mut draft: Draft,
    ) -> Result<Stamped, Failure> {
        loop {
            self.mark_privileged(&mut draft);
            let appended = self
                .make_fit(context, &mut draft)
                .and_then(|()| self.append(context, draft.clone()));
            let failure = match appended {
                Err(failure) if failure.exit == Exit::NotRecorded && prompt.is_patient() => failure,
                result => return result,
            };
            context.screen.failure(&failure.details, &failure.error, &failure.hints);
            let home = loop {
                let answer = prompt
                    .line(Topic::Fault, "Continue in another folder? Its path, or Enter to stop: ");
                let Some(typed) = answer.ok().map(|line| line.trim().to_owned()) else {
                    return Err(failure);
                };
                if matches!(&*typed, "" | "q" | "<") {
                    return Err(failure);
                }
                // A line meant for the step makes no folder of that name.
                let is_path = ["/", "./", "../"].iter().any(|start| typed.starts_with(start));
                if is_path || Path::new(&typed).is_dir() {
                    break typed;
                }
                context.screen.say("That is no folder. A new one begins with / or ./");
            };
            let home = Path::new(&home);
            if let Err(failure) = self.move_to(context, home, &format!("{:#}", failure.error)) {
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
        super::moving::take_along(context, &self.folder, &folder);
        self.log.move_to(&folder, &context.world, because).map_err(cannot_open)?;
        self.vault = Vault::new(folder.evidence_dir());
        self.folder = folder;
        context.screen.warn(&format!("continuing in `{}`", home.display()));
        context.moved_to = Some(home);
        Ok(())
    }

    /// What other processes and machines have written since we last looked.
    pub(in crate::cli) fn catch_up(&mut self) -> Result<Vec<Stamped>, Failure> {
        let fresh = self.log.refresh().map_err(cannot_read)?;
        self.log.take_in(&mut self.incident, &fresh).map_err(|error| cannot_read(error.into()))?;
        let mut news = std::mem::take(&mut self.news);
        news.extend(fresh);
        Ok(news)
    }

    fn write(&mut self, context: &mut Context, mut draft: Draft) -> Result<Stamped, Failure> {
        if let Some(name) = self.actor.name.take() {
            self.actor.name = Some(spoken::name(context, name));
        }
        match self.log.append(&draft, &self.actor, &context.world) {
            Ok(mut written) => {
                context.recorded += 1;
                self.acts.wrote(&written.ours.id);
                self.is_marked = draft.privileged;
                written.ours.draft.event.bring_back();
                let mut fresh = written.others.clone();
                fresh.push(written.ours.clone());
                let taken = self.log.take_in(&mut self.incident, &fresh);
                taken.map_err(|error| cannot_read(error.into()))?;
                self.news.extend(written.others);
                if let Some(step_us) = written.clock_step_us {
                    let step = event::clock(step_us);
                    context.screen.warn(&format!(
                        "{step} since the previous entry; that is recorded, and times may be wrong"
                    ));
                }
                Ok(written.ours)
            }
            Err(error) => {
                draft.event.bring_back();
                Err(not_recorded(&error, &event::unsaved(&draft)))
            }
        }
    }

    fn keep_text(
        &mut self,
        context: &mut Context,
        text: &str,
        privileged: bool,
    ) -> Result<String, Failure> {
        let started_at = context.world.now().at;
        let kept = self
            .vault
            .keep(text.as_bytes(), &context.world)
            .map_err(|error| not_recorded_because("failed to keep a long text", &error, text))?;
        let exhibit = crate::id::exhibit(context.world.random()?);
        let title = "text too long for an entry";
        let body = EvidenceAdded {
            kept: Some(kept),
            started_at: Some(started_at),
            ..EvidenceAdded::new(&exhibit, title, Source::Stdin)
        };
        let mut draft = Draft::from(body);
        draft.drill = self.incident.drill;
        draft.privileged = privileged;
        self.write(context, draft)?;
        Ok(exhibit)
    }

    /// Keeps a text in `texts/` under the digest of salt and text, where it can be destroyed
    /// without a trace in the chain.
    fn keep_apart(&self, context: &Context, text: &str) -> Result<TextRef, Failure> {
        let salt = hex(&context.world.random::<16>()?);
        let mut hasher = Hasher::default();
        hasher.update(salt.as_bytes());
        hasher.update(text.as_bytes());
        let sha256 = hasher.finish();
        let failed = |error: std::io::Error| {
            not_recorded_because("failed to keep the text separately", &error, text)
        };
        let path = self.folder.texts_dir().join(sha256.to_string());
        super::files::write_once(&path, &[salt.as_bytes(), text.as_bytes()]).map_err(failed)?;
        Ok(TextRef { sha256, length: None })
    }
}

/// Shows what was noticed while a log was opened.
pub(in crate::cli) fn show_remarks(context: &mut Context, remarks: &[Remark]) {
    for remark in remarks {
        context.screen.warn(&remark.to_string());
    }
}
