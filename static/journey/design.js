// The editor of a design. The two text fields of the form stay the truth: everything here reads and writes them.
"use strict";
addEventListener("DOMContentLoaded", () => {
  const root = document.getElementById("design");
  const texts = { slots: document.querySelector("[data-design=slots]"), values: document.querySelector("[data-design=values]") };
  const offered = root && JSON.parse(document.getElementById("design-offered").textContent);
  const known = offered?.pages;
  if (!root || !known) return;
  const frozen = root.hasAttribute("data-frozen") || !texts.slots; // without the fields it may only be looked at
  const stands = JSON.parse(document.getElementById("design-stands").textContent);
  const state = { slots: texts.slots ? read(texts.slots) : stands.slots, values: texts.values ? read(texts.values) : stands.values, page: known.find((page) => page.name === "product") || known[0] };
  if (!state.slots || !state.values) return; // what is no JSON is left to who wrote it

  const pages = root.querySelector(".design-pages");
  const parts = root.querySelector(".design-parts");
  const frame = root.querySelector("iframe");
  const problems = root.querySelector(".design-problems[data-said]");
  const empty = root.querySelector(".design-empty");
  const language = root.querySelector("[data-language]");
  const cart = root.querySelector(".design-cart");
  let waiting = 0;
  let asked = 0;

  function read(field) {
    try { return JSON.parse(field ? field.value || "{}" : "{}"); } catch { return null; }
  }

  function make(tag, about = {}, ...inside) {
    const node = Object.assign(document.createElement(tag), about);
    node.append(...inside);
    return node;
  }

  function words(name) {
    return name.replaceAll("_", " ");
  }

  function changed(focus) {
    for (const name of ["slots", "values"]) texts[name].value = JSON.stringify(state[name], null, 2);
    draw(focus);
    look();
  }

  function draw(focus) {
    pages.replaceChildren(...known.map((page) => {
      const button = make("button", { type: "button", textContent: words(page.name), role: "tab" });
      button.ariaSelected = String(page === state.page);
      const touched = page.slots.some((slot) => slot.name in state.slots) || page.values.some((value) => value.name in state.values);
      button.classList.toggle("changed", touched);
      button.title = touched ? "This design changes something here" : "";
      button.onclick = () => { state.page = page; draw(); look(); };
      return button;
    }));
    const plain = state.page.values.filter((value) => value.kind !== "words");
    const said = state.page.values.filter((value) => value.kind === "words");
    parts.replaceChildren(...gone(), ...state.page.slots.map(slotOf), ...valuesOf("Values", plain, valueOf), ...valuesOf("Words", said, wordsOf));
    /* At an end its button has nothing to do any more: the hand goes to the other one, and never to the top of the page. */
    const [field, other] = [focus, focus?.replace(/-(up|down)$/, (_, way) => (way === "up" ? "-down" : "-up"))].map((name) => name && parts.querySelector(`[data-focus="${name}"]`));
    (field?.disabled ? other : field)?.focus();
  }

  function slotOf(slot) {
    const blocks = state.slots[slot.name] || slot.control;
    const put = (list, focus) => {
      if (JSON.stringify(list) === JSON.stringify(slot.control)) delete state.slots[slot.name];
      else state.slots[slot.name] = list;
      changed(focus);
    };
    const standsIn = (block, need) => block === need || block.startsWith(`${need}_`);
    const isNeeded = (block) => slot.needs.some((need) => standsIn(block, need) && !blocks.some((other) => other !== block && standsIn(other, need)));
    const list = make("ol", {}, ...blocks.map((block, at) => {
      const move = (to, mark) => { const moved = blocks.toSpliced(at, 1); moved.splice(to, 0, block); put(moved, `${block}-${mark}`); };
      const item = make("li", { draggable: !frozen });
      item.dataset.at = at;
      if (!slot.blocks.includes(block)) item.classList.add("gone");
      const up = make("button", { type: "button", textContent: "↑", disabled: frozen || at === 0, ariaLabel: `Move ${words(block)} up`, onclick: () => move(at - 1, "up") });
      const down = make("button", { type: "button", textContent: "↓", disabled: frozen || at === blocks.length - 1, ariaLabel: `Move ${words(block)} down`, onclick: () => move(at + 1, "down") });
      const out = make("button", { type: "button", textContent: "×", disabled: frozen || blocks.length === 1 || isNeeded(block), title: isNeeded(block) ? "The page does not work without it" : "", ariaLabel: `Leave ${words(block)} out`, onclick: () => put(blocks.toSpliced(at, 1), `${blocks[at + 1] || blocks[at - 1]}-up`) });
      up.dataset.focus = `${block}-up`;
      down.dataset.focus = `${block}-down`;
      item.append(make("b", { textContent: words(block) }), up, down, out);
      item.ondragstart = (event) => { event.dataTransfer.setData("text/plain", `${slot.name} ${at}`); item.classList.add("dragged"); };
      item.ondragend = () => item.classList.remove("dragged");
      item.ondragenter = item.ondragover = (event) => {
        event.preventDefault();
        const from = [...list.children].findIndex((one) => one.classList.contains("dragged"));
        if (from >= 0 && from !== at) item.classList.add(from < at ? "lands-after" : "lands-before");
      };
      item.ondragleave = (event) => item.contains(event.relatedTarget) || item.classList.remove("lands-after", "lands-before");
      item.ondrop = (event) => {
        event.preventDefault();
        const [from, place] = event.dataTransfer.getData("text/plain").split(" ");
        if (from !== slot.name) return;
        const moved = blocks.toSpliced(+place, 1);
        moved.splice(at, 0, blocks[+place]);
        put(moved);
      };
      return item;
    }));
    const others = slot.blocks.filter((block) => !blocks.includes(block));
    const more = make("div", { className: "design-more" }, ...(frozen ? [] : others.map((block) =>
      make("button", { type: "button", textContent: words(block), onclick: () => put([...blocks, block], `${block}-up`) }))));
    const legend = make("legend", { textContent: words(slot.name.split("/")[1]) });
    const reset = slot.name in state.slots && !frozen
      ? [make("button", { type: "button", className: "design-reset", textContent: "As everyone sees it", onclick: () => put(slot.control) })] : [];
    const study = root.hasAttribute("data-leave-out")
      ? [make("button", { type: "submit", className: "design-study", name: "slot", value: slot.name, textContent: "Study what each part contributes", title: "Drafts an experiment with an arm without each of them" })] : [];
    for (const button of study) button.setAttribute("form", "leave-out");
    return make("fieldset", {}, legend, list, more, make("p", { className: "design-foot" }, ...reset, ...study));
  }

  function valuesOf(title, values, draw) {
    return values.length ? [make("fieldset", {}, make("legend", { textContent: title }), ...values.map(draw))] : [];
  }

  /* What no page knows any more can only be left out. */
  function gone() {
    const here = { slots: new Set(known.flatMap((page) => page.slots.map((slot) => slot.name))), values: new Set(known.flatMap((page) => page.values.map((value) => value.name))) };
    const lost = ["slots", "values"].flatMap((kind) => Object.keys(state[kind]).filter((name) => !here[kind].has(name)).map((name) => [kind, name]));
    if (!lost.length) return [];
    return [make("fieldset", {}, make("legend", { textContent: "Not there any more" }), ...lost.map(([kind, name]) =>
      make("p", { className: "design-gone" }, words(name), " ", make("button", { type: "button", disabled: frozen, textContent: "Leave it out", onclick: () => { delete state[kind][name]; changed(); } }))))];
  }

  /* One field a language: empty, or as everyone reads it, it is no part of the design. */
  function wordsOf(value) {
    const given = state.values[value.name];
    const mine = typeof given === "string" ? { [Object.keys(offered.languages)[0]]: given } : given || {};
    const fields = Object.entries(offered.languages).map(([code, language]) => {
      const everyones = value.control[code] || "";
      const field = make(value.high > 60 ? "textarea" : "input", { maxLength: value.high, rows: 2, lang: code, disabled: frozen, value: mine[code] ?? everyones });
      field.ariaLabel = `${value.about || words(value.name)}, ${language}`;
      field.dataset.focus = `${value.name}-${code}`;
      field.onchange = () => {
        const said = { ...mine, [code]: field.value };
        if (!field.value.trim() || field.value === everyones) delete said[code];
        if (Object.keys(said).length) state.values[value.name] = said;
        else delete state.values[value.name];
        changed(field.dataset.focus);
      };
      return make("label", { className: code in mine ? "changed" : "" }, make("small", { textContent: language }), field, ...(code in mine && everyones ? [make("span", { textContent: `Everyone reads: ${everyones}` })] : []));
    });
    const places = value.places.length ? [make("span", { textContent: `The page fills in ${value.places.map((place) => `{${place}}`).join(", ")}.` })] : [];
    return make("div", { className: "design-value design-words" }, make("b", { textContent: value.about || words(value.name) }), ...fields, ...places);
  }

  function valueOf(value) {
    const now = value.name in state.values ? state.values[value.name] : value.control;
    const put = (given) => {
      if (given === value.control) delete state.values[value.name];
      else state.values[value.name] = given;
      changed(value.name);
    };
    let field;
    if (value.kind === "flag") field = make("input", { type: "checkbox", checked: now, onchange: () => put(field.checked) });
    else if (value.choices.length) {
      field = make("select", { onchange: () => put(field.value) }, ...value.choices.map((choice) => make("option", { value: choice, textContent: words(choice), selected: choice === now })));
    } else field = make("input", { type: "number", min: value.low, max: value.high, value: now, onchange: () => put(Number(field.value)) });
    field.disabled = frozen;
    field.dataset.focus = value.name;
    const control = value.kind === "flag" ? (value.control ? "yes" : "no") : value.control;
    return make("label", { className: "design-value" }, make("b", { textContent: value.about || words(value.name) }), field, make("span", { textContent: `Everyone sees: ${control}` }));
  }

  /* A checkout of nothing leads away from itself, and then there is nothing to look at. */
  async function see(asked) {
    const address = `${state.page.address}?${asked}`;
    const away = state.page.name === "checkout" && (await fetch(address, { redirect: "manual" })).type === "opaqueredirect";
    cart.hidden = !offered.for_the_cart.sku || !(away || state.page.name === "cart");
    frame.hidden = away;
    if (!away) frame.src = address;
    cart.querySelector("button").onclick = async () => {
      const { address: add, sku } = offered.for_the_cart;
      const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
      await fetch(`${add}?${asked}`, { method: "POST", headers: { "X-CSRFToken": token, Accept: "application/json" }, body: new URLSearchParams({ sku, quantity: 1 }) });
      see(asked);
    };
  }

  /* A sentence that is tapped in the page is written in its field beside it; tapped once more, it does what it does. */
  let last = null;
  function write(event) {
    if (last === event.target) return void (last = null);
    last = event.target;
    const tapped = event.target.textContent.trim();
    const said = (value) => { const mine = state.values[value.name]; return (mine?.[language.value] ?? mine ?? value.control[language.value] ?? ""); };
    const fits = (text) => typeof text === "string" && text && tapped.startsWith(text) && tapped.length < text.length + 40;
    const found = state.page.values.filter((value) => value.kind === "words" && fits(said(value))).sort((a, b) => said(b).length - said(a).length)[0];
    const field = found && parts.querySelector(`[data-focus="${found.name}-${language.value}"]`);
    if (!field) return;
    event.preventDefault();
    event.stopPropagation();
    field.focus();
    field.select();
  }

  function look() {
    clearTimeout(waiting);
    waiting = setTimeout(show, 250);
  }

  async function show() {
    const mine = ++asked;
    const name = document.querySelector("[name=name]")?.value || "";
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(root.dataset.preview, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ name, slots: state.slots, values: state.values }),
    }).then((response) => response.json()).catch(() => ({ problems: ["The preview does not answer. Is the shop running?"] }));
    if (mine !== asked) return; // a later change has asked since
    problems.hidden = !answer.problems;
    problems.textContent = (answer.problems || []).join(" ");
    empty.hidden = Boolean(state.page.address);
    frame.hidden = !state.page.address;
    if (!answer.token) return;
    if (state.page.address) await see(`design=${encodeURIComponent(answer.token)}&frame=1&language=${language.value}`);
    root.querySelector(".design-link img").src = answer.qr;
    root.querySelector(".design-link input").value = answer.link;
  }

  language.replaceChildren(...Object.entries(offered.languages).map(([value, textContent]) => make("option", { value, textContent })));
  language.onchange = look;
  frame.onload = () => frame.contentDocument?.addEventListener("click", write, { capture: true });
  root.hidden = false;
  for (const field of Object.values(texts)) {
    field?.closest(".field-row, .form-row, [class*=field-]")?.setAttribute("hidden", "");
  }
  draw();
  look();
});
