/* The browser's half of the instrument: events continue the trail of the page they happened on.
   They are numbered here, and timed from the moment the page's answer began to arrive. What is worth saying: sights.js.
   What waits lies in a box per page, mirrored in the storage of the tab: the next page sends what this one could not. */
(() => {
  "use strict";
  const { trail, number, n: first, beacon: address } = document.body.dataset;
  const FLUSH_MS = 2000;
  const FLUSH_AT = [20, 16_000]; // events, bytes
  const BEACON = [50, 60_000];
  const TOO_MUCH = [201, 200_001];
  const PATIENCE_MS = 15_000;
  const BACKOFF_MS = [1000, 60_000];
  const SLEPT_MS = 2000;
  const BOUNCE_MS = 5000;
  const BOX = "journey:";

  const store = (() => {
    try {
      return sessionStorage;
    } catch {
      return {}; // forbidden
    }
  })();
  const keys = () => Object.keys(store).filter((key) => key.startsWith(BOX)).sort();
  const forget = () => keys().forEach((key) => delete store[key]);
  if (!trail) return forget();

  const csrf = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  const arrival = performance.getEntriesByType("navigation")[0];
  // Not the start of the navigation: then an event would be dated after the page it leads to.
  const origin = arrival?.responseStart ?? 0;
  const clocks = Date.now() - performance.now();
  const place = location.pathname;

  // The numbers of a page live in its memory only: a tab that is duplicated takes the storage along.
  const own = { key: BOX + number, trail, place, last: first - 1, texts: [], handed: new Set() };
  let boxes = [own];
  let fresh = arrival?.type === "navigate" && document.referrer.startsWith(location.origin + "/");
  let busy = false;
  let stopped = false;
  let pause = 0;
  let backoff = BACKOFF_MS[0];
  let latest = 0;

  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`journey:${name}`, { detail }));
  const over = (texts, [many, large]) => texts.length >= many || texts.join().length >= large;

  /* A machine that sleeps stops one of the two clocks. */
  function now() {
    const slept = Date.now() - performance.now() - clocks;
    const passed = performance.now() - origin + (slept > SLEPT_MS ? slept : 0);
    return (latest = Math.max(latest, Math.round(passed)));
  }

  function say(step, props = {}) {
    if (stopped) return;
    const event = { n: ++own.last, dt: now(), step, props };
    const escape = (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
    own.texts.push(JSON.stringify(event).replace(/[^ -~]/g, escape)); // a letter is a byte
    while (over(boxes.flatMap(({ texts }) => texts), TOO_MUCH)) drop();
    save(own);
    tell("said", event);
    if (over(own.texts, FLUSH_AT)) flush();
  }

  /* The oldest goes. It leaves a gap in the numbers, so the loss is counted. */
  function drop() {
    const box = boxes.find(({ texts }) => texts.length);
    box.texts.shift();
    if (box !== own) save(box);
  }

  function save(box) {
    const { key, texts, handed, ...rest } = box;
    if (stopped || !boxes.includes(box)) return;
    try {
      if (rest.told && !texts.length) delete store[key];
      else store[key] = JSON.stringify({ ...rest, texts });
    } catch {} // the storage is full
  }

  /* What pages before this one in the tab have left, the oldest first, and how far they had counted. */
  function inherit(back) {
    const read = (key) => ({ ...JSON.parse(store[key]), key, handed: new Set() });
    const before = keys().filter((key) => key !== own.key).map(read);
    const ended = before.filter(({ told }) => !told);
    boxes = [...before, own];
    for (const box of ended) {
      say("trail_end", { trail: box.key.slice(BOX.length), last: box.last });
      box.told = true;
      save(box);
    }
    const { stayed, place } = ended.at(-1) ?? {};
    if (back && stayed < BOUNCE_MS) say("back_bounce", { place, stayed_ms: stayed });
  }

  /* As many events as one beacon may hold. */
  function load(texts) {
    let size = 0;
    const end = texts.findIndex((text, at) => at === BEACON[0] || (size += text.length + 1) > BEACON[1] - 1000);
    return end < 0 ? texts : texts.slice(0, Math.max(end, 1));
  }

  const payload = ({ trail }, texts) => `{"trail":${JSON.stringify(trail)},"events":[${texts}]}`;

  async function flush() {
    if (busy || stopped || document.hidden || performance.now() < pause) return;
    busy = true;
    for (const box of [...boxes]) {
      for (let left = box.texts.length; left > 0 && !stopped; ) {
        const texts = load(box.texts.slice(0, left));
        if (!(await post(box, texts))) return (busy = false);
        left -= texts.length;
      }
    }
    busy = false;
  }

  /* True when there is an answer for good: taken, or never to be taken. */
  async function post(box, texts) {
    const answer = await fetch(address, {
      method: "POST",
      keepalive: true,
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
      body: payload(box, texts),
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch(() => ({}));
    const refused = answer.status === 403;
    if (refused && box === own) return stop();
    if (!answer.ok && !refused && answer.status !== 400 && answer.status !== 413) return later(answer.headers);
    const gone = new Set(refused ? box.texts : texts); // a page before may have been somebody else's
    box.texts = box.texts.filter((text) => !gone.has(text));
    backoff = BACKOFF_MS[0];
    save(box);
    if (answer.ok && box === own) tell("sent", texts.map((text) => JSON.parse(text)));
    return true;
  }

  function later(headers) {
    pause = performance.now() + Math.max(backoff, 1000 * headers?.get("Retry-After") || 0);
    backoff = Math.min(2 * backoff, BACKOFF_MS[1]);
  }

  /* Nobody confirms what is sent now, so it stays in its box. It may come twice: a number counts once. */
  function leave() {
    for (const box of boxes) {
      for (let texts; (texts = load(box.texts.filter((text) => !box.handed.has(text)))).length; ) {
        const form = new FormData();
        form.append("csrfmiddlewaretoken", csrf);
        form.append("payload", payload(box, texts));
        if (!navigator.sendBeacon(address, form)) return;
        texts.forEach((text) => box.handed.add(text));
      }
    }
  }

  function stop() {
    stopped = true;
    boxes = [];
    forget();
  }

  let away = false;
  let frozen = false;

  function go(reason) {
    if (!away) {
      away = true;
      tell("leaving", reason);
      own.stayed = fresh ? now() : undefined;
      say("page_hidden");
    }
    leave();
  }

  function come() {
    for (const { handed } of boxes) handed.clear();
    if (away) {
      away = false;
      say("page_shown", { reason: frozen ? "restored" : "visible" });
      if (frozen) inherit(true);
      if (frozen) fresh = false;
      frozen = false;
      tell("back");
    }
    flush();
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? go("hidden") : come()));
  addEventListener("pagehide", ({ persisted }) => {
    frozen = persisted;
    go("ended");
  });
  addEventListener("pageshow", ({ persisted }) => persisted && come());
  addEventListener("online", () => {
    pause = 0;
    flush();
  });
  setInterval(flush, FLUSH_MS);

  window.journey = { say, flush, leave, stop, waiting: () => own.texts.map((text) => JSON.parse(text)) };
  inherit(arrival?.type === "back_forward");

  // The journey inspector, where there is one and room for it: a phone never asks for it.
  const { inspector } = document.querySelector("[data-inspector]")?.dataset ?? {};
  if (inspector && matchMedia("(min-width: 1080px)").matches) {
    const load = () => document.body.append(Object.assign(document.createElement("script"), { src: inspector }));
    (window.requestIdleCallback ?? setTimeout)(load);
  }
})();
