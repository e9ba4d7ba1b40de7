// A canned reply that is chosen is inserted where the cursor stands; its words are filled in for this ticket already.
document.addEventListener("DOMContentLoaded", () => {
  const choice = document.getElementById("id_canned");
  const texts = document.getElementById("canned-texts");
  document.querySelector(".desk-thread")?.lastElementChild?.scrollIntoView({ block: "nearest" });
  if (!choice || !texts) return;
  const answer = document.getElementById("id_answer");
  choice.addEventListener("change", () => {
    answer.setRangeText(JSON.parse(texts.textContent)[choice.value] ?? "", answer.selectionStart, answer.selectionEnd, "end");
    choice.value = "";
    answer.focus();
  });
});
