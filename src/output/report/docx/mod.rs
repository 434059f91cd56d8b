//! The report as a Word document, to edit and to file: headings, tables, styles, a footer with page
//! numbers, figures with their words. The same report gives the same bytes.

mod package;
mod style;

use std::fmt::Write as _;

use super::page::sections;
use super::{Block, Cell, Grid, footer, html, named};
use crate::escape;
use crate::report::{Audience, Report, Section};
use crate::wording::{self, unmarked};

/// The whole report.
pub fn docx(report: &Report) -> Vec<u8> {
    // A single sheet and slides have no room for figures.
    let is_whole = report.banner.audience.has_annexes();
    let figures = if is_whole { html::figures(report) } else { Vec::new() };
    let mut drawings: Vec<String> = Vec::new();
    let mut body = String::new();
    let title = named(report);
    paragraph(&mut body, "Title", &title);
    for (section, blocks) in sections(report) {
        paragraph(&mut body, "Heading1", section.title());
        if section == Section::Banner {
            field(&mut body, "Incident", &report.banner.incident, "");
        }
        for (_, figure) in figures.iter().filter(|(of, _)| *of == section) {
            figured(&mut body, figure, &mut drawings);
        }
        for block in &blocks {
            write(&mut body, block);
        }
    }
    // An executive gets one sheet, as on the page.
    let is_sheet = report.banner.audience == Audience::Executive;
    let look = if is_sheet { style::SHEET } else { style::WHOLE };
    let (styles, page) = (look.styles(), look.page());
    let document = format!("{DOCUMENT}{body}{page}</w:body></w:document>");
    let links: String = (1..=drawings.len()).map(relation).collect();
    let links = format!("{LINKS}{links}</Relationships>");
    let below = format!("{FOOTER}{}{NUMBERS}", run("", &footer(report)));
    let about = format!("{ABOUT}{}</dc:title></cp:coreProperties>", xml(&title));
    let drawings: Vec<(String, String)> = (1..)
        .zip(drawings)
        .map(|(number, svg): (usize, String)| (format!("word/media/figure{number}.svg"), svg))
        .collect();
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", ROOT.as_bytes()),
        ("docProps/core.xml", about.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", links.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/numbering.xml", BULLETS.as_bytes()),
        ("word/footer1.xml", below.as_bytes()),
    ];
    parts.extend(drawings.iter().map(|(name, svg)| (name.as_str(), svg.as_bytes())));
    package::zip(&parts)
}

/// Foreign text within XML: on one line, nothing in it read as markup.
fn xml(text: &str) -> String {
    let shown = escape::line(text);
    let shown = shown.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    shown.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Words in one form; lines stay lines, and what belongs together stays on one.
fn run(form: &str, text: &str) -> String {
    let form = if form.is_empty() { String::new() } else { format!("<w:rPr>{form}</w:rPr>") };
    let said = |text: &str| format!("<w:t xml:space=\"preserve\">{}</w:t>", xml(text));
    let lines = text.lines().map(|line| {
        let line = whole(line);
        line.split(DASH).map(said).collect::<Vec<_>>().join("<w:noBreakHyphen/>")
    });
    format!("<w:r>{form}{}</w:r>", lines.collect::<Vec<_>>().join("<w:br/>"))
}

/// The text with a blank or a dash that does not break where a line must not: in a number, an id, a date.
fn whole(text: &str) -> String {
    let text = wording::whole(text);
    if !text.contains('-') {
        return text;
    }
    let words = text.split(' ').map(|word| {
        let breaks =
            word.len() > WORD || word.split('-').all(|part| part.chars().all(char::is_alphabetic));
        if breaks { word.to_owned() } else { word.replace('-', &DASH.to_string()) }
    });
    words.collect::<Vec<String>>().join(" ")
}

/// Stands for a dash at which no line is broken.
const DASH: char = '\u{2011}';

fn paragraph(body: &mut String, style: &str, text: &str) {
    let _ = write!(
        body,
        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>",
        run("", text.trim())
    );
}

fn field(body: &mut String, name: &str, value: &str, form: &str) {
    let name = run("<w:b/>", &format!("{name}: "));
    let _ = write!(body, "<w:p>{name}{}</w:p>", run(form, value.trim()));
}

fn write(body: &mut String, block: &Block) {
    match block {
        Block::Line(text) => paragraph(body, "Normal", text),
        Block::Field(name, value) => field(body, name, value, ""),
        Block::Missing(name, why) => field(body, name, why, "<w:i/>"),
        Block::Prose(title, texts) => {
            paragraph(body, "Heading2", title);
            for text in texts {
                paragraph(body, "Normal", &unmarked(text));
            }
        }
        Block::Points(title, points) => {
            paragraph(body, "Heading2", title);
            for point in points {
                paragraph(body, "ListBullet", point);
            }
        }
        Block::Table(grid) => table(body, grid),
    }
}

/// A table whose first row is repeated on every page, and no row of which is torn.
fn table(body: &mut String, grid: &Grid) {
    paragraph(body, "Heading2", &grid.caption);
    let widths = widths(grid);
    let columns = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>"));
    let _ = write!(
        body,
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/>\
         <w:tblInd w:w=\"{INSET}\" w:type=\"dxa\"/><w:tblLook w:firstRow=\"1\"/><w:tblCaption w:val=\"{}\"/></w:tblPr><w:tblGrid>{}</w:tblGrid>",
        xml(&grid.caption),
        columns.collect::<String>()
    );
    let header: Vec<String> = grid.header.iter().map(|name| (*name).to_owned()).collect();
    row(body, "<w:tblHeader/>", "<w:b/>", &header, &widths);
    for cells in &grid.rows {
        let words: Vec<String> = cells.iter().map(Cell::words).collect();
        row(body, "", "", &words, &widths);
    }
    body.push_str("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"Gap\"/></w:pPr></w:p>");
}

/// The width of each column: room for its longest word, so that none is torn; then a short column gets
/// all that it wants, so that no row is high for the sake of it, and long ones share what is left.
fn widths(grid: &Grid) -> Vec<usize> {
    let columns = grid.header.iter().enumerate().map(|(column, name)| {
        let (mut word, mut cell) = (longest_word(name) * BOLD / 100, name.chars().count());
        for row in &grid.rows {
            let words = row[column].words();
            (word, cell) = (word.max(longest_word(&words)), cell.max(words.chars().count()));
        }
        let least = word.min(WORD) * LETTER + MARGIN;
        let wanted = least.max((cell.min(CELL) + 1) * LETTER + MARGIN);
        (if cell <= SHORT { wanted } else { least }, wanted)
    });
    let columns: Vec<(usize, usize)> = columns.collect();
    let least: usize = columns.iter().map(|(least, _)| least).sum();
    let wanted: usize = columns.iter().map(|(_, wanted)| wanted).sum();
    if least > WIDTH {
        return columns.iter().map(|(own, _)| WIDTH * own / least).collect();
    }
    if wanted <= WIDTH {
        return columns.iter().map(|(_, wants)| WIDTH * wants / wanted).collect();
    }
    let (left, more) = (WIDTH - least, wanted - least);
    columns.iter().map(|(own, wants)| own + left * (wants - own) / more).collect()
}

/// Letters of the longest word.
fn longest_word(text: &str) -> usize {
    let text = whole(text);
    let words = text.split([' ', '\n', '-']);
    words.map(|word| word.chars().count() + 1).max().unwrap_or(0)
}

/// Letters of the longest word that is kept whole, of a cell that is kept on one line, and of one that
/// count for the width of a column.
const WORD: usize = 22;
const SHORT: usize = 12;
const CELL: usize = 80;

/// Width of a bold letter, in percent of another.
const BOLD: usize = 115;

/// Width of a letter, of the margins of a cell and of one of them, in twentieths of a point.
const LETTER: usize = 108;
const MARGIN: usize = 2 * INSET;
const INSET: usize = 80;

fn row(body: &mut String, kind: &str, form: &str, cells: &[String], widths: &[usize]) {
    let _ = write!(body, "<w:tr><w:trPr><w:cantSplit/>{kind}</w:trPr>");
    for (cell, width) in cells.iter().zip(widths) {
        let _ = write!(
            body,
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr>\
             <w:pStyle w:val=\"Cell\"/></w:pPr>{}</w:p></w:tc>",
            run(form, cell.trim())
        );
    }
    body.push_str("</w:tr>");
}

/// A figure: what it says and what its signs mean, then each drawing with what it is. The words above may
/// stand on the sheet before, so that no heading is left alone there.
fn figured(body: &mut String, figure: &html::Figure, drawings: &mut Vec<String>) {
    let signs: Vec<String> =
        figure.signs.iter().map(|(sign, name)| format!("{sign} {name}")).collect();
    let signs = if signs.is_empty() { String::new() } else { format!(" {}.", signs.join(", ")) };
    paragraph(body, "Normal", &format!("{} {}{signs}", figure.title, figure.told));
    // One drawing is named by the words above it; of several, each by what is on it.
    let is_one = figure.drawings.len() == 1;
    for drawing in &figure.drawings {
        drawings.push(drawing.svg.clone().into_string());
        picture(body, drawings.len(), drawing, is_one);
        if !is_one {
            paragraph(body, "Caption", &drawing.title);
        }
    }
    if let Some(left) = &figure.left {
        paragraph(body, "Normal", left);
    }
}

/// A drawing with its words for those who cannot see it. It is named twice: Word looks for SVG in one
/// place, `LibreOffice` in the other.
fn picture(body: &mut String, number: usize, drawing: &html::Drawing, is_one: bool) {
    let (wide, high) = (html::WIDTH * EMU, drawing.height * EMU);
    let (name, told) = (xml(&drawing.title), xml(&drawing.told));
    // A name below stays with it.
    let keep = if is_one { "" } else { "<w:pPr><w:keepNext/></w:pPr>" };
    let _ = write!(
        body,
        "<w:p>{keep}<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" \
         distL=\"0\" distR=\"0\"><wp:extent cx=\"{wide}\" cy=\"{high}\"/><wp:docPr id=\"{number}\" \
         name=\"{name}\" descr=\"{told}\"/><a:graphic><a:graphicData \
         uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>\
         <pic:cNvPr id=\"{number}\" name=\"{name}\" descr=\"{told}\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"figure{number}\"><a:extLst><a:ext \
         uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\"><asvg:svgBlip r:embed=\"figure{number}\"/>\
         </a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>\
         <a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>\
         </a:graphic></wp:inline></w:drawing></w:r></w:p>"
    );
}

/// How a figure is found.
fn relation(number: usize) -> String {
    format!(
        "<Relationship Id=\"figure{number}\" Type=\"http://schemas.openxmlformats.org/officeDocument/\
         2006/relationships/image\" Target=\"media/figure{number}.svg\"/>"
    )
}

/// English Metric Units of a pixel.
const EMU: u32 = 9_525;

/// Width of what is written on a sheet of A4, in twentieths of a point.
const WIDTH: usize = 9_638;

const ROOT: &str = include_str!("rels.xml");
const TYPES: &str = include_str!("types.xml");
const BULLETS: &str = include_str!("numbering.xml");
/// The beginnings of parts that are filled.
const DOCUMENT: &str = include_str!("document.xml");
const LINKS: &str = include_str!("links.xml");
const FOOTER: &str = include_str!("footer.xml");
const ABOUT: &str = include_str!("core.xml");

/// Behind the words of the footer: which page of how many.
const NUMBERS: &str = "<w:r><w:t xml:space=\"preserve\"> · Page </w:t></w:r><w:fldSimple w:instr=\"PAGE\">\
                       <w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space=\"preserve\"> of </w:t>\
                       </w:r><w:fldSimple w:instr=\"NUMPAGES\"><w:r><w:t>1</w:t></w:r></w:fldSimple>\
                       </w:p></w:ftr>";
