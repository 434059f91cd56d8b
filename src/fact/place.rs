//! Places by name: `California` and `Germany` as well as `US-CA` and `DE`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::jurisdiction::is_place;
use super::understood::Understood;
use crate::document::did_you_mean;

/// Of which places bare codes of two letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codes {
    /// Of countries.
    Countries,
    /// Of states of the US, its district and its territories.
    UsStates,
}

impl Codes {
    /// Both, by the words that people write.
    pub const NAMED: [(&str, Self); 2] =
        [("countries", Self::Countries), ("us-states", Self::UsStates)];
}

/// A code that is of a country and of a state of the US, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Both {
    code: &'static str,
    country: &'static str,
    state: &'static str,
}

impl Both {
    /// Both readings of a text, if it is a code that has two.
    pub(super) fn of(text: &str) -> Option<Self> {
        let upper = text.trim().to_ascii_uppercase();
        let (code, country) = CODES.get_key_value(&*upper).filter(|(code, _)| code.len() == 2)?;
        let state = CODES.get(&*format!("US-{code}"))?;
        Some(Self { code, country, state })
    }

    /// How it is read where it stands alone: `CA` is Canada.
    pub(super) fn remark(self) -> String {
        let Self { code, country, state } = self;
        format!("`{code}` is {country}; {state} is `US-{code}`.")
    }

    /// What it can be, and how to write each.
    pub(super) fn question(self) -> String {
        let Self { code, country, state } = self;
        format!("`{code}` is {country}, or {state}: write `{country}` or `US-{code}`")
    }
}

/// The name of a place by its code, where we have one: `Peru` of `PE`.
pub fn name(code: &str) -> Option<&'static str> {
    // The territories of the US have codes as countries, too.
    CODES.get(code).or_else(|| CODES.get(&*territory(code)?)).copied()
}

/// A place by name, with its code: `California (US-CA)`.
pub fn named(code: &str) -> String {
    name(code).map_or_else(|| code.to_owned(), |name| format!("{name} ({code})"))
}

/// The code of a single place that somebody answered with.
pub(super) fn alone(text: &str) -> Result<Understood<String>, String> {
    let value = code(text, None)?;
    let remarks = Both::of(text).map(Both::remark).into_iter().collect();
    Ok(Understood { value, remarks })
}

/// The code of a place that is written as code or as name. A bare code of two letters is a
/// country's, unless `codes` says otherwise.
pub(super) fn code(text: &str, codes: Option<Codes>) -> Result<String, String> {
    let text = text.trim();
    let upper = text.to_ascii_uppercase();
    let state = format!("US-{upper}");
    if codes == Some(Codes::UsStates) && upper.len() == 2 {
        return if is_place(&state) {
            Ok(state)
        } else {
            Err(format!("`{text}` is not a US state; write countries by name"))
        };
    }
    match NAMES.get(&key(text)).map(Vec::as_slice) {
        Some([code]) => return Ok((*code).to_owned()),
        Some(several) => {
            let meant = several.iter().find(|code| match codes {
                Some(Codes::Countries) => code.len() == 2,
                Some(Codes::UsStates) => code.starts_with("US-"),
                None => false,
            });
            return meant.map(|code| (*code).to_owned()).ok_or_else(|| {
                format!("`{text}` is several places: write {}", several.join(" or "))
            });
        }
        None => {}
    }
    if is_place(&upper) {
        return Ok(territory(&upper).unwrap_or(upper));
    }
    let near = if is_place(&state) {
        Some(format!("did you mean `{state}`?"))
    } else {
        did_you_mean(&key(text), NAMES.keys().map(String::as_str))
    };
    let near = near.map(|near| format!("; {near}")).unwrap_or_default();
    Err(format!("`{text}` is not the code (`DE`, `US-CA`) or name of a country or region{near}"))
}

/// The code as a region of the US of a territory that has one as a country, too: `US-PR` for `PR`.
/// Its law is that of the US.
pub(super) fn territory(code: &str) -> Option<String> {
    if code.len() != 2 || CODES.contains_key(code) {
        return None;
    }
    let region = format!("US-{code}");
    (CODES.contains_key(&*region) && is_place(code)).then_some(region)
}

/// Splits `New York about 300` before what is no part of the place: its longest beginning that is
/// one, or its first word.
pub(super) fn split(piece: &str) -> (&str, &str) {
    let ends = piece.char_indices().filter(|(_, c)| matches!(c, ' ' | '=' | ':'));
    let ends: Vec<usize> = ends.map(|(at, _)| at).chain([piece.len()]).collect();
    let known = ends.iter().rev().find(|end| NAMES.contains_key(&key(&piece[..**end])));
    let digit = piece.find(|c: char| c.is_ascii_digit()).unwrap_or(piece.len());
    let word = ends.first().copied().unwrap_or(piece.len());
    // What is no place is told whole: `Calfornia`, `New Yrok`.
    let whole = piece[..digit].trim_end_matches([' ', '=', ':']).len();
    let is_code = is_place(&piece[..word].to_ascii_uppercase());
    let end = known.copied().unwrap_or(if is_code { word } else { whole.max(word) });
    let (place, number) = piece.split_at(end);
    (place, number.trim_start_matches([' ', '=', ':']))
}

/// Case, dots and spaces around do not tell places apart.
fn key(text: &str) -> String {
    text.trim().to_lowercase().replace('.', "").replace('\u{2019}', "'").replace(" & ", " and ")
}

/// Codes, each with the first name of its place.
static CODES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    places().map(|(code, all)| (code, all.split('|').next().unwrap_or(all))).collect()
});

/// Codes by name.
static NAMES: LazyLock<BTreeMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut names: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (code, all) in places() {
        for name in all.split('|') {
            let codes = names.entry(key(name)).or_default();
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
    }
    names
});

/// Codes, each with the names of its place.
fn places() -> impl Iterator<Item = (&'static str, &'static str)> {
    PLACES.split(';').filter_map(|place| place.trim().split_once(' '))
}

/// Code and names, of which the first is shown. The territories of the US stand as its regions: its
/// law is theirs.
const PLACES: &str = "AD Andorra; AE United Arab Emirates|UAE; AF Afghanistan; AG Antigua and \
                      Barbuda; AI Anguilla; AL Albania; AM Armenia; AO Angola; AQ Antarctica; AR \
                      Argentina; AT Austria; AU Australia; AW Aruba; AX Åland Islands|Åland; AZ \
                      Azerbaijan; BA Bosnia and Herzegovina|Bosnia; BB Barbados; BD Bangladesh; BE \
                      Belgium; BF Burkina Faso; BG Bulgaria; BH Bahrain; BI Burundi; BJ Benin; BL \
                      Saint Barthélemy|St Barthelemy; BM Bermuda; BN Brunei; BO Bolivia; BQ \
                      Caribbean Netherlands|Caribbean NL; BR Brazil; BS Bahamas; BT Bhutan; BV \
                      Bouvet Island; BW Botswana; BY Belarus; BZ Belize; CA Canada; CC Cocos \
                      Islands; CD Democratic Republic of the Congo|DR Congo; CF Central African \
                      Republic|Central African Rep.; CG Republic of the Congo; CH Switzerland; CI \
                      Côte d'Ivoire|Ivory Coast; CK Cook Islands; CL Chile; CM Cameroon; CN China; \
                      CO Colombia; CR Costa Rica; CU Cuba; CV Cape Verde|Cabo Verde; CW Curaçao; \
                      CX Christmas Island; CY Cyprus; CZ Czechia|Czech Republic; DE Germany; DJ \
                      Djibouti; DK Denmark; DM Dominica; DO Dominican Republic; DZ Algeria; EC \
                      Ecuador; EE Estonia; EG Egypt; EH Western Sahara; ER Eritrea; ES Spain; ET \
                      Ethiopia; FI Finland; FJ Fiji; FK Falkland Islands; FM Micronesia; FO Faroe \
                      Islands; FR France; GA Gabon; GB United Kingdom|UK|Great Britain|England|Scotland|Wales; GD \
                      Grenada; GE Georgia; GF French Guiana; GG Guernsey; GH Ghana; GI Gibraltar; \
                      GL Greenland; GM Gambia; GN Guinea; GP Guadeloupe; GQ Equatorial Guinea; GR \
                      Greece; GS South Georgia and the South Sandwich Islands; GT Guatemala; GW \
                      Guinea-Bissau; GY Guyana; HK Hong Kong; HM Heard Island and McDonald \
                      Islands; HN Honduras; HR Croatia; HT Haiti; HU Hungary; ID Indonesia; IE \
                      Ireland|Republic of Ireland; IL Israel; IM Isle of Man; IN India; IO British \
                      Indian Ocean Territory; IQ Iraq; IR Iran; IS Iceland; IT Italy; JE Jersey; \
                      JM Jamaica; JO Jordan; JP Japan; KE Kenya; KG Kyrgyzstan; KH Cambodia; KI \
                      Kiribati; KM Comoros; KN Saint Kitts and Nevis|St Kitts and Nevis; KP North \
                      Korea; KR South Korea|Korea|Republic of Korea; KW Kuwait; KY Cayman Islands; \
                      KZ Kazakhstan; LA Laos; LB Lebanon; LC Saint Lucia|St Lucia; LI \
                      Liechtenstein; LK Sri Lanka; LR Liberia; LS Lesotho; LT Lithuania; LU \
                      Luxembourg; LV Latvia; LY Libya; MA Morocco; MC Monaco; MD Moldova; ME \
                      Montenegro; MF Saint Martin; MG Madagascar; MH Marshall Islands; MK North \
                      Macedonia|Macedonia; ML Mali; MM Myanmar|Burma; MN Mongolia; MO Macau|Macao; \
                      MQ Martinique; MR Mauritania; MS Montserrat; MT Malta; MU Mauritius; MV \
                      Maldives; MW Malawi; MX Mexico; MY Malaysia; MZ Mozambique; NA Namibia; NC \
                      New Caledonia; NE Niger; NF Norfolk Island; NG Nigeria; NI Nicaragua; NL \
                      Netherlands|The Netherlands|Holland; NO Norway; NP Nepal; NR Nauru; NU Niue; \
                      NZ New Zealand; OM Oman; PA Panama; PE Peru; PF French Polynesia; PG Papua \
                      New Guinea; PH Philippines; PK Pakistan; PL Poland; PM Saint Pierre and \
                      Miquelon; PN Pitcairn; PS Palestine; PT Portugal; PW Palau; PY Paraguay; QA \
                      Qatar; RE Réunion; RO Romania; RS Serbia; RU Russia|Russian Federation; RW \
                      Rwanda; SA Saudi Arabia; SB Solomon Islands; SC Seychelles; SD Sudan; SE \
                      Sweden; SG Singapore; SH Saint Helena|St Helena; SI Slovenia; SJ Svalbard \
                      and Jan Mayen; SK Slovakia; SL Sierra Leone; SM San Marino; SN Senegal; SO \
                      Somalia; SR Suriname; SS South Sudan; ST Sao Tome and Principe; SV El \
                      Salvador; SX Sint Maarten; SY Syria; SZ Eswatini|Swaziland; TC Turks and \
                      Caicos Islands; TD Chad; TF French Southern Territories|French S. Terr.; TG \
                      Togo; TH Thailand; TJ Tajikistan; TK Tokelau; TL Timor-Leste|East Timor; TM \
                      Turkmenistan; TN Tunisia; TO Tonga; TR Türkiye|Turkey; TT Trinidad and \
                      Tobago; TV Tuvalu; TW Taiwan; TZ Tanzania; UA Ukraine; UG Uganda; US United \
                      States|USA|United States of America; UY Uruguay; UZ Uzbekistan; VA Vatican \
                      City|Holy See; VC Saint Vincent and the Grenadines|St Vincent; VE Venezuela; \
                      VG British Virgin Islands; VN Vietnam|Viet Nam; VU Vanuatu; WF Wallis and \
                      Futuna; WS Samoa; YE Yemen; YT Mayotte; ZA South Africa; ZM Zambia; ZW \
                      Zimbabwe; US-AL Alabama; US-AK Alaska; US-AZ Arizona; US-AR Arkansas; US-CA \
                      California; US-CO Colorado; US-CT Connecticut; US-DE Delaware; US-FL \
                      Florida; US-GA Georgia; US-HI Hawaii; US-ID Idaho; US-IL Illinois; US-IN \
                      Indiana; US-IA Iowa; US-KS Kansas; US-KY Kentucky; US-LA Louisiana; US-ME \
                      Maine; US-MD Maryland; US-MA Massachusetts; US-MI Michigan; US-MN Minnesota; \
                      US-MS Mississippi; US-MO Missouri; US-MT Montana; US-NE Nebraska; US-NV \
                      Nevada; US-NH New Hampshire; US-NJ New Jersey; US-NM New Mexico; US-NY New \
                      York; US-NC North Carolina; US-ND North Dakota; US-OH Ohio; US-OK Oklahoma; \
                      US-OR Oregon; US-PA Pennsylvania; US-RI Rhode Island; US-SC South Carolina; \
                      US-SD South Dakota; US-TN Tennessee; US-TX Texas; US-UT Utah; US-VT Vermont; \
                      US-VA Virginia; US-WA Washington|Washington State; US-WV West Virginia; \
                      US-WI Wisconsin; US-WY Wyoming; US-DC District of Columbia|Washington \
                      DC|Washington D.C.; US-AS American Samoa; US-GU Guam; US-MP Northern Mariana \
                      Islands; US-PR Puerto Rico; US-UM United States Minor Outlying Islands; \
                      US-VI US Virgin Islands|U.S. Virgin Islands|United States Virgin Islands; EU \
                      European Union; EEA European Economic Area; XK Kosovo; CA-QC Quebec|Québec; \
                      CA-AB Alberta; CA-BC British Columbia; CA-ON Ontario; ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_codes_mean_the_same() {
        for (text, meant) in [
            ("Germany", "DE"),
            (" california ", "US-CA"),
            ("new york", "US-NY"),
            ("UK", "GB"),
            ("us-ca", "US-CA"),
            ("Puerto Rico", "US-PR"),
            ("Washington D.C.", "US-DC"),
            ("Türkiye", "TR"),
            ("CA", "CA"),
            ("EEA", "EEA"),
        ] {
            assert_eq!(code(text, None).as_deref(), Ok(meant), "{text}");
        }
        for (text, says) in [
            ("Georgia", "GE or US-GA"),
            ("Calfornia", "california"),
            ("NY", "`US-NY`"),
            ("XX", "not the code"),
        ] {
            let error = code(text, None).expect_err(text);
            assert!(error.contains(says), "{error}");
        }
    }

    #[test]
    fn a_code_with_two_readings_has_both_and_each_can_be_written() {
        let both: Vec<Both> = places().filter_map(|(code, _)| Both::of(code)).collect();
        assert_eq!(both.len(), 26, "{both:?}");
        for both in both {
            let Both { code: bare, country, state } = both;
            let region = format!("US-{bare}");
            assert!(is_place(bare) && is_place(&region), "{bare}");
            assert_eq!(code(country, None).as_deref(), Ok(bare));
            assert_eq!(code(bare, Some(Codes::Countries)).as_deref(), Ok(bare));
            for written in [bare, &*bare.to_lowercase(), state] {
                assert_eq!(code(written, Some(Codes::UsStates)).as_deref(), Ok(&*region));
            }
            let alone = alone(&bare.to_lowercase()).expect(bare);
            assert_eq!(alone.value, bare);
            let said = alone.remarks.join(" ");
            assert!(said.contains(country) && said.contains(&region), "{said}");
        }
        for plain in ["FR", "TX", "PR", "US", "EU", "Canada", "US-CA", "CA-QC", "GE"] {
            assert_eq!(Both::of(plain), None, "{plain}");
        }
    }

    #[test]
    fn every_place_has_a_name() {
        let (mut named, mut territories) = (0, 0);
        for first in 'A'..='Z' {
            for second in 'A'..='Z' {
                let code = format!("{first}{second}");
                for code in [format!("US-{code}"), code].iter().filter(|code| is_place(code)) {
                    named += 1;
                    territories += usize::from(territory(code).is_some());
                    assert!(name(code).is_some(), "{code}");
                }
            }
        }
        assert_eq!((named, territories), (308, 6));
    }

    #[test]
    fn every_name_is_of_a_place_that_there_is() {
        assert!(NAMES.len() > 300);
        for code in NAMES.values().flatten() {
            assert!(is_place(code), "{code}");
        }
    }
}
