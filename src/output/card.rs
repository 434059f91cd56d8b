//! The card of a step: what a tired person needs of it, on less than a screen.
//!
//! At 80 columns no card is longer than [`HEIGHT`] lines, the prompt included. What does not fit is
//! counted, with the key that shows it; a warning is never cut.

use anstyle::Style;
use chrono::{DateTime, Utc};

use super::above;
use super::wrap::{BOLD, QUIET, WARNING, wrap as wrapped};
use crate::walk::{CardEvidence, CardItem, Standing, StepCard, is_of};
use crate::{escape, wording};

/// Lines of a card, with the prompt under it.
pub const HEIGHT: usize = 20;

/// What stands on a card and is not of the step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// The clock of the law that ends first: `eu-gdpr.33-1 61 h`.
    pub clock: Option<String>,
    /// Whom to call, and what the card says of a duty. Foreign text, not yet escaped.
    pub lines: Vec<String>,
    /// The duty that the step is about: its id, and what a sentence calls it.
    pub duty: Option<(String, String)>,
}

/// A line of a card, escaped.
pub(super) struct Line {
    pub(super) style: Style,
    pub(super) text: String,
}

/// How much of a card is shown.
#[derive(Clone, Copy)]
struct Fit {
    /// Items on one line instead of a line each.
    folded: bool,
    /// Lines of commands, facts and evidence, each.
    details: usize,
    /// Lines of acts.
    acts: usize,
}

/// The card, as much of it as fits.
pub(super) fn lines(
    card: &StepCard,
    beside: &Beside,
    width: usize,
    now: DateTime<Utc>,
) -> Vec<Line> {
    let whole = body(card, width);
    let full = Fit { folded: false, details: 3, acts: whole.len() };
    let folded = [3, 2, 1].map(|details| Fit { folded: true, details, ..full });
    let fewer = (1..full.acts).rev().map(|acts| Fit { acts, folded: true, details: 1 });
    let mut shown = Vec::new();
    for fit in [full].into_iter().chain(folded).chain(fewer) {
        shown = with(card, beside, &whole, fit, width, now);
        if shown.len() < HEIGHT {
            break;
        }
    }
    shown
}

/// What to do: the acts, or the first lines of the instructions where nobody wrote acts yet.
fn body(card: &StepCard, width: usize) -> Vec<String> {
    if card.acts.is_empty() {
        let lines = card.instructions.trim().lines().filter(|line| !line.trim().is_empty());
        return lines.flat_map(|line| wrap(line, " ", "   ", width)).collect();
    }
    let numbered = card.acts.iter().enumerate();
    numbered.flat_map(|(n, act)| wrap(&format!("{}. {act}", n + 1), " ", "    ", width)).collect()
}

fn with(
    card: &StepCard,
    beside: &Beside,
    whole: &[String],
    fit: Fit,
    width: usize,
    now: DateTime<Utc>,
) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut say = |style: Style, texts: Vec<String>| {
        lines.extend(texts.into_iter().map(|text| Line { style, text }));
    };
    let plain = Style::new();
    say(
        QUIET,
        ruled(above::lines(&above::parts(card, beside.clock.as_deref(), now), width), width),
    );
    say(BOLD, title(card, width));
    if let Some(with) = with_it(card) {
        say(plain, wrap(&with, "", "  ", width));
    }
    if let Some(warning) = warning(card) {
        say(WARNING, wrap(&format!("WARNING  {warning}"), "", "         ", width));
    }
    if let Some(condition) = &card.may_apply {
        say(plain, wrap(&format!("May apply, depending on: {condition}"), "", "  ", width));
    }
    if let Some(before) = &card.before {
        say(plain, first(wrap(&format!("So far: {before}"), "", "  ", width), 2, width));
    }
    for line in &beside.lines {
        say(plain, wrap(line, "", "  ", width));
    }
    let items = items(&card.items, fit.folded, width);
    // Numbered acts stand out by themselves, but not below a count of items.
    let apart = (!items.is_empty()).then(String::new);
    say(plain, items);
    say(plain, apart.into_iter().collect());
    say(plain, first(whole.to_vec(), fit.acts, width));
    if let Some(done) = &card.done_when {
        say(plain, wrap(done, "", "  ", width));
    }
    let mut details = details(card, fit.details, width);
    let keys = keys(card, whole.len().saturating_sub(fit.acts));
    let room = width.saturating_sub(keys.len() + 4);
    let fits = |last: &&mut String| textwrap::core::display_width(last) <= room;
    if let Some(last) = details.last_mut().filter(fits) {
        // They share a line that is short.
        let free = room - textwrap::core::display_width(last) + 3;
        last.push_str(&" ".repeat(free));
        last.push_str(&keys);
        say(plain, details);
    } else {
        say(plain, details);
        say(QUIET, wrap(&keys, " ", "   ", width));
    }
    lines
}

/// Lines of which the last goes on as a rule, and so divides what is above from what is below.
fn ruled(mut lines: Vec<String>, width: usize) -> Vec<String> {
    if let Some(last) = lines.last_mut() {
        let free = width.min(72).saturating_sub(textwrap::core::display_width(last) + 1);
        last.push(' ');
        last.push_str(&"-".repeat(free));
        last.truncate(last.trim_end().len());
    }
    lines
}

/// The first lines of several; the last of them says that there are more.
fn first(mut lines: Vec<String>, most: usize, width: usize) -> Vec<String> {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = wording::clip(&format!("{last} ..."), width.saturating_sub(1));
        }
    }
    lines
}

/// The title, and at the right who does it.
fn title(card: &StepCard, width: usize) -> Vec<String> {
    let role = card.role.map(|role| format!("[{role}]")).unwrap_or_default();
    let mut lines = wrap(&card.title, "", "  ", width);
    if let Some(last) = lines.last_mut() {
        let used = textwrap::core::display_width(last);
        let free = width.min(72).saturating_sub(used + role.len());
        if free > 0 && !role.is_empty() {
            last.push_str(&" ".repeat(free));
            last.push_str(&role);
        } else if !role.is_empty() {
            lines.push(format!("  {role}"));
        }
    }
    lines
}

/// What is cut in the same minute.
pub(super) fn with_it(card: &StepCard) -> Option<String> {
    let with = card.cut.as_ref().map(|cut| &cut.with).filter(|with| !with.is_empty())?;
    Some(format!("In the same minute as {}", wording::list(with)))
}

/// What there is to fear.
pub(super) fn warning(card: &StepCard) -> Option<String> {
    if card.unkept.is_empty() {
        return None;
    }
    let on: Vec<&str> =
        card.items.iter().filter(|item| item.unkept).map(|item| item.name.as_str()).collect();
    let on = match on.as_slice() {
        [] => String::new(),
        on => format!(" (on {})", wording::few_of(on, 6)),
    };
    let unkept = wording::some(&card.unkept, 3);
    Some(format!("This destroys evidence that is not saved yet. First: {unkept}{on}"))
}

fn items(items: &[CardItem], folded: bool, width: usize) -> Vec<String> {
    const MOST: usize = 8;
    // What is the same for all of them is said once.
    let each: Vec<&str> = items.iter().map(|item| item.name.as_str()).collect();
    let all = format!(" {} open: {}", each.len(), wording::few_of(&each, each.len()));
    let alike = items.len() > 1 && items.iter().all(|item| item.state == "open");
    if alike && textwrap::core::display_width(&all) < width {
        return vec![escape::line(&all).into_owned()];
    }
    if !folded && items.len() <= MOST {
        let most = width.saturating_sub(36);
        let column =
            items.iter().map(|item| item.name.chars().count()).max().unwrap_or(0).min(most);
        let line = |item: &CardItem| {
            let name = wording::clip(&item.name, most);
            let text = format!(" {name:<column$}  {}", item.state);
            escape::line(&wording::clip(&text, width.saturating_sub(1))).into_owned()
        };
        return items.iter().map(line).collect();
    }
    let of = |standing: Standing| items.iter().filter(move |item| item.standing == standing);
    let named = |what: &str, standing: Standing| {
        let names: Vec<&str> = of(standing).map(|item| item.name.as_str()).collect();
        (!names.is_empty())
            .then(|| format!("{} {what}: {}", names.len(), wording::few_of(&names, 5)))
    };
    let settled = of(Standing::Settled).count();
    let all = if settled > 0 || items.len() > 5 { " (o lists all)" } else { "" };
    let settled = (settled > 0).then(|| format!("{settled} settled"));
    let open = named("open", Standing::Open);
    let aside = named("set aside", Standing::Aside);
    let parts: Vec<String> = open.into_iter().chain(aside).chain(settled).collect();
    first(wrap(&format!("{}{all}", parts.join(" | ")), " ", "   ", width), 2, width)
}

/// Commands, facts and evidence, each on a few lines; what does not fit is counted.
fn details(card: &StepCard, most: usize, width: usize) -> Vec<String> {
    let commands = card.commands.iter().enumerate().map(|(number, (id, _, changes, state))| {
        let changes = if *changes { " (changes)" } else { "" };
        let ran = if state.is_some() { " (ran)" } else { "" };
        format!("r{} {id}{changes}{ran}", number + 1)
    });
    let asked = card.facts.iter().filter(|fact| fact.again || fact.value.is_none());
    let mut asks: Vec<String> = asked
        .map(|fact| match fact.value {
            Some(_) => format!("{} (known)", fact.title),
            None => fact.title.clone(),
        })
        .collect();
    let known = card.facts.len() - asks.len();
    if known > 0 {
        asks.push(format!("{known} known already (m)"));
    }
    // A title may be cut; whether the evidence is required never is.
    let keeps = card.evidence.iter().map(|wanted| {
        let need = need(wanted);
        format!("{} ({need})", wording::clip(&wanted.title, width.saturating_sub(11 + need.len())))
    });
    [
        ("Run", "   ", "r", commands.collect()),
        ("Asks", "; ", "m", asks),
        ("Keep", "; ", "m", keeps.collect::<Vec<_>>()),
        ("See", ", ", "m", card.see.clone()),
    ]
    .into_iter()
    .flat_map(|(label, between, key, parts)| packed((label, between, key), &parts, most, width))
    .collect()
}

/// How much evidence is needed.
pub(super) fn need(wanted: &CardEvidence) -> &'static str {
    match (wanted.missing, wanted.required) {
        (0, _) => "kept",
        (_, true) => "required",
        (_, false) => "if you can",
    }
}

/// Parts side by side after a label, on at most so many lines; the rest is counted with the key that
/// lists it.
fn packed(
    (label, between, key): (&str, &str, &str),
    parts: &[String],
    most: usize,
    width: usize,
) -> Vec<String> {
    let room = width.saturating_sub(8);
    let clip = |part: &String| escape::line(&wording::clip(part, room)).into_owned();
    let all: Vec<String> = parts.iter().map(clip).collect();
    let cells = |shown: usize| {
        let more = (shown < all.len()).then(|| format!("+{} more ({key})", all.len() - shown));
        all[..shown].iter().cloned().chain(more).collect::<Vec<String>>()
    };
    let fits = |shown: &usize| wording::rows(&cells(*shown), between, room).len() <= most;
    let cells = cells((0..=all.len()).rev().find(fits).unwrap_or(0));
    let rows = wording::rows(&cells, between, room);
    let labels = std::iter::once(label).chain(std::iter::repeat(""));
    // A row that continues on the next one ends with a separator.
    let end = |number: usize| if number + 1 < rows.len() { between.trim_end() } else { "" };
    let numbered = rows.iter().enumerate().zip(labels);
    numbered
        .map(|((n, row), label)| format!(" {label:<5} {}{}", row.join(between), end(n)))
        .collect()
}

/// The keys that matter, and what should come first.
fn keys(card: &StepCard, more: usize) -> String {
    let full = match more {
        0 => "m more".to_owned(),
        1 => "m 1 more line".to_owned(),
        more => format!("m {more} more lines"),
    };
    let mut keys = format!("d done  {full}  n note  ? keys");
    if card.commands.is_empty() && card.other_commands > 0 {
        let others = wording::count(card.other_commands, "command");
        keys = format!("{keys}   {others} for other platforms (f platforms)");
    }
    if !card.unmet.is_empty() {
        let unmet = card.unmet.iter().take(2).map(|(number, id)| format!("{id} (j {number})"));
        let unmet: Vec<String> = unmet.collect();
        keys = format!("{keys}   first: {}", unmet.join(", "));
    }
    keys
}

fn wrap(text: &str, first: &str, next: &str, width: usize) -> Vec<String> {
    let shown = wrapped(text, first, next, width);
    shown.lines().map(str::to_owned).collect()
}

/// The prompt at a step: `isolate-hosts, Ada, 2 open> `. If the incident is pushed to a store, it also
/// counts the entries that no store has yet: `…, 3 to push> `. In ASCII, under thirty columns.
pub fn prompt(card: &StepCard, who: Option<&str>, to_push: u64) -> String {
    let is_open = |item: &&CardItem| item.standing == Standing::Open;
    let is_yours = |item: &&CardItem| {
        let with = item.state.strip_prefix("with ").filter(|_| item.standing == Standing::Aside);
        with.zip(who).is_some_and(|(with, who)| is_of(with, who))
    };
    let open = card.items.iter().filter(is_open).count();
    let yours = card.items.iter().filter(is_yours).count();
    let open = match (card.items.is_empty(), open, yours) {
        (true, ..) => String::new(),
        (_, open, 0) => format!(", {open} open"),
        (_, 0, yours) => format!(", {yours} yours"),
        (_, open, yours) => format!(", {open}+{yours} yours"),
    };
    let who = who.and_then(|who| who.split_whitespace().next()).map(ascii).unwrap_or_default();
    let who = if who.is_empty() { who } else { format!(", {}", wording::clip(&who, 9)) };
    let to_push = match to_push {
        0 => String::new(),
        1..=999 => format!(", {to_push} to push"),
        _ => ", push".to_owned(),
    };
    // Of notices each is a card of its own, and a reference must not go to the wrong one.
    let step = ascii(card.key.item.as_deref().unwrap_or(&card.key.step));
    let room = 27_usize.saturating_sub(open.len() + who.len() + to_push.len());
    format!("{}{who}{open}{to_push}> ", wording::clip(&step, room.max(6)))
}

fn ascii(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_graphic() { c } else { '?' }).collect()
}
