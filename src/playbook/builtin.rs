//! The playbooks that come with the tool.

use super::{Library, Playbook};
use crate::document::Document;
use crate::fact::Vocabulary;
use crate::phase::Phase;

macro_rules! table {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!("../../", $path)))),*]
    };
}

/// Path in the sources, and text.
const ALL: &[(&str, &str)] = table! {
    "playbooks/preparation/readiness.toml"
    "playbooks/containment/account-takeover.toml"
    "playbooks/containment/employee-credentials.toml"
    "playbooks/containment/exploited-flaw.toml"
    "playbooks/containment/exposed-storage.toml"
    "playbooks/containment/generic.toml"
    "playbooks/containment/insider.toml"
    "playbooks/containment/leaked-secret.toml"
    "playbooks/containment/lost-device.toml"
    "playbooks/containment/misdirected-data.toml"
    "playbooks/containment/ransomware.toml"
    "playbooks/containment/supplier-access.toml"
    "playbooks/containment/user-database.toml"
    "playbooks/containment/web-skimming.toml"
    "playbooks/scoping/cloud-storage.toml"
    "playbooks/scoping/credentials.toml"
    "playbooks/scoping/generic.toml"
    "playbooks/scoping/payment-data.toml"
    "playbooks/notification/generic.toml"
    "playbooks/notification/low-risk.toml"
    "playbooks/notification/processor.toml"
    "playbooks/post-mortem/generic.toml"
    "playbooks/post-mortem/supplier.toml"
};

/// All of them: path in the sources, and text.
pub fn all() -> &'static [(&'static str, &'static str)] {
    ALL
}

/// The files beside them: facts and shared steps.
pub fn beside() -> [(&'static str, &'static str); 2] {
    [
        ("playbooks/facts.toml", Vocabulary::builtin_text()),
        ("playbooks/steps.toml", Library::builtin_steps()),
    ]
}

/// The text of one, by its phase and id.
pub fn find(phase: Phase, id: &str) -> Option<Document> {
    let path = format!("playbooks/{phase}/{id}.toml");
    let (path, text) = ALL.iter().find(|(known, _)| *known == path)?;
    Some(Document { name: (*path).to_owned(), text: (*text).to_owned() })
}

/// One of them, read with the shared vocabulary.
pub fn read(phase: Phase, id: &str) -> Option<Playbook> {
    Playbook::read(&find(phase, id)?, Library::builtin()).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_the_folder() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut found = Vec::new();
        for phase in Phase::ALL {
            let folder = format!("playbooks/{phase}");
            for entry in std::fs::read_dir(root.join(&folder)).expect("a folder per phase") {
                let path = entry.expect("readable").path();
                // The law of the notification phase is in folders of its own and in the atlas, and
                // tests lie beside.
                let name = path.file_name().and_then(|name| name.to_str()).expect("UTF-8");
                if path.is_file() && !name.ends_with(".test.toml") && name != "atlas.toml" {
                    found.push(format!("{folder}/{name}"));
                }
            }
        }
        found.sort();
        let mut known: Vec<&str> = ALL.iter().map(|(path, _)| *path).collect();
        known.sort_unstable();
        assert_eq!(found, known);
    }

    #[test]
    fn each_reads_without_a_finding_and_is_what_its_path_says() {
        for (path, text) in ALL {
            let document = Document { name: (*path).to_owned(), text: (*text).to_owned() };
            let (playbook, findings) = Playbook::read(&document, Library::builtin());
            assert_eq!(findings, [], "{path}");
            let playbook = playbook.expect("no error, so a playbook");
            assert_eq!(*path, format!("playbooks/{}/{}.toml", playbook.phase, playbook.id));
            assert!(read(playbook.phase, &playbook.id).is_some());
        }
    }
}
