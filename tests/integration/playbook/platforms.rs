//! A platform that is offered is served: by commands, or by parts of what there is to do.

use breach::document::Document;
use breach::fact::{Value, Vocabulary, names};
use breach::phase::Phase;
use breach::playbook::{Library, Playbook, builtin};

/// Parts, acts and commands of containment that a platform alone opens.
fn served(platform: &str) -> usize {
    let only = Value::Choices(vec![platform.to_owned()]);
    let none = Value::Choices(Vec::new());
    let holds = |when: &breach::fact::Condition, platforms: &Value| {
        when.holds(&|name| Some(platforms).filter(|_| name == names::PLATFORMS)) == Some(true)
    };
    let mut served = 0;
    for (path, text) in builtin::all() {
        let document = Document { name: (*path).to_owned(), text: (*text).to_owned() };
        let playbook = Playbook::read(&document, Library::builtin()).0.expect(path);
        if playbook.phase != Phase::Containment {
            continue;
        }
        for step in &playbook.steps {
            let parts = step.instructions.iter().chain(&step.acts).map(|part| part.when.as_ref());
            let commands = step.commands.iter().map(|command| command.when.as_ref());
            let opened = parts.chain(commands).flatten();
            served += opened.filter(|when| holds(when, &only) && !holds(when, &none)).count();
        }
    }
    served
}

#[test]
fn every_platform_that_is_offered_is_served() {
    let platforms = Vocabulary::builtin().get(names::PLATFORMS).expect("a fact");
    for option in platforms.options.iter().filter(|option| option.id != "other") {
        let served = served(&option.id);
        assert!(served >= 3, "{}: {served}", option.id);
    }
}

/// An empty answer means "never" only where it would be recorded: `CloudTrail` keeps what IAM did in
/// `us-east-1`, and everything else in the region where it happened.
#[test]
fn cloudtrail_is_asked_where_it_would_know() {
    let of_iam = ["=CreateUser", "=CreateAccessKey", "=ConsoleLogin"];
    let mut asked = 0;
    for (path, text) in builtin::all() {
        let document = Document { name: (*path).to_owned(), text: (*text).to_owned() };
        let playbook = Playbook::read(&document, Library::builtin()).0.expect(path);
        for command in playbook.steps.iter().flat_map(|step| &step.commands) {
            let has = |what: &str| command.run.iter().any(|one| one.text.ends_with(what));
            if !has("lookup-events") {
                continue;
            }
            asked += 1;
            let is_of_iam = of_iam.iter().any(|event| has(event));
            assert_eq!(has("us-east-1"), is_of_iam, "{path}: {}", command.id);
            let title = &command.title;
            assert!(
                is_of_iam || title.contains("region") || title.contains("us-east-1"),
                "{title}"
            );
        }
    }
    assert!(asked > 25, "{asked}");
}
