/* The panel beside the text: shows what is behind a link of it, and gives the focus back when it is closed. */
"use strict";
var Panel = (function () {
  var panel = document.getElementById("panel");
  var title = document.getElementById("panel-title");
  var value = document.getElementById("panel-value");
  var body = document.getElementById("panel-body");
  var opener = null;
  var onChange = function () {};

  /* shown: title, value, kind (a class of the panel, or "") and body (an element, which is copied). */
  function open(link, shown) {
    opener = link;
    title.textContent = shown.title;
    value.textContent = shown.value;
    panel.className = shown.kind;
    body.replaceChildren(shown.body.cloneNode(true));
    panel.hidden = false;
    document.body.classList.add("opened");
    body.scrollTop = 0;
    onChange(link);
    panel.focus({ preventScroll: true });
    link.scrollIntoView({ block: "nearest" });
  }

  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    document.body.classList.remove("opened");
    onChange(null);
    if (opener) opener.focus();
    opener = null;
  }

  document.addEventListener("keydown", function (event) { if (event.key === "Escape") close(); });
  document.getElementById("panel-close").addEventListener("click", close);
  var print = document.getElementById("print");
  print.hidden = false;
  print.addEventListener("click", function () { window.print(); });

  return {
    open: open,
    close: close,
    body: body,
    opener: function () { return opener; },
    /* Called with the link whose facts are shown, or with null. */
    watch: function (change) { onChange = change; }
  };
})();
