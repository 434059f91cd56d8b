//! `breach report sign-off`: somebody signs the report for an audience, up to an entry of the log.

use super::super::args::{ReaderArgs, SignRole};
use super::super::desk::seen::{code, reader, report, see_at};
use super::super::desk::{Context, Exit, Failure, Record, home, law};
use crate::digest::Digest;
use crate::incident::event::SignedOff;
use crate::report::Tlp;

pub(super) fn run(
    context: &mut Context,
    role: SignRole,
    at_head: Option<&str>,
    args: &ReaderArgs,
) -> Result<Exit, Failure> {
    let given = at_head.map(code).transpose()?;
    let folder = home::one(context)?;
    let law = law::law(context)?;
    let reader = reader(args, &law)?;
    let mut record = Record::open(context, folder.clone())?;
    let Some(name) = record.actor.name.clone() else {
        return Err(Failure::usage("a login signs nothing")
            .hint("nothing was recorded; say who signs with `--as NAME`"));
    };
    let head = match given {
        Some(head) => head,
        None => record.mark(context)?,
    };
    let seen = see_at(context, &folder, &reader, &law, &head)?;
    let report = report(context, &folder, (&seen, &law), Tlp::default());
    let digest = &report.sign_off.sha256;
    let sha256 = Digest::parse(digest).unwrap_or(Digest::ZERO);
    let body = SignedOff {
        role: role.into(),
        head: head.to_string(),
        audience: reader.to_string(),
        sha256,
    };
    let role = body.role.clone();
    record.append(context, body.into())?;
    let audience = reader.audience().as_str();
    let audience = reader
        .duty()
        .map_or_else(|| audience.to_owned(), |duty| format!("{audience} --for {duty}"));
    context.screen.say(&format!("Signed as {role} by {name}, for {reader}, at {head}."));
    context.screen.say(&format!("SHA-256 of the report: {digest}"));
    context.screen.say(&format!(
        "`breach report --audience {audience} --at-head {head}` makes the same report again."
    ));
    Ok(Exit::Done)
}
