// Likes, saves, follows: [data-engage-kind] toggles. The server has the last word.
(() => {
  "use strict";
  const csrf = document.querySelector('meta[name="csrf-token"]').content;
  const root = document.querySelector("[data-engage]");

  /* How it is now, or null when nobody answered. */
  window.engage = async (kind, on, { video = "", creator = "" }) => {
    const answer = await fetch(root.dataset.engage, {
      method: "POST",
      keepalive: true,
      headers: { "X-CSRFToken": csrf },
      body: new URLSearchParams({ kind, on: on ? 1 : 0, video, creator }),
    }).catch(() => null);
    return answer?.ok ? answer.json() : null;
  };

  /* Every button of the same thing: a creator stands on several cards. */
  function draw(button, { on, shown }) {
    const { mine, engageKind: kind } = button.dataset;
    for (const twin of document.querySelectorAll(`[data-mine="${CSS.escape(mine)}"]`)) {
      twin.setAttribute("aria-pressed", on);
      const count = twin.querySelector("[data-count]") ?? document.querySelector(`[data-count-of="${kind}"]`);
      if (count && shown) count.textContent = shown;
    }
  }

  async function toggle(button, on = button.getAttribute("aria-pressed") !== "true") {
    draw(button, { on });
    const now = await window.engage(button.dataset.engageKind, on, button.closest("[data-creator]").dataset);
    draw(button, now ?? { on: !on });
    if (!now) window.toast("That did not get through. Please try again.");
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-engage-kind]");
    if (button) toggle(button);
  });

  // A tap twice on a clip likes it, and never takes the like back.
  document.addEventListener("clip:like", ({ target: card, detail }) => {
    const button = card.querySelector('[data-engage-kind="like"]');
    if (!button) return;
    if (button.getAttribute("aria-pressed") !== "true") toggle(button, true);
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
