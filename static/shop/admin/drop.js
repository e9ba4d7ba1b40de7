// Places to drop files on: what is dropped becomes what the file field holds, and is shown before it is saved.

const MOST = 5_000_000;

window.dropInto = function dropInto(zone, take) {
  const input = zone.querySelector("input[type=file]");
  input.hasChangeListener = true; // so that the admin's own script does not look for its text field beside it
  zone.classList.add("is-live");
  for (const name of ["dragenter", "dragover"])
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("is-over");
    });
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("is-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = input.multiple ? event.dataTransfer.files : only(event.dataTransfer.files[0]);
    take(input);
  });
  input.addEventListener("change", () => take(input));
};

function only(file) {
  const files = new DataTransfer();
  files.items.add(file);
  return files.files;
}

function show(zone, input) {
  const shown = zone.querySelector("[data-shown]");
  shown.replaceChildren(...[...input.files].map(drawn));
}

function drawn(file) {
  const item = document.createElement("li");
  const known = /^image\/(jpeg|png|webp)$/.test(file.type);
  if (known) {
    const image = document.createElement("img");
    image.src = URL.createObjectURL(file);
    image.alt = "";
    item.append(image);
  }
  const words = document.createElement("span");
  words.textContent = !known ? `${file.name}: not a picture we can read` : file.size > MOST ? `${file.name}: larger than 5 MB` : file.name;
  item.append(words);
  item.classList.toggle("is-bad", !known || file.size > MOST);
  return item;
}

for (const zone of document.querySelectorAll("[data-drop-pictures]")) window.dropInto(zone, (input) => show(zone, input));
for (const zone of document.querySelectorAll("[data-drop-file]"))
  window.dropInto(zone, (input) => (zone.querySelector("[data-said]").textContent = input.files[0]?.name ?? ""));
