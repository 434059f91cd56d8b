//! What the program says of itself, on standard error: never part of the record.

use std::str::FromStr;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::failure::Failure;

/// Starts traces at the level that `-v` or `$BREACH_LOG` asks for.
pub(super) fn start(verbose: u8) -> Result<(), Failure> {
    let level = match verbose {
        0 => LevelFilter::WARN,
        1 => LevelFilter::INFO,
        2 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    let targets = match std::env::var("BREACH_LOG") {
        Ok(filter) if !filter.is_empty() => Targets::from_str(&filter).map_err(|error| {
            Failure::usage(format!("`BREACH_LOG` is no filter: {error}"))
                .hint("write a level such as `debug`, or `breach::log=trace`")
        })?,
        _ => Targets::new().with_default(level),
    };
    let layer = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .without_time();
    // A second start in one process (tests) keeps the first one.
    let _ = tracing_subscriber::registry().with(targets).with(layer).try_init();
    Ok(())
}
