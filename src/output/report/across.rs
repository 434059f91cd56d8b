//! Several incidents side by side, laid out.

use std::io;

use super::block::{own, words};
use super::html::{KINDS, QUARTERS, TIMES};
use super::{Block, Paper};
use crate::report::{Across, Bundle, Interval, Spread, Status, Tally, Tlp};
use crate::wording;

const TITLE: &str = "Incidents side by side";

const ACTIONS: &str = "Open action items";

/// As Markdown.
pub fn across_markdown(all: &Across, tlp: Tlp) -> String {
    super::markdown::pages(TITLE, &sections(all), tlp.as_str())
}

/// As one page for a browser.
pub fn across_html(all: &Across, tlp: Tlp) -> String {
    let (n, day) = (wording::count(all.incidents.len(), "incident"), wording::day(all.as_of));
    let (about, label) = ([format!("{n}, as of {day}")], tlp.as_str());
    let paper = Paper { title: TITLE, marks: &[label], about: &about, label, refresh: None };
    super::html::across(all, &paper, &sections(all), tlp.as_str())
}

/// For a terminal, at most `width` columns wide.
///
/// # Errors
/// Whatever the stream says.
pub fn across_text(all: &Across, tlp: Tlp, out: &mut dyn io::Write, width: u16) -> io::Result<()> {
    super::text::pages(&TITLE.to_uppercase(), &sections(all), tlp.as_str(), (out, width))
}

fn sections(all: &Across) -> Vec<(&'static str, Vec<Block>)> {
    let inside = all.deadlines.is_some();
    let mut sections = vec![("Incidents", incidents(all)), (TIMES, times(all))];
    for (title, bundles) in [(KINDS, &all.kinds), (QUARTERS, &all.quarters)] {
        if !bundles.is_empty() {
            sections.push((title, bundled(bundles)));
        }
    }
    if inside {
        sections.push((ACTIONS, actions(all)));
    }
    sections.push(("How it was computed", method(all, inside)));
    sections
}

fn incidents(all: &Across) -> Vec<Block> {
    let rows = all.incidents.iter().map(|one| {
        let status = match (one.status, one.verifies) {
            (Status::Final, _) => "closed",
            (Status::Draft, true) => "open",
            (Status::Draft, false) => "does not verify",
        };
        let mut row = vec![
            one.incident.clone(),
            one.title.as_ref().map(own).unwrap_or_default(),
            status.to_owned(),
        ];
        if let Some(duties) = &one.deadlines {
            let open = match one.overdue_actions {
                0 => one.open_actions.to_string(),
                late => format!("{}, {late} overdue", one.open_actions),
            };
            row.extend([tally(duties), open]);
        }
        row
    });
    let mut blocks = vec![Block::Field("Incidents".to_owned(), all.incidents.len().to_string())];
    if all.archived > 0 {
        let said = format!("{} not counted here", all.archived);
        blocks.push(Block::Field("In the archive".to_owned(), said));
    }
    let header = ["Incident", "Title", "Status", "Duties of law", "Open actions"];
    let header = match &all.deadlines {
        Some(duties) => {
            blocks.push(Block::Field("Duties of law".to_owned(), tally(duties)));
            &header[..]
        }
        None => &header[..3],
    };
    blocks.push(Block::table("Incidents", header, rows.collect(), "none"));
    blocks
}

fn tally(duties: &Tally) -> String {
    let told = duties.parts().into_iter().filter(|(n, _)| *n > 0);
    let told: Vec<String> = told.map(|(n, how)| format!("{n} {how}")).collect();
    if told.is_empty() { "none".to_owned() } else { told.join(", ") }
}

fn times(all: &Across) -> Vec<Block> {
    let header = ["Time", "n", "Median", "Quartiles", "Range", "Not known"];
    let rows = |spreads: &[Spread]| spreads.iter().map(row).collect();
    vec![
        Block::table("Metrics", &header, rows(&all.metrics), "nothing is known"),
        Block::table("Phases", &header, rows(&all.phases), "nothing is known"),
    ]
}

/// Phases by what incidents have in common. A phase that is known of none of them has no row.
fn bundled(bundles: &[Bundle]) -> Vec<Block> {
    let header = ["Time", "n", "Median", "Quartiles", "Range", "Not known"];
    let table = |bundle: &Bundle| {
        let known = bundle.phases.iter().filter(|spread| spread.n > 0);
        Block::table(&bundle.called(), &header, known.map(row).collect(), "nothing is known")
    };
    bundles.iter().map(table).collect()
}

fn row(spread: &Spread) -> Vec<String> {
    let both = |least: &Option<Interval>, most: &Option<Interval>| match (least, most) {
        (Some(least), Some(most)) if least == most => least.shown.clone(),
        (Some(least), Some(most)) => format!("{} / {}", least.shown, most.shown),
        _ => String::new(),
    };
    let errors = match spread.errors {
        0 => String::new(),
        n => format!(", {}", wording::count(n, "error")),
    };
    vec![
        spread.name.clone(),
        spread.n.to_string(),
        both(&spread.median, &spread.median),
        both(&spread.lower, &spread.upper),
        both(&spread.least, &spread.most),
        format!("{}{errors}", spread.unknown),
    ]
}

fn actions(all: &Across) -> Vec<Block> {
    let rows = all.actions.iter().map(|open| {
        let item = &open.action;
        let due = item.due.map_or_else(|| "no date".to_owned(), wording::day);
        vec![
            if item.overdue { format!("{due} overdue") } else { due },
            own(&item.id),
            item.owner.as_ref().map_or_else(|| "nobody yet".to_owned(), own),
            item.text.as_ref().map_or_else(|| "withheld".to_owned(), words),
            open.incident.clone(),
        ]
    });
    let header = ["Due", "Item", "Owner", "What", "Incident"];
    let late = all.actions.iter().filter(|open| open.action.overdue);
    let longest = late.clone().filter_map(|open| open.action.due).min();
    let overdue = longest.map(|due| {
        let days = usize::try_from((all.as_of - due).num_days()).unwrap_or(0);
        let (n, of) = (late.count(), wording::count(all.actions.len(), "open item"));
        let days = wording::count(days, "day");
        Block::Field("Overdue".to_owned(), format!("{n} of {of}, the longest for {days}"))
    });
    let table = Block::table("Open items", &header, rows.collect(), "none");
    overdue.into_iter().chain([table]).collect()
}

fn method(all: &Across, inside: bool) -> Vec<Block> {
    let said = "Quartiles and median are observed values (nearest rank): of the incidents in which \
                the time is known, a quarter, half or three quarters took no longer. One value has \
                no median; fewer than four have no quartiles. There is no mean, because a few long \
                incidents would dominate it. If a time is known only as a range, its two bounds \
                are ranked separately.";
    let overdue = if inside {
        format!(
            " Whether a duty is overdue is judged at the last entry of each log, an action item on {}.",
            wording::day(all.as_of)
        )
    } else {
        String::new()
    };
    vec![Block::Line(format!("{said}{overdue}"))]
}
