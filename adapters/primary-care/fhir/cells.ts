/** Elements of FHIR as cells of the practice system's tables, for the same words to read. What is not understood stays as it is written. */
import { createHash } from 'node:crypto';
import type {
  Address,
  CodeableConcept,
  Coding,
  ContactPoint,
  Extension,
  FhirResource,
  Identifier,
  Meta,
  Reference,
  Resource,
} from 'fhir/r4.js';
import { localText } from '../../contract.ts';
import { CODES, EXTENSIONS } from './systems.ts';

type Cell = string | null;

/** A code of FHIR as the system's own; one of no list goes on as it is, to be told as unknown. */
export const codeBy = (list: Readonly<Record<string, string>>, code: string | undefined): Cell =>
  code === undefined ? null : Object.hasOwn(list, code) ? (list[code] ?? null) : `?${code}`.slice(0, 20);

/** A day or a moment as columns have it. Of a year or a month alone nobody knows the day: it stays unreadable, and no "none". */
export function timeOf(text: string | undefined): Cell {
  if (text === undefined) return null;
  const moment = /T\d\d:\d\d/.test(text) ? new Date(text) : null;
  if (moment === null) return text;
  return Number.isNaN(moment.getTime()) ? text : localText(moment).replace('T', ' ');
}

/** … and the day alone. */
export const dayOf = (text: string | undefined): Cell => timeOf(text)?.slice(0, 10) ?? null;

export const flagOf = (value: boolean | undefined): Cell => (value === undefined ? null : value ? 'Y' : 'N');

export const updatedOf = ({ meta }: { meta?: Meta | undefined }): Cell => timeOf(meta?.lastUpdated);

export const identifierOf = (identifiers: readonly Identifier[] | undefined, system: string): Cell =>
  identifiers?.find((one) => one.system === system)?.value ?? null;

export const codingOf = (concept: CodeableConcept | undefined, system: string): Coding | undefined =>
  concept?.coding?.find((one) => one.system === system);

/** The code by its own system, else what stands in another, so that a strange code is told as one and not as none. */
export const codeOf = (concept: CodeableConcept | undefined, system: string): string | undefined =>
  codingOf(concept, system)?.code ?? concept?.coding?.find(({ code }) => code !== undefined)?.code;

export const wordsOf = (concept: CodeableConcept | undefined): Cell =>
  concept?.text ?? concept?.coding?.find(({ display }) => display !== undefined)?.display ?? null;

export const extensionOf = (
  { extension }: { extension?: Extension[] | undefined },
  url: string,
): Extension | undefined => extension?.find((one) => one.url === url);

/** Its id; where the server gives none, what tells it apart from all that say something else. */
export const idOf = (resource: Resource): string =>
  resource.id ?? createHash('sha256').update(JSON.stringify(resource)).digest('hex').slice(0, 16);

/** `Patient/70018` → `70018`; of another server's, or of nobody, null. */
export function idIn(reference: Reference | undefined, type: string): Cell {
  const [, id] =
    new RegExp(`^${type}/([A-Za-z0-9.-]{1,64})(?:/_history/.*)?$`).exec(reference?.reference ?? '') ?? [];
  return id ?? null;
}

/** What a reference to a contained resource points to, else undefined. */
export const containedIn = <T extends FhirResource['resourceType']>(
  { contained }: { contained?: Resource[] | undefined },
  reference: Reference | undefined,
  type: T,
): Extract<FhirResource, { resourceType: T }> | undefined =>
  contained?.find(({ id, resourceType }) => resourceType === type && reference?.reference === `#${id}`) as
    | Extract<FhirResource, { resourceType: T }>
    | undefined;

/**
 * Whether a resource is sealed, by its label of confidentiality: N and lower are not, R and V are. Without a label, or with
 * one of no list, nobody says, and what is not plainly open stays with the practice.
 */
export function sealedOf({ meta }: { meta?: Meta | undefined }): Cell {
  const labels = (meta?.security ?? []).filter(({ system }) => system === CODES.confidentiality);
  if (labels.length === 0) return null;
  const codes = labels.map(({ code }) => code ?? '');
  if (codes.some((code) => code === 'R' || code === 'V')) return 'Y';
  return codes.every((code) => ['N', 'M', 'L', 'U'].includes(code)) ? 'N' : '?';
}

/** H home, T temporary, C correspondence; an old one is the home that it was. */
export const addressKind = ({ use, type }: Address): Cell =>
  type === 'postal' ? 'C' : codeBy({ home: 'H', temp: 'T', old: 'H' }, use);

export const uprnOf = (address: Address): Cell => extensionOf(address, EXTENSIONS.uprn)?.valueString ?? null;

/** M mobile, H landline at home, W at work, E electronic mail. */
export function contactKind({ system, use }: ContactPoint): Cell {
  if (system === 'email') return 'E';
  if (system !== 'phone' && system !== 'sms') return codeBy({}, system);
  return system === 'sms' ? 'M' : codeBy({ mobile: 'M', home: 'H', work: 'W' }, use ?? 'home');
}
