/* Texts with numbers that open: the panel shows what the server tells of one; drafts take figures at the caret. */

document.addEventListener("click", function (event) {
  var link = event.target.closest("[data-live] a.figure:not([data-figure^='record:'], [data-figure=typed])");
  if (!link || event.ctrlKey || event.metaKey || !window.Panel) return;
  event.preventDefault();
  fetch(link.href, { headers: { "HX-Request": "true" } }).then(function (answer) {
    return answer.ok ? answer.text() : Promise.reject();
  }).then(function (html) {
    var body = new DOMParser().parseFromString(html, "text/html").querySelector(".facts");
    window.Panel.open(link, { title: body.dataset.title, value: body.dataset.value, kind: "", body: body });
  }).catch(function () { location.assign(link.href); });
});

document.addEventListener("click", function (event) {
  var button = event.target.closest("[data-insert]");
  var text = document.getElementById("body");
  if (!button || !text) return;
  text.setRangeText(button.dataset.insert, text.selectionStart, text.selectionEnd, "end");
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
});

/* In the list of figures found, up and down go from one to the next, Enter in the field takes the first, Escape goes back
 * to the text. */
document.addEventListener("keydown", function (event) {
  var field = document.querySelector("[name=figure]");
  var buttons = Array.from(document.querySelectorAll("#figures [data-insert]"));
  var at = buttons.indexOf(event.target);
  if (!field || (event.target !== field && at < 0)) return;
  var to = event.key === "ArrowDown" ? buttons[at + 1] : event.key === "ArrowUp" ? buttons[at - 1] || field
    : event.key === "Escape" ? document.getElementById("body") : null;
  if (to) to.focus();
  else if (event.key === "Enter" && at < 0 && buttons[0]) buttons[0].click();
  else return;
  event.preventDefault();
});

/* Blocks by keyboard: Alt with up and down to the neighbours, Ctrl+S saves, Ctrl+Enter saves and goes on, Alt+I
 * looks for a figure. */
var KEYS = { "Alt+ArrowUp": "a[rel=prev]", "Alt+ArrowDown": "a[rel=next]", "Alt+i": "[name=figure]", "Ctrl+s": "#block .main", "Ctrl+Enter": "#block [name=next]" };

document.addEventListener("keydown", function (event) {
  var held = event.altKey ? "Alt+" : event.ctrlKey || event.metaKey ? "Ctrl+" : "";
  var selector = held && KEYS[held + event.key];
  var target = selector && document.querySelector(selector);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input")) target.focus();
  else target.click();
});
