//! What came of checking the log and what it names: as text and as JSON.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::PathBuf;

use serde::Serialize;

use super::evidence::ExhibitVerdict;
use crate::custody::{Named, Store};
use crate::incident::Forgotten;
use crate::incident::event::HeadRef;
use crate::log::{ChainReport, HeadCode, Proof, Remembered, last_ending};
use crate::vault::Reread;
use crate::{escape, wording};

/// What was checked, and what was not.
#[derive(Default)]
pub struct Verified {
    /// Every chain.
    pub chains: Vec<ChainReport>,
    /// Every kept file that was compared.
    pub kept: Vec<Checked>,
    /// Files that no entry names.
    pub strays: Vec<(Store, PathBuf)>,
    /// Files of evidence that were not compared.
    pub not_compared: usize,
    /// Exhibits that are not in the folder.
    pub elsewhere: usize,
    /// The code that was given, and what it proves; nothing if no line has it.
    pub proof: Option<(HeadCode, Option<Proof>)>,
}

/// A kept file that was read again.
pub struct Checked {
    /// What the log says of it.
    pub named: Named,
    /// What was found, or why it could not be read.
    pub found: Result<Reread, String>,
    /// Why it was destroyed on purpose, if it was.
    pub forgotten: Option<Forgotten>,
    /// Whether a copy may lack it: it is privileged, and its chain was written elsewhere.
    pub can_be_withheld: bool,
}

impl Checked {
    /// Whether its bytes are unchanged, were destroyed on purpose, or are withheld.
    pub fn is_intact(&self) -> bool {
        match self.found {
            Ok(Reread::Intact) => true,
            Ok(Reread::Missing) => self.forgotten.is_some() || self.can_be_withheld,
            _ => false,
        }
    }

    /// Whether it is missing because this copy was made without privileged material.
    pub fn is_withheld(&self) -> bool {
        self.is_missing() && self.forgotten.is_none() && self.can_be_withheld
    }

    /// Whether it is not there, and may only not have come yet.
    pub fn is_missing(&self) -> bool {
        matches!(self.found, Ok(Reread::Missing))
    }

    /// What came of it, in a word.
    pub fn verdict(&self) -> ExhibitVerdict {
        match &self.found {
            Ok(Reread::Intact | Reread::Missing) if self.forgotten.is_some() => {
                ExhibitVerdict::Forgotten
            }
            Ok(Reread::Intact) => ExhibitVerdict::Intact,
            Ok(Reread::Missing) if self.can_be_withheld => ExhibitVerdict::Withheld,
            Ok(Reread::Missing) => ExhibitVerdict::Missing,
            Ok(Reread::Differs(_)) => ExhibitVerdict::Differs,
            Err(_) => ExhibitVerdict::Unreadable,
        }
    }
}

#[derive(Serialize)]
struct Listed<'a> {
    chain: &'a str,
    lines: u64,
    head: Option<String>,
    torn: usize,
    intact: bool,
    newer: u64,
    damage: Option<String>,
    remembered: Option<&'static str>,
    remarks: Vec<String>,
}

fn chain(report: &ChainReport) -> Listed<'_> {
    Listed {
        chain: &report.chain,
        lines: report.lines,
        head: report.head.as_ref().map(|head| head.head.to_string()),
        torn: report.torn.len(),
        intact: report.damage.is_none(),
        newer: report.newer,
        damage: report.damage.as_ref().map(ToString::to_string),
        remembered: report.remembered.map(|place| match place {
            Remembered::Here => "here",
            Remembered::Elsewhere => "elsewhere",
        }),
        remarks: report.remarks.iter().map(ToString::to_string).collect(),
    }
}

fn entry(head: &HeadRef) -> String {
    format!("{}/{}", head.chain, head.seq)
}

fn entries(heads: &[HeadRef]) -> Vec<String> {
    heads.iter().map(entry).collect()
}

/// The verdict on a kept file.
pub fn kept(checked: &Checked) -> serde_json::Value {
    let found = match &checked.found {
        Ok(Reread::Differs(found)) => Some(found.to_string()),
        _ => None,
    };
    serde_json::json!({
        "store": checked.named.store,
        "name": checked.named.name,
        "entry": checked.named.entry,
        "sha256": checked.named.kept.sha256,
        "verdict": checked.verdict(),
        "found": found,
        "why": checked.found.as_ref().err(),
        "forgotten": checked.forgotten.as_ref().map(|forgotten| serde_json::json!({
            "by": forgotten.by,
            "at": forgotten.at.to_rfc3339(),
            "why": forgotten.why,
            "basis": forgotten.basis,
            "was_absent": forgotten.was_absent,
            "is_still_here": checked.found == Ok(Reread::Intact),
        })),
    })
}

/// One verdict for each chain and each kept file, as `breach.verify/1`.
pub fn json(verified: &Verified) -> serde_json::Value {
    let chains: Vec<Listed<'_>> = verified.chains.iter().map(chain).collect();
    let kept = verified.kept.iter().map(kept);
    let strays = verified
        .strays
        .iter()
        .map(|(store, path)| serde_json::json!({ "store": store, "path": path.to_string_lossy() }));
    serde_json::json!({
        "schema": "breach.verify/1",
        "chains": chains,
        "kept": kept.collect::<Vec<_>>(),
        "strays": strays.collect::<Vec<_>>(),
        "last_code": last_ending(&verified.chains).map(|(ending, newer)| {
            serde_json::json!({
                "code": ending.code().to_string(),
                "entry": entry(&ending.line),
                "newer": newer,
            })
        }),
        "proof": verified.proof.as_ref().map(|(code, proof)| {
            serde_json::json!({
                "code": code.to_string(),
                "entry": proof.as_ref().map(|proof| entry(&proof.line)),
                "stands": proof.as_ref().map(|proof| entries(&proof.stands)),
                "missing": proof.as_ref().map(|proof| entries(&proof.missing)),
                "newer": proof.as_ref().map(|proof| proof.newer),
            })
        }),
        "not_compared": { "evidence": verified.not_compared, "elsewhere": verified.elsewhere },
    })
}

/// A line for each chain and each store, one more for whatever is not as the log says, and what was
/// not looked at. Of a chain alone (`is_whole` is false) there is no more to say.
///
/// # Errors
/// What `out` says.
pub fn text(verified: &Verified, is_whole: bool, out: &mut dyn Write) -> io::Result<()> {
    for report in &verified.chains {
        of_chain(report, out)?;
    }
    if let Some((code, Some(proof))) = &verified.proof {
        of_proof(code, proof, out)?;
    } else if let Some((ending, newer)) = last_ending(&verified.chains) {
        writeln!(out, "Last code: {}; {}", ending.code(), wording::not_covered(newer))?;
    }
    if !is_whole {
        let mut left = unremembered(verified);
        left.push("the files that the log names".to_owned());
        return writeln!(out, "Not looked at: {}", wording::list(&left));
    }
    for store in [Store::Playbooks, Store::Texts, Store::Notices, Store::Evidence] {
        of_store(verified, store, out)?;
    }
    for (_, path) in &verified.strays {
        let path = path.to_string_lossy();
        writeln!(out, "no entry names {}", escape::line(&path))?;
    }
    let withheld = verified.kept.iter().filter(|one| one.is_withheld()).count();
    if withheld > 0 {
        writeln!(
            out,
            "Withheld: {} of privileged entries, by whoever made this copy. The log holds their \
             digests, and its chains verify without them.",
            wording::count(withheld, "file")
        )?;
    }
    not_looked_at(verified, out)
}

/// Writes what was not checked.
fn not_looked_at(verified: &Verified, out: &mut dyn Write) -> io::Result<()> {
    let mut left = unremembered(verified);
    if verified.not_compared > 0 {
        let files = wording::count(verified.not_compared, "file");
        left.push(format!("{files} of evidence (`--evidence` compares them)"));
    }
    if verified.elsewhere > 0 {
        let exhibits = wording::count(verified.elsewhere, "exhibit");
        left.push(format!(
            "{exhibits} kept elsewhere (`breach evidence verify` reads what it can)"
        ));
    }
    if !left.is_empty() {
        writeln!(out, "Not looked at: {}", wording::list(&left))?;
    }
    Ok(())
}

/// Names the chains whose end cannot be checked: this machine does not remember them and no code
/// covers them.
fn unremembered(verified: &Verified) -> Vec<String> {
    let proof = verified.proof.iter().filter_map(|(_, proof)| proof.as_ref());
    let covered: Vec<&str> =
        proof.flat_map(|proof| &proof.stands).map(|head| head.chain.as_str()).collect();
    let chains = verified.chains.iter().filter(|report| {
        let is_here = report.damage.is_none() && report.head.is_some();
        is_here && report.remembered.is_none() && !covered.contains(&report.chain.as_str())
    });
    let chains: Vec<&str> = chains.map(|report| report.chain.as_str()).collect();
    if chains.is_empty() {
        return Vec::new();
    }
    vec![format!(
        "whether the end of {} was cut, because this machine does not remember {} (`--head CODE` \
         checks it against a code that was written down)",
        escape::line(&wording::some(&chains, 5)),
        if chains.len() == 1 { "it" } else { "them" },
    )]
}

/// `forgotten by Ann on 2026-11-28: asked for by the person (GDPR Art. 17)`. What is here all the same
/// has a name that `breach forget` takes.
pub fn forgotten(forgotten: &Forgotten, still_here: Option<&String>) -> String {
    let Forgotten { by, at, why, basis, was_absent, .. } = forgotten;
    let mut text = format!("forgotten by {by} on {}: {why}", at.format("%Y-%m-%d"));
    if let Some(basis) = basis {
        let _ = write!(text, " ({basis})");
    }
    if *was_absent {
        text.push_str("; it was not here then");
    }
    if let Some(name) = still_here {
        let _ = write!(text, "; it is STILL HERE: `breach forget {name}` destroys it");
    }
    text
}

fn of_store(verified: &Verified, store: Store, out: &mut dyn Write) -> io::Result<()> {
    let all = verified.kept.iter().filter(|checked| checked.named.store == store);
    let (good, bad): (Vec<&Checked>, Vec<&Checked>) = all.partition(|one| one.is_intact());
    if good.is_empty() && bad.is_empty() {
        return Ok(());
    }
    let (gone, here): (Vec<&Checked>, Vec<&Checked>) =
        good.into_iter().partition(|one| one.forgotten.is_some());
    let (withheld, intact): (Vec<&Checked>, Vec<&Checked>) =
        here.into_iter().partition(|one| one.is_withheld());
    let withheld_too = match withheld.len() {
        0 => String::new(),
        n => format!(", {n} withheld"),
    };
    let gone_too = match gone.len() {
        0 => String::new(),
        n => format!(", {n} forgotten"),
    };
    let bad_too = match bad.len() {
        0 => String::new(),
        n => format!(", {n} NOT INTACT"),
    };
    writeln!(out, "{store}: {} intact{withheld_too}{gone_too}{bad_too}", intact.len())?;
    for checked in gone {
        let Named { name, entry, .. } = &checked.named;
        let is_here = checked.found == Ok(Reread::Intact);
        let told = checked.forgotten.iter().map(|one| forgotten(one, is_here.then_some(entry)));
        let told = told.collect::<String>();
        writeln!(out, "{}", escape::line(&format!("  {name}, named by {entry}: {told}")))?;
    }
    for checked in bad {
        let Named { name, entry, path, .. } = &checked.named;
        let what = match &checked.found {
            Ok(Reread::Missing) => "is missing".to_owned(),
            Ok(Reread::Differs(found)) => format!("was altered: its digest is now {found}"),
            Ok(Reread::Intact) => continue,
            Err(why) => format!("cannot be read: {why}"),
        };
        let text = format!("  {} ({name}, named by {entry}) {what}", path.to_string_lossy());
        writeln!(out, "{}", escape::line(&text))?;
    }
    Ok(())
}

fn of_proof(code: &HeadCode, proof: &Proof, out: &mut dyn Write) -> io::Result<()> {
    let heads = wording::count(proof.stands.len(), "head");
    let of = match proof.missing.len() {
        0 => String::new(),
        missing => format!(" of {}", proof.stands.len() + missing),
    };
    let place = entry(&proof.line);
    let newer = wording::not_covered(proof.newer);
    writeln!(out, "Code {code}: entry {place} is here, with {heads}{of} that it names; {newer}")
}

fn of_chain(report: &ChainReport, out: &mut dyn Write) -> io::Result<()> {
    let lines = wording::count(usize::try_from(report.lines).unwrap_or(usize::MAX), "line");
    let torn = report.torn.len();
    let chain = escape::line(&report.chain);
    match (&report.damage, &report.head) {
        (Some(damage), _) => {
            let damage = damage.to_string();
            let damage = escape::line(&damage);
            writeln!(out, "{chain}: DOES NOT VERIFY: {damage} ({lines} read, {torn} torn)")?;
        }
        (None, Some(head)) => {
            writeln!(out, "{chain}: intact, {lines}, {torn} torn, head {}", head.head)?;
        }
        (None, None) => writeln!(out, "{chain}: not here")?,
    }
    for remark in &report.remarks {
        writeln!(out, "  {}", escape::line(&remark.to_string()))?;
    }
    if report.newer > 0 {
        writeln!(out, "  {} to be read", wording::need_newer(report.newer))?;
    }
    Ok(())
}
