// Every word the page itself says, once for each language. What the bot says comes from the bot.

const WORDS = {
  en: {
    ambassador: 'ambassador',
    ask_in: '{name}: ask in #{channel}',
    bot: 'BOT',
    cancel: 'Cancel',
    cancel_edit: 'Editing your message. Esc leaves it as it was.',
    channels: 'Channels',
    clock: "The community's clock",
    clock_moved: 'It is {time} in the community now.',
    customer: 'customer',
    days: 'd',
    delete: 'Delete',
    delete_sure: 'Really delete?',
    deleted: 'Message deleted',
    edit: 'Edit',
    edited: 'edited',
    empty: 'Nothing here yet. Say something, or type / to see the commands.',
    five_minutes: '+5 min',
    hours: 'h',
    in_time: 'in {time}',
    kept: 'Not connected just now. Your message stays in the box; send it again in a moment.',
    landing_about: 'A whole community in your browser, with the real bot in it. Each tab is one person. Who would you like to be first?',
    landing_title: 'Welcome to the {brand} playground',
    log: 'Messages',
    menu: 'People and channels',
    minutes: 'min',
    moderator: 'moderator',
    name_box: 'Message #{channel}',
    new_tab: 'Open as {name} in a new tab',
    newer: 'New messages',
    no_deadline: '(none)',
    no_socket: 'Not connected just now. Please try again in a moment.',
    nobody: 'Nobody here goes by “{key}”. Please choose someone below.',
    now: 'now',
    one_minute: '+1 min',
    option_span: 'a length of time, such as 30s, 10m, 2h or 7d',
    optional: 'can be left out',
    pinged: 'you were mentioned',
    private: 'Only you can see this',
    react: 'Like',
    real_time: 'real time',
    reconnecting: 'Reconnecting…',
    reply: 'Reply',
    replying: 'Replying to {name}: {excerpt}',
    restored: 'The connection broke before your message was confirmed, so it is back in the box.',
    send: 'Send',
    skip: 'Skip to the message box',
    staff: 'staff',
    story_1_fill: 'Write it for me',
    story_2: 'Press “Ask a person”.',
    story_3: 'and press “I’ll take it”.',
    story_3_open: 'Open a tab as {name}',
    story_4: '{name}: reply to the question.',
    story_5: '{name}: press “That solved it”.',
    story_close: 'Put the story away',
    story_question: 'My Lumen Air keeps dropping the connection at night, what can I do?',
    story_then: 'And then: ask something nobody answers and move the clock on. It reaches #staff, where {name} replies.',
    story_title: 'A story to try',
    suggestions: 'Suggestions',
    to_next: 'To the next deadline',
    unread: 'unread',
    unreachable: 'The playground does not answer yet. Trying again…',
    you_are: 'You are',
    // threads, images
    image_failed: 'The image at {host} could not be loaded.',
    image_open: 'Open it in a new tab',
    image_show: 'Show image from {host}',
    name_box_thread: 'Message in this thread',
    option_number: 'a number',
    reply_last: 'last at {time}',
    reply_many: '{count} replies',
    reply_one: '1 reply',
    thread: 'Thread',
    thread_back: 'Back to {channel}',
    thread_empty: 'Nothing in this thread yet. Whoever writes first opens it for everybody.',
    thread_in: 'Thread in #{channel}',
    thread_start: 'Open a thread',
  },
  de: {
    ambassador: 'Botschafter:in',
    ask_in: '{name}: frag in #{channel}',
    cancel: 'Abbrechen',
    cancel_edit: 'Du bearbeitest deine Nachricht. Esc lässt sie, wie sie war.',
    channels: 'Kanäle',
    clock: 'Die Uhr der Community',
    clock_moved: 'In der Community ist es jetzt {time} Uhr.',
    customer: 'Kundschaft',
    days: 'T.',
    delete: 'Löschen',
    delete_sure: 'Wirklich löschen?',
    deleted: 'Nachricht gelöscht',
    edit: 'Bearbeiten',
    edited: 'bearbeitet',
    empty: 'Hier ist es noch still. Schreib etwas, oder tippe / für die Befehle.',
    five_minutes: '+5 Min.',
    hours: 'Std.',
    in_time: 'in {time}',
    kept: 'Gerade nicht verbunden. Deine Nachricht bleibt im Feld; sende sie gleich noch einmal.',
    landing_about: 'Eine ganze Community in deinem Browser, mit dem echten Bot darin. Jeder Tab ist eine Person. Wer möchtest du zuerst sein?',
    landing_title: 'Willkommen auf dem Spielplatz von {brand}',
    log: 'Nachrichten',
    menu: 'Personen und Kanäle',
    minutes: 'Min.',
    moderator: 'Moderation',
    name_box: 'Nachricht an #{channel}',
    new_tab: 'Als {name} in einem neuen Tab öffnen',
    newer: 'Neue Nachrichten',
    no_deadline: '(keine)',
    no_socket: 'Gerade nicht verbunden. Bitte versuch es gleich noch einmal.',
    nobody: 'Hier heißt niemand „{key}“. Bitte wähle unten jemanden aus.',
    now: 'jetzt',
    one_minute: '+1 Min.',
    option_span: 'eine Dauer, etwa 30s, 10m, 2h oder 7d',
    optional: 'kann entfallen',
    pinged: 'du wurdest erwähnt',
    private: 'Nur du siehst das',
    react: 'Gefällt mir',
    real_time: 'Echtzeit',
    reconnecting: 'Verbinde neu …',
    reply: 'Antworten',
    replying: 'Antwort an {name}: {excerpt}',
    restored: 'Die Verbindung brach ab, bevor deine Nachricht bestätigt war. Sie steht wieder im Feld.',
    send: 'Senden',
    skip: 'Zum Nachrichtenfeld springen',
    staff: 'Team',
    story_1_fill: 'Für mich schreiben',
    story_2: 'Drücke „Ask a person“.',
    story_3: 'und drücke „I’ll take it“.',
    story_3_open: 'Öffne einen Tab als {name}',
    story_4: '{name}: antworte auf die Frage.',
    story_5: '{name}: drücke „That solved it“.',
    story_close: 'Geschichte weglegen',
    story_then: 'Und dann: Frag etwas, worauf niemand antwortet, und stell die Uhr vor. Es kommt in #staff an, wo {name} antwortet.',
    story_title: 'Eine Geschichte zum Ausprobieren',
    suggestions: 'Vorschläge',
    to_next: 'Zur nächsten Frist',
    unread: 'ungelesen',
    unreachable: 'Der Spielplatz antwortet noch nicht. Neuer Versuch …',
    you_are: 'Du bist',
    // threads, images
    image_failed: 'Das Bild von {host} ließ sich nicht laden.',
    image_open: 'In einem neuen Tab öffnen',
    image_show: 'Bild von {host} zeigen',
    name_box_thread: 'Nachricht im Thread',
    option_number: 'eine Zahl',
    reply_last: 'zuletzt um {time}',
    reply_many: '{count} Antworten',
    reply_one: '1 Antwort',
    thread: 'Thread',
    thread_back: 'Zurück zu {channel}',
    thread_empty: 'In diesem Thread steht noch nichts. Wer zuerst schreibt, öffnet ihn für alle.',
    thread_in: 'Thread in #{channel}',
    thread_start: 'Thread öffnen',
  },
};

export const language = (navigator.language || 'en').toLowerCase().startsWith('de') ? 'de' : 'en';

/** The words for `key`, with `{name}`s filled in; a key without words shows itself. */
export function t(key, values = {}) {
  const words = WORDS[language][key] ?? WORDS.en[key] ?? key;
  return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Fills in every element of the page that names its words. */
export function fillWords(root) {
  document.documentElement.lang = language;
  for (const node of root.querySelectorAll('[data-t]')) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll('[data-label]')) {
    node.setAttribute('aria-label', t(node.dataset.label));
    if (node.tagName === 'BUTTON') node.title = t(node.dataset.label);
  }
}

const hourAndMinute = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const dayAndMonth = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });

export const timeWords = (ms) => hourAndMinute.format(ms);
export const dayWords = (ms) => dayAndMonth.format(ms);

/** A long span in two units at most: 12 min · 2 h 5 min · 3 d 4 h. */
export function spanWords(ms) {
  const minutes = Math.floor(ms / 60_000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  const parts = days
    ? [[days, 'days'], [hours, 'hours']]
    : [[hours, 'hours'], [minutes % 60, 'minutes']];
  return parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${t(unit)}`).join(' ');
}

/** A short span to watch running down: 2:59 · 1:02:59; from a day on as `spanWords`. */
export function countdownWords(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds >= 86_400) return spanWords(ms);
  const two = (number) => String(number).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
}
