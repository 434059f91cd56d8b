//! How many people may call support in the language of a sheet.

use minijinja::Value as Jinja;

use super::facts::NoticeFacts;
use super::groups::{number, ours};
use super::language::{Language, languages};
use crate::fact::{Value, names};

/// The number of people who speak the language of the sheet, and what 1, 5 and 10 % of them amount to.
/// The English sheet also counts people whose language has no file. None if nobody was counted.
pub(super) fn calls(known: &NoticeFacts<'_>) -> Jinja {
    let Some(Value::People(people)) = (known.value)(names::PEOPLE_AFFECTED) else {
        return Jinja::from(());
    };
    let speaks = |place: &&String| serves(known.locale.language, place);
    let (mut least, mut most) = (0, Some(0));
    let about = people.by.keys().filter(speaks).any(|place| people.is_estimate(Some(place)));
    for place in people.by.keys().filter(speaks) {
        let (at_least, at_most) = people.outside_regions(place);
        least += at_least;
        most = most.zip(at_most).map(|(all, of)| all + of);
    }
    if least == 0 && most.is_none_or(|most| most == 0) {
        return Jinja::from(());
    }
    let share = |of: u64| {
        ours(number(known, (least.div_ceil(of), most.map(|most| most.div_ceil(of))), about))
    };
    minijinja::context! {
        people => ours(number(known, (least, most), about)),
        hundredth => share(100), twentieth => share(20), tenth => share(10),
    }
}

/// Whether the people of a place are served with the sheet in a language.
pub(super) fn serves(own: &Language, place: &str) -> bool {
    let of = |language: &Language| language.is_of(place);
    own.is_of(place) || own.is_english() && !languages().iter().any(of)
}
