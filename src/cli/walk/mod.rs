//! `breach contain | scope | notify | postmortem`: the loop question, answer, event, append.

mod beside;
mod chooser;
pub(in crate::cli) mod dry_run;
mod earlier;
mod ending;
mod look;
mod meanwhile;
pub(in crate::cli) mod opening;
mod paged;
pub(in crate::cli) mod perform;
pub(in crate::cli) mod pin;
mod switch;
mod taking;
mod template;

use crate::cli::args::WalkArgs;
use crate::cli::desk::followed::Followed;
use crate::cli::desk::shelf::Shelf;
use crate::cli::desk::stores::Stores;
use crate::cli::desk::{Context, Exit, Failure, Record, answers, plain, programs};
use crate::digest::Digest;
use crate::escape;
use crate::fact::Value;
use crate::fact::names;
use crate::incident::Incident;
use crate::incident::event::{ClockSync, Session};
use crate::output::card;
use crate::phase::Phase;
use crate::prompt::{Prompt, Stop, Topic};
use crate::walk::{OutlineRow, Question, QuestionKey, Summary, Turn, Walk, cut_off};
use crate::wording;
use beside::Beside;
use earlier::Earlier;
use ending::{finish, pause};
use look::Seen;
use perform::Flow;

/// Walks a phase: finds or opens the incident, pins or takes up the playbook, goes on.
pub(in crate::cli) fn run(
    context: &mut Context,
    phase: Phase,
    args: &WalkArgs,
) -> Result<Exit, Failure> {
    if args.dry_run {
        return dry_run::run(context, phase, args);
    }
    if args.answers_template {
        return template::run(context, phase, args);
    }
    plain::settle(context, args.plain, context.global.name.clone().as_deref());
    let mut source = answers::open(args)?;
    source.suit(&context.screen);
    let prompt = source.prompt();
    let shelf = pin::shelf(context, phase, args)?;
    let mut record = opening::enter(context, prompt, phase, args)?;
    plain::settle(context, args.plain, record.actor.name.as_deref());
    source.suit(&context.screen);
    let prompt = source.prompt();
    let followed = pin::follow(context, prompt, &mut record, &shelf, phase, args)?;
    begin(context, prompt, &mut record, &followed)?;
    taking::over(context, prompt, &mut record)?;
    source.resume(&record.incident, phase);
    let prompt = source.prompt();
    let walked = walk(context, prompt, &mut record, followed, &shelf);
    source.finish(walked)
}

/// Records that a walk begins or goes on, and says so.
pub(in crate::cli) fn begin(
    context: &mut Context,
    prompt: &dyn Prompt,
    record: &mut Record,
    followed: &Followed,
) -> Result<(), Failure> {
    let phase = followed.playbook.phase;
    let session = Session {
        phase,
        tool: format!("breach {}", env!("CARGO_PKG_VERSION")),
        binary: context.world.binary(),
        answers_from: prompt.answers_from(),
        clock_sync: ClockSync::of(context.world.is_clock_kept()),
    };
    record.append(context, session.into())?;
    let name = record.incident.name.clone();
    let title = &followed.playbook.title;
    context.screen.gap();
    let goes_on = record.incident.phases.get(&phase).is_some_and(|phase| !phase.steps.is_empty());
    if record.incident.drill {
        context
            .screen
            .say("REHEARSAL: every entry is marked; no command that changes the system runs.");
    }
    let what = if phase == Phase::Preparation { "Review" } else { "Incident" };
    context.screen.say(&format!("{what} {name}. {title}."));
    if let Some(Value::Time(signal)) = record.incident.fact_value(names::FIRST_SIGNAL) {
        let since = wording::relative(signal.earliest.to_utc(), context.world.now().at);
        context.screen.say(&format!("First signal: {}, {since}.", signal.show()));
    }
    let plan = crate::walk::Plan::new(&followed.playbook, &record.incident);
    let summary = Summary::new(&followed.playbook, &plan, &record.incident);
    if summary.is_complete() {
        let settled = wording::settled(summary.steps, (summary.total, summary.settled));
        let what = format!("This phase is complete: {settled}. j goes to a step again, q stops.");
        context.screen.say(&what);
    } else if goes_on {
        context.screen.say(&format!(
            "Continuing: {}. The next step that is ready comes first; o lists what waits.",
            wording::settled(summary.steps, (summary.total, summary.settled))
        ));
    }
    for command in cut_off(&record.incident, phase) {
        context.screen.warn(&format!("{command}; check whether it took effect, then c reports it"));
    }
    if record.incident.is_under_counsel() {
        context.screen.say("Counsel directs the work: what you write is marked privileged.");
    }
    context.screen.say("Every answer is on disk before the next question. ? shows the keys.");
    Ok(())
}

/// Asks and records until nothing is left to ask or the answers end; the last entry names every head.
pub(in crate::cli) fn walk(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    record: &mut Record,
    mut followed: Followed,
    shelf: &Shelf,
) -> Result<Exit, Failure> {
    let exit = loop {
        match turns(context, prompt, record, &followed, shelf)? {
            End::Exit(exit) => break exit,
            End::Switched(other) => followed = *other,
        }
    };
    record.end(context);
    Ok(exit)
}

/// How the turns of one playbook end.
enum End {
    Exit(Exit),
    /// Somebody follows another playbook from now on.
    Switched(Box<Followed>),
}

/// A walk by whoever sits here.
fn walker<'f>(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    record: &Record,
    followed: &'f Followed,
) -> Result<Walk<'f>, Failure> {
    let walk = Walk::new(&followed.playbook, &followed.vocabulary, prompt.is_patient());
    let walk = walk.by(record.actor.name.clone()).deciding(prompt.decides());
    Ok(walk.knowing(programs::own(context)?))
}

fn turns(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    record: &mut Record,
    followed: &Followed,
    shelf: &Shelf,
) -> Result<End, Failure> {
    let phase = followed.playbook.phase;
    let mut walk = walker(context, prompt, record, followed)?;
    // For which kind of incident another playbook was offered.
    let mut offered =
        switch::is_settled(&record.incident, phase).then(|| pin::kind(&record.incident));
    let mut beside = Beside::new(context);
    let mut earlier = Earlier::new(record, phase);
    let (mut seen, mut turns, mut typed) = (Seen::default(), Turns::default(), None);
    let pinned = switch::pinned(record, phase);
    loop {
        context.measure();
        let news = record.catch_up()?;
        meanwhile::announce(context, &followed.vocabulary, &record.folder, &news);
        if let Some(other) = switch::elsewhere(context, record, (phase, pinned.as_ref()))? {
            return Ok(End::Switched(Box::new(other)));
        }
        beside.follow(context, record, followed)?;
        earlier.tell(context, &record.incident);
        still_open(&record.incident)?;
        beside.brief(&mut walk);
        if walk.is_at_step() && offered != Some(pin::kind(&record.incident)) {
            offered = Some(pin::kind(&record.incident));
            if let Some(other) = switch::offer(context, prompt, record, shelf, followed)? {
                return Ok(End::Switched(Box::new(other)));
            }
        }
        let now = context.world.now();
        if prompt.is_patient() {
            context.screen.sentences(&walk.due(&record.incident, now));
        }
        let question = match walk.turn(&record.incident, now) {
            Turn::Ask(question) => question,
            Turn::Finished(summary) => {
                return Ok(End::Exit(finish(context, record, (phase, &summary), &earlier)));
            }
        };
        if !prompt.is_patient() && turns.count(&question.key) > MOST_TURNS {
            pause(context, record, followed);
            return Err(never_accepted());
        }
        if walk.is_at_step() {
            record.acts.begin();
        }
        seen.show(context, &question, &beside, (record, followed));
        let reply = match typed.take() {
            Some(line) => Ok(line),
            None => ask(context, prompt, record, &walk, &question),
        };
        let reply = match reply {
            Ok(reply) => reply,
            // Of a question it takes back the question, not the walk.
            Err(Stop::Interrupted) if prompt.is_patient() && !walk.is_at_step() => {
                let said = walk.go_back(context.world.clock());
                context.screen.say(&said);
                continue;
            }
            Err(stop) => {
                let rows = walk.outline(&record.incident).into_iter();
                let open: Vec<_> = rows.filter(OutlineRow::is_open).map(|row| row.key).collect();
                let lacking = prompt.lacks(&open, &followed.determinations(&open));
                return leave(context, record, followed, (stop, &lacking)).map(End::Exit);
            }
        };
        context.measure();
        let stage = (&mut walk, &mut seen);
        let of = (followed, pinned, &mut beside);
        if is_overtaken(context, prompt, record, stage, of, (&question, &reply))? {
            continue;
        }
        let mut acts = perform::answer(context, prompt, record, (&mut walk, &reply));
        loop {
            for act in acts {
                beside.remind(context, &act, (record, followed));
                match perform::act(context, prompt, record, (&walk, &seen), act)? {
                    Flow::On => {}
                    Flow::Printed(command, output) => {
                        let said = walk.printed(context.world.clock(), &command, &output);
                        context.screen.sentences(said.as_slice());
                    }
                    Flow::Typed(line) => typed = Some(line),
                    Flow::Undone(step, item) => {
                        walk.stand_on(&record.incident, &step, item.as_deref());
                    }
                    Flow::Switch(name) => {
                        let of = (shelf, phase);
                        let other = switch::switch(context, prompt, record, of, &name)?;
                        if let Some(other) = other {
                            return Ok(End::Switched(Box::new(other)));
                        }
                    }
                    Flow::Leave(exit) => {
                        pause(context, record, followed);
                        return Ok(End::Exit(exit));
                    }
                }
            }
            acts = walk.resume(&record.incident);
            if acts.is_empty() {
                break;
            }
        }
    }
}

/// Takes in what others did while we were asking. Whether it settles what the answer is about, which is
/// said, and nothing comes of the answer.
fn is_overtaken(
    context: &mut Context,
    prompt: &dyn Prompt,
    record: &mut Record,
    (walk, seen): (&mut Walk<'_>, &mut Seen),
    (followed, pinned, beside): (&Followed, Option<Digest>, &mut Beside),
    (question, reply): (&Question, &str),
) -> Result<bool, Failure> {
    let news = record.catch_up()?;
    meanwhile::announce(context, &followed.vocabulary, &record.folder, &news);
    if !news.is_empty() {
        // What others said may change who has to be told.
        beside.follow(context, record, followed)?;
        beside.brief(walk);
    }
    let of = (&mut *walk, &record.incident);
    if prompt.is_patient() && meanwhile::hold(context, of, &news, question, reply) {
        return Ok(true);
    }
    if switch::pinned(record, followed.playbook.phase) != pinned {
        context.screen.say(&format!("Not recorded: {}", escape::line(reply)));
        return Ok(true);
    }
    // Who types into a pipe hears of it after the line; a person can still think.
    if prompt.is_patient() {
        still_open(&record.incident).map_err(|failure| failure.with_text(reply))?;
        if !news.is_empty() && !seen.renew(context, walk, record) && !walk.is_beside_card(reply) {
            let what = "this card was settled meanwhile, so your line was not recorded";
            context.screen.warn(&format!("{what}: {reply}"));
            return Ok(true);
        }
        // Enter takes in the news, and leaves nothing that has just come to be theirs.
        if !news.is_empty() && walk.is_at_step() && reply.trim().is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn still_open(incident: &Incident) -> Result<(), Failure> {
    let Some(closed) = incident.closed_at else { return Ok(()) };
    let at = wording::stamp(closed);
    Err(Failure::usage(format!("this incident was closed at {at}")).hint(
        "everything before that is recorded; to continue, run `breach reopen --reason TEXT` first",
    ))
}

fn never_accepted() -> Failure {
    let what = format!("{MOST_TURNS} answers in a row were not accepted for the same question");
    Failure::new(Exit::Stopped, what)
        .hint("everything recorded is kept; check what the pipe writes")
}

/// Asks, and waits for the answer.
fn ask(
    context: &Context,
    prompt: &mut dyn Prompt,
    record: &Record,
    walk: &Walk<'_>,
    question: &Question,
) -> Result<String, Stop> {
    let topic = Topic::Walk(&question.key);
    let text = match &question.card {
        Some(card) => {
            let entries = record.incident.tally.values().sum();
            // One small local file: the walk waits for no network and no process.
            let stores = Stores::read(context).unwrap_or_default();
            let to_push = stores.lacking(record.folder.name().as_str(), entries);
            card::prompt(card, record.actor.name.as_deref(), to_push)
        }
        None => question.prompt.clone(),
    };
    if question.block {
        prompt.block(topic, &text)
    } else {
        prompt.line_with(topic, &text, &|before| walk.complete(&record.incident, before))
    }
}

/// Answers to one question after which a pipe is taken for broken: it would fill the disk.
const MOST_TURNS: usize = 1000;

/// How often one question was asked in a row.
#[derive(Default)]
struct Turns {
    key: Option<QuestionKey>,
    count: usize,
}

impl Turns {
    fn count(&mut self, key: &QuestionKey) -> usize {
        if self.key.as_ref() == Some(key) {
            self.count += 1;
        } else {
            *self = Self { key: Some(key.clone()), count: 1 };
        }
        self.count
    }
}

fn leave(
    context: &mut Context,
    record: &Record,
    followed: &Followed,
    (stop, lacking): (Stop, &[String]),
) -> Result<Exit, Failure> {
    context.screen.gap();
    pause(context, record, followed);
    match stop {
        Stop::NoAnswer(_) if lacking.len() > 1 => {
            let all =
                format!("all that it lacks, as far as is known now: {}", wording::ticked(lacking));
            Err(Failure::from(stop).hint(all))
        }
        Stop::EndOfInput => Ok(Exit::Stopped),
        Stop::Interrupted => Ok(Exit::Interrupted),
        other => Err(other.into()),
    }
}
