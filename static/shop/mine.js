// What is this buyer's own: pages are drawn alike for everyone, #mine says which [data-mine] buttons are pressed here.
(() => {
  "use strict";
  const mine = new Set();

  /* The list of a page, or of HTML that was just put into it. */
  function read(list) {
    for (const name of JSON.parse(list.textContent)) mine.add(name);
    list.remove();
  }

  function press(button) {
    if (!mine.has(button.dataset.mine)) return;
    button.setAttribute("aria-pressed", "true");
    button.classList.add("is-mine");
  }

  function meet(part) {
    for (const list of part.querySelectorAll("#mine")) read(list);
    for (const button of part.querySelectorAll("[data-mine]")) press(button);
  }

  /* Somebody pressed it: what is put into the page later has to agree. */
  function remember(button) {
    const on = button.getAttribute("aria-pressed") === "true";
    button.classList.toggle("is-mine", on);
    if (on) mine.add(button.dataset.mine);
    else mine.delete(button.dataset.mine);
  }

  const watch = { subtree: true, childList: true, attributeFilter: ["aria-pressed"] };
  meet(document);
  new MutationObserver((changes) => {
    const changed = changes.filter(({ type, target }) => type === "attributes" && target.matches("[data-mine]"));
    for (const { target } of changed) remember(target);
    if (changes.some(({ addedNodes }) => addedNodes.length)) meet(document);
  }).observe(document.body, watch);
})();
