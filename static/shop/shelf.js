// Shelves go on: [data-more] is a link to the next page; near the screen its cards come by themselves.
(() => {
  "use strict";

  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) more(target);
  }, { rootMargin: "800px" });

  async function more(link) {
    if (link.ariaBusy) return;
    link.ariaBusy = "true";
    try {
      const answer = await fetch(link.dataset.more);
      if (!answer.ok) throw new Error(answer.statusText);
      const cards = document.createRange().createContextualFragment(await answer.text());
      watch(cards);
      near.unobserve(link);
      link.replaceWith(cards);
    } catch {
      link.ariaBusy = null; // it is a link still
    }
  }

  function watch(root) {
    for (const link of root.querySelectorAll("[data-more]")) near.observe(link);
  }

  watch(document);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-more]");
    if (!link) return;
    event.preventDefault();
    more(link);
  });
})();
