//! `breach duties form`: the form of the competent authority, answered from the facts.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::draft::warn_marked;
use crate::cli::args::{FormArgs, Format};
use crate::cli::desk::{Context, Exit, Failure, law};
use crate::fact::{Value, is_within, names};
use crate::notice::unread_forms;
use crate::notice::{AuthorityForm, Language, NoticeFacts, Unread, answers, forms, languages};
use crate::output::{filing as face, json};
use crate::regime::Matter;
use crate::wording;

/// The form to use where that of an EEA authority has not been read.
const COMMON: &str = "eu-edpb";

pub(super) fn run(context: &mut Context, args: &FormArgs) -> Result<Exit, Failure> {
    let law = law::law(context)?;
    let matter = law::open_matter(context, true)?;
    let at = context.world.now().at;
    let Some((duty, _)) = matter.explain(&law, &args.duty, at) else {
        return Err(law::unknown_duty(&law, &args.duty));
    };
    let ids: Vec<&str> = duty.ids().collect();
    let (form, stands_in) = choose(&ids, args.authority.as_deref(), &matter)?;
    let language = languages().iter().find(|language| language.tag == form.language);
    let language = language.unwrap_or_else(|| Language::english());
    let is_late = duty.left(at).is_some_and(|left| left < chrono::TimeDelta::zero());
    let asked = RefCell::new(BTreeSet::new());
    let value = |name: &str| {
        asked.borrow_mut().insert(name.to_owned());
        matter.value(name)
    };
    let known = NoticeFacts {
        value: &value,
        vocabulary: &matter.vocabulary,
        is_late,
        groups: &[],
        not_theirs: &[],
        untranslated: &[],
        locale: language.at(Some(&form.place)),
    };
    let sections = answers(form, &known);
    let asked = asked.into_inner();
    warn_marked(context, &matter.incident.marked(asked.iter().map(String::as_str)));
    let rehearsal = matter.incident.drill;
    let filed = face::Filed { rehearsal, form, stands_in, duty: &duty, sections: &sections };
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
    let within = |place: &str| home.is_some_and(|home| place == home || is_within(place, home));
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

fn not_held(why: &str) -> Failure {
    Failure::usage(format!("not held: use the authority's own form ({why})"))
        .hint("`breach duties draft` drafts the notice without a form")
}
