//! `breach evidence verify`: what is kept, read again and compared.

use std::io::Write;
use std::path::Path;

use crate::cli::args::Format;
use crate::cli::desk::exhibit::progress;
use crate::cli::desk::verified::{can_be_withheld, reread};
use crate::cli::desk::{Context, Exit, Failure, Record, chains, home, strays};
use crate::custody::{Inventory, Named, Store};
use crate::incident::event::{Custody, CustodyAct, Kept, Source};
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
    let (inventory, reports) =
        Inventory::read(&record.folder, Some(&context.world)).map_err(chains::unreadable)?;
    let is_withheld = |kept: &Kept| {
        let mut named = inventory.in_stores(&[Store::Evidence]);
        let named = named.find(|named| named.kept.sha256 == kept.sha256);
        named.is_some_and(|named| can_be_withheld(&inventory, &reports, named))
    };
    let mut damaged = 0;
    let mut all = Vec::new();
    for (exhibit, entry, forgotten) in &exhibits {
        let Some(kept) = &entry.kept else {
            if format == Format::Text {
                writeln!(context.out, "{exhibit}: kept elsewhere, not checked")?;
            }
            all.push(Checked::new(exhibit, entry, None));
            continue;
        };
        let result = compare(&record, entry, kept);
        if let Some(why) = forgotten
            && matches!(result, Comparison::Intact | Comparison::Missing)
        {
            if format == Format::Text {
                let why = face::forgotten(why, (result == Comparison::Intact).then_some(exhibit));
                let line = format!("{exhibit}: {why} ({})", entry.title);
                writeln!(context.out, "{}", escape::line(&line))?;
            }
            let checked = Checked::new(exhibit, entry, Some(result));
            all.push(Checked { forgotten: Some(why), ..checked });
            continue;
        }
        if result == Comparison::Missing && is_withheld(kept) {
            if format == Format::Text {
                let line = format!(
                    "{exhibit}: withheld: it is privileged, and this copy was made without it ({})",
                    entry.title
                );
                writeln!(context.out, "{}", escape::line(&line))?;
            }
            let checked = Checked::new(exhibit, entry, Some(result));
            all.push(Checked { is_withheld: true, ..checked });
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
        all.push(Checked::new(exhibit, entry, Some(result)));
    }
    // Exhibits that were taken back, and the output of commands: the log names their bytes as well.
    let is_told = |named: &&Named| exhibits.iter().any(|(_, entry, _)| is_kept_as(entry, named));
    let others = inventory.in_stores(&[Store::Evidence]).filter(|named| !is_told(named));
    let others: Vec<face::Checked> =
        others.map(|named| reread(&inventory, &reports, named)).collect();
    for other in others.iter().filter(|_| format == Format::Text) {
        let Named { name, entry, .. } = &other.named;
        let line = format!("{name}, named by {entry}: {}", other.verdict().as_str());
        writeln!(context.out, "{}", escape::line(&line))?;
    }
    damaged += others.iter().filter(|other| !other.is_intact()).count();
    let strays = strays::of(&inventory, &record.folder, Store::Evidence)?;
    if format == Format::Json {
        let name = &record.incident.name;
        let others: Vec<_> = others.iter().map(face::kept).collect();
        json::write(&mut context.out, &evidence::checked(name, &all, &others, &strays))?;
    } else {
        for path in &strays {
            let path = path.to_string_lossy();
            writeln!(context.out, "no entry names {}", escape::line(&path))?;
        }
    }
    if exhibits.is_empty() && others.is_empty() {
        context.screen.say("No exhibit was kept, so there was nothing to compare.");
    }
    if damaged == 0 {
        return strays::judge(strays.len());
    }
    let verb = if damaged == 1 { "does" } else { "do" };
    let what = if others.is_empty() { "exhibit" } else { "kept file" };
    let all = wording::count(exhibits.len() + others.len(), what);
    Err(Failure::new(Exit::Damaged, format!("{damaged} of {all} {verb} not verify"))
        .hint("nothing was changed; the log says what it was, so look for another copy"))
}

/// Whether a file in the folder of the incident holds the bytes of an exhibit.
fn is_kept_as(exhibit: &Exhibit, named: &Named) -> bool {
    let is_elsewhere = matches!(exhibit.source, Source::InPlace { .. } | Source::Reference { .. });
    let kept = exhibit.kept.as_ref().filter(|_| !is_elsewhere);
    kept.is_some_and(|kept| kept.sha256 == named.kept.sha256)
}

/// Reads an exhibit again and compares it with its entry.
fn compare(record: &Record, entry: &Exhibit, kept: &Kept) -> Comparison {
    let bar = progress(Some(kept.bytes));
    let read = match &entry.source {
        Source::InPlace { path } => {
            vault::verify_file(Path::new(path), kept, &mut |piece| bar.inc(piece))
        }
        _ => record.vault.verify(kept, &mut |piece| bar.inc(piece)),
    };
    bar.finish_and_clear();
    match read {
        Ok(Reread::Intact) => Comparison::Intact,
        Ok(Reread::Missing) => Comparison::Missing,
        Ok(Reread::Differs(found)) => Comparison::Differs(found.to_string()),
        Err(error) => Comparison::Unreadable(error.to_string()),
    }
}
