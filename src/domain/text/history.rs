//! What is said of a case's history, a line for each step, to those who look back.

macro_rules! of_history {
    ($gathered:tt) => {
        gather! { $gathered
            StoryAsked { who: AccountId, place: ChannelId } = "story-asked";
            StorySuggested { articles: String } = "story-suggested";
            StoryCalled { who: AccountId, topics: String, count: i64, rested: SpanMs } = "story-called";
            StoryCalledFirst { who: AccountId, topics: String, count: i64 } = "story-called-first";
            StoryOverAsker { names: String } = "story-over-asker";
            StoryOverBlocked { names: String } = "story-over-blocked";
            StoryOverPaused { names: String } = "story-over-paused";
            StoryOverCalledBefore { names: String } = "story-over-called-before";
            StoryOverLanguage { names: String } = "story-over-language";
            StoryOverMuted { names: String } = "story-over-muted";
            StoryOverOtherTopics { names: String } = "story-over-other-topics";
            StoryOverQuiet { names: String } = "story-over-quiet";
            StoryOverDailyCap { names: String } = "story-over-daily-cap";
            StoryOverOpenCases { names: String } = "story-over-open-cases";
            StoryRetracted { by: AccountId } = "story-retracted";
            StoryRestored { by: AccountId } = "story-restored";
            StoryOverUnsuited { names: String } = "story-over-unsuited";
            StoryOverOutranked { names: String } = "story-over-outranked";
            StoryNobodyElse = "story-nobody-else";
            StoryArticleHelped { by: AccountId } = "story-article-helped";
            StoryWantedPerson { by: AccountId } = "story-wanted-person";
            StoryNoWord { who: AccountId } = "story-no-word";
            StoryStillUnanswered = "story-still-unanswered";
            StoryTook { helper: AccountId } = "story-took";
            StoryLapsed { helper: AccountId } = "story-lapsed";
            StoryPassed { helper: AccountId } = "story-passed";
            StoryGaveBack { helper: AccountId } = "story-gave-back";
            StoryAnswered { helper: AccountId } = "story-answered";
            StoryAnsweredAsStaff { staff: AccountId } = "story-answered-as-staff";
            StoryWroteMore { by: AccountId } = "story-wrote-more";
            StoryAccepted { by: AccountId, helper: AccountId } = "story-accepted";
            StoryThanked { by: AccountId, helper: AccountId } = "story-thanked";
            StoryNotSolved { by: AccountId } = "story-not-solved";
            StoryReopened { by: AccountId } = "story-reopened";
            StorySolvedBySilence { helper: AccountId } = "story-solved-by-silence";
            StoryStaffAsked { by: AccountId } = "story-staff-asked";
            StoryStaffAskedAgain { by: AccountId } = "story-staff-asked-again";
            StoryStaffUrgent { word: String } = "story-staff-urgent";
            StoryStaffNobody = "story-staff-nobody";
            StoryStaffLadder = "story-staff-ladder";
            StoryStaff = "story-staff";
            StoryStaffTook { staff: AccountId } = "story-staff-took";
            StoryStaffGaveBack { staff: AccountId } = "story-staff-gave-back";
            StoryReminded = "story-reminded";
            StoryDeskSet = "story-desk-set";
            StoryReturned { by: AccountId } = "story-returned";
            StoryStaffSolved { by: AccountId } = "story-staff-solved";
            StoryMeToo { by: AccountId } = "story-me-too";
            StoryFollowedUp { by: AccountId } = "story-followed-up";
            StoryWithdrawn { by: AccountId } = "story-withdrawn";
            StoryRemoved { by: AccountId } = "story-removed";
            StoryCommunityLeft = "story-community-left";
            StoryExpired = "story-expired";
            StoryEarned { helper: AccountId, points: i64 } = "story-earned";
            StoryEarnedThanks { helper: AccountId, points: i64 } = "story-earned-thanks";
            StoryEarnedEndorsed { helper: AccountId, points: i64 } = "story-earned-endorsed";
            StoryEarnedArticle { helper: AccountId, points: i64 } = "story-earned-article";
            StoryGivenByHand { by: AccountId, helper: AccountId, points: i64, note: Quoted } = "story-given-by-hand";
            StoryTakenByHand { by: AccountId, helper: AccountId, points: i64, note: Quoted } = "story-taken-by-hand";
            StoryGranted { helper: AccountId, points: i64 } = "story-granted";
            StoryTakenBack { helper: AccountId, points: i64 } = "story-taken-back";
            StoryUnknown { word: String } = "story-unknown";
            StoryRatedUp { by: AccountId } = "story-rated-up";
            StoryRatedDown { by: AccountId } = "story-rated-down";
            StorySaidOfAnswer { by: AccountId, said: Quoted } = "story-said-of-answer";
        }
    };
}
