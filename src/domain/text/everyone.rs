//! What is said to anyone: refusals, help, privacy, links, feedback and buttons.

macro_rules! to_everyone {
    ($gathered:tt) => {
        gather! { $gathered
            // Refusals.
            NotYourQuestion = "not-your-question";
            CaseOver = "case-over";
            CaseUnknown = "case-unknown";
            EscalationNotAllowed = "escalation-not-allowed";
            AlreadyWithStaff { wait: SpanMs } = "already-with-staff";
            NothingToEscalate { command: String } = "nothing-to-escalate";
            TooManyOpen { count: i64 } = "too-many-open";
            NotWatched { places: String } = "not-watched";
            NotWatchedAnywhere = "not-watched-anywhere";
            ModeratorsOnly = "moderators-only";
            UnknownCommand { command: String } = "unknown-command";
            MissingOption { command: String, option: String } = "missing-option";
            UnknownOption { command: String, option: String, known: String } = "unknown-option";
            BadOption { option: String, value: Quoted, expected: Key } = "bad-option";
            UnknownTopic { topic: Quoted, known: String } = "unknown-topic";
            UnknownLanguage { language: Quoted, known: String } = "unknown-language";
            DeskApart { place: ChannelId } = "desk-apart";
            UnknownChannel { place: Quoted } = "unknown-channel";
            UnknownZone { zone: Quoted } = "unknown-zone";
            BadCommandWord { word: Quoted, problem: Key } = "bad-command-word";

            // Answers to commands.
            HelpCustomer { places: String } = "help-customer";
            HelpTiers { command: String } = "help-tiers";
            HelpAmbassador = "help-ambassador";
            HelpBecome = "help-become";
            HelpModerator = "help-moderator";
            Hello { bot: String } = "hello";
            PrivacyKept { bot: String } = "privacy-kept";
            PrivacySpan { span: SpanMs } = "privacy-span";
            PrivacyUse = "privacy-use";
            PrivacyForget { command: String } = "privacy-forget";
            WhoIsThis = "who-is-this";
            HelpWaitCrowd { wait: SpanMs } = "help-wait-crowd";
            HelpWaitStaff { wait: SpanMs } = "help-wait-staff";
            HelpWaitUnknown = "help-wait-unknown";
            HelpFreeNow { count: i64 } = "help-free-now";

            // Message menus.
            /// To whoever pointed at somebody's question.
            PointedTaken = "pointed-taken";
            PointedKnown = "pointed-known";
            PointedWordless = "pointed-wordless";
            PointedNotNow = "pointed-not-now";
            PointedNoCase { command: String } = "pointed-no-case";

            // One person, several accounts.
            LinkCode { command: String, span: SpanMs } = "link-code";
            LinkDone = "link-done";
            LinkedFromElsewhere = "linked-from-elsewhere";
            LinkUnknown = "link-unknown";
            LinkSame = "link-same";
            LinkAlready = "link-already";
            LinkTooMany = "link-too-many";
            LinkBlocked = "link-blocked";
            Unlinked { points: i64 } = "unlinked";
            UnlinkNothing = "unlink-nothing";

            // Ratings and feedback.
            ButtonRateUp = "button-rate-up";
            ButtonRateDown = "button-rate-down";
            RatedUp = "rated-up";
            RatedDown = "rated-down";
            RateNotYours = "rate-not-yours";
            RateLater = "rate-later";
            FeedbackOnAnswer = "feedback-on-answer";
            FeedbackOnProduct = "feedback-on-product";
            FeedbackPraise = "feedback-praise";
            FeedbackNoAnswer = "feedback-no-answer";
            FeedbackEnough { count: i64 } = "feedback-enough";

            // Buttons.
            ButtonSolved = "button-solved";
            ButtonAskPerson = "button-ask-person";
            ButtonMeToo = "button-me-too";
            ButtonTake = "button-take";
            ButtonPass = "button-pass";
            ButtonGiveBack = "button-give-back";
            ButtonNotSolved = "button-not-solved";
            ButtonStaffTake = "button-staff-take";
            ButtonStaffReturn = "button-staff-return";
            ButtonStaffSolved = "button-staff-solved";
            MayRepeat { id: String } = "may-repeat";
        }
    };
}
