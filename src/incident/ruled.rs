//! What was decided of duties, and what their recipients asked.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};

use super::agreed::Decided;
use super::claims::Subject;
use super::event::RulingKind;
use super::notice::Notice;
use super::state::{Incident, Ruling};
use crate::fact::Precision;

/// The decision by which an incident is a false alarm.
const FALSE_ALARM: &str = "false-alarm";

impl Incident {
    /// The decision that it is a false alarm; none if the last word was another, or that of a role that
    /// determines nothing.
    pub fn false_alarm(&self) -> Option<&Decided> {
        let decided = self.decisions.get(FALSE_ALARM)?.last()?;
        let may = decided.role.decides() && !self.is_contested(FALSE_ALARM);
        (may && decided.what.trim().eq_ignore_ascii_case("yes")).then_some(decided)
    }

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
        self.answered_at(duty).is_some()
    }

    /// Whether notices of a duty are on record and somebody is left to be told: one was taken back, or
    /// told only some.
    pub fn is_untold(&self, duty: &str) -> bool {
        let of = |notices: &BTreeMap<String, Vec<Notice>>| {
            notices.get(duty).is_some_and(|notices| notices.iter().any(Notice::is_first))
        };
        (of(&self.notices) || of(&self.taken_back)) && !self.is_answered(duty)
    }

    /// When it was recorded that a duty needs nothing more.
    pub fn answered_at(&self, duty: &str) -> Option<DateTime<FixedOffset>> {
        let sent = self.notices.get(duty).map(Vec::as_slice).unwrap_or_default();
        let sent = Notice::completing(sent).map(|notice| notice.recorded_at);
        let latest = self.latest(duty, &[RulingKind::Waived, RulingKind::Resumed]);
        let waived = latest.filter(|ruling| ruling.what == RulingKind::Waived);
        sent.max(waived.map(|ruling| ruling.at))
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
        let exchange = self.exchange(duty).into_iter();
        exchange.filter(|(_, answered)| answered.is_none()).map(|(asked, _)| asked)
    }

    /// The longest delay of an answer to a recipient's question; `None` if no answer was late.
    pub fn answered_late(&self, duty: &str) -> Option<TimeDelta> {
        let late = |(asked, answered): (&Ruling, Option<DateTime<FixedOffset>>)| {
            let (until, at) = asked.until.zip(answered)?;
            (at > until).then(|| at - until)
        };
        self.exchange(duty).into_iter().filter_map(late).max()
    }

    /// Each question with the moment of its answer. An answer answers one question, the earliest that
    /// is open: whoever answers two at once says so twice. More of a notice that leaves somebody to be
    /// told answers nothing.
    fn exchange(&self, duty: &str) -> Vec<(&Ruling, Option<DateTime<FixedOffset>>)> {
        let rulings = self.rulings.get(duty).map(Vec::as_slice).unwrap_or_default();
        let sent = self.notices.get(duty).map(Vec::as_slice).unwrap_or_default();
        let of = |kind| rulings.iter().filter(move |ruling| ruling.what == kind);
        let more = sent.iter().filter(|notice| !notice.is_first() && !notice.is_partial());
        let said = of(RulingKind::Answered).map(|ruling| {
            let at = ruling.occurred.as_ref().map_or(ruling.at, |when| when.earliest);
            (ruling.at, at)
        });
        let sent = more.map(|notice| match notice.at.precision {
            // A day without a time may lie before the question: it answers nothing.
            Precision::Day | Precision::Month | Precision::Year => {
                (notice.at.earliest, notice.at.earliest)
            }
            _ => (notice.at.latest + TimeDelta::seconds(1), notice.at.earliest),
        });
        let mut answers: Vec<_> = said.chain(sent).collect();
        answers.sort_unstable();
        let mut exchange: Vec<_> = of(RulingKind::Asked).map(|asked| (asked, None)).collect();
        for (behind, at) in answers {
            let open =
                exchange.iter_mut().find(|(asked, answer)| answer.is_none() && asked.at < behind);
            if let Some((_, answer)) = open {
                *answer = Some(at);
            }
        }
        exchange
    }

    /// Where two decided differently without knowledge of each other, nothing is decided.
    fn latest(&self, duty: &str, kinds: &[RulingKind]) -> Option<&Ruling> {
        let mut rulings = self.rulings.get(duty)?.iter().rev();
        let latest = rulings.find(|ruling| kinds.contains(&ruling.what))?;
        (!self.claims.differ(&Subject::Duty(duty.to_owned()))).then_some(latest)
    }
}
