//! The law that comes with the tool.

use std::sync::{Arc, LazyLock};

use super::atlas::{self, Atlas};
use super::{Calendar, Calendars, Law, Outline, Regime};
use crate::document::Document;
use crate::fact::Vocabulary;

macro_rules! table {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!("../../playbooks/notification/", $path)))),*]
    };
}

/// Path below `playbooks/notification`, and text.
const REGIMES: &[(&str, &str)] = table! {
    "regimes/ae-adgm.toml"
    "regimes/ae-difc.toml"
    "regimes/ae-federal.toml"
    "regimes/ar-ley-25326.toml"
    "regimes/au-cps234.toml"
    "regimes/au-ndb.toml"
    "regimes/au-ransom.toml"
    "regimes/br-lgpd.toml"
    "regimes/ca-ab-pipa.toml"
    "regimes/ca-pipeda.toml"
    "regimes/ca-qc-law25.toml"
    "regimes/card-amex.toml"
    "regimes/card-discover.toml"
    "regimes/card-jcb.toml"
    "regimes/card-mastercard.toml"
    "regimes/card-visa.toml"
    "regimes/ch-fadp.toml"
    "regimes/ch-isa.toml"
    "regimes/cn-cac-2025.toml"
    "regimes/cn-ndsr.toml"
    "regimes/cn-pipl-57.toml"
    "regimes/eu-cra.toml"
    "regimes/eu-dora.toml"
    "regimes/eu-eidas.toml"
    "regimes/eu-eprivacy-611.toml"
    "regimes/eu-gdpr.toml"
    "regimes/eu-nis2.toml"
    "regimes/hk-ci.toml"
    "regimes/hk-pdpo.toml"
    "regimes/id-pdp.toml"
    "regimes/il-security-regs.toml"
    "regimes/in-certin.toml"
    "regimes/in-dpdp.toml"
    "regimes/jp-appi.toml"
    "regimes/ke-dpa.toml"
    "regimes/kr-network-act.toml"
    "regimes/kr-pipa.toml"
    "regimes/mx-lfpdppp.toml"
    "regimes/my-pdpa.toml"
    "regimes/ng-ndpa.toml"
    "regimes/nz-privacy.toml"
    "regimes/pci-dss.toml"
    "regimes/ph-dpa.toml"
    "regimes/sa-pdpl.toml"
    "regimes/sg-pdpa.toml"
    "regimes/th-pdpa.toml"
    "regimes/tr-kvkk.toml"
    "regimes/tw-pdpa.toml"
    "regimes/tw-sector.toml"
    "regimes/uk-gdpr.toml"
    "regimes/uk-nis.toml"
    "regimes/uk-pecr.toml"
    "regimes/us-ak.toml"
    "regimes/us-al.toml"
    "regimes/us-ar.toml"
    "regimes/us-az.toml"
    "regimes/us-bank-36h.toml"
    "regimes/us-ca.toml"
    "regimes/us-circia.toml"
    "regimes/us-co.toml"
    "regimes/us-ct.toml"
    "regimes/us-dc.toml"
    "regimes/us-de.toml"
    "regimes/us-fcc-cpni.toml"
    "regimes/us-fl.toml"
    "regimes/us-ftc-hbnr.toml"
    "regimes/us-ftc-safeguards.toml"
    "regimes/us-ga.toml"
    "regimes/us-glba-interagency.toml"
    "regimes/us-gu.toml"
    "regimes/us-hi.toml"
    "regimes/us-hipaa.toml"
    "regimes/us-ia.toml"
    "regimes/us-id.toml"
    "regimes/us-il.toml"
    "regimes/us-in.toml"
    "regimes/us-ks.toml"
    "regimes/us-ky.toml"
    "regimes/us-la.toml"
    "regimes/us-ma.toml"
    "regimes/us-md.toml"
    "regimes/us-me.toml"
    "regimes/us-mi.toml"
    "regimes/us-mn.toml"
    "regimes/us-mo.toml"
    "regimes/us-ms.toml"
    "regimes/us-mt.toml"
    "regimes/us-nc.toml"
    "regimes/us-ncua.toml"
    "regimes/us-nd.toml"
    "regimes/us-ne.toml"
    "regimes/us-nh.toml"
    "regimes/us-nj.toml"
    "regimes/us-nm.toml"
    "regimes/us-nv.toml"
    "regimes/us-ny.toml"
    "regimes/us-nydfs-500.toml"
    "regimes/us-oh.toml"
    "regimes/us-ok.toml"
    "regimes/us-or.toml"
    "regimes/us-pa.toml"
    "regimes/us-pr.toml"
    "regimes/us-reg-sp.toml"
    "regimes/us-ri.toml"
    "regimes/us-sc.toml"
    "regimes/us-sd.toml"
    "regimes/us-sec-8k.toml"
    "regimes/us-tn.toml"
    "regimes/us-tx.toml"
    "regimes/us-ut.toml"
    "regimes/us-va.toml"
    "regimes/us-vi.toml"
    "regimes/us-vt.toml"
    "regimes/us-wa.toml"
    "regimes/us-wi.toml"
    "regimes/us-wv.toml"
    "regimes/us-wy.toml"
    "regimes/vn-pdpl.toml"
    "regimes/za-popia.toml"
};

/// Path below `playbooks/notification`, and text.
const CALENDARS: &[(&str, &str)] = table! {
    "calendars/brazil.toml"
    "calendars/japan.toml"
    "calendars/sec.toml"
    "calendars/sydney.toml"
    "calendars/us-federal.toml"
};

/// Path below `playbooks/notification`, and text.
const PLACES: &[(&str, &str)] = table! { "atlas.toml" };

/// Regimes, calendars and places in outline: path and text.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    REGIMES.iter().chain(CALENDARS).chain(PLACES).copied()
}

fn document((path, text): &(&str, &str)) -> Document {
    Document { name: (*path).to_owned(), text: (*text).to_owned() }
}

/// Read only where a place is not held.
static ATLAS: LazyLock<Atlas> = LazyLock::new(|| {
    let read = PLACES.iter().filter_map(|file| atlas::read(&document(file)).0);
    read.flatten().collect()
});

/// What is known of the law of a place that is not held; a region has the law of its country.
pub(super) fn outline(place: &str) -> Option<&'static Outline> {
    let country = || place.split_once('-').filter(|(country, _)| *country != "US");
    ATLAS.get(place).or_else(|| ATLAS.get(country()?.0))
}

static LAW: LazyLock<Law> = LazyLock::new(|| {
    let regimes = REGIMES
        .iter()
        .filter_map(|file| Regime::read(&document(file), Vocabulary::builtin()).0.map(Arc::new));
    Law { regimes: regimes.collect(), calendars: Calendars::new(calendars()) }
});

/// Its calendars, each as it is written.
pub fn calendars() -> impl Iterator<Item = Calendar> {
    CALENDARS.iter().filter_map(|file| Calendar::read(&document(file)).0)
}

/// The law that comes with the tool.
pub fn law() -> &'static Law {
    &LAW
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_the_folders() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("playbooks/notification");
        let mut found = Vec::new();
        for folder in ["regimes", "calendars"] {
            for entry in std::fs::read_dir(root.join(folder)).expect("a folder") {
                let name = entry.expect("readable").file_name();
                found.push(format!("{folder}/{}", name.to_str().expect("UTF-8")));
            }
        }
        found.push("atlas.toml".to_owned());
        let mut known: Vec<&str> = all().map(|(path, _)| path).collect();
        found.sort();
        known.sort_unstable();
        assert_eq!(found, known);
    }

    #[test]
    fn each_reads_without_a_finding_under_its_own_name() {
        for file @ (path, _) in REGIMES {
            let (regime, findings) = Regime::read(&document(file), Vocabulary::builtin());
            assert_eq!(findings, [], "{path}");
            assert_eq!(*path, format!("regimes/{}.toml", regime.expect("no error").id));
        }
        for file @ (path, _) in PLACES {
            let (atlas, findings) = atlas::read(&document(file));
            assert_eq!(findings, [], "{path}");
            assert!(atlas.is_some_and(|atlas| atlas.len() > 170));
        }
        for file @ (path, _) in CALENDARS {
            let (calendar, findings) = Calendar::read(&document(file));
            assert_eq!(findings, [], "{path}");
            assert_eq!(*path, format!("calendars/{}.toml", calendar.expect("no error").name));
        }
    }

    #[test]
    fn what_a_duty_names_exists() {
        let names: Vec<&str> = law().calendars.names().collect();
        for regime in &law().regimes {
            for duty in &regime.duties {
                if let Some(calendar) = &duty.calendar {
                    assert!(names.contains(&calendar.as_str()), "{}: {calendar}", duty.id);
                }
                if let crate::regime::Clock::Filed { duty: other, .. } = &duty.clock {
                    assert!(law().duty(other).is_some(), "{}: {other}", duty.id);
                }
            }
        }
    }
}
