/* What is watched of a video, and which product on it is seen and tapped. */
(() => {
  "use strict";
  if (!window.journey) return;
  const { say, each, onScreen, seenForASecond } = window.journey;
  const SEAM_S = 1.5;
  const JUMP_S = 1.5; // more at once was not played
  const TICK_S = 0.3; // a video tells four times a second where it is
  const VIEW_MS = 2000;
  const AGAIN_MS = 10_000;
  const SEGMENTS = 20;
  const QUARTERS = [25, 50, 75];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const about = ({ dataset: { video, creator, position } }) => ({ video, creator, position: Number(position) });
  const millis = (card) => Math.round((card.querySelector("video")?.currentTime ?? 0) * 1000);
  let showings = 0;

  /* One showing of a video: from the moment half of it is on the screen until it is not, or the page is left. */
  class Showing {
    constructor(card, video) {
      const began = performance.now();
      Object.assign(this, { card, video, began, number: ++showings, said: new Set(), last: null });
      Object.assign(this, { played: 0, told: 0, furthest: 0, loops: 0, seen: 0 });
      // A clip that goes on after the page was hidden was watched so far in an earlier showing.
      for (const percent of QUARTERS) if (this.percent() >= percent) this.said.add(percent);
      this.once("video_impression");
      if (!video.paused) this.start();
      this.view = setTimeout(() => this.once("video_view"), VIEW_MS);
      this.again = setInterval(() => this.played > this.told && this.sum("playing"), AGAIN_MS);
    }

    percent(at = this.video.currentTime) {
      return (100 * at) / (this.video.duration || Infinity);
    }

    once(step, props = {}, key = step) {
      if (this.said.has(key)) return;
      this.said.add(key);
      say(step, { ...about(this.card), ...props });
    }

    start() {
      this.delay ??= Math.round(performance.now() - this.began);
      this.once("video_start", { muted: this.video.muted, autoplay: !calm, start_delay_ms: this.delay });
    }

    tick() {
      const { currentTime: now, duration, paused, playbackRate } = this.video;
      const last = this.last ?? now;
      const step = now - last;
      const looped = step < 0 && !paused && now < SEAM_S && last > duration - SEAM_S; // a finger on the line is no loop
      if (looped) {
        this.play(last, duration);
        this.play(0, now);
        this.loop();
      } else if (step > 0 && step < JUMP_S * playbackRate && !this.jumped) this.play(last, now);
      Object.assign(this, { last: now, jumped: false, ticked: paused ? 0 : performance.now() });
      this.furthest = Math.max(this.furthest, this.percent());
      this.milestones();
    }

    /* The clip went on from one place to the other by itself. */
    play(from, to) {
      this.played += (to - from) / this.video.playbackRate;
      const segment = (at) => Math.min(SEGMENTS - 1, Math.floor((this.percent(at) / 100) * SEGMENTS));
      for (let bit = segment(from); bit <= segment(to); bit++) this.seen |= 1 << bit;
    }

    /* What was played since the last tick. Where it is now cannot be asked: who leaves a clip sets it back. */
    rest() {
      if (!this.ticked) return;
      const more = Math.min(TICK_S, (performance.now() - this.ticked) / 1000);
      this.played += more;
      this.last += more * this.video.playbackRate;
      this.ticked = 0;
    }

    loop() {
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

    sum(reason) {
      this.told = this.played;
      say("watch", {
        ...about(this.card),
        showing: this.number,
        watch_ms: Math.round(this.played * 1000),
        furthest_percent: Math.round(this.furthest),
        loops: this.loops,
        muted: this.video.muted,
        start_delay_ms: this.delay,
        seen: this.seen,
        reason,
      });
    }

    end(reason) {
      clearTimeout(this.view);
      clearInterval(this.again);
      this.rest();
      this.sum(reason);
    }
  }

  each("[data-video]", (card) => {
    const video = card.querySelector("video");
    if (!video) return;
    let showing = null;
    const end = (reason) => {
      showing.end(reason);
      showing = null;
    };
    onScreen(card, () => (showing = new Showing(card, video)), end);
    video.addEventListener("playing", () => showing?.start());
    video.addEventListener("timeupdate", () => showing?.tick());
    video.addEventListener("seeking", () => showing && (showing.jumped = true));
    for (const halt of ["pause", "waiting"]) video.addEventListener(halt, () => showing?.rest());
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

  document.addEventListener("click", ({ target }) => {
    const anchor = target.closest("[data-anchor]");
    const card = anchor?.closest("[data-video]");
    if (card) say("select_promotion", { ...about(card), product: anchor.dataset.product, at_video_ms: millis(card) });
  });
})();
