//! Where the reports of a check go: standard output, and a file for each further format.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::check::Checked;
use crate::cli::args::CheckArgs;
use crate::cli::desk::Failure;
use crate::output::findings::{Face, Kind, Totals};

/// Where the reports go.
pub(super) struct Sinks {
    /// None where a diff takes its place.
    main: Option<Box<dyn Face>>,
    files: Vec<(PathBuf, Box<dyn Face>, BufWriter<File>)>,
}

impl Sinks {
    pub(super) fn new(args: &CheckArgs) -> Result<Self, Failure> {
        let open = |(kind, path): &(Kind, PathBuf)| {
            let file = File::create(path).map_err(|error| cannot_write(path, &error))?;
            Ok((path.clone(), kind.start(), BufWriter::new(file)))
        };
        let files = args.report.iter().map(open).collect::<Result<_, Failure>>()?;
        let main = (!args.diff).then(|| args.format.start());
        Ok(Self { main, files })
    }

    pub(super) fn file(
        &mut self,
        out: &mut dyn Write,
        checked: &Checked,
        excerpts: &str,
    ) -> Result<(), Failure> {
        if let Some(main) = &mut self.main {
            main.file(checked, excerpts, out)?;
        }
        for (path, report, file) in &mut self.files {
            report.file(checked, excerpts, file).map_err(|error| cannot_write(path, &error))?;
        }
        Ok(())
    }

    pub(super) fn end(&mut self, out: &mut dyn Write, totals: &Totals) -> Result<(), Failure> {
        if let Some(main) = &mut self.main {
            main.end(totals, out)?;
        }
        out.flush()?;
        for (path, report, file) in &mut self.files {
            let ended = report.end(totals, file).and_then(|()| file.flush());
            ended.map_err(|error| cannot_write(path, &error))?;
        }
        Ok(())
    }
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
    Failure::usage(format!("failed to write `{}`: {error}", path.display()))
        .hint("the report is incomplete; name a file that can be written")
}
