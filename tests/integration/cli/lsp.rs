//! `breach playbook lsp` with a scripted editor: what it shows, offers, explains and survives.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};

use super::room::Room;

const PLAYBOOK: &str = mail!(
    r#"
[fact.mailboxes]
title = "Mailboxes"
ask = "Which?"
type = "list"
of = "accounts"

[[step]]
id = "keep-the-logs"
title = "Keep the logs"
why = "They rotate."
do = "Copy them."
role = "responder"
preserves = ["logs"]
ask = ["mailboxes"]

[[step]]
id = "close"
title = "Close {item} 😀"
why = "They are in use."
do = "Close it."
role = "responder"
for-each = "mailboxes"
when = "mailboxes.count > 0"
needs = ["keep-the-logs"]
"#
);

/// An editor, and the program that serves it.
struct Editor {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    asked: i64,
}

impl Editor {
    fn start(room: &Room) -> Self {
        let mut child = room
            .command(&["playbook", "lsp"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        let stdin = child.stdin.take().expect("piped");
        let stdout = BufReader::new(child.stdout.take().expect("piped"));
        let mut editor = Self { child, stdin, stdout, asked: 0 };
        let told = editor.ask("initialize", json!({ "capabilities": {} }));
        assert_eq!(told["serverInfo"]["name"], "breach");
        editor.tell("initialized", json!({}));
        editor
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.stdin, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("written");
        self.stdin.flush().expect("written");
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn hear(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.stdout.read_line(&mut line).expect("a line");
            let line = line.trim();
            if let Some(value) = line.strip_prefix("Content-Length: ") {
                length = value.parse().expect("a number");
            } else if line.is_empty() {
                break;
            }
        }
        let mut text = vec![0; length];
        self.stdout.read_exact(&mut text).expect("a message");
        serde_json::from_slice(&text).expect("JSON")
    }

    /// The answer to a request; what is told meanwhile is passed over.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let mut heard = self.hear();
            if heard["id"] == id {
                assert!(heard.get("error").is_none(), "{method}: {heard}");
                return heard["result"].take();
            }
        }
    }

    /// The next list of what is found.
    fn found(&mut self) -> Vec<Value> {
        loop {
            let heard = self.hear();
            if heard["method"] == "textDocument/publishDiagnostics" {
                return heard["params"]["diagnostics"].as_array().expect("a list").clone();
            }
        }
    }

    fn open(&mut self, uri: &str, text: &str) -> Vec<Value> {
        let document = json!({ "uri": uri, "languageId": "toml", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
        self.found()
    }

    fn change(&mut self, uri: &str, version: i32, changes: Value) -> Vec<Value> {
        let document = json!({ "uri": uri, "version": version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.tell("textDocument/didChange", params);
        self.found()
    }

    fn end(mut self) {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        drop(self.stdin);
        assert!(self.child.wait().expect("ended").success());
    }
}

fn uri(room: &Room, name: &str) -> String {
    format!("file://{}", room.path(name).display())
}

/// The place of `|` in a text, and the text without it.
fn marked(text: &str) -> (String, Value) {
    let at = text.find('|').expect("a mark");
    let before = &text[..at];
    let line = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let character = before[start..].encode_utf16().count();
    (text.replacen('|', "", 1), json!({ "line": line, "character": character }))
}

fn at(uri: &str, place: &Value) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": place })
}

fn codes(found: &[Value]) -> Vec<&str> {
    found.iter().map(|found| found["code"].as_str().expect("a code")).collect()
}

#[test]
fn what_the_checker_finds_is_shown_as_it_is_typed() {
    let room = Room::new();
    std::fs::write(
        room.path("breach.toml"),
        "exclude = [\"out/\"]\n[check.levels]\nBR308 = \"error\"\n",
    )
    .expect("written");
    let mut editor = Editor::start(&room);
    let mail = uri(&room, "books/mail.toml");
    assert_eq!(editor.open(&mail, PLAYBOOK), Vec::<Value>::new());
    // Behind a character of two UTF-16 units.
    let wrong = PLAYBOOK.replace("😀\"", "😀\" # breach: allow BR999 x");
    let found = editor.change(&mail, 2, json!([{ "text": wrong }]));
    assert_eq!(codes(&found), ["BR011"]);
    let line = "title = \"Close {item} 😀\" ".encode_utf16().count();
    assert_eq!(found[0]["range"]["start"]["character"], line);
    // Only what changes is sent.
    let (text, place) =
        marked(&PLAYBOOK.replace("role = \"responder\"\nfor", "|role = \"responder\"\nfor"));
    assert_eq!(editor.change(&mail, 3, json!([{ "text": text }])), Vec::<Value>::new());
    let end = json!({ "line": place["line"].as_u64().expect("a line") + 1, "character": 0 });
    let found =
        editor.change(&mail, 4, json!([{ "range": { "start": place, "end": end }, "text": "" }]));
    assert_eq!(
        (codes(&found), &found[0]["severity"]),
        (vec!["BR308"], &json!(1)),
        "a level of breach.toml"
    );
    // Another program's file, and one that is left out.
    assert!(editor.open(&uri(&room, "Cargo.toml"), "[package]\nname = \"x\"\n").is_empty());
    assert!(
        editor.open(&uri(&room, "out/x.toml"), "schema = 1\nid = \"X\"\nphase = 1\n").is_empty()
    );
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": mail } }));
    assert!(editor.found().is_empty());
    editor.end();
}

#[test]
fn it_completes_keys_and_names() {
    let room = Room::new();
    let mail = uri(&room, "mail.toml");
    let mut editor = Editor::start(&room);
    editor.open(&mail, PLAYBOOK);
    let mut version = 1;
    let mut labels = |editor: &mut Editor, text: &str| -> Vec<String> {
        let (text, place) = marked(text);
        version += 1;
        editor.change(&mail, version, json!([{ "text": text }]));
        let items = editor.ask("textDocument/completion", at(&mail, &place));
        let items = items.as_array().cloned().unwrap_or_default();
        items.iter().map(|item| item["label"].as_str().expect("a label").to_owned()).collect()
    };
    for (text, has, has_not) in [
        (format!("{PLAYBOOK}wi|"), "within", "title"),
        (format!("{PLAYBOOK}wi|"), "command", "use"),
        (format!("{PLAYBOOK}[[step]]\nuse = \"hold-logs\"\n|"), "when", "title"),
        (format!("{PLAYBOOK}\n[[step]]\nid = \"x\"\nneeds = [\"|"), "close", "x"),
        (PLAYBOOK.replace("[\"keep-the-logs\"]", "[\"|\"]"), "keep-the-logs", "close"),
        (PLAYBOOK.replace("mailboxes.count > 0", "incident_kind == '|'"), "insider", "mailboxes"),
        (
            PLAYBOOK.replace("mailboxes.count > 0", "incident_kind in ['insider', '|']"),
            "insider",
            "yes",
        ),
        (PLAYBOOK.replace("mailboxes.count > 0", "'|' in platforms"), "docker", "insider"),
        (PLAYBOOK.replace("of = \"accounts\"", "of = \"|\""), "records", "close"),
        (PLAYBOOK.replace("ask = [\"mailboxes\"]", "ask = [\"|\"]"), "hosts_affected", "close"),
        (PLAYBOOK.replace("for-each = \"mailboxes\"", "for-each = \"|\""), "mailboxes", "aware"),
        (PLAYBOOK.replace("when = \"mailboxes", "when = \"mail|"), "mailboxes", "close"),
        (PLAYBOOK.replace("role = \"responder\"\nfor", "role = |\nfor"), "commander", "close"),
        (format!("{PLAYBOOK}[[step.command]]\nrun = [\"x\", \"{{|\"]\n"), "item", "close"),
        (format!("{PLAYBOOK}[[step.command]]\nrun = [\"x\", \"{{|\"]\n"), "item", "hosts_affected"),
        (PLAYBOOK.replace("Close {item}", "Close {|"), "item", "incident_kind"),
        (PLAYBOOK.replace("mailboxes.count > 0", "|"), "incident_kind", "first_signal"),
        (
            format!("{PLAYBOOK}\n[[step]]\nid = \"x\"\nneeds = [\"close\", \"|\"]"),
            "keep-the-logs",
            "close",
        ),
        (format!("{PLAYBOOK}[[step.command]]\nchanges = |\n"), "true", "close"),
        (format!("{PLAYBOOK}[[step.command]]\nti|\n"), "timeout", "needs"),
        (format!("{PLAYBOOK}evidence = [{{ id = \"x\", ti| }}]\n"), "title", "id"),
        (format!("{PLAYBOOK}[[step]]\nuse = \"|\"\n"), "go-out-of-band", "close"),
        (format!("{PLAYBOOK}destroys = [\"|\"]\n"), "logs", "close"),
        (format!("{PLAYBOOK}# breach: allow BR|\n"), "BR308", "BR101"),
        (format!("{PLAYBOOK}[[st|\n"), "step.command", "id"),
        ("sch|".to_owned(), "schema", "go-out-of-band"),
    ] {
        let labels = labels(&mut editor, &text);
        let contains = |name: &str| labels.iter().any(|label| label == name);
        assert!(contains(has) && !contains(has_not), "{text}\n{labels:?}");
    }
    for text in [
        PLAYBOOK.replace("title = \"Keep", "title = \"Ke|ep"),
        PLAYBOOK.replace("preserves = [\"logs\"]", "preserves = [\"|\"]"),
    ] {
        assert!(labels(&mut editor, &text).is_empty(), "{text}");
    }
    let test = "schema = 1\n[[case]]\nname = \"x\"\nfact = { incident_kind = \"|\" }\n";
    assert!(labels(&mut editor, test).contains(&"insider".to_owned()));
    editor.end();
}

#[test]
fn it_explains_and_leads_to_where_things_are_defined() {
    let room = Room::new();
    std::fs::write(room.path("mail.toml"), PLAYBOOK).expect("written");
    let mail = uri(&room, "mail.toml");
    let mut editor = Editor::start(&room);
    let mut version = 1;
    editor.open(&mail, PLAYBOOK);
    for (from, to, says, line) in [
        ("needs = [\"keep-", "needs = [\"ke|ep-", "They rotate", Some(16)),
        ("when = \"mailboxes", "when = \"mail|boxes", "Which?", Some(9)),
        ("for-each = \"mail", "for-each = \"mail|", "`mailboxes`, list", Some(9)),
        ("for-each = ", "for|-each = ", "repeats", None),
        ("[fact.mailboxes]", "[fact.mail|boxes]", "Which?", None),
        (
            "preserves = [\"logs",
            "destroys = [\"secrets\"]\npreserves = [\"secr|ets\", \"logs",
            "",
            Some(22),
        ),
        ("mailboxes.count > 0", "incident_kind == 'insi|der'", "**", None),
        (
            "[\"keep-the-logs\"]\n",
            "[\"go-out|-of-band\"]\n[[step]]\nuse = \"go-out-of-band\"\n",
            "Move to a channel",
            Some(34),
        ),
        ("{item}", "{item|}", "", None),
    ] {
        let (text, place) = marked(&PLAYBOOK.replace(from, to));
        version += 1;
        editor.change(&mail, version, json!([{ "text": text }]));
        let hover = editor.ask("textDocument/hover", at(&mail, &place));
        let text = hover["contents"]["value"].as_str().unwrap_or_default();
        assert!(text.contains(says), "{to}: {hover}");
        let place = editor.ask("textDocument/definition", at(&mail, &place));
        assert_eq!(place["range"]["start"]["line"].as_u64(), line, "{to}: {place}");
    }
    let shared = format!("{PLAYBOOK}[[step]]\nuse = \"go-out-of-band|\" # breach: allow BR308 x\n");
    let (text, place) = marked(&shared);
    editor.change(&mail, 99, json!([{ "text": text }]));
    let hover = editor.ask("textDocument/hover", at(&mail, &place)).to_string();
    assert!(hover.len() > 100, "{hover}");
    // A test speaks of the steps of its playbook.
    let tests =
        "schema = 1\n[[case]]\nname = \"x\"\nexpect = { outcome = { cl|ose = \"done\" } }\n";
    let (text, place) = marked(tests);
    let other = uri(&room, "mail.test.toml");
    editor.open(&other, &text);
    let place = editor.ask("textDocument/definition", at(&other, &place));
    assert_eq!((&place["uri"], &place["range"]["start"]["line"]), (&json!(mail), &json!(25)));
    editor.end();
}

#[test]
fn it_mends_allows_and_formats() {
    let room = Room::new();
    let mail = uri(&room, "mail.toml");
    let mut editor = Editor::start(&room);
    let wrong = PLAYBOOK
        .replace("title = \"Keep", "titel = \"Keep")
        .replace("role = \"responder\"\nfor", "for");
    let found = editor.open(&mail, &wrong);
    assert_eq!(codes(&found), ["BR101", "BR308"]);
    let all =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 999, "character": 0 } });
    let params =
        json!({ "textDocument": { "uri": mail }, "range": all, "context": { "diagnostics": [] } });
    let actions = editor.ask("textDocument/codeAction", params);
    let titles: Vec<&str> = actions
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["title"].as_str())
        .collect();
    assert_eq!(
        titles,
        ["Change to title", "Allow BR308 here, and say why", "Fix everything that breach can fix"]
    );
    assert_eq!(actions[0]["edit"]["changes"][&mail][0]["newText"], "title");
    let comment = &actions[1]["edit"]["changes"][&mail][0];
    assert_eq!(comment["newText"], "# breach: allow BR308 \n");
    let ugly = PLAYBOOK.replace("id = \"close\"", "id    =    \"close\"");
    editor.change(&mail, 2, json!([{ "text": ugly }]));
    let format = json!({ "textDocument": { "uri": mail }, "options": { "tabSize": 4, "insertSpaces": true } });
    let edits = editor.ask("textDocument/formatting", format.clone());
    assert_eq!(edits.as_array().map(Vec::len), Some(1), "only the line that changes: {edits}");
    assert_eq!(edits[0]["newText"], "id = \"close\"\n");
    editor.change(&mail, 3, json!([{ "text": "id = \"" }]));
    assert_eq!(editor.ask("textDocument/formatting", format), Value::Null, "half written");
    editor.end();
}

#[test]
fn what_is_meant_is_offered_and_a_broken_choice_of_levels_is_told() {
    let room = Room::new();
    std::fs::create_dir(room.path(".git")).expect("a folder");
    let mail = uri(&room, "mail.toml");
    let mut editor = Editor::start(&room);
    let all =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 999, "character": 0 } });
    for (version, (from, to, title)) in (1..).zip([
        ("keep-the-logs\"]", "keep-the-log\"]", "keep-the-logs"),
        ("for-each = \"mailboxes\"", "for-each = \"mailboxs\"", "mailboxes"),
        ("mailboxes.count > 0", "incident_kind == 'insidr'", "insider"),
        (
            "[[step]]\nid = \"close\"",
            "[[step]]\nuse = \"go-out-of-bnd\"\n[[step]]\nid = \"close\"",
            "go-out-of-band",
        ),
    ]) {
        let text = PLAYBOOK.replace(from, to);
        if version == 1 {
            editor.open(&mail, &text)
        } else {
            editor.change(&mail, version, json!([{ "text": text }]))
        };
        let params = json!({ "textDocument": { "uri": mail }, "range": all, "context": { "diagnostics": [] } });
        let actions =
            editor.ask("textDocument/codeAction", params).as_array().cloned().expect("a list");
        let edit = actions.iter().find(|one| one["title"] == format!("Change to `{title}`"));
        let edit = edit.unwrap_or_else(|| panic!("{to}: {actions:?}"));
        assert_eq!(edit["edit"]["changes"][&mail][0]["newText"], title);
    }
    std::fs::write(room.path("breach.toml"), "[check]\nfial-on = \"note\"\n").expect("written");
    let config = uri(&room, "breach.toml");
    let found = editor.open(&config, "[check]\nfial-on = \"note\"\n");
    assert_eq!(codes(&found), ["BR101"]);
    editor.tell("textDocument/didSave", json!({ "textDocument": { "uri": config } }));
    let told = loop {
        let heard = editor.hear();
        if heard["method"] == "window/showMessage" {
            break heard["params"]["message"].to_string();
        }
    };
    assert!(told.contains("breach.toml"), "{told}");
    editor.end();
}

/// Every beginning of a text, at every place, in both forms of line ends: an answer each time.
/// What is open counts, not what the disk still has.
#[test]
fn files_that_are_open_are_held_against_each_other() {
    let room = Room::new();
    std::fs::write(room.path("mail.toml"), PLAYBOOK.replace("\"close\"", "\"shut\""))
        .expect("written");
    let test = "schema = 1\n[[case]]\nname = \"x\"\nexpect = { outcome = { close = \"done\" } }\n";
    let (mail, other) = (uri(&room, "mail.toml"), uri(&room, "mail.test.toml"));
    let mut editor = Editor::start(&room);
    assert_eq!(codes(&editor.open(&other, test)), ["BR219"]);
    // Each is told again, in the order of their names.
    assert_eq!(editor.open(&mail, PLAYBOOK), Vec::<Value>::new());
    editor.found();
    let shut = PLAYBOOK.replace("\"close\"", "\"shut\"");
    assert_eq!(codes(&editor.change(&mail, 2, json!([{ "text": shut }]))), ["BR219"]);
    editor.found();
    // So do levels as they are typed.
    let nobody = PLAYBOOK.replace("role = \"responder\"\nfor", "for");
    assert_eq!(editor.change(&mail, 3, json!([{ "text": nobody }])), Vec::<Value>::new());
    assert_eq!(codes(&editor.found()), ["BR308"]);
    let levels = "[check.levels]\nBR308 = \"off\"\n";
    editor.open(&uri(&room, "breach.toml"), levels);
    editor.found();
    assert_eq!(editor.found(), Vec::<Value>::new());
    editor.end();
}

#[test]
fn it_survives_every_half_written_text() {
    let room = Room::new();
    let mail = uri(&room, "mail.toml");
    let mut editor = Editor::start(&room);
    editor.open(&mail, "");
    for (number, end) in
        (0..=PLAYBOOK.len()).filter(|end| PLAYBOOK.is_char_boundary(*end)).enumerate()
    {
        let text = if number % 2 == 0 {
            PLAYBOOK[..end].to_owned()
        } else {
            PLAYBOOK[..end].replace('\n', "\r\n")
        };
        let (text, place) = marked(&format!("{text}|"));
        editor.tell(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": mail, "version": number }, "contentChanges": [{ "text": text }] }),
        );
        for method in ["completion", "hover", "definition"] {
            editor.ask(&format!("textDocument/{method}"), at(&mail, &place));
        }
    }
    let marked = format!("\u{feff}{}", PLAYBOOK.replace("titel", "x"));
    editor.tell("textDocument/didChange", json!({ "textDocument": { "uri": mail, "version": 1 }, "contentChanges": [{ "text": marked }] }));
    // What is no request of ours, and what is none at all, is refused and nothing ends.
    editor.send(
        &json!({ "jsonrpc": "2.0", "id": "x", "method": "textDocument/rename", "params": {} }),
    );
    editor
        .send(&json!({ "jsonrpc": "2.0", "id": "y", "method": "textDocument/hover", "params": 7 }));
    editor.end();
}

#[test]
fn own_facts_come_before_the_shared_ones() {
    let room = Room::new();
    let mail = uri(&room, "mail.toml");
    let (text, place) = marked(&PLAYBOOK.replace("ask = [\"mailboxes\"]", "ask = [\"|\"]"));
    let mut editor = Editor::start(&room);
    editor.open(&mail, &text);
    let items = editor.ask("textDocument/completion", at(&mail, &place));
    let items = items.as_array().expect("items");
    assert_eq!(items[0]["label"], "mailboxes");
    // Editors sort by the label where there is nothing else.
    let sorted =
        |item: &Value| item["sortText"].as_str().or(item["label"].as_str()).map(str::to_owned);
    assert_eq!(items.iter().min_by_key(|item| sorted(item)), Some(&items[0]));
    editor.end();
}

#[test]
fn a_large_text_is_answered() {
    let room = Room::new();
    let mail = uri(&room, "mail.toml");
    let mut text = PLAYBOOK.to_owned();
    for number in 0..6000 {
        let step = "\n[[step]]\nid = \"step-N\"\ntitle = \"Do it N\"\nwhy = \"It matters for N.\"\ndo = \"Do the N of it, and \
                    write down what was done, by whom and when.\"\nrole = \"responder\"\nneeds = [\"keep-the-logs\"]\n";
        text.push_str(&step.replace('N', &number.to_string()));
    }
    assert!(text.len() > 1_000_000);
    let mut editor = Editor::start(&room);
    editor.open(&mail, &text);
    let (_, place) = marked(&format!("{}|\"]\n", text.trim_end_matches("\"]\n")));
    let items = editor.ask("textDocument/completion", at(&mail, &place));
    assert!(items.as_array().is_some_and(|items| items.len() > 5000));
    editor.end();
}
