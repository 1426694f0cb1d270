/* Opens the facts behind a number or a record of the text. */
(function () {
  var links = Array.prototype.slice.call(document.querySelectorAll("a.figure"));

  function textOf(source, selector) {
    var part = source.querySelector("summary " + selector);
    return part ? part.textContent : "";
  }

  function open(link, source) {
    var record = source.classList.contains("record");
    Panel.open(link, {
      title: textOf(source, record ? ".period" : ".name"),
      value: textOf(source, record ? ".name" : ".value"),
      kind: record ? "for-record" : "",
      body: source.querySelector(".facts")
    });
  }

  Panel.watch(function (opened) {
    links.forEach(function (link) {
      link.classList.toggle("open", opened !== null && link.dataset.figure === opened.dataset.figure);
    });
  });
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

  var asked = location.hash && links.filter(function (link) { return link.getAttribute("href") === location.hash; })[0];
  if (asked) asked.click();
})();
