//! What was decided about a duty, and questions from those who are told: each is an entry of the log.

use std::borrow::Cow;

use super::record::{asked, keep, known, tell_answered, tell_if_not_owed};
use crate::cli::args::RulingArgs;
use crate::cli::desk::{Context, Exit, Failure, Record, answers, followed, home, law, moment};
use crate::fact::Vocabulary;
use crate::incident::event::{Draft, DutyDecided, RulingKind};
use crate::incident::{Incident, Notice};
use crate::regime::Law;
use crate::wording;

/// Records a decision about a duty or a question from its recipient; `until` is when the answer is due
/// or the delay ends.
pub(super) fn run(
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

/// A decision not to tell people is itself a filing under some laws.
fn follows(context: &mut Context, law: &Law, duty: &str) {
    let regime = duty.split('.').next().unwrap_or_default();
    let own = format!("{regime}.no-notice");
    let tells_people = law.duty(duty).is_some_and(|(_, duty)| duty.tells_people());
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
