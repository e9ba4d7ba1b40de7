// The gallery: counts, plays its video, steps by key and arrow, opens pictures full screen, and says when one is missing.
(() => {
  "use strict";
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const at = (strip) => Math.round(strip.scrollLeft / strip.clientWidth);
  const go = (strip, place) => {
    strip.scrollTo({ left: place * strip.clientWidth, behavior: calm ? "auto" : "smooth" });
  };

  function byKey(strip) {
    strip.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (by) event.preventDefault(), go(strip, at(strip) + by);
    });
  }

  const gallery = document.querySelector("[data-gallery]");
  if (gallery) {
    const strip = gallery.querySelector(".gallery-strip");
    const dots = gallery.querySelectorAll(".gallery-dots i");
    byKey(strip);
    strip.addEventListener("scroll", () => {
      const now = at(strip);
      gallery.querySelector("[data-gallery-now]").textContent = now + 1;
      dots.forEach((dot, place) => dot.classList.toggle("is-now", place === now));
    });
    gallery.addEventListener("click", (event) => {
      const arrow = event.target.closest(".gallery-arrow");
      if (arrow) go(strip, at(strip) + Number(arrow.dataset.by));
    });
    float(gallery.closest("[data-block]"));
  }

  /* Over a gallery that comes first the buttons float, until it is scrolled away. */
  function float(block) {
    if (!block?.matches(".blocks > :first-child")) return;
    const top = document.querySelector(".phone > .top");
    const look = (entries) => top.classList.toggle("is-floating", entries.at(-1).isIntersecting);
    new IntersectionObserver(look, { rootMargin: "-60px 0px 0px" }).observe(block);
  }

  const slide = document.querySelector(".slide-clip");
  if (slide) {
    const clip = slide.querySelector("video");
    const sound = slide.querySelector(".slide-sound");
    clip.controls = false;
    const turn = () => (clip.paused ? clip.play().catch(() => {}) : clip.pause());
    slide.querySelector(".slide-play").addEventListener("click", turn);
    for (const name of ["play", "pause"]) {
      clip.addEventListener(name, () => slide.classList.toggle("is-playing", !clip.paused));
    }
    sound.addEventListener("click", () => sound.setAttribute("aria-pressed", !(clip.muted = !clip.muted)));
    new IntersectionObserver((entries) => {
      if (!entries.at(-1).isIntersecting) clip.pause();
      else if (!calm) clip.play().catch(() => {});
    }, { threshold: 0.5 }).observe(clip);
  }

  // Pictures full screen: those of the gallery together, those of a review together.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.slide, a[data-view]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    view([...link.parentElement.querySelectorAll("a.slide, a[data-view]")], link);
  });

  function view(links, first) {
    const viewer = document.createElement("dialog");
    viewer.className = "viewer";
    viewer.ariaLabel = "Pictures, full screen";
    const strip = Object.assign(document.createElement("div"), { className: "viewer-strip", tabIndex: 0 });
    strip.append(...links.map((link) => {
      const { src, alt } = link.querySelector("img");
      return Object.assign(new Image(), { src, alt });
    }));
    const close = Object.assign(document.createElement("button"), { className: "viewer-close", type: "button" });
    close.ariaLabel = "Close";
    close.dataset.close = "";
    close.append(document.querySelector("[data-close] svg").cloneNode(true));
    const count = Object.assign(document.createElement("p"), { className: "viewer-count" });
    const tell = () => (count.textContent = `${at(strip) + 1}/${links.length}`);
    viewer.append(strip, close, count);
    document.getElementById("phone").append(viewer);
    viewer.addEventListener("close", () => (viewer.remove(), first.focus()));
    strip.addEventListener("scroll", tell);
    byKey(strip);
    viewer.showModal();
    strip.scrollLeft = links.indexOf(first) * strip.clientWidth;
    tell();
    strip.focus();
  }

  // What does not load says so instead of leaving a hole.
  function missing(media) {
    media.closest(".slide, .product-card, [data-view], .strip > a")?.classList.add("is-missing");
  }
  const broken = (image) => image.complete && !image.naturalWidth && image.currentSrc;
  for (const image of document.images) if (broken(image)) missing(image);
  document.addEventListener("error", (event) => {
    if (event.target.matches?.("img, video")) missing(event.target);
  }, true);
})();
