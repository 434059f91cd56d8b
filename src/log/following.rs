//! Every chain of an incident, shown while it grows.

use chrono::{DateTime, Utc};

use super::branches;
use super::chain::ChainReport;
use super::error::OpenError;
use super::folder::Folder;
use super::heads::compare_heads;
use super::read::{Line, merge};
use super::reader::Reader;
use super::{vanished, witness};
use crate::world::World;

/// All chains of an incident, read once and then followed.
pub struct Following {
    folder: Folder,
    readers: Vec<Reader>,
}

impl Following {
    /// Starts at the first line of every chain.
    pub fn new(folder: &Folder) -> Self {
        Self { folder: folder.clone(), readers: Vec::new() }
    }

    /// Hands out the lines that were appended since the last call and not written before `since`,
    /// merged by moment.
    ///
    /// # Errors
    /// A chain cannot be read.
    pub fn read(
        &mut self,
        since: Option<DateTime<Utc>>,
        take: &mut dyn FnMut(Line),
    ) -> Result<(), OpenError> {
        for (chain, path) in self.folder.chains()? {
            if !self.readers.iter().any(|reader| reader.name == chain.as_str()) {
                self.readers.push(Reader::open(chain.as_str(), &path, u64::MAX)?);
            }
        }
        merge(&mut self.readers, since, &mut |chain, line, entry| {
            take(Line::new(line, chain, &entry));
        })
    }

    /// What is known of the chains as far as they were read.
    ///
    /// # Errors
    /// A chain cannot be read.
    pub fn reports(&self, world: &World) -> Result<Vec<ChainReport>, OpenError> {
        let chains = self.folder.chains()?;
        let of = |reader: &Reader| reader.chain.clone().finish(reader.lines.rest().len());
        let mut reports: Vec<ChainReport> = self.readers.iter().map(of).collect();
        compare_heads(&chains, &mut reports)?;
        branches::add(&chains, &mut reports)?;
        vanished::add(&self.folder.log_dir(), &mut reports);
        witness::compare(&self.folder.log_dir(), world, &mut reports);
        Ok(reports)
    }
}
