//! The inside of the community for its panel: cases with their history, points, the outbox.

use std::collections::BTreeMap;

use crate::domain::case::{Case, Closing, Resolution, Stage};
use crate::domain::ids::{
    AccountId, BotId, ChannelId, Language, OutboxId, PlatformId, PlatformKey,
};
use crate::domain::recognition;
use crate::domain::rules::Rank;
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::platform::playground::{
    COMMUNITY, CaseFrame, Insight, LineFrame, Person, PointsFrame, Role, RowFrame,
};
use crate::runtime::{BotParts, CaseStory, Engine, Readers};
use crate::store::{LatestRow, Said, StoreError, Tx};

/// Shown at once, at most; a rehearsal that has more open cases has lost its thread.
const OPEN_CASES: i64 = 20;
const ENDED_CASES: usize = 5;
/// Looked through for those that have ended.
const LATEST_CASES: i64 = 30;
const ROWS: i64 = 50;

/// Of a question, in letters: two lines of the panel.
const QUESTION_CHARS: usize = 140;

/// Everything the panel shows, worded in `language` as far as it is words.
pub(super) async fn inside(
    engine: &Engine,
    bot: &BotId,
    language: &Language,
    people: &[Person],
) -> Result<Insight, StoreError> {
    let Some(parts) = engine.bots().find(|parts| parts.id == *bot) else {
        return Ok(Insight::default());
    };
    let platform = PlatformId::from("playground");
    let stories = stories(engine, bot, &platform).await?;
    let mut told = Vec::new();
    for story in stories {
        let texts: Vec<Text> = story.lines.iter().map(|line| line.text.clone()).collect();
        let words = engine.worded(bot, language, &texts).await?;
        let moments = story.lines.iter().map(|line| line.at);
        let line = |(at, words)| LineFrame { at, words };
        told.push((moments.zip(words).map(line).collect(), story));
    }
    let mut look =
        Look { tx: engine.store().read().await?, engine, parts, language, names: BTreeMap::new() };
    let ranks = look.ranks(&platform).await?;
    let mut insight = Insight::default();
    for (lines, story) in told {
        insight.cases.push(look.case(story, lines).await?);
    }
    for row in look.tx.latest_rows(bot, &platform, ROWS).await? {
        insight.outbox.push(look.row(row).await?);
    }
    for person in people {
        insight.points.extend(look.points(&platform, &ranks, person).await?);
    }
    insight.points.sort_by_key(|line| std::cmp::Reverse(line.points));
    Ok(insight)
}

/// Of the open cases, then of the last that ended.
async fn stories(
    engine: &Engine,
    bot: &BotId,
    platform: &PlatformId,
) -> Result<Vec<CaseStory>, StoreError> {
    let mut tx = engine.store().read().await?;
    let community = PlatformKey::from(COMMUNITY);
    let place = tx.place(bot, platform, &community, &PlatformKey::new(""), None).await?;
    let Some(place) = place else { return Ok(Vec::new()) };
    let mut rows = tx.open_cases_in(place.community, OPEN_CASES).await?;
    let latest = tx.latest_cases(place.community, LATEST_CASES).await?;
    let ended = latest.into_iter().filter(|row| !row.case.stage.is_open());
    rows.extend(ended.take(ENDED_CASES));
    // Given back first: each story is read in a transaction of its own.
    tx.commit().await?;
    let mut stories = Vec::new();
    for row in rows {
        stories.extend(engine.case_story(row.case.id).await?);
    }
    Ok(stories)
}

/// One look: a consistent view, and the names met in it.
struct Look<'a> {
    tx: Tx,
    engine: &'a Engine,
    parts: &'a BotParts,
    language: &'a Language,
    names: BTreeMap<AccountId, String>,
}

impl Look<'_> {
    async fn name(&mut self, who: AccountId) -> Result<String, StoreError> {
        if let Some(name) = self.names.get(&who) {
            return Ok(name.clone());
        }
        let account = self.tx.account(who).await?;
        let name = account.map_or_else(|| "?".to_owned(), |account| account.name);
        self.names.insert(who, name.clone());
        Ok(name)
    }

    async fn case(
        &mut self,
        story: CaseStory,
        lines: Vec<LineFrame>,
    ) -> Result<CaseFrame, StoreError> {
        let case = &story.row.case;
        let question = story.question.unwrap_or_default().replace('\n', " ");
        let holder = match &case.stage {
            Stage::Claimed { by, .. } | Stage::Answered { by, .. } => Some(*by),
            Stage::HandedOff(desked) => desked.staff,
            Stage::Suggested { .. }
            | Stage::Calling { .. }
            | Stage::Resolved { .. }
            | Stage::Closed { .. } => None,
        };
        let holder = match holder {
            Some(who) => Some(self.name(who).await?),
            None => None,
        };
        Ok(CaseFrame {
            id: case.id.short(),
            question: question.chars().take(QUESTION_CHARS).collect(),
            asker: self.name(case.asker).await?,
            channel: self.tx.channel(case.channel).await?.key,
            post: self.question_post(case).await?,
            stage: case.stage.word(),
            how: how(&case.stage),
            holder,
            deadline: case.deadline(),
            due: case.due(),
            lines,
        })
    }

    /// The message that asked; for a question that came by command, the post that says it.
    async fn question_post(&mut self, case: &Case) -> Result<Option<PlatformKey>, StoreError> {
        let said = self.tx.question(case.id).await?;
        if let Some(said) = said.filter(Said::is_a_message) {
            return Ok(Some(said.key));
        }
        match self.tx.first_post(case.id, case.channel).await? {
            Some(row) => self.tx.sent_key(row).await,
            None => Ok(None),
        }
    }

    async fn row(&mut self, row: LatestRow) -> Result<RowFrame, StoreError> {
        let readers = Readers::of(&row.document).unwrap_or_default();
        let mut pings = Vec::new();
        for who in &readers.pinged {
            pings.push(self.name(*who).await?);
        }
        let to = match readers.only {
            Some(who) => Some(self.name(who).await?),
            None => None,
        };
        let (made, settled) =
            (Moment::from_millis(row.made_at), row.settled_at.map(Moment::from_millis));
        let took = settled.map(|settled| settled.since(made).as_millis());
        // A private answer is no notice to anybody: its kind is that it is private.
        let kind = if row.class == "private" { row.class } else { row.post };
        Ok(RowFrame {
            id: OutboxId::from(row.id).to_string(),
            kind,
            edit: row.edits.is_some(),
            channel: self.tx.channel(ChannelId::from(row.channel)).await?.name,
            to,
            pings,
            state: row.state,
            attempts: row.attempts,
            problem: row.problem,
            at: made,
            took_ms: took.and_then(|ms| u64::try_from(ms).ok()),
        })
    }

    /// The ranks as moderators have set them here.
    async fn ranks(&mut self, platform: &PlatformId) -> Result<Vec<Rank>, StoreError> {
        let (community, channel) = (PlatformKey::from(COMMUNITY), PlatformKey::new(""));
        let place = self.tx.place(&self.parts.id, platform, &community, &channel, None).await?;
        let own = place.and_then(|place| place.settings.overrides.ranks);
        Ok(own.unwrap_or_else(|| self.parts.rules.recognition.ranks.clone()))
    }

    /// Ambassadors, and whoever else has any.
    async fn points(
        &mut self,
        platform: &PlatformId,
        ranks: &[Rank],
        person: &Person,
    ) -> Result<Option<PointsFrame>, StoreError> {
        let key = PlatformKey::from(person.key);
        let account = self.tx.account_by_key(&self.parts.id, platform, &key).await?;
        let points = match account {
            Some(account) => {
                self.tx.standing(account.person, self.engine.clock().now()).await?.balance
            }
            None => 0,
        };
        if points == 0 && person.role != Role::Ambassador {
            return Ok(None);
        }
        let (rank, next) = recognition::rank(ranks, points);
        let word = |key: &str| self.parts.locales.word(self.language, &format!("rank-{key}"));
        Ok(Some(PointsFrame {
            name: person.name.to_owned(),
            points,
            rank: rank.map(|rank| word(&rank.key)).unwrap_or_default(),
            next: next.map(|next| (next.at - points, word(&next.key))),
        }))
    }
}

fn how(stage: &Stage) -> Option<&'static str> {
    match stage {
        Stage::Resolved { by, .. } => Some(match by {
            Resolution::SelfService => "self_service",
            Resolution::Ambassador => "ambassador",
            Resolution::CommunityMember => "community_member",
            Resolution::Staff => "staff",
        }),
        Stage::Closed { why, .. } => Some(match why {
            Closing::Withdrawn => "withdrawn",
            Closing::Removed => "removed",
            Closing::Expired => "expired",
        }),
        Stage::Suggested { .. }
        | Stage::Calling { .. }
        | Stage::Claimed { .. }
        | Stage::Answered { .. }
        | Stage::HandedOff(_) => None,
    }
}
