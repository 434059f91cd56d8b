//! An incident written entry by entry on a clock that stands where it is put, and read by the real
//! program.

use std::sync::Arc;

use breach::clock::FakeClock;
use breach::digest::Digest;
use breach::fact::{Precision, Vocabulary, When};
use breach::id::IncidentName;
use breach::incident::event::{
    Actor, Closed, DecidedAs, Decision, Draft, DutyDecided, EvidenceAdded, FactSet, Kept, Note,
    NoticeKind, NoticeSent, Opened, Outcome, PlaybookPinned, RulingKind, Source, StepOutcome,
};
use breach::log::{Folder, IncidentLog};
use breach::phase::Phase;
use breach::playbook::builtin;
use breach::world::World;
use chrono::{DateTime, FixedOffset, TimeDelta};
use serde_json::Value;

use crate::cli::room::{Ran, Room};
use crate::log::room::Counting;

pub(crate) struct Case {
    pub(crate) room: Room,
    pub(crate) folder: Folder,
    log: IncidentLog,
    pub(crate) world: World,
    clock: Arc<FakeClock>,
    by: String,
    /// Marks what follows as privileged.
    pub(crate) privileged: bool,
}

fn moment(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

impl Case {
    /// An incident at 5 September 2018, 20:50 UTC, of which nothing is known.
    pub(crate) fn new() -> Self {
        let room = Room::new();
        let off = FixedOffset::east_opt(3600).expect("a real offset");
        let clock = Arc::new(FakeClock::new(moment("2018-09-05T20:50:00Z").to_utc(), off));
        let world = World::given(Arc::clone(&clock), Counting::new());
        let name = IncidentName::parse("2018-09-05-plain-birch").expect("a name");
        let folder = Folder::create(&room.home(), &name).expect("an incident");
        let log = IncidentLog::open(&folder, &world, true, &mut Vec::new()).expect("a log");
        let by = "Ada Lovelace".to_owned();
        Self { room, folder, log, world, clock, by, privileged: false }
    }

    /// Puts the clock ahead to a moment.
    pub(crate) fn at(&mut self, text: &str) -> &mut Self {
        let ahead = moment(text).to_utc() - self.world.now().at;
        assert!(ahead >= TimeDelta::zero(), "{text} is past");
        self.clock.advance(ahead);
        self
    }

    /// Who writes from here on.
    pub(crate) fn by(&mut self, name: &str) -> &mut Self {
        name.clone_into(&mut self.by);
        self
    }

    pub(crate) fn draft(&mut self, draft: impl Into<Draft>) -> &mut Self {
        let mut draft = draft.into();
        draft.privileged |= self.privileged;
        let actor = Actor { name: Some(self.by.clone()), user: "ops".to_owned(), login: 1 };
        self.log.append(&draft, &actor, &self.world).expect("recorded");
        self.clock.advance(TimeDelta::seconds(1));
        self
    }

    pub(crate) fn open(&mut self, title: &str) -> &mut Self {
        self.draft(Opened { title: Some(title.into()) })
    }

    pub(crate) fn close(&mut self) -> &mut Self {
        self.draft(Closed::new(Vec::new(), Vec::new()))
    }

    pub(crate) fn note(&mut self, text: &str) -> &mut Self {
        self.draft(Note::new(text.to_owned()))
    }

    /// Sets a fact as `breach fact set` would.
    pub(crate) fn fact(&mut self, name: &str, answer: &str) -> &mut Self {
        let fact = Vocabulary::builtin().get(name).unwrap_or_else(|| panic!("no fact `{name}`"));
        let value =
            fact.parse(answer, &*self.clock).unwrap_or_else(|why| panic!("{name}: {why}")).value;
        let why = Some("case file".to_owned());
        self.draft(FactSet { why: why.map(Into::into), ..FactSet::new(name, value) })
    }

    pub(crate) fn decide(&mut self, name: &str, answer: &str, by: &str, basis: &str) -> &mut Self {
        let fact = Vocabulary::builtin().get(name).unwrap_or_else(|| panic!("no fact `{name}`"));
        let value =
            fact.parse(answer, &*self.clock).unwrap_or_else(|why| panic!("{name}: {why}")).value;
        let counsel = (by.to_owned(), DecidedAs::Counsel);
        self.draft(Decision::new(name, value, counsel, basis.into()))
    }

    /// Follows a built-in playbook, its copies kept.
    pub(crate) fn pin(&mut self, phase: Phase, id: &str) -> &mut Self {
        let mut all = builtin::all().iter();
        let path = format!("{phase}/{id}.toml");
        let found = all.find(|(name, _)| name.ends_with(&path)).unwrap_or_else(|| panic!("{path}"));
        self.pin_text(phase, id, found.1)
    }

    /// Follows a playbook of this text, its copies kept.
    pub(crate) fn pin_text(&mut self, phase: Phase, id: &str, text: &str) -> &mut Self {
        let sha256 = self.keep(text);
        let facts_sha256 = Some(self.keep(Vocabulary::builtin_text()));
        let steps_sha256 = Some(self.keep(breach::playbook::Library::builtin_steps()));
        self.draft(PlaybookPinned {
            phase,
            playbook: id.to_owned(),
            version: "1.0.0".to_owned(),
            sha256,
            source: "built-in".to_owned(),
            facts_sha256,
            steps_sha256,
            instead_of: None,
        })
    }

    fn keep(&self, text: &str) -> Digest {
        let digest = Digest::of(text.as_bytes());
        let path = self.folder.playbooks_dir().join(format!("{digest}.toml"));
        std::fs::create_dir_all(self.folder.playbooks_dir()).expect("a folder");
        std::fs::write(path, text).expect("written");
        digest
    }

    pub(crate) fn step(&mut self, address: &str, outcome: Outcome, text: &str) -> &mut Self {
        self.item(address, None, outcome, text)
    }

    pub(crate) fn item(
        &mut self,
        address: &str,
        item: Option<&str>,
        outcome: Outcome,
        text: &str,
    ) -> &mut Self {
        let mut draft = Draft::from(StepOutcome {
            item: item.map(str::to_owned),
            text: Some(text).filter(|text| !text.is_empty()).map(Into::into),
            ..StepOutcome::new(outcome)
        });
        draft.step = Some(address.to_owned());
        self.draft(draft)
    }

    /// A notice: duty, when, to whom, and how many were told, came back and remain.
    pub(crate) fn sent(
        &mut self,
        duty: &str,
        at: &str,
        recipient: &str,
        counts: Option<[u64; 3]>,
    ) -> &mut Self {
        let when = When::parse(at, &*self.clock).expect("a time").value;
        let mut draft = Draft::from(NoticeSent {
            duty: duty.to_owned(),
            what: NoticeKind::Notice,
            recipient: Some(recipient.to_owned()),
            channel: None,
            reference: Some("REF-4711".to_owned()),
            proof: None,
            language: None,
            group: None,
            manifest: None,
            sent: counts.map(|counts| counts[0]),
            bounced: counts.map(|counts| counts[1]),
            returned: None,
            remaining: counts.map(|counts| counts[2]),
        });
        draft.occurred = Some(when);
        self.draft(draft)
    }

    pub(crate) fn waive(&mut self, duty: &str, by: &str, reason: &str) -> &mut Self {
        let (by, reason) = (by.to_owned(), reason.to_owned());
        self.draft(DutyDecided::new(duty.to_owned(), RulingKind::Waived, by, reason.into()))
    }

    pub(crate) fn evidence(&mut self, exhibit: &str, title: &str, bytes: &[u8]) -> &mut Self {
        let source = Source::File { path: format!("/srv/{title}") };
        self.draft(EvidenceAdded {
            kept: Some(Kept {
                sha256: Digest::of(bytes),
                bytes: bytes.len() as u64,
                truncated: false,
            }),
            ..EvidenceAdded::new(exhibit, title, source)
        })
    }

    pub(crate) fn note_that_happened(&mut self, text: &str, earliest: &str) -> &mut Self {
        let at = moment(earliest);
        let mut draft = Draft::from(Note::new(text.to_owned()));
        draft.occurred = Some(When { earliest: at, latest: at, precision: Precision::Second });
        self.draft(draft)
    }

    /// `breach report` with more arguments.
    pub(crate) fn report(&self, more: &[&str]) -> Ran {
        let ran = self.room.breach(&[&["report"][..], more].concat());
        assert_ne!(ran.exit, Some(101), "{}", ran.err);
        ran
    }

    /// The report of an audience as JSON.
    pub(crate) fn json(&self, audience: &str) -> Value {
        let ran = self.report(&["--format", "json", "--audience", audience]);
        serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
    }

    /// A metric, in words.
    pub(crate) fn metric(&self, id: &str) -> String {
        let report = self.json("internal");
        let mut metrics = report["metrics"].as_array().expect("metrics").iter();
        let metric = metrics.find(|metric| metric["id"] == id).unwrap_or_else(|| panic!("{id}"));
        metric["shown"].as_str().expect("words").to_owned()
    }
}

/// What is known of a skimmed checkout in London: anchors, counts, written parts, two waves of
/// notices. Everything that a report can hold.
pub(crate) fn skimmed() -> Case {
    let mut case = Case::new();
    case.open("Strange script on the checkout")
        .fact("incident_kind", "web-skimming")
        .fact("first_signal", "2018-09-05")
        .fact("entity_zone", "Europe/London")
        .fact("controller_or_processor", "controller")
        .fact("establishment", "one-state")
        .fact("home_country", "GB")
        .fact("incident_commander", "Grace Hopper")
        .pin(Phase::Containment, "web-skimming")
        .step("containment/go-out-of-band", Outcome::Done, "phone bridge")
        .at("2018-09-05T23:40:00Z")
        .fact("payment_pages", "https://shop.example/pay")
        .step("containment/note-signal-and-pages", Outcome::Done, "")
        .fact("hosts_affected", "web-03, pay-01")
        .by("Grace Hopper")
        .item("containment/isolate-hosts", Some("web-03"), Outcome::Done, "vlan 66")
        .item("containment/isolate-hosts", Some("pay-01"), Outcome::Skipped, "it pays wages");
    case.fact("occurred", "2018-06-22")
        .fact("first_loss", "2018-07-26")
        .fact("theft_from", "2018-08-21 22:58 +01:00")
        .fact("theft_to", "2018-09-05 20:45Z")
        .fact("detected", "2018-09-05")
        .fact("how_noticed", "partner")
        .fact("contained_at", "2018-09-05 20:45Z")
        .fact("eradicated_at", "unknown")
        .fact("people_affected", "GB about 400000, IE unknown")
        .fact("persons_affected", "about 380000")
        .decide("aware", "2018-09-05 21:00 +01:00", "Kim Counsel", "the partner's mail")
        .evidence("ev-7k3m9q", "script as served", b"var x")
        .at("2018-09-07T18:00:00Z")
        .sent("eu-gdpr.33-1", "2018-09-06 12:00Z", "ICO", None)
        .sent("eu-gdpr.34", "2018-09-06", "customers", Some([400_000, 1_200, 29_612]))
        .sent("eu-gdpr.34", "2018-09-07", "customers", Some([29_612, 12, 0]));
    case.at("2018-10-25T09:00:00Z")
        .by("Ada Lovelace")
        .fact("public_statement_at", "2018-09-06")
        .fact("persons_affected", "about 429612")
        .pin(Phase::PostMortem, "generic")
        .step("post-mortem/convene-review", Outcome::Done, "")
        .fact("executive_summary", "A script on the payment page copied cards for two weeks.")
        .fact(
            "what_happened",
            "Grace Hopper was told by a partner. The script was removed at once.",
        )
        .fact("notice_account", "A script on our payment page copied card data.")
        .fact("contributing_factors", "one log-in opened the gateway; nobody watched the page")
        .fact("worked_well", "the page was closed within minutes")
        .fact("luck", "an outsider looked")
        .fact("control_monitoring", "absent")
        .fact("action_items", "Priya: alert on changed scripts by 2018-11-15")
        .close();
    case
}
