/* Where a page fails the one who uses it: taps that do nothing, taps in anger, errors of scripts, and how slow it was. */
(() => {
  "use strict";
  if (!window.journey) return;
  const { say } = window.journey;
  const QUICK_MS = 1000;
  const NEAR_PX = 24;
  const ANSWER_MS = 400;
  const ERRORS = 5;

  /* A name that stays the same from visit to visit, and never a text. */
  function named(element) {
    const data = Object.keys(element.dataset)[0];
    const [kind] = element.classList;
    const mark = data ? `[data-${data.replace(/[A-Z]/g, "-$&").toLowerCase()}]` : element.id ? `#${element.id}` : kind ? `.${kind}` : "";
    return (element.localName + mark).slice(0, 60);
  }

  const where = (element) => ({
    element: named(element),
    block: element.closest("[data-block]")?.dataset.block,
    place: location.pathname,
  });

  // Tapping a clip pauses and likes it, a stepper is there to be tapped again and again.
  const MEANT = ".clip-tap, video, canvas, [data-step], input, select, textarea, option";
  const TAPPED = "a, button, summary, label, img, [role=button], [data-open], .tag, .badge, .chip";
  // Moves by itself while nobody touches it.
  const RESTLESS = ".clip, .clip-line, .clip-time, [data-countdown], [data-countdown] *, [data-inspector], [data-inspector] *";
  let taps = [];

  function rage(event) {
    const near = (tap) => event.timeStamp - tap.timeStamp < QUICK_MS && Math.hypot(event.clientX - tap.clientX, event.clientY - tap.clientY) <= NEAR_PX;
    taps = [...taps.filter(near), event];
    if (taps.length < 3) return;
    taps = [];
    say("rage_tap", where(event.target));
  }

  const looksAlive = (element) => getComputedStyle(element).cursor === "pointer";

  /* Links lead somewhere and forms are sent, however long the answer takes; a label hands its tap on. */
  function answers(element, event) {
    if (element.matches("a[href]")) return !event.defaultPrevented || element.matches("[data-back]");
    if (element.matches("button")) return element.form && element.type === "submit";
    return element.matches("label") && element.control && !element.control.disabled;
  }

  function dead(event) {
    const element = event.target.closest(TAPPED) ?? (looksAlive(event.target) && event.target);
    if (!element) return;
    const heard = new AbortController();
    const { signal } = heard;
    const stop = () => (heard.abort(), watcher.disconnect(), clearTimeout(timer));
    const watcher = new MutationObserver((changes) => changes.some(({ target }) => !(target.parentElement ?? target).matches?.(RESTLESS) && !target.matches?.(RESTLESS)) && stop());
    watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    for (const name of ["scroll", "focusin", "change", "submit", "play", "pause", "volumechange"]) {
      document.addEventListener(name, stop, { capture: true, signal });
    }
    for (const name of ["pagehide", "popstate", "blur", "hashchange"]) addEventListener(name, stop, { signal });
    const timer = setTimeout(() => {
      stop();
      if (!answers(element, event)) say("dead_tap", where(element));
    }, ANSWER_MS);
  }

  // On the way down: before anything has answered. A key's click has no place, a label's is passed on to its field.
  const tapped = (event) => {
    if (!event.detail || !event.isTrusted || event.target.closest(MEANT)) return;
    rage(event);
    dead(event);
  };
  document.addEventListener("click", tapped, { capture: true });

  let errors = 0;

  /* Without what stood behind a question mark: it may be what somebody searched for. */
  function failed(message, file = "", line = 0) {
    if (errors++ >= ERRORS) return;
    const text = [...String(message).replace(/\?\S*/g, "")].slice(0, 100).join("").replace(/[\ud800-\udfff]/gu, "");
    say("script_error", { message: text, file: file.split(/[?#]/)[0].split("/").at(-1).slice(0, 60), line });
  }

  addEventListener("error", ({ message, filename, lineno }) => message && failed(message, filename, lineno));
  addEventListener("unhandledrejection", ({ reason }) => failed(reason?.message ?? reason));

  // Web vitals: https://web.dev/articles/vitals says where good ends and poor begins.
  const BOUNDS = { LCP: [2500, 4000], CLS: [0.1, 0.25], INP: [200, 500], TTFB: [800, 1800] };
  const vitals = {};
  const TTFB = performance.getEntriesByType("navigation")[0]?.responseStart;
  if (TTFB) vitals.TTFB = TTFB;

  function observe(type, meet, more) {
    try {
      new PerformanceObserver((list) => list.getEntries().forEach(meet)).observe({ type, buffered: true, ...more });
    } catch {} // this browser does not measure it
  }

  if (!document.hidden) observe("largest-contentful-paint", ({ startTime }) => (vitals.LCP = startTime));

  // The worst run of shifts with less than a second between two and five in all.
  let run = { began: 0, ended: 0, sum: 0 };
  observe("layout-shift", ({ startTime, value, hadRecentInput }) => {
    if (hadRecentInput) return;
    if (startTime - run.ended > 1000 || startTime - run.began > 5000) run = { began: startTime, sum: 0 };
    run.ended = startTime;
    run.sum += value;
    vitals.CLS = Math.max(vitals.CLS, run.sum);
  });
  if (window.LayoutShift) vitals.CLS = 0;

  // The slowest answer to a hand; of many, one in fifty is forgiven.
  const slow = new Map();
  observe("event", ({ interactionId: id, duration }) => id && slow.set(id, Math.max(duration, slow.get(id) ?? 0)), { durationThreshold: 16 });

  const tellVitals = () => {
    const sorted = [...slow.values()].sort((a, b) => b - a);
    if (sorted.length) vitals.INP = sorted[Math.floor(sorted.length / 50)];
    for (const [name, number] of Object.entries(vitals)) {
      const rating = ["good", "needs improvement", "poor"][BOUNDS[name].filter((bound) => number > bound).length];
      say("web_vital", { name, number: name === "CLS" ? Math.round(number * 1000) / 1000 : Math.round(number), rating });
    }
  };
  document.addEventListener("journey:leaving", tellVitals, { once: true });
})();
