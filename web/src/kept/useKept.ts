// The kept reports as they are now.
import { useSyncExternalStore } from 'react';
import { kept, type State, subscribe } from './store';

export function useKept(): State {
  return useSyncExternalStore(subscribe, kept);
}
