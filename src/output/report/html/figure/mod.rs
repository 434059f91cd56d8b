//! Figures: drawn by hand as SVG, in percents of whatever width there is, so that letters keep
//! their size on a telephone and on paper. A picture says its conclusion to those who cannot see
//! it, and a table behind each has the same rows.

mod axis;
mod deadlines;
mod lanes;
mod phases;
mod spread;
mod timeline;

pub(super) use deadlines::deadlines;
pub(super) use phases::phases;
pub(super) use spread::{Scale, spreads};
pub(super) use timeline::timeline;

/// Every figure of a report as a document shows it, with its section.
pub(in crate::output::report) fn figures(report: &Report) -> Vec<(Section, Figure)> {
    let drawn = [
        (Section::Timeline, timeline::figure(report, Medium::Paper)),
        (Section::Duties, deadlines::figure(report, Medium::Paper)),
        (Section::Phases, phases::figure(report, Medium::Paper)),
    ];
    let told = drawn.into_iter().filter(|(section, _)| section.is_for(report.banner.audience));
    told.filter_map(|(section, figure)| Some((section, figure.ok()?))).collect()
}

use maud::{Markup, PreEscaped, html};

use super::table::parts;
use crate::escape;
use crate::report::{Report, Section};

/// Numbers of the entries that the table of the log shows: all, or of very many those that matter
/// most. A file of more is too large to be mailed, and nobody reads it.
pub(super) fn rows(report: &Report) -> Vec<usize> {
    lanes::chosen(&report.timeline.moments, 250)
}

/// On what a figure is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::output::report) enum Medium {
    /// A page: in shares of its width, with words for a narrow one and for a broad one.
    Screen,
    /// A document, at one width: not every program that shows one knows shares, what words are moved
    /// by, what a style sheet hides, or that it fades.
    Paper,
}

impl Medium {
    /// A place, so many pixels beside a share of the width. On a page, [`Medium::dx`] has those.
    fn x(self, share: f64, beside: i32) -> String {
        match self {
            Self::Screen => percent(share),
            Self::Paper => format!("{:.1}", share * f64::from(WIDTH) + f64::from(beside)),
        }
    }

    fn dx(self, beside: i32) -> Option<i32> {
        (self == Self::Screen).then_some(beside)
    }

    /// Pixels between a mark and its label: not every program puts a letter exactly where it belongs.
    fn beside(self) -> i32 {
        if self == Self::Paper { 15 } else { 11 }
    }

    /// A share of the width.
    fn wide(self, share: f64) -> String {
        self.x(share, 0)
    }

    /// Words that stand at the right edge, where some programs cut a letter.
    fn edge(self) -> String {
        self.x(1.0, -3)
    }

    /// Words in a narrow and in a broad drawing, each as `drawn` with its class.
    fn words(
        self,
        (narrow, broad): (&str, &str),
        drawn: impl Fn(Option<&str>, &str) -> Markup,
    ) -> Markup {
        if narrow == broad || self == Self::Paper {
            return drawn(None, broad);
        }
        html! { (drawn(Some("narrow"), narrow)) (drawn(Some("broad"), broad)) }
    }
}

/// Pixels of a drawing on paper: as wide as what is written on a sheet of A4.
pub(in crate::output::report) const WIDTH: u32 = 640;

/// The colours of paper.
const PAPER: &str = include_str!("../figures.css");

/// A figure: what it is called and says, its drawings, and whose marks it has.
pub(in crate::output::report) struct Figure {
    /// Its id on a page.
    id: &'static str,
    /// Its number and name.
    pub(in crate::output::report) title: String,
    /// What it says and what its signs mean.
    pub(in crate::output::report) told: String,
    pub(in crate::output::report) drawings: Vec<Drawing>,
    /// Signs and what they stand for.
    pub(in crate::output::report) signs: Vec<(&'static str, &'static str)>,
    /// What is not drawn.
    pub(in crate::output::report) left: Option<String>,
}

/// A drawing of a figure.
pub(in crate::output::report) struct Drawing {
    pub(in crate::output::report) title: String,
    /// Its words for those who cannot see it.
    pub(in crate::output::report) told: String,
    pub(in crate::output::report) height: u32,
    pub(in crate::output::report) svg: Markup,
}

impl Figure {
    /// On a page; what stands between it and what is not drawn.
    fn page(&self, below: &Markup) -> Markup {
        html! {
            figure id=(self.id) {
                figcaption { strong { (self.title) } " " (parts(&self.told)) }
                @for drawing in &self.drawings { (drawing.svg) }
                @if !self.signs.is_empty() {
                    ul.key {
                        @for (sign, name) in &self.signs {
                            li { span class=(name) aria-hidden="true" { (sign) } " " (name) }
                        }
                    }
                }
            }
            (below)
            @if let Some(left) = &self.left { p.line { (parts(left)) } }
        }
    }
}

/// The number of a figure behind those that are drawn before it.
fn number(report: &Report, before: &[Section]) -> usize {
    let is_drawn = |section: &&Section| {
        section.is_for(report.banner.audience)
            && match section {
                Section::Timeline => timeline::is_drawn(report),
                _ => !report.deadlines.duties.is_empty(),
            }
    };
    1 + before.iter().filter(is_drawn).count()
}

/// A figure on a page, or why there is none.
fn shown(figure: &Result<Figure, String>, below: &Markup) -> Markup {
    match figure {
        Ok(figure) => figure.page(below),
        Err(why) => html! { p.line { (escape::line(why)) } },
    }
}

/// One drawing, `height` pixels high and as wide as its place. Its id is part of every id inside. On
/// paper, what fades has this colour.
fn svg(
    medium: Medium,
    (id, fading): (&str, &str),
    height: u32,
    (title, conclusion): (&str, &str),
    drawing: &Markup,
) -> Markup {
    let (titled, told) = (format!("{id}-title"), format!("{id}-desc"));
    let paper = medium == Medium::Paper;
    let width = if paper { WIDTH.to_string() } else { "100%".to_owned() };
    let space = paper.then_some("http://www.w3.org/2000/svg");
    html! {
        svg id=(id) xmlns=[space] role="img" aria-labelledby={ (titled) " " (told) } width=(width)
            height=(height) font-size="11" font-family="sans-serif" {
            title id=(titled) { (escape::line(title)) }
            desc id=(told) { (escape::line(conclusion)) }
            @if paper { style { (PreEscaped(PAPER)) } }
            defs {
                (fade(medium, (&format!("{id}-in"), fading), "0", "1"))
                (fade(medium, (&format!("{id}-out"), fading), "1", "0"))
                (stripes(id, "hatch"))
                (stripes(id, "late"))
            }
            (drawing)
        }
    }
}

/// Stripes: what is known as an interval only, and what is late.
fn stripes(id: &str, name: &str) -> Markup {
    html! {
        pattern id={ (id) "-" (name) } width="5" height="5" patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)" {
            rect class={ "stripe " (name) } width="2.5" height="5" fill="#555" {}
        }
    }
}

/// What the numbers of a figure are, each leading to its row. Many of them wait behind a name.
fn key(numbers: &[Markup]) -> Markup {
    let list = html! { ol.key.index { @for number in numbers { li { (number) } } } };
    html! {
        @if numbers.len() > FEW { details { summary { "What the numbers are" } (list) } }
        @else { (list) }
    }
}

/// Numbers that are told under a figure without being asked for.
const FEW: usize = 16;

/// What begins or ends at a time that nobody knows. A page has its colours elsewhere.
fn fade(medium: Medium, (id, colour): (&str, &str), from: &str, to: &str) -> Markup {
    let colour = if medium == Medium::Paper { colour } else { "#555" };
    html! {
        linearGradient id=(id) {
            stop class="fade" offset="0" stop-color=(colour) stop-opacity=(from) {}
            stop class="fade" offset="1" stop-color=(colour) stop-opacity=(to) {}
        }
    }
}

/// A share of the width, with two digits behind the point.
fn percent(share: f64) -> String {
    let text = format!("{:.2}", share * 100.0);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

/// Names of ticks that do not run into each other, on a drawing `pixels` wide.
fn apart(ticks: Vec<(f64, String)>, pixels: f64) -> Vec<(f64, String)> {
    let mut reached = f64::MIN;
    let named = ticks.into_iter().map(|(share, name)| {
        let wide = [0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0][name.len().min(6)] / pixels;
        let (from, to) = if share > LATE { (share - wide, share) } else { (share, share + wide) };
        let free = from > reached;
        if free {
            reached = to;
        }
        (share, if free { name } else { String::new() })
    });
    named.collect()
}

/// On which side of its tick a name stands.
fn anchor(share: f64) -> &'static str {
    if share > LATE { "end" } else { "start" }
}

/// Ticks further to the right have their names on their left.
const LATE: f64 = 0.75;

/// Text cut to a number of characters.
fn short(text: &str, most: usize) -> String {
    let text = escape::line(text);
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.into_owned(),
    }
}
