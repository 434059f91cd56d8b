//! The one order in which entries are folded, whichever way they came here.
//!
//! Within a chain the numbers order; between chains, the clocks. A clock that was set back must not
//! carry an entry before one that its own chain already had, so an entry counts as written no earlier
//! than any before it in its chain.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use crate::incident::event::Stamped;

/// When an entry counts as written, and its chain, which decides between two of one moment.
type Place = (DateTime<FixedOffset>, String);

/// How far entries have been taken in.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    /// Of each chain, the last number and the latest moment.
    chains: BTreeMap<String, (u64, DateTime<FixedOffset>)>,
    last: Option<Place>,
}

impl Order {
    /// Whether an entry comes behind all that were taken in.
    pub(super) fn is_next(&self, stamped: &Stamped) -> bool {
        let known = self.chains.get(&stamped.chain);
        let follows = known.is_none_or(|(seq, _)| stamped.seq > *seq);
        let at = known.map_or(stamped.at, |(_, latest)| stamped.at.max(*latest));
        follows
            && self
                .last
                .as_ref()
                .is_none_or(|(last, chain)| (at, stamped.chain.as_str()) >= (*last, chain.as_str()))
    }

    /// Takes an entry in.
    pub(super) fn take(&mut self, chain: &str, seq: u64, at: DateTime<FixedOffset>) {
        let at = if let Some((last, latest)) = self.chains.get_mut(chain) {
            *last = seq;
            *latest = at.max(*latest);
            *latest
        } else {
            self.chains.insert(chain.to_owned(), (seq, at));
            at
        };
        match &mut self.last {
            Some((last, of)) if of == chain => *last = at,
            last => *last = Some((at, chain.to_owned())),
        }
    }
}

/// Puts entries in the order in which they are folded.
pub fn in_order(mut entries: Vec<Stamped>) -> Vec<Stamped> {
    entries.sort_by(|a, b| (&a.chain, a.seq).cmp(&(&b.chain, b.seq)));
    let mut order = Order::default();
    let mut placed: Vec<(DateTime<FixedOffset>, Stamped)> = Vec::with_capacity(entries.len());
    for stamped in entries {
        order.take(&stamped.chain, stamped.seq, stamped.at);
        let latest = order.chains.get(&stamped.chain).map_or(stamped.at, |(_, latest)| *latest);
        placed.push((latest, stamped));
    }
    // Those of one moment stay by chain and number.
    placed.sort_by_key(|(at, _)| *at);
    placed.into_iter().map(|(_, stamped)| stamped).collect()
}
