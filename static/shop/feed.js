// The feed: which clip plays, the next page of cards, sound, keys, and what to do without a network.
(() => {
  "use strict";
  const feed = document.getElementById("feed");
  const soundButton = document.querySelector("[data-sound]");
  const soundPrompt = document.querySelector("[data-sound-prompt]");
  const offline = document.querySelector(".feed-offline");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const clips = new Map();
  let current = null;

  const watcher = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) if (entry.intersectionRatio >= 0.6) show(clips.get(entry.target));
    },
    { root: feed, threshold: [0.6] },
  );

  const loader = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) if (entry.isIntersecting) more(entry.target);
    },
    { root: feed, rootMargin: "200% 0px" },
  );

  function meet() {
    for (const card of feed.querySelectorAll(".clip")) {
      if (clips.has(card)) continue;
      clips.set(card, new Clip(card));
      watcher.observe(card);
    }
    const next = feed.querySelector("[data-next]");
    if (next) loader.observe(next);
  }

  function show(clip) {
    if (clip === current) return;
    current?.leave();
    follow(current?.card, clip.card);
    current = clip;
    clip.enter();
    clips.get(neighbour(1))?.near();
    if (clip.video) remember(clip.card.dataset.video);
  }

  /* The focus must not stay on a clip that has gone: it goes to the same button of the new one. */
  function follow(from, to) {
    const held = document.activeElement;
    if (!from?.contains(held)) return;
    const block = held.closest("[data-block]");
    const place = inside(block).indexOf(held);
    const twin = inside(to.querySelector(`[data-block="${block.dataset.block}"]`))[place];
    (twin ?? feed).focus({ preventScroll: true });
  }

  const inside = (block) => [...(block?.querySelectorAll("a, button, input") ?? [])];

  /* Coming back from a product finds the clip that led there. */
  function remember(video) {
    const here = new URL(location.href);
    here.searchParams.set("video", video);
    history.replaceState(history.state, "", here);
  }

  async function more(marker) {
    loader.unobserve(marker);
    const answer = await fetch(marker.dataset.next).catch(() => null);
    if (!answer?.ok) return wait(marker, answer);
    marker.insertAdjacentHTML("afterend", await answer.text());
    marker.remove();
    offline.hidden = true;
    meet();
  }

  function wait(marker, answered) {
    if (!answered) offline.hidden = false;
    setTimeout(() => loader.observe(marker), 3000);
  }

  function neighbour(step) {
    const cards = [...feed.querySelectorAll(".clip")];
    return cards[cards.indexOf(current?.card) + step];
  }

  const go = (step) => neighbour(step)?.scrollIntoView({ behavior: calm ? "auto" : "smooth" });

  function drop(card) {
    const stay = current.card;
    card.remove();
    clips.delete(card);
    stay.scrollIntoView({ behavior: "instant" });
  }

  function sound(on) {
    Clip.muted = !on;
    window.memory.set("sound", on ? "on" : "off");
    soundButton.setAttribute("aria-pressed", on);
    if (soundPrompt) soundPrompt.hidden = on;
    if (current?.video) current.video.muted = !on;
  }

  // Sound that a browser refuses before the first touch comes with it.
  document.addEventListener("sound:refused", () => {
    Clip.muted = true;
    soundButton.setAttribute("aria-pressed", false);
    const wanted = (event) => event.target.closest?.("[data-sound]") || sound(true);
    document.addEventListener("click", wanted, { once: true, capture: true });
  });

  const like = () => current?.card.querySelector('[data-engage-kind="like"]')?.click();
  const moves = { ArrowDown: () => go(1), ArrowUp: () => go(-1), PageDown: () => go(1), PageUp: () => go(-1) };
  const keys = { m: () => sound(Clip.muted), l: like, k: () => current?.toggle(), " ": () => current?.toggle() };
  const BUSY = "dialog, input:not(.clip-line), select, textarea";

  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    const act = moves[key] ?? keys[key.toLowerCase()];
    const pressed = key === " " && target.closest("a, button:not(.clip-tap)");
    if (!act || pressed || target.closest(BUSY) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });

  soundButton.addEventListener("click", () => sound(Clip.muted));
  soundPrompt?.addEventListener("click", () => sound(true));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) current?.video?.pause();
    else if (!current?.card.classList.contains("is-paused")) current?.enter();
  });

  function back() {
    offline.hidden = true;
    if (current?.card.querySelector(".clip-failed:not([hidden])")) current.retry();
    const marker = feed.querySelector("[data-next]");
    if (marker) loader.unobserve(marker), loader.observe(marker);
  }

  addEventListener("offline", () => (offline.hidden = false));
  addEventListener("online", back);
  offline.querySelector("[data-online]").addEventListener("click", () => navigator.onLine && back());

  window.feed = { go, drop, current: () => current };
  soundButton.setAttribute("aria-pressed", !Clip.muted);
  if (soundPrompt) soundPrompt.hidden = !Clip.muted;
  meet();
})();
