//! English.

use super::{Cue, Lists};

pub(super) const ENGLISH: Lists = Lists {
    language: "en",
    common: "the a an of and to in is it that this for on with as are was were be been at by \
        from or \
        not have has had but what how when where who which why do does did can could would should \
        will i you he she they we my your his her their our its im ive dont doesnt cant there \
        here if so about any just get got me no up out then than some after before anyone know \
        use using need want please thanks into because",
    cues: &[
        (
            Cue::Ask,
            "how, what, why, whats, hows, whys, wat, of what, to what, in what, by what, \
             from what, at what, for what, with what, on what, against what, of which, what kind, \
             what type, what happens, what else, how come, how about, what about",
        ),
        (
            Cue::AskFirst,
            "who, whom, whose, which, where, wheres, whos, wich, when is, when are, when was, \
             when were, when do, when does, when did, when will, when can, when should, \
             when would, when has, when have",
        ),
        (
            Cue::Turned,
            "is it, is this, is that, is there, is my, is the, is a, is he, is she, is anyone, \
             is anybody, is someone, are there, are these, are those, are they, are my, are the, \
             are we, do i, do we, do they, do the, do people, does it, does the, does this, \
             does that, does my, does a, does he, does she, does anyone, did it, did the, \
             did this, did i, did we, did they, did he, did she, can i, can we, can it, can the, \
             can this, can someone, can a, can anyone, can anybody, can somebody, can they, \
             could i, could we, could it, could the, could this, could someone, could anyone, \
             could that, will it, will the, will this, will i, will there, will that, would it, \
             would the, would this, would that, would i, would there, would someone, should i, \
             should it, should the, should we, should this, was it, was the, was there, was this, \
             was that, were there, were the, has anyone, has anybody, has the, has it, \
             has someone, has my, have i, have we, have they, am i, isnt it, isnt there, \
             isnt that, isnt this, arent there, arent they, doesnt it, doesnt this, doesnt the, \
             dont i, dont we, cant i, cant we, shouldnt i, shouldnt it, shouldnt the, wouldnt it, \
             wouldnt that, couldnt i, may i, must i, might it, anyone, anybody, does someone, \
             do any, does any, have any, any, so does, what if, is one, is your, are your, \
             do you, are you, can you, could you, would you, will you, have you, did you, \
             were you",
        ),
        (
            Cue::HowTo,
            "how do i, how do we, how do you, how do one, how does one, how can i, how can we, \
             how can one, how could i, how should i, how would i, how would one, how will i, \
             how am i, how to, how i can, how i could, how i should, how do people, where do i, \
             where can i, where should i, where to, where is the, what do i, what can i, \
             what should i, what am i, what does it mean, what is the best, whats the best, \
             what is the difference, whats the difference, what is a, what is an, \
             which is better, which one should, which should i, why does my, why is my, \
             why do my, why are my, why cant i, why do i, why am i, why isnt, why doesnt, \
             why wont, why is it, why does, why does it, why is the, why are the, when do i, \
             when will my, when can i, who do i, who can i, whom do i, what happens if, \
             what would happen, how long does, how long will, how long until, how much is, \
             how much does, how many",
        ),
        (
            Cue::Help,
            "help me, need help, need some help, need a hand, need assistance, need advice, help \
             with, help please, please help, pls help, plz help, any help, some help, little \
             help, can you help, can someone, can anyone, can anybody, can somebody, could \
             someone, could anyone, could somebody, could anybody, does anyone, does anybody, \
             does someone, has anyone, has anybody, is anyone able, is there anyone, would \
             anyone, would someone, anyone know, anyone knows, anybody know, anybody knows, \
             someone know, someone knows, anyone else, anyone help, anyone able, any idea, any \
             ideas, any clue, any clues, any thoughts, any suggestion, any suggestions, any tip, \
             any tips, any advice, any hint, any hints, any pointers, any feedback, any \
             solution, any workaround, any fix, any recommendation, any recommendations, any way \
             to, is there a, is there an, is there any, are there any, is it possible, is it ok \
             to, is it safe, is it normal, is there something, i was wondering, im wondering, i \
             wonder, wondering if, wondering how, wondering why, wondering what, can i, can we, \
             should i, do i need, do i have, do i, how come, am i, may i ask, quick question, \
             have a question, have question, got a question, a question about, question about, \
             question regarding, question on, one more question, another question, my question, \
             question is, what am i doing wrong, doing wrong, what is wrong, whats wrong, what \
             did i do, whats the matter, what is going on, point me, tell me how, explain why, \
             explain how, explain what, explain to me, let me know what, do you know, do you \
             guys know, would you recommend, can you recommend, what do you recommend, do you \
             recommend, recommend me, what do you suggest, do you think of my, think about my, \
             think of my, feedback on, feedback for, thoughts on, appreciate any, appreciate \
             some, appreciated, be grateful, im not sure how, not sure how, not sure why, not \
             sure what, not sure if i, not sure where, no idea how, no idea why, no idea what, \
             no clue how, no clue why, dont know how, dont know why, dont know what, dont know \
             where, dont understand, do not understand, dont get why, dont get how, dont see \
             how, dont see where, didnt understand, confused, puzzled, figure out, cant figure, \
             cant find, cannot find, couldnt find, unable to find, cant seem, could use some, \
             struggling, stuck, having trouble, having a problem, having problems, having an \
             issue, having issues, having a hard time, having difficulty, have trouble, have a \
             problem, have an issue, have issues, have problems, run into, running into, ran \
             into, got a problem, got an issue, in trouble, at a loss, help, halp, sos, want to \
             know, wanna know, like to know, need to know, curious if, curious how, idk what, \
             idk how, idk why, idk where, idk if, dunno how, dunno why, not understanding",
        ),
        (
            Cue::Wish,
            "i want to, i wanna, i want, i need, i need to, i have to, im trying, i am trying, \
             i try, i tried, ive tried, i have tried, trying to, i would like, id like, \
             im looking for, i am looking for, looking for, im attempting, ive been trying, \
             im working on, i am working on, my goal, in order to, i must, how it works",
        ),
        (
            Cue::Problem,
            "doesnt work, does not work, didnt help, did not help, still not, still no, still \
             cant, still doesnt, dont work, didnt work, isnt working, is not working, not \
             working, arent working, wont work, will not work, stopped working, stops working, \
             never works, no longer works, not work, keeps, keep getting, i get an, i get a, i \
             get this, im getting, i am getting, i got an, i got this, getting this, getting a, \
             getting an, gives me, giving me, cant get, cant * to, i cant, i cannot, i couldnt, \
             cant connect, cant log, cant login, unable to, not able to, couldnt get, fails, \
             failed, failing, crashes, crashed, crashing, freezes, frozen, hangs, broke, broken, \
             is down, went down, drops, dropped, disconnects, disconnecting, disappeared, \
             vanished, lost my, locked out, stuck on, stuck at, stuck in, nothing happens, \
             nothing works, nothing shows, doesnt show, not showing, not loading, not \
             responding, no response, no sound, no signal, no internet, no connection, refuses \
             to, too slow, very slow, never arrived, hasnt arrived, not received, havent \
             received, didnt receive, was charged, got charged, declined, all of a sudden, \
             blinking, blinks, flashing, red light, greyed out, grayed out, dead, dies, not \
             connecting, not charging, out of order, shows an error, throws an error, throwing \
             an error, disconnected, wont boot, wont start, wont open, wont load, wont install, \
             wont run, wont let, wont connect, wont turn, wont play, wont print, wont pair, wont \
             charge, wont update, wont sync, wont stop, doesnt respond, doesnt connect, doesnt \
             charge, doesnt sync, forgot my, forgotten my, doesnt let me, doesnt \
             start, doesnt open, doesnt boot, doesnt load, doesnt do anything, does nothing, not \
             opening, not booting, not starting, not working anymore, gives an error, gives \
             invalid, get the error, got the error, getting the, i received, black screen, blank \
             screen, blank page, white screen, what i get, no luck",
        ),
        (
            Cue::Fault,
            "error, errors, issue, issues, problem, problems, bug, bugs, trouble, fault, warning, \
             warnings, exception, crash, glitch, failure, timeout, overheating, instead of, \
             undefined, says that, wrong with, cannot, no longer, doesnt, does not, wont, \
             will not, it says, tells me, so slow, missing",
        ),
        (Cue::Mine, "i, im, ive, id, my, mine, me, we, our, us, myself, i am, i have"),
        (Cue::You, "you, your, youre, youve, youd, u, ur, yours, yourself, yall, ya"),
        (
            Cue::Someone,
            "anyone, anybody, someone, somebody, any of you, you guys, everyone, guys, folks, \
             people",
        ),
        (
            Cue::Back,
            "what do you mean, what you mean, what do u mean, did you, have you, are you, \
             were you, do you have, do you want, do you need, do you see, do you get, \
             do you mean, do you use, do you like, do you still, would you like, why do you, \
             why are you, why would you, why did you, why dont you, why not, how did you, \
             how are you, how do you like, how long have you, where did you, where are you, \
             where do you live, what are you, what did you, what have you, what were you, \
             what version, which version, what is your, whats your, what does * say, what error, \
             which error, which one, which ones, what exactly, what happens when you, \
             what kind of, what makes you, whatcha, who are you, who is that, who told you, \
             when did you, is your, does your, can you post, can you show, can you paste, \
             can you share, can you try, can you send, could you post, could you paste, \
             could you share, could you show, could you try, will you, would you mind, \
             what do you, what would you, how would you, how old are you, like this, like that, \
             you mean, you sure, are we talking, how so, what for, wanna, want me to, shall we, \
             do they, did they, is he, is she, did he, did she, does he, does she, who else, \
             what time, hows it, hows your, do you know each, whats that, what is that, \
             what was that, is that a, is that what, so you, and you, what part, why is that, \
             you wanna",
        ),
        (
            Cue::SmallTalk,
            "how are you, how are u, how r u, hows it going, how is it going, how goes it, \
             whats up, wassup, sup, how you doing, how are things, how is everyone, \
             hows everyone, how is everybody, who is here, anyone here, anyone there, \
             anybody here, anybody there, anyone around, anyone online, anyone awake, \
             anyone alive, is anyone here, is anybody here, where are you from, \
             where is everyone, where is everybody, what are you doing, what are you up to, \
             whats new, nice to meet, good to see, how was your, how old, what the hell, \
             what the heck, wtf, who cares, who knows, you know what, guess what, isnt it great, \
             isnt that, can i ask a question, can i ask something, may i ask something, \
             ask a question, did i miss, long time no see, are you kidding, are you serious, are you there, \
             seriously, really",
        ),
        (
            Cue::TagEnd,
            "right, huh, eh, no, ok, okay, yes, yeah, correct, isnt it, arent you, dont you, \
             doesnt it, wont it, you know, or what, or not, or no, hey, innit, really, lol, true",
        ),
        (
            Cue::Greeting,
            "hi, hello, hey, heya, hiya, howdy, yo, greetings, good morning, good evening, \
             good afternoon, good day, morning, evening, hi all, hi there, hello everyone, hai, \
             hallo",
        ),
        (
            Cue::Thanks,
            "thanks, thank you, thank u, thx, thanx, tnx, ty, tysm, thankyou, thank, cheers, \
             much appreciated, appreciate it, that solved it, that helped, that did it, \
             that fixed it, it works now, works now, that worked, problem solved",
        ),
        (
            Cue::Declined,
            "no thanks, no thank you, thanks for nothing, thanks but no, thanks anyway, \
             thanks but",
        ),
        (
            Cue::Advance,
            "in advance, advance, thanks for any, thanks for your help in, would be, if anyone, \
             if someone",
        ),
        (
            Cue::Advice,
            "you can, you could, you should, you need to, you have to, you must, you might, \
             you may, youll, you will, youd better, you want to, try, try to, just, use, check, \
             make sure, maybe, perhaps, probably, i think, i guess, i believe, afaik, imo, imho, \
             iirc, i would, id say, id suggest, id recommend, i suggest, i recommend, i use, \
             i used, see, look at, here is, heres, it depends, depends on, its called, \
             dont forget, let me know if, feel free, if you need, if you want, if you have, \
             instead use, go to, read, install, run, thats because, because you, it means, \
             which means, take a look, have a look, need help with, do you need, i can help, \
             happy to help",
        ),
        (
            Cue::Offer,
            "let me know if, feel free, if you need help, if you need any help, if you need \
             anything, if you have any question, if you have any questions, if you have \
             questions, if you get stuck, if anyone needs, if anyone wants, if somebody needs, \
             if someone needs, happy to help, glad to help, i can help, i could help, can help \
             you, here to help, willing to help, we can help, ask away, hit me up, dm me, pm me",
        ),
        (
            Cue::Told,
            "what a, how nice, how cool, how awesome, how sweet, how funny, how cute, how \
             lovely, how sad, which is, which was, which are, which means, which i, which we, \
             whatever, however, how i did, what i did, what i meant, what i mean, what i said, \
             how it goes, what they say",
        ),
        (
            Cue::If,
            "if, according, besides, along, unlike, prior, when, while, although, though, since, \
             because, after, before, apart, aside, other than, given, in addition",
        ),
        (
            Cue::Answer,
            "yes, no, yeah, yep, yup, nope, nah, ok, okay, k, oh, ah, aha, sure, lol, haha, well, \
             true, right, exactly, agreed, nice, cool, great, good, awesome, perfect, welcome, \
             np, no problem, youre welcome, sorry, thats, thx, indeed, correct, done, got it, \
             i see, me too, same here, same, wow, congrats, hmm, hm, oops, alright, fine, \
             absolutely, of course",
        ),
        (Cue::Laugh, "lol, haha, hahaha, hehe, rofl, lmao, xd, hah, heh, jk, kidding"),
        (
            Cue::Filler,
            "and, but, so, or, also, then, now, well, hmm, hm, ok, okay, oh, ah, just, btw, \
             actually, anyway, again, please, pls, plz, sorry, yes, yeah, no, guys, all, \
             everyone, everybody, folks, friends, people, question, first, second, um, uh, \
             excuse, since, in, on, at, to, for, from, by, of, with, during, under, about, \
             around, after, before, until, through, into, over, against, besides, sir, dear, \
             team, ive",
        ),
        (Cue::But, "but, however, though, although, yet"),
    ],
    within: &[],
};
