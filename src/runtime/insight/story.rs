//! The whole history of one case, told as sentences: who asked, who was called and why, who was
//! not and why not, who answered, how it ended and what it earned.
//!
//! It is told from what was recorded at each step and not from the case as it stands: a case that
//! was reopened has forgotten its first round, its history has not. What the record does not say
//! (an early way to staff, once a later one has taken its place in the case) is told in general
//! words rather than guessed, and so is a step that a newer version recorded.

use std::collections::BTreeMap;

use super::super::engine::Engine;
use crate::domain::ambassador::{PassedOver, Pick, Selection};
use crate::domain::case::{Actor, Event, Why};
use crate::domain::ids::{AccountId, ArticleId, CaseId, Topic};
use crate::domain::recognition::Act;
use crate::domain::text::{Quoted, Text};
use crate::domain::time::Moment;
use crate::store::{CaseRow, HistoryRow, LedgerLine, StoreError, Tx};

/// People named as passed over for one reason, at most: beyond it a number says enough.
const NAMED: usize = 8;

/// One sentence of the story and when it happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryLine {
    pub at: Moment,
    pub text: Text,
}

/// A case as it stands, and everything that led there.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseStory {
    pub row: CaseRow,
    /// As it was asked; `None` once it is deleted or its time to be kept is over.
    pub question: Option<String>,
    pub lines: Vec<StoryLine>,
}

impl Engine {
    /// The story of a case of these bots; `None` when there is no such case.
    pub async fn case_story(&self, case: CaseId) -> Result<Option<CaseStory>, StoreError> {
        let mut tx = self.store.read().await?;
        match tx.case(case).await?.filter(|row| self.bots.contains_key(&row.bot)) {
            Some(row) => Ok(Some(story(&mut tx, row).await?)),
            None => Ok(None),
        }
    }
}

/// Tells the story of a case within a transaction.
pub(in crate::runtime) async fn story(tx: &mut Tx, row: CaseRow) -> Result<CaseStory, StoreError> {
    let question = tx.question(row.case.id).await?.map(|said| said.body);
    let history = tx.history(row.case.id).await?;
    let entries = tx.entries_of_case(row.case.id).await?;
    let mut teller = Teller::new(&row, &history);
    let mut earned = entries.iter().peekable();
    for step in &history {
        let at = Moment::from_millis(step.at);
        // What a step earned was written in the same moment: it comes behind it.
        while let Some(entry) = earned.next_if(|entry| entry.at < at) {
            teller.tell(entry.at, earning(entry));
        }
        teller.step(tx, step).await?;
    }
    for entry in earned {
        teller.tell(entry.at, earning(entry));
    }
    if let Some(feedback) = tx.feedback_of(row.case.id).await? {
        for text in rating(row.case.asker, feedback.up, feedback.words) {
            teller.tell(feedback.at, text);
        }
    }
    let lines = teller.lines;
    Ok(CaseStory { row, question: question.filter(|text| !text.is_empty()), lines })
}

fn earning(entry: &LedgerLine) -> Text {
    let (helper, points) = (entry.account, entry.points);
    if let Some(by) = entry.by {
        let (note, size) = (Quoted(entry.note.clone()), points.abs());
        return if points > 0 {
            Text::StoryGivenByHand { by, helper, points: size, note }
        } else {
            Text::StoryTakenByHand { by, helper, points: size, note }
        };
    }
    match entry.act {
        Act::Solved => Text::StoryEarned { helper, points },
        Act::Thanked => Text::StoryEarnedThanks { helper, points },
        Act::Endorsed => Text::StoryEarnedEndorsed { helper, points },
        Act::ArticleReused => Text::StoryEarnedArticle { helper, points },
        Act::Granted => Text::StoryGranted { helper, points },
        Act::Reversed => Text::StoryTakenBack { helper, points },
    }
}

/// What the asker said of the help, which is told last: it may be changed at any time.
fn rating(by: AccountId, up: Option<bool>, words: String) -> Vec<Text> {
    let rated =
        up.map(|up| if up { Text::StoryRatedUp { by } } else { Text::StoryRatedDown { by } });
    let said = (!words.is_empty()).then_some(Text::StorySaidOfAnswer { by, said: Quoted(words) });
    rated.into_iter().chain(said).collect()
}

/// Reads step after step, and remembers what the next one refers to.
struct Teller<'a> {
    row: &'a CaseRow,
    lines: Vec<StoryLine>,
    /// The stage before the step at hand; empty before the first.
    before: String,
    /// Whoever has taken the question.
    holder: Option<AccountId>,
    /// Those whose answers wait for the asker's word, the latest last.
    answering: Vec<AccountId>,
    /// The step of the last way to staff: the one whose reason the case still knows.
    last_hand_off: Option<i64>,
    names: BTreeMap<AccountId, String>,
    told_over: BTreeMap<PassedOver, String>,
}

impl<'a> Teller<'a> {
    fn new(row: &'a CaseRow, history: &[HistoryRow]) -> Teller<'a> {
        let stages = history.iter().map(|step| step.stage.as_str());
        let befores = std::iter::once("").chain(stages);
        let hand_offs = history
            .iter()
            .zip(befores)
            .filter(|(step, before)| step.stage == HANDED_OFF && *before != HANDED_OFF);
        Teller {
            row,
            lines: Vec::new(),
            before: String::new(),
            holder: None,
            answering: Vec::new(),
            last_hand_off: hand_offs.map(|(step, _)| step.number).last(),
            names: BTreeMap::new(),
            told_over: BTreeMap::new(),
        }
    }

    /// Adds a sentence, unless it would only repeat the one before it.
    fn tell(&mut self, at: Moment, text: Text) {
        if self.lines.last().is_none_or(|last| last.text != text) {
            self.lines.push(StoryLine { at, text });
        }
    }

    async fn step(&mut self, tx: &mut Tx, step: &HistoryRow) -> Result<(), StoreError> {
        let at = Moment::from_millis(step.at);
        let event = event_of(&step.event);
        for text in self.texts(&event, step) {
            self.tell(at, text);
        }
        if let Ok(selection) = serde_json::from_str::<Selection>(&step.notes) {
            let nobody = selection.called.is_empty();
            for pick in &selection.called {
                self.tell(at, called(pick));
            }
            for text in self.passed_over(tx, &selection).await? {
                self.tell(at, text);
            }
            if nobody && step.stage == CALLING {
                self.tell(at, Text::StoryNobodyElse);
            }
        }
        if step.stage == HANDED_OFF && self.before != HANDED_OFF {
            let text = self.way_to_staff(&event, step);
            self.tell(at, text);
        }
        self.before.clone_from(&step.stage);
        Ok(())
    }

    /// The sentences of a step, but for who was called and the way to staff.
    fn texts(&mut self, event: &Recorded, step: &HistoryRow) -> Vec<Text> {
        let event = match event {
            Recorded::Asked => return self.asked(),
            Recorded::Unknown(word) => return vec![Text::StoryUnknown { word: word.clone() }],
            Recorded::Known(event) => event,
        };
        let on_desk = self.before == HANDED_OFF;
        let text = match event {
            Event::DeadlinePassed => return self.deadline(step),
            Event::SuggestionHelped { by } => self.helped_by_itself(by.account),
            Event::SuggestionDidNotHelp { by } => Text::StoryWantedPerson { by: by.account },
            Event::Claimed { by } if on_desk => Text::StoryStaffTook { staff: by.account },
            Event::Claimed { by } => {
                self.holder = Some(by.account);
                Text::StoryTook { helper: by.account }
            }
            Event::Passed { by } => Text::StoryPassed { helper: by.account },
            Event::Released { by } if on_desk => Text::StoryStaffGaveBack { staff: by.account },
            Event::Released { by } => {
                Text::StoryGaveBack { helper: self.holder.take().unwrap_or(by.account) }
            }
            Event::Answered { by } => self.answered(*by),
            Event::Accepted { by, answer } => match self.helper(*answer) {
                Some(helper) => Text::StoryAccepted { by: by.account, helper },
                None => self.helped_by_itself(by.account),
            },
            Event::Thanked { by, answer } => match self.helper(*answer) {
                Some(helper) => Text::StoryThanked { by: by.account, helper },
                None => Text::StoryFollowedUp { by: by.account },
            },
            Event::Rejected { by } => {
                self.answering.clear();
                if self.before == RESOLVED {
                    Text::StoryReopened { by: by.account }
                } else {
                    Text::StoryNotSolved { by: by.account }
                }
            }
            Event::Escalated { by } if on_desk => Text::StoryStaffAskedAgain { by: by.account },
            // Said by the way to staff itself.
            Event::Escalated { .. } => return Vec::new(),
            Event::SolvedByStaff { by } => Text::StoryStaffSolved { by: by.account },
            Event::ReturnedToCalling { by } => Text::StoryReturned { by: by.account },
            Event::Withdrawn { by } => Text::StoryWithdrawn { by: by.account },
            Event::DeskSet => Text::StoryDeskSet,
            Event::CommunityLeft => Text::StoryCommunityLeft,
            Event::PlaceLeft => Text::StoryPlaceLeft,
            Event::Removed { by } => Text::StoryRemoved { by: by.account },
            Event::WordsRetracted { by } => Text::StoryRetracted { by: by.account },
            Event::WordsRestored { by } => Text::StoryRestored { by: by.account },
            Event::MeToo { by } => Text::StoryMeToo { by: by.account },
            Event::FollowedUp { by } => Text::StoryFollowedUp { by: by.account },
        };
        vec![text]
    }

    /// What was shown has solved it: an article, or the case that was pointed to alone.
    fn helped_by_itself(&self, by: AccountId) -> Text {
        let case = &self.row.case;
        if case.tried.is_empty() && case.earlier.is_some() {
            Text::StoryEarlierHelped { by }
        } else {
            Text::StoryArticleHelped { by }
        }
    }

    fn asked(&self) -> Vec<Text> {
        let case = &self.row.case;
        let mut texts = vec![Text::StoryAsked { who: case.asker, place: case.channel }];
        if !case.tried.is_empty() {
            let ids: Vec<&str> = case.tried.iter().map(ArticleId::as_str).collect();
            texts.push(Text::StorySuggested { articles: ids.join(", ") });
        }
        texts.extend(case.earlier.map(|case| Text::StoryEarlier { case: case.short() }));
        texts
    }

    /// Which of the case's clocks had run out: read off where it stood and where it went.
    fn deadline(&mut self, step: &HistoryRow) -> Vec<Text> {
        let who = self.row.case.asker;
        let text = match (self.before.as_str(), step.stage.as_str()) {
            (_, "closed") => Text::StoryExpired,
            ("suggested", _) => Text::StoryNoWord { who },
            // The way to staff says it better.
            (CALLING, HANDED_OFF) => return Vec::new(),
            (CALLING, _) => Text::StoryStillUnanswered,
            ("claimed", _) => match self.holder.take() {
                Some(helper) => Text::StoryLapsed { helper },
                None => return Vec::new(),
            },
            (_, RESOLVED) => match self.helper(None) {
                Some(helper) => Text::StorySolvedBySilence { helper },
                None => return Vec::new(),
            },
            (HANDED_OFF, _) => Text::StoryReminded,
            (was, _) => Text::StoryUnknown { word: was.to_owned() },
        };
        vec![text]
    }

    fn answered(&mut self, by: Actor) -> Text {
        let goes_on = self.answering.contains(&by.account);
        self.answering.retain(|who| *who != by.account);
        self.answering.push(by.account);
        if goes_on {
            Text::StoryWroteMore { by: by.account }
        } else if by.staff {
            Text::StoryAnsweredAsStaff { staff: by.account }
        } else {
            Text::StoryAnswered { helper: by.account }
        }
    }

    /// Whose answer is meant: by its number, else the last that waits.
    fn helper(&self, number: Option<usize>) -> Option<AccountId> {
        let answers = &self.row.case.answers;
        let by_number = number.and_then(|number| answers.get(number)).map(|answer| answer.by);
        let last = || answers.last().map(|answer| answer.by);
        by_number.or_else(|| self.answering.last().copied()).or_else(last)
    }

    fn way_to_staff(&self, event: &Recorded, step: &HistoryRow) -> Text {
        if let Recorded::Known(Event::Escalated { by }) = event {
            return Text::StoryStaffAsked { by: by.account };
        }
        let known = self.row.case.why_staff.as_ref();
        match known.filter(|_| self.last_hand_off == Some(step.number)) {
            Some(Why::Asked { by }) => Text::StoryStaffAsked { by: *by },
            Some(Why::Urgent { word }) => Text::StoryStaffUrgent { word: word.clone() },
            Some(Why::NobodyFree) => Text::StoryStaffNobody,
            Some(Why::LadderRanOut) => Text::StoryStaffLadder,
            None => self.earlier_way_to_staff(event, step),
        }
    }

    /// The reason of a way to staff that a later one has replaced in the case, where the step
    /// itself gives it away.
    fn earlier_way_to_staff(&self, event: &Recorded, step: &HistoryRow) -> Text {
        match event {
            Recorded::Known(Event::Rejected { by }) if self.before == RESOLVED => {
                Text::StoryStaffAsked { by: by.account }
            }
            // A look at the roster that called nobody was noted with the step.
            Recorded::Asked | Recorded::Known(_) if !step.notes.is_empty() => {
                Text::StoryStaffNobody
            }
            Recorded::Known(Event::DeadlinePassed) if self.before == CALLING => {
                Text::StoryStaffLadder
            }
            Recorded::Asked | Recorded::Known(_) | Recorded::Unknown(_) => Text::StoryStaff,
        }
    }

    /// Who was not called, a sentence for each reason; what was told before is not told again.
    async fn passed_over(
        &mut self,
        tx: &mut Tx,
        selection: &Selection,
    ) -> Result<Vec<Text>, StoreError> {
        let mut by_reason: BTreeMap<PassedOver, Vec<AccountId>> = BTreeMap::new();
        for (who, why) in &selection.passed_over {
            by_reason.entry(*why).or_default().push(*who);
        }
        let mut texts = Vec::new();
        for (why, people) in by_reason {
            let mut names = Vec::new();
            for who in people.iter().take(NAMED) {
                names.push(self.name(tx, *who).await?);
            }
            if people.len() > NAMED {
                names.push(format!("+{}", people.len() - NAMED));
            }
            let names = names.join(", ");
            if self.told_over.insert(why, names.clone()).as_ref() != Some(&names) {
                texts.push(not_called(why, names));
            }
        }
        Ok(texts)
    }

    async fn name(&mut self, tx: &mut Tx, who: AccountId) -> Result<String, StoreError> {
        if let Some(name) = self.names.get(&who) {
            return Ok(name.clone());
        }
        let account = tx.account(who).await?;
        let name = account.map_or_else(|| "?".to_owned(), |account| format!("@{}", account.name));
        self.names.insert(who, name.clone());
        Ok(name)
    }
}

const CALLING: &str = "calling";
const HANDED_OFF: &str = "handed_off";
const RESOLVED: &str = "resolved";

/// A step's event as this version reads it.
enum Recorded {
    /// The opening.
    Asked,
    Known(Event),
    /// From another version: its word, if it has one.
    Unknown(String),
}

fn event_of(json: &str) -> Recorded {
    if let Ok(event) = serde_json::from_str(json) {
        return Recorded::Known(event);
    }
    let value: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
    match value.get("event").and_then(serde_json::Value::as_str) {
        Some("asked") => Recorded::Asked,
        Some(word) => Recorded::Unknown(word.to_owned()),
        None => Recorded::Unknown("?".to_owned()),
    }
}

fn called(pick: &Pick) -> Text {
    let (who, why) = (pick.who, &pick.why);
    let topics = why.topics.iter().map(Topic::as_str).collect::<Vec<_>>().join(", ");
    let count = i64::from(why.solved_before);
    match why.rested {
        Some(rested) => Text::StoryCalled { who, topics, count, rested: rested.into() },
        None => Text::StoryCalledFirst { who, topics, count },
    }
}

fn not_called(why: PassedOver, names: String) -> Text {
    match why {
        PassedOver::Asker => Text::StoryOverAsker { names },
        PassedOver::Blocked => Text::StoryOverBlocked { names },
        PassedOver::Paused => Text::StoryOverPaused { names },
        PassedOver::CalledBefore => Text::StoryOverCalledBefore { names },
        PassedOver::OtherLanguage => Text::StoryOverLanguage { names },
        PassedOver::MutedTopic => Text::StoryOverMuted { names },
        PassedOver::OtherTopics => Text::StoryOverOtherTopics { names },
        PassedOver::QuietHours => Text::StoryOverQuiet { names },
        PassedOver::DailyCap => Text::StoryOverDailyCap { names },
        PassedOver::OpenCases => Text::StoryOverOpenCases { names },
        PassedOver::Unsuited => Text::StoryOverUnsuited { names },
        PassedOver::Outranked => Text::StoryOverOutranked { names },
    }
}
