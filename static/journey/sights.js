/* What comes into sight on a page, and what is chosen there: blocks, lists, sheets, fields. Pages only carry data attributes. */
(() => {
  "use strict";
  if (!window.journey) return;
  const { say } = window.journey;
  const SEEN_MS = 1000;

  const wanted = [];
  const look = () => {
    for (const { selector, met, meet } of wanted) {
      for (const element of document.querySelectorAll(selector)) {
        if (!met.has(element)) met.add(element), meet(element);
      }
    }
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });

  /* Calls back once for each element that `selector` finds, now or later. */
  function each(selector, meet) {
    wanted.push({ selector, met: new WeakSet(), meet });
    look();
  }

  const STEPS = Array.from({ length: 21 }, (_, i) => i / 20); // fine enough for a block of many screens
  const inSight = new Set();
  let gone = false;

  /* Calls `enter` and `exit` as half of an element (or half of the screen, if it is taller) comes and goes.
     A page that is left takes all it shows along: `exit` is told why. */
  function onScreen(element, enter, exit = () => {}) {
    let seen = false;
    const settle = (now, reason = "left") => {
      if (now !== seen) (seen = now) ? enter() : exit(reason);
    };
    new IntersectionObserver(
      (entries) => {
        const entry = entries.at(-1);
        const covers = entry.intersectionRect.height >= innerHeight / 2;
        const inside = entry.isIntersecting && (entry.intersectionRatio >= 0.5 || covers);
        inSight[inside ? "add" : "delete"](settle);
        settle(inside && !gone);
      },
      { threshold: STEPS },
    ).observe(element);
  }

  document.addEventListener("journey:leaving", ({ detail }) => {
    gone = true;
    for (const settle of inSight) settle(false, detail);
  });
  document.addEventListener("journey:back", () => {
    gone = false;
    for (const settle of inSight) settle(true);
  });

  /* Calls `seen` once, when the element has been on the screen for a second without a break. */
  function seenForASecond(element, seen) {
    let timer = 0;
    let done = false;
    const start = () => {
      if (!done) timer = setTimeout(() => ((done = true), seen()), SEEN_MS);
    };
    onScreen(element, start, () => clearTimeout(timer));
  }

  Object.assign(window.journey, { each, onScreen, seenForASecond });

  each("[data-list]", (list) => {
    let done = false;
    onScreen(list, () => done || ((done = true), say("view_item_list", { list: list.dataset.list })));
  });

  /* Told when it leaves the screen; what adds up later is told once more when the page is left. The last one counts. */
  function read(block) {
    let since = 0;
    let dwell = 0;
    let told = 0;
    const exit = (reason) => {
      const sight = performance.now() - since;
      if (sight >= SEEN_MS) dwell += sight;
      if (dwell === told || (told && reason === "left")) return;
      told = dwell;
      const depth = [...document.querySelectorAll("[data-block]")].indexOf(block) + 1;
      say("view_block", { block: block.dataset.block, dwell_ms: Math.round(dwell), depth });
    };
    onScreen(block, () => (since = performance.now()), exit);
  }

  // Blocks of a card in the feed come and go with its video; the showing says what happened there.
  each("[data-block]", (block) => block.closest("[data-video]") || read(block));

  const DEPTHS = [90, 75, 50, 25];
  let deepest = 0;

  // A phone scrolls the document; on a laptop the phone on the page scrolls.
  const scrolled = ({ target }) => {
    const page = target === document ? document.scrollingElement : target;
    if (target !== document && target.id !== "phone") return;
    const percent = (100 * (page.scrollTop + page.clientHeight)) / page.scrollHeight;
    const reached = DEPTHS.find((depth) => percent >= depth);
    if (reached > deepest) say("scroll", { percent: (deepest = reached) });
  };
  document.addEventListener("scroll", scrolled, { capture: true, passive: true });

  let touched = null;
  document.addEventListener("pointerdown", ({ target }) => (touched = target), { capture: true, passive: true });

  new MutationObserver((changes) => {
    for (const sheet of new Set(changes.map(({ target }) => target))) {
      if (!sheet.matches("dialog[open]")) continue;
      say("open_sheet", { sheet: sheet.id, video: touched?.closest("[data-video]")?.dataset.video });
    }
  }).observe(document.body, { subtree: true, attributeFilter: ["open"] });

  document.addEventListener("click", ({ target }) => {
    const item = target.closest("[data-item]");
    const list = item?.closest("[data-list]");
    if (!list) return;
    const { item: product, index } = item.dataset;
    say("select_item", { product, list: list.dataset.list, index: Number(index) });
  });

  const lately = {};

  /* A field was refused, by the browser or the shop. Never what was typed; the radios of a choice are one field. */
  function refused({ name, id }, code) {
    const field = (name || id).slice(0, 40);
    if (performance.now() - lately[field] < 1000) return;
    lately[field] = performance.now();
    say("field_error", { field, code });
  }

  const failed = ({ validity }) => {
    for (const code in validity) if (validity[code]) return code;
  };
  document.addEventListener("invalid", ({ target }) => refused(target, failed(target)), { capture: true });
  each("[aria-invalid=true]", (field) => refused(field, "refused"));

  const said = new WeakSet();
  function given(section) {
    if (said.has(section)) return;
    const fields = [...section.querySelectorAll("input, select, textarea")];
    // Not checkValidity(): it would announce a field as refused that is only not filled in yet.
    if (fields.some((field) => field.willValidate && !field.validity.valid)) return;
    said.add(section);
    // A choice that belongs to this answer may stand in another part of the form.
    const beside = section.form?.querySelectorAll(`[name="${section.dataset.sayWith}"]`) ?? [];
    const choices = [...fields, ...beside].filter((field) => field.type === "radio" && field.checked);
    say(section.dataset.say, Object.fromEntries(choices.map((field) => [field.name, field.value])));
  }

  document.addEventListener("change", ({ target }) => {
    if (target.matches("input[name=sku]")) say("select_variant", { sku: target.value });
    const section = target.closest("[data-say]");
    if (section) given(section);
  });

  // Who leaves an answer as it stood there has given it by sending the form.
  document.addEventListener("submit", ({ target }) => target.querySelectorAll("[data-say]").forEach(given));
})();
