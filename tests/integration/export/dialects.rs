//! `breach import timeline`: files as logs, tools and spreadsheets of the world write them.

use super::{fresh, import_timeline as import};
use crate::cli::room::Room;

/// The text and the moment of the last note.
fn last(room: &Room) -> (String, String) {
    let entries = room.entries();
    let note = entries.iter().rfind(|entry| entry["kind"] == "note").expect("a note");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    (text(&note["body"]["text"]), text(&note["occurred"]["earliest"]))
}

#[test]
fn logs_and_tools_of_the_world_are_read() {
    for (what, file, text, at) in [
        (
            "Hayabusa",
            "\"Timestamp\",\"RuleTitle\",\"Level\",\"Computer\",\"Channel\",\"EventID\",\"Details\"\n\
             \"2021-12-23 00:00:01.123 +09:00\",\"Logon\",\"high\",\"DC1\",\"Sec\",4624,\"User: x\"\n",
            "Logon (high, DC1, Sec, 4624, User: x)",
            "2021-12-23T00:00:01.123+09:00",
        ),
        (
            "AWS CloudTrail",
            r#"{"Records":[{"eventTime":"2022-02-22T10:00:00Z","eventName":"ConsoleLogin",
                "eventSource":"signin.amazonaws.com","awsRegion":"eu-west-1",
                "userIdentity":{"arn":"arn:aws:iam::1:user/x"}}]}"#,
            "ConsoleLogin (signin.amazonaws.com, eu-west-1, arn:aws:iam::1:user/x)",
            "2022-02-22T10:00:00Z",
        ),
        (
            "Entra sign-ins",
            r#"{"value":[{"createdDateTime":"2022-02-22T10:00:00Z","userPrincipalName":"x@example.org",
                "ipAddress":"203.0.113.7","location":{"city":"Bonn"},"status":{"errorCode":50126}}]}"#,
            "x@example.org (203.0.113.7, Bonn, 50126)",
            "2022-02-22T10:00:00Z",
        ),
        (
            "Entra sign-ins",
            "\u{feff}Date (UTC),Request ID,Username,Application,IP address,Status\r\n\
             2022-02-22T10:00:00Z,1,x@example.org,Portal,203.0.113.7,Failure\r\n",
            "x@example.org (Portal, 203.0.113.7, Failure)",
            "2022-02-22T10:00:00Z",
        ),
        (
            "journalctl",
            r#"{"__REALTIME_TIMESTAMP":"1645524000000000","MESSAGE":[72,105,27],"_HOSTNAME":"web-03"}"#,
            r"Hi\x1b (web-03)",
            "2022-02-22T10:00:00Z",
        ),
        (
            "Plaso (l2tcsv)",
            "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version\n\
             02/22/2022,10:00:00,UTC,M...,FILE,NTFS,mtime,-,web,x,page.aspx,2\n",
            "page.aspx (mtime, FILE, web, -)",
            "2022-02-22T10:00:00Z",
        ),
    ] {
        let room = fresh();
        let ran = import(&room, file.as_bytes(), &[]);
        assert_eq!(ran.exit, Some(0), "{what} {}", ran.err);
        assert!(ran.said().contains(&format!("Read as {what}.")), "{what} {}", ran.err);
        assert_eq!(last(&room), (text.to_owned(), at.to_owned()), "{what}");
    }
}

#[test]
fn any_other_file_is_called_what_it_is() {
    let room = fresh();
    let before = room.entries().len();
    for (file, said) in [
        (&b"ElfFile\0\0"[..], "Windows event log"),
        (b"PK\x03\x04", "Excel workbook"),
        (b"SQLite format 3\0", "SQLite"),
        (br#"{"protoPayload":{},"timestamp":"x"}"#, "Google Cloud audit log"),
        (br#"[{"published":"x","eventType":"y","actor":{}}]"#, "Okta system log"),
        (b"CreationDate,UserIds,Operations,AuditData\nx,y,z,{}\n", "Microsoft 365"),
        (br#"{"a":1}"#, "there is no `message`, `datetime` or `timestamp_desc`"),
        (br#"{"message":"x","timestamp_desc":"y"}"#, "there is no `datetime`"),
    ] {
        let ran = import(&room, file, &[]);
        assert_eq!(ran.exit, Some(2), "{said} {ran:?}");
        assert!(ran.said().contains(said), "{said} {}", ran.err);
        assert_eq!(room.entries().len(), before, "{said}");
    }
}

#[test]
fn tables_are_read_as_spreadsheets_save_them() {
    let rows = "datetime;timestamp_desc;message\r\n2022-02-22T10:00:00Z;x;Zürich\r\n";
    let wide: Vec<u8> = rows.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let narrow: Vec<u8> = rows.chars().map(|c| u8::try_from(c).expect("Latin")).collect();
    for file in [
        rows.as_bytes().to_vec(),
        [b"sep=;\r\n", rows.as_bytes()].concat(),
        [b"\xff\xfe", &*wide].concat(),
        rows.replace(';', "\t").into_bytes(),
        narrow,
    ] {
        let room = fresh();
        let ran = import(&room, &file, &[]);
        assert_eq!(ran.exit, Some(0), "{}", ran.err);
        assert_eq!(last(&room).0, "Zürich (x)");
    }
    let room = fresh();
    let people = "sep=;\r\njurisdiction;count\r\nDE;5\r\nFR;x\r\n";
    std::fs::write(room.path("people.csv"), people).expect("written");
    let ran = room.breach(&["fact", "import", "people", "people.csv", "--as", "Eve"]);
    assert!(ran.err.contains("line 4: "), "{}", ran.err);
}

#[test]
fn a_row_is_recorded_once_however_often_its_file_is_imported() {
    let room = fresh();
    let file = b"message,datetime,timestamp_desc\na,2022-02-22,x\nb,2022-02-23,x\n";
    assert_eq!(import(&room, file, &[]).exit, Some(0));
    let again = import(&room, file, &[]);
    assert_eq!(again.exit, Some(0), "{again:?}");
    assert!(again.said().contains("2 of its 2 rows already in the record"), "{again:?}");
    assert_eq!(room.bodies("note").len(), 2);
    assert_eq!(room.bodies("note")[1]["imported"]["row"], 2);
    // What was taken back is not there.
    assert_eq!(room.breach(&["undo", "--as", "Eve"]).exit, Some(0));
    let third = import(&room, file, &[]);
    assert!(third.said().contains("1 of its 2 rows"), "{third:?}");
    assert_eq!(room.bodies("note").len(), 3);
}

#[test]
fn bad_rows_are_skipped_when_asked_and_rows_without_a_time_always() {
    let file = b"message,datetime,timestamp_desc\n\
        a,2022-02-22,x\nb,soon,x\nc,0000-00-00T00:00:00,Not a time\nd,1601-01-01T00:00:00Z,x\n,2022-02-22,x\n";
    let room = fresh();
    let refused = import(&room, file, &[]);
    assert_eq!((refused.exit, room.bodies("note").len()), (Some(2), 0), "{refused:?}");
    assert!(refused.said().contains("--skip-bad"), "{refused:?}");
    let ran = import(&room, file, &["--skip-bad"]);
    assert_eq!((ran.exit, room.bodies("note").len()), (Some(0), 1), "{ran:?}");
    for said in [
        "Left out without a time: 2 rows (line 4; line 5)",
        "skipped: 2 rows",
        "line 3: `datetime` is `soon`",
        "line 6: the message is empty",
    ] {
        assert!(ran.said().contains(said), "{said}: {}", ran.err);
    }
    let none = import(&room, b"message,datetime,timestamp_desc\na,,x\n", &["--skip-bad"]);
    assert_eq!(none.exit, Some(2), "{none:?}");
    assert!(none.said().contains("no row has a time"), "{none:?}");
}
