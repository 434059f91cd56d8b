//! What was done about a duty: sent, waived, asked, delayed. Each is an entry of the log.

use std::borrow::Cow;
use std::path::Path;

use chrono::{DateTime, Utc};

use super::letters::Returned;
use crate::cli::args::{DutyCommand, RulingArgs, SentArgs, What};
use crate::cli::desk::{
    Context, Exit, Failure, Record, answers, exhibit, followed, home, law, moment,
};
use crate::fact::Vocabulary;
use crate::incident::event::{Draft, DutyDecided, Event, NoticeKind, NoticeSent, RulingKind};
use crate::incident::{Incident, Notice};
use crate::regime::{Docket, Law, State, told};
use crate::wording;

pub(super) fn run(context: &mut Context, command: &DutyCommand) -> Result<Exit, Failure> {
    use RulingKind::{Answered, Asked, Delayed, Resumed, Waived};
    match command {
        DutyCommand::Draft(args) => super::draft::run(context, args),
        DutyCommand::Form(args) => super::form::run(context, args),
        DutyCommand::Letters(args) => super::letters::run(context, args),
        DutyCommand::Sent(args) => sent(context, args),
        DutyCommand::Waive(args) => ruling(context, Waived, args, None),
        DutyCommand::Resume(args) => ruling(context, Resumed, args, None),
        DutyCommand::Answered(args) => ruling(context, Answered, args, None),
        DutyCommand::Asked(args) => ruling(context, Asked, &args.ruling, Some(&args.until)),
        DutyCommand::Delay(args) => ruling(context, Delayed, &args.ruling, Some(&args.until)),
    }
}

fn sent(context: &mut Context, args: &SentArgs) -> Result<Exit, Failure> {
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
    for line in before.skipped(&law, &duties) {
        context.screen.warn(&line);
    }
    let asked = asked(&record.incident, &duties);
    let of_letters = match duties.as_slice() {
        [duty] => super::letters::counts(context, &record.incident, duty, args)?,
        _ => None,
    };
    let returned = of_letters.as_ref().and_then(|letters| letters.table);
    let (sent, bounced, manifest) = match of_letters {
        Some(Returned { sent, bounced, manifest, .. }) => (Some(sent), bounced, Some(manifest)),
        None => (args.sent, args.bounced, None),
    };
    let is_first =
        matches!(NoticeKind::from(args.what), NoticeKind::Notice | NoticeKind::Substitute);
    let rest = match (duties.as_slice(), sent) {
        ([duty], Some(sent)) if is_first && args.remaining.is_none() => {
            rest(&law, &record.incident, duty, sent, manifest.is_some())?
        }
        _ => None,
    };
    for duty in &duties {
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
    for duty in &duties {
        tell_if_not_owed(context, &law, duty, (&record.incident, &vocabulary));
    }
    let mut source = answers::interactive();
    for draft in drafts {
        record.append_careful(context, source.prompt(), draft)?;
    }
    law::tell_news(context, &law, &before, &record, &vocabulary);
    tell_answered(context, &asked, &record.incident, &duties);
    say_sent(context, &record.incident, (&named, &duties), (remaining, rest));
    if args.proof.is_none() && args.reference.is_none() {
        context.screen.warn(
            "there is no proof yet: add --reference, or keep what was sent with `breach evidence \
             add FILE`",
        );
    }
    Ok(Exit::Done)
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
    if !duty.to.iter().any(|to| to == "people") {
        return Ok(None);
    }
    let before = told(duty.filed(&incident.notices)).unwrap_or_default();
    let now = before.saturating_add(sent);
    let known = |name: &str| incident.fact_value(name);
    match regime.people(duty, &known) {
        Some((_, Some(all))) => Ok(Some((all.saturating_sub(now), all))),
        Some((least, None)) if least > now => Ok(Some((least - now, least))),
        _ if has_letters => Ok(None),
        _ => Err(Failure::usage("nobody has recorded of how many people these are part")
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
    let waits = super::doubts::wait(incident, id, at).map(|delay| {
        format!("a request to wait with {id} stands: {}", super::doubts::waiting(delay))
    });
    let more = sent.zip(law.whole(id)).and_then(|(sent, (regime, duty))| {
        let before = told(duty.filed(&incident.notices)).unwrap_or_default();
        let told = before.saturating_add(sent);
        let known = |name: &str| incident.fact_value(name);
        let (_, all) = regime.people(duty, &known)?;
        let all = all.filter(|all| told > *all)?;
        Some(format!("with these, {told} people were told; on record are {all}"))
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

/// Records a decision about a duty or a question from its recipient; `until` is when the answer is due
/// or the delay ends.
fn ruling(
    context: &mut Context,
    what: RulingKind,
    args: &RulingArgs,
    until: Option<&str>,
) -> Result<Exit, Failure> {
    let by = &args.by;
    let occurred = moment::past(context, args.at.as_deref(), "this cannot have happened")?;
    let until = moment::ahead(context, until)?.map(|until| until.earliest);
    let law = law::law(context)?;
    let duty = &known(&law, &args.duty)?;
    let folder = home::one(context)?;
    let mut record = Record::open(context, folder)?;
    record.privileged = args.privilege.said();
    let duties = std::slice::from_ref(duty);
    let asked = asked(&record.incident, duties);
    let vocabulary = followed::vocabulary(context, &record.incident, &record.folder);
    changes(context, &law, (duty, &what), (&record.incident, &vocabulary))?;
    if what == RulingKind::Answered && asked.is_empty() {
        return Err(Failure::usage(format!("no question about {duty} is open"))
            .hint("nothing was recorded; `breach duties asked` records a question"));
    }
    let proof = keep(context, &mut record, args.proof.as_deref(), duty)?;
    let body =
        DutyDecided::new(duty.clone(), what.clone(), by.clone(), args.reason.as_str().into());
    let mut draft = Draft::from(DutyDecided { proof, until, ..body });
    draft.occurred = occurred;
    let before = law::docket(context, &law, &record.incident, &vocabulary);
    let mut source = answers::interactive();
    record.append_careful(context, source.prompt(), draft)?;
    law::tell_news(context, &law, &before, &record, &vocabulary);
    if what == RulingKind::Answered {
        tell_answered(context, &asked, &record.incident, duties);
    }
    let until = until.map(|until| format!(" until {}", wording::moment(until)));
    let until = until.unwrap_or_default();
    context.screen.say(&format!("Recorded: {duty} {what}{until}, by {by}."));
    match what {
        RulingKind::Waived => follows(context, &law, duty),
        RulingKind::Delayed => may_wait(context, &law, duty, (&record.incident, &vocabulary)),
        _ => {}
    }
    Ok(Exit::Done)
}

/// Whoever supervises is told, and not the public instead.
fn only_for_people(law: &Law, duties: &[String]) -> Result<(), Failure> {
    let tells_people =
        |id: &&String| law.duty(id).is_none_or(|(_, duty)| duty.to.iter().any(|to| to == "people"));
    match duties.iter().find(|id| !tells_people(id)) {
        None => Ok(()),
        Some(id) => Err(Failure::usage(format!("a text for the public is no notice for {id}"))
            .hint("nothing was recorded; it stands in for notices to people only")),
    }
}

/// Questions about these duties that are open, each with who asked it.
fn asked(incident: &Incident, duties: &[String]) -> Vec<String> {
    let of = |duty: &String| {
        let questions = incident.questions_of(duty);
        questions.map(|asked| format!("{} ({})", asked.reason, asked.by)).collect::<Vec<_>>()
    };
    duties.iter().flat_map(of).collect()
}

/// Refuses to resume what nobody waived or delayed, and says what a waiver does not change.
fn changes(
    context: &mut Context,
    law: &Law,
    (duty, what): (&str, &RulingKind),
    (incident, vocabulary): (&Incident, &Vocabulary),
) -> Result<(), Failure> {
    use RulingKind::{Delayed, Resumed, Waived};
    let rulings = incident.rulings.get(duty).into_iter().flatten();
    let latest = rulings.rev().find(|ruling| matches!(ruling.what, Waived | Delayed | Resumed));
    match what {
        Resumed if latest.is_none_or(|ruling| ruling.what == Resumed) => {
            return Err(Failure::usage(format!("nobody waived {duty} or asked to wait with it"))
                .hint("nothing was recorded; `breach duties` shows how it stands"));
        }
        Waived => {
            let sent = incident.notices.get(duty).map(Vec::as_slice).unwrap_or_default();
            if Notice::completing(sent).is_some() {
                context.screen.warn(&format!("{duty} is recorded as sent, and stays so"));
            }
            tell_if_not_owed(context, law, duty, (incident, vocabulary));
        }
        _ => {}
    }
    Ok(())
}

/// Says that the record speaks of a duty that is not owed, so that no slip in its name is missed.
fn tell_if_not_owed(
    context: &mut Context,
    law: &Law,
    duty: &str,
    (incident, vocabulary): (&Incident, &Vocabulary),
) {
    let matter = law::matter(context, "", Cow::Borrowed(incident), Cow::Borrowed(vocabulary));
    let stands = matter.explain(law, duty, context.world.now().at);
    let stands = stands.filter(|(stands, _)| stands.state == State::NotTriggered);
    if let Some((stands, _)) = stands {
        context.screen.warn(&format!("{duty} is not owed, as far as is known: {}", stands.why()));
    }
}

/// Says which questions an entry answers.
fn tell_answered(context: &mut Context, before: &[String], incident: &Incident, duties: &[String]) {
    let open = asked(incident, duties);
    let answered: Vec<&String> = before.iter().filter(|asked| !open.contains(asked)).collect();
    if !answered.is_empty() {
        let count = wording::count(answered.len(), "question");
        context.screen.warn(&format!(
            "this answers {count}: {}; `breach duties asked` records again what is still open",
            wording::some(&answered, 4)
        ));
    }
}

/// A decision not to tell people is itself a filing under some laws.
fn follows(context: &mut Context, law: &Law, duty: &str) {
    let regime = duty.split('.').next().unwrap_or_default();
    let own = format!("{regime}.no-notice");
    let tells_people =
        law.duty(duty).is_some_and(|(_, duty)| duty.to.iter().any(|to| to == "people"));
    if tells_people && let Some((_, no_notice)) = law.duty(&own) {
        let words = no_notice.words.clone().unwrap_or_default();
        context
            .screen
            .warn(&format!("this decision is itself a filing: {own}, {} {words}", no_notice.cite));
    }
}

/// A request to wait is not always one that the law obeys: the law of the day on which the clock
/// started decides.
fn may_wait(
    context: &mut Context,
    law: &Law,
    duty: &str,
    (incident, vocabulary): (&Incident, &Vocabulary),
) {
    let matter = law::matter(context, "", Cow::Borrowed(incident), Cow::Borrowed(vocabulary));
    let then = matter.explain(law, duty, context.world.now().at).map(|(then, _)| then.duty);
    let wait = then.and_then(|duty| Some((duty.wait.as_ref()?, duty.after_wait)));
    match wait {
        Some((wait, after)) => {
            let after = after.map(|period| format!(" It gives {} after that.", period.show()));
            let after = after.unwrap_or_default();
            context.screen.say(&format!("This law allows a delay for: {wait}.{after}"));
        }
        None => context
            .screen
            .warn("this law does not provide for a delay on request: its deadline does not move"),
    }
}

/// The id under which the log speaks of a duty, whichever version was named.
fn known(law: &Law, id: &str) -> Result<String, Failure> {
    let whole = law.whole(id).map(|(_, duty)| duty.id.clone());
    whole.ok_or_else(|| law::unknown_duty(law, id).hint("nothing was recorded"))
}

/// Keeps a file as evidence first: an entry never names what is not there.
fn keep(
    context: &mut Context,
    record: &mut Record,
    proof: Option<&Path>,
    duty: &str,
) -> Result<Option<String>, Failure> {
    let Some(path) = proof else { return Ok(None) };
    let mut body = exhibit::file(context, record, path).map_err(|error| {
        Failure::new(Exit::Failed, format!("failed to keep `{}`: {error}", path.display()))
            .hint("nothing was recorded")
    })?;
    body.title = format!("Proof of {duty}: {}", body.title).into();
    let stamped = record.append(context, body.into())?;
    exhibit::say_kept(context, &stamped);
    let Event::EvidenceAdded(body) = stamped.draft.event else { return Ok(None) };
    Ok(Some(body.exhibit))
}
