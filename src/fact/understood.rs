//! What a person wrote, as it was understood, with what that person should hear of it.

/// A value, and what to tell whoever gave it: it could have been meant otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood<T> {
    /// What was understood.
    pub value: T,
    /// What to tell of it: whole sentences. Foreign text, not yet escaped.
    pub remarks: Vec<String>,
}

impl<T> Understood<T> {
    /// A value that can only be meant so.
    pub fn plainly(value: T) -> Self {
        Self { value, remarks: Vec::new() }
    }

    /// The same of another type.
    pub fn map<U>(self, into: impl FnOnce(T) -> U) -> Understood<U> {
        Understood { value: into(self.value), remarks: self.remarks }
    }
}
