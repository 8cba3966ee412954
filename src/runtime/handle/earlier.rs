//! Earlier solved cases: the second asker of anything is led to the first one's answer, which
//! stands where it was given. Nobody's words are repeated.

use super::super::document::Line;
use super::super::harvested::answer_stands;
use super::{Here, Turn};
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, ChannelId, CommunityId, PlatformKey};
use crate::domain::rules::Rules;
use crate::domain::text::Text;
use crate::knowledge::{OUTCOMES, Query, Trust, Verdict};
use crate::store::{Account, Settings, StoreError};

impl Turn<'_> {
    /// The case of this community that most surely asked the same and was solved, with how sure
    /// that is; none where it is not sure enough, or where its answer cannot be led to any more.
    pub(super) async fn solved_before(
        &mut self,
        query: &Query<'_>,
        here: &Here,
        account: &Account,
        rules: &Rules,
    ) -> Result<Option<(CaseId, f64)>, StoreError> {
        let community = here.community;
        let Some(solved) = self.engine.recall.of(&self.bot.id, community, self.now) else {
            return Ok(None);
        };
        let trust = self.trust_of_earlier(community).await?;
        let least = trust.least(rules.suggest.precision);
        let Some(recalled) = solved.search(query, least) else { return Ok(None) };
        for case in recalled.cases {
            let Some(row) = self.case_in(case).await? else { continue };
            // Whoever asks again has read the first answer.
            let is_own = row.case.asker_person == account.person;
            if is_own || row.case.community != community {
                continue;
            }
            if self.solution_of(&row.case, &here.settings).await?.is_some() {
                return Ok(Some((case, recalled.confidence)));
            }
        }
        Ok(None)
    }

    /// Where everybody here can read how a case was solved, if it still is and still stands.
    async fn solution_of(
        &mut self,
        case: &Case,
        settings: &Settings,
    ) -> Result<Option<(ChannelId, PlatformKey)>, StoreError> {
        if !case.is_solved_by_people() || !self.is_public(case.channel, settings).await? {
            return Ok(None);
        }
        let question = self.tx.question(case.id).await?;
        let Some(question) = question.filter(|question| !question.body.is_empty()) else {
            return Ok(None);
        };
        let credited = case.credited.map(|credit| credit.to);
        let by = |who| case.answers.iter().rposition(|answer| answer.by == who);
        let number = credited.and_then(by).or(case.answers.len().checked_sub(1));
        let answer = match number {
            Some(number) => answer_stands(self.tx, case, number).await?,
            None => None,
        };
        let asked = question.is_a_message().then_some((question.channel, question.key));
        // Beside the question stands what was said of it.
        Ok(if number.is_some() && answer.is_none() { None } else { answer.or(asked) })
    }

    /// Whether everybody of a community can read a channel: it is watched, or hangs in one that is,
    /// and is nobody's own.
    async fn is_public(
        &mut self,
        channel: ChannelId,
        settings: &Settings,
    ) -> Result<bool, StoreError> {
        let there = self.tx.channel(channel).await?;
        let is_watched = |channel: &ChannelId| settings.watched.contains_key(channel);
        let is_here = is_watched(&channel) || there.parent.as_ref().is_some_and(is_watched);
        Ok(is_here && !there.private)
    }

    async fn trust_of_earlier(&mut self, community: CommunityId) -> Result<Trust, StoreError> {
        let told = self.tx.told_of_earlier(community, OUTCOMES).await?;
        let verdict = |(confidence, helped)| Verdict { confidence, helped };
        Ok(Trust::from(&told.into_iter().map(verdict).collect::<Vec<_>>()))
    }

    /// An earlier case as a suggestion shows it: when it was solved, and the way there.
    pub(super) async fn earlier_line(
        &mut self,
        id: CaseId,
        settings: &Settings,
    ) -> Result<Option<Line>, StoreError> {
        let Some(row) = self.case_in(id).await? else { return Ok(None) };
        let Some((channel, message)) = self.solution_of(&row.case, settings).await? else {
            return Ok(None);
        };
        let on = row.case.ended_at().unwrap_or(row.case.opened_at).date().to_string();
        let text = Text::EarlierSolved { on };
        Ok(Some(Line::Lead { text, label: Text::SeeAnswer, channel, message }))
    }
}
