//! Numbers of people by jurisdiction: `DE 1200, US-CA about 300`.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::value::{Basis, Count, People};

impl People {
    /// Reads pairs of jurisdiction and count. A count that is unknown becomes "at least 0": somebody
    /// is affected there or may be, and nobody knows how many.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut people = Self::default();
        for piece in pieces(text) {
            let (place, number) = super::place::split(&piece);
            let code = super::place::code(place)?;
            let count =
                many(number).ok_or_else(|| format!("write how many people after `{place}`"))?;
            if people.by.insert(code.clone(), count).is_some() {
                return Err(format!("`{code}` is given twice; give it once"));
            }
        }
        Ok(people)
    }

    /// Reads rows of a table: line, place, how many. Every mistake of every row, or the whole.
    ///
    /// # Errors
    /// What is wrong, each with its line.
    pub fn from_rows<'r>(
        rows: impl Iterator<Item = (u64, &'r str, &'r str)>,
    ) -> Result<Self, Vec<String>> {
        let mut people = Self::default();
        let mut lines: BTreeMap<String, u64> = BTreeMap::new();
        let mut mistakes = Vec::new();
        for (line, place, number) in rows {
            let count = many(number.trim());
            if count.is_none() {
                mistakes.push(format!("line {line}: `{number}` is no number of people"));
            }
            let code = match super::place::code(place) {
                Ok(code) => code,
                Err(mistake) => {
                    mistakes.push(format!("line {line}: {mistake}"));
                    continue;
                }
            };
            if let Some(first) = lines.insert(code.clone(), line) {
                mistakes.push(format!("line {line}: `{code}` stands in line {first}, too"));
            }
            if let Some(count) = count {
                people.by.insert(code, count);
            }
        }
        if mistakes.is_empty() { Ok(people) } else { Err(mistakes) }
    }

    /// Bounds of the number of people in a jurisdiction. A country without a number of its own is
    /// the sum of its regions; a region without one is part of its country.
    pub fn of(&self, code: &str) -> (u64, Option<u64>) {
        if let Some(count) = self.by.get(code) {
            return count.bounds();
        }
        if let Some(members) = members(code) {
            return add(members.iter().map(|member| self.of(member)));
        }
        match code.split_once('-') {
            Some((country, _)) => match self.by.get(country) {
                Some(country) => (0, country.bounds().1),
                None => (0, Some(0)),
            },
            None => sum(self.regions(code)),
        }
    }

    /// Bounds of the number of all people. A region is not counted again beside its country.
    pub(super) fn total(&self) -> (u64, Option<u64>) {
        sum(self.by.iter().filter_map(|(code, count)| {
            let country = code.split_once('-').map(|(country, _)| country);
            let counted = country.is_some_and(|country| self.by.contains_key(country))
                || self.by.contains_key("EU") && EU.contains(&code.as_str());
            (!counted).then_some(count)
        }))
    }

    /// The number in a place, as far as it is known: `12`, `3 to 12`, `at least 3`.
    pub fn number_in(&self, place: &str) -> String {
        let (least, most) = self.of(place);
        match most {
            Some(most) if most == least => least.to_string(),
            Some(most) => format!("{least} to {most}"),
            None => format!("at least {least}"),
        }
    }

    /// The numbers in these places, and how many there are in all: a list of sixty places hides the
    /// one that counts.
    pub fn show_of<'p>(&self, places: impl Iterator<Item = &'p str>) -> String {
        let mut shown: Vec<String> = Vec::new();
        for place in places {
            let one = format!("{place} {}", self.number_in(place));
            if !shown.contains(&one) {
                shown.push(one);
            }
        }
        let (least, most) = self.total();
        let total =
            if most == Some(least) { least.to_string() } else { format!("at least {least}") };
        let places = self.by.len();
        shown.push(format!("{total} people in all {places} places together"));
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
    pub(super) fn bounds(&self) -> (u64, Option<u64>) {
        match self.basis {
            Basis::Exact | Basis::About => (self.n, Some(self.n)),
            Basis::AtMost => (0, Some(self.n)),
            Basis::AtLeast => (self.n, None),
        }
    }
}

/// How many: a number, or unknown.
fn many(text: &str) -> Option<Count> {
    if super::answer::is_unknown(text) {
        return Some(Count { n: 0, basis: Basis::AtLeast });
    }
    super::answer::count(text, Some("people"))
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

/// The member states of the European Union.
const EU: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// Iceland, Liechtenstein and Norway: with the Union, the European Economic Area.
const EEA: [&str; 4] = ["EU", "IS", "LI", "NO"];

/// What a code of several countries stands for.
fn members(code: &str) -> Option<&'static [&'static str]> {
    match code {
        "EU" => Some(&EU),
        "EEA" => Some(&EEA),
        _ => None,
    }
}

/// Whether `text` names a jurisdiction that there is, or several that conditions speak of together.
pub(super) fn is_place(text: &str) -> bool {
    let (country, region) = text.split_once('-').map_or((text, None), |(c, r)| (c, Some(r)));
    let is_region = |region| country != "US" || STATES.split(' ').any(|state| state == region);
    members(text).is_some()
        || is_jurisdiction(text)
            && COUNTRIES.split(' ').any(|known| known == country)
            && region.is_none_or(is_region)
}

/// The countries of ISO 3166-1, and Kosovo by the code that is used for it.
const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE \
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM \
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC \
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA \
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO \
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/// The states of the US, its district and its territories.
const STATES: &str = "\
    AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY \
    NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR UM VI";

/// Whether `text` has the form of an ISO 3166 country or subdivision.
pub(super) fn is_jurisdiction(text: &str) -> bool {
    let (country, region) = text.split_once('-').unwrap_or((text, "0"));
    country.len() == 2
        && country.bytes().all(|byte| byte.is_ascii_uppercase())
        && (1..=3).contains(&region.len())
        && region.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// The pairs between commas; a comma inside a number, `DE 1,200`, separates nothing.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for piece in text.split([',', ';']) {
        let digits = piece.len() == 3 && piece.bytes().all(|byte| byte.is_ascii_digit());
        match pieces.last_mut() {
            Some(last) if digits => last.push_str(piece),
            _ if piece.trim().is_empty() => {}
            _ => pieces.push(piece.trim().to_owned()),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_counted_twice() {
        let people = People::parse("DE 1,200, us-ca about 300, US 500, GB unknown").expect("good");
        assert_eq!(people.of("US"), (500, Some(500)));
        assert_eq!(people.of("US-NY"), (0, Some(500)));
        assert_eq!(people.of("FR"), (0, Some(0)));
        assert_eq!(people.of("GB"), (0, None));
        assert_eq!(people.total(), (1_700, None));
        assert_eq!(people.of("EEA"), (1_200, Some(1_200)));
        let people = People::parse("EU 900, DE 100, NO 5").expect("good");
        assert_eq!((people.of("EU"), people.of("EEA")), ((900, Some(900)), (905, Some(905))));
        assert_eq!(people.total(), (905, Some(905)));
        let regions = People::parse("US-CA 300; US-NY: at most 20").expect("good");
        assert_eq!(regions.of("US"), (300, Some(320)));
    }

    #[test]
    fn names_stand_for_codes() {
        let people = People::parse("Germany 1,200, New York: about 300, UK 5").expect("good");
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

    #[test]
    fn conditions_speak_of_places_that_there_are() {
        for good in ["DE", "US", "US-CA", "US-DC", "CA-QC", "EU", "EEA", "GB"] {
            assert!(is_place(good), "{good}");
        }
        for bad in ["XX", "UK", "US-ZZ", "XX-CA", "de", "US-", "EU-DE"] {
            assert!(!is_place(bad), "{bad}");
        }
    }
}
