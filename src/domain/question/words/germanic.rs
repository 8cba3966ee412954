//! German, Dutch, Swedish.

use super::{Cue, Lists};

pub(super) const GERMAN: Lists = Lists {
    language: "de",
    common: "der die das und ist nicht ein eine einen einem einer ich du er sie wir ihr es \
        mein meine \
        meinen meinem meiner dein deine mit für auf von zu im am beim zum zur bei nach aus auch \
        aber oder wenn weil dass daß wie was wo wer warum wann kann kannst können hat haben habe \
        hast sind war wird werden noch schon nur mal den dem des sich mir mich dir dich uns euch \
        man jemand kein keine keinen geht gibt doch dann da hier jetzt immer wieder seit über \
        unter durch muss soll bitte danke wieso welche welcher welches als sehr vom",
    cues: &[
        (Cue::Ask, "warum, wieso, weshalb, weswegen, wieviel, wieviele, inwiefern, inwieweit"),
        (
            Cue::AskFirst,
            "wie, was, wer, wem, wen, wessen, wo, wohin, woher, wann, welche, welcher, welches, \
             welchen, welchem, womit, wofür, wodurch, wovon, wozu, woran, worauf, woraus, worin, \
             wonach, wogegen, worüber, worum",
        ),
        (
            Cue::Turned,
            "ist das, ist es, ist der, ist die, ist mein, ist meine, ist jemand, ist hier, \
             ist da, sind die, sind das, sind alle, gibt es, gibts, kann ich, kann man, kann mir, \
             kann jemand, kann der, kann die, kann das, kann es, können wir, könnt ihr, \
             könnte ich, könnte man, könnte jemand, könnte mir, kennt jemand, kennt ihr, \
             weiß jemand, weiss jemand, weiß wer, hat jemand, hat wer, hat einer, hat das, \
             hat der, hat die, habt ihr, haben wir, muss ich, muß ich, muss man, müssen wir, \
             soll ich, sollte ich, sollte man, darf ich, darf man, geht das, geht es, geht bei, \
             funktioniert das, funktioniert die, funktioniert der, läuft das, wird das, wird der, \
             wird die, werden die, war das, war der, waren die, lohnt, braucht man, brauche ich, \
             wäre es, würde das, stimmt es, liegt das, lässt sich, reicht das, jemand, bin ich, \
             habe ich, hab ich, mache ich, kannst du, hast du, bist du, weißt du, willst du, \
             könntest du, macht ihr, nutzt jemand, spielt jemand",
        ),
        (
            Cue::HowTo,
            "wie kann ich, wie kann man, wie mache ich, wie mach ich, wie macht man, \
             wie komme ich, wie komm ich, wie bekomme ich, wie krieg ich, wie kriege ich, \
             wie stelle ich, wie ändere ich, wie setze ich, wie installiere ich, wie richte ich, \
             wie verbinde ich, wie finde ich, wie muss ich, wie soll ich, wie geht, \
             wie funktioniert, wie * ich, wie * man, wo kann ich, wo finde ich, wo find ich, \
             wo ist der, wo ist die, wo ist das, wo * ich, was muss ich, was kann ich, \
             was soll ich, was mache ich, was ist der unterschied, was tun, was bedeutet, \
             warum geht, warum kann ich, warum ist mein, warum wird, warum funktioniert, \
             warum * mein, warum * meine, wieso geht, wieso kann ich, wann kommt, wann wird, \
             welche * soll, an wen, wie lange dauert, wieviel kostet, wie viel kostet",
        ),
        (
            Cue::Help,
            "hilfe, help, brauche hilfe, bräuchte hilfe, helfen, hilf mir, helft mir, \
             kann mir jemand, kann mir wer, kann jemand, kann mir einer, könnte jemand, \
             könnte mir, weiß jemand, weiss jemand, weiß wer, weiß einer, hat jemand, hat wer, \
             kennt jemand, jemand eine idee, jemand ne idee, eine idee, irgendeine idee, \
             irgendwelche ideen, ideen, jemand einen tipp, einen tipp, tipps, einen rat, \
             ratschläge, ist es möglich, ist es normal, ist das normal, gibt es eine, \
             gibt es einen, gibt es ein, gibt es da, gibts da, gibt es irgendwo, frage zu, \
             frage zum, frage zur, eine frage, kurze frage, meine frage, hätte eine frage, \
             hab ne frage, hätte da, wollte fragen, wollte mal fragen, würde gerne wissen, \
             würde gern wissen, möchte wissen, frage mich, kann ich, muss ich, soll ich, \
             sollte ich, darf ich, was mache ich falsch, was läuft falsch, stimmt nicht, \
             verstehe nicht, versteh nicht, kapiere nicht, weiß nicht wie, weiss nicht wie, \
             weiß nicht warum, weiß nicht mehr, keine ahnung wie, keine ahnung warum, \
             komme nicht weiter, komm nicht weiter, hänge fest, finde nicht, finde keine, \
             finde kein, finde den * nicht, ratlos, verzweifelt, verzweifle, habe ein problem, \
             hab ein problem, habe probleme, hab probleme, habe das problem, \
             habe folgendes problem, schwierigkeiten, könnt ihr mir, kannst du mir helfen, \
             wäre dankbar, bitte um, suche nach, empfehlen, empfehlung, erfahrung mit, \
             erfahrungen mit, wer kann, wer weiß, wer hat erfahrung, bin mir nicht sicher",
        ),
        (
            Cue::Wish,
            "ich möchte, ich will, ich würde gern, ich würde gerne, ich brauche, ich brauch, \
             ich versuche, ich versuch, ich suche, suche, ich habe versucht, hab versucht, \
             möchte gerne, bin dabei, bräuchte, benötige, wie es geht",
        ),
        (
            Cue::Problem,
            "geht nicht, geht nimmer, geht * nicht, gehen nicht, ging nicht, \
             geht bei mir * nicht, geht gar nichts, funktioniert nicht, funktioniert * nicht, \
             funzt nicht, klappt nicht, klappt * nicht, läuft nicht, läuft * nicht, \
             startet nicht, startet * nicht, lädt nicht, lädt * nicht, verbindet nicht, \
             verbindet sich nicht, verbindet * nicht, erkennt * nicht, reagiert nicht, \
             reagiert * nicht, nicht möglich, nicht mehr, kann nicht, kann mich nicht, \
             kann * nicht, kann mich * nicht, kann * kein, kann keine, konnte nicht, \
             lässt sich nicht, lässt sich * nicht, will nicht, kommt nicht, kommt kein, \
             kommt keine, kommt immer, bekomme nicht, bekomme immer, bekomme kein, bekomme keine, \
             bekomme eine, krieg nicht, kriege * nicht, stürzt ab, stürzt * ab, abgestürzt, \
             bricht ab, bricht * ab, abbrüche, hängt sich, hängt, spinnt, kaputt, defekt, \
             verschwunden, verloren, gesperrt, ausgesperrt, vergessen, fällt aus, ausgefallen, \
             offline, blinkt rot, blinkt, zu langsam, sehr langsam, extrem langsam, \
             kein internet, keine verbindung, kein signal, kein ton, kein bild, kein empfang, \
             nichts passiert, passiert nichts, tut sich nichts, ständig, andauernd, plötzlich, \
             nicht angekommen, nicht erhalten, abgebucht, abgelehnt, zeigt nur, trotzdem nicht, \
             schlägt fehl, fehlgeschlagen, druckt nicht, druckt * nicht, leuchtet nicht, \
             leuchtet * nicht, öffnet nicht, öffnet sich nicht, öffnet * nicht, speichert nicht, \
             synchronisiert nicht, aktualisiert nicht, koppelt nicht, komme nicht in, \
             komme nicht rein, komm nicht rein, komme ich nicht, bekomme ich kein, \
             bekomme ich keine, nicht gefunden, nicht verfügbar, nicht erreichbar",
        ),
        (
            Cue::Fault,
            "fehler, fehlermeldung, fehlercode, problem, probleme, problemen, störung, störungen, \
             bug, error, absturz, ausfall, schwierigkeit, warnung, meldung, falsch, falsche, \
             falscher, falschen, falsches",
        ),
        (
            Cue::Mine,
            "ich, mein, meine, meinen, meinem, meiner, meines, mir, mich, wir, uns, unser, \
             unsere, bei mir",
        ),
        (
            Cue::You,
            "du, dein, deine, deinen, deinem, deiner, dir, dich, ihr, euer, eure, euch, hast, \
             bist, kannst, willst",
        ),
        (
            Cue::Someone,
            "jemand, jmd, jemanden, irgendwer, irgendjemand, leute, zusammen, einer von euch",
        ),
        (
            Cue::Back,
            "hast du, bist du, kannst du, willst du, meinst du, was meinst du, wie meinst du, \
             was hast du, welche version, welches gerät, welches modell, welche fehlermeldung, \
             was steht, was sagt, was passiert wenn du, was genau, warum hast du, wo hast du, \
             wann hast du, hast schon, schon probiert, schon versucht, mal versucht, \
             mal probiert, mal neu gestartet, wie hast du, was für ein, was für eine, nutzt du, \
             benutzt du, verwendest du, siehst du, weißt du was, habt ihr, seid ihr, könntest du, \
             wozu brauchst, was willst du, warum nicht, brauchst du, soll ich dir, wer bist du",
        ),
        (
            Cue::SmallTalk,
            "wie gehts, wie geht es dir, wie geht es euch, wie gehts euch, alles klar, alles gut, \
             was geht, was geht ab, was machst du, was macht ihr, woher kommst du, wer ist da, \
             jemand da, jemand hier, jemand online, jemand wach, ist jemand da, ist jemand hier, \
             na ihr, na wie, wer kennt es, echt, wirklich, im ernst, wtf, kann ich was fragen, \
             darf ich was fragen, kann ich euch was fragen, wie war dein",
        ),
        (
            Cue::TagEnd,
            "oder, ne, nicht wahr, gell, wa, nicht, was, ja, nein, ok, okay, richtig, stimmts, \
             oder nicht, oder was, echt, wirklich, gelle, odr",
        ),
        (
            Cue::Greeting,
            "hallo, hi, hey, moin, servus, grüezi, grüß gott, guten tag, guten morgen, \
             guten abend, tach, huhu, hallöchen, mahlzeit, na",
        ),
        (
            Cue::Thanks,
            "danke, dankeschön, danke schön, vielen dank, besten dank, herzlichen dank, dank dir, \
             dank euch, merci, thx, danke dir, danke euch, tausend dank, hat geklappt, \
             hat geholfen, jetzt gehts, jetzt geht es, geht wieder, geht jetzt, \
             funktioniert jetzt, läuft wieder, läuft jetzt",
        ),
        (Cue::Declined, "nein danke, danke für nichts, trotzdem danke, danke aber, danke trotzdem"),
        (Cue::Advance, "im voraus, im vorraus, vorab, schon mal, schonmal, schon einmal, wäre"),
        (
            Cue::Advice,
            "du kannst, du musst, du solltest, du könntest, du brauchst, ihr könnt, ihr müsst, \
             man kann, man muss, probier, probiere, versuch, versuche, nimm, schau, guck, mach, \
             geh, ich glaube, ich denke, ich würde, vielleicht, wahrscheinlich, vermutlich, \
             am besten, einfach, bei mir geht es, das liegt, liegt daran, musst du, \
             kannst du auch, falls du, wenn du",
        ),
        (
            Cue::Offer,
            "sag bescheid, sagt bescheid, melde dich, meld dich, meldet euch, wenn du hilfe, \
             falls du hilfe, wenn ihr hilfe, wer hilfe braucht, wenn jemand hilfe, falls jemand \
             hilfe, falls ihr fragen, wenn ihr fragen, wenn du fragen, falls du fragen, bei \
             fragen, frag einfach, fragt einfach, frag ruhig, fragt ruhig, ich kann dir helfen, \
             ich kann helfen, kann dir helfen, ich helfe dir, ich helfe gerne, helfe gern, \
             schreib mir",
        ),
        (
            Cue::Told,
            "wie gesagt, wie immer, wie gehabt, wie schön, wie geil, wie cool, wie süß, wie \
             schade, was ein, was ich meine, was ich meinte, wer will, wer mag, wer möchte, was \
             solls, was mich, wie auch immer, wie ich",
        ),
        (
            Cue::If,
            "wenn, falls, außer, laut, gemäß, obwohl, nachdem, bevor, während, als, da, \
             abgesehen, zusätzlich, sofern, weil",
        ),
        (
            Cue::Answer,
            "ja, nein, nee, nö, jo, jap, ok, okay, genau, stimmt, klar, achso, ach so, aha, gut, \
             super, cool, schön, gerne, gern, bitte, kein problem, naja, sorry, tja, doch, \
             richtig, alles klar, ach, oh, verstehe, passt, eben",
        ),
        (Cue::Laugh, "haha, hahaha, lol, hehe, xd, rofl"),
        (
            Cue::Filler,
            "und, aber, oder, also, ok, okay, bitte, mal, na, sorry, leute, \
             zusammen, alle, an, auf, aus, bei, mit, in, im, von, vom, für, zu, zum, zur, nach, \
             über, unter, um, seit, bis, durch, gegen, ab, vor, hinter, neben, ach, ah, oh, hm, \
             hmm, ja, nein, frage, entschuldigung, übrigens, ihr, lieben, liebe",
        ),
        (Cue::But, "aber, jedoch, doch, trotzdem, obwohl"),
    ],
    within: &[],
};

pub(super) const DUTCH: Lists = Lists {
    language: "nl",
    common: "de het een en van ik je jij hij zij wij we jullie niet is dat die dit deze op te \
        zijn met \
        voor maar als aan er ook om bij naar uit kan kun kunnen heb heeft hebben wat hoe waar wie \
        waarom wanneer welke mijn jouw geen nog wel dan al iemand doet werkt door over wordt \
        worden was waren hun zich moet mag zou hier daar iets mij",
    cues: &[
        (Cue::Ask, "waarom, hoeveel, hoezo"),
        (
            Cue::AskFirst,
            "hoe, wat, wie, waar, wanneer, welke, welk, waarmee, waardoor, waarvan, waarvoor, \
             waarin, waaraan, wiens, waarheen",
        ),
        (
            Cue::Turned,
            "is er, is het, is dit, is dat, is de, is mijn, zijn er, zijn de, kan ik, kan iemand, \
             kan je, kun je, kan het, kunnen jullie, kunnen we, kunt u, heeft iemand, heb ik, \
             hebben jullie, weet iemand, weten jullie, moet ik, mag ik, zou ik, zou iemand, \
             werkt het, werkt dit, werkt de, gaat het, wordt het, wordt de, doet het, iemand, \
             ben ik, heb je, ben je, weet je, kent iemand",
        ),
        (
            Cue::HowTo,
            "hoe kan ik, hoe kan je, hoe moet ik, hoe krijg ik, hoe kom ik, hoe stel ik, \
             hoe zet ik, hoe verander ik, hoe wijzig ik, hoe * ik, waar kan ik, waar vind ik, \
             waar * ik, wat moet ik, wat kan ik, wat is het verschil, wat betekent, waarom werkt, \
             waarom kan ik, waarom doet, waarom * mijn, wanneer komt, welke * moet, \
             hoe lang duurt, hoeveel kost, hoe werkt",
        ),
        (
            Cue::Help,
            "hulp, help, helpen, help me, hulp nodig, kan iemand, weet iemand, heeft iemand, \
             kent iemand, iemand een idee, enig idee, een idee, iemand tips, tips, advies, \
             is het mogelijk, is er een, zijn er, vraag over, een vraag, vraagje, korte vraag, \
             mijn vraag, ik vraag me af, vroeg me af, zou graag weten, wil graag weten, kan ik, \
             moet ik, mag ik, wat doe ik fout, snap niet, begrijp niet, weet niet hoe, \
             weet niet waarom, geen idee hoe, kom er niet uit, loop vast, zit vast, \
             kan niet vinden, kan * niet vinden, probleem met, problemen met, een probleem, \
             moeite met, aanraden, ervaring met, wie kan, wie weet",
        ),
        (
            Cue::Wish,
            "ik wil, ik wil graag, ik zou graag, ik probeer, ik heb geprobeerd, ik zoek, \
             ik ben op zoek, ik moet, ik heb nodig, op zoek naar",
        ),
        (
            Cue::Problem,
            "werkt niet, werkt * niet, doet het niet, doet * niet, doet niets, lukt niet, \
             lukt * niet, gaat niet, start niet, start * niet, laadt niet, laadt * niet, \
             verbindt niet, krijg geen, krijg * niet, krijg een, krijg steeds, kan niet, \
             kan * niet, kan geen, niet meer, valt weg, valt steeds, valt uit, crasht, \
             vastgelopen, loopt vast, hangt, kapot, stuk, defect, verdwenen, kwijt, vergeten, \
             geblokkeerd, knippert, traag, geen internet, geen verbinding, geen signaal, \
             geen geluid, geen beeld, er gebeurt niets, steeds, plotseling, ineens, mislukt, \
             niet gevonden, niet ontvangen, afgeschreven, geweigerd",
        ),
        (
            Cue::Fault,
            "fout, fouten, foutmelding, foutcode, probleem, problemen, storing, bug, error, \
             melding",
        ),
        (Cue::Mine, "ik, mijn, mij, me, wij, we, ons, onze, mn, bij mij"),
        (Cue::You, "jij, je, jou, jouw, jullie, u, uw, ben je, heb je"),
        (Cue::Someone, "iemand, iedereen, mensen, allemaal"),
        (
            Cue::Back,
            "heb je, ben je, kun je, kan je, wil je, bedoel je, wat bedoel je, welke versie, \
             welk model, welke foutmelding, wat staat er, wat zegt, wat precies, waarom heb je, \
             heb je al, al geprobeerd, gebruik je, zie je, waarom niet, hebben jullie, hoe heb je",
        ),
        (
            Cue::SmallTalk,
            "hoe gaat het, hoe gaat het met, hoe is het, alles goed, alles goed met, wat doe je, \
             waar kom je vandaan, iemand hier, iemand daar, iemand online, is er iemand, \
             is hier iemand, echt waar, echt, serieus, mag ik iets vragen",
        ),
        (Cue::TagEnd, "toch, hè, he, niet, of niet, nietwaar, oke, ok, ja, nee, echt, of wel"),
        (
            Cue::Greeting,
            "hallo, hoi, hey, hi, goedemorgen, goedemiddag, goedenavond, goedendag, dag, \
             hallo allemaal",
        ),
        (
            Cue::Thanks,
            "bedankt, dank je, dank je wel, dankjewel, dank u, dank, thanks, merci, dankje, \
             hartelijk dank, werkt nu, is gelukt, gelukt, het werkt weer",
        ),
        (Cue::Declined, "nee bedankt, nee dank je, toch bedankt, bedankt maar"),
        (Cue::Advance, "alvast, bij voorbaat, op voorhand"),
        (
            Cue::Advice,
            "je kunt, je kan, je moet, je zou, probeer, gebruik, kijk, ga naar, ik denk, \
             misschien, waarschijnlijk, volgens mij, als je",
        ),
        (
            Cue::Offer,
            "laat maar weten, laat het weten, als je hulp, als iemand hulp, ik kan je helpen, ik \
             help je, vraag maar, stel je vraag",
        ),
        (Cue::Told, "wat een, wat leuk, wat mooi, wat jammer, wat ik, wie wil, hoe dan ook"),
        (Cue::When, "wanneer"),
        (
            Cue::If,
            "als, indien, volgens, behalve, naast, toen, terwijl, hoewel, nadat, voordat, omdat",
        ),
        (
            Cue::Answer,
            "ja, nee, ok, oke, klopt, precies, goed, prima, mooi, graag gedaan, geen probleem, \
             sorry, zeker, ah, oh",
        ),
        (Cue::Laugh, "haha, hahaha, lol, hehe, xd"),
        (
            Cue::Filler,
            "en, maar, of, dus, dan, nu, ok, oke, ook, sorry, van, in, op, aan, met, voor, naar, \
             uit, bij, door, om, over, onder, tegen, tijdens, vanaf, sinds, tot, na, allemaal, \
             mensen, vraag",
        ),
        (Cue::But, "maar, echter, toch"),
    ],
    within: &[],
};

pub(super) const SWEDISH: Lists = Lists {
    language: "sv",
    common: "och det att i en ett jag är som på inte för med den till av har du kan vi ni hur \
        vad var \
        vem varför när vilken min mitt mina din från om så men eller någon de han hon ska skulle \
        finns går fungerar bara också nu här där sig mig efter",
    cues: &[
        (Cue::Ask, "varför"),
        (
            Cue::AskFirst,
            "hur, vad, vem, vilka, vilken, vilket, när, var är, var finns, var kan, var hittar, \
             vart, hurdan, vems",
        ),
        (
            Cue::Turned,
            "är det, är den, är min, finns det, kan jag, kan man, kan någon, kan ni, vet någon, \
             har någon, går det, måste jag, ska jag, får jag, någon, fungerar det, har ni, \
             har du, kan du",
        ),
        (
            Cue::HowTo,
            "hur gör jag, hur gör man, hur kan jag, hur får jag, hur * jag, hur * man, \
             var hittar jag, vad ska jag, vad betyder, varför fungerar, varför * min",
        ),
        (
            Cue::Help,
            "hjälp, hjälpa, hjälp mig, behöver hjälp, kan någon, vet någon, har någon, \
             någon som vet, någon idé, några tips, tips, en fråga, fråga om, undrar, \
             är det möjligt, finns det, vet inte hur, förstår inte, hittar inte, problem med, \
             kan jag, ska jag",
        ),
        (Cue::Wish, "jag vill, jag behöver, jag försöker, jag söker, jag letar"),
        (
            Cue::Problem,
            "fungerar inte, fungerar * inte, funkar inte, funkar * inte, går inte, går * inte, \
             startar inte, kan inte, kan * inte, kraschar, hänger, trasig, försvunnen, tappar, \
             inget internet, ingen anslutning, inte längre, plötsligt, misslyckades",
        ),
        (Cue::Fault, "fel, felmeddelande, felkod, problem, bugg, error"),
        (Cue::Mine, "jag, min, mitt, mina, mig, vi, vår, oss"),
        (Cue::You, "du, din, ditt, dina, dig, ni, er"),
        (Cue::Someone, "någon, nån, alla"),
        (
            Cue::Back,
            "har du, är du, kan du, vill du, menar du, vad menar du, vilken version, \
             har du provat, har du testat",
        ),
        (Cue::SmallTalk, "hur mår du, hur är läget, läget, vad gör du, någon här, är någon här"),
        (Cue::TagEnd, "eller, va, eller hur, okej, ok, ja, nej"),
        (Cue::Greeting, "hej, hejsan, tjena, hallå, god morgon, god kväll, tja"),
        (
            Cue::Thanks,
            "tack, tack så mycket, tackar, tusen tack, stort tack, det löste sig, nu fungerar det",
        ),
        (Cue::Declined, "nej tack, tack ändå, tack men"),
        (Cue::Advance, "på förhand, i förväg"),
        (Cue::Advice, "du kan, du måste, du borde, prova, testa, använd, jag tror, kanske, om du"),
        (
            Cue::Offer,
            "säg till, hör av dig, om du behöver hjälp, om någon behöver, jag kan hjälpa, fråga \
             på",
        ),
        (Cue::When, "när"),
        (Cue::If, "om, enligt, förutom, när, medan, fastän, innan, eftersom"),
        (Cue::Answer, "ja, nej, ok, okej, precis, bra, visst, ah"),
        (Cue::Laugh, "haha, lol, hehe"),
        (
            Cue::Filler,
            "och, men, så, eller, då, nu, i, på, för, med, till, av, från, om, under, efter, alla",
        ),
        (Cue::But, "men, dock"),
    ],
    within: &[],
};
