//! Serbian, which Croats and Bosnians read as well: in Latin letters here, the lexicon adds the
//! Cyrillic spelling by itself.

use super::{Cue, Lists};

pub(super) const SERBIAN: Lists = Lists {
    language: "sr",
    common: "i je u se na da ne za od sa su što šta kako gde gdje kad kada ko tko zašto koji \
        koja koje \
        li mi me ja ti on ona mi vi oni moj moja moje neko netko nije nisam sam si smo ste bi ali \
        ili ako to ovo taj već samo još ima imam može mogu treba iz do po bio bila bilo kao ga \
        joj ih nema jel kod",
    cues: &[
        (Cue::Ask, "šta, zašto, koliko, zbog čega, po čemu"),
        (
            Cue::AskFirst,
            "kako, što, ko, tko, koga, kome, kim, gde, gdje, kuda, odakle, kad, kada, koji, koja, \
             koje, kojeg, kojoj, koju, kojim, kojom, kojem, kakav, kakva, kakvo, čiji, čija, čemu, čime",
        ),
        (
            Cue::Turned,
            "da li, dali, je li, jel, jeli, ima li, imali, može li, mogu li, zna li, zna neko, \
             zna netko, neko, netko, ima neko, može neko, treba li, smem li, moram li, hoće li, \
             jesu li, postoji li, imate li, znate li, jesi li",
        ),
        (Cue::Particle, "li, da li, dali, je li, jel, zar"),
        (
            Cue::HowTo,
            "kako da, kako mogu, kako se, kako promeniti, kako promijeniti, kako da promenim, \
             kako podesiti, kako radi, gde da, gde mogu, gdje mogu, gde se, gdje se, gde je, \
             gdje je, šta da radim, što da radim, šta treba, šta znači, što znači, \
             koja je razlika, zašto ne, zašto mi, zašto moj, zašto moja, koliko košta, kome da",
        ),
        (
            Cue::Help,
            "pomoć, upomoć, pomoći, pomozite, pomozi, pomagajte, pomaže, treba mi pomoć, \
             zna li neko, zna li ko, zna neko, da li neko, da li iko, može li neko, može neko, \
             ima li neko, neka ideja, ima neko, savet, savjet, preporuka, preporučite, \
             da li je moguće, je li moguće, može li se, pitanje, imam pitanje, jedno pitanje, \
             zanima me, pitam se, hteo bih da znam, da li mogu, mogu li, da li treba, ne razumem, \
             ne razumijem, ne znam kako, ne znam zašto, ne znam šta, nemam pojma, \
             ne mogu da nađem, ne mogu naći, ne uspevam, zapeo, zapela, imam problem, problem sa, \
             problemi sa, ko zna, tko zna, ko može, objasnite, kako da rešim",
        ),
        (
            Cue::Wish,
            "hoću, želim, hteo bih, htela bih, treba mi, potrebno mi, pokušavam, pokušao sam, \
             probao sam, tražim, moram",
        ),
        (
            Cue::Problem,
            "ne radi, ne rade, ne funkcioniše, ne funkcionira, prestao da, prestala da, \
             prestao raditi, neće da, neće, ne pali, ne otvara, ne učitava, ne povezuje, \
             ne konektuje, ne odgovara, ne vidi, ne mogu, ne može, nije stigao, nije stigla, \
             nisam dobio, nisam dobila, ne prikazuje, izbacuje, javlja, puca, pukao, \
             blokira, koči, zabaguje, prekida, pokvaren, pokvario, nestao, nestalo, izgubio, \
             zaboravio, zaboravila, zaključan, treperi, vrlo spor, spor, nema interneta, \
             nema signala, nema konekcije, nema zvuka, ništa se ne, stalno, odjednom, odbijena",
        ),
        (
            Cue::Fault,
            "greška, grešku, greške, greškom, problem, problema, problemi, kvar, bag, error",
        ),
        (
            Cue::Mine,
            "ja, mi, me, mene, meni, moj, moja, moje, mog, mojoj, imam, nam, nas, naš, kod mene",
        ),
        (Cue::You, "ti, te, tebe, tebi, tvoj, tvoja, tvoje, imaš, si, vi, vam, vas, vaš, kod tebe"),
        (Cue::Someone, "neko, netko, iko, itko, svi, ljudi, ekipa, svima, društvo"),
        (
            Cue::Back,
            "jesi li, jesi, imaš li, imaš, možeš li, možeš, hoćeš, na šta misliš, kako misliš, \
             koja verzija, koju verziju, koji model, koja greška, šta piše, jesi probao, \
             probao si, da li si, koristiš, što ne, zašto ne, a zašto, vidiš li, šta ti",
        ),
        (
            Cue::SmallTalk,
            "kako si, kako ste, šta ima, što ima, šta radiš, što radiš, odakle si, ima li koga, \
             ima koga, neko ovde, ozbiljno, stvarno, mogu nešto da pitam",
        ),
        (Cue::TagEnd, "zar ne, je li, jel, ne, da, ok, važi, jel tako, stvarno, tačno, ili ne, a"),
        (
            Cue::Greeting,
            "zdravo, ćao, cao, bok, pozdrav, dobar dan, dobro jutro, dobro veče, dobra večer, \
             hej, ej, pozdrav svima",
        ),
        (
            Cue::Thanks,
            "hvala, hvala puno, hvala lepo, hvala lijepo, hvala vam, hvala ti, fala, zahvaljujem, \
             radi sada, sad radi, uspelo je, pomoglo je",
        ),
        (Cue::Declined, "ne hvala, hvala ali, svejedno hvala"),
        (Cue::Advance, "unapred, unaprijed, ako neko"),
        (
            Cue::Advice,
            "možeš da, možete da, moraš, trebaš, treba da, probaj, probajte, koristi, pogledaj, \
             mislim da, možda, verovatno, zavisi, ako hoćeš, preporučujem",
        ),
        (
            Cue::Offer,
            "ako ti treba, ako vam treba, ako nekom treba, ako nekome treba, ako treba pomoć, \
             ako imaš pitanja, ako imate pitanja, javi se, javite se, mogu da pomognem, mogu ti \
             pomoći, mogu pomoći, pomoći ću, pitaj, pitajte, ako neko hoće",
        ),
        (Cue::Told, "kako god, šta god, ko god, kad god, kako kome, ko hoće, ko želi"),
        (Cue::When, "kad, kada"),
        (Cue::If, "ako, prema, pored, osim, kad, kada, dok, iako, posle, pre, pošto"),
        (
            Cue::Answer,
            "da, ne, ok, okej, jeste, tako je, tačno, dobro, super, važi, nema na čemu, jasno, \
             aha, molim, sigurno, izvini",
        ),
        (Cue::Laugh, "haha, hahaha, lol, hehe, xd"),
        (
            Cue::Filler,
            "i, a, ali, ili, pa, onda, dakle, ok, u, na, za, od, sa, s, iz, do, po, o, pri, pod, \
             nad, bez, kroz, svi, ljudi, ekipa, svima, pitanje, izvinite, hej, e",
        ),
        (Cue::But, "ali, međutim, no"),
    ],
    within: &[],
};
