//! `/askaround case`: a case's whole history, and a moderator's hand on it.

use std::time::Duration;

use super::super::document::Line;
use super::super::insight::story::story;
use super::Turn;
use super::blocks::NOTE_LIMIT_CHARS;
use super::commands::Asked;
use super::post::Saying;
use crate::domain::case::{Case, Event, Rejection, Stage};
use crate::domain::command::Deed;
use crate::domain::ids::{AccountId, CaseId};
use crate::domain::limits::POINTS;
use crate::domain::recognition::Act;
use crate::domain::text::{self, Key, Quoted, Text};
use crate::store::{Account, CaseRow, StoreError};

/// Open cases in one answer: a screenful.
const SHOWN: i64 = 10;

/// Steps of a story in one answer: the latest of a long one, which is cut by no platform.
const STEPS_SHOWN: usize = 40;

/// What became of the bot's own words.
enum Words {
    Retracted,
    Restored,
}

impl Turn<'_> {
    /// Without a case, which are open; without a deed, what happened.
    pub(super) async fn case_command(
        &mut self,
        asked: &Asked<'_>,
        case: Option<String>,
        deed: Option<Deed>,
        reason: Option<String>,
    ) -> Result<(), StoreError> {
        if !self.moderators_only(asked).await? {
            return Ok(());
        }
        let Some(word) = case else {
            if deed.is_some() {
                return self.case_option_missing(asked, "case").await;
            }
            return self.list_cases(asked).await;
        };
        let id = CaseId::from_short(word.trim_start_matches('#'));
        let row = match id {
            Some(id) => self.case_in(id).await?,
            None => None,
        };
        let Some(row) = row.filter(|row| row.case.community == asked.here.community) else {
            let case = Quoted(word.chars().take(40).collect());
            return self.answer(asked, vec![Text::UnknownCase { case }]).await;
        };
        let Some(deed) = deed else { return self.tell_case(asked, row).await };
        self.do_to_case(asked, row, deed, reason).await
    }

    async fn case_option_missing(
        &mut self,
        asked: &Asked<'_>,
        option: &str,
    ) -> Result<(), StoreError> {
        let (command, option) = ("/askaround case".to_owned(), option.to_owned());
        self.answer(asked, vec![Text::MissingOption { command, option }]).await
    }

    async fn list_cases(&mut self, asked: &Asked<'_>) -> Result<(), StoreError> {
        let rows = self.tx.open_cases_in(asked.here.community, SHOWN).await?;
        let mut texts: Vec<Text> = rows.iter().map(|row| self.case_line(&row.case)).collect();
        let open = self.tx.open_counts(asked.here.community).await?.open;
        let more = open.saturating_sub(i64::try_from(rows.len()).unwrap_or(open));
        if more > 0 {
            texts.push(Text::AndMore { count: more });
        }
        texts.push(if rows.is_empty() { Text::CasesNone } else { Text::CasesHowTo });
        self.answer(asked, texts).await
    }

    fn case_line(&self, case: &Case) -> Text {
        Text::CaseLine {
            case: case.id.short(),
            who: case.asker,
            place: case.channel,
            stage: stage_key(&case.stage),
            ago: self.now.since(case.opened_at).into(),
        }
    }

    async fn tell_case(&mut self, asked: &Asked<'_>, row: CaseRow) -> Result<(), StoreError> {
        let case = row.case.clone();
        let mut lines = vec![Line::from(self.case_line(&case))];
        let story = story(self.tx, row).await?;
        if let Some(text) = story.question {
            lines.extend([Text::CaseQuestion.into(), Line::Quote { text }]);
        }
        let mut texts = Vec::new();
        let skipped = story.lines.len().saturating_sub(STEPS_SHOWN);
        if skipped > 0 {
            texts.push(Text::CaseStepsBefore { count: i64::try_from(skipped).unwrap_or(i64::MAX) });
        }
        let mut said_at = None;
        for line in story.lines.into_iter().skip(skipped) {
            // One moment is said once, above all that happened in it.
            let ago = minutes(self.now.since(line.at));
            if said_at.replace(ago) != Some(ago) {
                texts.push(Text::CaseStepAgo { ago: ago.into() });
            }
            texts.push(line.text);
        }
        if let Some(due) = case.deadline() {
            texts.push(Text::CaseDue { left: text::left(due, self.now) });
        }
        texts.push(Text::CaseHowTo { case: case.id.short() });
        lines.extend(texts.into_iter().map(Line::from));
        // The case's own row: when its asker deletes the question, it goes from here as well.
        let (to, here) = (asked.account.id, &asked.here);
        self.say_privately(Some(&case), to, here.channel, &here.settings, lines, vec![]).await
    }

    async fn do_to_case(
        &mut self,
        asked: &Asked<'_>,
        row: CaseRow,
        deed: Deed,
        reason: Option<String>,
    ) -> Result<(), StoreError> {
        let by = asked.actor;
        let case = row.case.clone();
        let undo = |deed: &str| format!("/askaround case {} do:{deed}", case.id.short());
        let said_of_words = words_of(&deed);
        if let Some(words) = &said_of_words
            && !self.has_words(&case, matches!(words, Words::Restored)).await?
        {
            return self.answer(asked, vec![Text::AlreadySo]).await;
        }
        let (event, undo) = match deed {
            Deed::Close => (Event::Removed { by }, Some(undo("return"))),
            Deed::Return => {
                let back = match &case.stage {
                    Stage::HandedOff(_) => "escalate",
                    Stage::Resolved { .. } | Stage::Answered { .. } => "solved",
                    Stage::Closed { .. }
                    | Stage::Suggested { .. }
                    | Stage::Calling { .. }
                    | Stage::Claimed { .. } => "close",
                };
                (Event::ReturnedToCalling { by }, Some(undo(back)))
            }
            Deed::Escalate => {
                let is_over = matches!(case.stage, Stage::Resolved { .. });
                let back = if is_over { "solved" } else { "return" };
                (Event::Escalated { by }, Some(undo(back)))
            }
            Deed::Solved { who } => {
                let Ok(answer) = self.answer_of(asked, &case, who).await? else { return Ok(()) };
                (Event::Accepted { by, answer }, Some(undo("return")))
            }
            Deed::Retract => (Event::WordsRetracted { by }, Some(undo("restore"))),
            Deed::Restore => (Event::WordsRestored { by }, Some(undo("retract"))),
            Deed::Endorse { who } => return self.endorse_in(asked, &case, who).await,
            Deed::Grant { who, points } => {
                return self.grant_in(asked, &case, who, points, reason).await;
            }
            Deed::Take { who, points: Some(points) } => {
                return self.take_in(asked, &case, who, points, reason).await;
            }
            Deed::Take { who, points: None } => {
                return self.take_all_in(asked, &case, who, reason).await;
            }
        };
        let settings = asked.here.settings.clone();
        match self.decided(row, &settings, event).await? {
            Err(Rejection(text)) => self.answer(asked, vec![text]).await,
            Ok(after) => {
                if let Some(reason) = reason {
                    let note = Quoted(reason.chars().take(NOTE_LIMIT_CHARS).collect());
                    let saying = Saying::notice(Text::ModeratorAdds { note });
                    self.post_in_conversation(&after, saying).await?;
                }
                let (case, stage) = (after.id.short(), stage_key(&after.stage));
                let mut texts = vec![match said_of_words {
                    Some(Words::Retracted) => Text::CaseWordsRetracted { case },
                    Some(Words::Restored) => Text::CaseWordsRestored { case },
                    None => Text::CaseNow { case, stage },
                }];
                texts.extend(undo.map(|command| Text::UndoBy { command }));
                self.answer(asked, texts).await
            }
        }
    }

    /// The number of somebody's answer, the last one when nobody is named; an error, after saying
    /// so, when they have none.
    async fn answer_of(
        &mut self,
        asked: &Asked<'_>,
        case: &Case,
        who: Option<String>,
    ) -> Result<Result<Option<usize>, ()>, StoreError> {
        let Some(word) = who else { return Ok(Ok(self.answer_sent_back(case).await?)) };
        let Some((_, account)) = self.person_meant(asked, &word).await? else {
            return Ok(Err(()));
        };
        let place = answer_by(case, account.id);
        if place.is_none() {
            self.answer(asked, vec![Text::NoAnswerBy { helper: account.id }]).await?;
            return Ok(Err(()));
        }
        Ok(Ok(place))
    }

    /// The answer that a moderator takes up again who had sent the case back: the one that was
    /// credited, else the last. None of those that the asker said did not help.
    async fn answer_sent_back(&mut self, case: &Case) -> Result<Option<usize>, StoreError> {
        if case.answers.iter().any(|answer| !answer.rejected) {
            return Ok(None);
        }
        let history = self.tx.history(case.id).await?;
        let events = history.iter().rev().filter_map(|step| serde_json::from_str(&step.event).ok());
        let last = events.into_iter().find(|event| {
            matches!(event, Event::Rejected { .. } | Event::ReturnedToCalling { .. })
        });
        if !matches!(last, Some(Event::ReturnedToCalling { .. })) {
            return Ok(None);
        }
        let entries = self.tx.entries_of_case(case.id).await?;
        let credited = entries.iter().rev().find(|line| line.act == Act::Solved);
        let credited = credited.and_then(|line| answer_by(case, line.account));
        Ok(credited.or(case.answers.len().checked_sub(1)))
    }

    /// Whom points are for; `None`, after saying so, for nobody, for a stranger, and for the
    /// moderator's own person.
    async fn earner(
        &mut self,
        asked: &Asked<'_>,
        who: Option<String>,
    ) -> Result<Option<(String, Account)>, StoreError> {
        let Some(word) = who else {
            self.case_option_missing(asked, "who").await?;
            return Ok(None);
        };
        let Some((_, account)) = self.person_meant(asked, &word).await? else { return Ok(None) };
        if account.person == asked.account.person {
            self.answer(asked, vec![Text::NotForYourself]).await?;
            return Ok(None);
        }
        Ok(Some((word, account)))
    }

    async fn endorse_in(
        &mut self,
        asked: &Asked<'_>,
        case: &Case,
        who: Option<String>,
    ) -> Result<(), StoreError> {
        let Some((word, account)) = self.earner(asked, who).await? else { return Ok(()) };
        let helper = account.id;
        if !case.answers.iter().any(|answer| answer.by == helper) || helper == case.asker {
            return self.answer(asked, vec![Text::NoAnswerBy { helper }]).await;
        }
        if account.blocked {
            return self.answer(asked, vec![Text::BlockLine { who: helper }]).await;
        }
        let rules = self.rules_of(&asked.here.settings);
        let Some((points, balance)) = self.endorse(case, helper, &rules).await? else {
            return self.answer(asked, vec![Text::AlreadySo]).await;
        };
        let command = format!(
            "/askaround case {} do:take who:@{word} points:{points} reason:undone",
            case.id.short()
        );
        let texts = vec![Text::PointsGiven { helper, points, balance }];
        let undo = (points > 0).then_some(Text::UndoBy { command });
        self.answer(asked, texts.into_iter().chain(undo).collect()).await
    }

    async fn grant_in(
        &mut self,
        asked: &Asked<'_>,
        case: &Case,
        who: Option<String>,
        points: Option<i64>,
        reason: Option<String>,
    ) -> Result<(), StoreError> {
        let Some(points) = points else { return self.case_option_missing(asked, "points").await };
        self.by_hand(asked, case, who, points, reason).await
    }

    async fn take_in(
        &mut self,
        asked: &Asked<'_>,
        case: &Case,
        who: Option<String>,
        points: i64,
        reason: Option<String>,
    ) -> Result<(), StoreError> {
        self.by_hand(asked, case, who, -points, reason).await
    }

    /// Points that a moderator gives (above zero) or takes, with a reason that stays with them.
    async fn by_hand(
        &mut self,
        asked: &Asked<'_>,
        case: &Case,
        who: Option<String>,
        points: i64,
        reason: Option<String>,
    ) -> Result<(), StoreError> {
        let Some((word, account)) = self.earner(asked, who).await? else { return Ok(()) };
        let size = points.abs();
        let balance = self.tx.standing(account.person, self.now).await?.balance;
        if size > 0 && points < 0 && balance < size {
            // Nobody comes to owe points.
            let text = if balance > 0 {
                let (least, most) = ("1".to_owned(), balance.to_string());
                Text::OutOfLimits { option: "points".to_owned(), least, most }
            } else {
                Text::NoPointsToTake { helper: account.id }
            };
            return self.answer(asked, vec![text]).await;
        }
        if size == 0 || !POINTS.allow(&size) {
            let (least, most) = ("1".to_owned(), POINTS.most.to_string());
            let text = Text::OutOfLimits { option: "points".to_owned(), least, most };
            return self.answer(asked, vec![text]).await;
        }
        let Some(note) = reason else { return self.case_option_missing(asked, "reason").await };
        let note: String = note.chars().take(NOTE_LIMIT_CHARS).collect();
        let hand = (asked.account.id, note.as_str());
        let balance = self.grant(case, &account, points, hand).await?;
        let deed = if points > 0 { "take" } else { "grant" };
        let command = format!(
            "/askaround case {} do:{deed} who:@{word} points:{size} reason:undone",
            case.id.short()
        );
        let helper = account.id;
        let text = if points > 0 {
            Text::PointsGiven { helper, points, balance }
        } else {
            Text::PointsTaken { helper, points: size, balance }
        };
        self.answer(asked, vec![text, Text::UndoBy { command }]).await
    }

    /// Takes back all that a case gave somebody and nobody has taken back yet: entry by entry, and
    /// by hand what is left of one that was taken in part.
    async fn take_all_in(
        &mut self,
        asked: &Asked<'_>,
        case: &Case,
        who: Option<String>,
        reason: Option<String>,
    ) -> Result<(), StoreError> {
        let Some((word, account)) = self.earner(asked, who).await? else { return Ok(()) };
        let Some(note) = reason else { return self.case_option_missing(asked, "reason").await };
        let note: String = note.chars().take(NOTE_LIMIT_CHARS).collect();
        let (helper, hand) = (account.id, (asked.account.id, note.as_str()));
        let mut entries = self.tx.entries_of_case(case.id).await?;
        entries.retain(|line| line.account == helper);
        let taken: i64 = entries.iter().map(|line| line.points).sum();
        if taken <= 0 {
            return self.answer(asked, vec![Text::NothingToTake { helper }]).await;
        }
        let mut left = taken;
        for line in &entries {
            let is_whole = line.points > 0 && line.points <= left;
            if is_whole && self.reverse(line, Some(hand)).await? {
                left -= line.points;
            }
        }
        if left > 0 {
            self.grant(case, &account, -left, hand).await?;
        }
        let balance = self.tx.standing(account.person, self.now).await?.balance;
        let mut texts = vec![Text::PointsTaken { helper, points: taken, balance }];
        // One line gives no more than moderators may give at once.
        let mut back = taken;
        while back > 0 {
            let points = back.min(POINTS.most);
            let command = format!(
                "/askaround case {} do:grant who:@{word} points:{points} reason:undone",
                case.id.short()
            );
            texts.push(Text::UndoBy { command });
            back -= points;
        }
        self.answer(asked, texts).await
    }
}

/// In whole minutes: a story is not told by the second.
fn minutes(span: Duration) -> Duration {
    Duration::from_mins(span.as_secs() / 60)
}

/// What a deed does to the bot's words, if that is what it is about.
fn words_of(deed: &Deed) -> Option<Words> {
    match deed {
        Deed::Retract => Some(Words::Retracted),
        Deed::Restore => Some(Words::Restored),
        Deed::Close
        | Deed::Return
        | Deed::Escalate
        | Deed::Solved { .. }
        | Deed::Endorse { .. }
        | Deed::Grant { .. }
        | Deed::Take { .. } => None,
    }
}

/// The number of the last answer of somebody.
fn answer_by(case: &Case, who: AccountId) -> Option<usize> {
    case.answers.iter().rposition(|answer| answer.by == who)
}

fn stage_key(stage: &Stage) -> Key {
    Key(format!("stage-{}", stage.word().replace('_', "-")))
}
