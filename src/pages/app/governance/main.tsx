import './style.css';
import { showPage } from '../page/show-page.tsx';
import { GovernancePage } from './governance-page.tsx';

showPage({
  fields: 'who',
  firstPersona: () => 'governance-officer',
  work: (workplace) => <GovernancePage key={workplace.asking.persona} {...workplace} />,
});
