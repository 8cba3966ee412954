// Whether somebody who looks can tell that the focused element is: it, or what it stands in, has an
// outline, a shadow or a border that goes when the keyboard does.
(() => {
  const at = document.activeElement;
  if (at === document.body) return true; // on its way round, at nothing
  const looks = () => [at, at.parentElement].filter(Boolean).map((element) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor } = getComputedStyle(element);
    const outline = outlineStyle === 'none' ? '' : `${outlineWidth} ${outlineColor}`;
    return `${outline}|${boxShadow}|${borderColor}`;
  }).join();
  const focused = looks();
  at.blur();
  const blurred = looks();
  at.focus();
  return focused !== blurred;
})()
