//! The one order in which entries are folded, whichever way they came here.
//!
//! Within a chain, entry numbers give the order. Across chains, an entry comes after those that its
//! chain names as seen; clocks order the rest. Even a clock that is a day slow never moves an entry
//! ahead of one that its author knew.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, FixedOffset};

use crate::incident::event::{Event, HeadRef, Stamped};

/// When an entry was written, and its chain, which decides between two of one moment.
type Place = (DateTime<FixedOffset>, String);

/// How far entries have been taken in.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    /// Of each chain, the last number.
    chains: BTreeMap<String, u64>,
    /// The latest of all.
    latest: Option<Place>,
    /// The chain of the last one.
    last: String,
}

impl Order {
    /// Whether an entry comes after all those taken in so far.
    pub(super) fn is_next(&self, stamped: &Stamped) -> bool {
        let follows = self.chains.get(&stamped.chain).is_none_or(|seq| stamped.seq > *seq);
        let is_latest = self.latest.as_ref().is_none_or(|(latest, chain)| {
            (stamped.at, stamped.chain.as_str()) >= (*latest, chain.as_str())
        });
        follows && (is_latest || self.last == stamped.chain)
    }

    /// Takes an entry in. Whether it is the first of its chain.
    pub(super) fn take(&mut self, chain: &str, seq: u64, at: DateTime<FixedOffset>) -> bool {
        let is_first = match self.chains.get_mut(chain) {
            Some(last) => {
                *last = seq;
                false
            }
            None => self.chains.insert(chain.to_owned(), seq).is_none(),
        };
        match &mut self.latest {
            Some((latest, of)) if of == chain => *latest = at.max(*latest),
            Some((latest, of)) if (at, chain) < (*latest, of.as_str()) => {}
            latest => *latest = Some((at, chain.to_owned())),
        }
        if self.last != chain {
            chain.clone_into(&mut self.last);
        }
        is_first
    }
}

/// The heads that an entry names: its author knew all that stands before them.
pub fn named(event: &Event) -> &[HeadRef] {
    match event {
        Event::Joined(body) => &body.heads,
        Event::Genesis(body) => {
            let good = body.continues.as_ref().and_then(|of| of.last_good.as_ref());
            good.map(std::slice::from_ref).unwrap_or_default()
        }
        _ => &[],
    }
}

/// Which of the entries that chains have next comes first: the earliest of those behind nothing that
/// is still to come. Where each waits for another, which only a forger can bring about, the earliest.
pub fn first<'n>(next: impl Iterator<Item = Next<'n>> + Clone) -> Option<usize> {
    let waits = |one: &Next<'_>| {
        one.after.iter().any(|head| {
            next.clone().any(|other| other.chain == head.chain && other.seq <= head.seq)
        })
    };
    let earliest = |all: &mut dyn Iterator<Item = Next<'n>>| {
        all.min_by(|a, b| (a.at, a.chain).cmp(&(b.at, b.chain))).map(|one| one.number)
    };
    let free = earliest(&mut next.clone().filter(|one| !waits(one)));
    free.or_else(|| earliest(&mut next.clone()))
}

/// The entry that a chain has next.
#[derive(Clone, Copy, Debug)]
pub struct Next<'n> {
    /// Which of the chains it is.
    pub number: usize,
    /// When it was written.
    pub at: DateTime<FixedOffset>,
    /// The name of the chain.
    pub chain: &'n str,
    /// Its number in it.
    pub seq: u64,
    /// The heads that it names.
    pub after: &'n [HeadRef],
}

/// Puts entries in the order in which they are folded.
pub fn in_order(mut entries: Vec<Stamped>) -> Vec<Stamped> {
    entries.sort_by_key(|stamped| stamped.seq);
    let count = entries.len();
    let mut chains: BTreeMap<String, VecDeque<Stamped>> = BTreeMap::new();
    for stamped in entries {
        chains.entry(stamped.chain.clone()).or_default().push_back(stamped);
    }
    let mut chains: Vec<VecDeque<Stamped>> = chains.into_values().collect();
    let mut placed = Vec::with_capacity(count);
    loop {
        let next = chains.iter().enumerate().filter_map(|(number, chain)| {
            let Stamped { at, chain, seq, draft, .. } = chain.front()?;
            Some(Next { number, at: *at, chain, seq: *seq, after: named(&draft.event) })
        });
        let Some(number) = first(next) else { return placed };
        placed.extend(chains[number].pop_front());
    }
}
