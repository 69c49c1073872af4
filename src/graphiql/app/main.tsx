import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import './style.css';
import { DemoPage } from './demo-page.tsx';
import { loadConfig, loadPersonas } from './gateway.ts';
import { setUpMonacoWorkers } from './monaco-workers.ts';
import { handBackSignIn } from './sign-in-window.ts';
import { SignedInPage } from './signed-in-page.tsx';

async function page(): Promise<ReactNode> {
  const config = await loadConfig();
  if (config.demo) return <DemoPage config={config} personas={await loadPersonas()} />;
  if (config.oidc) return <SignedInPage config={config} client={config.oidc} />;
  return (
    <main className="notice">
      No client is registered with the issuer for this page. Ask /graphql with a token.
    </main>
  );
}

if (!handBackSignIn()) {
  setUpMonacoWorkers();
  const root = createRoot(document.getElementById('root') as HTMLElement);
  page().then(
    (content) => root.render(content),
    (error: Error) =>
      root.render(<main className="notice">{`This page could not be set up: ${error.message}`}</main>),
  );
}
