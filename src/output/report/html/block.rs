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
            html! { dt { (escape::line(name)) } dd { (escape::text(value)) } }
        }
        Block::Missing(name, why) => {
            html! { dt { (escape::line(name)) } dd.missing { (escape::text(why)) } }
        }
        _ => html! {},
    }
}

fn one(block: &Block) -> Markup {
    match block {
        Block::Line(text) => html! { p.line { (escape::text(text)) } },
        Block::Prose(title, texts) => html! {
            h3 { (escape::line(title)) }
            div.prose { @for text in texts { (prose::markdown(text)) } }
        },
        Block::Points(title, points) => html! {
            h3 { (escape::line(title)) }
            ul { @for point in points { li { (escape::text(point)) } } }
        },
        Block::Table(grid) => table::table(grid),
        Block::Field(..) | Block::Missing(..) => html! {},
    }
}
