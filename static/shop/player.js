// One clip: plays, pauses, shows how far it is, and brings out its product after enough watching.
(() => {
  "use strict";
  const feed = document.getElementById("feed");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const delay = Number(feed.dataset.anchorDelay);
  const DOUBLE_TAP_MS = 260;

  class Clip {
    constructor(card) {
      this.card = card;
      this.video = card.querySelector("video");
      this.line = card.querySelector(".clip-line");
      this.watched = 0;
      this.last = 0;
      if (this.video) this.listen();
      this.offerMore();
    }

    listen() {
      const { video, line, card } = this;
      video.controls = false;
      video.addEventListener("timeupdate", () => this.tick());
      video.addEventListener("play", () => card.classList.remove("is-paused"));
      video.addEventListener("error", () => this.fail());
      line.addEventListener("input", () => {
        if (video.duration) video.currentTime = (line.value / 1000) * video.duration;
      });
      card.querySelector(".clip-tap").addEventListener("click", (event) => this.tap(event));
    }

    /* Waits a moment for a second tap; a key or a screen reader's click comes without coordinates and needs no wait. */
    tap(event) {
      if (this.waiting) {
        clearTimeout(this.waiting);
        this.waiting = 0;
        const { clientX: x, clientY: y } = event;
        return this.card.dispatchEvent(new CustomEvent("clip:like", { bubbles: true, detail: { x, y } }));
      }
      this.waiting = setTimeout(() => ((this.waiting = 0), this.toggle()), event.detail ? DOUBLE_TAP_MS : 0);
    }

    tick() {
      const { currentTime: now, duration } = this.video;
      const step = now - this.last;
      this.last = now;
      if (step > 0 && step < 1.5) this.watched += step * 1000;
      if (this.watched >= delay) this.showAnchor();
      this.line.value = duration ? (now / duration) * 1000 : 0;
      this.line.style.setProperty("--played", `${this.line.value / 10}%`);
    }

    /* A product must not depend on its clip: what cannot be watched, or is not to move, shows it all the same. */
    fail() {
      this.card.querySelector(".clip-failed").hidden = false;
      this.showAnchor();
    }

    showAnchor() {
      this.card.querySelector("[data-anchor]")?.classList.add("is-shown");
    }

    offerMore() {
      const text = this.card.querySelector(".caption-text");
      const more = this.card.querySelector(".caption-more");
      if (!text || text.scrollHeight <= text.clientHeight + 2) return;
      more.hidden = false;
      more.addEventListener("click", () => (more.textContent = text.classList.toggle("is-open") ? "less" : "more"));
    }

    near() {
      if (this.video) this.video.preload = "auto";
    }

    enter() {
      if (!this.video) return;
      this.near();
      this.video.muted = Clip.muted;
      if (!calm) return this.play();
      this.pause();
      setTimeout(() => this.showAnchor(), delay);
    }

    play() {
      // A browser may refuse to start with sound; then it starts without, and if not even that, the button says so.
      this.video.play().catch((error) => {
        if (error.name !== "NotAllowedError") return;
        if (!this.video.muted) {
          this.video.muted = true;
          this.play();
        } else this.pause();
      });
    }

    pause() {
      this.video?.pause();
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
      this.card.classList.remove("is-paused");
    }
  }

  Clip.muted = sessionStorage.getItem("sound") !== "on";
  window.Clip = Clip;
})();
