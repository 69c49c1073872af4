import 'graphiql/style.css';
import './style.css';
import { showPage } from '../page/show-page.tsx';
import { handBackSignIn } from '../page/sign-in-window.ts';
import { setUpMonacoWorkers } from './monaco-workers.ts';
import { Workbench } from './workbench.tsx';

if (!handBackSignIn()) {
  setUpMonacoWorkers();
  showPage({
    fields: 'who, why and on what',
    firstPersona: ({ examples: [example] }) => example?.persona,
    work: (workplace) => <Workbench {...workplace} />,
  });
}
