/* A journey's events are copied by a button; without a script they can be marked by hand. */
(() => {
  "use strict";
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-copy]")) {
      const said = button.parentElement.querySelector("[data-copied]");
      button.hidden = false;
      button.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
          said.textContent = "Copied.";
        } catch {
          said.textContent = "The browser did not allow it; open JSON below and copy it by hand.";
        }
      });
    }
  });
})();
