//! What of a playbook is printed, as it is typed.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::fact::{Value, Vocabulary, names};
use crate::playbook::{Paper, Role};
use crate::wording;

/// What to print.
#[derive(Clone, Debug, Args)]
pub struct PaperArgs {
    /// Print only what these platforms need, with the commands for them: aws,linux
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = platform)]
    pub platform: Vec<String>,

    /// Print only the steps of this role
    #[arg(long, value_name = "ROLE", value_parser = role())]
    pub role: Option<Role>,

    /// Print only the steps of the first hour, for playbooks that cut something off
    #[arg(long)]
    pub first_hour: bool,

    /// Print all that the steps say, with every command, not only their acts
    #[arg(long)]
    pub full: bool,
}

impl PaperArgs {
    /// As the binder takes it.
    pub fn paper(&self) -> Paper {
        let platforms = (!self.platform.is_empty()).then(|| Value::Choices(self.platform.clone()));
        let Self { role, first_hour, full, .. } = *self;
        Paper { full, platforms, role, first_hour }
    }
}

// A list of values would be read from the vocabulary by every command, each time.
fn platform(text: &str) -> Result<String, String> {
    let fact = Vocabulary::builtin().get(names::PLATFORMS);
    let options = fact.into_iter().flat_map(|fact| &fact.options);
    let ids: Vec<&str> = options.map(|option| option.id.as_str()).collect();
    let known = ids.contains(&text).then(|| text.to_owned());
    known.ok_or_else(|| format!("it is one of {}", wording::ticked(&ids)))
}

fn role() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::NAMES).try_map(|name| Role::parse(&name).ok_or("no such role"))
}
