//! Taking the bot's own words out of a conversation, and letting them stand again.
//!
//! Platforms keep edits but not what was before them, so the words stay in the outbox: as long as
//! sent rows are kept, a post can come back as it was, its buttons included.

use std::collections::BTreeMap;

use super::super::document::{Document, Hidden, Line};
use super::Turn;
use super::post::{Draft, from_json};
use crate::domain::case::Case;
use crate::domain::ids::{ChannelId, OutboxId};
use crate::domain::text::Text;
use crate::store::{Class, StoreError};

/// A post of ours as people see it.
struct Shown {
    channel: ChannelId,
    live: bool,
    /// What it says, and what the edit before a retraction said.
    document: Document,
    hidden: Option<Hidden>,
}

impl Turn<'_> {
    pub(super) async fn retract_words(&mut self, case: &Case) -> Result<(), StoreError> {
        for (id, post) in self.shown_in_conversation(case).await? {
            if post.hidden.is_some() {
                continue;
            }
            let lines = vec![Line::from(Text::WordsRetracted)];
            let mut document = Document::new(post.document.language.clone(), lines);
            document.hides = Some(Hidden { was_live: post.live });
            self.tx.set_live(id, false).await?;
            self.edit_post(case, id, post.channel, document).await?;
        }
        Ok(())
    }

    pub(super) async fn restore_words(&mut self, case: &Case) -> Result<(), StoreError> {
        for (id, post) in self.shown_in_conversation(case).await? {
            let Some(Hidden { was_live }) = post.hidden else { continue };
            let mut document = post.document;
            // Buttons of a case that went on meanwhile would ask for what is no longer open. Those
            // that stay for good, such as ratings, are not among the live ones.
            let asks = was_live && case.stage.is_open();
            if was_live && !asks {
                document.buttons.clear();
            }
            document.ping.clear();
            self.tx.set_live(id, asks).await?;
            self.edit_post(case, id, post.channel, document).await?;
        }
        Ok(())
    }

    /// Whether any words of ours about a case were taken back, or stand.
    pub(super) async fn has_words(
        &mut self,
        case: &Case,
        retracted: bool,
    ) -> Result<bool, StoreError> {
        let shown = self.shown_in_conversation(case).await?;
        Ok(shown.values().any(|post| post.hidden.is_some() == retracted))
    }

    /// Our posts where everybody reads them, each as its last edit left it.
    async fn shown_in_conversation(
        &mut self,
        case: &Case,
    ) -> Result<BTreeMap<OutboxId, Shown>, StoreError> {
        let mut shown: BTreeMap<OutboxId, Shown> = BTreeMap::new();
        for row in self.tx.posts_of(case.id).await? {
            let document: Document = from_json(row.id, &row.document)?;
            if document.private.is_some() || document.thread.is_some() {
                continue;
            }
            if !self.is_in_conversation(case, row.channel).await? {
                continue;
            }
            let Some(original) = row.edits else {
                let (channel, live) = (row.channel, row.live);
                shown.insert(row.id, Shown { channel, live, document, hidden: None });
                continue;
            };
            let Some(post) = shown.get_mut(&original) else { continue };
            if let Some(hidden) = document.hides {
                post.hidden = Some(hidden);
            } else {
                (post.document, post.hidden) = (document, None);
            }
        }
        Ok(shown)
    }

    async fn edit_post(
        &mut self,
        case: &Case,
        original: OutboxId,
        channel: ChannelId,
        document: Document,
    ) -> Result<(), StoreError> {
        let mut draft = Draft::new(channel, Class::Notice, document);
        draft.case = Some(case.id);
        draft.edits = Some(original);
        self.post(draft).await?;
        Ok(())
    }
}
