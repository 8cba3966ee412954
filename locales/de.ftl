# Was der Bot auf Deutsch sagt. Schlüssel, Argumente und Zeichen erklärt en.ftl.
#
# Der Bot sagt „du“ und zu mehreren „ihr“. Zeitspannen stehen im Akkusativ („einen Moment“,
# „3 Tage“), deshalb heißt es „liegt 3 Tage zurück“ und „höchstens 3 Tage“, nicht „vor“ oder „in“.
# „Freiwillige“ sind alle, die helfen; „Botschafter:innen“ die, die sich dafür eingetragen haben.

## An Fragende

suggestion-intro = { $count ->
    [one] { $who }, vielleicht ist das schon deine Antwort:
   *[other] { $who }, vielleicht ist deine Antwort schon dabei:
}
suggestion-footer = Automatisch aus unseren Hilfeseiten ausgesucht. Hilft dir das nicht, drück auf „{ button-ask-person }“. Höre ich { $patience } lang nichts von dir, frage ich von selbst herum.
suggestion-asked = { $who } fragt: { $question }
helpers-called = { $count ->
    [one] { $who }, ich habe jemanden gefragt, der sich damit auskennt.
   *[other] { $who }, ich habe { $count } Freiwillige gefragt, die sich damit auskennen.
} Lieber gleich mit unserem Team sprechen? Tippe { $command }.
more-helpers-called = { $count ->
    [one] Ich suche weiter und habe noch jemanden gefragt.
   *[other] Ich suche weiter und habe noch { $count } Freiwillige gefragt.
} Lieber gleich mit unserem Team sprechen? Tippe { $command }.
helper-took-it = { $who }, { $helper } hat deine Frage übernommen und antwortet dir hier.
helper-gave-back = { $who }, das hat leider doch nicht geklappt. Ich suche jemand anderen.
answer-check = { $who }, hat die Antwort von { $helper } dein Problem gelöst? Wenn ich eine Weile nichts höre, nehme ich es an.
answer-conveyed = { $who }, { $helper } antwortet dir: { $answer }
staff-answered = { $who }, { $staff } aus unserem Team antwortet dir: { $answer }
handed-off = { $who }, ich habe das an unser Team weitergegeben. Es meldet sich hier bei dir, meist dauert das höchstens { $wait }.
handed-off-nobody-free = { $who }, von den Freiwilligen hat gerade niemand Zeit, deshalb habe ich das an unser Team weitergegeben. Es meldet sich hier bei dir, meist dauert das höchstens { $wait }.
handed-off-urgent = { $who }, das soll nicht warten, deshalb habe ich es direkt an unser Team weitergegeben. Es meldet sich hier bei dir, meist dauert das höchstens { $wait }.
handed-off-no-desk = { $who }, das ist etwas für unser Team, aber mir hat noch niemand gesagt, wo ich es erreiche. Ich habe der Moderation Bescheid gegeben und erinnere sie weiter daran.
staff-took-it = { $who }, { $staff } aus unserem Team kümmert sich jetzt darum.
staff-still-working = { $who }, du bist nicht vergessen: Unser Team hat deine Frage und antwortet dir hier.
solved-by-self = Schön, { $who }. Ich habe deine Frage als gelöst vermerkt.
solved-by-helper = Gelöst 🎉 { $helper } hat { $who } geholfen: { $points ->
    [one] +1 Punkt, insgesamt { $balance }.
   *[other] +{ $points } Punkte, insgesamt { $balance }.
}
solved-by-helper-capped = Gelöst 🎉 { $helper } hat { $who } geholfen. Diesmal ohne Punkte, dafür mit umso mehr Dank.
solved-by-staff = { $who }, ich habe das als von unserem Team gelöst vermerkt.
solved-by-silence = { $who }, ich habe nichts mehr gehört und nehme an, dass { $helper } dir helfen konnte. Falls nicht, hast du noch { $window } Zeit, auf „{ button-not-solved }“ zu drücken.
solved-for-you-too = { $count ->
    [one] Noch jemand hier hatte dieselbe Frage. Das ist jetzt gelöst; die Antwort steht oben.
   *[other] { $count } andere hier hatten dieselbe Frage. Das ist jetzt gelöst; die Antwort steht oben.
}
rank-reached = 🎉 { $helper } hat den Rang **{ $rank }** erreicht. Danke für all die Hilfe bisher.
thanks-passed-on = { $points ->
    [0] Ein Dankeschön für { $helper }.
    [one] Ein Dankeschön für { $helper }: +1 Punkt, insgesamt { $balance }.
   *[other] Ein Dankeschön für { $helper }: +{ $points } Punkte, insgesamt { $balance }.
}
reopened-calling = { $who }, deine Frage ist wieder offen. Ich frage Freiwillige.
not-solved-yet = Danke, dass du es sagst, { $who }. Deine Frage bleibt offen, und ich suche weiter nach Hilfe.
expired-unsolved = { $who }, es tut mir leid: In der ganzen Zeit konnte das niemand lösen, deshalb schließe ich die Frage. Stell sie gern noch einmal; oft hilft schon die eine oder andere Einzelheit mehr.
me-too-noted = Vermerkt. Ich gebe dir hier Bescheid, sobald das gelöst ist.
me-too-full = Hier warten schon viele, deshalb kann ich keinen weiteren Namen aufnehmen. Die Antwort erscheint genau hier.
already-that-far = Das ist schon geschehen. Du musst nichts weiter tun.

## An Botschafter:innen

call-intro = { $who } hat eine Frage in { $place }:
call-free-again = Die Frage von { $who } in { $place } ist wieder frei:
call-topics = Themen: { $topics }
call-how-to = Drück auf „{ button-take }“, dann hast du { $lease } Zeit zum Antworten; „{ button-pass }“, wenn es nicht passt. Brauchst du eine Pause? `/ambassador pause`
call-taken-by = { $helper } hat übernommen. Danke, dass ihr alle da wart.
call-over = Um diese Frage ist gesorgt. Danke, dass ihr da wart.
claim-yours = Die Frage gehört dir. Bitte antworte { $who } in { $place }, du hast { $lease } Zeit. Geht es doch nicht, drück auf „{ button-give-back }“, dann frage ich jemand anderen.
claim-lost = { $helper } war einen Moment schneller. Danke, dass du helfen wolltest; die nächste Frage ist vielleicht deine.
claim-already-yours = Diese Frage hast du schon übernommen. Du hast noch { $left } Zeit zum Antworten.
claim-own-question = Das ist deine eigene Frage. Ich suche jemand anderen, der sie beantwortet.
claim-not-ambassador = Übernehmen können nur Botschafter:innen, antworten dürfen alle. Mit `/ambassador join` wirst du Botschafter:in.
claim-too-many = { $count ->
    [one] Du hast schon eine Frage zu beantworten. Beantworte sie oder gib sie zurück, dann kann diese hier deine werden.
   *[other] Du hast schon { $count } Fragen zu beantworten. Beantworte eine oder gib sie zurück, dann kann diese hier deine werden.
}
claim-with-staff = Darum kümmert sich jetzt unser Team. Wenn du die Antwort kennst, hilft sie trotzdem.
claim-lapsed = { $helper }, die Zeit für diese Frage ist um, deshalb suche ich jemand anderen. Deine Antwort zählt weiterhin.
pass-noted = In Ordnung, wegen dieser Frage melde ich mich nicht mehr.
give-back-not-yours = Diese Frage hast du nicht übernommen, also gibt es nichts zurückzugeben.
give-back-noted = Danke, dass du es sagst. Ich suche jemand anderen.

## An Team und Moderation

dossier-intro = **Fall { $case }** · { $who } fragt in { $place }:
dossier-why-asked = Warum hier: { $by } hat nach unserem Team gefragt.
dossier-why-urgent = Warum hier: Darin steht „{ $word }“, und das geht direkt an euch.
dossier-why-nobody = Warum hier: Von den Freiwilligen hatte niemand Zeit.
dossier-why-ladder = Warum hier: Freiwillige wurden { $waited } lang gefragt, ohne Lösung.
dossier-facts = { $topics ->
    [none] Sprache: { $language }
   *[other] Sprache: { $language } · Themen: { $topics }
}
dossier-tried = Schon vorgeschlagen: { $articles }
dossier-nothing-tried = Schon vorgeschlagen: nichts, keine Hilfeseite passte.
dossier-called = { $count ->
    [0] Gefragte Freiwillige: niemand.
   *[other] Gefragte Freiwillige: { $count }.
}
dossier-answer = Antwort von { $helper }: { $answer }
dossier-how-to = Drück auf „{ button-staff-take }“, damit die anderen es wissen, und antworte dann auf diese Nachricht: Deine Antwort gebe ich weiter. „{ button-staff-return }“ fragt noch einmal herum, „{ button-staff-solved }“ schließt den Fall.
desk-reminder = Fall { $case } · { $who } wartet auf ein Wort von euch; die Frage ist { $waited } alt.
desk-follow-up = { $who } schreibt dazu: { $message }
desk-escalated-again = Fall { $case } · { $by } hat noch einmal nach unserem Team gefragt.
desk-not-solved = Fall { $case } · { $who } sagt, dass es noch nicht gelöst ist. Er bleibt bei euch.
desk-taken-by = { $staff } kümmert sich darum.
desk-back = Fall { $case } ist wieder frei für alle.
desk-solved = Fall { $case } ist gelöst. Es ist nichts mehr zu tun.
desk-withdrawn = Fall { $case } wurde ohne Lösung geschlossen. Es ist nichts mehr zu tun.
desk-missing = { $who } braucht unser Team (Fall { $case }), aber ich weiß nicht, wo ich es erreiche. Sobald die Moderation mit `/askaround staff` einen Kanal nennt, schicke ich es dorthin.
desk-moved = Fall { $case } ist in den neuen Kanal unseres Teams umgezogen.
desk-conveyed = Ich habe es an { $who } weitergegeben.
staff-only = Das ist unserem Team vorbehalten.
returned-to-calling = Dieser Fall ist wieder bei den Freiwilligen.

## Was nicht geht

not-your-question = Das kann nur entscheiden, wer gefragt hat.
case-over = Diese Frage ist abgeschlossen. Wenn noch etwas offen ist, frag bitte neu.
case-unknown = Ich finde diese Frage nicht mehr. Frag bitte neu.
escalation-not-allowed = Du kannst diese Frage nicht an unser Team weitergeben. Wer sie gestellt hat, kann es meist.
already-with-staff = Unser Team hat das schon. Es meldet sich hier bei dir, meist dauert das höchstens { $wait }.
nothing-to-escalate = Du hast keine offene Frage, die ich weitergeben könnte. Schreib sie hinter { $command }, dann ist sie unterwegs.
too-many-open = { $count ->
    [one] Du hast schon eine offene Frage. Sobald sie gelöst ist, kannst du die nächste stellen.
   *[other] Du hast schon { $count } offene Fragen. Sobald eine gelöst ist, kannst du die nächste stellen.
}
not-watched = Hier nehme ich keine Fragen an. Frag bitte in { $places }.
not-watched-anywhere = Ich nehme noch in keinem Kanal Fragen an. Die Moderation kann das mit `/askaround watch` ändern.
moderators-only = Diesen Befehl kann nur die Moderation benutzen. Es hat sich nichts geändert.
unknown-command = { $command } kenne ich nicht. `/help` zeigt dir, was ich kann.
missing-option = Hinter { $command } fehlt noch etwas: `{ $option }`. Tippe es bitte noch einmal damit.
unknown-option = { $known ->
    [none] { $command } kennt `{ $option }` nicht. Tippe es bitte noch einmal ohne diese Angabe.
   *[other] { $command } kennt `{ $option }` nicht, wohl aber: { $known }.
}
bad-option = { $value } `{ $option }` braucht { $expected }. Tippe es bitte noch einmal so.
unknown-topic = { $topic } { $known ->
    [none] Dieses Thema kenne ich nicht. Hier gibt es noch keine Themen.
   *[other] Dieses Thema kenne ich nicht. Hier gibt es: { $known }.
}
unknown-language = { $language } Diese Sprache spreche ich noch nicht. Ich spreche: { $known }.
desk-apart = { $place } dient schon etwas anderem. Unser Team braucht einen eigenen Kanal, denn wer dort schreibt, gilt als Team.
unknown-channel = { $place } Diesen Kanal kenne ich nicht. Gib den Befehl bitte in dem Kanal selbst ein.
unknown-zone = { $zone } Diese Zeitzone kenne ich nicht. Schreib sie wie `Europe/Berlin` oder `America/New_York`.
bad-command-word = { $word } So kann der Befehl nicht heißen: { $problem }. Bitte such ein anderes Wort aus.

## Antworten auf Befehle

ambassador-joined = Danke, du bist jetzt Botschafter:in. Ich frage dich { $topics ->
    [none] zu allen Themen
   *[other] zu diesen Themen: { $topics };
} { $languages ->
    [none] in allen Sprachen,
   *[other] in diesen Sprachen: { $languages };
} { $calls ->
    [one] höchstens einmal am Tag.
   *[other] höchstens { $calls }-mal am Tag.
} `/ambassador hours` legt Ruhezeiten fest, `/ambassador pause` gibt dir eine Pause, und `/ambassador leave` beendet es.
ambassador-left = Du bist nicht mehr Botschafter:in, und ich frage dich nicht mehr. Danke für deine Hilfe; deine Punkte bleiben dir. Falls es dir fehlt: `/ambassador join`
ambassador-not-one = Du bist nicht Botschafter:in. Mit `/ambassador join` wirst du es, mit `/ambassador leave` hörst du jederzeit wieder auf.
ambassador-paused = Genieß die Pause. Ich frage dich nicht, bis du `/ambassador join` tippst.
ambassador-paused-for = Genieß die Pause. Ich frage dich { $span } lang nicht. Früher zurück? `/ambassador join`
ambassador-hours = Vermerkt: Ruhezeit **{ $hours }** ({ $zone }). `/ambassador hours` ändert sie wieder.
ambassador-hours-off = Du hast keine Ruhezeit mehr, ich frage dich also zu jeder Tageszeit. `/ambassador hours` legt eine neue fest.
points-none = Noch keine Punkte. Es gibt sie für Antworten, die jemandes Frage lösen.
points-are = { $balance ->
    [one] Du hast **1 Punkt** und den Rang **{ $rank }**. Heute: { $today } von höchstens { $cap }.
   *[other] Du hast **{ $balance } Punkte** und den Rang **{ $rank }**. Heute: { $today } von höchstens { $cap }.
}
points-next = { $missing ->
    [one] Noch ein Punkt bis zum Rang { $rank }.
   *[other] Noch { $missing } Punkte bis zum Rang { $rank }.
}
points-line = { $points ->
    [one] • 1 Punkt: { $act } ({ $ago } her)
   *[other] • { $points } Punkte: { $act } ({ $ago } her)
}
why-nothing = Ich habe dich bisher nicht gefragt, also gibt es noch nichts zu erklären.
why-called = Meine Anfrage an dich liegt { $ago } zurück: die Frage von { $who } in { $place }. Die Gründe:
why-topic = • Du hast ihr Thema gewählt: { $topics }.
why-any-topic = • Du nimmst Fragen zu allen Themen an.
why-language = • Du sprichst ihre Sprache ({ $language }).
why-rested = • Die Anfrage davor lag { $rested } zurück.
why-never-called = • Ich hatte dich noch nie gefragt.
why-helped-before = { $count ->
    [one] • Du hast schon eine solche Frage gelöst.
   *[other] • Du hast schon { $count } solche Fragen gelöst.
}
why-busy = { $count ->
    [0] • Du hattest keine andere Frage zu beantworten.
    [one] • Du hattest noch eine andere Frage zu beantworten; das sprach ein wenig dagegen.
   *[other] • Du hattest noch { $count } andere Fragen zu beantworten; das sprach ein wenig dagegen.
}
why-wave = { $count ->
    [one] • In Runde { $wave } habe ich nur dich gefragt.
   *[other] • In Runde { $wave } habe ich { $count } Freiwillige gefragt.
}
why-how-to-stop = Eine Pause: `/ambassador pause`. Gar keine Anfragen mehr: `/ambassador leave`.
why-not-called = Es gab eine Frage, zu der ich dich nicht gefragt habe; sie liegt { $ago } zurück. Der Grund:
why-not-paused = • Du hattest gerade Pause.
why-not-quiet = • Du hattest Ruhezeit ({ $hours }).
why-not-daily-cap = { $count ->
    [one] • Du hattest deine eine Anfrage für den Tag schon.
   *[other] • Du hattest deine { $count } Anfragen für den Tag schon.
}
why-not-open-cases = { $count ->
    [one] • Du hattest schon eine Frage zu beantworten.
   *[other] • Du hattest schon { $count } Fragen zu beantworten.
}
why-not-muted = • Du hast ihr Thema stummgeschaltet: { $topics }.
why-not-other-topics = • Es ging um { $topics }, und du hast andere Themen gewählt.
why-not-language = • Du nimmst keine Fragen in ihrer Sprache an ({ $language }).
why-not-blocked = • Die Moderation hat mich gebeten, dich nicht zu fragen.
why-not-asker = • Es war deine eigene Frage.
why-not-called-before = • Zu dieser Frage hatte ich dich schon gefragt.
why-not-outranked = • Du hättest helfen können, aber andere wussten mehr darüber oder hatten länger Ruhe.
help-customer = { $places ->
    [none] **Hast du eine Frage?** Stell sie mit `/ask`.
   *[other] **Hast du eine Frage?** Stell sie in { $places } oder mit `/ask`.
}
help-tiers =
    1. Ich sehe sofort in unseren Hilfeseiten nach.
    2. Reicht das nicht, frage ich Freiwillige, die sich damit auskennen.
    3. Wissen auch sie nicht weiter, hilft unser Team. { $command } führt dich direkt dorthin.
help-ambassador = **Du bist Botschafter:in:** `/points` zeigt, was deine Hilfe eingebracht hat, `/why`, warum ich dich gefragt habe. `/ambassador hours` legt Ruhezeiten fest, `/ambassador pause` gibt dir eine Pause, `/ambassador leave` beendet es.
help-become = **Kennst du dich aus?** Mit `/ambassador join` hilfst du anderen. Themen und Ruhezeiten wählst du selbst, und aufhören kannst du jederzeit.
hello = Hallo, ich helfe bei { $bot }: Frag mich, und ich suche eine Antwort oder jemanden, der sie weiß.
privacy-kept = **Was ich aufbewahre:** Fragen, die ich für { $bot } aufnehme, was dazu gesagt wurde, und von allen, die daran beteiligt sind, den Namen und die Nummer auf dieser Plattform. Von Freiwilligen auch ihre Wünsche, wobei sie geholfen haben, und ihre Punkte. Von anderen Nachrichten bewahre ich nichts auf.
privacy-span = **Wie lange:** Die Worte einer Frage bewahre ich noch { $span } nach ihrem Ende auf, dann werden sie gelöscht; Punkte und Zahlen bleiben, solange du dabei bist.
privacy-use = **Wofür:** um zu antworten und zu danken. Freiwillige und unser Team lesen deine Frage; sonst bekommt niemand etwas davon, und nichts wird damit trainiert. Eine Antwort wird nur zur Hilfeseite, wenn zustimmt, wer sie geschrieben hat.
privacy-forget = **Um vergessen zu werden,** sag es mit { $command }; unser Team kümmert sich darum.
who-is-this = Du schreibst als die ganze Gruppe, daher weiß ich nicht, wem das gehören würde. Schreib bitte unter deinem eigenen Namen und versuch es noch einmal.
help-moderator = **Du moderierst:** `/askaround watch` lässt mich in einem Kanal Fragen annehmen, `/askaround staff` nennt mir den Kanal unseres Teams, `/askaround escalation` den Befehl, der dorthin führt. `/askaround status` zeigt, wie es steht.
watch-on = Ab jetzt nehme ich in { $place } Fragen an. Modus: { $mode }. Empfindlichkeit: { $sensitivity }. `/askaround watch mode:off` beendet es.
watch-answers = Ich antworte { $answers }.
watch-off = In { $place } nehme ich keine neuen Fragen mehr an. Um die offenen kümmere ich mich noch.
staff-set = Ab jetzt geht alles, was unser Team braucht, nach { $place }.
staff-waiting = { $count ->
    [one] Ein Fall hat darauf gewartet und ist unterwegs dorthin.
   *[other] { $count } Fälle haben darauf gewartet und sind unterwegs dorthin.
}
ambassadors-set = Ab jetzt frage ich Botschafter:innen in { $place }.
escalation-is = { $aliases ->
    [none] { $command } führt zu unserem Team.
   *[other] { $command } führt zu unserem Team, und ebenso { $aliases }.
}
escalation-set = Ab jetzt führt { $command } zu unserem Team. { $old } gilt noch 24 Stunden.
escalation-reset = { $command } führt wieder zu unserem Team, wie dieser Bot es von Anfang an hat.
status-watching = Fragen: Ich nehme sie in { $places } an.
status-watching-none = Fragen: Ich nehme noch keine an. `/askaround watch` in einem Kanal ändert das.
status-threads = Jede Frage bekommt einen eigenen Thread in { $places }.
status-thread-refused = Den letzten Thread in { $place } konnte ich nicht öffnen und habe deshalb im Kanal geantwortet. Der Grund: { $problem }
status-desk = Unser Team: { $place }
status-desk-none = Unser Team: noch kein Kanal. Bis `/askaround staff` einen nennt, kann ich nichts weitergeben.
status-helpers = Botschafter:innen frage ich in { $place }.
status-roster = Botschafter:innen: { $count }, davon jetzt ansprechbar: { $free }.
status-articles = Hilfeseiten: { $count }
status-escalation = Zu unserem Team: { $command }
status-cases = Offene Fragen: { $open }, davon beim Team: { $waiting }.
status-given-up = { $count ->
    [one] Eine Nachricht ließ sich nicht zustellen. Ich habe sie aufgehoben; bitte sag es denen, die diesen Bot betreiben.
   *[other] { $count } Nachrichten ließen sich nicht zustellen. Ich habe sie aufgehoben; bitte sag es denen, die diesen Bot betreiben.
}
status-parked = { $count ->
    [one] Mit einer eingegangenen Nachricht kam ich nicht zurecht. Ich habe sie beiseitegelegt; bitte sag es denen, die diesen Bot betreiben.
   *[other] Mit { $count } eingegangenen Nachrichten kam ich nicht zurecht. Ich habe sie beiseitegelegt; bitte sag es denen, die diesen Bot betreiben.
}

## Was gut ist und was nicht: für die Moderation und für alle, die den Bot betreiben

finding-token-taken = Das Token wird angenommen: Das hier ist { $name }.
finding-token-unset = Aus: { $variable } ist nicht gesetzt.
finding-token-unset-mend = Zum Einschalten gehört das Token des Bots ({ $source }) in die Umgebungsvariable { $variable }.
finding-token-wrong = Das Token in { $variable } wird nicht angenommen.
finding-token-wrong-mend = Kopiere es neu ({ $source }) nach { $variable }.
token-source-discord = Developer Portal, Bot, Reset Token
token-source-telegram = @BotFather, /mybots, API Token
finding-unread = { $what } ließ sich nicht ansehen: { $why }.
finding-unread-mend = Prüfe, ob dieser Rechner die Plattform erreicht (und `api_url` in bot.toml, falls gesetzt), und versuch es dann noch einmal.
finding-content-read = Der Message Content Intent ist an.
finding-content-unread = Der Message Content Intent ist aus: Ich lese nur, was mich erwähnt, Antworten an mich, Befehle und Knöpfe. Alle anderen Fragen entgehen mir.
finding-content-unread-mend = Wer diesen Bot betreibt, schaltet im Developer Portal (Bot, Privileged Gateway Intents) den Message Content Intent ein und startet den Bot neu.
finding-sessions = { $count ->
    [one] Heute ist noch ein Start möglich.
   *[other] Heute sind noch { $count } Starts möglich.
}
finding-sessions-none = Heute ist kein Start mehr möglich: Der Bot wurde zu oft gestartet.
finding-sessions-none-mend = Lass ihn laufen. Er verbindet sich von selbst in { $wait }.
finding-server-in = Ich bin im Server { $server }.
finding-server-new = Ich bin im Server { $server }, aber dort ist nichts eingerichtet.
finding-server-new-mend = Gib dort im Kanal für Fragen `/askaround watch` ein.
finding-server-out = Der Server { $server } ist eingerichtet, aber ich bin nicht darin.
finding-server-out-mend = Lade mich mit dem Link unten wieder ein, oder lass es so: Was davon aufbewahrt ist, wird 30 Tage, nachdem der laufende Bot es bemerkt, gelöscht.
finding-server-none = Ich bin noch in keinem Server.
finding-server-none-mend = Lade mich mit dem Link unten ein.
finding-rights-all = { $place } ({ $uses }): Dort darf ich alles, was ich brauche.
finding-rights-missing = { $place } ({ $uses }): Dort kann ich ohne diese Rechte nicht arbeiten: { $rights }.
finding-rights-wished = { $place } ({ $uses }): Dort fehlt etwas ohne diese Rechte: { $rights }.
finding-rights-mend = Gib sie meiner Rolle in den Einstellungen des Kanals unter „Berechtigungen“ oder in denen des Servers.
finding-place-gone = { $place } ({ $uses }) gibt es nicht mehr, oder ich sehe es nicht.
finding-questions-gone-mend = War das so gedacht, wähle mit `/askaround watch` einen anderen Kanal; dieser ist dann vergessen.
finding-desk-gone-mend = Nenne mit `/askaround staff` einen anderen Kanal für unser Team.
finding-calls-gone-mend = Nenne mit `/askaround ambassadors` einen anderen Kanal für Botschafter:innen.
finding-invite = So lädst du mich ein, mit genau den Rechten, die ich brauche: { $link }
# Telegram.
finding-hears-all = Der Privacy Mode ist aus: Ich höre, was in meinen Gruppen gesagt wird.
finding-privacy-mode = Der Privacy Mode ist an: Wo ich nicht administriere, höre ich nur Befehle, Knöpfe und Antworten an mich.
finding-privacy-mode-mend = Mach mich in jeder Gruppe zum Administrator. Oder schick @BotFather /setprivacy, wähle Disable und nimm mich neu in die Gruppen auf.
finding-no-groups = Ich kann in keine Gruppe aufgenommen werden.
finding-no-groups-mend = Schick @BotFather /setjoingroups und wähle Enable.
finding-topics = Private Chats mit mir können Themen haben; jedes ist ein Gespräch für sich.
finding-fetched = { $count ->
    [0] Ich hole meine Updates selbst, und keines wartet.
    [one] Ich hole meine Updates selbst, und eines wartet.
   *[other] Ich hole meine Updates selbst, und { $count } warten.
}
finding-fetched-elsewhere = Ein anderes Programm holt meine Updates mit demselben Token, deshalb höre ich nur einen Teil davon.
finding-fetched-elsewhere-mend = Wer diesen Bot betreibt, beendet das andere Programm oder gibt jedem ein eigenes Token.
finding-webhook-stray = Meine Updates werden zu { $url } gebracht, und in bot.toml steht nichts davon.
finding-webhook-stray-mend = Ein Start des Bots beendet das. Braucht es ein anderes Programm, gib jedem ein eigenes Token.
finding-webhook-unset = Meine Updates werden noch nicht zu { $url } gebracht.
finding-webhook-unset-mend = Ein Start des Bots ändert das.
finding-webhook-well = { $count ->
    [0] Meine Updates werden zu { $url } gebracht, und keines wartet.
    [one] Meine Updates werden zu { $url } gebracht, und eines wartet.
   *[other] Meine Updates werden zu { $url } gebracht, und { $count } warten.
}
finding-webhook-failing = { $count ->
    [0] Updates ließen sich nicht bringen ({ $ago } her): { $why }.
    [one] Updates ließen sich nicht bringen ({ $ago } her): { $why }. Eines wartet.
   *[other] Updates ließen sich nicht bringen ({ $ago } her): { $why }. { $count } warten.
}
finding-webhook-failing-mend = Prüfe, ob der Bot läuft, ob { $url } sein `--listen` erreicht und ob das Zertifikat gilt, mit dem davor TLS gesprochen wird.
finding-group-in = Ich bin in der Gruppe { $group }.
finding-group-moved = Die Gruppe { $group } ist eine Supergruppe geworden. Der laufende Bot geht mit.
finding-group-out = Die Gruppe { $group } ist eingerichtet, aber ich bin nicht darin.
finding-group-out-mend = Nimm mich wieder auf, oder lass es so: Was davon aufbewahrt ist, wird 30 Tage, nachdem der laufende Bot es bemerkt, gelöscht.
finding-group-none = Noch ist in keiner Gruppe etwas eingerichtet.
finding-group-none-mend = Nimm mich in eine Gruppe auf, mach mich dort zum Administrator und gib `/askaround watch` ein.
finding-room-out = { $place } ({ $uses }): In dieser Gruppe bin ich nicht.
finding-room-out-mend = Nimm mich wieder auf, oder nenne mit `/askaround watch`, `/askaround staff` oder `/askaround ambassadors` eine andere.
finding-unheard = { $place } ({ $uses }): Dort administriere ich nicht, und der Privacy Mode ist an. Ich höre nur Befehle, Knöpfe und Antworten an mich; alle anderen Fragen entgehen mir.
finding-no-administrator = { $place } ({ $uses }): Dort administriere ich nicht. Von Reaktionen erfahre ich nichts, und private Antworten gehen in die privaten Chats mit mir.
finding-administrator-mend = Mach mich dort zum Administrator; irgendein Recht genügt.
finding-write-mend = Lass mich dort schreiben: in den Einstellungen der Gruppe unter „Berechtigungen“.
finding-add = Um mich in eine Gruppe aufzunehmen: Öffne { $link }, wähle sie aus und mach mich dort zum Administrator.

use-questions = Fragen
use-desk = unser Team
use-calls = Botschafter:innen
use-threads = Threads für Fragen

right-view-channel = Kanal ansehen
right-send-messages = Nachrichten senden
right-send-in-threads = Nachrichten in Threads senden
right-read-history = Nachrichtenverlauf anzeigen
right-embed-links = Links einbetten
right-attach-files = Dateien anhängen
right-add-reactions = Reaktionen hinzufügen
right-create-threads = Öffentliche Threads erstellen

## Knöpfe

button-solved = Das hat geholfen
button-ask-person = Jemanden fragen
button-me-too = Ich auch
button-take = Ich übernehme
button-pass = Diesmal nicht
button-give-back = Zurückgeben
button-not-solved = Nicht gelöst
button-staff-take = Ich übernehme
button-staff-return = Zurück an Freiwillige
button-staff-solved = Gelöst
may-repeat = (vielleicht zum zweiten Mal, { $id })

## Die Geschichte eines Falls, für Moderation und Betrieb: ein Schritt je Zeile, hinter seiner Zeit

story-asked = { $who } hat in { $place } gefragt.
story-suggested = Ich habe { $articles } vorgeschlagen.
story-called = Ich habe { $who } gefragt: { $topics ->
    [none] nimmt jedes Thema
   *[other] hat { $topics } gewählt
}, { $count ->
    [0] hat noch nichts dergleichen gelöst
    [one] hat schon eine solche Frage gelöst
   *[other] hat schon { $count } solche Fragen gelöst
}, Ruhe seit der letzten Anfrage: { $rested }.
story-called-first = Ich habe { $who } gefragt: { $topics ->
    [none] nimmt jedes Thema
   *[other] hat { $topics } gewählt
}, { $count ->
    [0] hat noch nichts dergleichen gelöst
    [one] hat schon eine solche Frage gelöst
   *[other] hat schon { $count } solche Fragen gelöst
}, zum ersten Mal.
story-over-asker = Nicht gefragt, weil es die eigene Frage ist: { $names }
story-over-blocked = Nicht gefragt, weil die Moderation mich darum gebeten hat: { $names }
story-over-paused = Nicht gefragt, weil gerade Pause ist: { $names }
story-over-called-before = Nicht gefragt, weil ich es schon getan hatte: { $names }
story-over-language = Nicht gefragt, weil andere Sprachen gewählt sind: { $names }
story-over-muted = Nicht gefragt, weil das Thema stummgeschaltet ist: { $names }
story-over-other-topics = Nicht gefragt, weil andere Themen gewählt sind: { $names }
story-over-quiet = Nicht gefragt, weil gerade Ruhezeit ist: { $names }
story-over-daily-cap = Nicht gefragt, weil der Tag schon genug Anfragen hatte: { $names }
story-over-open-cases = Nicht gefragt, weil schon andere Fragen offen sind: { $names }
story-over-unsuited = Nicht gefragt, weil es nicht passte: { $names }
story-over-outranked = Noch nicht gefragt, weil andere besser passten: { $names }
story-nobody-else = Sonst war niemand zu fragen, also habe ich auf die schon Gefragten gewartet.
story-article-helped = { $by } sagte, dass ein Artikel geholfen hat.
story-wanted-person = { $by } wollte lieber jemanden fragen.
story-no-word = { $who } sagte nichts zu den Artikeln, also habe ich weitergemacht.
story-still-unanswered = Es gab noch keine Antwort, also habe ich weitergemacht.
story-took = { $helper } hat die Frage übernommen.
story-lapsed = { $helper } hatte übernommen, aber die Zeit für die Antwort lief ab.
story-passed = { $helper } hat abgelehnt.
story-gave-back = { $helper } hat sie zurückgegeben.
story-answered = { $helper } hat geantwortet.
story-answered-as-staff = { $staff } aus unserem Team hat geantwortet.
story-wrote-more = { $by } hat die Antwort ergänzt.
story-accepted = { $by } sagte, dass die Antwort von { $helper } geholfen hat.
story-thanked = { $by } hat { $helper } gedankt.
story-not-solved = { $by } sagte, dass es nicht gelöst ist.
story-reopened = { $by } sagte, dass es doch nicht gelöst ist, also ist die Frage wieder offen.
story-solved-by-silence = Es kam nichts mehr, also nahm ich an, dass { $helper } es gelöst hat.
story-staff-asked = Es ging an unser Team: { $by } hat danach gefragt.
story-staff-asked-again = { $by } hat noch einmal nach unserem Team gefragt.
story-staff-urgent = Es ging gleich an unser Team: Darin steht „{ $word }“.
story-staff-nobody = Es ging an unser Team: Niemand von den Freiwilligen war frei.
story-staff-ladder = Es ging an unser Team: Die Zeit der Freiwilligen war um.
story-staff = Es ging an unser Team.
story-staff-took = { $staff } aus unserem Team hat übernommen.
story-staff-gave-back = { $staff } hat es ans Team zurückgegeben.
story-reminded = Ich habe unser Team erinnert.
story-desk-set = Es ist in den Kanal unseres Teams umgezogen.
story-returned = { $by } hat es an die Freiwilligen zurückgegeben.
story-staff-solved = { $by } hat es als gelöst vermerkt.
story-me-too = { $by } hat dieselbe Frage.
story-followed-up = { $by } hat noch etwas dazu geschrieben.
story-withdrawn = { $by } hat die Frage zurückgezogen.
story-retracted = { $by } hat meine Worte zurückgenommen.
story-restored = { $by } lässt meine Worte wieder gelten.
story-removed = { $by } hat die Frage geschlossen.
story-community-left = Ich wurde aus der Community entfernt, damit war die Frage geschlossen.
story-place-left = Ich wurde aus dem Chat entfernt, in dem sie gestellt wurde, damit war die Frage geschlossen.
story-expired = In all der Zeit konnte es niemand lösen, also habe ich geschlossen.
story-earned = { $helper }: { $points ->
    [0] keine Punkte für die Lösung
    [one] +1 Punkt für die Lösung
   *[other] +{ $points } Punkte für die Lösung
}
story-earned-thanks = { $helper }: { $points ->
    [0] keine Punkte für den Dank
    [one] +1 Punkt für den Dank
   *[other] +{ $points } Punkte für den Dank
}
story-earned-endorsed = { $helper }: { $points ->
    [0] keine Punkte für eine bestätigte Antwort
    [one] +1 Punkt für eine bestätigte Antwort
   *[other] +{ $points } Punkte für eine bestätigte Antwort
}
story-earned-article = { $helper }: { $points ->
    [0] keine Punkte für einen Artikel, der geholfen hat
    [one] +1 Punkt für einen Artikel, der geholfen hat
   *[other] +{ $points } Punkte für einen Artikel, der geholfen hat
}
story-given-by-hand = { $points ->
    [one] { $by } gab { $helper } 1 Punkt: { $note }
   *[other] { $by } gab { $helper } { $points } Punkte: { $note }
}
story-taken-by-hand = { $points ->
    [one] { $by } nahm { $helper } 1 Punkt: { $note }
   *[other] { $by } nahm { $helper } { $points } Punkte: { $note }
}
story-granted = { $helper }: { $points } Punkte, von der Moderation geändert
story-taken-back = { $helper }: { $points } Punkte, ein früherer Eintrag zurückgenommen
story-unknown = Es geschah etwas, das diese Version von mir nicht erzählen kann ({ $word }).

## Wie es war: Bewertungen, Rückmeldungen, Bestenliste und Bericht

button-rate-up = 👍
button-rate-down = 👎
rated-up = Danke, das freut mich. Noch ein Wort dazu? `/feedback` und was du sagen möchtest.
rated-down = Danke, dass du es sagst. Was hat gefehlt? `/feedback` und ein, zwei Worte helfen uns, besser zu werden.
rate-not-yours = Die Hilfe hier kann nur bewerten, wer gefragt hat. Trotzdem danke.
rate-later = Diese Frage ist wieder offen. Sobald sie gelöst ist, frage ich, wie es war.
feedback-on-answer = Danke. Ich habe es bei deiner Frage vermerkt, wo die Moderation es lesen kann.
feedback-on-product = Danke. Ich habe es dort vermerkt, wo die Moderation sammelt, was ihr zum Produkt sagt.
feedback-praise = Danke, wie freundlich. Ich habe es dort vermerkt, wo die Moderation es lesen wird.
feedback-no-answer = Ich finde keine beantwortete Frage von dir, um die es gehen könnte. Zum Produkt: `/feedback about:product` und deine Worte.
feedback-enough = Das sind { $count } Rückmeldungen an einem Tag, mehr kann ich von einer Person nicht annehmen. Komm gern morgen wieder.
story-rated-up = { $by } hat die Hilfe bewertet: 👍
story-rated-down = { $by } hat die Hilfe bewertet: 👎
story-said-of-answer = { $by } sagte dazu: { $said }
leaders-week = { $topic ->
    [none] **Wer in den letzten 7 Tagen am meisten geholfen hat**
   *[other] **Wer in den letzten 7 Tagen am meisten geholfen hat, bei { $topic }**
}
leaders-month = { $topic ->
    [none] **Wer in den letzten 30 Tagen am meisten geholfen hat**
   *[other] **Wer in den letzten 30 Tagen am meisten geholfen hat, bei { $topic }**
}
leaders-all = { $topic ->
    [none] **Wer bisher am meisten geholfen hat**
   *[other] **Wer bisher am meisten geholfen hat, bei { $topic }**
}
leaders-line = { $points ->
    [one] { $place }. { $who }: 1 Punkt
   *[other] { $place }. { $who }: { $points } Punkte
}
leaders-nobody = In dieser Zeit hat noch niemand Punkte. Die ersten könnten deine sein: `/ambassador join`
leaders-you = { $points ->
    [one] Du bist auf Platz { $place } mit 1 Punkt.
   *[other] Du bist auf Platz { $place } mit { $points } Punkten.
}
leaders-you-none = Du hast in dieser Zeit noch keine Punkte. Es gibt sie für Antworten, die jemandes Frage lösen.
leaders-next = { $missing ->
    [one] Noch ein Punkt bis zum nächsten Platz.
   *[other] Noch { $missing } Punkte bis zum nächsten Platz.
}
report-intro = { $days ->
    [one] **Der letzte Tag:** { $count ->
        [one] eine Frage
       *[other] { $count } Fragen
    }
   *[other] **Die letzten { $days } Tage:** { $count ->
        [one] eine Frage
       *[other] { $count } Fragen
    }
}
report-nothing = { $days ->
    [one] Am letzten Tag hat niemand etwas gefragt.
   *[other] In den letzten { $days } Tagen hat niemand etwas gefragt.
}
report-cut = Es waren mehr Fragen, als ich auf einmal durchsehen kann; das hier sind die neuesten { $count }.
report-solved = Gelöst: { $solved } ({ $share } %)
report-solved-by = • durch Hilfeseiten { $pages } · Botschafter:innen { $ambassadors } · andere Mitglieder { $members } · unser Team { $staff }
report-unsolved = Nicht gelöst: { $open } noch offen · { $expired } abgelaufen · { $withdrawn } zurückgezogen
report-first-answer = Erste Antwort von einem Menschen: die Hälfte brauchte höchstens { $median }, neun von zehn höchstens { $slow }
report-resolution = Bis zur Lösung: die Hälfte brauchte höchstens { $median }, neun von zehn höchstens { $slow }
report-to-staff = An unser Team: { $count } · danach gefragt { $asked } · dringend { $urgent } · niemand frei { $nobody } · Zeit der Freiwilligen um { $ladder }
report-calls = Anfragen an Botschafter:innen: { $made } · übernommen { $taken } · abgelehnt { $passed } · übernommen, ohne zu antworten { $lapsed }
report-missed = { $topics ->
    [none] Keine Hilfeseite passte: { $count } · ohne Thema { $none }
   *[other] { $none ->
        [0] Keine Hilfeseite passte: { $count } · { $topics }
       *[other] Keine Hilfeseite passte: { $count } · { $topics } · ohne Thema { $none }
    }
}
report-points = Vergebene Punkte: { $points }
report-ratings = Bewertungen: 👍 { $up } · 👎 { $down }
report-product = Zum Produkt gesagt: { $count }
report-praise = Lob: { $count }
expected-days = eine Zahl von Tagen, 1 bis 366
about-leaders = Wer am meisten geholfen hat und wo du stehst
about-feedback = Sag, was du von einer Antwort, dem Produkt oder jemandes Hilfe hältst
about-askaround-report = Wie die letzten Tage liefen: Fragen, Antworten, was gefehlt hat
about-option-period = Wie weit zurück: eine Woche, ein Monat oder alles
about-option-topic = Nur dieses Thema
about-option-words = Was du sagen möchtest
about-option-about = Worum es geht; ohne Angabe deine letzte Antwort, sonst das Produkt
about-option-days = Wie viele Tage zurück; ohne Angabe 30
period-week = die letzten 7 Tage
period-month = die letzten 30 Tage
period-all = alles bisher
about-answer = die Antwort auf meine Frage
about-product = das Produkt
about-praise = Lob für jemandes Hilfe

## Zeitspannen, im Akkusativ

span-moment = einen Moment
span-seconds = { $count ->
    [one] 1 Sekunde
   *[other] { $count } Sekunden
}
span-minutes = { $count ->
    [one] 1 Minute
   *[other] { $count } Minuten
}
span-hours = { $count ->
    [one] 1 Stunde
   *[other] { $count } Stunden
}
span-days = { $count ->
    [one] 1 Tag
   *[other] { $count } Tage
}

## Wofür es Punkte gibt

act-solved = deine Antwort hat eine Frage gelöst
act-thanked = jemand hat dir gedankt
act-endorsed = jemand vom Fach oder aus der Moderation hat deine Antwort bestätigt
act-article_reused = ein Artikel von dir hat eine Frage gelöst
act-granted = von der Moderation
act-reversed = ein früherer Eintrag zurückgenommen

## Ränge

rank-newcomer = Neuling
rank-guide = Wegweiser
rank-expert = Profi
rank-legend = Legende

## Wie auf einen Kanal gehört wird; auch die Auswahl im Befehl

mode-detect = alles, was nach einer Frage aussieht
mode-tagged = nur, was #help trägt, mich erwähnt oder mir antwortet
mode-every_post = jeder neue Beitrag
lang-en = Englisch
lang-de = Deutsch
lang-fr = Französisch
lang-es = Spanisch
lang-pt = Portugiesisch
lang-it = Italienisch
lang-nl = Niederländisch
lang-pl = Polnisch
lang-ru = Russisch
lang-sr = Serbisch
lang-tr = Türkisch
lang-uk = Ukrainisch
lang-id = Indonesisch
mode-on = an
mode-off = hier nichts
sensitivity-strict = streng, nur wenn ich sicher bin
sensitivity-balanced = ausgewogen
sensitivity-eager = eifrig, lieber einmal zu oft
answers-channel = im Kanal, als Antwort auf die Frage
answers-thread = in einem Thread, den ich zu jeder Frage öffne

## Was eine Angabe braucht, im Akkusativ

expected-channel = einen Kanal
expected-span = eine Dauer wie 30m oder 2h
expected-list = eine Liste mit Kommas
expected-person = eine Person, mit @ genannt
expected-hours = Uhrzeiten wie 22:00-08:00
expected-text = etwas Text
expected-number = eine ganze Zahl wie 3
expected-waves = Runden wie 2@0s,4@4m: wie viele, nach welcher Zeit, aufsteigend
expected-ranks = Ränge wie newcomer@0,guide@50

## Warum ein Wort nicht der Befehl sein kann

word-empty = Es fehlt ein Wort
word-letters = Erlaubt sind nur Kleinbuchstaben von a bis z, Ziffern und _
word-too-long = Es ist länger als 32 Zeichen
word-reserved = So heißt schon ein anderer Befehl

## Beschreibungen der Befehle und ihrer Angaben; höchstens 90 Zeichen

about-ask = Stell eine Frage; ich suche eine Antwort und, wenn nötig, jemanden, der sie weiß
about-escalation = Sprich mit unserem Team über deine Frage
about-ambassador = Hilf anderen, freiwillig
about-ambassador-join = Botschafter:in werden, Themen ändern oder eine Pause beenden
about-ambassador-leave = Nicht mehr Botschafter:in sein; ich frage dich dann nicht mehr
about-ambassador-pause = Eine Pause von Anfragen, für eine Weile oder bis du zurück bist
about-ambassador-hours = Die Zeiten, in denen ich dich nicht frage
about-points = Deine Punkte, dein Rang und woher sie kommen
about-why = Warum ich dich gefragt habe oder warum nicht
about-help = Was ich kann und wer hilft, wenn ich es nicht kann
about-privacy = Was ich von dir aufbewahre, wie lange, und wie du vergessen wirst
about-askaround = Den Bot einrichten; für die Moderation
about-askaround-watch = In einem Kanal Fragen annehmen
about-askaround-unwatch = In einem Kanal keine Fragen mehr annehmen
about-askaround-staff = Den Kanal nennen, in dem unser Team arbeitet
about-askaround-ambassadors = Den Kanal nennen, in dem Botschafter:innen gefragt werden
about-askaround-escalation = Den Befehl ansehen oder umbenennen, der zu unserem Team führt
about-askaround-status = Was eingerichtet ist, wer jetzt helfen könnte und was offen ist
about-option-question = Deine Frage, in deinen Worten
about-option-reason = Worum es geht, in ein, zwei Sätzen
about-option-topics = Die Themen, zu denen ich dich fragen soll, mit Kommas
about-option-languages = Die Sprachen, in denen du helfen kannst, mit Kommas: de, en
about-option-for = Wie lange, etwa 2h oder 7d; ohne Angabe auf unbestimmte Zeit
about-option-hours = Von wann bis wann, etwa 22:00-08:00; off für keine
about-option-zone = Deine Zeitzone, etwa Europe/Berlin
about-option-channel = Der Kanal; ohne Angabe dieser hier
about-option-mode = Was ich als Frage annehme; off für nichts
about-option-sensitivity = Wie leicht ich etwas für eine Frage halte
about-option-answers = Wo ich antworte: im Kanal oder in einem eigenen Thread je Frage
about-option-name = Der neue Name, ein Wort in Kleinbuchstaben; ohne Angabe siehst du den jetzigen
about-ambassador-topics = Wählen, wozu ich dich frage und wozu nie
about-ambassador-card = Sehen, wofür jemand bekannt ist; die eigene Karte zeigt auch die Einstellungen
about-askaround-ladder = Sehen oder ändern, wann ich wen frage und wann unser Team eine Frage bekommt
about-askaround-recognition = Sehen oder ändern, was Helfen wert ist
about-askaround-language = Sehen oder ändern, in welcher Sprache ich hier zu allen spreche
about-askaround-case = Sehen, was mit einer Frage geschah, und eingreifen
about-askaround-block = Jemanden außen vor lassen: keine Anfragen, keine Punkte, keine Fragen
about-option-calls = Wie viele Anfragen am Tag dir reichen
about-option-mute = Themen, zu denen du nie gefragt wirst, mit Kommas; off für keine
about-option-who = Wessen, mit @ genannt; ohne Angabe die eigene
about-option-person = Wer, mit @ genannt
about-option-switch = off beendet es
about-option-calls-all = Wie oft ich jemanden am Tag höchstens frage
about-option-cases = An wie vielen Fragen jemand gleichzeitig arbeitet
about-option-waves = Wie viele und nach welcher Zeit: 2@0s,4@4m,8@10m
about-option-patience = Wie lange Hilfeseiten stehen, bevor ich Menschen frage
about-option-claim = Wie lange Zeit hat, wer eine Frage übernimmt
about-option-wait = Nach einer Antwort gilt so viel Stille als gelöst
about-option-staff-after = Wann unser Team die Frage bekommt
about-option-all = reset: alles, wie der Bot es von Anfang an hat
about-option-solved = Punkte für die Antwort, die es löste
about-option-thanked = Punkte für einen Dank
about-option-endorsed = Punkte für eine Antwort, die die Moderation gutheißt
about-option-cap = Punkte, die eine Person am Tag verdienen kann
about-option-ranks = Wo Ränge beginnen: newcomer@0,guide@50
about-option-rank = Ein Rang wie guide, zu dem eine Rolle gehört
about-option-role = Die Rolle, die für diesen Rang steht
about-option-rank-mode = off beendet es; auf Telegram zeigt on Ränge als Tags neben den Namen
about-option-language = Eine Sprache wie de; reset für die eigene des Bots
about-option-case = Die Nummer der Frage; ohne Angabe siehst du die offenen
about-option-do = Was damit geschehen soll
about-option-points = Wie viele Punkte
about-option-why = Warum, in einem Satz

## Was die Moderation ändert, zurücknimmt und wieder gelten lässt

bad-choice = { $option } kann nicht { $value } sein. Möglich ist: { $known }.
out-of-limits = { $option } kann von { $least } bis { $most } gehen.
staff-before-waves = Unser Team bekäme eine Frage nach { $staff }, aber die letzte Runde der Botschafter:innen wird nach { $last } gefragt. Lass das Team nach der letzten Runde kommen.
bad-ranks = Nenne jeden Rang einmal, aufsteigend, den ersten bei 0. Zum Beispiel: `ranks:{ $known }`
unknown-person = Ich kenne hier niemanden namens { $person } Nenne die Person mit @.
unknown-case = Ich kenne keine Frage mit der Nummer { $case } `/askaround case` zeigt die offenen.
undo-by = So machst du es rückgängig: `{ $command }`
already-so = So war es schon, es hat sich nichts geändert.
and-more = { $count ->
    [one] … und noch eins.
   *[other] … und noch { $count }.
}
rules-here = Das gilt in dieser Community:
rules-from-now = Das gilt ab jetzt in dieser Community:
ladder-patience = Zuerst Hilfeseiten. Kommt { $patience } lang kein Wort zurück, frage ich Botschafter:innen.
ladder-waves = Runden der Botschafter:innen, wie viele und nach welcher Zeit: `{ $waves }`
ladder-claim = Wer eine Frage übernimmt, antwortet innerhalb von { $claim }. Nach einer Antwort gilt Stille von { $wait } als gelöst.
ladder-staff = Unser Team bekommt sie nach { $staff }.
recognition-points = Punkte: { $solved } fürs Lösen, { $thanked } für einen Dank, { $endorsed } für eine gutgeheißene Antwort; höchstens { $cap } am Tag.
recognition-ranks = Ränge und wo sie beginnen: `{ $ranks }`
# $badges is how it is typed: guide @Guide, expert @Expert.
badges-here = Rollen zu Rängen: { $badges }
badges-nowhere = Auf dieser Plattform kann ich keine Rollen vergeben. `/points` und `/ambassador card` zeigen alle Ränge.
badge-set = Ab jetzt steht die Rolle { $badge } für den Rang { $rank }. Alle mit diesem Rang bekommen sie, immer ein paar auf einmal, und ich nehme sie zurück, wenn sich der Rang ändert.
badge-off = Ab jetzt steht die Rolle { $badge } nicht mehr für den Rang { $rank }. Ich nehme sie allen wieder ab, die sie von mir haben, immer ein paar auf einmal.
badge-again = So war es schon. Ich gehe alle noch einmal durch, immer ein paar auf einmal, damit { $badge } bekommt, wem sie zusteht.
# $obstacle is one of the obstacle-… below and says what to do.
badge-refused = { $badge } kann für keinen Rang stehen: { $obstacle } Es hat sich nichts geändert.
# To the moderators, once, where the team works, and in the status.
badge-trouble = Ich kann die Rolle { $badge } für einen Rang weder geben noch nehmen: { $obstacle } Bis dahin zeigt `/points` alle Ränge.
# $command is the whole line to type.
badge-trouble-over = Danach lässt mich { $command } alle noch einmal durchgehen.
# For the server’s own log: why somebody’s roles were changed.
badge-reason = Rang jetzt: { $rank }
tags-on = Ab jetzt zeige ich den Rang aller als Tag neben ihrem Namen, ein paar Leute nach den anderen, und ändere ihn mit dem Rang. Administrator:innen behalten stattdessen ihren Titel.
tags-off = Ab jetzt zeige ich keine Ränge als Tags mehr. Die von mir vergebenen nehme ich wieder ab, ein paar nach den anderen.
tags-here = Ränge stehen als Tags neben den Namen.
tags-again = So war es schon. Ich gehe noch einmal alle durch, ein paar nach den anderen.
tags-only = Rollen gibt es hier nicht. `{ $command }` zeigt den Rang aller als Tag neben ihrem Namen.
tags-trouble = Ich kann Ränge nicht als Tags zeigen: Mir fehlt das Recht, die Tags der Mitglieder zu verwalten. Bitte gib es mir in der Liste der Administrator:innen der Gruppe. Bis dahin zeigt `/points` allen ihren Rang.
unknown-badge = { $badge } Eine Rolle, die so heißt, kenne ich hier nicht. Nenne eine mit @.
# $known is a list of words to type.
unknown-rank = { $rank } Diesen Rang kenne ich nicht. Die Ränge hier sind: { $known }.

# What is in the way of a role, and what to do about it: $obstacle of badge-refused and badge-trouble.
obstacle-no_right = Mir fehlt das Recht „Rollen verwalten“. Gib es meiner Rolle bitte in den Servereinstellungen.
obstacle-above = Diese Rolle steht über meiner eigenen. Zieh meine bitte in den Servereinstellungen unter „Rollen“ darüber.
obstacle-managed = Diese Rolle gehört zu einer App, zu Boosts oder zu verknüpften Konten und lässt sich nicht von Hand vergeben. Nimm bitte eine eigene Rolle für diesen Rang.
obstacle-everyones = Diese Rolle haben alle. Nimm bitte eine eigene Rolle für diesen Rang.
obstacle-deleted = Diese Rolle gibt es nicht mehr. Nimm bitte eine andere für diesen Rang.

language-is = Zu allen hier spreche ich { $language }; einzelnen antworte ich in ihrer Sprache. Ich kann: { $known }.
language-set = Ab jetzt spreche ich zu allen hier { $language }. Einzelnen antworte ich weiter in ihrer Sprache.
staff-off = Ab jetzt hat unser Team keinen Kanal. Was zu ihm soll, wartet, und ich erinnere euch daran.
ambassadors-off = Ab jetzt frage ich Botschafter:innen dort, wo die Frage gestellt wurde.
ambassador-caps = { $calls ->
    [one] Ab jetzt frage ich alle höchstens einmal am Tag,
   *[other] Ab jetzt frage ich alle höchstens { $calls }-mal am Tag,
} { $cases ->
    [one] und niemand hat mehr als eine Frage gleichzeitig.
   *[other] und niemand hat mehr als { $cases } Fragen gleichzeitig.
}
roster-line = { $helper }: { $state }; heute { $calls } von { $cap } Mal gefragt
block-on = Ab jetzt lasse ich { $who } außen vor: keine Anfragen, keine Punkte, und ich nehme von dort keine Fragen mehr an. Das gilt überall, wo ich auf dieser Plattform arbeite.
block-off = { $who } ist wieder dabei: Anfragen, wenn gewünscht, Punkte und Fragen.
block-line = { $who } ist gesperrt.
block-line-why = { $who } ist gesperrt: { $note }
block-nobody = Niemand ist gesperrt. `/askaround block @name` lässt jemanden außen vor.
block-not-moderators = Wer moderiert, lässt sich nicht sperren, und niemand sperrt sich selbst.
asker-blocked = Ich kann deine Frage nicht annehmen: Darum hat mich die Moderation gebeten. Bitte sprich mit ihr darüber.
case-line = { $case }: { $who } in { $place }, vor { $ago }. { $stage }
case-question = Die Frage:
case-steps-before = { $count ->
    [one] Ein Schritt davor ist hier ausgelassen.
   *[other] { $count } Schritte davor sind hier ausgelassen.
}
case-step-ago = — vor { $ago }
case-due = Tut niemand etwas, mache ich in { $left } weiter.
case-how-to = `/askaround case { $case } do:` close, return, escalate, solved, retract oder restore; endorse, grant oder take mit `who:`, Punkten und einem Grund.
case-now = { $case } steht jetzt so: { $stage }
case-words-retracted = Meine Worte zu { $case } sind zurückgenommen; wo sie standen, sagt das eine Zeile.
case-words-restored = Meine Worte zu { $case } gelten wieder, wie sie waren.
cases-none = Keine Frage ist offen. `/askaround case` mit einer Nummer zeigt eine, die vorbei ist.
cases-how-to = `/askaround case` mit einer Nummer erzählt alles, was geschah.
closed-by-moderator = { $who }, die Moderation hat diese Frage geschlossen. Ist sie für dich noch offen, sprich mit ihr oder frag noch einmal.
moderator-adds = Die Moderation ergänzt: { $note }
words-retracted = Die Moderation hat diese Nachricht zurückgenommen.
no-answer-by = Von { $helper } gibt es keine Antwort auf diese Frage.
not-for-yourself = Punkte für dich selbst kann nur jemand anders aus der Moderation geben oder nehmen.
nothing-to-take = Diese Frage hat { $helper } nichts gebracht, was man zurücknehmen könnte.
no-points-to-take = { $helper } hat keine Punkte, die man nehmen könnte.
points-given = { $points ->
    [one] { $helper } bekommt 1 Punkt
   *[other] { $helper } bekommt { $points } Punkte
} und hat jetzt { $balance }.
points-taken = { $points ->
    [one] { $helper } verliert 1 Punkt
   *[other] { $helper } verliert { $points } Punkte
} und hat jetzt { $balance }.

stage-suggested = Hilfeseiten sind vorgeschlagen.
stage-calling = Botschafter:innen werden gefragt.
stage-claimed = Jemand arbeitet daran.
stage-answered = Es gibt eine Antwort.
stage-handed-off = Unser Team hat sie.
stage-resolved = Gelöst.
stage-closed = Geschlossen.

duty-free = ansprechbar
duty-paused = macht Pause
duty-quiet = hat Ruhezeit
duty-called-enough = wurde heute schon oft genug gefragt
duty-busy = hat gerade genug Fragen
duty-blocked = ist gesperrt

do-close = schließen
do-return = zurück zu den Freiwilligen
do-escalate = an unser Team
do-solved = ist gelöst
do-endorse = eine Antwort gutheißen
do-grant = Punkte geben
do-take = Punkte zurücknehmen
do-retract = meine Worte zurücknehmen
do-restore = meine Worte wieder gelten lassen
all-reset = wie der Bot es von Anfang an hat

## Fragen, die kamen, als der Bot weg war, oder ohne ein Wort

asked-while-away = { $who }, als du das gefragt hast, war ich nicht da. Brauchst du noch Hilfe? Drück „{ button-ask-person }“, und ich frage Freiwillige.
suggestion-footer-late = Automatisch aus unseren Hilfeseiten gewählt; als du gefragt hast, war ich nicht da. Hilft es nicht, drück „{ button-ask-person }“.
say-in-words = { $who }, Bilder ansehen oder zuhören kann ich nicht. Sag mir in einem Satz, was nicht geht, dann suche ich Hilfe.
ask-well = { $who }, ich frage schon herum. Um welches Gerät geht es, und was passiert? Ein Satz dazu hier, und man kann dir schneller helfen.

## Die Karte von Botschafter:innen, und wie lange Hilfe dauert

ambassador-calls = { $calls ->
    [one] Ich frage dich höchstens einmal am Tag.
   *[other] Ich frage dich höchstens { $calls }-mal am Tag.
}
ambassador-topics = Ich frage dich zu { $topics ->
    [none] allen Themen
   *[other] { $topics }
}{ $muted ->
    [none] .
   *[other] , und nie zu { $muted }.
}
card-is = { $helper }: { $rank }, { $balance ->
    [one] 1 Punkt
   *[other] { $balance } Punkte
}
card-solved = { $count ->
    [0] Noch keine Frage gelöst.
    [one] Eine Frage gelöst
   *[other] { $count } Fragen gelöst
}{ $topics ->
    [none] { "" }
   *[other] {" "}· am besten bei { $topics }
}
card-topics = Hilft bei { $topics ->
    [none] allen Themen
   *[other] { $topics }
}, auf { $languages }.
card-muted = Nie: { $topics }. `/ambassador topics mute:off` hebt das auf.
card-calls = Heute { $calls } von { $cap } Mal gefragt. Mit `/ambassador hours calls:1` werden es weniger.
card-quiet = Ruhezeit: { $hours } ({ $zone }).
card-now = Gerade jetzt: { $state }.
card-no-ambassador = { $helper } ist nicht Botschafter:in.
help-wait-crowd = Zuletzt kam die Hälfte der Antworten von Freiwilligen innerhalb von { $wait }.
help-wait-staff = Zuletzt kam die Hälfte der Antworten unseres Teams innerhalb von { $wait }.
help-wait-unknown = Zuletzt gab es zu wenige Antworten, um zu sagen, wie lange es dauert.
help-free-now = { $count ->
    [0] Von den Freiwilligen ist gerade niemand ansprechbar; dann hilft unser Team.
    [one] Gerade ist jemand von den Freiwilligen ansprechbar.
   *[other] Gerade sind { $count } Freiwillige ansprechbar.
}

## Policies from outside

why-not-unsuited = • Nach den eigenen Regeln dieser Community war es keine Frage für dich. Bei der nächsten kann das anders sein.

## Threads
thread-title = Frage { $case }
thread-title-withdrawn = Frage zurückgezogen
desk-thread = Was ihr in diesem Thread schreibt, geht an { $who }. Eine Notiz nur für euer Team beginnt ihr mit `//`.
call-thread = Was ihr in diesem Thread schreibt, geht an { $who }. Eine Notiz nur unter euch beginnt ihr mit `//`.

## Message menus
menu-ask-around = Herumfragen
menu-get-staff = Team holen
form-ask = Stell eine Frage
form-feedback = Sag uns deine Meinung
pointed-taken = Danke für den Hinweis. Ich kümmere mich um die Frage; wie es weitergeht, siehst du unter der Nachricht.
pointed-known = Darum kümmere ich mich schon. Wie es weitergeht, siehst du unter der Nachricht.
pointed-wordless = Ich kann nur herumfragen, was jemand in Worten geschrieben hat. Frag nach, worum es geht, und versuch es dann noch einmal.
pointed-not-now = Diese Frage kann ich gerade nicht übernehmen. Antworten dürfen hier aber alle.
pointed-no-case = Diese Nachricht gehört zu keiner Frage, um die ich mich kümmere. Wer sie geschrieben hat, kann sie mit { $command } an unser Team geben.

## Ein Mensch, mehrere Konten

link-code = Um ein anderes Konto von dir mit diesem zu verbinden, gib dort innerhalb von { $span } `{ $command }` ein. Gib den Code sonst niemandem.
link-done = Erledigt. Beide Konten bist du: Punkte, Anfragen und Pausen zählen ab jetzt zusammen.
linked-from-elsewhere = Dein Konto wurde gerade mit deinem Code mit einem anderen verbunden: Punkte, Anfragen und Pausen zählen ab jetzt zusammen. Warst du das nicht, gib `/unlink` ein.
link-unknown = Diesen Code kenne ich nicht, oder seine Zeit ist um. Mit `/link` bekommst du bei deinem anderen Konto einen neuen.
link-same = Dieser Code ist von genau diesem Konto. Gib ihn bei dem anderen ein.
link-already = Diese Konten gehören schon zusammen. Es hat sich nichts geändert.
link-too-many = Das wären mehr Konten, als ein Mensch hier haben kann. Trenne erst eines davon mit `/unlink`.
link-blocked = Diese Konten lassen sich nicht verbinden. Wenn du das für falsch hältst, kann die Moderation es sich ansehen.
unlinked = { $points ->
    [one] Dieses Konto steht wieder für sich, mit dem 1 Punkt, der damit verdient wurde.
   *[other] Dieses Konto steht wieder für sich, mit den { $points } Punkten, die damit verdient wurden.
}
unlink-nothing = Dieses Konto ist mit keinem anderen verbunden. Es hat sich nichts geändert.
about-link = Deine Konten hier und auf anderen Plattformen verbinden, damit sie als eines zählen
about-unlink = Dieses Konto wieder für sich stehen lassen
about-option-code = Der Code, den dein anderes Konto bekommen hat

## Answers that become articles

harvest-offer = { $helper }, diese Antwort könnte auch anderen helfen. Darf die Moderation eine Hilfeseite daraus machen? Darauf steht dein Name und der Weg hierher, und du kannst es jederzeit zurücknehmen.
harvest-allowed = { $helper } erlaubt uns, diese Antwort zu verwenden. Die Moderation sieht sie sich an, bevor sie jemandem gezeigt wird.
harvest-shown = Danke, { $helper }. Diese Antwort ist jetzt eine Hilfeseite: { $title }
harvest-kept = In Ordnung, diese Antwort bleibt, wo sie ist.
harvest-gone = Diese Antwort ist keine Hilfeseite mehr, und ich behalte nichts davon.
harvest-not-yours = Was aus dieser Antwort werden darf, entscheidet nur, wer sie gegeben hat.
harvest-over = Das geht mit dieser Antwort nicht mehr.
harvest-wordless = Von dieser Antwort ist nichts mehr da, woraus eine Hilfeseite werden könnte.
button-share-answer = Ja, gern
button-keep-answer = Nein, danke
button-take-back-answer = Zurücknehmen
knowledge-none = Keine Antwort wartet darauf, eine Hilfeseite zu werden, und noch keine ist eine geworden. Hat eine Antwort geholfen, frage ich, wer sie gegeben hat; was erlaubt wird, steht dann hier.
knowledge-line = { $case } · { $state } · { $title ->
    [none] noch ohne Titel
   *[other] { $title }
} · vor { $ago }
knowledge-how-to = `/askaround knowledge nummer` zeigt eine davon.
knowledge-is = { $case } · { $state } · beantwortet von { $helper } am { $on }:
knowledge-title = Titel: { $title }
knowledge-question = Gefragt wird: { $question }
knowledge-asked = So wurde gefragt. Die Worte gehören dem, der gefragt hat: sag es mit eigenen.
knowledge-body = Die Antwort:
knowledge-deeds = `/askaround knowledge { $case } do:question wie danach gefragt wird`, oder `do:title`, `do:body`; dann `do:publish`, `do:withdraw` oder `do:discard`.
knowledge-now = { $case } · { $state }
unknown-harvest = Unter dieser Nummer kenne ich keine Antwort, die eine Hilfeseite sein könnte: { $case } `/askaround knowledge` zeigt alle.
harvest-untitled = So fände sie noch niemand. Sag erst, wie danach gefragt wird: `/askaround knowledge { $case } do:question warum geht es nachts aus?`
harvest-words-unfit = Das ist nicht zwischen { $least } und { $most } Zeichen lang. Nichts ist geändert.
status-drafts = { $count ->
    [one] Eine Antwort wartet darauf, eine Hilfeseite zu werden: `/askaround knowledge`
   *[other] { $count } Antworten warten darauf, Hilfeseiten zu werden: `/askaround knowledge`
}
review-offered = noch nicht erlaubt
review-declined = nicht erlaubt
review-draft = ein Entwurf
review-published = eine Hilfeseite
review-discarded = verworfen
review-withdrawn = zurückgenommen
article-credit = Beantwortet von { $helper } am { $on }:
article-helped = Das war die Antwort von { $helper }: { $points ->
    [one] +1 Punkt, insgesamt { $balance }.
   *[other] +{ $points } Punkte, insgesamt { $balance }.
}
see-answer = zur Antwort
earlier-intro = { $who }, fast dasselbe wurde hier schon einmal gefragt:
earlier-too = Fast dasselbe wurde hier schon einmal gefragt:
earlier-solved = Gelöst am { $on }:
earlier-footer = Automatisch unter früheren Fragen dieser Community gefunden. Hilft dir das nicht, drück auf „{ button-ask-person }“. Höre ich { $patience } lang nichts von dir, frage ich von selbst herum.
story-earlier-helped = { $by } sagte, die frühere Frage habe geholfen.
story-earlier = Auf eine frühere, gelöste Frage wurde hingewiesen: { $case }
about-askaround-knowledge = Antworten durchsehen, die Hilfeseiten werden können
about-option-draft = Die Nummer der Antwort
about-option-review = Was damit geschehen soll
about-option-text = Die Worte, wie man sie lesen soll
form-knowledge = Worte einer Hilfeseite
do-publish = zur Hilfeseite machen
do-withdraw = keine Hilfeseite mehr
do-discard = nicht gewünscht
do-draft = wieder ein Entwurf
do-title = ihr Titel
do-question = wie danach gefragt wird
do-body = die Antwort selbst
do-revert = die Worte wie zuvor
