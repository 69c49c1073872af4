import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import './bar.css';
import type { PagesConfig } from '../../config.ts';
import type { CallerFields } from './caller-bar.tsx';
import { DemoPage } from './demo-page.tsx';
import { loadConfig, loadPersonas } from './gateway.ts';
import { SignedInPage } from './signed-in-page.tsx';
import type { Workplace } from './workplace.ts';

interface Page {
  fields: CallerFields;
  /** In the demo: who stands there first. */
  firstPersona: (config: PagesConfig) => string | undefined;
  /** What stands under the bar that says who asks. */
  work: (workplace: Workplace) => ReactNode;
}

/** Shows one of our pages: with the demo's personas, or for whoever signs in with their own issuer. */
export function showPage(page: Page): void {
  // A browser may keep a page for its *back* button; it would show the person who was there.
  addEventListener('pageshow', (event) => event.persisted && location.reload());
  const root = createRoot(document.getElementById('root') as HTMLElement);
  contentOf(page).then(
    (content) => root.render(content),
    (error: Error) =>
      root.render(<main className="notice">{`This page could not be set up: ${error.message}`}</main>),
  );
}

async function contentOf({ fields, firstPersona, work }: Page): Promise<ReactNode> {
  const config = await loadConfig();
  if (config.demo) {
    const personas = await loadPersonas();
    const first = personas.find(({ persona }) => persona === firstPersona(config)) ?? personas[0];
    return <DemoPage {...{ config, personas, first, fields, work }} />;
  }
  if (config.oidc) return <SignedInPage {...{ config, fields, work }} client={config.oidc} />;
  return (
    <main className="notice">
      No client is registered with the issuer for this page. Ask /graphql with a token.
    </main>
  );
}
