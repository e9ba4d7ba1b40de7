// Keeps the bars of long work current while it goes on; when something has ended, the page is read again.
const EVERY_MS = 1500;

async function follow(node) {
  const answer = await fetch(node.dataset.job, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) {
    const { percent, words, open } = await answer.json();
    node.querySelector("progress").value = percent;
    node.querySelector("[data-words]").textContent = words;
    if (!open) return location.reload();
  }
  setTimeout(follow, EVERY_MS, node);
}

for (const node of document.querySelectorAll("[data-job]")) setTimeout(follow, EVERY_MS, node);
