/* What pages need beyond htmx; each works without it where it can. */
"use strict";

/* Every request that changes something carries the token of this page. */
document.addEventListener("htmx:configRequest", function (event) {
  event.detail.headers["X-CSRF-Token"] = document.querySelector("meta[name=csrf]").content;
  /* Empty filters do not belong into the address. */
  if (event.detail.verb !== "get") return;
  var parameters = event.detail.formData || event.detail.parameters;
  Array.from(new Set(parameters.keys ? parameters.keys() : [])).forEach(function (name) {
    var values = parameters.getAll(name).filter(function (value) { return value !== ""; });
    parameters.delete(name);
    values.forEach(function (value) { parameters.append(name, value); });
  });
});

/* What drops down closes when the eye goes elsewhere, one at a time. */
function closeDrops(except) {
  document.querySelectorAll("details.drop[open]").forEach(function (drop) {
    if (!drop.contains(except)) drop.open = false;
  });
}
document.addEventListener("click", function (event) { closeDrops(event.target); });
document.addEventListener("focusin", function (event) { closeDrops(event.target); });
document.addEventListener("keydown", function (event) {
  if (event.key !== "Escape") return;
  var drop = event.target.closest && event.target.closest("details.drop[open]");
  if (!drop) return;
  drop.open = false;
  drop.querySelector("summary").focus();
});

/* The menu of ledgers is shut on a phone until it is asked for. */
(function () {
  var side = document.querySelector("details.side");
  if (side && window.matchMedia("(max-width: 60rem)").matches) side.open = false;
})();

/* --- lists --- */

function pickedRows() {
  return Array.from(document.querySelectorAll("td.pick input:checked"));
}
document.addEventListener("change", function (event) {
  if (event.target.matches("[data-pick-all]"))
    document.querySelectorAll("td.pick input").forEach(function (box) { box.checked = event.target.checked; });
  if (event.target.closest(".views")) event.stopPropagation(); /* a name for filters is none itself */
  if (event.target.closest(".pick")) {
    event.stopPropagation(); /* picking filters nothing: the list is not asked for again */
    document.body.classList.toggle("picked", pickedRows().length > 0);
    document.querySelectorAll("[data-picked-count]").forEach(function (place) { place.textContent = pickedRows().length; });
  }
}, true);

document.addEventListener("click", function (event) {
  if (event.target.matches("[data-apply-columns]")) {
    var names = Array.from(event.target.closest("[data-columns]").querySelectorAll("input:checked")).map(function (box) { return box.value; });
    var address = new URL(location.href);
    address.searchParams.set("columns", names.join(","));
    location.assign(address);
  }
  var link = event.target.closest("[data-with-filters]");
  if (link && link.href) link.search = location.search;
  else if (link) link.formAction = link.formAction.split("?")[0] + location.search;
  if (event.target.closest("[data-print]")) window.print();
});
