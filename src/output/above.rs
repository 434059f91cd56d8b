//! The line above a card: the position in the playbook, the time box, the minute of the cut, the next
//! legal deadline, and what is set aside.

use chrono::{DateTime, TimeDelta, Utc};

use super::wrap::wrap;
use crate::phase::Phase;
use crate::walk::{CardCut, StepCard};
use crate::wording;

/// The parts of the line. `clock` is the legal deadline that falls due first.
pub(super) fn parts(card: &StepCard, clock: Option<&str>, now: DateTime<Utc>) -> Vec<Part> {
    let (number, total) = card.position;
    let place = format!("{number} of {total}");
    let mut parts = vec![Part::or(&format!("{} {place}", name(card.phase)), &place)];
    parts.extend(card.time_box.map(|(within, since)| time_box(within, since.map(|at| now - at))));
    parts.extend(card.cut.as_ref().map(|cut| cut_off(cut, now)));
    parts.extend(clock.map(|clock| Part::or(clock, clock)));
    if !card.aside.is_empty() {
        let each = card.aside.iter().map(|(why, count)| format!("{count} {}", why.as_str()));
        let all: usize = card.aside.iter().map(|(_, count)| count).sum();
        parts.push(Part::or(&each.collect::<Vec<_>>().join(", "), &format!("{all} set aside")));
    }
    parts
}

/// A part of the line above a card, with a shorter form.
pub(super) struct Part {
    pub(super) long: String,
    short: String,
}

impl Part {
    fn or(long: &str, short: &str) -> Self {
        Self { long: long.to_owned(), short: short.to_owned() }
    }
}

fn time_box(within: TimeDelta, passed: Option<TimeDelta>) -> Part {
    let long = wording::length(within);
    match passed.map(|passed| within - passed) {
        Some(left) if left < TimeDelta::zero() => {
            let over = wording::length(left);
            Part::or(&format!("time box {long}, over by {over}"), &format!("over by {over}"))
        }
        // Rounded up: ten minutes are left until the first of them is over.
        Some(left) => match wording::length(left + TimeDelta::seconds(59)) {
            short if short == long => Part::or(&format!("time box {long}"), &long),
            short => {
                // `time box 20 min, 8 left`: one unit serves both numbers.
                let same = long.ends_with(" min") && !long.contains(" h ");
                let left = short.strip_suffix(" min").filter(|_| same).unwrap_or(&short);
                Part::or(&format!("time box {long}, {left} left"), &format!("{short} left"))
            }
        },
        None => Part::or(&format!("time box {long}"), &long),
    }
}

/// By when it is cut: `cut by 02:30 (in 12 min)`.
fn cut_off(cut: &CardCut, now: DateTime<Utc>) -> Part {
    let (what, short) = if cut.saves { ("before the cut, ", "save ") } else { ("cut ", "cut ") };
    let Some(at) = cut.at else {
        let within = format!("within {}", wording::length(cut.by));
        return Part::or(&format!("{what}{within} of the start"), &format!("{short}{within}"));
    };
    let was = if at.to_utc() <= now { "was due " } else { "by " };
    // Within hours, the day is clear.
    let is_short =
        cut.by < TimeDelta::hours(12) && (at.to_utc() - now).abs() < TimeDelta::hours(12);
    let at_short = if is_short { at.format("%H:%M").to_string() } else { wording::near(at, now) };
    let by = format!("{was}{at_short}");
    let long = format!("{what}{by} ({})", wording::relative(at.to_utc(), now));
    Part::or(&long, &format!("{short}{by}"))
}

/// `Containment 12 of 25 | time box 20 min, 8 left | eu-gdpr.33-1 61 h | 2 waiting`: parts are
/// shortened, the last first, until the line fits. A deadline is never cut; a line still too long
/// goes on in the next.
pub(super) fn lines(parts: &[Part], width: usize) -> Vec<String> {
    let line = |long: usize| {
        let each = parts.iter().enumerate();
        let each = each.map(|(n, part)| if n < long { &*part.long } else { &*part.short });
        each.collect::<Vec<_>>().join(" | ")
    };
    let fits = |line: &String| textwrap::core::display_width(line) < width;
    let shortest = line(0);
    let shown = (0..=parts.len()).rev().map(line).find(fits).unwrap_or(shortest);
    wrap(&shown, "", "  ", width).lines().map(str::to_owned).collect()
}

fn name(phase: Phase) -> &'static str {
    match phase {
        Phase::Preparation => "Preparation",
        Phase::Containment => "Containment",
        Phase::Scoping => "Scoping",
        Phase::Notification => "Notification",
        Phase::PostMortem => "Post-mortem",
    }
}
