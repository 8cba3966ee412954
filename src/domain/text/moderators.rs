//! What is said to moderators and operators: settings, findings, what they take back, the report.

macro_rules! to_moderators {
    ($gathered:tt) => {
        gather! { $gathered
            // Answers to their commands.
            WatchOn { place: ChannelId, mode: Key, sensitivity: Key } = "watch-on";
            WatchOff { place: ChannelId } = "watch-off";
            WatchAnswers { answers: Key } = "watch-answers";
            StaffSet { place: ChannelId } = "staff-set";
            StaffWaiting { count: i64 } = "staff-waiting";
            EscalationIs { command: String, aliases: String } = "escalation-is";
            EscalationSet { command: String, old: String } = "escalation-set";
            EscalationReset { command: String } = "escalation-reset";
            StatusWatching { places: String } = "status-watching";
            StatusWatchingNone = "status-watching-none";
            StatusThreads { places: String } = "status-threads";
            StatusThreadRefused { place: ChannelId, problem: String } = "status-thread-refused";
            StatusDesk { place: ChannelId } = "status-desk";
            StatusDeskNone = "status-desk-none";
            StatusHelpers { place: ChannelId } = "status-helpers";
            StatusRoster { count: i64, free: i64 } = "status-roster";
            StatusArticles { count: i64 } = "status-articles";
            StatusEscalation { command: String } = "status-escalation";
            StatusCases { open: i64, waiting: i64 } = "status-cases";
            StatusGivenUp { count: i64 } = "status-given-up";
            StatusParked { count: i64 } = "status-parked";

            // What is well and what is not.
            FindingTokenTaken { name: String } = "finding-token-taken";
            FindingTokenUnset { variable: String } = "finding-token-unset";
            FindingTokenUnsetMend { variable: String } = "finding-token-unset-mend";
            FindingTokenWrong { variable: String } = "finding-token-wrong";
            FindingTokenWrongMend { variable: String } = "finding-token-wrong-mend";
            FindingUnread { what: String, why: String } = "finding-unread";
            FindingUnreadMend = "finding-unread-mend";
            FindingContentRead = "finding-content-read";
            FindingContentUnread = "finding-content-unread";
            FindingContentUnreadMend = "finding-content-unread-mend";
            FindingSessions { count: i64 } = "finding-sessions";
            FindingSessionsNone = "finding-sessions-none";
            FindingSessionsNoneMend { wait: SpanMs } = "finding-sessions-none-mend";
            FindingServerIn { server: String } = "finding-server-in";
            FindingServerNew { server: String } = "finding-server-new";
            FindingServerNewMend = "finding-server-new-mend";
            FindingServerOut { server: String } = "finding-server-out";
            FindingServerOutMend = "finding-server-out-mend";
            FindingServerNone = "finding-server-none";
            FindingServerNoneMend = "finding-server-none-mend";
            FindingRightsAll { place: ChannelId, uses: Keys } = "finding-rights-all";
            FindingRightsMissing { place: ChannelId, uses: Keys, rights: Keys } = "finding-rights-missing";
            FindingRightsWished { place: ChannelId, uses: Keys, rights: Keys } = "finding-rights-wished";
            FindingRightsMend = "finding-rights-mend";
            FindingPlaceGone { place: String, uses: Keys } = "finding-place-gone";
            FindingQuestionsGoneMend = "finding-questions-gone-mend";
            FindingDeskGoneMend = "finding-desk-gone-mend";
            FindingCallsGoneMend = "finding-calls-gone-mend";
            FindingInvite { link: String } = "finding-invite";

            // What they change, take back and let stand.
            BadChoice { option: String, value: Quoted, known: String } = "bad-choice";
            OutOfLimits { option: String, least: String, most: String } = "out-of-limits";
            StaffBeforeWaves { last: SpanMs, staff: SpanMs } = "staff-before-waves";
            BadRanks { known: String } = "bad-ranks";
            UnknownPerson { person: Quoted } = "unknown-person";
            UnknownCase { case: Quoted } = "unknown-case";
            UndoBy { command: String } = "undo-by";
            AlreadySo = "already-so";
            AndMore { count: i64 } = "and-more";
            RulesHere = "rules-here";
            RulesFromNow = "rules-from-now";
            LadderPatience { patience: SpanMs } = "ladder-patience";
            LadderWaves { waves: String } = "ladder-waves";
            LadderClaim { claim: SpanMs, wait: SpanMs } = "ladder-claim";
            LadderStaff { staff: SpanMs } = "ladder-staff";
            RecognitionPoints { solved: i64, thanked: i64, endorsed: i64, cap: i64 } = "recognition-points";
            RecognitionRanks { ranks: String } = "recognition-ranks";
            BadgesHere { badges: String } = "badges-here";
            BadgesNowhere = "badges-nowhere";
            BadgeSet { rank: Key, badge: String } = "badge-set";
            BadgeOff { rank: Key, badge: String } = "badge-off";
            BadgeAgain { badge: String } = "badge-again";
            BadgeRefused { badge: String, obstacle: Key } = "badge-refused";
            BadgeTrouble { badge: String, obstacle: Key } = "badge-trouble";
            BadgeTroubleOver { command: String } = "badge-trouble-over";
            BadgeReason { rank: Key } = "badge-reason";
            UnknownBadge { badge: Quoted } = "unknown-badge";
            UnknownRank { rank: Quoted, known: String } = "unknown-rank";
            LanguageIs { language: Key, known: String } = "language-is";
            LanguageSet { language: Key } = "language-set";
            StaffOff = "staff-off";
            AmbassadorsOff = "ambassadors-off";
            AmbassadorCaps { calls: i64, cases: i64 } = "ambassador-caps";
            RosterLine { helper: AccountId, state: Key, calls: i64, cap: i64 } = "roster-line";
            BlockOn { who: AccountId } = "block-on";
            BlockOff { who: AccountId } = "block-off";
            BlockLine { who: AccountId } = "block-line";
            BlockLineWhy { who: AccountId, note: Quoted } = "block-line-why";
            BlockNobody = "block-nobody";
            BlockNotModerators = "block-not-moderators";
            AskerBlocked = "asker-blocked";
            CaseLine { case: String, who: AccountId, place: ChannelId, stage: Key, ago: SpanMs } = "case-line";
            CaseQuestion = "case-question";
            CaseStepsBefore { count: i64 } = "case-steps-before";
            CaseStepAgo { ago: SpanMs } = "case-step-ago";
            CaseDue { left: SpanMs } = "case-due";
            CaseHowTo { case: String } = "case-how-to";
            CaseNow { case: String, stage: Key } = "case-now";
            CaseWordsRetracted { case: String } = "case-words-retracted";
            CaseWordsRestored { case: String } = "case-words-restored";
            CasesNone = "cases-none";
            CasesHowTo = "cases-how-to";
            ClosedByModerator { who: AccountId } = "closed-by-moderator";
            ModeratorAdds { note: Quoted } = "moderator-adds";
            WordsRetracted = "words-retracted";
            NoAnswerBy { helper: AccountId } = "no-answer-by";
            NotForYourself = "not-for-yourself";
            NothingToTake { helper: AccountId } = "nothing-to-take";
            NoPointsToTake { helper: AccountId } = "no-points-to-take";
            PointsGiven { helper: AccountId, points: i64, balance: i64 } = "points-given";
            PointsTaken { helper: AccountId, points: i64, balance: i64 } = "points-taken";

            // The report.
            ReportIntro { days: i64, count: i64 } = "report-intro";
            ReportNothing { days: i64 } = "report-nothing";
            ReportCut { count: i64 } = "report-cut";
            ReportSolved { solved: i64, share: i64 } = "report-solved";
            ReportSolvedBy { pages: i64, ambassadors: i64, members: i64, staff: i64 } = "report-solved-by";
            ReportUnsolved { open: i64, expired: i64, withdrawn: i64 } = "report-unsolved";
            ReportFirstAnswer { median: SpanMs, slow: SpanMs } = "report-first-answer";
            ReportResolution { median: SpanMs, slow: SpanMs } = "report-resolution";
            ReportToStaff { count: i64, asked: i64, urgent: i64, nobody: i64, ladder: i64 } = "report-to-staff";
            ReportCalls { made: i64, taken: i64, passed: i64, lapsed: i64 } = "report-calls";
            ReportMissed { count: i64, topics: String, none: i64 } = "report-missed";
            ReportPoints { points: i64 } = "report-points";
            ReportRatings { up: i64, down: i64 } = "report-ratings";
            ReportProduct { count: i64 } = "report-product";
            ReportPraise { count: i64 } = "report-praise";
        }
    };
}
