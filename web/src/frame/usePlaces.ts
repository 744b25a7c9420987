// Links with a hash: to another screen, or to a place within this one, which leaves the address alone.
import { useEffect } from 'react';

export function usePlaces(): void {
  useEffect(() => {
    const clicked = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
      const hash = link?.getAttribute('href') ?? '';
      if (hash.startsWith('#/')) {
        // Another screen begins at its top; the browser has then noted how far this one was scrolled.
        setTimeout(() => window.scrollTo(0, 0));
        return;
      }
      const place = document.getElementById(hash.slice(1));
      if (!place) return;
      event.preventDefault();
      if (!place.hasAttribute('tabindex')) place.tabIndex = -1;
      place.focus({ preventScroll: true });
      place.scrollIntoView();
    };
    document.addEventListener('click', clicked);
    return () => document.removeEventListener('click', clicked);
  }, []);
}
