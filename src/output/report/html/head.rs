//! The answer above the fold: what this paper is, what happened, and how long it took.

use maud::{Markup, html};

use super::super::{Block, TITLE};
use super::block;
use super::table::parts;
use crate::escape;
use crate::report::{Computed, Report, Status, Tlp};
use crate::wording::clip;

/// The label of the Traffic Light Protocol, in its colours.
pub(super) fn label(tlp: Tlp) -> Markup {
    let class = match tlp {
        Tlp::Red => "tlp red",
        Tlp::AmberStrict | Tlp::Amber => "tlp amber",
        Tlp::Green => "tlp green",
        Tlp::Clear => "tlp",
    };
    html! { span class=(class) { (tlp.as_str()) } }
}

/// Fields that have their place above the others.
const SAID: [&str; 3] = ["Status", "Share", "Times"];

/// Title, severity and status; then what else matters of the paper, alarms first.
pub(super) fn masthead(report: &Report, blocks: &[Block]) -> Markup {
    let banner = &report.banner;
    let title = banner.title.as_ref().map_or("Incident report", |title| title.as_str());
    let (status, why) = banner.standing().split_once(": ").unwrap_or((banner.standing(), ""));
    let draft = banner.status == Status::Draft;
    let alarm = |block: &&Block| match block {
        Block::Field(name, _) => name == "Record",
        block => matches!(block, Block::Line(_)),
    };
    let rest = blocks.iter().filter(|block| match block {
        Block::Field(name, _) => !SAID.contains(&name.as_str()) && !alarm(block),
        block => !alarm(block),
    });
    let rest: Vec<Block> = rest.cloned().collect();
    html! {
        header #banner {
            p.marks {
                span.state.draft[draft] { (status) } " " span.why { (why) } " " (label(banner.tlp))
            }
            h1 { (escape::line(&clip(title, TITLE))) }
            p.about {
                (escape::line(&banner.incident)) " · for: " (escape::line(&banner.reader()))
                @if let Some(at) = &banner.last_entry_at { " · as of " (banner.zone.moment(at)) }
                " · times: " (banner.zone.words())
            }
            @for block in blocks.iter().filter(alarm) {
                @match block {
                    Block::Field(name, value) => {
                        p.alarm { strong { (name) } ": " (escape::text(value)) }
                    }
                    Block::Line(text) => p.alarm { (escape::text(text)) },
                    _ => {}
                }
            }
            (block::all(&rest))
        }
    }
}

/// The three sentences, as large as they matter.
pub(super) fn summary(blocks: &[Block]) -> Markup {
    html! { div.first { (block::all(blocks)) } }
}

/// The metrics that are known, as large as they matter. The table behind has all of them.
pub(super) fn strip(report: &Report) -> Markup {
    let told = |computed| matches!(computed, Computed::Known | Computed::Contradiction);
    let metrics = report.metrics.iter().filter(|metric| told(metric.computed));
    let unknown = report.metrics.iter().filter(|metric| metric.computed == Computed::Unknown);
    let unknown: Vec<String> = unknown.map(|metric| metric.title.to_lowercase()).collect();
    html! {
        dl.strip {
            @for metric in metrics {
                div.late[metric.computed == Computed::Contradiction] {
                    dt { (metric.title) }
                    @match metric.shown.split_once(": ") {
                        Some((what, why)) if metric.computed == Computed::Contradiction => {
                            dd { (what) }
                            dd.from { (parts(why)) }
                        }
                        _ => dd { (parts(&metric.shown)) },
                    }
                    dd.from { (metric.from) " to " (metric.to) }
                }
            }
            @if !unknown.is_empty() {
                div.rest { dt { "Unknown" } dd { (crate::wording::list(&unknown)) } }
            }
        }
    }
}
