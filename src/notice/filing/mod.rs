//! The forms of authorities: `playbooks/notification/forms/`, one file each. Only forms whose text, or
//! a guide to it, somebody read are held; the others are named, so that nobody takes another form for
//! theirs.

mod answer;
mod read;

use std::sync::LazyLock;

pub use answer::{Answer, Answered, answers};
pub use read::{FORM, QUESTIONS, UNREAD};

use crate::document::Document;
use crate::fact::Condition;

/// How the text of a form is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// Its headings or fields were read in the form itself.
    FormSeen,
    /// A guide to it was read, or a list of its fields.
    GuideSeen,
    /// Nobody read it.
    FromMemory,
}

impl Known {
    const NAMES: [&str; 3] = ["form seen", "guide seen", "from memory"];

    /// In words.
    pub fn as_str(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// Whether an answer has to be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mandatory {
    /// It has, according to the form or its law.
    Yes,
    /// It need not.
    No,
    /// It has, under the condition of [`Field::when`].
    Conditional,
    /// Nothing that was read says so.
    Unknown,
}

impl Mandatory {
    const NAMES: [&str; 4] = ["yes", "no", "conditional", "unknown"];
}

/// The form of an authority.
#[derive(Clone, Debug)]
pub struct AuthorityForm {
    /// `uk-ico`.
    pub id: String,
    /// Whose it is.
    pub authority: String,
    /// What it is called.
    pub name: String,
    /// Code of the place.
    pub place: String,
    /// The language of its labels.
    pub language: String,
    /// The duties that it is for.
    pub duties: Vec<String>,
    /// How it is filed.
    pub channel: Option<String>,
    /// Where it is.
    pub url: Option<String>,
    /// Whether what is filed is published, or given to whoever asks.
    pub published: bool,
    /// How it is known.
    pub confidence: Known,
    /// Where it was read.
    pub sources: Vec<String>,
    /// Its sections, in its order.
    pub sections: Vec<Section>,
}

/// A section of a form.
#[derive(Clone, Debug)]
pub struct Section {
    /// As the form has it.
    pub heading: String,
    /// The same in English.
    pub gloss: Option<String>,
    /// Of which filing it is part.
    pub stage: Option<String>,
    /// Where it is known otherwise than the form.
    pub confidence: Option<Known>,
    /// Its fields, in its order.
    pub fields: Vec<Field>,
}

/// A field of a form.
#[derive(Clone, Debug)]
pub struct Field {
    /// The form's own number.
    pub no: Option<String>,
    /// As the form has it.
    pub label: String,
    /// The same in English.
    pub gloss: Option<String>,
    /// Whether it has to be answered.
    pub mandatory: Mandatory,
    /// Under which condition.
    pub when: Option<String>,
    /// Asked only if this holds or is open.
    pub only_if: Option<Condition>,
    /// What it takes: text, choice, date …
    pub kind: String,
    /// How long an answer may be.
    pub limit: Option<String>,
    /// What there is to choose from.
    pub options: Vec<String>,
    /// Facts that answer it, the best first.
    pub facts: Vec<String>,
    /// The place, or group of places, of which alone it asks.
    pub within: Option<String>,
    /// Questions that no fact answers.
    pub asks: Vec<String>,
    /// The fact whose options map to options of the form.
    pub map_of: Option<String>,
    /// Our option, and the option of the form.
    pub map: Vec<(String, String)>,
    /// How it is known, if otherwise than the form.
    pub confidence: Option<Known>,
    /// What to mind.
    pub note: Option<String>,
}

/// What forms ask and no fact answers.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its id.
    pub id: String,
    /// In words.
    pub ask: String,
    /// The fact that answers it, where somebody set it.
    pub fact: Option<String>,
    /// What there is to choose from.
    pub options: Vec<String>,
}

/// A form whose text nobody read.
#[derive(Clone, Debug)]
pub struct Unread {
    /// `fr-cnil`.
    pub id: String,
    /// Whose it is.
    pub authority: String,
    /// Code of the place.
    pub place: String,
    /// The duties that it is for.
    pub duties: Vec<String>,
    /// Where it is.
    pub url: String,
}

macro_rules! texts {
    ($($name:literal)*) => {
        [$((
            concat!("forms/", $name, ".toml"),
            include_str!(concat!("../../../playbooks/notification/forms/", $name, ".toml")),
        )),*]
    };
}

/// Name and text of the files.
pub(super) const TEXTS: [(&str, &str); 27] = texts! {
    "au-oaic" "br-anpd" "de-bsi-nis2" "de-bw" "de-ni" "de-rp" "dk-datatilsynet" "eu-dora" "eu-edpb"
    "eu-nis2" "ie-dpc" "in-certin" "jp-ppc" "nl-ap" "nl-ncsc-nis2" "no-datatilsynet" "nz-opc"
    "se-imy" "sg-pdpc" "uk-ico" "us-ca" "us-ftc-hbnr" "us-hhs" "us-ny" "us-sec-8k-105" "us-tx"
    "us-wa"
};

pub(super) const TABLES: [(&str, &str); 2] = texts! { "questions" "unread" };

fn document((name, text): &(&str, &str)) -> Document {
    Document { name: format!("playbooks/notification/{name}"), text: (*text).to_owned() }
}

static FORMS: LazyLock<Vec<AuthorityForm>> = LazyLock::new(|| {
    let read = |file: &(&str, &str)| {
        read::form(&document(file))
            .unwrap_or_else(|found| unreachable!("a test reads the built-in forms: {found:?}"))
    };
    TEXTS.iter().map(read).collect()
});

static ASKED: LazyLock<Vec<Question>> = LazyLock::new(|| {
    read::questions(&document(&TABLES[0]))
        .unwrap_or_else(|found| unreachable!("a test reads the built-in questions: {found:?}"))
});

static NOT_READ: LazyLock<Vec<Unread>> = LazyLock::new(|| {
    read::unread(&document(&TABLES[1]))
        .unwrap_or_else(|found| unreachable!("a test reads the built-in list: {found:?}"))
});

/// The forms that are held.
pub fn forms() -> &'static [AuthorityForm] {
    &FORMS
}

/// What forms ask and no fact answers.
pub fn questions() -> &'static [Question] {
    &ASKED
}

/// The forms whose text nobody read.
pub fn unread_forms() -> &'static [Unread] {
    &NOT_READ
}
