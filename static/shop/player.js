// One clip: plays, pauses, shows how far it is, and brings out its product after enough watching.
(() => {
  "use strict";
  const feed = document.getElementById("feed");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const { anchorDelay, cardDelay } = feed.dataset;
  const DOUBLE_TAP_MS = 260;
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

  class Clip {
    constructor(card) {
      this.card = card;
      this.video = card.querySelector("video");
      this.line = card.querySelector(".clip-line");
      this.popup = card.querySelector(".popup");
      this.watched = 0;
      this.last = 0;
      this.tapped = this.liked = -Infinity;
      if (this.video) this.listen();
      this.offerMore();
    }

    listen() {
      const { video, card } = this;
      const mark = (name, on) => () => card.classList.toggle(name, on);
      video.controls = false;
      video.addEventListener("timeupdate", () => this.tick());
      video.addEventListener("play", mark("is-paused", false));
      video.addEventListener("waiting", mark("is-loading", true));
      for (const ready of ["playing", "canplay", "pause"]) video.addEventListener(ready, mark("is-loading", false));
      video.addEventListener("error", () => this.fail());
      this.listenToTheLine(mark);
      card.querySelector(".clip-tap").addEventListener("click", (event) => this.tap(event));
      card.querySelector("[data-retry]").addEventListener("click", () => this.retry());
      card.querySelector("[data-popup-close]")?.addEventListener("click", () => this.closeCard());
    }

    listenToTheLine(mark) {
      const { line } = this;
      line.addEventListener("input", () => this.seek());
      line.addEventListener("pointerdown", mark("is-scrubbing", true));
      // Left under the focus, it would take the arrows that lead to the next clip.
      for (const end of ["pointerup", "pointercancel"]) {
        line.addEventListener(end, () => (mark("is-scrubbing", false)(), line.blur()));
      }
    }

    seek() {
      const { video, line, card } = this;
      if (!video.duration) return;
      video.currentTime = (line.value / 1000) * video.duration;
      line.style.setProperty("--played", `${line.value / 10}%`);
      line.ariaValueText = `${clock(video.currentTime)} of ${clock(video.duration)}`;
      card.querySelector(".clip-time").textContent = line.ariaValueText.replace("of", "/");
    }

    /* Waits a moment for a second tap; a key or a screen reader's click comes without coordinates and needs no wait.
       Fingers are timed by when they touched: on a slow phone the second tap can be heard after the wait is over. */
    tap(event) {
      const { clientX: x, clientY: y, timeStamp: at } = event;
      if (!event.detail) return this.toggle();
      const second = at - this.tapped < DOUBLE_TAP_MS;
      if (!second && at - this.liked >= 2 * DOUBLE_TAP_MS) {
        this.tapped = at;
        this.waiting = setTimeout(() => ((this.waiting = 0), this.toggle()), DOUBLE_TAP_MS);
        return;
      }
      if (second && !this.waiting) this.toggle(); // the first was taken for a single one: undone
      clearTimeout(this.waiting);
      this.waiting = 0;
      [this.tapped, this.liked] = [-Infinity, at];
      this.card.dispatchEvent(new CustomEvent("clip:like", { bubbles: true, detail: { x, y } }));
    }

    tick() {
      const { currentTime: now, duration } = this.video;
      const step = now - this.last;
      this.last = now;
      if (step > 0 && step < 1.5) this.watched += (step * 1000) / this.video.playbackRate;
      if (this.watched >= anchorDelay) this.showAnchor();
      if (Number(cardDelay) && this.watched >= cardDelay) this.showCard();
      if (this.card.classList.contains("is-scrubbing")) return;
      this.line.value = duration ? (now / duration) * 1000 : 0;
      this.line.style.setProperty("--played", `${this.line.value / 10}%`);
    }

    /* A product must not depend on its clip: what cannot be watched, or is not to move, shows it all the same. */
    fail() {
      this.card.classList.remove("is-loading");
      this.card.querySelector(".clip-failed").hidden = false;
      this.showAnchor();
    }

    retry() {
      this.card.querySelector(".clip-failed").hidden = true;
      this.video.load();
      this.play();
    }

    showAnchor() {
      this.card.querySelector("[data-anchor]")?.classList.add("is-shown");
    }

    /* Over the caption, so not while it is being read; closed once, it does not come again. */
    showCard() {
      if (!this.popup?.hidden || this.closed || this.card.querySelector(".caption-text.is-open")) return;
      this.showAnchor();
      this.popup.hidden = false;
      this.popup.querySelector("[data-anchor]").classList.add("is-shown");
    }

    closeCard() {
      this.closed = true;
      const held = this.popup.contains(document.activeElement);
      this.popup.classList.add("is-leaving");
      setTimeout(() => (this.popup.hidden = true), calm ? 0 : 160);
      if (held) this.card.querySelector(".anchor, .anchor-card")?.focus();
    }

    offerMore() {
      const text = this.card.querySelector(".caption-text");
      const more = this.card.querySelector(".caption-more");
      if (!text) return;
      const isCut = () => text.scrollHeight > text.clientHeight + 2;
      const open = (on) => {
        text.classList.toggle("is-open", on);
        more.ariaExpanded = on;
        more.textContent = on ? "less" : "more";
        measure();
      };
      // A phone is turned, and its letters come late.
      const measure = () => text.classList.contains("is-open") || (more.hidden = !isCut());
      new ResizeObserver(measure).observe(text);
      document.fonts.ready.then(measure);
      more.addEventListener("click", () => open(more.ariaExpanded !== "true"));
      text.addEventListener("focusin", () => isCut() && open(true)); // a #word may stand in what is cut off
    }

    near() {
      if (this.video) this.video.preload = "auto";
    }

    enter() {
      if (!this.video) return;
      this.near();
      this.video.muted = Clip.muted;
      this.video.playbackRate = Clip.rate;
      if (!calm) return this.play();
      this.pause();
      setTimeout(() => this.showAnchor(), anchorDelay);
    }

    play() {
      if (this.video.readyState < 3) this.card.classList.add("is-loading");
      // A browser may refuse to start with sound; then it starts without, and if not even that, the button says so.
      this.video.play().catch((error) => {
        if (error.name !== "NotAllowedError") return;
        if (this.video.muted) return this.pause();
        this.video.muted = true;
        document.dispatchEvent(new Event("sound:refused"));
        this.play();
      });
    }

    pause() {
      this.video?.pause();
      this.card.classList.remove("is-loading");
      this.card.classList.add("is-paused");
    }

    toggle() {
      if (this.video?.paused) this.play();
      else this.pause();
    }

    leave() {
      if (!this.video) return;
      this.video.pause();
      this.video.currentTime = 0;
      this.last = 0;
      this.card.classList.remove("is-paused", "is-loading");
      if (this.popup) this.popup.hidden = true;
    }
  }

  Clip.muted = window.memory.get("sound") !== "on";
  Clip.rate = 1;
  window.Clip = Clip;
})();
