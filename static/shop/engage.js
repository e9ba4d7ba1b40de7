// Likes, saves, follows and shares: [data-engage-kind] toggles, [data-share] shares. The server has the last word.
(() => {
  "use strict";
  const csrf = document.querySelector('meta[name="csrf-token"]').content;
  const root = document.querySelector("[data-engage]");

  async function engage(kind, on, about) {
    const answer = await fetch(root.dataset.engage, {
      method: "POST",
      headers: { "X-CSRFToken": csrf },
      body: new URLSearchParams({ kind, on: on ? 1 : 0, ...about }),
    });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  }

  const about = ({ video = "", creator = "" }) => ({ video, creator });

  /* Every button of the same thing: a creator stands on several cards. */
  function twins(kind, card) {
    const place = kind === "follow" ? `[data-creator="${card.creator}"]` : `[data-video="${card.video}"]`;
    return document.querySelectorAll(`${place} [data-engage-kind="${kind}"]`);
  }

  function draw(kind, card, { on, shown }) {
    for (const button of twins(kind, card)) {
      button.setAttribute("aria-pressed", on);
      const count = button.querySelector("[data-count]") ?? document.querySelector(`[data-count-of="${kind}"]`);
      if (count && shown) count.textContent = shown;
    }
  }

  async function toggle(button, on = button.getAttribute("aria-pressed") !== "true") {
    const kind = button.dataset.engageKind;
    const card = button.closest("[data-creator]").dataset;
    draw(kind, card, { on });
    try {
      draw(kind, card, await engage(kind, on, about(card)));
    } catch {
      draw(kind, card, { on: !on });
    }
  }

  async function share(button) {
    const card = button.closest("[data-creator]").dataset;
    if (!(await window.passOn(new URL(button.dataset.share, location.href).href))) return;
    const now = await engage("share", true, about(card)).catch(() => null);
    if (now) button.querySelector("[data-count]").textContent = now.shown;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-engage-kind]");
    if (button) toggle(button);
    const sharer = event.target.closest("[data-share]");
    if (sharer) share(sharer);
  });

  // A tap twice on a clip likes it, and never takes the like back.
  document.addEventListener("clip:like", ({ target: card, detail }) => {
    const button = card.querySelector('[data-engage-kind="like"]');
    if (!button) return;
    toggle(button, true);
    pop(card, button.querySelector(".icon").cloneNode(true), detail);
  });

  function pop(card, heart, { x, y }) {
    const box = card.getBoundingClientRect();
    heart.classList.add("heart-pop");
    heart.style.left = `${x - box.left}px`;
    heart.style.top = `${y - box.top}px`;
    card.append(heart);
    setTimeout(() => heart.remove(), 700);
  }
})();
