//! `breach import notes`: chats and paper as late notes.

use super::room::{Ran, Room, feed};

fn opened() -> Room {
    let room = Room::new();
    room.open();
    room
}

fn import(room: &Room, name: &str, text: &str, more: &[&str]) -> Ran {
    let path = room.path(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(&path, text).expect("written");
    room.breach(&[&["import", "notes", name][..], more].concat())
}

/// Moment, author and text of every note that was imported.
fn notes(room: &Room) -> Vec<(String, String, String)> {
    let notes = room
        .entries()
        .into_iter()
        .filter(|entry| entry["kind"] == "note" && entry["body"].get("imported").is_some());
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    notes
        .map(|entry| {
            let body = &entry["body"];
            let at = text(&entry["occurred"]["earliest"]);
            (at, text(&body["imported"]["author"]), text(&body["text"]))
        })
        .collect()
}

fn shown(room: &Room) -> Vec<String> {
    notes(room).into_iter().map(|(at, by, text)| format!("{at} {by} {text}")).collect()
}

const SLACK: &str = r#"[
 {"type":"message","user":"U1","ts":"1700000000.000100","text":"see <@U2> &lt;b&gt; <https://x.example|the page>"},
 {"type":"message","user":"U3","ts":"1700000060.000000","text":"restarted","edited":{"user":"U3","ts":"1700000061.0"},"thread_ts":"1700000000.000100"},
 {"type":"message","subtype":"tombstone","user":"U2","ts":"1700000120.000000","text":""},
 {"type":"message","subtype":"bot_message","bot_id":"B9","username":"Ada Lovelace","ts":"1700000180.000000","text":"all clear"},
 {"type":"message","user":"U1","ts":"1700000240.000000","text":"","files":[{"name":"screen.png"}]}
]"#;

const USERS: &str = r#"[
 {"id":"U1","real_name":"Ada Lovelace"},
 {"id":"U2","real_name":"Bo Li"},
 {"id":"U3","real_name":"Bo Li"},
 {"id":"U4","name":"nobody"}
]"#;

#[test]
fn a_slack_export_keeps_authors_apart_and_says_what_was_edited_and_deleted() {
    let room = opened();
    std::fs::create_dir_all(room.path("export/incident")).expect("made");
    std::fs::write(room.path("export/users.json"), USERS).expect("written");
    std::fs::write(room.path("export/incident/screen.png"), "pixels").expect("written");
    let ran = import(&room, "export/incident/2023-11-14.json", SLACK, &[]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(ran.said().contains("Read as a Slack export. 5 messages: 5 recorded."), "{ran:?}");
    assert_eq!(
        shown(&room),
        [
            "2023-11-14T22:13:20.000100Z Ada Lovelace see @Bo Li (U2) <b> the page (https://x.example)",
            "2023-11-14T22:14:20Z Bo Li (U3) restarted (edited) (in the thread of 2023-11-14 22:13:20 UTC)",
            "2023-11-14T22:15:20Z Bo Li (U2) [deleted]",
            "2023-11-14T22:16:20Z Ada Lovelace (B9) all clear",
            "2023-11-14T22:17:20Z Ada Lovelace (with screen.png)",
        ]
    );
    assert_eq!(room.bodies("evidence")[0]["title"], "screen.png");
    // The whole export has the same messages, and one more day.
    let more = r#"[{"user":"U4","ts":"1700090000.000000","text":"next day"}]"#;
    std::fs::write(room.path("export/incident/2023-11-15.json"), more).expect("written");
    let ran = room.breach(&["import", "notes", "export"]);
    assert!(ran.said().contains("6 messages: 1 recorded, 5 already"), "{ran:?}");
    // Another export of the same chat is another file.
    let again = SLACK.replace("\n ", "\n    ");
    let ran = import(&room, "export/incident/again.json", &again, &[]);
    assert!(ran.said().contains("5 messages: 0 recorded, 5 already"), "{ran:?}");
    assert_eq!(notes(&room).len(), 6);
    room.verify();
}

#[test]
fn a_mattermost_export_has_posts_and_their_answers() {
    let room = opened();
    let export = concat!(
        r#"{"type":"version","version":1}"#,
        "\n",
        r#"{"type":"post","post":{"team":"t","channel":"c","user":"ada","message":"web-03 is off","create_at":1700000000000,"edit_at":1700000001000,"attachments":[{"path":"20231114/a.txt"}],"replies":[{"user":"bo","message":"seen","create_at":1700000060000}]}}"#,
        "\n",
        r#"{"type":"direct_post","direct_post":{"channel_members":["ada","bo"],"user":"bo","message":"","create_at":1700000120000,"delete_at":1700000121000}}"#,
        "\n",
    );
    std::fs::create_dir_all(room.path("20231114")).expect("made");
    std::fs::write(room.path("20231114/a.txt"), "a").expect("written");
    let ran = import(&room, "import.jsonl", export, &["--privileged"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let log = room.breach(&["log", "show", "--kind", "note"]).out;
    for said in [
        "web-03 is off (with 20231114/a.txt) (edited)",
        "seen (in the thread of 2023-11-14 22:13:20 UTC)",
        "[deleted]",
    ] {
        assert!(log.contains(said), "{said}: {log}");
    }
    assert_eq!(log.matches("(marked privileged)").count(), 3, "{log}");
    assert_eq!(room.bodies("evidence").len(), 1);
    let ran = room.breach(&["import", "notes", "import.jsonl"]);
    assert!(ran.said().contains("0 recorded, 3 already"), "{ran:?}");
    room.verify();
}

#[test]
fn chats_as_text_are_read_in_the_order_of_their_days_and_in_their_zone() {
    let room = opened();
    let ios = "[23/11/2026, 02:40:12] Ada: first line\nsecond line\n\
               \u{200e}[23/11/2026, 2:41:00\u{202f}PM] Bo Li: \u{200e}<attached: 0001-PHOTO.jpg>\n\
               [24/11/2026, 00:10:00] Ada: Diese Nachricht wurde gelöscht.\n";
    std::fs::write(room.path("0001-PHOTO.jpg"), "pixels").expect("written");
    let ran = import(&room, "chat.txt", ios, &["--zone", "Europe/Berlin"]);
    assert!(ran.said().contains("3 messages: 3 recorded"), "{ran:?}");
    let told = "3 messages name no time zone and were read in Europe/Berlin.";
    assert!(ran.said().contains(told), "{ran:?}");
    assert_eq!(
        shown(&room),
        [
            "2026-11-23T02:40:12+01:00 Ada first line\nsecond line",
            "2026-11-23T14:41:00+01:00 Bo Li <attached: 0001-PHOTO.jpg>",
            "2026-11-24T00:10:00+01:00 Ada Diese Nachricht wurde gelöscht.",
        ]
    );
    assert_eq!(room.bodies("evidence")[0]["title"], "0001-PHOTO.jpg");
    let android = "3/4/26, 02:40 - Messages are end-to-end encrypted.\n\
                   3/4/26, 02:41 - Ada: on it\n02:42 is when it fell\n";
    let unsure = import(&room, "android.txt", android, &[]);
    assert!(unsure.exit == Some(2) && unsure.said().contains("--dates day-first"), "{unsure:?}");
    let ran = import(&room, "android.txt", android, &["--dates", "month-first"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert_eq!(
        shown(&room)[3..],
        [
            "2026-03-04T02:40:00Z - Messages are end-to-end encrypted.",
            "2026-03-04T02:41:00Z Ada on it\n02:42 is when it fell",
        ]
    );
    room.verify();
}

#[test]
fn lines_with_times_go_past_midnight_and_a_table_names_its_columns() {
    let room = opened();
    let paper = "2026-11-23\n23:50 pager rings\n00:10 web-03 pulled: the red cable\nby hand\n";
    let ran = import(&room, "night.txt", paper, &[]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let told = "2 messages name no time zone and were read in UTC, this machine's zone; --zone";
    assert!(ran.said().contains(told), "{ran:?}");
    let bare = "23:50 pager rings\n";
    let unsure = import(&room, "bare.txt", bare, &[]);
    assert!(unsure.said().contains("--day 2026-11-23"), "{unsure:?}");
    let table =
        "Time;Author;Message\r\n2026-11-23T02:40:00Z;Ada;\"a; b\r\nc\"\r\n1700000000;Bo;x\r\n";
    let ran = import(&room, "notes.csv", table, &[]);
    assert!(ran.said().contains("Read as a table. 2 messages: 2 recorded"), "{ran:?}");
    assert!(!ran.said().contains("time zone"), "{ran:?}");
    assert_eq!(
        shown(&room),
        [
            "2026-11-23T23:50:00Z - pager rings",
            "2026-11-24T00:10:00Z - web-03 pulled: the red cable\nby hand",
            "2026-11-23T02:40:00Z Ada a; b\r\nc",
            "2023-11-14T22:13:20Z Bo x",
        ]
    );
    room.verify();
}

#[test]
fn a_part_is_taken_and_more_than_a_record_can_hold_is_not() {
    let room = opened();
    let line = |n: usize| format!("2026-11-{:02} 02:40 message {n}\n", 1 + n % 28);
    let many: String = (0..11_000).map(line).collect();
    let ran = import(&room, "many.txt", &many, &[]);
    assert!(ran.exit == Some(2) && ran.said().contains("--since and --until"), "{ran:?}");
    assert!(notes(&room).is_empty());
    let few: String = (0..100).map(line).collect();
    let part = ["--since", "2026-11-10", "--until", "2026-11-11 00:00"];
    let ran = import(&room, "few.txt", &few, &part);
    assert!(ran.said().contains("4 messages: 4 recorded"), "{ran:?}");
}

#[test]
fn what_is_no_chat_is_refused_and_nothing_is_recorded() {
    let room = opened();
    std::os::unix::fs::symlink("/etc/hostname", room.path("link.txt")).expect("linked");
    for (name, text, said) in [
        ("empty.txt", "", "no line begins with a time"),
        ("prose.txt", "nothing happened\n", "no line begins with a time"),
        ("late.txt", "hello\n2026-11-23 02:40 x\n", "line 1: it begins with no time"),
        ("mixed.txt", "13/1/26, 02:40 - A: x\n1/13/26, 02:40 - A: x\n", "in another order"),
        ("bad.json", "[{\"ts\":\"x\",\"text\":\"y\"}]", "message 1: it has no time"),
        ("cut.json", "[{\"ts\":\"1700000000.0\",\"text\":", "EOF"),
        ("bad.jsonl", "{\"type\":\"post\",\"post\":{}}\n", "line 1: missing field `create_at`"),
        ("bad.csv", "time,text\nsoon,x\n", "line 2: `soon` is no time"),
    ] {
        let before = room.entries().len();
        let ran = import(&room, name, text, &[]);
        assert!(ran.exit == Some(2) && ran.said().contains(said), "{name} {ran:?}");
        assert_eq!(room.entries().len(), before, "{name}");
    }
    // An attachment is never taken from elsewhere.
    let escape = r#"[{"user":"U1","ts":"1700000000.0","text":"x","files":[{"name":"../home"},{"name":"/etc/passwd"},{"name":"link.txt"}]}]"#;
    let ran = import(&room, "escape.json", escape, &[]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(room.bodies("evidence").is_empty());
    // What drives a terminal is shown as what it is.
    let hostile = "[23/11/2026, 02:40:12] Eve\u{1b}[2J: x\u{202e}\n";
    import(&room, "hostile.txt", hostile, &[]);
    let shown = room.breach(&["log", "show"]);
    assert!(!shown.out.contains('\u{1b}') && !shown.out.contains('\u{202e}'), "{shown:?}");
    room.verify();
}

#[test]
fn a_matrix_export_has_events_of_which_messages_are_taken() {
    let room = opened();
    let export = r#"{
 "room_name": "incident", "room_creator": "@ada:example.org", "exported_by": "@ada:example.org",
 "messages": [
  {"type":"m.room.member","sender":"@ada:example.org","origin_server_ts":1700000000000,"content":{"membership":"join"}},
  {"type":"m.room.message","sender":"@ada:example.org","origin_server_ts":1700000000000,"event_id":"$1","content":{"msgtype":"m.text","body":"web-03 is off"}},
  {"type":"m.room.message","sender":"@bo:example.org","origin_server_ts":1700000060000,"content":{"msgtype":"m.text","body":"* seen","m.new_content":{"body":"seen it"},"m.relates_to":{"rel_type":"m.replace","event_id":"$2"}}},
  {"type":"m.room.message","sender":"@bo:example.org","origin_server_ts":1700000120000,"content":{},"unsigned":{"redacted_because":{"sender":"@bo:example.org"}}},
  {"type":"m.room.message","sender":"@bo:example.org","origin_server_ts":1700000180000,"content":{"msgtype":"m.image","body":"screen.png","m.relates_to":{"rel_type":"m.thread","event_id":"$1"}}},
  {"type":"m.room.encrypted","sender":"@bo:example.org","origin_server_ts":1700000240000,"content":{"ciphertext":"x"}}
 ]
}"#;
    std::fs::write(room.path("screen.png"), "pixels").expect("written");
    let ran = import(&room, "export.json", export, &[]);
    assert!(ran.said().contains("Read as a Matrix export. 5 messages: 5 recorded."), "{ran:?}");
    assert_eq!(
        shown(&room),
        [
            "2023-11-14T22:13:20Z @ada:example.org web-03 is off",
            "2023-11-14T22:14:20Z @bo:example.org seen it (edited)",
            "2023-11-14T22:15:20Z @bo:example.org [deleted]",
            "2023-11-14T22:16:20Z @bo:example.org (with screen.png) (in the thread of $1)",
            "2023-11-14T22:17:20Z @bo:example.org (encrypted: the export has no key for it)",
        ]
    );
    assert_eq!(room.bodies("evidence")[0]["title"], "screen.png");
    // A server returns the same messages on one line and under another key.
    let chunk = export.replace('\n', "").replace("\"messages\"", "\"chunk\"");
    let ran = import(&room, "chunk.json", &chunk, &[]);
    assert!(ran.said().contains("5 messages: 0 recorded, 5 already"), "{ran:?}");
    room.verify();
}

#[test]
fn teams_gives_messages_by_its_interface_or_as_ones_own_data() {
    let room = opened();
    let graph = r#"{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#messages","value":[
 {"id":"1700000000000","messageType":"message","createdDateTime":"2023-11-14T22:13:20Z","from":{"user":{"id":"u1","displayName":"Bo Li"}},
  "body":{"contentType":"html","content":"<p>web-03 is &lt;off&gt; <emoji alt=\"!\"></emoji></p><p>1 < 2 &amp; so on</p>"},"attachments":[{"name":"a.txt"}],
  "replies":[{"createdDateTime":"2023-11-14T22:14:20Z","from":{"user":{"id":"u2","displayName":"Bo Li"}},"body":{"content":"seen"},"lastEditedDateTime":"2023-11-14T22:15:00Z"}]},
 {"messageType":"systemEventMessage","createdDateTime":"2023-11-14T22:15:20Z","from":null,"body":{"content":"<systemEventMessage/>"}},
 {"createdDateTime":"2023-11-14T22:16:20Z","from":{"application":{"id":"a1","displayName":"Pager"}},"body":{"content":""},"deletedDateTime":"2023-11-14T22:17:20Z","replyToId":"1700000000000"}
]}"#;
    let ran = import(&room, "graph.json", graph, &[]);
    assert!(ran.said().contains("Read as a Teams export. 3 messages: 3 recorded."), "{ran:?}");
    let own = r#"{"userId":"8:live:ada","conversations":[{"id":"19:x","displayName":null,"MessageList":[
 {"id":"1","displayName":"Ada","originalarrivaltime":"2023-11-14T23:00:00Z","messagetype":"RichText","content":"on it<br>now","from":"8:live:ada","properties":{"edittime":"1700000000000"}},
 {"id":"2","displayName":null,"originalarrivaltime":"2023-11-14T23:01:00Z","messagetype":"ThreadActivity/AddMember","content":"<addmember/>","from":"19:x"}
]},{"id":"19:y","MessageList":[
 {"id":"3","displayName":null,"originalarrivaltime":"2023-11-14T23:02:00Z","messagetype":"Text","content":"ok","from":"8:live:bo"}]}]}"#;
    let ran = import(&room, "messages.json", own, &[]);
    assert!(ran.said().contains("2 messages: 2 recorded."), "{ran:?}");
    assert_eq!(
        shown(&room),
        [
            "2023-11-14T22:13:20Z Bo Li (u1) web-03 is <off> !\n1 < 2 & so on (with a.txt)",
            "2023-11-14T22:14:20Z Bo Li (u2) seen (edited) (in the thread of 2023-11-14 22:13:20 UTC)",
            "2023-11-14T22:16:20Z Pager [deleted] (in the thread of 2023-11-14 22:13:20 UTC)",
            "2023-11-14T23:00:00Z Ada on it\nnow (edited)",
            "2023-11-14T23:02:00Z 8:live:bo ok",
        ]
    );
    for (bad, said) in [
        (r#"{"value":[{"body":{"content":"x"}}]}"#, "message 1: it has no time"),
        (r#"{"value":7}"#, "expected a list of messages"),
        (r#"{"conversations":[{"MessageList":[{"content":"x""#, "EOF"),
        (r#"{"messages":[{"type":"m.room.message"}]}"#, "event 1: it has no time"),
    ] {
        let before = room.entries().len();
        let ran = import(&room, "bad.json", bad, &[]);
        assert!(ran.exit == Some(2) && ran.said().contains(said), "{ran:?}");
        assert_eq!(room.entries().len(), before);
    }
    room.verify();
}

#[test]
fn an_hour_that_came_twice_or_never_is_told_and_is_a_range_or_what_it_was() {
    let paper =
        "2026-10-25 02:30 a\n2026-10-25 02:30+01:00 b\n2026-03-29 02:30 c\n2026-06-01 02:30 d\n";
    let ios = "[25/10/2026, 02:30:00] Ada: a\n[25/10/2026, 03:30:00] Ada: b\n\
               [29/03/2026, 02:30:00] Ada: c\n[01/06/2026, 02:30:00] Ada: d\n";
    let android = "25/10/2026, 02:30 - Ada: a\n25/10/2026, 03:30 - Ada: b\n\
                   29/03/2026, 02:30 - Ada: c\n01/06/2026, 02:30 - Ada: d\n";
    let table =
        "time,text\n2026-10-25 02:30,a\n1792891800,b\n2026-03-29 02:30,c\n2026-06-01 02:30,d\n";
    let timeline = "datetime,message,timestamp_desc\n2026-10-25 02:30,a,\n\
                    2026-10-25 02:30+01:00,b,\n2026-03-29 02:30,c,\n2026-06-01 02:30,d,\n";
    for (what, name, text, [twice, never]) in [
        ("notes", "paper.txt", paper, ["row 1", "row 3"]),
        ("notes", "ios.txt", ios, ["row 1", "row 3"]),
        ("notes", "android.txt", android, ["row 1", "row 3"]),
        ("notes", "table.csv", table, ["row 1", "row 3"]),
        ("timeline", "timeline.csv", timeline, ["line 2", "line 4"]),
    ] {
        let noun = if what == "notes" { "message" } else { "row" };
        for named in [true, false] {
            let room = opened();
            std::fs::write(room.path(name), text).expect("written");
            let zone = ["--zone", "Europe/Berlin"];
            let zone = if named || what == "timeline" { &zone[..] } else { &[] };
            let mut command = room.command(&[&["import", what, name][..], zone].concat());
            command.env("TZ", if named { "UTC" } else { "Europe/Berlin" });
            let ran = feed(command, b"");
            assert_eq!(ran.exit, Some(0), "{name} {ran:?}");
            for told in [
                format!(
                    "In an hour that happened twice, because the clocks went back: 1 {noun} \
                     ({twice}). Recorded as a range, from the earlier to the later time."
                ),
                format!(
                    "At a time that did not exist, because the clocks went forward: 1 {noun} \
                     ({never}). Recorded as the time that it was then."
                ),
            ] {
                assert_eq!(ran.said().matches(&told).count(), 1, "{name} {told}: {ran:?}");
            }
            let of = |text: &str| {
                let of = |entry: &serde_json::Value| entry["body"]["text"] == text;
                room.entries().into_iter().find(of).expect("a note")["occurred"].take()
            };
            let at = of("a");
            assert_eq!(
                (&at["earliest"], &at["precision"]),
                (&"2026-10-25T02:30:00+02:00".into(), &"range".into()),
                "{name}"
            );
            let latest = at["latest"].as_str().expect("text");
            assert!(latest.starts_with("2026-10-25T02:30:"), "{name}: {at}");
            assert!(latest.ends_with("+01:00"), "{name}: {at}");
            assert_ne!(of("b")["precision"], "range", "{name}");
            assert_eq!(of("c")["earliest"], "2026-03-29T03:30:00+02:00", "{name}");
            assert_eq!(of("d")["earliest"], "2026-06-01T02:30:00+02:00", "{name}");
            let again = room.breach(&[&["import", what, name][..], zone].concat());
            assert_eq!(again.exit, Some(0), "{again:?}");
            assert!(!again.said().contains("clocks"), "{again:?}");
            room.verify();
        }
    }
}
