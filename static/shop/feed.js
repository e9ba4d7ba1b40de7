// The feed: which clip plays, the next page of cards, sound, keys, comments.
(() => {
  "use strict";
  const feed = document.getElementById("feed");
  const soundButton = document.querySelector("[data-sound]");
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
    current = clip;
    clip.enter();
    const following = clips.get(neighbour(clip.card, 1));
    following?.near();
    if (clip.video) remember(clip.card.dataset.video);
  }

  /* Coming back from a product finds the clip that led there. */
  function remember(video) {
    const here = new URL(location.href);
    here.searchParams.set("video", video);
    history.replaceState(null, "", here);
  }

  async function more(marker) {
    loader.unobserve(marker);
    const answer = await fetch(marker.dataset.next).catch(() => null);
    if (!answer?.ok) return setTimeout(() => loader.observe(marker), 3000);
    marker.insertAdjacentHTML("afterend", await answer.text());
    marker.remove();
    meet();
  }

  function neighbour(card, step) {
    const cards = [...feed.querySelectorAll(".clip")];
    return cards[cards.indexOf(card) + step];
  }

  const go = (step) => current && neighbour(current.card, step)?.scrollIntoView({ behavior: "smooth" });

  function sound(on) {
    Clip.muted = !on;
    sessionStorage.setItem("sound", on ? "on" : "off");
    soundButton.setAttribute("aria-pressed", on);
    if (current?.video) current.video.muted = !on;
  }

  const keys = { ArrowDown: () => go(1), j: () => go(1), ArrowUp: () => go(-1), k: () => go(-1) };
  keys[" "] = () => current?.toggle();
  keys.m = () => sound(Clip.muted);

  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("dialog, input, a, button:not(.clip-tap)") || event.ctrlKey || event.metaKey;
    if (busy || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });

  soundButton.addEventListener("click", () => sound(Clip.muted));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) current?.video?.pause();
    else if (!current?.card.classList.contains("is-paused")) current?.enter();
  });

  sound(!Clip.muted);
  meet();
})();
