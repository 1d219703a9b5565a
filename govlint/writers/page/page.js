"use strict";
(function () {
  var wide = window.matchMedia("(min-width: 64rem)");
  var bar = document.getElementById("bar");
  var current = null;

  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }
  function unfold(node) {
    for (var part = node.parentElement; part; part = part.parentElement) {
      if (part.tagName === "DETAILS") { part.open = true; }
    }
  }

  /* Printed pages show everything. */
  var closed = [];
  window.addEventListener("beforeprint", function () {
    closed = all("details:not([open]):not(.aside)");
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
  here();
  if (!bar) { return; }

  /* Choosing: by severity, rule and part. */
  var cards = all(".card[data-rule]");
  var output = bar.querySelector("output");
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
    output.textContent = shown < cards.length
      ? bar.dataset.shown.replace("{shown}", shown).replace("{all}", cards.length)
      : "";
    if (current && current.hidden) { choose(null); }
  }
  bar.addEventListener("change", filter);

  /* Stepping: from card to card, as far as they are shown. */
  function step(by) {
    var shown = cards.filter(function (card) { return !card.hidden; });
    var at = shown.indexOf(current);
    var next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by;
    if (next < 0 || next >= shown.length) { return; }
    follow(shown[next].id, true);
    remember(shown[next].id);
  }
  document.getElementById("previous").addEventListener("click", function () { step(-1); });
  document.getElementById("next").addEventListener("click", function () { step(1); });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input, textarea")) { return; }
    if (event.key === "n" || event.key === "j") { step(1); }
    if (event.key === "p" || event.key === "k") { step(-1); }
  });

  var fold = document.getElementById("fold"), words = [fold.textContent, bar.dataset.unfold], open = false;
  fold.addEventListener("click", function () {
    open = !open;
    all(".card details, .unjudged").forEach(function (part) { part.open = open; });
    fold.textContent = words[open ? 1 : 0];
  });

  bar.hidden = false;
  function measure() {
    var head = getComputedStyle(bar).position === "sticky" ? bar.offsetHeight : 0;
    document.documentElement.style.setProperty("--head", head + "px");
  }
  window.addEventListener("resize", measure);
  measure();
})();
