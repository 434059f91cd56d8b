//! Tab: what the last word may become.

use std::path::Path;

use super::line::Line;
use crate::prompt::Complete;

/// The completions at the cursor.
pub(super) struct Offered {
    /// Where the word begins that is completed.
    from: usize,
    /// What it may become; a folder ends with `/`.
    words: Vec<String>,
}

/// What fits; a path is looked up as it is typed.
pub(super) fn offered(line: &Line, complete: &Complete<'_>) -> Offered {
    let before = line.before();
    let offer = complete(before);
    let typed = &before[offer.from..];
    if offer.is_path {
        return Offered { from: offer.from, words: paths(typed) };
    }
    let lower = typed.to_lowercase();
    let mut words = offer.words;
    words.retain(|word| word.to_lowercase().starts_with(&lower));
    Offered { from: offer.from, words }
}

impl Offered {
    /// Types what is beyond doubt. What is not comes back, to be shown.
    pub(super) fn take(self, line: &mut Line) -> Option<Vec<String>> {
        let typed = line.before()[self.from..].to_owned();
        let first = self.words.first()?;
        if let [one] = self.words.as_slice() {
            let open = one.ends_with('/') || one.starts_with(['"', '\'']) && !is_closed(one);
            line.replace(self.from, &if open { one.clone() } else { format!("{one} ") });
            return None;
        }
        let common = self.words.iter().skip(1).fold(first.as_str(), |common, word| {
            let same = common.char_indices().zip(word.chars()).find(|((_, a), b)| a != b);
            let end = same.map_or(common.len().min(word.len()), |((at, _), _)| at);
            &common[..end]
        });
        if common.len() > typed.len() {
            line.replace(self.from, common);
            return None;
        }
        Some(self.words)
    }
}

fn is_closed(word: &str) -> bool {
    word.len() > 1 && word.chars().next() == word.chars().next_back()
}

/// Files and folders that begin with what was typed; `~` and an open quote are left as typed. A name
/// with a space is quoted, or the space would end it.
fn paths(typed: &str) -> Vec<String> {
    let quote = typed.chars().next().filter(|c| matches!(c, '"' | '\''));
    let plain = quote.map_or(typed, |quote| typed.trim_start_matches(quote));
    let (folder, name) = plain
        .rsplit_once('/')
        .map_or(("", plain), |(folder, name)| (&plain[..=folder.len()], name));
    let home = std::env::var("HOME").unwrap_or_default();
    let place = match folder.strip_prefix("~/") {
        Some(below) => Path::new(&home).join(below),
        None if folder.is_empty() => ".".into(),
        None => folder.into(),
    };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(place).into_iter().flatten().flatten() {
        // A name that is no text cannot be typed.
        let Ok(own) = entry.file_name().into_string() else { continue };
        let hidden = own.starts_with('.') && !name.starts_with('.');
        if !own.starts_with(name) || hidden || own.chars().any(crate::escape::is_harmful) {
            continue;
        }
        let is_folder = entry.path().is_dir();
        let path = format!("{folder}{own}");
        let quote = quote.or_else(|| path.contains(char::is_whitespace).then_some('"'));
        let quote = quote.map(String::from).unwrap_or_default();
        found.push(if is_folder {
            format!("{quote}{path}/")
        } else {
            format!("{quote}{path}{quote}")
        });
    }
    found.sort();
    found
}
