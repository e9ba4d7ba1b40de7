// Sends a video as soon as it is dropped, shows how far it is, and keeps the states of uploads on the page current.

const EVERY_MS = 1000;

function setUp(zone) {
  const [input, code, said, progress] = ["input[type=file]", "[data-code]", "[data-said]", "[data-progress]"].map((one) => zone.querySelector(one));
  const bar = progress.querySelector("progress");
  let sending = null;

  const say = (words, bad = false) => {
    said.textContent = words;
    said.classList.toggle("is-bad", bad);
  };
  const stopped = (words, bad) => {
    sending = null;
    progress.hidden = true;
    input.value = "";
    say(words, bad);
  };

  function send(file) {
    if (!file) return;
    if (file.size > Number(zone.dataset.most)) return stopped("This video is larger than 50 MB: send a smaller one.", true);
    sending?.abort();
    code.value = "";
    const form = new FormData();
    form.append("file", file);
    form.append("csrfmiddlewaretoken", zone.closest("form").elements.csrfmiddlewaretoken.value);
    const request = (sending = new XMLHttpRequest());
    request.open("POST", zone.dataset.dropVideo);
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      bar.value = (event.loaded * 100) / event.total;
      say(bar.value < 100 ? `${file.name}: ${Math.floor(bar.value)} % sent` : `${file.name} is being checked …`);
    };
    request.onload = () => {
      const answer = request.response ?? {};
      if (request.status !== 201) return stopped(answer.said ?? "The shop did not take this video: try again.", true);
      code.value = answer.code;
      stopped(`${file.name} is here. Save to put it on this page; it is being prepared meanwhile.`);
      follow(answer, zone);
    };
    request.onerror = () => stopped("The connection was lost: try again.", true);
    request.onabort = () => stopped("Stopped.");
    bar.value = 0;
    progress.hidden = false;
    request.send(form);
  }

  window.dropInto(zone, (chosen) => send(chosen.files[0]));
  zone.querySelector("[data-stop]").addEventListener("click", () => sending?.abort());
}

// The new upload's own line, below the drop zone.
function follow(answer, zone) {
  const line = document.createElement("div");
  line.className = "upload";
  line.dataset.upload = answer.ask;
  line.innerHTML = '<span class="chip" data-words role="status"></span><progress max="100" aria-label="Preparing"></progress>';
  zone.querySelector(".upload")?.remove();
  zone.append(line);
  draw(line, answer);
  ask(line);
}

function draw(line, answer) {
  const words = line.querySelector("[data-words]");
  if (words.textContent !== answer.words) words.textContent = answer.words;
  words.className = `chip chip-${answer.tone}`;
  const bar = line.querySelector("progress");
  if (bar) {
    bar.value = answer.percent;
    bar.hidden = answer.tone !== "busy";
  }
  const again = line.querySelector("[data-again]");
  if (again) again.hidden = !answer.again;
  if (answer.movie) play(answer);
  const feed = document.querySelector("[data-feed]");
  if (feed && answer.feed) Object.assign(feed, { href: answer.feed, hidden: false });
}

function play({ movie, poster }) {
  const phone = document.querySelector("[data-preview]");
  if (!phone || phone.querySelector("video")?.getAttribute("src") === movie) return;
  const video = Object.assign(document.createElement("video"), { src: movie, poster, controls: true, loop: true, playsInline: true });
  video.setAttribute("aria-label", "The clip as buyers see it");
  phone.replaceChildren(video);
}

async function ask(line) {
  while (line.isConnected) {
    await new Promise((later) => setTimeout(later, EVERY_MS));
    const answer = await fetch(line.dataset.upload).then((got) => (got.ok ? got.json() : null), () => null);
    if (!answer) continue;
    draw(line, answer);
    if (answer.tone !== "busy") return;
  }
}

for (const zone of document.querySelectorAll("[data-drop-video]")) setUp(zone);
for (const line of document.querySelectorAll("[data-upload]")) ask(line);
