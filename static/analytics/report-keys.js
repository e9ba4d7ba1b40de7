// What the keyboard and the pointer may expect of a report: arrows between what is drawn, tips that are never cut off,
// menus that close, lists of choices that are fetched when their menu opens, and parts that come after the page.
const ARROWS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

document.addEventListener("keydown", (event) => {
  const bar = event.target.closest?.("[data-bar]");
  if (bar && (event.key in ARROWS || event.key === "Home" || event.key === "End")) {
    const bars = [...bar.closest("[data-bars], svg").querySelectorAll("[data-bar]")];
    const at = event.key === "Home" ? 0 : event.key === "End" ? bars.length - 1 : bars.indexOf(bar) + ARROWS[event.key];
    bars[Math.max(0, Math.min(bars.length - 1, at))].focus();
    event.preventDefault();
  }
  if (event.key === "Escape") {
    const menu = event.target.closest?.(".menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

// Placed in the window, so that no scrolling card cuts it off; above its word where there is no room below.
function place(event) {
  const tip = event.target.closest?.(".term")?.querySelector(".tip");
  if (!tip) return;
  const word = tip.parentElement.getBoundingClientRect();
  tip.classList.add("placed");
  const below = word.bottom + 6 + tip.offsetHeight < innerHeight;
  tip.style.top = `${below ? word.bottom + 6 : Math.max(8, word.top - 6 - tip.offsetHeight)}px`;
  tip.style.left = `${Math.max(8, Math.min(word.left, innerWidth - tip.offsetWidth - 8))}px`;
}
document.addEventListener("pointerover", place);
document.addEventListener("focusin", place);

async function fill(sheet) {
  for (const input of sheet.querySelectorAll("input[list]")) {
    const url = new URL(sheet.dataset.values, location.href);
    url.searchParams.set("field", input.name);
    const answer = await fetch(url).catch(() => null);
    if (!answer?.ok) return;
    const { values } = await answer.json();
    input.list.replaceChildren(...values.map((value) => Object.assign(document.createElement("option"), { value })));
  }
}

document.addEventListener(
  "toggle",
  (event) => {
    const sheet = event.target.open && event.target.querySelector?.("[data-values]:not([data-filled])");
    if (!sheet) return;
    sheet.dataset.filled = "";
    fill(sheet);
  },
  true,
);

// Empty fields stay out of the address.
document.querySelector("form.filters")?.addEventListener("submit", (event) => {
  for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
});
addEventListener("pageshow", () => {
  for (const field of document.querySelector("form.filters")?.elements ?? []) field.disabled = false;
});

async function draw(part) {
  const answer = await fetch(part.dataset.part).catch(() => null);
  if (answer?.ok) part.innerHTML = await answer.text();
  else part.querySelector("[data-loading]").textContent = "This could not be fetched. Reload the page to try again.";
  part.removeAttribute("data-part");
}
function drawAll() {
  for (const part of document.querySelectorAll("[data-part]")) draw(part);
}
drawAll();
document.addEventListener("report:swapped", drawAll);
