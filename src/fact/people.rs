//! Numbers of people by jurisdiction: `DE 1200, US-CA about 300`.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::jurisdiction::{GROUPS, is_under, is_within, members, under};
use super::piece::{UNKNOWN, many, pieces, turned};
use super::place::{self, Both, Codes};
use super::understood::Understood;
use super::value::{Basis, Count, People};
use crate::wording;

impl People {
    /// Reads pairs of jurisdiction and count. A count that is unknown becomes "at least 0": somebody
    /// is affected there or may be, and nobody knows how many.
    pub(super) fn parse(text: &str) -> Result<Understood<Self>, String> {
        let (codes, text) = announced(text);
        let mut people = Self::default();
        let mut both = Vec::new();
        for piece in pieces(text) {
            let (place, number) = turned(&piece).unwrap_or_else(|| place::split(&piece));
            let code = place::code(place, codes)?;
            both.extend(codes.is_none().then(|| Both::of(place)).flatten());
            let count = many(number).ok_or_else(|| {
                if let Some(dotted) = Count::dotted(number) {
                    return dotted;
                }
                let form = format!("write how many people after `{place}`, such as `{place} 1200`");
                match wording::clip(number.trim(), 30) {
                    told if told.is_empty() => form,
                    told => format!("`{told}` is not a number; {form}"),
                }
            })?;
            if people.by.insert(code.clone(), count).is_some() {
                return Err(format!("`{code}` is given twice; give it once"));
            }
        }
        if both.len() > 1 {
            let questions: Vec<String> = both.into_iter().map(Both::question).collect();
            return Err(format!(
                "{}; or start with `countries:` or `us-states:` to settle it for all codes",
                questions.join("; ")
            ));
        }
        let remarks = both.into_iter().map(Both::remark).collect();
        Ok(Understood { value: people, remarks })
    }

    /// Reads rows of a table: line, place, how many. Every mistake of every row, or the whole.
    /// Unless `codes` says what bare codes are, more than one that is of a country and of a state of
    /// the US is a mistake.
    ///
    /// # Errors
    /// What is wrong, each with its line.
    pub fn from_rows<'r>(
        rows: impl Iterator<Item = (u64, &'r str, &'r str)>,
        codes: Option<Codes>,
    ) -> Result<Understood<Self>, Vec<String>> {
        let mut people = Self::default();
        let mut lines: BTreeMap<String, u64> = BTreeMap::new();
        let mut mistakes = Vec::new();
        let mut both = Vec::new();
        for (line, place, number) in rows {
            let count = many(number.trim());
            if count.is_none() {
                let plain = || format!("`{number}` is not a number of people");
                mistakes.push((line, Count::dotted(number).unwrap_or_else(plain)));
            }
            let code = match place::code(place, codes) {
                Ok(code) => code,
                Err(mistake) => {
                    mistakes.push((line, mistake));
                    continue;
                }
            };
            both.extend(Both::of(place).filter(|_| codes.is_none()).map(|both| (line, both)));
            if let Some(first) = lines.insert(code.clone(), line) {
                mistakes.push((line, format!("`{code}` is also in line {first}")));
            }
            if let Some(count) = count {
                people.by.insert(code, count);
            }
        }
        if both.len() > 1 {
            mistakes.extend(both.iter().map(|(line, both)| (*line, both.question())));
            mistakes.sort_by_key(|(line, _)| *line);
        }
        if !mistakes.is_empty() {
            let told = |(line, mistake)| format!("line {line}: {mistake}");
            return Err(mistakes.into_iter().map(told).collect());
        }
        let remarks = both.into_iter().map(|(_, both)| both.remark()).collect();
        Ok(Understood { value: people, remarks })
    }

    /// Bounds of the number of people in a jurisdiction. A country without a number of its own is
    /// the sum of its regions; a region without one is part of its country. Places that only have
    /// its law count with it.
    pub fn of(&self, code: &str) -> (u64, Option<u64>) {
        let mut under = under(code).filter_map(|code| self.by.get(code)).peekable();
        if under.peek().is_none() {
            return self.own(code);
        }
        add(under.map(Count::bounds).chain([self.own(code)]))
    }

    fn own(&self, code: &str) -> (u64, Option<u64>) {
        if let Some(count) = self.by.get(code) {
            let (least, most) = count.bounds();
            // Whoever lives in a region lives in its country.
            let within = sum(self.regions(code)).0;
            return (least.max(most.map_or(within, |most| within.min(most))), most);
        }
        if let Some(members) = members(code) {
            return add(members.iter().map(|member| self.of(member)));
        }
        // An earlier version kept a territory of the US under its code as a country.
        let other = match code.strip_prefix("US-") {
            Some(bare) => self.by.get(bare).filter(|_| place::territory(bare).is_some()),
            None => place::territory(code).and_then(|region| self.by.get(&region)),
        };
        if let Some(count) = other {
            return count.bounds();
        }
        match code.split_once('-') {
            Some((country, _)) => match self.by.get(country) {
                Some(country) => (0, country.bounds().1),
                None => (0, Some(0)),
            },
            None => sum(self.regions(code)),
        }
    }

    /// Bounds of the number of all people. A region is not counted again beside its country, nor a
    /// country beside the Union or the Area that it belongs to.
    pub fn total(&self) -> (u64, Option<u64>) {
        add(self.by.keys().filter_map(|code| {
            let country = code.split_once('-').map(|(country, _)| country);
            let counted = country.is_some_and(|country| self.by.contains_key(country))
                || GROUPS
                    .iter()
                    .any(|group| self.by.contains_key(*group) && is_within(code, group));
            (!counted || is_under(code)).then(|| self.own(code))
        }))
    }

    /// The number in a place, as far as it is known: `12`, `about 12`, `3 to 12`, `at least 3`.
    pub fn number_in(&self, place: &str) -> String {
        let (least, most) = self.of(place);
        let is_about = most == Some(least) && self.is_estimate(Some(place));
        let about = if is_about { "about " } else { "" };
        format!("{about}{}", wording::between((least, most)))
    }

    /// The same, estimates taken as unknown: an estimate contradicts no number near it, and nobody can
    /// say what is near.
    #[must_use]
    pub fn firm(&self) -> Self {
        Self { by: self.by.iter().map(|(code, count)| (code.clone(), count.firm())).collect() }
    }

    /// The numbers on record of a place and of what is within it.
    pub fn counts_in(&self, place: &str) -> impl Iterator<Item = &Count> {
        self.numbers_in(place).map(|(_, count)| count)
    }

    /// Only those in a place.
    #[must_use]
    pub fn inside(&self, place: &str) -> Self {
        let numbers = self.numbers_in(place);
        Self { by: numbers.map(|(code, count)| (code.clone(), count.clone())).collect() }
    }

    fn numbers_in(&self, place: &str) -> impl Iterator<Item = (&String, &Count)> {
        self.by.iter().filter(move |(code, _)| *code == place || is_within(code, place))
    }

    /// Whether an estimate is part of the number in a place, or of all.
    pub fn is_estimate(&self, place: Option<&str>) -> bool {
        let is_about = |count: &Count| count.basis == Basis::About;
        match place {
            Some(place) => self.counts_in(place).any(is_about),
            None => self.by.values().any(is_about),
        }
    }

    /// Regions of a country with a number of their own beside it.
    pub fn regions_of<'p>(&'p self, country: &'p str) -> impl Iterator<Item = &'p str> {
        let is_counted = self.by.contains_key(country);
        self.within(country).filter(move |_| is_counted)
    }

    /// Bounds of the number of people in a place who are in none of these regions.
    pub fn outside_regions(&self, place: &str) -> (u64, Option<u64>) {
        self.regions_of(place).map(|region| self.of(region)).fold(
            self.of(place),
            |(least, most), (few, many)| {
                let least = many.map_or(0, |many| least.saturating_sub(many));
                (least, most.map(|most| most.saturating_sub(few)))
            },
        )
    }

    /// Places within a place, such as the members of the EU or the states of a country, of which a
    /// number is on record.
    pub fn within<'p>(&'p self, place: &'p str) -> impl Iterator<Item = &'p str> {
        self.by.keys().map(String::as_str).filter(move |code| is_within(code, place))
    }

    /// The numbers in these places, and how many there are in all: a list of sixty places hides the
    /// one that counts.
    pub fn show_of<'p>(&self, places: impl Iterator<Item = &'p str>) -> String {
        let mut shown: Vec<String> = Vec::new();
        for place in places.filter(|place| self.of(place) != (0, Some(0))) {
            let one = format!("{place} {}", self.number_in(place));
            if !shown.contains(&one) {
                shown.push(one);
            }
        }
        let (least, most) = self.total();
        let total =
            if most == Some(least) { least.to_string() } else { format!("at least {least}") };
        shown.push(match self.by.len() {
            0 | 1 => format!("{total} people in all"),
            places => format!("{total} people in all, in {places} places"),
        });
        shown.join("; ")
    }

    fn regions<'p>(&'p self, country: &'p str) -> impl Iterator<Item = &'p Count> {
        let after = (Bound::Excluded(country), Bound::Unbounded);
        self.by
            .range::<str, _>(after)
            .take_while(move |(code, _)| {
                code.strip_prefix(country).is_some_and(|region| region.starts_with('-'))
            })
            .map(|(_, count)| count)
    }
}

impl Count {
    /// Least and most that it can be. An estimate is taken at its word.
    pub fn bounds(&self) -> (u64, Option<u64>) {
        match self.basis {
            Basis::Exact | Basis::About => (self.n, Some(self.n)),
            Basis::AtMost => (0, Some(self.n)),
            Basis::AtLeast => (self.n, None),
        }
    }

    /// The same, an estimate taken as unknown, as [`People::firm`] does.
    #[must_use]
    pub fn firm(&self) -> Self {
        match self.basis {
            Basis::About => UNKNOWN,
            _ => self.clone(),
        }
    }
}

fn sum<'c>(counts: impl Iterator<Item = &'c Count>) -> (u64, Option<u64>) {
    add(counts.map(Count::bounds))
}

fn add(bounds: impl Iterator<Item = (u64, Option<u64>)>) -> (u64, Option<u64>) {
    bounds.fold((0, Some(0)), |(least, most), (low, high)| {
        let most = most.zip(high).map(|(most, high): (u64, u64)| most.saturating_add(high));
        (least.saturating_add(low), most)
    })
}

/// What an answer says at its beginning of its bare codes, and the rest: `us-states: CA 500`.
fn announced(text: &str) -> (Option<Codes>, &str) {
    let text = text.trim();
    let said = Codes::NAMED.into_iter().find_map(|(word, codes)| {
        let (first, rest) = text.split_at_checked(word.len())?;
        let rest = rest.strip_prefix([':', ' '])?;
        first.eq_ignore_ascii_case(word).then_some((Some(codes), rest))
    });
    said.unwrap_or((None, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_counted_twice() {
        let people =
            People::parse("DE 1,200, us-ca about 300, US 500, GB unknown").expect("good").value;
        assert_eq!(people.of("US"), (500, Some(500)));
        assert_eq!(people.of("US-NY"), (0, Some(500)));
        assert_eq!(people.of("FR"), (0, Some(0)));
        assert_eq!(people.of("GB"), (0, None));
        assert_eq!(people.total(), (1_700, None));
        assert_eq!(people.of("EEA"), (1_200, Some(1_200)));
        let people = People::parse("EU 900, DE 100, NO 5").expect("good").value;
        assert_eq!((people.of("EU"), people.of("EEA")), ((900, Some(900)), (905, Some(905))));
        assert_eq!(people.total(), (905, Some(905)));
        for text in
            ["NL 31200, DE 15,500", "31200 NL, 15500 in germany", "31,200 in NL and 15500 DE"]
        {
            let people = People::parse(text).expect(text).value;
            assert_eq!((people.of("NL").0, people.of("DE").0), (31_200, 15_500), "{text}");
        }
        let people = People::parse("TT 5 and Trinidad and Tobago 5");
        assert!(people.is_err_and(|hint| hint.contains("twice")));
        let regions = People::parse("US-CA 300; US-NY: at most 20").expect("good").value;
        assert_eq!(regions.of("US"), (300, Some(320)));
    }

    #[test]
    fn the_territory_of_the_union_belongs_to_it_and_nothing_else_of_its_members() {
        for code in ["RE", "GP", "MQ", "GF", "YT", "MF", "AX", "FR", "FI"] {
            let people = People::parse(&format!("{code} 7")).expect("good").value;
            assert_eq!((people.of("EU"), people.of("EEA")), ((7, Some(7)), (7, Some(7))), "{code}");
            let people = People::parse(&format!("EU 9, {code} 7, EEA 12, NO 2")).expect("good");
            assert_eq!(people.value.total(), (12, Some(12)), "{code}");
        }
        for code in "BL GL FO NC PF WF PM TF AW CW SX BQ GG JE IM GI GB CH".split(' ') {
            let people = People::parse(&format!("{code} 7, EU 9")).expect("good").value;
            assert_eq!(
                (people.of("EEA"), people.total()),
                ((9, Some(9)), (16, Some(16))),
                "{code}"
            );
        }
    }

    #[test]
    fn places_under_the_law_of_a_country_count_with_it() {
        for (text, country, least, total) in [
            ("SJ 7", "NO", 7, 7),
            ("SJ 7, NO 2", "NO", 9, 9),
            ("SJ 7, NO 2, EU 9", "EEA", 18, 18),
            ("SJ 7, EEA 12", "EEA", 12, 19),
            ("NF 1, CX 2, CC 3", "AU", 6, 6),
        ] {
            let people = People::parse(text).expect("good").value;
            assert_eq!((people.of(country).0, people.total().0), (least, total), "{text}");
        }
    }

    #[test]
    fn a_territory_of_the_us_has_its_law_by_either_code() {
        let people = People::parse("pr 5").expect("good").value;
        assert_eq!(people.by.keys().collect::<Vec<_>>(), ["US-PR"]);
        assert_eq!((people.of("US"), people.of("PR")), ((5, Some(5)), (5, Some(5))));
        let mut old = People::default();
        old.by.insert("PR".to_owned(), Count { n: 5, basis: Basis::Exact });
        assert_eq!(old.of("US-PR"), (5, Some(5)));
    }

    #[test]
    fn codes_of_countries_and_states_are_asked_back() {
        let codes = "AL AR AZ CA CO DE GA ID IL IN KY LA MA MD ME MN MO MS MT NC NE PA SC SD TN VA";
        for (one, other) in codes.split(' ').zip(codes.split(' ').skip(1)) {
            let text = format!("{one} 5, {other} 6");
            let rows = || [(2, one, "5"), (3, other, "6")].into_iter();
            let hint = People::parse(&text).expect_err(&text);
            let mistakes = People::from_rows(rows(), None).expect_err(&text);
            assert_eq!(mistakes.len(), 2, "{mistakes:?}");
            for (code, mistake) in [one, other].into_iter().zip(mistakes) {
                let name = place::name(code).expect("a name");
                let both = format!("write `{name}` or `US-{code}`");
                assert!(hint.contains(&both) && mistake.contains(&both), "{hint} {mistake}");
            }
            for (word, codes) in Codes::NAMED {
                let said = People::parse(&format!("{word}: {text}")).expect(word);
                assert_eq!(Ok(&said), People::from_rows(rows(), Some(codes)).as_ref());
                assert_eq!(said.remarks, [""; 0]);
                let is_state = codes == Codes::UsStates;
                assert!(said.value.by.keys().all(|code| code.starts_with("US-") == is_state));
                // What is shown can be given again.
                let shown = crate::fact::Value::People(said.value.clone()).show(None);
                assert_eq!(People::parse(&shown), Ok(said), "{shown}");
            }
            // Said of one, nothing is left to ask of the other but a remark.
            let said = People::parse(&format!("US-{one} 5, {other} 6")).expect("good");
            assert_eq!(said.remarks.len(), 1, "{said:?}");
        }
    }

    #[test]
    fn names_stand_for_codes() {
        let people = People::parse("Germany 1,200, New York: about 300, UK 5").expect("good").value;
        let codes: Vec<&str> = people.by.keys().map(String::as_str).collect();
        assert_eq!(codes, ["DE", "GB", "US-NY"]);
    }

    #[test]
    fn codes_have_one_form() {
        for bad in
            ["Germania 3", "XX 3", "Georgia 3", "DE", "DE 3, DE 4", "U 3", "US- 3", "DE -3", "é 3"]
        {
            assert!(People::parse(bad).is_err(), "{bad}");
        }
    }
}
