//! Five published breaches: what their reports say against answers that were made by hand.

use serde_json::Value;

use super::published::Published;

/// A metric in words, as its report tells it.
fn metric(report: &Value, id: &str) -> String {
    let metrics = report["metrics"].as_array().expect("metrics");
    let found = metrics.iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("no `{id}`"));
    found["shown"].as_str().expect("words").to_owned()
}

/// A metric between other anchors.
fn reading(report: &Value, id: &str, from: &str, to: &str) -> String {
    let metrics = report["metrics"].as_array().expect("metrics");
    let found = metrics.iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("no `{id}`"));
    let mut readings = found["readings"].as_array().expect("readings").iter();
    let reading = readings.find(|one| one["from"] == from && one["to"] == to);
    reading.unwrap_or_else(|| panic!("{id}: {from} to {to}"))["shown"]
        .as_str()
        .expect("words")
        .to_owned()
}

/// The values of a count, oldest first, each with the day on which it was said.
fn counts(report: &Value, fact: &str) -> Vec<(String, String)> {
    let counts = report["impact"]["counts"].as_array().expect("counts");
    let found = counts.iter().find(|one| one["fact"] == fact).unwrap_or_else(|| panic!("{fact}"));
    let value = |value: &Value| {
        let said = value["said"]["earliest"].as_str().map(|at| at[..10].to_owned());
        (value["shown"].as_str().expect("words").to_owned(), said.unwrap_or_default())
    };
    found["values"].as_array().expect("values").iter().map(value).collect()
}

fn anchor(report: &Value, id: &str) -> Value {
    let anchors = report["anchors"].as_array().expect("anchors");
    let found = anchors.iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("no {id}"));
    found.clone()
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(shown, said)| ((*shown).to_owned(), (*said).to_owned())).collect()
}

/// What is compared to the byte: the page, and the values of the JSON that machines count with, a
/// line for each. Its shape is held by the schema.
fn compare(case: &str, published: &Published, report: &Value) {
    insta::assert_snapshot!(case, published.markdown());
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let mut lines = Vec::new();
    let mut line = |of: &Value, keys: &[&str]| {
        let values = keys.iter().map(|key| match &of[*key] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        lines.push(values.collect::<Vec<_>>().join(" | "));
    };
    for metric in list(&report["metrics"]) {
        line(&metric, &["id", "computed", "from", "to", "value"]);
        for reading in list(&metric["readings"]) {
            line(&reading, &["from", "to", "shown"]);
        }
    }
    for duty in list(&report["deadlines"]["duties"]) {
        line(&duty, &["duty", "verdict", "clock", "due", "hypothetical", "shown"]);
    }
    for count in list(&report["impact"]["counts"]) {
        line(&count, &["fact", "place", "unit", "omitted"]);
        for value in list(&count["values"]) {
            line(&value, &["basis", "n", "shown"]);
        }
    }
    insta::assert_snapshot!(format!("{case}.values"), lines.join("\n"));
}

/// No moment of the incident is finer than it was published.
fn no_time_of_day(report: &Value, but: &[&str]) {
    for one in report["anchors"].as_array().expect("anchors") {
        let source = one["source"].as_str().expect("a source");
        if let Some(shown) = one["shown"].as_str().filter(|_| !source.starts_with("entry ")) {
            let timed = but.iter().any(|id| one["id"] == *id);
            assert_eq!(shown.contains(':'), timed, "{shown}");
        }
    }
}

#[test]
fn no_figure_names_an_hour_that_nobody_recorded() {
    for case in ["target-2013", "ba-2018"] {
        let page = Published::new(case).run("breach report --format html");
        let captions: Vec<&str> = page.split("<figcaption>").skip(1).collect();
        assert_eq!(captions.len(), 3, "{case}");
        for caption in captions {
            let caption = caption.split("</figcaption>").next().unwrap_or_default();
            assert!(!caption.contains("00:00") && !caption.contains("23:59"), "{case}: {caption}");
        }
    }
}

#[test]
fn target_has_one_metric_under_three_anchors_three_ends_and_an_overlap() {
    let published = Published::new("target-2013");
    let report = published.json();
    for (id, shown) in [
        ("dwell", "30 days"),
        ("missed_signal_gap", "12 days"),
        ("time_to_contain", "3 days"),
        ("time_to_public", "4 days"),
        ("time_to_correction", "22 days"),
        ("exfiltration_window", "21 days"),
    ] {
        assert_eq!(metric(&report, id), shown, "{id}");
    }
    for (id, from, to, shown) in [
        ("time_to_detect", "E0", "S1", "18 days"),
        ("time_to_detect", "E0", "E3", "30 days"),
        ("time_to_detect", "E0", "E6", "33 days"),
        ("time_to_contain", "E3", "E7'", "6 days"),
        ("time_to_contain", "S1", "E7", "15 days"),
        ("time_to_public", "E3", "P", "7 days"),
    ] {
        assert_eq!(reading(&report, id, from, to), shown, "{id}: {from} to {to}");
    }
    let end = anchor(&report, "E2'");
    let before = end["before"].as_array().expect("values").iter();
    let mut ends: Vec<&str> = before.filter_map(|one| one["shown"].as_str()).collect();
    ends.extend(end["shown"].as_str());
    assert_eq!(ends, ["Sun 15 Dec 2013", "Tue 17 Dec 2013", "Wed 18 Dec 2013"]);

    let cards = pairs(&[
        ("about 40,000,000 cards", "2013-12-19"),
        ("at least 41,000,000 cards", "2017-05-23"),
    ]);
    assert_eq!(counts(&report, "cards_affected"), cards);
    let people = pairs(&[
        ("at most 70,000,000 people", "2014-01-10"),
        ("about 98,000,000 people", "2014-03-26"),
    ]);
    assert_eq!(counts(&report, "persons_affected"), people);
    assert_eq!(counts(&report, "records_affected")[0].0, "at least 60,000,000 records");
    let groups = &report["impact"]["groups"];
    assert_eq!(groups["overlap_shown"], "about 12,000,000");
    assert_eq!((&groups["sum"], &groups["agrees"]), (&98_000_000.into(), &true.into()));
    let page = published.markdown();
    assert!(
        !page.contains("110,000,000") && !page.contains("110 million"),
        "the overlap was added"
    );
    assert_eq!(report["detection"]["written"][0]["texts"].as_array().map(Vec::len), Some(3));

    let duties = report["deadlines"]["duties"].as_array().expect("duties");
    assert!(!duties.is_empty() && duties.iter().all(|duty| duty["hypothetical"] == true));
    assert_eq!(report["deadlines"]["tally"]["overdue"], 0, "nobody knows what was owed");
    no_time_of_day(&report, &[]);
    compare("target-2013", &published, &report);
}

#[test]
fn ebay_has_intervals_and_what_is_not_known_is_unknown() {
    let published = Published::new("ebay-2014");
    let report = published.json();
    assert_eq!(metric(&report, "time_to_detect"), "52 to 79 days");
    assert_eq!(reading(&report, "time_to_public", "E3", "P"), "11 to 20 days");
    assert_eq!(metric(&report, "time_to_contain"), "unknown: E7 (contained) is not known");
    assert_eq!(anchor(&report, "E7")["why"], "the company only said that it was closed");
    let contain = report["metrics"].as_array().expect("metrics").iter();
    let contain = contain.filter(|one| one["id"] == "time_to_contain");
    assert!(contain.map(|one| &one["value"]).all(Value::is_null), "unknown is not 0");

    let accounts = pairs(&[("145,000,000 accounts", "2014-05-21"), ("unknown", "")]);
    assert_eq!(counts(&report, "user_accounts_affected"), accounts);
    let page = published.markdown();
    assert!(page.contains("a user-base figure, never verified"), "{page}");
    assert!(
        page.contains("How many people and accounts are affected is not known."),
        "no finding in the summary"
    );
    assert!(!page.contains("229"), "nobody knows where that number comes from");
    assert!(page.contains("hypothetical: ") && page.contains("not what was owed"), "{page}");
    assert_eq!(report["deadlines"]["tally"]["overdue"], 0);
    no_time_of_day(&report, &[]);
    compare("ebay-2014", &published, &report);
}

#[test]
fn yahoo_2013_tripled_and_has_no_beginning() {
    let published = Published::new("yahoo-2013");
    let report = published.json();
    assert_eq!(metric(&report, "time_to_correction"), "293 days");
    // The day of the notice was not published: 1,194 days are one reading.
    assert_eq!(metric(&report, "time_to_detect"), "1,158 to 1,217 days");
    assert_eq!(metric(&report, "dwell"), "unknown: E0 (first malicious action) is not known");
    let accounts = pairs(&[
        ("at least 1,000,000,000 accounts", "2016-12-14"),
        ("about 3,000,000,000 accounts", "2017-10-03"),
    ]);
    assert_eq!(counts(&report, "user_accounts_affected"), accounts);
    assert_eq!(report["deadlines"]["replayed"], true);
    no_time_of_day(&report, &[]);
    compare("yahoo-2013", &published, &report);
}

#[test]
fn yahoo_2014_was_known_for_two_years() {
    let published = Published::new("yahoo-2014");
    let report = published.json();
    assert_eq!(reading(&report, "time_to_public", "E3", "P"), "631 to 661 days");
    assert_eq!(metric(&report, "wrong_statement"), "59 days");
    assert_eq!(reading(&report, "time_to_ruling", "P", "J"), "579 days");
    let accounts = pairs(&[
        ("at least 108,000,000 accounts", "2014-12-01"),
        ("at least 500,000,000 accounts", "2016-09-22"),
    ]);
    assert_eq!(counts(&report, "user_accounts_affected"), accounts);
    let groups = &report["impact"]["groups"];
    let british = groups["groups"].as_array().expect("groups").iter();
    assert!(british.clone().any(|one| one["shown"] == "515,121" && one["basis"] == "exact"));
    assert_eq!(groups["shown"], "they may overlap, so they are not added");
    assert_eq!(groups["sum"], Value::Null);
    no_time_of_day(&report, &[]);
    compare("yahoo-2014", &published, &report);
}

#[test]
fn two_incidents_of_one_company_are_two_reports() {
    let mut published = Published::new("yahoo-2013");
    published.record("yahoo-2014");
    let (exit, _) = published.attempt("breach report --format json");
    assert!(exit.contains("Usage"), "which of the two is asked, never merged: {exit}");
    let home = std::fs::read_dir(published.incidents()).expect("a folder");
    let names = home.map(|one| one.expect("an entry").file_name().into_string().expect("text"));
    let mut names: Vec<String> = names.collect();
    names.sort();
    assert_eq!(names.len(), 2, "{names:?}");
    let shown = names.iter().map(|name| {
        let page = published.run(&format!("breach report --format json --incident {name}"));
        let report: Value = serde_json::from_str(&page).expect("JSON");
        counts(&report, "user_accounts_affected").last().expect("a value").0.clone()
    });
    let mut shown: Vec<String> = shown.collect();
    shown.sort();
    assert_eq!(shown, ["about 3,000,000,000 accounts", "at least 500,000,000 accounts"]);
}

#[test]
fn british_airways_met_its_deadline_and_had_a_second_wave() {
    let published = Published::new("ba-2018");
    let report = published.json();
    for (id, shown) in [
        ("dwell", "75 days"),
        ("time_to_detect", "41 days"),
        ("exfiltration_window", "14 d 22 h 47 min"),
        ("time_to_contain", "0 days (the same day)"),
        ("time_to_ruling", "772 days"),
    ] {
        assert_eq!(metric(&report, id), shown, "{id}");
    }
    assert_eq!(reading(&report, "time_to_tell_people", "E6", "D'"), "50 days");
    // The company said 22:58 and 21:45, in summer time.
    assert_eq!(anchor(&report, "E2")["shown"], "Tue 21 Aug 2018 22:58");
    assert_eq!(anchor(&report, "E2'")["shown"], "Wed 5 Sep 2018 21:45");

    let duties = report["deadlines"]["duties"].as_array().expect("duties");
    let notice = duties.iter().find(|duty| duty["duty"] == "uk-gdpr.33-1").expect("a duty");
    assert_eq!((&notice["verdict"], &notice["hypothetical"]), (&"met".into(), &false.into()));
    assert_eq!(notice["shown"], "met, 1 to 2 days to spare");
    assert_eq!(notice["lag"]["shown"], "1 day");
    assert!(duties.iter().all(|duty| duty["hypothetical"] == false), "the law was in force");
    let notices = report["notifications"]["notices"].as_array().expect("notices").iter();
    let waves = notices.filter(|notice| notice["duty"] == "uk-gdpr.34");
    let waves: Vec<(&str, &str)> = waves
        .map(|wave| {
            let lag = wave["lag"]["shown"].as_str().expect("words");
            (lag, wave["what"].as_str().expect("a word"))
        })
        .collect();
    assert_eq!(waves, [("1 to 2 days", "notice"), ("50 days", "supplement")]);

    let people =
        pairs(&[("about 500,000 people", "2019-07-08"), ("about 429,612 people", "2020-10-16")]);
    assert_eq!(counts(&report, "persons_affected"), people);
    let transactions = pairs(&[
        ("about 380,000 transactions", "2018-09-06"),
        ("about 244,000 transactions", "2018-10-25"),
    ]);
    assert_eq!(counts(&report, "transactions_affected"), transactions);
    assert_eq!(counts(&report, "cards_affected")[0].0, "429,420 cards");
    let groups = &report["impact"]["groups"];
    assert_eq!((&groups["sum"], &groups["agrees"]), (&429_612.into(), &true.into()));
    assert!(groups["shown"].as_str().expect("words").starts_with("about 429,612 people"));
    no_time_of_day(&report, &["E2", "E2'"]);
    compare("ba-2018", &published, &report);
}

#[test]
fn every_fact_of_a_script_says_where_it_comes_from_and_how_well_it_is_supported() {
    let cases = ["target-2013", "ebay-2014", "yahoo-2013", "yahoo-2014", "ba-2018"];
    let mut seen = 0;
    for (case, line) in cases
        .iter()
        .flat_map(|case| Published::script(case).into_iter().map(move |line| (case, line)))
    {
        let unknown = line.contains(" unknown") || line.contains("affected_groups none");
        if !line.starts_with("breach fact set ") || unknown {
            continue;
        }
        let why = line.split(" --why ").nth(1).unwrap_or_else(|| panic!("{case}: {line}"));
        let marks = ["confidence A", "confidence B", "confidence C", "derived", "never verified"];
        let named = why.contains("sources as named") && line.contains('(');
        assert!(named || marks.iter().any(|mark| why.contains(mark)), "{case}: {line}");
        seen += 1;
    }
    assert!(seen > 90, "{seen}");
}
