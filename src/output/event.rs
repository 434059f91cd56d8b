//! What an event says, as a sentence on one line: for people who read the log or save a word of it
//! by hand. Not escaped; whoever shows it does that.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::fact::Value;
use crate::incident::event::{
    ActionTaken, CommandOutcome, Decision, Draft, Event, EvidenceAdded, FactEdit, FactSet,
    Forgotten, Group, Handoff, Imported, Intent, Mode, NoticeSent, Obstacle, Source, StepOutcome,
    Text,
};
use crate::{escape, wording};

/// An event with its step, as it is shown when it could not be written.
pub fn unsaved(draft: &Draft) -> String {
    let text = said(&draft.event);
    let step = draft.step.as_ref().map(|step| format!("{step}: ")).unwrap_or_default();
    match &draft.event {
        Event::StepOutcome(_) => format!("{step}{text}"),
        Event::Note(_) if step.is_empty() => text,
        event => format!("{step}{} {text}", label(event)),
    }
}

/// What comes before that which an event says, in words.
fn label(event: &Event) -> Cow<'static, str> {
    Cow::Borrowed(match event {
        Event::FactSet(_) | Event::FactEdit(_) => "fact",
        Event::NoticeSent(_) => "notice",
        Event::DutyDecided(_) => "duty",
        Event::ActionTaken(_) => "action",
        Event::Group(_) => "group",
        Event::Intent(_) | Event::CommandOutcome(_) => "command",
        event => return Cow::Owned(format!("{}:", event.kind().replace('-', " "))),
    })
}

/// What an event says, without its kind.
pub fn said(event: &Event) -> String {
    match event {
        Event::Genesis(body) => {
            let mut text = format!("{}, {}", body.incident, body.tool);
            if let Some(of) = &body.continues {
                let _ = write!(text, ", continues {} ({})", of.chain, of.because);
            }
            text
        }
        Event::Opened(body) => body.title.as_deref().unwrap_or_default().to_owned(),
        Event::PlaybookPinned(body) => {
            let text = format!("{} follows {} {}", body.phase, body.playbook, body.version);
            let text = format!("{text} ({})", body.source);
            with(text, " instead of ", body.instead_of.as_deref())
        }
        Event::StepOutcome(body) => outcome(body),
        Event::FactSet(body) => fact(body),
        Event::FactEdit(body) => edit(body),
        Event::Withdrawn(body) => {
            with(format!("entry {} taken back", body.entry), ", because ", body.why.as_deref())
        }
        Event::Forgotten(body) => forgotten(body),
        Event::Note(body) => from_row(body.text.to_string(), body.imported.as_ref()),
        Event::Decision(body) => decision(body),
        Event::EvidenceAdded(body) => evidence(body),
        Event::Custody(body) => {
            let text = format!("{} {}", body.exhibit, body.action);
            with(with(text, ": ", body.result.as_deref()), ", ", body.text.as_deref())
        }
        Event::NoticeSent(body) => notice(body),
        Event::ActionTaken(body) => action(body),
        Event::NoticeDrafted(body) => {
            let gaps = body.missing.len() + body.to_write.len();
            let text =
                format!("{}: {}, sha256 {}", body.duty, wording::count(gaps, "gap"), body.sha256);
            letter(text, body.language.as_deref(), body.group.as_deref())
        }
        Event::DutyDecided(body) => {
            let text = format!("{} {} by {}: {}", body.duty, body.what, body.by, body.reason);
            let until = body.until.map(wording::moment);
            let text = with(text, ", until ", until.as_deref());
            with(text, ", proof ", body.proof.as_deref())
        }
        Event::Intent(body) => intent(body),
        Event::CommandOutcome(body) => command(body),
        Event::Session(body) => {
            format!("{}, {}, answers from a {}", body.phase, body.tool, body.answers_from)
        }
        Event::ClockStepped(body) => clock(body.step_us),
        Event::Recovery(body) => match body.completed {
            Some(line) => format!("line {line} got the line feed it lacked"),
            None => format!("sealed {}", wording::count(body.lines.len(), "torn line")),
        },
        Event::Joined(body) => {
            let heads = body.heads.iter().map(|head| format!("{}/{}", head.chain, head.seq));
            format!("saw {}", wording::list(&heads.collect::<Vec<_>>()))
        }
        Event::SignedOff(body) => {
            let (role, audience) = (&body.role, &body.audience);
            format!("{role} for {audience}, at {}, sha256 {}", body.head, body.sha256)
        }
        Event::Handoff(body) => {
            let Handoff { to, text, accepts, .. } = body;
            let said =
                if accepts.is_some() { format!("accepted by {to}") } else { format!("to {to}") };
            with(said, ": ", text.as_deref())
        }
        Event::Linked(body) => {
            let text = format!("{} {}", body.how.words(), body.incident);
            with(text, ", because ", body.why.as_deref())
        }
        Event::Closed(body) => {
            let mut text = body.reason.as_deref().unwrap_or_default().to_owned();
            for (what, list) in [("owed", &body.debts), ("open", &body.open)] {
                if !list.is_empty() {
                    let _ = write!(text, " ({} {what})", list.len());
                }
            }
            text
        }
        Event::Reopened(body) => body.reason.to_string(),
        Event::Statement(body) => body.text.to_string(),
        Event::Stored(body) => format!("copied to {}", body.place),
        Event::Titled(body) => body.title.to_string(),
        Event::Group(body) => group(body),
        Event::Reserved(kept) | Event::Newer(kept) => kept.body.clone(),
    }
}

/// How a wall clock was changed: `the clock of this machine was set back by 2 h`.
pub fn clock(step_us: i64) -> String {
    let way = if step_us < 0 { "back" } else { "forward" };
    let length = chrono::TimeDelta::microseconds(step_us.saturating_abs());
    let length = match length.num_seconds() {
        seconds @ 0..120 => format!("{seconds} s"),
        _ => wording::length(length),
    };
    format!("the clock of this machine was set {way} by {length}")
}

fn with(mut text: String, before: &str, more: Option<&str>) -> String {
    if let Some(more) = more {
        text.push_str(before);
        text.push_str(more);
    }
    text
}

fn of_item(text: &str, item: Option<&str>) -> String {
    match item {
        Some(item) => format!("{text} ({item})"),
        None => text.to_owned(),
    }
}

fn outcome(body: &StepOutcome) -> String {
    let text = of_item(body.outcome.as_str(), body.item.as_deref());
    let items = (!body.items.is_empty()).then(|| wording::list(&body.items));
    let text = with(text, " on ", items.as_deref());
    let text = with(text, " to ", body.to.as_deref());
    let text = with(text, ", ", body.why.as_ref().map(Obstacle::as_str));
    let text = with(text, ", waits for ", body.waits_for.as_deref());
    let text = with(text, ": ", body.text.as_deref());
    let again = body.check_at.map(wording::moment);
    let mut text = with(text, ", check again ", again.as_deref());
    if !body.missing_evidence.is_empty() {
        let _ = write!(text, ", owes {}", wording::ticked(&body.missing_evidence));
    }
    from_row(text, body.imported.as_ref())
}

fn fact(body: &FactSet) -> String {
    let text = of_item(&body.name, body.item.as_deref());
    let value = valued(&body.value, body.apart.as_ref());
    with(format!("{text} = {value}"), ", because ", body.why.as_deref())
}

/// A value; of one whose words are not here, what is to be read in their place.
fn valued(value: &Value, apart: Option<&Text>) -> String {
    match (value, apart) {
        (Value::Unknown, Some(text)) => text.to_string(),
        (value, _) => value.show(None),
    }
}

fn decision(body: &Decision) -> String {
    let Decision { name, value, by, role, basis, .. } = body;
    let value = || valued(value, body.apart.as_ref());
    let decided = body.decided.as_deref().map_or_else(value, str::to_owned);
    let text = format!("{name} = {decided}, decided by {by} ({role}): {basis}");
    let text = with(text, ", asked: ", body.question.as_deref());
    let options = (!body.options.is_empty()).then(|| {
        let options: Vec<&str> = body.options.iter().map(Text::as_str).collect();
        options.join(" / ")
    });
    let text = with(text, ", of ", options.as_deref());
    let text = with(text, ", against it ", body.dissent.as_deref());
    let review = body.review_at.map(wording::moment);
    with(text, ", look again ", review.as_deref())
}

fn group(body: &Group) -> String {
    let listed = |items: &[String]| (!items.is_empty()).then(|| wording::list(items));
    let text = with(body.name.clone(), ": ", listed(&body.classes).as_deref());
    let people = body.people.clone().map(|people| Value::People(people).show(None));
    let text = with(text, ", people ", people.as_deref());
    let text = with(text, ", some of them also in ", listed(&body.overlaps).as_deref());
    let text = if body.alone { text + ", none of them in another group" } else { text };
    let text = with(text, ", what was done: ", body.access.as_deref());
    let text = with(text, ", what became of it: ", body.published.as_deref());
    with(text, ", offered: ", body.offer.as_deref())
}

fn forgotten(body: &Forgotten) -> String {
    let what = wording::count(body.what.len(), "digest");
    let text =
        format!("what entry {} keeps separately ({what}): {}", body.entry, body.why.as_str());
    with(text, ", based on ", body.basis.as_deref())
}

/// For whom a draft or a letter is.
fn letter(text: String, language: Option<&str>, group: Option<&str>) -> String {
    with(with(text, ", in ", language), ", for ", group)
}

fn from_row(text: String, imported: Option<&Imported>) -> String {
    let Some(Imported { source, row, author }) = imported else { return text };
    let text = format!("{text}, row {row} of sha256 {source}");
    with(text, ", written by ", author.as_deref())
}

fn edit(body: &FactEdit) -> String {
    let how = [("added", &body.add), ("took off", &body.remove)];
    let how = how.iter().filter(|(_, items)| !items.is_empty());
    let how: Vec<String> =
        how.map(|(how, items)| format!("{how} {}", wording::list(items))).collect();
    let text = format!("{}: {}", body.name, how.join(", "));
    with(text, ", because ", body.why.as_deref())
}

fn evidence(body: &EvidenceAdded) -> String {
    let text = of_item(&format!("{}: {}", body.exhibit, body.title), body.item.as_deref());
    let mut text = match &body.source {
        Source::File { path } => format!("{text}, copied from {path}"),
        Source::InPlace { path } => format!("{text}, in place at {path}"),
        Source::Stdin => text,
        Source::Reference { id, .. } => format!("{text}, kept elsewhere as {id}"),
    };
    if let Some(kept) = &body.kept {
        let _ = write!(text, ", {}, sha256 {}", wording::size(kept.bytes), kept.sha256);
    }
    if body.changed_during_acquisition {
        text.push_str(", changed while it was being read");
    }
    text
}

fn notice(body: &NoticeSent) -> String {
    let text = format!("{} {}", body.duty, body.what);
    let text = with(text, " to ", body.recipient.as_deref());
    let text = with(text, " by ", body.channel.as_deref());
    let text = letter(text, body.language.as_deref(), body.group.as_deref());
    let text = with(text, ", reference ", body.reference.as_deref());
    let mut text = with(text, ", proof ", body.proof.as_deref());
    let counts = [("sent", body.sent), ("came back", body.bounced), ("remain", body.remaining)];
    for (what, count) in counts {
        if let Some(count) = count {
            let _ = write!(text, ", {count} {what}");
        }
    }
    text
}

fn action(body: &ActionTaken) -> String {
    let text = with(format!("{} {}", body.action, body.what), ": ", body.text.as_deref());
    let text = with(text, ", owner ", body.owner.as_deref());
    let due = body.due.map(|due| due.to_string());
    let text = with(text, ", due ", due.as_deref());
    let text = with(text, ", ", body.link.as_deref());
    with(text, ", because ", body.reason.as_deref())
}

fn intent(body: &Intent) -> String {
    let argv = escape::argv(&body.argv);
    format!("{}: {argv}", of_item(&body.command, body.item.as_deref()))
}

fn command(body: &CommandOutcome) -> String {
    let ended = body.ended.told();
    let mut text = format!("{}: {ended}", of_item(&body.command, body.item.as_deref()));
    if body.mode == Mode::Reported {
        text.push_str(", reported");
    }
    let text = with(text, " from ", body.place.as_deref());
    let mut text = with(text, " as ", body.account.as_deref());
    for (what, kept) in [("output", &body.stdout), ("errors", &body.stderr)] {
        if let Some(kept) = kept {
            let _ = write!(text, ", {what} {} sha256 {}", wording::size(kept.bytes), kept.sha256);
        }
    }
    text
}
