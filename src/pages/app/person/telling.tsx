import { createContext, type ReactNode, useContext } from 'react';
import type { Hole } from '../gaps/hole.ts';
import { nameInWords } from '../gaps/hole-words.ts';
import { ageInWords, dayInWords, isOld } from './ages.ts';
import { useReader } from './reader.ts';
import { holesAt, type RowSource, type SourceData } from './section-data.ts';
import { StateMark } from './state-mark.tsx';

/** The section in which something is told: its gaps, and who was asked. */
interface Telling {
  holes: readonly Hole[];
  sources: readonly SourceData[];
}
export const TellingContext = createContext<Telling>({ holes: [], sources: [] });

/** Term by term. */
export const Facts = ({ children }: { children: ReactNode }) => <dl className="facts">{children}</dl>;

interface FactProps {
  term: string;
  /** The field of the section that it was asked by. */
  field: string;
  value: ReactNode;
  /** What is said where there is none and nobody keeps it back. */
  none?: string;
}

/** One thing that a section says. What is not there is said to be none only where no gap stands in its place. */
export function Fact({ term, field, value, none = 'None is recorded' }: FactProps) {
  const { holes } = useContext(TellingContext);
  const missing = value === null || value === undefined || value === '';
  return (
    <div>
      <dt>{term}</dt>
      <dd>{missing ? <Missing holes={holesAt(field, holes)} none={none} /> : value}</dd>
    </div>
  );
}

/** What stands in the place of a value: how the gap stands, whose reason is told below it, or that there is none. */
function Missing({ holes, none }: { holes: readonly Hole[]; none: string }) {
  const { subject } = useReader();
  const [hole] = holes;
  return hole ? <StateMark state={hole.state} subject={subject} /> : <span className="quiet">{none}</span>;
}

interface ItemsProps<Item> {
  /** In the plural: "Allergies". Left out where the section is nothing but this list. */
  title?: string;
  field: string;
  items: readonly Item[] | null;
  children: (item: Item, at: number) => ReactNode;
}

/** A list that a section has. An empty one says who holds none, and as of when. */
export function Items<Item>({ title, field, items, children }: ItemsProps<Item>) {
  const { holes } = useContext(TellingContext);
  const what = (title ?? 'None').toLowerCase();
  return (
    <>
      {title && <h4>{title}</h4>}
      {items === null && <Missing holes={holesAt(field, holes)} none="None is recorded" />}
      {items?.length === 0 && <NoneHeld what={title ? what : ''} />}
      {items !== null && items.length > 0 && <ul className="items">{items.map(children)}</ul>}
    </>
  );
}

/** "None held by Northshire Police, as of 28 Nov 2026": never said of anybody who was not asked or did not answer. */
function NoneHeld({ what }: { what: string }) {
  const { sources } = useContext(TellingContext);
  const answered = sources.filter(
    ({ state, reason }) => state === 'DISCLOSED' || (state === 'NOT_HELD' && reason === 'NONE_IN_SCOPE'),
  );
  const by = answered.map(
    ({ agency, asOf, scope }) =>
      `${agency.name}${asOf ? `, as of ${dayInWords(asOf)}` : ''}${scope ? ` (asked: ${scope})` : ''}`,
  );
  return (
    <p className="quiet">
      {by.length > 0 ? `${what ? `No ${what}` : 'None'} held by ${by.join('; ')}.` : 'Nobody answered this.'}
    </p>
  );
}

interface ItemProps {
  title: ReactNode;
  /** Short things about it; what is null or false is left out. */
  facts?: readonly (string | null | false | undefined)[];
  source: RowSource;
  children?: ReactNode;
}

/** One row of one agency, with whose it is and how old. */
export function Item({ title, facts = [], source, children }: ItemProps) {
  return (
    <li className="item">
      <p className="item-title">{title}</p>
      {children}
      <p className="source">
        {facts.filter(Boolean).map((fact) => `${fact} · `)}
        <FromSource source={source} />
      </p>
    </li>
  );
}

export function FromSource({ source: { agency, asOf } }: { source: RowSource }) {
  const { now } = useReader();
  if (!asOf) return `${agency.name}, which does not say as of when`;
  return (
    <>
      {agency.name}, as of {dayInWords(asOf)}:{' '}
      <span className={isOld(asOf, now) ? 'old' : undefined}>{ageInWords(asOf, now)}</span>
    </>
  );
}

/** A code of the graph as words; null where there is none. */
export const inWords = (code: string | null | undefined) =>
  code ? nameInWords(code).replace('Childrens', 'Children’s') : null;
export const yesOrNo = (value: boolean | null) => (value === null ? null : value ? 'Yes' : 'No');
export const since = (date: string | null) => date && `since ${dayInWords(date)}`;
export const until = (date: string | null) => date && `until ${dayInWords(date)}`;
export const day = (date: string | null) => date && dayInWords(date);

interface ProfessionalData {
  name: string | null;
  role: string | null;
  team: string | null;
  phone: string | null;
}
export const professional = (one: ProfessionalData | null) =>
  one && [one.name, one.role, one.team].filter(Boolean).join(', ');
