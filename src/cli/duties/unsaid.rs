//! What is on record and in no text of ours: a person decides whether the draft has to say it.

use crate::fact::{Value, names};
use crate::incident::Incident;
use crate::incident::event::Group;
use crate::notice::{Doubts, Reader};
use crate::regime::Duty;

/// Asks, of a draft to a reader or to people in all of these groups, what it leaves out.
pub(super) fn of(
    doubts: &mut Doubts,
    incident: &Incident,
    duty: Option<&Duty>,
    (reader, groups): (Reader, &[&Group]),
) {
    let known = |name: &str| incident.fact_value(name);
    let is = |name: &str, answer: bool| known(name) == Some(&Value::YesNo(answer));
    let is_safe = is(names::DATA_ENCRYPTED, true)
        && is(names::KEY_TAKEN, false)
        && is(names::DECRYPTING_SESSION_ACCESS, false);
    // A controller is told, and our own register has it.
    if is_safe && !matches!(reader, Reader::Controller | Reader::Register) {
        doubts.of_facts.push((
            [names::DATA_CLASSES, names::DATA_ACCESS].map(str::to_owned).to_vec(),
            "does this say that the data was encrypted? On record it was, and nobody had the key"
                .to_owned(),
        ));
    }
    let is_both =
        matches!(known(names::CONTROLLER_OR_PROCESSOR), Some(Value::Choice(id)) if id == "both");
    let concerns_owner =
        |duty: &Duty| ["controller", "owner"].iter().any(|who| duty.who.contains(who));
    if is_both
        && matches!(reader, Reader::Authority | Reader::People | Reader::Register)
        && duty.is_none_or(concerns_owner)
    {
        doubts.always.push(
            "whose people are these? On record we are controller of one part of the data and \
             processor of another; the controllers of the other part tell theirs"
                .to_owned(),
        );
    }
    let is_processor = matches!(
        known(names::CONTROLLER_OR_PROCESSOR),
        Some(Value::Choice(id)) if id == "processor"
    );
    if is_processor && matches!(reader, Reader::People | Reader::Support | Reader::Media) {
        doubts.always.push(
            "is this ours to say? On record we are a processor: the controllers tell these people, \
             who know them and not us"
                .to_owned(),
        );
    }
    let is_filed = duty.is_some_and(|duty| duty.to.iter().any(|to| to == "market"));
    let is_public = is_filed
        || matches!(reader, Reader::People | Reader::Media | Reader::Staff | Reader::Support);
    let has_ruling = duty.is_some_and(|duty| incident.delay_of(&duty.id).is_some());
    if is_public && is(names::DELAY_REQUESTED, true) && !has_ruling {
        doubts.always.push(
            "may this go out? On record, law enforcement asked in writing to wait; `breach duties \
             delay` records with which notices, and until when"
                .to_owned(),
        );
    }
    if groups.iter().any(|group| group.own(names::DATA_ACCESS).is_some()) {
        doubts.of_facts.push((
            vec![names::THEFT_FROM.to_owned()],
            "are these the dates for these people's data? The dates on record are those of the whole \
             incident, and what happened to this data is recorded separately"
                .to_owned(),
        ));
    }
}
