"use strict";
/* Files that people choose, drop or paste anywhere on the page: told as the event govlint:given, {files, lost}. */
(function () {
  let pasted = 0;
  const junk = /^(\.|~\$)|^(Thumbs\.db|desktop\.ini)$/i;

  function tell(files, lost) {
    document.dispatchEvent(new CustomEvent("govlint:given", { detail: { files: files, lost: Boolean(lost) } }));
  }
  /* A file of what was pasted. Readers know by the mark at its beginning how it is encoded, whatever it says itself. */
  function tellText(text, suffix, type) {
    pasted += 1;
    const name = document.body.dataset.pasted + (pasted > 1 ? " " + pasted : "") + suffix;
    tell([new File(["\ufeff" + text], name, { type: type })]);
  }

  document.addEventListener("change", function (event) {
    if (event.target.id !== "file") { return; }
    const files = Array.from(event.target.files);
    event.target.value = "";
    tell(files);
  });

  document.addEventListener("submit", function (event) {
    event.preventDefault();
    const box = document.getElementById("paste"), text = box.value;
    if (!text.trim()) {
      tell([]);
      box.focus();
      return;
    }
    box.value = "";
    tellText(text, ".txt", "text/plain");
  });

  /* Text without tables goes where it is pasted; one may put several pieces there. */
  document.addEventListener("paste", function (event) {
    const data = event.clipboardData, html = data.getData("text/html"), text = data.getData("text/plain");
    const files = Array.from(data.files).filter((file) => !file.type.startsWith("image/"));
    if (html) {
      tellText(html, ".html", "text/html");
    } else if (files.length) {
      tell(files);
    } else if (text.trim() && !event.target.closest("input, textarea")) {
      tellText(text, ".txt", "text/plain");
    } else {
      return;
    }
    event.preventDefault();
  });

  /* Folders are read with all that is in them, but for what programs leave there. */
  async function inside(entry) {
    if (entry.isFile) { return [await new Promise((take, fail) => entry.file(take, fail))]; }
    const reader = entry.createReader(), found = [];
    for (;;) {
      const some = await new Promise((take, fail) => reader.readEntries(take, fail));
      if (!some.length) { return found; }
      for (const each of some) {
        if (!junk.test(each.name)) { found.push(...await inside(each)); }
      }
    }
  }
  const carries = (event) => Array.from(event.dataTransfer.types).includes("Files");
  const dragged = (on) => document.documentElement.classList.toggle("dragged", on);
  document.addEventListener("dragover", function (event) {
    if (!carries(event)) { return; }
    event.preventDefault();
    dragged(true);
  });
  document.addEventListener("dragleave", function (event) {
    if (!event.relatedTarget) { dragged(false); }
  });
  document.addEventListener("drop", function (event) {
    dragged(false);
    if (!carries(event)) { return; }
    event.preventDefault();
    const files = Array.from(event.dataTransfer.files);
    const entries = Array.from(event.dataTransfer.items).map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
    if (!entries.some((entry) => entry && entry.isDirectory)) {
      tell(files);
      return;
    }
    Promise.all(entries.filter(Boolean).map(inside)).then((lists) => tell(lists.flat()), () => tell([], true));
  });
})();
