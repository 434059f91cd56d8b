//! What steps still owe, by the titles that their playbooks give.

use crate::incident::{Debt, Owed};
use crate::report::gate::{Class, Text};
use crate::report::material::Build;

impl Build<'_> {
    /// What is owed, as far as the audience may read it.
    pub(in crate::report) fn debts(&self) -> Vec<Text> {
        let owed = self.gather.incident.owed();
        owed.iter().filter_map(|debt| self.gate.text(Class::Machine, &self.owes(debt))).collect()
    }

    fn owes(&self, debt: &Debt) -> String {
        let Debt { phase, key, owed } = debt;
        let followed = self.material.playbooks.iter().filter(|one| Some(one.phase) == *phase);
        let mut playbooks = followed.filter_map(|one| one.playbook.as_ref().ok());
        let step = playbooks.find_map(|one| one.steps.iter().find(|step| step.id == key.step));
        let item = key.item.as_deref();
        let filled =
            |text: &str| step.map_or_else(|| text.to_owned(), |step| step.fill(text, item));
        let spoken = |id: &str| id.replace('-', " ");
        let title = step.map_or_else(|| spoken(&key.step), |step| filled(&step.title));
        let what = match owed {
            Owed::Evidence(id) => {
                let wanted = step.and_then(|step| step.evidence.iter().find(|one| one.id == *id));
                wanted.map_or_else(|| spoken(id), |wanted| filled(&wanted.title))
            }
            Owed::Outcome(id) => format!("how the command \"{}\" ended", spoken(id)),
        };
        let of = item.filter(|item| !title.contains(item)).map(|item| format!(" ({item})"));
        format!("{what}, of \"{title}\"{}", of.unwrap_or_default())
    }
}
