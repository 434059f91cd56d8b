//! With whom the paper may be shared.

use schemars::JsonSchema;
use serde::Serialize;

/// Traffic Light Protocol 2.0: who may receive the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub enum Tlp {
    /// With the recipients only.
    #[serde(rename = "TLP:RED")]
    Red,
    /// Within the organisation, with those who need to know.
    #[serde(rename = "TLP:AMBER+STRICT")]
    AmberStrict,
    /// Within the organisation and its clients, with those who need to know.
    #[default]
    #[serde(rename = "TLP:AMBER")]
    Amber,
    /// Within the community.
    #[serde(rename = "TLP:GREEN")]
    Green,
    /// With everybody.
    #[serde(rename = "TLP:CLEAR")]
    Clear,
}

impl Tlp {
    /// The label as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Red => "TLP:RED",
            Self::AmberStrict => "TLP:AMBER+STRICT",
            Self::Amber => "TLP:AMBER",
            Self::Green => "TLP:GREEN",
            Self::Clear => "TLP:CLEAR",
        }
    }
}
