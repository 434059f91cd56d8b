//! Every test of the built program and of the library's public face. Paths mirror `src/`.

mod check;
mod cli;
mod clock;
mod custody;
mod document;
mod examples;
mod export;
mod fact;
mod faults;
mod guards;
mod incident;
mod lexicon;
mod log;
mod notice;
mod output;
mod paper;
mod playbook;
mod readme;
mod regime;
mod report;
mod template;
mod terminal;
mod walk;
mod wording;
