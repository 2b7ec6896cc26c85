/* Who points at a chart gets one that answers: drawn from the table beside it, loaded only then. */
"use strict";
(() => {
  const plots = document.querySelectorAll("[data-chart]");
  const at = document.querySelector("[data-echarts]");
  if (!plots.length || !at) return;
  let library;
  const load = () => (library ||= import(at.dataset.echarts));
  const role = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function read(plot) {
    const heads = [...plot.querySelectorAll("thead th")].map((one) => one.textContent.trim());
    const rows = [...plot.querySelectorAll("tbody tr")].map((row) =>
      [...row.children].map((cell) => cell.textContent.trim())
    );
    return { heads, rows };
  }

  const number = (text) => Number(text.replace(/[^\d.-]/g, "")) || 0;

  function options(kind, { heads, rows }, says) {
    const lies = kind === "bars";
    const shown = lies ? [...rows].reverse() : rows;
    const ink = role("--ink-2");
    const names = {
      type: "category",
      data: shown.map((row) => row[0]),
      axisLabel: { color: ink, hideOverlap: true },
      axisTick: { show: false },
    };
    const numbers = {
      type: "value",
      axisLabel: { color: ink },
      splitLine: { lineStyle: { color: role("--line") } },
    };
    return {
      animation: false,
      aria: { enabled: true, label: { description: says } },
      grid: { left: 8, right: 24, top: 12, bottom: 8, outerBoundsMode: "same" },
      xAxis: lies ? numbers : names,
      yAxis: lies ? names : numbers,
      tooltip: {
        trigger: "axis",
        renderMode: "richText",
        backgroundColor: role("--surface"),
        borderColor: role("--line-2"),
        textStyle: { color: role("--ink") },
        formatter: ([point]) =>
          shown[point.dataIndex]
            .map((cell, place) => (place ? `${heads[place]} ${cell}` : cell))
            .join("\n"),
      },
      series: [
        {
          type: "bar",
          data: shown.map((row) => number(row[1])),
          itemStyle: { color: role("--brand") },
          barMaxWidth: 36,
        },
      ],
    };
  }

  async function answer(plot) {
    if (plot.dataset.answers) return;
    plot.dataset.answers = "yes";
    const drawn = [...plot.querySelectorAll("svg.z-svg")].find((one) => one.clientHeight);
    if (!drawn) return;
    const { init } = await load();
    const place = document.createElement("div");
    place.style.height = `${drawn.clientHeight}px`;
    drawn.before(place);
    const chart = init(place, null, { renderer: "svg" });
    chart.setOption(options(plot.dataset.chart, read(plot), drawn.getAttribute("aria-label")));
    plot.querySelectorAll("svg.z-svg").forEach((one) => one.remove());
    new ResizeObserver(() => chart.resize()).observe(place);
  }

  plots.forEach((plot) => {
    plot.addEventListener("pointerover", ({ target }) => target.closest("svg") && answer(plot));
  });
})();
