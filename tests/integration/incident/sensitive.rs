//! Shapes of secrets: each row of the table against its own texts and against those of all others.

use breach::incident::{Sensitive, sensitive};

/// A row, as the test sees it.
struct Row {
    what: String,
    of: String,
    before_of: String,
    must: Vec<String>,
    must_not: Vec<String>,
}

fn rows() -> Vec<Row> {
    let read = |text: &str| -> Vec<toml::Value> {
        let table: toml::Table = toml::from_str(text).expect("the table is TOML");
        let kinds = ["token", "name", "option", "key", "check"];
        kinds.into_iter().flat_map(|kind| table[kind].as_array().expect("rows").clone()).collect()
    };
    let shapes = read(include_str!("../../../src/incident/sensitive/shapes.toml"));
    let texts = read(include_str!("shapes.toml"));
    assert_eq!(shapes.len(), texts.len(), "each row has its texts");
    let rows = shapes.iter().zip(&texts).map(|(row, beside)| {
        assert_eq!(row["what"], beside["what"], "the rows are in one order");
        let text = |key: &str| row.get(key).and_then(|v| v.as_str()).unwrap_or("").to_owned();
        let texts = |key: &str| -> Vec<String> {
            let texts = beside.get(key).and_then(|texts| texts.as_array()).expect("texts");
            texts.iter().map(|text| text.as_str().expect("a text").to_owned()).collect()
        };
        Row {
            what: text("what"),
            of: text("of"),
            before_of: text("before-of"),
            must: texts("must"),
            must_not: texts("must-not"),
        }
    });
    rows.collect()
}

/// So many characters of an alphabet, as a machine would draw them.
fn drawn(of: &str, count: usize) -> String {
    let from: &[u8] = match of {
        "digits" => b"7391824605",
        "hex" | "hexword" => b"a3f09c7e1b5d8264",
        "upper" => b"Q7Z2K5M3X4R6T",
        "lower" => b"q7z2k5m3x4r6t",
        _ => b"h5VtY8rW2qM4nX7cB1zK9dF6gJ3sLpA0eUoQvT",
    };
    (0..count).map(|at| char::from(from[(at * 7 + at / from.len()) % from.len()])).collect()
}

/// A text of the table with its `<36>` and `<=16>` written out.
fn written(text: &str, row: &Row) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, hole)) = rest.split_once('<') {
        out.push_str(before);
        let (count, after) = hole.split_once('>').unwrap_or((hole, ""));
        let (of, count) = match count.strip_prefix('=') {
            Some(count) => (&row.before_of, count),
            None => (&row.of, count),
        };
        if let Ok(count) = count.parse() {
            out.push_str(&drawn(of, count));
            rest = after;
        } else {
            out.push('<');
            rest = hole;
        }
    }
    out + rest
}

#[test]
fn every_shape_finds_what_it_must_and_names_it() {
    let mut missed = Vec::new();
    for row in rows() {
        assert!(!row.must.is_empty() && !row.must_not.is_empty(), "{} has no texts", row.what);
        for text in &row.must {
            let text = written(text, &row);
            let found = sensitive(&text);
            // The code of a card stands beside one.
            let others = usize::from(row.what == "card security code");
            if found.len() != 1 + others || found[others].what != row.what {
                missed.push(format!("{}: {text:?}: {found:?}", row.what));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn no_shape_finds_what_another_must_not() {
    let mut wrong = Vec::new();
    for row in rows() {
        for text in &row.must_not {
            let found = sensitive(text);
            if !found.is_empty() {
                wrong.push(format!("{}: {text:?}: {found:?}", row.what));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_masked_text_holds_no_secret_any_more() {
    for row in rows() {
        for text in &row.must {
            let text = written(text, &row);
            for text in [text.clone(), format!("ä {text} ö"), format!("{text}\n{text}")] {
                let masked = Sensitive::mask(&text, &sensitive(&text));
                assert_ne!(masked, text);
                assert_eq!(sensitive(&masked), [], "{text:?} became {masked:?}");
            }
        }
    }
}

#[test]
fn every_cut_of_a_text_is_read_without_a_panic() {
    for row in rows() {
        for text in row.must.iter().chain(&row.must_not) {
            let text = format!("ß{}€", written(text, &row).replace(' ', "\u{a0}"));
            for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
                for part in [&text[at..], &text[..at]] {
                    for found in sensitive(part) {
                        assert!(part.get(found.span).is_some());
                    }
                }
            }
        }
    }
}

/// What is read again and again would take hours here, and CI ends it.
#[test]
fn a_pasted_log_of_megabytes_is_read_in_one_pass() {
    let hostile = [
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "password ",
        "password=",
        "authorization: ",
        "curl ",
        "curl -u ",
        "://",
        "://a:b",
        "eyJhbGciOi",
        "pat",
        "::",
        "4",
        "A",
        "DE89 ",
        "DE",
        "'",
        "$6$",
        "Aa1+",
        "M.",
        "cvv ",
        "4111111111111111 cvv 123 ",
        "€",
    ];
    for piece in hostile {
        let text = piece.repeat((1 << 20) / piece.len());
        std::hint::black_box(sensitive(&text));
    }
}
