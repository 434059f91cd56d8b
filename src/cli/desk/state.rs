//! How an incident stands.

use chrono::{DateTime, Utc};

use super::{Context, Failure, chains, followed, law};
use crate::fact::Vocabulary;
use crate::incident::Incident;
use crate::log::{ChainReport, Folder, last_ending};
use crate::output::status::{ChainStatus, LastCode, PhaseStatus, Status};
use crate::phase::Phase;
use crate::regime::{Law, gap_lines};
use crate::walk::{Plan, Summary};

/// How an incident stands, read from its log and its kept playbooks.
pub(in crate::cli) fn read(
    context: &mut Context,
    folder: &Folder,
    law: &Law,
) -> Result<Status, Failure> {
    let mut incident = Incident::default();
    let reports = chains::fold(context, folder, &mut incident)?;
    let vocabulary = followed::vocabulary(context, &incident, folder);
    Ok(of(context, folder, law, (&incident, &vocabulary, &reports)))
}

/// How an incident stands by what was folded of it.
pub(in crate::cli) fn of(
    context: &mut Context,
    folder: &Folder,
    law: &Law,
    (incident, vocabulary, reports): (&Incident, &Vocabulary, &[ChainReport]),
) -> Status {
    let now = context.world.now().at;
    let phases: Vec<PhaseStatus> = Phase::RESPONSE
        .into_iter()
        .map(|phase| phase_status(folder, incident, phase, now))
        .collect();
    let standing = law::docket(context, law, incident, vocabulary);
    let (overdue_duties, next_duty) = standing.urgent(now);
    for problem in phases.iter().filter_map(|phase| phase.problem.as_ref()) {
        context.screen.warn(problem);
        context.damaged = true;
    }
    Status {
        name: folder.name().to_string(),
        title: incident.title.clone(),
        drill: incident.drill,
        opened_at: incident.opened_at,
        closed_at: incident.closed_at,
        keep_until: incident.keep_until,
        keep_until_passed: is_past_retention(context, incident),
        last_entry_at: incident.last_at,
        phases,
        debts: incident.debts(),
        overdue_actions: overdue(context, incident),
        overdue_duties,
        next_duty,
        unstarted_duties: standing.unstarted(),
        unsure_duties: standing.unsure().into_iter().map(str::to_owned).collect(),
        without_law: gap_lines(standing.gaps(), usize::MAX),
        unknown_facts: incident.unknown_facts().into_iter().map(str::to_owned).collect(),
        evidence: incident.exhibits.len(),
        entries: incident.tally.values().sum(),
        newer_entries: incident.newer,
        people: incident.people.keys().cloned().collect(),
        last_code: last_ending(reports)
            .map(|(ending, newer)| LastCode { code: ending.code().to_string(), newer }),
        chains: reports.iter().map(chain_status).collect(),
    }
}

/// Whether the record of an incident need not be kept any longer.
pub(in crate::cli) fn is_past_retention(context: &Context, incident: &Incident) -> bool {
    let today = context.world.now().local().date_naive();
    incident.keep_until.is_some_and(|day| day < today)
}

/// Action items whose last day is over.
pub(in crate::cli) fn overdue(context: &Context, incident: &Incident) -> Vec<String> {
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

fn phase_status(
    folder: &Folder,
    incident: &Incident,
    phase: Phase,
    now: DateTime<Utc>,
) -> PhaseStatus {
    let mut status = PhaseStatus {
        phase,
        playbook: None,
        steps: 0,
        steps_settled: 0,
        settled: 0,
        done: 0,
        skipped: 0,
        not_applicable: 0,
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
            status.problem = Some(format!("{phase}: {:#} ({hints})", failure.error));
            return status;
        }
    };
    let plan = Plan::new(&followed.playbook, incident);
    let summary = Summary::new(&followed.playbook, &plan, incident);
    (status.steps, status.steps_settled) = summary.steps;
    status.settled = summary.settled;
    status.done = summary.done;
    status.skipped = summary.skipped;
    status.not_applicable = summary.settled - summary.done - summary.skipped;
    status.total = summary.total;
    status.set_aside = summary.aside;
    let next = plan.next_ready(&followed.playbook, now);
    status.next = next.map(|place| plan.places[place].title(&followed.playbook));
    status
}
