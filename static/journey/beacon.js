/* The browser's half of the instrument: events continue the trail of the page they happened on.
   They are numbered here, and timed from the moment the page's answer began to arrive. What is worth saying: sights.js. */
(() => {
  "use strict";
  const { trail, n: firstNumber, beacon: address } = document.body.dataset;
  if (!trail) return;

  const FLUSH_MS = 2000;
  const FLUSH_AT = 20;
  const QUEUE_LIMIT = 200;
  const csrf = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  // Not the start of the navigation: then an event would be dated after the page it leads to.
  const origin = performance.getEntriesByType("navigation")[0]?.responseStart ?? 0;

  let number = Number(firstNumber);
  let queue = [];
  let flying = [];
  let pause = 0;

  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`journey:${name}`, { detail }));

  function say(step, props = {}) {
    const event = { n: number++, dt: Math.max(0, Math.round(performance.now() - origin)), step, props };
    queue.push(event);
    tell("said", event);
    // What is dropped leaves a gap in the numbers, so the loss is counted.
    if (queue.length > QUEUE_LIMIT) queue.shift();
    if (queue.length >= FLUSH_AT) flush();
  }

  async function flush() {
    if (flying.length || !queue.length || performance.now() < pause) return;
    flying = queue.splice(0, FLUSH_AT);
    const kept = await post(flying);
    if (kept) tell("sent", flying);
    else queue = [...flying, ...queue].slice(-QUEUE_LIMIT);
    flying = [];
  }

  async function post(events) {
    try {
      const answer = await fetch(address, {
        method: "POST",
        keepalive: true,
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
        body: JSON.stringify({ trail, events }),
      });
      if (answer.status !== 503 && answer.status !== 429) return true;
      pause = performance.now() + 1000 * Number(answer.headers.get("Retry-After") ?? 5);
    } catch {
      pause = performance.now() + FLUSH_MS;
    }
    return false;
  }

  /* A page that is leaving sends what it has, also what may have arrived already: a number counts once. */
  function leave() {
    const events = [...flying, ...queue.splice(0)];
    for (let i = 0; i < events.length; i += FLUSH_AT) {
      const form = new FormData();
      form.append("csrfmiddlewaretoken", csrf);
      form.append("payload", JSON.stringify({ trail, events: events.slice(i, i + FLUSH_AT) }));
      navigator.sendBeacon(address, form);
    }
  }

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    say("page_hidden");
    leave();
  });
  addEventListener("pagehide", leave);
  setInterval(flush, FLUSH_MS);

  window.journey = { say, flush, waiting: () => [...flying, ...queue] };

  // The journey inspector, where there is one and room for it: a phone never asks for it.
  const { inspector } = document.querySelector("[data-inspector]")?.dataset ?? {};
  if (inspector && matchMedia("(min-width: 1080px)").matches) {
    const load = () => document.body.append(Object.assign(document.createElement("script"), { src: inspector }));
    (window.requestIdleCallback ?? setTimeout)(load);
  }
})();
