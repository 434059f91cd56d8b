//! What the record makes doubtful about a draft: it stands above the text, for a person to look into.

use chrono::{DateTime, Utc};

use crate::fact::{Basis, Value, Vocabulary, clashes, contradictions, names};
use crate::incident::event::Group;
use crate::incident::{Incident, Notice, Ruling, Subject};
use crate::notice::{
    BELIEVED, Doubts, Language, Reader, beyond, concerned, fewer_than_groups, less_than_determined,
    may_live, misses_test, to_all, told_of, unprotected,
};
use crate::regime::{Assessed, Duty, Regime};
use crate::wording;

/// The class of data of children.
const CHILDREN: &str = "children";

/// What is doubtful about a draft of a duty to a reader in a language, or to people in all of these
/// groups.
pub(super) fn of(
    (incident, vocabulary): (&Incident, &Vocabulary),
    duty: Option<&Assessed<'_>>,
    (reader, language, groups): (Reader, &Language, &[&Group]),
    at: DateTime<Utc>,
) -> Doubts {
    let mut doubts = Doubts::default();
    let regime = duty.map(|duty| duty.regime);
    let told = concerned(&incident.groups, (reader, language), regime);
    let told = told_of(&told, (reader, regime), &|name| incident.fact_value(name));
    let told: Vec<&Group> = if groups.is_empty() { told.iter().collect() } else { groups.to_vec() };
    let marked = incident.marked(incident.facts.keys().map(String::as_str));
    doubts.privileged = marked.into_iter().map(str::to_owned).collect();
    let known = |name: &str| incident.fact_value(name);
    let both = |names: [&str; 2]| names.map(str::to_owned).to_vec();
    for clash in clashes(vocabulary, &known) {
        doubts.of_facts.push((clash.facts.clone(), clash.says()));
    }
    let times = contradictions(vocabulary, |name| match known(name) {
        Some(Value::Time(when)) => Some(when),
        _ => None,
    });
    for wrong in times {
        doubts.of_facts.push((both([wrong.first, wrong.then]), wrong.says()));
    }
    of_exposure(&mut doubts, incident, &told);
    of_theft(&mut doubts, incident);
    of_places(&mut doubts, incident);
    of_groups(&mut doubts, incident, &told);
    match reader {
        Reader::People => of_letter(&mut doubts, incident, groups),
        // Who answers people of one language tells no number of all, and nothing of other groups.
        Reader::Support if told.len() < incident.groups.len() => {}
        _ => of_counts(&mut doubts, incident),
    }
    of_offers(&mut doubts, incident, &told);
    super::unsaid::of(&mut doubts, incident, duty.map(|duty| duty.duty), (reader, groups));
    if let Some(duty) = duty {
        of_protection(&mut doubts, incident, duty.regime, groups);
        of_test(&mut doubts, incident, duty, (reader, groups));
        let waits = duty.ids().find_map(|id| wait(incident, id, at));
        doubts.always.extend(waits.map(|delay| {
            format!("may this go out? A request to wait with it stands: {}", waiting(delay))
        }));
        if reader != Reader::People {
            let filed = duty.filed(&incident.notices).iter().rfind(|notice| notice.is_first());
            if let Some(notice) = earlier(incident, duty).or(filed) {
                sent(&mut doubts, (incident, vocabulary), notice);
            }
        }
    }
    doubts
}

/// Data that came to light, though nothing shows that anybody opened or copied it.
fn of_exposure(doubts: &mut Doubts, incident: &Incident, told: &[&Group]) {
    let known = |name: &str| incident.fact_value(name).cloned();
    let is_believed = BELIEVED.iter().any(|name| known(name) == Some(Value::YesNo(true)));
    let without = |group: Option<&Group>| {
        let own = |name: &str| group.and_then(|group| group.own(name));
        let access = own(names::DATA_ACCESS);
        let access = access.or_else(|| known(names::DATA_ACCESS).filter(|_| !is_believed))?;
        let became = own(names::DATA_PUBLISHED).or_else(|| known(names::DATA_PUBLISHED))?;
        let (Value::Choice(access), Value::Choice(became)) = (access, became) else { return None };
        match (access.as_str(), became.as_str()) {
            ("reachable" | "excluded", "published" | "offered" | "used") => Some("opened"),
            ("seen", "published" | "offered") => Some("copied"),
            _ => None,
        }
    };
    for done in ["opened", "copied"] {
        let odd = told.iter().filter(|group| without(Some(group)) == Some(done));
        let odd: Vec<&String> = odd.map(|group| &group.name).collect();
        let of = match told {
            [] if incident.groups.is_empty() && without(None) == Some(done) => String::new(),
            _ if odd.is_empty() => continue,
            [_] => String::new(),
            _ => format!(" of {}", wording::ticked(&odd)),
        };
        doubts.of_facts.push((
            [names::DATA_ACCESS, names::DATA_PUBLISHED].map(str::to_owned).to_vec(),
            format!(
                "does it still hold that nothing shows that the data{of} was {done}? It is on record \
                 as public, offered or misused"
            ),
        ));
    }
}

/// Dates of a theft, though nothing on record says that anything was taken: no text tells them.
fn of_theft(doubts: &mut Doubts, incident: &Incident) {
    let is_known = |name: &&str| {
        incident.fact_value(name).is_some_and(|value| matches!(value, Value::Time(_)))
    };
    let dates: Vec<&str> =
        [names::THEFT_FROM, names::THEFT_TO].into_iter().filter(is_known).collect();
    let all = incident.fact_value(names::DATA_ACCESS).cloned();
    let each = incident.groups.iter().filter_map(|group| group.own(names::DATA_ACCESS)).chain(all);
    let ids: Vec<Value> = each.filter(|value| *value != Value::Unknown).collect();
    let is_taken = |value: &Value| matches!(value, Value::Choice(id) if id.starts_with("copied"));
    let believed = incident.fact_value(names::ACQUISITION_REASONABLY_BELIEVED);
    let is_apart =
        !ids.is_empty() && !ids.iter().any(is_taken) && believed != Some(&Value::YesNo(true));
    if !dates.is_empty() && is_apart {
        doubts.always.push(format!(
            "was data taken? {} says when, and `{}` says that nothing shows it",
            wording::ticked(&dates),
            names::DATA_ACCESS
        ));
    }
}

/// A total that the places do not make up.
fn of_places(doubts: &mut Doubts, incident: &Incident) {
    let (Some(Value::Count(all)), Some(Value::People(people))) =
        (incident.fact_value(names::PERSONS_AFFECTED), incident.fact_value(names::PEOPLE_AFFECTED))
    else {
        return;
    };
    // More people in the places than in all is said wherever facts clash.
    let (_, Some(most)) = people.total() else { return };
    let (least, _) = all.bounds();
    let is_rough = all.basis == Basis::About || people.is_estimate(None);
    let near = if is_rough { least / 10 } else { 0 };
    if most + near < least {
        let facts = [names::PERSONS_AFFECTED, names::PEOPLE_AFFECTED].map(str::to_owned).to_vec();
        let all = Value::Count(all.clone()).show(None);
        doubts.of_facts.push((
            facts,
            format!(
                "where do the others live? The places have {most} people, `{}` has {all}",
                names::PERSONS_AFFECTED
            ),
        ));
    }
}

/// Groups that two people described differently, or that are marked privileged.
fn of_groups(doubts: &mut Doubts, incident: &Incident, told: &[&Group]) {
    for Group { name, .. } in told {
        let subject = Subject::Group(name.clone());
        if let Some(claims) = incident.contested(&subject) {
            let by: Vec<&str> = claims.iter().map(|said| said.actor.shown()).collect();
            let (by, until) = (wording::list(&by), subject.until_then());
            doubts.always.push(format!(
                "what did `{name}` lose? {by} say different things, and until somebody settles it, \
                 {until}"
            ));
        }
        if incident.is_group_privileged(name) {
            doubts.always.push(format!(
                "may this be told? On record the group `{name}` is marked privileged"
            ));
        }
    }
}

/// Numbers and classes of groups that contradict the record.
fn of_counts(doubts: &mut Doubts, incident: &Incident) {
    doubts.always.extend(incident.group_contradictions());
    for (name, people) in fewer_than_groups(incident) {
        let count = incident.fact_value(name).map(|value| value.show(None)).unwrap_or_default();
        doubts.always.push(format!(
            "`{name}` is {count}, and the groups that lost such data have {people} people"
        ));
    }
}

/// What a letter to people who are in all of these groups makes doubtful.
fn of_letter(doubts: &mut Doubts, incident: &Incident, groups: &[&Group]) {
    let known = |name: &str| incident.fact_value(name);
    doubts.always.extend(beyond(&less_than_determined(&known, groups)));
    let recorded = match incident.fact_value(names::DATA_CLASSES) {
        Some(Value::Choices(ids)) => Some(ids),
        _ => None,
    };
    let theirs: Vec<&String> = match groups {
        [] => recorded.into_iter().flatten().collect(),
        groups => groups.iter().flat_map(|group| &group.classes).collect(),
    };
    let unknown = theirs.iter().filter(|id| recorded.is_some_and(|all| !all.contains(id)));
    let unknown: Vec<&&String> = unknown.collect();
    if !unknown.is_empty() {
        doubts.always.push(format!(
            "{}: lost by these people, and not on record in `{}`",
            wording::ticked(&unknown),
            names::DATA_CLASSES
        ));
    }
    if theirs.iter().any(|id| *id == CHILDREN) {
        doubts.always.push(
            "does this go to a child or to a parent? It says “your” of all data but the children's"
                .to_owned(),
        );
    }
}

/// Help for everybody and help for a group of its own: nobody said whether one replaces the other.
fn of_offers(doubts: &mut Doubts, incident: &Incident, told: &[&Group]) {
    let Some(to_all) = to_all(incident) else { return };
    let both = |group: &Group| group.offer.as_deref().is_some_and(|own| !own.contains(to_all));
    let both = told.iter().filter(|group| both(group));
    let both: Vec<&String> = both.map(|group| &group.name).collect();
    if !both.is_empty() {
        doubts.of_facts.push((
            vec![names::PROTECTIVE_OFFER.to_owned()],
            format!(
                "do {} get both, what everybody is offered and what is offered to them alone?",
                wording::ticked(&both)
            ),
        ));
    }
}

/// People whom the law does not protect, by the class of what they lost.
fn of_protection(doubts: &mut Doubts, incident: &Incident, regime: &Regime, groups: &[&Group]) {
    for group in groups {
        doubts.always.extend(
            unprotected(group, Some(regime))
                .map(|why| format!("does this law protect `{}`? {why}", group.name)),
        );
    }
    for (class, why) in regime.not_of.iter().filter(|_| groups.is_empty()) {
        let lost = |group: &&Group| group.classes.contains(class);
        let out: Vec<&String> =
            incident.groups.iter().filter(lost).map(|group| &group.name).collect();
        let is_recorded = matches!(
            incident.fact_value(names::DATA_CLASSES),
            Some(Value::Choices(ids)) if ids.contains(class)
        );
        if !out.is_empty() {
            doubts.always.push(format!(
                "{} left out: {why}. Does the law protect any of their data all the same?",
                wording::ticked(&out)
            ));
        } else if is_recorded {
            doubts
                .always
                .push(format!("`{class}` is left out, and the numbers count everybody: {why}"));
        }
    }
}

/// People who are told or counted although what they lost does not meet the test of the law.
fn of_test(
    doubts: &mut Doubts,
    incident: &Incident,
    duty: &Assessed<'_>,
    (reader, groups): (Reader, &[&Group]),
) {
    if !groups.is_empty() {
        doubts.always.extend(misses_test(duty.duty, groups, incident).then(|| {
            "must these people be told under this law? What they lost does not meet its test, as far as \
             is known"
                .to_owned()
        }));
        return;
    }
    let regime = Some(duty.regime);
    let is_told = |group: &&Group| {
        // Who runs cards is told of no other people.
        !matches!(reader, Reader::People | Reader::Acquirer)
            && may_live(group, regime)
            && unprotected(group, regime).is_none()
    };
    let told = incident.groups.iter().filter(is_told);
    let beside: Vec<&String> = told
        .filter(|group| misses_test(duty.duty, &[group], incident))
        .map(|group| &group.name)
        .collect();
    if !beside.is_empty() {
        doubts.always.push(format!(
            "is this law about {}? They are counted and told of, and what they lost does not meet its \
             test, as far as is known",
            wording::ticked(&beside)
        ));
    }
}

/// The notice that its recipient had before, of this duty or of another stage of it.
pub(super) fn earlier<'i>(incident: &'i Incident, duty: &Assessed<'_>) -> Option<&'i Notice> {
    let Duty { id, to, recipient, stage, each_place, .. } = duty.duty;
    let known = |name: &str| incident.fact_value(name);
    // Another authority may have had it.
    if each_place.as_ref().is_some_and(|when| when.holds(&known) != Some(false)) {
        return None;
    }
    let is_named = recipient.is_some() || stage.is_some();
    let is_same = |other: &&Duty| {
        other.id == *id || is_named && other.recipient == *recipient && other.to == *to
    };
    let duties = duty.regime.duties.iter().filter(is_same);
    let sent = duties.flat_map(|duty| duty.filed(&incident.notices));
    sent.filter(|notice| notice.is_first()).max_by_key(|notice| notice.at.latest)
}

/// A notice that was sent, and what was true then and is not now.
fn sent(doubts: &mut Doubts, (incident, vocabulary): (&Incident, &Vocabulary), notice: &Notice) {
    let when = notice.at.show();
    let reference = notice.reference.iter().map(|reference| format!(", reference {reference}"));
    let reference: String = reference.collect();
    doubts.always.push(format!(
        "a notice was sent {when}{reference}: does this one say that it supplements or corrects it?"
    ));
    for name in incident.facts.keys() {
        let then = incident.value_at(name, notice.at.latest);
        let then = then.filter(|then| **then != Value::Unknown);
        let (Some(then), Some(now)) = (then, incident.fact_value(name)) else { continue };
        if then != now {
            let fact = vocabulary.get(name);
            let (then, now) = (then.show(fact), now.show(fact));
            let changed =
                format!("`{name}` was “{then}” when a notice was sent {when}, and is “{now}”");
            doubts.of_facts.push((vec![name.clone()], changed));
        }
    }
}

/// The request to wait with a duty that stands at a moment.
pub(super) fn wait<'i>(incident: &'i Incident, id: &str, at: DateTime<Utc>) -> Option<&'i Ruling> {
    let delay = incident.delay_of(id)?;
    delay.until.is_none_or(|until| until.to_utc() > at).then_some(delay)
}

/// What is said of sending a notice while a request to wait with it stands.
pub(super) fn waits(incident: &Incident, id: &str, at: DateTime<Utc>) -> Option<String> {
    let delay = wait(incident, id, at)?;
    Some(format!("a request to wait with {id} stands: {}", waiting(delay)))
}

/// A request to wait, in words.
pub(super) fn waiting(delay: &Ruling) -> String {
    let until = delay.until.map(|until| format!(", until {}", wording::moment(until)));
    format!("{}{}: {}", delay.by, until.unwrap_or_default(), delay.reason)
}

/// A request to wait with a duty, if the fact about such requests says that there was none.
pub(super) fn denied<'i>(incident: &'i Incident, duty: &Assessed<'_>) -> Option<&'i Ruling> {
    let says_no = incident.fact_value(names::DELAY_REQUESTED) == Some(&Value::YesNo(false));
    duty.ids().filter(|_| says_no).find_map(|id| incident.delay_of(id))
}
