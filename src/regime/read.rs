//! Reads a regime: syntax, shape, then what only the whole can tell.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveTime;

use super::shape::{INHERITED, SHAPE};
use super::{Clock, Confidence, Count, Duty, Order, Passage, Period, Regime, Span, Status, Zone};
use crate::document::{
    Diagnostic, Document, Findings, Spanned, Table, did_you_mean, syntax, visit,
};
use crate::escape;
use crate::fact::{Condition, FactType, Vocabulary};

use toml::de::DeTable;

impl Regime {
    /// Reads a regime; there is one only without errors.
    pub fn read(document: &Document, vocabulary: &Vocabulary) -> (Option<Self>, Vec<Diagnostic>) {
        let mut findings = Findings::default();
        let regime = syntax::read(&document.text, &mut findings, |tree, findings| {
            Self::read_tree(&document.text, tree, vocabulary, findings)
        });
        (regime, findings.into_sorted())
    }

    /// Reads a regime from its tree.
    pub fn read_tree(
        source: &str,
        tree: &DeTable<'_>,
        vocabulary: &Vocabulary,
        findings: &mut Findings,
    ) -> Option<Self> {
        visit::check(tree, &SHAPE, findings);
        let root = Table::root(tree);
        let mut reader = Reader { source, vocabulary, findings };
        let regime = reader.regime(&root);
        regime.filter(|_| !findings.has_errors())
    }
}

struct Reader<'d> {
    source: &'d str,
    vocabulary: &'d Vocabulary,
    findings: &'d mut Findings,
}

impl Reader<'_> {
    fn regime(&mut self, root: &Table<'_>) -> Option<Regime> {
        let id = text(root, "regime");
        let concerns = self.condition(root, "where");
        let status = Status::parse(&text(root, "status").unwrap_or_default());
        let tables = root.tables("duty");
        let ids: BTreeSet<String> = tables.iter().filter_map(|table| text(table, "id")).collect();
        let earlier = root.tables("earlier");
        let own = id.as_deref().unwrap_or_default();
        self.ids(&tables, own);
        self.names(&earlier, own, &ids);
        let ids = ids.into_iter().chain(earlier.iter().filter_map(|table| text(table, "id")));
        let ids: BTreeSet<String> = ids.collect();
        let duties: Vec<Option<Duty>> = tables
            .iter()
            .map(|table| {
                let mut duty = self.duty(table, status, &ids)?;
                duty.existed = table.flag("existed");
                for before in
                    earlier.iter().filter(|before| text(before, "of").as_ref() == Some(&duty.id))
                {
                    let version = self.earlier(before, (table, &duty), &ids)?;
                    duty.earlier.push(version);
                }
                Some(duty)
            })
            .collect();
        Some(Regime {
            id: id?,
            name: text(root, "name")?,
            jurisdiction: text(root, "jurisdiction")?,
            zone: match text(root, "zone")?.as_str() {
                "local" => Zone::Local,
                zone => Zone::Named(zone.parse().ok()?),
            },
            status: status?,
            in_force: span(root),
            applies: text(root, "applies")?,
            concerns,
            trigger: text(root, "trigger")?,
            exemptions: text(root, "exemptions"),
            changes: text(root, "changes"),
            traps: texts(root, "traps"),
            not_of: (root.tables("not-of").iter())
                .filter_map(|of| Some((text(of, "class")?, text(of, "words")?)))
                .collect(),
            confidence: Confidence::parse(&text(root, "confidence")?)?,
            sources: texts(root, "sources"),
            duties: duties.into_iter().collect::<Option<_>>()?,
        })
    }

    /// Ids begin with the regime's, and none is given twice.
    fn ids(&mut self, tables: &[Table<'_>], regime: &str) {
        let mut seen: HashMap<String, Spanned<'_>> = HashMap::new();
        for table in tables {
            let Some(id) = table.text("id") else { continue };
            self.own(&id, regime);
            if let Some(before) = seen.get(&*id.text) {
                let message = format!("duty `{}` is defined twice", escape::line(&id.text));
                let found = Diagnostic::error("duplicate-id", message, id.span.clone());
                self.findings.push(found.related(before.span.clone(), "first defined here"));
            }
            seen.entry(id.to_owned()).or_insert(id);
        }
    }

    /// An id begins with that of its regime: by it, what a log speaks of is found again.
    fn own(&mut self, id: &Spanned<'_>, regime: &str) {
        if id.text.split_once('.').is_some_and(|(of, _)| of != regime) && !regime.is_empty() {
            let message = format!("`{}` does not begin with `{regime}.`", escape::line(&id.text));
            self.findings.push(Diagnostic::error("wrong-form", message, id.span.clone()));
        }
    }

    /// Each earlier version is of a duty, and its own id, if it has one, is nobody else's.
    fn names(&mut self, tables: &[Table<'_>], regime: &str, duties: &BTreeSet<String>) {
        for table in tables {
            if let Some(of) = table.text("of") {
                self.known_duty(&of, duties);
                let foreign = of.text.split_once('.').is_some_and(|(own, _)| own != regime);
                if foreign && !duties.contains(&*of.text) {
                    let message = format!("there is no duty `{}`", escape::line(&of.text));
                    self.findings.push(Diagnostic::error("unknown-duty", message, of.span));
                }
            }
            let Some(id) = table.text("id") else { continue };
            self.own(&id, regime);
            if duties.contains(&*id.text) {
                let message = format!("duty `{}` is defined twice", escape::line(&id.text));
                self.findings.push(Diagnostic::error("duplicate-id", message, id.span));
            }
        }
    }

    /// What a duty said before: what it does not say itself, the duty of today says.
    fn earlier(
        &mut self,
        own: &Table<'_>,
        (today, duty): (&Table<'_>, &Duty),
        ids: &BTreeSet<String>,
    ) -> Option<Duty> {
        let next = duty.earlier.last().unwrap_or(duty).in_force.from;
        let span = span(own);
        let order = span.from.is_none_or(|from| span.until.is_some_and(|until| from <= until));
        if next.is_none_or(|next| next.pred_opt() != span.until) || !order {
            let message = match next {
                Some(next) => format!("the version after this one begins on {next}"),
                None => "the version after this one has no first day".to_owned(),
            };
            let at = own.value_span("until").unwrap_or_else(|| own.span.clone());
            let help = "each ends on the day before the next begins; the latest stands first";
            self.findings.push(Diagnostic::error("period", message, at).help(help));
            return None;
        }
        let entries = own.over(today, &INHERITED);
        let mut version = self.duty(&Table::root(&entries), Some(Status::Superseded), ids);
        if let Some(version) = &mut version {
            if !own.has("when") {
                version.when.clone_from(&duty.when);
                version.borrowed = duty.when.is_some() && !own.flag("same-test");
            }
            if !own.has("unless") {
                version.unless.clone_from(&duty.unless);
            }
            // What it takes from today is no surer than it is today.
            let taken = duty.from_memory.iter().filter(|passage| match passage {
                Passage::Test => !own.has("when"),
                Passage::Count | Passage::Period | Passage::Words => false,
                Passage::Unless | Passage::Wait | Passage::Content => !own.has(passage.as_str()),
            });
            if version.confidence != Confidence::FromMemory {
                version.from_memory.extend(taken);
                version.from_memory.sort_unstable();
                version.from_memory.dedup();
            }
            if !version.from_memory.is_empty() {
                version.confidence = Confidence::Mixed;
            }
        }
        version
    }

    fn duty(
        &mut self,
        table: &Table<'_>,
        status: Option<Status>,
        ids: &BTreeSet<String>,
    ) -> Option<Duty> {
        let when = self.condition(table, "when");
        let unless: Vec<Option<(Condition, String)>> = table
            .tables("unless")
            .iter()
            .map(|unless| Some((self.condition(unless, "if")?, text(unless, "words")?)))
            .collect();
        let instead: Vec<Option<(Condition, Period)>> = table
            .tables("instead")
            .iter()
            .map(|instead| Some((self.condition(instead, "if")?, period(instead)?)))
            .collect();
        let clock = self.clock(table, ids);
        let cap = table.table("cap").and_then(|cap| {
            let clock = cap.text("clock")?;
            self.time_fact(&clock);
            Some((period(&cap)?, clock.to_owned()))
        });
        if let Some(fact) = table.text("settled-by") {
            self.time_fact(&fact);
        }
        let count = text(table, "count")?;
        let count = Count::parse(&count).filter(|_| Count::OWN.contains(&&*count))?;
        let period = period(table);
        self.sense(table, count, period);
        let confidence = Confidence::parse(&text(table, "confidence")?)?;
        let passages = texts(table, "from-memory");
        let from_memory: Vec<Passage> =
            passages.iter().filter_map(|name| Passage::parse(name)).collect();
        if !from_memory.is_empty() && confidence != Confidence::Mixed {
            let message = "`from-memory` names passages, but the confidence is not `mixed`";
            let at = table.value_span("confidence").unwrap_or_else(|| table.span.clone());
            let help = "write `confidence = \"mixed\"`, or leave out `from-memory`";
            self.findings.push(Diagnostic::error("wrong-form", message, at).help(help));
        }
        Some(Duty {
            id: text(table, "id").or_else(|| text(table, "of"))?,
            cite: text(table, "cite")?,
            who: text(table, "who")?,
            to: texts(table, "to"),
            recipient: text(table, "recipient"),
            each_place: self.condition(table, "each-place"),
            stage: text(table, "stage"),
            test: text(table, "test"),
            when,
            unless: unless.into_iter().collect::<Option<_>>()?,
            period,
            instead: instead.into_iter().collect::<Option<_>>()?,
            count,
            also: also(table),
            clock: clock?,
            clock_words: text(table, "clock-words"),
            cap,
            latest: text(table, "latest").and_then(|latest| Count::parse(&latest)),
            words: text(table, "words"),
            settled_by: text(table, "settled-by"),
            wait: text(table, "wait"),
            after_wait: text(table, "after-wait").and_then(|period| Period::parse(&period)),
            late: text(table, "late"),
            content: texts(table, "content"),
            never: texts(table, "never"),
            embargo: table.flag("embargo"),
            in_force: span(table),
            ends: text(table, "ends").and_then(|at| NaiveTime::parse_from_str(&at, "%H:%M").ok()),
            calendar: text(table, "calendar"),
            status: text(table, "status").map_or(status, |own| Status::parse(&own))?,
            confidence,
            from_memory,
            sources: texts(table, "sources"),
            earlier: Vec::new(),
            existed: false,
            borrowed: false,
        })
    }

    /// A period and its counting go together; where there is neither, the law's words do.
    fn sense(&mut self, table: &Table<'_>, count: Count, period: Option<Period>) {
        let span = table.value_span("count").unwrap_or_else(|| table.span.clone());
        let linked = ["with", "before"].iter().any(|key| table.has(key));
        let mut wrong = |message: &str, help: &str| {
            let found = Diagnostic::error("period", message, span.clone());
            self.findings.push(found.help(help));
        };
        match period {
            None if count.unit().is_some() => {
                wrong("`count` without a `period`", "write the period, or `count = \"words\"`");
            }
            Some(_) if count.unit().is_none() => {
                wrong("`period` without a `count`", "write how it is counted");
            }
            None if !linked && !table.has("words") => {
                wrong(
                    "neither a `period` nor the law's own words",
                    "write the law's own words: `words = \"…\"`",
                );
            }
            Some(period) if count.unit() != Some(period.unit) => {
                wrong(
                    "this `count` does not fit the unit of the period",
                    "choose one that counts that unit",
                );
            }
            Some(_) | None => {}
        }
    }

    /// What starts the period: exactly one thing.
    fn clock(&mut self, table: &Table<'_>, ids: &BTreeSet<String>) -> Option<Clock> {
        let filed = FILED.iter().find_map(|(key, order)| Some((table.text(key)?, *order)));
        if let Some(clock) = table.text("clock") {
            self.time_fact(&clock);
            let (waits, year_end) = (table.flag("waits"), table.flag("year-end"));
            return Some(Clock::Fact { name: clock.to_owned(), waits, year_end });
        }
        let Some((duty, order)) = filed else {
            let message = "nothing starts the clock of this duty";
            let help = "write `clock = \"aware\"`, or the duty that it follows: `after = \"…\"`";
            let found = Diagnostic::error("missing-key", message, table.span.clone());
            self.findings.push_absent(found.help(help));
            return None;
        };
        self.known_duty(&duty, ids);
        Some(Clock::Filed { duty: duty.to_owned(), order })
    }

    fn known_duty(&mut self, duty: &Spanned<'_>, ids: &BTreeSet<String>) {
        let own = ids.first().and_then(|id| id.split_once('.')).map(|(regime, _)| regime);
        let of = duty.text.split_once('.').map(|(regime, _)| regime);
        // A duty of another regime stands in another file.
        if of == own && !ids.contains(&*duty.text) {
            let message = format!("there is no duty `{}`", escape::line(&duty.text));
            let ids = ids.iter().map(String::as_str).filter(|_| !self.findings.is_full());
            let help = did_you_mean(&duty.text, ids);
            let found = Diagnostic::error("unknown-duty", message, duty.span.clone());
            self.findings.push(found.maybe_help(help));
        }
    }

    fn time_fact(&mut self, name: &Spanned<'_>) {
        let Some(fact) = self.vocabulary.get(&name.text) else {
            let message = format!("there is no fact `{}`", escape::line(&name.text));
            let help = did_you_mean(&name.text, self.vocabulary.names());
            let found = Diagnostic::error("unknown-fact", message, name.span.clone());
            self.findings.push(found.maybe_help(help));
            return;
        };
        if fact.kind != FactType::Time {
            let message =
                format!("`{}` is of type `{}`, not a time", name.text, fact.kind.as_str());
            self.findings.push(Diagnostic::error("period", message, name.span.clone()));
        }
    }

    fn condition(&mut self, table: &Table<'_>, key: &str) -> Option<Condition> {
        let text = table.text(key)?;
        let mistakes = match Condition::parse(&text.text, self.vocabulary) {
            Ok(condition) => return Some(condition),
            Err(mistakes) => mistakes,
        };
        for mistake in mistakes.into_iter().filter(|_| !text.text.trim().is_empty()) {
            let span = text.part(self.source, mistake.span);
            let found = Diagnostic::error(mistake.rule, mistake.message, span);
            self.findings.push(found.maybe_help(mistake.help));
        }
        None
    }
}

/// A filing that counts beside the clock: whichever is first.
fn also(table: &Table<'_>) -> Option<(String, Order)> {
    table.text("clock")?;
    let (key, order) = FILED.iter().find(|(key, _)| table.has(key))?;
    Some((text(table, key)?, *order))
}

/// Keys that name another duty.
const FILED: [(&str, Order); 4] = [
    ("after", Order::After),
    ("after-last", Order::AfterLast),
    ("with", Order::With),
    ("before", Order::Before),
];

fn text(table: &Table<'_>, key: &str) -> Option<String> {
    table.text(key).map(|text| text.to_owned())
}

fn texts(table: &Table<'_>, key: &str) -> Vec<String> {
    table.texts(key).iter().map(Spanned::to_owned).collect()
}

fn period(table: &Table<'_>) -> Option<Period> {
    Period::parse(&table.text("period")?.text)
}

fn span(table: &Table<'_>) -> Span {
    Span { from: table.day("from"), until: table.day("until") }
}
