// Buying: the chosen SKU shows its price and stock, the sheet asks for what is missing, its button follows its opener.
(() => {
  "use strict";
  const form = document.getElementById("buy");
  const sheet = document.getElementById("choose");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  if (sheet) {
    const radios = [...sheet.querySelectorAll("input[name=sku]")];
    const quantity = document.getElementById("choose-quantity");
    const button = sheet.querySelector("[data-choose-now]");
    const error = sheet.querySelector("[data-choose-error]");
    const chosen = () => radios.find((radio) => radio.checked);

    const show = () => {
      const now = chosen();
      if (!now) return step(0);
      for (const part of document.querySelectorAll("[data-for-sku]")) part.hidden = part.dataset.forSku !== now.value;
      for (const name of document.querySelectorAll("[data-chosen]")) name.textContent = now.dataset.name;
      error.hidden = true;
      quantity.max = Math.min(10, Number(now.dataset.stock));
      step(0);
    };

    const step = (by) => {
      quantity.value = Math.max(1, Math.min(Number(quantity.max), (Number(quantity.value) || 1) + by));
      for (const stepper of sheet.querySelectorAll("[data-step]")) {
        stepper.disabled = Number(quantity.value) === Number(stepper.dataset.step < 0 ? 1 : quantity.max);
      }
    };

    const ask = (opener) => {
      button.value = opener.value || "cart";
      button.textContent = button.value === "buy_now" ? button.dataset.buyNow : button.dataset.cart;
      button.toggleAttribute("data-leave", button.value === "buy_now");
      if (!sheet.open) sheet.showModal();
    };

    const complain = () => {
      error.hidden = false;
      (radios.find((radio) => !radio.disabled) ?? button).focus();
      if (calm) return;
      error.classList.remove("is-shaking");
      requestAnimationFrame(() => error.classList.add("is-shaking"));
    };

    for (const radio of radios) radio.addEventListener("change", show);
    // A page that comes back from the history still has its choice.
    addEventListener("pageshow", show);
    quantity.addEventListener("change", () => step(0));
    sheet.addEventListener("click", (event) => {
      const stepper = event.target.closest("[data-step]");
      if (stepper) step(Number(stepper.dataset.step));
    });
    document.addEventListener("click", (event) => {
      const opener = event.target.closest("[data-choose], .product-bar [form=buy]");
      if (opener) event.preventDefault(), ask(opener);
    });
    button.addEventListener("click", (event) => {
      if (!chosen()) event.preventDefault(), complain();
    });
  }

  // Twice tapped, a purchase is sent once; a page that comes back from the history can be used again.
  form?.addEventListener("submit", (event) => {
    if (!event.submitter?.matches("[data-leave]")) return;
    if (form.dataset.left) event.preventDefault();
    form.dataset.left = "1";
  });
  addEventListener("pageshow", () => delete form?.dataset.left);

  // What was put into the cart is shown at once where the design says so.
  const after = document.getElementById("mini-cart");
  if (after) form?.addEventListener("stayed", async () => {
    const answer = after.dataset.after === "mini" && (await fetch(after.dataset.mini).catch(() => null));
    if (!answer?.ok) return location.assign(after.dataset.whole);
    after.innerHTML = await answer.text();
    after.showModal();
  });

  // A deal that ends while its page is open takes its prices along; a sheet is not torn away from who chooses.
  document.addEventListener("countdown:over", () => {
    if (!document.querySelector("dialog[open]")) return location.reload();
    document.addEventListener("sheets:closed", () => location.reload(), { once: true });
  });

  // Others read a question once it is answered; who asked it sees at once that it waits.
  document.getElementById("ask")?.addEventListener("stayed", ({ detail: fields }) => {
    const textContent = `Waiting for an answer: ${fields.get("text")}`;
    document.querySelector(".ask").before(Object.assign(document.createElement("p"), { className: "note", textContent }));
  });

  document.querySelector("[data-share-page]")?.addEventListener("click", () => {
    window.passOn(location.origin + location.pathname);
  });
})();
