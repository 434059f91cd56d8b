//! `breach duties form`: the form of the competent authority, answered from the facts.

use std::collections::BTreeMap;

use super::draft::warn_marked;
use super::places::home;
use crate::cli::args::{FormArgs, Format};
use crate::cli::desk::{Context, Exit, Failure, law};
use crate::fact::{Value, is_within, names};
use crate::notice::unread_forms;
use crate::notice::{
    AuthorityForm, Language, NoticeFacts, PROSE, Reader, Unread, answers, began, concerned, forms,
    languages, of_these, offers, to_all, told_of,
};
use crate::output::{filing as face, json};
use crate::regime::Matter;
use crate::wording;

/// Facts in words that were written for ourselves.
const UNRELEASED: [&str; 4] =
    [names::HOW_IT_HAPPENED, names::IMPACT, names::SCOPE_UNKNOWNS, names::WHAT_HAPPENED];

/// What a form that is published tells everybody, the intruder too, though it is no text of counsel's.
const UNPUBLISHED: [&str; 2] = [names::ENTRY_VECTOR, names::INCIDENT_KIND];

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
    let doubts = super::doubts::of(known, Some(&duty), (Reader::Authority, language, &[]), at);
    // A form of one place asks how many people of that place are affected.
    let here = duty.regime.only_place().filter(|place| place.contains('-'));
    let groups = &matter.incident.groups;
    let regime = Some(duty.regime);
    let told = concerned(groups, (Reader::Authority, language), regime);
    let of_these = of_these(&told, groups, (Reader::Authority, regime), &|name| matter.value(name));
    let offered = told_of(&told, (Reader::Authority, regime), &|name| matter.value(name));
    let offers = offers(to_all(&matter.incident), &offered, &BTreeMap::new());
    let offers = offers.map(|offers| (names::PROTECTIVE_OFFER, offers));
    for (name, value) in of_these.into_iter().chain(offers) {
        matter.suppose(name, value);
    }
    matter.suppose_local_times();
    let value = |name: &str| matter.value(name);
    let known = NoticeFacts {
        value: &value,
        is_open: &|name| value(name) == Some(&Value::Unknown),
        vocabulary: &matter.vocabulary,
        is_late,
        groups: &told,
        offer_to_all: None,
        in_all: false,
        not_theirs: &[],
        earlier: None,
        untranslated: &[],
        written: &[],
        titles: &BTreeMap::new(),
        doubts: &doubts,
        locale: language.at(Some(&form.place)),
    };
    let (sections, told) = answers(form, &duty, &known, here);
    warn_marked(context, &matter.incident.marked(told.iter().map(String::as_str)));
    let (mut doubts, rehearsal) = (doubts.about(&told), matter.incident.drill);
    let ours = if form.published { &UNPUBLISHED[..] } else { &[] };
    let unreleased = UNRELEASED.iter().chain(ours).filter(|name| told.contains(**name));
    let unreleased: Vec<&&str> = unreleased.collect();
    if !unreleased.is_empty() {
        doubts.push(format!(
            "may this be told in these words? Counsel has released none of it: {}",
            wording::ticked(&unreleased)
        ));
    }
    let prose = PROSE.iter().chain(&UNRELEASED).filter(|name| told.contains(**name));
    let prose: Vec<&&str> = prose.filter(|_| !language.is_english()).collect();
    if !prose.is_empty() {
        doubts.push(format!(
            "are these texts in {}, the language of this form? They stand as they were recorded: {}",
            language.name,
            wording::ticked(&prose)
        ));
    }
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
    let home = home(matter);
    let seats = seats(home, &fitting, matter);
    let within = |place: &str| seats.iter().any(|seat| place == *seat || is_within(place, seat));
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
    let seat = if let [seat] = seats.as_slice() { Some(*seat) } else { None };
    let at_home: Vec<&&AuthorityForm> =
        fitting.iter().filter(|form| seat.is_some_and(|seat| form.place == seat)).collect();
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
    let named = match regional.as_slice() {
        [] => String::new(),
        ids => format!("; name it with --authority: {}", wording::ticked(ids)),
    };
    let why = match (home, seat) {
        (None, None) => {
            "nobody said in which country we are established (`home_country`)".to_owned()
        }
        (Some(home), None) => format!(
            "established in {home}, so the authority of each place where affected people live is told \
             ({}){named}",
            if seats.is_empty() { "none on record".to_owned() } else { seats.join(", ") }
        ),
        _ if regional.len() > 1 => {
            format!("which authority is competent depends on the state{named}")
        }
        (_, Some(seat)) => match unread.iter().find(|form| form.place == seat) {
            Some(unread) => not_read(unread),
            None => format!("the form of the authority in {seat} is not held"),
        },
    };
    Ok((common, Some(why)))
}

/// Where the authorities sit that are told: where we are established, or else wherever affected people
/// live in the places of the form that all of them have in common.
fn seats<'m>(
    home: Option<&'m str>,
    fitting: &[&AuthorityForm],
    matter: &'m Matter<'_>,
) -> Vec<&'m str> {
    let common = fitting.iter().find(|form| matches!(&*form.place, "EEA" | "EU"));
    let Some(common) = common else { return home.into_iter().collect() };
    match (home, matter.value(names::PEOPLE_AFFECTED)) {
        (Some(home), _) if is_within(home, &common.place) => vec![home],
        (Some(_), Some(Value::People(people))) => {
            let lived_in = people.by.keys().map(String::as_str);
            lived_in.filter(|place| is_within(place, &common.place)).collect()
        }
        _ => Vec::new(),
    }
}

/// Of authorities of one country, those that a name means: a long word that no other of them has is in
/// both, and no long word of the name is none of theirs, which may be the name of another place.
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
        let own = words(authority);
        // `Hamburger`, `hamburgische`: endings differ.
        let stem = |word: &str| word.chars().take(5).collect::<String>();
        let is_own = |word: &String| own.iter().any(|own| stem(own) == stem(word));
        lead.iter().all(is_own)
            && own.iter().any(|word| lead.contains(word) && !others.contains(word))
    };
    let meant = all.iter().filter(|(id, authority)| is_meant(id, authority));
    meant.map(|(id, _)| *id).collect()
}

fn not_held(why: &str) -> Failure {
    Failure::usage(format!("not held: use the authority's own form ({why})"))
        .hint("`breach duties draft` drafts the notice without a form")
}
