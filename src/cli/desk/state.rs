//! How an incident stands.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::place::Places;
use super::stores::Stores;
use super::{Context, Failure, chains, debts, followed, law, matters, waiting};
use crate::fact::Vocabulary;
use crate::incident::Incident;
use crate::log::{ChainReport, Folder, last_ending};
use crate::output::status::{ChainStatus, LastCode, PhaseStatus, Status, StoreStatus};
use crate::phase::Phase;
use crate::regime::{DORMANT, Docket, Law, MAYBE_LATE, UNDATED, gap_lines};
use crate::report::Point;
use crate::walk::{self, Plan, Summary, Task, TaskState, Whose};
use crate::wording;

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

/// The status of an incident, from what was folded of it.
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
        owed: debts::lines(folder, incident, &incident.owed()),
        overdue_actions: waiting::actions(context, incident, Whose::default(), true),
        overdue_duties,
        next_duty,
        duty_caveats: standing.caveats().to_vec(),
        unstarted_duties: standing.unstarted(),
        undated_duties: standing.undated().into_iter().map(str::to_owned).collect(),
        dormant_duties: standing.dormant_shown(),
        maybe_late_duties: standing.maybe_late_shown(now),
        unsure_duties: standing.unsure().into_iter().map(str::to_owned).collect(),
        unsettled_duties: standing.unsettled().saturating_sub(standing.unsure().len()),
        without_law: gap_lines(standing.gaps(), usize::MAX),
        conflicts: incident.conflicts().iter().map(|one| one.subject.shown()).collect(),
        stores: stores(context, folder, reports),
        waiting: waiting::all(context, (incident, vocabulary), Whose::default())
            .into_iter()
            .chain(matters::reminders(&standing, incident))
            .collect(),
        linked: linked(incident),
        clocks: incident.clocks(),
        absent_facts: incident.absent_facts().into_iter().map(str::to_owned).collect(),
        unknown_facts: incident.unknown_facts().into_iter().map(str::to_owned).collect(),
        unknown: debts::titled(vocabulary, &incident.unknown_facts()),
        evidence: incident.exhibits.len(),
        entries: incident.tally.values().sum(),
        privileged_entries: incident.privileged,
        directed_by_counsel: incident.is_under_counsel(),
        newer_entries: incident.newer,
        people: incident.people.keys().cloned().collect(),
        last_code: last_ending(reports)
            .map(|(ending, newer)| LastCode { code: ending.code().to_string(), newer }),
        chains: reports.iter().map(chain_status).collect(),
    }
}

/// How far the stores that an incident was pushed to have it, as far as this home remembers.
fn stores(context: &Context, folder: &Folder, reports: &[ChainReport]) -> Vec<StoreStatus> {
    let lines: u64 = reports.iter().map(|report| report.lines).sum();
    let stores = Stores::read(context).unwrap_or_default();
    let of = stores.of(folder.name().as_str()).into_iter();
    let status = |(place, entries): (&str, u64)| StoreStatus {
        place: place.to_owned(),
        not_pushed: lines.saturating_sub(entries),
    };
    of.map(status).collect()
}

/// Every step that is open or set aside, in the order of the phases. Steps over a withheld list do not
/// name its items.
pub(in crate::cli) fn tasks(
    context: &mut Context,
    folder: &Folder,
    incident: &Incident,
    withheld: &BTreeSet<String>,
) -> Vec<Task> {
    let now = context.world.now().at;
    let places = Places::of(context, folder, incident);
    let tasks = places.followed().iter().flat_map(|followed| {
        let tasks =
            walk::tasks(&followed.playbook, &followed.vocabulary, incident, now).into_iter();
        tasks.map(|task| {
            let step = &followed.playbook.steps[task.number - 1];
            let is_withheld = step.for_each.as_ref().is_some_and(|list| withheld.contains(list));
            if is_withheld { task.without_items() } else { task }
        })
    });
    tasks.collect()
}

/// `related to 2026-11-23-amber-heron: the same account`, a line for each.
fn linked(incident: &Incident) -> Vec<String> {
    let links = incident.links.iter().flat_map(|(other, links)| {
        links.iter().map(move |link| {
            let why = link.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
            format!("{} {other}{why}", link.how.words())
        })
    });
    links.collect()
}

/// Everything owed: by law and by steps, which is everybody's, and as action items.
pub(in crate::cli) fn owed(
    context: &Context,
    law: &Law,
    folder: &Folder,
    (incident, vocabulary): (&Incident, &Vocabulary),
    whose: Whose<'_>,
) -> Vec<Point> {
    let mut owed = Vec::new();
    let point = |what: &str, said: String| Point { what: what.to_owned(), said };
    if whose.is_everybody() {
        owed = owed_by_law(context, law, (incident, vocabulary));
        let debts = debts::lines(folder, incident, &incident.owed());
        if !debts.is_empty() {
            owed.push(point("Steps owe", wording::some(&debts, waiting::MOST)));
        }
    }
    let actions = waiting::actions(context, incident, whose, true);
    if !actions.is_empty() {
        owed.push(point("Action items overdue", wording::some(&actions, waiting::MOST)));
    }
    owed
}

/// The overdue duties, the next one, and everything that leaves it open what the law requires.
pub(in crate::cli) fn owed_by_law(
    context: &Context,
    law: &Law,
    (incident, vocabulary): (&Incident, &Vocabulary),
) -> Vec<Point> {
    let standing = law::docket(context, law, incident, vocabulary);
    let now = context.world.now().at;
    let (late, next) = standing.urgent(now);
    let ids = |ids: Vec<&str>| ids.into_iter().map(str::to_owned).collect();
    let all = [
        ("Overdue duties", late),
        ("Next duty", next.into_iter().collect()),
        ("Clock not started", standing.unstarted()),
        (UNDATED, ids(standing.undated())),
        (DORMANT, standing.dormant_shown()),
        (MAYBE_LATE, standing.maybe_late_shown(now)),
        ("May be owed", ids(standing.unsure())),
    ];
    let caveats = standing.caveats().iter();
    let caveats = caveats.map(|caveat| ("Caveat", vec![caveat.clone()]));
    let point = |(what, said): (&str, Vec<String>)| {
        let said: Vec<String> = said.iter().map(|line| in_words(law, line)).collect();
        Point { what: what.to_owned(), said: wording::some(&said, waiting::MOST) }
    };
    let told = all.into_iter().chain(caveats).filter(|(_, said)| !said.is_empty());
    let late = matters::reminders(&standing, incident);
    told.map(point).chain(late).chain(not_known(&standing, incident)).collect()
}

/// A line that begins with the id of a duty, with the duty in words before the id.
fn in_words(law: &Law, line: &str) -> String {
    let (id, rest) = line.split_at(line.find([',', ':']).unwrap_or(line.len()));
    match law.duty(id) {
        Some((_, duty)) => format!("{} ({id}){rest}", duty.title()),
        None => line.to_owned(),
    }
}

/// The gaps in what is known of the law: no duty known to be owed, or facts missing from this copy.
pub(in crate::cli) fn not_known(standing: &Docket, incident: &Incident) -> Vec<Point> {
    let mut not_known = Vec::new();
    let point = |what: &str, said: String| Point { what: what.to_owned(), said };
    if standing.is_blank() {
        let facts = "no duty is known to be owed so far: facts that decide are missing";
        not_known.push(point("Law", facts.to_owned()));
    }
    let absent = incident.absent_facts();
    if !absent.is_empty() {
        let facts = wording::some(&absent, waiting::MOST);
        not_known
            .push(point("Not here", format!("{facts}; the law may require more than is shown")));
    }
    not_known
}

/// Whether the record of an incident need not be kept any longer.
pub(in crate::cli) fn is_past_retention(context: &Context, incident: &Incident) -> bool {
    let today = context.world.now().local().date_naive();
    incident.keep_until.is_some_and(|day| day < today)
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
        ready: 0,
        ready_steps: 0,
        overdue: 0,
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
    let mut ready = BTreeSet::new();
    let tasks = walk::tasks(&followed.playbook, &followed.vocabulary, incident, now);
    for task in walk::together(&tasks) {
        match task.state {
            TaskState::Ready => {
                status.ready += task.places();
                ready.insert(task.number);
            }
            TaskState::Overdue => status.overdue += 1,
            TaskState::Waiting | TaskState::Later => {}
        }
    }
    status.ready_steps = ready.len();
    status
}
