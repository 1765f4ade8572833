// Makes the page dark where the person prefers that. Swagger UI's own switch is in a bar that also
// offers other descriptions, so the bar is left out.
const dark = matchMedia("(prefers-color-scheme: dark)");
const apply = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", apply);
apply();
