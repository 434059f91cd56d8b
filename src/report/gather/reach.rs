//! With whom an organisation deals is no business of every reader: which duties, rulings, facts and
//! steps an audience is told of, by whom they concern.
//!
//! An allow-list, as the [`Gate`](crate::report::Gate) is one: what is owed to a kind of recipient that nobody
//! named here stays inside. The public must not learn that somebody was asked to wait or was late; an
//! authority has no part in contracts.

use std::collections::{BTreeMap, BTreeSet};

use super::row::Row;
use crate::fact::{Dealing, Vocabulary, is_within, names};
use crate::incident::event;
use crate::playbook::Step;
use crate::regime::{Clock, Duty, Law, Status};
use crate::report::gate::Audience;
use crate::report::reader::Reader;

/// Whom a duty may be owed to for an authority to be told of it.
const AUTHORITY: [&str; 8] =
    ["authority", "law-enforcement", "officer", "people", "customers", "media", "public", "market"];

/// The same for everybody.
const EVERYBODY: [&str; 6] = ["authority", "people", "customers", "media", "public", "market"];

/// Parties to a contract, as steps and facts name them.
const BUSINESS: [&str; 5] = ["insurer", "acquirer", "card-brands", "partner", "counsel"];

/// Others who supervise, who are no business of one authority that reads alone.
const OFFICIAL: [&str; 2] = ["police", "law-enforcement"];

/// What an audience is told of.
#[derive(Clone, Debug, Default)]
pub(in crate::report) struct Reach {
    reader: Reader,
    duties: BTreeSet<String>,
    /// The facts by which the clocks of those duties start, by duty.
    clocks: BTreeMap<String, BTreeSet<String>>,
    /// Of one authority alone, the facts that its law asks for.
    asked: Option<BTreeSet<String>>,
    /// For one authority alone, the places whose people its law protects.
    places: Option<BTreeSet<String>>,
}

impl Reach {
    /// The audience.
    pub(in crate::report) fn audience(&self) -> Audience {
        self.reader.audience()
    }

    /// Who reads.
    pub(in crate::report) fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Of a reader, under a law.
    pub(in crate::report) fn new(reader: Reader, law: &Law) -> Self {
        let audience = reader.audience();
        let (mut duties, mut clocks) = (BTreeSet::new(), BTreeMap::new());
        for regime in law.regimes.iter().filter(|regime| regime.status != Status::Contract) {
            let own = regime.duties.iter().filter(|duty| reader.concerns(law, regime, duty));
            let told = own.flat_map(Duty::versions).filter(|duty| {
                duty.status != Status::Contract && duty.to.iter().all(|to| is_told(audience, to))
            });
            for duty in told {
                duties.insert(duty.id.clone());
                if let Clock::Fact { name, .. } = &duty.clock {
                    let clocks: &mut BTreeSet<String> = clocks.entry(duty.id.clone()).or_default();
                    clocks.insert(name.clone());
                }
            }
        }
        let (asked, places) = (reader.asked(law), reader.places(law));
        Self { reader, duties, clocks, asked, places }
    }

    /// Whether everything is told.
    pub(in crate::report) fn is_inside(&self) -> bool {
        self.audience().names_people()
    }

    /// Whether a duty is, and that a notice of it was sent.
    pub(in crate::report) fn duty(&self, id: &str) -> bool {
        self.is_inside() || self.duties.contains(id)
    }

    /// The facts by which the clock of a duty starts: whoever was sent its notice was told when.
    pub(super) fn clocks(&self, duty: &str) -> impl Iterator<Item = &String> {
        self.clocks.get(duty).filter(|_| self.judges()).into_iter().flatten()
    }

    /// Whether it is told by when duties were due and how that came out, what was decided of them and
    /// who asked for something.
    pub(in crate::report) fn judges(&self) -> bool {
        self.audience() != Audience::Public
    }

    /// Whether a fact is: one that tells of no dealings is the gate's. What the law of another
    /// authority hangs on, and dealings with one, are no business of the one that reads alone.
    pub(in crate::report) fn fact(&self, vocabulary: &Vocabulary, name: &str) -> bool {
        let Some(fact) = vocabulary.get(name).filter(|_| !self.is_inside()) else { return true };
        let with = fact.telling.dealing;
        let official = matches!(with, Some(Dealing::Authority | Dealing::LawEnforcement));
        let apart = fact.determination || official;
        let asked = self.asked.as_ref().filter(|_| apart);
        with.is_none_or(|with| is_told(self.audience(), with.as_str()))
            && asked.is_none_or(|asked| asked.contains(name))
    }

    /// Whether the people of a place are: an authority is told only of those whom its law protects.
    pub(in crate::report) fn place(&self, code: &str) -> bool {
        let is_in = |place: &String| place == code || is_within(code, place);
        self.places.as_ref().is_none_or(|places| places.iter().any(is_in))
    }

    /// Whether a step is, by its id and what its playbook says of it.
    pub(in crate::report) fn step(&self, id: &str, step: Option<&Step>) -> bool {
        let official: &[&str] = if self.asked.is_some() { &OFFICIAL } else { &[] };
        let names = |text: &str| {
            let text = text.to_lowercase().replace(' ', "-");
            BUSINESS.iter().chain(official).any(|party| text.contains(party))
        };
        let deals = |step: &Step| {
            names(&step.title)
                || step.call.iter().any(|part| part != "counsel" && names(part))
                || step.ask.iter().any(|fact| names(fact) && fact != names::COUNSEL_TOLD_AT)
        };
        self.is_inside() || !names(id) && !step.is_some_and(deals)
    }

    /// Whether an entry is.
    pub(in crate::report) fn row(&self, vocabulary: &Vocabulary, row: &Row) -> bool {
        let ruling = row.kind == "duty";
        is_shown(self.audience(), row.kind)
            && row.duty.as_ref().is_none_or(|duty| self.duty(duty))
            && row.fact.as_ref().is_none_or(|(name, _)| self.fact(vocabulary, name))
            && (!ruling || self.judges())
    }

    /// Numbers by kind of entry. How many rulings or notices there are would tell that there are some.
    pub(in crate::report) fn kinds(&self, counts: &BTreeMap<String, u64>) -> BTreeMap<String, u64> {
        let mut told = BTreeMap::new();
        for (kind, n) in counts {
            let of_duties = matches!(kind.as_str(), "duty" | "notice" | "draft" | "decision");
            let open = match (self.judges(), &self.asked) {
                (true, _) if event::meaning(kind).is_none() => self.is_inside(),
                (true, None) => true,
                (true, Some(_)) => !of_duties,
                (false, _) => matches!(kind.as_str(), "opened" | "closed" | "reopened"),
            };
            let kind = if open { kind } else { OTHER };
            *told.entry(kind.to_owned()).or_default() += n;
        }
        told
    }
}

/// The kinds of entries that an audience sees in a timeline.
pub(in crate::report) fn is_shown(audience: Audience, kind: &str) -> bool {
    match audience {
        Audience::Internal => true,
        Audience::Executive => matches!(
            kind,
            "opened"
                | "closed"
                | "reopened"
                | "playbook-pinned"
                | "step-outcome"
                | "decision"
                | "evidence"
                | "notice"
                | "duty"
                | "action"
                | "withdrawn"
                | "handoff"
                | "linked"
        ),
        Audience::Board => matches!(
            kind,
            "opened" | "closed" | "reopened" | "decision" | "notice" | "duty" | "action"
        ),
        Audience::Regulator => {
            matches!(kind, "opened" | "closed" | "reopened" | "decision" | "notice" | "duty")
        }
        Audience::Public => matches!(kind, "opened" | "closed" | "reopened" | "notice"),
    }
}

/// Kinds of entries that are not told apart.
const OTHER: &str = "any other";

fn is_told(audience: Audience, to: &str) -> bool {
    match audience {
        Audience::Internal | Audience::Executive | Audience::Board => true,
        Audience::Regulator => AUTHORITY.contains(&to),
        Audience::Public => EVERYBODY.contains(&to),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Topic;
    use crate::phase::Phase;
    use crate::playbook::builtin as builtin_playbooks;
    use crate::regime::builtin;

    const WORDS: [&str; 5] = ["insurer", "acquirer", "visa", "police", "counsel told"];

    #[test]
    fn every_fact_of_a_dealing_is_known_to_be_one() {
        for fact in Vocabulary::builtin().iter() {
            let text = format!("{} {} {}", fact.name.replace('_', " "), fact.title, fact.ask);
            let text = text.to_lowercase();
            let deals = WORDS.iter().any(|word| text.contains(word));
            assert!(fact.telling.dealing.is_some() || !deals, "{}: {text}", fact.name);
        }
    }

    #[test]
    fn everybody_is_told_only_when_people_and_the_public_were() {
        let (reach, vocabulary) =
            (Reach::new(Audience::Public.into(), builtin::law()), Vocabulary::builtin());
        let told = vocabulary.told_in(Topic::Told).into_iter();
        let told = told.filter(|fact| reach.fact(vocabulary, &fact.name));
        let told: BTreeSet<&str> = told.map(|fact| fact.name.as_str()).collect();
        let released = ["people_told_from", "people_told_to", "public_statement_at"];
        assert_eq!(told, BTreeSet::from(released));
    }

    #[test]
    fn no_duty_of_a_contract_is_told_outside() {
        let law = builtin::law();
        for audience in [Audience::Regulator, Audience::Public] {
            let reach = Reach::new(audience.into(), law);
            for regime in &law.regimes {
                for duty in &regime.duties {
                    let told = reach.duty(&duty.id);
                    let contract = regime.status == Status::Contract;
                    assert!(!(told && contract), "{audience:?}: {}", duty.id);
                    let authority = duty.to.iter().all(|to| to == "authority" || to == "people");
                    assert!(told || contract || !authority, "{audience:?}: {}", duty.id);
                }
            }
            assert!(!reach.duty("own.unknown"));
        }
    }

    #[test]
    fn no_step_outside_names_a_party_to_a_contract() {
        let reach = Reach::new(Audience::Regulator.into(), builtin::law());
        let mut hidden = 0;
        let phases = Phase::ALL.into_iter();
        let paths = builtin_playbooks::all().iter().map(|(path, _)| *path);
        let ids: Vec<&str> = paths.filter_map(|path| Some(path.rsplit_once('/')?.1)).collect();
        let ids = ids.iter().map(|file| file.trim_end_matches(".toml"));
        let all = phases
            .flat_map(|phase| ids.clone().filter_map(move |id| builtin_playbooks::read(phase, id)));
        for playbook in all {
            for step in &playbook.steps {
                let title = step.title.to_lowercase();
                let deals = title.contains("insurer") || title.contains("acquirer");
                assert!(!deals || !reach.step(&step.id, Some(step)), "{}", step.id);
                hidden += usize::from(!reach.step(&step.id, Some(step)));
            }
        }
        assert!(hidden > 3, "{hidden}");
    }

    #[test]
    fn who_sees_each_kind_and_what_is_taken_back_was_decided() {
        use crate::incident::event::{Event, KINDS};
        let audiences =
            [Audience::Executive, Audience::Board, Audience::Regulator, Audience::Public];
        let mut decided: Vec<String> = KINDS
            .iter()
            .map(|kind| {
                let seen = audiences.map(|audience| is_shown(audience, kind.kind));
                let mark = |yes| if yes { 'x' } else { '-' };
                let seen: String = seen.map(mark).iter().collect();
                format!("{seen} {} {}", mark(Event::is_withdrawable(kind.kind)), kind.kind)
            })
            .collect();
        decided.sort();
        insta::assert_snapshot!(decided.join("\n"));
    }
}
