// Threads: a conversation beside the conversation. One hangs on a message, is listed under its
// channel and opens as a view of its own, with that message on top and a way back.
//
// A thread is there with the first thing said in it, so it is known by its posts: its key is the
// channel's and the message's together, and it is called as that message begins.

import { el, plainText } from './posts.js';
import { t, timeWords } from './words.js';

const SIGN = '/'; // between the channel and the message, as the server writes it
const LISTED = 5; // threads of one channel in the side, beside those with something unread
const NAME_CHARS = 80; // as long as a line can be

/**
 * Keeps the threads. `world` answers: `post(key)`, `channel(key)`, `open()` (the open key),
 * `unread(key)` ({count, ping} or nothing), `show(key)` (opens a channel or thread), `jump(key)`
 * (to a message of the open channel), `draw(post)`.
 */
export function threadBook(world) {
  const replies = new Map(); // thread key → keys of its posts, oldest first

  const keyOf = (post) => `${post.channel}${SIGN}${post.key}`;

  function nameOf(root) {
    const post = world.post(root);
    const words = post && !post.deleted ? plainText(post).replace(/\s+/g, ' ') : '';
    return words ? words.slice(0, NAME_CHARS) : t('thread');
  }

  /** The thread of this key as a channel is described; also one in which nothing was said yet. */
  function find(key) {
    const cut = key.indexOf(SIGN);
    const channel = cut > 0 && world.channel(key.slice(0, cut));
    const root = key.slice(cut + 1);
    if (!channel || !(replies.has(key) || world.post(root))) return undefined;
    return { key, root, parent: channel.key, name: nameOf(root), about: t('thread_in', { channel: channel.name }) };
  }

  /** Notes a post, if it is one of a thread. */
  function meet({ key, channel, thread, deleted }) {
    if (!thread) return;
    const known = replies.get(channel) ?? new Set();
    replies.set(channel, known);
    if (deleted) known.delete(key);
    else known.add(key);
  }

  const last = (key) => world.post([...replies.get(key)].at(-1));

  /** What the side lists under a channel: what is unread or open, and a few of the latest. */
  function listed(channel) {
    const mine = [...replies.keys()].filter((key) => key.startsWith(channel + SIGN) && last(key));
    mine.sort((a, b) => last(b).at - last(a).at);
    const wanted = (key, place) => place < LISTED || key === world.open() || world.unread(key);
    const found = mine.filter(wanted);
    const open = world.open();
    if (open?.startsWith(channel + SIGN) && !found.includes(open)) found.push(open);
    return found.map(find).filter(Boolean);
  }

  /** The line under a message that has a thread: how much was said there, and when. */
  function line(post) {
    if (post.thread) return null;
    const key = keyOf(post);
    const count = replies.get(key)?.size ?? 0;
    const newest = count ? last(key) : null;
    if (!newest || world.open() === key) return null;
    const unread = world.unread(key);
    return el(
      'button',
      { type: 'button', class: `replies${unread ? ' unread' : ''}`, 'data-focus': 'replies', onclick: () => world.show(key) },
      el('span', { class: 'count-words' }, t(count === 1 ? 'reply_one' : 'reply_many', { count }), ' ›'),
      unread?.ping ? el('span', { class: 'dot' }, el('span', { class: 'unseen' }, t('pinged'))) : null,
      unread ? el('span', { class: 'count' }, String(unread.count), el('span', { class: 'unseen' }, ` ${t('unread')}`)) : null,
      el('span', { class: 'about' }, t('reply_last', { time: timeWords(newest.at) })),
    );
  }

  /** What stands above the posts of an open thread: the message it hangs on, and a rule. */
  function top({ root }) {
    if (!root) return [];
    const post = world.post(root);
    const rule = el('li', { class: 'day', 'data-after': root }, el('span', {}, t('thread')));
    if (!post) return [rule];
    const item = world.draw(post);
    item.classList.add('root');
    return [item, rule];
  }

  /** The way back, before the title of an open thread. */
  function head(channel) {
    document.getElementById('back')?.remove();
    if (!channel.root) return;
    const words = `#${world.channel(channel.parent).name}`;
    const back = el('button', { type: 'button', id: 'back', class: 'quiet', 'aria-label': t('thread_back', { channel: words }), onclick: () => {
      world.show(channel.parent);
      world.jump(channel.root);
    } }, `‹ ${words}`);
    document.getElementById('title').before(back);
  }

  return {
    find,
    hasOne: (post) => replies.has(keyOf(post)),
    meet,
    listed,
    line,
    top,
    head,
    start: (post) => world.show(keyOf(post)),
    forget: () => replies.clear(),
  };
}
