// Runs before the page is drawn: a panel that was folded away does not flash. No module, because modules wait.
try {
  document.documentElement.dataset.side = localStorage.getItem("side") || "";
} catch {
  document.documentElement.dataset.side = "";
}
