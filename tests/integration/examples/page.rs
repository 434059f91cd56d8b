//! A page of Markdown: its blocks of code with what is said before them, and the commands it names.

use breach::cli::args::Cli;
use clap::CommandFactory;
use pulldown_cmark::{Event, Parser};

pub(super) struct Page<'p> {
    text: &'p str,
    pub(super) blocks: Vec<Block<'p>>,
}

pub(super) struct Block<'p> {
    /// The language behind the fence.
    pub(super) fence: &'p str,
    pub(super) lines: Vec<&'p str>,
    /// Names and values of the comments before it.
    pub(super) marks: Vec<(&'p str, &'p str)>,
}

impl<'p> Page<'p> {
    pub(super) fn read(text: &'p str) -> Self {
        let mut blocks = Vec::new();
        let mut marks = Vec::new();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let comment = line.strip_prefix("<!-- ").and_then(|line| line.strip_suffix(" -->"));
            if let Some(mark) = comment.and_then(|comment| comment.split_once(": ")) {
                marks.push(mark);
            } else if let Some(fence) = line.strip_prefix("```") {
                let lines = lines.by_ref().take_while(|line| *line != "```").collect();
                blocks.push(Block { fence, lines, marks: std::mem::take(&mut marks) });
            }
        }
        assert!(marks.is_empty(), "{marks:?} stand before no block");
        Self { text, blocks }
    }

    /// Commands within the text, and those of shell and YAML blocks.
    pub(super) fn commands(&self) -> impl Iterator<Item = String> {
        let inline = Parser::new(self.text).filter_map(|event| match event {
            Event::Code(code) if code.starts_with("breach ") => Some(code.to_string()),
            _ => None,
        });
        let shell = self.blocks.iter().filter(|block| ["sh", "yaml"].contains(&block.fence));
        let lines = shell.flat_map(|block| &block.lines);
        let typed = lines.filter_map(|line| {
            let line = line.trim_start().trim_start_matches("- ").trim_start_matches("$ ");
            line.starts_with("breach ").then(|| line.to_owned())
        });
        inline.chain(typed)
    }
}

impl<'p> Block<'p> {
    pub(super) fn mark(&self, name: &str) -> Option<&'p str> {
        self.marks.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }
}

/// Whether a command exists with its flags; names and values in it are not looked at.
pub(super) fn known(typed: &str) -> Result<(), String> {
    let mut cli = Cli::command();
    cli.build();
    let mut command = &cli;
    let mut values = false;
    for word in typed.split_whitespace().skip(1) {
        if ["|", ">", ";", "&&", "<"].contains(&word) {
            break;
        }
        if let Some(flag) = word.strip_prefix("--").filter(|flag| !flag.is_empty()) {
            let flag = flag.split(['=', ']']).next().unwrap_or_default();
            let known = |argument: &clap::Arg| {
                let mut aliases = argument.get_visible_aliases().into_iter().flatten();
                argument.get_long() == Some(flag) || aliases.any(|alias| alias == flag)
            };
            if !command.get_arguments().any(known) {
                return Err(format!("`{}` has no `--{flag}`", command.get_name()));
            }
            values = true;
        } else if word.starts_with('-') || values {
            values = true;
        } else if let Some(child) = command.find_subcommand(word) {
            command = child;
        } else if word.chars().all(|c| c.is_ascii_uppercase() || c == '…') {
            // A name to be filled in: `breach COMMAND --help`.
            values = true;
        } else if command.get_positionals().next().is_none() {
            return Err(format!("`{}` has no command `{word}`", command.get_name()));
        } else {
            values = true;
        }
    }
    Ok(())
}
