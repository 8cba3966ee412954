//! What is said to staff: the dossier of a case, and what happens at the desk.

macro_rules! to_staff {
    ($gathered:tt) => {
        gather! { $gathered
            DossierIntro { who: AccountId, place: ChannelId, case: String } = "dossier-intro";
            DossierWhyAsked { by: AccountId } = "dossier-why-asked";
            DossierWhyUrgent { word: String } = "dossier-why-urgent";
            DossierWhyNobody = "dossier-why-nobody";
            DossierWhyLadder { waited: SpanMs } = "dossier-why-ladder";
            DossierFacts { language: Key, topics: String } = "dossier-facts";
            DossierTried { articles: String } = "dossier-tried";
            DossierNothingTried = "dossier-nothing-tried";
            DossierCalled { count: i64 } = "dossier-called";
            DossierAnswer { helper: AccountId, answer: Quoted } = "dossier-answer";
            DossierHowTo = "dossier-how-to";
            DeskReminder { case: String, who: AccountId, waited: SpanMs } = "desk-reminder";
            DeskFollowUp { who: AccountId, message: Quoted } = "desk-follow-up";
            DeskEscalatedAgain { by: AccountId, case: String } = "desk-escalated-again";
            DeskNotSolved { who: AccountId, case: String } = "desk-not-solved";
            DeskTakenBy { staff: AccountId } = "desk-taken-by";
            DeskBack { case: String } = "desk-back";
            DeskSolved { case: String } = "desk-solved";
            DeskWithdrawn { case: String } = "desk-withdrawn";
            DeskMoved { case: String } = "desk-moved";
            DeskMissing { who: AccountId, case: String } = "desk-missing";
            DeskConveyed { who: AccountId } = "desk-conveyed";
            StaffOnly = "staff-only";
            ReturnedToCalling = "returned-to-calling";

            // Threads.
            DeskThread { who: AccountId } = "desk-thread";
            ThreadTitle { case: String } = "thread-title";
            ThreadTitleWithdrawn = "thread-title-withdrawn";
            CallThread { who: AccountId } = "call-thread";
        }
    };
}
