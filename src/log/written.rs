//! One line of a chain, written once.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use super::entry::{AT, VERSION};
use crate::clock::Moment;
use crate::digest::Digest;
use crate::escape;
use crate::fact::When;
use crate::incident::event::{Actor, Draft, Event};

/// What a line says besides its event.
pub(super) struct Envelope<'a> {
    pub(super) seq: u64,
    pub(super) prev: Digest,
    pub(super) id: &'a str,
    pub(super) moment: Moment,
    pub(super) boot: &'a str,
    pub(super) host: &'a str,
    pub(super) actor: &'a Actor,
    pub(super) salt: &'a str,
}

#[derive(Serialize)]
struct OnDisk<'a> {
    v: u32,
    seq: u64,
    prev: Digest,
    id: &'a str,
    at: String,
    off: String,
    mono: u64,
    boot: &'a str,
    host: &'a str,
    actor: &'a Actor,
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    occurred: Option<&'a When>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    drill: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrects: Option<&'a str>,
    #[serde(rename = "priv", skip_serializing_if = "Option::is_none")]
    privileged: Option<&'a str>,
    body: &'a Event,
    salt: &'a str,
}

/// Serialises an event, once: these bytes are the entry, line feed included.
///
/// # Errors
/// A number that not every reader of JSON would keep exact.
pub(super) fn build(envelope: &Envelope<'_>, draft: &Draft) -> serde_json::Result<Vec<u8>> {
    let written = OnDisk {
        v: VERSION,
        seq: envelope.seq,
        prev: envelope.prev,
        id: envelope.id,
        at: envelope.moment.at.format(AT).to_string(),
        off: envelope.moment.off.to_string(),
        mono: envelope.moment.mono,
        boot: envelope.boot,
        host: envelope.host,
        actor: envelope.actor,
        kind: draft.event.kind(),
        occurred: draft.occurred.as_ref(),
        drill: draft.drill,
        step: draft.step.as_deref(),
        corrects: draft.corrects.as_deref(),
        privileged: draft.privileged.then_some("legal"),
        body: &draft.event,
        salt: envelope.salt,
    };
    let mut line = Vec::with_capacity(1024);
    written.serialize(&mut Serializer::with_formatter(&mut line, Form))?;
    line.push(b'\n');
    Ok(line)
}

/// JSON that can be shown on a terminal and is exact in every reader: what could drive a terminal
/// stands as `\u…`, and no number is above 2^53-1.
struct Form;

pub(super) const LARGEST: u64 = (1 << 53) - 1;

impl Formatter for Form {
    fn write_u64<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: u64) -> io::Result<()> {
        exact(value)?;
        CompactFormatter.write_u64(writer, value)
    }

    fn write_i64<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: i64) -> io::Result<()> {
        exact(value.unsigned_abs())?;
        CompactFormatter.write_i64(writer, value)
    }

    fn write_string_fragment<W: io::Write + ?Sized>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        escape::json(fragment, writer)
    }
}

fn exact(number: u64) -> io::Result<()> {
    if number <= LARGEST {
        return Ok(());
    }
    let what = format!("{number} is too large to stay exact in the log; write it as text");
    Err(io::Error::new(io::ErrorKind::InvalidInput, what))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_form(value: impl Serialize) -> serde_json::Result<String> {
        let mut bytes = Vec::new();
        value.serialize(&mut Serializer::with_formatter(&mut bytes, Form))?;
        Ok(String::from_utf8(bytes).expect("JSON is UTF-8"))
    }

    #[test]
    fn what_drives_a_terminal_is_written_as_an_escape() {
        let hostile = "a\u{1b}[2J\u{9b}31m\u{202e}\u{7f}\u{e0041}é東\n";
        let shown = in_form(hostile).expect("text");
        assert!(!shown.chars().any(escape::is_harmful), "{shown}");
        let back: String = serde_json::from_str(&shown).expect("JSON");
        assert_eq!(back, hostile);
    }

    #[test]
    fn numbers_stay_exact() {
        assert_eq!(in_form(LARGEST).expect("exact"), "9007199254740991");
        assert!(in_form(LARGEST + 1).is_err());
        assert!(in_form(i64::MIN).is_err());
    }
}
