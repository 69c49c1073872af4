/** Counts cohorts as the gateway does, in a process of its own, and prints times and the most memory that it ever had. */
import pino from 'pino';
import { loadAgencies, openAgencies } from '../../src/app/open-agencies.ts';
import { createCohorts } from '../../src/cohort/cohort.ts';
import { countablesOf } from '../../src/cohort/countables.ts';
import { readDistricts } from '../../src/cohort/districts.ts';
import { readQuestion } from '../../src/cohort/filter.ts';
import { storeMethod } from '../../src/cohort/method.ts';
import { COHORT_RATE } from '../../src/cohort/rate.ts';
import { ownPerturbationTable } from '../../src/counting/own-table.ts';
import { loadFeedStates } from '../../src/person-index/records/feed-states.ts';
import { loadPolicies } from '../../src/sharing/files/load.ts';
import { openStore } from '../../src/store/store.ts';
import { agenciesAt } from '../support/agencies-at.ts';
import type { Setting } from './setting.ts';

const { root, dataDir, storeUrl, agencyUrls }: Setting = JSON.parse(process.env.BENCH_SETTING ?? '');
const log = pino({ level: 'error' }, pino.destination(2));
const TIMES = 3;
const MOST_MEGABYTES = 300;

const known = { policeEvents: { category: { is: 'DOMESTIC_ABUSE' } } };
const absent = { education: { attendanceBand: { in: ['PERSISTENTLY_ABSENT', 'FROM_90_TO_95'] } } };
const QUESTIONS = [
  { what: 'two agencies', where: { all: [known, absent] }, by: [], under: 3_000 },
  {
    what: 'arrears with a sanction, by district',
    where: {
      all: [
        { housing: { arrearsBand: { is: 'OVER_8_WEEKS' } } },
        { benefits: { activeSanction: { is: true } } },
      ],
    },
    by: ['DISTRICT'],
    under: 6_000,
  },
  { what: 'three dimensions', where: known, by: ['AGE_BAND', 'SEX', 'DISTRICT'], under: 6_000 },
  {
    what: 'two agencies by three dimensions',
    where: { any: [known, { housing: { arrearsBand: { is: 'OVER_8_WEEKS' } } }] },
    by: ['SEX', 'DISTRICT', 'POLICE_EVENTS_MONTH'],
    under: 6_000,
  },
];

const { adapters, catalogue } = await loadAgencies(root, Object.keys(agencyUrls));
const loaded = loadPolicies({ root, agencies: catalogue });
if (!loaded.ok) throw new Error('The sharing files do not load');
const { policies } = loaded;
const agencies = openAgencies(adapters, {
  agencies: agenciesAt(agencyUrls, { statementTimeoutMs: 60_000 }),
  log,
});
const store = openStore(storeUrl, { connections: 8, statementTimeoutMs: 60_000 });
const districts = readDistricts(root);
const table = { table: ownPerturbationTable(), tableName: 'our own table' };
const cohorts = createCohorts({
  store: store.db,
  agencies,
  countables: countablesOf(adapters, policies, districts),
  districts,
  method: () => storeMethod({ store: store.db, dataDir, ...table }),
  rate: COHORT_RATE,
  feeds: (now) => loadFeedStates(store.db, now),
});
let reached = true;
/** A question whose count is not told would be quick for another reason. */
let answered = true;
for (const { what, where, by, under } of QUESTIONS) {
  const times: number[] = [];
  const before = process.cpuUsage();
  let people = '';
  for (let time = 0; time < TIMES; time += 1) {
    const now = new Date();
    const began = performance.now();
    const answer = await cohorts.count(
      readQuestion({ where, by }, cohorts.countables, now.toISOString().slice(0, 10)),
      {
        policy: policies,
        organisation: 'childrens-services',
        withdrawn: new Set(),
        now,
        signal: new AbortController().signal,
      },
    );
    times.push(performance.now() - began);
    const told = answer.groups.filter(({ people }) => people.value !== null).length;
    people = `${answer.people.value ?? 'suppressed'} people, ${told} of ${answer.groups.length} groups told`;
    answered &&= answer.people.value !== null && (by.length === 0 || told > 0);
  }
  const { user, system } = process.cpuUsage(before);
  const processor = ((user + system) / 1e6 / TIMES).toFixed(1);
  const slowest = Math.max(...times);
  reached &&= slowest < under;
  process.stdout.write(
    `${what}: ${people}; ${times.map((ms) => Math.round(ms)).join(', ')} ms, of the gateway's processor ${processor} s each, under ${under} ${slowest < under ? 'met' : 'NOT MET'}\n`,
  );
}
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
const isSmall = megabytes < MOST_MEGABYTES;
process.stdout.write(`most memory ${megabytes} MB, under ${MOST_MEGABYTES} ${isSmall ? 'met' : 'NOT MET'}\n`);
await store.close();
if (!answered) process.stdout.write('A question was not answered\n');
process.exit(reached && isSmall && answered ? 0 : 1);
