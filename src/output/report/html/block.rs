//! Blocks as HTML, whatever the section.

use maud::{Markup, html};

use super::super::Block;
use super::{prose, table};
use crate::escape;

/// All blocks, names and what they are together in one list.
pub(super) fn all(blocks: &[Block]) -> Markup {
    let fields = |block: &Block| matches!(block, Block::Field(..) | Block::Missing(..));
    html! {
        @for group in blocks.chunk_by(|one, next| fields(one) && fields(next)) {
            @if fields(&group[0]) { (list(group)) } @else { (one(&group[0])) }
        }
    }
}

fn list(fields: &[Block]) -> Markup {
    html! { dl { @for field in fields { div { (field_of(field)) } } } }
}

/// A name and what it is, or that it is missing.
pub(super) fn field_of(block: &Block) -> Markup {
    match block {
        Block::Field(name, value) => {
            html! { dt { (escape::line(name)) } dd { (said(value)) } }
        }
        Block::Missing(name, why) => {
            html! { dt { (escape::line(name)) } dd.missing { (escape::text(why)) } }
        }
        _ => html! {},
    }
}

/// A text in which commands of this program, which stand between ticks, are set as code.
pub(super) fn said(text: &str) -> Markup {
    let Some((before, rest)) = text.split_once("`breach ") else {
        return table::parts(text);
    };
    let Some((command, behind)) = rest.split_once('`') else {
        return table::parts(text);
    };
    html! {
        (table::parts(before)) code { "breach " (escape::line(command)) } (said(behind))
    }
}

fn one(block: &Block) -> Markup {
    match block {
        Block::Line(text) => html! { p.line { (said(text)) } },
        Block::Prose(title, texts) => html! {
            h3 { (escape::line(title)) }
            div.prose { @for text in texts { (prose::markdown(text)) } }
        },
        Block::Points(title, points) => html! {
            h3 { (escape::line(title)) }
            ul { @for point in points { li { (table::parts(point)) } } }
        },
        Block::Table(grid) => table::table(grid),
        Block::Field(..) | Block::Missing(..) => html! {},
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_set_as_code_and_other_ticks_stay() {
        let page = said("1 conflict: `breach conflicts`; see `x`, `breach y").into_string();
        assert_eq!(page, "1 conflict: <code>breach conflicts</code>; see `x`, `breach y");
        let kept = said("to the authority (eu-gdpr.33-1)").into_string();
        assert_eq!(kept, "to the authority (<span class=\"id\">eu-gdpr.33-1</span>)");
    }
}
