// The product page: the chosen SKU shows its price and stock, the sheet asks for what is missing, the gallery counts.
(() => {
  "use strict";
  const form = document.getElementById("buy");
  const sheet = document.getElementById("choose");
  const radios = document.querySelectorAll("input[name=sku][type=radio]");
  const quantity = document.getElementById("choose-quantity");

  function choose(code) {
    for (const radio of radios) radio.checked = radio.value === code;
    for (const shown of document.querySelectorAll("[data-for-sku]")) shown.hidden = shown.dataset.forSku !== code;
    if (!sheet) return;
    sheet.querySelector("[data-choose-error]").hidden = true;
    const stock = Number(sheet.querySelector("input[name=sku]:checked").dataset.stock);
    quantity.max = Math.min(10, stock);
    step(0);
  }

  function step(by) {
    quantity.value = Math.max(1, Math.min(Number(quantity.max), (Number(quantity.value) || 1) + by));
    for (const button of sheet.querySelectorAll("[data-step]")) {
      button.disabled = Number(quantity.value) === Number(button.dataset.step < 0 ? 1 : quantity.max);
    }
  }

  for (const radio of radios) radio.addEventListener("change", () => choose(radio.value));
  // A page that comes back from the history still has its choice.
  addEventListener("pageshow", () => {
    const chosen = [...radios].find((radio) => radio.checked);
    if (chosen) choose(chosen.value);
  });

  form?.addEventListener("submit", (event) => {
    if (!sheet || [...radios].some((radio) => radio.checked)) return;
    event.preventDefault();
    ask(event.submitter);
  });

  function ask(opener) {
    const button = sheet.querySelector("[data-choose]");
    button.value = opener.value;
    button.textContent = opener.firstChild.textContent;
    sheet.showModal();
  }

  if (sheet) {
    step(0);
    sheet.addEventListener("click", (event) => {
      const button = event.target.closest("[data-step]");
      if (button) step(Number(button.dataset.step));
    });
    quantity.addEventListener("change", () => step(0));
    sheet.querySelector("[data-choose]").addEventListener("click", (event) => {
      if (sheet.querySelector("input[name=sku]:checked")) return;
      event.preventDefault();
      sheet.querySelector("[data-choose-error]").hidden = false;
      sheet.querySelector("input[name=sku]:enabled").focus();
    });
  }

  const gallery = document.querySelector('.blocks > [data-block="gallery"]:first-child');
  if (gallery) {
    const top = document.querySelector(".phone > .top");
    const look = (entries) => top.classList.toggle("is-floating", entries.at(-1).isIntersecting);
    new IntersectionObserver(look, { rootMargin: "-60px 0px 0px" }).observe(gallery);
  }

  const strip = document.querySelector(".gallery-strip");
  strip?.addEventListener("scroll", () => {
    document.querySelector("[data-gallery-now]").textContent = Math.round(strip.scrollLeft / strip.clientWidth) + 1;
  });

  const clip = document.querySelector("[data-gallery-video]");
  if (clip) {
    clip.addEventListener("click", () => (clip.paused ? clip.play() : clip.pause()));
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    new IntersectionObserver((entries) => {
      if (!entries.at(-1).isIntersecting) clip.pause();
      else if (!calm) clip.play().catch(() => {});
    }, { threshold: 0.5 }).observe(clip);
  }

  document.querySelector("[data-share-page]")?.addEventListener("click", () => {
    window.passOn(location.origin + location.pathname);
  });
})();
