//! The law in force here, and the incident as the law is asked about it.

use std::borrow::Cow;
use std::sync::Arc;

use chrono_tz::Tz;

use super::followed::{self, Followed};
use super::home::{self, Found};
use super::{Context, Failure, Record, chains, matters, shelf};
use crate::fact::{Vocabulary, place_name};
use crate::incident::Incident;
use crate::regime::{Calendar, Calendars, Docket, Law, Matter, Regime, builtin};

/// The built-in law with what the home adds: regimes of the same id replace ours, closures add up.
pub(in crate::cli) fn law(context: &Context) -> Result<Law, Failure> {
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

/// There is no such duty.
pub(in crate::cli) fn unknown_duty(law: &Law, id: &str) -> Failure {
    let ids = law.regimes.iter().flat_map(|regime| &regime.duties).map(|duty| duty.id.as_str());
    let failure = Failure::usage(format!("there is no duty `{id}`"));
    if id.contains('*') {
        return failure.hint("only `sent` takes a pattern; a decision is about one duty");
    }
    let regime = id.split('.').next().unwrap_or_default();
    if let Some(regime) = law.regimes.iter().find(|known| known.id == regime) {
        let own: Vec<&str> = regime.duties.iter().map(|duty| duty.id.as_str()).collect();
        return failure.hint(format!("this law has {}", crate::wording::ticked(&own)));
    }
    if place_name(id).is_some() {
        return failure.hint(format!(
            "{id} is a place: `breach duties --all` lists the duties there, and the foot of \
             `breach duties` says what is held of a place whose law is not counted"
        ));
    }
    match crate::document::did_you_mean(id, ids) {
        Some(near) => failure.hint(near),
        None => failure.hint("`breach duties --all` lists every duty"),
    }
}

/// As [`law`]; a mistake in the home's own law must not stop a walk.
pub(in crate::cli) fn law_or_builtin(context: &mut Context) -> Law {
    law(context).unwrap_or_else(|failure| {
        context.screen.warn(&format!("{:#}; the built-in law applies", failure.error));
        builtin::law().clone()
    })
}

/// The open incident; nothing, if there is none and none is `needed`.
pub(in crate::cli) fn open_matter(
    context: &mut Context,
    needed: bool,
) -> Result<Matter<'static>, Failure> {
    match home::find(context)? {
        Found::None if !needed => Ok(matter(
            context,
            "what-if",
            Cow::Owned(Incident::default()),
            Cow::Borrowed(Vocabulary::builtin()),
        )),
        Found::None => Err(Failure::usage("no incident is open")
            .hint("`breach duties --set NAME=VALUE` shows what would be owed")),
        Found::Several(folders) => Err(home::several(&folders)),
        Found::One(folder) => {
            let mut incident = Incident::default();
            chains::fold(context, &folder, &mut incident)?;
            let vocabulary = followed::vocabulary(context, &incident, &folder);
            let name = folder.name().to_string();
            Ok(matter(context, &name, Cow::Owned(incident), Cow::Owned(vocabulary)))
        }
    }
}

/// What an incident tells, its days counted where this machine is if nothing else is known.
pub(in crate::cli) fn matter<'i>(
    context: &Context,
    name: &str,
    incident: Cow<'i, Incident>,
    vocabulary: Cow<'i, Vocabulary>,
) -> Matter<'i> {
    let local = context.world.clock().zone().and_then(|zone| zone.parse().ok()).unwrap_or(Tz::UTC);
    Matter::new(local, name, incident, vocabulary)
}

/// How the duties of an incident stand now.
pub(in crate::cli) fn docket(
    context: &Context,
    law: &Law,
    incident: &Incident,
    vocabulary: &Vocabulary,
) -> Docket {
    let matter = matter(context, "", Cow::Borrowed(incident), Cow::Borrowed(vocabulary));
    matter.docket(law, context.world.now().at)
}

/// Keeps the list of the duties that apply, if one of these playbooks repeats over it. Nothing that a
/// person gave hangs on it: where it cannot be written, everything before it stands.
pub(in crate::cli) fn keep_list(
    context: &mut Context,
    law: Option<&Law>,
    record: &mut Record,
    followed: &[Followed],
) {
    let Some(of) = followed.iter().find(|one| one.lists_duties()) else { return };
    let law = law.map_or_else(|| Cow::Owned(law_or_builtin(context)), Cow::Borrowed);
    let standing = docket(context, &law, &record.incident, &of.vocabulary);
    if let Some(fact) = standing.as_fact(&record.incident)
        && let Err(Failure { error, .. }) = record.append(context, fact.into())
    {
        context.screen.warn(&format!(
            "the list of notices to give is not up to date: {error:#}; everything before is \
             recorded, and the next fact or step corrects the list"
        ));
    }
}

/// Says what an entry that was just recorded changes about how the duties stood.
pub(in crate::cli) fn tell_news(
    context: &mut Context,
    law: &Law,
    before: &Docket,
    record: &Record,
    vocabulary: &Vocabulary,
) {
    let after = docket(context, law, &record.incident, vocabulary);
    tell_changes(context, (before, &after), &record.incident, "");
}

/// Reports what changed in the duties, and warns about facts that contradict each other and reminders
/// that come too late from now on.
pub(in crate::cli) fn tell_changes(
    context: &mut Context,
    (before, after): (&Docket, &Docket),
    incident: &Incident,
    label: &str,
) {
    for wrong in after.newly_wrong(before) {
        context.screen.warn(&wrong);
    }
    for line in after.news(before, context.world.now().at) {
        context.screen.say(&format!("{label}{line}"));
    }
    let late = matters::too_late(before, incident);
    for line in matters::too_late(after, incident).iter().filter(|line| !late.contains(line)) {
        context.screen.warn(line);
    }
}
