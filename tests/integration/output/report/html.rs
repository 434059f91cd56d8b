//! The HTML face: what a browser is allowed, what stands in it, and what it can bear.

use breach::digest::Digest;
use breach::escape;
use breach::incident::event::{DutyDecided, FactSet, Outcome, Reopened, RulingKind};
use breach::report::{Audience, Section};

use crate::report::case::{Case, skimmed};

const HOSTILE: &str = "</style></title><script>alert(1)</script> **b** [x](javascript:y) \
                       ![i](http://evil.example/i) [ok](https://ok.example/a) <img src=x onerror=y> \
                       \" ' &amp; &#x202e; \u{1b}[2J\u{202e}\u{200b} <b>loud</b>";

fn page(case: &Case, more: &[&str]) -> String {
    let ran = case.report(&[&["--format", "html"][..], more].concat());
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    ran.out
}

/// What stands between the first two marks, and what comes behind.
fn between<'t>(text: &'t str, from: &str, to: &str) -> Option<(&'t str, &'t str)> {
    text.split_once(from)?.1.split_once(to)
}

/// Every part of a page from one mark to the next.
fn parts<'t>(mut text: &'t str, from: &str, to: &str) -> Vec<&'t str> {
    let mut parts = Vec::new();
    while let Some((part, rest)) = between(text, from, to) {
        parts.push(part);
        text = rest;
    }
    parts
}

/// An incident with everything at once.
fn loaded() -> Case {
    let mut case = skimmed();
    case.open(HOSTILE).note(HOSTILE).by("Eve | <b>Evil</b>");
    case.fact("what_happened", HOSTILE).fact("how_it_happened", &"long ".repeat(3_500)).step(
        "containment/no-such-step",
        Outcome::Skipped,
        HOSTILE,
    );
    case
}

#[test]
fn the_line_of_a_limit_is_no_higher_than_its_bar() {
    let page = page(&skimmed(), &[]);
    let (figure, _) = between(&page, "id=\"fig-deadlines\"", "</figure>").expect("a figure");
    let lines = parts(figure, "<line class=\"limit\"", "</line>");
    assert!(lines.len() > 1, "{figure}");
    for line in lines {
        let at = |name: &str| -> u32 {
            let (place, _) = between(line, &format!(" {name}=\""), "\"").expect("a place");
            place.parse().expect("pixels")
        };
        assert!(at("y2") - at("y1") <= 28, "it runs through words: {line}");
    }
}

#[test]
fn a_browser_may_load_the_one_style_and_nothing_else() {
    for case in [Case::new(), skimmed(), loaded()] {
        let page = page(&case, &[]);
        let styles = parts(&page, "<style>", "</style>");
        assert_eq!(styles.len(), 1);
        let policy = parts(&page, "Content-Security-Policy\" content=\"", "\"");
        let digest = Digest::of(styles[0].as_bytes()).base64();
        let wanted = format!(
            "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        );
        assert_eq!(policy, [wanted]);
        let at = |text: &str| page.find(text).expect("it is there");
        assert!(at("Content-Security-Policy") < at("<style>"), "the policy comes first");
        for word in ["url(", "@import", "expression("] {
            assert!(!styles[0].contains(word), "{word}");
        }
        for tag in ["<script", "<img", "<link", "<iframe", "<object", "<base", "<form", "<image"] {
            assert!(!page.contains(tag), "{tag}");
        }
        for attribute in [" style=", " src=", " onerror=", " onload=", "xlink:"] {
            let tags = parts(&page, "<", ">");
            assert!(!tags.iter().any(|tag| tag.contains(attribute)), "{attribute}");
        }
        let targets = parts(&page, "href=\"", "\"");
        let safe = |target: &&str| target.starts_with('#') || *target == "https://ok.example/a";
        assert!(targets.iter().all(safe), "{targets:?}");
    }
}

#[test]
fn every_section_is_there_in_its_order_and_in_the_contents() {
    let mut released = Case::new();
    released.fact("notice_account", "A script copied card data.");
    for case in [released, skimmed()] {
        // Slides have headings of their own.
        for audience in Audience::ALL.into_iter().filter(|one| *one != Audience::Board) {
            let page = page(&case, &["--audience", audience.as_str()]);
            let mut rest = page.as_str();
            for section in Section::read_by(audience) {
                let id = format!("{section:?}").to_lowercase();
                let link = format!("<a href=\"#{id}\">{}</a>", section.title());
                // One sheet needs no contents.
                assert_eq!(page.contains(&link), audience != Audience::Executive, "{link}");
                let head = match section {
                    Section::Banner => "<header id=\"banner\">".to_owned(),
                    _ => format!("<section id=\"{id}\"><h2>{}</h2>", section.title()),
                };
                let (_, behind) = rest.split_once(&head).unwrap_or_else(|| panic!("{head}"));
                let said = behind.split("</section>").next().unwrap_or_default();
                assert!(said.len() > 40, "{id} says nothing");
                rest = behind;
            }
        }
    }
}

#[test]
fn every_link_within_the_page_leads_somewhere() {
    for case in [skimmed(), loaded(), many_duties()] {
        let page = page(&case, &[]);
        let ids = parts(&page, " id=\"", "\"");
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(ids.len(), once.len(), "an id stands twice");
        for target in parts(&page, "href=\"#", "\"") {
            assert!(ids.contains(&target), "#{target}");
        }
        for named in parts(&page, "aria-labelledby=\"", "\"") {
            assert!(named.split(' ').all(|id| ids.contains(&id)), "{named}");
        }
        for used in parts(&page, "\"url(#", ")\"") {
            assert!(ids.contains(&used), "{used}");
        }
    }
}

#[test]
fn each_figure_says_its_conclusion_and_has_a_table() {
    for case in [skimmed(), many_duties()] {
        let page = page(&case, &[]);
        let figures = parts(&page, "<figure", "</figure>");
        assert_eq!(figures.len(), 3);
        for svg in parts(&page, "<svg", "</svg>") {
            assert!(svg.contains(" role=\"img\" ") && !svg.contains("<a "), "{svg}");
            for tag in ["title", "desc"] {
                let said = parts(svg, &format!("<{tag} "), &format!("</{tag}>"));
                assert!(
                    said.len() == 1
                        && said[0].split('>').next_back().is_some_and(|text| text.len() > 10),
                    "{svg}"
                );
            }
            assert_eq!(well_formed(&format!("<svg{svg}</svg>")), Ok(()));
        }
        for (section, caption, key) in [
            ("timeline", "What happened and what people did", ""),
            ("phases", "Phases (they overlap)", ""),
            ("duties", "Duties by due date", "d1"),
        ] {
            let (_, rest) = page.split_once(&format!("<section id=\"{section}\">")).expect(section);
            let section = rest.split("</section>").next().expect("an end");
            assert!(section.contains("<svg"), "{caption}");
            let (_, table) = section.split_once(&format!("<caption>{caption}")).expect(caption);
            let table = table.split("</table>").next().expect("an end");
            for part in ["<th scope=\"col\">", "<th scope=\"row\">", "<time datetime=\"2018-"] {
                assert!(table.contains(part), "{caption}: {part}");
            }
            assert!(key.is_empty() || table.contains(&format!("id=\"{key}\"")), "{key}");
        }
    }
}

#[test]
fn the_deadlines_are_drawn_as_the_value_has_them() {
    let case = many_duties();
    let page = page(&case, &[]);
    let report = case.json("internal");
    let duties = report["deadlines"]["duties"].as_array().expect("duties");
    let told: String = parts(&page, "<desc id=\"deadlines", "</desc>").concat();
    for duty in duties.iter().take(60) {
        let (title, shown) = (duty["title"].as_str().expect("words"), duty["shown"].as_str());
        let line = format!("{title}: {}", shown.expect("words"))
            .replace('&', "&amp;")
            .replace('"', "&quot;");
        assert!(told.contains(line.as_str()), "{line}");
    }
    assert!(duties.len() > 15, "{} duties", duties.len());
    let rows = page.matches("<line class=\"lane\"").count();
    assert_eq!(rows, duties.len().min(60), "every duty has a row");
    assert!(told.contains("to spare") && told.contains("missed by") && told.contains("overdue"));
}

/// Far more law than anybody wants.
fn many_duties() -> Case {
    let mut case = skimmed();
    case.draft(Reopened { reason: "more people".into() });
    for (name, answer) in [
        (
            "people_affected",
            "US-CO about 900, US-AZ 1300, US-TX 1800, US-FL 1700, US-AL 1010, GB 9",
        ),
        ("data_classes", "names-contact, social-security"),
        ("data_access", "copied-confirmed"),
        ("data_encrypted", "no"),
    ] {
        case.fact(name, answer);
    }
    for name in ["acquisition_reasonably_believed", "misuse_likely"] {
        case.decide(name, "yes", "Kim Counsel", "what we saw");
    }
    case.decide("determined_breach_occurred", "2018-09-06 10:00Z", "Kim Counsel", "what we saw")
        .sent("us-co.regulator", "2018-10-20", "the authority", None)
        .sent("us-az.individuals", "2018-09-25 10:00Z", "people", None)
        .note("still open");
    case
}

#[test]
fn nothing_foreign_is_obeyed_and_nothing_hidden() {
    let page = page(&loaded(), &[]);
    assert!(!page.chars().any(|c| c != '\n' && escape::is_harmful(c)));
    for tag in ["<script", "<b>", "<img", "javascript:y\""] {
        assert!(!page.contains(tag), "{tag}");
    }
    for shown in [
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<strong>b</strong>",
        "x (javascript:y)",
        "[picture: i] (http://evil.example/i)",
        "<a href=\"https://ok.example/a\">ok</a> (https://ok.example/a)",
        "\\u{202e}",
        "\\x1b[2J",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(page.contains(&"long ".repeat(3_499)), "what people wrote is whole");
}

#[test]
fn an_audience_sees_what_its_report_holds() {
    let case = skimmed();
    let public = page(&case, &["--audience", "public", "--tlp", "clear"]);
    for name in ["Ada", "Lovelace", "Grace", "Hopper", "Kim", "web-03", "pay-01", "phone bridge"] {
        assert!(!public.contains(name), "{name}");
    }
    let styles = parts(&public, "<style>", "</style>");
    assert!(styles[0].contains("@top-right{content:\"TLP:CLEAR\"}"), "on every sheet");
    assert!(page(&case, &[]).contains("Grace Hopper"));
}

#[test]
fn the_same_log_gives_the_same_page() {
    let case = skimmed();
    let once = page(&case, &[]);
    let mut elsewhere = case.room.command(&["report", "--format", "html"]);
    elsewhere.env("TZ", "Asia/Kolkata");
    assert!(once == crate::cli::room::feed(elsewhere, b"").out);
}

#[test]
fn a_thousand_entries_make_less_than_two_hundred_kilobytes() {
    let mut case = skimmed();
    for number in 0..52 {
        for part in 0..9 {
            case.note(&format!(
                "{number}.{part}: looked at the gateway again, nothing new between 02:00 and 04:00"
            ));
        }
        for part in 0..3 {
            let item = format!("web-{number}-{part}");
            case.item("containment/isolate-hosts", Some(&item), Outcome::Done, "found clean");
            case.fact("status_page", &format!("https://status.example/{number}/{part}"));
        }
        case.evidence(&format!("ev-{number:06}"), "a log of a host", b"x")
            .decide("aware", "2018-09-05 22:00 +01:00", "Kim Counsel", "what we saw")
            .fact("persons_affected", &format!("about {}", 400_000 + number));
        let (duty, by) = ("eu-gdpr.33-1".to_owned(), "ICO".to_owned());
        let question = format!("question {number}");
        case.draft(DutyDecided::new(duty, RulingKind::Asked, by, question.into()));
    }
    case.note("the last one");
    let page = page(&case, &[]);
    let entries = case.json("internal")["record"]["entries"].clone();
    let entries = entries.as_object().expect("kinds").values();
    let entries: u64 = entries.filter_map(serde_json::Value::as_u64).sum();
    assert!(entries > 1_000, "{entries} entries");
    assert!(page.len() < 200_000, "{} bytes", page.len());
    assert!(page.contains("250 of "), "the rest is counted");
}

#[test]
fn nothing_one_thing_centuries_and_contradictions_can_be_drawn() {
    let empty = page(&Case::new(), &[]);
    assert!(!empty.contains("<svg") && empty.matches("There is nothing to draw").count() == 2);
    assert!(empty.contains("No duty to draw ("), "{empty}");
    let mut one = Case::new();
    one.open("One thing");
    assert!(page(&one, &[]).contains("<svg"));
    let mut odd = Case::new();
    odd.open("Odd");
    for (name, year) in [("occurred", 1), ("first_loss", 1_650), ("recovered_at", 9_998)] {
        let at = format!("{year:04}-03-01T00:00:00Z");
        let at = chrono::DateTime::parse_from_rfc3339(&at).expect("a moment");
        let when = breach::fact::When {
            earliest: at,
            latest: at + chrono::TimeDelta::seconds(86_399),
            precision: breach::fact::Precision::Day,
        };
        let value = breach::fact::Value::Time(when);
        odd.draft(FactSet::new(name, value));
    }
    odd.fact("detected", "2018-09-05")
        .fact("contained_at", "2018-09-01")
        .fact("aware", "2018-08-01");
    let page = page(&odd, &[]);
    assert!(page.contains("<g class=\"wrong\">"), "a contradiction is drawn as one");
    assert!(page.contains("<dd>cannot be right</dd>"), "its tile is no longer than the others");
    let outside = "Outside the panels, so drawn at their edge: ";
    assert_eq!(page.matches(outside).count(), 2, "in both figures");
    let years = parts(&page, outside, "</p>")[0];
    assert!(years.contains("1650") && years.contains("9998"), "{years}");
    let shares = page.split('"').filter_map(|value| value.strip_suffix('%'));
    for share in shares {
        let share: f64 = share.parse().unwrap_or_else(|error| panic!("{share}: {error}"));
        assert!((0.0..=100.0).contains(&share), "{share}");
    }
    for svg in parts(&page, "<svg", "</svg>") {
        assert_eq!(well_formed(&format!("<svg{svg}</svg>")), Ok(()));
    }
}

#[test]
fn a_record_that_does_not_verify_is_said_at_once() {
    let case = skimmed();
    let chain = case.folder.chains().expect("chains")[0].1.clone();
    let text = std::fs::read_to_string(&chain).expect("a chain");
    std::fs::write(&chain, text.replace("phone bridge", "fone bridge")).expect("written");
    let ran = case.report(&["--format", "html"]);
    assert_eq!(ran.exit, Some(4), "{}", ran.err);
    let (status, _) = between(&ran.out, "<header id=\"banner\">", "</header>").expect("a status");
    assert!(status.contains("class=\"alarm\"") && status.contains("DOES NOT VERIFY"));
    assert!(status.contains("<span class=\"state draft\">DRAFT</span>"), "{status}");
}

/// Whether every tag is closed in its order, every attribute quoted, every sign escaped.
fn well_formed(xml: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        let (tag, behind) = tag[1..].split_once('>').ok_or("a tag without an end")?;
        for reference in text.split('&').skip(1) {
            let known = ["amp;", "lt;", "gt;", "quot;"];
            known.iter().find(|name| reference.starts_with(**name)).ok_or(reference.to_owned())?;
        }
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}>"));
            }
        } else {
            let mut words = tag.split('"');
            let name = words.next().and_then(|name| name.split(' ').next()).unwrap_or_default();
            if tag.matches('"').count() % 2 != 0 || tag.contains('<') {
                return Err(tag.to_owned());
            }
            open.push(name);
        }
        rest = behind;
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} stay open")) }
}

#[test]
fn a_label_is_whole_where_a_wide_screen_and_paper_have_room_for_it() {
    let page = page(&skimmed(), &[]);
    let drawing = parts(&page, "<svg id=\"timeline1\"", "</svg>")[0];
    let narrow = parts(drawing, "<text class=\"n narrow\"", "</text>");
    let broad = parts(drawing, "<text class=\"n broad\"", "</text>");
    assert!(!narrow.is_empty() && narrow.len() == broad.len(), "{drawing}");
    let words = |text: &str| text.rsplit('>').next().unwrap_or_default().to_owned();
    for (cut, whole) in narrow.iter().zip(&broad) {
        let (cut, whole) = (words(cut), words(whole));
        assert!(cut.ends_with('…') && whole.len() > cut.len(), "{cut}: {whole}");
        assert!(whole.starts_with(cut.trim_end_matches('…')), "{cut}: {whole}");
    }
    let whole = "Move to a channel the intruder cannot read";
    assert!(broad.iter().any(|text| words(text) == whole), "{broad:?}");
    let style = parts(&page, "<style>", "</style>")[0];
    assert_eq!(style.matches("svg .broad{display:inline}svg .narrow{display:none}").count(), 2);
}
