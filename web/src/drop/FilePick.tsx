// A button that opens the browser's file chooser.
import { Button } from '@mantine/core';
import { type ReactNode, useRef } from 'react';

interface Props {
  children: ReactNode;
  label: string;
  onFile: (file: File) => void;
  variant?: 'filled' | 'default';
}

export function FilePick({ children, label, onFile, variant = 'filled' }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        aria-label={label}
        hidden
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // The same file may be chosen again.
          event.currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
      <Button size="md" variant={variant} onClick={() => input.current?.click()}>
        {children}
      </Button>
    </>
  );
}
