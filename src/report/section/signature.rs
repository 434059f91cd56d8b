//! Up to where the log was read, and who signed what was made of it.

use chrono::{DateTime, FixedOffset};
use schemars::JsonSchema;
use serde::Serialize;

use crate::digest::Digest;
use crate::report::gate::Text;
use crate::report::material::Build;

/// Up to where the log was read, and who signed. It is no part of what is signed.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct SignOff {
    /// The code of the last entry that names every head.
    pub code: Option<String>,
    /// Entries that it does not cover.
    pub newer: u64,
    /// SHA-256 of this report as JSON: keys sorted, without blanks, `sign_off` and `banner.tlp`.
    pub sha256: String,
    /// Those who signed a report for this reader, oldest first.
    pub signatures: Vec<Signature>,
}

/// A signature.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Signature {
    /// `prepared`, `reviewed`, `approved`.
    pub role: String,
    /// Who signed.
    pub by: Text,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// The code up to which the log was read.
    pub head: String,
    /// Digest of what was signed.
    pub sha256: String,
    /// How much was recorded since; none in a report of that very state.
    pub newer: Option<u64>,
    /// Whether this report is what was signed.
    pub is_this: bool,
}

impl Build<'_> {
    /// The signatures for this reader, with the digest of the report they sign.
    pub(in crate::report) fn sign_off(&self, digest: Digest) -> SignOff {
        let material = self.material;
        let reader = self.gather.reach.reader().to_string();
        let theirs = material.signed.iter().filter(|one| one.audience == reader);
        let signatures = theirs.map(|one| Signature {
            role: one.role.clone(),
            by: self.gate.person(&one.by),
            at: one.at,
            head: one.head.clone(),
            sha256: one.digest.to_string(),
            newer: one.newer,
            is_this: one.digest == digest,
        });
        SignOff {
            code: material.code.map(|(code, _)| code.to_string()),
            newer: material.code.map_or(0, |(_, newer)| newer),
            sha256: digest.to_string(),
            signatures: signatures.collect(),
        }
    }
}
