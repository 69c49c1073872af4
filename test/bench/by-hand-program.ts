/**
 * The same rows by hand: node:http and pg, one statement for each agency, records known beforehand. No permissions,
 * no decoding of codes, no register. What is asked is a list of [nominal, client, tenant].
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { obey, type Ready, type Setting } from './setting.ts';

const { agencyUrls }: Setting = JSON.parse(process.env.BENCH_SETTING ?? '');
const pool = (agency: string) => new pg.Pool({ connectionString: agencyUrls[agency], max: 10 });
const POLICE = pool('police');
const TRUST = pool('mental-health');
const HOUSING = pool('housing');

const policeSql = `select n."NOM_ID" as key, n."FORENAME1", n."SURNAME", n."DOB", n."SEX_CD",
  (select json_agg(w) from (select "MKR_CD", "GUIDE_TXT", "FREE_TXT", "START_DT", "REVIEW_DT"
    from "T_WARN_MKR" where "NOM_ID" = n."NOM_ID" order by "START_DT" desc) w) as markers,
  (select json_agg(o) from (select "RPT_DTTM", "OCC_TYPE", "DA_FLG", "MH_FLG", "ROLE_CD", "OUTC_CD"
    from "T_OCCURRENCE" where "NOM_ID" = n."NOM_ID" order by "RPT_DTTM" desc limit 10) o) as events
  from "T_NOMINAL" n where n."NOM_ID" = any($1)`;
const trustSql = `select c."ClientID" as key, c."Forename", c."Surname", c."DOB", c."Gender",
  (select json_agg(a) from (select "AlertType", "Guidance", "Detail", "StartDT", "ReviewDT"
    from "Alert" where "ClientID" = c."ClientID" order by "StartDT" desc) a) as alerts,
  (select json_agg(r) from (select "StatusCd" from "Referral" where "ClientID" = c."ClientID") r) as referrals,
  (select json_agg(s) from (select "LegalStatus", "EndDT" from "MHA_Section" where "ClientID" = c."ClientID") s) as sections,
  (select json_agg(p) from (select "HelpsTxt", "TriggersTxt", "AvoidTxt", "ReviewDue" from "CarePlan"
    where "ClientID" = c."ClientID" and "PlanType" = '12' order by "StartDT" desc) p) as plans
  from "Client" c where c."ClientID" = any($1)`;
const housingSql = `select k.key,
  (select json_agg(a) from (select alert_cd, guidance, detail, start_dt, review_dt
    from tenant_alert where tenant_no = k.key order by start_dt desc) a) as alerts,
  (select json_agg(m) from (select rel_cd, lives_in, dep_child
    from household_member where tenant_no = k.key) m) as members
  from unnest($1::text[]) as k (key)`;

type Row = { key: string };
type Three = readonly [string | null, string | null, string | null];
const read = async (from: pg.Pool, name: string, text: string, keys: readonly (string | null)[]) => {
  const { rows } = await from.query<Row>({ name, text, values: [keys.filter((key) => key !== null)] });
  return new Map(rows.map((row) => [row.key, row]));
};

async function answer(people: readonly Three[]) {
  const [police, trust, housing] = await Promise.all([
    read(
      POLICE,
      'police',
      policeSql,
      people.map(([key]) => key),
    ),
    read(
      TRUST,
      'trust',
      trustSql,
      people.map(([, key]) => key),
    ),
    read(
      HOUSING,
      'housing',
      housingSql,
      people.map(([, , key]) => key),
    ),
  ]);
  return people.map(([nominal, client, tenant]) => ({
    police: police.get(nominal ?? '') ?? null,
    mentalHealth: trust.get(client ?? '') ?? null,
    housing: housing.get(tenant ?? '') ?? null,
  }));
}

const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', async () => {
    const { people } = JSON.parse(body) as { people: Three[] };
    const text = JSON.stringify({ data: { people: await answer(people) } });
    response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  });
});
server.listen(0, '127.0.0.1', () => {
  const ready: Ready = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, headers: {} };
  process.send?.(ready);
});
obey({});
