//! The log of an incident: this machine's chain to write, every machine's chains to read.

use std::collections::BTreeMap;
use std::fs::File;

use super::begin::{gone, start, succeed, tool};
use super::chain::ChainReport;
use super::damage::Remark;
use super::entry::Entry;
use super::error::{AppendError, OpenError};
use super::file::{Appended, Unusable, Writer};
use super::file_system;
use super::folder::Folder;
use super::follow::Follower;
use super::head_code::HeadCode;
use super::own::{self, Own};
use super::read;
use super::sight::Sight;
use super::texts::Texts;
use super::verify;
use crate::incident::event::{Actor, Draft, Event, HeadRef, Joined, Stamped};
use crate::incident::{Incident, in_order};
use crate::world::World;

/// The log of one incident, open for writing.
pub struct IncidentLog {
    folder: Folder,
    writer: Writer,
    /// Chains of other machines, and how far we read them.
    others: BTreeMap<String, Follower>,
    sight: Sight,
    unsure: Option<Unsure>,
}

/// An event of which nobody knows whether it is in the log: the disk failed while it was written.
struct Unsure {
    draft: Draft,
    id: String,
    /// The entry, found whole in a copy of the chain that is on another disk.
    found: Option<Stamped>,
}

impl IncidentLog {
    /// Opens the log for appending, at the cost of a few lines: this machine's chain is found or
    /// started, its end checked, and what a crash tore is sealed.
    ///
    /// # Errors
    /// The folder cannot be used, or a lock cannot be had.
    pub fn open(
        folder: &Folder,
        world: &World,
        allow_network: bool,
        remarks: &mut Vec<Remark>,
    ) -> Result<Self, OpenError> {
        folder.check_links()?;
        remarks.extend(file_system::check(&folder.log_dir(), allow_network)?);
        let actor = tool(world);
        let dir = folder.log_dir();
        // Two processes on a fresh folder must not both start a chain.
        let handle = File::open(&dir).map_err(OpenError::io("failed to open", &dir))?;
        let held = super::lock::take(&handle, &dir)?;
        let writer = match own::find(folder, world)? {
            Own::GoesOn(chain, path) => {
                match Writer::open(&path, chain.as_str(), world, &actor, remarks) {
                    Ok(writer) => writer,
                    Err(Unusable::Open(error)) => return Err(error),
                    Err(Unusable::Damaged(damage)) => {
                        let because = damage.to_string();
                        succeed(folder, world, &actor, chain.as_str(), &because, remarks)?
                    }
                }
            }
            Own::Succeeds(chain, damage) => {
                let because = damage.to_string();
                succeed(folder, world, &actor, chain.as_str(), &because, remarks)?
            }
            Own::Begins(why) => {
                remarks.extend(why);
                start(folder, world, &actor, gone(folder)?)?
            }
        };
        let barred = super::vanished::barred(&dir).into_iter();
        remarks.extend(barred.filter_map(|report| {
            Some(Remark::Barred { chain: report.chain, because: report.damage?.to_string() })
        }));
        drop(held);
        super::ends::remember(&folder.chains()?, world);
        let mut log = Self {
            folder: folder.clone(),
            writer,
            others: BTreeMap::new(),
            sight: Sight::default(),
            unsure: None,
        };
        log.find_others(true)?;
        Ok(log)
    }

    /// Folds every chain into `incident`, checking all of it; later news come from
    /// [`IncidentLog::refresh`]. If our own chain is damaged, a successor goes on from here.
    ///
    /// # Errors
    /// A chain cannot be read.
    pub fn fold(
        &mut self,
        incident: &mut Incident,
        world: &World,
        remarks: &mut Vec<Remark>,
    ) -> Result<Vec<ChainReport>, OpenError> {
        let limit = [(self.writer.chain().to_owned(), self.writer.offset())];
        let (mut reports, places) = read::fold(&self.folder, incident, &limit)?;
        super::witness::compare(&self.folder.log_dir(), world, &mut reports);
        for (chain, follower) in places {
            if chain != self.writer.chain() {
                self.others.insert(chain, follower);
            }
        }
        let ours = reports.iter().find(|report| report.chain == self.writer.chain());
        self.sight.names(ours.into_iter().flat_map(|report| report.witnessed.iter().cloned()));
        self.sight.sees(self.others.values().filter_map(Follower::head));
        if let Some(damage) = ours.and_then(|report| report.damage.as_ref()) {
            let chain = self.writer.chain().to_owned();
            let because = damage.to_string();
            let actor = tool(world);
            self.writer = succeed(&self.folder, world, &actor, &chain, &because, remarks)?;
            self.sight = Sight::default();
        }
        Ok(reports)
    }

    /// Appends an event: on disk when this returns.
    ///
    /// # Errors
    /// It is not recorded, or nobody knows whether it is.
    pub fn append(
        &mut self,
        draft: &Draft,
        actor: &Actor,
        world: &World,
    ) -> Result<Appended, AppendError> {
        let (mut others, stepped) = self.name_seen(draft, world)?;
        self.fill(&mut others);
        let unsure = self.unsure.take_if(|unsure| unsure.draft == *draft);
        if let Some(ours) = unsure.as_ref().and_then(|unsure| unsure.found.clone()) {
            return Ok(Appended { ours, others, clock_step_us: stepped });
        }
        let id = unsure.as_ref().map(|unsure| unsure.id.as_str());
        let written = match self.writer.append(draft, actor, world, id) {
            Ok(mut written) => {
                self.fill(&mut written.others);
                Appended {
                    others: [others, written.others].concat(),
                    clock_step_us: stepped.or(written.clock_step_us),
                    ..written
                }
            }
            Err(error) => {
                self.unsure = match &error {
                    AppendError::FateUnknown { id, .. } => {
                        Some(Unsure { draft: draft.clone(), id: id.clone(), found: None })
                    }
                    _ => unsure,
                };
                return Err(error);
            }
        };
        tracing::debug!(
            chain = self.writer.chain(),
            seq = written.ours.seq,
            kind = draft.event.kind(),
            "recorded"
        );
        Ok(written)
    }

    /// Names the heads that were seen of other chains, where `draft` does not do so itself; behind the
    /// first line of our chain, of all of them. Returns what
    /// others had written meanwhile, and by how much the clock was changed.
    fn name_seen(
        &mut self,
        draft: &Draft,
        world: &World,
    ) -> Result<(Vec<Stamped>, Option<i64>), AppendError> {
        if let Event::Joined(joined) = &draft.event {
            self.sight.names(joined.heads.iter().cloned());
        }
        let is_new = self.writer.head().is_some_and(|head| head.seq == 0);
        if is_new && self.sight.is_blank() {
            let mut heads = verify::heads(&self.folder)?;
            heads.retain(|head| head.chain != self.writer.chain());
            self.sight.sees(heads.into_iter());
        }
        let (mut others, mut stepped) = (Vec::new(), None);
        for heads in self.sight.news() {
            let joined = Draft { drill: draft.drill, ..Joined { heads: heads.clone() }.into() };
            let written = self.writer.append(&joined, &tool(world), world, None);
            // Whatever became of this one, the draft is not there.
            let written = written.map_err(|error| match error {
                AppendError::FateUnknown { error, .. } => AppendError::Refused(error),
                error => error,
            })?;
            self.sight.names(heads);
            others.extend(written.others);
            stepped = stepped.or(written.clock_step_us);
        }
        Ok((others, stepped))
    }

    /// The last line of every chain, as far as they were read.
    pub fn heads(&self) -> Vec<HeadRef> {
        let ours = self.writer.head();
        ours.into_iter().chain(self.others.values().filter_map(Follower::head)).collect()
    }

    /// The code of the last entry of our chain.
    pub fn code(&self) -> Option<HeadCode> {
        self.writer.head().map(|head| HeadCode::of(head.seq, &head.head))
    }

    /// What other processes and machines have written since we last looked.
    ///
    /// # Errors
    /// A chain cannot be read, or does not verify any more.
    pub fn refresh(&mut self) -> Result<Vec<Stamped>, AppendError> {
        let length = self.writer.length()?;
        tracing::trace!(length, "reading new entries");
        let mut news = self.writer.read_new(length)?.0;
        self.find_others(false)?;
        let mut foreign = Vec::new();
        for follower in self.others.values_mut() {
            foreign.extend(follower.read_new()?);
        }
        if !foreign.is_empty() {
            self.sight.sees(self.others.values().filter_map(Follower::head));
        }
        news.extend(foreign);
        self.fill(&mut news);
        Ok(in_order(news))
    }

    /// Takes entries that [`Self::refresh`] or [`Self::append`] handed out into what was folded before.
    ///
    /// # Errors
    /// One of them belongs before others, or takes one back, and a chain cannot be read again.
    pub fn take_in(&self, incident: &mut Incident, news: &[Stamped]) -> Result<(), OpenError> {
        for stamped in news {
            if !incident.is_next(stamped) {
                *incident = self.state()?;
                return Ok(());
            }
            incident.apply(stamped);
        }
        Ok(())
    }

    /// What all entries that were handed out so far add up to.
    fn state(&self) -> Result<Incident, OpenError> {
        let mut read = vec![(self.writer.chain().to_owned(), self.writer.offset())];
        for (chain, _) in self.folder.chains()? {
            if chain.as_str() != self.writer.chain() {
                let offset = self.others.get(chain.as_str()).map_or(0, Follower::offset);
                read.push((chain.as_str().to_owned(), offset));
            }
        }
        let mut incident = Incident::default();
        read::fold(&self.folder, &mut incident, &read)?;
        Ok(incident)
    }

    /// Goes on in another folder, because this one cannot be written any more: the chains are
    /// copied there as they are, and a new one of ours names the last good line. An entry of unknown
    /// fate is looked for in the copy: written again, it would be there twice.
    ///
    /// # Errors
    /// The other folder cannot be used either.
    pub fn move_to(
        &mut self,
        folder: &Folder,
        world: &World,
        because: &str,
    ) -> Result<(), OpenError> {
        for (chain, path) in self.folder.chains()? {
            let copy = folder.chain_path(chain.as_str());
            std::fs::copy(&path, &copy)
                .and_then(|_| File::open(&copy)?.sync_all())
                .map_err(OpenError::io("failed to copy a chain to", &copy))?;
        }
        let chain = self.writer.chain().to_owned();
        if let Some(unsure) = &mut self.unsure {
            unsure.found = read::find(&folder.chain_path(&chain), &chain, &unsure.id)?;
        }
        let actor = tool(world);
        self.writer = succeed(folder, world, &actor, &chain, because, &mut Vec::new())?;
        self.folder = folder.clone();
        self.others.clear();
        self.sight = Sight::default();
        self.find_others(true)
    }

    /// The name that the ends of the chains give for an account in one login session: of ours, or of
    /// the one that ours goes on beside.
    pub fn last_name(&self, world: &World) -> Option<String> {
        let mut chains = self.folder.chains().unwrap_or_default();
        chains.sort_by_key(|(chain, _)| chain.as_str() != self.writer.chain());
        let named = |line: &[u8]| {
            let entry = Entry::parse(line).ok()?;
            let same = entry.boot == world.boot
                && entry.actor.user == world.user
                && entry.actor.login == world.login;
            entry.actor.name.filter(|_| same).map(std::borrow::Cow::into_owned)
        };
        chains.iter().find_map(|(chain, path)| {
            let lines = super::tail::last_lines(path, chain.as_str());
            lines.iter().rev().find_map(|line| named(line))
        })
    }

    /// Puts the words of texts that are kept apart into what others wrote.
    fn fill(&self, news: &mut [Stamped]) {
        let texts = Texts::of(&self.folder);
        for stamped in news {
            texts.fill(&mut stamped.draft.event, stamped.draft.privileged);
        }
    }

    /// Takes note of chains that appeared; at the start they are read from their end on.
    fn find_others(&mut self, at_end: bool) -> Result<(), OpenError> {
        for (chain, path) in self.folder.chains()? {
            let known =
                chain.as_str() == self.writer.chain() || self.others.contains_key(chain.as_str());
            if !known {
                let follower = if at_end {
                    Follower::at_end(chain.as_str(), &path)
                } else {
                    Follower::at_start(chain.as_str(), &path)
                };
                self.others.insert(chain.as_str().to_owned(), follower);
            }
        }
        Ok(())
    }
}
