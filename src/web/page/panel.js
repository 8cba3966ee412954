// Behind the scenes: cases with their history as it happens, points, and what went through the
// outbox. Frames in, elements out; a case that has not changed keeps its element, and with it its
// place, its fold and its focus.

import { countdownWords, language, spanWords, t, timeWords } from './words.js';
import { el } from './posts.js';

const part = (id) => document.getElementById(id);
const wide = matchMedia('(min-width: 1100px)');

/** How long something took: 40 ms · 1.2 s · 14 s · 3 min. */
function tookWords(ms) {
  if (ms < 1000) return `${ms} ms`;
  if (ms >= 60_000) return spanWords(ms);
  const seconds = new Intl.NumberFormat(language, { maximumFractionDigits: ms < 9_950 ? 1 : 0 }).format(ms / 1000);
  return t('seconds', { count: seconds });
}

/** What a case is waiting for, once what a moment ahead brings is known: “staff are called in 3:12”. */
export const dueWords = (due, left) =>
  t(left > 0 ? 'due_in' : 'due_now', { due: t(`due_${due}`), time: countdownWords(left) });

export function stageWords({ stage, how, holder }) {
  if (how) return t(`ended_${how}`);
  return t(`stage_${stage}${holder ? '_by' : ''}`, { name: holder });
}

/** Puts `nodes` into `list` in this order, moving only what must be moved. */
function arrange(list, nodes) {
  nodes.forEach((node, place) => list.children[place] === node || list.insertBefore(node, list.children[place] ?? null));
  while (list.children.length > nodes.length) list.lastElementChild.remove();
}

/**
 * Brings the panel to life. `world` answers: `me()`, `now()` of the community, `memory`,
 * `channelOf(key)`, `jump(channel, post)`, `send(frame)`.
 */
export function panel(world) {
  const [aside, toggle] = ['panel', 'inside'].map(part);
  const shown = new Map(); // case id → {json, node}
  let [seen, helpers, away] = [null, 0, null];

  const isOpen = () => !aside.hidden;
  const name = () => `panel ${world.me().key}`;

  /** Asks for pictures, or for none any more; the story's tour looks too. */
  function look() {
    world.send({ do: 'look', language: isOpen() || helpers ? language : null });
  }

  function show(open, byHand = true) {
    const was = isOpen();
    aside.hidden = !open;
    toggle.setAttribute('aria-expanded', String(open));
    part('app').classList.toggle('with-panel', open);
    const sheet = open && !wide.matches;
    part('room').inert = part('side').inert = sheet;
    part('panel-veil').hidden = !sheet;
    if (was !== open) look();
    if (!byHand) return;
    world.memory.set(name(), open ? 'open' : 'closed');
    if (open) part('panel-close').focus();
    else toggle.focus();
  }

  // ---- cases

  const step = ({ at, words }, isNew) => el('li', { class: isNew ? 'fresh' : null }, el('time', { datetime: new Date(at).toISOString() }, timeWords(at)), el('span', {}, words));

  function drawCase(frame, old) {
    const before = old?.frame.lines.length ?? frame.lines.length;
    const ended = frame.deadline === null;
    const open = old ? old.node.firstElementChild.open : !ended && ![...shown.values()].some(({ node }) => node.firstElementChild?.open);
    const fold = el('details', { class: `case ${ended ? 'ended' : ''}`, open },
      el('summary', { 'data-focus': 'case' },
        el('span', { class: 'asked' }, frame.question ? `${frame.asker}: ${frame.question}` : t('case_of', { name: frame.asker })),
        el('span', { class: 'standing' },
          el('span', { class: `chip stage-${frame.stage}` }, stageWords(frame)),
          ' ', el('span', { class: 'countdown', 'data-at': frame.deadline, 'data-due': frame.due }))),
      el('ol', { class: 'steps', 'aria-label': t('history') }, ...frame.lines.map((line, place) => step(line, place >= before))),
      el('p', { class: 'set' },
        frame.post && world.channelOf(frame.channel)
          ? el('button', { type: 'button', class: 'link', 'data-focus': 'jump', onclick: () => jump(frame) }, t('to_conversation'))
          : null,
        el('span', { class: 'mark' }, t('case_number', { id: frame.id }))));
    return el('li', { 'data-id': frame.id }, fold);
  }

  function jump({ channel, post }) {
    if (!wide.matches) show(false);
    world.jump(channel, post);
  }

  function drawCases(cases) {
    const gone = new Set(shown.keys());
    const nodes = cases.map((frame) => {
      const [json, old] = [JSON.stringify(frame), shown.get(frame.id)];
      gone.delete(frame.id);
      if (old?.json === json) return old.node;
      const focus = old?.node.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
      const node = drawCase(frame, old);
      if (old) old.node.replaceWith(node);
      if (focus) node.querySelector(`[data-focus="${focus}"]`)?.focus({ preventScroll: true });
      shown.set(frame.id, { json, node, frame });
      return node;
    });
    gone.forEach((id) => shown.delete(id));
    arrange(part('cases'), nodes.length ? nodes : [el('li', { class: 'nothing' }, t('no_cases'))]);
    part('cases-count').textContent = t('open_count', { count: cases.filter(({ deadline }) => deadline !== null).length });
    tick();
  }

  // ---- points and outbox

  function drawPoints(points) {
    part('points').replaceChildren(...points.map(({ name: who, points: count, rank, next }) => el('tr', {},
      el('th', { scope: 'row' }, who),
      el('td', { class: 'number' }, String(count)),
      el('td', {}, rank, next ? el('span', { class: 'about' }, ` · ${t('rank_next', { count: next[0], rank: next[1] })}`) : null))));
  }

  function drawRow({ kind, edit, channel, to, pings, state, attempts, problem, at, took_ms: took }) {
    const what = t(`kind_${kind}`) + (edit ? ` (${t('kind_edit')})` : '');
    const whom = [to ? t('only_for', { name: to }) : null, pings.length ? t('lights_up', { names: pings.join(', ') }) : null];
    const tries = attempts > 0 ? t('tried', { count: attempts }) : null;
    const how = [t(`row_${state}`), state === 'sent' && took !== null ? tookWords(took) : null, tries, state === 'sent' ? null : problem];
    return el('li', { class: `row ${state}` },
      el('time', { datetime: new Date(at).toISOString() }, timeWords(at)),
      el('span', {}, what, ' → ', el('strong', {}, `#${channel}`), whom.filter(Boolean).map((words) => ` · ${words}`).join('')),
      el('span', { class: 'how' }, how.filter(Boolean).join(' · ')));
  }

  function drawOutbox(rows) {
    part('outbox').replaceChildren(...(rows.length ? rows.map(drawRow) : [el('li', { class: 'nothing' }, t('no_rows'))]));
    const waiting = rows.filter(({ state }) => state === 'due' || state === 'sending').length;
    const lost = rows.filter(({ state }) => state === 'given_up').length;
    part('outbox-count').textContent = [waiting ? t('waiting_count', { count: waiting }) : null, lost ? t('lost_count', { count: lost }) : null].filter(Boolean).join(' · ');
  }

  function hear(insight) {
    seen = insight;
    if (!isOpen()) return;
    drawCases(insight.cases);
    drawPoints(insight.points);
    drawOutbox(insight.outbox);
  }

  function tick() {
    if (!isOpen()) return;
    const now = world.now();
    for (const node of part('cases').querySelectorAll('[data-at]')) {
      node.textContent = dueWords(node.dataset.due, Number(node.dataset.at) - now);
    }
  }

  /** A hello has come: the socket is new, and perhaps the person. */
  function greet() {
    const kept = world.memory.get(name());
    const open = kept ? kept === 'open' : world.me().role === 'moderator' && wide.matches;
    if (away !== name()) {
      shown.clear();
      away = name();
      if (!helpers || !isOpen()) show(open, false);
    }
    part('bring').hidden = world.me().role !== 'moderator';
    look();
  }

  toggle.addEventListener('click', () => show(!isOpen()));
  part('panel-close').addEventListener('click', () => show(false));
  part('panel-veil').addEventListener('click', () => show(false));
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && isOpen() && !wide.matches && show(false));
  wide.addEventListener('change', () => isOpen() && show(wide.matches, false));

  return {
    greet,
    hear,
    tick,
    /** The last picture, for the tour. */
    picture: () => seen,
    /** Looks even while the panel is shut, as long as somebody helps with it. */
    help(on) {
      helpers += on ? 1 : -1;
      look();
    },
    /** Opens it where it takes no room away. */
    offer: () => wide.matches && !isOpen() && show(true, false),
  };
}
