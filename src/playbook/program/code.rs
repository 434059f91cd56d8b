//! Scans code for a shell, a database or an interpreter. The code is not parsed: whatever looks like a
//! change counts as one.

/// Database statements that change data.
const STATEMENTS: [&str; 19] = [
    "alter", "call", "create", "deny", "delete", "drop", "exec", "execute", "grant", "insert",
    "kill", "merge", "rename", "replace", "revoke", "shutdown", "truncate", "update", "upsert",
];

/// First words of statements, and one of which must follow.
const PAIRS: [(&[&str], &[&str]); 6] = [
    (&["delete", "select", "with"], &["from"]),
    (&["update"], &["set"]),
    (&["insert", "merge", "replace"], &["into"]),
    (
        &["alter", "create", "drop", "truncate"],
        &[
            "database", "index", "keyspace", "login", "role", "schema", "table", "trigger", "user",
            "view",
        ],
    ),
    (&["grant"], &["to"]),
    (&["revoke"], &["from"]),
];

/// Statements that can be part of another one, inside parentheses or after them.
const PARTS: [&str; 4] = ["delete", "insert", "merge", "update"];

/// Words that can come before a statement.
const BEFORE: [&str; 6] = ["analyze", "begin", "do", "explain", "start", "verbose"];

/// Words that can come before a shell command.
const LEADING: [&str; 9] = ["!", "do", "elif", "else", "exec", "if", "then", "until", "while"];

/// What kind of word may come next in SQL.
#[derive(Clone, Copy, PartialEq)]
enum Next {
    Statement,
    Part,
    Other,
}

/// Whether any statement in SQL changes data, also one inside `WITH`, or runs a shell command.
pub(super) fn changes_data(sql: &str) -> bool {
    let (mut rest, mut next, mut copies) = (sql, Next::Statement, false);
    let mut depth = 0_usize;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match c {
            '\'' | '"' | '`' => {
                length = rest[1..].find(c).map_or(rest.len(), |end| end + 2);
                next = Next::Other;
            }
            '-' if rest.starts_with("--") => length = rest.find('\n').unwrap_or(rest.len()),
            // MySQL runs the text after `/*!`.
            '/' if rest.starts_with("/*!") => length = 3,
            '/' if rest.starts_with("/*") => {
                length = rest.find("*/").map_or(rest.len(), |end| end + 2);
            }
            '\\' if rest.starts_with("\\!") => return true,
            ';' => (next, copies) = (Next::Statement, false),
            '(' => (next, depth) = (Next::Part, depth + 1),
            ')' => (next, depth) = (Next::Part, depth.saturating_sub(1)),
            c if c.is_alphabetic() || c == '_' => {
                let is_part = |c: char| c.is_alphanumeric() || c == '_';
                length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
                let word = rest[..length].to_ascii_lowercase();
                let word = word.as_str();
                let changes = match next {
                    Next::Statement => STATEMENTS.contains(&word),
                    Next::Part => PARTS.contains(&word),
                    Next::Other => word == "into",
                };
                if changes || copies && depth == 0 && matches!(word, "from" | "program") {
                    return true;
                }
                copies |= next == Next::Statement && word == "copy";
                if next != Next::Statement || !BEFORE.contains(&word) {
                    next = Next::Other;
                }
            }
            c if c.is_whitespace() || c.is_ascii_digit() && next == Next::Statement => {}
            _ => next = Next::Other,
        }
        rest = &rest[length..];
    }
    false
}

/// Whether a text can only be a statement for a database: by its first word, and by one that must
/// follow it.
pub(super) fn is_statement(text: &str) -> bool {
    let mut words =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty());
    let Some(first) = words.next().map(str::to_ascii_lowercase) else { return false };
    // GraphQL.
    if matches!(first.as_str(), "mutation" | "query") && text.contains('{') {
        return is_quoted(text);
    }
    let Some((_, follow)) = PAIRS.iter().find(|(known, _)| known.contains(&first.as_str())) else {
        return false;
    };
    words.any(|word| follow.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

/// Whether an answer stands between quotes: whoever wrote them expects that something reads them. In
/// JSON they stand around every text.
pub(super) fn is_quoted(text: &str) -> bool {
    let quoted = |quote: char| {
        text.match_indices([quote]).any(|(at, _)| {
            let rest = text[at + 1..].strip_prefix('{');
            rest.and_then(|rest| rest.split_once('}')).is_some_and(|(name, after)| {
                after.starts_with(quote)
                    && !name.contains(|c: char| !c.is_alphanumeric() && c != '_')
            })
        })
    };
    let is_json = text.starts_with(['{', '[']) && text[1..].trim_start().starts_with(['"', '{']);
    !is_json && (quoted('\'') || quoted('"'))
}

/// The commands in a shell line, each as its words without quotes.
pub(super) fn commands(line: &str) -> Vec<Vec<String>> {
    let mut all = vec![Vec::new()];
    let mut word = String::new();
    let mut quote = None;
    // The open substitutions: the character that opened each, and the quote around it.
    let mut outer: Vec<(char, Option<char>)> = Vec::new();
    let mut before = ' ';
    let line = line.trim_start_matches(['|', '!']);
    // `{name}` will be an answer, and stays in its word.
    let mut held = 0;
    for (at, c) in line.char_indices() {
        if c == '{' {
            held = held.max(at + hole(&line[at..]));
        }
        let begins = c == '`' && !outer.iter().any(|(open, _)| *open == '`')
            || c == '(' && (quote.is_none() || before == '$');
        let ends = c == '`' && !begins || c == ')' && quote.is_none();
        before = c;
        match (c, quote) {
            (_, Some('\'')) if c != '\'' => word.push(c),
            _ if begins || ends || quote.is_none() && at >= held && ";|&\n{}".contains(c) => {
                take(&mut all, &mut word);
                all.push(Vec::new());
                if begins {
                    outer.push((c, quote.take()));
                } else if ends {
                    quote = outer.pop().and_then(|(_, quote)| quote);
                }
            }
            ('\'' | '"', None) => quote = Some(c),
            (_, Some(open)) if open == c => quote = None,
            (_, None) if c.is_whitespace() => take(&mut all, &mut word),
            _ => word.push(c),
        }
    }
    take(&mut all, &mut word);
    for words in &mut all {
        let leading = words.iter().take_while(|word| LEADING.contains(&word.as_str())).count();
        words.drain(..leading);
    }
    all.retain(|words| !words.is_empty());
    all
}

/// The length of the placeholder at the start of a text.
fn hole(text: &str) -> usize {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let end = text[1..].find(|c| !is_part(c)).map_or(text.len(), |end| end + 1);
    if end > 1 && text[end..].starts_with('}') { end + 1 } else { 0 }
}

fn take(all: &mut [Vec<String>], word: &mut String) {
    let word = std::mem::take(word);
    if let Some(words) = all.last_mut().filter(|_| !word.trim().is_empty()) {
        words.push(word);
    }
}

/// Whether code contains one of these calls, with or without spaces. One that ends in `*` is a prefix.
pub(super) fn says(code: &str, calls: &[String]) -> bool {
    let bare: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    calls.iter().any(|call| holds(code, call) || holds(&bare, call))
}

fn holds(code: &str, call: &str) -> bool {
    let (call, goes_on) = match call.strip_suffix('*') {
        Some(call) => (call, true),
        None => (call, false),
    };
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    // `<<>>` of Perl opens files and nothing else, and is not `<>`.
    let is_doubled = |before: &str| call.starts_with('<') && before.ends_with('<');
    code.match_indices(call).any(|(at, _)| {
        let (before, after) = (&code[..at], &code[at + call.len()..]);
        let begins =
            !is_doubled(before) && (!call.starts_with(is_name) || !before.ends_with(is_name));
        let ends = goes_on || !call.ends_with(is_name) || !after.starts_with(is_name);
        begins && ends
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_found_wherever_it_stands() {
        for sql in [
            "DELETE FROM t",
            " drop table t",
            "WITH old AS (SELECT 1) DELETE FROM t USING old",
            "with gone as (delete from t returning *) select * from gone",
            "SELECT 1; UPDATE t SET a = 1",
            "EXPLAIN ANALYZE DELETE FROM t",
            "BEGIN; TRUNCATE t; COMMIT",
            "/* harmless */ insert into t values (1)",
            "/*!50000 DROP */ TABLE t",
            "select * into t2 from t",
            "COPY t FROM '/tmp/x'",
            "COPY t TO PROGRAM 'sh'",
            "\\! reboot",
        ] {
            assert!(changes_data(sql), "{sql}");
        }
        for sql in [
            "SELECT 1",
            "select 'delete from t; drop table t'",
            "SELECT last_update, \"update\" FROM t -- delete",
            "select replace(a, 'x', 'y') from t where update_at > now() for update",
            "WITH a AS (SELECT count(*) FROM t) SELECT * FROM a",
            "COPY (SELECT * FROM t) TO STDOUT",
            "show grants",
            "",
        ] {
            assert!(!changes_data(sql), "{sql}");
        }
    }

    #[test]
    fn a_statement_is_known_by_its_words() {
        for text in [
            "select * from t where a = '{item}'",
            "REVOKE ALL ON t FROM web",
            "create user x",
            "query={ user(login: \"{item}\") { id } }",
        ] {
            assert!(is_statement(text), "{text}");
        }
        for text in
            ["update", "select", "create a ticket", "delete the file", "query", "Grant {item}"]
        {
            assert!(!is_statement(text), "{text}");
        }
        for (text, quoted) in [
            ("a == '{item}'", true),
            ("{app=\"shop\"} |= \"{item}\"", true),
            ("{\"user\": \"{item}\"}", false),
            ("it's {item}", false),
        ] {
            assert_eq!(is_quoted(text), quoted, "{text}");
        }
    }

    #[test]
    fn a_line_of_a_shell_is_its_commands() {
        let words = |line| {
            let all = commands(line).into_iter().map(|words| words.join(" "));
            all.collect::<Vec<_>>().join("|")
        };
        for (line, all) in [
            ("ls -l /tmp", "ls -l /tmp"),
            ("true; rm -rf /x && reboot", "true|rm -rf /x|reboot"),
            ("if true; then kill 1; fi", "true|kill 1|fi"),
            ("grep 'a|kill b' f", "grep a|kill b f"),
            ("echo \"$(rm x) `mv y z`\"; reboot", "echo $|rm x|mv y z|reboot"),
            ("|rm x", "rm x"),
            ("! sudo reboot", "sudo reboot"),
            ("net user {item} /active:no", "net user {item} /active:no"),
            ("Get-X | % {Stop-X $_}", "Get-X|%|Stop-X $_"),
            ("", ""),
        ] {
            assert_eq!(words(line), all, "{line}");
        }
    }

    #[test]
    fn a_call_is_a_whole_word_unless_it_may_go_on() {
        let calls = ["unlink", "os.exec*", "|getline", "system("].map(str::to_owned);
        for code in
            ["unlink $f", "for(@f){unlink}", "os.execv(x)", "\"x\" | getline", "system ('x')"]
        {
            assert!(says(code, &calls), "{code}");
        }
        for code in ["print unlinked", "ecosystem(1)", "getline < f", "os.environ"] {
            assert!(!says(code, &calls), "{code}");
        }
    }
}
