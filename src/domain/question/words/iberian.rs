//! Spanish and Portuguese.

use super::{Cue, Lists};

pub(super) const SPANISH: Lists = Lists {
    language: "es",
    common: "el la los las un una de y en que es no por con para se lo mi me te su al del \
        como más \
        pero si o yo tú él ella nosotros ustedes cómo qué cuándo dónde quién cuál porque está \
        están estoy tengo tiene hay puedo puede alguien algún algo hola gracias muy esto esta \
        este eso ya también sobre cuando hacer fue son era ser les han ha sin desde donde todo he",
    cues: &[
        (
            Cue::Ask,
            "cómo, qué, por qué, cuándo, dónde, adónde, quién, quiénes, cuál, cuáles, cuánto, \
             cuánta, cuántos, cuántas, que significa, por que",
        ),
        (
            Cue::AskFirst,
            "como puedo, como se, como hago, como hacer, como es, como esta, como va, como son, \
             que es, que son, que tal, que pasa, que hago, que puedo, porque no, porque me, \
             donde esta, donde puedo, donde se, quien, quienes, cual, cuales, cuanto, cuantos, \
             cuantas, cual es, en que, a que, de que, con que, para que, que opinan, que tipo, \
             que, como, cuando, donde",
        ),
        (
            Cue::Turned,
            "alguien, hay alguien, hay alguna, hay algun, hay algún, hay una, hay un, hay forma, \
             puedo, se puede, puede alguien, pueden, podrían, podrías, podría, es posible, \
             es normal, es necesario, es cierto, tienen, tienes, saben, sabes, sabe alguien, \
             debo, debería, existe, existe alguna, conocen, conoces, será que, está bien, \
             funciona, me pueden, me puedes, me podrían, han, has",
        ),
        (
            Cue::HowTo,
            "cómo puedo, cómo hago, cómo se, cómo hacer, cómo cambiar, cómo cambio, cómo puede, \
             cómo configurar, cómo configuro, cómo instalar, cómo funciona, cómo conecto, \
             cómo conectar, cómo soluciono, cómo solucionar, cómo activo, cómo agrego, \
             cómo elimino, como puedo, como hago, como hacer, como se hace, como puedo hacer, \
             como cambio, como configuro, como funciona, como soluciono, dónde puedo, \
             donde puedo, dónde está, dónde encuentro, donde encuentro, qué debo, que debo, \
             qué hago, que hago, qué puedo hacer, que puedo hacer, cuál es la diferencia, \
             cual es la diferencia, qué significa, que significa, por qué no, por que no, \
             por qué mi, por que mi, por qué me, cuánto cuesta, cuanto cuesta, cuánto tarda, \
             cuanto tarda, a quién",
        ),
        (
            Cue::Help,
            "ayuda, ayúdenme, ayudenme, ayúdame, ayudar, ayudarme, ayudan, ayuden, \
             necesito ayuda, alguien sabe, alguien puede, alguien me, alguien podría, \
             alguien tiene, alguien ha, alguien conoce, alguien que, me pueden, me puede, \
             me podrían, me podría, pueden decirme, alguna idea, alguna sugerencia, \
             algún consejo, algun consejo, alguna solución, alguna forma, alguna manera, \
             alguna recomendación, es posible, hay alguna, hay algún, hay forma, hay manera, \
             una pregunta, tengo una pregunta, tengo una duda, una duda, duda, dudas, \
             una consulta, consulta, mi pregunta, pregunta sobre, me pregunto, quisiera saber, \
             quería saber, me gustaría saber, quiero saber, puedo, debo, debería, se puede, \
             qué estoy haciendo mal, qué hago mal, no entiendo, no comprendo, no sé cómo, \
             no se como, no sé por qué, no se por que, no sé qué, no se que, no sé si, ni idea, \
             no encuentro, no logro, no consigo, no me sale, atascado, estancado, atorado, \
             tengo un problema, tengo problemas, problema con, problemas con, recomiendan, \
             recomienda, recomendar, recomendación, agradecería, quién puede, quien puede, \
             quien sabe",
        ),
        (
            Cue::Wish,
            "quiero, quisiera, me gustaría, necesito, estoy intentando, estoy tratando, intento, \
             trato de, busco, estoy buscando, tengo que, he intentado, intenté, quiero hacer",
        ),
        (
            Cue::Problem,
            "no funciona, no me funciona, no funcionan, ya no funciona, dejó de funcionar, \
             no sirve, no va, no anda, no carga, no abre, no arranca, no enciende, no conecta, \
             no se conecta, no responde, no aparece, no me deja, no deja, no puedo, no se puede, \
             no me carga, no me abre, no me anda, no me sirve, no me enciende, no me conecta, \
             no me arranca, no me entra, \
             no me aparece, no me llega, no llega, no he recibido, no recibo, no reconoce, \
             no detecta, no inicia, me sale, me da, me aparece, me dice, se cae, se me cae, se me corta, se corta, \
             se desconecta, se cierra, se congela, se cuelga, se traba, se apaga, se reinicia, \
             se queda, falla, fallando, falló, roto, dañado, perdí, olvidé, bloqueado, bloqueada, \
             desapareció, parpadea, muy lento, lentísimo, sin internet, sin conexión, sin señal, \
             sin sonido, no pasa nada, todo el tiempo, de repente, rechazada, rechazado, \
             me cobraron, cobro",
        ),
        (
            Cue::Fault,
            "error, errores, problema, problemas, fallo, fallos, falla, bug, inconveniente, \
             avería, incidencia",
        ),
        (
            Cue::Mine,
            "yo, mi, mis, me, mí, nos, nuestro, nuestra, tengo, estoy, puedo, he, nosotros, \
             quiero, necesito",
        ),
        (
            Cue::You,
            "tú, tu, tus, te, ti, usted, ustedes, vos, tienes, puedes, eres, estás, quieres, has, \
             usas, sabes",
        ),
        (Cue::Someone, "alguien, alguno, alguna, todos, chicos, gente, amigos, compañeros"),
        (
            Cue::Back,
            "tienes, has, eres, quieres, qué quieres decir, a qué te refieres, qué versión, \
             que version, qué modelo, qué error, que error, qué te, que te, cómo te, como te, \
             ya probaste, ya intentaste, has probado, has intentado, probaste, intentaste, usas, \
             puedes, por qué no, porque no, estás, estas, vas, vives, sabes, viste, lo hiciste, \
             cuál usas, en qué parte, qué haces, de dónde eres",
        ),
        (
            Cue::SmallTalk,
            "cómo estás, como estas, cómo están, como estan, qué tal, que tal, cómo va, como va, \
             cómo te va, como te va, cómo les va, como les va, todo bien, qué hay, que hay, \
             qué cuentas, qué haces, que haces, de dónde eres, de donde eres, de dónde son, \
             de donde son, hay alguien, alguien por aquí, alguien por aca, alguien conectado, \
             alguien despierto, alguien aquí, en serio, de verdad, puedo hacer una pregunta, \
             puedo preguntar",
        ),
        (
            Cue::TagEnd,
            "no, verdad, cierto, ok, sí, si, eh, vale, o no, o qué, o que, en serio, de verdad, \
             no crees, ya",
        ),
        (
            Cue::Greeting,
            "hola, buenas, buenos días, buenos dias, buenas tardes, buenas noches, saludos, \
             hola a todos, hey, ola, holaa",
        ),
        (
            Cue::Thanks,
            "gracias, muchas gracias, mil gracias, muchísimas gracias, te agradezco, \
             les agradezco, grax, ya funciona, ya funcionó, ya quedó, se solucionó, solucionado, \
             resuelto",
        ),
        (Cue::Declined, "no gracias, gracias de todos modos, gracias igual, gracias pero"),
        (Cue::Advance, "de antemano, por adelantado, desde ya, por la ayuda que, si alguien"),
        (
            Cue::Advice,
            "puedes, debes, deberías, tienes que, hay que, prueba, intenta, usa, mira, checa, \
             revisa, creo que, yo creo, pienso que, tal vez, quizás, quizá, seguramente, supongo, \
             depende, si quieres, si tienes, te recomiendo, trata de, ve a, a lo mejor, yo uso, \
             podrías",
        ),
        (
            Cue::Offer,
            "si tienes alguna duda, si tienes dudas, si tienes alguna pregunta, si tienen dudas, \
             si tienen alguna duda, si tienen preguntas, si tienes algún problema, si alguien \
             necesita, si alguien quiere, si alguien tiene dudas, si alguien tiene problemas, si \
             necesitas ayuda, si necesitas algo, si necesitan, si puedo ayudar, puedo ayudar, \
             puedo ayudarte, te puedo ayudar, puedo ayudarles, te ayudo, les ayudo, me avisas, \
             me avisan, avísame, avísenme, cualquier duda, cualquier pregunta, con gusto",
        ),
        (
            Cue::Told,
            "que bien, que bueno, que buena, que mal, que pena, que lástima, que grande, que \
             chévere, que guay, que genial, que lindo, que risa, que raro, que miedo, que vicio, \
             qué bien, qué bueno, qué buena, qué mal, qué pena, qué lástima, qué grande, qué \
             chévere, qué guay, qué genial, qué lindo, qué risa, qué raro, qué miedo, como dije, \
             como dices, como siempre, como dijo, como te dije, que no, que sí, cuando puedas, \
             cuando quieras, cuando tenga, cuando termine, cuando lo",
        ),
        (Cue::When, "cuando"),
        (
            Cue::If,
            "si, según, además, aparte, cuando, mientras, aunque, después, antes, como, ya que, \
             junto",
        ),
        (
            Cue::Answer,
            "sí, si, no, ok, claro, bueno, vale, exacto, así es, bien, genial, perfecto, de nada, \
             ah, oh, ya, listo, cierto, jaja, correcto, excelente, pues, dale, igual, yo también, \
             perdón",
        ),
        (Cue::Laugh, "jaja, jajaja, jeje, jejeje, lol, xd, haha, ja ja"),
        (
            Cue::Filler,
            "y, e, o, u, pero, pues, entonces, así, bueno, ok, a, al, de, del, en, con, \
             por, para, desde, hasta, sobre, según, entre, contra, durante, bajo, hacia, ante, \
             sin, todos, oigan, oye, chicos, amigos, gente, perdón, disculpen, disculpa, una, \
             pregunta, duda, muy, ya, ah, oh, el, la",
        ),
        (Cue::But, "pero, sin embargo, aunque"),
    ],
    within: &[],
};

pub(super) const PORTUGUESE: Lists = Lists {
    language: "pt",
    common: "o a os as um uma de do da dos das e em no na que não é por com para se eu você vc \
        ele ela \
        nós meu minha seu sua ao mais mas como quando onde quem qual porque está estou tenho tem \
        posso pode alguém algo olá obrigado obrigada muito isso esse essa este já também pra \
        sobre fazer foi são era ser tô tá aqui isto nao eh pelo ter vcs lá",
    cues: &[
        (
            Cue::Ask,
            "por que, por quê, qual, quais, quanto, quantos, quanta, quantas, que tipo, cadê, \
             quando será",
        ),
        (
            Cue::AskFirst,
            "como, o que, oque, porque não, quando é, quando vai, onde, aonde, quem, em que, \
             de que, a que, para que, pra que, que tal, porque o, porque a, porque meu, \
             porque minha, que horas, que",
        ),
        (
            Cue::Turned,
            "alguém, alguem, tem como, tem algum, tem alguma, tem jeito, existe, existe algum, \
             há algum, é possível, é normal, é verdade, é necessário, posso, pode, podem, \
             poderia, poderiam, dá pra, da pra, dá para, devo, deveria, preciso, você sabe, \
             vocês sabem, vcs sabem, será que, sabem, consegue, conseguem, funciona, está certo, \
             é melhor, vale a pena, já",
        ),
        (
            Cue::HowTo,
            "como posso, como faço, como eu faço, como fazer, como que faz, como se faz, como eu, \
             como mudo, como altero, como configuro, como configurar, como instalar, \
             como instalo, como funciona, como conecto, como resolver, como resolvo, \
             como consigo, como ativo, como adiciono, onde posso, onde encontro, onde fica, \
             onde está, onde eu, o que devo, o que faço, o que fazer, o que posso, \
             qual a diferença, qual é a diferença, o que significa, por que não, por que meu, \
             por que minha, por que o meu, porque meu, porque não, quanto custa, quanto tempo, \
             com quem, qual o melhor, qual a melhor",
        ),
        (
            Cue::Help,
            "ajuda, ajudar, ajudem, ajude, me ajuda, me ajudem, me ajudar, preciso de ajuda, \
             uma ajuda, uma mão, help, socorro, alguém sabe, alguem sabe, alguém pode, \
             alguem pode, alguém poderia, alguem poderia, alguém tem, alguem tem, alguém já, \
             alguem ja, alguém conhece, alguem conhece, alguém me, alguem me, alguma ideia, \
             alguma dica, alguma sugestão, dicas, uma dica, tem como, tem algum, tem alguma, \
             é possível, há alguma, existe alguma, existe algum, dá pra, da pra, uma pergunta, \
             uma dúvida, uma duvida, dúvida, duvida, dúvidas, duvidas, minha pergunta, \
             me pergunto, gostaria de saber, queria saber, quero saber, posso, devo, será que, \
             o que estou fazendo, não entendo, nao entendo, não entendi como, não sei como, \
             nao sei como, não sei por, não sei o que, nao sei o que, não sei se, não encontro, \
             não acho, não consigo, nao consigo, travado, empacado, perdido, tenho um problema, \
             estou com problema, estou com um problema, problema com, problemas com, dificuldade, \
             dificuldades, recomendam, recomenda, indicam, indicar, agradeço, agradeceria, \
             quem pode, quem sabe como",
        ),
        (
            Cue::Wish,
            "quero, queria, gostaria, preciso, estou tentando, tô tentando, to tentando, tento, \
             tentei, procuro, estou procurando, tenho que, estou querendo",
        ),
        (
            Cue::Problem,
            "não funciona, nao funciona, não está funcionando, não tá funcionando, não funcionou, \
             não funcionam, parou de funcionar, não vai, não carrega, não abre, não liga, \
             não inicia, não conecta, não se conecta, não responde, não aparece, não deixa, \
             não posso, não dá, nao da, não recebi, não chegou, não reconhece, não detecta, \
             não roda, não consigo, nao consigo, não está, deu erro, dá erro, da erro, \
             está dando, tá dando, ta dando, dando erro, aparece, me diz, cai, caindo, caiu, \
             trava, travando, travou, desconecta, desliga, reinicia, falha, falhou, quebrado, \
             quebrou, perdi, esqueci, bloqueado, bloqueada, sumiu, piscando, muito lento, \
             muito lenta, sem internet, sem conexão, sem sinal, sem som, nada acontece, \
             toda hora, o tempo todo, de repente, do nada, recusado, fui cobrado, cobrança",
        ),
        (
            Cue::Fault,
            "erro, erros, problema, problemas, falha, falhas, bug, defeito, queda, quedas",
        ),
        (
            Cue::Mine,
            "eu, meu, minha, meus, minhas, me, mim, nós, nosso, nossa, tenho, estou, tô, posso, \
             consigo, quero, preciso",
        ),
        (Cue::You, "você, vc, voce, vocês, vcs, voces, teu, tua, seu, sua, tu, te, ti, cê, tens"),
        (Cue::Someone, "alguém, alguem, algum, alguma, todos, pessoal, galera, gente"),
        (
            Cue::Back,
            "você tem, vc tem, você está, vc está, vc ta, você quer, vc quer, você já, vc já, \
             vc ja, você pode, vc pode, você fez, vc fez, você usa, vc usa, você é, vc é, vc eh, \
             você tentou, vc tentou, já tentou, ja tentou, já testou, o que você, oq vc, \
             o que vc, que versão, qual versão, qual modelo, qual erro, que erro, qual o erro, \
             por que você, por que não, porque não, como assim, como você, como vc, onde você, \
             onde vc, quer dizer, de onde, sabe, usa, quer, ta usando, tá usando",
        ),
        (
            Cue::SmallTalk,
            "tudo bem, tudo bom, td bem, como vai, como vão, como está, como estão, como vc está, \
             beleza, blz, tudo certo, e aí, e ai, eae, o que você está fazendo, de onde você é, \
             de onde vc é, de onde vcs são, alguém aí, alguem ai, alguém aqui, alguem aqui, \
             alguém online, tem alguém, tem alguem, sério, serio, é sério, verdade, \
             posso fazer uma pergunta, posso perguntar",
        ),
        (
            Cue::TagEnd,
            "né, ne, não, nao, certo, ok, sim, hein, verdade, não é, nao é, ou não, ou nao, \
             sério, tá, ta, é",
        ),
        (
            Cue::Greeting,
            "olá, ola, oi, oie, bom dia, boa tarde, boa noite, opa, fala, salve, oi pessoal, eai, \
             eae",
        ),
        (
            Cue::Thanks,
            "obrigado, obrigada, muito obrigado, muito obrigada, obrigadão, valeu, vlw, brigado, \
             brigada, obg, agradecido, grato, grata, agora funcionou, funcionou, deu certo, \
             resolvido, resolveu",
        ),
        (
            Cue::Declined,
            "não obrigado, não obrigada, obrigado mesmo assim, obrigado mas, obrigada mas",
        ),
        (Cue::Advance, "desde já, desde ja, antecipadamente, de antemão, se alguém"),
        (
            Cue::Advice,
            "você pode, vc pode, você deve, você tem que, vc tem que, você precisa, tem que, \
             tenta, tente, use, usa, olha, veja, dá uma olhada, da uma olhada, acho que, eu acho, \
             creio que, talvez, provavelmente, depende, se você, se vc, se quiser, recomendo, \
             sugiro, vai em, basta, eu uso, pode ser",
        ),
        (
            Cue::Offer,
            "se precisar, se precisarem, precisando, se tiver dúvida, se tiver dúvidas, se \
             tiverem dúvidas, se alguém precisar, se alguém quiser, qualquer dúvida, qualquer \
             duvida, qualquer coisa, posso ajudar, posso te ajudar, te ajudo, ajudo sim, me \
             avisa, me avisem, me avise, me chama, conte comigo, contem comigo, pode contar, \
             pode perguntar, à disposição",
        ),
        (
            Cue::Told,
            "que bom, que boa, que legal, que pena, que massa, que triste, que lindo, que \
             maravilha, que interessante, que isso, que bacana, como eu disse, como disse, como \
             falei, como sempre, que eu, que nem, quem quiser, quem puder, quem precisar, quando \
             eu, quando der, quando puder",
        ),
        (Cue::When, "quando"),
        (
            Cue::If,
            "se, segundo, além, quando, enquanto, embora, depois, antes, como, já que, junto, \
             caso",
        ),
        (
            Cue::Answer,
            "sim, não, nao, ok, claro, bom, certo, exato, isso, isso mesmo, legal, ótimo, \
             perfeito, de nada, ah, oh, já, pronto, entendi, beleza, blz, show, boa, verdade, \
             eu também, tbm, desculpa, kkk, pois é, uhum",
        ),
        (Cue::Laugh, "kk, kkk, k, haha, hahaha, rs, rsrs, hehe, huehue, lol"),
        (
            Cue::Filler,
            "e, mas, ou, então, entao, aí, ai, bom, ok, a, o, ao, de, do, da, em, no, na, \
             com, por, para, pra, desde, até, sobre, segundo, entre, contra, durante, sob, sem, \
             todos, pessoal, galera, gente, desculpa, uma, pergunta, dúvida, duvida, ah, oh, é, \
             tipo, agora",
        ),
        (Cue::But, "mas, porém, só que"),
    ],
    within: &[],
};
