//! Russian, Ukrainian, Polish.

use super::{Cue, Lists};

pub(super) const RUSSIAN: Lists = Lists {
    language: "ru",
    common: "и в не на что я с как это а по но у меня к за от ты он она мы вы они мне тебе все \
        так же \
        бы из для то есть если или уже только когда где кто почему какой какая какие можно нет да \
        был была было были его ее их мой моя при до о об чтобы этот эта эти там тут вот еще со \
        нужно кто-нибудь надо может после во также который которые которая под него быть",
    cues: &[
        (
            Cue::Ask,
            "что такое, что за, что делать, что значит, почему, зачем, отчего, сколько, какой из, \
             каким образом, с кем, с чем, от чего, из чего, ради чего",
        ),
        (
            Cue::AskFirst,
            "как, что это, что, кто, кого, кому, кем, о ком, чем, чего, чему, о чем, где, куда, \
             откуда, когда, какой, какая, какое, какие, каков, какова, каковы, какую, каких, \
             каким, какими, какого, каком, какому, чей, чья, чье, чьи, чью, чьей, чьему, \
             насколько, по какой, в каком, в какой, у кого, который из",
        ),
        (
            Cue::Turned,
            "есть ли, можно ли, может ли, можно, могу ли, могу я, нужно ли, надо ли, стоит ли, \
             будет ли, является ли, есть у кого, есть кто, кто нибудь, кто то, кто-нибудь, \
             а можно, а есть, а как, а что, а где, а кто, а почему, а зачем, а какой, подскажите, \
             не подскажете, не знаете, не подскажешь, знаете, знает кто, правильно ли, верно ли, \
             правда ли, у кого",
        ),
        (Cue::Particle, "ли, разве, неужели, чтоли, что ли"),
        (
            Cue::HowTo,
            "как мне, как можно, как сделать, как настроить, как поменять, как изменить, \
             как установить, как подключить, как исправить, как отключить, как включить, \
             как узнать, как получить, как удалить, как добавить, как вернуть, как работает, \
             как правильно, как лучше, как быть, как это сделать, где можно, где найти, \
             где взять, где находится, где посмотреть, куда обратиться, куда писать, что делать, \
             что мне делать, что нужно, в чем разница, в чем проблема, в чем может быть, \
             в чем дело, что значит, что означает, почему не, почему у меня, почему мой, \
             почему моя, сколько стоит, сколько времени, к кому, из за чего, какой лучше, \
             что лучше",
        ),
        (
            Cue::Help,
            "помогите, помоги, помощь, помочь, помогите пожалуйста, нужна помощь, подскажите, \
             подскажи, подсказать, посоветуйте, посоветуй, посоветовать, кто нибудь, кто-нибудь, \
             кто знает, кто может, кто сталкивался, кто пробовал, кто то знает, знает кто, \
             может кто, может кто нибудь, есть ли, есть у кого, можно ли, можно как, какие идеи, \
             есть идеи, идеи, возможно ли, нормально ли, есть вопрос, вопрос по, вопрос про, \
             у меня вопрос, такой вопрос, вопрос такой, вопрос в том, возник вопрос, \
             хотел спросить, хочу спросить, хотел узнать, хочу узнать, хотелось бы, интересует, \
             не могу понять, не понимаю, непонятно, не понятно, не знаю как, не знаю почему, \
             не знаю что, не соображу, не пойму, не получается, не могу найти, не нашел, \
             не нашла, застрял, застряла, столкнулся, столкнулась, возникла проблема, \
             есть проблема, проблема с, проблемы с, трудности, затык, объясните, объясни, \
             поясните, расскажите, посмотрите, гляньте, оцените, порекомендуйте, буду благодарен, \
             буду признателен, что я делаю не так, что не так, в чем ошибка, где ошибка, могу ли, \
             стоит ли, нужно ли, не подскажете, хелп",
        ),
        (
            Cue::Wish,
            "хочу, хотел бы, хотела бы, мне нужно, мне надо, нужно, нужен, нужна, пытаюсь, \
             пробую, пробовал, пробовала, пытался, пыталась, ищу, решил, стараюсь",
        ),
        (
            Cue::Problem,
            "не работает, не работают, не работал, перестал, перестала, перестало, перестали, \
             не включается, не запускается, не открывается, не грузится, не загружается, \
             не подключается, не отвечает, не показывает, не видит, не находит, не пускает, \
             не дает, не приходит, не пришло, не пришел, не приходят, не хочет, не удается, \
             не выходит, не получается, не могу, не может, не определяется, не срабатывает, \
             больше не, ничего не, выдает, выдает ошибку, пишет, пишет что, вылетает, вылетела, \
             виснет, зависает, завис, зависла, тормозит, глючит, отваливается, отключается, \
             обрывается, пропал, пропала, пропало, пропадает, потерял, потеряла, забыл, забыла, \
             сломался, сломалась, заблокировали, заблокирован, мигает, нет интернета, нет связи, \
             нет сети, нет сигнала, нет звука, постоянно, все время, внезапно, вдруг, списали, \
             отклонен, падает, упал",
        ),
        (
            Cue::Fault,
            "ошибка, ошибку, ошибки, ошибкой, проблема, проблему, проблемы, сбой, баг, глюк, \
             косяк, неисправность, трабл",
        ),
        (
            Cue::Mine,
            "я, мне, меня, мной, мой, моя, мое, мои, моей, моего, моем, мою, мы, нам, нас, наш, \
             наша, у меня",
        ),
        (Cue::You, "ты, тебе, тебя, тобой, твой, твоя, твое, твои, вы, вам, вас, ваш, ваша, ваши"),
        (
            Cue::Someone,
            "кто нибудь, кто-нибудь, кто то, ктонибудь, кто либо, ребят, ребята, народ, всем, \
             все, люди, господа",
        ),
        (
            Cue::Back,
            "а ты, ты, а вы, у тебя, у вас, что имеешь в виду, в смысле, какая версия, какая у, \
             какой у, что пишет, какую ошибку, что за ошибка, а что за, пробовал, пробовали, \
             ты пробовал, вы пробовали, зачем тебе, зачем вам, почему ты, почему бы, откуда ты, \
             как ты, что ты, где ты, когда ты, ты уже, ты про, ты имеешь, ты видел, сам, чем не, \
             а зачем, зачем, это как, как это, какой именно, что именно, ты где",
        ),
        (
            Cue::SmallTalk,
            "как дела, как жизнь, как ты, как вы, как настроение, как сам, что нового, \
             чем занимаешься, кто тут, кто здесь, кто живой, есть кто, есть кто живой, \
             есть кто нибудь, тут есть кто, ты откуда, вы откуда, откуда ты, откуда вы, серьезно, \
             правда, да ладно, шутишь, можно вопрос, можно спросить, че как, чо как",
        ),
        (
            Cue::TagEnd,
            "да, нет, так, верно, правильно, ок, не так ли, правда, серьезно, что ли, или нет, \
             или как, ведь, а, же, или что, м",
        ),
        (
            Cue::Greeting,
            "привет, всем привет, здравствуйте, здравствуй, добрый день, доброе утро, \
             добрый вечер, доброго времени, доброго, хай, приветствую, салют, ку, дратути, \
             здрасте",
        ),
        (
            Cue::Thanks,
            "спасибо, большое спасибо, спс, благодарю, благодарствую, спасибки, пасиб, пасибо, \
             сенкс, заработало, помогло, все работает, получилось, решилось, разобрался, \
             разобралась",
        ),
        (Cue::Declined, "нет спасибо, не надо спасибо, все равно спасибо, спасибо но"),
        (Cue::Advance, "заранее, если кто"),
        (
            Cue::Advice,
            "можешь, можете, попробуй, попробуйте, нужно просто, просто, надо, тебе надо, \
             тебе нужно, думаю, я думаю, мне кажется, по моему, наверное, возможно, скорее всего, \
             вроде, может быть, зависит, если хочешь, советую, рекомендую, посмотри, используй, \
             проверь, проверьте, лучше, почитай, глянь, там",
        ),
        (
            Cue::Offer,
            "если нужна помощь, если кому нужна, если кому нужно, если кому надо, если кто \
             хочет, если кто то хочет, если будут вопросы, если есть вопросы, если возникнут, \
             обращайся, обращайтесь, могу помочь, помогу, поможем, готов помочь, готова помочь, \
             пишите, задавай, задавайте, спрашивай, спрашивайте",
        ),
        (
            Cue::Told,
            "как раз, как то, как обычно, как всегда, как только, как бы, как по мне, как \
             говорится, как я понимаю, как я понял, что то, что бы, что касается, что ж, кто то, \
             где то, когда то, куда то, кто хочет, кто желает, кому интересно, как вариант, как \
             минимум, как мне кажется, как видишь, как видите, как хочешь, как хотите",
        ),
        (Cue::When, "когда"),
        (
            Cue::If,
            "если, согласно, кроме, помимо, когда, хотя, пока, после, перед, поскольку, раз, \
             вместе",
        ),
        (
            Cue::Answer,
            "да, нет, неа, ага, угу, ок, окей, ясно, понятно, понял, поняла, точно, верно, \
             хорошо, отлично, супер, круто, ну, не за что, пожалуйста, согласен, нормально, \
             прикольно, молодец, а, о, ааа, извини, лол, блин",
        ),
        (Cue::Laugh, "хаха, хахаха, ха ха, лол, хех, хе хе, ахах, ахаха, ржу, гг"),
        (
            Cue::Filler,
            "и, а, но, или, так, ну, то, ок, вот, тогда, тоже, еще, ещё, же, в, во, на, с, со, к, \
             ко, по, от, до, из, за, у, о, об, для, при, под, над, через, после, между, без, про, \
             ребят, ребята, народ, всем, привет, вопрос, извините, простите, кстати, короче, \
             господа, блин, парни, пожалуйста, а вот, люди",
        ),
        (Cue::But, "но, однако, хотя"),
    ],
    within: &[],
};

pub(super) const UKRAINIAN: Lists = Lists {
    language: "uk",
    common: "і в не на що я з як це а по але у мене до за від ти він вона ми ви вони мені все так \
        ж би \
        із для то є якщо або вже тільки коли де хто чому який яка які можна ні та був була його \
        її їх мій моя при щоб цей там тут ось ще потрібно після також й про чи",
    cues: &[
        (Cue::Ask, "чому, навіщо, скільки, що таке"),
        (
            Cue::AskFirst,
            "як, що, хто, кого, кому, де, куди, звідки, коли, який, яка, яке, які, якого, якої, \
             яку, яким, чий, чия, в чому, у чому",
        ),
        (Cue::Turned, "чи є, чи можна, чи може, чи, хтось, хто небудь, можна, є хтось, підкажіть"),
        (Cue::Particle, "чи, хіба, невже"),
        (
            Cue::HowTo,
            "як мені, як можна, як зробити, як налаштувати, як змінити, як підключити, де знайти, \
             де можна, що робити, чому не, чому у мене, скільки коштує, до кого",
        ),
        (
            Cue::Help,
            "допоможіть, допомога, допоможи, допомогти, підкажіть, підкажи, порадьте, хтось знає, \
             хто знає, хто може, чи можна, є питання, питання по, не можу, не розумію, \
             не знаю як, не виходить, не знайшов, проблема з, поясніть",
        ),
        (
            Cue::Wish,
            "хочу, хотів би, мені потрібно, мені треба, намагаюся, пробую, шукаю, потрібен",
        ),
        (
            Cue::Problem,
            "не працює, не працюють, перестав, перестала, не вмикається, не запускається, \
             не підключається, не відповідає, не бачить, не можу, не вдається, видає, зависає, \
             вилітає, зникло, забув, немає інтернету, постійно, раптом",
        ),
        (Cue::Fault, "помилка, помилку, проблема, проблеми, збій, баг"),
        (Cue::Mine, "я, мені, мене, мій, моя, моє, мої, ми, нам, нас, наш, у мене"),
        (Cue::You, "ти, тобі, тебе, твій, ви, вам, вас, ваш"),
        (Cue::Someone, "хтось, хто небудь, хлопці, народ, всім"),
        (
            Cue::Back,
            "а ти, ти, у тебе, у вас, яка версія, яка помилка, пробував, що маєш на увазі, \
             навіщо тобі",
        ),
        (Cue::SmallTalk, "як справи, що нового, хто тут, є хто, ти звідки, серйозно, справді"),
        (Cue::TagEnd, "так, ні, правда, вірно, ок, чи не так, або ні, га"),
        (
            Cue::Greeting,
            "привіт, вітаю, доброго дня, добрий день, добрий вечір, доброго ранку, всім привіт",
        ),
        (Cue::Thanks, "дякую, дуже дякую, щиро дякую, спасибі, дякс, запрацювало, допомогло"),
        (Cue::Declined, "ні дякую, дякую але"),
        (Cue::Advance, "заздалегідь, наперед"),
        (
            Cue::Advice,
            "можеш, можете, спробуй, спробуйте, треба, думаю, мабуть, можливо, якщо хочеш",
        ),
        (
            Cue::Offer,
            "якщо потрібна допомога, якщо комусь треба, звертайся, звертайтесь, можу допомогти, \
             допоможу, пишіть, питай, питайте",
        ),
        (Cue::Told, "як раз, як завжди, як на мене, хто хоче, що стосується"),
        (Cue::When, "коли"),
        (Cue::If, "якщо, згідно, крім, окрім, коли, хоча, поки, після, перед, оскільки"),
        (Cue::Answer, "так, ні, ага, ок, зрозуміло, точно, добре, чудово, ну, прошу"),
        (Cue::Laugh, "хаха, лол, хех"),
        (
            Cue::Filler,
            "і, та, а, але, або, так, ну, то, в, у, на, з, зі, до, по, від, із, за, для, при, \
             під, про, без, всім, питання, вибачте",
        ),
        (Cue::But, "але, однак, проте"),
    ],
    within: &[],
};

pub(super) const POLISH: Lists = Lists {
    language: "pl",
    common: "i w nie na to jest się z do że jak co a o po ale za od mi mnie ja ty on ona my wy \
        oni mój \
        moja moje czy gdzie kiedy kto dlaczego który która które jaki jaka jakie ma mam masz być \
        był była było są dla przy tego tej ten ta te już tylko tak może można ktoś jeszcze też \
        lub oraz przez nad pod bez jego jej ich jako",
    cues: &[
        (Cue::Ask, "dlaczego, czemu, ile, po co, na co, w jaki, co to"),
        (
            Cue::AskFirst,
            "jak, co, kto, kogo, komu, kim, gdzie, dokąd, skąd, kiedy, który, która, które, \
             którego, której, którym, jaki, jaka, jakie, jakiego, jakiej, jakim, jaką, ilu, \
             czego, czym, czyj, czyja, w czym",
        ),
        (
            Cue::Turned,
            "czy, jest ktoś, ktoś, ktoś wie, da się, można, mogę, macie, możecie, możesz, wiecie, \
             wie ktoś, ma ktoś, zna ktoś, miał ktoś, jest jakiś, są jakieś",
        ),
        (Cue::Particle, "czy"),
        (
            Cue::HowTo,
            "jak mogę, jak można, jak zrobić, jak zmienić, jak ustawić, jak zainstalować, \
             jak podłączyć, jak połączyć, jak włączyć, jak wyłączyć, jak naprawić, jak się, \
             jak działa, jak usunąć, jak dodać, gdzie mogę, gdzie znajdę, gdzie jest, \
             gdzie można, co mam, co zrobić, co robić, co oznacza, co znaczy, jaka jest różnica, \
             dlaczego nie, dlaczego mój, dlaczego moja, czemu nie, czemu mój, ile kosztuje, \
             ile trwa, do kogo",
        ),
        (
            Cue::Help,
            "pomocy, pomoc, pomóc, pomoże, pomóżcie, pomóż, proszę o pomoc, potrzebuję pomocy, \
             czy ktoś, ktoś wie, wie ktoś, ma ktoś, miał ktoś, zna ktoś, ktoś może, ktoś pomoże, \
             ktoś miał, jakiś pomysł, jakieś pomysły, macie pomysł, jakieś rady, jakaś rada, \
             wskazówki, czy można, czy da się, da się, czy jest możliwość, czy istnieje, \
             mam pytanie, pytanie, pytanko, moje pytanie, zastanawiam się, chciałbym wiedzieć, \
             chciałabym wiedzieć, chciałem zapytać, czy mogę, czy muszę, czy powinienem, \
             co robię źle, nie rozumiem, nie wiem jak, nie wiem dlaczego, nie wiem co, \
             nie wiem czy, nie mogę znaleźć, nie potrafię, nie umiem, utknąłem, utknęłam, \
             mam problem, mam kłopot, problem z, problemy z, polecacie, polecicie, polecić, \
             doradzić, doradźcie, kto może, kto wie, będę wdzięczny, wytłumaczyć",
        ),
        (
            Cue::Wish,
            "chcę, chciałbym, chciałabym, potrzebuję, próbuję, próbowałem, próbowałam, szukam, \
             muszę, staram się",
        ),
        (
            Cue::Problem,
            "nie działa, nie działają, przestał działać, przestało działać, przestała działać, \
             nie chce, nie łączy, nie ładuje, nie włącza, nie uruchamia, nie otwiera, \
             nie odpowiada, nie widzi, nie mogę, nie można, nie da się, nie przyszedł, \
             nie przyszło, nie dostałem, nie dostałam, nie wyświetla, nie pokazuje, wyskakuje, \
             wywala, wyrzuca, zawiesza, zacina, rozłącza, zrywa, zepsuty, zepsuł, zniknął, \
             zniknęło, zgubiłem, zapomniałem, zapomniałam, zablokowane, zablokowany, miga, \
             bardzo wolno, wolny, brak internetu, brak połączenia, brak sygnału, brak dźwięku, \
             nic się nie dzieje, ciągle, cały czas, nagle, odrzucona, pobrano",
        ),
        (
            Cue::Fault,
            "błąd, błędu, błędy, błędem, problem, problemy, problemu, awaria, usterka, bug, \
             error, komunikat",
        ),
        (
            Cue::Mine,
            "ja, mi, mnie, mój, moja, moje, mojego, mojej, mam, my, nas, nam, nasz, u mnie",
        ),
        (
            Cue::You,
            "ty, ci, ciebie, cię, twój, twoja, twoje, masz, wy, wam, was, wasz, u ciebie, jesteś",
        ),
        (Cue::Someone, "ktoś, ktokolwiek, wszyscy, wszystkim, ludzie, chłopaki"),
        (
            Cue::Back,
            "masz, jesteś, możesz, chcesz, co masz na myśli, jaka wersja, jaką masz, jaki masz, \
             jaki model, jaki błąd, co pisze, próbowałeś, próbowałaś, a próbowałeś, używasz, \
             a czemu, czemu nie, po co ci, jak to, o co chodzi, gdzie masz, widzisz, sprawdzałeś",
        ),
        (
            Cue::SmallTalk,
            "jak się masz, jak leci, co słychać, co tam, co robisz, skąd jesteś, jest tu ktoś, \
             jest ktoś, ktoś tu jest, ktoś jest, serio, naprawdę, mogę zadać pytanie, \
             mogę o coś zapytać",
        ),
        (
            Cue::TagEnd,
            "prawda, nie, tak, co nie, no nie, ok, dobra, serio, nieprawdaż, co, czy nie, czy jak",
        ),
        (
            Cue::Greeting,
            "cześć, hej, siema, witam, witajcie, dzień dobry, dobry wieczór, elo, hejka, \
             cześć wszystkim, czołem",
        ),
        (
            Cue::Thanks,
            "dziękuję, dzięki, dziękuje, wielkie dzięki, dziękuję bardzo, dzięki wielkie, dzieki, \
             thx, już działa, działa, pomogło, udało się",
        ),
        (Cue::Declined, "nie dziękuję, nie dzięki, mimo to dziękuję, dzięki ale, dziękuję ale"),
        (Cue::Advance, "z góry, góry, jeśli ktoś"),
        (
            Cue::Advice,
            "możesz, musisz, powinieneś, trzeba, spróbuj, użyj, sprawdź, zobacz, myślę, chyba, \
             może, pewnie, prawdopodobnie, zależy, jeśli chcesz, polecam, wystarczy",
        ),
        (
            Cue::Offer,
            "jeśli potrzebujesz, jak potrzebujesz, jakby co, w razie pytań, w razie czego, daj \
             znać, dajcie znać, mogę pomóc, mogę ci pomóc, pomogę, chętnie pomogę, pytaj, \
             pytajcie, jeśli ktoś potrzebuje, jak ktoś potrzebuje, jeśli ktoś chce, jak ktoś \
             chce",
        ),
        (
            Cue::Told,
            "jak dla mnie, jak zwykle, jak zawsze, jak mówiłem, jak coś, jak ktoś, co do, co \
             prawda, kto chce, co ciekawe",
        ),
        (Cue::When, "kiedy"),
        (
            Cue::If,
            "jeśli, jeżeli, jak, oprócz, poza, według, zgodnie, kiedy, gdy, chociaż, zanim, \
             ponieważ",
        ),
        (
            Cue::Answer,
            "tak, nie, no, ok, okej, dobra, jasne, dokładnie, racja, spoko, super, fajnie, \
             nie ma za co, proszę, aha, rozumiem, sorry, pewnie",
        ),
        (Cue::Laugh, "haha, hahaha, lol, hehe, xd, xdd"),
        (
            Cue::Filler,
            "i, a, ale, lub, albo, więc, to, no, ok, też, w, we, na, z, ze, do, od, po, o, za, \
             przy, pod, nad, przez, dla, bez, między, wszystkim, pytanie, przepraszam, hej",
        ),
        (Cue::But, "ale, jednak, lecz"),
    ],
    within: &[],
};
