//! `breach duties`: who must be told by when, and what was done about it.

mod draft;
mod record;
mod standing;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

pub(super) use standing::Standing;

use super::fact;
use crate::cli::args::{DutiesArgs, DutiesFormat};
use crate::cli::desk::home::Found;
use crate::cli::desk::{Context, Exit, Failure, chains, followed, home, moment, shelf};
use crate::fact::{FactType, Understood, Value, Vocabulary};
use crate::incident::Incident;
use crate::output::duties::{Explanation, Grouped, View};
use crate::output::{Screen, json};
use crate::regime::{
    Assessed, Calendar, Calendars, Facts, Gap, Law, Regime, State, builtin, gap_lines,
};

pub(super) fn run(context: &mut Context, args: &DutiesArgs) -> Result<Exit, Failure> {
    if let Some(command) = &args.record {
        return record::run(context, command);
    }
    let law = law(context)?;
    let mut known = Known::read(context, args.set.is_empty())?;
    for set in &args.set {
        known.suppose(context, set)?;
    }
    let at = match &args.at {
        Some(at) => moment::read(context, at)?.earliest.to_utc(),
        None => context.world.now().at,
    };
    if let Some(id) = &args.explain {
        return one(context, &law, &known, id, at);
    }
    let duties = known.assess(&law, at);
    let ask = |name: &str| known.vocabulary.get(name).map(|fact| fact.ask.clone());
    let off = context.world.now().off;
    let record = &known.incident;
    let gaps = known.gaps(&law);
    let view =
        View { at, off, incident: &known.name, duties: &duties, gaps: &gaps, record, ask: &ask };
    let width = context.table_width;
    let out = &mut context.out;
    match args.format {
        DutiesFormat::Json => json::write(out, &view.json())?,
        DutiesFormat::Csv => view.csv(out)?,
        DutiesFormat::Ical => {
            out.write_all(view.ical().as_bytes())?;
            undated(&mut context.screen, &view);
        }
        DutiesFormat::Text => {
            let grouped = if args.by_recipient { Grouped::ByRecipient } else { Grouped::ByTime };
            view.text(out, width, grouped, args.all)?;
        }
    }
    for contradiction in known.contradictions() {
        context.screen.warn(&contradiction);
    }
    Ok(if args.check && view.is_overdue() { Exit::Overdue } else { Exit::Done })
}

/// Says what a calendar cannot hold.
fn undated(screen: &mut Screen, view: &View<'_>) {
    for line in gap_lines(view.gaps, usize::MAX) {
        screen.warn(&line);
    }
    let ids: Vec<&str> = view.unstarted().map(|duty| duty.duty.id.as_str()).collect();
    if !ids.is_empty() {
        screen.warn(&format!(
            "{} without a date, because nothing recorded starts the clock: {}",
            crate::wording::count(ids.len(), "duty"),
            crate::wording::some(&ids, 8),
        ));
    }
}

fn one(
    context: &mut Context,
    law: &Law,
    known: &Known<'_>,
    id: &str,
    at: DateTime<Utc>,
) -> Result<Exit, Failure> {
    let found = known.with_facts(at, |facts| law.explain(id, facts));
    let Some((duty, steps)) = found else { return Err(unknown(law, id)) };
    let lookup = |name: &str| known.value(name);
    let page = Explanation {
        duty: &duty,
        steps: &steps,
        known: &lookup,
        vocabulary: &known.vocabulary,
        record: &known.incident,
        at,
        off: context.world.now().off,
        width: usize::from(context.table_width.unwrap_or(100).clamp(40, 100)),
    }
    .page();
    context.out.write_all(page.as_bytes())?;
    Ok(Exit::Done)
}

/// There is no such duty.
fn unknown(law: &Law, id: &str) -> Failure {
    let ids = law.regimes.iter().flat_map(|regime| &regime.duties).map(|duty| duty.id.as_str());
    let failure = Failure::usage(format!("there is no duty `{id}`"));
    if id.contains('*') {
        return failure.hint("only `sent` takes a pattern; a decision is made for one duty");
    }
    let regime = id.split('.').next().unwrap_or_default();
    if let Some(regime) = law.regimes.iter().find(|known| known.id == regime) {
        let own: Vec<&str> = regime.duties.iter().map(|duty| duty.id.as_str()).collect();
        return failure.hint(format!("this law has {}", crate::wording::ticked(&own)));
    }
    match crate::document::did_you_mean(id, ids) {
        Some(near) => failure.hint(near),
        None => failure.hint("`breach duties --all` lists every duty"),
    }
}

/// The built-in law with what the home adds: regimes of the same id replace ours, closures add up.
pub(super) fn law(context: &Context) -> Result<Law, Failure> {
    let builtin = builtin::law();
    let Some(home) = context.home().ok().filter(|home| home.is_dir()) else {
        return Ok(builtin.clone());
    };
    let mut regimes = builtin.regimes.clone();
    for document in shelf::texts(&home.join("regimes"))? {
        let (regime, found) = Regime::read(&document, Vocabulary::builtin());
        let regime = Arc::new(regime.ok_or_else(|| shelf::mistakes(&document, &found))?);
        match regimes.iter_mut().find(|known| known.id == regime.id) {
            Some(known) => *known = regime,
            None => regimes.push(regime),
        }
    }
    let mut own = Vec::new();
    for document in shelf::texts(&home.join("calendars"))? {
        let (calendar, found) = Calendar::read(&document);
        own.push(calendar.ok_or_else(|| shelf::mistakes(&document, &found))?);
    }
    let calendars = if own.is_empty() {
        builtin.calendars.clone()
    } else {
        Calendars::new(builtin::calendars().chain(own))
    };
    Ok(Law { regimes, calendars })
}

/// As [`law`]; a mistake in the home's own law must not stop a walk.
pub(super) fn law_or_builtin(context: &mut Context) -> Law {
    law(context).unwrap_or_else(|failure| {
        context.screen.warn(&format!("{}; the built-in law counts", failure.error));
        builtin::law().clone()
    })
}

/// What is known of an incident, and what is supposed besides.
pub(super) struct Known<'i> {
    /// Name of the incident.
    pub(super) name: String,
    incident: Cow<'i, Incident>,
    supposed: BTreeMap<String, Value>,
    waived: BTreeSet<String>,
    delays: BTreeMap<String, DateTime<Utc>>,
    pub(super) vocabulary: Cow<'i, Vocabulary>,
    local: Tz,
}

impl<'i> Known<'i> {
    /// The open incident; nothing, if there is none and none is needed.
    fn read(context: &mut Context, needed: bool) -> Result<Self, Failure> {
        match home::find(context)? {
            Found::None if !needed => Ok(Self::new(
                context,
                "what-if",
                Cow::Owned(Incident::default()),
                Cow::Borrowed(Vocabulary::builtin()),
            )),
            Found::None => Err(Failure::usage("no incident is open")
                .hint("`breach duties --set NAME=VALUE` asks what would be owed")),
            Found::Several(folders) => Err(home::several(&folders)),
            Found::One(folder) => {
                let mut incident = Incident::default();
                chains::fold(context, &folder, &mut incident)?;
                let vocabulary = followed::vocabulary(context, &incident, &folder);
                let name = folder.name().to_string();
                Ok(Self::new(context, &name, Cow::Owned(incident), Cow::Owned(vocabulary)))
            }
        }
    }

    /// What an incident tells.
    pub(super) fn new(
        context: &Context,
        name: &str,
        incident: Cow<'i, Incident>,
        vocabulary: Cow<'i, Vocabulary>,
    ) -> Self {
        let local =
            context.world.clock().zone().and_then(|zone| zone.parse().ok()).unwrap_or(Tz::UTC);
        Self::within(local, name, incident, vocabulary)
    }

    /// As [`Known::new`], for a machine in this zone.
    pub(super) fn within(
        local: Tz,
        name: &str,
        incident: Cow<'i, Incident>,
        vocabulary: Cow<'i, Vocabulary>,
    ) -> Self {
        let waived = incident.waived();
        let delays = incident.delays();
        let supposed = BTreeMap::new();
        let name = name.to_owned();
        let mut known = Self { name, incident, supposed, waived, delays, vocabulary, local };
        known.settle_zone();
        known
    }

    fn settle_zone(&mut self) {
        if let Some(Value::Text(zone)) = self.value("entity_zone")
            && let Ok(zone) = zone.parse()
        {
            self.local = zone;
        }
    }

    fn suppose(&mut self, context: &mut Context, set: &str) -> Result<(), Failure> {
        let (name, answer) = set.split_once('=').ok_or_else(|| {
            Failure::usage(format!("`{set}` sets nothing")).hint("write NAME=VALUE")
        })?;
        let name = name.trim();
        let (fact, understood) = fact::typed(context, &self.vocabulary, name, answer.trim())?;
        let Understood { value, remarks } = understood;
        if let ("entity_zone", Value::Text(zone)) = (name, &value)
            && zone.parse::<Tz>().is_err()
        {
            return Err(Failure::usage(format!("`{zone}` is no time zone"))
                .hint("write its name in the time zone database, such as `Europe/Dublin`"));
        }
        // What can be read in more than one way is said as it was understood.
        if matches!(fact.kind, FactType::Time | FactType::People | FactType::Place) {
            context.screen.say(&format!("Supposed: {}: {}", fact.title, value.echo(&fact)));
        }
        context.screen.sentences(&remarks);
        self.supposed.insert(name.to_owned(), value);
        self.settle_zone();
        Ok(())
    }

    fn value(&self, name: &str) -> Option<&Value> {
        self.supposed.get(name).or_else(|| self.incident.fact_value(name))
    }

    fn with_facts<R>(&self, at: DateTime<Utc>, then: impl FnOnce(&Facts<'_>) -> R) -> R {
        let known = |name: &str| self.value(name);
        then(&Facts {
            known: &known,
            filings: &self.incident.notices,
            waived: &self.waived,
            delays: &self.delays,
            local: self.local,
            at,
        })
    }

    /// Every duty over what is known.
    pub(super) fn assess<'l>(&self, law: &'l Law, at: DateTime<Utc>) -> Vec<Assessed<'l>> {
        self.with_facts(at, |facts| law.assess(facts))
    }

    /// The places of which no law is held.
    pub(super) fn gaps(&self, law: &Law) -> Vec<Gap> {
        law.gaps(&|name| self.value(name))
    }

    /// Times that cannot both be true: they are told, never repaired.
    fn contradictions(&self) -> Vec<String> {
        let at = |name: &str| match self.value(name) {
            Some(Value::Time(when)) => Some(when),
            _ => None,
        };
        ORDER
            .iter()
            .filter_map(|(first, then)| {
                let (before, after) = (at(first)?, at(then)?);
                (before.earliest > after.latest).then(|| {
                    format!(
                        "`{first}` ({}) is after `{then}` ({}): one of them is wrong",
                        before.show(),
                        after.show(),
                    )
                })
            })
            .collect()
    }
}

/// Facts of which the first cannot come after the second.
const ORDER: [(&str, &str); 9] = [
    ("occurred", "detected"),
    ("occurred", "discovered"),
    ("occurred", "aware"),
    ("first_signal", "aware"),
    ("discovered", "aware"),
    ("theft_from", "theft_to"),
    ("aware", "determined_material"),
    ("aware_of_grounds_to_suspect", "believes"),
    ("credible_grounds", "assessed_notifiable"),
];

/// What the card of a step says of the duty that it is about.
pub(super) fn about(law: &Law, known: &Known<'_>, id: &str, now: DateTime<Utc>) -> Vec<String> {
    let found = known.with_facts(now, |facts| law.explain(id, facts));
    let Some((duty, _)) = found else { return Vec::new() };
    let mut lines = crate::output::duties::card(&duty, now);
    lines.push(format!("`breach duties draft {id}` writes it, `--explain {id}` says why."));
    lines.push(
        "Sent? `d REFERENCE`. Not yet? `w NAME, 04:30`. It stays owed until it is sent.".to_owned(),
    );
    lines
}

/// For a walk: places of which no law is held, the next deadlines on one line, and how many duties
/// have none because their clock has not started.
pub(super) fn clocks(law: &Law, known: &Known<'_>, now: DateTime<Utc>) -> Vec<String> {
    let duties = known.assess(law, now);
    let mut running: Vec<(bool, DateTime<Utc>, String)> = duties
        .iter()
        .filter(|duty| duty.concerns == Some(true) && duty.left(now).is_some())
        .filter_map(|duty| {
            let due = duty.due?;
            let left = crate::wording::relative(due, now);
            // What is owed for sure stands before what may be.
            let unsure = duty.state == State::Check;
            let mark = if unsure { ", if owed" } else { "" };
            Some((unsure, due, format!("{} {left}{mark}", duty.duty.id)))
        })
        .collect();
    running.sort();
    let shown: Vec<String> = running.into_iter().map(|(_, _, clock)| clock).collect();
    let mut lines = gap_lines(&known.gaps(law), 3);
    if !shown.is_empty() {
        lines.push(format!("Clocks: {}", crate::wording::some(&shown, 3)));
    }
    let unstarted = Standing::of(&duties, Vec::new()).unstarted();
    if !unstarted.is_empty() {
        lines.push(format!("Clock not started: {}", crate::wording::some(&unstarted, 1)));
    }
    lines
}
