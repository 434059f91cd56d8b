//! `breach log verify`: every chain checked, and what the log names compared with what is kept.

use std::path::Path;

use crate::cli::args::Format;
use crate::cli::desk::{Context, Exit, Failure, chains, home, verified};
use crate::log::{Folder, HeadCode, Proof, prove};
use crate::output::json;
use crate::output::verify::{self as face, Verified};
use crate::wording;

pub(super) fn run(
    context: &mut Context,
    (path, head): (Option<&Path>, Option<&str>),
    evidence: bool,
    format: Format,
) -> Result<Exit, Failure> {
    let code = head.map(HeadCode::parse).transpose().map_err(|error| {
        Failure::usage(error.to_string())
            .hint("nothing was compared; look at the code again and retype it")
    })?;
    let folder = match path {
        Some(path) => Folder::at(path),
        None => Some(home::one(context)?),
    };
    let mut verified = match (&folder, path) {
        (Some(folder), _) => verified::whole(folder, &context.world, evidence)?,
        (None, Some(path)) => {
            let chains =
                crate::log::verify_path(path, &context.world).map_err(chains::unreadable)?;
            Verified { chains, ..Verified::default() }
        }
        (None, None) => Verified::default(),
    };
    if verified.chains.is_empty() {
        return Err(Failure::usage("there is no chain to verify"));
    }
    if let Some(code) = code {
        let chains = match (&folder, path) {
            (None, Some(path)) => crate::log::chains_at(path),
            (folder, _) => folder.as_ref().map_or(Ok(Vec::new()), Folder::chains),
        };
        let chains = chains.map_err(chains::unreadable)?;
        let proof = prove(&chains, &verified.chains, &code).map_err(chains::unreadable)?;
        verified.proof = Some((code, proof));
    }
    match format {
        Format::Json => json::write(&mut context.out, &face::json(&verified))?,
        Format::Text => face::text(&verified, folder.is_some(), &mut context.page())?,
    }
    let exit = verified::judge(&verified)?;
    verified.proof.as_ref().map_or(Ok(exit), |(code, proof)| proves(code, proof.as_ref(), exit))
}

/// Whether a code proves the log up to there; `exit` if it does.
fn proves(code: &HeadCode, proof: Option<&Proof>, exit: Exit) -> Result<Exit, Failure> {
    let Some(proof) = proof else {
        let seq = code.seq();
        return Err(Failure::new(
            Exit::Damaged,
            format!("no chain has entry {seq} with this code"),
        )
        .hint(
            "the log was cut or rewritten since, that chain is not here yet, or the code is \
                 another incident's; nothing was changed",
        ));
    };
    if proof.missing.is_empty() {
        return Ok(exit);
    }
    let missing = proof.missing.iter().map(|head| format!("{}/{}", head.chain, head.seq));
    let missing = wording::list(&missing.collect::<Vec<_>>());
    Err(Failure::new(Exit::Damaged, format!("the code covers lines that are not here: {missing}"))
        .hint(
            "they were cut off or rewritten since, or are not here yet: copy the missing chains \
             here and try again; nothing was changed",
        ))
}
