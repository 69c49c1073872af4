/** Searches, by a kept client of FHIR over the gateway's own HTTP: to the agency's address and nowhere else, within its limits. */
import type { Bundle, BundleEntry, FhirResource, OperationOutcome } from 'fhir/r4.js';
import { Client } from 'fhir-kit-client';
import { ApiFailure, type ExecutorAuthority, jsonOf } from '../../contract.ts';

/** Resources a page, as asked; servers give fewer as they like. */
const PAGE = 200;
/** Pages of one search: a server that leads on and on is not listened to. */
const MOST_PAGES = 5_000;

export type ResourceOf<T extends FhirResource['resourceType']> = Extract<FhirResource, { resourceType: T }>;
export type Search = Readonly<Record<string, string>>;

/** A client of this one question. What it would send by itself goes through `fetch`, which refuses other hosts. */
export function clientOf({ fetch }: ExecutorAuthority): Client {
  const client = new Client({ baseUrl: 'http://agency' });
  const request = async (
    method: string,
    url: string,
    options: { headers?: Readonly<Record<string, string>> } = {},
    body?: unknown,
  ): Promise<unknown> => {
    const answer = await fetch(url, {
      method: method === 'POST' ? 'POST' : 'GET',
      headers: { accept: 'application/fhir+json', 'cache-control': 'no-cache', ...options.headers },
      ...(typeof body === 'string' && { body }),
    });
    return jsonOf(answer);
  };
  Object.assign(client.httpClient, { request });
  return client;
}

/**
 * Every resource of a search, each once in its newest version. By POST, so that no identifier stands in an address that
 * others log. Rejects with ApiFailure where not all of them could be had: a page that is missing, an outcome that is an
 * error, an entry without a resource.
 */
export async function searchAll<T extends FhirResource['resourceType']>(
  resourceType: T,
  search: Search,
  authority: ExecutorAuthority,
): Promise<readonly ResourceOf<T>[]> {
  const client = clientOf(authority);
  const found = new Map<string, ResourceOf<T>>();
  const pages = new Set<string>();
  let bundle = bundleOf(
    await client.resourceSearch({
      resourceType,
      searchParams: { ...search, _count: PAGE },
      options: { postSearch: true },
    }),
  );
  for (;;) {
    for (const entry of bundle.entry ?? []) {
      const resource = matchIn(entry, resourceType, authority);
      if (resource) keepNewest(found, resource);
    }
    const next = bundle.link?.find(({ relation }) => relation === 'next')?.url;
    if (next === undefined) return [...found.values()];
    if (pages.has(next) || pages.size >= MOST_PAGES) throw new ApiFailure('API_PARTLY_READ');
    pages.add(next);
    bundle = bundleOf(await client.nextPage({ bundle: bundle as never }));
  }
}

/** An outcome in place of a bundle is no empty bundle, whatever the status was. */
function bundleOf(answer: unknown): Bundle {
  const bundle = answer as Partial<Bundle> | null | undefined;
  if (bundle?.resourceType !== 'Bundle') throw new ApiFailure('API_NOT_UNDERSTOOD');
  if (bundle.entry !== undefined && !Array.isArray(bundle.entry)) throw new ApiFailure('API_NOT_UNDERSTOOD');
  return bundle as Bundle;
}

/** The entry's resource where it is one of those searched; null for what a server gives beside them. */
function matchIn<T extends FhirResource['resourceType']>(
  { resource, search }: BundleEntry,
  resourceType: T,
  { note }: ExecutorAuthority,
): ResourceOf<T> | null {
  if (resource?.resourceType === 'OperationOutcome') {
    if (isError(resource as Partial<OperationOutcome>)) throw new ApiFailure('API_PARTLY_READ');
    note('a bundle says more than its resources');
    return null;
  }
  if (resource?.resourceType === undefined) throw new ApiFailure('API_PARTLY_READ');
  if (search?.mode !== undefined && search.mode !== 'match') return null;
  if (resource.resourceType === resourceType) return resource as ResourceOf<T>;
  note(`a bundle of ${resourceType} has resources of another type`);
  return null;
}

const isError = ({ issue }: Partial<OperationOutcome>): boolean =>
  !Array.isArray(issue) || issue.some(({ severity }) => severity !== 'warning' && severity !== 'information');

/** Entries come twice where rows move between pages. One without an id is told apart by all that it says. */
function keepNewest<R extends FhirResource>(found: Map<string, R>, resource: R): void {
  const key = resource.id ?? JSON.stringify(resource);
  const before = found.get(key);
  if (!before || versionOf(resource) >= versionOf(before)) found.set(key, resource);
}

/** By the version where that is a number, else by the time. */
function versionOf({ meta }: FhirResource): number {
  const version = Number(meta?.versionId ?? Number.NaN);
  return Number.isNaN(version) ? Date.parse(meta?.lastUpdated ?? '1970-01-01') : version;
}
