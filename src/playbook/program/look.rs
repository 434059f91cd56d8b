//! What a command runs in the end, by the table: through `sudo`, `env` and the like, in a container,
//! on the far side of `ssh`.

use super::code::{changes_data, commands, says};
use super::table::{Does, Row, Table, Then, is_assignment, name};
use super::words::Words;
use super::{Look, Programs, Reads};

/// Programs within programs; nobody writes more.
const DEEPEST: usize = 16;

/// Looks at the words of a command.
pub(super) fn look(table: &Table, own: &Programs, run: &[&str]) -> Look {
    let mut looker =
        Looker { table, own, run, seen: vec![false; run.len()], look: Look::default() };
    looker.program(0, 0);
    for (at, word) in run.iter().enumerate() {
        if word.contains(['=', ':']) && table.lines.begin(word.trim_start_matches("-o")) {
            looker.look.reads.push((at, Reads::Shell));
        }
    }
    let mut look = looker.look;
    look.reads.sort_by_key(|(at, _)| *at);
    look.reads.dedup_by_key(|(at, _)| *at);
    let harmless =
        |word: &&str| matches!(*word, "--help" | "--version") || word.starts_with("--dry-run");
    look.changes &= !run.iter().any(harmless);
    look
}

pub(super) struct Looker<'l> {
    pub(super) table: &'l Table,
    pub(super) own: &'l Programs,
    pub(super) run: &'l [&'l str],
    /// Words that were taken for a program already: no row and no loop doubles the work.
    seen: Vec<bool>,
    pub(super) look: Look,
}

/// How far the words of a program were read.
#[expect(clippy::struct_excessive_bools, reason = "each is something that its words said")]
struct Place<'l> {
    row: &'l Row,
    start: usize,
    at: usize,
    depth: usize,
    scripts: bool,
    /// What names what it does.
    words: Vec<&'l str>,
    /// What follows, and after how many words more.
    then: Option<(Then, usize, bool)>,
    valued: Option<&'l Words>,
    /// The name of the request, where an option says one.
    method: Option<&'l str>,
    changes: bool,
    harmless: bool,
    opens: bool,
}

impl<'l> Looker<'l> {
    /// A program that begins here.
    pub(super) fn program(&mut self, at: usize, depth: usize) {
        let Some(word) = self.run.get(at) else { return };
        if depth > DEEPEST || std::mem::replace(&mut self.seen[at], true) {
            return;
        }
        self.look.programs.push(at);
        let rows = self.table.rows(name(word));
        if rows.is_empty() {
            self.unknown(at, depth);
        }
        let before = (self.look.reads.len(), self.look.programs.len());
        for row in rows.iter().chain(self.own.rows(name(word))) {
            self.row(row, at, depth, true);
        }
        // Tools do more than the table says: they start a program named among their words.
        let is_tool = rows.iter().any(|row| row.verb.is_some() || !row.does.is_empty());
        if is_tool && before == (self.look.reads.len(), self.look.programs.len()) {
            self.carried(at, depth);
            self.statements(at);
        }
    }

    /// `scripts`: whether a word can name a file of code.
    pub(super) fn row(&mut self, row: &'l Row, at: usize, depth: usize, scripts: bool) {
        let then = row.then.map(|then| (then, row.skip, row.behind));
        let mut place = Place {
            row,
            start: at,
            at: at + 1,
            depth,
            scripts,
            words: Vec::new(),
            then,
            valued: None,
            method: None,
            changes: row.changes,
            harmless: false,
            opens: false,
        };
        let mut options = true;
        while let Some(word) = self.run.get(place.at).copied() {
            if options && word == "--" {
                options = false;
                place.at += 1;
                if let Some((then, 0, _) | (then, _, true)) = place.then {
                    self.then(then, &place);
                    break;
                }
                continue;
            }
            let is_option = row.code.has(word)
                || row.shell.has(word)
                || word.len() > 1 && word.starts_with(['-', '+'])
                || row.slash && word.starts_with('/');
            if options {
                let begins = row.begins.all().iter().map(|sign| (place.at, sign.clone()));
                self.look.begins.extend(begins);
            }
            if options && row.begins.begin(word) {
                self.reads(place.at, Reads::Code, row);
                place.at += 1;
            } else if options && is_option {
                if !self.option(&mut place, word) {
                    break;
                }
            } else if !self.word(&mut place, word) {
                break;
            }
        }
        self.settle(place);
    }

    /// A word that is no option. Returns whether more follows.
    fn word(&mut self, place: &mut Place<'l>, word: &'l str) -> bool {
        place.changes |= place.row.changes_on.has(word) || place.row.changes_with.begin(word);
        place.harmless |= place.row.harmless_with.begin(word);
        match &mut place.then {
            Some((Then::Program | Then::Script, 0, false)) if is_assignment(word) => {}
            Some((then, 0, false)) => {
                let then = *then;
                self.then(then, place);
                return false;
            }
            Some((_, skip, _)) => *skip = skip.saturating_sub(1),
            None => {
                place.words.push(word);
                let does = place.row.does.iter().filter(|does| does.is(&place.words));
                for Does { valued, changes, then, skip, behind, .. } in does {
                    place.changes |= changes;
                    if let Some(then) = then {
                        place.then = Some((*then, *skip, *behind));
                        place.valued = Some(valued);
                    }
                }
            }
        }
        place.at += 1;
        true
    }

    /// An option, and the value that it takes. Returns whether more follows.
    fn option(&mut self, place: &mut Place<'l>, word: &'l str) -> bool {
        let (row, at) = (place.row, place.at);
        place.at += 1;
        let (option, glued) = match word.split_once('=') {
            Some((option, value)) => (option, Some(value)),
            None => (word, None),
        };
        let is = |words: &Words| words.has_option(option, row.prefix);
        place.opens |= is(&row.opens);
        place.harmless |= is(&row.harmless);
        place.changes |= is(&row.changes_on) || row.changes_with.begin(word);
        let loads = is(&row.loads);
        if loads {
            self.look.programs.push(if glued.is_some() { at } else { place.at });
        }
        if is(&row.stops) {
            if loads && matches!(row.then, Some(Then::Script | Then::Shell)) {
                self.script(place.at, self.run.len());
            }
            return false;
        }
        if loads || is(&row.pairs) {
            place.at += usize::from(glued.is_none()) + usize::from(is(&row.pairs));
            return true;
        }
        if is(&row.starts) {
            self.program(place.at, place.depth + 1);
            return true;
        }
        for (words, reads) in [(&row.shell, Reads::Shell), (&row.code, Reads::Code)] {
            if is(words) {
                if glued.is_some() {
                    self.reads(at, reads, row);
                    return true;
                }
                return self.code(place, reads);
            }
        }
        if is(&row.piped) {
            self.piped(if glued.is_some() { at } else { place.at }, row);
        }
        if is(&row.methods) {
            place.method = glued.or_else(|| self.run.get(place.at).copied());
        }
        if is(&row.valued) || place.valued.is_some_and(|valued| valued.has(option)) {
            place.at += usize::from(glued.is_none());
            return true;
        }
        if row.single || row.prefix || word.starts_with("--") || word.starts_with(['+', '/']) {
            return true;
        }
        self.cluster(place, word, at)
    }

    /// `-tAc` is `-t -A -c`, and `-cCODE` is `-c CODE`.
    fn cluster(&mut self, place: &mut Place<'l>, word: &'l str, at: usize) -> bool {
        let row = place.row;
        for (offset, letter) in word.char_indices().skip(1) {
            let rest = &word[offset + letter.len_utf8()..];
            place.opens |= row.opens.has_letter(letter);
            place.harmless |= row.harmless.has_letter(letter);
            place.changes |= row.changes_on.has_letter(letter);
            for (words, reads) in [(&row.shell, Reads::Shell), (&row.code, Reads::Code)] {
                if words.has_letter(letter) {
                    if rest.is_empty() {
                        return self.code(place, reads);
                    }
                    // `-pe` is `-p -e`, and the code follows it.
                    if rest.chars().all(|letter| words.has_letter(letter)) {
                        break;
                    }
                    self.reads(at, reads, row);
                    return true;
                }
            }
            if row.loads.has_letter(letter) {
                self.look.programs.push(if rest.is_empty() { place.at } else { at });
                place.at += usize::from(rest.is_empty());
                return !row.stops.has_letter(letter);
            }
            if row.piped.has_letter(letter) {
                self.piped(if rest.is_empty() { place.at } else { at }, row);
            }
            if row.methods.has_letter(letter) {
                place.method =
                    if rest.is_empty() { self.run.get(place.at).copied() } else { Some(rest) };
            }
            let valued = place.valued.is_some_and(|valued| valued.has_letter(letter));
            if valued || row.valued.has_letter(letter) {
                place.at += usize::from(rest.is_empty());
                return true;
            }
        }
        true
    }

    /// What follows an option with code. Returns whether more follows.
    fn code(&mut self, place: &mut Place<'l>, reads: Reads) -> bool {
        if place.row.rest {
            for at in place.at..self.run.len() {
                self.reads(at, reads, place.row);
            }
            return false;
        }
        let is_option = |word: &&str| place.row.late && word.starts_with(['-', '+']);
        while self.run.get(place.at).is_some_and(is_option) {
            place.at += 1;
        }
        self.reads(place.at, reads, place.row);
        place.at += 1;
        true
    }

    /// Reads a value that is a file name or, after `|` or `!`, a shell line; a filled-in value could
    /// start with either.
    fn piped(&mut self, at: usize, row: &Row) {
        let Some(word) = self.run.get(at) else { return };
        let value = match word.split_once('=') {
            Some((option, value)) if option.starts_with('-') => value,
            _ if word.starts_with('-') => word.get(2..).unwrap_or_default(),
            _ => *word,
        };
        if value.starts_with(['|', '!', '{']) {
            self.reads(at, Reads::Shell, row);
        }
    }

    /// Somebody reads this word.
    fn reads(&mut self, at: usize, reads: Reads, row: &Row) {
        let Some(word) = self.run.get(at) else { return };
        self.look.reads.push((at, reads));
        // `--eval=CODE` and `-eCODE` are the option and the code.
        let text = match word.starts_with('-').then(|| word.split_once('=')) {
            Some(Some((_, value))) => value,
            Some(None) => word.get(2..).unwrap_or_default(),
            None => *word,
        };
        // A single word is not a command if the shell joins it with others.
        let is_line = reads == Reads::Shell && row.then != Some(Then::Shell);
        self.look.changes |= match reads {
            Reads::Code => row.sql && changes_data(text) || says(text, row.changes_in.all()),
            Reads::Shell | Reads::Line | Reads::FarShell => {
                says(text, row.changes_in.all())
                    || commands(text).iter().any(|words| {
                        let words: Vec<&str> = words.iter().map(String::as_str).collect();
                        (is_line || words.len() > 1) && look(self.table, self.own, &words).changes
                    })
            }
            Reads::Name | Reads::Opens => false,
        };
    }

    /// What follows the words of a program.
    fn then(&mut self, then: Then, place: &Place<'l>) {
        let all = place.at..self.run.len();
        // Whoever was given code by an option expects none among the words.
        let before = place.start..place.at;
        let has_code = self.look.reads.iter().any(|(at, _)| before.contains(at));
        match then {
            Then::Word | Then::Script if has_code => {}
            Then::Script => {
                self.look.programs.extend(place.scripts.then_some(place.at));
                if place.scripts {
                    self.script(place.at, self.run.len());
                }
            }
            Then::Program => self.program(place.at, place.depth + 1),
            Then::Nothing => {}
            Then::Opens => self.opens(place.at),
            Then::Call => {
                let name = self.run[place.at].rsplit(['.', '/', ':']).next();
                self.look.changes |= self.table.verbs.change(name.as_slice(), 0, 1);
            }
            Then::Word => self.reads(place.at, Reads::Code, place.row),
            Then::Code => all.for_each(|at| self.reads(at, Reads::Code, place.row)),
            Then::Shell => all.for_each(|at| self.reads(at, Reads::Shell, place.row)),
            Then::Line => {
                all.for_each(|at| self.reads(at, Reads::Line, place.row));
                if let Some(first) = self.run.get(place.at..=place.at) {
                    self.look.changes |= look(self.table, self.own, first).changes;
                }
            }
            Then::Far => {
                all.for_each(|at| self.reads(at, Reads::FarShell, place.row));
                // For what it changes there: the shell reads all of it anyway.
                self.program(place.at, place.depth + 1);
            }
        }
    }

    /// What a program opens from here on: an answer at the end of a name may make it a command,
    /// whatever stands before it. One with something behind it may hold only harmless characters.
    fn opens(&mut self, from: usize) {
        for at in from..self.run.len() {
            if !self.run[at].ends_with(char::is_alphanumeric) {
                self.look.reads.push((at, Reads::Opens));
            }
        }
    }

    /// What the words of a program come to.
    fn settle(&mut self, place: Place<'l>) {
        let Place { row, start, at, words, method, changes, harmless, .. } = place;
        let before = &self.run[start..at.min(self.run.len())];
        if place.opens || before.iter().any(|word| says(word, row.opens_in.all())) {
            self.opens(at);
        }
        // Of a tool with no place for verbs the table knows what it does, but not all of it.
        let verb = row.verb.or((!row.does.is_empty()).then_some((0, 3)));
        let verb = verb.is_some_and(|(after, among)| {
            let option = self.run.get(start + 1).filter(|word| word.starts_with('-'));
            option.is_some_and(|option| self.table.verbs.option_changes(option))
                || self.table.verbs.change(&words, after, among)
        });
        let reads = ["get", "head", "options"];
        let asks = method.map(|method| !reads.iter().any(|one| one.eq_ignore_ascii_case(method)));
        self.look.changes |= asks.unwrap_or(changes && !harmless) || verb && !harmless;
    }
}
