// Where the server keeps what the reader sends; empty where it keeps nothing.
import { createContext, useContext } from 'react';

export const WorkspaceContext = createContext('');

export function useWorkspace(): string {
  return useContext(WorkspaceContext);
}
