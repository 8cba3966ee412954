//! What is said to ambassadors: calls, claims, their hours, their points and why.

macro_rules! to_ambassadors {
    ($gathered:tt) => {
        gather! { $gathered
            CallIntro { who: AccountId, place: ChannelId } = "call-intro";
            CallFreeAgain { who: AccountId, place: ChannelId } = "call-free-again";
            CallTopics { topics: String } = "call-topics";
            CallHowTo { lease: SpanMs } = "call-how-to";
            CallTakenBy { helper: AccountId } = "call-taken-by";
            CallOver = "call-over";
            ClaimYours { who: AccountId, place: ChannelId, lease: SpanMs } = "claim-yours";
            ClaimLost { helper: AccountId } = "claim-lost";
            ClaimAlreadyYours { left: SpanMs } = "claim-already-yours";
            ClaimOwnQuestion = "claim-own-question";
            ClaimNotAmbassador = "claim-not-ambassador";
            ClaimTooMany { count: i64 } = "claim-too-many";
            ClaimWithStaff = "claim-with-staff";
            ClaimLapsed { helper: AccountId } = "claim-lapsed";
            PassNoted = "pass-noted";
            GiveBackNotYours = "give-back-not-yours";
            GiveBackNoted = "give-back-noted";

            // Answers to their commands.
            AmbassadorJoined { topics: String, languages: String, calls: i64 } = "ambassador-joined";
            AmbassadorLeft = "ambassador-left";
            AmbassadorNotOne = "ambassador-not-one";
            AmbassadorPaused = "ambassador-paused";
            AmbassadorPausedFor { span: SpanMs } = "ambassador-paused-for";
            AmbassadorHours { hours: String, zone: String } = "ambassador-hours";
            AmbassadorHoursOff = "ambassador-hours-off";
            PointsNone = "points-none";
            PointsAre { balance: i64, rank: Key, today: i64, cap: i64 } = "points-are";
            PointsNext { missing: i64, rank: Key } = "points-next";
            PointsLine { points: i64, act: Key, ago: SpanMs } = "points-line";
            WhyNothing = "why-nothing";
            WhyCalled { who: AccountId, place: ChannelId, ago: SpanMs } = "why-called";
            WhyTopic { topics: String } = "why-topic";
            WhyAnyTopic = "why-any-topic";
            WhyLanguage { language: Key } = "why-language";
            WhyRested { rested: SpanMs } = "why-rested";
            WhyNeverCalled = "why-never-called";
            WhyHelpedBefore { count: i64 } = "why-helped-before";
            WhyBusy { count: i64 } = "why-busy";
            WhyWave { wave: i64, count: i64 } = "why-wave";
            WhyHowToStop = "why-how-to-stop";
            WhyNotCalled { ago: SpanMs } = "why-not-called";
            WhyNotPaused = "why-not-paused";
            WhyNotQuiet { hours: String } = "why-not-quiet";
            WhyNotDailyCap { count: i64 } = "why-not-daily-cap";
            WhyNotOpenCases { count: i64 } = "why-not-open-cases";
            WhyNotMuted { topics: String } = "why-not-muted";
            WhyNotOtherTopics { topics: String } = "why-not-other-topics";
            WhyNotLanguage { language: Key } = "why-not-language";
            WhyNotBlocked = "why-not-blocked";
            WhyNotAsker = "why-not-asker";
            WhyNotCalledBefore = "why-not-called-before";
            WhyNotOutranked = "why-not-outranked";
            AmbassadorsSet { place: ChannelId } = "ambassadors-set";

            // Their card.
            AmbassadorCalls { calls: i64 } = "ambassador-calls";
            AmbassadorTopics { topics: String, muted: String } = "ambassador-topics";
            CardIs { helper: AccountId, rank: Key, balance: i64 } = "card-is";
            CardSolved { count: i64, topics: String } = "card-solved";
            CardTopics { topics: String, languages: String } = "card-topics";
            CardMuted { topics: String } = "card-muted";
            CardCalls { calls: i64, cap: i64 } = "card-calls";
            CardQuiet { hours: String, zone: String } = "card-quiet";
            CardNow { state: Key } = "card-now";
            CardNoAmbassador { helper: AccountId } = "card-no-ambassador";

            // Policies from outside.
            WhyNotUnsuited = "why-not-unsuited";

            // The table of those who helped.
            LeadersWeek { topic: String } = "leaders-week";
            LeadersMonth { topic: String } = "leaders-month";
            LeadersAll { topic: String } = "leaders-all";
            LeadersLine { place: i64, who: AccountId, points: i64 } = "leaders-line";
            LeadersNobody = "leaders-nobody";
            LeadersYou { place: i64, points: i64 } = "leaders-you";
            LeadersYouNone = "leaders-you-none";
            LeadersNext { missing: i64 } = "leaders-next";
        }
    };
}
