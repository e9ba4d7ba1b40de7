// One tap is enough: the order is sent by script, the button rests meanwhile, and comes back when no answer does.
(() => {
  "use strict";
  const PATIENCE_MS = 15_000;
  const $ = (selector) => document.querySelector(selector);
  let flying = false;

  document.addEventListener("submit", (event) => {
    if (event.target.id !== "checkout") return;
    event.preventDefault();
    if (!flying) place(event.target);
  });

  async function place(form) {
    rest(true);
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(form)),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (answer.ok) return location.assign((await answer.json()).go);
      show(new DOMParser().parseFromString(await answer.text(), "text/html"));
      rest(false);
    } catch {
      rest(false);
      $("#lost").hidden = false; // the key of the page makes a second try safe
    }
  }

  function rest(yes) {
    flying = yes;
    const button = $("button[form=checkout]");
    if (!button) return;
    button.disabled = yes;
    button.dataset.says ??= button.textContent;
    button.textContent = yes ? "Placing your order …" : button.dataset.says;
    if (yes) $("#lost").hidden = true;
  }

  /* The shop said no, with a page that says why: it takes the place of this one. */
  function show(page) {
    document.title = page.title;
    for (const link of page.querySelectorAll('link[rel="stylesheet"]')) {
      if (!$(`link[href="${link.getAttribute("href")}"]`)) document.head.append(link);
    }
    for (const part of [".top", "main", ".bottom"]) $(`.phone > ${part}`).replaceWith(page.querySelector(`.phone > ${part}`));
    scrollTo(0, 0);
    $(".phone").scrollTo(0, 0);
    look();
  }

  /* What went wrong is brought into sight: the first field that was refused, or the payment. */
  function look() {
    const wrong = $("#checkout [aria-invalid=true]:not([type=radio]), #checkout [aria-invalid=true]:checked");
    if (!wrong) return;
    wrong.closest("details")?.setAttribute("open", "");
    wrong.focus({ preventScroll: true });
    wrong.closest(".field, fieldset").scrollIntoView({ block: "center" });
  }

  /* The address card says what its fields say. */
  document.addEventListener("input", (event) => {
    const card = event.target.closest(".address")?.querySelector("[data-address]");
    if (!card) return;
    const { full_name, street, unit, city, state, zip } = event.target.form.elements;
    const where = [street.value, unit.value].filter(Boolean).join(", ");
    const name = Object.assign(document.createElement("b"), { textContent: full_name.value });
    const lines = [where, `${city.value}, ${state.value} ${zip.value}`];
    card.replaceChildren(name, ...lines.flatMap((line) => [document.createElement("br"), line]));
  });

  addEventListener("pageshow", (event) => event.persisted && location.reload());
  history.scrollRestoration = "manual";
  look();
})();
