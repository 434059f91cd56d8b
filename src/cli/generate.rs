//! `breach generate`: completions and man pages, from the definition of the command line.

use std::io::Write;
use std::path::Path;

use anyhow::Context as _;
use clap::CommandFactory;

use super::args::{Cli, GenerateCommand};
use super::desk::{Context, Exit, Failure, files};

pub(super) fn run(context: &mut Context, command: &GenerateCommand) -> Result<Exit, Failure> {
    let mut cli = Cli::command();
    match command {
        GenerateCommand::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(*shell, &mut cli, "breach", &mut text);
            context.out.write_all(&text)?;
        }
        GenerateCommand::Man { dir: None } => {
            clap_mangen::Man::new(cli).render(&mut context.out)?;
        }
        GenerateCommand::Man { dir: Some(dir) } => {
            cli.build();
            pages(&cli, "breach", dir)?;
        }
    }
    Ok(Exit::Done)
}

/// Writes `breach.1`, `breach-contain.1`, … into `dir`.
fn pages(command: &clap::Command, name: &str, dir: &Path) -> anyhow::Result<()> {
    let path = dir.join(format!("{name}.1"));
    let mut text = Vec::new();
    clap_mangen::Man::new(command.clone()).title(name).render(&mut text)?;
    files::publish(&path, &text)
        .with_context(|| format!("failed to write `{}`", path.display()))?;
    for child in command.get_subcommands().filter(|child| !child.is_hide_set()) {
        pages(child, &format!("{name}-{}", child.get_name()), dir)?;
    }
    Ok(())
}
