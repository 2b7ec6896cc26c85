// Writes what a recomputation found beside each thing that it checked.
document.addEventListener("recomputed", event => {
  const failed = event.detail;
  if (failed.includes("unable")) return;
  event.target.classList.add(failed.length ? "t-stop" : "t-ok");
  for (const mark of document.querySelectorAll("[data-checks]")) {
    const isBad = failed.some(check => mark.dataset.checks.split(" ").includes(check));
    mark.textContent = isBad ? mark.dataset.fails : mark.dataset.holds;
    mark.classList.toggle("t-stop", isBad);
  }
});
