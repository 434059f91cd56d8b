//! How ready we are, as a table and as JSON, with the review before beside it.

use std::io::{self, Write};

use comfy_table::Cell;

use super::table;
use super::wrap::whole_words;
use crate::escape;
use crate::readiness::{self, Area, Review};

/// How many points an area had in the review before.
fn was(area: &Area, before: Option<&Review>) -> Option<usize> {
    let areas = before.map(|before| before.areas.as_slice()).unwrap_or_default();
    areas.iter().find(|before| before.fact == area.fact).map(|before| before.points)
}

/// A review, as `breach.readiness/1`.
pub fn json(now: &Review, before: Option<&Review>) -> serde_json::Value {
    let (points, most) = readiness::total(&now.areas);
    let areas: Vec<_> = now
        .areas
        .iter()
        .map(|area| {
            serde_json::json!({
                "fact": area.fact,
                "title": area.title,
                "grade": area.grade.as_ref().map(|(id, _)| id),
                "points": area.points,
                "most": area.most,
                "before": was(area, before),
                "next": area.next,
            })
        })
        .collect();
    serde_json::json!({
        "schema": "breach.readiness/1",
        "review": now.name,
        "day": now.day(),
        "points": points,
        "most": most,
        "before": before.map(|before| {
            let (points, most) = readiness::total(&before.areas);
            serde_json::json!({ "review": before.name, "day": before.day(), "points": points, "most": most })
        }),
        "areas": areas,
    })
}

/// A review as a table at most `width` columns wide, then what to do next, the weakest area first.
///
/// # Errors
/// What `out` says.
pub fn text(
    now: &Review,
    before: Option<&Review>,
    width: Option<u16>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (points, most) = readiness::total(&now.areas);
    let mut rows = table::plain(&["Area", "Points", "Before", "Now"], width);
    for area in &now.areas {
        let grade = area.grade.as_ref().map_or("unknown", |(_, title)| title);
        rows.add_row([
            Cell::new(escape::line(&area.title)),
            Cell::new(format!("{} of {}", area.points, area.most)),
            Cell::new(was(area, before).map_or("-".to_owned(), |points| points.to_string())),
            Cell::new(escape::line(grade)),
        ]);
    }
    writeln!(out, "Review {} on {}: {points} of {most} points", now.name, now.day())?;
    if let Some(before) = before {
        let (points, most) = readiness::total(&before.areas);
        writeln!(out, "Previous review, on {}: {points} of {most} points", before.day())?;
    }
    writeln!(out, "{rows}")?;
    let mut todo: Vec<&Area> = now.areas.iter().filter(|area| area.next.is_some()).collect();
    todo.sort_by_key(|area| area.points);
    if !todo.is_empty() {
        writeln!(out, "What to do next, weakest area first:")?;
    }
    let width = width.map_or(usize::MAX, usize::from);
    let options = whole_words(width).subsequent_indent("  ");
    for area in todo {
        let next = area.next.as_deref().unwrap_or_default();
        let line = format!("- {}: {}", escape::line(&area.title), escape::line(next));
        writeln!(out, "{}", textwrap::fill(&line, &options))?;
    }
    Ok(())
}
