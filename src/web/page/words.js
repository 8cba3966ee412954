// How the page says things; its words are in words-en.js and words-de.js.

export const language = (navigator.language || 'en').toLowerCase().startsWith('de') ? 'de' : 'en';

// One file a language: nobody loads what they cannot read.
const WORDS = { ...(await import(`./words-${language}.js`)).default };

/** Adds the words of a part that is loaded when it is wanted. */
export const learn = (words) => Object.assign(WORDS, words);

/** The words for `key`, with `{name}`s filled in; a key without words shows itself. */
export function t(key, values = {}) {
  const words = WORDS[key] ?? key;
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
