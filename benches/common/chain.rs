//! Lines of a chain, made without the program.

use breach::digest::Digest;

/// One line of a chain, as a writer would have made it.
pub(crate) fn line(number: usize, prev: &Digest, (kind, body): (&str, &str)) -> String {
    format!(
        "{{\"v\":1,\"seq\":{number},\"prev\":\"{prev}\",\"id\":\"01936c2e-7a10-7000-8000-{number:012}\",\
         \"at\":\"2026-11-23T02:12:07.{:06}Z\",\"off\":\"+01:00\",\"mono\":{},\
         \"boot\":\"5c0e9a3e-1111-4222-8333-944455556666\",\"host\":\"jump-01\",\
         \"actor\":{{\"name\":\"Ada Lovelace\",\"user\":\"ops\",\"login\":1}},\"kind\":\"{kind}\",\
         \"body\":{body},\"salt\":\"{number:032x}\"}}\n",
        number % 1_000_000,
        number * 1000,
    )
}

/// The body of a note.
pub(crate) fn note(number: usize, more: &str) -> String {
    format!(
        "{{\"text\":\"note {number}: web-03 answers again after the change of its certificate\"{more}}}"
    )
}
