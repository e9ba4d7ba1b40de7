// Forms that stay on their page: <form data-stay> is sent by script and answered in a sentence; without one it is posted.
(() => {
  "use strict";
  const flying = new WeakSet();

  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (!form.matches("[data-stay]") || submitter?.matches("[data-leave]")) return;
    event.preventDefault();
    if (!flying.has(form)) send(form, submitter);
  });

  async function send(form, submitter) {
    const fields = new URLSearchParams(new FormData(form, submitter));
    const mine = form.querySelector("[data-mine]");
    if (mine && fields.has("on")) fields.set("on", mine.getAttribute("aria-pressed") === "true" ? 0 : 1);
    flying.add(form);
    const { worked, told } = await post(form.action, fields);
    flying.delete(form);
    if (!told) return location.reload();
    if (told.message ?? told.error) window.toast(told.message ?? told.error);
    if (!worked) return;
    if (mine && "on" in told) press(mine.dataset.mine, told);
    if ("count" in told) count(told.count);
    if (form.matches("[data-close-after]")) form.closest("dialog")?.close();
    for (const area of form.querySelectorAll("textarea")) area.value = "";
    form.dispatchEvent(new CustomEvent("stayed", { bubbles: true, detail: fields }));
  }

  /* Whether it worked, and what the shop says to it; nothing when it answered with a page. */
  async function post(address, fields) {
    try {
      const answer = await fetch(address, { method: "POST", headers: { Accept: "application/json" }, body: fields });
      const inJson = answer.headers.get("Content-Type")?.startsWith("application/json");
      return { worked: answer.ok, told: inJson ? await answer.json() : null };
    } catch {
      return { worked: false, told: { error: "No answer came. Please check your connection and try again." } };
    }
  }

  /* The same thing may stand twice on a page; mine.js marks the rest. */
  function press(thing, { on, shown }) {
    for (const button of document.querySelectorAll(`[data-mine="${thing}"]`)) {
      button.setAttribute("aria-pressed", on);
      if (shown) button.querySelector("[data-count]").textContent = shown;
    }
  }

  /* What the carts of this page say is inside. */
  function count(number) {
    for (const cart of document.querySelectorAll("[data-cart]")) {
      const badge = cart.querySelector(".badge") ?? cart.appendChild(document.createElement("span"));
      badge.className = "badge";
      badge.textContent = number;
      badge.hidden = !number;
      if (cart.ariaLabel) cart.ariaLabel = `Cart, ${number} inside`;
      requestAnimationFrame(() => badge.classList.add("is-bumped"));
    }
  }
})();
