//! `breach statement`: the text of the status page, from what was released. It reads; `--keep` records
//! the text as the next update.

use std::collections::BTreeMap;
use std::io::Write;

use super::args::{DraftFormat, StatementArgs};
use super::desk::seen::{Seen, see};
use super::desk::{Context, Exit, Failure, Record, home, law};
use crate::incident::event::Statement;
use crate::notice::{self, Language, NoticeFacts, Stated};
use crate::output::notice as face;
use crate::report::{Audience, Class, Reading};
use crate::wording;

/// Columns of plain text.
const COLUMNS: usize = 72;

pub(super) fn run(context: &mut Context, args: &StatementArgs) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let law = law::law_or_builtin(context);
    // What is marked privileged was not released, whatever fact it gives.
    let seen = see(context, &folder, &Audience::Public.into(), &law)?;
    let kept = &seen.gather.incident.statements;
    if let Some(number) = args.update {
        let update = number.checked_sub(1).and_then(|place| kept.get(place));
        let text = update.ok_or_else(|| {
            Failure::usage(format!("there is no update {number}")).hint(match kept.len() {
                0 => "nothing was kept yet: `breach statement --keep` keeps the first".to_owned(),
                last => format!("the last is {last}"),
            })
        })?;
        return print(context, args.format, &text.text);
    }
    let Seen { gather, vocabulary, .. } = &seen;
    let reading = Reading::new(gather, vocabulary);
    let released =
        |name: &str| reading.shown(name, Class::Released).map(|text| text.as_str().to_owned());
    let zone = gather.zone(vocabulary).or_here(context.world.clock().zone());
    let now = wording::moment(zone.there(context.world.now().local()));
    // What is asked of the words goes by the whole record, whoever may read it.
    let incident = gather.whole();
    let value = |name: &str| incident.fact_value(name);
    let (doubts, titles) = (notice::Doubts::default(), BTreeMap::new());
    let known = NoticeFacts {
        value: &value,
        is_open: &|_| false,
        vocabulary,
        is_late: false,
        groups: &incident.groups,
        in_all: false,
        not_theirs: &[],
        offer_to_all: None,
        earlier: None,
        untranslated: &[],
        written: &[],
        titles: &titles,
        doubts: &doubts,
        locale: Language::english().at(None),
    };
    let write = |update: usize, written: &str| {
        notice::statement(&released, &known, (update, written))
            .map_err(|error| Failure::new(Exit::Failed, error.message.clone()))
    };
    let update = kept.len() + 1;
    let mut stated = write(update, &now)?;
    if gather.incident.drill {
        stated.text.insert_str(0, wording::REHEARSAL);
    }
    if let Some(last) = kept.last()
        && body(&last.text) == body(&stated.text)
    {
        context
            .screen
            .say(&format!("Update {}, as it was kept: nothing was released since.", kept.len()));
        return print(context, args.format, &last.text);
    }
    if !args.keep {
        print(context, args.format, &stated.text)?;
        context.screen.say(&format!(
            "This is not in the log. `breach statement --keep` records it as update {update}."
        ));
        look_into(context, &stated);
        return Ok(Exit::Done);
    }
    let mut record = Record::open(context, folder)?;
    record.say_if_closed(context);
    let used_facts = stated.used.iter().map(|name| (*name).to_owned()).collect();
    let body = Statement { text: stated.text.as_str().into(), used_facts };
    record.append(context, body.into())?;
    print(context, args.format, &stated.text)?;
    context.screen.say(&format!(
        "Update {update} is in the log. Have somebody who may release it read it, publish it, then \
         record when: `breach fact set public_statement_at now`."
    ));
    look_into(context, &stated);
    Ok(Exit::Done)
}

/// Says what has to be looked into before a text is published, and how its gaps are filled.
fn look_into(context: &mut Context, stated: &Stated) {
    for question in &stated.asked {
        context.screen.warn(&format!("CHECK before it is published: {question}"));
    }
    for name in &stated.missing {
        context.screen.say(&format!("Fill a gap with `breach fact set {name} …`."));
    }
}

/// The text without the line that says which update it is and when it was written.
fn body(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.starts_with("Update ")).collect()
}

fn print(context: &mut Context, format: DraftFormat, text: &str) -> Result<Exit, Failure> {
    let text = match format {
        DraftFormat::Markdown => text.to_owned(),
        DraftFormat::Text => face::plain(text, COLUMNS),
    };
    let text = text.trim_end();
    writeln!(context.out, "{text}")?;
    Ok(Exit::Done)
}
