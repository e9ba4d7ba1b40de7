// A checkout in three steps, where the design says so: where to, how, and how it is paid. Without a script it is one page.
(() => {
  "use strict";
  const STEP_OF = { address: 0, address_short: 0, items: 1, delivery: 1, coupons: 1 }; // what is not named comes last
  const form = () => document.querySelector("#checkout[data-steps]");
  const blocks = () => [...form().querySelectorAll(":scope > [data-block]")];
  const stepOf = (block) => STEP_OF[block.dataset.block] ?? 2;

  function show(step) {
    const buttons = document.querySelectorAll(".bar > button");
    for (const block of blocks()) block.hidden = stepOf(block) !== step;
    for (const [at, mark] of form().querySelectorAll(".checkout-steps > li").entries()) {
      mark.toggleAttribute("data-done", at < step);
      if (at === step) mark.setAttribute("aria-current", "step");
      else mark.removeAttribute("aria-current");
    }
    for (const button of buttons) button.hidden = button.matches("[data-next-step]") === (step === 2);
    form().dataset.step = step;
  }

  /* A step without a block of its own is passed by. */
  function next(from) {
    let step = from + 1;
    while (step < 2 && !blocks().some((block) => stepOf(block) === step)) step += 1;
    return step;
  }

  function go(step) {
    show(step);
    history.replaceState({ ...history.state, step }, "");
    document.querySelector(".phone").scrollTo(0, 0);
    scrollTo(0, 0);
    blocks().find((block) => !block.hidden)?.querySelector("h2, input, select")?.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-next-step]")) {
      const now = Number(form().dataset.step);
      const fields = blocks().filter((block) => stepOf(block) === now).flatMap((block) => [...block.querySelectorAll("input, select")]);
      if (fields.every((field) => !field.willValidate || opened(field).reportValidity())) go(next(now));
    }
    const mark = event.target.closest(".checkout-steps > [data-done]");
    if (mark) go([...mark.parentNode.children].indexOf(mark));
  });

  /* What is to be corrected must not lie in a folded address. */
  function opened(field) {
    if (!field.checkValidity()) field.closest("details")?.setAttribute("open", "");
    return field;
  }

  /* After a refusal the page is another one: it begins where something is wrong. */
  function begin() {
    if (!form() || form().dataset.step) return;
    const wrong = form().querySelector("[aria-invalid=true]")?.closest("[data-block]");
    const refused = document.querySelector(".notes[role=alert]");
    show(wrong ? stepOf(wrong) : refused ? 2 : Math.min(2, Math.max(0, history.state?.step ?? 0)));
  }

  new MutationObserver(begin).observe(document.querySelector(".phone"), { childList: true });
  begin();
})();
