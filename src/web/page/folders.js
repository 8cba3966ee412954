// Bringing another bot: its folder, what must be mended in it first, and following it when it has
// moved in. The program reads and checks; here it is asked and its answers are shown.

import { t } from './words.js';
import { el } from './posts.js';

const part = (id) => document.getElementById(id);
const MOVED = 'moved';
const FRESH_MS = 10_000; // a refusal this young is still to be read after the page has begun anew

/** `world` answers: `memory`, `send(frame)`, `brand()`, `toast(words)`. */
export function folders(world) {
  let refused = null; // {words, at}

  const busy = (is) => { part('bring-open').disabled = part('bring-again').disabled = is; };

  function open(folder) {
    part('flaws').replaceChildren();
    refused = null;
    const asked = world.send({ do: 'open', folder, fresh: part('fresh').checked });
    busy(asked);
    part('bring-wait').textContent = t(asked ? 'bring_wait' : 'no_socket');
  }

  function hearShelf({ here, folders: all }) {
    part('folder').placeholder = here;
    part('shelf').replaceChildren(...all.map((folder) => el('li', {}, el('button', {
      type: 'button',
      'aria-pressed': String(folder === here),
      onclick: () => { part('folder').value = folder; part('bring-open').focus(); },
    }, folder))));
  }

  function hearRefused({ words, problems }) {
    refused = { words, at: Date.now() };
    busy(false);
    part('bring-wait').textContent = '';
    part('flaws').replaceChildren(el('p', {}, words), el('ul', {}, ...problems.map(({ place, what, mend, mild }) =>
      el('li', {}, el('code', {}, place), `${mild ? `${t('mild')}: ` : ''}${what}; ${mend}`))));
  }

  /** Another community lives here now, or this one anew. */
  function hearMoved() {
    const why = refused && Date.now() - refused.at < FRESH_MS ? refused.words : '';
    world.memory.set(MOVED, why || 'yes');
    location.reload();
  }

  /** Says once, after the page has begun anew, why it did. */
  function greet() {
    const why = world.memory.get(MOVED);
    if (!why) return;
    world.memory.set(MOVED, '');
    world.toast(why === 'yes' ? t('brought', { brand: world.brand() }) : why);
  }

  part('bring').addEventListener('toggle', () => part('bring').open && world.send({ do: 'shelf' }));
  part('bring-form').addEventListener('submit', (event) => {
    event.preventDefault();
    open(part('folder').value.trim());
  });
  part('bring-again').addEventListener('click', () => open(null));

  return { hearShelf, hearRefused, hearMoved, greet };
}
