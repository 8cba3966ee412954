// The playground's page: one tab is one person of a brand's community.
//
// words.js says it, posts.js draws one post (images.js what it links to), threads.js keeps threads,
// composer.js is the box one writes in, unsent.js what was written and has not arrived, clock.js the
// community's time; this file holds what is known (`state`), the socket it comes by, and the places
// it is shown in.

import { fillWords, language, t } from './words.js';
import { dayMark, drawPieces, drawPost, el, plainText, sameDay } from './posts.js';
import { composer } from './composer.js';
import { threadBook } from './threads.js';
import { panel } from './panel.js';
import { folders } from './folders.js';
import { addressOf, newTabLink, personLink } from './people.js';
import { drawGuide, putAway } from './guide.js';
import { communityClock } from './clock.js';
import { keptBack } from './unsent.js';

const BUSY_MS = 3_000; // a press that nothing answers may be tried again
const RETRY_MS = [500, 1_000, 2_000, 4_000, 8_000]; // the last one repeats
const TOAST_MS = 8_000;
const KEEP_POSTS = 2_000; // in memory, of all channels together
const SHOW_POSTS = 300; // on the page, of the open channel
const NEAR_BOTTOM_PX = 80;

const part = (id) => document.getElementById(id);
const narrow = matchMedia('(max-width: 760px)');

const state = {
  brand: '',
  people: [],
  me: null, // the person of this tab
  tours: [], // what the bot can be asked, by language
  channels: [],
  commands: [],
  channel: null, // the open one's key
  posts: new Map(), // by key, oldest first
  unread: new Map(), // channel key → {count, ping}
  busy: new Map(), // post key → {data, timer} of a pressed button
  clock: null, // the community's
  greeted: false,
};

// ---- small talk

const announce = (words) => { part('murmur').textContent = words; };

function toast(...words) {
  const note = el('p', {}, ...words);
  part('toasts').append(note);
  setTimeout(() => note.remove(), TOAST_MS);
}

/** Session storage that is allowed to be switched off. */
const memory = {
  get(key) { try { return sessionStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { sessionStorage.setItem(key, value); } catch { /* then it is forgotten */ } },
};

// ---- the socket

let socket = null;
let attempts = 0;
let retry = null;

function connect() {
  clearTimeout(retry);
  const address = new URL(`socket${addressOf(state.me)}`, location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  const mine = new WebSocket(address);
  socket = mine;
  // Of a socket that another one has followed nothing is heard any more.
  mine.addEventListener('message', ({ data }) => mine === socket && hear(JSON.parse(data)));
  mine.addEventListener('close', () => mine === socket && onClose());
}

/** The tab is somebody else from now on. */
function become(person) {
  box.cancel();
  settleAll();
  unsent.forget();
  Object.assign(state, { me: person, channel: null, greeted: false, posts: new Map(), unread: new Map() });
  part('posts').replaceChildren();
  drawPeople();
  socket.close();
  connect();
}

function onClose() {
  showStatus(t('reconnecting'));
  settleAll();
  if (unsent.takeBack()) toast(t('restored'));
  const pause = RETRY_MS[Math.min(attempts, RETRY_MS.length - 1)];
  attempts += 1;
  retry = setTimeout(connect, pause * (0.75 + Math.random() / 2));
}

function send(frame) {
  if (socket?.readyState !== WebSocket.OPEN) return false;
  socket.send(JSON.stringify(frame));
  return true;
}

const sendOrSay = (frame) => send(frame) || (toast(t('no_socket')), false);

const showStatus = (words) => { part('status').textContent = words; };

const HEARD = {
  hello: onHello, post: onPost, changed: onPost, clock: (frame) => state.clock.hear(frame), error: onError, commands: onCommands,
  insight: (frame) => inside.hear(frame),
  shelf: (frame) => bring.hearShelf(frame), refused: (frame) => bring.hearRefused(frame), moved: () => bring.hearMoved(),
};

const hear = (frame) => HEARD[frame.type]?.(frame);

function onCommands({ commands }) {
  state.commands = commands.map((command) => ({ ...command, name: command.name.replace(/^\//, '') }));
  box.refresh();
}

function onHello(hello) {
  attempts = 0;
  showStatus('');
  const known = new Set(state.posts.keys());
  const first = !state.greeted;
  state.greeted = true;
  state.channels = hello.channels;
  state.posts = new Map(hello.posts.map((post) => [post.key, post]));
  threads.forget();
  hello.posts.forEach(threads.meet);
  state.clock.set(hello);
  // Whoever arrives has read it all, except what called them by name.
  for (const post of hello.posts) {
    if (!known.has(post.key) && (!first || pingsMe(post))) countUnread(post);
  }
  const wanted = state.channel ?? decodeURIComponent(location.hash.slice(1));
  const called = [...state.unread].find(([, { ping }]) => ping)?.[0];
  const open = [wanted, called].find((key) => key && channelOf(key)) ?? state.channels[0]?.key;
  if (open === state.channel) drawLog();
  else if (open) openChannel(open);
  onCommands(hello);
  drawChannels();
  drawStory();
  inside.greet();
  bring.greet();
  if (first && playAtOnce) play();
  playAtOnce = false;
}

function onPost({ post }) {
  const old = state.posts.get(post.key);
  state.posts.set(post.key, post);
  threads.meet(post);
  settle(post.key);
  if (post.private) settleAll();
  if (!old) {
    if (state.posts.size > KEEP_POSTS) state.posts.delete(state.posts.keys().next().value);
    if (!channelOf(post.channel)) state.channels.push({ key: post.channel, name: post.channel, about: '' });
    unsent.confirm(post);
    countUnread(post);
    drawChannels();
  } else if (threads.hasOne(post)) {
    retitle(); // a thread is called after its first message
    drawChannels();
  }
  if (post.channel === state.channel || itemOf(post.key)) showPost(post);
  if (post.thread) redraw(post.thread.root);
  if (old) shownPosts().filter(({ reply_to: to }) => to?.key === post.key).forEach(({ key }) => redraw(key));
}

function onError({ words }) {
  toast(...(typeof words === 'string' ? [words] : drawPieces(words, state.me.key)));
  settleAll();
  unsent.takeBack(); // it may have been what was refused
}

// ---- people

function drawPeople() {
  part('me').textContent = state.me.name;
  part('people').replaceChildren(...state.people.map((person) =>
    el('li', {}, personLink(person, state), person === state.me ? null : newTabLink(person))));
}

function drawLanding(asked) {
  part('landing').hidden = false;
  document.title = state.brand;
  part('landing-title').textContent = t('landing_title', { brand: state.brand });
  part('landing-problem').textContent = asked ? t('nobody', { key: asked }) : '';
  const player = state.people.find(({ key }) => key === tourHere()?.by);
  part('landing-play').hidden = !player;
  part('landing-play').onclick = () => location.assign(`${addressOf(player)}&play=1`);
  part('cards').replaceChildren(...state.people.map((person) => el('li', {}, personLink(person, state))));
}

// ---- channels

const channelOf = (key) => state.channels.find((channel) => channel.key === key) ?? (key ? threads.find(key) : undefined);
const pingsMe = (post) => post.author.key !== state.me.key && post.pings.includes(state.me.key);

function countUnread(post) {
  const seen = post.channel === state.channel && !document.hidden;
  if (seen || post.author.key === state.me.key || post.deleted) return;
  const { count, ping } = state.unread.get(post.channel) ?? { count: 0, ping: false };
  state.unread.set(post.channel, { count: count + 1, ping: ping || pingsMe(post) });
  if (pingsMe(post)) announce(`${t('pinged')}: #${channelOf(post.channel)?.name ?? post.channel}`);
}

/** Says at the top which channel or thread is open, and in the box where it writes to. */
function retitle() {
  const channel = channelOf(state.channel);
  threads.head(channel);
  part('title').textContent = channel.root ? channel.name : `# ${channel.name}`;
  part('about').textContent = part('about').title = channel.root ? '' : channel.about; // the way back says it
  const name = channel.root ? t('name_box_thread') : t('name_box', { channel: channel.name });
  part('text').setAttribute('aria-label', name);
  part('text').placeholder = name;
}

function openChannel(key) {
  if (state.channel) box.cancel();
  state.channel = key;
  state.unread.delete(key);
  history.replaceState(null, '', `${addressOf(state.me)}#${encodeURIComponent(key)}`);
  retitle();
  box.write(unsent.draft(key));
  drawChannels();
  drawLog();
}

function drawChannels() {
  const focused = document.activeElement?.closest('#channels a')?.dataset.key;
  const listed = state.channels.flatMap((channel) => [channel, ...threads.listed(channel.key)]);
  part('channels').replaceChildren(...listed.map(({ key, name, about, root }) => {
    const { count, ping } = state.unread.get(key) ?? { count: 0, ping: false };
    const open = key === state.channel;
    return el('li', { class: root ? 'thread' : null }, el(
      'a',
      {
        href: `#${encodeURIComponent(key)}`, 'data-key': key, title: about || null, 'aria-current': open ? 'true' : null,
        class: count ? 'unread' : null, onclick: (event) => { event.preventDefault(); chooseChannel(key); },
      },
      root ? el('span', { class: 'unseen' }, `${t('thread')}: `) : null,
      el('span', { class: 'name cut' }, name),
      ping ? el('span', { class: 'dot' }, el('span', { class: 'unseen' }, t('pinged'))) : null,
      count ? el('span', { class: 'count' }, String(count), el('span', { class: 'unseen' }, ` ${t('unread')}`)) : null,
    ));
  }));
  if (focused) part('channels').querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  const counts = [...state.unread.values()];
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  part('menu-dot').hidden = !counts.some(({ ping }) => ping);
  document.title = `${total ? `(${total}) ` : ''}${state.me.name} · #${channelOf(state.channel)?.name ?? ''} · ${state.brand}`;
}

function chooseChannel(key) {
  openChannel(key);
  if (narrow.matches) showDrawer(false);
  else box.focus();
}

const threads = threadBook({
  post: (key) => state.posts.get(key),
  channel: (key) => state.channels.find((channel) => channel.key === key),
  open: () => state.channel,
  unread: (key) => state.unread.get(key),
  show(key) {
    openChannel(key);
    if (narrow.matches) (part('back') ?? part('posts')).focus();
    else box.focus();
  },
  jump: (key) => act.jump(key),
  draw: (post) => drawn(post),
});

const drawerOpen = () => part('side').classList.contains('open');

function showDrawer(open) {
  part('side').classList.toggle('open', open);
  part('veil').hidden = !open;
  part('room').inert = open;
  part('menu').setAttribute('aria-expanded', String(open));
  if (open) part('side').querySelector('[aria-current="true"]')?.focus();
  else part('menu').focus();
}

// ---- messages

const shownPosts = () => [...state.posts.values()].filter(({ channel }) => channel === state.channel);
const itemOf = (key) => part('posts').querySelector(`[data-key="${CSS.escape(key)}"]`);
const atBottom = () => part('log').scrollHeight - part('log').scrollTop - part('log').clientHeight < NEAR_BOTTOM_PX;

let stuck = true; // to the newest message, whatever grows or shrinks around the log

function toBottom() {
  stuck = true;
  part('log').scrollTop = part('log').scrollHeight;
  part('newer').hidden = true;
}

/** Draws without having it read aloud: only what is new is news. */
function quietly(draw) {
  part('log').setAttribute('aria-live', 'off');
  draw();
  setTimeout(() => part('log').setAttribute('aria-live', 'polite'), 100);
}

const act = {
  thread: (post) => threads.start(post),
  reply: (post) => box.reply(post),
  edit: (post) => box.edit(post),
  remove: (post) => sendOrSay({ do: 'delete', post: post.key }),
  react: (post, emoji) => sendOrSay({ do: 'react', post: post.key, emoji }),
  press(post, data) {
    if (!sendOrSay({ do: 'press', post: post.key, data })) return;
    state.busy.set(post.key, { data, timer: setTimeout(() => settle(post.key), BUSY_MS) });
    redraw(post.key);
  },
  jump(key) {
    const item = itemOf(key);
    if (!item) return;
    item.scrollIntoView({ block: 'center' });
    item.focus();
  },
  go(channel, key) {
    if (channel !== state.channel) openChannel(channel);
    act.jump(key);
  },
};

function settle(key) {
  const busy = state.busy.get(key);
  if (!busy) return;
  clearTimeout(busy.timer);
  state.busy.delete(key);
  redraw(key);
}

const settleAll = () => [...state.busy.keys()].forEach(settle);

/** A thread has no threads of its own, and whoever writes in it replies to its first message. */
function actsOn(post) {
  if (post.thread) return { ...act, thread: null };
  return post.channel === state.channel ? act : { ...act, thread: null, reply: null };
}

const drawn = (post, before) => drawPost(post, {
  me: state.me.key, people: state.people, before, busy: state.busy.get(post.key)?.data, find: (key) => state.posts.get(key), act: actsOn(post), below: threads.line(post),
});

/** Draws the open channel anew. */
function drawLog() {
  quietly(() => {
    const { root } = channelOf(state.channel);
    const posts = shownPosts().sort((a, b) => a.at - b.at).slice(-SHOW_POSTS);
    const items = posts.flatMap((post, place) => {
      const before = posts[place - 1];
      const since = before ?? state.posts.get(root);
      const newDay = !since || !sameDay(since.at, post.at);
      return newDay ? [dayMark(post.at), drawn(post)] : [drawn(post, before)];
    });
    const top = threads.top(channelOf(state.channel));
    const words = top.length ? 'thread_empty' : 'empty';
    part('posts').replaceChildren(...top, ...(items.length ? items : [el('li', { class: 'nothing' }, t(words))]));
  });
  rove(part('posts').lastElementChild);
  toBottom();
}

function showPost(post) {
  if (itemOf(post.key)) return redraw(post.key);
  const list = part('posts');
  const follow = stuck || post.author.key === state.me.key;
  list.querySelector('.nothing')?.remove();
  const last = list.lastElementChild;
  const before = last && state.posts.get(last.dataset.key);
  const since = before ?? state.posts.get(last?.dataset.after);
  if (!since || !sameDay(since.at, post.at)) list.append(dayMark(post.at));
  part('log').setAttribute('aria-live', 'polite'); // whatever was redrawn quietly a moment ago
  const item = drawn(post, before);
  list.append(item);
  if (list.children.length > SHOW_POSTS + 1) list.querySelector('.post:not(.root)').remove();
  if (!list.contains(document.activeElement)) rove(item);
  if (follow) toBottom();
  else part('newer').hidden = false;
}

/** Draws one post again in its place; focus inside it stays where it was, as nearly as can be. */
function redraw(key) {
  const old = itemOf(key);
  if (!old) return;
  const follow = stuck;
  const focus = old.contains(document.activeElement) ? document.activeElement.dataset.focus ?? '' : null;
  quietly(() => {
    const item = drawn(state.posts.get(key), state.posts.get(old.previousElementSibling?.dataset.key));
    item.tabIndex = old.tabIndex;
    item.classList.toggle('root', old.classList.contains('root'));
    old.replaceWith(item);
    if (focus !== null) (item.querySelector(`[data-focus="${CSS.escape(focus)}"]`) ?? item).focus({ preventScroll: true });
  });
  if (follow) toBottom();
}

/** One message at a time is a stop for Tab; the arrow keys walk between them. */
function rove(item) {
  for (const old of part('posts').querySelectorAll('.post[tabindex="0"]')) old.tabIndex = -1;
  if (item?.matches('.post')) item.tabIndex = 0;
}

function onLogKey(event) {
  const item = event.target.closest('.post');
  if (!item || event.target !== item) return;
  const all = [...part('posts').querySelectorAll('.post')];
  const place = all.indexOf(item);
  const next = { ArrowUp: place - 1, ArrowDown: place + 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  all[next]?.focus();
}

// ---- the story to try

/** What the bot can be asked, in the language of the page or else in its own. */
const tourHere = () => state.tours.find((one) => one.language.startsWith(language)) ?? state.tours[0];

const drawStory = () => drawGuide({
  state, tour: tourHere(), channel: channelOf('help') ?? state.channels[0], playing: Boolean(story?.playing()), memory, newTabLink,
  fill(channel, question) {
    openChannel(channel.key);
    box.write(question);
    box.focus();
  },
});

// ---- beginning

const box = composer({
  commands: () => state.commands,
  channels: () => state.channels,
  people: () => state.people,
  lastMine: () => shownPosts().filter((post) => post.author.key === state.me.key && !post.deleted && !post.private).at(-1),
  changed: (text) => state.channel && unsent.keep(state.channel, text),
  send({ text, reply, edit }) {
    const sent = edit
      ? send({ do: 'edit', post: edit.key, text })
      : state.greeted && send({ do: 'say', channel: state.channel, text, reply_to: reply?.key ?? null });
    if (!sent) toast(t('kept'));
    else if (!edit) unsent.sent(state.channel, text);
    return sent;
  },
});

const unsent = keptBack({ me: () => state.me.key, open: () => state.channel, box, memory });

const inside = panel({
  me: () => state.me,
  now: () => state.clock.now(),
  memory,
  channelOf,
  send,
  jump: act.go,
});

state.clock = communityClock({ announce, ticked: () => inside.tick() });

const bring = folders({ memory, send, toast, brand: () => state.brand });

let playAtOnce = false; // asked for on the way in

let story = null; // loaded when it is first played

async function play() {
  const { tour } = await import('./tour.js');
  story ??= tour({
    state, box, inside, send, become, openChannel, channelOf, itemOf, drawStory, tour: tourHere,
    press: (post, data) => act.press(post, data),
  });
  story.start();
}

function listen() {
  const on = (target, event, heard) => target.addEventListener(event, heard);
  on(part('minute'), 'click', () => sendOrSay({ do: 'clock', forward_ms: 60_000 }));
  on(part('five'), 'click', () => sendOrSay({ do: 'clock', forward_ms: 300_000 }));
  on(part('next'), 'click', () => sendOrSay({ do: 'clock', to_next: true }));
  on(part('menu'), 'click', () => showDrawer(!drawerOpen()));
  on(part('veil'), 'click', () => showDrawer(false));
  on(document, 'keydown', ({ key }) => key === 'Escape' && drawerOpen() && showDrawer(false));
  on(narrow, 'change', () => drawerOpen() && showDrawer(false));
  on(part('newer'), 'click', toBottom);
  on(part('log'), 'scroll', () => {
    stuck = atBottom();
    if (stuck) part('newer').hidden = true;
  });
  const grown = new ResizeObserver(() => stuck && toBottom());
  for (const id of ['log', 'posts']) grown.observe(part(id));
  on(part('posts'), 'keydown', onLogKey);
  on(part('posts'), 'focusin', ({ target }) => rove(target.closest('.post')));
  on(part('side-play'), 'click', () => {
    if (narrow.matches) showDrawer(false);
    play();
  });
  on(part('story-close'), 'click', () => {
    putAway(memory);
    drawStory();
    box.focus();
  });
  on(document, 'visibilitychange', () => {
    if (document.hidden) return;
    if (socket.readyState === WebSocket.CLOSED) connect();
    state.unread.delete(state.channel);
    drawChannels();
  });
  setInterval(state.clock.draw, 1_000);
}

async function begin() {
  fillWords(document);
  let roster = null;
  for (let tries = 0; !roster; tries += 1) {
    try {
      roster = await (await fetch('playground.json')).json();
    } catch {
      part('landing').hidden = false;
      part('landing-problem').textContent = t('unreachable');
      await new Promise((again) => { setTimeout(again, RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]); });
    }
  }
  Object.assign(state, { brand: roster.brand, people: roster.people, channels: roster.channels, tours: roster.tours });
  const wishes = new URLSearchParams(location.search);
  const asked = wishes.get('as');
  playAtOnce = wishes.has('play');
  state.me = roster.people.find((person) => person.key === asked) ?? null;
  if (!state.me) return drawLanding(asked);

  part('landing').hidden = true;
  part('app').hidden = false;
  part('brand').textContent = state.brand;
  part('story-fold').open = !narrow.matches;
  drawPeople();
  listen();
  connect();
}

begin();
