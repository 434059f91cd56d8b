//! The texts of an incident that are kept apart: the one way to their words.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::OnceLock;

use super::entry::Words;
use super::folder::Folder;
use super::lines::holds;
use super::reader::Reader;
use crate::digest::Digest;
use crate::incident::Forgotten;
use crate::incident::event::{Event, TextRef};
use crate::plain_file;

/// Length of the salt before a text, in bytes: 128 random bits in hexadecimal.
pub const SALT: usize = 32;

/// Longest text kept apart, in bytes, its salt included. More than this is evidence.
pub const LONGEST_TEXT: usize = 1 << 20;

/// As it stands in a line, however that is spaced.
const SIGN: &str = "\"forgotten\"";

/// Texts kept apart, by digest. What was forgotten is looked up when the first text is read.
#[derive(Debug)]
pub struct Texts {
    folder: Folder,
    forgotten: OnceLock<BTreeMap<Digest, Forgotten>>,
}

impl Texts {
    /// The texts of an incident.
    pub fn of(folder: &Folder) -> Self {
        Self { folder: folder.clone(), forgotten: OnceLock::new() }
    }

    /// Puts the words of every text kept apart into an event, or what is to be read in their place.
    pub fn fill(&self, event: &mut Event, is_privileged: bool) {
        for text in event.texts() {
            if let Some(kept) = text.kept() {
                let shown = self.shown(kept, is_privileged);
                *text.shown_mut() = shown;
            }
        }
        event.bring_back();
    }

    fn shown(&self, kept: &TextRef, is_privileged: bool) -> String {
        let sha256 = kept.sha256;
        if let Some(forgotten) = self.forgotten.get_or_init(|| self.forgotten()).get(&sha256) {
            return forgotten.shown();
        }
        match words(self.path(&sha256), &sha256) {
            Ok(Some(words)) => words,
            Ok(None) => format!("[a text kept separately was altered, sha256 {sha256}]"),
            Err(error) if error.kind() == io::ErrorKind::NotFound && is_privileged => {
                "[marked privileged, not here]".to_owned()
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                format!("[a text kept separately is missing, sha256 {sha256}]")
            }
            Err(error) => {
                format!("[a text kept separately cannot be read: {error}, sha256 {sha256}]")
            }
        }
    }

    fn path(&self, sha256: &Digest) -> PathBuf {
        self.folder.texts_dir().join(sha256.to_string())
    }

    /// What was forgotten, as far as its entries are believed. A chain that cannot be read says
    /// nothing of it: whoever reads entries is told of that.
    fn forgotten(&self) -> BTreeMap<Digest, Forgotten> {
        let mut all: BTreeMap<Digest, Forgotten> = BTreeMap::new();
        let chains = self.folder.check_links().and_then(|()| self.folder.chains());
        for (chain, path) in chains.unwrap_or_default() {
            if !holds(&path, SIGN).unwrap_or(false) {
                continue;
            }
            let Ok(mut reader) = Reader::open(chain.as_str(), &path, u64::MAX) else { continue };
            while let Ok(Some(told)) = reader.next(|entry| match entry.kind {
                "forgotten" => Forgotten::told(&entry.stamped(chain.as_str())),
                _ => Vec::new(),
            }) {
                for (digest, forgotten) in told {
                    let earlier = all.get(&digest).is_some_and(|known| known.at <= forgotten.at);
                    if !earlier {
                        all.insert(digest, forgotten);
                    }
                }
            }
        }
        all
    }
}

impl Words for Texts {
    fn fill(&self, event: &mut Event, is_privileged: bool) {
        self.fill(event, is_privileged);
    }
}

/// The words of a text, if the file in its place has its digest.
fn words(path: PathBuf, sha256: &Digest) -> io::Result<Option<String>> {
    plain_file::refuse_links(&path, &path)?;
    let bytes = plain_file::read(&path, LONGEST_TEXT)?;
    if bytes.len() > LONGEST_TEXT || Digest::of(&bytes) != *sha256 {
        return Ok(None);
    }
    let words = bytes.get(SALT..).map(<[u8]>::to_vec);
    Ok(words.and_then(|words| String::from_utf8(words).ok()))
}
