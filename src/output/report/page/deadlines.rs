//! On the first page: who had to be told by when, what may be owed besides, and who was told.

use super::super::block::own;
use super::Block;
use super::law;
use crate::output::duties::NO_ADVICE;
use crate::report::{Deadline, MayBeOwed, Report, Unheld, Verdict};
use crate::wording;

/// What is late first, then what is due next.
pub(super) fn deadlines(report: &Report) -> Vec<Block> {
    let deadlines = &report.deadlines;
    let mut duties: Vec<&Deadline> = deadlines.duties.iter().collect();
    // What may not have been law at the time is a matter for counsel, not for the first sheet.
    let is_short = !report.banner.audience.has_annexes();
    let all = duties.len();
    duties.retain(|duty| !(is_short && duty.hypothetical));
    let hypothetical = all - duties.len();
    duties.sort_by_key(|duty| (urgency(duty), duty.is_kept_on_file()));
    let rows = duties.into_iter().map(|duty| {
        let due = law::due(duty, report.banner.zone, " or later");
        let outcome = if duty.hypothetical {
            format!("hypothetical: {}", duty.shown)
        } else {
            duty.shown.clone()
        };
        vec![duty.title.clone().into(), due, outcome.into()]
    });
    let mut blocks = unheld(&deadlines.unheld);
    let none = report.banner.doubt().unwrap_or_else(|| law::none(deadlines).to_owned());
    let header = ["Duty", "Due", "Outcome, with its margin"];
    blocks.push(Block::table("Who had to be told by when", &header, rows.collect(), &none));
    if hypothetical > 0 {
        let duties = super::count(hypothetical, "duty");
        let line = format!("Not listed: {duties} under rules that may not have been law then.");
        blocks.push(Block::Line(line));
    }
    blocks.extend(may_be_owed(&deadlines.may_be_owed));
    blocks.extend(told(report));
    blocks.push(Block::Line(NO_ADVICE.to_owned()));
    blocks
}

/// How many duties may be owed, and the facts on which most of them depend.
fn may_be_owed(open: &MayBeOwed) -> Option<Block> {
    let told = open.shown()?;
    let facts = open
        .facts
        .iter()
        .take(2)
        .map(|fact| format!("\"{}\" ({})", fact.title, super::count(fact.duties, "duty")));
    let facts: Vec<String> = facts.collect();
    let depends =
        if open.duties.len() == 1 { "It depends on" } else { "They depend most often on" };
    let facts = if facts.is_empty() {
        String::new()
    } else {
        format!(" {depends} {}.", wording::list(&facts))
    };
    Some(Block::Line(format!("{told}.{facts}")))
}

/// Recipients that a field names.
const RECIPIENTS: usize = 3;

/// Who was told when, for those who have no annex that lists the notices.
fn told(report: &Report) -> Option<Block> {
    if report.banner.audience.has_annexes() {
        return None;
    }
    let told = &report.notifications;
    let notices = told.notices.iter().map(|notice| {
        let whom = notice.recipient.as_ref().unwrap_or(&notice.title);
        (own(whom), notice.shown.clone())
    });
    let others = told.others.iter();
    let others = others.filter_map(|other| Some((own(&other.title), other.shown.clone()?)));
    // Whoever was told again is named once.
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    for (whom, shown) in notices.chain(others) {
        match all.iter_mut().find(|(known, _)| *known == whom) {
            Some((_, times)) => times.push(shown),
            None => all.push((whom, vec![shown])),
        }
    }
    let all: Vec<String> =
        all.iter().map(|(whom, times)| format!("{whom} ({})", wording::list(times))).collect();
    let name = "Who was told".to_owned();
    Some(match all.as_slice() {
        [] => Block::Missing(name, "no notice is recorded".to_owned()),
        all => Block::Field(name, wording::some(all, RECIPIENTS)),
    })
}

/// Places that a field names.
const PLACES: usize = 6;

/// Places of which the law is not known here, so that nothing below says what is owed there.
fn unheld(places: &[Unheld]) -> Vec<Block> {
    let (unnamed, unheld): (Vec<&Unheld>, Vec<&Unheld>) =
        places.iter().partition(|place| place.such_as.is_some());
    let (outlined, unheld): (Vec<&Unheld>, Vec<&Unheld>) =
        unheld.into_iter().partition(|place| place.outline.is_some());
    let all = [
        ("No law known here for", unheld),
        ("Law only in outline for", outlined),
        ("Region not recorded for", unnamed),
    ];
    let told = all.into_iter().filter(|(_, places)| !places.is_empty()).map(|(name, places)| {
        let places: Vec<&str> = places.iter().map(|place| place.shown.as_str()).collect();
        Block::Field(name.to_owned(), wording::some(&places, PLACES))
    });
    told.collect()
}

/// How urgent a duty is: late, due, owed without a date, in doubt, settled; duties of a law of which nobody knows whether
/// it held are last.
fn urgency(duty: &Deadline) -> u8 {
    match duty.verdict {
        _ if duty.hypothetical => 6,
        Verdict::Overdue => 0,
        Verdict::Missed | Verdict::Error => 1,
        Verdict::Open => 2,
        Verdict::Unstarted | Verdict::NoNumber | Verdict::Unread => 3,
        Verdict::Unclear | Verdict::Check | Verdict::NotBelieved | Verdict::Withheld => 4,
        Verdict::Met | Verdict::Sent | Verdict::NotOwed | Verdict::Waived => 5,
    }
}
