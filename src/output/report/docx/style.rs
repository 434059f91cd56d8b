//! The styles of the document and its sheet of paper: of a whole report, and of one that has a single
//! sheet.

/// How dense it is, in percent of a whole report.
pub(super) struct Look {
    letters: usize,
    space: usize,
    edge: usize,
    /// Whether lines have a height of their own: otherwise each font has its own, and none is sure to fit.
    fixed: bool,
}

/// A report of as many sheets as it needs.
pub(super) const WHOLE: Look = Look { letters: 100, space: 100, edge: 100, fixed: false };

/// A report on one sheet: smaller letters, less space between them and at the edges.
pub(super) const SHEET: Look = Look { letters: 80, space: 25, edge: 65, fixed: true };

impl Look {
    /// Half points of letters.
    fn size(&self, half_points: usize) -> String {
        format!("<w:sz w:val=\"{}\"/>", half_points * self.letters / 100)
    }

    /// What is before and behind a paragraph, in twentieths of a point, and the height of its lines for
    /// letters of this size.
    fn spacing(&self, before: Option<usize>, after: usize, half_points: usize) -> String {
        let share = |n: usize| n * self.space / 100;
        let before = before.map(|n| format!(" w:before=\"{}\"", share(n))).unwrap_or_default();
        let line = half_points * self.letters * LINE / 1_000;
        let line = match (self.fixed, half_points) {
            (true, _) => format!(" w:line=\"{line}\" w:lineRule=\"exact\""),
            (false, TEXT) => " w:line=\"264\" w:lineRule=\"auto\"".to_owned(),
            (false, CELL) => " w:line=\"240\" w:lineRule=\"auto\"".to_owned(),
            (false, _) => String::new(),
        };
        format!("<w:spacing{before} w:after=\"{}\"{line}/>", share(after))
    }

    /// What parts a table from what is below it: a paragraph without words, as high as this.
    fn gap(&self) -> String {
        let high = 240 * self.space / 100;
        format!("<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{high}\" w:lineRule=\"exact\"/>")
    }

    /// The part that names every style.
    pub(super) fn styles(&self) -> String {
        let heading = |level: usize, size: usize, rule: &str, before, after| {
            let spacing = self.spacing(Some(before), after, size);
            format!("<w:keepNext/>{rule}{spacing}<w:outlineLvl w:val=\"{level}\"/>")
        };
        let bold = |size| format!("<w:b/>{}", self.size(size));
        let soft = |size| format!("<w:color w:val=\"545D69\"/>{}", self.size(size));
        let bullet = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>";
        let styles = [
            style("Title", "Title", true, &self.spacing(None, 160, 40), &bold(40)),
            style("Heading1", "heading 1", true, &heading(0, 28, RULE, 280, 100), &bold(28)),
            style("Heading2", "heading 2", true, &heading(1, 22, "", 160, 60), &bold(22)),
            style(
                "ListBullet",
                "List Bullet",
                false,
                &format!("{bullet}{}", self.spacing(None, 40, TEXT)),
                "",
            ),
            style(
                "Caption",
                "caption",
                false,
                &self.spacing(None, 120, CELL),
                &format!("<w:i/>{}", soft(18)),
            ),
            style("Cell", "Cell", false, &self.spacing(Some(30), 30, CELL), &self.size(CELL)),
            style("Footer", "footer", false, "", &soft(16)),
            style("Gap", "Gap", false, &self.gap(), ""),
        ];
        format!(
            "{BEGIN}{}<w:lang w:val=\"en-GB\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>{}</w:pPr>\
             </w:pPrDefault></w:docDefaults>\n{NORMAL}\n{}{GRID}</w:styles>",
            self.size(TEXT),
            self.spacing(None, 80, TEXT),
            styles.concat(),
        )
    }

    /// The sheet: A4, with a footer.
    pub(super) fn page(&self) -> String {
        let edge = 1_134 * self.edge / 100;
        format!(
            "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer\"/><w:pgSz w:w=\"11906\" \
             w:h=\"16838\"/><w:pgMar w:top=\"{edge}\" w:right=\"1134\" w:bottom=\"{edge}\" \
             w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>"
        )
    }
}

/// Half points of letters in a text and in a cell.
const TEXT: usize = 21;
const CELL: usize = 18;

/// Height of a line that has one of its own, in percent of that of its letters.
const LINE: usize = 112;

/// A style of paragraphs. Behind a title and a heading goes plain text.
fn style(id: &str, name: &str, is_head: bool, layout: &str, letters: &str) -> String {
    let next = if is_head { "<w:next w:val=\"Normal\"/>" } else { "" };
    format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
         <w:basedOn w:val=\"Normal\"/>{next}<w:qFormat/><w:pPr>{layout}</w:pPr><w:rPr>{letters}</w:rPr>\
         </w:style>\n"
    )
}

const BEGIN: &str = include_str!("styles.xml");
const GRID: &str = include_str!("grid.xml");

const NORMAL: &str = "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name \
                      w:val=\"Normal\"/><w:qFormat/><w:pPr></w:pPr><w:rPr></w:rPr></w:style>";

/// The line above a section.
const RULE: &str =
    "<w:pBdr><w:top w:val=\"single\" w:sz=\"8\" w:space=\"4\" w:color=\"1A1F27\"/></w:pBdr>";
