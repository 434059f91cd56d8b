//! Machines whose clocks do not agree, told by entries that name heads written later than themselves.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::event::HeadRef;
use crate::wording;

/// By how much clocks may differ before anybody is told.
const SLACK: TimeDelta = TimeDelta::minutes(5);

/// What the clocks of chains said.
#[derive(Clone, Debug, Default)]
pub(super) struct Clocks {
    /// Of each chain, numbers and times of entries: as few as tell any entry's time to within a minute.
    marks: BTreeMap<String, Vec<(u64, DateTime<Utc>)>>,
    /// Of two chains, the one ahead first, by how much its clock is ahead at least.
    apart: BTreeMap<(String, String), TimeDelta>,
}

impl Clocks {
    /// A chain goes on.
    pub(super) fn take(&mut self, chain: &str, seq: u64, at: DateTime<Utc>) {
        match self.marks.get_mut(chain) {
            Some(marks) => {
                let is_near = marks.last().is_some_and(|(_, last)| {
                    at >= *last && at.signed_duration_since(*last) < TimeDelta::minutes(1)
                });
                if !is_near {
                    marks.push((seq, at));
                }
            }
            None => drop(self.marks.insert(chain.to_owned(), vec![(seq, at)])),
        }
    }

    /// An entry of a chain names the heads of others: whoever wrote them did so before.
    pub(super) fn sees(&mut self, chain: &str, at: DateTime<Utc>, heads: &[HeadRef]) {
        for head in heads.iter().filter(|head| head.chain != chain) {
            let marks = self.marks.get(&head.chain).map_or(&[][..], Vec::as_slice);
            let upto = marks.partition_point(|(seq, _)| *seq <= head.seq);
            let Some((_, written)) = upto.checked_sub(1).and_then(|last| marks.get(last)) else {
                continue;
            };
            let by = written.signed_duration_since(at);
            if by > SLACK {
                let most = self.apart.entry((head.chain.clone(), chain.to_owned())).or_default();
                *most = by.max(*most);
            }
        }
    }

    /// Whose clocks do not agree, as people read it; of each chain that is ahead of others, one line.
    pub(super) fn told(&self) -> Vec<String> {
        let mut ahead: BTreeMap<&str, (Vec<String>, TimeDelta)> = BTreeMap::new();
        for ((chain, behind), by) in &self.apart {
            let (others, most) = ahead.entry(chain).or_default();
            others.push(behind.clone());
            *most = (*by).max(*most);
        }
        let line = |(chain, (others, by)): (&str, (Vec<String>, TimeDelta))| {
            let (others, by) = (wording::list(&others), wording::length(by));
            format!("the clock of chain {chain} is at least {by} ahead of {others}")
        };
        ahead.into_iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    fn head(chain: &str, seq: u64) -> HeadRef {
        HeadRef { chain: chain.to_owned(), seq, head: crate::digest::Digest::ZERO }
    }

    #[test]
    fn an_entry_that_names_a_later_one_tells_of_two_clocks() {
        let mut clocks = Clocks::default();
        for seq in 0..10 {
            clocks.take("aaaaaaaa", seq, at(1_000 + i64::try_from(seq).expect("small")));
        }
        // What it does not name says nothing; five minutes are nothing.
        clocks.sees("bbbbbbbb", at(2_000), &[head("aaaaaaaa", 9), head("cccccccc", 3)]);
        clocks.sees("bbbbbbbb", at(1_000), &[head("aaaaaaaa", 5)]);
        assert!(clocks.told().is_empty());
        clocks.sees("bbbbbbbb", at(902), &[head("aaaaaaaa", 2)]);
        clocks.sees("dddddddd", at(999), &[head("aaaaaaaa", 9)]);
        let said =
            "the clock of chain aaaaaaaa is at least 1 h 40 min ahead of bbbbbbbb and dddddddd";
        assert_eq!(clocks.told(), [said]);
    }
}
