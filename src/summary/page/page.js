/* Opens the facts behind a number beside the text, and gives the focus back when they are closed. */
(function () {
  "use strict";
  var panel = document.getElementById("panel");
  var title = document.getElementById("panel-title");
  var value = document.getElementById("panel-value");
  var body = document.getElementById("panel-body");
  var links = Array.prototype.slice.call(document.querySelectorAll("a.figure"));
  var opener = null;

  function mark(name) {
    links.forEach(function (link) {
      link.classList.toggle("open", name !== null && link.dataset.figure === name);
    });
  }

  function textOf(source, selector) {
    var part = source.querySelector("summary " + selector);
    return part ? part.textContent : "";
  }

  function open(link, source) {
    opener = link;
    var record = source.classList.contains("record");
    panel.classList.toggle("for-record", record);
    title.textContent = textOf(source, record ? ".period" : ".name");
    value.textContent = textOf(source, record ? ".name" : ".value");
    body.replaceChildren(source.querySelector(".facts").cloneNode(true));
    panel.hidden = false;
    document.body.classList.add("opened");
    body.scrollTop = 0;
    mark(link.dataset.figure);
    panel.focus({ preventScroll: true });
    link.scrollIntoView({ block: "nearest" });
  }

  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    document.body.classList.remove("opened");
    mark(null);
    if (opener) opener.focus();
    opener = null;
  }

  document.querySelectorAll("details.source").forEach(function (source) { source.open = false; });
  links.forEach(function (link) {
    var source = document.getElementById(link.getAttribute("href").slice(1));
    if (!source) return;
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", function (event) {
      event.preventDefault();
      open(link, source);
    });
  });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") close(); });
  document.getElementById("panel-close").addEventListener("click", close);

  var print = document.getElementById("print");
  print.hidden = false;
  print.addEventListener("click", function () { window.print(); });

  var asked = location.hash && links.filter(function (link) { return link.getAttribute("href") === location.hash; })[0];
  if (asked) asked.click();
})();
