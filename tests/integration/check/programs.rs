//! The table of programs: what is read as code and what changes the world, for argv that were chosen
//! while the table was written, and for some that were not.

use breach::check::{Policy, check};
use breach::document::Document;
use serde::Deserialize;

use super::example::whole;

/// What is said of a command: `error`, `note`, `changes` or `nothing`.
fn says(run: &[String]) -> &'static str {
    let run: Vec<String> =
        run.iter().map(|word| toml::Value::from(word.as_str()).to_string()).collect();
    let text = format!(
        "[[step]]\nid = \"look\"\nfor-each = \"hosts_affected\"\n\n[[step.command]]\nid = \"x\"\n\
         title = \"X\"\nrun = [{}]\n",
        run.join(", ")
    );
    let document = Document { name: "x".to_owned(), text: whole(&text) };
    let found = check(&document, "x", &Policy::default(), super::rules::today()).findings;
    let has = |rule: &str| found.iter().any(|found| found.rule.id == rule);
    match () {
        () if has("BR307") => "error",
        () if has("BR316") => "changes",
        () if has("BR318") => "note",
        () => "nothing",
    }
}

#[derive(Deserialize)]
struct Judged {
    run: Vec<String>,
    says: String,
}

#[derive(Deserialize)]
struct Argv {
    argv: Vec<Judged>,
}

fn wrong(table: &str) -> (usize, Vec<String>) {
    let argv = toml::from_str::<Argv>(table).expect("a table").argv;
    let count = argv.len();
    let wrong = argv.into_iter().filter_map(|judged| {
        let said = says(&judged.run);
        (said != judged.says).then(|| format!("{:?}: {said}, not {}", judged.run, judged.says))
    });
    (count, wrong.collect())
}

#[test]
#[expect(clippy::print_stdout, reason = "the counts are of interest, too")]
fn every_known_argv_is_judged_right() {
    let (count, wrong) = wrong(include_str!("tables/argv.toml"));
    println!("{count} argv, {} judged wrong", wrong.len());
    assert!(count >= 150 && wrong.is_empty(), "{wrong:#?}");
}

#[test]
#[expect(clippy::print_stdout, reason = "the counts are of interest, too")]
fn of_argv_that_were_chosen_first_all_but_a_few_are_judged_right() {
    let (count, wrong) = wrong(include_str!("tables/held-out.toml"));
    println!("{count} argv, {} judged wrong: {wrong:#?}", wrong.len());
    assert!(count >= 40 && wrong.len() * 20 <= count, "{wrong:#?}");
}

/// Nobody writes such a command; one that is sent must not hold the checker up.
#[test]
fn a_command_without_end_is_answered() {
    for word in ["ssh", "sudo", "sh", "find", "-exec", "watch", "docker", "x", "-c", "env"] {
        let run: Vec<String> =
            std::iter::repeat_n([word.to_owned(), "h".to_owned()], 20_000).flatten().collect();
        let _ = says(&run);
        let _ = says(&vec![word.to_owned(); 40_000]);
    }
}
