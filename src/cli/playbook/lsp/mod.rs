//! `breach playbook lsp`: the checker in an editor, over the Language Server Protocol.
//!
//! What is found is what `breach playbook check` finds, by the same rules and the same `breach.toml`.
//! A text is checked when nothing more is waiting to be read, so that fast typing costs one check.

mod actions;
mod complete;
mod define;
mod findings;
mod hover;
mod known;
mod lines;
mod names;
mod open;
mod paths;
mod wire;

use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;

use chrono::NaiveDate;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions,
    HoverProviderCapability, MessageType, OneOf, PositionEncodingKind, ServerCapabilities,
    ShowMessageParams, TextDocumentPositionParams, TextDocumentSyncCapability,
    TextDocumentSyncKind, notification, request,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::cli::desk::{Context, Exit, Failure};
use crate::cli::playbook::config;
use crate::cli::playbook::texts::Texts;
use open::Open;

pub(super) fn run(context: &mut Context) -> Result<Exit, Failure> {
    if std::io::stdin().is_terminal() {
        return Err(Failure::usage("this command talks to an editor, not to a person")
            .hint("`breach help editors` says how to set it up"));
    }
    let (connection, wire) = wire::stdio();
    let served = serve(context, &connection);
    drop(connection);
    let read = wire.join().map_err(anyhow::Error::from);
    read.and(served).map_err(|error| {
        Failure::usage(format!("the editor does not speak the language server protocol: {error}"))
            .hint("`breach help editors` says how to set it up")
    })?;
    Ok(Exit::Done)
}

fn serve(context: &Context, connection: &Connection) -> anyhow::Result<()> {
    let (id, _) = connection.initialize_start()?;
    let answer = json!({
        "capabilities": capabilities(),
        "serverInfo": { "name": "breach", "version": env!("CARGO_PKG_VERSION") },
    });
    connection.initialize_finish(id, answer)?;
    let mut server = Server { open: BTreeMap::new(), told: BTreeSet::new() };
    for message in &connection.receiver {
        let today = context.world.now().local().date_naive();
        match message {
            Message::Request(request) => {
                if connection.handle_shutdown(&request)? {
                    break;
                }
                let answer = server.answer(request, today);
                connection.sender.send(Message::Response(answer))?;
            }
            Message::Notification(notification) => {
                for told in server.notice(notification) {
                    connection.sender.send(Message::Notification(told))?;
                }
            }
            Message::Response(_) => {}
        }
        if connection.receiver.is_empty() {
            for told in server.check(today) {
                connection.sender.send(Message::Notification(told))?;
            }
        }
    }
    Ok(())
}

fn capabilities() -> ServerCapabilities {
    let words = |words: &[&str]| Some(words.iter().map(|word| (*word).to_owned()).collect());
    ServerCapabilities {
        position_encoding: Some(PositionEncodingKind::UTF16),
        text_document_sync: Some(TextDocumentSyncCapability::Kind(
            TextDocumentSyncKind::INCREMENTAL,
        )),
        completion_provider: Some(CompletionOptions {
            trigger_characters: words(&["\"", "'", "{", "[", "."]),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        document_formatting_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::SOURCE_FIX_ALL]),
            ..CodeActionOptions::default()
        })),
        ..ServerCapabilities::default()
    }
}

/// The open files, by address.
struct Server {
    open: BTreeMap<String, Open>,
    /// What was said of files that cannot be used, until they can be.
    told: BTreeSet<String>,
}

impl Server {
    /// Takes up what the editor tells, and returns what it has to be told at once.
    fn notice(&mut self, told: Notification) -> Vec<Notification> {
        use notification::Notification as _;
        match told.method.as_str() {
            notification::DidOpenTextDocument::METHOD => {
                let opened = read::<lsp_types::DidOpenTextDocumentParams>(told.params);
                if let Some(document) = opened.map(|opened| opened.text_document) {
                    let key = document.uri.as_str().to_owned();
                    self.open.insert(key.clone(), Open::new(document));
                    self.touch(&key);
                }
            }
            notification::DidChangeTextDocument::METHOD => {
                let changed = read::<lsp_types::DidChangeTextDocumentParams>(told.params);
                if let Some(changed) = changed {
                    let key = changed.text_document.uri.as_str().to_owned();
                    if let Some(open) = self.open.get_mut(&key) {
                        open.change(changed);
                    }
                    self.touch(&key);
                }
            }
            notification::DidCloseTextDocument::METHOD => {
                let closed = read::<lsp_types::DidCloseTextDocumentParams>(told.params);
                let uri = closed.map(|closed| closed.text_document.uri);
                let open = uri.and_then(|uri| {
                    self.touch(uri.as_str());
                    self.open.remove(uri.as_str())
                });
                return open.iter().map(findings::forget).collect();
            }
            // A file that is not open may be another one now.
            notification::DidSaveTextDocument::METHOD
            | notification::DidChangeWatchedFiles::METHOD => {
                for open in self.open.values_mut() {
                    open.is_stale = true;
                }
            }
            _ => {}
        }
        Vec::new()
    }

    /// What one file says can change what is found in another: levels, a tested playbook.
    fn touch(&mut self, key: &str) {
        let is_config = self.open.get(key).is_some_and(|open| open.file_name() == config::FILE);
        for open in self.open.values_mut() {
            open.is_stale |= is_config || open.is_test();
        }
    }

    fn texts(&self) -> Texts {
        Texts::of(self.open.values().filter_map(|open| Some((open.path.as_deref()?, &*open.text))))
    }

    /// Checks every file that changed.
    fn check(&mut self, today: NaiveDate) -> Vec<Notification> {
        let texts = self.texts();
        let stale = self.open.values_mut().filter(|open| open.is_stale);
        let check = |open: &mut Open| {
            open.check(today, &texts);
            findings::publish(open)
        };
        let mut told: Vec<Notification> = stale.map(check).collect();
        let troubles: BTreeSet<String> =
            self.open.values().flat_map(|open| open.trouble.iter().cloned()).collect();
        told.extend(troubles.difference(&self.told).map(|trouble| trouble_told(trouble)));
        self.told = troubles;
        told
    }

    fn answer(&mut self, asked: Request, today: NaiveDate) -> Response {
        use request::Request as _;
        let Request { id, method, params } = asked;
        let answer = match method.as_str() {
            request::Completion::METHOD => self.at(params, complete::complete),
            request::HoverRequest::METHOD => self.at(params, hover::hover),
            request::GotoDefinition::METHOD => self.at(params, define::define),
            request::Formatting::METHOD => {
                let params = read::<lsp_types::DocumentFormattingParams>(params);
                let open = params.and_then(|it| self.open.get(it.text_document.uri.as_str()));
                Some(shown(open.and_then(actions::format)))
            }
            request::CodeActionRequest::METHOD => {
                let params = read::<lsp_types::CodeActionParams>(params);
                let texts = self.texts();
                params.map(|params| {
                    let open = self.open.get_mut(params.text_document.uri.as_str());
                    shown(open.map(|open| {
                        open.check(today, &texts);
                        actions::actions(open, &params)
                    }))
                })
            }
            _ => {
                let unknown = ErrorCode::MethodNotFound as i32;
                return Response::new_err(id, unknown, "breach does not offer this".to_owned());
            }
        };
        let wrong = ErrorCode::InvalidParams as i32;
        answer.map_or_else(
            || Response::new_err(id.clone(), wrong, "this request cannot be read".to_owned()),
            |answer| Response::new_ok(id.clone(), answer),
        )
    }

    /// The answer to a question about a place; `None` if the question cannot be read.
    fn at<A: Serialize>(
        &self,
        params: Value,
        answer: impl FnOnce(&Open, usize) -> Option<A>,
    ) -> Option<Value> {
        let place = read::<TextDocumentPositionParams>(params)?;
        let open = self.open.get(place.text_document.uri.as_str());
        Some(shown(open.and_then(|open| answer(open, open.offset(place.position)))))
    }
}

/// A file that cannot be used, told where no finding has a place for it.
fn trouble_told(trouble: &str) -> Notification {
    use notification::Notification as _;
    let message = format!("{trouble}: its levels and programs are left out. Open it to see why.");
    let params = ShowMessageParams { typ: MessageType::ERROR, message };
    Notification::new(notification::ShowMessage::METHOD.to_owned(), params)
}

fn read<P: DeserializeOwned>(params: Value) -> Option<P> {
    serde_json::from_value(params).ok()
}

fn shown<A: Serialize>(answer: Option<A>) -> Value {
    serde_json::to_value(answer).unwrap_or(Value::Null)
}
