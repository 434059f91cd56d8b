//! Carries out what the walk decided.

use std::collections::HashSet;
use std::path::Path;

use super::look::{self, Seen};
use super::paged;
use crate::cli::desk::exhibit::{self, Taken};
use crate::cli::desk::undo::{self, Last};
use crate::cli::desk::{Context, Exit, Failure, Record};
use crate::escape;
use crate::execute;
use crate::incident::CommandKey;
use crate::incident::event::{CommandOutcome, Draft, Ended, Event, Intent, Mode, Stamped};
use crate::prompt::Prompt;
use crate::walk::{Act, Keep, Reported, Run, Walk};
use crate::wording;

/// Whether the walk goes on.
pub(super) enum Flow {
    On,
    /// A command ended well and printed this.
    Printed(CommandKey, String),
    /// A line for the step, typed while something was shown.
    Typed(String),
    /// An entry about this step address and this item was taken back.
    Undone(String, Option<String>),
    /// Follow the playbook of this name, or the one that is chosen where there is none.
    Switch(String),
    Leave(Exit),
}

pub(super) fn act(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    record: &mut Record,
    stage: (&Walk<'_>, &Seen),
    act: Act,
) -> Result<Flow, Failure> {
    match act {
        Act::Record(draft) => {
            let is_fact = matches!(draft.event, Event::FactSet(_) | Event::Decision(_));
            record.append_careful(context, prompt, *draft)?;
            if is_fact && record.is_marked && prompt.is_patient() {
                context.screen.say("Marked privileged.");
            }
        }
        Act::Refuse(text) => {
            context.screen.say(&text);
            prompt.refused()?;
        }
        Act::Warn(text) => context.screen.warn(&text),
        Act::Stop => return Ok(Flow::Leave(Exit::Stopped)),
        Act::Switch(name) => return Ok(Flow::Switch(name)),
        Act::Run(run) => {
            prompt.lend();
            return start(context, record, &run);
        }
        Act::Report(reported) => report(context, prompt, record, *reported)?,
        Act::Keep(keep) => {
            // It may be big, and Ctrl-C ends it.
            prompt.lend();
            keep_evidence(context, prompt, record, keep)?;
        }
        Act::Say(text) => {
            let typed = paged::show(context, prompt, |screen| screen.say(&text))?;
            return Ok(typed.map_or(Flow::On, Flow::Typed));
        }
        Act::Recorded(what) => {
            let at = context.world.now().local().format("%H:%M");
            let marked = if record.is_marked { ", marked privileged" } else { "" };
            context.screen.say(&format!("Recorded {at}{marked}: {what}. u takes it back."));
        }
        Act::Undo => match undo::last(context, record)? {
            Last::Act(act) => {
                if let Some(stands) = undo::accepted(record, &act) {
                    let again = "`breach handoff --to NAME` hands the work over again";
                    context.screen.say(&format!("Not taken back: {stands}. {again}."));
                    return Ok(Flow::On);
                }
                let step = undo::take_back(context, prompt, record, act, None)?;
                if let Last::Act(act) = undo::last(context, record)? {
                    let said =
                        act.iter().rev().filter_map(|said| said.words.as_deref()?.lines().next());
                    let said = wording::some(&said.collect::<Vec<_>>(), 2);
                    context.screen.say(&format!("u again takes back: {said}"));
                }
                return Ok(step.map_or(Flow::On, |(step, item)| Flow::Undone(step, item)));
            }
            Last::Command(said) => context.screen.say(&format!(
                "The last thing you did was to run or report {said}: no key takes that back."
            )),
            Last::Nothing => context.screen.say("There is nothing of yours to take back."),
        },
        Act::Withdraw(entry) => {
            let named = undo::named(context, record, &entry)?;
            undo::take_back(context, prompt, record, vec![named], None)?;
        }
        Act::Show(show) => {
            let typed = look::look(context, prompt, record, stage, show)?;
            return Ok(typed.map_or(Flow::On, Flow::Typed));
        }
    }
    Ok(Flow::On)
}

/// An output that may answer a fact: short, and text.
fn printed(path: &Path) -> Option<String> {
    const MOST: usize = 64 * 1024;
    let bytes = crate::plain_file::read(path, MOST).ok()?;
    String::from_utf8(bytes).ok().filter(|text| text.len() <= MOST)
}

/// Starts a command: the intent is on disk first, so that a crash cannot make it run twice.
fn start(context: &mut Context, record: &mut Record, run: &Run) -> Result<Flow, Failure> {
    context.screen.lines(&[format!("  $ {}", escape::argv(&run.argv))]);
    let intent = Intent {
        command: run.key.command.clone(),
        item: run.key.item.clone(),
        argv: run.argv.clone(),
        changes: run.changes,
        timeout_s: run.timeout.num_seconds().unsigned_abs(),
        again_after: run.again_after.clone(),
    };
    let intent = record.append(context, of_step(intent, &run.key, run.privileged))?;
    let Context { world, screen, .. } = context;
    let ran = execute::run(&run.argv, run.timeout, &record.vault, world, &mut |piece| {
        screen.output(piece);
    });
    let (ended, stdout, stderr, interrupted) = match ran {
        Ok(ran) => (ran.ended, ran.stdout, ran.stderr, ran.interrupted),
        Err(error) => {
            return Err(Failure::new(
                Exit::NotRecorded,
                format!("failed to keep what the command printed: {error}"),
            )
            .hint("the command may have taken effect; its start is recorded, its end is not")
            .hint("check whether it did, then continue with the same command"));
        }
    };
    context.screen.gap();
    context.screen.say(&ended_text(&ended));
    let answer = stdout.as_ref().filter(|_| ended == Ended::Exit(0));
    let printed = answer.and_then(|kept| printed(&record.vault.path(&kept.sha256)));
    let outcome = CommandOutcome {
        intent: Some(intent.id),
        command: run.key.command.clone(),
        item: run.key.item.clone(),
        mode: Mode::Observed,
        ended,
        stdout,
        stderr,
        place: None,
        account: None,
    };
    record.append(context, of_step(outcome, &run.key, run.privileged))?;
    Ok(match printed {
        _ if interrupted => Flow::Leave(Exit::Interrupted),
        Some(printed) => Flow::Printed(run.key.clone(), printed),
        None => Flow::On,
    })
}

fn ended_text(ended: &Ended) -> String {
    let failed = matches!(ended, Ended::Exit(code) if *code != 0);
    let failed = if failed { ": it reports that it failed" } else { "" };
    let told = ended.told();
    let (first, rest) = told.split_at(1);
    format!("{}{rest}{failed}.", first.to_ascii_uppercase())
}

fn report(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    record: &mut Record,
    reported: Reported,
) -> Result<(), Failure> {
    let stdout = if reported.output.is_empty() {
        None
    } else {
        let kept = record.vault.keep(reported.output.as_bytes(), &context.world);
        Some(kept.map_err(|error| {
            let what = "failed to keep the output";
            crate::cli::desk::unrecorded::not_recorded_because(what, &error, &reported.output)
        })?)
    };
    let outcome = CommandOutcome {
        intent: None,
        command: reported.key.command.clone(),
        item: reported.key.item.clone(),
        mode: Mode::Reported,
        ended: reported.ended,
        stdout,
        stderr: None,
        place: reported.place,
        account: reported.account,
    };
    let said = format!("Recorded: what {} did, as you reported it.", outcome.command);
    let draft = of_step(outcome, &reported.key, reported.privileged);
    record.append_careful(context, prompt, draft)?;
    context.screen.say(&said);
    Ok(())
}

/// Keeps evidence; what cannot be kept is said, and stays owed. Of several the first is told, and for
/// which items the others are.
pub(in crate::cli) fn keep_evidence(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    record: &mut Record,
    all: Vec<Keep>,
) -> Result<(), Failure> {
    let (mut told, mut alike, mut failed) = (None, Vec::new(), Vec::new());
    for keep in all {
        let (item, spec) = (keep.item.clone(), keep.spec.clone());
        if failed.contains(&spec) {
            continue;
        }
        let Some((stamped, aside)) = keep_one(context, prompt, record, keep)? else {
            failed.push(spec);
            continue;
        };
        if told.replace(spec.clone()) == Some(spec) {
            alike.extend(item);
        } else {
            exhibit::say_kept(context, &stamped);
        }
        exhibit::record_aside(context, record, &stamped, aside)?;
    }
    if !alike.is_empty() {
        context.screen.say(&format!("The same for {}.", wording::these(&alike, "other")));
    }
    if !failed.is_empty() {
        context.screen.say(
            "Give the path of a file on this machine (~ and quotes are understood), or say where it \
             lies, with a colon and no slash behind it: aws:snap-0a1b, mail:ada.",
        );
    }
    Ok(())
}

/// Keeps one thing, and says why if it cannot be kept.
fn keep_one(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    record: &mut Record,
    keep: Keep,
) -> Result<Option<(Stamped, Option<String>)>, Failure> {
    // Words after a reference or a file say what it is.
    let titled = keep.spec.split_once(' ').filter(|_| !exhibit::path(&keep.spec).exists());
    let is_one = |id: &str| exhibit::is_reference(id) || exhibit::path(id).is_file();
    let titled = titled.filter(|(id, _)| is_one(id));
    let (spec, title) = titled.map_or((&*keep.spec, None), |(id, title)| (id, Some(title.trim())));
    let kept = if exhibit::is_reference(spec) {
        Ok(Taken { body: exhibit::reference(context, spec)?, aside: None })
    } else {
        exhibit::copied(context, record, &exhibit::path(spec))
    };
    let Taken { mut body, aside } = match kept {
        Ok(taken) => taken,
        Err(error) => {
            let why = error.to_string();
            // What the system calls it by number helps nobody at night.
            let why = why.split(" (os error").next().unwrap_or_default();
            context.screen.warn(&format!("not kept: `{}`: {why}", keep.spec));
            return Ok(None);
        }
    };
    let said: Vec<&str> = [keep.title.as_deref(), title].into_iter().flatten().collect();
    if !said.is_empty() {
        body.title = said.join(": ").into();
    }
    body.wanted = keep.wanted;
    body.item = keep.item;
    let mut draft = Draft::from(body);
    draft.step = Some(keep.step);
    draft.privileged = keep.privileged;
    Ok(Some((record.append_careful(context, prompt, draft)?, aside)))
}

pub(in crate::cli) fn of_step(
    event: impl Into<Draft>,
    key: &CommandKey,
    privileged: bool,
) -> Draft {
    let mut draft: Draft = event.into();
    draft.step = Some(key.step.clone());
    draft.privileged = privileged;
    draft
}

/// The words of a line that are files here. Nobody types many of them.
fn files_in(reply: &str) -> HashSet<String> {
    let words = reply.split([' ', ',', ';', '\n', '"', '+']).filter(|word| !word.is_empty());
    let is_file = |word: &&str| exhibit::path(word).is_file();
    words.take(64).filter(is_file).map(str::to_owned).collect()
}

/// What an answer leads to; if it is refused, whoever gave it may have to be shown it again.
pub(super) fn answer(
    context: &Context,
    prompt: &mut dyn Prompt,
    record: &Record,
    (walk, reply): (&mut Walk<'_>, &str),
) -> Vec<Act> {
    walk.beside_files(files_in(reply));
    let acts = walk.answer(&record.incident, context.world.clock(), reply);
    if acts.iter().any(|act| matches!(act, Act::Refuse(_))) {
        prompt.not_taken(reply);
    }
    acts
}
