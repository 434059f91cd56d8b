//! The record, the method, the frameworks, the words.

use super::Block;
use crate::postmortem::Report;

pub(super) fn record(report: &Report) -> Vec<Block> {
    let rows =
        report.record.entries.iter().map(|(kind, n)| vec![kind.clone(), n.to_string()]).collect();
    let heads = report.banner.chains.iter().map(|chain| {
        let head = chain.head.map_or_else(|| "none".to_owned(), |head| head.to_string());
        vec![chain.chain.clone(), chain.lines.to_string(), head, chain.remarks.join("; ")]
    });
    vec![
        Block::table("Entries by kind", &["Kind", "Entries"], rows, "there is no entry"),
        Block::table(
            "Chains; compare the heads with a copy that lies elsewhere",
            &["Chain", "Lines", "Head", "Remarks"],
            heads.collect(),
            "there is no chain",
        ),
    ]
}

pub(super) fn method(report: &Report) -> Vec<Block> {
    let definitions = report.metrics.iter().map(|metric| {
        vec![
            metric.title.clone(),
            format!("{} to {}: {}", metric.from, metric.to, metric.definition),
            metric.others.clone().unwrap_or_default(),
        ]
    });
    vec![
        Block::Points("Rules".to_owned(), report.method.rules.clone()),
        Block::table(
            "Definitions",
            &["Metric", "Here", "Elsewhere"],
            definitions.collect(),
            "none",
        ),
    ]
}

pub(super) fn frameworks(report: &Report) -> Vec<Block> {
    let rows =
        report.method.frameworks.iter().map(|one| vec![one.place.clone(), one.answer.clone()]);
    vec![Block::table("Where standards ask for it", &["Place", "Answer"], rows.collect(), "none")]
}

pub(super) fn glossary(report: &Report) -> Vec<Block> {
    let rows = report.method.glossary.iter().map(|one| vec![one.term.clone(), one.meaning.clone()]);
    vec![Block::table("Words", &["Word", "Meaning here"], rows.collect(), "none")]
}
