// How one post is drawn. Values in, elements out: this file knows no socket and no state.
// What people wrote is only ever set as text, so nothing they write can become markup.

import { t, dayWords, timeWords } from './words.js';
import { drawImages, link, linked, safeUrl } from './images.js';

const GROUP_MS = 5 * 60_000; // after a longer pause the name is said again
const HUES = 7; // as many as page.css has
const SURE_MS = 3_000; // how long "Really delete?" waits for its second press

/** An element with attributes, listeners (`onclick: fn`) and children; null children are left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function avatar(author, people) {
  const place = people.findIndex((person) => person.key === author.key);
  const spread = [...author.key].reduce((sum, sign) => sum + sign.codePointAt(0), 0);
  const initials = author.name.split(/\s+/).slice(0, 2).map((part) => [...part][0] ?? '').join('');
  const hue = author.bot ? 'of-bot' : `hue-${(place < 0 ? spread : place) % HUES}`;
  return el('span', { class: `avatar ${hue}`, 'aria-hidden': 'true' }, initials.toUpperCase());
}

export const roleChip = (role) => el('span', { class: `chip role-${role}` }, t(role));

export const sameDay = (a, b) => new Date(a).toDateString() === new Date(b).toDateString();

export const dayMark = (at) => el('li', { class: 'day' }, el('span', {}, dayWords(at)));

function drawPiece(piece, before, after, me, go) {
  switch (piece.is) {
    case 'strong':
      return el('strong', {}, piece.text);
    case 'code':
      return el('code', {}, piece.text);
    case 'link': {
      const href = safeUrl(piece.url);
      return href ? link(href, piece.label) : el('span', {}, piece.label);
    }
    case 'quote':
      return el('blockquote', {}, ...linked(piece.text.trimEnd()));
    case 'person':
      return el('span', { class: `person${piece.ping ? ' ping' : ''}${piece.key === me ? ' me' : ''}` }, `@${piece.name}`);
    case 'place':
      return el('span', { class: 'place' }, `#${piece.name}`);
    case 'message':
      return go
        ? el('button', { type: 'button', class: 'link', onclick: () => go(piece.channel, piece.message) }, piece.label)
        : el('span', {}, piece.label);
    default: {
      // A quotation is a block of its own: the line breaks around it are not shown twice.
      let text = piece.text ?? '';
      if (before?.is === 'quote') text = text.replace(/^\n/, '');
      if (after?.is === 'quote') text = text.replace(/\n$/, '');
      const words = document.createDocumentFragment();
      words.append(...linked(text));
      return words;
    }
  }
}

/** `go(channel, key)` leads to a message; without it, what leads to one is only said. */
export const drawPieces = (pieces, me, go) =>
  pieces.map((piece, place) => drawPiece(piece, pieces[place - 1], pieces[place + 1], me, go));

const SIGNS = { person: '@', place: '#' };

/** The post's words without any form: for editing, excerpts and comparing. */
export const plainText = (post) =>
  post.pieces.map((piece) => `${SIGNS[piece.is] ?? ''}${piece.text ?? piece.label ?? piece.name ?? ''}`).join('').trim();

/** Whether `post` continues what its author said just before, so that the name need not be repeated. */
export const continues = (post, before) =>
  Boolean(before)
  && before.author.key === post.author.key
  && before.private === post.private
  && !post.reply_to
  && post.at - before.at < GROUP_MS
  && sameDay(post.at, before.at);

/**
 * One post as a list item. `view` is what it depends on: `me` (a key), `people`, the post `before`
 * it, the `busy` button's data, the line `below` that leads to its thread, `find(key)` for other
 * posts, and `act`: react, edit, remove, press, jump, go, and where they are to be had reply and thread.
 */
export function drawPost(post, view) {
  const { me, people, before, act } = view;
  const mine = post.author.key === me;
  const pinged = !mine && !post.deleted && post.pings.includes(me);
  const grouped = continues(post, before);
  const classes = ['post', grouped && 'grouped', post.private && 'private', pinged && 'pinged', post.deleted && 'deleted'];
  const time = el('time', { datetime: new Date(post.at).toISOString() }, timeWords(post.at));
  return el(
    'li',
    { class: classes.filter(Boolean).join(' '), 'data-key': post.key, tabindex: '-1' },
    post.reply_to ? drawContext(post.reply_to, view) : null,
    avatar(post.author, people),
    el(
      'div',
      { class: `head${grouped ? ' unseen' : ''}` },
      el('span', { class: 'name' }, post.author.name),
      drawAuthorChip(post, people),
      grouped ? null : time,
      pinged ? el('span', { class: 'unseen' }, t('pinged')) : null,
    ),
    grouped ? el('span', { class: 'aside-time' }, time) : null,
    drawBody(post, me, act.go),
    post.deleted ? null : drawImages(post.pieces),
    post.private ? el('p', { class: 'only-you' }, t('private')) : null,
    post.deleted || !post.buttons.length ? null : drawButtons(post, view),
    post.deleted || !post.reactions.length ? null : drawReactions(post, view),
    view.below ?? null,
    post.deleted || post.private ? null : drawActions(post, mine, act),
  );
}

function drawAuthorChip(post, people) {
  if (post.author.bot) return el('span', { class: 'chip bot' }, t('bot'));
  const role = people.find((person) => person.key === post.author.key)?.role;
  return role && role !== 'customer' ? roleChip(role) : null;
}

function drawContext(reply, { find, act }) {
  const there = find(reply.key);
  return el(
    'button',
    { type: 'button', class: 'context', 'aria-disabled': there ? null : 'true', onclick: () => act.jump(reply.key) },
    el('span', { class: 'name' }, reply.author.name ?? reply.author),
    el('span', { class: 'cut' }, there?.deleted ? t('deleted') : (there && plainText(there)) || reply.excerpt),
  );
}

function drawBody(post, me, go) {
  if (post.deleted) return el('div', { class: 'body' }, t('deleted'));
  const mark = post.edited ? el('span', { class: 'mark' }, `(${t('edited')})`) : null;
  return el('div', { class: 'body', dir: 'auto' }, ...drawPieces(post.pieces, me, go), mark && ' ', mark);
}

// Busy buttons keep their focus: they are marked as disabled for everyone and refuse in `press`.
function drawButtons(post, { busy, act }) {
  return el(
    'div',
    { class: 'set buttons' },
    ...post.buttons.map(({ label, data, style }) =>
      el('button', {
        type: 'button',
        class: ['primary', 'danger'].includes(style) ? style : 'plain',
        'data-focus': `press ${data}`,
        'aria-disabled': busy === undefined ? null : 'true',
        'aria-busy': busy === data ? 'true' : null,
        onclick: () => busy === undefined && act.press(post, data),
      }, label)),
  );
}

function drawReactions(post, { me, people, act }) {
  const myName = people.find((person) => person.key === me)?.name;
  return el(
    'div',
    { class: 'set reactions' },
    ...post.reactions.map(({ emoji, people: names }) => {
      const said = `${emoji} ${names.length}: ${names.join(', ')}`;
      return el('button', {
        type: 'button',
        'data-focus': `react ${emoji}`,
        'aria-pressed': String(names.includes(myName)),
        'aria-label': said,
        title: said,
        onclick: () => act.react(post, emoji),
      }, `${emoji} ${names.length}`);
    }),
  );
}

function drawActions(post, mine, act) {
  const action = (key, sign, onclick) =>
    el('button', { type: 'button', 'data-focus': key, 'aria-label': t(key), title: t(key), onclick }, sign);
  const remove = ({ currentTarget: button }) => {
    if (button.dataset.sure) return act.remove(post);
    button.dataset.sure = 'yes';
    button.textContent = button.ariaLabel = t('delete_sure');
    setTimeout(() => {
      delete button.dataset.sure;
      button.textContent = button.ariaLabel = t('delete');
    }, SURE_MS);
  };
  return el(
    'div',
    { class: 'actions' },
    action('react', '❤', () => act.react(post, '❤')),
    act.reply ? action('reply', t('reply'), () => act.reply(post)) : null,
    act.thread ? action('thread_start', t('thread'), () => act.thread(post)) : null,
    mine ? action('edit', t('edit'), () => act.edit(post)) : null,
    mine ? action('delete', t('delete'), remove) : null,
  );
}
