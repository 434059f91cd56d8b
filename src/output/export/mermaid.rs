//! Phases as a Gantt chart and what happened as a timeline, in Markdown that shows Mermaid.

use std::fmt::Write as _;

use chrono::{DateTime, FixedOffset};

use super::{Export, Made};
use crate::escape;
use crate::fact::Precision;
use crate::report::{Report, Span, TimelineEntry, Zone};
use crate::wording;

/// Moments that one diagram shows: more than that nobody reads, and renderers refuse long texts.
const MOST: usize = 60;

/// Characters of a label within a diagram.
const SHOWN: usize = 120;

/// Characters of a description, which nobody has to fit into a drawing.
const DESCRIBED: usize = 2_000;

/// Both diagrams, each in a fence of its own.
pub fn mermaid(export: Export<'_>) -> Made<String> {
    let report = export.report;
    let mut left = Vec::new();
    let mut page = format!(
        "# {} {}\n\n{} · {} · as of {} · times: {}\n\n## Phases\n\n",
        if report.banner.rehearsal { "Rehearsal" } else { "Incident" },
        escape::markdown(&report.banner.incident),
        report.banner.tlp.as_str(),
        report.banner.tool,
        report
            .banner
            .last_entry_at
            .map_or("no entry".to_owned(), |at| report.banner.zone.moment(&at)),
        report.banner.zone.words(),
    );
    let bars = gantt(report, &mut page, &mut left);
    page.push_str("\n## Timeline\n\n");
    let events = timeline(report, &mut page, &mut left);
    let counted = format!("{}, {}", wording::count(bars, "phase"), wording::count(events, "event"));
    Made { value: page, counted, left }
}

/// Phases whose beginning is known. One that has not ended runs to the last entry.
fn gantt(report: &Report, page: &mut String, left: &mut Vec<String>) -> usize {
    let mut bars = Vec::new();
    for span in &report.phases {
        match bar(report, span) {
            Ok(bar) => bars.push(bar),
            Err(why) => left.push(format!("phase {}: {why}", span.name)),
        }
    }
    if bars.is_empty() {
        page.push_str("No phase has a known start.\n");
        return 0;
    }
    let all: Vec<String> =
        report.phases.iter().map(|span| format!("{} {}", span.name, span.shown)).collect();
    page.push_str("```mermaid\ngantt\n");
    head(page, report, "Phases of the response", &all.join(", "));
    page.push_str("    dateFormat YYYY-MM-DDTHH:mm:ss\n    axisFormat %Y-%m-%d\n");
    for bar in &bars {
        let _ = writeln!(page, "    section {}\n    {}", bar.section, bar.task);
    }
    page.push_str("```\n");
    bars.len()
}

struct Bar {
    section: String,
    task: String,
}

fn bar(report: &Report, span: &Span) -> Result<Bar, String> {
    let from = span.from.1.as_ref().ok_or_else(|| span.shown.clone())?;
    let (open, zone) = (span.to.1.is_none(), report.banner.zone);
    if open && report.banner.afterwards {
        return Err(span.shown.clone());
    }
    let end = match &span.to.1 {
        Some(to) => stamp(to.latest, to.precision, zone),
        None => report
            .banner
            .last_entry_at
            .map_or_else(String::new, |last| stamp(last, Precision::Second, zone)),
    };
    let begin = stamp(from.earliest, from.precision, zone);
    if end < begin {
        return Err("it would end before it starts".to_owned());
    }
    let tags = if open { "active, " } else { "done, " };
    Ok(Bar {
        section: label(&span.name),
        task: format!("{}, {} :{tags}{begin}, {end}", label(&span.name), label(&span.shown)),
    })
}

/// On the clock of the report, for the diagram knows no zones; a day is the day as it was written.
fn stamp(at: DateTime<FixedOffset>, precision: Precision, zone: Zone) -> String {
    let at = match precision {
        Precision::Day | Precision::Month | Precision::Year => at.naive_local(),
        _ => zone.local(at),
    };
    at.format("%Y-%m-%dT%H:%M:%S").to_string()
}

/// The anchors, and the entries that a reader of one page wants.
fn timeline(report: &Report, page: &mut String, left: &mut Vec<String>) -> usize {
    let is_told = |moment: &&TimelineEntry| {
        let kinds = ["anchor", "opened", "closed", "reopened", "decision", "notice", "duty"];
        kinds.contains(&moment.kind.as_str())
    };
    let moments: Vec<&TimelineEntry> = report.timeline.moments.iter().filter(is_told).collect();
    let omitted: u64 = report.timeline.omitted.values().sum();
    let rest =
        report.timeline.moments.len() - moments.len() + usize::try_from(omitted).unwrap_or(0);
    if rest > 0 {
        left.push(format!(
            "{} that are not an anchor, a notice or a decision",
            wording::count(rest, "entry")
        ));
    }
    if moments.len() > MOST {
        left.push(format!(
            "{} beyond the first {MOST}",
            wording::count(moments.len() - MOST, "event")
        ));
    }
    if moments.is_empty() {
        page.push_str("Nothing has a known time.\n");
        return 0;
    }
    page.push_str("```mermaid\ntimeline\n");
    let descr =
        format!("{} in the order they happened", wording::count(moments.len().min(MOST), "event"));
    head(page, report, "What happened when", &descr);
    for moment in moments.iter().take(MOST) {
        let said: Vec<String> =
            moment.said.iter().map(|said| wording::unmarked(said.as_str())).collect();
        let colon = if said.is_empty() { "" } else { ": " };
        let what = format!("{}{colon}{}", moment.what, said.join("; "));
        let _ = writeln!(
            page,
            "    {} : {}",
            label(&report.banner.zone.show(&moment.at)),
            label(&what)
        );
    }
    page.push_str("```\n");
    moments.len().min(MOST)
}

/// Title for those who see the diagram, title and description for those who do not.
fn head(page: &mut String, report: &Report, title: &str, descr: &str) {
    let name = report.banner.title.as_ref();
    let name = name.map_or_else(String::new, |title| wording::unmarked(title.as_str()));
    let colon = if name.is_empty() { "" } else { ": " };
    let title = label(&format!("{title}{colon}{name}"));
    let _ = writeln!(page, "    title {title}");
    let _ = writeln!(page, "    accTitle: {title}");
    let _ = writeln!(page, "    accDescr: {}", cut(descr, DESCRIBED));
}

/// Foreign text within a diagram: what could end it, cut it or command it stands as an entity.
fn label(text: &str) -> String {
    cut(text, SHOWN)
}

fn cut(text: &str, most: usize) -> String {
    let line = escape::line(&text.replace(['\n', '\t'], " ")).into_owned();
    let mut shown = String::with_capacity(line.len());
    let mut chars = line.trim().chars();
    for c in chars.by_ref().take(most) {
        if c.is_ascii_punctuation() && !".,-()/".contains(c) {
            let _ = write!(shown, "#{};", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    if chars.next().is_some() {
        shown.push('…');
    }
    // Before these words the renderer treats entities in another way.
    shown.replace("style", "#115;tyle").replace("classDef", "#99;lassDef")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_label_commands_the_diagram() {
        for (hostile, shown) in [
            ("a: b; c", "a#58; b#59; c"),
            ("#1 \"x\" `y`", "#35;1 #34;x#34; #96;y#96;"),
            ("%%{init: {}}%%", "#37;#37;#123;init#58; #123;#125;#125;#37;#37;"),
            ("a\nsection b", "a section b"),
            ("<script>", "#60;script#62;"),
            ("style x", "#115;tyle x"),
            ("a\u{202e}b", "a#92;u#123;202e#125;b"),
        ] {
            assert_eq!(label(hostile), shown, "{hostile}");
        }
        assert_eq!(label(&"x".repeat(200)).chars().count(), SHOWN + 1);
    }
}
