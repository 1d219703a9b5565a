"use strict";
/* The server keeps nothing: the files stay here, and are sent again for whatever is wanted of them.
   Listeners are at the document, because the parts of the page are exchanged with those of the other language. */
(function () {
  document.documentElement.classList.add("scripted");
  let given = [];     /* the files that are chosen */
  let reports = [];   /* what can be had of each of them: {name, kind, annotate, fixes, unsafe_fixes} */
  let running = null; /* what stops the check that runs */

  const by = (id) => document.getElementById(id);
  const word = (name, values) => (document.body.dataset[name] || "").replace(/\{(\w+)\}/g,
    (whole, key) => (values && key in values ? values[key] : whole));
  function make(tag, text, more) {
    const node = Object.assign(document.createElement(tag), more || {});
    node.textContent = text;
    return node;
  }
  function send(name, detail) { document.dispatchEvent(new CustomEvent("govlint:" + name, { detail: detail })); }
  /* What is told to screen readers; to all as long as something is awaited. */
  function say(text, awaited) {
    by("status").textContent = text;
    document.body.classList.toggle("awaiting", Boolean(awaited));
  }
  function complain(text, retry) {
    by("problem").textContent = text;
    by("again").hidden = !(text && retry && given.length);
    if (text) { window.scrollTo(0, 0); }
  }

  /* A file that comes again is taken once, one that was worked on meanwhile for its former state: that cannot be read
     any more. Others of the same name lie elsewhere. */
  async function add(files) {
    const same = (a, b) => a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
    const changed = await gone(given.filter((old) => files.some((file) => file.name === old.name)));
    const left = given.filter((old) => !changed.includes(old));
    const all = left.concat(files.filter((file) => !left.some((old) => same(old, file))));
    const most = Number(document.body.dataset.most), size = Number(document.body.dataset.size);
    if (all.length > most) { complain(word("too_many", { files: most })); return; }
    const room = size * 1024 * 1024, large = all.find((file) => file.size > room);
    if (large) { complain(word("too_large", { name: large.name, size: size })); return; }
    if (all.reduce((sum, file) => sum + file.size, 0) > room) { complain(word("too_large_together", { size: size })); return; }
    given = all;
    check();
  }
  async function gone(files) {
    const found = [];
    for (const file of files) {
      try { await file.slice(0, 1).arrayBuffer(); } catch (refused) { found.push(file); }
    }
    return found;
  }
  async function unsent() {
    const [file] = await gone(given);
    return file ? word("changed", { name: file.name }) : word("no_answer");
  }
  function remove(at) {
    given.splice(at, 1);
    if (given.length) { check(); } else { anew(); }
  }
  function anew() {
    stop();
    given = [];
    reports = [];
    clear(by("result"));
    by("running").hidden = true;
    complain("");
    say("");
    forget();
    document.title = word("title");
    fold(false);
    by("choose").focus();
  }
  function clear(node) { node.textContent = ""; }
  function forget() { history.replaceState(null, "", location.pathname + location.search); }
  function stop() {
    if (running) { running.abort(); }
    running = null;
    by("result").removeAttribute("aria-busy");
  }

  /* The form: whole, or one line with what can be done now. */
  function fold(answered) {
    document.body.classList.toggle("answered", answered);
    by("whole").hidden = answered;
    by("kit").hidden = !answered;
    by("hint").hidden = given.length > 1;
    by("print").hidden = by("downloads").hidden = !reports.length;
    by("count").textContent = given.length;
    clear(by("files"));
    given.forEach(function (file, at) {
      const name = reports.length ? reports[at].name : file.name;
      const button = make("button", word("remove"), { type: "button" });
      button.dataset.remove = at;
      button.setAttribute("aria-label", word("remove") + " " + name);
      const item = make("li", "");
      item.append(make("span", name), button);
      by("files").append(item);
    });
    offer();
  }
  function offer() {
    const list = by("offers");
    clear(list);
    const entry = (text, show, at, unsafe) => {
      const button = make("button", text, { type: "button" });
      Object.assign(button.dataset, { show: show, at: at, unsafe: unsafe ? "1" : "" });
      list.append(button);
    };
    if (reports.length > 1) { list.append(make("h2", word("all_files"))); }
    ["review", "html", "json", "sarif"].forEach((show) => entry(word(show), show, ""));
    reports.forEach(function (one, at) {
      if (!one.annotate && !one.fixes && !one.unsafe_fixes) { return; }
      if (reports.length > 1) { list.append(make("h2", one.name)); }
      if (one.annotate) { entry(word("annotated"), "annotated", at); }
      if (one.fixes) { entry(word("fixed") + word("count", { count: one.fixes }), "fixed", at); }
      if (one.unsafe_fixes) {
        entry(word("fixed_unsafe") + word("count", { count: one.fixes + one.unsafe_fixes }), "fixed", at, true);
      }
    });
  }

  /* Asking the server */
  function ask(files, show, accept, more) {
    const data = new FormData();
    data.append("lang", by("give").elements.lang.value);
    data.append("show", show);
    Object.keys(more || {}).forEach((key) => data.append(key, more[key]));
    files.forEach((one) => data.append("file", one, one.name));
    const signal = running ? running.signal : undefined;
    return fetch(by("give").action, { method: "POST", body: data, headers: { Accept: accept }, signal: signal });
  }
  async function refusal(response) {
    const type = response.headers.get("Content-Type") || "", text = await response.text();
    try {
      if (type.includes("json")) { return JSON.parse(text.split("\n")[0]).detail || word("failed"); }
      if (type.includes("html")) {
        return new DOMParser().parseFromString(text, "text/html").getElementById("problem").textContent || word("failed");
      }
    } catch (odd) { /* A proxy answers in its own way. */ }
    return word("failed");
  }
  async function* events(response) {
    const reader = response.body.getReader(), decoder = new TextDecoder();
    let rest = "";
    for (;;) {
      const part = await reader.read();
      rest += part.done ? decoder.decode() : decoder.decode(part.value, { stream: true });
      const lines = rest.split("\n");
      rest = lines.pop();
      for (const line of lines) { if (line.trim()) { yield JSON.parse(line); } }
      if (part.done) { break; }
    }
    if (rest.trim()) { yield JSON.parse(rest); }
  }

  /* A check. For another language (again) the result stays until the other one is there. */
  async function check(again) {
    stop();
    const mine = running = new AbortController();
    const result = by("result");
    complain("");
    say(word("checking"), again);
    if (again) { result.setAttribute("aria-busy", "true"); } else { begin(); }
    let done = null, said = "";
    try {
      const response = await ask(given, "page", "application/x-ndjson");
      if (!response.ok || !(response.headers.get("Content-Type") || "").includes("ndjson")) {
        said = await refusal(response);
      } else {
        for await (const event of events(response)) {
          if (running !== mine) { return; }
          if (event.event === "progress" && !again) { send("progress", event); }
          if (event.event === "done") { done = event; }
          if (event.event === "problem") { said = event.detail || word("failed"); }
        }
      }
    } catch (lost) { said = await unsent(); }
    if (running !== mine) { return; }
    running = null;
    result.removeAttribute("aria-busy");
    by("running").hidden = true;
    if (done) { show(done, again); } else { say(""); complain(said || word("no_answer"), true); }
  }
  function begin() {
    reports = [];
    clear(by("result"));
    forget();
    fold(true);
    send("begun", given.map((file) => file.name));
    window.scrollTo(0, 0);
    by("stop").focus();
  }
  function show(done, again) {
    const result = by("result");
    reports = done.reports;
    fold(true);
    result.innerHTML = done.html; /* Made by the writers of govlint; the page's policy runs no script in it. */
    result.prepend(make("p", done.lead, { className: "lead" }));
    document.title = done.lead + " – " + word("title");
    say(done.lead);
    if (!again) { result.focus({ preventScroll: true }); }
    send("shown");
  }

  /* A file to keep */
  async function download(show, at, unsafe) {
    complain("");
    say(word("preparing"), true);
    try {
      const files = at === "" ? given : [given[Number(at)]];
      const response = await ask(files, show, "application/problem+json, */*", unsafe ? { unsafe: "1" } : {});
      const named = /filename\*=UTF-8''([^;]+)/i.exec(response.headers.get("Content-Disposition") || "");
      if (!response.ok || !named) { say(""); complain(await refusal(response)); return; }
      const link = make("a", "", { href: URL.createObjectURL(await response.blob()), download: decodeURIComponent(named[1]) });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      say(word("saved", { name: link.download }));
    } catch (lost) { say(""); complain(await unsent()); }
  }

  /* Another language: the page's own parts come from the server, the result is asked for again. */
  async function translate(link) {
    const response = await fetch(link.href, { headers: { Accept: "text/html" } });
    if (!response.ok) { complain(await refusal(response)); return; }
    const other = new DOMParser().parseFromString(await response.text(), "text/html");
    const answered = document.body.classList.contains("answered"), code = link.lang;
    Object.assign(document.body.dataset, other.body.dataset);
    document.documentElement.lang = other.documentElement.lang;
    document.title = other.title;
    history.replaceState(null, "", link.search + location.hash);
    [".masthead", "#give", "#running", ".problem", "footer"].forEach(function (part) {
      document.querySelector(part).replaceWith(document.adoptNode(other.querySelector(part)));
    });
    by("result").setAttribute("aria-label", other.getElementById("result").getAttribute("aria-label"));
    document.querySelector(".over p").textContent = other.querySelector(".over p").textContent;
    fold(answered);
    document.querySelector('nav [lang="' + code + '"]').focus();
    if (given.length) { check(Boolean(reports.length)); }
  }

  /* What people do */
  function closeMenus(but) {
    document.querySelectorAll(".menu[open]").forEach((menu) => { menu.open = menu === but; });
  }
  const pressed = {
    choose: () => by("file").click(),
    add: () => by("file").click(),
    again: () => check(),
    anew: anew,
    print: () => window.print(),
    stop: () => { stop(); by("running").hidden = true; say(""); complain(word("stopped"), true); },
  };
  document.addEventListener("click", function (event) {
    const target = event.target, button = target.closest("button"), link = target.closest("nav a[hreflang]");
    const menu = target.closest(".menu");
    closeMenus(menu);
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      translate(link).catch(() => complain(word("no_answer")));
    }
    if (!button) { return; }
    if (pressed[button.id]) { pressed[button.id](); }
    if (button.dataset.remove) { remove(Number(button.dataset.remove)); }
    if (button.dataset.show) {
      menu.open = false;
      menu.querySelector("summary").focus();
      download(button.dataset.show, button.dataset.at, button.dataset.unsafe);
    }
  });
  document.addEventListener("keydown", function (event) {
    const menu = event.key === "Escape" && document.querySelector(".menu[open]");
    if (!menu) { return; }
    if (menu.contains(document.activeElement)) { menu.querySelector("summary").focus(); }
    closeMenus(null);
  });
  document.addEventListener("govlint:given", function (event) {
    if (event.detail.files.length) { add(event.detail.files); } else { complain(word(event.detail.lost ? "lost" : "nothing")); }
  });
})();
