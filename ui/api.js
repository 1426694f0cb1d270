
/* The page to try the interface: calls come from its own description. */
(function () {
  var form = document.getElementById("trial");
  if (!form) return;
  var parameters = form.querySelector("[data-parameters]");
  var body = form.querySelector("[data-body]");
  var calls = [];

  function input(parameter) {
    var label = document.createElement("label");
    var about = document.createElement("small");
    var field = document.createElement(parameter.schema.enum ? "select" : "input");
    (parameter.schema.enum || []).forEach(function (word) { field.add(new Option(word, word)); });
    if (parameter.schema.format === "binary") field.type = "file";
    field.name = parameter.name;
    field.dataset.in = parameter.in;
    field.required = parameter.required;
    about.textContent = parameter.schema.description || "";
    label.append(parameter.name, field, about);
    return label;
  }

  /* The schema of what is sent, by its type. */
  function sent(call, type) {
    var content = call.operation.requestBody && call.operation.requestBody.content[type];
    return content ? content.schema : null;
  }

  /* The members that are asked for, to be filled in; the others stand beside their names. */
  function example(schema) {
    var object = {};
    Object.keys(schema.properties).forEach(function (name) {
      var member = schema.properties[name];
      if (schema.required.indexOf(name) < 0 && name !== "values") return;
      object[name] = member.type === "integer" ? 1 : member.type === "array" ? [] : member.type === "string" ? "" : {};
    });
    return JSON.stringify(object, null, 2);
  }

  function choose() {
    var call = calls[form.elements.call.selectedIndex];
    var json = sent(call, "application/json"), parts = sent(call, "multipart/form-data");
    var all = call.operation.parameters.concat(Object.keys(parts ? parts.properties : {}).map(function (name) {
      return { name: name, in: "part", schema: parts.properties[name], required: parts.required.indexOf(name) >= 0 };
    }));
    parameters.replaceChildren.apply(parameters, all.map(input));
    body.hidden = !call.operation.requestBody || Boolean(parts);
    form.elements.body.value = json ? example(json) : "";
    body.querySelector("small").textContent = json ? Object.keys(json.properties).map(function (name) {
      return name + ": " + (json.properties[name].description || "");
    }).join("; ") : "";
  }

  function fields(kind) { return Array.from(parameters.querySelectorAll("[data-in=" + kind + "]")); }

  function address(call) {
    var query = new URLSearchParams();
    var path = fields("path").reduce(function (made, field) {
      return made.replace("{" + field.name + "}", encodeURIComponent(field.value));
    }, call.path);
    fields("query").forEach(function (field) { if (field.value) query.set(field.name, field.value); });
    return path + (query.size ? "?" + query : "");
  }

  /* A browser writes the type of a body of parts itself. */
  function message(call) {
    var headers = { "X-CSRF-Token": document.querySelector("meta[name=csrf]").content };
    var parts = fields("part"), data = new FormData();
    fields("header").forEach(function (field) { if (field.value) headers[field.name] = field.value; });
    parts.forEach(function (field) { data.append(field.name, field.type === "file" ? field.files[0] : field.value); });
    if (!body.hidden) headers["Content-Type"] = Object.keys(call.operation.requestBody.content)[0];
    return { method: call.method.toUpperCase(), headers: headers,
      body: parts.length ? data : body.hidden ? undefined : form.elements.body.value };
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
    fetch(address(call), message(call))
      .then(function (answer) {
        document.querySelector("[data-status]").textContent = answer.status + " " + answer.statusText;
        return answer.text();
      })
      .then(function (text) { document.querySelector("[data-answer]").textContent = text; });
  });
})();
