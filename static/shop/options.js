// What can be done with the clip that plays: its speed, no more of it, a report; and passing it on.
(() => {
  "use strict";
  const menu = document.getElementById("menu");
  const report = document.getElementById("report");
  const csrf = document.querySelector('meta[name="csrf-token"]').content;
  const card = () => window.feed.current()?.card;

  menu.addEventListener("change", ({ target }) => {
    Clip.rate = Number(target.value);
    const { video } = window.feed.current();
    if (video) video.playbackRate = Clip.rate;
    menu.close();
    window.toast(`Plays at ${target.value}× speed.`);
  });

  // One sheet takes the place of another.
  document.addEventListener("click", ({ target }) => {
    const opener = target.closest("dialog [data-open]");
    if (opener) opener.closest("dialog").close();
  });

  menu.querySelector("[data-hide]").addEventListener("click", async () => {
    const hidden = card();
    menu.close();
    if (!(await window.engage("hide", true, hidden.dataset))) return window.toast("That did not get through. Please try again.");
    window.toast("You will not see this video again.");
    skip(hidden);
  });

  function skip(hidden) {
    const feed = document.getElementById("feed");
    const left = () => card() !== hidden && window.feed.drop(hidden);
    feed.addEventListener("scrollend", () => setTimeout(left, 50), { once: true });
    window.feed.go(1);
  }

  report.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(event.target));
    const address = event.target.dataset.report.replace("a-video", card().dataset.video);
    const answer = await fetch(address, { method: "POST", headers: { "X-CSRFToken": csrf }, body }).catch(() => null);
    if (answer?.ok) report.close(), event.target.reset();
    window.toast(answer?.ok ? (await answer.json()).message : "That did not get through. Please try again.");
  });

  document.addEventListener("sheet:filled", ({ target }) => {
    const other = target.querySelector('[data-pass-on="system"]');
    if (other) other.hidden = !navigator.share;
  });

  document.addEventListener("click", async ({ target }) => {
    const way = target.closest("[data-pass-on]")?.dataset.passOn;
    if (!way || !(await pass(way, document.getElementById("share-address")))) return;
    const now = await window.engage("share", true, card().dataset);
    if (now) card().querySelector('[data-count-of="share"]').textContent = now.shown;
  });

  /* False when the buyer thought better of it. */
  async function pass(way, address) {
    if (way === "system") return window.passOn(address.value);
    address.select();
    const copied = await copy(address.value);
    window.toast(copied ? "The link is copied." : "The link is marked: copy it from there.");
    return copied;
  }

  /* Without https there is no clipboard to write to, but the old way still works. */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return document.execCommand("copy");
    }
  }
})();
