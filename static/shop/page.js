// What every page can do: open sheets, say something in passing, pass on a link, go back.

// Sheets: [data-open="id"] opens that <dialog>, [data-close] or a tap beside it closes it. Escape is the browser's own.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  const sheet = opener && document.getElementById(opener.dataset.open);
  if (sheet) {
    event.preventDefault();
    sheet.showModal();
  } else if (event.target.matches("dialog") || event.target.closest("[data-close]")) {
    event.target.closest("dialog").close();
  }
});

// The back button closes a sheet and does not leave the page: while one is open, it has a place of its own in the history.
{
  const openSheets = () => document.querySelectorAll("dialog[open]");
  let placed = Boolean(history.state?.sheet);
  let leaving = placed;
  if (placed) history.back(); // the page was loaded anew, and its sheet is gone

  function place() {
    if (placed || !openSheets().length) return;
    placed = true;
    history.pushState({ ...history.state, sheet: true }, "");
  }

  // One sheet may have taken the place of another.
  function leave() {
    if (!placed || leaving || openSheets().length) return;
    leaving = true;
    history.back();
  }

  function arrive() {
    placed = Boolean(history.state?.sheet);
    if (leaving) place();
    else if (!placed) for (const sheet of openSheets()) sheet.close();
    leaving = false;
    if (!placed) document.dispatchEvent(new Event("sheets:closed"));
  }

  new MutationObserver(place).observe(document.body, { subtree: true, attributeFilter: ["open"] });
  document.addEventListener("close", leave, { capture: true });
  addEventListener("popstate", arrive);
}

// On a laptop the phone scrolls inside the page, and no browser remembers how far.
{
  const phone = document.getElementById("phone");
  if (history.state?.at) phone.scrollTop = history.state.at;
  phone.addEventListener("scrollend", () => history.replaceState({ ...history.state, at: phone.scrollTop }, ""));
}

/* Says something in passing, also to a screen reader: in the sheet that is open, and still when it closes. */
window.toast = (sentence) => {
  document.querySelector(".toast")?.remove();
  const note = Object.assign(document.createElement("p"), { className: "toast", role: "status", textContent: sentence });
  const phone = document.getElementById("phone");
  const sheet = [...document.querySelectorAll("dialog[open]")].at(-1);
  (sheet ?? phone).append(note);
  sheet?.addEventListener("close", () => note.isConnected && phone.append(note), { once: true });
  setTimeout(() => note.remove(), 3000);
};

/* What a browser keeps for the next visit; one that keeps nothing forgets. */
window.memory = {
  get(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  },
  set(name, text) {
    try {
      localStorage.setItem(name, text);
    } catch {}
  },
};

// Who has deleted everything leaves nothing on the device either: no search, no sound.
if (document.querySelector("[data-forgotten]")) {
  try {
    localStorage.clear();
    sessionStorage.clear();
  } catch {}
}

// A back arrow goes where the buyer came from; its link is for who came from elsewhere, or from a form on this page.
document.addEventListener("click", (event) => {
  const back = event.target.closest("[data-back]");
  const from = document.referrer && new URL(document.referrer);
  if (!back || !from || from.origin !== location.origin || from.pathname === location.pathname) return;
  event.preventDefault();
  history.back();
});

/* Share an address; false when the buyer thought better of it. Without https a browser offers neither way, so it asks. */
window.passOn = async (url) => {
  try {
    if (navigator.share) await navigator.share({ title: document.title, url });
    else if (navigator.clipboard) await navigator.clipboard.writeText(url);
    else return prompt("Copy this link:", url) !== null;
    if (!navigator.share) window.toast("The link is copied.");
    return true;
  } catch {
    return false;
  }
};
