// Hands on a clip: hold it for its menu, swipe to the left for who made it, drag it with a mouse.
(() => {
  "use strict";
  const feed = document.getElementById("feed");
  const menu = document.getElementById("menu");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const HOLD_MS = 500;
  const SLIP_PX = 10; // a finger is never quite still
  const FLICK_PX_A_MS = 0.35;
  let hand = null; // where it came down, while it is down
  let timer = 0;
  let spent = false; // what the hand did was no tap

  function hold() {
    hand = null;
    spent = true;
    menu.showModal();
  }

  document.addEventListener("pointerdown", () => (spent = false), { capture: true });

  feed.addEventListener("pointerdown", (event) => {
    if (event.button || !event.target.closest(".clip-tap")) return;
    const { clientX: x, clientY: y, timeStamp: at, pointerId: id, pointerType } = event;
    hand = { x, y, at, id, mouse: pointerType === "mouse", top: feed.scrollTop, drags: false };
    timer = setTimeout(hold, HOLD_MS);
  });

  feed.addEventListener("pointermove", (event) => {
    if (!hand || event.pointerId !== hand.id) return;
    const by = event.clientY - hand.y;
    if (Math.hypot(event.clientX - hand.x, by) > SLIP_PX) clearTimeout(timer);
    if (!hand.mouse || (!hand.drags && Math.abs(by) <= SLIP_PX)) return;
    if (!hand.drags) grab();
    feed.scrollTop = hand.top - by;
  });

  function grab() {
    hand.drags = spent = true;
    feed.setPointerCapture(hand.id);
    feed.style.scrollSnapType = "none";
  }

  feed.addEventListener("pointerup", (event) => {
    clearTimeout(timer);
    if (!hand || event.pointerId !== hand.id) return;
    const { drags } = hand;
    const [right, down] = [event.clientX - hand.x, event.clientY - hand.y];
    if (drags) release(down, down / (event.timeStamp - hand.at));
    else if (right < -80 && Math.abs(down) < 40) visit(event.target);
    hand = null;
  });

  /* Goes on as the hand was going, one clip at most. */
  function release(down, speed) {
    const far = Math.abs(down) > feed.clientHeight / 3 || Math.abs(speed) > FLICK_PX_A_MS;
    const cards = [...feed.querySelectorAll(".clip")];
    const from = Math.round(hand.top / feed.clientHeight);
    const to = cards[from + (far ? -Math.sign(down) : 0)] ?? cards[from];
    to.scrollIntoView({ behavior: calm ? "auto" : "smooth" });
    const snap = () => (feed.style.scrollSnapType = "");
    if (calm) snap();
    else feed.addEventListener("scrollend", snap, { once: true });
  }

  function visit(target) {
    const profile = target.closest(".clip")?.querySelector(".caption-handle, .rail-face a");
    if (profile) location.assign(profile.href);
  }

  feed.addEventListener("pointercancel", () => {
    clearTimeout(timer);
    hand = null;
  });

  feed.addEventListener("contextmenu", (event) => {
    if (!event.target.closest(".clip-tap")) return;
    event.preventDefault();
    clearTimeout(timer);
    if (!menu.open) hold();
  });

  // Where the finger leaves, a click may follow: on the clip it would pause, beside the menu it would close that.
  const swallow = (event) => {
    if (spent && event.detail) event.stopPropagation(), event.preventDefault();
    spent = false;
  };
  document.addEventListener("click", swallow, { capture: true });
})();
