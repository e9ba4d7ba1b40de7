// Sheets that are filled when they open: [data-fill] says from where; a form[data-refill] is answered by the sheet anew.
(() => {
  "use strict";
  const copy = (id) => document.getElementById(id).content.cloneNode(true);
  const ANSWERS = [200, 201, 422, 429]; // the sheet, with or without a word about what was wrong

  async function fill(sheet, address) {
    sheet.dataset.from = address;
    sheet.replaceChildren(copy("filling"));
    const html = await text(address);
    if (sheet.dataset.from !== address) return;
    if (html === null) sheet.replaceChildren(copy("not-filled"));
    else draw(sheet, html);
  }

  async function text(address, options) {
    const answer = await fetch(address, options).catch(() => null);
    return answer && ANSWERS.includes(answer.status) ? answer.text() : null;
  }

  function draw(sheet, html) {
    sheet.innerHTML = html;
    const wrong = sheet.querySelector("[role=alert]");
    (wrong?.closest("form").querySelector("input:not([type=hidden])") ?? sheet.querySelector("[data-close]")).focus();
    const told = sheet.querySelector("[data-comment-count]")?.dataset.commentCount;
    const counts = document.querySelectorAll(`[data-fill="${sheet.dataset.from}"] [data-count-of="comment"]`);
    if (told) for (const count of counts) count.textContent = told;
    sheet.dispatchEvent(new CustomEvent("sheet:filled", { bubbles: true }));
  }

  async function more(button) {
    button.disabled = true;
    const html = await text(button.dataset.more);
    button.disabled = false;
    if (html === null) window.toast("That did not load. Please try again.");
    else button.closest("li").outerHTML = html;
  }

  async function send(form) {
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    const html = await text(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    form.ariaBusy = "false";
    if (html === null) window.toast("That did not get through. Nothing was changed; please try again.");
    else draw(form.closest("dialog"), html);
  }

  document.addEventListener("click", ({ target }) => {
    const opener = target.closest("[data-fill]");
    if (opener) fill(document.getElementById(opener.dataset.open), opener.dataset.fill);
    const again = target.closest("[data-fill-again]")?.closest("dialog");
    if (again) fill(again, again.dataset.from);
    const next = target.closest("[data-more]");
    if (next) more(next);
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-refill]")) return;
    event.preventDefault();
    send(event.target);
  });
})();
