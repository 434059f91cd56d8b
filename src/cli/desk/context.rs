//! What every command works with: the world, the streams, the home of the incidents.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::{Failure, Results};
use crate::cli::args::Global;
use crate::output::{Broken, Screen};
use crate::plain_file;
use crate::world::World;

/// The surroundings of a command.
pub struct Context {
    /// Clock, entropy, host and account.
    pub world: World,
    /// Results. Machine formats are never coloured.
    pub out: Results,
    /// Questions, status and errors.
    pub screen: Screen,
    /// How wide a table may be: the terminal's width, or no limit where there is none.
    pub table_width: Option<u16>,
    /// How wide a line may be: what goes to another program is never broken.
    pub(in crate::cli) line_width: Option<u16>,
    /// Options that every command takes.
    pub global: Global,
    /// Set where something was read that does not verify: the command does its work, and its exit
    /// code says so.
    pub(in crate::cli) damaged: bool,
    /// Folders that others can write to, and of which it was said.
    pub(in crate::cli) distrusted: BTreeSet<PathBuf>,
    /// How many entries were recorded by this command.
    pub(in crate::cli) recorded: usize,
    /// The home in which the incident went on, because the disk under the first one failed.
    pub(in crate::cli) moved_to: Option<PathBuf>,
}

impl Context {
    /// The surroundings that this machine gives: standard output and error, its clock, its width.
    pub fn system(global: &Global) -> Self {
        global.color.write_global();
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let terminal = terminal_size::terminal_size_of(std::io::stderr()).map(|(width, _)| width.0);
        let results = terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| width.0);
        let mut screen = Screen::new(
            Box::new(anstream::AutoStream::auto(std::io::stderr())),
            usize::from(columns.or(terminal).unwrap_or(80)),
        );
        screen.line_width = columns.or(terminal).filter(|_| std::io::stderr().is_terminal());
        // A card is drawn where it can be, or where somebody says how wide it may be.
        let draws = if std::io::stderr().is_terminal() { !is_dumb() } else { columns.is_some() };
        if !draws {
            screen.plain();
        }
        Self {
            world: World::system(),
            out: Results::system(),
            screen,
            table_width: columns.or(results),
            line_width: columns.or(results).filter(|_| std::io::stdout().is_terminal()),
            global: global.clone(),
            damaged: false,
            distrusted: BTreeSet::new(),
            recorded: 0,
            moved_to: None,
        }
    }

    /// Adjusts to the current width of the terminal: the window may have been resized.
    pub(in crate::cli) fn measure(&mut self) {
        let size = terminal_size::terminal_size_of(std::io::stderr());
        if let Some((width, _)) = size.filter(|_| std::env::var_os("COLUMNS").is_none()) {
            self.screen.resize(usize::from(width.0));
        }
    }

    /// Results as lines that fit the terminal.
    pub(in crate::cli) fn page(&mut self) -> Broken<'_> {
        Broken::new(&mut self.out, self.line_width)
    }

    /// Surroundings that are given: nothing of this machine is in what comes out. For tests, and for
    /// programs that hold a library of cases.
    pub fn given(
        world: World,
        out: Box<dyn Write + Send>,
        screen: Box<dyn Write + Send>,
        global: &Global,
    ) -> Self {
        Self {
            world,
            out: Results::new(out),
            screen: Screen::new(screen, 80),
            table_width: None,
            line_width: None,
            global: global.clone(),
            damaged: false,
            distrusted: BTreeSet::new(),
            recorded: 0,
            moved_to: None,
        }
    }

    /// The folder of all incidents: `--home`, `$BREACH_HOME`, or the platform's data folder.
    ///
    /// # Errors
    /// None of them is known.
    pub fn home(&self) -> Result<PathBuf, Failure> {
        let given = self.global.home.clone().or_else(|| set("BREACH_HOME"));
        if let Some(home) = given {
            return std::path::absolute(&home).map_err(Failure::from);
        }
        let platform = if cfg!(target_os = "macos") {
            set("HOME").map(|home| home.join("Library/Application Support/breach"))
        } else {
            set("XDG_DATA_HOME")
                .filter(|path| path.is_absolute())
                .map(|data| data.join("breach"))
                .or_else(|| set("HOME").map(|home| home.join(".local/share/breach")))
        };
        platform.ok_or_else(|| {
            Failure::usage("there is no home folder for incidents")
                .hint("nothing was lost; name one with `--home DIR` or `export BREACH_HOME=DIR`")
        })
    }
}

/// Reads a file that a person wrote: a plain file of at most 4 MiB.
pub(in crate::cli) fn read_input(path: &Path) -> Result<Vec<u8>, Failure> {
    const MOST: usize = 4 << 20;
    let failed =
        |error: &str| Failure::usage(format!("failed to read `{}`: {error}", path.display()));
    let bytes = plain_file::read(path, MOST).map_err(|error| failed(&error.to_string()))?;
    if bytes.len() > MOST {
        return Err(failed("it is larger than 4 MiB"));
    }
    Ok(bytes)
}

/// Whether the terminal can do nothing but show lines.
pub(in crate::cli) fn is_dumb() -> bool {
    std::env::var_os("TERM").is_none_or(|term| term == "dumb" || term.is_empty())
}

/// A path from the environment; an empty one counts as none.
fn set(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}
