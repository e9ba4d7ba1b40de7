// All reviews in a sheet: [data-reviews] links load into it, filters and pages as well; without a script they are pages.
(() => {
  "use strict";
  const sheet = document.getElementById("reviews-sheet");
  const body = sheet.querySelector(".sheet-body");
  const skeleton = sheet.querySelector("template").content;
  let latest = "";

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-reviews]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (!sheet.open) sheet.showModal();
    load(link.href);
  });

  async function load(address) {
    latest = address;
    body.replaceChildren(skeleton.cloneNode(true));
    body.scrollTop = 0;
    const drawn = await fetched(address);
    if (latest !== address) return;
    body.innerHTML = drawn ?? `<p class="note note-bad">The reviews did not load. Please try again.</p>`;
    body.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
    body.focus({ preventScroll: true });
  }

  async function fetched(address) {
    const part = new URL(address);
    part.searchParams.set("part", 1);
    try {
      const answer = await fetch(part);
      return answer.ok ? await answer.text() : null;
    } catch {
      return null;
    }
  }
})();
