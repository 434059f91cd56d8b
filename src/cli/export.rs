//! `breach export`: the record of an incident in a format of others. It reads, and appends nothing.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::args::{ExportArgs, ExportFormat};
use super::desk::seen::{self, Seen};
use super::desk::{Context, Exit, Failure, chains, home, law};
use crate::log::Folder;
use crate::output::export::{self, Csv, Export, Made, Rows, TimesketchCsv, TimesketchJsonl};
use crate::output::json;
use crate::report::{Left, Reading, Report};
use crate::wording;

pub(super) fn run(context: &mut Context, args: &ExportArgs) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let law = law::law(context)?;
    let reader = seen::reader(&args.reader, &law)?;
    let seen = seen::see(context, &folder, &reader, &law)?;
    if seen.gather.incident.drill {
        context.screen.warn("this is a rehearsal, not an incident");
    }
    let reading = Reading::new(&seen.gather, &seen.vocabulary);
    let face = match args.format {
        ExportFormat::TimesketchJsonl => {
            Face::Rows(|out, name| Ok(Box::new(TimesketchJsonl::new(out, name))))
        }
        ExportFormat::TimesketchCsv => {
            Face::Rows(|out, name| Ok(Box::new(TimesketchCsv::new(out, name)?)))
        }
        ExportFormat::Csv => Face::Rows(|out, name| Ok(Box::new(Csv::new(out, name)?))),
        ExportFormat::Veris => {
            Face::Whole(|context, export| write_json(context, export::veris(export)))
        }
        ExportFormat::Stix => {
            Face::Whole(|context, export| write_json(context, export::stix(export)))
        }
        ExportFormat::Ical => {
            Face::Whole(|context, export| write_text(context, export::ical(export)))
        }
        ExportFormat::Mermaid => {
            Face::Whole(|context, export| write_text(context, export::mermaid(export)))
        }
    };
    let report = seen::report(context, &folder, (&seen, &law), args.tlp.into());
    let whole = match face {
        Face::Rows(begin) => return rows(context, &folder, (&seen, &report), &reading, begin),
        Face::Whole(whole) => whole,
    };
    let (counted, left) = whole(context, Export { report: &report, facts: &reading })?;
    context.screen.say(&format!("Wrote {counted}."));
    for left in left {
        context.screen.say(&format!("Left out, because this format has no place for it: {left}."));
    }
    let banner = &report.banner;
    say_withheld(context, banner.privileged.values().sum(), 0);
    let mut texts = banner.withheld.clone();
    for (class, n) in reading.withheld() {
        *texts.entry(class.as_str().to_owned()).or_default() += n;
    }
    say_texts(context, texts);
    Ok(Exit::Done)
}

/// How a format is written.
enum Face {
    /// Row by row, while the log is read.
    Rows(Begin),
    /// At once, from what the log adds up to.
    Whole(fn(&mut Context, Export<'_>) -> io::Result<Said>),
}

type Begin = for<'w> fn(&'w mut dyn Write, &'w str) -> io::Result<Box<dyn Rows + 'w>>;

/// What was written, and what this format has no place for.
type Said = (String, Vec<String>);

fn write_json(context: &mut Context, made: Made<serde_json::Value>) -> io::Result<Said> {
    json::write(&mut context.out, &made.value)?;
    Ok((made.counted, made.left))
}

fn write_text(context: &mut Context, made: Made<String>) -> io::Result<Said> {
    context.out.write_all(made.value.as_bytes())?;
    Ok((made.counted, made.left))
}

/// Every anchor is one row, at its own time, and every entry that the audience gets; what it does not
/// get is counted.
fn rows(
    context: &mut Context,
    folder: &Folder,
    (seen, report): (&Seen, &Report),
    reading: &Reading<'_>,
    begin: Begin,
) -> Result<Exit, Failure> {
    let mut name = folder.name().to_string();
    if seen.gather.incident.drill {
        name.push_str(" (rehearsal)");
    }
    // What was appended since the names were gathered could hold a name that is not known to be one.
    let lines: BTreeMap<&str, u64> =
        seen.chains.iter().map(|chain| (chain.chain.as_str(), chain.lines)).collect();
    let mut out = begin(&mut context.out, &name)?;
    let mut anchors = 0;
    for anchor in report.timeline.moments.iter().filter(|moment| moment.anchor.is_some()) {
        out.row(anchor)?;
        anchors += 1;
    }
    let (mut entries, mut written, mut privileged, mut other) = (0, 0, 0, 0);
    let mut result = Ok(());
    crate::log::entries(folder, &context.world, &mut |chain, entry| {
        if result.is_err() || lines.get(chain).is_none_or(|lines| entry.seq >= *lines) {
            return;
        }
        entries += 1;
        match reading.moment(chain, entry) {
            Ok(moment) => {
                result = out.row(&moment);
                written += 1;
            }
            Err(Left::Privileged) => privileged += 1,
            Err(Left::Kind) => other += 1,
        }
    })
    .map_err(chains::unreadable)?;
    result?;
    out.end()?;
    drop(out);
    let (entries, written) = (wording::count(entries, "entry"), wording::count(written, "row"));
    let anchors = wording::count(anchors, "anchor");
    context.screen.say(&format!("{entries}, {written} and {anchors}."));
    say_withheld(context, privileged, other);
    let texts = reading.withheld().into_iter().map(|(class, n)| (class.as_str().to_owned(), n));
    say_texts(context, texts.collect());
    Ok(Exit::Done)
}

fn say_texts(context: &mut Context, texts: BTreeMap<String, u64>) {
    let texts: Vec<String> = texts.iter().map(|(what, n)| format!("{what}: {n}")).collect();
    if !texts.is_empty() {
        context.screen.say(&format!("Texts withheld from this audience: {}.", texts.join("; ")));
    }
}

fn say_withheld(context: &mut Context, privileged: u64, other: u64) {
    for (n, why) in
        [(privileged, "marked privileged"), (other, "of kinds that this audience may not see")]
    {
        let entries = wording::count(usize::try_from(n).unwrap_or(usize::MAX), "entry");
        if n > 0 {
            context.screen.say(&format!("Withheld: {entries} {why}."));
        }
    }
}
