/* The journey inspector: what the browser says, merged with what the server has stored, by trail and number.
   A step is queued in the browser, sent, stored, and at last counted. Loaded by beacon.js on wide screens only. */
(async () => {
  "use strict";
  const aside = document.querySelector("[data-inspector]");
  const { panel, style, number, began, step: page } = aside.dataset;
  const STATES = ["queued", "sent", "stored", "counted"];
  const SOON_MS = 600;
  const EVERY_MS = 2000;
  const IDLE_MS = 30_000;
  const LOST_MS = 20_000; // a page that was shown and not recorded: an error, an empty search
  const SHOWN = 200;
  const SETTLED_MS = 10_000; // until then the last beacon of the page before may still be on its way

  const drawn = await fetch(panel).catch(() => null);
  if (!drawn?.ok) return;
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style });
  await new Promise((ready) => {
    sheet.onload = sheet.onerror = ready;
    document.head.append(sheet);
  });
  aside.innerHTML = await drawn.text();
  const words = JSON.parse(document.getElementById("inspector-words").textContent);
  const list = aside.querySelector(".inspector-steps");
  const steps = new Map();
  let offset = 0; // the server's clock minus this one's

  const now = () => Date.now() + offset;

  /* A step as it is known so far; what is known better is never taken back. */
  function meet({ trail = number, n, at, step, props = {} }, state) {
    const key = `${trail}.${n}`;
    const known = steps.get(key) ?? { key, trail, n, step, state, row: null };
    const grown = STATES.indexOf(state) > STATES.indexOf(known.state);
    if (grown && state === "counted" && known.live) known.lag = now() - at;
    Object.assign(known, { at, props, live: known.live || state !== "counted" }, grown && { state });
    steps.set(key, known);
    return known;
  }

  const said = ({ n, dt, step, props }, state) => meet({ n, at: Number(began) + dt, step, props }, state);

  /* The order of what happened, the newest first; the oldest are let go. */
  function inOrder() {
    const order = [...steps.values()].sort((a, b) => b.at - a.at || b.n - a.n);
    for (const { key, row } of order.splice(SHOWN)) steps.delete(key), row?.remove();
    return order;
  }

  function draw() {
    const order = inOrder();
    order.forEach((step, place) => {
      step.row ??= row(step);
      fill(step, order[place + 1]);
      if (list.children[place] !== step.row) list.insertBefore(step.row, list.children[place] ?? null);
    });
    aside.querySelector(".inspector-none").hidden = order.length > 0;
    reach(new Set(order.map(({ step }) => words[step]?.[0])));
    const last = order.find(({ lag }) => lag);
    if (last) aside.querySelector("[data-lag]").textContent = `The last step was counted ${time(last.lag)} after it happened.`;
  }

  function reach(stages) {
    for (const item of aside.querySelectorAll(".inspector-stages > li")) {
      const is = stages.has(Number(item.dataset.stage));
      if (item.classList.toggle("is-reached", is)) item.querySelector("[data-reached]").textContent = ", reached";
    }
  }

  const part = (name, parent) => parent.appendChild(Object.assign(document.createElement("span"), { className: name }));

  function row({ step, trail }) {
    const item = document.createElement("li");
    const [stage = 0, teller = ""] = words[step] ?? [];
    Object.assign(item.dataset, { stage, step, trail, teller });
    part("step-name", item).textContent = step;
    part("step-since", item);
    part("step-about", item);
    part("step-state", item);
    return item;
  }

  function fill({ row, at, step, state, props, lag }, before) {
    const text = (name, said) => {
      const place = row.querySelector(`.step-${name}`);
      if (place.textContent !== said) place.textContent = said;
    };
    row.dataset.state = state;
    text("since", before ? `+${time(at - before.at)}` : "start");
    text("about", about(props) || (words[step]?.[2] ?? ""));
    text("state", `${row.dataset.teller} · ${state}${lag ? ` after ${time(lag)}` : ""}`);
  }

  const time = (ms) => {
    const seconds = Math.max(0, ms) / 1000;
    return seconds < 10 ? `${seconds.toFixed(1)} s` : seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
  };

  const MAIN = ["product", "video", "order", "ticket", "term", "list", "block", "category", "sku", "code"];
  const QUIET = ["creator", "position", "index", "currency", "muted", "autoplay"];

  /* The properties worth reading, what it is about first. */
  function about(props) {
    const told = Object.keys(props).filter((name) => props[name] !== "" && props[name] !== null);
    const others = told.filter((name) => !MAIN.includes(name) && !QUIET.includes(name));
    const names = [...MAIN.filter((name) => told.includes(name)), ...others];
    return (names.length ? names : told.filter((name) => name === "creator"))
      .slice(0, 3)
      .map((name) => (MAIN.includes(name) && name !== "list" ? props[name] : `${name} ${value(name, props[name])}`))
      .join(" · ");
  }

  const value = (name, of) => (name === "value" ? (of / 100).toFixed(2) : name.endsWith("_ms") ? time(of) : of);

  /* Asking the server: often while something is on its way, seldom when all is counted, never unseen. */
  let pause = EVERY_MS;
  let timer = 0;

  function later(ms) {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(ask, ms);
  }

  function oldestOpen() {
    const open = [...steps.values()].filter(({ state }) => state !== "counted").map(({ trail }) => BigInt(trail));
    const trails = open.length ? open : [...steps.values()].map(({ trail }) => BigInt(trail));
    const from = (a, b) => (open.length ? a < b : a > b);
    return trails.reduce((a, b) => (from(a, b) ? a : b), trails[0] ?? 0n);
  }

  async function ask() {
    const answer = await fetch(`${aside.dataset.steps}?after=${performance.now() < SETTLED_MS ? 0 : oldestOpen()}`).catch(() => null);
    if (answer?.ok) {
      const told = await answer.json();
      offset = told.now - Date.now();
      for (const step of told.steps) meet(step, told.counted ? "counted" : "stored");
      forget();
      draw();
    }
    const open = [...steps.values()].some(({ state }) => state !== "counted");
    pause = open ? EVERY_MS : Math.min(pause * 2, IDLE_MS);
    later(pause);
  }

  function forget() {
    for (const { key, state, at, n, row } of steps.values()) {
      if (n === 0 && state === "sent" && now() - at > LOST_MS) steps.delete(key), row?.remove();
    }
  }

  function stir() {
    if (pause > EVERY_MS) later(EVERY_MS);
    pause = EVERY_MS;
  }

  document.addEventListener("journey:said", ({ detail }) => {
    said(detail, "queued");
    draw();
    stir();
  });
  document.addEventListener("journey:sent", ({ detail }) => {
    for (const event of detail) said(event, "sent");
    draw();
    stir();
  });
  document.addEventListener("visibilitychange", () => later(SOON_MS));
  aside.querySelector("[data-start-over]").addEventListener("submit", () => {
    window.journey.leave();
    window.journey.stop(); // who comes next has said none of this
    localStorage.clear();
    sessionStorage.clear();
  });

  if (page) meet({ n: 0, at: Number(began), step: page }, "sent");
  for (const event of window.journey.waiting()) said(event, "queued");
  draw();
  later(SOON_MS);
})();
