// [data-ends] shows a moment; with a script the time until then: data-before stands before it, data-after follows it.
(() => {
  "use strict";
  const running = new Set();
  const two = (number) => String(number).padStart(2, "0");

  function left(seconds) {
    const days = Math.floor(seconds / 86400);
    const clock = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
    return days ? `${days}d ${clock}` : clock;
  }

  function draw(clock) {
    const seconds = Math.ceil((Date.parse(clock.dataset.ends) - Date.now()) / 1000);
    const { before = "", after = "Ended" } = clock.dataset;
    clock.textContent = seconds > 0 ? before + left(seconds) : after;
    if (seconds > 0) running.add(clock);
    else if (running.delete(clock)) clock.dispatchEvent(new Event("countdown:over", { bubbles: true }));
  }

  const tick = () => document.querySelectorAll("[data-ends]").forEach(draw);
  tick();
  setInterval(tick, 1000);
})();
