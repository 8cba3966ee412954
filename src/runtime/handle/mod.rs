//! Handling one input: prefetch what the decision needs, read it as an event, let the case decide,
//! write what follows. Nothing here waits for a platform.

mod actor;
mod ambassadors;
mod articles;
mod asking;
mod award;
mod badges;
mod blocks;
mod burst;
mod card;
mod cases;
mod coaching;
mod commands;
mod departure;
mod desk;
mod earlier;
mod effects;
mod feedback;
mod harvest;
mod help;
mod knowledge;
mod leaders;
mod links;
mod message;
mod moderation;
mod opening;
mod policies;
mod post;
mod press;
mod report;
mod retract;
mod rooms;
mod settle;
mod status;
mod threads;
mod why;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::engine::{Afterwards, BotParts, Engine, Handled, Input};
use crate::domain::case::{Case, Context, Event, Rejection, Step};
use crate::domain::ids::{
    AccountId, CaseId, ChannelId, CommunityId, Language, PersonId, PlatformId, PlatformKey,
};
use crate::domain::rules::Rules;
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::platform::{Author, Inbound, Place, ReplyHandle, What};
use crate::store::{
    Account, CaseRow, ChannelRow, CommunityRow, KnownPlace, Said, Settings, StoreError, Tx,
    WatchSetting, encode,
};

use harvest::Change;

/// One input being handled.
struct Turn<'a> {
    engine: &'a Engine,
    tx: &'a mut Tx,
    bot: Arc<BotParts>,
    platform: PlatformId,
    now: Moment,
    /// Where a private answer to whoever did this goes.
    reply: Option<Reply>,
    /// What was said, when the step is about a message.
    spoken: Option<Spoken>,
    /// The question that this very turn has kept.
    asked: Option<Said>,
    /// The thread of a case in which somebody pressed or typed.
    acted_in: Option<ActedIn>,
    /// Everybody whose points have moved.
    earners: BTreeSet<PersonId>,
    /// The thread that this very turn has meant to open.
    opens: Option<Opens>,
    /// What is to be looked at anew once all this is committed.
    after: &'a mut Afterwards,
}

/// A thread that is to be opened on the question of a case that was opened in the same turn.
#[derive(Debug, Clone, Copy)]
struct Opens {
    case: CaseId,
    thread: ChannelId,
    /// Something is said in it that brings the asker there.
    greets: bool,
}

/// A thread, the channel it hangs in, and the case that was acted on there.
#[derive(Debug, Clone, Copy)]
struct ActedIn {
    case: CaseId,
    home: ChannelId,
    thread: ChannelId,
}

/// The way back to the person who pressed or typed.
#[derive(Debug, Clone)]
struct Reply {
    to: AccountId,
    channel: ChannelId,
    handle: ReplyHandle,
}

/// A message that the step is about: conveyed to the desk, or to the customer.
#[derive(Debug, Clone)]
struct Spoken {
    by: AccountId,
    text: String,
}

/// A community as the turn needs it.
#[derive(Debug, Clone)]
struct Here {
    community: CommunityId,
    settings: Settings,
    channel: ChannelId,
    channel_name: String,
    /// The channel that this one hangs in, where it is a thread.
    parent: Option<ChannelId>,
}

impl Here {
    /// The channel whose settings count: a thread follows the one it hangs in.
    fn home(&self) -> ChannelId {
        self.parent.unwrap_or(self.channel)
    }

    /// How this place is listened to; `None` where it is not watched. A thread that moderators
    /// named by itself goes before its channel.
    fn watch(&self) -> Option<WatchSetting> {
        let watched = &self.settings.watched;
        watched.get(&self.channel).or_else(|| watched.get(&self.home())).copied()
    }

    fn is_on_the_desk(&self) -> bool {
        self.settings.desk.is_some_and(|desk| desk == self.channel || desk == self.home())
    }
}

pub(super) async fn input(
    engine: &Engine,
    tx: &mut Tx,
    input: &Input,
    after: &mut Afterwards,
) -> Result<Handled, StoreError> {
    match input {
        Input::Heard { bot, platform, inbound } => {
            let Some(bot) = engine.bots.get(bot) else {
                return Ok(Handled::Nothing("no such bot"));
            };
            let mut turn = Turn::new(engine, tx, bot, platform, after);
            let handled = turn.heard(inbound).await?;
            turn.fit_earners().await?;
            Ok(handled)
        }
        Input::Due { case } => {
            let Some(row) = tx.case_if_free(*case).await? else {
                return Ok(Handled::Nothing("stale"));
            };
            let now = engine.clock.now();
            let Some(due) = row.case.deadline().filter(|due| *due <= now) else {
                return Ok(Handled::Nothing("stale"));
            };
            engine.meters.late(row.bot.as_str(), now.since(due));
            let Some(bot) = engine.bots.get(&row.bot) else {
                return Ok(Handled::Nothing("stale"));
            };
            let community = tx.community(row.case.community).await?;
            let mut turn = Turn::new(engine, tx, bot, &community.platform, after);
            turn.happened(row, &community.settings, Event::DeadlinePassed).await?;
            turn.fit_earners().await?;
            Ok(Handled::Recorded)
        }
        Input::BadgesDue { community } => {
            let community = tx.community(*community).await?;
            let Some(bot) = engine.bots.get(&community.bot) else {
                return Ok(Handled::Nothing("stale"));
            };
            let mut turn = Turn::new(engine, tx, bot, &community.platform, after);
            turn.go_round(community.id).await
        }
        Input::Delivered { bot, platform, row, result } => {
            let Some(bot) = engine.bots.get(bot) else { return Ok(Handled::Nothing("stale")) };
            let mut turn = Turn::new(engine, tx, bot, platform, after);
            turn.settle(*row, result).await
        }
    }
}

impl<'a> Turn<'a> {
    fn new(
        engine: &'a Engine,
        tx: &'a mut Tx,
        bot: &Arc<BotParts>,
        platform: &PlatformId,
        after: &'a mut Afterwards,
    ) -> Turn<'a> {
        Turn {
            engine,
            tx,
            bot: Arc::clone(bot),
            platform: platform.clone(),
            now: engine.clock.now(),
            reply: None,
            spoken: None,
            asked: None,
            acted_in: None,
            earners: BTreeSet::new(),
            opens: None,
            after,
        }
    }

    async fn heard(&mut self, inbound: &Inbound) -> Result<Handled, StoreError> {
        if inbound.by.is_bot {
            return Ok(Handled::Nothing("from a bot"));
        }
        if self.tx.seen(&self.bot.id, &self.platform, inbound.key.as_str()).await? {
            return Ok(Handled::Repeated);
        }
        if inbound.by.anonymous && !matches!(inbound.what, What::Commanded { .. }) {
            return Ok(Handled::Nothing("from nobody in particular"));
        }
        let handled = match &inbound.what {
            What::Said(message) => self.said(inbound, message).await?,
            What::Edited { message, text } => self.edited(inbound, message, text).await?,
            What::Deleted { message } => self.deleted(inbound, message).await?,
            What::Reacted { message, emoji } => self.reacted(inbound, message, emoji).await?,
            What::Moved { to } => self.room_moved(&inbound.place.community, to).await?,
            What::Pressed { data, reply } => self.pressed(inbound, data, reply).await?,
            What::Commanded { command, reply, people, badges, about } => {
                let named = (people.as_slice(), badges.as_slice(), about.as_ref());
                self.commanded(inbound, command, reply, named).await?
            }
            What::Left => self.left(inbound).await?,
            What::Joined => self.joined(inbound).await?,
        };
        if handled == Handled::Recorded {
            let key = inbound.key.as_str();
            if !self.tx.first_sight(&self.bot.id, &self.platform, key, self.now).await? {
                // Another process was told of it as well, and has just committed it.
                return Err(StoreError::Conflict("an input heard twice"));
            }
        }
        Ok(handled)
    }

    /// The place, if both community and channel are known, or the thread matters.
    async fn known_place(&mut self, place: &Place) -> Result<Option<Here>, StoreError> {
        let Some(known) = self.look_up(place).await? else { return Ok(None) };
        if known.left {
            // Said before the bot was removed, and too late.
            return Ok(None);
        }
        let KnownPlace { community, settings, left: _, channel, parent } = known;
        let Some(channel) = channel else {
            return self.thread_that_matters(place, community, settings, parent).await;
        };
        if channel.hangs_in != parent
            && let Some(parent) = parent
        {
            self.tx.hang_channel(channel.id, parent).await?;
            self.engine.bells.settings();
        }
        Ok(Some(Here {
            community,
            settings,
            channel: channel.id,
            channel_name: channel.name,
            parent: parent.or(channel.hangs_in),
        }))
    }

    /// The place, made known if it was not: somebody acted here.
    async fn place(&mut self, place: &Place) -> Result<Here, StoreError> {
        if let Some(here) = self.known_place(place).await? {
            // A channel that is only named by its key has no name to give.
            if here.channel_name != place.channel_name
                && place.channel_name != place.channel.as_str()
            {
                self.tx.rename_channel(here.channel, &place.channel_name).await?;
            }
            return Ok(here);
        }
        let known = self.look_up(place).await?;
        if let Some(known) = &known
            && known.left
        {
            // Whoever can command it has it there.
            self.tx.come_back(known.community, &place.community_name).await?;
            self.engine.bells.settings();
            return Box::pin(self.place(place)).await;
        }
        let (community, settings, parent) = if let Some(known) = known {
            (known.community, known.settings, known.parent)
        } else {
            let row = CommunityRow {
                id: self.engine.next_id(self.now),
                bot: self.bot.id.clone(),
                platform: self.platform.clone(),
                key: place.community.clone(),
                name: place.community_name.clone(),
                settings: Settings::default(),
            };
            self.tx.new_community(&row, self.now).await?;
            (row.id, row.settings, None)
        };
        let parent = match &place.thread {
            Some(thread) if parent.is_none() => {
                let (key, name) = (&thread.parent, &thread.parent_name);
                Some(self.new_channel(community, (key, name), None, false).await?)
            }
            Some(_) | None => parent,
        };
        let (key, name) = (&place.channel, &place.channel_name);
        let private = place.thread.as_ref().is_some_and(|thread| thread.private);
        let channel = self.new_channel(community, (key, name), parent, private).await?;
        Ok(Here { community, settings, channel, channel_name: name.clone(), parent })
    }

    async fn new_channel(
        &mut self,
        community: CommunityId,
        (key, name): (&PlatformKey, &str),
        parent: Option<ChannelId>,
        private: bool,
    ) -> Result<ChannelId, StoreError> {
        let (id, key, name) = (self.engine.next_id(self.now), key.clone(), name.to_owned());
        self.tx.new_channel(&ChannelRow { id, community, key, name, parent, private }).await?;
        self.engine.bells.settings();
        Ok(id)
    }

    /// The account of whoever did it, made known and kept up to date.
    async fn account(&mut self, inbound: &Inbound) -> Result<Account, StoreError> {
        self.account_of(&inbound.by).await
    }

    /// The same of anybody whom the platform vouches for.
    async fn account_of(&mut self, author: &Author) -> Result<Account, StoreError> {
        let known = self.tx.account_by_key(&self.bot.id, &self.platform, &author.key).await?;
        self.account_from(author, known, None).await
    }

    /// The same from what was looked up already; a new account begins with the language that was
    /// spoken, if that was plain.
    async fn account_from(
        &mut self,
        author: &Author,
        known: Option<Account>,
        spoken: Option<&Language>,
    ) -> Result<Account, StoreError> {
        if let Some(mut account) = known {
            if account.name != author.name {
                account.name.clone_from(&author.name);
                self.tx.change_account(&account).await?;
            }
            return Ok(account);
        }
        let id: AccountId = self.engine.next_id(self.now);
        let account = Account {
            id,
            person: id.get().into(),
            key: author.key.clone(),
            name: author.name.clone(),
            language: spoken.cloned().or_else(|| author.language.clone()),
            blocked: false,
        };
        self.tx.new_account(&self.bot.id, &self.platform, &account, self.now).await?;
        Ok(account)
    }

    /// Names that mean the escalation command here and now.
    fn escalation_words(&self, settings: &Settings) -> Vec<String> {
        settings.escalation_words(&self.bot.rules.escalation, self.now)
    }

    /// The language that everybody of a community reads.
    fn community_language(&self, settings: &Settings) -> Language {
        settings.language.clone().unwrap_or_else(|| self.bot.rules.default_language())
    }

    /// The language for one person.
    fn language_of(&self, account: &Account, settings: &Settings) -> Language {
        account
            .language
            .as_ref()
            .and_then(|spoken| self.bot.rules.language_for(spoken))
            .unwrap_or_else(|| self.community_language(settings))
    }

    /// The bot's rules as this community's moderators changed them.
    fn rules_of(&self, settings: &Settings) -> Arc<Rules> {
        match rules_here(&self.bot.rules, settings) {
            Cow::Borrowed(_) => Arc::clone(&self.bot.rules),
            Cow::Owned(rules) => Arc::new(rules),
        }
    }

    /// Lets the case decide on `event` and writes what follows; a refusal is said in private.
    async fn happened(
        &mut self,
        row: CaseRow,
        settings: &Settings,
        event: Event,
    ) -> Result<(), StoreError> {
        match self.decided(row, settings, event).await? {
            Ok(_) => Ok(()),
            Err(Rejection(text)) => self.refuse(settings, text).await,
        }
    }

    /// The same, leaving the refusal to whoever asked; gives back the case as it is now.
    async fn decided(
        &mut self,
        row: CaseRow,
        settings: &Settings,
        event: Event,
    ) -> Result<Result<Case, Rejection>, StoreError> {
        tracing::Span::current().record("case.id", tracing::field::display(row.case.id));
        let bot = Arc::clone(&self.bot);
        let rules = rules_here(&bot.rules, settings);
        let roster = if may_call(&event) {
            self.tx.roster(&self.bot.id, row.case.community, self.now).await?
        } else {
            Vec::new()
        };
        let context = Context {
            rules: &rules,
            policies: &bot.policies,
            roster: &roster,
            desk: settings.desk,
            now: self.now,
        };
        let before = row.case.clone();
        let step = match row.case.transition(&event, &context) {
            Ok(step) if step.case == before && step.effects.is_empty() => return Ok(Ok(before)),
            Ok(step) => step,
            Err(rejection) => return Ok(Err(rejection)),
        };
        self.check_claim(&before, &step, &rules).await?;
        self.tx.save_case(&step.case, row.version, self.now).await?;
        self.engine.bells.deadline(step.case.deadline());
        let helped = self.learn(&before, &event, &step.case).await?;
        let (after, number) = (step.case.clone(), row.version + 1);
        self.fulfil(Some(&before), step, &encode(&event)?, number, settings, &rules).await?;
        match helped {
            Some(true) => self.award_reuse(&after, &rules).await?,
            Some(false) => self.reverse_reuse(&before).await?,
            None => {}
        }
        let change = Change { before: &before, event: &event, after: &after };
        self.reap(change, settings, &rules).await?;
        Ok(Ok(after))
    }

    /// The cap on open claims spans cases: it is a conditional write in this transaction.
    async fn check_claim(
        &mut self,
        before: &Case,
        step: &Step,
        rules: &Rules,
    ) -> Result<(), StoreError> {
        let (held, holds) = (before.claimant(), step.case.claimant());
        if held == holds {
            if before.working().is_some() && step.case.working().is_none() && holds.is_some() {
                self.tx.claim_answered(before.id).await?;
            }
            return Ok(());
        }
        if held.is_some() {
            self.tx.drop_claim(before.id).await?;
        }
        let Some(claimant) = holds else { return Ok(()) };
        let Some(account) = self.tx.account(claimant).await? else { return Ok(()) };
        let cap = rules.ambassadors.open_cases;
        let held = self.tx.hold_claim(&step.case, claimant, account.person, cap, self.now).await?;
        if held { Ok(()) } else { Err(StoreError::Conflict("open cases of an ambassador")) }
    }

    /// Says no, kindly, where only the person sees it; on a message, where nobody waits for an
    /// answer, it says nothing.
    async fn refuse(&mut self, settings: &Settings, text: Text) -> Result<(), StoreError> {
        let Some(reply) = self.reply.clone() else { return Ok(()) };
        self.say_privately(None, reply.to, reply.channel, settings, vec![text.into()], vec![]).await
    }

    async fn case_in(&mut self, id: CaseId) -> Result<Option<CaseRow>, StoreError> {
        Ok(self.tx.case(id).await?.filter(|row| row.bot == self.bot.id))
    }
}

/// The bot's rules as this community's moderators changed them.
fn rules_here<'r>(base: &'r Rules, settings: &Settings) -> Cow<'r, Rules> {
    let command = settings.escalation.as_ref().and_then(|setting| setting.command.as_ref());
    if command.is_none() && settings.overrides.is_empty() {
        return Cow::Borrowed(base);
    }
    let mut rules = settings.overrides.over(base);
    if let Some(command) = command {
        rules.escalation.command.clone_from(command);
    }
    Cow::Owned(rules)
}

/// Events after which somebody may have to be called: the roster is read for these only.
fn may_call(event: &Event) -> bool {
    match event {
        Event::SuggestionDidNotHelp { .. }
        | Event::DeadlinePassed
        | Event::Passed { .. }
        | Event::Released { .. }
        | Event::Rejected { .. }
        | Event::ReturnedToCalling { .. } => true,
        Event::SuggestionHelped { .. }
        | Event::Claimed { .. }
        | Event::Answered { .. }
        | Event::Accepted { .. }
        | Event::Thanked { .. }
        | Event::Escalated { .. }
        | Event::SolvedByStaff { .. }
        | Event::DeskSet
        | Event::CommunityLeft
        | Event::PlaceLeft
        | Event::Withdrawn { .. }
        | Event::Removed { .. }
        | Event::WordsRetracted { .. }
        | Event::WordsRestored { .. }
        | Event::MeToo { .. }
        | Event::FollowedUp { .. } => false,
    }
}
