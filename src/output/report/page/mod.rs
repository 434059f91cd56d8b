//! Every section laid out, whatever the face.

mod annex;
mod first;
mod head;
mod law;
mod one_page;
mod story;
mod work;

use super::Block;
use crate::report::{Audience, Report, Section};

/// The blocks of a section: never none. An executive gets one sheet.
pub fn blocks(report: &Report, section: Section) -> Vec<Block> {
    let whole = whole(report, section);
    match report.banner.audience {
        Audience::Executive => one_page::cut(report, section, whole),
        Audience::Internal | Audience::Regulator | Audience::Public => whole,
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
