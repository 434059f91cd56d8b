//! How a kind of entry is documented: what it says, and the fields of its body.

/// A row of [`KINDS`](super::event::KINDS).
#[derive(Clone, Copy, Debug)]
pub struct KindDoc {
    /// The kind as the log writes it.
    pub kind: &'static str,
    /// What it says.
    pub meaning: &'static str,
    /// Whether the fold reads the body.
    pub state: bool,
    /// The fields of its body, in the order in which they are written.
    pub fields: &'static [FieldDoc],
}

/// A field of a body.
#[derive(Clone, Copy, Debug)]
pub struct FieldDoc {
    /// The key.
    pub name: &'static str,
    /// The Rust type, as the table spells it: `Option<String>`.
    pub shape: &'static str,
    /// What it says.
    pub meaning: &'static str,
    /// Whether it may be left out.
    pub optional: bool,
}
