// Sets the colour scheme before the first paint, so that a dark page never flashes white.
(() => {
  let kept = null;
  try {
    kept = localStorage.getItem('saldo.scheme');
  } catch {
    // Storage is closed to this page: the system's scheme it is.
  }
  const dark = kept === 'dark' || (kept !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
