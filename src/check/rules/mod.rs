//! Every rule, by id. One file each.

pub(super) mod allow_unknown;
pub(super) mod allow_unused;
pub(super) mod allow_without_reason;
mod circle;
mod condition;
mod destroys_first;
mod duplicate_id;
mod duplicate_key;
mod empty_text;
mod fact_taken;
mod hidden_character;
mod item_outside;
mod many_lines;
mod missing_key;
mod needs_later;
mod never_preserved;
mod no_program;
mod no_steps;
mod not_a_list;
mod not_utf_8;
mod number;
mod options_unused;
mod placeholder;
mod reserved_name;
mod schema;
pub(super) mod syntax;
mod too_large;
mod too_many;
mod unit_unused;
mod unknown_fact;
pub(super) mod unknown_file;
mod unknown_key;
mod unknown_kind;
mod unknown_option;
mod unknown_step;
pub(super) mod unreadable;
mod wrong_form;
mod wrong_option;
mod wrong_type;

use super::rule::Rule;

/// Every rule, by id.
pub static ALL: &[&Rule] = &[
    &unreadable::RULE,
    &not_utf_8::RULE,
    &too_large::RULE,
    &syntax::RULE,
    &duplicate_key::RULE,
    &number::RULE,
    &hidden_character::RULE,
    &unknown_file::RULE,
    &allow_unused::RULE,
    &allow_without_reason::RULE,
    &allow_unknown::RULE,
    &too_many::RULE,
    &unknown_key::RULE,
    &missing_key::RULE,
    &wrong_type::RULE,
    &empty_text::RULE,
    &many_lines::RULE,
    &wrong_form::RULE,
    &wrong_option::RULE,
    &schema::RULE,
    &duplicate_id::RULE,
    &no_steps::RULE,
    &reserved_name::RULE,
    &options_unused::RULE,
    &unit_unused::RULE,
    &fact_taken::RULE,
    &no_program::RULE,
    &unknown_step::RULE,
    &circle::RULE,
    &needs_later::RULE,
    &unknown_fact::RULE,
    &condition::RULE,
    &unknown_option::RULE,
    &not_a_list::RULE,
    &item_outside::RULE,
    &placeholder::RULE,
    &unknown_kind::RULE,
    &destroys_first::RULE,
    &never_preserved::RULE,
];

/// A rule by its id or its name.
pub fn find(what: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == what || rule.id == what)
}
