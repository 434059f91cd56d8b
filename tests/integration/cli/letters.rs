//! Groups, letters by group and language, and the mail merge, counted by the test itself.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::PermissionsExt;

use super::room::{Ran, Room, flowed};

/// A shop that lost cards of some, log-ins of others, and knows all of it.
fn skimmed() -> Room {
    let room = Room::new();
    room.open();
    room.knows(&[
        ("people_affected", "DE=40,FR=30,GB=10,US-CA=10,BR=6,ES=4"),
        ("persons_affected", "100"),
        ("data_classes", "names-contact, credentials, card-number, card-expiry"),
        ("password_storage", "slow-hash"),
        ("data_access", "copied-confirmed"),
        ("occurred", "2026-11-01"),
        ("organisation", "Example Shop"),
        ("notice_account", "Somebody put a script on our shop."),
        ("likely_consequences", "Others could write to you in our name."),
        ("measures_taken", "We removed the script on 13 November 2026."),
        ("support_contact", "+44 20 7946 0001"),
        ("home_country", "IE"),
    ]);
    room
}

fn set(room: &Room, name: &str, value: &str) {
    let ran = room.breach(&["fact", "set", name, value]);
    assert_eq!(ran.exit, Some(0), "{name}: {ran:?}");
}

fn ok(room: &Room, arguments: &[&str]) -> Ran {
    let ran = room.breach(arguments);
    assert_eq!(ran.exit, Some(0), "{arguments:?}: {ran:?}");
    ran
}

fn groups(room: &Room) {
    for arguments in [
        &["card-payers", "--classes", "card-number,card-expiry", "--people", "DE=10,FR=10"][..],
        &["members", "--classes", "names-contact,credentials", "--overlaps", "card-payers"],
        &["visitors", "--classes", "names-contact", "--people", "GB=10", "--overlaps", "none"],
    ] {
        ok(room, &[&["group", "add"], arguments].concat());
    }
}

const TEXTS: &str = r#"
notice_account = "xx account"
likely_consequences = "xx consequences"
measures_taken = "xx measures"
"#;

/// The sentences of the incident in every language, as options.
fn texts(room: &Room) -> Vec<String> {
    let mut options = Vec::new();
    for tag in ["de", "fr", "es", "pt-BR"] {
        let path = room.path(&format!("{tag}.texts.toml"));
        std::fs::write(&path, format!("language = \"{tag}\"\n{TEXTS}")).expect("written");
        options.extend(["--texts".to_owned(), path.to_str().expect("text").to_owned()]);
    }
    options
}

#[test]
fn a_group_is_described_changed_imported_and_compared() {
    let room = skimmed();
    groups(&room);
    let list = ok(&room, &["group", "list"]);
    assert!(list.out.contains("card-payers"), "{}", list.out);
    assert!(
        list.said().contains("BR: the groups have") || list.out.contains("not counted"),
        "{list:?}"
    );
    let again = room.breach(&["group", "add", "visitors", "--classes", "bank"]);
    assert_eq!(again.exit, Some(2), "{again:?}");
    ok(&room, &["group", "set", "visitors", "--offer", "a new card"]);
    for (arguments, says) in [
        (&["group", "add", "none-lost"][..], "nobody said what"),
        (&["group", "add", "Not A Name", "--classes", "bank"], "not the name"),
        (&["group", "add", "x", "--classes", "cards"], "there are"),
        (&["group", "add", "x", "--classes", "bank", "--overlaps", "nobody"], "no other group"),
        (&["group", "set", "nobody", "--offer", "x"], "no group `nobody`"),
    ] {
        let ran = room.breach(arguments);
        assert_eq!(ran.exit, Some(2), "{arguments:?}: {ran:?}");
        assert!(ran.said().contains(says), "{arguments:?}: {ran:?}");
    }
    let file = room.path("groups.csv");
    let table =
        "\u{feff}group;classes;people\nstaff;employment;\"DE=3\"\nvisitors;names-contact;GB=11\n";
    std::fs::write(&file, table).expect("written");
    ok(&room, &["group", "import", file.to_str().expect("text")]);
    let json = ok(&room, &["group", "list", "--format", "json"]).out;
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(value["schema"], "breach.groups/1");
    assert_eq!(value["groups"].as_array().map(Vec::len), Some(4));
    assert_eq!(value["groups"][2]["offer"], "a new card", "what a table leaves out stays: {json}");
    assert_eq!(value["groups"][2]["people"]["by"]["GB"]["n"], 11, "{json}");
    let before = room.bodies("group").len();
    std::fs::write(&file, "group,classes\na,bank\nb,cards\na,bank\n,bank\n").expect("written");
    let ran = room.breach(&["group", "import", file.to_str().expect("text")]);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    for says in ["line 3", "line 4: `a` is also in line 2", "line 5"] {
        assert!(ran.said().contains(says), "{says}: {ran:?}");
    }
    assert_eq!(room.bodies("group").len(), before, "all or nothing");
}

#[test]
fn each_group_has_a_letter_of_its_own_and_none_tells_of_data_of_others() {
    let room = skimmed();
    groups(&room);
    let letter =
        |group: &str| ok(&room, &["duties", "draft", "us-ca.individuals", "--group", group]).out;
    let (cards, members) = (letter("card-payers"), letter("members"));
    assert!(cards.contains("the number of your payment card"), "{cards}");
    assert!(cards.contains("The following information was copied:"), "{cards}");
    assert!(
        !cards.contains("password only in hashed form") && !cards.contains("contact details,"),
        "{cards}"
    );
    assert!(members.contains("your password only in hashed form"), "{members}");
    assert!(!members.contains("payment card"), "{members}");
    let all = ok(&room, &["duties", "draft", "us-ca.individuals"]);
    assert_eq!(all.out.matches("# Notice of Data Breach").count(), 1, "{}", all.out);
    for group in ["card-payers", "visitors"] {
        let told = format!("No letter to `{group}`: none of its people is on record");
        assert!(all.said().contains(&told), "{all:?}");
    }
    let drafted: BTreeSet<String> = room
        .bodies("draft")
        .iter()
        .filter_map(|body| Some(body["group"].as_str()?.to_owned()))
        .collect();
    assert_eq!(drafted.len(), 2, "{drafted:?}");
    // What somebody wrote for everybody may speak of what only some lost.
    set(&room, "likely_consequences", "Somebody could charge your card.");
    let members = letter("members");
    assert!(
        members.contains(
            "[CHECK: this speaks of payment card number, which these people did not lose]"
        ),
        "{members}"
    );
    assert!(!letter("card-payers").contains("[CHECK: this speaks of payment card number"));
    let ran = room.breach(&["duties", "draft", "us-ca.individuals", "--group", "nobody"]);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    assert!(ran.said().contains("nobody defined the group `nobody`"), "{ran:?}");
}

#[test]
fn a_letter_speaks_the_language_of_its_place_and_never_english_in_the_middle() {
    let room = skimmed();
    let draft = |more: &[&str]| ok(&room, &[&["duties", "draft", "eu-gdpr.34"], more].concat());
    let all = draft(&[]);
    for title in ["# Ihre Daten", "# Objet\u{a0}: violation de vos", "# Asunto: brecha de"] {
        assert!(all.out.contains(title), "{title}: {}", all.out);
    }
    // What is on record in English is a gap, not an English sentence.
    assert!(!all.out.contains("Somebody put a script"), "{}", all.out);
    assert!(all.out.contains("[UNREVIEWED: "), "{}", all.out);
    let options = texts(&room);
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let german = draft(&[&["--language", "de"], &options[..]].concat()).out;
    assert!(german.contains("xx account") && !german.contains("[MISSING"), "{german}");
    assert!(
        german.contains("am 1.\u{a0}November 2026") && german.contains("Guten Tag [NAME],"),
        "{german}"
    );
    let french = draft(&[&["--language", "FR"], &options[..]].concat()).out;
    assert!(french.contains("le 1er\u{a0}novembre 2026"), "{french}");
    // The record of somebody who works in German.
    let own = draft(&["--language", "de", "--recorded-in", "de"]).out;
    assert!(own.contains("Somebody put a script"), "{own}");
    let ran = room.breach(&["duties", "draft", "eu-gdpr.34", "--language", "xx"]);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    assert!(ran.said().contains("`pt-BR`"), "{ran:?}");
    let ran = room.breach(&["duties", "draft", "staff", "--language", "de"]);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    // A template of one's own is of one language.
    std::fs::create_dir_all(room.home().join("notices")).expect("a folder");
    std::fs::write(room.home().join("notices/people.md"), "Mine.\n").expect("written");
    let german = draft(&["--language", "de"]);
    assert!(
        german.out.contains("# Ihre Daten") && german.said().contains("notices/people.de.md"),
        "{german:?}"
    );
    assert!(draft(&["--language", "en"]).out.contains("Mine."));
    std::fs::write(room.home().join("notices/people.de.md"), "Meins.\n").expect("written");
    assert!(draft(&["--language", "de"]).out.contains("Meins."));
}

#[test]
fn the_first_notice_to_an_authority_is_in_its_language() {
    let room = skimmed();
    set(&room, "home_country", "DE");
    let german = ok(&room, &["duties", "draft", "eu-gdpr.33-1"]).out;
    assert!(german.contains("# Meldung einer Verletzung"), "{german}");
    assert!(german.contains("Zahl der betroffenen Personen: 100 insgesamt, davon im Geltungsbereich dieser Vorschrift: 74 (Deutschland: 40, Spanien: 4, Frankreich: 30)"), "{german}");
    let english = ok(&room, &["duties", "draft", "eu-gdpr.33-1", "--language", "en"]).out;
    assert!(english.contains("# Notification of a personal data breach"), "{english}");
    assert!(german.contains("Rechtsgrundlage: Art. 33 Abs. 1, 3 und 4 DSGVO"), "{german}");
    let brazil = ok(&room, &["duties", "draft", "br-lgpd.anpd"]).out;
    assert!(brazil.contains("# Comunicação de incidente"), "{brazil}");
}

#[test]
fn an_authority_is_told_of_each_group_how_many_where_and_which_data() {
    let room = skimmed();
    groups(&room);
    let draft = |more: &[&str]| ok(&room, &[&["duties", "draft"], more].concat()).out;
    let english = draft(&["eu-gdpr.33-1"]);
    for says in [
        "- card-payers, 20 people (Germany 10, France 10):\n  - payment card number\n  - expiry",
        "- members, number not known yet:\n  - name or contact details",
        "Some people may be in more than one of these groups",
    ] {
        assert!(english.contains(says), "{says}: {english}");
    }
    assert!(!english.contains("[MISSING: Groups affected]"), "{english}");
    // The authority of a place is told how many of its own people are affected.
    let british = draft(&["uk-gdpr.33-1"]);
    assert!(british.contains("visitors, 10 people (United Kingdom)"), "{british}");
    assert!(!british.contains("Germany 10"), "{british}");
    for (tag, says) in [
        (
            "de",
            "card-payers; Zahl der Personen: 20, ausschließlich im Geltungsbereich dieser Vorschrift (Deutschland: 10",
        ),
        (
            "fr",
            "card-payers\u{a0}; nombre de personnes\u{a0}: 20, exclusivement sur le territoire où",
        ),
        ("es", "card-payers; número de personas: 20, exclusivamente en el territorio en que"),
        ("pt-BR", "card-payers; número de pessoas: 20, exclusivamente no território em que"),
    ] {
        let text = draft(&["eu-gdpr.33-1", "--language", tag]);
        assert!(text.contains(says), "{tag}: {text}");
    }
    // A letter is for one group and does not name it.
    assert!(!draft(&["us-ca.individuals"]).contains("card-payers"));
}

#[test]
fn a_fifth_language_is_one_file_and_is_offered_once_it_is_whole() {
    let room = skimmed();
    let dir = room.home().join("notices/languages");
    std::fs::create_dir_all(&dir).expect("a folder");
    let german = include_str!("../../../playbooks/notification/notices/languages/de.toml");
    // Dutch from scratch: every text is new, and no line of it is German.
    let dutch: String = german
        .replace("language = \"de\"", "language = \"nl\"")
        .replace(
            "name = \"German\"",
            "name = \"Dutch\"\nreviewed-by = \"Sanne de Vries, 2026-11-20\"",
        )
        .replace("places = [\"DE\", \"AT\", \"LI\"]", "places = [\"NL\"]")
        .replace(
            "Ihre Daten sind von einem Sicherheitsvorfall betroffen",
            "Datalek met uw gegevens",
        );
    let file = dir.join("nl.toml");
    let partial = dutch.replace("[item.advice]", "[item.no-advice]");
    std::fs::write(&file, partial).expect("written");
    let ran = room.breach(&["duties", "draft", "eu-gdpr.34", "--language", "nl"]);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    assert!(ran.said().contains("not complete") && ran.said().contains("item.advice"), "{ran:?}");
    // A file from before there were signs of taking breaks no draft in another language.
    let earlier = dutch.lines().filter(|line| !line.starts_with("taking = "));
    std::fs::write(&file, earlier.collect::<Vec<&str>>().join("\n")).expect("written");
    let ran = room.breach(&["duties", "draft", "eu-gdpr.34", "--language", "nl"]);
    assert!(ran.exit == Some(2) && ran.said().contains("speech.taking"), "{ran:?}");
    ok(&room, &["duties", "draft", "eu-gdpr.34"]);
    std::fs::write(&file, &dutch).expect("written");
    let ran = ok(&room, &["duties", "draft", "eu-gdpr.34", "--language", "nl"]);
    assert!(
        ran.out.contains("# Datalek met uw gegevens") && !ran.out.contains("[UNREVIEWED"),
        "reviewed, so no warning: {}",
        ran.out
    );
    assert_eq!(room.bodies("draft").last().expect("a draft")["language"], "nl");
    set(&room, "people_affected", "NL=5");
    let ran = ok(&room, &["duties", "draft", "eu-gdpr.34"]);
    assert!(ran.out.contains("# Datalek"), "its place chooses it: {}", ran.out);
    std::fs::write(&file, "schema = 1\nlanguage = \"nl\"\nnam = 1\n").expect("written");
    let ran = room.breach(&["duties", "draft", "eu-gdpr.34"]);
    assert_eq!(ran.exit, Some(3), "{ran:?}");
    assert!(ran.err.contains("nl.toml"), "{ran:?}");
}

/// People in six places and three groups; every tenth is in two.
fn people(n: usize) -> String {
    let mut table = String::from("id,name,place,group,street,postcode,town\n");
    for number in 0..n {
        let place = ["DE", "FR", "GB", "US-CA", "BR", "ES"][number % 6];
        let group = ["card-payers", "members", "visitors"][number % 3];
        let row = |group: &str| {
            format!("p{number},Name {number},{place},{group},Street {number},0{number},Town\n")
        };
        table.push_str(&row(group));
        if number % 10 == 0 && group != "members" {
            table.push_str(&row("members"));
        }
    }
    table
}

fn merge(room: &Room, table: &str, out: &str, more: &[&str]) -> Ran {
    let file = room.path("people.csv");
    std::fs::write(&file, table).expect("written");
    let (file, out) = (file.to_str().expect("text").to_owned(), room.path(out));
    let base = [
        "duties",
        "letters",
        "people-duty",
        "--people",
        &file,
        "--out",
        out.to_str().expect("text"),
        "--signed-by",
        "Ada Lovelace, Director",
    ];
    let mut arguments: Vec<&str> = [&base[..], more].concat();
    arguments[2] = if more.contains(&"--us") { "us-ca.individuals" } else { "eu-gdpr.34" };
    arguments.retain(|argument| *argument != "--us");
    if !more.contains(&"--format") {
        arguments.extend(["--format", "markdown"]);
    }
    room.breach(&arguments)
}

/// Records letters as sent. What was altered since is not what was sent; what was destroyed since may be.
fn sent_as_written(room: &Room, (out, letter): (&str, &std::path::Path)) {
    let sent =
        ["duties", "sent", "eu-gdpr.34", "--letters", out, "--reference", "x", "--as", "Ada"];
    std::fs::write(letter, "You lost nothing.").expect("altered");
    let ran = room.breach(&sent);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    assert!(ran.said().contains("1 letter not as written: letters/p1.md"), "{ran:?}");
    std::fs::remove_file(letter).expect("destroyed");
    let ran = room.breach(&sent);
    assert!(ran.said().contains("not compared: 1 letter"), "{ran:?}");
}

#[test]
fn a_mail_merge_writes_one_letter_to_each_person_and_is_counted() {
    let room = skimmed();
    groups(&room);
    let options = texts(&room);
    let mut options: Vec<&str> = options.iter().map(String::as_str).collect();
    options.push("--unreviewed");
    let table = people(10_000);
    let ran = merge(&room, &table, "out", &options);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    // Counted from the table, by another way than the program's.
    let mut told: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if ["DE", "FR", "ES"].contains(&cells[2]) {
            told.entry(cells[0].to_owned()).or_default().insert(cells[3]);
        }
    }
    let letters = room.path("out/letters");
    let written: Vec<String> = std::fs::read_dir(&letters)
        .expect("letters")
        .map(|entry| entry.expect("a letter").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(written.len(), told.len());
    for (id, groups) in &told {
        let text = std::fs::read_to_string(letters.join(format!("{id}.md"))).expect("a letter");
        let number: usize = id[1..].parse().expect("a number");
        let (name, card, password) = match number % 6 {
            0 => (format!("Guten Tag Name {number},"), "Nummer Ihrer Kredit", "Ihr Passwort in"),
            1 => {
                ("Madame, Monsieur,".to_owned(), "numéro de votre carte", "votre mot de passe sous")
            }
            _ => {
                (format!("Buenos días, Name {number}:"), "número de su tarjeta", "su contraseña en")
            }
        };
        assert!(text.contains(&name) && text.contains("Ada Lovelace, Director"), "{text}");
        assert!(
            text.contains(&format!("Name {number}  \nStreet {number}  \n0{number} Town")),
            "{text}"
        );
        assert_eq!(text.contains(card), groups.contains("card-payers"), "{id} {groups:?}: {text}");
        assert_eq!(text.contains(password), groups.contains("members"), "{id} {groups:?}: {text}");
        assert!(text.contains("\n# ") && !text.contains("können betroffen sein"), "{text}");
        assert!(!text.contains('[') || text.contains("]("), "{text}");
        let mode =
            std::fs::metadata(letters.join(format!("{id}.md"))).expect("a file").permissions();
        assert_eq!(mode.mode() & 0o777, 0o600);
    }
    assert_eq!(
        std::fs::metadata(room.path("out")).expect("a folder").permissions().mode() & 0o777,
        0o700
    );
    assert!(ran.said().contains("live where this duty tells nobody"), "{ran:?}");
    assert!(ran.said().contains("DE, card-payers: 1667 letters, on record: 10"), "{ran:?}");
    // The log holds the digest of the manifest, and nobody's name.
    let manifest = std::fs::read(room.path("out/manifest.csv")).expect("a manifest");
    let digest = breach::digest::Digest::of(&manifest).to_string();
    let drafts = room.bodies("draft");
    assert!(
        !drafts.is_empty() && drafts.iter().all(|body| body["manifest"] == *digest),
        "{drafts:?}"
    );
    let log = std::fs::read_to_string(room.chains().remove(0)).expect("a log");
    assert!(!log.contains("Name 1") && !log.contains("Street"), "the log holds nobody");
    // What broke off goes on, and nothing is written twice.
    std::fs::remove_file(room.path("out/manifest.csv")).expect("removed");
    std::fs::remove_file(letters.join("p0.md")).expect("removed");
    let whole = std::fs::read(letters.join("p1.md")).expect("a letter");
    std::fs::write(letters.join("p1.md"), &whole[..whole.len() / 2]).expect("torn");
    let entries = room.entries().len();
    let ran = merge(&room, &table, "out", &options);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(
        ran.said().contains(&format!("2 letters written, {} were there", told.len() - 2)),
        "{ran:?}"
    );
    assert_eq!(std::fs::read(room.path("out/manifest.csv")).expect("a manifest"), manifest);
    assert_eq!(room.entries().len(), entries, "the same run is recorded once");
    let other = merge(&room, &people(9_999), "out", &options);
    assert_eq!(other.exit, Some(2), "{other:?}");
    let out = room.path("out");
    let out = out.to_str().expect("text");
    // Sent, then some come back.
    sent_as_written(&room, (out, &letters.join("p1.md")));
    let returned = room.path("returned.csv");
    std::fs::write(&returned, "id\np0\np1\n").expect("written");
    let file = returned.to_str().expect("text");
    let sent = ["duties", "sent", "eu-gdpr.34", "--letters", out, "--reference", "x", "--returned"];
    ok(&room, &[&sent[..], &[file]].concat());
    let notices = room.bodies("notice");
    assert_eq!(notices[0]["sent"], told.len());
    assert_eq!(
        (&notices[1]["sent"], &notices[1]["bounced"]),
        (&0.into(), &2.into()),
        "{notices:?}"
    );
    std::fs::write(&returned, "id\np0\np0\nnobody\n").expect("written");
    let ran = room.breach(&[&sent[..], &[file]].concat());
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    std::fs::write(room.path("out/manifest.csv"), "id\n").expect("written");
    let ran = room.breach(&[&sent[..], &[file]].concat());
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    assert!(ran.said().contains("not one that the log holds"), "{ran:?}");
}

#[test]
fn a_letter_that_a_person_has_changed_is_left_alone() {
    let room = skimmed();
    groups(&room);
    let options = texts(&room);
    let mut options: Vec<&str> = options.iter().map(String::as_str).collect();
    options.push("--unreviewed");
    let table = people(12);
    assert_eq!(merge(&room, &table, "out", &options).exit, Some(0));
    let letter = room.path("out/letters/p1.md");
    std::fs::write(&letter, "Dear Bea, it was us.").expect("edited");
    let ran = merge(&room, &table, "out", &options);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    assert!(ran.said().contains("`letters/p1.md` was changed"), "{ran:?}");
    assert_eq!(std::fs::read_to_string(letter).expect("a letter"), "Dear Bea, it was us.");
}

#[test]
fn letters_that_are_not_ready_are_not_written() {
    let room = skimmed();
    let row = "id,name,place\na,Ann,DE\n";
    let ran = merge(&room, row, "one", &[]);
    assert_eq!(ran.exit, Some(3), "{ran:?}");
    assert!(ran.said().contains("a gap is never sent"), "{ran:?}");
    let options = texts(&room);
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let ran = merge(&room, row, "one", &options);
    assert_eq!(ran.exit, Some(3), "{ran:?}");
    assert!(ran.said().contains("native speaker"), "{ran:?}");
    set(&room, "people_affected", "US-CA=10");
    let ran = merge(&room, "id,name,place\na,Ann,US-CA\n", "two", &["--us"]);
    assert!(!room.path("two/letters/a.md").exists(), "{ran:?}");
    let inside = room.home().join("letters");
    let file = room.path("people.csv");
    let ran = room.breach(&[
        "duties",
        "letters",
        "eu-gdpr.34",
        "--people",
        file.to_str().expect("text"),
        "--out",
        inside.to_str().expect("text"),
    ]);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    assert!(ran.said().contains("are never kept in the home"), "{ran:?}");
    let ran = room.breach(&["duties", "letters", "eu-gdpr.33-1", "--people", "x", "--out", "y"]);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
}

#[test]
fn a_table_of_people_is_taken_whole_or_not_at_all() {
    let room = skimmed();
    groups(&room);
    let head = "id,name,place,group\n";
    for (table, says) in [
        ("a,Ann,DE,members\n".repeat(3000), "the first line must name the columns"),
        (format!("{head}a,Ann,DE,nobody\n"), "nobody defined the group `nobody`"),
        (format!("{head}a,Ann,DE,\n"), "the person is in no group"),
        (format!("{head}a,Ann,Atlantis,members\n"), "line 2"),
        (format!("{head}a,Ann,DE,members\na,Ann,DE,members\n"), "`a` is also in line 2"),
        (
            format!("{head}a,Ann,DE,members\na,Bob,DE,visitors\n"),
            "is that of line 2, and the rest is not",
        ),
        (format!("{head}../a,Ann,DE,members\n"), "`id` has to be"),
        (format!("{head}a,,DE,members\n"), "there is no name"),
        (format!("{head}a,\"Ann\nBcc: x\",DE,members\n"), "`name` has line breaks"),
        (format!("{head}a,Ann \u{202e}x,DE,members\n"), "invisible characters"),
        (
            format!(
                "{}a,Ann,DE,members,x@y.example\\r\\nBcc:z\n",
                head.replace("group", "group,email")
            ),
            "not one address",
        ),
        (
            format!("{}a,Ann,DE,members,-oX@y.example\n", head.replace("group", "group,email")),
            "not one address",
        ),
        (
            format!("{}a,Ann,DE,members,x\n", head.replace("group", "group,shoe size")),
            "not the name of a column",
        ),
        (format!("{head}a,Ann,DE\n"), "3 cells"),
        (head.to_owned(), "no rows"),
    ] {
        let ran = merge(&room, &table, "out", &[]);
        assert_eq!(ran.exit, Some(2), "{says}: {ran:?}");
        assert!(ran.said().contains(says), "{says}: {ran:?}");
        assert!(ran.err.len() < 20_000, "{}", ran.err.len());
        assert!(!room.path("out").exists(), "{says}");
    }
}

#[test]
fn names_of_every_script_stand_in_their_letters_as_they_are() {
    let room = skimmed();
    let options = texts(&room);
    let mut options: Vec<&str> = options.iter().map(String::as_str).collect();
    options.extend(["--unreviewed", "--format", "text"]);
    let names =
        ["=HYPERLINK(1)", "Ωμέγα Ψ", "山田 太郎", "محمد علي", "O'Brien [NAME] <b>", "Żółć & Söhne"];
    let rows = names.iter().enumerate();
    let rows: Vec<String> =
        rows.map(|(number, name)| format!("n{number},\"{name}\",DE,\n")).collect();
    let own = "n9,Eva Meier,DE,\"Sehr geehrte Frau Meier,\"\n";
    let table = format!("id,name,place,salutation\n{}{own}", rows.concat());
    let ran = merge(&room, &table, "out", &options);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    for (number, name) in names.iter().enumerate() {
        let text = std::fs::read_to_string(room.path(&format!("out/letters/n{number}.txt")))
            .expect("a letter");
        assert!(text.contains(name), "{name}: {text}");
        assert!(!text.contains('\u{e000}'), "{text}");
    }
    let own = std::fs::read_to_string(room.path("out/letters/n9.txt")).expect("a letter");
    assert!(own.contains("Sehr geehrte Frau Meier,") && !own.contains("Guten Tag"), "{own}");
}

#[test]
fn a_form_is_answered_under_its_headings_or_is_not_held() {
    let room = skimmed();
    let form = |more: &[&str]| {
        let ran = room.breach(&[&["duties", "form"], more].concat());
        let out = flowed(&ran.out);
        Ran { out, ..ran }
    };
    let page = form(&["eu-gdpr.33-1"]);
    assert_eq!(page.exit, Some(0), "{page:?}");
    assert!(page.out.contains("known: guide seen"), "{}", page.out);
    let home = |place: &str| set(&room, "home_country", place);
    home("FR");
    let page = form(&["eu-gdpr.33-1"]).out;
    assert!(page.contains("STANDS IN FOR ANOTHER: the text of the form of"), "{page}");
    assert!(page.contains("Payment methods"), "mapped from our classes: {page}");
    home("DE");
    let page = form(&["eu-gdpr.33-1"]).out;
    assert!(page.contains("name it with --authority") && page.contains("`de-ni`"), "{page}");
    let page = form(&["eu-gdpr.33-1", "--authority", "de-ni"]).out;
    assert!(page.contains("known: form seen") && page.contains("Example Shop"), "{page}");
    let json = form(&["uk-gdpr.33-1", "--format", "json"]).out;
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((&value["schema"], &value["form"]), (&"breach.form/1".into(), &"uk-ico".into()));
    let ran = form(&["ca-pipeda.opc"]);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    assert!(ran.said().contains("not held: use the authority's own"), "{ran:?}");
    assert_eq!(form(&["eu-gdpr.33-1", "--authority", "nobody"]).exit, Some(2));
    assert_eq!(form(&["nobody.1"]).exit, Some(2));
    let ran = form(&["kr-pipa.pipc"]);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
}

#[test]
fn a_support_sheet_tells_agents_what_each_group_lost_in_its_languages() {
    let room = skimmed();
    groups(&room);
    set(&room, "notification_lead", "Grace");
    let all = ok(&room, &["duties", "draft", "support"]).out;
    for title in ["# Support sheet", "# Was wir zum", "# Ce que nous", "# Qué decimos", "# O que"]
    {
        assert!(all.contains(title), "each language of the letters, {title}: {all}");
    }
    let sheet = |tag: &str| ok(&room, &["duties", "draft", "support", "--language", tag]).out;
    let english = sheet("en");
    for says in [
        "### members\n",
        "your password only in hashed form",
        "What you must not say",
        "When to pass a call on",
        "Pass questions from the press, authorities and lawyers to Grace",
        "People served with this sheet: 20.",
        "What was done with it: evidence shows that it was copied.",
    ] {
        assert!(english.contains(says), "{says}: {english}");
    }
    assert!(!english.contains("card-payers"), "they read German: {english}");
    let options = texts(&room);
    let file = room.path("de.texts.toml");
    let text = std::fs::read_to_string(&file).expect("a file");
    std::fs::write(&file, text + "support_contact = \"xx Montag\"\n").expect("written");
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let draft = ["duties", "draft", "support", "--language", "de"];
    let german = ok(&room, &[&draft, &options[..]].concat()).out;
    for says in [
        "Die Nummer Ihrer Kredit- oder Debitkarte",
        "auf Deutsch betreut werden: 40.",
        "- Ruft jede 20. Person an: 2",
        "xx account",
        "xx Montag",
    ] {
        assert!(german.contains(says), "{says}: {german}");
    }
    assert!(!german.contains("password") && !german.contains("[MISSING"), "{german}");
    // A lower bound is not shown as an exact number.
    set(&room, "people_affected", "DE=at least 400");
    assert!(sheet("de").contains("mindestens 400"), "{}", sheet("de"));
}
