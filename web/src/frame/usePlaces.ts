// Links to places within a screen move there and leave the address alone: its hash says which screen it is.
import { useEffect } from 'react';

export function usePlaces(): void {
  useEffect(() => {
    const clicked = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
      const hash = link?.getAttribute('href') ?? '';
      const place = hash.startsWith('#/') ? null : document.getElementById(hash.slice(1));
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
