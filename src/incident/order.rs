//! The one order in which entries are folded, whichever way they came here.
//!
//! Within a chain, entry numbers give the order. Across chains, an entry comes after those that its
//! chain names as seen; clocks order the rest. Even a clock that is a day slow never moves an entry
//! ahead of one that its author knew.

use std::collections::{BTreeMap, HashMap, VecDeque};

use chrono::{DateTime, FixedOffset};

use crate::incident::event::{Event, HeadRef, Stamped};

/// When an entry was written, and its chain, which decides between two of one moment.
type Place = (DateTime<FixedOffset>, String);

/// How far entries have been taken in.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    /// Of each chain, the last number.
    chains: HashMap<String, u64>,
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
        follows && (is_latest || self.last == stamped.chain || self.is_known_to(stamped))
    }

    /// Whether an entry names the last one of every other chain: it comes after them, whatever the clocks
    /// say.
    fn is_known_to(&self, stamped: &Stamped) -> bool {
        let heads = named(&stamped.draft.event);
        if heads.len() + 1 < self.chains.len() {
            return false;
        }
        let known: HashMap<&str, u64> =
            heads.iter().map(|head| (head.chain.as_str(), head.seq)).collect();
        self.chains.iter().all(|(chain, last)| {
            *chain == stamped.chain || known.get(chain.as_str()).is_some_and(|seq| seq >= last)
        })
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

/// The entry that each chain has next. [`Queue::pop`] hands out the one that comes first: the earliest of
/// those behind nothing that is still to come. Where each waits for another, which only a forger can bring
/// about, the earliest.
pub struct Queue<T> {
    /// What each chain has next, the earliest first.
    next: BTreeMap<Place, (Vec<HeadRef>, T)>,
    /// The number of the entry that each chain has next, or [`NOTHING`].
    seqs: HashMap<String, u64>,
}

/// The number of no entry: what a chain has next is not known.
const NOTHING: u64 = u64::MAX;

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self { next: BTreeMap::new(), seqs: HashMap::new() }
    }
}

impl<T> Queue<T> {
    /// Adds what a chain has next: when it was written, its number, and the heads that it names.
    pub fn push(
        &mut self,
        (at, chain): (DateTime<FixedOffset>, String),
        (seq, after): (u64, Vec<HeadRef>),
        entry: T,
    ) {
        match self.seqs.get_mut(&chain) {
            Some(next) => *next = seq,
            None => drop(self.seqs.insert(chain.clone(), seq)),
        }
        self.next.insert((at, chain), (after, entry));
    }

    /// Takes out what comes first, and its chain, which has nothing next until the next push.
    pub fn pop(&mut self) -> Option<(String, T)> {
        let is_to_come =
            |head: &HeadRef| self.seqs.get(&head.chain).is_some_and(|n| *n <= head.seq);
        let is_free =
            |(_, (after, _)): &(&Place, &(Vec<HeadRef>, T))| !after.iter().any(is_to_come);
        let later = match self.next.first_key_value().filter(is_free) {
            Some(_) => None,
            None => self.next.iter().find(is_free).map(|(place, _)| place.clone()),
        };
        let ((_, chain), (_, entry)) = match later {
            Some(place) => self.next.remove_entry(&place)?,
            None => self.next.pop_first()?,
        };
        if let Some(next) = self.seqs.get_mut(&chain) {
            *next = NOTHING;
        }
        Some((chain, entry))
    }
}

/// Puts entries in the order in which they are folded.
pub fn in_order(mut entries: Vec<Stamped>) -> Vec<Stamped> {
    entries.sort_by_key(|stamped| stamped.seq);
    let mut placed = Vec::with_capacity(entries.len());
    let mut chains: BTreeMap<String, VecDeque<Stamped>> = BTreeMap::new();
    for stamped in entries {
        chains.entry(stamped.chain.clone()).or_default().push_back(stamped);
    }
    let mut queue = Queue::default();
    let push = |queue: &mut Queue<Stamped>, chain: String, waiting: &mut VecDeque<Stamped>| {
        if let Some(next) = waiting.pop_front() {
            let after = named(&next.draft.event).to_vec();
            queue.push((next.at, chain), (next.seq, after), next);
        }
    };
    for (chain, waiting) in &mut chains {
        push(&mut queue, chain.clone(), waiting);
    }
    while let Some((chain, stamped)) = queue.pop() {
        if let Some(waiting) = chains.get_mut(&chain) {
            push(&mut queue, chain, waiting);
        }
        placed.push(stamped);
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::event::{Joined, Note};

    fn stamped(chain: &str, (seq, minute): (u64, i64), event: Event) -> Stamped {
        let at = (DateTime::UNIX_EPOCH + chrono::TimeDelta::minutes(minute)).fixed_offset();
        Stamped {
            chain: chain.to_owned(),
            seq,
            id: format!("{chain}-{seq}"),
            at,
            host: String::new(),
            actor: crate::incident::event::Actor::default(),
            draft: event.into(),
            is_whole: true,
            is_withdrawn: false,
        }
    }

    /// The entry of a slow clock that names the others as far as here.
    fn sees(seqs: [u64; 2]) -> Stamped {
        let head = |(chain, seq): (&str, u64)| HeadRef {
            chain: chain.to_owned(),
            seq,
            head: crate::digest::Digest::ZERO,
        };
        let heads = ["aaaaaaaa", "bbbbbbbb"].into_iter().zip(seqs).map(head).collect();
        stamped("cccccccc", (1, 0), Joined { heads }.into())
    }

    #[test]
    fn who_has_seen_all_comes_after_all_whatever_the_clocks_say() {
        let note = || Event::from(Note::new("x".to_owned()));
        let mut entries = vec![
            stamped("aaaaaaaa", (7, 60), note()),
            stamped("bbbbbbbb", (9, 50), note()),
            stamped("cccccccc", (0, 0), note()),
        ];
        let mut order = Order::default();
        for entry in in_order(entries.clone()) {
            order.take(&entry.chain, entry.seq, entry.at);
        }
        assert!(!order.is_next(&stamped("cccccccc", (1, 0), note())));
        assert!(!order.is_next(&sees([7, 8])));
        assert!(order.is_next(&sees([7, 9])));
        entries.push(sees([7, 9]));
        assert_eq!(in_order(entries).last(), Some(&sees([7, 9])), "as a fold puts it");
    }
}
