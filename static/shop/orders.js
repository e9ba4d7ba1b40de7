// Orders: a parcel that moves is seen moving, and the tab one stands on is in sight.

document.querySelector(".order-tabs [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

const busy = (place) => document.hidden || document.querySelector("dialog[open]") || place.contains(document.activeElement);

/* Draw the order anew when its status or its log has changed, unless somebody is in the middle of something. */
const look = async (place) => {
  if (busy(place)) return;
  const answer = await fetch(place.dataset.live);
  if (!answer.ok || busy(place)) return;
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("order");
  if (drawn && drawn.dataset.version !== place.dataset.version) {
    place.replaceWith(drawn);
    window.toast(drawn.querySelector("[data-status]").textContent.trim());
  }
};

const soon = () => {
  const place = document.querySelector("#order[data-live]");
  if (place) setTimeout(() => look(place).catch(() => {}).finally(soon), Number(place.dataset.liveMs));
};
soon();
