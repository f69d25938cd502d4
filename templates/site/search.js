/* Hides the items of the list that lack a word of what is looked for. Without it the list is whole.
   A link may look for something from the start: index.html?q=освіта */
"use strict";
(() => {
  const box = document.querySelector(".search");
  const list = document.querySelector("[data-searched]");
  if (!box || !list) return;
  const plain = (text) => text.toLocaleLowerCase("uk").normalize("NFC")
    .replace(/[\u2019\u02bc\u2018\u0060\u00b4]/g, "'").replace(/[\u00ab\u00bb\u201c\u201d\u201e"]/g, "");
  const items = [...list.children].map((item) =>
    ({ item, text: plain(item.textContent + " " + (item.dataset.words || "")) }));
  const input = box.querySelector("input");
  const found = box.querySelector("[role=status]");
  const show = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    let number = 0;
    for (const { item, text } of items) {
      item.hidden = !words.every((word) => text.includes(word));
      number += item.hidden ? 0 : 1;
    }
    found.textContent = words.length ? "Знайдено: " + number + " із " + items.length : "";
  };
  input.addEventListener("input", show);
  box.hidden = false;
  input.value = new URLSearchParams(location.search).get("q") || "";
  show();
})();
