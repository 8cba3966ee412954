//! What is said of answers that become articles: to their authors, to moderators who review them,
//! and beside an article that was harvested.

macro_rules! of_harvest {
    ($gathered:tt) => {
        gather! { $gathered
            // To the author, and over what they agreed to.
            HarvestOffer { helper: AccountId } = "harvest-offer";
            HarvestAllowed { helper: AccountId } = "harvest-allowed";
            HarvestShown { helper: AccountId, title: Quoted } = "harvest-shown";
            HarvestKept = "harvest-kept";
            HarvestGone = "harvest-gone";
            HarvestNotYours = "harvest-not-yours";
            HarvestOver = "harvest-over";
            HarvestWordless = "harvest-wordless";
            ButtonShareAnswer = "button-share-answer";
            ButtonKeepAnswer = "button-keep-answer";
            ButtonTakeBackAnswer = "button-take-back-answer";

            // To moderators.
            KnowledgeNone = "knowledge-none";
            KnowledgeLine { case: String, state: Key, title: String, ago: SpanMs } = "knowledge-line";
            KnowledgeHowTo = "knowledge-how-to";
            KnowledgeIs { case: String, state: Key, helper: AccountId, on: String } = "knowledge-is";
            KnowledgeTitle { title: String } = "knowledge-title";
            KnowledgeQuestion { question: String } = "knowledge-question";
            KnowledgeAsked = "knowledge-asked";
            KnowledgeBody = "knowledge-body";
            KnowledgeDeeds { case: String } = "knowledge-deeds";
            KnowledgeNow { case: String, state: Key } = "knowledge-now";
            UnknownHarvest { case: Quoted } = "unknown-harvest";
            HarvestUntitled { case: String } = "harvest-untitled";
            HarvestWordsUnfit { least: String, most: String } = "harvest-words-unfit";
            StatusDrafts { count: i64 } = "status-drafts";

            // To whoever is helped by it.
            ArticleCredit { helper: AccountId, on: String } = "article-credit";
            SeeAnswer = "see-answer";
            ArticleHelped { helper: AccountId, points: i64, balance: i64 } = "article-helped";
            EarlierIntro { who: AccountId } = "earlier-intro";
            EarlierToo = "earlier-too";
            EarlierSolved { on: String } = "earlier-solved";
            EarlierFooter { patience: SpanMs } = "earlier-footer";
            StoryEarlierHelped { by: AccountId } = "story-earlier-helped";
            StoryEarlier { case: String } = "story-earlier";
        }
    };
}
