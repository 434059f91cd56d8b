//! The record, the method, the frameworks, the words.

use super::super::block::{own, words};
use super::Block;
use super::head::entries;
use super::noun::noun;
use crate::report::{Audience, Banner, Report, Signature};
use crate::wording;

/// When it was opened and closed, who was responsible, and who wrote it down.
fn people(banner: &Banner) -> Vec<Block> {
    let field = |name: &str, value: String| Block::Field(name.to_owned(), value);
    let mut blocks = Vec::new();
    if let Some(at) = &banner.opened_at {
        blocks.push(field("Opened", banner.zone.moment(at)));
    }
    if let Some(at) = &banner.closed_at {
        blocks.push(field("Closed", banner.zone.moment(at)));
    }
    if banner.afterwards {
        let line = "the log was opened more than 30 days after the incident was over or public";
        blocks.push(field("Recorded afterwards", line.to_owned()));
    }
    if banner.reopened > 0 {
        let times = usize::try_from(banner.reopened).unwrap_or(usize::MAX);
        blocks.push(field("Reopened", super::count(times, "time")));
    }
    for (role, name) in &banner.roles {
        blocks.push(field(role, own(name)));
    }
    let people: Vec<String> =
        banner.people.iter().map(|(name, n)| format!("{} ({})", own(name), entries(*n))).collect();
    if !people.is_empty() {
        blocks.push(field("Recorded by", wording::some(&people, 10)));
    }
    if !banner.withheld.is_empty() {
        let parts: Vec<String> =
            banner.withheld.iter().map(|(what, n)| format!("{what}: {n}")).collect();
        blocks.push(field("Withheld texts by kind", parts.join("; ")));
    }
    blocks.push(field("Created by", banner.tool.clone()));
    blocks
}

/// Characters of the reason why it was closed. The log entry by entry has all of it.
const REASON: usize = 160;

/// What was passed over to close it, and why; then what came after. Nothing if nothing was.
pub(super) fn closing(banner: &Banner) -> Vec<Block> {
    let Some(closing) = &banner.closing else { return Vec::new() };
    let some = |n: usize, noun: &str, how: &str| {
        (n > 0).then(|| format!("{}{how}", super::count(n, noun)))
    };
    // What is not known is counted in the summary. What may be owed besides is told, and counted, for those inside only.
    let open = if banner.audience.names_people() { ", or not settled" } else { "" };
    let over = [
        some(closing.debts, "owed item", ""),
        some(closing.phases, "phase", " not started"),
        some(closing.steps, "step", " not settled"),
        some(closing.others, "other matter", ""),
        some(closing.duties, "duty", &format!(" neither sent nor waived{open}")),
    ];
    let over: Vec<String> = over.into_iter().flatten().collect();
    let why = closing.reason.as_ref().map(words).unwrap_or_default();
    let why = wording::clip_words(&why, REASON);
    let why = if why.is_empty() { why } else { format!(". Closed because: {why}") };
    let over = (!over.is_empty()).then(|| format!("{}{why}", over.join("; ")));
    let later = some(closing.later, "entry", " written by people");
    let field = |name: &str, text| Block::Field(name.to_owned(), text);
    let over = over.map(|text| field("Left open", text));
    over.into_iter().chain(later.map(|text| field("After it was closed", text))).collect()
}

/// Who signed, up to which entry, and whether the log went on since.
pub(super) fn signatures(report: &Report) -> Vec<Block> {
    let zone = report.banner.zone;
    let signed = report.sign_off.signatures.iter().map(|one| {
        let since = since(one);
        let role = wording::capital(&one.role);
        let by = own(&one.by);
        Block::Field(role, format!("by {by}, {}, at {}; {since}", zone.moment(&one.at), one.head))
    });
    signed.collect()
}

/// The same in one line: who signed, and whether it was this. Codes and times stand below. On slides
/// only the last has room for it.
pub(super) fn signed(report: &Report) -> Option<Block> {
    let all = &report.sign_off.signatures;
    let last = all.last().filter(|_| report.banner.audience != Audience::Board)?;
    let mut by: Vec<(String, Vec<String>)> = Vec::new();
    for one in all {
        let (name, role) = (own(&one.by), one.role.clone());
        match by.iter_mut().find(|(known, _)| *known == name) {
            Some((_, roles)) if roles.contains(&role) => {}
            Some((_, roles)) => roles.push(role),
            None => by.push((name, vec![role])),
        }
    }
    let by = by.iter().map(|(name, roles)| format!("{} by {name}", wording::list(roles)));
    let by = wording::list(&by.collect::<Vec<_>>());
    let is_stale = all.iter().any(|one| !one.is_this && one.newer.is_none());
    let since = if is_stale { "not all of it this report".to_owned() } else { since(last) };
    Some(Block::Field("Signed".to_owned(), format!("{by}; {since}")))
}

/// Whether the log went on since somebody signed.
fn since(signature: &Signature) -> String {
    match (signature.is_this, signature.newer) {
        (true, _) => "this very report".to_owned(),
        (false, Some(0)) => "nothing else recorded since".to_owned(),
        (false, Some(n)) => format!("{} since", entries(n)),
        (false, None) => "not this report: its code, law or program differs".to_owned(),
    }
}

/// By what the record and this report can be proved.
pub(super) fn proof(report: &Report) -> Vec<Block> {
    let code = report.sign_off.code.as_ref().map(|code| {
        // The signatures at a code come after it, and cover themselves.
        let mut signed = report.sign_off.signatures.iter().filter(|one| one.head == *code);
        let newer = signed.find_map(|one| one.newer).unwrap_or(report.sign_off.newer);
        let newer = match newer {
            0 => String::new(),
            newer => format!("; {}", wording::not_covered(newer)),
        };
        Block::Field("Code of the record".to_owned(), format!("{code}{newer}"))
    });
    let digest = report.sign_off.sha256.clone();
    let digest = Block::Field("SHA-256 of this report as JSON".to_owned(), digest);
    code.into_iter().chain([digest]).collect()
}

pub(super) fn record(report: &Report) -> Vec<Block> {
    // By what it can be proved is all that outsiders need.
    if report.banner.audience == Audience::Public {
        return [signatures(report), proof(report)].concat();
    }
    let entries = report.record.entries.iter();
    let rows = entries.map(|(kind, n)| vec![noun(kind).to_owned(), n.to_string()]).collect();
    let heads = report.banner.chains.iter().map(|chain| {
        let head = chain.head.map_or_else(|| "none".to_owned(), |head| head.to_string());
        let mut remarks = Vec::new();
        remarks.extend(chain.damage.as_ref().map(|damage| format!("DOES NOT VERIFY: {damage}")));
        if chain.torn > 0 {
            let lines = super::count(chain.torn, "line");
            remarks.push(format!("{lines} torn by a crash and kept"));
        }
        remarks.extend(chain.remarks.iter().cloned());
        vec![chain.chain.clone(), chain.lines.to_string(), head, remarks.join("; ")]
    });
    let mut blocks = people(&report.banner);
    blocks.extend(signatures(report));
    blocks.extend(proof(report));
    blocks.extend([
        Block::table("Entries by kind", &["Kind", "Entries"], rows, "no entries"),
        Block::table(
            "Chains (compare the heads with a copy kept elsewhere)",
            &["Chain", "Lines", "Head", "Remarks"],
            heads.collect(),
            "no chains",
        ),
    ]);
    blocks
}

pub(super) fn method(report: &Report) -> Vec<Block> {
    let definitions = report.metrics.iter().map(|metric| {
        let others = metric.others.iter().map(|others| format!(". Elsewhere: {others}"));
        let others: String = others.collect();
        let here = format!("{} to {}: {}{others}", metric.from, metric.to, metric.definition);
        vec![metric.title.clone(), here]
    });
    vec![
        Block::Points("Rules".to_owned(), report.method.rules.clone()),
        Block::table("Definitions", &["Metric", "Meaning here"], definitions.collect(), "none"),
    ]
}

pub(super) fn frameworks(report: &Report) -> Vec<Block> {
    let rows =
        report.method.frameworks.iter().map(|one| vec![one.place.clone(), one.answer.clone()]);
    vec![Block::table("Where standards require it", &["Place", "Answer"], rows.collect(), "none")]
}

pub(super) fn glossary(report: &Report) -> Vec<Block> {
    let rows = report.method.glossary.iter().map(|one| vec![one.term.clone(), one.meaning.clone()]);
    vec![Block::table("Words", &["Word", "Meaning here"], rows.collect(), "none")]
}
