// The steps of a report as cards: chosen, named, limited and moved, by mouse, finger or keys. They write the line.
const MOST = 20;
const place = document.querySelector("[data-cards]");
const { steps: given, vocabulary, properties } = JSON.parse(document.getElementById("builder")?.textContent ?? '{"steps":[]}');
const NARROWED = /^(\w+)\[(\w+)=([^\],]*)\]$/; // the only kind of condition a card knows; others are kept as written
const meanings = new Map((vocabulary ?? []).flatMap((group) => group.steps));
let steps = given;

function made(tag, values = {}, ...children) {
  const node = Object.assign(document.createElement(tag), values);
  node.append(...children);
  return node;
}

function chooser(label, taken, choose) {
  const select = made("select", { ariaLabel: label }, made("option", { value: "", textContent: label }));
  for (const { stage, steps: named } of vocabulary) {
    const left = named.filter(([name]) => !taken.includes(name));
    const options = left.map(([name, meaning]) => made("option", { value: name, textContent: `${name}: ${meaning}` }));
    if (options.length) select.append(made("optgroup", { label: stage }, ...options));
  }
  select.addEventListener("change", () => select.value && choose(select.value));
  return select;
}

function chips(names, label, change) {
  return names.map((name) => {
    const drop = made("button", { type: "button", ariaLabel: `${label} ${name}`, textContent: "×" });
    drop.addEventListener("click", () => change(names.filter((other) => other !== name)));
    return made("span", { className: "step-chip", title: meanings.get(name) ?? "" }, name, " ", drop);
  });
}

function button(words, label, act, off = false) {
  const node = made("button", { type: "button", textContent: words, ariaLabel: label, disabled: off, title: label });
  node.addEventListener("click", act);
  return node;
}

function field(words, step, name, hint) {
  const input = made("input", { type: "text", value: step[name], placeholder: hint });
  input.addEventListener("input", () => ((step[name] = input.value.trim()), write()));
  return made("label", { className: "small-field" }, words, input);
}

function tick(words, step, name) {
  const box = made("input", { type: "checkbox", checked: step[name] });
  box.addEventListener("change", () => ((step[name] = box.checked), write()));
  return made("label", { className: "tick" }, box, words);
}

function card(step, k) {
  const change = (name) => (names) => ((step[name] = names), draw(k), write());
  const head = made("header", {}, made("b", { textContent: k + 1 }), field("Name", step, "label", step.takes.join(" or ")),
    button("↑", `Move step ${k + 1} up`, () => move(k, -1), !k),
    button("↓", `Move step ${k + 1} down`, () => move(k, 1), k === steps.length - 1),
    button("✕", `Remove step ${k + 1}`, () => (steps.splice(k, 1), draw(Math.min(k, steps.length - 1)), write())));
  const takes = made("p", { className: "takes" }, ...chips(step.takes, "Take out", change("takes")),
    chooser(step.takes.length ? "or…" : "choose a step…", step.takes, (name) => change("takes")([...step.takes, name])));
  const node = made("li", { className: "step-card" }, head, takes);
  if (k) {
    takes.append(tick("may be left out", step, "optional"));
  }
  if (k || properties.length) node.append(more(step, k, change("without")));
  return node;
}

function narrowing(step) {
  const [, , property = "", value = ""] = NARROWED.exec(step.takes[0]) ?? [];
  const which = made("select", { ariaLabel: "Only where" }, ...["", ...properties].map((name) => made("option", { value: name, textContent: name || "any" })));
  const text = made("input", { type: "text", value, placeholder: "rose-serum", ariaLabel: "is" });
  which.value = property;
  const narrow = () => {
    const says = which.value && text.value.trim() ? `[${which.value}=${text.value.trim()}]` : "";
    step.takes = step.takes.map((name) => (/\[/.test(name) && !NARROWED.test(name) ? name : name.replace(/\[.*/, "") + says));
    write();
  };
  for (const node of [which, text]) node.addEventListener("change", narrow);
  return made("p", { className: "takes" }, "only where", which, "is", text);
}

function more(step, k, change) {
  const isSaid = step.within || step.after || step.without.length || /\[/.test(step.takes.join());
  const narrowed = properties.length && step.takes.length ? [narrowing(step)] : [];
  return made("details", { className: "limits", open: Boolean(isSaid) }, made("summary", { textContent: "Limits" }), ...narrowed, ...(k ? limits(step, change) : []));
}

function limits(step, change) {
  const without = [...chips(step.without, "Allow", change),
    chooser("not allowed in between…", step.without, (name) => change([...step.without, name]))];
  return [field("at most", step, "within", "1h"), field("at least", step, "after", "10s"),
    made("span", { textContent: "after the step before" }), made("p", { className: "takes" }, ...without)];
}

function move(k, by) {
  steps.splice(k + by, 0, ...steps.splice(k, 1));
  draw(k + by, by < 0 ? "up" : "down");
  write();
}

function draw(focus = -1, button = "") {
  const list = made("ol", { className: "step-cards" }, ...steps.map(card));
  const add = chooser(steps.length < MOST ? "Add a step…" : "Twenty steps are the most", [], (name) => {
    steps.push({ takes: [name], without: [], optional: false, within: "", after: "", label: "" });
    draw(steps.length - 1);
    write();
  });
  add.disabled = steps.length >= MOST;
  add.className = "add-step";
  place.replaceChildren(list, add);
  const held = list.children[focus];
  (button && held?.querySelector(`[aria-label$="${button}"]:enabled`) || held?.querySelector("select, input"))?.focus();
}

function written({ takes, without, optional, within, after }, k) {
  if (!k) return takes.join("|"); // nothing is asked of what lies before the first
  const says = [takes.join("|"), optional && "optional", within && `within=${within}`, after && `after=${after}`];
  return (without.length ? `!${without.join("|")},` : "") + says.filter(Boolean).join(":");
}

function write() {
  const form = place.closest("form");
  form.elements.line.value = steps.map(written).join(",");
  form.elements.labels.value = steps.map((step) => step.label).join("\n");
  form.dispatchEvent(new Event("steps-changed"));
}

document.addEventListener("steps-read", ({ detail }) => ((steps = detail), draw()));
if (place) {
  place.hidden = false;
  document.querySelector("[data-line]").open = false;
  draw();
}
