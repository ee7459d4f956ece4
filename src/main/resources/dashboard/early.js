// Before anything is painted: the theme that was chosen here, if any.
try {
  const theme = localStorage.getItem('hourglass.theme');
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // A browser that keeps nothing has no theme chosen.
}
