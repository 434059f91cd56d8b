//! What was found, as editors show it.

use lsp_server::Notification;
use lsp_types::notification::Notification as _;
use lsp_types::notification::PublishDiagnostics;
use lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    NumberOrString, PublishDiagnosticsParams,
};

use super::open::Open;
use crate::check::Finding;
use crate::document::Level;

/// Tells the editor what was found in a file.
pub(super) fn publish(open: &Open) -> Notification {
    tell(open, open.findings().map(|finding| diagnostic(open, finding)).collect())
}

/// Tells it that nothing is: the file is not open any more.
pub(super) fn forget(open: &Open) -> Notification {
    tell(open, Vec::new())
}

fn tell(open: &Open, diagnostics: Vec<Diagnostic>) -> Notification {
    let (uri, version) = (open.uri.clone(), Some(open.version));
    let params = PublishDiagnosticsParams { uri, diagnostics, version };
    Notification::new(PublishDiagnostics::METHOD.to_owned(), params)
}

/// A finding, with what to do about it.
pub(super) fn diagnostic(open: &Open, finding: &Finding) -> Diagnostic {
    let found = &finding.diagnostic;
    let range = |span| open.lines.range(&open.text, span);
    let help = found.help.iter().map(|help| format!("\n{help}"));
    let related = found.related.iter().map(|(span, message)| DiagnosticRelatedInformation {
        location: Location::new(open.uri.clone(), range(span)),
        message: message.clone(),
    });
    let related: Vec<_> = related.collect();
    Diagnostic {
        range: range(&found.span),
        severity: Some(match finding.level() {
            Level::Error => DiagnosticSeverity::ERROR,
            Level::Warning => DiagnosticSeverity::WARNING,
            Level::Note => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(finding.rule.id.to_owned())),
        source: Some("breach".to_owned()),
        message: std::iter::once(found.message.clone()).chain(help).collect(),
        related_information: (!related.is_empty()).then_some(related),
        tags: (finding.rule.name == "allow-unused").then(|| vec![DiagnosticTag::UNNECESSARY]),
        ..Diagnostic::default()
    }
}
