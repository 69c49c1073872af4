import type { FileHandle } from 'node:fs/promises';
import { openToAppend, readIfThere } from '../durable-file.ts';
import { endUnfinishedLine } from '../heads.ts';
import { chainOf } from './checkpoint.ts';

/** Keeps signed heads of trees in a file outside the store, each as a JSON string on a line of its own. */
export class CheckpointLog {
  readonly #file: FileHandle;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** @throws RegisterFileError; the system's error when the file cannot be written */
  static async open(path: string): Promise<CheckpointLog> {
    const file = await openToAppend(path);
    await endUnfinishedLine(file);
    return new CheckpointLog(file);
  }

  async add(note: string): Promise<void> {
    await this.#file.appendFile(`${JSON.stringify(note)}\n`);
    await this.#file.datasync();
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

export interface CheckpointLine {
  /** From 1. */
  readonly line: number;
  /** Null where the line is no note of ours. */
  readonly note: string | null;
  readonly chain: string | null;
}

/** A file's checkpoints in the order written. A last line that was never finished is left out; no file is none. */
export async function readCheckpoints(path: string): Promise<readonly CheckpointLine[]> {
  const lines = ((await readIfThere(path)) ?? '').split('\n').slice(0, -1);
  return lines.map((text, index) => {
    const note = parsed(text);
    return { line: index + 1, note, chain: note === null ? null : chainOf(note) };
  });
}

function parsed(line: string): string | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}
