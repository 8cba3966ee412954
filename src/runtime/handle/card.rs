//! `/ambassador card`: what an ambassador is known for here; one's own shows the rest as well.

use super::Turn;
use super::commands::Asked;
use super::effects::words;
use crate::domain::ids::Topic;
use crate::domain::recognition;
use crate::domain::text::{Key, Text};
use crate::store::{Account, StoreError};

/// Topics on a card: what somebody is best at, not all they ever touched.
const TOPICS_SHOWN: usize = 5;

impl Turn<'_> {
    pub(super) async fn card(
        &mut self,
        asked: &Asked<'_>,
        who: Option<String>,
    ) -> Result<(), StoreError> {
        let account = match who {
            None => asked.account.clone(),
            Some(word) => match self.person_meant(asked, &word).await? {
                Some((_, account)) => account,
                None => return Ok(()),
            },
        };
        let own = account.id == asked.account.id;
        let ambassador = self.tx.ambassador(account.id).await?.filter(|a| !a.blocked);
        let Some(mut ambassador) = ambassador else {
            let helper = account.id;
            let text = if own { Text::AmbassadorNotOne } else { Text::CardNoAmbassador { helper } };
            return self.answer(asked, vec![text]).await;
        };
        ambassador.calls_today = self.tx.calls_today(&ambassador, self.now).await?;
        let mut texts = self.card_lines(asked, &account).await?;
        let wishes = &ambassador.preferences;
        texts.push(Text::CardTopics {
            topics: words(&wishes.topics),
            languages: self.languages_in_words(asked, &wishes.languages),
        });
        if own {
            if !wishes.muted.is_empty() {
                texts.push(Text::CardMuted { topics: words(&wishes.muted) });
            }
            let rules = self.rules_of(&asked.here.settings);
            let cap = ambassador.calls_per_day(rules.ambassadors.calls_per_day);
            texts.push(Text::CardCalls { calls: ambassador.calls_today.into(), cap: cap.into() });
            if let Some(quiet) = &wishes.quiet {
                let (hours, zone) = (quiet.hours(), quiet.zone().name().to_owned());
                texts.push(Text::CardQuiet { hours, zone });
            }
            let duty = self.duty_word(&ambassador, &rules);
            texts.push(Text::CardNow { state: Key(format!("duty-{duty}")) });
        }
        self.answer(asked, texts).await
    }

    /// Points, rank and what they have solved.
    async fn card_lines(
        &mut self,
        asked: &Asked<'_>,
        account: &Account,
    ) -> Result<Vec<Text>, StoreError> {
        let balance = self.tx.standing(account.person, self.now).await?.balance;
        let rules = self.rules_of(&asked.here.settings);
        let (reached, _) = recognition::rank(&rules.recognition.ranks, balance);
        let rank = Key(format!("rank-{}", reached.map_or("newcomer", |rank| rank.key.as_str())));
        let mut solved = self.tx.solved_topics(account.person).await?;
        let count: i64 = solved.iter().map(|(_, count)| *count).sum();
        solved.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let best: Vec<&Topic> = solved
            .iter()
            .filter(|(topic, count)| *count > 0 && !topic.as_str().is_empty())
            .map(|(topic, _)| topic)
            .take(TOPICS_SHOWN)
            .collect();
        let helper = account.id;
        Ok(vec![
            Text::CardIs { helper, rank, balance },
            Text::CardSolved { count, topics: words(&best) },
        ])
    }
}
