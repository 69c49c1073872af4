import './style.css';
import { showPage } from '../page/show-page.tsx';
import { PersonPage } from './person-page.tsx';

showPage({
  fields: 'a person',
  firstPersona: () => 'response-officer',
  work: (workplace) => <PersonPage key={workplace.asking.persona} {...workplace} />,
});
