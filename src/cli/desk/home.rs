//! Which incident is meant.

use super::{Context, Exit, Failure};
use crate::incident::Incident;
use crate::log::{Folder, OpenError};
use crate::prompt::{Prompt, Topic};
use crate::wording;

/// What there is to work on.
pub(in crate::cli) enum Found {
    None,
    One(Folder),
    Several(Vec<Folder>),
}

/// The incident that `--incident` names, else the open ones.
pub(in crate::cli) fn find(context: &mut Context) -> Result<Found, Failure> {
    let home = context.home()?;
    let all = list(&home)?;
    if let Some(prefix) = context.global.incident.clone() {
        return by_name(&home, &all, &prefix).map(Found::One);
    }
    let mut open: Vec<Folder> =
        all.into_iter().filter(|folder| folder.is_open(&context.world)).collect();
    Ok(match open.len() {
        0 => Found::None,
        1 => Found::One(open.remove(0)),
        _ => Found::Several(open),
    })
}

/// As [`find`], for a walk: a rehearsal never goes on in a real incident, and at 3 a.m. nobody must
/// be led into a rehearsal that somebody left open.
pub(in crate::cli) fn find_for_walk(context: &mut Context, drill: bool) -> Result<Found, Failure> {
    let found = find(context)?;
    if context.global.incident.is_some() {
        return Ok(found);
    }
    let mut open = match found {
        Found::None => Vec::new(),
        Found::One(folder) => vec![folder],
        Found::Several(folders) => folders,
    };
    let all = open.len();
    open.retain(|folder| folder.is_drill() == drill);
    if open.len() < all && !drill {
        context.screen.say("A rehearsal is also open; `--drill` continues it.");
    }
    Ok(match open.len() {
        0 => Found::None,
        1 => Found::One(open.remove(0)),
        _ => Found::Several(open),
    })
}

/// The one incident that a command without a prompt works on; a closed one must be named, unless
/// it is the only one there is.
pub(in crate::cli) fn one(context: &mut Context) -> Result<Folder, Failure> {
    if context.global.incident.is_none() {
        let mut all = list(&context.home()?)?;
        if all.len() == 1 {
            return Ok(all.remove(0));
        }
    }
    if let Some(review) = review(context)? {
        return Ok(review);
    }
    match find(context)? {
        Found::One(folder) => Ok(folder),
        Found::Several(mut folders) => {
            // A rehearsal that somebody left open is never what is meant without its name.
            let drills: Vec<bool> = folders.iter().map(Folder::is_drill).collect();
            if drills.iter().filter(|drill| !**drill).count() == 1 {
                let real = drills.iter().position(|drill| !drill).unwrap_or(0);
                return Ok(folders.remove(real));
            }
            Err(several(&folders))
        }
        Found::None => {
            let all = list(&context.home()?)?;
            let failure = Failure { is_homeless: true, ..Failure::usage("no incident is open") };
            Err(if all.is_empty() {
                failure.hint("`breach contain` opens one and starts right away")
            } else {
                failure.hint(format!(
                    "to use a closed one, name it with `--incident`: {}",
                    names(&all)
                ))
            })
        }
    }
}

/// The incident of this name; an archived one only if no other fits.
pub(in crate::cli) fn by_name(
    home: &std::path::Path,
    all: &[Folder],
    prefix: &str,
) -> Result<Folder, Failure> {
    if !all.iter().any(|folder| fits(folder, prefix)) {
        let archived = archived(home)?;
        if archived.iter().any(|folder| fits(folder, prefix)) {
            return named(&archived, prefix);
        }
    }
    named(all, prefix)
}

/// Whether it can be called so. The code name alone is what people say to each other.
pub(in crate::cli) fn fits(folder: &Folder, prefix: &str) -> bool {
    let name = folder.name().as_str();
    name.starts_with(prefix) || name.get(11..).is_some_and(|code| code.starts_with(prefix))
}

/// The one of these that is called so.
pub(in crate::cli) fn named(all: &[Folder], prefix: &str) -> Result<Folder, Failure> {
    let fits: Vec<Folder> = all.iter().filter(|folder| fits(folder, prefix)).cloned().collect();
    match fits.as_slice() {
        [one] => Ok(one.clone()),
        [] if all.is_empty() => Err(Failure::usage(format!("there is no incident `{prefix}`"))
            .hint("`breach contain` opens one")),
        [] => Err(Failure::usage(format!("there is no incident `{prefix}`"))
            .hint(format!("there are {}", names(all)))),
        many => Err(Failure::usage(format!("`{prefix}` matches several incidents"))
            .hint(format!("type more of the name: {}", names(many)))),
    }
}

/// The review that `--incident` names, if it names no incident: its record is read and verified
/// like any other.
fn review(context: &mut Context) -> Result<Option<Folder>, Failure> {
    let Some(prefix) = context.global.incident.clone() else {
        return Ok(None);
    };
    let home = context.home()?;
    let fits = |folders: &[Folder]| {
        folders.iter().any(|folder| folder.name().as_str().starts_with(&prefix))
    };
    let reviews = Folder::reviews(&home).unwrap_or_default();
    if fits(&list(&home)?) || !fits(&reviews) {
        return Ok(None);
    }
    named(&reviews, &prefix).map(Some)
}

/// Nobody said which of them.
pub(in crate::cli) fn several(folders: &[Folder]) -> Failure {
    Failure::usage("several incidents are open")
        .hint(format!("name one with `--incident`: {}", names(folders)))
}

/// Asks which one, at a terminal; without one, lists them.
pub(in crate::cli) fn choose(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    folders: &[Folder],
) -> Result<Folder, Failure> {
    if !prompt.is_patient() {
        return Err(several(folders));
    }
    context.screen.say("Several incidents are open:");
    let now = context.world.now().at;
    for (number, folder) in folders.iter().enumerate() {
        // A name made of words says nothing; what it is about and since when does.
        let mut incident = Incident::default();
        let _ = crate::log::fold_all(folder, &context.world, &mut incident);
        let title = incident.title.map(|title| format!(", {title}")).unwrap_or_default();
        let opened = incident.opened_at.map(|at| format!(", opened {}", wording::near(at, now)));
        let line = format!("{}{title}{}", folder.name(), opened.unwrap_or_default());
        let line = crate::escape::line(&line);
        context.screen.lines(&[format!("  {} {line}", number + 1)]);
    }
    loop {
        let answer = prompt.line(Topic::Opening("incident"), "Which one? ")?;
        let number = answer.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        if let Some(folder) = number.and_then(|number| folders.get(number)) {
            return Ok(folder.clone());
        }
        if let Ok(folder) = named(folders, answer.trim())
            && !answer.trim().is_empty()
        {
            return Ok(folder);
        }
        context.screen.say("Answer with a number from the list, or a name.");
    }
}

/// Every incident of a home that is not archived.
pub(in crate::cli) fn list(home: &std::path::Path) -> Result<Vec<Folder>, Failure> {
    listed(Folder::list(home))
}

/// Every archived incident of a home.
pub(in crate::cli) fn archived(home: &std::path::Path) -> Result<Vec<Folder>, Failure> {
    listed(Folder::archived(home))
}

fn listed(found: Result<Vec<Folder>, OpenError>) -> Result<Vec<Folder>, Failure> {
    found.map_err(|error| {
        let mut failure = Failure::new(Exit::Failed, error.to_string());
        failure.hints.extend(error.hint());
        failure.hint("nothing was written; name a usable folder with `--home DIR`")
    })
}

fn names(folders: &[Folder]) -> String {
    let names: Vec<String> = folders.iter().map(|folder| folder.name().to_string()).collect();
    wording::ticked(&names)
}
