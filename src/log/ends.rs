//! Whether an incident is open, and whether counsel directs the work, told without folding it: which
//! entries say so, say otherwise, or take one of those back.
//!
//! They may stand anywhere, so a chain is looked through once. What was found up to some line is
//! remembered outside the home, beside the witness, with the digest of that line: it commits to all
//! that stands before it. Whoever loses that loses time, and nothing else.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use memchr::memmem::Finder;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::entry::{Entry, LONGEST};
use super::lines::Lines;
use super::tail::Tail;
use super::witness;
use crate::digest::Digest;
use crate::fact::Value;
use crate::fact::names::COUNSEL_DIRECTS;
use crate::id::ChainId;
use crate::incident::event::Event;
use crate::plain_file;
use crate::world::World;

/// How much a chain grows before what is remembered of it is written anew.
const WORTH_IT: u64 = 64 << 10;
/// Entries that are remembered of one chain; where there are more, all of it is looked through.
const MOST: usize = 4096;
/// More bytes than they have.
const MOST_BYTES: usize = 1 << 20;

/// What these entries look like in a line, however that is spaced: no entry is believed whose kind is
/// escaped. Looked for one by one: together they begin with quotes, of which a line is full.
static SIGNS: LazyLock<[Finder<'static>; 4]> = LazyLock::new(|| {
    ["\"closed\"", "\"reopened\"", "\"withdrawn\"", COUNSEL_DIRECTS].map(Finder::new)
});

/// An entry that closed the incident or opened it again, or by which counsel directs the work or no
/// longer does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct End {
    at: String,
    id: String,
    opens: bool,
}

/// What a chain says of its incident.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Said {
    ends: Vec<End>,
    /// Who directs: those that open are counsel's.
    directs: Vec<End>,
    /// Ids of entries that were taken back, here or in another chain.
    withdrawn: BTreeSet<String>,
}

/// What a chain says up to a line.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Known {
    /// Where that line ends.
    offset: u64,
    line: Digest,
    said: Said,
}

/// Whether the latest entry that closed the incident or opened it again, of all chains, and was not
/// taken back, opens it: in a chain the last one, however its clock went, among chains by time. A
/// chain that cannot be read says nothing.
pub(super) fn is_open(chains: &[(ChainId, PathBuf)], world: &World) -> bool {
    latest(chains, world, |said| &said.ends).unwrap_or(true)
}

/// Whether counsel directs the work, by the latest entry that says so or otherwise.
pub(super) fn is_under_counsel(chains: &[(ChainId, PathBuf)], world: &World) -> bool {
    latest(chains, world, |said| &said.directs).unwrap_or(false)
}

/// What the latest entry says that nobody took back.
fn latest(
    chains: &[(ChainId, PathBuf)],
    world: &World,
    of: fn(&Said) -> &Vec<End>,
) -> Option<bool> {
    let look = |(chain, path): &(ChainId, PathBuf)| {
        look(chain, path, Known::read(chain, path, world)).ok().map(|known| known.said)
    };
    let said: Vec<Said> = chains.iter().filter_map(look).collect();
    let is_left = |end: &&End| said.iter().all(|said| !said.withdrawn.contains(&end.id));
    let latest = said.iter().filter_map(|said| of(said).iter().rfind(is_left));
    latest.max_by_key(|end| (&end.at, end.opens)).map(|end| end.opens)
}

/// Remembers what the chains say, of those that have grown much since.
pub(super) fn remember(chains: &[(ChainId, PathBuf)], world: &World) {
    // Where it cannot be kept, it need not be looked for.
    if witness::usable(world).is_err() {
        return;
    }
    chains.par_iter().for_each(|(chain, path)| {
        let length = path.metadata().map_or(0, |metadata| metadata.len());
        if length < WORTH_IT {
            return;
        }
        let before = Known::read(chain, path, world);
        if length - before.offset.min(length) < WORTH_IT {
            return;
        }
        if let Ok(known) = look(chain, path, before) {
            known.keep(chain, path, world);
        }
    });
}

impl Default for Known {
    fn default() -> Self {
        Self { offset: 0, line: Digest::ZERO, said: Said::default() }
    }
}

impl Known {
    /// What is remembered of a chain; nothing where that is not to be had.
    fn read(chain: &ChainId, path: &Path, world: &World) -> Self {
        let read = || {
            let place = witness::place(world).ok()?.join(name(chain, path));
            serde_json::from_slice(&plain_file::read(&place, MOST_BYTES).ok()?).ok()
        };
        read().unwrap_or_default()
    }

    fn keep(&self, chain: &ChainId, path: &Path, world: &World) {
        let Said { ends, directs, withdrawn } = &self.said;
        if self.offset == 0 || ends.len() + directs.len() + withdrawn.len() > MOST {
            return;
        }
        let kept = witness::usable(world).and_then(|place| {
            witness::replace(&place, &name(chain, path), &serde_json::to_vec(self)?)
        });
        if let Err(error) = kept {
            tracing::info!("failed to remember what chain {chain} says of its end: {error}");
        }
    }

    /// Whether the line up to which this was found stands where it stood.
    fn fits(&self, file: &File, length: u64, chain: &str) -> bool {
        let at = self.offset;
        0 < at
            && at <= length
            && Tail::read(file, at, chain).is_ok_and(|tail| tail.is_up_to(at, self.line))
    }
}

/// The file of what is remembered: another one for each copy of a chain.
fn name(chain: &ChainId, path: &Path) -> String {
    let place = Digest::of(witness::real(path).as_bytes()).to_string();
    format!("{chain}-{}.signs", &place[..16])
}

/// What a chain says, from what was known of it.
fn look(chain: &ChainId, path: &Path, known: Known) -> io::Result<Known> {
    let file = plain_file::open(path)?;
    let length = file.metadata()?.len();
    let known = if known.fits(&file, length, chain.as_str()) { known } else { Known::default() };
    let mut look = Look { last: Vec::new(), before: known.line, waits: None, said: known.said };
    let mut lines = Lines::new(file, known.offset);
    while let Some(line) = lines.next()? {
        // No entry is so long, and nothing behind it is believed: there may be no end of it.
        if line.len() > LONGEST {
            return Ok(Known { said: look.end().said, ..Known::default() });
        }
        look.line(line);
    }
    let (offset, line) = (lines.offset(), look.before());
    Ok(Known { offset, line, said: look.end().said })
}

/// A chain that is looked through.
struct Look {
    /// The last line; empty where only its digest is known.
    last: Vec<u8>,
    before: Digest,
    /// The digest and the end of the last line, which counts if the next one follows it.
    waits: Option<(Digest, Event, End)>,
    said: Said,
}

impl Look {
    fn before(&self) -> Digest {
        if self.last.is_empty() { self.before } else { Digest::of(&self.last) }
    }

    fn line(&mut self, line: &[u8]) {
        if let Some((digest, event, end)) = self.waits.take()
            && Entry::parse(line).ok().is_none_or(|next| digest.is(next.prev))
        {
            self.said.take(event, end);
        }
        if SIGNS.iter().any(|sign| sign.find(line).is_some())
            && let Ok(entry) = Entry::parse(line)
            && matches!(entry.kind, "closed" | "reopened" | "withdrawn" | "fact" | "decision")
        {
            let (at, id) = (entry.at.to_owned(), entry.id.to_owned());
            // What a newer version writes of an end does not end it here: the fold does not, either.
            match entry.read().event {
                event @ Event::Reopened(_) => self.said.take(event, End { at, id, opens: true }),
                event @ (Event::FactSet(_) | Event::Decision(_)) => {
                    if let Some(opens) = directs(&event) {
                        self.said.directs.push(End { at, id, opens });
                    }
                }
                // Whoever forges an end would have the incident vanish: it must stand in the chain.
                event @ (Event::Closed(_) | Event::Withdrawn(_))
                    if self.before().is(entry.prev) =>
                {
                    self.waits = Some((Digest::of(line), event, End { at, id, opens: false }));
                }
                _ => {}
            }
        }
        self.last.clear();
        self.last.extend_from_slice(line);
    }

    fn end(mut self) -> Self {
        if let Some((_, event, end)) = self.waits.take() {
            self.said.take(event, end);
        }
        self
    }
}

impl Said {
    fn take(&mut self, event: Event, end: End) {
        match event {
            Event::Withdrawn(body) => {
                self.withdrawn.insert(body.entry);
            }
            _ => self.ends.push(end),
        }
    }
}

/// Whether counsel directs the work by what an event says; none if it says nothing of it. What is kept
/// separately is not read here: it counts as yes.
fn directs(event: &Event) -> Option<bool> {
    let (name, value, apart) = match event {
        Event::FactSet(body) => (&body.name, &body.value, &body.apart),
        Event::Decision(body) => (&body.name, &body.value, &body.apart),
        _ => return None,
    };
    (name == COUNSEL_DIRECTS).then(|| apart.is_some() || *value == Value::YesNo(true))
}
