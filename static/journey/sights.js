/* What the browser sees and says: videos, anchors, lists, blocks, choices. Pages only carry data attributes. */
(() => {
  "use strict";
  if (!window.journey) return;
  const { say } = window.journey;

  /* Calls back once for each element that `selector` finds, now or later. */
  function each(selector, meet) {
    const met = new WeakSet();
    const look = (root) => {
      for (const element of root.querySelectorAll(selector)) {
        if (!met.has(element)) met.add(element), meet(element);
      }
    };
    look(document);
    new MutationObserver(() => look(document)).observe(document.body, { childList: true, subtree: true });
  }

  const STEPS = Array.from({ length: 21 }, (_, i) => i / 20); // fine enough for a block of many screens

  /* Calls `enter` and `exit` as half of an element (or half of the screen, if it is taller) comes and goes. */
  function onScreen(element, enter, exit = () => {}) {
    let inside = false;
    new IntersectionObserver(
      (entries) => {
        const entry = entries.at(-1);
        const covers = entry.intersectionRect.height >= innerHeight / 2;
        const now = entry.isIntersecting && (entry.intersectionRatio >= 0.5 || covers);
        if (now !== inside) (inside = now) ? enter() : exit();
      },
      { threshold: STEPS },
    ).observe(element);
  }

  /* Calls `seen` once, when the element has been on the screen for a second without a break. */
  function seenForASecond(element, seen) {
    let timer = 0;
    let done = false;
    const stop = () => clearTimeout(timer);
    onScreen(
      element,
      () => {
        if (!done) timer = setTimeout(() => ((done = true), seen()), 1000);
      },
      stop,
    );
  }

  const about = (card) => ({
    video: card.dataset.video,
    creator: card.dataset.creator,
    position: Number(card.dataset.position),
  });
  const millis = (card) => Math.round((card.querySelector("video")?.currentTime ?? 0) * 1000);

  const SEAM_S = 1.5;
  const QUARTERS = [25, 50, 75];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  /* One showing of a video: from the moment half of it is on the screen until it is not, or the page is hidden. */
  class Showing {
    constructor(card, video) {
      Object.assign(this, { card, video });
      this.begin();
    }

    begin() {
      Object.assign(this, { played: 0, furthest: 0, loops: 0, last: null, said: new Set() });
      // A clip that goes on after the page was hidden was watched so far in an earlier showing.
      for (const percent of QUARTERS) if (this.percent() >= percent) this.said.add(percent);
      this.once("video_impression");
      if (!this.video.paused) this.start();
    }

    percent() {
      return (100 * this.video.currentTime) / (this.video.duration || Infinity);
    }

    once(step, props = {}, key = step) {
      if (this.said.has(key)) return;
      this.said.add(key);
      say(step, { ...about(this.card), ...props });
    }

    start() {
      this.once("video_start", { muted: this.video.muted, autoplay: !calm });
    }

    tick() {
      const { currentTime: now, duration } = this.video;
      const step = this.last === null ? 0 : now - this.last;
      this.last = now;
      if (step > 0 && step < 1.5) this.played += step;
      if (step < 0 && now < SEAM_S && now - step > duration - SEAM_S) this.again(); // a finger on the line is no loop
      this.furthest = Math.max(this.furthest, this.percent());
      this.milestones();
    }

    again() {
      this.loops += 1;
      this.furthest = 100;
      say("video_loop", { ...about(this.card), loop: this.loops });
    }

    milestones() {
      const watch_ms = Math.round(this.played * 1000);
      if (this.played >= 2) this.once("video_progress", { watch_ms, seconds: 2 }, "2 s");
      for (const percent of QUARTERS) {
        if (this.furthest >= percent) this.once("video_progress", { watch_ms, percent }, percent);
      }
      if (this.played >= 6) this.once("focused_view", { watch_ms });
      if (this.furthest >= 97) this.once("video_complete", { watch_ms });
    }

    end(reason) {
      this.once("watch", {
        watch_ms: Math.round(this.played * 1000),
        furthest_percent: Math.round(this.furthest),
        loops: this.loops,
        muted: this.video.muted,
        reason,
      });
    }
  }

  const showings = new Set();

  each("[data-video]", (card) => {
    const video = card.querySelector("video");
    if (!video) return;
    let showing = null;
    const begin = () => showings.add((showing = new Showing(card, video)));
    const end = () => {
      showing.end("left");
      showings.delete(showing);
      showing = null;
    };
    onScreen(card, begin, end);
    video.addEventListener("playing", () => showing?.start());
    video.addEventListener("timeupdate", () => showing?.tick());
  });

  const promoted = new Set();

  // A product may be offered twice on a card: by its pill, and by what pops up later.
  each("[data-anchor]", (anchor) => {
    const card = anchor.closest("[data-video]");
    const { product } = anchor.dataset;
    const offer = `${card.dataset.video} ${product}`;
    seenForASecond(anchor, () => {
      if (promoted.has(offer)) return;
      promoted.add(offer);
      say("view_promotion", { ...about(card), product, at_video_ms: millis(card) });
    });
  });

  each("[data-list]", (list) => onScreenOnce(list, () => say("view_item_list", { list: list.dataset.list })));

  function onScreenOnce(element, seen) {
    let done = false;
    onScreen(element, () => done || ((done = true), seen()));
  }

  // Blocks of a card in the feed come and go with its video; the showing says what happened there.
  each("[data-block]", (block) => {
    if (!block.closest("[data-video]")) seenForASecond(block, () => say("view_block", { block: block.dataset.block }));
  });

  document.addEventListener("click", (event) => {
    const anchor = event.target.closest("[data-anchor]");
    const card = anchor?.closest("[data-video]");
    if (card) say("select_promotion", { ...about(card), product: anchor.dataset.product, at_video_ms: millis(card) });
    const item = event.target.closest("[data-item]");
    const list = item?.closest("[data-list]");
    if (list) {
      const { item: product, index } = item.dataset;
      say("select_item", { product, list: list.dataset.list, index: Number(index) });
    }
  });

  const said = new WeakSet();
  function given(section) {
    if (said.has(section)) return;
    const fields = [...section.querySelectorAll("input, select, textarea")];
    if (!fields.every((field) => field.checkValidity())) return;
    said.add(section);
    // A choice that belongs to this answer may stand in another part of the form.
    const beside = section.form?.querySelectorAll(`[name="${section.dataset.sayWith}"]`) ?? [];
    const choices = [...fields, ...beside].filter((field) => field.type === "radio" && field.checked);
    say(section.dataset.say, Object.fromEntries(choices.map((field) => [field.name, field.value])));
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("input[name=sku]")) say("select_variant", { sku: event.target.value });
    const section = event.target.closest("[data-say]");
    if (section) given(section);
  });

  // Who leaves an answer as it stood there has given it by sending the form.
  document.addEventListener("submit", ({ target }) => target.querySelectorAll("[data-say]").forEach(given));

  // Before beacon.js hears of it: it sends what is waiting, and must find these in the queue.
  document.addEventListener(
    "visibilitychange",
    () => {
      for (const showing of showings) document.hidden ? showing.end("hidden") : showing.begin();
    },
    { capture: true },
  );
})();
