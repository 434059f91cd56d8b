//! Every section laid out, whatever the face.

mod annex;
mod cut;
mod first;
mod head;
mod law;
mod story;
mod work;

use super::Block;
use crate::report::{Audience, Report, Section};
use cut::Room;

/// The blocks of a section: never none. What has no annex is cut to its room.
pub fn blocks(report: &Report, section: Section) -> Vec<Block> {
    let whole = whole(report, section);
    match room(report.banner.audience) {
        Some(room) => room.cut(section, whole),
        None => whole,
    }
}

/// Every section that the reader has; below the last one stands what is cut.
pub(super) fn sections(report: &Report) -> Vec<(Section, Vec<Block>)> {
    let sections = Section::read_by(report.banner.audience);
    let mut all: Vec<(Section, Vec<Block>)> =
        sections.map(|section| (section, blocks(report, section))).collect();
    if let Some((_, last)) = all.last_mut() {
        last.extend(closing(report));
    }
    all
}

/// What stands below a page without annexes: that it was cut, and the proof of the record.
pub(super) fn closing(report: &Report) -> Vec<Block> {
    room(report.banner.audience).map(|room| room.closing(report)).unwrap_or_default()
}

/// The room that a reader has who gets no annex.
fn room(audience: Audience) -> Option<&'static Room> {
    match audience {
        Audience::Executive => Some(&cut::SHEET),
        Audience::Board => Some(&cut::SLIDE),
        Audience::Internal | Audience::Regulator | Audience::Public => None,
    }
}

fn whole(report: &Report, section: Section) -> Vec<Block> {
    match section {
        Section::Banner => first::banner(report),
        Section::Summary => first::summary(report),
        Section::Impact => first::impact(report),
        Section::Causes => first::causes(report),
        Section::Actions => first::actions(report),
        Section::Deadlines => first::deadlines(report),
        Section::Timeline => first::timeline(report),
        Section::Account => story::account(report),
        Section::Counts => story::counts(report),
        Section::Duties => law::duties(report),
        Section::Notifications => law::notifications(report),
        Section::Lessons => story::lessons(report),
        Section::Metrics => head::metrics(report),
        Section::Phases => head::phases(report),
        Section::Detection => story::detection(report),
        Section::Response => work::response(report),
        Section::Questions => story::questions(report),
        Section::Evidence => work::evidence(report),
        Section::Entries => head::timeline(report),
        Section::Record => annex::record(report),
        Section::Method => annex::method(report),
        Section::Frameworks => annex::frameworks(report),
        Section::Glossary => annex::glossary(report),
    }
}
