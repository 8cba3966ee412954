//! What is said to whoever asks: what was found, who was called, how it ended.

macro_rules! to_customers {
    ($gathered:tt) => {
        gather! { $gathered
            /// Above the suggested articles.
            SuggestionIntro { who: AccountId, count: i64 } = "suggestion-intro";
            /// Below them: where they come from and what happens next.
            SuggestionFooter { patience: SpanMs } = "suggestion-footer";
            SuggestionAsked { who: AccountId, question: Quoted } = "suggestion-asked";
            HelpersCalled { who: AccountId, count: i64, command: String } = "helpers-called";
            MoreHelpersCalled { count: i64, command: String } = "more-helpers-called";
            HelperTookIt { helper: AccountId, who: AccountId } = "helper-took-it";
            HelperGaveBack { who: AccountId } = "helper-gave-back";
            AnswerCheck { who: AccountId, helper: AccountId } = "answer-check";
            AnswerConveyed { helper: AccountId, who: AccountId, answer: Quoted } = "answer-conveyed";
            StaffAnswered { staff: AccountId, who: AccountId, answer: Quoted } = "staff-answered";
            HandedOff { who: AccountId, wait: SpanMs } = "handed-off";
            HandedOffNobodyFree { who: AccountId, wait: SpanMs } = "handed-off-nobody-free";
            HandedOffUrgent { who: AccountId, wait: SpanMs } = "handed-off-urgent";
            HandedOffNoDesk { who: AccountId } = "handed-off-no-desk";
            StaffTookIt { staff: AccountId, who: AccountId } = "staff-took-it";
            StaffStillWorking { who: AccountId } = "staff-still-working";
            SolvedBySelf { who: AccountId } = "solved-by-self";
            SolvedByHelper { who: AccountId, helper: AccountId, points: i64, balance: i64 } = "solved-by-helper";
            SolvedByHelperCapped { who: AccountId, helper: AccountId } = "solved-by-helper-capped";
            SolvedByStaff { who: AccountId } = "solved-by-staff";
            SolvedBySilence { who: AccountId, helper: AccountId, window: SpanMs } = "solved-by-silence";
            SolvedForYouToo { count: i64 } = "solved-for-you-too";
            RankReached { helper: AccountId, rank: Key } = "rank-reached";
            ThanksPassedOn { helper: AccountId, points: i64, balance: i64 } = "thanks-passed-on";
            ReopenedCalling { who: AccountId } = "reopened-calling";
            NotSolvedYet { who: AccountId } = "not-solved-yet";
            ExpiredUnsolved { who: AccountId } = "expired-unsolved";
            MeTooNoted = "me-too-noted";
            MeTooFull = "me-too-full";
            AlreadyThatFar = "already-that-far";

            // Questions that came while the bot was away, or without a word.
            AskedWhileAway { who: AccountId } = "asked-while-away";
            SuggestionFooterLate = "suggestion-footer-late";
            SayInWords { who: AccountId } = "say-in-words";
        }
    };
}
