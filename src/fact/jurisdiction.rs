//! The countries, states and groups of countries that there are, by code.

/// The member states of the European Union, then those parts of its territory that have codes of
/// their own: Åland (TFEU Article 355(4)), French Guiana, Guadeloupe, Saint Martin, Martinique,
/// Réunion and Mayotte (Articles 349 and 355(1)).
///
/// Not the overseas countries and territories (Article 355(2) and Annex II: Greenland, New
/// Caledonia, French Polynesia, Aruba and others; Saint Barthélemy since 2012, by Decision
/// 2010/718/EU), and not the Faroe Islands (Article 355(5)(a)).
const EU: [&str; 34] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "AX", "GF", "GP", "MF", "MQ",
    "RE", "YT",
];

/// Iceland, Liechtenstein and Norway: with the territory of the Union, the European Economic Area
/// (EEA Agreement, Article 126).
const EEA: [&str; 4] = ["EU", "IS", "LI", "NO"];

/// Places with a code of their own in which the law of another country applies: Svalbard and Jan
/// Mayen (the Norwegian Personal Data Act, with the GDPR, by regulation, although the EEA Agreement
/// leaves Svalbard out), and the external territories of Australia (Privacy Act 1988). Both from
/// memory.
const UNDER: [(&str, &str); 5] =
    [("SJ", "NO"), ("NF", "AU"), ("CX", "AU"), ("CC", "AU"), ("HM", "AU")];

/// Codes of several countries.
pub(super) const GROUPS: [&str; 2] = ["EU", "EEA"];

/// Places in which the law of this country applies besides its own territory.
pub(super) fn under(country: &str) -> impl Iterator<Item = &'static str> {
    UNDER.iter().filter(move |(_, of)| *of == country).map(|(code, _)| *code)
}

/// Whether a place only has the law of another country, and is no part of it.
pub(super) fn is_under(code: &str) -> bool {
    UNDER.iter().any(|(under, _)| *under == code)
}

/// What a code of several countries stands for.
pub(super) fn members(code: &str) -> Option<&'static [&'static str]> {
    match code {
        "EU" => Some(&EU),
        "EEA" => Some(&EEA),
        _ => None,
    }
}

/// Whether a place is part of another one: a state of its country, a member of the Union.
pub fn is_within(code: &str, place: &str) -> bool {
    let country = code.split_once('-').map(|(country, _)| country);
    country == Some(place)
        || UNDER.contains(&(code, place))
        || members(place).is_some_and(|members| {
            members.iter().any(|member| *member == code || is_within(code, member))
        })
}

/// Whether `text` names a jurisdiction that there is, or several that conditions speak of together.
pub(super) fn is_place(text: &str) -> bool {
    let (country, region) = text.split_once('-').map_or((text, None), |(c, r)| (c, Some(r)));
    let is_among = |code: &str, codes: &str| code.len() == 2 && codes.contains(code);
    members(text).is_some()
        || is_jurisdiction(text)
            && is_among(country, COUNTRIES)
            && region.is_none_or(|region| country != "US" || is_among(region, STATES))
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

#[cfg(test)]
mod tests {
    use super::*;

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
