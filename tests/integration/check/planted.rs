//! One mistake planted in a playbook that had none: it is found, on its line, and nothing else is.

use std::fmt::Write as _;

use breach::check::{Policy, check};
use breach::document::Document;

/// A mistake: on a line that begins with the first, the second becomes the third, and this rule finds
/// it there.
struct Mistake(&'static str, &'static str, &'static str, &'static str);

const MISTAKES: [Mistake; 35] = [
    Mistake("title = ", "title", "titel", "BR101"),
    Mistake("why = ", "why", "wyh", "BR101"),
    Mistake("role = ", "role", "rloe", "BR101"),
    Mistake("within = ", "within", "wihtin", "BR101"),
    Mistake("owner = ", "owner = \"", "owner = 1 # \"", "BR103"),
    Mistake("reviewed-on = ", "= 2", "= \"2\" # ", "BR103"),
    Mistake("version = ", "= \"", "= \"\" # \"", "BR104"),
    Mistake("title = ", "= \"", "= \" \" # \"", "BR104"),
    Mistake("summary = ", "= \"", "= \"\" # \"", "BR104"),
    Mistake("within = ", "= \"", "= \"soon\" # \"", "BR106"),
    Mistake("phase = ", "= \"", "= \"x", "BR107"),
    Mistake("role = ", "= \"", "= \"the-", "BR107"),
    Mistake("schema = ", "= ", "= 9 # ", "BR108"),
    Mistake("needs = [\"", "[\"", "[\"no-such-step-", "BR201"),
    Mistake("ask = [\"", "[\"", "[\"no_such_fact_", "BR204"),
    Mistake("when = \"", "= \"", "= \"no_such_fact or ", "BR204"),
    Mistake("when = \"", "= \"", "= \"severity == 'no-such-option' or ", "BR206"),
    Mistake("when = \"", "= \"", "= \"and ", "BR205"),
    Mistake("for-each = \"", "= \"", "= \"severity\" # \"", "BR207"),
    Mistake("suits = [\"", "[\"", "[\"no-such-kind\", \"", "BR210"),
    Mistake("owner = ", "= \"", "= \"", "BR004"),
    Mistake("title = ", "\n", "\ntitle = \"again\"\n", "BR005"),
    Mistake("title = ", "= \"", "= \"\u{202e}", "BR007"),
    Mistake("why = ", "= \"", "= \"\u{200b}", "BR007"),
    Mistake("role = ", "\n", " # breach: allow BR308 it has one\n", "BR009"),
    Mistake("role = ", "\n", " # breach: allow BR999 x\n", "BR011"),
    Mistake("reviewed-on = ", "= 20", "= 2020-01-31 # ", "BR401"),
    Mistake("references = [", "[", "[\"https://x.example/a b\", ", "BR402"),
    Mistake("use = \"", "= \"", "= \"x-", "BR216"),
    Mistake("timeout = \"", "= \"", "= \"x", "BR106"),
    Mistake("needs = [\"", "[\"", "[\"x y\", \"", "BR106"),
    Mistake("run = [\"", "[", "[] # [", "BR115"),
    Mistake("changes = true", "true", "\"yes\"", "BR103"),
    Mistake("for-each = \"", "= \"", "= 1 # \"", "BR103"),
    Mistake("undo = \"", "= \"", "= \"\" # \"", "BR104"),
];

/// The text with the mistake, and its line.
fn plant(text: &str, mistake: &Mistake) -> Option<(String, usize)> {
    let Mistake(begin, from, to, rule) = mistake;
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let fits = |(_, start): &(usize, usize)| text[*start..].starts_with(begin);
    let (line, start) = starts.enumerate().find(fits)?;
    let end = start + text[start..].find('\n')? + 1;
    let planted = text[start..end].replacen(from, to, 1);
    // A text that never closes.
    let planted = if *rule == "BR004" { planted.replacen("\"\n", "\n", 1) } else { planted };
    (planted != text[start..end])
        .then(|| (format!("{}{planted}{}", &text[..start], &text[end..]), line + 1))
}

#[test]
#[expect(clippy::print_stdout, reason = "the counts are of interest, too")]
fn each_is_found_on_its_line_and_nothing_else_is() {
    let (mut planted, mut missed, mut wrong) = (0, 0, String::new());
    for (path, text) in breach::playbook::builtin::all() {
        for mistake in &MISTAKES {
            let Some((text, line)) = plant(text, mistake) else { continue };
            planted += 1;
            let document = Document { name: (*path).to_owned(), text };
            let found = check(&document, path, &Policy::default(), super::rules::today()).findings;
            // The second of two keys is the one that is too many.
            let line = line + usize::from(mistake.3 == "BR005");
            let told: Vec<_> =
                found.iter().map(|found| (found.rule.id, found.place.line)).collect();
            missed += usize::from(!told.contains(&(mistake.3, line)));
            if told.len() > 1 {
                let _ = writeln!(wrong, "{path}:{line} {} {}: {told:?}", mistake.3, mistake.2);
            }
        }
    }
    let more = wrong.lines().count();
    println!(
        "{planted} mistakes planted, {missed} missed, {more} told with what follows from them"
    );
    assert!(planted > 500 && missed == 0, "{planted} {missed}");
    // A fact that is asked under another name is not asked under its own.
    assert!(more * 20 <= planted, "{wrong}");
}
