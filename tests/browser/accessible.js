// The flaws of what is on the page, as sentences (WCAG 2.2 AA, as far as a script can see).
(() => {
  const CONTRAST = 4.5; // 1.4.3; 3 for large text
  const LARGE_CONTRAST = 3;
  const LARGE_PX = 24;
  const LARGE_BOLD_PX = 18.66;
  const TARGET_PX = 24; // 2.5.8
  const TARGETS = 'a[href], button, summary, textarea, input, select, [role="option"]';

  const flaws = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const name = (element) => element.outerHTML.replace(/\s+/g, ' ').slice(0, 110);
  const seen = (element) => {
    const box = eye.shown(element) && element.getBoundingClientRect();
    return box && box.width > 1 && box.height > 1 && box.bottom > 0 && box.right > 0;
  };

  // ---- structure

  if (!/^(en|de)$/.test(document.documentElement.lang)) flaws.push(`the page’s language is “${document.documentElement.lang}”`);
  if (!document.title.trim()) flaws.push('the page has no title');
  const ids = all('[id]').map(({ id }) => id);
  for (const id of new Set(ids.filter((id, place) => ids.indexOf(id) !== place))) flaws.push(`twice the id ${id}`);
  const inert = (element) => element.closest('[inert]');
  const present = (selector) => all(selector).filter((element) => element.checkVisibility());
  for (const selector of ['h1', 'main']) {
    const count = present(selector).length;
    if (count !== 1) flaws.push(`${count} ${selector} in one view`);
  }
  const levels = present('h1, h2, h3, h4, h5, h6').filter((heading) => !inert(heading)).map(({ tagName }) => Number(tagName[1]));
  if (levels.some((level, place) => level > Math.max(1, ...levels.slice(0, place), 0) + 1)) flaws.push(`headings jump: ${levels}`);
  for (const reference of ['aria-controls', 'aria-labelledby', 'aria-describedby', 'aria-activedescendant']) {
    for (const element of all(`[${reference}]`)) {
      for (const id of element.getAttribute(reference).split(' ')) {
        if (!document.getElementById(id)) flaws.push(`${reference} names nothing: ${name(element)}`);
      }
    }
  }
  if (!all('[role="status"], [aria-live="polite"]').length) flaws.push('nothing is there to be told by');
  if (present('#posts').length && !all('[role="log"]').some((log) => log.querySelector('#posts'))) flaws.push('messages are in no log');
  if (!all('[role="alert"]').length) flaws.push('nothing is there for alarms');

  // ---- contrast

  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const known = new Map();
  const rgba = (colour) => {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  };
  const over = ([r, g, b, a], under) => [...[r, g, b].map((part, place) => part * a + under[place] * (1 - a)), 1];
  const chain = (element) => (element ? [...chain(element.parentElement), element] : []);
  const ground = (element) => chain(element).reduce((under, each) => over(rgba(getComputedStyle(each).backgroundColor), under), rgba('Canvas'));
  const luminance = ([r, g, b]) => [r, g, b]
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  const ratio = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const judge = (element, colour, what) => {
    const { fontSize, fontWeight } = getComputedStyle(element);
    const large = parseFloat(fontSize) >= (fontWeight >= 700 ? LARGE_BOLD_PX : LARGE_PX);
    const below = ground(element);
    const opacity = chain(element).reduce((product, each) => product * getComputedStyle(each).opacity, 1);
    const [r, g, b, a] = rgba(colour);
    const found = ratio(over([r, g, b, a * opacity], below), below);
    if (found < (large ? LARGE_CONTRAST : CONTRAST)) flaws.push(`contrast ${found.toFixed(2)} of ${what} in ${name(element)}`);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const [words, element] = [texts.currentNode.data.trim(), texts.currentNode.parentElement];
    if (!words || !seen(element) || element.closest('[disabled], [aria-disabled="true"]')) continue;
    if (element.matches('textarea')) continue; // its value is not this text
    judge(element, getComputedStyle(element).color, `“${words.slice(0, 40)}”`);
  }
  for (const box of all('textarea, input').filter(seen)) {
    judge(box, getComputedStyle(box).color, 'what is typed');
    judge(box, getComputedStyle(box, '::placeholder').color, 'the placeholder');
  }

  // ---- targets

  for (const target of all(TARGETS).filter((element) => seen(element) && !inert(element))) {
    const { width, height } = target.getBoundingClientRect();
    const inSentence = getComputedStyle(target).display === 'inline'
      && [...target.parentElement.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const small = Math.min(width, height) < TARGET_PX - 0.5;
    if (small && !inSentence) flaws.push(`a target of ${width.toFixed(0)}×${height.toFixed(0)} px: ${name(target)}`);
  }

  // ---- reflow

  const page = document.scrollingElement;
  if (page.scrollWidth > page.clientWidth) flaws.push(`the page scrolls sideways: ${page.scrollWidth} of ${page.clientWidth} px`);
  if (present('#posts').length && page.scrollHeight > page.clientHeight) flaws.push(`the page scrolls as a whole: ${page.scrollHeight} of ${page.clientHeight} px`);
  for (const element of all('body *').filter(seen)) {
    const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowX);
    if (scrolls && element.scrollWidth > element.clientWidth + 1) flaws.push(`scrolls sideways: ${name(element)}`);
  }
  return flaws;
})()
