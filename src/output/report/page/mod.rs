//! Every section laid out, whatever the face.

mod annex;
mod head;
mod law;
mod story;
mod work;

use super::Block;
use crate::report::{Report, Section};

/// The blocks of a section: never none.
pub fn blocks(report: &Report, section: Section) -> Vec<Block> {
    match section {
        Section::Banner => head::banner(report),
        Section::Summary => head::summary(report),
        Section::Metrics => head::metrics(report),
        Section::Timeline => head::timeline(report),
        Section::Phases => head::phases(report),
        Section::Deadlines => law::deadlines(report),
        Section::Impact => story::impact(report),
        Section::Detection => story::detection(report),
        Section::Causes => story::causes(report),
        Section::Response => work::response(report),
        Section::Notifications => law::notifications(report),
        Section::Lessons => story::lessons(report),
        Section::Actions => story::actions(report),
        Section::Questions => story::questions(report),
        Section::Evidence => work::evidence(report),
        Section::Record => annex::record(report),
        Section::Method => annex::method(report),
        Section::Frameworks => annex::frameworks(report),
        Section::Glossary => annex::glossary(report),
    }
}
