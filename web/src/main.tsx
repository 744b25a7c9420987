// Starts the page.
import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/Loader.css';
import '@mantine/core/styles/Button.css';
import './theme/fonts.css';
import './theme/tokens.css';
import './theme/base.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { startWorker } from './frame/worker';
import { startLanguage } from './i18n';
import { loadKept } from './kept/store';
import { schemeManager } from './theme/scheme';
import { theme, variables } from './theme/theme';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');

await startLanguage();
void loadKept();
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      colorSchemeManager={schemeManager()}
      defaultColorScheme="auto"
    >
      <App />
    </MantineProvider>
  </StrictMode>,
);

// A page whose worker cannot be had is a page that needs its server.
void startWorker().catch(() => {});
