// Runs before the page is drawn: what was folded away does not flash. No module, because modules wait.
for (const name of ["side", "ahead"]) {
  try {
    document.documentElement.dataset[name] = localStorage.getItem(name) || "";
  } catch {
    document.documentElement.dataset[name] = "";
  }
}
