import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

const SHOWN = 30;

/** Where a process spent its time itself, by package and by function, from a profile. */
export async function selfTimes(file: string): Promise<string> {
  const packages = new Map<string, number>();
  const functions = new Map<string, number>();
  let total = 0;
  let idle = 0;
  const { nodes, samples, timeDeltas }: Profile = JSON.parse(await readFile(file, 'utf8'));
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  samples.forEach((id, at) => {
    const frame = frames.get(id);
    const time = timeDeltas[at] ?? 0;
    if (!frame) return;
    // What the profiler itself does when it begins and ends.
    if (frame.functionName === 'dispatch' && frame.url === '') return;
    if (frame.functionName === '(idle)') {
      idle += time;
      return;
    }
    total += time;
    add(packages, packageOf(frame.url), time);
    const name = `${frame.functionName || '(anonymous)'} ${basename(frame.url)}:${frame.lineNumber + 1}`;
    add(functions, `${packageOf(frame.url)} ${name}`, time);
  });
  const busy = `Busy ${((100 * total) / (total + idle)).toFixed(0)} % of the time`;
  const shown = [
    'Self time by package',
    ...shares(packages, total),
    'Self time by function',
    ...shares(functions, total),
  ];
  return [busy, ...shown].join('\n');
}

function packageOf(url: string): string {
  const within = url.split('/node_modules/').at(-1) ?? '';
  if (!url.includes('/node_modules/')) return url.startsWith('file:') ? 'sightline' : url || 'engine';
  const [scope = '', name = ''] = within.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

function add(times: Map<string, number>, name: string, time: number): void {
  times.set(name, (times.get(name) ?? 0) + time);
}

function shares(times: ReadonlyMap<string, number>, total: number): string[] {
  const slowest = [...times].toSorted(([, one], [, other]) => other - one).slice(0, SHOWN);
  return slowest.map(([name, time]) => `${((100 * time) / total).toFixed(1).padStart(6)} %  ${name}`);
}
