// Links to people: one tab is one person, so becoming somebody else is following a link.

import { t } from './words.js';
import { avatar, el, roleChip } from './posts.js';

export const addressOf = (person) => `?as=${encodeURIComponent(person.key)}`;

export function newTabLink(person, words) {
  const label = t('new_tab', person);
  const look = { class: 'new-tab', href: addressOf(person), target: '_blank', rel: 'noopener', title: label };
  return el('a', { ...look, 'aria-label': words ? null : label }, words ? `${words} ↗` : '↗');
}

/** A person as one can become them; `state` says who that is now. */
export const personLink = (person, state) => el(
  'a',
  { class: 'who', href: addressOf(person), 'aria-current': person === state.me ? 'page' : null, title: person.about },
  avatar(person, state.people),
  el('span', {},
    el('span', { class: 'name' }, person.name, ' ', roleChip(person.role)),
    el('span', { class: 'about' }, person.about)),
);
