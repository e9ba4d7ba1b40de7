// Search: suggestions while typing, as a combobox with a listbox; recent searches are kept on this device only.
(() => {
  "use strict";
  const KEY = "searches";
  const KEPT = 8;
  const field = document.querySelector("[data-suggest]");
  const box = document.getElementById("suggestions");

  const read = () => JSON.parse(window.memory.get(KEY)) ?? [];
  const write = (searches) => window.memory.set(KEY, JSON.stringify(searches.slice(0, KEPT)));

  const searched = document.querySelector("[data-searched]")?.dataset.searched;
  if (searched) write([searched, ...read().filter((query) => query !== searched)]);

  const recent = document.querySelector("[data-recent]");
  if (recent && read().length) {
    const clock = document.querySelector(".search-field .icon").cloneNode(true);
    for (const query of read()) {
      const link = document.createElement("a");
      link.href = `${field.form.action}?q=${encodeURIComponent(query)}`;
      link.append(clock.cloneNode(true), Object.assign(document.createElement("span"), { textContent: query }));
      recent.querySelector("ul").appendChild(document.createElement("li")).append(link);
    }
    recent.hidden = false;
    recent.querySelector("[data-forget]").addEventListener("click", () => {
      write([]);
      recent.hidden = true;
      field.focus();
    });
  }

  /* The combobox: arrows move, Enter takes, Escape closes. */
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", "suggestions");
  field.setAttribute("aria-expanded", "false");
  const options = () => [...box.querySelectorAll("[role=option]")];
  const selected = () => box.querySelector('[aria-selected="true"]');

  function select(option) {
    selected()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  }

  function close() {
    box.hidden = true;
    select(null);
    field.setAttribute("aria-expanded", "false");
  }

  let timer = 0;
  let asked = "";

  async function suggest() {
    const query = field.value.trim();
    asked = query;
    if (!query) return close();
    const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(query)}`).catch(() => null);
    if (!answer?.ok || asked !== query) return;
    box.innerHTML = await answer.text();
    box.hidden = !options().length;
    field.setAttribute("aria-expanded", String(!box.hidden));
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    asked = null; // an answer on its way is out of date
    timer = setTimeout(suggest, 140);
  });

  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !box.hidden) return event.preventDefault(), close();
    if (event.key === "Enter" && selected()) {
      event.preventDefault();
      selected().click();
    }
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || box.hidden) return;
    event.preventDefault();
    const all = [null, ...options()];
    select(all.at((all.indexOf(selected()) + by) % all.length));
  });

  field.form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    asked = null;
    if (!field.value.trim()) event.preventDefault();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!box.contains(target) && target !== field) close();
  });
  field.addEventListener("blur", (event) => {
    if (!box.contains(event.relatedTarget)) setTimeout(close, 150);
  });
})();
