//! Who reads: an audience and, of the authorities, perhaps one alone.

use std::collections::BTreeSet;
use std::fmt::{self, Display};

use super::gate::Audience;
use crate::fact::Condition;
use crate::regime::{Clock, Duty, Law, Regime};

/// Who reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    audience: Audience,
    duty: Option<String>,
}

/// Why a duty names no authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAuthority {
    /// There is no such duty.
    Unknown,
    /// It is owed to others: kinds of recipient.
    Others(Vec<String>),
}

impl Reader {
    /// The authority that a duty is owed to.
    ///
    /// # Errors
    /// It is owed to none.
    pub fn authority(law: &Law, id: &str) -> Result<Self, NoAuthority> {
        let (_, duty) = find(law, id).ok_or(NoAuthority::Unknown)?;
        if !is_to_authority(duty) {
            return Err(NoAuthority::Others(duty.to.clone()));
        }
        Ok(Self { audience: Audience::Regulator, duty: Some(duty.id.clone()) })
    }

    /// The audience.
    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// The duty of the one authority that reads.
    pub fn duty(&self) -> Option<&str> {
        self.duty.as_deref()
    }

    /// Whether a duty is the business of the authority that reads: owed to it, or to nobody else who
    /// supervises and under the same law.
    pub(super) fn concerns(&self, law: &Law, regime: &Regime, duty: &Duty) -> bool {
        let Some((of, own)) = self.duty.as_deref().and_then(|id| find(law, id)) else {
            return self.duty.is_none();
        };
        let is_same = (&own.to, &own.recipient) == (&duty.to, &duty.recipient);
        of.id == regime.id && (is_same || !is_to_authority(duty))
    }

    /// The facts that the law of the authority that reads asks for; none where all may be told.
    pub(super) fn asked(&self, law: &Law) -> Option<BTreeSet<String>> {
        let (regime, _) = find(law, self.duty.as_deref()?)?;
        let duties = regime.duties.iter().filter(|duty| self.concerns(law, regime, duty));
        let mut asked = BTreeSet::new();
        for duty in duties.flat_map(Duty::versions) {
            let conditions = duty.conditions(regime);
            asked.extend(conditions.flat_map(Condition::facts).cloned());
            asked.extend(duty.settled_by.iter().cloned());
            asked.extend(duty.cap.iter().map(|(_, from)| from.clone()));
            if let Clock::Fact { name, .. } = &duty.clock {
                asked.insert(name.clone());
            }
        }
        Some(asked)
    }

    /// The places whose people its law protects; none if the reader is told of people everywhere.
    pub(super) fn places(&self, law: &Law) -> Option<BTreeSet<String>> {
        let (regime, _) = find(law, self.duty.as_deref()?)?;
        Some(regime.places().into_iter().map(str::to_owned).collect())
    }
}

impl From<Audience> for Reader {
    fn from(audience: Audience) -> Self {
        Self { audience, duty: None }
    }
}

/// As a signature names it: `regulator for eu-gdpr.33-1`.
impl Display for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.audience.as_str())?;
        self.duty.as_ref().map_or(Ok(()), |duty| write!(f, " for {duty}"))
    }
}

fn is_to_authority(duty: &Duty) -> bool {
    duty.to.iter().any(|to| matches!(to.as_str(), "authority" | "law-enforcement"))
}

/// A duty by any of its ids, and its law.
fn find<'l>(law: &'l Law, id: &str) -> Option<(&'l Regime, &'l Duty)> {
    let mut regimes = law.regimes.iter();
    regimes.find_map(|regime| {
        let duty = regime.duties.iter().find(|duty| duty.ids().any(|known| known == id))?;
        Some((regime.as_ref(), duty))
    })
}
