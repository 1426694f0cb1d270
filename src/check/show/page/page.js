/* Opens what is behind a figure or a remark, filters by verdict, and steps from place to place. */
(function () {
  var root = document.querySelector(".checked");
  var figures = Array.prototype.slice.call(document.querySelectorAll("article .figure"));
  var list = document.getElementById("found-list");
  var heading = document.querySelector("#found-title span");
  var count = document.querySelector("#found-title small");
  var allFound = heading.textContent;
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

  /* What it is said of, or the verdict where nobody knows. */
  function titleOf(facts) {
    return facts.querySelector(".subject").textContent || facts.querySelector(".verdict").lastChild.textContent;
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
      title: note ? figure.querySelector(".heard").textContent : titleOf(facts),
      value: note ? facts.querySelector(".name").textContent : wordsOf(figure),
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

  function isShown(figure) { return !show || figure.classList.contains(show); }

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
    heading.textContent = show ? button.querySelector(".label").textContent : allFound;
    counters.forEach(function (other) { other.setAttribute("aria-pressed", String(other === button)); });
    if (show) root.dataset.show = show;
    else delete root.dataset.show;
    figures.forEach(function (figure) { figure.classList.toggle("shown", isShown(figure)); });
    fillList();
  }

  /* --- from place to place --- */

  var last = null;

  function placeOf(link) { return document.getElementById(link.getAttribute("href").slice(1)); }

  /* The places of the list, each once, in its order. */
  function places() {
    var all = Array.prototype.map.call(list.querySelectorAll("a"), placeOf);
    return all.filter(function (place, index) { return all.indexOf(place) === index; });
  }

  /* Where the list goes on from a place that is not in it: the first that stands behind, or before it. */
  function beside(all, from, forward) {
    var side = forward ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
    return all.filter(function (place) { return from.compareDocumentPosition(place) & side; })[0];
  }

  function step(forward) {
    var all = places();
    var from = Panel.opener() || last;
    if (!all.length) return;
    if (!forward) all.reverse();
    var at = all.indexOf(from);
    visit((at < 0 && from ? beside(all, from, forward) : all[at + 1]) || all[0]);
  }

  function visit(place) {
    last = place;
    place.scrollIntoView({ block: "center" });
    open(place);
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
    visit(placeOf(link));
  });
  counters.forEach(function (button) {
    button.addEventListener("click", function () { filter(button); });
  });
  document.querySelectorAll(".step").forEach(function (button) {
    button.addEventListener("click", function () {
      step(button.dataset.step === "next");
      if (button.closest("#panel")) button.focus();
    });
  });
  document.addEventListener("keydown", function (event) {
    if (!event.altKey || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    event.preventDefault();
    step(event.key === "ArrowDown");
  });
  document.querySelector(".steps").hidden = !figures.length;

  var asked = location.hash && document.getElementById(location.hash.slice(1));
  if (asked && asked.matches(".figure")) open(asked);
})();
