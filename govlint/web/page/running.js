"use strict";
/* The table of a check that runs: a row for each file, filled as they are done (govlint:begun, govlint:progress). */
(function () {
  const by = (id) => document.getElementById(id);
  let all = 0;

  function cell(tag, text, name) {
    const node = document.createElement(tag);
    node.textContent = text;
    node.className = name;
    return node;
  }
  function tell(done) {
    by("meter").max = all;
    by("meter").value = done;
    by("told").textContent = document.body.dataset.progress.replace("{done}", done).replace("{all}", all);
  }

  document.addEventListener("govlint:begun", function (event) {
    all = event.detail.length;
    by("rows").textContent = "";
    event.detail.forEach(function (name) {
      const row = document.createElement("tr"), head = cell("th", name, "path");
      head.scope = "row";
      row.className = "waiting";
      row.append(head, ...["", "", "v", "v", "v"].map((kind) => cell("td", "", kind)));
      by("rows").append(row);
    });
    tell(0);
    by("running").hidden = false;
    const box = by("rows").closest(".scroll"); /* Where it can be scrolled, it must be reached by keys. */
    box.tabIndex = box.scrollWidth > box.clientWidth ? 0 : -1;
  });

  document.addEventListener("govlint:progress", function (event) {
    const told = event.detail, row = by("rows").rows[told.number - 1];
    tell(told.number);
    if (!row) { return; }
    row.className = "";
    row.cells[0].textContent = told.name;
    if (told.problem) {
      while (row.cells.length > 1) { row.deleteCell(-1); }
      row.append(Object.assign(cell("td", told.problem, "error"), { colSpan: 5, title: told.problem }));
      return;
    }
    row.cells[1].textContent = told.unit;
    row.cells[2].textContent = told.year;
    ["error", "warning", "info"].forEach(function (severity, at) {
      const count = told.counts[severity] || 0;
      row.cells[at + 3].replaceChildren(cell("span", count, count ? severity : "zero"));
    });
  });
})();
