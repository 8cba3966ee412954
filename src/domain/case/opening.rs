//! The first step of a case.

use super::event::{Audience, Effect, Post, Press, Why};
use super::step::{Context, Step, Walk};
use super::{Case, Stage};
use crate::domain::ids::{
    AccountId, ArticleId, CaseId, ChannelId, CommunityId, Language, PersonId, Topic,
};
use crate::domain::text::Text;

/// A question that becomes a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Opening {
    pub id: CaseId,
    pub community: CommunityId,
    pub channel: ChannelId,
    pub asker: AccountId,
    pub asker_person: PersonId,
    pub language: Language,
    pub topics: Vec<Topic>,
    /// Confident hits, best first; none, and no earlier case, means that people
    /// are called at once.
    pub articles: Vec<ArticleId>,
    /// A case of this community that was solved before and asked much the same.
    pub earlier: Option<CaseId>,
    /// Set when the question goes to staff at once.
    pub straight_to_staff: Option<Why>,
    /// Asked so long ago, while we were away, that nobody is called without the asker's word.
    pub stale: bool,
}

impl Case {
    /// Opens a case: with staff for an urgent word or a call for staff, with a suggestion where an
    /// article or an earlier case fits, with a call for ambassadors else.
    pub fn open(opening: Opening, context: &Context<'_>) -> Step {
        let now = context.now;
        let expires_at = now + context.rules.ladder.expire_after;
        let patience = now + context.rules.suggest.patience;
        let until = if opening.stale { expires_at } else { patience };
        let case = Case {
            id: opening.id,
            community: opening.community,
            channel: opening.channel,
            asker: opening.asker,
            asker_person: opening.asker_person,
            language: opening.language,
            topics: opening.topics,
            opened_at: now,
            expires_at,
            ladder: None,
            stage: Stage::Suggested { until },
            called: Vec::new(),
            answers: Vec::new(),
            tried: opening.articles.clone(),
            earlier: opening.earlier,
            credited: None,
            reopened: 0,
            me_too: Vec::new(),
            why_staff: None,
        };
        let mut walk = Walk { case, context, effects: Vec::new() };
        if let Some(why) = opening.straight_to_staff {
            walk.hand_off(why);
        } else if opening.stale {
            walk.ask_whether_it_is_still_open(opening.articles, opening.earlier);
        } else if opening.articles.is_empty() && opening.earlier.is_none() {
            walk.start_calling();
        } else {
            let (articles, earlier) = (opening.articles, opening.earlier);
            walk.effects.push(Effect::Suggest { articles, earlier });
        }
        walk.finish()
    }
}

impl Walk<'_> {
    /// We were away when it was asked: the asker says whether it still needs anybody.
    fn ask_whether_it_is_still_open(&mut self, articles: Vec<ArticleId>, earlier: Option<CaseId>) {
        if !articles.is_empty() || earlier.is_some() {
            self.effects.push(Effect::Suggest { articles, earlier });
            return;
        }
        self.effects.push(Effect::Say {
            to: Audience::Conversation,
            text: Text::AskedWhileAway { who: self.case.asker },
            post: Post::Suggestion,
            buttons: vec![Press::Solved, Press::AskPerson, Press::MeToo],
            ping: Vec::new(),
        });
    }
}
