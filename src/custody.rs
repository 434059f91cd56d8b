//! What the log says is kept, compared with what is there: evidence, texts, playbooks, notices.
//!
//! A log that verifies says nothing of the files that it names, and a file that no entry names is
//! the only trace that is left of an entry that was cut off.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use serde::Deserialize;

use crate::digest::Digest;
use crate::incident::event::{Event, EvidenceAdded, Kept, Source, TextRef};
use crate::incident::{Forgotten, Incident};
use crate::lexicon::words;
use crate::log::{ChainReport, Entry, Folder, OpenError, SALT, fold_looking, verify_each};
use crate::plain_file;
use crate::vault::{self, Reread};
use crate::world::World;

words! {
    /// A place in the folder of an incident where files are kept by their digest.
    pub enum Store {
        /// Exhibits and the output of commands.
        Evidence = "evidence",
        /// Copies of the playbooks that were followed, with the facts and steps they were read with.
        Playbooks = "playbooks",
        /// Texts that are kept outside the log.
        Texts = "texts",
        /// Drafts of notices.
        Notices = "notices",
    }
}

impl Store {
    fn dir(self, folder: &Folder) -> PathBuf {
        match self {
            Self::Evidence => folder.evidence_dir(),
            Self::Playbooks => folder.playbooks_dir(),
            Self::Texts => folder.texts_dir(),
            Self::Notices => folder.notices_dir(),
        }
    }

    /// The file of a digest, below the folder of the store.
    fn file(self, sha256: &Digest) -> PathBuf {
        let name = sha256.to_string();
        match self {
            Self::Evidence => Path::new("sha256").join(&name[..2]).join(name),
            Self::Playbooks => format!("{name}.toml").into(),
            Self::Texts => name.into(),
            Self::Notices => format!("{name}.md").into(),
        }
    }
}

/// A file that an entry names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Where it is kept.
    pub store: Store,
    /// Its digest and length, or none where the log holds no length: of a playbook, a draft, a masked
    /// text.
    pub kept: Kept,
    /// What the log calls it: the name of an exhibit, the id of a playbook, a duty.
    pub name: String,
    /// The first entry that names it: `chain/number`.
    pub entry: String,
    /// Where it is.
    pub path: PathBuf,
}

impl Named {
    /// Whether a plain file is there, with no link on the way: a link may lead out of the folder.
    pub fn is_there(&self) -> bool {
        refuse_links(self).is_ok() && self.path.is_file()
    }
}

/// What the entries of an incident name.
#[derive(Clone, Debug, Default)]
pub struct Inventory {
    named: BTreeMap<(Store, Digest), Named>,
    forgotten: BTreeMap<Digest, Forgotten>,
    /// Files that at least one entry without the privileged mark names.
    open: BTreeSet<(Store, Digest)>,
    /// Whether any fact is marked privileged; drafts may repeat it.
    has_privileged_facts: bool,
    /// When an entry named a file last.
    latest: BTreeMap<Digest, DateTime<FixedOffset>>,
    /// Exhibits that are not in the folder: left in place, or kept by somebody else.
    pub elsewhere: usize,
}

impl Inventory {
    /// Verifies every chain of an incident, and takes what its entries name. Of a copy from elsewhere,
    /// there is no world to compare it with.
    ///
    /// # Errors
    /// A chain cannot be read.
    pub fn read(
        folder: &Folder,
        world: Option<&World>,
    ) -> Result<(Self, Vec<ChainReport>), OpenError> {
        Self::of(folder, |take| verify_each(folder, world, take))
    }

    /// As [`Inventory::read`] of a copy from elsewhere, and folds it into `incident`, all in one pass.
    ///
    /// # Errors
    /// A chain cannot be read.
    pub fn read_and_fold(
        folder: &Folder,
        incident: &mut Incident,
    ) -> Result<(Self, Vec<ChainReport>), OpenError> {
        Self::of(folder, |look| fold_looking(folder, incident, look))
    }

    /// What is named by the entries that `read` hands out.
    fn of(
        folder: &Folder,
        read: impl FnOnce(
            &mut dyn FnMut(&str, &Entry<'_>, &Event),
        ) -> Result<Vec<ChainReport>, OpenError>,
    ) -> Result<(Self, Vec<ChainReport>), OpenError> {
        let mut inventory = Self::default();
        let reports =
            read(&mut |chain, entry, event| inventory.entry(folder, chain, entry, event))?;
        Ok((inventory, reports))
    }

    fn entry(&mut self, folder: &Folder, chain: &str, entry: &Entry<'_>, event: &Event) {
        for named in named_by(folder, chain, entry, event) {
            let at = entry.moment().unwrap_or_default();
            let latest = self.latest.entry(named.kept.sha256).or_insert(at);
            *latest = at.max(*latest);
            let key = (named.store, named.kept.sha256);
            if !entry.is_privileged() {
                self.open.insert(key);
            }
            self.named.entry(key).or_insert(named);
        }
        self.has_privileged_facts |=
            entry.is_privileged() && matches!(event, Event::FactSet(_) | Event::Decision(_));
        match event {
            Event::EvidenceAdded(body) if !is_copied(body) => self.elsewhere += 1,
            Event::Forgotten(_) => {
                for (digest, forgotten) in Forgotten::told(&entry.stamped(chain)) {
                    let newer = |known: &Forgotten| known.at < forgotten.at;
                    if self.forgotten.get(&digest).is_none_or(newer) {
                        self.forgotten.insert(digest, forgotten);
                    }
                }
            }
            _ => {}
        }
    }

    /// Why a file is not there any more, if it was destroyed on purpose and not kept again since.
    pub fn forgotten(&self, sha256: &Digest) -> Option<&Forgotten> {
        let kept = self.latest.get(sha256);
        self.forgotten.get(sha256).filter(|forgotten| kept.is_none_or(|at| *at <= forgotten.at))
    }

    /// Whether a copy for others leaves a file out: only privileged entries name it, or it is a letter
    /// that may repeat what they say.
    pub fn is_privileged(&self, named: &Named) -> bool {
        let is_draft = named.store == Store::Notices && self.has_privileged_facts;
        is_draft || !self.open.contains(&(named.store, named.kept.sha256))
    }

    /// The files that exist and that a copy for others leaves out.
    pub fn privileged(&self) -> BTreeSet<PathBuf> {
        let privileged = self.named.values().filter(|named| self.is_privileged(named));
        privileged.filter(|named| named.is_there()).map(|named| named.path.clone()).collect()
    }

    /// The files of some stores, by store and digest.
    pub fn in_stores(&self, stores: &[Store]) -> impl Iterator<Item = &Named> {
        self.named.values().filter(|named| stores.contains(&named.store))
    }

    /// Files of a store that no entry names, up to `most`: an entry that named one was cut off, or a
    /// crash came before it was written. Bytes that were set aside as altered are named by custody.
    ///
    /// # Errors
    /// The store is there and cannot be read.
    pub fn strays(&self, folder: &Folder, store: Store, most: usize) -> io::Result<Vec<PathBuf>> {
        let dir = store.dir(folder);
        let known: BTreeSet<PathBuf> =
            self.in_stores(&[store]).map(|named| named.path.clone()).collect();
        let mut strays = Vec::new();
        let mut folders = vec![if store == Store::Evidence { dir.join("sha256") } else { dir }];
        while let Some(folder) = folders.pop() {
            let entries = match std::fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            for entry in entries {
                let entry = entry?;
                let path = entry.path();
                // A link is not followed: it would lead out of the folder.
                if entry.file_type()?.is_dir() {
                    folders.push(path);
                } else if !known.contains(&path) && !is_known_by_custody(&path) {
                    strays.push(path);
                    if strays.len() == most {
                        return Ok(strays);
                    }
                }
            }
        }
        strays.sort();
        Ok(strays)
    }
}

/// Whether evidence was copied into the folder, and is not only known to lie somewhere.
fn is_copied(body: &EvidenceAdded) -> bool {
    body.kept.is_some() && !matches!(body.source, Source::InPlace { .. })
}

/// The files that an entry names, each with where it is.
pub fn named_by(folder: &Folder, chain: &str, entry: &Entry<'_>, event: &Event) -> Vec<Named> {
    let mut all = Vec::new();
    let short = |sha256: Digest| Kept { sha256, bytes: 0, truncated: false };
    let mut add = |store: Store, kept: Kept, name: &str| {
        let path = store.dir(folder).join(store.file(&kept.sha256));
        let entry = format!("{chain}/{}", entry.seq);
        all.push(Named { store, kept, name: name.to_owned(), entry, path });
    };
    let texts = if entry.may_name_texts() { texts_apart(entry.body.get()) } else { Vec::new() };
    for TextRef { sha256, length } in texts {
        let bytes = length.map_or(0, |length| length.saturating_add(SALT as u64));
        add(Store::Texts, Kept { bytes, ..short(sha256) }, event.kind());
    }
    match event {
        Event::EvidenceAdded(body) => {
            if let Some(kept) = body.kept.as_ref().filter(|_| is_copied(body)) {
                add(Store::Evidence, kept.clone(), &body.exhibit);
            }
        }
        Event::CommandOutcome(body) => {
            for kept in body.stdout.iter().chain(&body.stderr) {
                add(Store::Evidence, kept.clone(), &body.command);
            }
        }
        Event::PlaybookPinned(body) => {
            let with = body.facts_sha256.iter().chain(&body.steps_sha256);
            for sha256 in [&body.sha256].into_iter().chain(with) {
                add(Store::Playbooks, short(*sha256), &body.playbook);
            }
        }
        Event::NoticeDrafted(body) => add(Store::Notices, short(body.sha256), &body.duty),
        _ => {}
    }
    all
}

/// The texts outside the log that a body names, in whatever field, known to us or not.
fn texts_apart(body: &str) -> Vec<TextRef> {
    let mut found = Vec::new();
    let mut values: Vec<serde_json::Value> = serde_json::from_str(body).into_iter().collect();
    while let Some(value) = values.pop() {
        if let Ok(text) = TextRef::deserialize(&value) {
            found.push(text);
        }
        match value {
            serde_json::Value::Object(fields) => values.extend(fields.into_values()),
            serde_json::Value::Array(items) => values.extend(items),
            _ => {}
        }
    }
    found
}

/// Whether it is bytes that were set aside, or a file that is still being written.
fn is_known_by_custody(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name.contains(".altered-")
}

/// Reads a kept file and compares its digest; `progress` is told of every piece's length.
///
/// # Errors
/// It is there and cannot be read, or it is a link or no plain file.
pub fn compare(named: &Named, progress: &mut dyn FnMut(u64)) -> io::Result<Reread> {
    refuse_links(named)?;
    vault::verify_file(&named.path, &named.kept, progress)
}

/// Takes a kept file away, and says whether its bytes have another name on this disk. One that is not
/// there is no error.
///
/// # Errors
/// It cannot be removed, or it is a link.
pub fn destroy(named: &Named) -> io::Result<bool> {
    refuse_links(named)?;
    let metadata = match named.path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        found => found?,
    };
    std::fs::remove_file(&named.path)?;
    File::open(named.path.parent().unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(metadata.nlink() > 1)
}

/// Refuses a link in the place of a file or of a folder of its store.
fn refuse_links(named: &Named) -> io::Result<()> {
    let below = named.store.file(&named.kept.sha256).components().count();
    let dir = named.path.ancestors().nth(below).unwrap_or(&named.path);
    plain_file::refuse_links(dir, &named.path)
}
