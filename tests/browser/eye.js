// Looks at the page for a story: loaded into every document before its own scripts.
globalThis.eye = (() => {
  const AGAIN_MS = 200; // what changes without a trace, such as a layout, is looked at again
  const MISSED_MS = 5_000; // a finger's click comes a moment after it, on a busy machine a long one

  // ---- changes

  let count = 0;
  let woken = [];
  const changed = () => {
    count += 1;
    for (const wake of woken.splice(0)) wake();
  };
  const all = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver(changed).observe(document, all);
  for (const event of ['input', 'focusin', 'transitionend', 'load', 'pointermove']) addEventListener(event, changed, true);
  /** Settles once the page is not what it was at `seen` any more. */
  const after = (seen) => count !== seen || new Promise((wake) => {
    woken.push(wake);
    setTimeout(wake, AGAIN_MS);
  });

  // ---- places

  const frame = () => new Promise(requestAnimationFrame);
  const boxOf = (element) => [...element.getClientRects()].find(({ width, height }) => width && height);
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && boxOf(element);
  const deepest = (x, y) => document.elementFromPoint(x, y);

  /** The middle of an element that stands still and in the open, or null. */
  async function middle(element) {
    if (!element.isConnected) return null;
    element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    await frame();
    const before = boxOf(element);
    await frame();
    const box = boxOf(element);
    if (!before || !box || before.top !== box.top || before.left !== box.left) return null;
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const there = deepest(x, y);
    return there && element.contains(there) ? { x, y } : null;
  }

  /** From now on `element.pressed` comes to whether a person's click has reached it. */
  function expectPress(element) {
    element.pressed = new Promise((done) => {
      const heard = ({ isTrusted }) => done(isTrusted);
      element.addEventListener('click', heard, { capture: true, once: true });
      setTimeout(() => done(false), MISSED_MS);
    });
  }

  /** What a message says itself: not its buttons, of which one quotes what it replies to. */
  const said = (item) => [...item.querySelectorAll('button')]
    .reduce((text, button) => text.replace(button.innerText, ''), item.innerText);

  /** The newest message with these words. */
  const post = (words) => [...document.querySelectorAll('#posts > li')]
    .filter((item) => said(item).includes(words) && shown(item)).at(-1) ?? null;

  // ---- how long a press takes to be answered

  /** After the next press on `element`: which of these words came, and how many ms later. */
  function timed(element, words) {
    let began = null;
    const come = () => words.find((each) => document.body.innerText.includes(each));
    if (come()) throw new Error(`“${come()}” before any press`);
    element.addEventListener('click', () => { began = performance.now(); }, { capture: true, once: true });
    globalThis.answered = new Promise((done) => {
      new MutationObserver((_, observer) => {
        const answer = began === null ? null : come();
        if (!answer) return;
        observer.disconnect();
        done({ words: answer, ms: performance.now() - began });
      }).observe(document, all);
    });
  }

  return { count: () => count, after, boxOf, shown, middle, expectPress, post, timed };
})();
