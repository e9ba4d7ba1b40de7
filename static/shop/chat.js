// A conversation that goes on by itself: new answers come in, a message is sent without leaving. Without it, both reload.

const talk = document.getElementById("talk");
const form = document.querySelector("form.reply");
const POLL_MS = 3000;
const TIRED_MS = 10_000; // after five minutes in which nothing was said
let since = Date.now();

const toEnd = () => document.getElementById("end")?.scrollIntoView({ block: "end" });

async function look() {
  const answer = await fetch(`${talk.dataset.poll}?version=${talk.dataset.version}`);
  if (answer.status !== 200 || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  talk.dataset.version = page.querySelector("[data-version]").dataset.version;
  replace(document.querySelector("[data-live=about]"), page.querySelector("[data-live=about]"));
  if (merge(page.querySelector("[data-live=talk]"))) toEnd();
  since = Date.now();
}

/* Blocks are exchanged where they differ; the thread only grows, so that a screen reader reads what is new. */
function merge(fresh) {
  let before = null;
  let grown = false;
  const now = [...fresh.children];
  for (const block of now) {
    const old = talk.querySelector(`:scope > [data-block="${block.dataset.block}"]`);
    if (!old) before ? before.after(block) : talk.prepend(block);
    else if (old.querySelector(".thread")) grown = grow(old, block) || grown;
    else if (!old.contains(document.activeElement)) replace(old, block);
    before = talk.querySelector(`:scope > [data-block="${block.dataset.block}"]`);
  }
  const names = now.map((block) => block.dataset.block);
  [...talk.children].filter((block) => !names.includes(block.dataset.block)).forEach((block) => block.remove());
  return grown;
}

function grow(old, fresh) {
  const thread = old.querySelector(".thread");
  const more = [...fresh.querySelectorAll(".thread > li")].slice(thread.children.length);
  thread.append(...more);
  old.querySelector(".thread-seen")?.remove();
  const seen = fresh.querySelector(".thread-seen");
  if (seen) thread.after(seen);
  return more.length > 0;
}

function replace(old, fresh) {
  if (old && fresh && old.outerHTML !== fresh.outerHTML) old.replaceWith(fresh);
}

async function beat() {
  if (!document.hidden) await look().catch(() => {});
  setTimeout(beat, Date.now() - since < 300_000 ? POLL_MS : TIRED_MS);
}

async function send() {
  form.ariaBusy = "true";
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    if (answer.type === "opaqueredirect") {
      form.reset();
      form.elements.key.value = newKey();
      form.querySelector("[data-said]").replaceChildren();
      await look();
      toEnd();
    } else say(new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll(".reply-said > *"));
  } catch {
    say([Object.assign(document.createElement("p"), { textContent: "No connection. Your message is still here; send it again." })]);
  }
  form.ariaBusy = "false";
}

function say(sentences) {
  const all = [...sentences];
  if (!all.length) all.push(Object.assign(document.createElement("p"), { textContent: "That did not work. Please try again." }));
  all.forEach((one) => one.classList.add("field-error"));
  form.querySelector("[data-said]").replaceChildren(...all);
}

function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

if (talk) {
  toEnd();
  setTimeout(beat, POLL_MS);
  document.addEventListener("visibilitychange", () => document.hidden || look().catch(() => {}));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.ariaBusy !== "true") send();
  });
}

// On a keyboard Enter sends, with Shift it makes a new line; on a phone it is the phone's own.
form.elements.text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || matchMedia("(pointer: coarse)").matches) return;
  event.preventDefault();
  form.requestSubmit();
});

// A tapped picture is shown large; without a script its link saves it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-picture]");
  if (!link) return;
  event.preventDefault();
  const sheet = document.getElementById("picture");
  sheet.querySelector("img").replaceWith(Object.assign(new Image(), { src: link.href, alt: link.firstElementChild.alt }));
  sheet.showModal();
});
