//! BR309: time boxes that add up to more than the phase can take.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};
use crate::phase::Phase;
use crate::wording;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR309",
    name: "too-long",
    family: Family::Craft,
    level: Level::Note,
    title: "time boxes that add up to more than the phase can take",
    explanation: "Added up, the steps take longer than the phase reasonably can: a day for \
                  containment, a week for scoping, two months for notification and the \
                  post-mortem. A plan based on them will be wrong. Shorten the time boxes, split \
                  the playbook, or mark what runs in parallel.",
    wrong: r#"[[step]]
id = "image-host"
within = "20h"

[[step]]
id = "clean-host"
within = "20h"
"#,
    right: r#"[[step]]
id = "image-host"
within = "4h"

[[step]]
id = "clean-host"
within = "4h"
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(phase) = subject.draft.phase else { return };
    let most = chrono::TimeDelta::days(match phase {
        Phase::Preparation => 90,
        Phase::Containment => 1,
        Phase::Scoping => 7,
        Phase::Notification | Phase::PostMortem => 60,
    });
    let mut sum = chrono::TimeDelta::zero();
    for (table, step) in subject.steps() {
        let Some(within) = step.within else { continue };
        let before = sum;
        sum = sum.checked_add(&within).unwrap_or(chrono::TimeDelta::MAX);
        if before <= most && sum > most {
            let message = format!(
                "with this step the time boxes come to more than {}",
                wording::length(most)
            );
            let span = table.text("within").map_or_else(|| table.span.clone(), |text| text.span);
            let help =
                format!("{phase} should not take longer; shorten the boxes or split the playbook");
            findings.push(RULE.at(span, message).help(help));
        }
    }
}
