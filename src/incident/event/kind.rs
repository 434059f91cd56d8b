//! How a kind of entry is documented: what it says, and the fields of its body. The table of kinds is
//! in the module above.

/// A row of [`KINDS`](super::KINDS).
#[derive(Clone, Copy, Debug)]
pub struct KindDoc {
    /// The kind as the log writes it.
    pub kind: &'static str,
    /// What it says.
    pub meaning: &'static str,
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

/// Whether a field holds what it is taken for when it is left out.
pub(super) fn is_default<T: Default + PartialEq>(field: &T) -> bool {
    field == &T::default()
}

/// What an entry of a kind says, if this version knows the kind.
pub fn meaning(name: &str) -> Option<&'static str> {
    kind(name).map(|doc| doc.meaning).or_else(|| super::reserved::meaning(name))
}

/// The row of a kind, if this version reads its body.
pub fn kind(name: &str) -> Option<&'static KindDoc> {
    super::KINDS.iter().find(|doc| doc.kind == name)
}

/// Makes bodies, the enum over them and [`KindDoc`]s from one table. A field that is marked `optional`
/// is left out where it holds its default.
macro_rules! events {
    ($(
        $variant:ident = $kind:literal, $meaning:literal {
            $( #[doc = $field_doc:literal] $field:ident $($optional:ident)? : $type:ty ),* $(,)?
        }
    )*) => {
        $(
            #[doc = concat!("Body of `", $kind, "`: ", $meaning, ".")]
            #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
            #[serde(deny_unknown_fields)]
            pub struct $variant {
                $(
                    #[doc = $field_doc]
                    $(
                        #[doc = concat!("\n\nThis field is ", stringify!($optional), ".")]
                        #[serde(default, skip_serializing_if = "is_default")]
                    )?
                    pub $field: $type
                ),*
            }

            impl $variant {
                const FIELDS: &[FieldDoc] = &[ $( FieldDoc {
                    name: stringify!($field),
                    shape: stringify!($type),
                    meaning: $field_doc.trim_ascii(),
                    optional: !concat!($(stringify!($optional))?).is_empty(),
                } ),* ];
            }

            impl From<$variant> for Event {
                fn from(body: $variant) -> Self { Self::$variant(body) }
            }

            impl From<$variant> for Draft {
                fn from(body: $variant) -> Self { Event::$variant(body).into() }
            }
        )*

        /// Everything that can stand in a log.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Event {
            $( #[doc = $meaning] $variant($variant), )*
            /// An entry of a kind that is reserved, kept as it stands.
            Reserved(Newer),
            /// What a newer version wrote, kept as it stands.
            Newer(Newer),
        }

        impl Event {
            /// The kind as the log writes it.
            pub fn kind(&self) -> &str {
                match self {
                    $( Self::$variant(_) => $kind, )*
                    Self::Reserved(kept) | Self::Newer(kept) => &kept.kind,
                }
            }

            /// The body as JSON text.
            ///
            /// # Errors
            /// None in practice: every body is plain data.
            pub fn body(&self) -> serde_json::Result<String> {
                serde_json::to_string(self)
            }

            /// Every free text that it holds.
            pub fn texts(&mut self) -> Vec<&mut Text> {
                let mut all = Vec::new();
                match self {
                    $( Self::$variant(body) => { $( body.$field.texts(&mut all); )* } )*
                    Self::Reserved(_) | Self::Newer(_) => {}
                }
                all
            }

            /// Reads a body of a kind, as far as this version can.
            pub fn read(kind: &str, body: &str) -> Read {
                match kind {
                    $( $kind => match newer::body::<$variant>(body, $variant::FIELDS) {
                        Some((body, has_known_fields)) => {
                            let is_whole = has_known_fields $( && body.$field.is_legible() )*;
                            Read { event: Self::$variant(body), is_whole }
                        }
                        None => Read::newer(kind, body),
                    }, )*
                    _ => Read::other(kind, body),
                }
            }
        }

        /// An event is written as its body alone: the kind has its own place in the line.
        impl serde::Serialize for Event {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $( Self::$variant(body) => body.serialize(serializer), )*
                    Self::Reserved(kept) | Self::Newer(kept) => kept.serialize(serializer),
                }
            }
        }

        /// Every kind that this version knows: name, meaning, and its fields.
        pub const KINDS: &[KindDoc] = &[ $( KindDoc {
            kind: $kind,
            meaning: $meaning,
            fields: $variant::FIELDS,
        } ),* ];
    };
}

pub(super) use events;
