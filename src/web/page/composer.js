// The box one writes in: sending, replying, editing, and the completion of slash commands.

import { t } from './words.js';
import { el, plainText } from './posts.js';

const EXCERPT_CHARS = 80; // one line of the banner on a wide screen

/** The words of a command line with where each starts; the last one is the one being typed. */
function wordsOf(line) {
  const words = [...line.matchAll(/"[^"]*"?|\S+/g)].map((match) => ({ from: match.index, text: match[0] }));
  const unfinished = /^"[^"]*$/.test(words.at(-1)?.text ?? '');
  if (/\s$/.test(line) && !unfinished) words.push({ from: line.length, text: '' });
  return words;
}

const startsWith = (name, typed) => name.toLowerCase().startsWith(typed.toLowerCase());

function valuesOf(option, { channels, people }) {
  switch (option.kind) {
    case 'choice':
      return (option.choices ?? []).map((choice) => ({ label: choice, value: choice }));
    case 'channel':
      return channels.map(({ key, name, about }) => ({ label: `#${name}`, also: name, about, value: `#${key}` }));
    case 'person':
      return people.map(({ key, name, role }) => ({ label: `@${key}`, also: name, about: `${name}, ${t(role)}`, value: `@${key}` }));
    default: // text, word, list, span, number: only whoever types knows
      return [];
  }
}

/**
 * What could be typed next on `line`: `offers` of {label, about, line, whole} in order, whether the
 * first one is `eager` (Enter takes it), and the `usage` of the command once it is known. An offer
 * is `whole` when it stands in the line already and asks for nothing more, so that Enter sends.
 */
export function suggest(line, { commands, channels, people }) {
  const none = { offers: [], eager: false, usage: null };
  if (!/^\/[^\n]*$/.test(line)) return none;
  const words = wordsOf(line);
  const typed = words.at(-1);
  const offer = (label, about, value, asks = false) => ({
    label,
    about: about ?? '',
    line: `${line.slice(0, typed.from)}${value} `,
    whole: value === typed.text && !asks,
  });
  const asksMore = ({ subs, options }) => Boolean(subs?.length || options?.some(({ required }) => required));
  const named = (list, sign) => list
    .filter(({ name }) => startsWith(sign + name, typed.text))
    .map((spec) => offer(sign + spec.name, spec.about, sign + spec.name, asksMore(spec)));

  if (words.length === 1) return { offers: named(commands, '/'), eager: true, usage: null };
  const command = commands.find(({ name }) => `/${name}` === words[0].text.toLowerCase());
  if (!command) return none;

  let [spec, spoken] = [command, 1];
  if (command.subs?.length) {
    const sub = command.subs.find(({ name }) => name === words[1].text.toLowerCase());
    if (words.length === 2) {
      const usage = { words: words[0].text, options: [], at: -1, about: command.about };
      return { offers: named(command.subs, ''), eager: true, usage };
    }
    if (!sub) return none;
    [spec, spoken] = [sub, 2];
  }
  // Options come by place or as `name:value`, and one of text takes all that follows.
  const options = spec.options ?? [];
  const sign = ({ name }) => `${name}:`;
  const namedIn = (text) => options.find((option) => startsWith(text, sign(option)));
  let [left, open] = [options, null];
  for (const { text } of words.slice(spoken, -1)) {
    if (open) break;
    const given = namedIn(text) ?? left[0];
    left = left.filter((option) => option !== given);
    if (given?.kind === 'text') open = given;
  }
  const byName = open ? undefined : namedIn(typed.text);
  const option = open ?? byName ?? left[0];
  const before = byName ? sign(byName) : '';
  const head = words.slice(0, spoken).map(({ text }) => text).join(' ');
  const usage = { words: head, options, at: options.indexOf(option), about: option ? optionAbout(option) : spec.about };
  const rest = typed.text.slice(before.length);
  const values = (option ? valuesOf(option, { channels, people }) : [])
    .filter(({ value, label, also }) => [value, label, also ?? value].some((way) => startsWith(way, rest)))
    .map(({ label, about, value }) => offer(label, about, before + value));
  const names = open || byName ? [] : left
    .filter((other) => (other !== option || typed.text) && startsWith(sign(other), typed.text))
    .map((other) => ({ label: sign(other), about: other.about, line: `${line.slice(0, typed.from)}${sign(other)}`, whole: false }));
  return { offers: [...values, ...names], eager: typed.text !== '' && rest !== '', usage };
}

const EXPECTED = { span: 'option_span', number: 'option_number' };

const optionAbout = ({ about, kind, required }) =>
  [about, EXPECTED[kind] ? t(EXPECTED[kind]) : '', required ? '' : t('optional')].filter(Boolean).join(' · ');

/**
 * Brings the box to life. `world` answers: `commands()`, `channels()`, `people()`, `lastMine()`,
 * `send({text, reply, edit})` (false when it could not), `changed(text)`.
 */
export function composer(world) {
  const part = (id) => document.getElementById(id);
  const [form, box, banner, panel, list, usageLine] = ['composer', 'text', 'banner', 'offers', 'options', 'usage'].map(part);
  let intent = {}; // {reply: post} or {edit: post} or neither
  let before = ''; // what stood in the box before an edit began
  let [offers, active, putAway] = [[], -1, false];

  const fit = () => {
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight}px`;
  };

  function write(text) {
    box.value = text;
    fit();
    refresh();
    if (!intent.edit) world.changed(text);
  }

  function showBanner() {
    const { reply, edit } = intent;
    banner.hidden = !reply && !edit;
    const excerpt = reply ? plainText(reply).replace(/\s+/g, ' ').slice(0, EXCERPT_CHARS) : '';
    part('banner-words').textContent = reply ? t('replying', { name: reply.author.name, excerpt }) : edit ? t('cancel_edit') : '';
  }

  function cancel() {
    const wasEdit = Boolean(intent.edit);
    intent = {};
    if (wasEdit) write(before);
    showBanner();
  }

  function reply(post) {
    if (intent.edit) cancel();
    intent = { reply: post };
    showBanner();
    box.focus();
  }

  function edit(post) {
    if (!intent.edit) before = box.value;
    intent = { edit: post };
    write(plainText(post));
    showBanner();
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }

  function submit() {
    const text = box.value.trim();
    if (!text || !world.send({ text, ...intent })) return;
    const after = intent.edit ? before : '';
    intent = {};
    write(after);
    showBanner();
  }

  function refresh() {
    const found = putAway ? suggest('', {}) : suggest(box.value, {
      commands: world.commands(), channels: world.channels(), people: world.people(),
    });
    offers = found.offers;
    active = offers.length && found.eager ? 0 : -1;
    list.replaceChildren(...offers.map(({ label, about }, place) =>
      el('li', { id: `offer-${place}`, role: 'option', onmousedown: (event) => { event.preventDefault(); take(place); } },
        el('span', { class: 'label' }, label), el('span', { class: 'about' }, about))));
    drawUsage(found.usage);
    list.hidden = !offers.length;
    panel.hidden = !offers.length && !found.usage;
    highlight();
  }

  function drawUsage(usage) {
    usageLine.hidden = !usage;
    if (!usage) return usageLine.replaceChildren();
    const shown = usage.options.map(({ name, required }, place) => {
      const words = required ? `<${name}>` : `[${name}]`;
      return place === usage.at ? el('strong', {}, ` ${words}`) : ` ${words}`;
    });
    usageLine.replaceChildren(el('code', {}, usage.words, ...shown), el('span', { class: 'about' }, usage.about ?? ''));
  }

  function highlight() {
    [...list.children].forEach((item, place) => item.setAttribute('aria-selected', String(place === active)));
    if (active < 0) return box.removeAttribute('aria-activedescendant');
    box.setAttribute('aria-activedescendant', `offer-${active}`);
    list.children[active].scrollIntoView({ block: 'nearest' });
  }

  function take(place) {
    write(offers[place].line);
    box.focus();
  }

  function move(step) {
    active = (active + step + offers.length + (active < 0 && step < 0 ? 1 : 0)) % offers.length;
    highlight();
  }

  function onKey(event) {
    if (event.isComposing) return;
    const plain = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
    const handled = () => event.preventDefault();
    if (event.key === 'Escape') {
      if (!panel.hidden) {
        putAway = true;
        refresh();
      } else if (banner.hidden) return;
      else cancel();
      return handled();
    }
    if (!plain) return;
    if (offers.length) {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        move(event.key === 'ArrowDown' ? 1 : -1);
        return handled();
      }
      if (event.key === 'Tab' || (event.key === 'Enter' && active >= 0 && !offers[active].whole)) {
        take(Math.max(active, 0));
        return handled();
      }
    }
    if (event.key === 'Enter') {
      handled();
      submit();
    } else if (event.key === 'ArrowUp' && !box.value && !intent.edit) {
      const last = world.lastMine();
      if (!last) return;
      handled();
      edit(last);
    }
  }

  box.addEventListener('keydown', onKey);
  box.addEventListener('input', () => {
    putAway = false;
    fit();
    refresh();
    if (!intent.edit) world.changed(box.value);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
    box.focus();
  });
  part('banner-close').addEventListener('click', () => {
    cancel();
    box.focus();
  });
  addEventListener('resize', fit);

  return {
    reply,
    edit,
    cancel,
    write,
    refresh,
    text: () => box.value,
    focus: () => box.focus(),
    /** Whether an edit is under way, so that the box does not hold a message to come. */
    editing: () => Boolean(intent.edit),
  };
}
