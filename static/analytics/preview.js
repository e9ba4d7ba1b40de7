// While a report is written: asks the server what it would show of the last days, and what is wrong with it.
const PAUSE = 400;
const writing = document.querySelector("form[data-preview]");
let timer = 0;
let asked = 0;

function say(words) {
  document.querySelector("[data-preview-state]").textContent = words;
}

function point(wrong) {
  for (const place of writing.querySelectorAll("[data-wrong]")) {
    const name = place.dataset.wrong;
    if (!(name in wrong) && !place.dataset.live) continue; // what was wrong when it was saved stays until then
    place.textContent = wrong[name] ?? "";
    place.hidden = !wrong[name];
    place.dataset.live = "yes";
  }
}

async function look(byHand) {
  const mine = ++asked;
  say("Counting…");
  const answer = await fetch(writing.dataset.preview, { method: "POST", body: new FormData(writing) }).catch(() => null);
  if (mine !== asked) return; // a later question is on its way
  if (!answer?.ok) return say("The preview cannot be drawn just now; saving works all the same.");
  const { html, wrong, steps } = await answer.json();
  point(wrong);
  const picture = document.querySelector("[data-preview-picture]");
  if (html) picture.innerHTML = html;
  picture.classList.toggle("stale", !html);
  const begun = writing.elements.line.value.trim() !== "";
  say(html ? "The last 7 days." : begun ? (Object.values(wrong)[0] ?? "Nothing to draw yet.") : "Add a step: its numbers of the last 7 days appear here.");
  if (byHand) document.dispatchEvent(new CustomEvent("steps-read", { detail: steps }));
}

function soon(event) {
  clearTimeout(timer);
  timer = setTimeout(() => look(event.target.name === "line" || event.target.name === "labels"), PAUSE);
}

if (writing) {
  document.querySelector("[data-preview-here]").hidden = false;
  writing.addEventListener("input", soon);
  writing.addEventListener("steps-changed", soon);
  look(false);
}
