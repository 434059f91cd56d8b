//! The template of a draft: one of the home, or ours.

use std::path::Path;

use crate::cli::args::TextArgs;
use crate::cli::desk::{Context, Failure, shelf, trust};
use crate::document::Document;
use crate::notice::{Language, Reader};
use crate::regime::Law;

/// The template: the one that is named, one of the home for the duty or the reader, or ours. One that
/// was written in one language is not used in another.
pub(super) fn of(
    context: &mut Context,
    law: &Law,
    (id, text): (&str, &TextArgs),
    reader: Reader,
    language: &Language,
) -> Result<(Document, String), Failure> {
    if let Some(path) = &text.template {
        return shelf::template(path);
    }
    let ours = language.template(reader).unwrap_or_else(|| reader.template());
    let built_in = (ours, "built-in".to_owned());
    let Ok(home) = context.home() else { return Ok(built_in) };
    let own = home.join("notices");
    strangers(context, law, &own);
    let tag = if language.is_english() { String::new() } else { format!(".{}", language.tag) };
    // The name of a duty is that of a known one, so it cannot leave the folder.
    for name in [id, reader.as_str()] {
        let path = own.join(format!("{name}{tag}.md"));
        if path.is_file() {
            if let Some(why) = trust::distrust(&own).or_else(|| trust::distrust(&path)) {
                return Err(shelf::not_ours(&why));
            }
            return shelf::template(&path);
        }
        if !tag.is_empty() && own.join(format!("{name}.md")).is_file() {
            context.screen.warn(&format!(
                "`notices/{name}.md` is not used in {}: write `notices/{name}{tag}.md`",
                language.name
            ));
        }
    }
    Ok(built_in)
}

/// Templates that no draft will ever take, because nothing has their name.
fn strangers(context: &mut Context, law: &Law, dir: &Path) {
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let file = entry.file_name().to_string_lossy().into_owned();
        let name = file.strip_suffix(".md").filter(|name| !name.starts_with('.'));
        let Some(name) = name else { continue };
        // The tag of another language comes last: `people.de.md`, `eu-gdpr.34.pt-BR.md`.
        let plain = name.rsplit_once('.').map_or(name, |(plain, _)| plain);
        let is_known = |name: &str| law.duty(name).is_some() || Reader::parse(name).is_some();
        if !is_known(name) && !is_known(plain) {
            let name = crate::escape::line(name).into_owned();
            context
                .screen
                .warn(&format!("`notices/{name}.md` is not used: no duty or reader has that name"));
        }
    }
}
