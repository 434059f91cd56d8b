//! Where the reports of a check go: standard output, and a file for each further format.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::discover::Discovered;
use super::texts::plain;
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
    /// Opens the reports of a check of these files, none of which a report may replace.
    pub(super) fn new(args: &CheckArgs, files: &[Discovered]) -> Result<Self, Failure> {
        let mut taken: Vec<PathBuf> = Vec::new();
        for (_, path) in &args.report {
            let mut inputs = files.iter().map(|found| found.path.as_path()).chain(
                [&args.baseline, &args.config, &args.files_from]
                    .into_iter()
                    .flatten()
                    .map(|path| &**path),
            );
            let shown = path.display();
            if let Some(same) =
                same_file(path).and_then(|is_same| inputs.find(|input| is_same(input)))
            {
                let input = same.display();
                let message = format!("a report would replace `{input}`, which this check reads");
                return Err(Failure::usage(message).hint("nothing was written; name another file"));
            }
            let full = plain(&std::path::absolute(path)?);
            if taken.contains(&full) {
                return Err(Failure::usage(format!("two reports would be written to `{shown}`"))
                    .hint("nothing was written; give each report its own file"));
            }
            taken.push(full);
        }
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
        if self.files.is_empty() {
            return Ok(());
        }
        // Nobody sees the colours of a file.
        let plain = anstream::adapter::strip_str(excerpts).to_string();
        for (path, report, file) in &mut self.files {
            report.file(checked, &plain, file).map_err(|error| cannot_write(path, &error))?;
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

/// Whether another path leads to the same file, if this one leads to any.
fn same_file(path: &Path) -> Option<impl Fn(&Path) -> bool> {
    let identity = |path: &Path| path.metadata().ok().map(|file| (file.dev(), file.ino()));
    let own = identity(path)?;
    Some(move |other: &Path| identity(other) == Some(own))
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
    Failure::usage(format!("failed to write `{}`: {error}", path.display()))
        .hint("the report is incomplete; name a file that can be written")
}
