//! What the program says of itself, on standard error: never part of the record.

use std::fmt;
use std::str::FromStr;

use tracing::{Event, Level, Subscriber};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::FmtContext;
use tracing_subscriber::fmt::format::{FormatEvent, FormatFields, Writer};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;

use super::Context;
use crate::escape;

/// Starts traces at the level that `-v` or `$BREACH_LOG` asks for. A filter that is none must not
/// keep anybody from writing something down.
pub(in crate::cli) fn start(context: &mut Context, verbose: u8) {
    let level = match verbose {
        0 => LevelFilter::WARN,
        1 => LevelFilter::INFO,
        2 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    let default = || Targets::new().with_default(level);
    let targets = match std::env::var("BREACH_LOG") {
        Ok(filter) if !filter.is_empty() => Targets::from_str(&filter).unwrap_or_else(|error| {
            context.screen.warn(&format!(
                "`BREACH_LOG` is not a valid filter and is ignored: {error}; write a level such as \
                 `debug`, or `breach::log=trace`"
            ));
            default()
        }),
        _ => default(),
    };
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).event_format(Plain);
    // A second start in one process (tests) keeps the first one.
    let _ = tracing_subscriber::registry().with(targets).with(layer).try_init();
}

/// A warning as the rest of the program says it; everything else as a line of its own.
struct Plain;

impl<S, N> FormatEvent<S, N> for Plain
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let mut fields = String::new();
        context.format_fields(Writer::new(&mut fields), event)?;
        let metadata = event.metadata();
        let fields = escape::line(&fields);
        match *metadata.level() {
            Level::WARN => writeln!(writer, "warning: {fields}"),
            level => writeln!(writer, "{level:>5} {}: {fields}", metadata.target()),
        }
    }
}
