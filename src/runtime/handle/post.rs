//! Writing outbox rows: to a conversation, to the helpers, to the desk, to one person.

use std::collections::BTreeMap;

use super::super::document::{Document, Keeps, Line, Private, ReplyTo};
use super::Turn;
use crate::domain::case::{Case, Post, Press};
use crate::domain::ids::{AccountId, CaseId, ChannelId, Language, OutboxId, PlatformId};
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::store::{Class, NewRow, Settings, StoreError, encode};

/// A row to be written; what most rows do not have is left at its default.
pub(super) struct Draft {
    pub(super) channel: ChannelId,
    pub(super) case: Option<CaseId>,
    pub(super) class: Class,
    pub(super) post: Post,
    pub(super) edits: Option<OutboxId>,
    pub(super) document: Document,
    /// Not before this.
    pub(super) due_at: Option<Moment>,
    /// After this nobody wants it any more.
    pub(super) expires_at: Option<Moment>,
}

impl Draft {
    pub(super) fn new(channel: ChannelId, class: Class, document: Document) -> Self {
        Self {
            channel,
            case: None,
            class,
            post: Post::Notice,
            edits: None,
            document,
            due_at: None,
            expires_at: None,
        }
    }
}

/// Something to say about a case, wherever it is said.
pub(super) struct Saying {
    pub(super) class: Class,
    pub(super) post: Post,
    pub(super) lines: Vec<Line>,
    pub(super) buttons: Vec<Press>,
    pub(super) ping: Vec<AccountId>,
}

impl Saying {
    /// One sentence, without buttons or pings.
    pub(super) fn notice(text: Text) -> Self {
        Self {
            class: Class::Answer,
            post: Post::Notice,
            lines: vec![text.into()],
            buttons: Vec::new(),
            ping: Vec::new(),
        }
    }
}

impl Turn<'_> {
    pub(super) async fn post(&mut self, draft: Draft) -> Result<OutboxId, StoreError> {
        let platform = self.platform.clone();
        self.post_on(&platform, draft).await
    }

    /// The same on another platform than the one that this turn is about.
    pub(super) async fn post_on(
        &mut self,
        platform: &PlatformId,
        draft: Draft,
    ) -> Result<OutboxId, StoreError> {
        let id = self.engine.next_id(self.now);
        let expires_at = draft
            .document
            .private
            .as_ref()
            .and_then(|private| private.handle.as_ref())
            .map(|handle| handle.expires_at)
            .or(draft.expires_at);
        let retires = matches!(
            draft.post,
            Post::Suggestion
                | Post::Call
                | Post::AnswerCheck
                | Post::Dossier
                | Post::ClaimNote
                | Post::Harvest
        );
        // What is said of a case whose thread is being opened leads there: it waits until it can.
        let opens = self.opens.filter(|opens| draft.case == Some(opens.case));
        let document = encode(&draft.document)?;
        self.tx
            .new_outbox_row(NewRow {
                id,
                bot: &self.bot.id,
                platform,
                channel: draft.channel,
                behind: opens.map(|opens| opens.thread),
                case: draft.case,
                class: draft.class,
                post: draft.post,
                edits: draft.edits,
                live: retires && draft.edits.is_none() && !draft.document.buttons.is_empty(),
                document,
                now: self.now,
                due_at: draft.due_at,
                expires_at,
                lane: None,
            })
            .await?;
        Ok(id)
    }

    /// Posts in the case's conversation, as a reply to the question.
    pub(super) async fn post_in_conversation(
        &mut self,
        case: &Case,
        saying: Saying,
    ) -> Result<(), StoreError> {
        let mut document = Document::new(case.language.clone(), saying.lines);
        document.buttons = saying.buttons;
        document.ping = saying.ping;
        document.keeps = Some(Keeps::Bot);
        if let Some(Press::Accept(answer)) = document.buttons.first() {
            document.keeps = Some(Keeps::Answer(*answer));
        }
        let channel = self.talked_in(case, case.channel).await?;
        document.reply = self.reply_to_question(case, channel).await?;
        self.bring_asker(case, channel, &mut document);
        let mut draft = Draft::new(channel, saying.class, document);
        draft.case = Some(case.id);
        draft.post = saying.post;
        self.post(draft).await?;
        Ok(())
    }

    /// What a post in the conversation replies to: the question, or nothing in its thread, which
    /// shows it on top.
    pub(super) async fn reply_to_question(
        &mut self,
        case: &Case,
        channel: ChannelId,
    ) -> Result<Option<ReplyTo>, StoreError> {
        if channel != case.channel {
            return Ok(None);
        }
        Ok(match self.question_post(case).await? {
            Some((_, Some(id))) => Some(ReplyTo::Row { id }),
            Some((question, None)) => Some(ReplyTo::Message { key: question.key }),
            None => None,
        })
    }

    /// Shows a question that came by command, so that there is something to reply to.
    pub(super) async fn post_question(
        &mut self,
        case: &Case,
        settings: &Settings,
        question: &str,
    ) -> Result<OutboxId, StoreError> {
        let asked = Text::SuggestionAsked {
            who: case.asker,
            question: crate::domain::text::Quoted(question.to_owned()),
        };
        let language = self.community_language(settings);
        let mut document = Document::new(language, vec![asked.into()]);
        document.keeps = Some(Keeps::Bot);
        let mut draft = Draft::new(case.channel, Class::Answer, document);
        draft.case = Some(case.id);
        self.post(draft).await
    }

    /// Says something that only one person sees: as the answer to what they just did, or else
    /// where the platform can.
    pub(super) async fn say_privately(
        &mut self,
        case: Option<&Case>,
        to: AccountId,
        channel: ChannelId,
        settings: &Settings,
        lines: Vec<Line>,
        buttons: Vec<Press>,
    ) -> Result<(), StoreError> {
        let language = self.language_of_account(to, settings).await?;
        let mut document = Document::new(language, lines);
        let reply = self.reply.clone().filter(|reply| reply.to == to);
        let channel = reply.as_ref().map_or(channel, |reply| reply.channel);
        document.private = Some(Private { to, handle: reply.map(|reply| reply.handle) });
        let has_give_back = buttons.contains(&Press::GiveBack);
        document.buttons = buttons;
        let mut draft = Draft::new(channel, Class::Private, document);
        draft.case = case.map(|case| case.id);
        if has_give_back {
            draft.post = Post::ClaimNote;
        }
        self.post(draft).await?;
        Ok(())
    }

    async fn language_of_account(
        &mut self,
        account: AccountId,
        settings: &Settings,
    ) -> Result<Language, StoreError> {
        Ok(match self.tx.account(account).await? {
            Some(account) => self.language_of(&account, settings),
            None => self.community_language(settings),
        })
    }

    /// Posts where ambassadors are called; in the conversation when there is no such place.
    pub(super) async fn post_to_helpers(
        &mut self,
        case: &Case,
        settings: &Settings,
        saying: Saying,
    ) -> Result<(), StoreError> {
        let mut document = Document::new(self.community_language(settings), saying.lines);
        document.buttons = saying.buttons;
        document.ping = saying.ping;
        document.keeps = Some(Keeps::Call);
        let place = match settings.helpers {
            Some(helpers) => helpers,
            None => self.home_of(case).await?,
        };
        let mut draft = Draft::new(place, saying.class, document);
        // A call that comes when the next one is due only wakes people up.
        draft.expires_at = case.deadline().filter(|_| saying.class == Class::Ping);
        draft.case = Some(case.id);
        draft.post = saying.post;
        self.post(draft).await?;
        Ok(())
    }

    /// Posts on the desk, beneath the case's dossier or where staff went on talking about it;
    /// nothing when there is no desk.
    pub(super) async fn post_to_desk(
        &mut self,
        case: &Case,
        settings: &Settings,
        lines: Vec<Line>,
    ) -> Result<(), StoreError> {
        let Some(desk) = settings.desk else { return Ok(()) };
        let channel = self.talked_in(case, desk).await?;
        self.post_to_desk_in(channel, case, settings, lines).await
    }

    pub(super) async fn post_to_desk_in(
        &mut self,
        channel: ChannelId,
        case: &Case,
        settings: &Settings,
        lines: Vec<Line>,
    ) -> Result<(), StoreError> {
        let mut document = Document::new(self.community_language(settings), lines);
        document.keeps = Some(Keeps::Dossier);
        let dossier = self.tx.last_post(case.id, channel, Post::Dossier).await?;
        document.reply = dossier.map(|id| ReplyTo::Row { id });
        let mut draft = Draft::new(channel, Class::HandOff, document);
        draft.case = Some(case.id);
        self.post(draft).await?;
        Ok(())
    }

    /// The asker deleted the question: it goes from every post that quotes it, and from what is
    /// kept of them. What somebody was shown in private is theirs to close; no copy of it is kept.
    pub(super) async fn forget_question(&mut self, case: &Case) -> Result<(), StoreError> {
        let mut shown: BTreeMap<OutboxId, (ChannelId, Document)> = BTreeMap::new();
        self.forget_title(case).await?;
        for row in self.tx.posts_of(case.id).await? {
            let mut document = from_json(row.id, &row.document)?;
            if document.thread.is_some() {
                continue;
            }
            if document.hides.is_some() {
                // A moderator took the post back: it stays away.
                shown.remove(&row.edits.unwrap_or(row.id));
                continue;
            }
            let lines = document.lines.len();
            document.lines.retain(|line| !matches!(line, Line::Quote { .. }));
            if document.lines.len() == lines {
                continue;
            }
            self.tx.rewrite_row(row.id, &encode(&document)?).await?;
            if document.private.is_some() {
                continue;
            }
            // The last edit of a post says what it looks like.
            shown.insert(row.edits.unwrap_or(row.id), (row.channel, document));
        }
        for (original, (channel, mut document)) in shown {
            document.buttons.clear();
            document.ping.clear();
            let mut draft = Draft::new(channel, Class::Notice, document);
            draft.case = Some(case.id);
            draft.edits = Some(original);
            self.post(draft).await?;
        }
        Ok(())
    }

    /// Takes the buttons off the live posts of a kind, and adds a closing line to them.
    pub(super) async fn retire_posts(
        &mut self,
        case: &Case,
        post: Post,
        line: Option<&Text>,
    ) -> Result<(), StoreError> {
        let posts = self.tx.live_posts(case.id).await?;
        for old in posts.into_iter().filter(|old| old.post == post) {
            self.tx.set_live(old.id, false).await?;
            let mut document = from_json(old.id, &old.document)?;
            document.buttons.clear();
            document.ping.clear();
            document.lines.extend(line.cloned().map(Line::from));
            let mut draft = Draft::new(old.channel, Class::Notice, document);
            draft.case = Some(case.id);
            draft.edits = Some(old.id);
            self.post(draft).await?;
        }
        Ok(())
    }
}

pub(super) fn from_json(id: OutboxId, document: &str) -> Result<Document, StoreError> {
    serde_json::from_str(document).map_err(|error| StoreError::Corrupt {
        table: "outbox",
        id: id.to_string(),
        column: "document",
        problem: error.to_string(),
    })
}
