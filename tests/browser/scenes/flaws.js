// What axe does not look at, of the page or of the sheet that is open: overflow, cut text, small targets, focus under a bar.
() => {
  const flaws = new Set();
  const told = (one) => `${one.localName}.${one.className?.baseVal ?? one.className} “${one.textContent.trim().slice(0, 40)}”`;
  const isThere = (box) => box.width > 0 && box.height > 0;
  const isSeen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const hides = (one) => /auto|scroll|hidden|clip/.test(getComputedStyle(one).overflowX);
  const frameOf = (one) => (!one || one === document.body ? null : hides(one) ? one : frameOf(one.parentElement));
  const sheet = [...document.querySelectorAll("dialog[open]")].at(-1);
  const root = sheet ?? document.body;

  const wide = document.scrollingElement.scrollWidth;
  if (wide > document.documentElement.clientWidth) flaws.add(`the page is ${wide} wide`);

  const words = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let text; (text = words.nextNode()); ) {
    const holder = text.parentElement;
    if (!text.data.trim() || !isSeen(holder) || holder.closest(".only-read")) continue;
    const range = document.createRange();
    range.selectNode(text);
    const box = range.getBoundingClientRect();
    const { webkitLineClamp, textOverflow } = getComputedStyle(holder);
    const isClamped = webkitLineClamp !== "none" || textOverflow === "ellipsis";
    const frame = frameOf(holder);
    if (isThere(box) && !frame && (box.right > innerWidth + 1 || box.left < -1)) flaws.add(`off the screen: ${told(holder)}`);
    const isFixed = frame && /hidden|clip/.test(getComputedStyle(frame).overflowX);
    if (isFixed && !isClamped && box.right > frame.getBoundingClientRect().right + 1) flaws.add(`cut off: ${told(holder)}`);
  }

  const bars = sheet ? [] : [...document.querySelectorAll(".phone > .top, .phone > .bottom")];
  document.documentElement.style.scrollBehavior = "auto";
  for (const one of root.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")) {
    const area = one.closest("label") ?? one;
    if (!isSeen(area) || one.type === "hidden" || one.closest("[inert], [aria-hidden=true]")) continue;
    const { width, height } = area.getBoundingClientRect();
    const isInText = one.localName === "a" && getComputedStyle(one).display === "inline";
    if (width && !isInText && Math.min(width, height) < 24) flaws.add(`${Math.round(width)}×${Math.round(height)}: ${told(one)}`);
    if (one.disabled || one.tabIndex < 0) continue;
    one.focus();
    const { top, bottom } = one.getBoundingClientRect();
    for (const bar of bars) {
      const over = bar.getBoundingClientRect();
      if (over.height && !bar.contains(one) && top >= over.top - 1 && bottom <= over.bottom + 1) flaws.add(`under the bar: ${told(one)}`);
    }
  }
  return [...flaws];
};
