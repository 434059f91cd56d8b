//! `breach status`: what is done, what is next, what is owed.

use std::io::Write;

use chrono::Utc;
use comfy_table::Cell;
use serde::Serialize;

use super::args::{Format, StatusArgs};
use super::desk::home::Found;
use super::desk::{Context, Exit, Failure, followed, home, law};
use crate::incident::{ACTION_ITEMS, Incident};
use crate::log::{ChainReport, Folder};
use crate::output::{json, table};
use crate::phase::Phase;
use crate::regime::{Law, gap_lines};
use crate::walk::{Aside, Plan, Summary};
use crate::{escape, wording};

/// Debts and unknown facts that are shown; `--format json` has all.
const MOST: usize = 5;

pub(super) fn run(context: &mut Context, args: &StatusArgs) -> Result<Exit, Failure> {
    let late = late(context)?;
    let folders = match home::find(context)? {
        Found::One(folder) => vec![folder],
        Found::Several(folders) => folders,
        Found::None => Vec::new(),
    };
    let law = if folders.is_empty() { Law::default() } else { law::law_or_builtin(context) };
    let mut all = Vec::new();
    for folder in &folders {
        all.push(Status::read(context, folder, &law)?);
    }
    if args.format == Format::Json {
        let value = serde_json::json!({
            "schema": "breach.status/1", "incidents": all, "closed_with_overdue_actions": late,
        });
        json::write(&mut context.out, &value)?;
        return Ok(Exit::Done);
    }
    if all.is_empty() {
        context.screen.say("No incident is open. `breach contain` opens one.");
    }
    for status in &all {
        show(context, status)?;
    }
    show_late(context, &late)?;
    Ok(Exit::Done)
}

#[derive(Serialize)]
struct Status {
    name: String,
    title: Option<String>,
    drill: bool,
    opened_at: Option<String>,
    closed_at: Option<String>,
    last_entry_at: Option<String>,
    phases: Vec<PhaseStatus>,
    debts: Vec<String>,
    overdue_actions: Vec<String>,
    overdue_duties: Vec<String>,
    next_duty: Option<String>,
    unstarted_duties: Vec<String>,
    /// What is to be said of places of which no law is held.
    without_law: Vec<String>,
    unknown_facts: Vec<String>,
    evidence: usize,
    entries: u64,
    /// Of these, how many need a newer version of the program, wholly or in part.
    newer_entries: u64,
    people: Vec<String>,
    chains: Vec<ChainStatus>,
}

#[derive(Serialize)]
struct PhaseStatus {
    phase: Phase,
    playbook: Option<String>,
    settled: usize,
    done: usize,
    skipped: usize,
    total: usize,
    set_aside: Vec<Aside>,
    next: Option<String>,
    /// Why nothing can be said of its steps.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

#[derive(Serialize)]
struct ChainStatus {
    chain: String,
    lines: u64,
    head: Option<String>,
    torn: usize,
    damage: Option<String>,
}

impl Status {
    fn read(context: &mut Context, folder: &Folder, law: &Law) -> Result<Self, Failure> {
        let mut incident = Incident::default();
        let reports = super::desk::chains::fold(context, folder, &mut incident)?;
        let phases: Vec<PhaseStatus> = Phase::RESPONSE
            .into_iter()
            .map(|phase| phase_status(folder, &incident, phase))
            .collect();
        let vocabulary = followed::vocabulary(context, &incident, folder);
        let standing = law::docket(context, law, &incident, &vocabulary);
        let (overdue_duties, next_duty) = standing.urgent(context.world.now().at);
        for problem in phases.iter().filter_map(|phase| phase.problem.as_ref()) {
            context.screen.warn(problem);
            context.damaged = true;
        }
        Ok(Self {
            name: folder.name().to_string(),
            title: incident.title.clone(),
            drill: incident.drill,
            opened_at: incident.opened_at.map(|at| at.to_rfc3339()),
            closed_at: incident.closed_at.map(|at| at.to_rfc3339()),
            last_entry_at: incident.last_at.map(|at| at.to_rfc3339()),
            phases,
            debts: incident.debts(),
            overdue_actions: overdue(context, &incident),
            overdue_duties,
            next_duty,
            unstarted_duties: standing.unstarted(),
            without_law: gap_lines(standing.gaps(), usize::MAX),
            unknown_facts: incident.unknown_facts().into_iter().map(str::to_owned).collect(),
            evidence: incident.exhibits.len(),
            entries: incident.tally.values().sum(),
            newer_entries: incident.newer,
            people: incident.people.keys().cloned().collect(),
            chains: reports.iter().map(chain_status).collect(),
        })
    }
}

/// A closed incident with action items whose last day is over.
#[derive(Serialize)]
struct Late {
    name: String,
    overdue_actions: Vec<String>,
}

/// Action items fall due when their incident is closed already. Of a closed incident only a log that
/// speaks of items at all is folded; what is wrong with it is no matter of today.
fn late(context: &mut Context) -> Result<Vec<Late>, Failure> {
    if context.global.incident.is_some() {
        return Ok(Vec::new());
    }
    let mut folders = home::list(&context.home()?)?;
    folders.retain(|folder| folder.mentions(&["\"kind\":\"action\"", ACTION_ITEMS]));
    folders.retain(|folder| !folder.is_open() && !folder.is_drill());
    let mut all = Vec::new();
    for folder in &folders {
        let mut incident = Incident::default();
        let read = crate::log::fold_all(folder, &mut incident);
        let overdue_actions = overdue(context, &incident);
        if read.is_ok() && !overdue_actions.is_empty() {
            all.push(Late { name: folder.name().to_string(), overdue_actions });
        }
    }
    Ok(all)
}

fn show_late(context: &mut Context, late: &[Late]) -> Result<(), Failure> {
    for Late { name, overdue_actions } in late.iter().take(MOST) {
        let items = wording::count(overdue_actions.len(), "action item");
        writeln!(
            context.out,
            "Overdue in {name}, closed: {items}; `breach action list --incident {name}`"
        )?;
    }
    if late.len() > MOST {
        let more = wording::count(late.len() - MOST, "closed incident");
        writeln!(context.out, "Overdue in {more} besides; `breach report --all` has all")?;
    }
    Ok(())
}

/// Action items whose last day is over.
fn overdue(context: &Context, incident: &Incident) -> Vec<String> {
    let today = context.world.now().local().date_naive();
    let late = incident.actions.iter().filter(|item| item.is_overdue(today));
    let mut late: Vec<_> = late.collect();
    late.sort_by_key(|item| item.due);
    late.iter()
        .map(|item| {
            let owner = item.owner.as_deref().unwrap_or("nobody");
            let due = item.due.map(|due| format!(", due {due}")).unwrap_or_default();
            format!("{} {owner}: {}{due}", item.id, item.text)
        })
        .collect()
}

fn chain_status(report: &ChainReport) -> ChainStatus {
    ChainStatus {
        chain: report.chain.clone(),
        lines: report.lines,
        head: report.head.as_ref().map(|head| head.head.to_string()),
        torn: report.torn.len(),
        damage: report.damage.as_ref().map(ToString::to_string),
    }
}

fn phase_status(folder: &Folder, incident: &Incident, phase: Phase) -> PhaseStatus {
    let mut status = PhaseStatus {
        phase,
        playbook: None,
        settled: 0,
        done: 0,
        skipped: 0,
        total: 0,
        set_aside: Vec::new(),
        next: None,
        problem: None,
    };
    let Some(pinned) = incident.phases.get(&phase).and_then(|phase| phase.pinned.as_ref()) else {
        return status;
    };
    status.playbook = Some(pinned.playbook.clone());
    let followed = match followed::kept_in(folder, phase, pinned) {
        Ok(followed) => followed,
        Err(failure) => {
            let hints = failure.hints.join("; ");
            status.problem = Some(format!("{phase}: {} ({hints})", failure.error));
            return status;
        }
    };
    let plan = Plan::new(&followed.playbook, incident);
    let summary = Summary::new(&followed.playbook, &plan, incident);
    status.settled = summary.settled;
    status.done = summary.done;
    status.skipped = summary.skipped;
    status.total = summary.total;
    status.set_aside = summary.aside;
    let next = plan.next_ready(&followed.playbook);
    status.next = next.map(|place| plan.places[place].title(&followed.playbook));
    status
}

fn show(context: &mut Context, status: &Status) -> Result<(), Failure> {
    let now = context.world.now().at;
    let title = status.title.as_deref().map(|title| format!(": {title}")).unwrap_or_default();
    let drill = if status.drill { " (REHEARSAL)" } else { "" };
    writeln!(context.out, "{}", escape::line(&format!("Incident {}{title}{drill}", status.name)))?;
    if let Some(opened) = status.opened_at.as_deref().and_then(parse) {
        let relative = wording::relative(opened.with_timezone(&Utc), now);
        writeln!(context.out, "Opened {} ({relative})", wording::moment(opened))?;
    }
    if let Some(closed) = status.closed_at.as_deref().and_then(parse) {
        writeln!(context.out, "Closed {}", wording::moment(closed))?;
    }
    let mut table =
        table::plain(&["Phase", "Playbook", "Settled", "Set aside", "Next"], context.table_width);
    for phase in &status.phases {
        let settled = if phase.problem.is_some() {
            "not known".to_owned()
        } else if phase.playbook.is_some() {
            format!("{} of {}", phase.settled, phase.total)
        } else {
            "not started".to_owned()
        };
        table.add_row([
            Cell::new(phase.phase),
            Cell::new(escape::line(phase.playbook.as_deref().unwrap_or("-"))),
            Cell::new(settled),
            Cell::new(phase.set_aside.len()),
            Cell::new(escape::line(phase.next.as_deref().unwrap_or("-"))),
        ]);
    }
    writeln!(context.out, "{table}")?;
    for phase in &status.phases {
        for aside in &phase.set_aside {
            let line = format!("{}, {}", phase.phase, aside.line(now));
            writeln!(context.out, "{}", escape::line(&line))?;
        }
    }
    for debt in status.debts.iter().take(MOST) {
        writeln!(context.out, "Owed: {}", escape::line(debt))?;
    }
    if status.debts.len() > MOST {
        let more = status.debts.len() - MOST;
        writeln!(context.out, "Owed: {more} more; `breach close` lists all")?;
    }
    for line in &status.without_law {
        writeln!(context.out, "{}", escape::line(line))?;
    }
    if !status.overdue_duties.is_empty() {
        let duties = wording::some(&status.overdue_duties, MOST);
        writeln!(context.out, "Overdue duties: {}", escape::line(&duties))?;
    }
    if let Some(next) = &status.next_duty {
        writeln!(context.out, "Next duty: {}; `breach duties` has all", escape::line(next))?;
    }
    if !status.unstarted_duties.is_empty() {
        let count = wording::count(status.unstarted_duties.len(), "duty");
        let duties = wording::some(&status.unstarted_duties, 3);
        writeln!(context.out, "Clock not started of {count}: {}", escape::line(&duties))?;
    }
    for action in &status.overdue_actions {
        writeln!(context.out, "Overdue: {}", escape::line(action))?;
    }
    if !status.unknown_facts.is_empty() {
        let unknown = wording::some(&status.unknown_facts, MOST);
        writeln!(context.out, "Unknown: {}", escape::line(&unknown))?;
    }
    let people = wording::list(&status.people);
    let entries = usize::try_from(status.entries).unwrap_or(usize::MAX);
    writeln!(
        context.out,
        "{}, {} of evidence, by {}",
        wording::count(entries, "entry"),
        wording::count(status.evidence, "piece"),
        if status.people.is_empty() {
            "nobody who gave a name".into()
        } else {
            escape::line(&people).into_owned()
        },
    )?;
    Ok(())
}

fn parse(text: &str) -> Option<chrono::DateTime<chrono::FixedOffset>> {
    chrono::DateTime::parse_from_rfc3339(text).ok()
}
