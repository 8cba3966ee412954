// Addresses in what people write: they become links, and one that leads to an image can be looked
// at in its place.
//
// The page loads nothing from elsewhere on its own. Whoever posts an image must not learn, by
// that alone, who reads it, when and from where; and a rehearsal in a train must look as it does
// at a desk. So an image by link is a card that names the host, and only pressing it fetches the
// image: over https, without a referrer, this one address. The listener's policy lets images in
// for that and nothing else. The other way, a link into a new tab, would have kept the policy
// closed and the conversation without its pictures, which is not a chat that people know.

import { el } from './posts.js';
import { t } from './words.js';

const ADDRESS = /!\[([^\]\n]*)\]\((https?:\/\/[^\s()]+)\)|https?:\/\/[^\s<>"]+/g;
const AFTER_IT = /[.,;:!?'’”»*_]+$/; // ends the sentence, not the address
const IMAGE = /\.(png|jpe?g|gif|webp|svg)$/i;
const CARDS = 4; // of one message; more are links like any other

const shown = new Set(); // addresses that somebody asked for in this tab

export function safeUrl(url) {
  try {
    const { protocol, href } = new URL(url);
    return protocol === 'http:' || protocol === 'https:' ? href : null;
  } catch {
    return null;
  }
}

export const link = (href, label) => el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, label);

/** An address without what only stands behind it: "(see https://a.example/b)." */
function trimmed(address) {
  let url = address.replace(AFTER_IT, '');
  while (url.endsWith(')') && url.split(')').length > url.split('(').length) url = url.slice(0, -1).replace(AFTER_IT, '');
  return url;
}

/** Every address in a text: {from, to, href, label}. */
function addressesIn(text) {
  return [...text.matchAll(ADDRESS)].flatMap(({ 0: whole, 1: alt, 2: inner, index }) => {
    const said = inner ? whole : trimmed(whole);
    const href = safeUrl(inner ?? said);
    return href ? [{ from: index, to: index + said.length, href, alt, label: alt || inner || said }] : [];
  });
}

/** A text as nodes, its addresses as links. */
export function linked(text) {
  const nodes = [];
  let done = 0;
  for (const { from, to, href, label } of addressesIn(text)) {
    nodes.push(text.slice(done, from), link(href, label));
    done = to;
  }
  nodes.push(text.slice(done));
  return nodes;
}

function isImage(href) {
  const { protocol, pathname } = new URL(href);
  return protocol === 'https:' && IMAGE.test(pathname);
}

/** The images that a post links to, each once: {href, alt}. */
function imagesIn(pieces) {
  const found = pieces.flatMap((piece) => {
    if (piece.is === 'link') return [{ href: safeUrl(piece.url), alt: piece.label }];
    return piece.is === 'plain' || piece.is === 'quote' ? addressesIn(piece.text) : [];
  });
  const images = new Map();
  for (const { href, alt } of found) if (href && isImage(href) && !images.has(href)) images.set(href, alt);
  return [...images].slice(0, CARDS).map(([href, alt]) => ({ href, alt }));
}

function card({ href, alt }) {
  const { host, pathname } = new URL(href);
  const name = alt || decodeName(pathname.split('/').at(-1));
  const frame = el('figure', { class: 'image' });
  const show = (focus) => {
    shown.add(href);
    const failed = () => shown.delete(href) && frame.replaceChildren(el('span', { class: 'about' }, t('image_failed', { host }), ' '), link(href, t('image_open')));
    const image = el('img', { src: href, alt: name, referrerpolicy: 'no-referrer', decoding: 'async', onerror: failed });
    const way = link(href, image);
    way.dataset.focus = `image ${href}`;
    frame.replaceChildren(way, el('figcaption', { class: 'about' }, name));
    if (focus) way.focus();
  };
  if (shown.has(href)) show(false);
  else frame.append(el('button', { type: 'button', 'data-focus': `image ${href}`, onclick: () => show(true) }, el('span', { class: 'name' }, name), el('span', { class: 'about' }, t('image_show', { host }))));
  return frame;
}

function decodeName(name) {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The cards of a post's images, or nothing. */
export function drawImages(pieces) {
  const images = imagesIn(pieces);
  return images.length ? el('div', { class: 'set images' }, ...images.map(card)) : null;
}
