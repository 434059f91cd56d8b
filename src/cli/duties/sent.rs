//! What was sent: each notice is an entry of the log.

use chrono::{DateTime, Utc};

use super::doubts;
use super::letters::{self, Returned};
use super::record::{asked, keep, known, tell_answered, tell_if_not_owed};
use crate::cli::args::{SentArgs, What};
use crate::cli::desk::{Context, Exit, Failure, Record, answers, followed, home, law, moment};
use crate::incident::event::{Draft, NoticeKind, NoticeSent};
use crate::incident::{Incident, Notice};
use crate::regime::{Docket, Law, told};
use crate::wording;

pub(super) fn run(context: &mut Context, args: &SentArgs) -> Result<Exit, Failure> {
    let law = law::law(context)?;
    let mut named = args.duties.clone();
    for duty in named.iter_mut().filter(|duty| !duty.contains('*')) {
        *duty = known(&law, duty)?;
    }
    if let (Some(sent), Some(bounced)) = (args.sent, args.bounced)
        && bounced > sent
    {
        return Err(Failure::usage(format!("{bounced} of {sent} cannot have come back"))
            .hint("nothing was recorded"));
    }
    let occurred = moment::past(context, args.at.as_deref(), "a notice cannot have been sent")?;
    let folder = home::one(context)?;
    let mut record = Record::open(context, folder)?;
    let vocabulary = followed::vocabulary(context, &record.incident, &record.folder);
    let before = law::docket(context, &law, &record.incident, &vocabulary);
    let duties = chosen(&before, &named)?;
    let counts = [args.sent, args.bounced, args.remaining];
    let has_counts = args.letters.is_some() || counts.iter().any(Option::is_some);
    if duties.len() > 1 && has_counts {
        return Err(Failure::usage("numbers of people can be given for one duty only").hint(
            "nothing was recorded; record each duty separately, with its own --sent and \
             --remaining",
        ));
    }
    if matches!(args.what, What::Substitute) {
        only_for_people(&law, &duties)?;
    }
    refuse_twice(&record.incident, &duties, args)?;
    for line in before.skipped(&law, &duties) {
        context.screen.warn(&line);
    }
    let asked = asked(&record.incident, &duties);
    let of_letters = match duties.as_slice() {
        [duty] => letters::counts(context, &record.incident, duty, args)?,
        _ => None,
    };
    let returned = of_letters.as_ref().and_then(|letters| letters.table);
    let (sent, bounced, manifest) = match of_letters {
        Some(Returned { sent, bounced, manifest, .. }) => (Some(sent), bounced, Some(manifest)),
        None => (args.sent, args.bounced, None),
    };
    let is_first = NoticeKind::from(args.what).is_first();
    let rest = match (duties.as_slice(), sent) {
        ([duty], Some(sent)) if is_first && args.remaining.is_none() => {
            rest(&law, &record.incident, duty, sent, manifest.is_some())?
        }
        _ => None,
    };
    for duty in &duties {
        tell_if_not_owed(context, &law, duty, (&record.incident, &vocabulary));
        if is_first && args.remaining.is_none() {
            tell_if_several(context, &law, duty, &record.incident);
        }
        let sent = sent.filter(|_| is_first);
        for line in doubted(&law, &record.incident, (duty.as_str(), sent), context.world.now().at) {
            context.screen.warn(&line);
        }
    }
    let remaining = args.remaining.or(rest.map(|(left, _)| left));
    let proof = keep(context, &mut record, args.proof.as_deref(), &wording::list(&duties))?;
    let drafts = duties.iter().map(|duty| {
        let mut draft = Draft::from(NoticeSent {
            duty: duty.clone(),
            what: args.what.into(),
            recipient: args.recipient.clone(),
            channel: args.channel.clone(),
            reference: args.reference.clone(),
            proof: proof.clone(),
            language: None,
            group: None,
            manifest,
            sent,
            bounced,
            returned,
            remaining,
        });
        draft.occurred.clone_from(&occurred);
        draft
    });
    let drafts: Vec<Draft> = drafts.collect();
    let mut source = answers::interactive();
    for draft in drafts {
        record.append_careful(context, source.prompt(), draft)?;
    }
    law::tell_news(context, &law, &before, &record, &vocabulary);
    tell_answered(context, &asked, &record.incident, &duties);
    say_sent(context, &record.incident, (&named, &duties), (remaining, rest));
    if remaining.is_none() && is_first {
        say_left(context, &law, &record.incident, &duties);
    }
    if args.proof.is_none() && args.reference.is_none() {
        context.screen.warn(
            "there is no proof yet: add --reference, or keep what was sent with `breach evidence \
             add FILE`",
        );
    }
    Ok(Exit::Done)
}

/// Refuses what is recorded already: the same notice to the same recipient under the same reference.
/// Mailings of a campaign share one.
fn refuse_twice(incident: &Incident, duties: &[String], args: &SentArgs) -> Result<(), Failure> {
    let what = NoticeKind::from(args.what);
    let is_mailing = args.letters.is_some() || args.sent.is_some();
    if is_mailing || args.reference.is_none() {
        return Ok(());
    }
    let is_same = |notice: &&Notice| {
        (&notice.reference, &notice.recipient) == (&args.reference, &args.recipient)
            && (&notice.what, notice.counts.remaining) == (&what, args.remaining)
            && notice.counts.sent.is_none()
    };
    let known =
        |duty: &String| Some((duty.clone(), incident.notices.get(duty)?.iter().find(is_same)?));
    let Some((duty, notice)) = duties.iter().find_map(known) else { return Ok(()) };
    Err(Failure::usage(format!(
        "{duty}: this {what} is already recorded, sent {}, by {}",
        notice.at.show(),
        notice.by
    ))
    .hint(
        "nothing was recorded; for what followed it: `--what supplement` or `--what correction`; \
         another recipient: `--recipient NAME`; `breach undo ENTRY` takes the first one back",
    ))
}

/// Says of a notice without numbers whom it leaves.
fn say_left(context: &mut Context, law: &Law, incident: &Incident, duties: &[String]) {
    let open = duties.iter().filter_map(|id| Some((id, left(law, incident, id)?)));
    for (id, left) in open {
        context.screen.say(&format!(
            "{id} stays open: {left}, and this gives no number; `--remaining 0` says that everybody \
             was told."
        ));
    }
}

/// How many people earlier notices of a duty leave to be told, in words; none if they leave nobody.
fn left(law: &Law, incident: &Incident, id: &str) -> Option<String> {
    let (regime, duty) = law.whole(id)?;
    let now = |name: &str| incident.fact_value(name).cloned();
    Some(duty.left(regime, incident, &now)?.shown())
}

/// Says of a notice that goes to several, each of whom is told, that it counts for all of them.
fn tell_if_several(context: &mut Context, law: &Law, id: &str, incident: &Incident) {
    let Some((regime, duty)) = law.whole(id) else { return };
    let all = duty.recipients(regime, &|name| incident.fact_value(name));
    if !all.is_empty() && left(law, incident, id).is_none() {
        let all: Vec<&str> = all.iter().map(|one| one.called.as_str()).collect();
        context.screen.warn(&format!(
            "{id} goes to {}, and this says that all were told; `--recipient NAME --remaining N` leaves \
             the others owed",
            wording::list(&all)
        ));
    }
}

/// Says what is recorded as sent, and how many people are still to be told; `rest` has their number and
/// that of all, if they are counted from the people on record. Duties that a pattern found are named.
fn say_sent(
    context: &mut Context,
    incident: &Incident,
    (named, duties): (&[String], &[String]),
    (remaining, rest): (Option<u64>, Option<(u64, u64)>),
) {
    let left = remaining.filter(|remaining| *remaining > 0);
    let is_plain = duties.len() == 1 && named == duties;
    let which = if is_plain { "R".to_owned() } else { wording::list(duties) + ": r" };
    let settled = duties.iter().find(|duty| incident.is_answered(duty));
    let open = if settled.is_none() { ", so it stays open" } else { "" };
    context.screen.say(&match left {
        Some(left) => {
            let of = rest.map(|(_, all)| format!(" of {all}")).unwrap_or_default();
            format!("{which}ecorded. Still to be told: {left}{of}{open}.")
        }
        None => format!("{which}ecorded as sent."),
    });
    if let Some(duty) = settled.filter(|_| left.is_some()) {
        context.screen.warn(&format!(
            "{duty} counts as settled all the same: an earlier notice was complete, or it was waived; \
             `breach undo ENTRY` takes that back"
        ));
    } else if rest.is_some() && left.is_some() {
        context.screen.say(
            "That is counted from the people on record; `--remaining 0` says that everybody was told.",
        );
    }
}

/// How many of the people on record are still to be told after a batch, and how many there are. Letters
/// keep their own list of people, so they need no recorded number.
fn rest(
    law: &Law,
    incident: &Incident,
    id: &str,
    sent: u64,
    has_letters: bool,
) -> Result<Option<(u64, u64)>, Failure> {
    let Some((regime, duty)) = law.whole(id) else { return Ok(None) };
    if !duty.tells_people() {
        return Ok(None);
    }
    let before = told(duty.filed(&incident.notices)).unwrap_or_default();
    let now = before.saturating_add(sent);
    let known = |name: &str| incident.fact_value(name);
    match regime.people(duty, &known) {
        Some((_, Some(all))) => Ok(Some((all.saturating_sub(now), all))),
        Some((least, None)) if least > now => Ok(Some((least - now, least))),
        _ if has_letters => Ok(None),
        _ => Err(Failure::usage("nobody has recorded how many people have to be told in all")
            .hint("nothing was recorded; add --remaining N, where 0 says that everybody was told")),
    }
}

/// What the record says against a notice that was sent: a request to wait with it, and fewer people
/// than were told.
fn doubted(
    law: &Law,
    incident: &Incident,
    (id, sent): (&str, Option<u64>),
    at: DateTime<Utc>,
) -> Vec<String> {
    let waits = doubts::waits(incident, id, at);
    let more = sent.zip(law.whole(id)).and_then(|(sent, (regime, duty))| {
        let before = told(duty.filed(&incident.notices)).unwrap_or_default();
        let told = before.saturating_add(sent);
        let known = |name: &str| incident.fact_value(name);
        let (_, all) = regime.people(duty, &known)?;
        let all = all.filter(|all| told > *all)?;
        Some(format!("that makes {told} people told, and only {all} are on record"))
    });
    waits.into_iter().chain(more).collect()
}

/// The duties that are meant: those that are named, and the open ones that fit a pattern.
fn chosen(docket: &Docket, patterns: &[String]) -> Result<Vec<String>, Failure> {
    let mut chosen: Vec<String> = Vec::new();
    for pattern in patterns {
        let found =
            if pattern.contains('*') { docket.matching(pattern) } else { vec![pattern.clone()] };
        if found.is_empty() {
            return Err(Failure::usage(format!("no open duty matches `{pattern}`"))
                .hint("nothing was recorded; `breach duties` lists them"));
        }
        chosen.extend(found);
    }
    chosen.sort();
    chosen.dedup();
    Ok(chosen)
}

/// Whoever supervises is told, and not the public instead.
fn only_for_people(law: &Law, duties: &[String]) -> Result<(), Failure> {
    let tells_people = |id: &&String| law.duty(id).is_none_or(|(_, duty)| duty.tells_people());
    match duties.iter().find(|id| !tells_people(id)) {
        None => Ok(()),
        Some(id) => Err(Failure::usage(format!(
            "{id} does not go to people, so a substitute notice cannot settle it"
        ))
        .hint("nothing was recorded; it stands in for notices to people only")),
    }
}
