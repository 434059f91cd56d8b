//! What a board sees first, in boxes of its own on a slide.

use super::super::block::{own, words};
use super::Block;
use crate::fact::names::{COST_SO_FAR, ENTRY_VECTOR, FINE_IMPOSED};
use crate::report::{Audience, Computed, Presence, Report, Section, Written};
use crate::wording;

/// The times that it asks for with the way in and the cost, and how many deadlines ended which way.
pub(in crate::output::report) fn strip(report: &Report, section: Section) -> Vec<Block> {
    match section {
        _ if report.banner.audience != Audience::Board => Vec::new(),
        Section::Summary => [times(report), asked(report)].concat(),
        Section::Deadlines => tally(report),
        _ => Vec::new(),
    }
}

/// Times that a board asks for.
const TIMES: [&str; 3] = ["time_to_detect", "time_to_contain", "exposure"];

fn times(report: &Report) -> Vec<Block> {
    let known = report.metrics.iter().filter(|metric| metric.computed == Computed::Known);
    let asked = known.filter(|metric| TIMES.contains(&metric.id.as_str()));
    asked.map(|metric| Block::Field(metric.title.clone(), metric.shown.clone())).collect()
}

/// How they got in, and what it cost: a fine as soon as there is one.
fn asked(report: &Report) -> Vec<Block> {
    let (causes, impact) = (&report.causes.written, &report.impact.written);
    let way = causes.iter().find(|one| one.fact == ENTRY_VECTOR);
    let is_given = |one: &&Written| one.presence == Presence::Given;
    let of = |name: &str| impact.iter().find(|one| one.fact == name);
    let costs = [FINE_IMPOSED, COST_SO_FAR].map(of);
    let cost = costs.into_iter().flatten().find(is_given).or(costs[1]);
    way.into_iter().chain(cost).filter_map(boxed).collect()
}

/// A part as a box, whether it is known or not; none where the reader sees nothing of it.
fn boxed(part: &Written) -> Option<Block> {
    let said = match part.presence {
        Presence::Given => part.texts.iter().map(words).collect::<Vec<_>>().join("; "),
        Presence::Unknown => "not known".to_owned(),
        Presence::Missing => "not recorded".to_owned(),
        Presence::Inapplicable | Presence::Withheld => return None,
    };
    Some(Block::Field(own(&part.title), wording::clip_words(&said, BOX)))
}

/// Characters that a box has room for.
const BOX: usize = 60;

fn tally(report: &Report) -> Vec<Block> {
    // What has no date yet, and what may not have been law at the time, stand below.
    let [told @ .., _other, _hypothetical] = report.deadlines.tally.parts();
    let told = told.into_iter().filter(|(n, _)| *n > 0);
    told.map(|(n, how)| Block::Field(wording::capital(how), super::count(n, "duty"))).collect()
}
