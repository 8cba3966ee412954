//! Reads after every step what the step has changed, and holds it to the rules. What it has read it
//! keeps, so that a look costs what changed and not what there is; at the end of a day everything
//! is read anew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use super::checks::{self, Before, Called, Found, Limits, Rule, Violation};
use super::town::Town;
use crate::domain::ambassador::day_zone;
use crate::domain::case::{Case, Stage};
use crate::domain::ids::{AccountId, BotId, CaseId, ChannelId, OutboxId, PersonId, PlatformKey};
use crate::domain::recognition::Act;
use crate::domain::rules::Rules;
use crate::domain::time::Moment;
use crate::runtime::{Readers, audit};
use crate::store::{
    LedgerLine, OpenVersion, Store, StoreError, Sums, Tx, Unsent, WholeCase, WrittenRow,
};

/// Cases and sums read in one go.
const PAGE: i64 = 1_000;

/// How long after its last step a case may be open at the very end: the ladder's own time, the
/// answer's and what reopening adds.
const LONGEST_WAY: Duration = Duration::from_hours(12);

/// A case as it was read last.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) case: Case,
    pub(super) version: i64,
    /// The key of its asker.
    pub(super) asker: PlatformKey,
    /// The message that asked; `None` for a question that came by command.
    pub(super) question: Option<PlatformKey>,
    pub(super) channel: PlatformKey,
    pub(super) asked_at: Moment,
    /// Whom it concerns: whoever asked, was called, answered or has the same question.
    pub(super) concerned: BTreeSet<PlatformKey>,
    /// When people saw its first suggestion.
    pub(super) suggested_at: Option<Moment>,
    pub(super) was_with_staff: bool,
}

/// A row of the outbox as it was written.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) case: Option<CaseId>,
    pub(super) class: String,
    pub(super) post: String,
    pub(super) is_edit: bool,
    /// The keys of those whom it is to light up.
    pub(super) chosen: Vec<PlatformKey>,
}

/// What a look came to.
#[derive(Debug, Default)]
pub(super) struct Looked {
    pub(super) found: Found,
    pub(super) opened: Vec<CaseId>,
    /// Rows that belong to no case: a word to somebody.
    pub(super) words: usize,
}

/// The one who reads.
pub(super) struct Watcher {
    bot: BotId,
    rules: Arc<Rules>,
    pub(super) cases: BTreeMap<CaseId, Known>,
    pub(super) rows: BTreeMap<OutboxId, Row>,
    pub(super) dossiers: BTreeSet<OutboxId>,
    pub(super) entries: Vec<LedgerLine>,
    pub(super) calls: BTreeMap<AccountId, Vec<Moment>>,
    open: Vec<OpenVersion>,
    keys: BTreeMap<AccountId, PlatformKey>,
    channels: BTreeMap<ChannelId, PlatformKey>,
    last_case: CaseId,
    last_row: OutboxId,
    last_entry: i64,
}

impl Watcher {
    pub(super) fn new(bot: BotId, rules: Arc<Rules>) -> Watcher {
        Watcher {
            bot,
            rules,
            cases: BTreeMap::new(),
            rows: BTreeMap::new(),
            dossiers: BTreeSet::new(),
            entries: Vec::new(),
            calls: BTreeMap::new(),
            open: Vec::new(),
            keys: BTreeMap::new(),
            channels: BTreeMap::new(),
            last_case: CaseId::from(0),
            last_row: OutboxId::from(0),
            last_entry: 0,
        }
    }

    /// Looks at whatever the last step has changed.
    pub(super) async fn look(&mut self, store: &Store, now: Moment) -> Result<Looked, StoreError> {
        let mut tx = store.read().await?;
        let mut looked = Looked::default();
        let rows = tx.rows_behind(self.last_row).await?;
        let mut changed: BTreeSet<CaseId> = BTreeSet::new();
        looked.opened = tx.cases_behind(&self.bot, self.last_case).await?;
        if let Some(last) = looked.opened.last() {
            self.last_case = *last;
        }
        changed.extend(&looked.opened);
        let open = tx.open_versions(&self.bot).await?;
        let versions: BTreeMap<CaseId, i64> =
            open.iter().map(|case| (case.id, case.version)).collect();
        changed.extend(self.open.iter().map(|was| was.id).filter(|id| !versions.contains_key(id)));
        let is_other = |case: &&OpenVersion| {
            self.cases.get(&case.id).is_none_or(|known| known.version != case.version)
        };
        changed.extend(open.iter().filter(is_other).map(|case| case.id));
        changed.extend(rows.iter().filter_map(|row| row.case));
        self.open = open;
        for case in changed {
            looked.found.extend(self.case_changed(&mut tx, case, &rows, now).await?);
        }
        for row in rows {
            looked.words += usize::from(row.case.is_none());
            self.row_written(&mut tx, row).await?;
        }
        looked.found.extend(self.new_entries(&mut tx).await?);
        Ok(looked)
    }

    async fn case_changed(
        &mut self,
        tx: &mut Tx,
        id: CaseId,
        rows: &[WrittenRow],
        now: Moment,
    ) -> Result<Found, StoreError> {
        let Some(whole) = tx.whole_case(id).await? else {
            return Ok(vec![Violation::new(Rule::NothingLost, format!("{} is gone", id.short()))]);
        };
        let before = self.cases.get(&id).cloned();
        if before.as_ref().is_some_and(|before| before.version == whole.version) {
            return Ok(Found::new()); // only something was said of it
        }
        let mut found = checks::deadline(&whole);
        let case = &whole.case;
        found.extend(checks::claim(case, tx.claim_on(id).await?.as_ref()));
        found.extend(checks::waits(case));
        let history = tx.history(id).await?;
        let from = before.as_ref().map_or(0, |before| before.version);
        let steps: Vec<_> = history.into_iter().filter(|step| step.number > from).collect();
        let was = before.as_ref().map_or_else(Before::default, |before| Before {
            stage: before.case.stage.word().to_owned(),
            desk: desk_of(&before.case),
        });
        let dossiers = rows
            .iter()
            .filter(|row| row.case == Some(id) && row.post == "dossier" && row.edits.is_none());
        found.extend(checks::hand_off(&was, &steps, case, dossiers.count()));
        if let (Some(before), [step]) = (&before, steps.as_slice()) {
            let by_deadline = step.event.contains("\"deadline_passed\"");
            found.extend(checks::silence(&before.case, case, by_deadline));
        }
        found.extend(self.newly_called(tx, case, before.as_ref(), now).await?);
        self.keep(tx, whole, before).await?;
        Ok(found)
    }

    /// Holds everybody who was called in this step against their own will.
    async fn newly_called(
        &mut self,
        tx: &mut Tx,
        case: &Case,
        before: Option<&Known>,
        now: Moment,
    ) -> Result<Found, StoreError> {
        let was = before.map_or(&[][..], |before| before.case.called.as_slice());
        let uncalled = |who: AccountId| !was.iter().any(|was| was.who == who && was.at == now);
        let rows = |who: AccountId| case.called.iter().filter(move |called| called.who == who);
        // Whoever comes uncalled is remembered, too, and what they did says that they did.
        let new: Vec<AccountId> = case
            .called
            .iter()
            .filter(|called| called.at == now && called.reply == crate::domain::case::Reply::Open)
            .map(|called| called.who)
            .filter(|who| uncalled(*who))
            .collect();
        if new.is_empty() {
            return Ok(Found::new());
        }
        let settings = tx.community(case.community).await?.settings;
        let rules = settings.overrides.over(&self.rules).ambassadors;
        let limits = Limits { calls_per_day: rules.calls_per_day, open_cases: rules.open_cases };
        let claims = tx.claims().await?;
        let mut found = Found::new();
        for who in new {
            let mut wishes = tx.ambassador(who).await?;
            let Some(account) = tx.account(who).await? else { continue };
            let zone = wishes.as_ref().map(|wishes| day_zone(&wishes.preferences));
            let day = day_start(now, &zone.unwrap_or(jiff::tz::TimeZone::UTC));
            let calls = self.calls.entry(who).or_default();
            calls.push(now);
            let today = calls.iter().filter(|at| **at >= day).count();
            // What they held before this step; in it they may have taken another.
            let held = claims.iter().filter(|claim| {
                claim.person == account.person && !claim.answered && claim.claimed_at < now
            });
            if let Some(wishes) = &mut wishes {
                wishes.open_cases = u32::try_from(held.count()).unwrap_or(u32::MAX);
            }
            let called = Called {
                case,
                at: now,
                person: account.person,
                wishes: wishes.as_ref(),
                calls_today: i64::try_from(today).unwrap_or(i64::MAX),
                calls_for_case: rows(who).count(),
            };
            found.extend(checks::call(&called, limits));
        }
        Ok(found)
    }

    async fn keep(
        &mut self,
        tx: &mut Tx,
        whole: WholeCase,
        before: Option<Known>,
    ) -> Result<(), StoreError> {
        let WholeCase { case, version, .. } = whole;
        let mut known = if let Some(before) = before {
            Known { case, version, ..before }
        } else {
            let question = tx.question(case.id).await?;
            let asked_at = question.as_ref().map_or(case.opened_at, |said| said.at);
            let question = question.filter(crate::store::Said::is_a_message).map(|said| said.key);
            Known {
                version,
                asker: self.key(tx, case.asker).await?,
                question,
                channel: self.channel(tx, case.channel).await?,
                asked_at,
                concerned: BTreeSet::new(),
                suggested_at: None,
                was_with_staff: false,
                case,
            }
        };
        known.was_with_staff |= matches!(known.case.stage, Stage::HandedOff(_));
        let mut people = vec![known.case.asker];
        people.extend(known.case.called.iter().map(|called| called.who));
        people.extend(known.case.answers.iter().map(|answer| answer.by));
        people.extend(&known.case.me_too);
        for who in people {
            let key = self.key(tx, who).await?;
            known.concerned.insert(key);
        }
        self.cases.insert(known.case.id, known);
        Ok(())
    }

    async fn row_written(&mut self, tx: &mut Tx, row: WrittenRow) -> Result<(), StoreError> {
        self.last_row = row.id;
        let readers = Readers::of(&row.document).unwrap_or_default();
        let mut chosen = Vec::new();
        for who in readers.pinged {
            chosen.push(self.key(tx, who).await?);
        }
        if row.post == "dossier" && row.edits.is_none() {
            self.dossiers.insert(row.id);
        }
        let is_edit = row.edits.is_some();
        let kept = Row { case: row.case, class: row.class, post: row.post, is_edit, chosen };
        self.rows.insert(row.id, kept);
        Ok(())
    }

    /// New entries of the ledger, each with its whole case.
    async fn new_entries(&mut self, tx: &mut Tx) -> Result<Found, StoreError> {
        let mut found = Found::new();
        for raw in tx.ledger_page(self.last_entry, PAGE).await? {
            self.last_entry = raw.id;
            let Some(entry) = tx.entry(raw.id.into()).await? else { continue };
            if let Some(case) = entry.case.and_then(|case| self.cases.get(&case)) {
                let entries = tx.entries_of_case(case.case.id).await?;
                found.extend(checks::awards(&case.case, &entries));
            }
            if entry.points > 0 && entry.act != Act::Granted {
                let wishes = tx.ambassador(entry.account).await?;
                let zone = wishes.map(|wishes| day_zone(&wishes.preferences));
                let day = day_start(entry.at, &zone.unwrap_or(jiff::tz::TimeZone::UTC));
                let today = tx.standing(entry.person, day).await?.today;
                let settings = tx.community(entry.community).await?.settings;
                let cap = settings.overrides.over(&self.rules).recognition.daily_cap;
                found.extend(checks::capped(entry.person, today, cap));
            }
            self.entries.push(entry);
        }
        Ok(found)
    }

    /// Whom a call lights up at this moment, held against what they want by now.
    pub(super) async fn woken(
        &self,
        store: &Store,
        lit: &[PlatformKey],
        now: Moment,
    ) -> Result<Found, StoreError> {
        let mut tx = store.read().await?;
        let mut found = Found::new();
        for key in lit {
            let account = tx.account_by_key(&self.bot, &Town::name(), key).await?;
            let wishes = match account {
                Some(account) => tx.ambassador(account.id).await?,
                None => None,
            };
            found.extend(checks::woken(key.as_str(), wishes.as_ref(), now));
        }
        Ok(found)
    }

    /// Nothing is overdue, now that what was due has been handled.
    pub(super) fn punctual(&self, now: Moment) -> Found {
        checks::overdue(&self.open, now)
    }

    /// Reads everything anew and holds it to the rules.
    pub(super) async fn audit(&mut self, store: &Store, now: Moment) -> Result<Found, StoreError> {
        let mut tx = store.read().await?;
        let mut found = Found::new();
        let steps = tx.steps().await?;
        let steps: BTreeMap<CaseId, _> = steps.into_iter().map(|row| (row.case, row)).collect();
        let (mut after, mut cases) = (CaseId::from(0), BTreeMap::new());
        loop {
            let page = tx.whole_cases(&self.bot, after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = last.case.id;
            for whole in page {
                let id = whole.case.id;
                found.extend(checks::deadline(&whole));
                found.extend(checks::recorded(id, whole.version, steps.get(&id).copied()));
                // A second thanks is a step of an ended case that says nothing to anybody.
                if self.cases.get(&id).is_none_or(|known| known.version != whole.version) {
                    found.extend(self.case_changed(&mut tx, id, &[], now).await?);
                }
                cases.insert(id, whole.case);
            }
        }
        for id in self.cases.keys().filter(|id| !cases.contains_key(id)) {
            let what = format!("case {} is gone", id.short());
            found.push(Violation::new(Rule::NothingLost, what));
        }
        let most = i64::from(self.rules.ambassadors.open_cases);
        found.extend(checks::claims(&tx.claims().await?, &cases, most));
        found.extend(checks::drained(&tx.unsent(&self.bot).await?, now, false));
        found.extend(self.sums(&mut tx).await?);
        drop(tx);
        let audited = audit(store, |_| {}).await?;
        found.extend(audited.wrong.into_iter().map(|what| Violation::new(Rule::Sums, what)));
        Ok(found)
    }

    /// The balances that are kept, against what was read of the ledger entry by entry.
    async fn sums(&self, tx: &mut Tx) -> Result<Found, StoreError> {
        let mut sums: BTreeMap<i64, i64> = BTreeMap::new();
        for entry in &self.entries {
            *sums.entry(entry.person.get()).or_default() += entry.points;
        }
        let mut kept = BTreeMap::new();
        let mut at = (i64::MIN, String::new());
        loop {
            let page = tx.sums_page(Sums::Balances, (at.0, &at.1), PAGE).await?;
            let Some(last) = page.last() else { break };
            at = (last.person, last.scope.clone());
            let all = page.into_iter().filter(|sum| sum.scope == "all");
            kept.extend(all.map(|sum| (sum.person, sum.points)));
        }
        Ok(checks::balances(&sums, &kept))
    }

    /// At the very end: everything is said, and every question has its end.
    pub(super) async fn end(&mut self, store: &Store, now: Moment) -> Result<Found, StoreError> {
        let mut tx = store.read().await?;
        let unsent: Vec<Unsent> = tx.unsent(&self.bot).await?;
        let mut found = checks::drained(&unsent, now, true);
        for known in self.cases.values() {
            found.extend(checks::ended(&known.case, now, LONGEST_WAY));
        }
        Ok(found)
    }

    /// The claims of everybody whom the bot may call, counted by account.
    pub(super) async fn volunteers(&self, store: &Store, now: Moment) -> Result<usize, StoreError> {
        let Some(known) = self.cases.values().next() else { return Ok(0) };
        let mut tx = store.read().await?;
        Ok(tx.roster(&self.bot, known.case.community, now).await?.len())
    }

    async fn key(&mut self, tx: &mut Tx, who: AccountId) -> Result<PlatformKey, StoreError> {
        if let Some(key) = self.keys.get(&who) {
            return Ok(key.clone());
        }
        let key = tx.account(who).await?.map_or_else(|| PlatformKey::new(""), |known| known.key);
        self.keys.insert(who, key.clone());
        Ok(key)
    }

    /// The key of an account that was met.
    pub(super) fn known_key(&self, who: AccountId) -> Option<&PlatformKey> {
        self.keys.get(&who)
    }

    async fn channel(&mut self, tx: &mut Tx, id: ChannelId) -> Result<PlatformKey, StoreError> {
        if let Some(key) = self.channels.get(&id) {
            return Ok(key.clone());
        }
        let key = tx.channel(id).await?.key;
        self.channels.insert(id, key.clone());
        Ok(key)
    }
}

fn desk_of(case: &Case) -> Option<ChannelId> {
    match &case.stage {
        Stage::HandedOff(desked) => desked.desk,
        Stage::Suggested { .. }
        | Stage::Calling { .. }
        | Stage::Claimed { .. }
        | Stage::Answered { .. }
        | Stage::Resolved { .. }
        | Stage::Closed { .. } => None,
    }
}

/// When the day began, by the calendar of a zone.
fn day_start(at: Moment, zone: &jiff::tz::TimeZone) -> Moment {
    let local = at.in_zone(zone);
    let start = local.start_of_day().unwrap_or(local);
    Moment::from_millis(start.timestamp().as_millisecond())
}

/// Points by person.
pub(super) fn points(entries: &[LedgerLine]) -> BTreeMap<PersonId, i64> {
    let mut points: BTreeMap<PersonId, i64> = BTreeMap::new();
    for entry in entries {
        *points.entry(entry.person).or_default() += entry.points;
    }
    points
}
