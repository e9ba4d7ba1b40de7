// Files that are chosen: shown with a way to take them out again, and refused before they are sent in vain.

const MOST = 3;
const BYTES = 5_000_000;
const KINDS = ["image/jpeg", "image/png", "application/pdf"];

for (const input of document.querySelectorAll("input[data-files]")) {
  const form = input.form;
  let chosen = [];

  input.addEventListener("change", () => {
    const refused = [...input.files].map(wrong).filter(Boolean);
    chosen = [...chosen, ...[...input.files].filter((file) => !wrong(file))];
    if (chosen.length > MOST) refused.push(`Please choose at most ${MOST} files: these are ${chosen.length}.`);
    chosen = chosen.slice(0, MOST);
    keep();
    form.querySelector("[data-said]").replaceChildren(...refused.map(sentence));
  });
  form.addEventListener("reset", () => setTimeout(() => { chosen = []; keep(); }));

  function keep() {
    const files = new DataTransfer();
    chosen.forEach((file) => files.items.add(file));
    input.files = files.files;
    form.querySelector("[data-chosen]").replaceChildren(...chosen.map(chip));
  }

  function chip(file) {
    const item = document.createElement("li");
    const out = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
    out.setAttribute("aria-label", `Take out ${file.name}`);
    out.addEventListener("click", () => { chosen = chosen.filter((other) => other !== file); keep(); input.focus(); });
    if (file.type.startsWith("image/")) {
      const picture = Object.assign(new Image(), { alt: "", src: URL.createObjectURL(file) });
      picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
      item.append(picture);
    }
    const name = Object.assign(document.createElement("span"), { className: "clamp-1", textContent: file.name });
    item.append(name, out);
    return item;
  }
}

function wrong(file) {
  if (!KINDS.includes(file.type)) return `“${file.name}” is not a JPEG, a PNG or a PDF.`;
  if (!file.size) return `“${file.name}” is empty.`;
  return file.size > BYTES && `“${file.name}” is larger than 5 MB.`;
}

function sentence(text) {
  return Object.assign(document.createElement("p"), { className: "field-error", textContent: text });
}
