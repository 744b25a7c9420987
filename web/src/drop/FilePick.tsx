// A button that opens the browser's file chooser.
import { Button } from '@mantine/core';
import { type ReactNode, useRef } from 'react';

interface Props {
  children: ReactNode;
  label: string;
  onFiles: (files: File[]) => void;
  variant?: 'filled' | 'default';
}

export function FilePick({ children, label, onFiles, variant = 'filled' }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        aria-label={label}
        hidden
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // The same file may be chosen again.
          event.currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
      <Button size="md" variant={variant} onClick={() => input.current?.click()}>
        {children}
      </Button>
    </>
  );
}
