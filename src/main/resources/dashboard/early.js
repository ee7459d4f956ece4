// Before anything is painted: the theme that was chosen here, if any.
{
  const theme = localStorage.getItem('hourglass.theme');
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme;
  }
}
