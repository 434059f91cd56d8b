//! Finds machines whose clocks disagree: an entry names a head that was seemingly written after it.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};

use super::event::HeadRef;
use crate::wording;

/// How far apart clocks may be before it is reported.
const SLACK: TimeDelta = TimeDelta::minutes(5);

/// How many other chains a line names.
const MOST: usize = 8;

/// The chains from which the clock of one differs in one direction, and the least by which it does from
/// one of them.
type Others<'c> = (Vec<&'c str>, TimeDelta);

/// The times on the clocks of chains, and which clocks disagree.
#[derive(Clone, Debug, Default)]
pub(super) struct Clocks {
    /// For each chain, numbers and times of just enough entries to place any entry within a minute.
    marks: HashMap<String, Vec<(u64, DateTime<Utc>)>>,
    /// For pairs of chains, the one ahead first: the least by which its clock is ahead.
    apart: BTreeMap<(String, String), TimeDelta>,
}

impl Clocks {
    /// Takes in the next entry of a chain.
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

    /// Takes in the heads that an entry names; those in other chains must have been written before it.
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

    /// Describes the clocks that disagree, one line for each chain that is ahead of others, or for each
    /// that is behind, whichever are fewer: one wrong clock is one line.
    pub(super) fn told(&self) -> Vec<String> {
        let mut ahead: BTreeMap<&str, Others<'_>> = BTreeMap::new();
        let mut behind: BTreeMap<&str, Others<'_>> = BTreeMap::new();
        for ((fast, slow), by) in &self.apart {
            for (of, chain, other) in [(&mut ahead, fast, slow), (&mut behind, slow, fast)] {
                let (others, most) = of.entry(chain).or_default();
                others.push(other);
                *most = (*by).max(*most);
            }
        }
        let (apart, how) =
            if ahead.len() <= behind.len() { (ahead, "ahead of") } else { (behind, "behind") };
        let line = |(chain, (others, by)): (&str, Others<'_>)| {
            let rest = others.len().saturating_sub(MOST);
            let rest = (rest > 0).then(|| format!("{rest} more"));
            let named = others.into_iter().take(MOST).map(str::to_owned);
            let named: Vec<String> = named.chain(rest).collect();
            let (others, by) = (wording::list(&named), wording::length(by));
            format!("the clock of chain {chain} is at least {by} {how} {others}")
        };
        apart.into_iter().map(line).collect()
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
    fn one_slow_clock_is_one_line() {
        let mut clocks = Clocks::default();
        let others: Vec<String> = (10..30).map(|number| format!("chain-{number}")).collect();
        for other in &others {
            clocks.take(other, 0, at(60));
            clocks.sees("slow", at(0), &[head(other, 0)]);
        }
        let [line] = &clocks.told()[..] else { panic!("{:?}", clocks.told()) };
        assert!(line.contains("slow is at least 1 h behind chain-10, chain-11"), "{line}");
        assert!(line.ends_with("chain-17 and 12 more"), "{line}");
    }

    #[test]
    fn an_entry_that_names_a_later_one_tells_of_two_clocks() {
        let mut clocks = Clocks::default();
        for seq in 0..10 {
            clocks.take("aaaaaaaa", seq, at(1_000 + i64::try_from(seq).expect("small")));
        }
        // None of these counts: an earlier head, an unknown chain, a difference of only five minutes.
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
