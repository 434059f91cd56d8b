//! The folder of a mail merge: private, outside every incident, and written so that a run that broke
//! off goes on and writes nothing twice.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::cli::desk::{Context, Exit, Failure, files, trust};
use crate::digest::{Digest, Hasher};
use crate::output::cell;
use crate::plain_file;

/// What a folder is for; a run goes on only where this is the same.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Run {
    schema: String,
    pub(super) duty: String,
    /// Digest of the table of people.
    pub(super) people: Digest,
    /// Digests of the texts, in the order of the groups and languages.
    pub(super) texts: Vec<Digest>,
    pub(super) signed_by: Option<String>,
    pub(super) dated: chrono::NaiveDate,
    pub(super) ending: String,
}

/// Name of the schema of [`Run`].
const SCHEMA: &str = "breach.letters/1";

/// The list of the letters.
pub(super) const MANIFEST: &str = "manifest.csv";

/// Its columns.
pub(super) const COLUMNS: [&str; 6] = ["id", "groups", "place", "language", "file", "sha256"];

impl Run {
    pub(super) fn new(duty: &str, people: Digest, dated: chrono::NaiveDate) -> Self {
        let (schema, duty) = (SCHEMA.to_owned(), duty.to_owned());
        let (texts, signed_by, ending) = (Vec::new(), None, String::new());
        Self { schema, duty, people, texts, signed_by, dated, ending }
    }
}

/// What became of a letter.
pub(super) enum Placed {
    /// It was written now.
    Fresh,
    /// It was there.
    Before,
    /// Somebody has changed it, so it was left as it is.
    Edited,
}

/// A folder in which letters are written.
pub(super) struct Folder {
    dir: PathBuf,
    /// What was begun here before.
    pub(super) begun: Option<Run>,
}

impl Folder {
    /// Looks at a folder, and makes it if it is not there.
    pub(super) fn open(context: &Context, dir: &Path) -> Result<Self, Failure> {
        let shown = dir.display();
        let dir = std::path::absolute(dir)?;
        refuse_inside(context, &dir)?;
        let refused = |why: String| {
            Failure::usage(why).hint("nothing was written; name a folder that does not exist yet")
        };
        if plain_file::is_link(&dir) {
            return Err(refused(format!("`{shown}` is a symbolic link")));
        }
        if dir.exists() {
            let metadata = fs::metadata(&dir)?;
            if !metadata.is_dir() {
                return Err(refused(format!("`{shown}` is not a folder")));
            }
            if let Some(why) = trust::distrust(&dir) {
                return Err(refused(why));
            }
            if metadata.mode() & 0o077 != 0 {
                return Err(refused(format!("others can look into `{shown}`")).hint(format!(
                    "or close it: chmod 700 {}",
                    crate::escape::shell(&dir.to_string_lossy())
                )));
            }
        } else {
            files::make_private(&dir).map_err(|error| {
                Failure::new(Exit::Failed, format!("failed to make `{shown}`: {error}"))
                    .hint("nothing was written; name another folder with --out")
            })?;
        }
        let begun = match plain_file::read(&dir.join("run.json"), 1 << 20) {
            Ok(bytes) => Some(
                serde_json::from_slice(&bytes)
                    .map_err(|_| refused(format!("`{shown}` holds a run that cannot be read")))?,
            ),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                return Err(Failure::new(
                    Exit::Failed,
                    format!("failed to read `{shown}`: {error}"),
                )
                .hint("nothing was written; check that folder, or name another one with --out"));
            }
        };
        if begun.is_none() && fs::read_dir(&dir)?.next().is_some() {
            return Err(refused(format!("`{shown}` is not empty")));
        }
        Ok(Self { dir, begun })
    }

    /// Says what the folder is for, or that it is for this already.
    pub(super) fn begin(&self, run: &Run) -> Result<(), Failure> {
        match &self.begun {
            Some(begun) if begun == run => Ok(()),
            Some(_) => Err(Failure::usage(format!(
                "`{}` holds letters of another run: the people, the texts or the options differ",
                self.dir.display()
            ))
            .hint("nothing was written; name a new folder")),
            None => {
                let text = serde_json::to_vec_pretty(run)?;
                files::replace(&self.dir.join("run.json"), &[&text])?;
                files::make_private(&self.dir.join("letters"))?;
                Ok(())
            }
        }
    }

    /// Writes a letter, unless it is there.
    pub(super) fn letter(&self, name: &str, text: &[u8]) -> io::Result<Placed> {
        let path = self.dir.join("letters").join(name);
        let fresh = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        match fresh {
            Ok(mut file) => file.write_all(text).map(|()| Placed::Fresh),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if plain_file::is_link(&path) {
                    return Err(error);
                }
                let found = plain_file::read(&path, text.len())?;
                if found == text {
                    return Ok(Placed::Before);
                }
                // A run that broke off leaves a beginning of it; anything else is a person's work.
                if !text.starts_with(&found) {
                    return Ok(Placed::Edited);
                }
                files::replace(&path, &[text])?;
                Ok(Placed::Fresh)
            }
            Err(error) => Err(error),
        }
    }

    /// Begins the list of the letters.
    pub(super) fn manifest(&self) -> io::Result<Manifest> {
        let path = self.dir.join(format!(".{MANIFEST}"));
        let _ = fs::remove_file(&path);
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        let mut manifest = Manifest {
            path,
            to: self.dir.join(MANIFEST),
            file: BufWriter::new(file),
            hasher: Hasher::default(),
        };
        manifest.row(&COLUMNS)?;
        Ok(manifest)
    }

    pub(super) fn path(&self) -> &Path {
        &self.dir
    }
}

/// The list of the letters in the making.
pub(super) struct Manifest {
    path: PathBuf,
    to: PathBuf,
    file: BufWriter<File>,
    hasher: Hasher,
}

impl Manifest {
    pub(super) fn row(&mut self, cells: &[&str]) -> io::Result<()> {
        let cells: Vec<String> = cells.iter().map(|one| cell::inert(one).into_owned()).collect();
        let mut line = csv::WriterBuilder::new().from_writer(Vec::new());
        line.write_record(&cells)?;
        let line = line.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
        self.hasher.update(&line);
        self.file.write_all(&line)
    }

    /// Gives it its name, once every letter is on the disk.
    pub(super) fn end(self) -> io::Result<Digest> {
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        let letters = self.to.with_file_name("letters");
        File::open(&letters)?.sync_all()?;
        fs::rename(&self.path, &self.to)?;
        File::open(self.to.parent().unwrap_or(Path::new(".")))?.sync_all()?;
        Ok(self.hasher.finish())
    }
}

/// A list of people is never kept inside the incidents' home, where it would be packed, joined and
/// retained.
fn refuse_inside(context: &Context, dir: &Path) -> Result<(), Failure> {
    let home = context.home()?;
    let real = |path: &Path| {
        let there = path.ancestors().find_map(|part| Some((part, part.canonicalize().ok()?)));
        there.map_or_else(
            || path.to_owned(),
            |(part, real)| path.strip_prefix(part).map_or(real.clone(), |rest| real.join(rest)),
        )
    };
    if real(dir).starts_with(real(&home)) {
        return Err(Failure::new(
            Exit::Usage,
            "letters to people are never kept in the home of incidents",
        )
        .hint("nothing was written; name a folder outside of it with --out"));
    }
    Ok(())
}
