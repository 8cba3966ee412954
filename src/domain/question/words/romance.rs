//! French, Italian, Romanian.

use super::{Cue, Lists};

pub(super) const FRENCH: Lists = Lists {
    language: "fr",
    common: "le la les un une des du de et est ne pas que qui je tu il elle nous vous ils on \
        ce cette \
        ces mon ma mes ton ta son sa ses pour dans sur avec par au aux mais ou où comment \
        pourquoi quand quel quelle quels quelles cest jai jarrive quelquun peut peux suis sont \
        avez ai été fait faire plus bonjour merci sil mes en se si ya ça moi leur dun dune quil \
        depuis aussi",
    cues: &[
        (
            Cue::Ask,
            "comment, pourquoi, quand, combien, quest, que faire, quoi, à qui, de qui, \
             à quoi, de quoi, que signifie, que veut",
        ),
        (
            Cue::AskFirst,
            "quel, quelle, quels, quelles, où, qui est, lequel, laquelle, lesquels, lesquelles, \
             doù, qui a, qui sont, qui peut, que se, que peut, quen, qui était, qui, que",
        ),
        (
            Cue::Turned,
            "est ce, est il, est elle, sont ils, y a, peut on, puis je, dois je, faut il, \
             pouvez vous, pourriez vous, peux tu, pourrais tu, avez vous, as tu, savez vous, \
             sais tu, existe t, quelquun, connaissez vous, es tu, êtes vous, a t, dois on, \
             suis je, ai je, serait il, va t, quest ce que, vous savez, cest quoi, ya",
        ),
        (
            Cue::HowTo,
            "comment puis je, comment faire, comment je, comment on, comment peut on, \
             comment changer, comment est ce, comment dois je, comment configurer, \
             comment installer, comment ça marche, comment fonctionne, comment réinitialiser, \
             comment désactiver, comment activer, comment obtenir, comment connecter, \
             comment ajouter, comment supprimer, où puis je, où trouver, où est, où se trouve, \
             que dois je, que faire, quest ce que je dois, quelle est la différence, \
             que signifie, pourquoi mon, pourquoi ma, pourquoi mes, pourquoi je, pourquoi est ce, \
             pourquoi ça, à qui, combien coûte, combien de temps",
        ),
        (
            Cue::Help,
            "aide, aider, aidez moi, besoin daide, besoin dun, à laide, quelquun peut, \
             quelquun sait, quelquun pourrait, quelquun a, quelquun aurait, quelquun connaît, \
             est ce que quelquun, une idée, des idées, une solution, des conseils, un conseil, \
             une astuce, est ce possible, est il possible, y a t il, ya t il, y a til, yatil, \
             est ce quil y a, existe t il, une question, petite question, ma question, \
             question sur, question concernant, je me demande, je me demandais, jaimerais savoir, \
             je voudrais savoir, je voulais savoir, puis je, dois je, est ce que je, \
             quest ce que je fais, je ne comprends pas, je comprends pas, je ne sais pas comment, \
             je sais pas comment, je ne trouve pas, je trouve pas, je narrive pas, jarrive pas, \
             narrive pas, bloqué, bloquée, coincé, perdu, galère, un problème, des problèmes, \
             un souci, des soucis, soucis avec, problème avec, du mal à, me conseiller, \
             me recommander, recommandez, pouvez vous maider, svp, sil vous plaît, qui peut, \
             qui sait",
        ),
        (
            Cue::Wish,
            "je veux, je voudrais, jaimerais, jai besoin, jessaie, jessaye, je cherche, \
             je souhaite, je dois, jai essayé, je tente, cherche",
        ),
        (
            Cue::Problem,
            "ne marche pas, marche pas, ne marche plus, marche plus, ne fonctionne pas, \
             fonctionne pas, ne fonctionne plus, fonctionne plus, ne * pas, ne * plus, nest pas, \
             ne démarre pas, ne se connecte pas, ne répond pas, je peux pas, je ne peux pas, \
             je ne peux plus, impossible de, impossible, naffiche pas, plante, planté, bloque, \
             bug, bugue, rame, coupe, se coupe, se déconnecte, déconnecté, cassé, en panne, \
             tombe en panne, disparu, perdu mon, oublié mon, oublié, clignote, trop lent, \
             très lent, pas de connexion, pas dinternet, pas de son, aucun signal, \
             aucune connexion, rien ne se passe, sans arrêt, tout le temps, soudainement, échoue, \
             échoué, introuvable, pas reçu, refusé, débité, jai une erreur",
        ),
        (
            Cue::Fault,
            "erreur, erreurs, problème, problèmes, souci, soucis, panne, bug, bugs, \
             message derreur, coupure, coupures",
        ),
        (Cue::Mine, "je, mon, ma, mes, moi, me, jai, jarrive, nous, notre, nos, chez moi, jessaie"),
        (Cue::You, "tu, ton, ta, tes, toi, te, tas, vous, votre, vos, as, es"),
        (Cue::Someone, "quelquun, quelquun ici, tout le monde, personne, les gens"),
        (
            Cue::Back,
            "as tu, es tu, avez vous, êtes vous, tu as, tas, veux tu, tu veux, que veux tu dire, \
             tu peux, quelle version, quel modèle, quel message, quelle erreur, cest à dire, \
             as tu essayé, avez vous essayé, tu as essayé, utilises tu, tu utilises, vois tu, \
             pourquoi pas, pourquoi tu, quest ce que tu, quest ce que vous, tu fais, vous faites, \
             tu es",
        ),
        (
            Cue::SmallTalk,
            "ça va, comment ça va, comment vas tu, comment allez vous, quoi de neuf, tu vas bien, \
             vous allez bien, doù viens tu, il y a quelquun, ya quelquun, quelquun ici, \
             quelquun est là, ah bon, vraiment, sérieux, sérieusement, \
             je peux poser une question, puis je poser",
        ),
        (Cue::TagEnd, "non, hein, nest ce pas, ok, oui, daccord, quoi, pas vrai, vraiment, si"),
        (
            Cue::Greeting,
            "bonjour, salut, bonsoir, coucou, hello, bjr, slt, bonjour à tous, salut à tous",
        ),
        (
            Cue::Thanks,
            "merci, merci beaucoup, mille mercis, merci bien, merci à tous, remercie, mci, \
             ça marche maintenant, problème résolu, cest réglé, cest bon",
        ),
        (Cue::Declined, "non merci, merci quand même, merci mais"),
        (Cue::Advance, "davance, par avance"),
        (
            Cue::Advice,
            "tu peux, vous pouvez, tu dois, vous devez, il faut, essaie, essayez, essaye, \
             utilise, utilisez, regarde, regardez, va dans, je pense, je crois, peut être, \
             sûrement, si tu, si vous",
        ),
        (
            Cue::Offer,
            "si tu as besoin, si vous avez besoin, si tu as des questions, si vous avez des \
             questions, si quelquun a besoin, si quelquun veut, nhésite pas, nhésitez pas, \
             hésite pas, je peux taider, je peux vous aider, je peux aider, fais moi signe, \
             faites moi signe, dis moi si, dites moi si",
        ),
        (
            Cue::Told,
            "quel plaisir, quelle chance, quel dommage, quelle horreur, quelle belle, quel beau, \
             quand je, quand on, quand tu",
        ),
        (Cue::When, "quand"),
        (
            Cue::If,
            "si, selon, outre, hormis, lorsque, lorsquun, bien que, après, avant, pendant, \
             puisque, comme, en plus",
        ),
        (
            Cue::Answer,
            "oui, non, ok, daccord, ouais, exactement, voilà, super, bien, de rien, désolé, ah, \
             oh, cool, génial, merci",
        ),
        (Cue::Laugh, "mdr, lol, haha, ptdr, hihi"),
        (
            Cue::Filler,
            "et, mais, ou, donc, alors, or, aussi, puis, ok, oui, non, à, de, en, dans, sur, \
             avec, par, pour, depuis, jusquà, vers, chez, contre, sous, pendant, selon, entre, \
             tous, svp, question, pardon, désolé, tout, monde, le, la, du, au",
        ),
        (Cue::But, "mais, pourtant, cependant, or"),
    ],
    within: &[],
};

pub(super) const ITALIAN: Lists = Lists {
    language: "it",
    common: "il lo la gli le un uno una di e è che non per con mi ti si ci da del della dei \
        delle nel \
        nella al alla sul ma o anche come cosa quando dove chi quale perché ho hai ha sono sei \
        siamo questo questa quello mio mia tuo più qualcuno posso può ciao grazie io tu lui lei \
        noi voi essere stato stata fare molto già su tra fra dopo se era loro suo sua",
    cues: &[
        (Cue::Ask, "cosa, che cosa, dovè, comè, cosè, che tipo, come mai"),
        (
            Cue::AskFirst,
            "come, perché, perchè, quando è, quando si, quando fu, quando ha, chi, dove, qual, \
             quale, quali, quanto, quanta, quanti, quante, di chi, a chi, in che, a che, di che, \
             quando",
        ),
        (
            Cue::Turned,
            "qualcuno, cè un, cè una, cè modo, cè qualcuno, ci sono, posso, si può, può qualcuno, \
             potete, potreste, potresti, puoi, è possibile, è normale, è vero, devo, dovrei, \
             sapete, sai, sa qualcuno, esiste, avete, hai, conoscete, conosci, funziona, è meglio",
        ),
        (
            Cue::HowTo,
            "come posso, come faccio, come fare, come si fa, come si, come cambio, come cambiare, \
             come configuro, come configurare, come installo, come installare, come funziona, \
             come collego, come risolvo, come attivo, come devo, dove posso, dove trovo, dovè il, \
             dove si trova, cosa devo, cosa posso, che devo fare, cosa faccio, \
             qual è la differenza, cosa significa, perché il mio, perché la mia, perché non, \
             perchè non, quanto costa, quanto tempo, a chi",
        ),
        (
            Cue::Help,
            "aiuto, aiutare, aiutarmi, aiutatemi, aiutami, aiutate, ho bisogno di aiuto, \
             qualcuno sa, qualcuno può, qualcuno puo, qualcuno mi, qualcuno ha, \
             qualcuno potrebbe, qualcuno conosce, qualche idea, idee, qualche consiglio, \
             consigli, un consiglio, suggerimenti, è possibile, cè un modo, cè modo, cè qualche, \
             esiste un, una domanda, domanda, ho una domanda, un dubbio, mi chiedo, mi chiedevo, \
             vorrei sapere, volevo sapere, volevo chiedere, posso, devo, dovrei, si può, \
             cosa sbaglio, non capisco, non ho capito come, non so come, non so perché, \
             non so cosa, non trovo, non riesco, bloccato, bloccata, ho un problema, ho problemi, \
             problema con, problemi con, difficoltà, consigliate, consigliarmi, mi consigliate, \
             per favore, chi può, chi sa",
        ),
        (
            Cue::Wish,
            "voglio, vorrei, ho bisogno, mi serve, sto cercando, sto provando, cerco, provo, \
             ho provato, devo",
        ),
        (
            Cue::Problem,
            "non funziona, non funzionano, non va, non mi va, non parte, non si apre, \
             non si accende, non carica, non si carica, non si connette, non si collega, \
             non risponde, non riesco, non posso, non mi fa, non arriva, non è arrivato, \
             non ho ricevuto, non riconosce, non vede, non appare, mi da, mi dà, mi dice, \
             mi esce, mi compare, continua a, cade, si blocca, si disconnette, si spegne, \
             si riavvia, crasha, rotto, guasto, perso, dimenticato, sparito, lampeggia, \
             molto lento, lentissimo, senza internet, nessuna connessione, nessun segnale, \
             non succede nulla, non succede niente, non più, smesso di, allimprovviso, sempre, \
             fallito, rifiutato, addebitato",
        ),
        (
            Cue::Fault,
            "errore, errori, problema, problemi, guasto, bug, malfunzionamento, \
             messaggio di errore",
        ),
        (
            Cue::Mine,
            "io, mio, mia, miei, mie, mi, me, noi, nostro, nostra, ho, sono, riesco, posso, \
             voglio",
        ),
        (Cue::You, "tu, tuo, tua, tuoi, ti, te, voi, vostro, hai, sei, puoi, vuoi, usi, avete"),
        (Cue::Someone, "qualcuno, qualcuna, tutti, ragazzi, gente"),
        (
            Cue::Back,
            "hai, sei, puoi, vuoi, che intendi, cosa intendi, che vuoi dire, che versione, \
             quale versione, quale modello, che modello, che errore, quale errore, hai provato, \
             hai già, avete provato, usi, perché non, cosa ti, che ti, come hai, dove hai",
        ),
        (
            Cue::SmallTalk,
            "come va, come stai, come state, tutto bene, che fai, che fate, di dove sei, \
             da dove vieni, cè qualcuno, qualcuno qui, qualcuno online, davvero, sul serio, \
             veramente, posso fare una domanda, posso chiedere",
        ),
        (Cue::TagEnd, "no, vero, giusto, ok, sì, si, eh, davvero, o no, non è vero, va bene"),
        (
            Cue::Greeting,
            "ciao, salve, buongiorno, buonasera, buon pomeriggio, ehi, hey, ciao a tutti, \
             salve a tutti",
        ),
        (
            Cue::Thanks,
            "grazie, grazie mille, tante grazie, molte grazie, grazie a tutti, ti ringrazio, \
             vi ringrazio, ora funziona, adesso funziona, risolto",
        ),
        (Cue::Declined, "no grazie, grazie lo stesso, grazie comunque, grazie ma"),
        (Cue::Advance, "in anticipo, anticipatamente"),
        (
            Cue::Advice,
            "puoi, devi, dovresti, bisogna, prova, provate, usa, guarda, vai su, vai in, \
             penso che, credo che, secondo me, forse, probabilmente, dipende, se vuoi, se hai, \
             ti consiglio",
        ),
        (
            Cue::Offer,
            "se hai bisogno, se avete bisogno, se hai domande, se serve aiuto, se qualcuno ha \
             bisogno, se qualcuno vuole, fammi sapere, fatemi sapere, posso aiutarti, ti aiuto, \
             chiedi pure, chiedete pure, a disposizione",
        ),
        (
            Cue::Told,
            "che bello, che bella, che figata, che peccato, che palle, come sempre, come al \
             solito, come dicevo, come ho detto, chi vuole, quando ho",
        ),
        (Cue::When, "quando"),
        (Cue::If, "se, secondo, oltre, quando, mentre, sebbene, dopo, prima, poiché, siccome"),
        (
            Cue::Answer,
            "sì, si, no, ok, certo, esatto, bene, ottimo, perfetto, prego, ah, oh, già, capito, \
             scusa, giusto, figurati",
        ),
        (Cue::Laugh, "haha, ahah, ahaha, ahahah, lol, eheh, xd"),
        (
            Cue::Filler,
            "e, ed, ma, o, quindi, allora, poi, anche, ok, a, al, di, da, in, con, su, per, tra, \
             fra, dal, del, nel, secondo, durante, contro, verso, sotto, sopra, fino, tutti, \
             ragazzi, scusate, scusa, una, domanda, ah, oh, senza",
        ),
        (Cue::But, "ma, però, tuttavia"),
    ],
    within: &[],
};

pub(super) const ROMANIAN: Lists = Lists {
    language: "ro",
    common: "și si să nu este sunt un o de la în din pe cu care ce cum unde când cine pentru mai \
        am ai \
        are avem eu tu el ea noi voi meu mea că dar sau dacă lui al ale fost fi prin după acest \
        această cât nici îmi mi te se le lor au ca",
    cues: &[
        (Cue::Ask, "de ce, câți, câte, cati, cate"),
        (
            Cue::AskFirst,
            "cum, ce, cine, cui, unde, când, care, cât, câtă, pe cine, pe ce, în ce, la ce, \
             cu ce, al cui, care este, cand, cat",
        ),
        (
            Cue::Turned,
            "există, se poate, pot, poate cineva, știe cineva, stie cineva, are cineva, cineva, \
             este posibil, e posibil, e normal, trebuie să, ar trebui, aveți, ai, puteți, poți",
        ),
        (
            Cue::HowTo,
            "cum pot, cum fac, cum se, cum schimb, cum să, unde pot, unde găsesc, ce trebuie, \
             ce fac, ce înseamnă, de ce nu, care este diferența, cât costă",
        ),
        (
            Cue::Help,
            "ajutor, ajuta, ajutați, mă ajută, știe cineva, stie cineva, poate cineva, \
             are cineva, vreo idee, o întrebare, o intrebare, este posibil, nu știu cum, \
             nu stiu cum, nu înțeleg, nu găsesc, nu reușesc, am o problemă, am o problema, \
             probleme cu, recomandați, mă întreb",
        ),
        (Cue::Wish, "vreau, aș vrea, am nevoie, încerc, caut, trebuie să"),
        (
            Cue::Problem,
            "nu merge, nu mai merge, nu funcționează, nu functioneaza, nu mai, nu pot, \
             nu se conectează, nu pornește, se blochează, se deconectează, îmi dă, stricat, \
             blocat, pierdut, fără internet",
        ),
        (Cue::Fault, "eroare, erori, problemă, problema, probleme, defecțiune, bug"),
        (Cue::Mine, "eu, meu, mea, mei, mele, mă, mi, îmi, noi, nostru, am"),
        (Cue::You, "tu, tău, ta, te, îți, voi, vostru, ai, ești, poți"),
        (Cue::Someone, "cineva, vreunul, toți, băieți"),
        (
            Cue::Back,
            "ai încercat, ce versiune, ce model, ce eroare, ce vrei să, vrei, poți, ești, \
             folosești",
        ),
        (
            Cue::SmallTalk,
            "ce faci, ce mai faci, ce faceți, cum ești, e cineva, cineva aici, serios, pe bune",
        ),
        (Cue::TagEnd, "nu, da, nu-i așa, ok, bine, corect, serios"),
        (
            Cue::Greeting,
            "bună, buna, salut, bună ziua, bună seara, bună dimineața, hei, servus, noroc",
        ),
        (Cue::Thanks, "mulțumesc, multumesc, mersi, mulțumim, mulțam, acum merge"),
        (Cue::Declined, "nu mulțumesc, mulțumesc oricum, mulțumesc dar"),
        (Cue::Advance, "anticipat, dinainte"),
        (
            Cue::Advice,
            "poți să, trebuie să, încearcă, folosește, cred că, poate, probabil, dacă vrei",
        ),
        (
            Cue::Offer,
            "dacă ai nevoie, dacă aveți nevoie, dacă are cineva nevoie, te pot ajuta, pot să te \
             ajut, anunță mă, spune mi dacă",
        ),
        (Cue::When, "când, cand"),
        (
            Cue::If,
            "dacă, daca, conform, potrivit, pe lângă, în afară, deși, după, înainte, deoarece",
        ),
        (Cue::Answer, "da, nu, ok, bine, corect, exact, cu plăcere, ah, sigur"),
        (Cue::Laugh, "haha, lol, hehe"),
        (
            Cue::Filler,
            "și, si, dar, deci, atunci, sau, ok, la, în, in, din, de, pe, cu, pentru, prin, după, \
             sub, spre, toți",
        ),
        (Cue::But, "dar, însă"),
    ],
    within: &[],
};
