//! Our answers in the words of the schema. An answer that could be several of theirs is none of them.

/// What was done, in the schema's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Action {
    pub(super) category: &'static str,
    pub(super) variety: &'static str,
    pub(super) vector: &'static str,
}

const UNKNOWN: &str = super::UNKNOWN;

const fn act(category: &'static str, variety: &'static str, vector: &'static str) -> Action {
    Action { category, variety, vector }
}

/// What the kind of incident says of what was done. Ransom is malware only where something is
/// locked; a thing may be lost or stolen, and a key become public in several ways.
pub(super) fn action_of_kind(kind: &str, locked: bool) -> Option<Action> {
    Some(match kind {
        "web-skimming" => act("malware", "Capture app data", UNKNOWN),
        "supplier-access" => act("hacking", UNKNOWN, "Partner"),
        "employee-credentials" | "account-takeover" => {
            act("hacking", "Use of stolen creds", UNKNOWN)
        }
        "ransomware" if locked => act("malware", "Ransomware", UNKNOWN),
        "exposed-storage" => act("error", "Misconfiguration", UNKNOWN),
        "insider" => act("misuse", "Privilege abuse", UNKNOWN),
        "misdirected-data" => act("error", "Misdelivery", UNKNOWN),
        "exploited-flaw" => act("hacking", "Exploit vuln", UNKNOWN),
        _ => return None,
    })
}

/// What the way in which a thing went missing says of what was done.
pub(super) fn action_of_loss(way: &str) -> Option<Action> {
    Some(match way {
        "mislaid" | "in-transit" => act("error", "Loss", UNKNOWN),
        "stolen" | "robbed" => act("physical", "Theft", UNKNOWN),
        "disposed" => act("error", "Disposal error", UNKNOWN),
        _ => return None,
    })
}

/// What the way in says of what was done.
pub(super) fn action_of_vector(vector: &str) -> Option<Action> {
    Some(match vector {
        "web" => act("hacking", UNKNOWN, "Web application"),
        "unpatched" | "zero-day" => act("hacking", "Exploit vuln", UNKNOWN),
        "credentials" => act("hacking", UNKNOWN, UNKNOWN),
        "leaked-key" => act("hacking", "Use of stolen creds", UNKNOWN),
        "phishing" => act("social", "Phishing", UNKNOWN),
        "supplier" | "third-party-code" => act("hacking", UNKNOWN, "Partner"),
        "build-pipeline" => act("hacking", UNKNOWN, "Other"),
        "exposed" => act("error", "Misconfiguration", UNKNOWN),
        "insider" => act("misuse", "Privilege abuse", UNKNOWN),
        _ => return None,
    })
}

/// The kind of thing that was affected, as far as the kind of incident says it.
pub(super) fn asset(kind: &str) -> &'static str {
    match kind {
        "web-skimming" => "S - Web application",
        "user-database" => "S - Database",
        _ => UNKNOWN,
    }
}

/// A thing that went missing.
pub(super) fn lost(thing: &str) -> &'static str {
    match thing {
        "laptop" => "U - Laptop",
        "phone" => "U - Mobile phone",
        "storage" => "M - Unknown",
        "paper" => "M - Documents",
        _ => UNKNOWN,
    }
}

/// The two digits of NAICS 2022 for an industry.
pub(super) fn industry(id: &str) -> Option<&'static str> {
    Some(match id {
        "agriculture" => "11",
        "mining" => "21",
        "utilities" => "22",
        "construction" => "23",
        "manufacturing" => "31",
        "wholesale" => "42",
        "retail" => "44",
        "transport" => "48",
        "information" => "51",
        "finance" => "52",
        "real-estate" => "53",
        "professional-services" => "54",
        "holding" => "55",
        "business-support" => "56",
        "education" => "61",
        "health" => "62",
        "entertainment" => "71",
        "hospitality" => "72",
        "other-services" => "81",
        "public-administration" => "92",
        _ => return None,
    })
}

/// The class of a head count.
pub(super) fn head_count(n: u64) -> &'static str {
    match n {
        0..=10 => "1 to 10",
        11..=100 => "11 to 100",
        101..=1_000 => "101 to 1000",
        1_001..=10_000 => "1001 to 10000",
        10_001..=25_000 => "10001 to 25000",
        25_001..=50_000 => "25001 to 50000",
        50_001..=100_000 => "50001 to 100000",
        _ => "Over 100000",
    }
}

/// Whether a platform is somebody else's.
pub(super) fn is_cloud(platform: &str) -> bool {
    const CLOUD: [&str; 12] = [
        "akamai",
        "aws",
        "azure",
        "cloudflare",
        "gcp",
        "github",
        "gitlab",
        "google-workspace",
        "hosted-shop",
        "microsoft-365",
        "okta",
        "shopify",
    ];
    CLOUD.contains(&platform)
}

/// The variety of data that a class of ours belongs to.
pub(super) fn data(class: &str) -> &'static str {
    match class {
        "credentials" | "security-answers" | "secrets" => "Credentials",
        "card-number" | "card-expiry" | "card-cvv" | "card-track-pin" => "Payment",
        "bank" => "Bank",
        "health" | "health-insurance" => "Medical",
        "biometrics" | "genetic" | "special-category" | "criminal" => "Sensitive Personal",
        "internal-documents" => "Internal",
        "trade-secrets" => "Secrets",
        "source-code" => "Source code",
        "other" => "Other",
        _ => "Personal",
    }
}

/// Who discovered it, and how; none if it was discovered in another way.
pub(super) fn discovery(by: &str) -> Option<(&'static str, &'static str)> {
    Some(match by {
        "own-monitoring" => ("internal", UNKNOWN),
        "own-staff" => ("internal", "Reported by employee"),
        "customer" => ("external", "Customer"),
        "partner" => ("partner", UNKNOWN),
        "card-scheme" => ("external", "Fraud detection"),
        "researcher" => ("external", "Security researcher"),
        "press" => ("external", "Unrelated 3rd party"),
        "intruder" => ("external", "Actor disclosure"),
        // An authority need not be the police.
        "authority" => ("external", UNKNOWN),
        _ => return None,
    })
}

/// A country as ISO 3166 writes it, if it is one.
pub(super) fn country(code: &str) -> Option<String> {
    let code = code.trim().to_ascii_uppercase();
    COUNTRIES.split(' ').any(|known| known == code).then_some(code)
}

/// Whether the schema has the currency.
pub(super) fn is_currency(code: &str) -> bool {
    CURRENCIES.split(' ').any(|known| known == code)
}

const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO \
    BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ \
    DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP \
    GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG \
    KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML \
    MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE \
    PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL \
    SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM \
    US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK";

const CURRENCIES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN \
    BWP BYR BZD CAD CDF CHF CLP CNY COP CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR \
    FJD FKP GBP GEL GGP GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS IMP INR IQD IRR \
    ISK JEP JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LVL LYD \
    MAD MDL MGA MKD MMK MNT MOP MRO MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB \
    PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLL SOS SPL SRD \
    STD SVC SYP SZL THB TJS TMT TND TOP TRY TTD TVD TWD TZS UAH UGX USD UYU UZS VEF VND VUV \
    WST XAF XCD XDR XOF XPF YER ZAR ZMK ZWD XBT BCH XMR ZEC";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Vocabulary;

    /// The options of a fact.
    fn options(name: &str) -> Vec<&'static str> {
        let fact = Vocabulary::builtin().get(name).expect("a fact");
        fact.options.iter().map(|option| option.id.as_str()).collect()
    }

    #[test]
    fn every_word_that_is_mapped_is_an_option() {
        let kinds = options("incident_kind");
        let mapped = kinds.iter().filter(|kind| action_of_kind(kind, true).is_some()).count();
        assert_eq!(mapped, 9, "{kinds:?}");
        assert_eq!(
            options("loss_way").iter().filter(|way| action_of_loss(way).is_none()).count(),
            1
        );
        let others = options("device_kinds").iter().filter(|kind| lost(kind) == UNKNOWN).count();
        assert_eq!(others, 2, "a token and others");
        assert!(options("industry").iter().all(|id| industry(id).is_some()));
        let vectors = options("entry_vector");
        let mapped = vectors.iter().filter(|vector| action_of_vector(vector).is_some()).count();
        assert_eq!((mapped, vectors.len()), (11, 13), "physical and other are none");
        assert_eq!(options("how_noticed").iter().filter(|by| discovery(by).is_none()).count(), 1);
        let personal =
            options("data_classes").iter().filter(|class| data(class) == "Personal").count();
        assert_eq!((personal, options("data_classes").len()), (12, 30));
        assert!(options("platforms").iter().filter(|name| is_cloud(name)).count() == 12);
    }

    #[test]
    fn codes_are_those_of_the_standards() {
        assert_eq!(country(" gb ").as_deref(), Some("GB"));
        assert_eq!((country("XX"), country(""), country("GB DE")), (None, None, None));
        assert!(is_currency("GBP") && !is_currency("ZZZ") && !is_currency(""));
    }
}
