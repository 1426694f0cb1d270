/* Pictures of boards: the table beside each is the truth, this draws it. Every bar, point and slice opens its page. */
(function () {
  var chinese = document.documentElement.lang.indexOf("zh") === 0;

  function color(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

  /* 12460000 as 1246万 or 12.5m: axes only, the words of a point are exact. */
  function short(value) {
    var steps = chinese ? [[1e8, "亿"], [1e4, "万"]] : [[1e9, "bn"], [1e6, "m"], [1e3, "k"]];
    for (var i = 0; i < steps.length; i++)
      if (Math.abs(value) >= steps[i][0]) return +(value / steps[i][0]).toFixed(1) + steps[i][1];
    return String(value);
  }

  function points(data, series) {
    return series.data.map(function (point, i) {
      return { name: data.names[i], value: point.value, text: point.text, url: point.url };
    });
  }

  function axes(data, ink, line) {
    var names = { type: "category", data: data.names, inverse: data.across, axisTick: { show: false },
      axisLine: { lineStyle: { color: line } },
      axisLabel: { color: ink, width: data.across ? 110 : undefined, overflow: "truncate", interval: data.across ? 0 : "auto", showMaxLabel: true, hideOverlap: true } };
    var values = { type: "value", splitLine: { lineStyle: { color: line } }, axisLabel: { color: ink, formatter: short, hideOverlap: true }, splitNumber: 4 };
    return data.across ? { xAxis: values, yAxis: names } : { xAxis: names, yAxis: values };
  }

  function option(data) {
    var ink = color("--soft"), line = color("--line"), paper = color("--paper");
    var result = {
      color: ["#2f7fb3", "#d08a2e", "#4f9d69", "#a35c7c", "#7a6fb0", "#5aa6a6", "#b5564a", "#8a8f55"],
      animationDuration: window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 300,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 8, right: data.across ? 56 : 24, top: data.series.length > 1 ? 34 : 14, bottom: 4, containLabel: true },
      tooltip: { renderMode: "richText", confine: true, backgroundColor: paper, borderColor: line, textStyle: { color: color("--ink") },
        formatter: function (hit) { return (data.series.length > 1 ? hit.seriesName + "\n" : "") + hit.name + "  " + hit.data.text; } },
      legend: { type: data.kind === "pie" ? "plain" : "scroll", show: data.kind === "pie" || data.series.length > 1, textStyle: { color: ink }, left: 0, itemHeight: 8, itemWidth: 14,
        top: data.kind === "pie" ? "auto" : 0, bottom: data.kind === "pie" ? 0 : "auto" },
      series: data.series.map(function (series) {
        return { type: data.kind, name: series.name, data: points(data, series), radius: ["32%", "54%"], center: ["50%", "36%"], barMaxWidth: 20, symbolSize: 7,
          label: { show: data.kind !== "line" && data.series.length === 1, color: ink,
            position: data.kind === "pie" ? "outside" : data.across ? "right" : "top", formatter: function (hit) { return hit.data.text; } },
          labelLayout: { hideOverlap: true } };
      }),
    };
    if (data.kind === "pie") return result;
    return Object.assign(result, axes(data, ink, line));
  }

  function draw(place) {
    var data = JSON.parse(place.parentNode.querySelector("script[type='application/json']").textContent);
    var chart = echarts.init(place);
    chart.setOption(option(data));
    chart.on("click", function (hit) { if (hit.data && hit.data.url) location.assign(hit.data.url); });
    new ResizeObserver(function () { chart.resize(); }).observe(place);
  }

  function drawAll() {
    if (!window.echarts) return;
    document.querySelectorAll("[data-chart]:not([data-drawn])").forEach(function (place) {
      place.setAttribute("data-drawn", "");
      draw(place);
    });
  }
  document.addEventListener("htmx:afterSettle", drawAll);
  document.addEventListener("DOMContentLoaded", drawAll);

  var button = document.querySelector("[data-full-screen]"), board = document.getElementById("board");
  if (button && board && board.requestFullscreen) {
    button.hidden = false;
    button.addEventListener("click", function () { board.requestFullscreen(); });
  }
})();
