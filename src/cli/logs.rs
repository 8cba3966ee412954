//! Log lines: to standard error, for people on a terminal, as JSON for everything else.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

use super::LogFormat;

/// What is logged when nothing is said: our own stages and warnings, others' warnings.
const DEFAULT_FILTER: &str = "warn,askaround=info";

/// Whatever the filter says.
const SILENT: &str = "serenity=off";

/// The variable that changes it, in tracing's directive syntax.
const FILTER_VARIABLE: &str = "ASKAROUND_LOG_FILTER";

pub(super) fn start(format: LogFormat) {
    let is_pretty = match format {
        LogFormat::Auto => std::io::stderr().is_terminal(),
        LogFormat::Pretty => true,
        LogFormat::Json => false,
    };
    let filter = EnvFilter::builder()
        .with_env_var(FILTER_VARIABLE)
        .try_from_env()
        .unwrap_or_else(|_| EnvFilter::new(DEFAULT_FILTER));
    // serenity logs an event that it cannot read whole, people's words included.
    let filter = match SILENT.parse() {
        Ok(silent) => filter.add_directive(silent),
        Err(_) => filter,
    };
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if is_pretty {
        lines.compact().with_target(false).init();
    } else {
        lines.json().flatten_event(true).init();
    }
}
