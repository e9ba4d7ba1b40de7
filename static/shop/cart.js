// A tap in the cart draws the page anew: it stays where it was, and so does the focus.
(() => {
  "use strict";
  const KEPT = "cart: where the page was";
  const phone = document.querySelector(".phone");

  const where = () => ({ at: Date.now(), page: scrollY, phone: phone.scrollTop, focus: document.activeElement?.id });

  document.addEventListener("submit", () => sessionStorage.setItem(KEPT, JSON.stringify(where())));

  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  sessionStorage.removeItem(KEPT);
  if (!kept || Date.now() - kept.at > 10_000) return;
  history.scrollRestoration = "manual";
  const back = () => {
    scrollTo(0, kept.page);
    phone.scrollTo(0, kept.phone);
    document.getElementById(kept.focus)?.focus({ preventScroll: true });
  };
  back();
  const note = document.querySelector(".notes .note");
  if (note && kept.page + kept.phone > 0) window.toast(note.textContent.trim()); // it stands above what is in sight
  addEventListener("load", back); // after the browser has gone to the line the address names
})();
