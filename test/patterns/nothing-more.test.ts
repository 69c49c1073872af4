import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'vitest';
import { parse, stringify } from 'yaml';
import { makePattern } from '../../src/patterns/make-pattern.ts';
import { patternYaml } from '../../src/patterns/pattern-yaml.ts';
import { propose } from '../../src/patterns/propose.ts';
import { readPattern } from '../../src/patterns/read-pattern.ts';
import { projectRoot } from '../../src/project-root.ts';
import { loadPolicies, sharingFile } from '../../src/sharing/files/load.ts';
import { NATIONS } from '../../src/sharing/policy/law.ts';
import type { Catalogue, CatalogueAgency, CatalogueSection } from '../../src/sharing/policy/types.ts';
import { rank } from '../../src/states.ts';
import { withMoreItems } from '../../src/yaml/write-yaml.ts';
import { catalogue as ours, shippedPolicy } from '../sharing/support/shipped-policy.ts';
import { COMMITTED } from './support/committed.ts';
import { type Answer, answersOf, FEWER } from './support/given.ts';

const root = projectRoot();
const text = (file: string) => readFileSync(join(root, file), 'utf8');
const AGENCIES = [...ours.agencies.keys()];

interface Law {
  nation: string;
  bodies: Record<string, string>;
  law: Record<string, { extent: unknown; bodies: unknown; from?: string }>;
  roles: Record<string, { organisations: string[] | 'all' }>;
  purposes: Record<
    string,
    {
      gateways: unknown[];
      roles: string[];
      betweenParties?: boolean;
      needsConsent?: boolean;
      excludes?: unknown;
    }
  >;
  services: Record<string, string>;
}
interface Sharing {
  characteristic: string;
  grants: { role: string; purpose: string; share: Record<string, unknown> }[];
}
/** Another place, made from ours by changes. */
interface Place {
  law: Law;
  sharing: Map<string, Sharing>;
  catalogue: Catalogue;
}
type Change = (place: Place, pick: <Item>(from: readonly Item[]) => Item) => void;

const changeAgency = (place: Place, id: string, changed: Partial<CatalogueAgency>): void => {
  const agency = place.catalogue.agencies.get(id);
  if (agency)
    place.catalogue = {
      ...place.catalogue,
      agencies: new Map(place.catalogue.agencies).set(id, { ...agency, ...changed }),
    };
};
const changeSection = (place: Place, section: CatalogueSection): void => {
  place.catalogue = {
    ...place.catalogue,
    sections: new Map(place.catalogue.sections).set(section.name, section),
  };
};

/** What may be otherwise elsewhere. */
const CHANGES: Readonly<Record<string, Change>> = {
  'it lies elsewhere': (place, pick) => {
    place.law.nation = pick(NATIONS);
  },
  'an agency is of another kind': (place, pick) => {
    place.law.bodies[pick(AGENCIES)] = pick(Object.values(place.law.bodies));
  },
  'the law reaches less far': (place, pick) => {
    const law = place.law.law[pick(Object.keys(place.law.law))];
    if (law)
      Object.assign(law, pick([{ extent: 'Scotland' }, { bodies: 'schools' }, { from: '2030-01-01' }]));
  },
  'a gateway has another place': (place, pick) => {
    const { gateways } = place.law.purposes['mental-health-crisis'] ?? { gateways: [] };
    const at = pick([0, 1, 2]);
    const { cite } = gateways[at] as { cite: string };
    gateways[at] = pick<unknown>([cite, { cite, place: 'PUBLIC' }, { cite, place: 'DWELLING' }]);
  },
  'a role is held by others too': (place, pick) => {
    const role = place.law.roles[pick(Object.keys(place.law.roles))];
    if (role && role.organisations !== 'all') role.organisations.push(pick(AGENCIES));
  },
  'a purpose asks less': (place, pick) => {
    const purpose = place.law.purposes[pick(Object.keys(place.law.purposes))];
    if (purpose)
      Object.assign(
        purpose,
        pick([{ betweenParties: false }, { needsConsent: false }, { objection: undefined }]),
      );
  },
  'services are held to other sections': (place, pick) => {
    place.law.services[pick(Object.keys(place.law.services))] = pick([...place.catalogue.sections.keys()]);
  },
  'another section gives an agency away': (place, pick) => {
    const agency = pick(AGENCIES);
    const supplied = [...ours.sections.values()].filter(({ suppliers }) => suppliers.includes(agency));
    const sharing = place.sharing.get(agency);
    if (sharing) sharing.characteristic = pick(supplied).name;
  },
  'an agency supplies less': (place, pick) => {
    const [section, agency] = [pick([...place.catalogue.sections.values()]), pick(AGENCIES)];
    const without = (all: readonly string[]) => all.filter((one) => one !== agency);
    const fields = [...section.fields].map(
      ([path, field]) => [path, { ...field, suppliers: without(field.suppliers) }] as const,
    );
    changeSection(place, { ...section, suppliers: without(section.suppliers), fields: new Map(fields) });
  },
  'an agency supplies a field less': (place, pick) => {
    const section = pick([...place.catalogue.sections.values()]);
    const path = pick([...section.fields.keys()]);
    const fields = new Map(section.fields);
    fields.delete(path);
    changeSection(place, { ...section, fields });
  },
  'an agency has other services': (place, pick) => {
    changeAgency(place, pick(AGENCIES), {
      serviceKinds: [pick(Object.keys(place.law.services)), pick(Object.keys(place.law.services))],
    });
  },
  'tables tell rows apart by other things': (place, pick) => {
    changeAgency(place, pick(AGENCIES), { rowConditions: new Map() });
  },
  'an agency grants something already': (place, pick) => {
    const agency = pick(AGENCIES);
    const grants = (parse(text(sharingFile(agency))) as Sharing).grants;
    place.sharing.get(agency)?.grants.push(pick(grants));
  },
};

const SECTIONS = [...ours.sections.keys()];
const SERVICES = Object.keys((parse(text('schema/purposes.yaml')) as Law).services);
const PURPOSES = Object.keys((parse(text('schema/purposes.yaml')) as Law).purposes);
const change = (what: string, ...picks: number[]) => [{ what, picks: [...picks, 0, 0, 0, 0] }];
/** Always among what is tried: each opens something where it is not looked at. */
const KNOWN = [
  // Of services that are held to nothing else than involvements here.
  ...['SUBSTANCE_USE', 'MENTAL_HEALTH_CRISIS', 'POLICE'].map((kind) =>
    change('services are held to other sections', SERVICES.indexOf(kind), SECTIONS.indexOf('involvements')),
  ),
  // Or to a section that the agency does not supply here.
  change('an agency supplies less', SECTIONS.indexOf('clinical'), AGENCIES.indexOf('mental-health')),
  // Between nobody, so that no agreement is asked for.
  ...['mental-health-crisis', 'early-help', 'domestic-abuse'].map((purpose) =>
    change('a purpose asks less', PURPOSES.indexOf(purpose), 0),
  ),
  // Where a purpose needs no consent, and where an objection stops nothing.
  change('a purpose asks less', PURPOSES.indexOf('homelessness-referral'), 1),
  change('a purpose asks less', PURPOSES.indexOf('direct-care'), 2),
];

function placeOf(changes: readonly { what: string; picks: readonly number[] }[]): Place {
  const place: Place = {
    law: parse(text('schema/purposes.yaml')) as Law,
    sharing: new Map(
      AGENCIES.map((agency) => [agency, { ...parse(text(sharingFile(agency))), grants: [] } as Sharing]),
    ),
    // Agencies anew: what is made of one for checks is kept by it.
    catalogue: { ...ours, agencies: new Map([...ours.agencies].map(([id, one]) => [id, { ...one }])) },
  };
  for (const { what, picks } of changes) {
    const left = [...picks];
    CHANGES[what]?.(place, (from) => from[(left.shift() ?? 0) % from.length] as (typeof from)[number]);
  }
  return place;
}

/** Quoted, so that what is read as text is the text. */
const yaml = (value: unknown) => stringify(value, { lineWidth: 0 });

function load({ law, sharing, catalogue }: Place, added: ReadonlyMap<string, string>) {
  const texts = new Map([...sharing].map(([agency, file]) => [sharingFile(agency), yaml(file)]));
  texts.set('schema/purposes.yaml', yaml(law));
  const readFile = (path: string) => added.get(path.slice(1)) ?? texts.get(path.slice(1)) ?? '';
  return { texts, loaded: loadPolicies({ root: '/', agencies: catalogue, readFile }) };
}

const original = shippedPolicy();

test.each([
  ...COMMITTED,
  // Where consent is asked, and an objection stops what is shared.
  { name: 'wishes', purposes: ['homelessness-referral', 'direct-care'] },
])(
  'wherever $name is taken up, and whatever is otherwise there, nobody is given more than where it comes from',
  ({ name, purposes }) => {
    const agreements = [...original.agencies.values()].map(({ agreement }) => agreement.id);
    const exported = makePattern({ policy: original, catalogue: ours }, { name, agreements, purposes });
    const pattern = readPattern('pattern.yaml', patternYaml(exported));
    const pairs = [
      ...new Map(
        pattern.grants.map(({ role, purpose }) => [`${role} ${purpose}`, { role, purpose }]),
      ).values(),
    ];
    const there = answersOf(original, ours, pairs, FEWER);
    let [takenUp, given] = [0, 0];
    const changes = fc.array(
      fc.record({
        what: fc.constantFrom(...Object.keys(CHANGES)),
        picks: fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(changes, (changed) => {
        const place = placeOf(changed);
        const before = load(place, new Map());
        // Some changes make no policy at all: a grant on a gateway that is not there.
        fc.pre(before.loaded.ok);
        const { proposals } = propose(pattern, {
          ...{ policy: before.loaded.policies, catalogue: place.catalogue },
          ...{ as: new Map(), today: '2026-11-30' },
        });
        const added = new Map(
          proposals.map(({ agency, grants }) => {
            const file = sharingFile(agency);
            const items = grants.map(({ yaml: one }) => one);
            return [file, withMoreItems(before.texts.get(file) ?? '', 'grants', items, 'proposed')];
          }),
        );
        const after = load(place, added);
        if (!after.loaded.ok)
          throw new Error(`What is proposed does not load: ${JSON.stringify(after.loaded.findings)}`);
        takenUp += proposals.length > 0 ? 1 : 0;
        // What was given before is excused, and where nothing was granted, nothing is.
        const granting = [...before.loaded.policies.agencies.values()].some(
          ({ grants }) => grants.length > 0,
        );
        const stood = granting
          ? answersOf(before.loaded.policies, place.catalogue, pairs, FEWER)
          : new Map<string, Answer>();
        for (const [key, { decision, fields }] of answersOf(
          after.loaded.policies,
          place.catalogue,
          pairs,
          FEWER,
        )) {
          if (stood.has(key)) continue;
          const elsewhere = there.get(key);
          given += 1;
          const most = elsewhere?.decision;
          if (!most || rank(decision.level) > rank(most.level)) throw new Error(`${key}: ${decision.level}`);
          const more = fields.filter((field) => !elsewhere.fields.includes(field));
          if (more.length > 0) throw new Error(`${key}: ${more.join(', ')}`);
          for (const [condition, value] of Object.entries(most.rows)) {
            const mine = decision.rows[condition];
            const narrow = Array.isArray(value)
              ? Array.isArray(mine) && mine.every((one) => value.includes(one))
              : mine === value;
            // Kinds of service are narrowed by `decide`, where the agency has others than those that are shown.
            const shown = condition === 'service' && mine === undefined;
            const kinds = place.catalogue.agencies.get(decision.agency)?.serviceKinds ?? [];
            if (!narrow && !(shown && Array.isArray(value) && kinds.every((kind) => value.includes(kind))))
              throw new Error(`${key}: ${condition} ${mine}`);
          }
          if (most.ownSite !== decision.ownSite) throw new Error(`${key}: not of the own site alone`);
        }
      }),
      { numRuns: 20, examples: KNOWN.map((one): [typeof one] => [one]) },
    );
    if (takenUp < 5 || given < 1000)
      throw new Error(`Hardly anything was taken up: ${takenUp} places, ${given} answers`);
  },
  240_000,
);
