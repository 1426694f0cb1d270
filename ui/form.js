/* Forms: references that look up while one types, rows that come and go, files that are sent at once, drafts. Without it
 * one types names, sends blank rows along and chooses files with the form. */
"use strict";

/* --- references: an ARIA combobox (WAI-ARIA 1.2, list autocomplete) --- */

(function () {
  var open = null; /* {box, input, list, options, at} */
  var waiting, asked = 0;

  function close() {
    if (!open) return;
    open.list.remove();
    open.input.setAttribute("aria-expanded", "false");
    open.input.removeAttribute("aria-activedescendant");
    open = null;
  }

  function mark(at) {
    open.at = at;
    Array.from(open.list.children).forEach(function (item, index) {
      item.setAttribute("aria-selected", String(index === at));
      if (index === at) {
        open.input.setAttribute("aria-activedescendant", item.id);
        item.scrollIntoView({ block: "nearest" });
      }
    });
  }

  function choose(option) {
    var input = open.input, id = open.box.querySelector("input[type=hidden]");
    input.value = option.text;
    if (id) id.value = option.id;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function show(box, input, options) {
    close();
    var list = document.createElement("ul");
    list.setAttribute("role", "listbox");
    list.id = input.id + "-list";
    list.setAttribute("aria-label", input.labels && input.labels[0] ? input.labels[0].textContent : input.getAttribute("aria-label") || "");
    options.forEach(function (option, index) {
      var item = document.createElement("li");
      item.setAttribute("role", "option");
      item.id = list.id + "-" + index;
      item.append(option.text);
      if (option.note) item.append(Object.assign(document.createElement("small"), { textContent: option.note }));
      item.addEventListener("mousedown", function (event) { event.preventDefault(); choose(option); });
      list.append(item);
    });
    if (!options.length) {
      var none = document.createElement("li");
      none.className = "nothing";
      none.textContent = box.dataset.none;
      list.append(none);
    }
    box.append(list);
    input.setAttribute("aria-expanded", "true");
    open = { box: box, input: input, list: list, options: options, at: -1 };
  }

  function ask(box, input) {
    var turn = ++asked;
    fetch(box.dataset.combo + "?q=" + encodeURIComponent(input.value.trim()), { headers: { "Accept": "application/json" } })
      .then(function (answer) { return answer.ok ? answer.json() : []; })
      .then(function (options) { if (turn === asked && document.activeElement === input) show(box, input, options); })
      .catch(close);
  }

  function boxOf(target) { return target.closest && target.matches("[data-combo] > input:not([type=hidden])") ? target.parentElement : null; }

  document.addEventListener("focusin", function (event) {
    var box = boxOf(event.target);
    if (!box || event.target.getAttribute("role")) return;
    event.target.setAttribute("role", "combobox");
    event.target.setAttribute("aria-autocomplete", "list");
    event.target.setAttribute("aria-expanded", "false");
    event.target.setAttribute("aria-controls", event.target.id + "-list");
  });
  document.addEventListener("input", function (event) {
    var box = boxOf(event.target);
    if (!box) return;
    var id = box.querySelector("input[type=hidden]");
    if (id) id.value = "";
    clearTimeout(waiting);
    waiting = setTimeout(ask, 180, box, event.target);
  });
  document.addEventListener("focusout", function (event) { if (boxOf(event.target)) { asked++; close(); } });
  document.addEventListener("keydown", function (event) {
    var box = boxOf(event.target), down = event.key === "ArrowDown", up = event.key === "ArrowUp";
    if (!box) return;
    if (down && !open) { event.preventDefault(); ask(box, event.target); return; }
    if (!open) return;
    if ((down || up) && open.options.length) {
      event.preventDefault();
      mark((open.at + (down ? 1 : open.options.length - 1) + (up && open.at < 0 ? 1 : 0)) % open.options.length);
    } else if (event.key === "Enter" && open.at >= 0) {
      event.preventDefault();
      choose(open.options[open.at]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Tab" && open.at >= 0) {
      choose(open.options[open.at]);
    }
  });
})();

/* --- rows of child tables --- */

function addRow(button) {
  var field = button.closest(".field"), body = field.querySelector("tbody"), next = 0;
  body.querySelectorAll("[name]").forEach(function (input) { next = Math.max(next, Number(input.name.split(".")[1]) + 1); });
  var row = field.querySelector("template").content.firstElementChild.cloneNode(true);
  row.querySelectorAll("[name]").forEach(function (input) {
    input.name = input.name.replace("#", next);
    input.id = input.id.replace("#", next);
  });
  body.append(row);
  row.querySelector("[name]").focus();
}
document.addEventListener("click", function (event) {
  var add = event.target.closest("[data-add-row]"), remove = event.target.closest("[data-remove-row]");
  if (add) { event.preventDefault(); addRow(add); }
  if (!remove) return;
  var row = remove.closest("tr"), field = remove.closest(".field"), form = remove.closest("form");
  row.remove();
  field.querySelector("[data-add-row]").focus();
  form.dispatchEvent(new Event("change", { bubbles: true }));
});

/* --- files --- */

function sendFile(box, file) {
  var body = new FormData();
  body.append("file", file);
  var line = document.createElement("li");
  line.textContent = file.name + " …";
  box.querySelector("ul").append(line);
  return fetch("/files", { method: "POST", body: body, headers: { "X-CSRF-Token": document.querySelector("meta[name=csrf]").content } })
    .then(function (answer) { return answer.json().then(function (kept) { if (!answer.ok) throw new Error(kept.say); return kept; }); })
    .then(function (kept) {
      var label = document.createElement("label");
      label.append(Object.assign(document.createElement("input"), { type: "checkbox", name: box.dataset.files, value: kept.text, checked: true }), kept.name);
      line.replaceChildren(label, " ", Object.assign(document.createElement("small"), { textContent: kept.size }));
      box.closest("form").dispatchEvent(new Event("change", { bubbles: true }));
    })
    .catch(function (fault) { line.className = "finding wrong"; line.textContent = file.name + ": " + fault.message; });
}
document.addEventListener("change", function (event) {
  var box = event.target.matches("input[type=file]") && event.target.closest("[data-files]");
  if (!box) return;
  Array.from(event.target.files).reduce(function (before, file) { return before.then(function () { return sendFile(box, file); }); }, Promise.resolve());
  event.target.value = "";
});
["dragover", "dragleave", "drop"].forEach(function (name) {
  document.addEventListener(name, function (event) {
    var box = event.target.closest && event.target.closest("[data-files]");
    if (!box) return;
    event.preventDefault();
    box.classList.toggle("over", name === "dragover");
    if (name === "drop") Array.from(event.dataTransfer.files).forEach(function (file) { sendFile(box, file); });
  });
});

/* --- what is wrong comes first; a link to a field puts the cursor there --- */

(function () {
  var first = document.querySelector("#problems, .conflict");
  if (first) first.focus();
})();
