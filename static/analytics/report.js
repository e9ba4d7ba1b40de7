// Reads the report again while its box is ticked, and says how old the numbers are.
const EVERY = 5000;
const report = document.querySelector("[data-report]");
let live = false;
let read = Date.now();

async function again() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-report]");
  // What is being read by keyboard stays under the finger: the page is swapped when the focus is elsewhere.
  if (!fresh || (report.contains(document.activeElement) && !document.activeElement.matches("[data-live]"))) return;
  const held = document.activeElement?.matches("[data-live]");
  // What came after the page stays until its newer version is there.
  const old = report.querySelector("#trend");
  const part = fresh.querySelector("#trend[data-part]");
  if (old && part && !old.dataset.part) part.replaceChildren(...old.childNodes);
  report.replaceChildren(...fresh.childNodes);
  document.dispatchEvent(new Event("report:swapped"));
  const box = report.querySelector("[data-live]");
  box.checked = live;
  if (held) box.focus();
  read = Date.now();
}

report?.addEventListener("change", (event) => {
  if (event.target.matches("[data-live]")) live = event.target.checked;
});

if (report) {
  setInterval(() => {
    const age = Math.round((Date.now() - read) / 1000);
    report.querySelector("[data-read]").textContent = `Updated ${age} second${age === 1 ? "" : "s"} ago.`;
    if (live && Date.now() - read >= EVERY) again();
  }, 1000);
}
