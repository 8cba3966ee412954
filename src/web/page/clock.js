// The community's time above the messages, and what is due next.

import { countdownWords, spanWords, t, timeWords } from './words.js';

const AWAY_MS = 60_000; // from here on the clock is said to be ahead of the real one

const part = (id) => document.getElementById(id);

/** The clock as the last frame told it; it runs on by itself. */
export function communityClock({ announce, ticked }) {
  let told = { now: Date.now(), offset: 0, next: null, due: null, heard: Date.now() };

  const now = () => told.now + Date.now() - told.heard;

  function draw() {
    const { offset, next, due } = told;
    const time = now();
    part('now').textContent = timeWords(time);
    part('moved').textContent = offset >= AWAY_MS ? `+${spanWords(offset)}` : t('real_time');
    part('moved').classList.toggle('away', offset >= AWAY_MS);
    part('next').disabled = !next;
    const wait = next > time ? t('in_time', { time: countdownWords(next - time) }) : t('now');
    part('next-in').textContent = next ? wait : t('no_deadline');
    part('due').textContent = next ? t('due_next', { due: t(`due_${due ?? 'sent'}`) }) : t('due_nothing');
    ticked();
  }

  function set({ now: time, offset_ms: offset, next, due }) {
    told = { now: time, offset, next, due, heard: Date.now() };
    draw();
  }

  function hear(frame) {
    const jumped = frame.offset_ms !== told.offset;
    set(frame);
    if (jumped) announce(t('clock_moved', { time: timeWords(frame.now) }));
  }

  return {
    now,
    draw,
    set,
    hear,
    get offset() { return told.offset; },
    get due() { return told.due; },
  };
}
