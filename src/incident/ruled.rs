//! What was decided of duties, and what their recipients asked.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::claims::Subject;
use super::event::RulingKind;
use super::state::{Incident, Notice, Ruling};
use crate::fact::Precision;

impl Incident {
    /// Duties that somebody waived and nobody resumed, each with the time the waiver was first recorded.
    pub fn waived(&self) -> BTreeMap<String, DateTime<Utc>> {
        let kinds = [RulingKind::Waived, RulingKind::Resumed];
        let waived = |(duty, rulings): (&String, &Vec<Ruling>)| {
            self.latest(duty, &kinds).filter(|ruling| ruling.what == RulingKind::Waived)?;
            let rulings = rulings.iter().rev().filter(|ruling| kinds.contains(&ruling.what));
            let stands = rulings.take_while(|ruling| ruling.what == RulingKind::Waived);
            Some((duty.clone(), stands.map(|ruling| ruling.at.to_utc()).min()?))
        };
        self.rulings.iter().filter_map(waived).collect()
    }

    /// Whether a duty needs nothing more: everybody was told, or somebody decided not to tell.
    pub fn is_answered(&self, duty: &str) -> bool {
        let sent = self.notices.get(duty).map(Vec::as_slice).unwrap_or_default();
        let latest = self.latest(duty, &[RulingKind::Waived, RulingKind::Resumed]);
        sent.iter().any(Notice::is_complete)
            || latest.is_some_and(|ruling| ruling.what == RulingKind::Waived)
    }

    /// The request to wait with this duty, if none took it back.
    pub fn delay_of(&self, duty: &str) -> Option<&Ruling> {
        self.latest(duty, &[RulingKind::Delayed, RulingKind::Resumed])
            .filter(|ruling| ruling.what == RulingKind::Delayed)
    }

    /// When somebody asked to wait and until when, by duty.
    pub fn delays(&self) -> BTreeMap<String, (DateTime<Utc>, DateTime<Utc>)> {
        let asked = |duty: &String| {
            let ruling = self.delay_of(duty)?;
            let at = ruling.occurred.as_ref().map_or(ruling.at, |when| when.earliest);
            Some((at.to_utc(), ruling.until?.to_utc()))
        };
        self.rulings.keys().filter_map(|duty| Some((duty.clone(), asked(duty)?))).collect()
    }

    /// Questions that nobody answered since, by that word or with more of the notice.
    pub fn questions_of(&self, duty: &str) -> impl Iterator<Item = &Ruling> {
        let sent = self.notices.get(duty).map(Vec::as_slice).unwrap_or_default();
        let rulings = self.rulings.get(duty).map(Vec::as_slice).unwrap_or_default();
        let answers = rulings.iter().filter(|ruling| ruling.what == RulingKind::Answered);
        let answered: Vec<_> = answers.map(|ruling| ruling.at).collect();
        let more: Vec<&Notice> = sent.iter().filter(|notice| !notice.is_first()).collect();
        rulings.iter().filter(|ruling| ruling.what == RulingKind::Asked).filter(move |asked| {
            let answered = answered.iter().any(|at| *at > asked.at);
            // A day without a time may lie before the question: it answers nothing.
            !answered
                && !more.iter().any(|notice| match notice.at.precision {
                    Precision::Day | Precision::Month | Precision::Year => {
                        notice.at.earliest > asked.at
                    }
                    _ => notice.at.latest >= asked.at,
                })
        })
    }

    /// The longest delay of an answer to a recipient's question; `None` if no answer was late.
    pub fn answered_late(&self, duty: &str) -> Option<TimeDelta> {
        let rulings = self.rulings.get(duty)?;
        let late = |(place, asked): (usize, &Ruling)| {
            let until = asked.until.filter(|_| asked.what == RulingKind::Asked)?;
            let mut later = rulings[place..].iter();
            let answer = later.find(|ruling| ruling.what == RulingKind::Answered)?;
            let at = answer.occurred.as_ref().map_or(answer.at, |when| when.earliest);
            (at > until).then(|| at - until)
        };
        rulings.iter().enumerate().filter_map(late).max()
    }

    /// Where two decided differently without knowledge of each other, nothing is decided.
    fn latest(&self, duty: &str, kinds: &[RulingKind]) -> Option<&Ruling> {
        let mut rulings = self.rulings.get(duty)?.iter().rev();
        let latest = rulings.find(|ruling| kinds.contains(&ruling.what))?;
        (!self.claims.differ(&Subject::Duty(duty.to_owned()))).then_some(latest)
    }
}
