
/* The page to try the interface: calls come from its own description. */
(function () {
  var form = document.getElementById("trial");
  if (!form) return;
  var parameters = form.querySelector("[data-parameters]");
  var body = form.querySelector("[data-body]");
  var calls = [];

  function input(parameter) {
    var label = document.createElement("label");
    var field = document.createElement(parameter.schema.enum ? "select" : "input");
    (parameter.schema.enum || []).forEach(function (word) { field.add(new Option(word, word)); });
    field.name = parameter.name;
    field.dataset.in = parameter.in;
    field.required = parameter.required;
    label.append(parameter.name, field);
    return label;
  }

  function choose() {
    var call = calls[form.elements.call.selectedIndex];
    parameters.replaceChildren.apply(parameters, call.operation.parameters.map(input));
    body.hidden = !call.operation.requestBody;
  }

  function address(call) {
    var query = new URLSearchParams();
    var path = call.path;
    parameters.querySelectorAll("[data-in]").forEach(function (field) {
      if (field.dataset.in === "path") path = path.replace("{" + field.name + "}", encodeURIComponent(field.value));
      else if (field.value) query.set(field.name, field.value);
    });
    return path + (query.size ? "?" + query : "");
  }

  fetch(form.dataset.description).then(function (answer) { return answer.json(); }).then(function (description) {
    Object.keys(description.paths).forEach(function (path) {
      Object.keys(description.paths[path]).forEach(function (method) {
        var operation = description.paths[path][method];
        calls.push({ path: path, method: method, operation: operation });
        form.elements.call.add(new Option(method.toUpperCase() + " " + path + "  " + operation.summary));
      });
    });
    form.elements.call.addEventListener("change", choose);
    choose();
  });

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var call = calls[form.elements.call.selectedIndex];
    var headers = { "X-CSRF-Token": document.querySelector("meta[name=csrf]").content };
    if (!body.hidden) headers["Content-Type"] = Object.keys(call.operation.requestBody.content)[0];
    fetch(address(call), { method: call.method.toUpperCase(), headers: headers, body: body.hidden ? undefined : form.elements.body.value })
      .then(function (answer) {
        document.querySelector("[data-status]").textContent = answer.status + " " + answer.statusText;
        return answer.text();
      })
      .then(function (text) { document.querySelector("[data-answer]").textContent = text; });
  });
})();
