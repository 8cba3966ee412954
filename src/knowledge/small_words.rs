//! Words that say how something is asked rather than what about.

/// The closed classes of each language (articles, pronouns, auxiliaries, prepositions, words that
/// ask) and the courtesies of a chat. Short on purpose: what is missing here is merely weighed
/// by its rarity, but a word of substance put here is lost.
const SMALL_WORDS: [(&str, &str); 12] = [
    (
        "en",
        "a an the i m s d t ll ve re im ive me my mine myself you your yours we our us he she \
         it its they them their this that these those there here is am are was were be been \
         being do does did doing done have has had having can could will would shall should may \
         might must and or but if so then than as of at by for with about to from in into on \
         onto out up off over no what which who when where why how any some all just also too \
         very really still again only even well please pls plz help hi hello hey thanks thank \
         anyone someone anybody get got getting want need like know say tell guys because while \
         way thing something",
    ),
    (
        "de",
        "der die das den dem des ein eine einen einem einer eines ich mich mir mein meine \
         meinen meinem meiner du dich dir dein deine sie ihr ihre wir uns unser er es man ist \
         sind bin war waren sein habe hat haben hatte wird werden wurde kann können könnte muss \
         müssen soll will wollen möchte darf und oder aber wenn dann als dass ob von vom zu zum \
         zur mit bei für auf an am in im aus nach über um unter nicht kein keine was welche \
         welcher wer wann wo wie warum wieso weshalb auch noch schon nur sehr mal doch denn \
         hier da so bitte danke hallo hi hilfe jemand etwas geht",
    ),
    (
        "fr",
        "le la les l un une des du de d je j me m moi mon ma mes tu te ton ta tes vous votre \
         vos nous notre nos il elle on ils elles ce cet cette ces c est sont suis être était ai \
         a as ont avoir peut peux puis pouvez dois doit faut et ou mais si que qu qui quoi quel \
         quelle où quand comment pourquoi à au aux en dans sur pour par avec sans ne n pas plus \
         y se s bonjour merci svp aide quelqu",
    ),
    (
        "es",
        "el la los las un una unos unas de del al a en con por para sin sobre yo me mi mis mí \
         tú te tu tus usted su sus nosotros nos se lo le les es son soy está están estoy ser \
         estar era he ha han hay haber puedo puede poder debo debe tengo tiene y o pero si que \
         qué quién cuál cuándo dónde cómo porqué no ya muy más este esta esto ese esa hola \
         gracias ayuda favor alguien",
    ),
    (
        "pt",
        "o a os as um uma uns umas de do da dos das em no na nos nas ao à por para com sem \
         sobre eu me meu minha meus minhas você seu sua nós nosso ele ela se lhe é são sou está \
         estão estou ser estar era foi há tem tenho posso pode poder devo deve e ou mas que \
         quem qual quando onde como porque não já muito mais este esta isto esse essa oi olá \
         obrigado ajuda favor alguém",
    ),
    (
        "it",
        "il lo la i gli le l un uno una di del della dei delle a al alla da dal in nel nella \
         con su sul per tra fra io mi mio mia miei mie tu ti tuo tua lei suo sua noi nostro si \
         ci è sono sei essere era ho ha hanno avere posso può potere devo deve e o ma se che \
         chi quale quando dove come perché non già molto più questo questa ciao grazie aiuto \
         qualcuno",
    ),
    (
        "nl",
        "de het een ik me mij mijn je jij jouw u uw we wij ons onze hij zij ze hun dit dat deze \
         die er hier is zijn ben was waren heb heeft hebben had kan kunnen kon moet moeten wil \
         willen mag zal zou worden wordt en of maar als dan van voor met bij op aan in uit naar \
         over om niet geen wat welke wie wanneer waar hoe waarom ook nog al heel graag \
         alsjeblieft hallo hoi bedankt hulp iemand",
    ),
    (
        "sv",
        "en ett den det de jag mig min mitt mina du dig din vi oss vår han hon man är var vara \
         har hade ha kan kunde ska skulle måste vill får och eller men om så att som av från \
         till med på i för vid inte ingen vad vilken vem när hur varför också redan bara mycket \
         hej tack hjälp någon snälla",
    ),
    (
        "pl",
        "ja mnie mi mój moja moje moją ty ci twój pan pani my nas nasz on ona ono oni się to \
         ten ta te jest są jestem być był była mam ma mieć mogę może można muszę trzeba chcę i \
         a lub albo ale jeśli że z ze do od dla na w we po przy o za nie bez co który która kto \
         kiedy gdzie jak dlaczego czy już tylko też bardzo cześć dzień dobry proszę dziękuję \
         pomoc ktoś",
    ),
    (
        "tr",
        "bir bu şu o ben bana beni benim sen sana senin siz size biz bize var yok mı mi mu mü \
         ve veya ama eğer ile için gibi kadar de da ne nasıl neden niçin nerede nereye kim \
         hangi zaman çok daha değil olur oldu oluyor merhaba selam lütfen teşekkürler yardım \
         biri",
    ),
    (
        "ru",
        "я меня мне мой моя моё мои мою ты тебя тебе твой вы вас вам ваш мы нас наш он она оно \
         они это этот эта эти то тот быть был была есть у и или но а если что чтобы как где \
         когда почему зачем кто какой какая какие в во на с со к ко по из от до для о об за не \
         нет ли же бы уже ещё только очень можно могу может надо нужно привет здравствуйте \
         пожалуйста спасибо помогите помощь",
    ),
    (
        "uk",
        "я мене мені мій моя моє мої ти тебе тобі ви вас вам ваш ми нас наш він вона воно вони \
         це цей ця ці то той бути був була є у в і й та або але а якщо що щоб як де коли чому \
         хто який яка які на з із зі до для про за від по не ні чи вже ще тільки дуже можна \
         можу може треба потрібно привіт будь ласка дякую допоможіть допомога",
    ),
];

/// Every way in which English says that something does not happen, with the apostrophes that
/// people leave out: "my lamp won't pair", "lamp dont pair" and "lamp does not pair" are one.
pub(super) const ENGLISH_DENIALS: &str = "not never cannot can't cant won't wont don't dont \
    doesn't doesnt didn't didnt isn't isnt aren't arent wasn't wasnt weren't hasn't hasnt haven't \
    havent couldn't couldnt wouldn't wouldnt unable";

/// The small words of a language without region, with spaces between.
pub(super) fn of(base: &str) -> &'static str {
    SMALL_WORDS.iter().find(|(language, _)| *language == base).map_or("", |(_, words)| words)
}
