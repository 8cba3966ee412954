//! What people think of the help: two small buttons after the end, and `/feedback` for words. It
//! goes to the report and to the case's story; nobody loses points by it. The words are customers'
//! text: they are kept, never logged.

use std::time::Duration;

use super::commands::Asked;
use super::{Here, Turn};
use crate::domain::case::{Case, Press, Stage};
use crate::domain::feedback::About;
use crate::domain::ids::CaseId;
use crate::domain::text::Text;
use crate::store::{Account, FeedbackFrom, StoreError};

/// How long a word of feedback is taken to be about the last answer.
const STILL_ABOUT_IT: Duration = Duration::from_hours(24);

/// Words of feedback from one person in that time: enough for a bad day with a product, too few
/// to fill a table with.
const WORDS_A_DAY: i64 = 10;

/// Kept of one word of feedback at most: a long paragraph.
const WORDS_LIMIT_CHARS: usize = 1_000;

impl Turn<'_> {
    /// The asker pressed one of the two small buttons.
    pub(super) async fn rated(
        &mut self,
        case: Case,
        here: &Here,
        account: &Account,
        up: bool,
    ) -> Result<(), StoreError> {
        if account.id != case.asker {
            return self.refuse(&here.settings, Text::RateNotYours).await;
        }
        let Stage::Resolved { at, .. } = case.stage else {
            return self.refuse(&here.settings, Text::RateLater).await;
        };
        let from = self.feedback_from(account, here);
        self.tx.rate(&from, case.id, up).await?;
        let (text, mut buttons) = if up {
            (Text::RatedUp, Vec::new())
        } else {
            // Whoever is unhappy should not have to look for the way back.
            (Text::RatedDown, vec![Press::NotSolved])
        };
        if self.now.since(at) > self.bot.rules.ladder.reopen_within {
            buttons.clear();
        }
        let (settings, channel) = (&here.settings, here.channel);
        self.say_privately(Some(&case), account.id, channel, settings, vec![text.into()], buttons)
            .await
    }

    /// Keeps words of feedback with what they are about.
    pub(super) async fn feedback(
        &mut self,
        asked: &Asked<'_>,
        words: &str,
        about: Option<About>,
    ) -> Result<(), StoreError> {
        let since = self.now - STILL_ABOUT_IT;
        if self.tx.feedback_words_since(asked.account.id, since).await? >= WORDS_A_DAY {
            return self.answer(asked, vec![Text::FeedbackEnough { count: WORDS_A_DAY }]).await;
        }
        let words: String = words.chars().take(WORDS_LIMIT_CHARS).collect();
        let from = self.feedback_from(&asked.account, &asked.here);
        let case = match about {
            Some(About::Product | About::Praise) => None,
            // Named, it may be older; not named, only what is fresh is meant.
            Some(About::Answer) => self.case_answered(asked, None).await?,
            None => self.case_answered(asked, Some(STILL_ABOUT_IT)).await?,
        };
        let text = match (about, case) {
            (_, Some(case)) => {
                self.tx.say_of_answer(&from, case, &words).await?;
                Text::FeedbackOnAnswer
            }
            (Some(About::Answer), None) => Text::FeedbackNoAnswer,
            (Some(About::Praise), None) => {
                self.tx.say_feedback(&from, About::Praise, &words).await?;
                Text::FeedbackPraise
            }
            (Some(About::Product) | None, None) => {
                self.tx.say_feedback(&from, About::Product, &words).await?;
                Text::FeedbackOnProduct
            }
        };
        self.answer(asked, vec![text]).await
    }

    /// The case whose help is meant: the one rated last, else the one solved last.
    async fn case_answered(
        &mut self,
        asked: &Asked<'_>,
        within: Option<Duration>,
    ) -> Result<Option<CaseId>, StoreError> {
        let (account, community) = (asked.account.id, asked.here.community);
        let since = self.now - STILL_ABOUT_IT;
        if let Some(case) = self.tx.case_rated_since(account, community, since).await? {
            return Ok(Some(case));
        }
        let latest = self.tx.latest_cases_of(account, community).await?;
        let solved = latest.into_iter().filter_map(|row| match row.case.stage {
            Stage::Resolved { at, .. } => Some((at, row.case.id)),
            Stage::Suggested { .. }
            | Stage::Calling { .. }
            | Stage::Claimed { .. }
            | Stage::Answered { .. }
            | Stage::HandedOff(_)
            | Stage::Closed { .. } => None,
        });
        let last =
            solved.max().filter(|(at, _)| within.is_none_or(|span| self.now.since(*at) <= span));
        Ok(last.map(|(_, case)| case))
    }

    fn feedback_from(&self, account: &Account, here: &Here) -> FeedbackFrom {
        FeedbackFrom {
            id: self.engine.next_id(self.now),
            bot: self.bot.id.clone(),
            community: here.community,
            account: account.id,
            at: self.now,
        }
    }
}
