//! Every section laid out, whatever the face.

mod annex;
mod cut;
mod deadlines;
mod first;
mod head;
mod law;
mod noun;
mod story;
mod strip;
mod work;

pub(super) use law::none as no_duty;
pub(super) use strip::strip;

use super::Block;
use crate::report::{Report, Section};
use crate::wording;

/// `2,000 entries`: the noun follows its number.
fn count(n: usize, noun: &str) -> String {
    wording::grouped(&wording::count(n, noun))
}

/// Every section that the reader has. What has no annex is cut to its room.
pub(super) fn parts(report: &Report) -> Vec<(Section, Vec<Block>)> {
    match cut::paper(report.banner.audience) {
        Some(paper) => paper.filled(report),
        None => report.sections().map(|section| (section, whole(report, section))).collect(),
    }
}

/// The same on one page: what a board has in boxes on its first slide is not said again on the next.
/// Below the last one stands what is cut.
pub(super) fn sections(report: &Report) -> Vec<(Section, Vec<Block>)> {
    let mut all = parts(report);
    let boxes = strip(report, Section::Summary);
    for (_, blocks) in all.iter_mut().filter(|(section, _)| *section != Section::Summary) {
        blocks.retain(|block| !boxes.contains(block));
    }
    all.retain(|(_, blocks)| !blocks.is_empty());
    if let Some((_, last)) = all.last_mut() {
        last.extend(closing(report));
    }
    all
}

/// What stands below a page without annexes: that it was cut, and the proof of the record.
pub(super) fn closing(report: &Report) -> Vec<Block> {
    cut::paper(report.banner.audience).map(|paper| paper.closing(report)).unwrap_or_default()
}

/// The slides of a board: the title of each, and its sections.
pub(super) fn slides() -> impl ExactSizeIterator<Item = (&'static str, &'static [Section])> {
    cut::SLIDES.iter().map(|slide| (slide.title, slide.sections))
}

fn whole(report: &Report, section: Section) -> Vec<Block> {
    match section {
        Section::Banner => first::banner(report),
        Section::Summary => [first::summary(report), strip(report, section)].concat(),
        Section::Impact => first::impact(report),
        Section::Causes => first::causes(report),
        Section::Actions => first::actions(report),
        Section::Deadlines => [strip(report, section), deadlines::deadlines(report)].concat(),
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
