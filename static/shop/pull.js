// A sheet is pulled down by its head: far enough or with a flick it closes, else it comes back up.
(() => {
  "use strict";
  const SLIP_PX = 6; // a finger is never quite still
  const FLICK_PX_A_MS = 0.6;
  let hand = null;

  addEventListener("pointerdown", ({ target, pointerType, pointerId: id, clientY: y, timeStamp: at }) => {
    const head = target.closest(".sheet-head, .choose-head");
    if (head && pointerType !== "mouse") hand = { sheet: head.closest("dialog"), id, y, at };
  });

  /* How far down the finger is from where it came onto the head. */
  const pulled = ({ pointerId, clientY }) => (pointerId === hand?.id ? Math.max(0, clientY - hand.y) : 0);

  addEventListener("pointermove", (event) => {
    const by = pulled(event);
    if (by <= SLIP_PX) return;
    hand.sheet.setPointerCapture(hand.id); // what is in the sheet may be drawn anew meanwhile
    hand.sheet.style.cssText = `transform: translateY(${by}px); transition: none`;
  });

  function leave(event) {
    if (event.pointerId !== hand?.id) return;
    const by = event.type === "pointerup" ? pulled(event) : 0;
    const { sheet, at } = hand;
    hand = null;
    sheet.removeAttribute("style");
    const isFlick = by > 4 * SLIP_PX && by / (event.timeStamp - at) > FLICK_PX_A_MS;
    if (isFlick || by > sheet.offsetHeight / 3) sheet.close();
  }

  addEventListener("pointerup", leave);
  addEventListener("pointercancel", leave);
})();
