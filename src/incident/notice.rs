//! Notices that were sent.

use chrono::{DateTime, FixedOffset};

use super::event::NoticeKind;
use crate::digest::Digest;
use crate::fact::When;

/// A notice that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// When it was sent.
    pub at: When,
    /// What it is.
    pub what: NoticeKind,
    /// Whom it went to.
    pub recipient: Option<String>,
    /// How it was sent.
    pub channel: Option<String>,
    /// The reference that the recipient gave.
    pub reference: Option<String>,
    /// The exhibit that proves it.
    pub proof: Option<String>,
    /// Digest of the list of those it went to.
    pub manifest: Option<Digest>,
    /// Digest of the table that names those that came back.
    pub returned: Option<Digest>,
    /// How many people it went to.
    pub counts: Counts,
    /// Who recorded it.
    pub by: String,
    /// When it was recorded.
    pub recorded_at: DateTime<FixedOffset>,
    /// The entry.
    pub entry: String,
}

/// How many people a notice went to; none: nobody counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many people this batch went to.
    pub sent: Option<u64>,
    /// How many of these came back.
    pub bounced: Option<u64>,
    /// How many people are still to be told.
    pub remaining: Option<u64>,
}

impl Notice {
    /// Whether it is the notice itself, or what the law takes instead, and nobody is left to be told.
    /// More of it, or a correction, settles nothing.
    pub fn is_complete(&self) -> bool {
        self.is_first() && !self.is_partial()
    }

    /// Whether it is the notice itself, and not something that follows it.
    pub fn is_first(&self) -> bool {
        self.what.is_first()
    }

    /// Whether somebody is left to be told.
    pub fn is_partial(&self) -> bool {
        self.counts.remaining.is_some_and(|remaining| remaining > 0)
    }

    /// Whether it is one of the mailings of a campaign: the notice itself, to a number of people.
    pub fn is_batch(&self) -> bool {
        self.is_first() && self.counts.sent.is_some()
    }

    /// The notice, of those of a duty, after which nobody was left to be told. Whoever later says that
    /// somebody is left takes it back, and a notice without numbers tells nobody of those.
    pub fn completing(notices: &[Self]) -> Option<&Self> {
        let mut completing = None;
        for (notice, left) in Self::counted(notices) {
            completing = if left.unwrap_or(0) > 0 { None } else { completing.or(Some(notice)) };
        }
        completing
    }

    /// How many people are still to be told by the notices of a duty; none if nobody counted.
    pub fn left(notices: &[Self]) -> Option<u64> {
        Self::counted(notices).last()?.1
    }

    /// The notices that tell somebody, each with how many were left after it.
    fn counted(notices: &[Self]) -> impl Iterator<Item = (&Self, Option<u64>)> {
        let mut left: Option<u64> = None;
        notices.iter().filter(|notice| notice.is_first()).map(move |notice| {
            let told = notice.counts.sent.unwrap_or(0);
            left = notice.counts.remaining.or(left.map(|left| left.saturating_sub(told)));
            (notice, left)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Precision;

    fn notice(sent: Option<u64>, remaining: Option<u64>) -> Notice {
        let at = DateTime::<chrono::Utc>::UNIX_EPOCH.fixed_offset();
        Notice {
            at: When { earliest: at, latest: at, precision: Precision::Minute },
            what: NoticeKind::Notice,
            recipient: None,
            channel: None,
            reference: None,
            proof: None,
            manifest: None,
            returned: None,
            counts: Counts { sent, bounced: None, remaining },
            by: "Ada".to_owned(),
            recorded_at: at,
            entry: String::new(),
        }
    }

    #[test]
    fn only_numbers_say_that_nobody_is_left() {
        for (sent, place, left) in [
            (&[(None, None)][..], Some(0), None),
            (&[(Some(9), Some(5)), (None, None)], None, Some(5)),
            (&[(Some(9), Some(5)), (Some(5), None)], Some(1), Some(0)),
            (&[(Some(9), Some(5)), (None, None), (None, Some(0))], Some(2), Some(0)),
            (&[(None, None), (None, Some(3))], None, Some(3)),
            (&[(None, Some(2)), (None, Some(0)), (None, None)], Some(1), Some(0)),
        ] {
            let notices: Vec<Notice> = sent.iter().map(|(n, rest)| notice(*n, *rest)).collect();
            let completing = place.map(|place: usize| &notices[place]);
            let found = Notice::completing(&notices);
            assert!(found.zip(completing).is_none_or(|(one, other)| std::ptr::eq(one, other)));
            assert_eq!((found.is_some(), Notice::left(&notices)), (place.is_some(), left));
        }
    }
}
