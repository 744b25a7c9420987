// The component library in our colours: its shades point at the tokens.
import { Button, type CSSVariablesResolver, createTheme } from '@mantine/core';

const QUIET = {
  '--button-bg': 'var(--s-page)',
  '--button-hover': 'var(--s-hover)',
  '--button-color': 'var(--s-text)',
  '--button-bd': '1px solid var(--s-line)',
};

const LOUD = {
  '--button-bg': 'var(--s-accent)',
  '--button-hover': 'var(--s-accent-hover)',
  '--button-color': 'var(--s-on-accent)',
};

export const theme = createTheme({
  fontFamily: 'var(--s-font)',
  fontFamilyMonospace: 'var(--s-mono)',
  defaultRadius: 8,
  primaryColor: 'accent',
  primaryShade: 6,
  colors: {
    accent: [
      '#eef1fd',
      '#dce2fa',
      '#b9c5f5',
      '#9db0ff',
      '#8aa2ff',
      '#5a73de',
      '#3450c8',
      '#2c44ac',
      '#243890',
      '#1c2c74',
    ],
  },
  components: {
    Button: Button.extend({
      vars: (_, { variant }) => ({
        root: {
          // Room for a finger.
          '--button-height': '44px',
          ...(variant === 'default' ? QUIET : LOUD),
        },
      }),
    }),
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
});

/** Stated for each scheme, as the library states its own. */
const DISABLED = {
  '--mantine-color-disabled': 'var(--s-hover)',
  '--mantine-color-disabled-color': 'var(--s-muted)',
  '--mantine-color-disabled-border': 'var(--s-line)',
};

export const variables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--s-page)',
    '--mantine-color-text': 'var(--s-text)',
    '--mantine-color-dimmed': 'var(--s-muted)',
    '--mantine-color-default-border': 'var(--s-line)',
    '--mantine-color-placeholder': 'var(--s-muted)',
    '--mantine-primary-color-filled': 'var(--s-accent)',
    '--mantine-primary-color-contrast': 'var(--s-on-accent)',
  },
  light: DISABLED,
  dark: DISABLED,
});
