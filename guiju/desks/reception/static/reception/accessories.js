// Another row for an accessory, when the three empty ones are full.
for (const group of document.querySelectorAll("[data-accessories]")) {
  const more = group.querySelector("[data-accessory-more]");
  more.hidden = false;
  more.addEventListener("click", () => {
    const rows = group.querySelectorAll(".accessory");
    const row = rows[rows.length - 1].cloneNode(true);
    for (const input of row.querySelectorAll("input")) input.value = "";
    more.before(row);
    row.querySelector("input").focus();
  });
}
