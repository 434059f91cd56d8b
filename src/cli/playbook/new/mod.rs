//! `breach playbook new`: a playbook to begin with, and a test of it, which both pass as they are.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::cli::args::NewArgs;
use crate::cli::desk::{Context, Exit, Failure, answers};
use crate::id::is_kebab;
use crate::phase::Phase;
use crate::prompt::{Prompt, Topic};
use crate::{escape, wording};

pub(super) fn run(context: &mut Context, args: &NewArgs) -> Result<Exit, Failure> {
    let mut source = answers::interactive();
    let header = Header::ask(context, source.prompt(), args)?;
    let file = format!("{}.toml", header.id);
    let path = match &args.path {
        Some(folder) if folder.is_dir() => folder.join(file),
        Some(path) => path.clone(),
        None => PathBuf::from(file),
    };
    let is_folder = path.as_os_str().as_encoded_bytes().ends_with(b"/");
    if is_folder || path.extension().is_none() && !path.exists() {
        let folder = escape::shell(&path.to_string_lossy());
        return Err(Failure::usage(format!("there is no folder `{}`", path.display())).hint(
            format!("nothing was written; mkdir -p {folder}, or name a file that ends in `.toml`"),
        ));
    }
    if path.extension().is_none_or(|extension| extension != "toml") {
        return Err(Failure::usage(format!("`{}` does not end in `.toml`", path.display()))
            .hint("nothing was written; name the file, for example `mail.toml`"));
    }
    let contents = format!("{}\n{}", header.toml(context), steps(header.phase));
    let test = path.with_extension("test.toml");
    if test.exists() {
        return Err(Failure::usage(format!("`{}` already exists", test.display()))
            .hint("nothing was written; name another file"));
    }
    create(&path, &contents)?;
    create(&test, &test_of(&header))?;
    let shown = |path: &Path| escape::line(&path.to_string_lossy()).into_owned();
    context.screen.say(&format!("Wrote {} and {}.", shown(&path), shown(&test)));
    let [path, test] = [&path, &test].map(|path| escape::shell(&path.to_string_lossy()));
    let phase = header.phase.command();
    context.screen.say(&format!("Check it: breach playbook check {path}"));
    context.screen.say(&format!("Test it: breach playbook test {test}"));
    context.screen.say(&format!("Walk it: breach {phase} --playbook {path} --dry-run"));
    Ok(Exit::Done)
}

/// What stands above the steps.
struct Header {
    id: String,
    phase: Phase,
    title: String,
    owner: String,
    suits: Vec<String>,
}

impl Header {
    /// Takes what was typed, and asks for the rest.
    fn ask(
        context: &mut Context,
        prompt: &mut dyn Prompt,
        args: &NewArgs,
    ) -> Result<Self, Failure> {
        let phases = wording::list(&Phase::ALL.map(|phase| phase.to_string()));
        let phase = match args.phase {
            Some(phase) => phase,
            None => answer(context, prompt, &format!("Phase ({phases}): "), Phase::named)?,
        };
        let line = |text: &str| Some(text.to_owned());
        let title = match &args.title {
            Some(title) => title.clone(),
            None => answer(context, prompt, "What does it do, on one line? ", line)?,
        };
        let owner = match &args.owner {
            Some(owner) => owner.clone(),
            None => answer(context, prompt, "Who keeps it up to date? ", line)?,
        };
        let id = match args.id.clone().or_else(|| coin(&title)) {
            Some(id) => id,
            None => answer(context, prompt, "Its id, such as `mail-server`: ", |text| {
                is_kebab(text).then(|| text.to_owned())
            })?,
        };
        Ok(Self { id, phase, title, owner, suits: args.suits.clone() })
    }

    fn toml(&self, context: &Context) -> String {
        let text = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let suits: Vec<String> = self.suits.iter().map(|kind| text(kind)).collect();
        format!(
            "schema = 1\nid = {}\nphase = {}\ntitle = {}\nversion = \"0.1.0\"\nowner = {}\n\
             reviewed-on = {}\nsuits = [{}]\nsummary = {}\n",
            text(&self.id),
            text(self.phase.as_str()),
            text(&self.title),
            text(&self.owner),
            context.world.now().local().date_naive(),
            suits.join(", "),
            text(&format!("{}.", self.title.trim_end_matches('.'))),
        )
    }
}

/// An id of the words of a title, of as many as an id can be read with.
fn coin(title: &str) -> Option<String> {
    const LONGEST: usize = 60;
    let lower = title.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut id = String::new();
    for word in words {
        if !id.is_empty() && id.len() + word.len() >= LONGEST {
            break;
        }
        id.extend([if id.is_empty() { "" } else { "-" }, word]);
    }
    is_kebab(&id).then_some(id)
}

/// Asks until an answer can be taken.
fn answer<T>(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    text: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, Failure> {
    loop {
        let answer = prompt.line(Topic::Opening("playbook"), text).map_err(|stop| {
            let hint =
                "nothing was written; give the answers as flags: --phase, --title, --owner, --id";
            Failure { hints: vec![hint.to_owned()], ..Failure::from(stop) }
        })?;
        match read(answer.trim()).filter(|_| !answer.trim().is_empty()) {
            Some(read) => return Ok(read),
            None => context.screen.say("Not understood."),
        }
    }
}

fn steps(phase: Phase) -> &'static str {
    match phase {
        Phase::Preparation => include_str!("preparation.toml"),
        Phase::Containment => include_str!("containment.toml"),
        Phase::Scoping => include_str!("scoping.toml"),
        Phase::Notification => include_str!("notification.toml"),
        Phase::PostMortem => include_str!("post-mortem.toml"),
    }
}

fn test_of(header: &Header) -> String {
    let title = toml::Value::String(header.title.clone());
    format!(
        "schema = 1\n\n[[case]]\nname = {title}\notherwise = \"done\"\n\n[case.expect]\n\
         complete = true\n"
    )
}

/// Writes a file that is not there yet.
fn create(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        let failure = Failure::usage(format!("failed to write `{}`: {error}", path.display()));
        failure.hint("no file was changed; name another file")
    };
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)
}
