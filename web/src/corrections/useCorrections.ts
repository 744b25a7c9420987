// The corrections as they are now.
import { useSyncExternalStore } from 'react';
import { type Correction, corrections, subscribe } from './list';

export function useCorrections(): Correction[] {
  return useSyncExternalStore(subscribe, corrections);
}
