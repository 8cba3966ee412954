//! Commands: read, checked against who asks and where, carried out, answered in private.

use std::collections::BTreeMap;

use super::super::document::Line;
use super::super::engine::Handled;
use super::asking::OPEN_CASES_OF_A_CUSTOMER;
use super::effects::words;
use super::{Here, Reply, Spoken, Turn};
use crate::domain::case::{Actor, Case, Event, Rejection, Stage, Why};
use crate::domain::command::{self, Command};
use crate::domain::ids::{Language, PlatformKey};
use crate::domain::text::{Key, Quoted, Text};
use crate::domain::{question, recognition};
use crate::platform::{Author, Commanded, Inbound, Named, NamedBadge, Pointed, ReplyHandle};
use crate::store::{Account, CaseRow, Part, Said, Settings, StoreError};

/// Ledger lines that `/points` shows: a screenful, the latest first.
const LINES_SHOWN: i64 = 5;

/// Everything a command is carried out with.
pub(super) struct Asked<'a> {
    pub(super) inbound: &'a Inbound,
    pub(super) here: Here,
    pub(super) account: Account,
    pub(super) actor: Actor,
    /// Channels that may be named besides those we know; `None` when the platform vouches for any.
    pub(super) channels: Option<Vec<PlatformKey>>,
    pub(super) people: &'a [Named],
    pub(super) badges: &'a [NamedBadge],
    /// How the platform calls the channels that the command names.
    pub(super) names: BTreeMap<String, String>,
    /// The message that the command was called on.
    about: Option<&'a Pointed>,
}

impl Turn<'_> {
    pub(super) async fn commanded(
        &mut self,
        inbound: &Inbound,
        command: &Commanded,
        handle: &ReplyHandle,
        (people, badges, about): (&[Named], &[NamedBadge], Option<&Pointed>),
    ) -> Result<Handled, StoreError> {
        let here = self.place(&inbound.place).await?;
        let account = self.account(inbound).await?;
        self.reply = Some(Reply { to: account.id, channel: here.channel, handle: handle.clone() });
        let actor = self.actor(inbound, &account, &here).await?;
        let escalation = self.escalation_words(&here.settings);
        let read = match command {
            Commanded::Menu(typed) => command::read(typed, &escalation),
            Commanded::Line { text, .. } => command::parse_line(text, &escalation)
                .and_then(|typed| command::read(&typed, &escalation)),
        };
        let names = match command {
            Commanded::Menu(typed) => typed.names.clone(),
            Commanded::Line { .. } => BTreeMap::new(),
        };
        let channels = match command {
            Commanded::Menu(_) => None,
            Commanded::Line { channels, .. } => Some(channels.clone()),
        };
        let asked = Asked { inbound, here, account, actor, channels, people, badges, names, about };
        match read {
            Ok(command) if inbound.by.anonymous && !command.is_for_anybody() => {
                self.answer(&asked, vec![Text::WhoIsThis]).await?;
            }
            Err(_) if about.is_some() => self.answer(&asked, vec![Text::PointedWordless]).await?,
            Ok(command) => self.carry_out_command(&asked, command).await?,
            Err(Rejection(text)) => self.answer(&asked, vec![text]).await?,
        }
        Ok(Handled::Recorded)
    }

    async fn carry_out_command(
        &mut self,
        asked: &Asked<'_>,
        command: Command,
    ) -> Result<(), StoreError> {
        match command {
            Command::Ask { question } => self.ask_by_command(asked, &question).await,
            Command::Escalate { reason } => self.escalate(asked, reason).await,
            Command::Join { topics, languages } => self.join(asked, topics, languages).await,
            Command::Leave => self.leave(asked).await,
            Command::Pause { span } => self.pause(asked, span).await,
            Command::Hours { hours, zone, calls } => {
                self.hours(asked, hours.as_deref(), zone.as_deref(), calls).await
            }
            Command::Topics { topics, muted } => self.topics(asked, topics, muted).await,
            Command::Card { who } => self.card(asked, who).await,
            Command::Points => self.points(asked).await,
            Command::Why => self.why(asked).await,
            Command::Leaders { season, topic } => self.leaders(asked, season, topic).await,
            Command::Feedback { words, about } => self.feedback(asked, &words, about).await,
            Command::Link { code } => self.link(asked, code).await,
            Command::Unlink => self.unlink(asked).await,
            Command::Help => self.help(asked).await,
            Command::Privacy => self.privacy(asked).await,
            Command::Start => self.start(asked).await,
            Command::Watch { channel, watch } => self.watch(asked, channel, watch).await,
            Command::Staff { channel, off } => self.set_desk(asked, channel, off).await,
            Command::Ambassadors { channel, off, caps } => {
                self.set_helpers(asked, channel, off, caps).await
            }
            Command::Escalation { name } => self.set_escalation(asked, name).await,
            Command::Ladder(change) => self.set_ladder(asked, &change).await,
            Command::Recognition(change) => self.set_recognition(asked, &change).await,
            Command::Language { language } => self.set_language(asked, language).await,
            Command::Knowledge { number, deed } => self.knowledge(asked, number, deed).await,
            Command::Case { case, deed, reason } => {
                self.case_command(asked, case, deed, reason).await
            }
            Command::Block { who, off, reason } => self.block(asked, who, off, reason).await,
            Command::Status => self.status(asked).await,
            Command::Report { days } => self.report(asked, days).await,
        }
    }

    /// Answers a command where only the person sees it.
    pub(super) async fn answer(
        &mut self,
        asked: &Asked<'_>,
        texts: Vec<Text>,
    ) -> Result<(), StoreError> {
        let lines: Vec<Line> = texts.into_iter().map(Line::from).collect();
        let (to, here) = (asked.account.id, &asked.here);
        self.say_privately(None, to, here.channel, &here.settings, lines, vec![]).await
    }

    /// Somebody whom the command names, among those whom the platform vouches for; `None`, after
    /// saying so, for anybody else.
    pub(super) async fn person_meant(
        &mut self,
        asked: &Asked<'_>,
        word: &str,
    ) -> Result<Option<(Author, Account)>, StoreError> {
        let wanted = word.to_lowercase();
        let named = asked.people.iter().find(|named| named.word.to_lowercase() == wanted);
        let Some(author) = named.map(|named| named.who.clone()).filter(|who| !who.is_bot) else {
            let person = Quoted(word.chars().take(40).collect());
            self.answer(asked, vec![Text::UnknownPerson { person }]).await?;
            return Ok(None);
        };
        let account = self.account_of(&author).await?;
        Ok(Some((author, account)))
    }

    async fn ask_by_command(
        &mut self,
        asked: &Asked<'_>,
        question: &str,
    ) -> Result<(), StoreError> {
        if asked.here.watch().is_none() {
            let text = self.where_to_ask(&asked.here.settings).await?;
            return self.answer(asked, vec![text]).await;
        }
        let text = super::message::clip(question);
        let language = question::detect_language(&text);
        if let Some(pointed) = asked.about {
            return self.ask_for(asked, pointed, &text, language).await;
        }
        let (here, account) = (asked.here.clone(), asked.account.clone());
        self.ask(asked.inbound, &here, account, &text, None, language).await?;
        Ok(())
    }

    /// Somebody points at a message: it is asked as its author's own question, and stays where it
    /// is; whoever pointed is told what came of it.
    async fn ask_for(
        &mut self,
        asked: &Asked<'_>,
        pointed: &Pointed,
        text: &str,
        language: Option<Language>,
    ) -> Result<(), StoreError> {
        let here = asked.here.clone();
        if self.tx.message(here.channel, &pointed.message).await?.is_some() {
            return self.answer(asked, vec![Text::PointedKnown]).await;
        }
        if pointed.by.is_bot || question::is_empty_of_words(text) {
            return self.answer(asked, vec![Text::PointedWordless]).await;
        }
        if asked.account.blocked {
            return self.answer(asked, vec![Text::AskerBlocked]).await;
        }
        let (bot, platform) = (self.bot.id.clone(), self.platform.clone());
        // A message says less of its author than they do themselves: a known name stays.
        let author = match self.tx.account_by_key(&bot, &platform, &pointed.by.key).await? {
            Some(known) => known,
            None => self.account_of(&pointed.by).await?,
        };
        let is_own = author.id == asked.account.id;
        let open = self.tx.open_cases_of(author.id).await?.len();
        if !is_own && (author.blocked || open >= OPEN_CASES_OF_A_CUSTOMER) {
            return self.answer(asked, vec![Text::PointedNotNow]).await;
        }
        let (inbound, message) = (asked.inbound, Some(&pointed.message));
        self.ask(inbound, &here, author, text, message, language).await?;
        if is_own {
            return Ok(());
        }
        self.answer(asked, vec![Text::PointedTaken]).await
    }

    /// Where questions are welcome, as a sentence.
    async fn where_to_ask(&mut self, settings: &Settings) -> Result<Text, StoreError> {
        let places = self.places(settings).await?;
        Ok(if places.is_empty() { Text::NotWatchedAnywhere } else { Text::NotWatched { places } })
    }

    /// The watched channels by name.
    pub(super) async fn places(&mut self, settings: &Settings) -> Result<String, StoreError> {
        let mut names = Vec::new();
        for channel in settings.watched.keys() {
            names.push(format!("#{}", self.tx.channel(*channel).await?.name));
        }
        Ok(words(&names))
    }

    /// The escalation command: for the case that the person plainly means, or for a new one.
    async fn escalate(
        &mut self,
        asked: &Asked<'_>,
        reason: Option<String>,
    ) -> Result<(), StoreError> {
        if let Some(row) = self.case_meant(asked).await? {
            let (case, settings) = (row.case.clone(), asked.here.settings.clone());
            let was_there = matches!(case.stage, Stage::HandedOff(_));
            if let Some(reason) = reason {
                let text = super::message::clip(&reason);
                self.keep_reason(asked, &case, &text).await?;
                self.spoken = Some(Spoken { by: asked.account.id, text });
            }
            let event = Event::Escalated { by: asked.actor };
            self.happened(row, &settings, event).await?;
            if was_there {
                // The dossier is written; the reason follows it.
                self.convey_to_desk(&case, &settings).await?;
            }
            return Ok(());
        }
        let is_watched = asked.here.watch().is_some();
        match reason {
            Some(reason) if is_watched => {
                let text = super::message::clip(&reason);
                let (here, account) = (asked.here.clone(), asked.account.clone());
                let language = question::detect_language(&text);
                let why = Some(Why::Asked { by: account.id });
                self.open(asked.inbound, &here, account, &text, None, language, why).await?;
                Ok(())
            }
            Some(_) => {
                let text = self.where_to_ask(&asked.here.settings).await?;
                self.answer(asked, vec![text]).await
            }
            None => {
                let words = self.escalation_words(&asked.here.settings);
                let command = format!("/{}", words.first().cloned().unwrap_or_default());
                let text = match asked.about {
                    Some(_) => Text::PointedNoCase { command },
                    None => Text::NothingToEscalate { command },
                };
                self.answer(asked, vec![text]).await
            }
        }
    }

    /// Keeps what came with the command, as if it had been said in the conversation: whenever the
    /// dossier is written, it is in it.
    async fn keep_reason(
        &mut self,
        asked: &Asked<'_>,
        case: &Case,
        text: &str,
    ) -> Result<(), StoreError> {
        let key = PlatformKey::new(format!("reason:{}", asked.inbound.key));
        let talked = self.talked_in(case, case.channel).await?;
        // In a thread that is still to be opened nobody has spoken.
        let is_there = !self.tx.channel(talked).await?.is_to_be_opened();
        let channel = if is_there { talked } else { case.channel };
        self.engine.bells.talked_in(channel);
        self.tx
            .new_message(&Said {
                case: case.id,
                channel,
                key,
                author: Some(asked.account.id),
                part: Part::FollowUp,
                body: text.to_owned(),
                answer: None,
                at: self.now,
            })
            .await
    }

    /// In the thread of a case its asker means that one, and so does whoever is there to help. Else
    /// a customer means their own newest open case, an ambassador the one they are working on; all
    /// without having to name it.
    async fn case_meant(&mut self, asked: &Asked<'_>) -> Result<Option<CaseRow>, StoreError> {
        let helps = asked.actor.ambassador || asked.actor.moderator || asked.actor.staff;
        if let Some(pointed) = asked.about {
            // Whoever may escalate may say which: the case itself asks for the right.
            let said = self.tx.message(asked.here.channel, &pointed.message).await?;
            let Some(said) = said else { return Ok(None) };
            return self.case_in(said.case).await;
        }
        if let Some((_, row)) = self.case_of_thread(&asked.inbound.place, &asked.here).await?
            && row.case.stage.is_open()
            && (helps || row.case.is_asked_by(asked.actor))
        {
            self.acts_in_thread(&row.case, &asked.here);
            return Ok(Some(row));
        }
        let own = self.tx.open_cases_of(asked.account.id).await?;
        let community = asked.here.community;
        let own = own.into_iter().filter(|row| row.case.community == community);
        let here = |case: &Case| case.channel == asked.here.channel;
        let mut own: Vec<CaseRow> = own.collect();
        own.sort_by_key(|row| (!here(&row.case), std::cmp::Reverse(row.case.opened_at)));
        if let Some(row) = own.into_iter().next() {
            return Ok(Some(row));
        }
        let Some(case) = self.tx.only_claim_of(asked.account.id).await? else { return Ok(None) };
        let row = self.case_in(case).await?;
        Ok(row.filter(|row| row.case.community == community))
    }

    async fn points(&mut self, asked: &Asked<'_>) -> Result<(), StoreError> {
        let day_start = self.day_start(&asked.account).await?;
        let standing = self.tx.standing(asked.account.person, day_start).await?;
        let latest = self.tx.latest_entries(asked.account.person, LINES_SHOWN).await?;
        if latest.is_empty() {
            return self.answer(asked, vec![Text::PointsNone]).await;
        }
        let rules = &self.rules_of(&asked.here.settings).recognition;
        let (reached, next) = recognition::rank(&rules.ranks, standing.balance);
        let rank = Key(format!("rank-{}", reached.map_or("newcomer", |rank| rank.key.as_str())));
        let mut texts = vec![Text::PointsAre {
            balance: standing.balance,
            rank,
            today: standing.today,
            cap: rules.daily_cap,
        }];
        if let Some(next) = next {
            let rank = Key(format!("rank-{}", next.key));
            texts.push(Text::PointsNext { missing: next.at - standing.balance, rank });
        }
        texts.extend(latest.into_iter().map(|line| Text::PointsLine {
            points: line.points,
            act: Key(format!("act-{}", line.act.word())),
            ago: self.now.since(line.at).into(),
        }));
        self.answer(asked, texts).await
    }
}
