// The story to try by hand: five steps above the messages, those of this tab's person marked.

import { t } from './words.js';
import { el } from './posts.js';

const STORY = 'story';

const part = (id) => document.getElementById(id);

/** This tab has seen enough of it. */
export const putAway = (memory) => memory.set(STORY, 'away');

/**
 * Draws the steps, or nothing when this bot has no question for them. `fill(channel, question)`
 * writes the question into the box.
 */
export function drawGuide({ state, tour, channel, playing, memory, newTabLink, fill }) {
  const [ambassador, staff] = ['ambassador', 'staff'].map((role) => state.people.find((person) => person.role === role));
  const customer = state.people.find(({ key }) => key === tour?.by);
  const question = tour?.question?.[0];
  part('side-play').hidden = !tour || playing;
  part('story').hidden = playing || memory.get(STORY) === 'away' || ![customer, ambassador, staff, channel, question].every(Boolean);
  if (part('story').hidden) return;
  const write = el('button', { type: 'button', class: 'plain', onclick: () => fill(channel, question) }, t('story_1_fill'));
  const step = (player, ...words) => el('li', { class: player === state.me ? 'mine' : null }, ...words);
  part('steps').replaceChildren(
    step(customer, t('ask_in', { name: customer.name, channel: channel.name }), ': ', el('q', {}, question), ' ', customer === state.me ? write : null),
    step(customer, t('story_2')),
    step(ambassador, ambassador === state.me ? t('story_3_open', ambassador) : newTabLink(ambassador, t('story_3_open', ambassador)), ' ', t('story_3')),
    step(ambassador, t('story_4', ambassador)),
    step(customer, t('story_5', customer)),
  );
  part('story-then').textContent = t('story_then', staff);
}
