//! `breach duties form`: the form of the competent authority, answered from the facts.

use std::collections::BTreeMap;

use super::draft::warn_marked;
use crate::cli::args::{FormArgs, Format};
use crate::cli::desk::{Context, Exit, Failure, law};
use crate::fact::{Value, is_within, names};
use crate::notice::unread_forms;
use crate::notice::{
    AuthorityForm, Language, NoticeFacts, Reader, Unread, answers, began, forms, languages,
    lost_under, offers,
};
use crate::output::{filing as face, json};
use crate::regime::Matter;
use crate::wording;

/// The form to use where that of an EEA authority has not been read.
const COMMON: &str = "eu-edpb";

pub(super) fn run(context: &mut Context, args: &FormArgs) -> Result<Exit, Failure> {
    let law = law::law(context)?;
    let mut matter = law::open_matter(context, true)?;
    let at = context.world.now().at;
    let Some((duty, _)) = matter.explain(&law, &args.duty, at) else {
        return Err(law::unknown_duty(&law, &args.duty));
    };
    let ids: Vec<&str> = duty.ids().collect();
    let (form, stands_in) = choose(&ids, args.authority.as_deref(), &matter)?;
    let language = languages().iter().find(|language| language.tag == form.language);
    let language = language.unwrap_or_else(|| Language::english());
    let is_late = super::draft::is_late(&duty, at);
    let known = (&*matter.incident, &*matter.vocabulary);
    let doubts = super::doubts::of(known, Some(&duty), (Reader::Authority, &[]), at);
    // A form of one place asks how many people of that place are affected.
    let here = duty.regime.only_place().filter(|place| place.contains('-'));
    let groups = &matter.incident.groups;
    let lost = lost_under(duty.regime, groups, &|name| matter.value(name));
    let lost = lost.map(|lost| (names::DATA_CLASSES, lost));
    let offers = offers(groups, &BTreeMap::new()).map(|offers| (names::PROTECTIVE_OFFER, offers));
    for (name, value) in lost.into_iter().chain(offers) {
        matter.suppose(name, value);
    }
    let value = |name: &str| matter.value(name);
    let known = NoticeFacts {
        value: &value,
        vocabulary: &matter.vocabulary,
        is_late,
        groups: &matter.incident.groups,
        not_theirs: &[],
        untranslated: &[],
        written: &[],
        titles: &BTreeMap::new(),
        doubts: &doubts,
        locale: language.at(Some(&form.place)),
    };
    let (sections, told) = answers(form, &duty, &known, here);
    warn_marked(context, &matter.incident.marked(told.iter().map(String::as_str)));
    let (doubts, rehearsal) = (doubts.about(&told), matter.incident.drill);
    let began = began(duty.duty, &known);
    let filed =
        face::Filed { rehearsal, doubts, form, stands_in, duty: &duty, began, sections: &sections };
    match args.format {
        Format::Json => json::write(&mut context.out, &filed.json())?,
        Format::Text => {
            use std::io::Write as _;
            let width = usize::from(context.table_width.unwrap_or(80).clamp(40, 100));
            context.out.write_all(filed.page(width).as_bytes())?;
        }
    }
    Ok(Exit::Done)
}

/// The form of the competent authority or, with the reason, the one used instead.
fn choose(
    ids: &[&str],
    named: Option<&str>,
    matter: &Matter<'_>,
) -> Result<(&'static AuthorityForm, Option<String>), Failure> {
    let is_for = |duties: &[String]| duties.iter().any(|duty| ids.contains(&duty.as_str()));
    let fitting: Vec<&AuthorityForm> = forms().iter().filter(|form| is_for(&form.duties)).collect();
    let unread: Vec<&Unread> = unread_forms().iter().filter(|form| is_for(&form.duties)).collect();
    let common = || fitting.iter().find(|form| form.id == COMMON || form.place == "EU").copied();
    let not_read =
        |unread: &Unread| format!("the text of the form of {} was not read", unread.authority);
    if let Some(id) = named {
        if let Some(form) = fitting.iter().find(|form| form.id == id) {
            return Ok((form, None));
        }
        if let Some(unread) = unread.iter().find(|form| form.id == id) {
            let why = not_read(unread);
            let common = common().ok_or_else(|| not_held(&format!("{why}: {}", unread.url)))?;
            return Ok((common, Some(why)));
        }
        let all = fitting.iter().map(|form| &form.id).chain(unread.iter().map(|form| &form.id));
        let all: Vec<&String> = all.collect();
        let failure = Failure::usage(format!("there is no form `{id}` for {}", ids[0]));
        return Err(match all.as_slice() {
            [] => failure.hint("no form for this duty is held: use the authority's own"),
            all => failure.hint(format!("there are {}", wording::ticked(all))),
        });
    }
    let home = match matter.value(names::HOME_COUNTRY) {
        Some(Value::Text(home)) => Some(home.as_str()),
        _ => None,
    };
    let within = |place: &str| home.is_some_and(|home| place == home || is_within(place, home));
    if let Some(Value::Text(lead)) = matter.value(names::LEAD_AUTHORITY) {
        let read = fitting.iter().filter(|form| within(&form.place));
        let read = read.map(|form| (form.id.as_str(), form.authority.as_str()));
        let others = unread.iter().filter(|form| within(&form.place));
        let others = others.map(|form| (form.id.as_str(), form.authority.as_str()));
        if let [id] = meant(lead, &read.chain(others).collect::<Vec<_>>()).as_slice() {
            return choose(ids, Some(id), matter);
        }
    }
    if let [form] = fitting.as_slice()
        && unread.is_empty()
        && form.place != "EU"
    {
        return Ok((form, None));
    }
    let at_home: Vec<&&AuthorityForm> =
        fitting.iter().filter(|form| home.is_some_and(|home| form.place == home)).collect();
    if let [form] = at_home.as_slice() {
        return Ok((form, None));
    }
    let common = common().ok_or_else(|| not_held("no form for this duty is held"))?;
    let regional: Vec<&str> = fitting
        .iter()
        .filter(|form| within(&form.place))
        .map(|form| form.id.as_str())
        .chain(unread.iter().filter(|form| within(&form.place)).map(|form| form.id.as_str()))
        .collect();
    let why = match (home, unread.iter().find(|form| home == Some(&form.place))) {
        (None, _) => "nobody said in which country we are established (`home_country`)".to_owned(),
        _ if regional.len() > 1 => format!(
            "which authority is competent depends on the state; name it with --authority: {}",
            wording::ticked(&regional)
        ),
        (_, Some(unread)) => not_read(unread),
        (Some(home), None) => format!("the form of the authority in {home} is not held"),
    };
    Ok((common, Some(why)))
}

/// Of authorities of one country, those that a name means: a long word that no other of them has is in
/// both.
fn meant<'f>(lead: &str, all: &[(&'f str, &str)]) -> Vec<&'f str> {
    let words = |text: &str| -> Vec<String> {
        let text = text.to_lowercase();
        let words = text.split(|c: char| !(c.is_alphanumeric() || c == '-'));
        words.filter(|word| word.chars().count() > 4).map(str::to_owned).collect()
    };
    let lead = words(lead);
    let is_meant = |id: &str, authority: &str| {
        let others = all.iter().filter(|(other, _)| *other != id);
        let others: Vec<String> = others.flat_map(|(_, other)| words(other)).collect();
        words(authority).iter().any(|word| lead.contains(word) && !others.contains(word))
    };
    let meant = all.iter().filter(|(id, authority)| is_meant(id, authority));
    meant.map(|(id, _)| *id).collect()
}

fn not_held(why: &str) -> Failure {
    Failure::usage(format!("not held: use the authority's own form ({why})"))
        .hint("`breach duties draft` drafts the notice without a form")
}
