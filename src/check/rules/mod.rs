//! Every rule, by id. One file each.

pub(super) mod allow_unknown;
pub(super) mod allow_unused;
pub(super) mod allow_without_reason;
mod always;
mod blame;
mod braces_not_filled;
mod change_without_timeout;
mod change_without_undo;
mod circle;
mod command_never_offered;
mod condition;
mod count_without_unit;
mod cut_off;
mod destroys_first;
pub(super) mod duplicate_id;
mod duplicate_key;
mod empty_text;
mod evidence_reused;
mod fact_never_asked;
mod fact_taken;
mod fact_too_early;
mod hidden_character;
mod item_outside;
mod logs_not_kept;
mod long_act;
mod long_timeout;
mod many_lines;
mod missing_key;
mod need_never;
mod needs_later;
mod never_preserved;
mod never_reached;
mod no_action_items;
mod no_advice;
mod no_clock;
mod no_program;
mod no_role;
mod no_steps;
mod nobody_affected;
mod none_unused;
mod not_a_list;
mod not_utf_8;
mod number;
mod odd_reference;
mod options_unused;
mod period;
mod placeholder;
mod placeholder_in_shell;
mod reserved_name;
mod review_overdue;
mod same_question;
mod schema;
mod secret_literal;
mod shell_line;
pub(super) mod syntax;
pub(super) mod test_unfit;
mod told_without_proof;
mod too_crowded;
mod too_large;
mod too_long;
mod too_many;
mod twice_in_list;
mod unit_unused;
mod unknown_duty;
mod unknown_fact;
pub(super) mod unknown_file;
mod unknown_key;
mod unknown_kind;
mod unknown_option;
mod unknown_program;
mod unknown_shared_step;
mod unknown_step;
mod unmarked_change;
pub(super) mod unreadable;
mod wrong_form;
mod wrong_option;
pub(super) mod wrong_type;

use super::rule::Rule;
use crate::document::nearest;

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
    &too_crowded::RULE,
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
    &count_without_unit::RULE,
    &period::RULE,
    &twice_in_list::RULE,
    &none_unused::RULE,
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
    &evidence_reused::RULE,
    &fact_too_early::RULE,
    &fact_never_asked::RULE,
    &need_never::RULE,
    &same_question::RULE,
    &unknown_shared_step::RULE,
    &unknown_duty::RULE,
    &braces_not_filled::RULE,
    &test_unfit::RULE,
    &cut_off::RULE,
    &destroys_first::RULE,
    &never_preserved::RULE,
    &change_without_timeout::RULE,
    &change_without_undo::RULE,
    &shell_line::RULE,
    &secret_literal::RULE,
    &placeholder_in_shell::RULE,
    &no_role::RULE,
    &too_long::RULE,
    &no_clock::RULE,
    &told_without_proof::RULE,
    &no_advice::RULE,
    &nobody_affected::RULE,
    &no_action_items::RULE,
    &logs_not_kept::RULE,
    &unmarked_change::RULE,
    &long_act::RULE,
    &unknown_program::RULE,
    &long_timeout::RULE,
    &review_overdue::RULE,
    &odd_reference::RULE,
    &blame::RULE,
    &never_reached::RULE,
    &command_never_offered::RULE,
    &always::RULE,
];

/// The rule that was meant by a word that names none: of ids every other one looks alike, so only
/// another case counts there.
pub fn did_you_mean(what: &str, more: impl IntoIterator<Item = &'static str>) -> String {
    let is_id = what.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("BR"))
        && what[2..].bytes().all(|byte| byte.is_ascii_digit());
    let same = ALL.iter().find(|rule| rule.id.eq_ignore_ascii_case(what)).map(|rule| rule.id);
    let meant = match same {
        None if !is_id => nearest(what, ALL.iter().map(|rule| rule.name).chain(more)),
        same => same,
    };
    meant.map_or_else(
        || "`breach playbook explain` lists the rules".to_owned(),
        |meant| format!("did you mean `{meant}`?"),
    )
}

/// A rule by its id or its name.
pub fn find(what: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == what || rule.id == what)
}
