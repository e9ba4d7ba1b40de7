// One tap is enough: the button rests while the order is being placed, and wakes when the page comes back from the cache.
const form = document.getElementById("checkout");
const button = document.querySelector("button[form=checkout]");

form.addEventListener("submit", () => {
  button.disabled = true;
  button.textContent = "Placing your order …";
});

addEventListener("pageshow", (event) => event.persisted && location.reload());

// What went wrong is brought into sight: the first field that was refused, or the payment.
const wrong = form.querySelector("[aria-invalid=true]:not([type=radio]), [aria-invalid=true]:checked");
history.scrollRestoration = "manual";
if (wrong) {
  wrong.focus({ preventScroll: true });
  wrong.closest(".field, fieldset").scrollIntoView();
}
