//! The answer above the fold: what this paper is, what happened, and how long it took.

use maud::{Markup, html};

use super::super::Block;
use super::block;
use crate::escape;
use crate::report::{Banner, Computed, Report, Status, Tlp, utc};

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

pub(super) fn masthead(banner: &Banner) -> Markup {
    let title = banner.title.as_ref().map_or("Incident report", |title| title.as_str());
    html! {
        header {
            p.marks {
                @match banner.status {
                    Status::Final => span.state { "Final" },
                    Status::Draft => span.state.draft { "Draft" },
                }
                @if banner.rehearsal { " " span.state.draft { "Rehearsal" } }
                " " (label(banner.tlp))
            }
            h1 { (escape::line(title)) }
            p.about {
                (escape::line(&banner.incident))
                " · for " (banner.audience.as_str())
                @if let Some(at) = &banner.last_entry_at { " · as of " (utc(at)) }
            }
        }
    }
}

/// Whether it can be believed in a line, what else matters of the status below.
pub(super) fn banner(report: &Report, blocks: &[Block]) -> Markup {
    let banner = &report.banner;
    let first = |name: &str| {
        let named = |block: &&Block| matches!(block, Block::Field(field, _) if field == name);
        match blocks.iter().find(named) {
            Some(Block::Field(_, value)) => value.clone(),
            _ => String::new(),
        }
    };
    let lines = blocks.iter().filter_map(|block| match block {
        Block::Line(text) => Some(text),
        _ => None,
    });
    let told = |block: &&Block| match block {
        Block::Field(name, _) => name == "Status" || name == "Record",
        block => matches!(block, Block::Line(_)),
    };
    let rest: Vec<Block> = blocks.iter().filter(|block| !told(block)).cloned().collect();
    html! {
        @for line in lines { p.alarm { (escape::text(line)) } }
        p.status.alarm[!banner.verifies] {
            strong { (first("Status")) } ". Record: " (first("Record")) "."
        }
        (block::all(&rest))
    }
}

/// The numbers first, each in a box; what people wrote behind them.
pub(super) fn summary(blocks: &[Block]) -> Markup {
    let told = |block: &&Block| matches!(block, Block::Field(..));
    let rest: Vec<Block> = blocks.iter().filter(|block| !told(block)).cloned().collect();
    html! {
        dl.boxes {
            @for field in blocks.iter().filter(told) {
                @let late = matches!(field, Block::Field(name, _) if name == "Late");
                div.late[late] { (block::field_of(field)) }
            }
        }
        (block::all(&rest))
    }
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
                            dd.from { (escape::line(why)) }
                        }
                        _ => dd { (escape::line(&metric.shown)) },
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
