# What the bot says in English. Every other language has the same keys with the same arguments;
# `askaround check` names what is missing, misspelt or more than a message has.
#
# Marks: **…** weighs, `…` is something to type. There are no others.
# Arguments: $who is the customer, $helper whoever answers, $staff one of the team, $by whoever did
# it, $place a channel, $command a command with its slash. An argument called count, points, balance
# and the like is a number and chooses the plural. A list that may be empty is `none` then.
# A quotation stands on lines of its own, wherever it is put.
# A bot changes any of these in bots/<id>/locales/en.ftl, and only has to hold what it changes.

## To the customer

# Above the suggested articles, which follow as links.
suggestion-intro = { $count ->
    [one] { $who }, this may already be your answer:
   *[other] { $who }, one of these may already be your answer:
}
# Below them.
suggestion-footer = Picked automatically from our help pages. If it doesn’t help, press “{ button-ask-person }”. If I hear nothing from you, I’ll ask people in { $patience }.
# A question asked by command, shown to everyone.
suggestion-asked = { $who } asks: { $question }
helpers-called = { $count ->
    [one] { $who }, I’ve asked one volunteer who knows about this.
   *[other] { $who }, I’ve asked { $count } volunteers who know about this.
} Rather talk to our team? Type { $command }.
more-helpers-called = { $count ->
    [one] Still looking: I’ve asked one more volunteer.
   *[other] Still looking: I’ve asked { $count } more volunteers.
} Rather talk to our team? Type { $command }.
helper-took-it = { $who }, { $helper } has taken your question and will answer here.
helper-gave-back = { $who }, the volunteer couldn’t answer after all. I’m looking for someone else.
answer-check = { $who }, did the answer from { $helper } solve it? If I hear nothing for a while, I’ll take it that it did.
# An answer that was given elsewhere.
answer-conveyed = { $who }, { $helper } answers: { $answer }
staff-answered = { $who }, { $staff } from our team answers: { $answer }
handed-off = { $who }, I’ve passed this to our team. You’ll hear from them here, usually within { $wait }.
handed-off-nobody-free = { $who }, no volunteer is free just now, so I’ve passed this to our team. You’ll hear from them here, usually within { $wait }.
handed-off-urgent = { $who }, this can’t wait, so I’ve passed it straight to our team. You’ll hear from them here, usually within { $wait }.
handed-off-no-desk = { $who }, this is one for our team, but I haven’t been told yet where to reach them. I’ve let the moderators know and will keep reminding them.
staff-took-it = { $who }, { $staff } from our team is looking into this now.
staff-still-working = { $who }, you’re not forgotten: our team has your question and will answer here.
solved-by-self = Good to know, { $who }. I’ve marked your question as solved.
solved-by-helper = Solved 🎉 { $helper } helped { $who }: { $points ->
    [one] +1 point, { $balance } in all.
   *[other] +{ $points } points, { $balance } in all.
}
# There is nothing to give: the day is full, or this question has earned its points before.
solved-by-helper-capped = Solved 🎉 { $helper } helped { $who }. No points this time, all the more thanks.
solved-by-staff = { $who }, I’ve marked this as solved by our team.
solved-by-silence = { $who }, I’ve heard nothing more, so I take it that { $helper } solved this. If not, press “{ button-not-solved }” within { $window }.
# For those who pressed “Me too”.
solved-for-you-too = { $count ->
    [one] Someone else here had the same question. It is solved now; the answer is above.
   *[other] { $count } others here had the same question. It is solved now; the answer is above.
}
rank-reached = 🎉 { $helper } has reached the rank **{ $rank }**. Thank you for all the help so far.
thanks-passed-on = { $points ->
    [0] A thank-you for { $helper }.
    [one] A thank-you for { $helper }: +1 point, { $balance } in all.
   *[other] A thank-you for { $helper }: +{ $points } points, { $balance } in all.
}
reopened-calling = { $who }, your question is open again. I’m asking volunteers.
not-solved-yet = Thank you for saying so, { $who }. Your question stays open, and I’ll keep looking for help.
expired-unsolved = { $who }, I’m sorry: nobody could solve this in all that time, so I’m closing it. Please do ask again; a detail or two more can help.
me-too-noted = Noted. I’ll let you know here when this is solved.
me-too-full = Many people are waiting for this already, so I can’t add another name. The answer will appear right here.
already-that-far = That has already happened. There is nothing more for you to do.

## To ambassadors

# The question follows, then call-topics and call-how-to.
call-intro = { $who } has a question in { $place }:
call-free-again = { $who }’s question in { $place } is free to take again:
call-topics = Topics: { $topics }
call-how-to = Press “{ button-take }” and you have { $lease } to answer; “{ button-pass }” if it’s not for you. Need a break? `/ambassador pause`
call-taken-by = { $helper } has taken this one. Thank you all for being there.
call-over = This question is taken care of. Thank you for being there.
claim-yours = It’s yours. Please reply to { $who } in { $place } within { $lease }. If you can’t after all, press “{ button-give-back }” and I’ll ask someone else.
claim-lost = { $helper } was a moment faster. Thank you for stepping up; the next one may be yours.
claim-already-yours = This one is already yours. You have { $left } left to answer.
claim-own-question = This is your own question. I’m looking for someone else to answer it.
claim-not-ambassador = Only ambassadors can take a question, but anyone may reply to it. To become one, type `/ambassador join`.
claim-too-many = { $count ->
    [one] You already have a question to answer. Answer it or give it back, then this one can be yours.
   *[other] You already have { $count } questions to answer. Answer one or give it back, then this one can be yours.
}
claim-with-staff = Our team has this one now. If you know the answer, a reply still helps.
claim-lapsed = { $helper }, the time for this one is over, so I’m looking for someone else. A reply from you still counts.
pass-noted = All right, I won’t call you for this one again.
give-back-not-yours = You haven’t taken this question, so there is nothing to give back.
give-back-noted = Thank you for saying so. I’m looking for someone else.

## To staff and moderators

# One message to the desk, line by line; the customer’s question follows the first line.
dossier-intro = **Case { $case }** · { $who } asks in { $place }:
dossier-why-asked = Why it’s here: { $by } asked for our team.
dossier-why-urgent = Why it’s here: it says “{ $word }”, which goes straight to you.
dossier-why-nobody = Why it’s here: no volunteer was free.
dossier-why-ladder = Why it’s here: volunteers were asked for { $waited }, without a solution.
dossier-facts = { $topics ->
    [none] Language: { $language }
   *[other] Language: { $language } · Topics: { $topics }
}
dossier-tried = Suggested so far: { $articles }
dossier-nothing-tried = Suggested so far: nothing, no help page fitted.
dossier-called = { $count ->
    [0] Volunteers called: none.
    [one] Volunteers called: one.
   *[other] Volunteers called: { $count }.
}
dossier-answer = Answer from { $helper }: { $answer }
dossier-how-to = Press “{ button-staff-take }” so that the others know, then reply to this message: your reply goes to the customer. “{ button-staff-return }” asks volunteers again, “{ button-staff-solved }” closes the case.
desk-reminder = Case { $case } · { $who } is waiting for a word from you, and asked { $waited } ago.
desk-follow-up = { $who } adds: { $message }
desk-escalated-again = Case { $case } · { $by } has asked for our team again.
desk-not-solved = Case { $case } · { $who } says it isn’t solved yet. It stays with you.
desk-taken-by = { $staff } has this one.
desk-back = Case { $case } is free again, for anyone to take.
desk-solved = Case { $case } is solved. Nothing left to do.
desk-withdrawn = Case { $case } was closed without a solution. Nothing left to do.
# To the moderators, while no desk is set.
desk-missing = { $who } needs our team (case { $case }), but I don’t know where to reach it. Once a moderator names a channel with `/askaround staff`, I’ll send it there.
desk-moved = Case { $case } has moved to the new channel of our team.
desk-conveyed = I’ve passed this on to { $who }.
staff-only = This is for our team only.
returned-to-calling = This one is back with the volunteers.

## Refusals

not-your-question = Only the person who asked can decide that.
case-over = This question is closed. If something is still open, please ask anew.
case-unknown = I can’t find this question any more. Please ask anew.
escalation-not-allowed = You can’t pass this question to our team. Usually, the person who asked can.
already-with-staff = Our team already has this. You’ll hear from them here, usually within { $wait }.
nothing-to-escalate = You have no open question that I could pass on. Write it after { $command } and it’s on its way.
too-many-open = { $count ->
    [one] You already have a question open. As soon as it is solved, you can ask the next one.
   *[other] You already have { $count } questions open. As soon as one is solved, you can ask the next one.
}
not-watched = I don’t take questions here. Please ask in { $places }.
not-watched-anywhere = I don’t take questions in any channel yet. A moderator can change that with `/askaround watch`.
moderators-only = Only moderators can use this command. Nothing has changed.
unknown-command = I don’t know { $command }. `/help` shows what I can do.
missing-option = Something is missing after { $command }: `{ $option }`. Please type it again with that.
unknown-option = { $known ->
    [none] { $command } has no `{ $option }`. Please type it again without that.
   *[other] { $command } has no `{ $option }`. It has: { $known }.
}
bad-option = { $value } `{ $option }` needs { $expected }. Please type it again with that.
unknown-topic = { $topic } { $known ->
    [none] I don’t know this topic. There are no topics here yet.
   *[other] I don’t know this topic. The topics here are: { $known }.
}
unknown-language = { $language } I don’t speak this language yet. I speak: { $known }.
desk-apart = { $place } is already used for something else. Our team needs a channel of its own, because whoever writes there counts as the team.
unknown-channel = { $place } I don’t know this channel. Please type the command in that channel itself.
unknown-zone = { $zone } I don’t know this time zone. Write it like `Europe/Berlin` or `America/New_York`.
bad-command-word = { $word } This can’t be the command: { $problem }. Please choose another word.

## Answers to commands

ambassador-joined = Thank you, you’re an ambassador now. I’ll call you { $topics ->
    [none] for questions on any topic
   *[other] for questions about { $topics }
} in { $languages ->
    [none] any language
   *[other] { $languages }
}, { $calls ->
    [one] at most once a day.
   *[other] at most { $calls } times a day.
} `/ambassador hours` sets quiet hours, `/ambassador pause` gives you a break, and `/ambassador leave` ends it.
ambassador-left = You’re not an ambassador any more, and I won’t call you again. Thank you for your help; your points stay. Should you miss it: `/ambassador join`
ambassador-not-one = You’re not an ambassador. `/ambassador join` makes you one, and `/ambassador leave` ends it whenever you like.
ambassador-paused = Enjoy the break. I won’t call you until you type `/ambassador join`.
ambassador-paused-for = Enjoy the break. I won’t call you for { $span }. Back sooner? `/ambassador join`
ambassador-hours = Noted: no calls from **{ $hours }** ({ $zone }). `/ambassador hours` changes it again.
ambassador-hours-off = Your quiet hours are off, so I may call you at any time of day. `/ambassador hours` sets new ones.
points-none = No points yet. They come with answers that solve somebody’s question.
points-are = { $balance ->
    [one] You have **1 point** and the rank **{ $rank }**. Today: { $today } of at most { $cap }.
   *[other] You have **{ $balance } points** and the rank **{ $rank }**. Today: { $today } of at most { $cap }.
}
points-next = { $missing ->
    [one] One more point to the rank { $rank }.
   *[other] { $missing } more points to the rank { $rank }.
}
# Newest first, one line each.
points-line = { $points ->
    [one] • 1 point: { $act }, { $ago } ago
   *[other] • { $points } points: { $act }, { $ago } ago
}
# /why: why somebody was called, or was not. The reasons follow as a list.
why-nothing = I haven’t called you so far, so there is nothing to explain yet.
why-called = I called you { $ago } ago for the question from { $who } in { $place }, because:
why-topic = • You chose its topic: { $topics }.
why-any-topic = • You take questions on any topic.
why-language = • You speak its language ({ $language }).
why-rested = • Your call before that was { $rested } earlier.
why-never-called = • I had never called you before.
why-helped-before = { $count ->
    [one] • You have solved one question like it.
   *[other] • You have solved { $count } questions like it.
}
why-busy = { $count ->
    [0] • You had no other question to answer.
    [one] • You had one other question to answer, which spoke a little against it.
   *[other] • You had { $count } other questions to answer, which spoke a little against it.
}
why-wave = { $count ->
    [one] • In round { $wave } of asking, I called only you.
   *[other] • In round { $wave } of asking, I called { $count } people.
}
why-how-to-stop = A break: `/ambassador pause`. No calls at all: `/ambassador leave`.
why-not-called = There was a question { $ago } ago that I did not call you for, because:
why-not-paused = • You were having a break from calls.
why-not-quiet = • You had quiet hours ({ $hours }).
why-not-daily-cap = { $count ->
    [one] • You had had your one call for the day.
   *[other] • You had had your { $count } calls for the day.
}
why-not-open-cases = { $count ->
    [one] • You already had a question to answer.
   *[other] • You already had { $count } questions to answer.
}
why-not-muted = • You muted its topic: { $topics }.
why-not-other-topics = • It was about { $topics }, and you chose other topics.
why-not-language = • You don’t take questions in its language ({ $language }).
why-not-blocked = • A moderator has asked me not to call you.
why-not-asker = • The question was your own.
why-not-called-before = • I had called you for this question already.
why-not-outranked = • You could have helped, but others knew more about it or had rested longer.
# /help: a signpost. Everyone sees the first two; the others go to those they are for.
help-customer = { $places ->
    [none] **Do you have a question?** Ask with `/ask`.
   *[other] **Do you have a question?** Ask it in { $places }, or with `/ask`.
}
help-tiers =
    1. I look in our help pages, at once.
    2. If that’s not enough, I ask volunteers who know about it.
    3. If they can’t help, our team does. { $command } takes you there directly.
help-ambassador = **You’re an ambassador:** `/points` shows what your help has earned, `/why` why I called you. `/ambassador hours` sets quiet hours, `/ambassador pause` gives you a break, `/ambassador leave` ends it.
help-become = **Do you know your way around?** `/ambassador join` makes you a volunteer. You choose your topics and quiet hours, and can stop whenever you like.
hello = Hello, I’m the helper of { $bot }: ask me, and I look for an answer or for people who know it.
privacy-kept = **What I keep:** questions that I take for { $bot }, what was said about them, and of everybody in them the name and the number that this platform gives them. Of volunteers also their wishes, what they helped with and their points. Of other messages I keep nothing.
privacy-span = **How long:** I keep the words of a question until { $span } after its end, then they are deleted; points and numbers stay as long as you take part.
privacy-use = **What for:** to answer and to thank. Volunteers and our team read your question; nobody else is given anything, and nothing is trained with it. An answer becomes a help page only if whoever wrote it says yes.
privacy-forget = **To be forgotten,** say so with { $command } and our team sees to it.
who-is-this = You write as the whole group, so I can’t tell whose this would be. Please write as yourself and try again.
help-moderator = **You’re a moderator:** `/askaround watch` lets me take questions in a channel, `/askaround staff` names the channel of our team, `/askaround escalation` the command that leads there. `/askaround status` shows how things stand.
# $mode and $sensitivity are worded below.
watch-on = From now on I take questions in { $place }. Mode: { $mode }. Sensitivity: { $sensitivity }. `/askaround watch mode:off` ends it.
watch-answers = I answer { $answers }.
watch-off = I take no new questions in { $place } any more. Those still open I’ll see to the end.
staff-set = From now on, whatever needs our team goes to { $place }.
staff-waiting = { $count ->
    [one] One case was waiting for this and is on its way there.
   *[other] { $count } cases were waiting for this and are on their way there.
}
ambassadors-set = From now on, I call ambassadors in { $place }.
escalation-is = { $aliases ->
    [none] { $command } leads to our team.
   *[other] { $command } leads to our team, and so does { $aliases }.
}
escalation-set = From now on, { $command } leads to our team. { $old } still works for 24 hours.
escalation-reset = { $command } leads to our team again, as this bot has it from the start.
status-watching = Questions: I take them in { $places }.
status-watching-none = Questions: I take none yet. `/askaround watch` in a channel changes that.
status-threads = Each question gets a thread of its own in { $places }.
status-thread-refused = I couldn’t open the last thread in { $place }, so I answered in the channel. The reason: { $problem }
status-desk = Our team: { $place }
status-desk-none = Our team: no channel yet. Until `/askaround staff` names one, nothing can be passed on.
status-helpers = Ambassadors are called in { $place }.
status-roster = Ambassadors: { $count }, of whom { $free } could be called now.
status-articles = Help pages: { $count }
status-escalation = To our team: { $command }
status-cases = Open questions: { $open }, of which { $waiting } wait for our team.
status-given-up = { $count ->
    [one] One message could not be delivered. I’ve kept it; please tell whoever runs this bot.
   *[other] { $count } messages could not be delivered. I’ve kept them; please tell whoever runs this bot.
}
status-parked = { $count ->
    [one] One incoming message was beyond me. I’ve set it aside; please tell whoever runs this bot.
   *[other] { $count } incoming messages were beyond me. I’ve set them aside; please tell whoever runs this bot.
}
# Under a question that was asked while the bot was away.

## What is well and what is not: to moderators, and to whoever runs the bot

finding-token-taken = The token is accepted: this is { $name }.
finding-token-unset = Off: { $variable } is not set.
finding-token-unset-mend = To switch it on, put the bot’s token ({ $source }) into the environment variable { $variable }.
finding-token-wrong = The token in { $variable } is not accepted.
finding-token-wrong-mend = Copy it anew ({ $source }) into { $variable }.
# $source of the two: where a token comes from.
token-source-discord = developer portal, Bot, Reset Token
token-source-telegram = @BotFather, /mybots, API Token
finding-unread = I could not look at { $what }: { $why }.
finding-unread-mend = See that this machine reaches the platform (and `api_url` in bot.toml, if it is set), then try again.
finding-content-read = The message content intent is on.
finding-content-unread = The message content intent is off: I read only what mentions me, replies to me, commands and buttons. All other questions pass me by.
finding-content-unread-mend = Whoever runs this bot switches on the Message Content Intent in the developer portal (Bot, Privileged Gateway Intents) and starts the bot again.
finding-sessions = { $count ->
    [one] One more start is possible today.
   *[other] { $count } more starts are possible today.
}
finding-sessions-none = No start is possible any more today: the bot was started too often.
finding-sessions-none-mend = Leave it running. It connects by itself in { $wait }.
finding-server-in = I am in the server { $server }.
finding-server-new = I am in the server { $server }, but nothing is set up there.
finding-server-new-mend = Type `/askaround watch` there, in the channel for questions.
finding-server-out = The server { $server } is set up, but I am not in it.
finding-server-out-mend = Invite me again with the link below, or leave it: what is kept of it is deleted 30 days after the running bot notices.
finding-server-none = I am in no server yet.
finding-server-none-mend = Invite me with the link below.
finding-rights-all = { $place } ({ $uses }): I may do everything I need there.
finding-rights-missing = { $place } ({ $uses }): I can’t work there without these rights: { $rights }.
finding-rights-wished = { $place } ({ $uses }): something is missing there without these rights: { $rights }.
finding-rights-mend = Give them to my role in the channel’s settings, under Permissions, or in the server’s settings.
finding-place-gone = { $place } ({ $uses }) is no more, or hidden from me.
finding-questions-gone-mend = If that was meant, choose another with `/askaround watch`; this one is forgotten then.
finding-desk-gone-mend = Name another channel for our team with `/askaround staff`.
finding-calls-gone-mend = Name another channel for ambassadors with `/askaround ambassadors`.
finding-invite = To invite me, with exactly the rights I need: { $link }
# Telegram.
finding-hears-all = Privacy mode is off: I hear what is said in my groups.
finding-privacy-mode = Privacy mode is on: where I’m no administrator, I hear only commands, buttons and replies to me.
finding-privacy-mode-mend = Make me an administrator of every group. Or send /setprivacy to @BotFather, choose Disable, and add me to the groups anew.
finding-no-groups = I can’t be added to groups.
finding-no-groups-mend = Send /setjoingroups to @BotFather and choose Enable.
finding-topics = Private chats with me can have topics; each is a conversation of its own.
finding-fetched = { $count ->
    [0] I fetch my updates myself, and none waits.
    [one] I fetch my updates myself, and one waits.
   *[other] I fetch my updates myself, and { $count } wait.
}
finding-fetched-elsewhere = Another program fetches my updates with the same token, so I hear only a part of them.
finding-fetched-elsewhere-mend = Whoever runs this bot stops the other program, or gives each a token of its own.
finding-webhook-stray = My updates are brought to { $url }, and bot.toml says nothing of it.
finding-webhook-stray-mend = Starting the bot ends that. If another program needs it, give each a token of its own.
finding-webhook-unset = My updates are not brought to { $url } yet.
finding-webhook-unset-mend = Starting the bot changes that.
finding-webhook-well = { $count ->
    [0] My updates are brought to { $url }, and none waits.
    [one] My updates are brought to { $url }, and one waits.
   *[other] My updates are brought to { $url }, and { $count } wait.
}
# $why is what Telegram says.
finding-webhook-failing = { $count ->
    [0] { $ago } ago, updates could not be brought: { $why }.
    [one] { $ago } ago, updates could not be brought: { $why }. One waits.
   *[other] { $ago } ago, updates could not be brought: { $why }. { $count } wait.
}
finding-webhook-failing-mend = See that the bot runs, that { $url } reaches its `--listen`, and that whatever does TLS for it has a valid certificate.
finding-group-in = I am in the group { $group }.
finding-group-moved = The group { $group } has become a supergroup. The running bot follows it.
finding-group-out = The group { $group } is set up, but I am not in it.
finding-group-out-mend = Add me to it again, or leave it: what is kept of it is deleted 30 days after the running bot notices.
finding-group-none = Nothing is set up in any group yet.
finding-group-none-mend = Add me to a group, make me an administrator there, and type `/askaround watch`.
finding-room-out = { $place } ({ $uses }): I am not in that group.
finding-room-out-mend = Add me to it again, or name another with `/askaround watch`, `/askaround staff` or `/askaround ambassadors`.
finding-unheard = { $place } ({ $uses }): I’m no administrator there, and privacy mode is on. I hear only commands, buttons and replies to me; all other questions pass me by.
finding-no-administrator = { $place } ({ $uses }): I’m no administrator there. Nobody tells me of reactions, and private answers go to people’s private chats with me.
finding-administrator-mend = Make me an administrator there; any right will do.
finding-write-mend = Let me write there: in the group’s settings, under Permissions.
finding-add = To add me to a group: open { $link }, choose it, and make me an administrator there.

use-questions = questions
use-desk = our team
use-calls = ambassadors
use-threads = threads for questions

right-view-channel = View Channel
right-send-messages = Send Messages
right-send-in-threads = Send Messages in Threads
right-read-history = Read Message History
right-embed-links = Embed Links
right-attach-files = Attach Files
right-add-reactions = Add Reactions
right-create-threads = Create Public Threads

## Buttons

button-solved = That solved it
button-ask-person = Ask a person
button-me-too = Me too
button-take = I’ll take it
button-pass = Pass
button-give-back = Give back
button-not-solved = Not solved
button-staff-take = I’ll take it
button-staff-return = Back to volunteers
button-staff-solved = Solved
# Before a message that may have been delivered already.
may-repeat = (perhaps for the second time, { $id })

## The story of a case, for moderators and operators: one step a line, each behind its time

story-asked = { $who } asked in { $place }.
# $articles are their ids.
story-suggested = I suggested { $articles }.
# Why they: what they chose, what they have solved, how long they have rested.
story-called = I called { $who }: { $topics ->
    [none] takes any topic
   *[other] chose { $topics }
}, { $count ->
    [0] has solved none like it yet
    [one] has solved one like it
   *[other] has solved { $count } like it
}, rested for { $rested }.
story-called-first = I called { $who }: { $topics ->
    [none] takes any topic
   *[other] chose { $topics }
}, { $count ->
    [0] has solved none like it yet
    [one] has solved one like it
   *[other] has solved { $count } like it
}, called for the first time.
# Who could have been called, and why they were not.
story-over-asker = Not called, because it is their own question: { $names }
story-over-blocked = Not called, because a moderator asked me not to: { $names }
story-over-paused = Not called, because they have a break: { $names }
story-over-called-before = Not called, because I had called them before: { $names }
story-over-language = Not called, because they take other languages: { $names }
story-over-muted = Not called, because they muted the topic: { $names }
story-over-other-topics = Not called, because they chose other topics: { $names }
story-over-quiet = Not called, because they have quiet hours: { $names }
story-over-daily-cap = Not called, because they had their calls for the day: { $names }
story-over-open-cases = Not called, because they are busy with other questions: { $names }
story-over-unsuited = Not called, because they did not suit: { $names }
story-over-outranked = Not called yet, because others suited better: { $names }
story-nobody-else = There was nobody else to call, so I waited for those I had called.
story-article-helped = { $by } said that an article solved it.
story-wanted-person = { $by } wanted to ask a person.
story-no-word = { $who } said nothing to the articles, so I went on.
story-still-unanswered = There was no answer yet, so I went on.
story-took = { $helper } took the question.
story-lapsed = { $helper } had taken it, but the time to answer ran out.
story-passed = { $helper } passed.
story-gave-back = { $helper } gave it back.
story-answered = { $helper } answered.
story-answered-as-staff = { $staff } from our team answered.
story-wrote-more = { $by } added to the answer.
story-accepted = { $by } said that the answer from { $helper } solved it.
story-thanked = { $by } thanked { $helper }.
story-not-solved = { $by } said that it isn’t solved.
story-reopened = { $by } said that it isn’t solved after all, so it is open again.
story-solved-by-silence = Nobody said more, so I took it that { $helper } solved it.
story-staff-asked = It went to our team: { $by } asked for them.
story-staff-asked-again = { $by } asked for our team once more.
story-staff-urgent = It went straight to our team: it says “{ $word }”.
story-staff-nobody = It went to our team: no volunteer was free.
story-staff-ladder = It went to our team: volunteers had had their time.
story-staff = It went to our team.
story-staff-took = { $staff } from our team took it.
story-staff-gave-back = { $staff } put it back for the team.
story-reminded = I reminded our team.
story-desk-set = It moved to the channel of our team.
story-returned = { $by } gave it back to the volunteers.
story-staff-solved = { $by } marked it as solved.
story-me-too = { $by } has the same question.
story-followed-up = { $by } wrote more about it.
story-withdrawn = { $by } took the question back.
story-retracted = { $by } took my words back.
story-restored = { $by } let my words stand again.
story-removed = { $by } closed the question.
story-community-left = I was removed from the community, so the question was closed.
story-place-left = I was removed from the chat in which it was asked, so the question was closed.
story-expired = Nobody could solve it in all that time, so I closed it.
story-earned = { $helper }: { $points ->
    [0] no points for solving it
    [one] +1 point for solving it
   *[other] +{ $points } points for solving it
}
story-earned-thanks = { $helper }: { $points ->
    [0] no points for the thanks
    [one] +1 point for the thanks
   *[other] +{ $points } points for the thanks
}
story-earned-endorsed = { $helper }: { $points ->
    [0] no points for an approved answer
    [one] +1 point for an approved answer
   *[other] +{ $points } points for an approved answer
}
story-earned-article = { $helper }: { $points ->
    [0] no points for an article that helped
    [one] +1 point for an article that helped
   *[other] +{ $points } points for an article that helped
}
# $points may be below zero, here and in the next one.
story-given-by-hand = { $points ->
    [one] { $by } gave { $helper } 1 point: { $note }
   *[other] { $by } gave { $helper } { $points } points: { $note }
}
story-taken-by-hand = { $points ->
    [one] { $by } took 1 point from { $helper }: { $note }
   *[other] { $by } took { $points } points from { $helper }: { $note }
}
story-granted = { $helper }: { $points } points, changed by a moderator
story-taken-back = { $helper }: { $points } points, an earlier entry taken back
# Recorded by a newer version.
story-unknown = Something happened that this version of me can’t tell ({ $word }).

## How it was: ratings, feedback, leaders and the report

button-rate-up = 👍
button-rate-down = 👎
# Seen only by whoever rated.
rated-up = Thank you, that’s good to hear. To add a word: `/feedback` and what you’d like to say.
rated-down = Thank you for saying so. What was missing? `/feedback` and a word or two help us get better.
rate-not-yours = Only the person who asked can rate the help here. Thank you for caring, though.
rate-later = This question is open again. Once it’s solved, I’ll ask how it was.
feedback-on-answer = Thank you. I’ve kept this with your question, where the moderators can read it.
feedback-on-product = Thank you. I’ve put this where the moderators collect what people say about the product.
feedback-praise = Thank you, how kind. I’ve put this where the moderators will read it.
feedback-no-answer = I can’t find an answered question of yours that this could be about. For the product, type `/feedback about:product` and your words.
feedback-enough = That’s { $count } notes in a day, as many as I can take from one person. Please come back tomorrow.
story-rated-up = { $by } rated the help: 👍
story-rated-down = { $by } rated the help: 👎
story-said-of-answer = { $by } said of it: { $said }
leaders-week = { $topic ->
    [none] **Who has helped most in the last 7 days**
   *[other] **Who has helped most in the last 7 days, on { $topic }**
}
leaders-month = { $topic ->
    [none] **Who has helped most in the last 30 days**
   *[other] **Who has helped most in the last 30 days, on { $topic }**
}
leaders-all = { $topic ->
    [none] **Who has helped most so far**
   *[other] **Who has helped most so far, on { $topic }**
}
leaders-line = { $points ->
    [one] { $place }. { $who }: 1 point
   *[other] { $place }. { $who }: { $points } points
}
leaders-nobody = Nobody has points in this time yet. The first ones could be yours: `/ambassador join`
leaders-you = { $points ->
    [one] You are in place { $place } with 1 point.
   *[other] You are in place { $place } with { $points } points.
}
leaders-you-none = You have no points in this time yet. They come with answers that solve somebody’s question.
leaders-next = { $missing ->
    [one] One more point to the next place up.
   *[other] { $missing } more points to the next place up.
}
report-intro = { $days ->
    [one] **The last day:** { $count ->
        [one] one question
       *[other] { $count } questions
    }
   *[other] **The last { $days } days:** { $count ->
        [one] one question
       *[other] { $count } questions
    }
}
report-nothing = { $days ->
    [one] Nobody has asked anything in the last day.
   *[other] Nobody has asked anything in the last { $days } days.
}
report-cut = There were more questions than I can look through at once, so this is about the newest { $count }.
report-solved = Solved: { $solved } ({ $share } %)
report-solved-by = • by help pages { $pages } · ambassadors { $ambassadors } · other members { $members } · our team { $staff }
report-unsolved = Not solved: { $open } still open · { $expired } expired · { $withdrawn } taken back
# Half of them were faster than $median, nine in ten faster than $slow.
report-first-answer = First answer from a person: half within { $median }, nine in ten within { $slow }
report-resolution = Until solved: half within { $median }, nine in ten within { $slow }
report-to-staff = To our team: { $count } · asked for { $asked } · urgent { $urgent } · no volunteer free { $nobody } · volunteers’ time was up { $ladder }
report-calls = Calls to ambassadors: { $made } · taken { $taken } · passed { $passed } · taken and not answered { $lapsed }
# $topics are what they were about, with numbers; $none had no topic.
report-missed = { $topics ->
    [none] No help page fitted: { $count } · without a topic { $none }
   *[other] { $none ->
        [0] No help page fitted: { $count } · { $topics }
       *[other] No help page fitted: { $count } · { $topics } · without a topic { $none }
    }
}
report-points = Points given: { $points }
report-ratings = Ratings: 👍 { $up } · 👎 { $down }
# The latest ones follow as quotations, here and in the next one.
report-product = Said about the product: { $count }
report-praise = Praise: { $count }
expected-days = a number of days, 1 to 366
about-leaders = See who has helped most, and where you stand
about-feedback = Say what you think of an answer, of the product or of somebody’s help
about-askaround-report = See how the last days went: questions, answers, what was missing
about-option-period = How far back: a week, a month, or everything
about-option-topic = Only this topic
about-option-words = What you’d like to say
about-option-about = What it is about; leave it out for your last answer, else the product
about-option-days = How many days back; leave it out for 30
period-week = the last 7 days
period-month = the last 30 days
period-all = everything so far
about-answer = the answer to my question
about-product = the product
about-praise = praise for somebody’s help

## Lengths of time: “in …”, “… ago”, “within …”

span-moment = a moment
span-seconds = { $count ->
    [one] 1 second
   *[other] { $count } seconds
}
span-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
span-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
span-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}

## What points are for: $act of points-line

act-solved = your answer solved a question
act-thanked = somebody thanked you
act-endorsed = an expert or moderator approved your answer
act-article_reused = an article of yours solved a question
act-granted = by a moderator’s hand
act-reversed = an earlier entry taken back

## Ranks

rank-newcomer = Newcomer
rank-guide = Guide
rank-expert = Expert
rank-legend = Legend

## How a channel is watched; also the choices of the command

mode-detect = whatever looks like a question
mode-tagged = only what is tagged #help, mentions me or replies to me
mode-every_post = every new post
# Languages by name, under their code.
lang-en = English
lang-de = German
lang-fr = French
lang-es = Spanish
lang-pt = Portuguese
lang-it = Italian
lang-nl = Dutch
lang-pl = Polish
lang-ru = Russian
lang-sr = Serbian
lang-tr = Turkish
lang-uk = Ukrainian
lang-id = Indonesian
mode-on = on
mode-off = nothing here
sensitivity-strict = strict, only when I’m sure
sensitivity-balanced = balanced
sensitivity-eager = eager, rather once too often
answers-channel = in the channel, as replies
answers-thread = in a thread that I open on each question

## What an option needs: $expected of bad-option

expected-channel = a channel
expected-span = a time such as 30m or 2h
expected-list = a list with commas
expected-person = a person, named with @
expected-hours = hours such as 22:00-08:00
expected-text = some text
expected-number = a whole number such as 3
expected-waves = waves such as 2@0s,4@4m: how many, after how long, in rising order
expected-ranks = ranks such as newcomer@0,guide@50

## Why a word cannot be the command: $problem of bad-command-word

word-empty = there is no word
word-letters = it may only have the letters a to z in lower case, digits and _
word-too-long = it is longer than 32 letters
word-reserved = another command has that name

## Descriptions of commands and their options; 90 letters at most

about-ask = Ask a question; I look for an answer and, if need be, for people who know it
about-escalation = Talk to our team about your question
about-ambassador = Help others as a volunteer
about-ambassador-join = Become an ambassador, change your topics or end a break
about-ambassador-leave = Stop being an ambassador; I won’t call you again
about-ambassador-pause = Take a break from calls, for a while or until you’re back
about-ambassador-hours = Set the hours in which I won’t call you
about-points = See your points, your rank and what they come from
about-why = See why I called you, or why I didn’t
about-help = See what I can do and who helps when I can’t
about-privacy = What I keep about you, for how long, and how to be forgotten
about-askaround = Set up the bot; for moderators
about-askaround-watch = Take questions in a channel
about-askaround-unwatch = Take no more questions in a channel
about-askaround-staff = Name the channel in which our team works
about-askaround-ambassadors = Name the channel in which ambassadors are called
about-askaround-escalation = See or rename the command that leads to our team
about-askaround-status = See what is set up, who could help now and what is open
about-option-question = Your question, in your own words
about-option-reason = What it is about, in a sentence or two
about-option-topics = The topics you’d like to be called for, with commas
about-option-languages = The languages you can help in, with commas: en, de
about-option-for = How long, such as 2h or 7d; leave it out for an open end
about-option-hours = From when to when, such as 22:00-08:00; off for none
about-option-zone = Your time zone, such as Europe/Berlin
about-option-channel = The channel; leave it out for this one
about-option-mode = What I take as a question; off for nothing
about-option-sensitivity = How readily I take something as a question
about-option-answers = Where I answer: in the channel, or in a thread for each question
about-option-name = The new name, one word in lower case; leave it out to see the current one
about-ambassador-topics = Choose what I call you for, and what never
about-ambassador-card = See what an ambassador is known for; your own shows your settings
about-askaround-ladder = See or change when I call whom, and when our team gets a question
about-askaround-recognition = See or change what helping is worth
about-askaround-language = See or change the language in which I speak to everyone here
about-askaround-case = See what happened to a question, and step in
about-askaround-block = Leave somebody out: no calls, no points, no questions
about-option-calls = How many calls a day are enough for you
about-option-mute = Topics you never want to be called for, with commas; off for none
about-option-who = Whose, named with @; leave it out for your own
about-option-person = Who, named with @
about-option-switch = off ends it
about-option-calls-all = How often I call one ambassador a day at most
about-option-cases = How many questions one ambassador works on at a time
about-option-waves = How many, and after how long: 2@0s,4@4m,8@10m
about-option-patience = How long articles stand before I call people
about-option-claim = How long whoever takes a question has for an answer
about-option-wait = After an answer, so much silence counts as solved
about-option-staff-after = When our team gets the question
about-option-all = reset: everything as the bot has it from the start
about-option-solved = Points for the answer that solved it
about-option-thanked = Points for thanks
about-option-endorsed = Points for an answer that a moderator approves
about-option-cap = Points one person can earn a day
about-option-ranks = Where ranks begin: newcomer@0,guide@50
about-option-rank = A rank such as guide, to go with a role
about-option-role = The role that stands for this rank
about-option-rank-mode = off ends it; on Telegram, on shows ranks as tags beside names
about-option-language = A language such as de; reset for the bot’s own
about-option-case = The question’s number; leave it out to see the open ones
about-option-do = What to do about it
about-option-points = How many points
about-option-why = Why, in a sentence

## What moderators change, take back and let stand

bad-choice = { $option } can’t be { $value } It can be: { $known }.
out-of-limits = { $option } can be { $least } to { $most }.
staff-before-waves = Our team would get a question after { $staff }, but the last wave of ambassadors is called after { $last }. Let the team come after the last wave.
# $known is how it is written: newcomer@0,guide@50.
bad-ranks = Name every rank once, in rising order, the first at 0. For example: `ranks:{ $known }`
unknown-person = I don’t know anybody here called { $person } Name them with @.
unknown-case = I don’t know a question with the number { $case } `/askaround case` shows the open ones.
# $command is the whole line to type.
undo-by = To undo it: `{ $command }`
already-so = That is how it was already, so nothing has changed.
and-more = { $count ->
    [one] … and one more.
   *[other] … and { $count } more.
}
rules-here = What holds in this community:
rules-from-now = What holds in this community from now on:
ladder-patience = Articles first. Without a word from the customer for { $patience }, I call ambassadors.
# $waves is how it is typed: 2@0s,4@4m is two at once, four more after four minutes.
ladder-waves = Waves of ambassadors, how many and after how long: `{ $waves }`
ladder-claim = Whoever takes a question answers within { $claim }. After an answer, { $wait } of silence counts as solved.
ladder-staff = Our team gets it after { $staff }.
recognition-points = Points: { $solved } for solving it, { $thanked } for thanks, { $endorsed } for an approved answer; { $cap } a day at most.
# $ranks is how it is typed: newcomer@0,guide@50.
recognition-ranks = Ranks, and where they begin: `{ $ranks }`
# $badges is how it is typed: guide @Guide, expert @Expert.
badges-here = Roles for ranks: { $badges }
badges-nowhere = I can’t give roles on this platform. `/points` and `/ambassador card` show everybody’s rank.
badge-set = From now on the role { $badge } stands for the rank { $rank }. I give it to everybody of that rank, a few at a time, and take it when their rank changes.
badge-off = From now on the role { $badge } stands for the rank { $rank } no more. I take it back from those I gave it to, a few at a time.
badge-again = That is how it was already. I go through everybody once more, a few at a time, so that whoever should have { $badge } gets it.
# $obstacle is one of the obstacle-… below and says what to do.
badge-refused = { $badge } can’t stand for a rank: { $obstacle } Nothing has changed.
# To the moderators, once, where the team works, and in the status.
badge-trouble = I can’t give or take the role { $badge } for a rank: { $obstacle } Until then, `/points` shows everybody’s rank.
# $command is the whole line to type.
badge-trouble-over = Once that is done, { $command } makes me go through everybody again.
# For the server’s own log: why somebody’s roles were changed.
badge-reason = Rank now: { $rank }
tags-on = From now on I show everybody’s rank as a tag beside their name, a few people at a time, and change it with their rank. Administrators keep their titles instead.
tags-off = From now on I show no ranks as tags any more. I take off those that I gave, a few at a time.
tags-here = Ranks are shown as tags beside names.
tags-again = That is how it was already. I go through everybody once more, a few at a time.
# $command is the whole line to type.
tags-only = There are no roles here. `{ $command }` shows everybody’s rank as a tag beside their name.
# To the moderators, once, where the team works, and in the status.
tags-trouble = I can’t show ranks as tags: I need the right to manage member tags. Please give it to me in the group’s list of administrators. Until then, `/points` shows everybody’s rank.
unknown-badge = { $badge } I don’t know a role of this name here. Name one with @.
# $known is a list of words to type.
unknown-rank = { $rank } I don’t know this rank. The ranks here are: { $known }.

# What is in the way of a role, and what to do about it: $obstacle of badge-refused and badge-trouble.
obstacle-no_right = I need the right “Manage Roles”. Please give it to my role in the server settings.
obstacle-above = it stands above my own role. Please drag my role above it in the server settings, under Roles.
obstacle-managed = it belongs to an app, to boosts or to linked accounts, so nobody can give it by hand. Please take a role made for this rank.
obstacle-everyones = everybody has it. Please take a role made for this rank.
obstacle-deleted = it is no more. Please take another one for this rank.

language-is = I speak { $language } to everyone here; one by one, I answer people in their own language. I know: { $known }.
language-set = From now on I speak { $language } to everyone here. One by one, I still answer people in their own language.
staff-off = From now on there is no channel for our team. What needs them waits, and I remind you of it.
ambassadors-off = From now on I call ambassadors where the question was asked.
ambassador-caps = { $calls ->
    [one] From now on I call each ambassador once a day at most,
   *[other] From now on I call each ambassador { $calls } times a day at most,
} { $cases ->
    [one] and nobody works on more than one question at a time.
   *[other] and nobody works on more than { $cases } questions at a time.
}
roster-line = { $helper }: { $state }; called { $calls } of { $cap } times today
block-on = I leave { $who } out from now on: no calls, no points, and I take no questions from them. This holds wherever I work on this platform.
block-off = { $who } is welcome again: calls if they want them, points, and questions.
block-line = { $who } is blocked.
block-line-why = { $who } is blocked: { $note }
block-nobody = Nobody is blocked. `/askaround block @name` leaves somebody out.
block-not-moderators = Moderators can’t be blocked, and nobody can block themselves.
asker-blocked = I can’t take your question: a moderator asked me not to. Please talk to the moderators about it.
case-line = { $case }: { $who } in { $place }, { $ago } ago. { $stage }
case-question = The question:
case-steps-before = { $count ->
    [one] One step before that is left out here.
   *[other] { $count } steps before that are left out here.
}
case-step-ago = — { $ago } ago
case-due = If nobody does anything, I go on in { $left }.
case-how-to = `/askaround case { $case } do:` close, return, escalate, solved, retract or restore; endorse, grant or take with `who:`, points and a reason.
case-now = { $case } is now: { $stage }
case-words-retracted = My words about { $case } are taken back; a line says so where they stood.
case-words-restored = My words about { $case } stand again as they were.
cases-none = No question is open. `/askaround case` and a number shows one that is over.
cases-how-to = `/askaround case` and a number tells all that happened.
closed-by-moderator = { $who }, a moderator has closed this question. If it is still open for you, talk to them or ask again.
moderator-adds = A moderator adds: { $note }
words-retracted = A moderator took this message back.
no-answer-by = { $helper } has given no answer to this question.
not-for-yourself = Points for yourself are for another moderator to give or take.
nothing-to-take = This question gave { $helper } nothing that could be taken back.
no-points-to-take = { $helper } has no points that could be taken.
points-given = { $points ->
    [one] { $helper } gets 1 point
   *[other] { $helper } gets { $points } points
} and has { $balance } now.
points-taken = { $points ->
    [one] 1 point is taken
   *[other] { $points } points are taken
} from { $helper }, who has { $balance } now.

# Where a case stands.
stage-suggested = Articles have been suggested.
stage-calling = Ambassadors are being called.
stage-claimed = Somebody is working on it.
stage-answered = It has an answer.
stage-handed-off = It is with our team.
stage-resolved = It is solved.
stage-closed = It is closed.

# Whether an ambassador could be called right now, in a roster and on their card.
duty-free = can be called
duty-paused = has a break
duty-quiet = has quiet hours
duty-called-enough = has had enough calls for today
duty-busy = is busy with other questions
duty-blocked = is blocked

# What a moderator can do to a question, in a list of choices.
do-close = close it
do-return = back to the ambassadors
do-escalate = to our team
do-solved = it is solved
do-endorse = approve an answer
do-grant = give points
do-take = take points back
do-retract = take my words back
do-restore = let my words stand again
all-reset = as the bot has it from the start

## Questions that came while the bot was away, or without a word

asked-while-away = { $who }, I was away when you asked this. Do you still need help? Press “{ button-ask-person }” and I’ll ask volunteers.
suggestion-footer-late = Picked automatically from our help pages; I was away when you asked. If it doesn’t help, press “{ button-ask-person }”.
say-in-words = { $who }, I can’t look at pictures or listen. Tell me in a sentence what is wrong, and I’ll find help.
ask-well = { $who }, I’m already asking around. Which product is it, and what happens? A line about that here, and somebody can help you sooner.

## An ambassador’s card, and how long help takes

ambassador-calls = { $calls ->
    [one] I’ll call you once a day at most.
   *[other] I’ll call you { $calls } times a day at most.
}
ambassador-topics = I’ll call you for { $topics ->
    [none] any topic
   *[other] { $topics }
}{ $muted ->
    [none] .
   *[other] , and never for { $muted }.
}
card-is = { $helper }: { $rank }, { $balance ->
    [one] 1 point
   *[other] { $balance } points
}
card-solved = { $count ->
    [0] No question solved yet.
    [one] One question solved
   *[other] { $count } questions solved
}{ $topics ->
    [none] { "" }
   *[other] {" "}· best at { $topics }
}
card-topics = Helps with { $topics ->
    [none] any topic
   *[other] { $topics }
}, in { $languages }.
card-muted = Never: { $topics }. `/ambassador topics mute:off` ends that.
card-calls = Called { $calls } of { $cap } times today. `/ambassador hours calls:1` makes it fewer.
card-quiet = Quiet hours: { $hours } ({ $zone }).
card-now = Right now: { $state }.
card-no-ambassador = { $helper } is no ambassador.
help-wait-crowd = Lately, half of all answers from volunteers came within { $wait }.
help-wait-staff = Lately, half of all answers from our team came within { $wait }.
help-wait-unknown = There have been too few answers lately to say how long it takes.
help-free-now = { $count ->
    [0] No volunteer can be called right now; our team is the way then.
    [one] One volunteer can be called right now.
   *[other] { $count } volunteers can be called right now.
}

## Policies from outside

why-not-unsuited = • By this community’s own rules, it was not one for you. That can change with the next.

## Threads
thread-title = Question { $case }
thread-title-withdrawn = Question withdrawn
desk-thread = Everything you write in this thread goes to { $who }. Begin a note for your team only with `//`.
call-thread = Everything you write in this thread goes to { $who }. Begin a note among yourselves with `//`.

## Message menus
menu-ask-around = Ask around
menu-get-staff = Get staff
form-ask = Ask a question
form-feedback = Tell us what you think
pointed-taken = Thank you for pointing at it. I’ve taken the question on; what comes of it you’ll see under the message.
pointed-known = I’m looking after this one already. What comes of it you’ll see under the message.
pointed-wordless = I can only ask around for what somebody wrote in words. Ask them what it is about, then try again.
pointed-not-now = I can’t take this question on just now. Everybody here may answer it, though.
pointed-no-case = This message belongs to no question that I’m looking after. Whoever wrote it can bring it to our team with { $command }.

## One person, several accounts

link-code = To join another account of yours with this one, type `{ $command }` as the other one, within { $span }. Give the code to nobody else.
link-done = Done. Both accounts are you: points, calls and pauses count together from now on.
linked-from-elsewhere = Your account was just joined with another one by your code: points, calls and pauses count together from now on. If that was not you, type `/unlink`.
link-unknown = I don’t know this code, or its time is over. Type `/link` as your other account for a new one.
link-same = This code is of this very account. Type it as the other one.
link-already = These accounts belong together already. Nothing has changed.
link-too-many = That would be more accounts than one person can have here. Part one of them with `/unlink` first.
link-blocked = These accounts cannot be joined. If you think that is wrong, our moderators can look into it.
unlinked = { $points ->
    [one] This account stands by itself again, with the 1 point that was earned with it.
   *[other] This account stands by itself again, with the { $points } points that were earned with it.
}
unlink-nothing = This account is joined with no other. Nothing has changed.
about-link = Join your accounts here and on other platforms, so that they count as one
about-unlink = Let this account stand by itself again
about-option-code = The code that your other account was given

## Answers that become articles

# To whoever gave the answer, where everybody can read it.
harvest-offer = { $helper }, this answer could help others too. May moderators make a help page of it? It would name you and lead here, and you can take it back at any time.
harvest-allowed = { $helper } lets us use this answer. Moderators look at it before anybody is shown it.
harvest-shown = Thank you, { $helper }. This answer is a help page now: { $title }
harvest-kept = All right, this answer stays where it is.
harvest-gone = This answer is no help page any more, and I keep no copy of it.
harvest-not-yours = Only whoever gave this answer can say what may become of it.
harvest-over = That can’t be done with this answer any more.
harvest-wordless = There is nothing left of that answer to make a help page of.
button-share-answer = Yes, use it
button-keep-answer = No, thanks
button-take-back-answer = Take it back
knowledge-none = No answer waits to become a help page, and none has become one. When an answer solved a question, I ask whoever gave it; what they allow appears here.
knowledge-line = { $case } · { $state } · { $title ->
    [none] still without a title
   *[other] { $title }
} · { $ago } ago
knowledge-how-to = `/askaround knowledge number` shows one.
knowledge-is = { $case } · { $state } · answered by { $helper } on { $on }:
knowledge-title = Title: { $title }
knowledge-question = People ask: { $question }
# Above the asker’s own words, which are not ours to publish.
knowledge-asked = It was asked in these words. They are the asker’s: say it in your own.
knowledge-body = The answer:
knowledge-deeds = `/askaround knowledge { $case } do:question how people ask for it`, or `do:title`, `do:body`; then `do:publish`, `do:withdraw` or `do:discard`.
knowledge-now = { $case } · { $state }
unknown-harvest = I know no answer by this number that could be a help page: { $case } `/askaround knowledge` lists them.
harvest-untitled = Nobody would find it yet. Say first how people ask for it: `/askaround knowledge { $case } do:question why does it go dark at night?`
harvest-words-unfit = That is not between { $least } and { $most } characters long. Nothing has changed.
status-drafts = { $count ->
    [one] One answer waits to become a help page: `/askaround knowledge`
   *[other] { $count } answers wait to become help pages: `/askaround knowledge`
}
review-offered = not allowed yet
review-declined = not allowed
review-draft = a draft
review-published = a help page
review-discarded = discarded
review-withdrawn = taken back by its author
# Below an article, with a link to where it was answered.
article-credit = Answered by { $helper } on { $on }:
article-helped = That was { $helper }’s answer: { $points ->
    [one] +1 point, { $balance } in all.
   *[other] +{ $points } points, { $balance } in all.
}
see-answer = see the answer
# A question that was solved here before.
earlier-intro = { $who }, much the same was asked here before:
earlier-too = Much the same was asked here before:
earlier-solved = Solved on { $on }:
earlier-footer = Found automatically among earlier questions of this community. If it doesn’t help, press “{ button-ask-person }”. If I hear nothing from you, I’ll ask people in { $patience }.
story-earlier-helped = { $by } said that the earlier question solved it.
story-earlier = An earlier question was pointed to, which had been solved: { $case }
about-askaround-knowledge = Review answers that may become help pages
about-option-draft = The number of the answer
about-option-review = What to do with it
about-option-text = The words, as people should read them
form-knowledge = Words of a help page
do-publish = make it a help page
do-withdraw = no help page any more
do-discard = not wanted
do-draft = a draft again
do-title = its title
do-question = how people ask for it
do-body = the answer itself
do-revert = the words as they were before
