//! `breach evidence verify`: what is kept, read again and compared.

use std::io::Write;
use std::path::Path;

use crate::cli::desk::exhibit::progress;
use crate::cli::desk::{Context, Exit, Failure, Record, home};
use crate::incident::Exhibit;
use crate::incident::event::{Custody, Source};
use crate::vault::{self, Verdict};
use crate::{escape, wording};

/// Reads every exhibit again. Looking is custody, so the result goes into the log.
pub(super) fn run(context: &mut Context) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let mut record = Record::open(context, folder)?;
    let exhibits: Vec<(String, Exhibit)> = record
        .incident
        .exhibits
        .iter()
        .map(|(name, entry)| (name.clone(), entry.clone()))
        .collect();
    let mut damaged = 0;
    for (exhibit, entry) in &exhibits {
        let Some(kept) = &entry.kept else {
            writeln!(context.out, "{exhibit}: kept elsewhere, not checked")?;
            continue;
        };
        let bar = progress(Some(kept.bytes));
        let read = match &entry.source {
            Source::InPlace { path } => {
                vault::verify_file(Path::new(path), &kept.sha256, &mut |piece| bar.inc(piece))
            }
            _ => record.vault.verify(&kept.sha256, &mut |piece| bar.inc(piece)),
        };
        bar.finish_and_clear();
        let result = match read {
            Ok(Verdict::Intact) => "intact".to_owned(),
            Ok(Verdict::Missing) => "missing".to_owned(),
            Ok(Verdict::Differs(found)) => format!("differs, now {found}"),
            Err(error) => format!("cannot be read: {error}"),
        };
        damaged += usize::from(result != "intact");
        writeln!(context.out, "{exhibit}: {} ({})", result, escape::line(&entry.title))?;
        let custody = Custody {
            exhibit: exhibit.clone(),
            action: "verify".to_owned(),
            result: Some(result),
            text: None,
        };
        record.append(context, custody.into())?;
    }
    if damaged == 0 {
        return Ok(Exit::Done);
    }
    let verb = if damaged == 1 { "does" } else { "do" };
    let all = wording::count(exhibits.len(), "exhibit");
    Err(Failure::new(Exit::Damaged, format!("{damaged} of {all} {verb} not verify"))
        .hint("nothing was changed; the log says what it was, so look for another copy of it"))
}
