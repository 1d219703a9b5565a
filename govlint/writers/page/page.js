"use strict";
/* What is listened for, is listened for at the document, once; what is on the page may come and go (govlint:shown). */
(function () {
  var wide = window.matchMedia("(min-width: 64rem)");
  var current = null, cards = [], bar = null, foldWords = [], open = false;

  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }
  function unfold(node) {
    for (var part = node.parentElement; part; part = part.parentElement) {
      if (part.tagName === "DETAILS") { part.open = true; }
    }
  }

  /* Printed pages show everything. */
  var closed = [];
  window.addEventListener("beforeprint", function () {
    closed = all("main details:not([open]):not(.aside)");
    closed.forEach(function (part) { part.open = true; });
  });
  window.addEventListener("afterprint", function () {
    closed.forEach(function (part) { part.open = false; });
  });

  /* Going from card to place and back. A card in a column of its own is moved there, without moving the report. */
  function show(node) {
    unfold(node);
    var column = wide.matches && node.closest(".findings");
    if (!column) {
      node.scrollIntoView({ block: node.classList.contains("card") ? "start" : "center" });
      return;
    }
    var room = column.getBoundingClientRect(), box = node.getBoundingClientRect(), top = 64;
    if (box.top < room.top + top || box.bottom > room.bottom) { column.scrollTop += box.top - room.top - top; }
  }
  function choose(card) {
    if (current) { all(".current, .lit").forEach(function (node) { node.classList.remove("current", "lit"); }); }
    current = card;
    if (!card) { return; }
    card.classList.add("current");
    all('[data-f~="' + card.id + '"]').forEach(function (node) { node.classList.add("current"); });
    all('[data-r~="' + card.id + '"]').forEach(function (node) { node.classList.add("lit"); });
  }
  function remember(id) {
    try { history.pushState(null, "", "#" + id); } catch (refused) { /* Some viewers have no history. */ }
  }
  function follow(id, both) {
    var node = document.getElementById(id);
    if (!node) { return false; }
    var card = node.closest(".card");
    var other = document.getElementById(card ? "at-" + card.id : id.replace(/^at-/, ""));
    if (card || other !== node) { choose(card || other); }
    if (both && wide.matches && other) { show(other); }
    show(node);
    if (card && node.tabIndex < 0) { node.tabIndex = -1; }
    node.focus({ preventScroll: true });
    return true;
  }
  var ours = /^#(f|w|at|p)-/;
  function here() {
    if (ours.test(location.hash)) { follow(location.hash.slice(1), true); }
  }
  document.addEventListener("click", function (event) {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    var button = event.target.closest("button");
    if (button) { press(button); return; }
    var link = event.target.closest("a[href^='#']");
    var mark = link ? null : event.target.closest("mark[data-f]");
    if (mark && String(window.getSelection())) { return; }
    var to = link ? link.getAttribute("href") : mark ? "#" + mark.dataset.f.split(" ")[0] : "";
    if (!ours.test(to)) { return; }
    if (link && link.closest(".card")) { choose(link.closest(".card")); }
    if (follow(to.slice(1), false)) {
      event.preventDefault();
      remember(to.slice(1));
    }
  });
  window.addEventListener("popstate", here);

  /* Choosing: by severity, rule and part. */
  function filter() {
    var rule = bar.querySelector("[name=rule]").value, part = bar.querySelector("[name=part]").value;
    var severities = all("#bar [name=severity]:checked").map(function (box) { return box.value; });
    var off = {}, shown = 0;
    cards.forEach(function (card) {
      var data = card.dataset;
      var hit = severities.indexOf(data.severity) >= 0 && (!rule || data.rule === rule) && (!part || data.part === part);
      card.hidden = !hit;
      off[card.id] = !hit;
      shown += hit ? 1 : 0;
      var place = document.getElementById("at-" + card.id);
      if (place) { place.hidden = !hit; }
    });
    all("mark[data-f]").forEach(function (mark) {
      mark.classList.toggle("off", mark.dataset.f.split(" ").every(function (id) { return off[id]; }));
    });
    bar.querySelector("output").textContent = shown < cards.length
      ? bar.dataset.shown.replace("{shown}", shown).replace("{all}", cards.length)
      : "";
    if (current && current.hidden) { choose(null); }
  }
  document.addEventListener("change", function (event) {
    if (bar && bar.contains(event.target)) { filter(); }
  });

  /* Stepping: from card to card, as far as they are shown. */
  function step(by) {
    var shown = cards.filter(function (card) { return !card.hidden; });
    var at = shown.indexOf(current);
    var next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by;
    if (next < 0 || next >= shown.length) { return; }
    follow(shown[next].id, true);
    remember(shown[next].id);
  }
  document.addEventListener("keydown", function (event) {
    if (!bar || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input, textarea")) { return; }
    if (event.key === "n" || event.key === "j") { step(1); }
    if (event.key === "p" || event.key === "k") { step(-1); }
  });

  function fold(button) {
    open = !open;
    all(".card details, .unjudged").forEach(function (part) { part.open = open; });
    button.textContent = foldWords[open ? 1 : 0];
  }
  function press(button) {
    if (button.closest("#overview thead")) { sort(button.closest("th")); }
    if (!bar || !bar.contains(button)) { return; }
    if (button.id === "previous") { step(-1); }
    if (button.id === "next") { step(1); }
    if (button.id === "fold") { fold(button); }
  }

  /* Sorting the overview: numbers from the largest, text from its beginning, a second time the other way round. */
  var texts = new Intl.Collator("zh-CN", { numeric: true });
  function value(row, at) {
    var cell = row.cells[at];
    /* What was not read has one cell for all its numbers; it is graver than any number. */
    if (!cell || cell.colSpan > 1) { return Infinity; }
    var text = cell.textContent.trim();
    return cell.classList.contains("v") ? Number(text) : text;
  }
  function sort(head) {
    var body = head.closest("table").tBodies[0], at = head.cellIndex, counts = head.classList.contains("v");
    var before = head.getAttribute("aria-sort");
    var down = before ? before === "ascending" : counts;
    var rows = Array.prototype.slice.call(body.rows).map(function (row) { return { row: row, by: value(row, at) }; });
    rows.sort(function (a, b) {
      var order = a.by === b.by ? 0 : counts ? (a.by < b.by ? -1 : 1) : texts.compare(a.by, b.by);
      return down ? -order : order;
    });
    rows.forEach(function (each) { body.appendChild(each.row); });
    all("#overview th[aria-sort]").forEach(function (other) { other.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
  }
  function sortable() {
    all("#overview thead th").forEach(function (head) {
      if (head.querySelector("button")) { return; }
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.textContent = "";
      head.appendChild(button);
    });
  }

  function measure() {
    var head = bar && getComputedStyle(bar).position === "sticky" ? bar.offsetHeight : 0;
    document.documentElement.style.setProperty("--head", head + "px");
    /* What can be scrolled must be reached by keys, in browsers too that do not see to it themselves. */
    var boxes = all("main .scroll"), wider = boxes.map(function (box) { return box.scrollWidth > box.clientWidth; });
    boxes.forEach(function (box, at) {
      if (wider[at]) { box.tabIndex = 0; } else { box.removeAttribute("tabindex"); }
    });
  }
  window.addEventListener("resize", measure);

  function begin() {
    current = null;
    open = false;
    cards = all(".card[data-rule]");
    bar = document.getElementById("bar");
    sortable();
    if (bar) {
      foldWords = [document.getElementById("fold").textContent, bar.dataset.unfold];
      bar.hidden = false;
    }
    measure();
    here();
  }
  document.addEventListener("govlint:shown", begin);
  begin();
})();
