//! `breach evidence verify`: what is kept, read again and compared.

use std::io::Write;
use std::path::Path;

use crate::cli::args::Format;
use crate::cli::desk::exhibit::progress;
use crate::cli::desk::{Context, Exit, Failure, Record, chains, home, strays};
use crate::custody::{Inventory, Store};
use crate::incident::event::{Custody, CustodyAct, Source};
use crate::incident::{Comparison, Exhibit, Forgotten};
use crate::output::evidence::{self, Checked};
use crate::output::{json, verify as face};
use crate::vault::{self, Reread};
use crate::{escape, wording};

/// Reads every exhibit again. Looking is custody, so the result goes into the log.
pub(super) fn run(context: &mut Context, format: Format) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let mut record = Record::open(context, folder)?;
    let exhibits: Vec<(String, Exhibit, Option<Forgotten>)> = record
        .incident
        .exhibits
        .iter()
        .map(|(name, entry)| {
            (name.clone(), entry.clone(), record.incident.forgotten_exhibit(entry).cloned())
        })
        .collect();
    let mut damaged = 0;
    let mut all = Vec::new();
    for (exhibit, entry, forgotten) in &exhibits {
        let Some(kept) = &entry.kept else {
            if format == Format::Text {
                writeln!(context.out, "{exhibit}: kept elsewhere, not checked")?;
            }
            all.push(Checked { exhibit, entry, result: None, forgotten: None });
            continue;
        };
        let bar = progress(Some(kept.bytes));
        let read = match &entry.source {
            Source::InPlace { path } => {
                vault::verify_file(Path::new(path), kept, &mut |piece| bar.inc(piece))
            }
            _ => record.vault.verify(kept, &mut |piece| bar.inc(piece)),
        };
        bar.finish_and_clear();
        let result = match read {
            Ok(Reread::Intact) => Comparison::Intact,
            Ok(Reread::Missing) => Comparison::Missing,
            Ok(Reread::Differs(found)) => Comparison::Differs(found.to_string()),
            Err(error) => Comparison::Unreadable(error.to_string()),
        };
        if let Some(why) = forgotten
            && matches!(result, Comparison::Intact | Comparison::Missing)
        {
            if format == Format::Text {
                let why = face::forgotten(why, (result == Comparison::Intact).then_some(exhibit));
                let line = format!("{exhibit}: {why} ({})", entry.title);
                writeln!(context.out, "{}", escape::line(&line))?;
            }
            all.push(Checked { exhibit, entry, result: Some(result), forgotten: Some(why) });
            continue;
        }
        damaged += usize::from(result != Comparison::Intact);
        if format == Format::Text {
            let line = format!("{exhibit}: {result} ({})", entry.title);
            writeln!(context.out, "{}", escape::line(&line))?;
        }
        let custody = Custody {
            exhibit: exhibit.clone(),
            action: CustodyAct::Verify,
            result: Some(result.to_string()),
            text: None,
        };
        record.append(context, custody.into())?;
        all.push(Checked { exhibit, entry, result: Some(result), forgotten: None });
    }
    let (inventory, _) =
        Inventory::read(&record.folder, Some(&context.world)).map_err(chains::unreadable)?;
    let strays = strays::of(&inventory, &record.folder, Store::Evidence)?;
    if format == Format::Json {
        let name = &record.incident.name;
        json::write(&mut context.out, &evidence::checked(name, &all, &strays))?;
    } else {
        for path in &strays {
            let path = path.to_string_lossy();
            writeln!(context.out, "no entry names {}", escape::line(&path))?;
        }
    }
    if exhibits.is_empty() {
        context.screen.say("No exhibit was kept, so there was nothing to compare.");
    }
    if damaged == 0 {
        return strays::judge(strays.len());
    }
    let verb = if damaged == 1 { "does" } else { "do" };
    let all = wording::count(exhibits.len(), "exhibit");
    Err(Failure::new(Exit::Damaged, format!("{damaged} of {all} {verb} not verify"))
        .hint("nothing was changed; the log says what it was, so look for another copy"))
}
