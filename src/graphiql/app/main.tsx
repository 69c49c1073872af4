import 'graphiql/style.css';
import './style.css';
import { setUpMonacoWorkers } from './monaco-workers.ts';
import { showPage } from './show-page.tsx';
import { handBackSignIn } from './sign-in-window.ts';
import { Workbench } from './workbench.tsx';

if (!handBackSignIn()) {
  setUpMonacoWorkers();
  showPage({
    fields: 'who, why and on what',
    firstPersona: ({ examples: [example] }) => example?.persona,
    work: (workplace) => <Workbench {...workplace} />,
  });
}
