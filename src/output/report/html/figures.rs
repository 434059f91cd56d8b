//! The figures by themselves, for a document that is no web page: drawn at one width, in the colours of
//! paper.

use std::fmt::Write as _;

use super::figure;
use crate::report::{Report, Section};

/// A figure as an SVG file of its own.
pub(in crate::output::report) struct Figure {
    /// The section that it belongs to.
    pub(in crate::output::report) section: Section,
    /// What it is called.
    pub(in crate::output::report) title: String,
    /// What it says.
    pub(in crate::output::report) told: String,
    /// SVG.
    pub(in crate::output::report) svg: String,
    /// Pixels.
    pub(in crate::output::report) width: u32,
    pub(in crate::output::report) height: u32,
}

/// Pixels of a drawing: as wide as what is written on a sheet of A4.
const WIDTH: u32 = 640;

const STYLE: &str = include_str!("figures.css");

/// Every drawing, in the order of the sections.
pub(in crate::output::report) fn figures(report: &Report) -> Vec<Figure> {
    let drawn = [
        (Section::Timeline, figure::timeline(report)),
        (Section::Duties, figure::deadlines(report)),
        (Section::Phases, figure::phases(report)),
    ];
    let drawn = drawn.into_iter().filter(|(section, _)| section.is_for(report.banner.audience));
    let alone = |(section, page): (Section, maud::Markup)| {
        let page = page.into_string();
        let svgs = page.split("<svg ").skip(1).filter_map(|rest| rest.split("</svg>").next());
        svgs.map(|svg| standalone(section, svg)).collect::<Vec<Figure>>()
    };
    drawn.flat_map(alone).collect()
}

fn standalone(section: Section, svg: &str) -> Figure {
    let (attributes, inner) = svg.split_once('>').unwrap_or((svg, ""));
    let between = |from: &str, to: &str| {
        let rest = svg.split_once(from).map_or("", |(_, rest)| rest);
        rest.split(to).next().unwrap_or_default().to_owned()
    };
    let words = |tag: &str| {
        let told = between(&format!("<{tag} "), &format!("</{tag}>"));
        let told = told.split_once('>').map_or("", |(_, told)| told);
        told.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    };
    let height = between(" height=\"", "\"").parse().unwrap_or(0);
    let inner = broad(inner);
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" {}><style>{STYLE}</style>{}</svg>",
        absolute(attributes),
        absolute(&inner)
    );
    // LibreOffice fades no colour of a style sheet, and cuts a letter at the very edge.
    let fade = if section == Section::Timeline { "#b3370a" } else { "#2b6cb0" };
    let svg = svg.replace("stop-color=\"#555\"", &format!("stop-color=\"{fade}\""));
    let svg = svg.replace("<text x=\"640.0\"", "<text x=\"637.0\"");
    Figure { section, title: words("title"), told: words("desc"), svg, width: WIDTH, height }
}

/// Without the words of a narrow drawing: not every program hides what a style sheet hides.
fn broad(svg: &str) -> String {
    let without = |svg: &str, begin: &str, end: &str| {
        let mut parts = svg.split(begin);
        let mut shown = parts.next().unwrap_or_default().to_owned();
        shown.extend(parts.filter_map(|part| Some(part.split_once(end)?.1)));
        shown
    };
    let svg = without(svg, "<text class=\"n narrow\"", "</text>");
    let svg = without(&svg, "<text class=\"narrow\"", "</text>");
    without(&svg, "<tspan class=\"narrow\"", "</tspan>")
}

/// Shares of the width as pixels: not every program knows how wide a drawing is.
fn absolute(svg: &str) -> String {
    let mut parts = svg.split("=\"");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (value, rest) = part.split_once('"').unwrap_or((part, ""));
        let share: Option<f64> = value.strip_suffix('%').and_then(|share| share.parse().ok());
        let value = share.map_or_else(
            || value.to_owned(),
            |share| format!("{:.1}", share / 100.0 * f64::from(WIDTH)),
        );
        let _ = write!(shown, "=\"{value}\"{rest}");
    }
    shifted(&shown)
}

/// Places with what they are moved by: not every program moves them.
fn shifted(svg: &str) -> String {
    let mut parts = svg.split("\" dx=\"");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (by, rest) = part.split_once('"').unwrap_or((part, ""));
        let begin = shown.rfind('"').map_or(0, |at| at + 1);
        let place: f64 = shown[begin..].parse().unwrap_or_default();
        let by: f64 = by.parse().unwrap_or_default();
        shown.truncate(begin);
        let _ = write!(shown, "{:.1}\"{rest}", place + by);
    }
    shown
}
