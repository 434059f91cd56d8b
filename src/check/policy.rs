//! Which level a rule has here.

use std::collections::HashMap;

use super::rule::{Family, Rule};
use super::rules;
use crate::document::Level;
use crate::escape;
use crate::playbook::Programs;

/// Levels that somebody chose, by rule and by family. A rule's own choice wins over its family's.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    rules: HashMap<&'static str, Option<Level>>,
    families: HashMap<Family, Option<Level>>,
    /// Programs of the project's own.
    pub programs: Programs,
}

/// A word that is no rule, no family or no level, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Unknown {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

impl Policy {
    /// Chooses a level for a rule (by id or name) or a family: `error`, `warning`, `note`, `off`.
    ///
    /// # Errors
    /// There is no such rule, family or level, or the walk could not do without the rule.
    pub fn choose(&mut self, what: &str, level: &str) -> Result<(), Unknown> {
        let chosen = match level {
            "off" => None,
            level => Some(Level::parse(level).ok_or_else(|| Unknown {
                message: format!("there is no level `{}`", escape::line(level)),
                hint: Some("it is one of `error`, `warning`, `note`, `off`".to_owned()),
            })?),
        };
        if let Some(family) = Family::ALL.into_iter().find(|family| family.as_str() == what) {
            self.families.insert(family, chosen);
            return Ok(());
        }
        let rule = find(what)?;
        if rule.is_firm() && chosen != Some(Level::Error) {
            return Err(Unknown {
                message: format!("{} `{}` is always an error", rule.id, rule.name),
                hint: Some(
                    "a walk could not use such a file, so you cannot lower its level".into(),
                ),
            });
        }
        self.rules.insert(rule.id, chosen);
        Ok(())
    }

    /// The level of a finding of this rule; none, if the rule is off.
    pub fn level(&self, rule: &Rule, own: Level) -> Option<Level> {
        if own == Level::Error && rule.is_firm() {
            return Some(own);
        }
        let chosen = self.rules.get(rule.id).or_else(|| self.families.get(&rule.family));
        chosen.copied().unwrap_or(Some(own))
    }

    /// The same, with the choices of another that win.
    #[must_use]
    pub fn with(mut self, winning: &Self) -> Self {
        // A family that is chosen later wins over rules that were chosen before.
        self.rules.retain(|id, _| {
            let rule = rules::find(id);
            rule.is_none_or(|rule| !winning.families.contains_key(&rule.family))
        });
        self.rules.extend(&winning.rules);
        self.families.extend(&winning.families);
        self
    }
}

/// A rule by its id or its name.
///
/// # Errors
/// There is none.
fn find(what: &str) -> Result<&'static Rule, Unknown> {
    rules::find(what).ok_or_else(|| {
        let families = Family::ALL.map(Family::as_str);
        Unknown {
            message: format!("there is no rule `{}`", escape::line(what)),
            hint: Some(rules::did_you_mean(what, families)),
        }
    })
}
