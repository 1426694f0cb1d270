/* Opens what is behind a figure or a remark, filters by verdict, and steps from place to place. */
(function () {
  var figures = Array.prototype.slice.call(document.querySelectorAll("article .figure"));
  var list = document.getElementById("found-list");
  var count = document.getElementById("found-count");
  var none = document.querySelector(".none");
  var found = Array.prototype.slice.call(list.children);
  var counters = Array.prototype.slice.call(document.querySelectorAll(".counters button"));
  var show = "";

  function factsOf(figure) { return document.getElementById(figure.getAttribute("href").slice(1)); }

  /* The words of a figure without what only listeners hear. */
  function wordsOf(figure) {
    var copy = figure.cloneNode(true);
    var heard = copy.querySelector(".heard");
    if (heard) heard.remove();
    return copy.textContent.trim();
  }

  /* What is said of the figure, then the records behind it. */
  function bodyOf(facts) {
    var body = document.createElement("div");
    body.append(facts.querySelector(".facts").cloneNode(true));
    var source = facts.dataset.source && document.getElementById(facts.dataset.source);
    if (!source) return body;
    var rows = document.createElement("div");
    rows.className = "facts";
    source.querySelectorAll(".rows, .hash").forEach(function (part) { rows.append(part.cloneNode(true)); });
    body.append(rows);
    return body;
  }

  function open(figure) {
    var facts = factsOf(figure);
    var note = figure.classList.contains("note");
    Panel.open(figure, {
      title: note ? facts.querySelector(".facts dd").textContent : facts.querySelector(".subject").textContent,
      value: note ? figure.querySelector(".heard").textContent : wordsOf(figure),
      kind: note ? "for-note" : "",
      body: bodyOf(facts)
    });
  }

  Panel.watch(function (opened) {
    figures.forEach(function (figure) { figure.classList.toggle("open", figure === opened); });
    Array.prototype.forEach.call(list.children, function (item) {
      var here = opened && item.firstElementChild.getAttribute("href") === "#" + opened.id;
      item.classList.toggle("open", Boolean(here));
    });
  });

  /* --- what is shown --- */

  function worthALook(figure) { return figure.matches(".differs, .cannot, .broken, .note"); }
  function isShown(figure) { return show ? figure.classList.contains(show) : worthALook(figure); }

  /* A line of the list for a figure that is none of what was found. */
  function lineFor(figure) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    var sign = document.createElement("span");
    var words = document.createElement("span");
    sign.className = "sign " + show;
    sign.setAttribute("aria-hidden", "true");
    sign.textContent = factsOf(figure).querySelector(".sign").textContent;
    words.textContent = wordsOf(figure) + "  " + factsOf(figure).querySelector(".subject").textContent;
    link.href = "#" + figure.id;
    link.append(sign, words);
    item.append(link);
    return item;
  }

  function fillList() {
    var lines = found.filter(function (item) { return !show || item.classList.contains(show); });
    if (!lines.length && show) lines = figures.filter(isShown).map(lineFor);
    list.replaceChildren.apply(list, lines);
    count.textContent = lines.length;
    if (none) none.hidden = lines.length > 0;
  }

  function filter(button) {
    show = button.dataset.show;
    counters.forEach(function (other) { other.setAttribute("aria-pressed", String(other === button)); });
    if (show) document.body.dataset.show = show;
    else delete document.body.dataset.show;
    figures.forEach(function (figure) { figure.classList.toggle("shown", isShown(figure)); });
    fillList();
  }

  /* --- from place to place --- */

  var last = null;

  function isBehind(figure, other) {
    return Boolean(other.compareDocumentPosition(figure) & Node.DOCUMENT_POSITION_FOLLOWING);
  }

  function step(forward) {
    var places = figures.filter(isShown);
    if (!places.length) return;
    var from = Panel.opener() || last;
    if (!forward) places.reverse();
    var next = places.filter(function (place) {
      return !from || (forward ? isBehind(place, from) : isBehind(from, place));
    })[0] || places[0];
    last = next;
    next.scrollIntoView({ block: "center" });
    open(next);
  }

  document.querySelectorAll("details.source").forEach(function (source) { source.open = false; });
  document.querySelector("article").addEventListener("click", function (event) {
    var figure = event.target.closest(".figure");
    if (!figure) return;
    event.preventDefault();
    last = figure;
    open(figure);
  });
  list.addEventListener("click", function (event) {
    var link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    last = document.getElementById(link.getAttribute("href").slice(1));
    last.scrollIntoView({ block: "center" });
    open(last);
  });
  counters.forEach(function (button) {
    button.addEventListener("click", function () { filter(button); });
  });
  document.getElementById("next").addEventListener("click", function () { step(true); });
  document.getElementById("previous").addEventListener("click", function () { step(false); });
  document.addEventListener("keydown", function (event) {
    if (!event.altKey || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    event.preventDefault();
    step(event.key === "ArrowDown");
  });
  document.querySelector(".steps").hidden = !figures.length;

  var asked = location.hash && document.getElementById(location.hash.slice(1));
  if (asked && asked.matches(".figure")) open(asked);
})();
