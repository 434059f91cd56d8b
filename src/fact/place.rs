//! Places by name: `California` and `Germany` as well as `US-CA` and `DE`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::people::is_place;
use crate::document::did_you_mean;

/// The code of a place that is written as code or as name.
pub(super) fn code(text: &str) -> Result<String, String> {
    let text = text.trim();
    match NAMES.get(&key(text)).map(Vec::as_slice) {
        Some([code]) => return Ok((*code).to_owned()),
        Some(codes) => {
            return Err(format!("`{text}` is several places: write {}", codes.join(" or ")));
        }
        None => {}
    }
    let upper = text.to_ascii_uppercase();
    if is_place(&upper) {
        return Ok(upper);
    }
    let state = format!("US-{upper}");
    let near = if is_place(&state) {
        Some(format!("did you mean `{state}`?"))
    } else {
        did_you_mean(&key(text), NAMES.keys().map(String::as_str))
    };
    let near = near.map(|near| format!("; {near}")).unwrap_or_default();
    Err(format!("`{text}` is no country or region, by code (`DE`, `US-CA`) or by name{near}"))
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

/// The name of a place by its code: `Peru` of `PE`.
pub fn place_name(code: &str) -> Option<&'static str> {
    let state = format!("US-{code}");
    let of = |wanted: &str| {
        let mut places = PLACES.split(';').filter_map(|place| place.trim().split_once(' '));
        places.find(|(code, _)| *code == wanted)?.1.split('|').next()
    };
    // The territories of the US have codes as countries, too.
    of(code).or_else(|| of(&state))
}

static NAMES: LazyLock<BTreeMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut names: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let places = PLACES.split(';').filter_map(|place| place.trim().split_once(' '));
    for (code, all) in places {
        for name in all.split('|') {
            let codes = names.entry(key(name)).or_default();
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
    }
    names
});

/// Code and names. The territories of the US stand as its regions: its law is theirs.
const PLACES: &str = "\
    AD Andorra; AE United Arab Emirates|UAE; AF Afghanistan; AG Antigua and Barbuda; AI Anguilla; \
    AL Albania; AM Armenia; AO Angola; AQ Antarctica; AR Argentina; AT Austria; AU Australia; \
    AW Aruba; AX Åland Islands|Åland; AZ Azerbaijan; BA Bosnia and Herzegovina|Bosnia; \
    BB Barbados; BD Bangladesh; BE Belgium; BF Burkina Faso; BG Bulgaria; BH Bahrain; BI Burundi; \
    BJ Benin; BL Saint Barthélemy|St Barthelemy; BM Bermuda; BN Brunei; BO Bolivia; \
    BQ Caribbean NL; BR Brazil; BS Bahamas; BT Bhutan; BV Bouvet Island; BW Botswana; BY Belarus; \
    BZ Belize; CA Canada; CC Cocos Islands; CD Democratic Republic of the Congo|DR Congo; \
    CF Central African Rep.; CG Republic of the Congo; CH Switzerland; \
    CI Côte d'Ivoire|Ivory Coast; CK Cook Islands; CL Chile; CM Cameroon; CN China; CO Colombia; \
    CR Costa Rica; CU Cuba; CV Cape Verde|Cabo Verde; CW Curaçao; CX Christmas Island; CY Cyprus; \
    CZ Czechia|Czech Republic; DE Germany; DJ Djibouti; DK Denmark; DM Dominica; \
    DO Dominican Republic; DZ Algeria; EC Ecuador; EE Estonia; EG Egypt; EH Western Sahara; \
    ER Eritrea; ES Spain; ET Ethiopia; FI Finland; FJ Fiji; FK Falkland Islands; FM Micronesia; \
    FO Faroe Islands; FR France; GA Gabon; GB United Kingdom|UK|Great Britain; GD Grenada; \
    GE Georgia; GF French Guiana; GG Guernsey; GH Ghana; GI Gibraltar; GL Greenland; GM Gambia; \
    GN Guinea; GP Guadeloupe; GQ Equatorial Guinea; GR Greece; \
    GS South Georgia and the South Sandwich Islands; GT Guatemala; GW Guinea-Bissau; GY Guyana; \
    HK Hong Kong; HM Heard Island and McDonald Islands; HN Honduras; HR Croatia; HT Haiti; \
    HU Hungary; ID Indonesia; IE Ireland|Republic of Ireland; IL Israel; IM Isle of Man; \
    IN India; IO British Indian Ocean Territory; IQ Iraq; IR Iran; IS Iceland; IT Italy; \
    JE Jersey; JM Jamaica; JO Jordan; JP Japan; KE Kenya; KG Kyrgyzstan; KH Cambodia; \
    KI Kiribati; KM Comoros; KN Saint Kitts and Nevis|St Kitts and Nevis; KP North Korea; \
    KR South Korea|Korea|Republic of Korea; KW Kuwait; KY Cayman Islands; KZ Kazakhstan; LA Laos; \
    LB Lebanon; LC Saint Lucia|St Lucia; LI Liechtenstein; LK Sri Lanka; LR Liberia; LS Lesotho; \
    LT Lithuania; LU Luxembourg; LV Latvia; LY Libya; MA Morocco; MC Monaco; MD Moldova; \
    ME Montenegro; MF Saint Martin; MG Madagascar; MH Marshall Islands; \
    MK North Macedonia|Macedonia; ML Mali; MM Myanmar|Burma; MN Mongolia; MO Macau|Macao; \
    MQ Martinique; MR Mauritania; MS Montserrat; MT Malta; MU Mauritius; MV Maldives; MW Malawi; \
    MX Mexico; MY Malaysia; MZ Mozambique; NA Namibia; NC New Caledonia; NE Niger; \
    NF Norfolk Island; NG Nigeria; NI Nicaragua; NL Netherlands|The Netherlands|Holland; \
    NO Norway; NP Nepal; NR Nauru; NU Niue; NZ New Zealand; OM Oman; PA Panama; PE Peru; \
    PF French Polynesia; PG Papua New Guinea; PH Philippines; PK Pakistan; PL Poland; \
    PM Saint Pierre and Miquelon; PN Pitcairn; PS Palestine; PT Portugal; PW Palau; PY Paraguay; \
    QA Qatar; RE Réunion; RO Romania; RS Serbia; RU Russia|Russian Federation; RW Rwanda; \
    SA Saudi Arabia; SB Solomon Islands; SC Seychelles; SD Sudan; SE Sweden; SG Singapore; \
    SH Saint Helena|St Helena; SI Slovenia; SJ Svalbard and Jan Mayen; SK Slovakia; \
    SL Sierra Leone; SM San Marino; SN Senegal; SO Somalia; SR Suriname; SS South Sudan; \
    ST Sao Tome and Principe; SV El Salvador; SX Sint Maarten; SY Syria; SZ Eswatini|Swaziland; \
    TC Turks and Caicos Islands; TD Chad; TF French S. Terr.; TG Togo; TH Thailand; \
    TJ Tajikistan; TK Tokelau; TL Timor-Leste|East Timor; TM Turkmenistan; TN Tunisia; TO Tonga; \
    TR Türkiye|Turkey; TT Trinidad and Tobago; TV Tuvalu; TW Taiwan; TZ Tanzania; UA Ukraine; \
    UG Uganda; US United States|USA|United States of America; UY Uruguay; UZ Uzbekistan; \
    VA Vatican City|Holy See; VC Saint Vincent and the Grenadines|St Vincent; VE Venezuela; \
    VG British Virgin Islands; VN Vietnam|Viet Nam; VU Vanuatu; WF Wallis and Futuna; WS Samoa; \
    YE Yemen; YT Mayotte; ZA South Africa; ZM Zambia; ZW Zimbabwe; US-AL Alabama; US-AK Alaska; \
    US-AZ Arizona; US-AR Arkansas; US-CA California; US-CO Colorado; US-CT Connecticut; \
    US-DE Delaware; US-FL Florida; US-GA Georgia; US-HI Hawaii; US-ID Idaho; US-IL Illinois; \
    US-IN Indiana; US-IA Iowa; US-KS Kansas; US-KY Kentucky; US-LA Louisiana; US-ME Maine; \
    US-MD Maryland; US-MA Massachusetts; US-MI Michigan; US-MN Minnesota; US-MS Mississippi; \
    US-MO Missouri; US-MT Montana; US-NE Nebraska; US-NV Nevada; US-NH New Hampshire; \
    US-NJ New Jersey; US-NM New Mexico; US-NY New York; US-NC North Carolina; US-ND North Dakota; \
    US-OH Ohio; US-OK Oklahoma; US-OR Oregon; US-PA Pennsylvania; US-RI Rhode Island; \
    US-SC South Carolina; US-SD South Dakota; US-TN Tennessee; US-TX Texas; US-UT Utah; \
    US-VT Vermont; US-VA Virginia; US-WA Washington|Washington State; US-WV West Virginia; \
    US-WI Wisconsin; US-WY Wyoming; US-DC District of Columbia|Washington DC|Washington D.C.; \
    US-AS American Samoa; US-GU Guam; US-MP Northern Mariana Islands; US-PR Puerto Rico; \
    US-UM United States Minor Outlying Islands; \
    US-VI US Virgin Islands|U.S. Virgin Islands|United States Virgin Islands; EU European Union; \
    XK Kosovo; CA-QC Quebec|Québec; CA-AB Alberta; CA-BC British Columbia; CA-ON Ontario; \
";

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
            assert_eq!(code(text).as_deref(), Ok(meant), "{text}");
        }
        for (text, says) in [
            ("Georgia", "GE or US-GA"),
            ("Calfornia", "california"),
            ("NY", "`US-NY`"),
            ("XX", "no country"),
        ] {
            let error = code(text).expect_err(text);
            assert!(error.contains(says), "{error}");
        }
    }

    #[test]
    fn every_name_is_of_a_place_that_there_is() {
        assert!(NAMES.len() > 300);
        for code in NAMES.values().flatten() {
            assert!(is_place(code), "{code}");
        }
    }
}
