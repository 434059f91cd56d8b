//! BR211: the same id for evidence of two steps.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};
use crate::escape;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR211",
    name: "evidence-reused",
    family: Family::Reference,
    level: Level::Warning,
    title: "the same id for evidence of two steps",
    explanation: "Two steps ask for evidence under the same id. The log tells them apart by step, \
                  but people give only the id on the phone, and mix them up. Give each its own id.",
    wrong: r#"[[step]]
id = "image-host"
evidence = [{ id = "image", title = "Image of the host" }]

[[step]]
id = "image-database"
evidence = [{ id = "image", title = "Image of the database" }]
"#,
    right: r#"[[step]]
id = "image-host"
evidence = [{ id = "host-image", title = "Image of the host" }]

[[step]]
id = "image-database"
evidence = [{ id = "database-image", title = "Image of the database" }]
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    let mut first: BTreeMap<Cow<'_, str>, (usize, Range<usize>)> = BTreeMap::new();
    for (number, table) in subject.tables().enumerate() {
        for id in table.tables("evidence").iter().filter_map(|wanted| wanted.text("id")) {
            match first.get(&*id.text) {
                // Twice in one step is an error of its own.
                Some((step, _)) if *step == number => {}
                Some((_, known)) => {
                    let message =
                        format!("another step also asks for evidence `{}`", escape::line(&id.text));
                    let finding = RULE
                        .at(id.span.clone(), message)
                        .related(known.clone(), "first asked for here")
                        .help("say in the id what it is evidence of");
                    findings.push(finding);
                }
                None => {
                    first.insert(id.text, (number, id.span));
                }
            }
        }
    }
}
