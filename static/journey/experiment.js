// The form of an experiment offers the steps of the funnel that is chosen, under their own names.
"use strict";
addEventListener("DOMContentLoaded", () => {
  const funnel = document.querySelector("select[data-labels]");
  if (!funnel) return;
  const labels = JSON.parse(funnel.dataset.labels);
  const goals = [...document.querySelectorAll("#id_goal option")];
  const boxes = [...document.querySelectorAll("input[name=secondary]")];

  function fit() {
    const steps = labels[funnel.value] || [];
    for (const one of [...goals, ...boxes]) {
      const place = one.value.startsWith("step:") ? Number(one.value.slice(5)) : -1;
      if (place < 0) continue;
      const label = steps[place];
      one.disabled = label === undefined;
      if (one.disabled) one.checked = one.selected = false;
      const shown = one.closest("label") || one;
      (one.closest("li, #id_secondary > div") || one).hidden = one.disabled;
      if (label !== undefined) name(shown, `Step ${place + 1}: ${label}`);
    }
  }

  /** The words of a label that also holds its box, or of an option. */
  function name(shown, words) {
    const texts = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      if (texts.currentNode.data.trim()) return (texts.currentNode.data = words);
    }
  }

  funnel.addEventListener("change", fit);
  fit();
});
