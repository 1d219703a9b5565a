"use strict";
(function () {
  var bar = document.getElementById("filter");
  var output = bar.querySelector("output");
  var compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (part) { part.open = true; });
  });
  var lists = Array.prototype.slice.call(document.querySelectorAll("[data-filter]"));
  if (!lists.length) { return; }

  /* Sorting: a button in each header; blanks stay last either way. */
  function sorter(table, header, index) {
    var number = header.classList.contains("n");
    return function () {
      var body = table.tBodies[0];
      var down = header.getAttribute("aria-sort") ? header.getAttribute("aria-sort") !== "descending" : number;
      var keyed = Array.prototype.map.call(body.rows, function (row) {
        var text = row.cells[index].textContent;
        return { row: row, key: number ? (text === "" ? null : parseFloat(text)) : text || null };
      });
      keyed.sort(function (a, b) {
        if (a.key === null || b.key === null) { return (a.key === null) - (b.key === null); }
        return (number ? a.key - b.key : compare(a.key, b.key)) * (down ? -1 : 1);
      });
      var sorted = document.createDocumentFragment();
      keyed.forEach(function (entry) { sorted.appendChild(entry.row); });
      body.appendChild(sorted);
      Array.prototype.forEach.call(table.tHead.rows[0].cells, function (cell) { cell.removeAttribute("aria-sort"); });
      header.setAttribute("aria-sort", down ? "descending" : "ascending");
    };
  }
  document.querySelectorAll("table.sortable").forEach(function (table) {
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (header, index) {
      var button = document.createElement("button");
      button.type = "button";
      while (header.firstChild) { button.appendChild(header.firstChild); }
      header.appendChild(button);
      button.addEventListener("click", sorter(table, header, index));
    });
  });

  /* Filtering: every word must stand somewhere in the row. */
  var entries = [];
  lists.forEach(function (list) {
    var rows = list.tBodies ? list.tBodies[0].rows : list.children;
    Array.prototype.forEach.call(rows, function (row) {
      entries.push({ row: row, counts: list.id === "reports", text: row.textContent.toLowerCase() });
    });
  });
  var waiting = 0;
  function filter() {
    var words = bar.querySelector("input").value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0, all = 0;
    entries.forEach(function (entry) {
      var hit = words.every(function (word) { return entry.text.indexOf(word) >= 0; });
      entry.row.hidden = !hit;
      if (entry.counts) { all += 1; shown += hit ? 1 : 0; }
    });
    output.textContent = words.length
      ? bar.dataset.shown.replace("{shown}", shown).replace("{all}", all)
      : "";
  }
  bar.querySelector("input").addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 80);
  });
  var first = lists[0].closest("section");
  first.parentNode.insertBefore(bar, first);
  bar.hidden = false;
  document.documentElement.style.setProperty("--head", bar.offsetHeight + "px");
})();
