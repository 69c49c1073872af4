interface Started {
  url: string;
  operatorUrl: string;
  /** Seconds since the program began. */
  seconds: number;
  demo: boolean;
}

/** What whoever started us reads last: where to click, and a first query. */
export function welcome({ url, operatorUrl, seconds, demo }: Started): string {
  const ready = `Sightline is ready after ${seconds.toFixed(1)} s.`;
  const places = [`  GraphiQL   ${url}/graphiql`, `  Operators  ${operatorUrl}/metrics`];
  return [ready, '', ...places, '', ...(demo ? firstQuery(url) : []), ''].join('\n');
}

/** The 3am call by curl, with nothing but curl and Node. */
function firstQuery(url: string): string[] {
  const json = "-H 'Content-Type: application/json'";
  const by = 'familyName: \\"Kerr\\", givenName: \\"Maya\\", dateOfBirth: \\"2002-03-14\\"';
  const asked = 'identity { name } crisisPlan { state whatHelps triggers }';
  const query = `{ findPeople(by: { ${by} }) { outcome people { person { ${asked} } } } }`;
  const pick = `node -pe 'JSON.parse(require("fs").readFileSync(0)).access_token'`;
  return [
    'A first query, as the response officer at the 3am call:',
    '',
    `TOKEN=$(curl -s ${url}/demo/token ${json} -d '{"persona":"response-officer"}' | ${pick})`,
    `curl -s ${url}/graphql ${json} -H "Authorization: Bearer $TOKEN" -H 'Sharing-Purpose: mental-health-crisis' -H 'Sharing-Reference: police:26/000123' -d '{"query":"${query}"}'`,
    '',
  ];
}
