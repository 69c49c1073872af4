import type { Features, LinkRecord, Sex } from './features.ts';
import { featureReader, type WrittenRecord } from './normalise/read-features.ts';

/**
 * Records in little memory: each part that several have, such as one house, is held once, and of a record only the numbers
 * of its parts. Threads read `rows` together; the rest is copied to each.
 */
export interface PackedRecords {
  /** Numbers of its parts, `WIDTH` for each record. */
  readonly rows: Uint32Array;
  readonly names: readonly Features['names'][];
  readonly born: readonly Features['born'][];
  readonly addresses: readonly Features['addresses'][];
  readonly phones: readonly Features['phones'][];
  readonly identifiers: readonly Features['identifiers'][];
}

const WIDTH = 6;
const SEXES: readonly (Sex | null)[] = [null, 'F', 'M'];
const BLANK: WrittenRecord = { names: [], born: '', sex: '', addresses: [], phones: [], identifiers: [] };

/** Reads what systems wrote, and packs it. What is written the same is read once. */
export class RecordPacker {
  private readonly keys: string[] = [];
  private rows = new Uint32Array(WIDTH * 1024);
  private readonly read = featureReader();
  private readonly names = this.part('names');
  private readonly born = this.part('born');
  private readonly addresses = this.part('addresses');
  private readonly phones = this.part('phones');
  private readonly identifiers = this.part('identifiers');

  /** Gives the date of birth as it was read. */
  add(key: string, written: WrittenRecord): Features['born'] {
    const at = this.keys.length * WIDTH;
    this.keys.push(key);
    if (at === this.rows.length) {
      const more = new Uint32Array(this.rows.length * 2);
      more.set(this.rows);
      this.rows = more;
    }
    const born = this.born.numberOf(written);
    this.rows[at] = this.names.numberOf(written);
    this.rows[at + 1] = born;
    this.rows[at + 2] = SEXES.indexOf(this.read({ ...BLANK, sex: written.sex }).sex);
    this.rows[at + 3] = this.addresses.numberOf(written);
    this.rows[at + 4] = this.phones.numberOf(written);
    this.rows[at + 5] = this.identifiers.numberOf(written);
    return this.born.all[born] as Features['born'];
  }

  /** All records, in the order of their keys. */
  done(): { readonly keys: readonly string[]; readonly packed: PackedRecords } {
    const order = Uint32Array.from(this.keys.keys()).sort((a, b) =>
      (this.keys[a] as string) < (this.keys[b] as string) ? -1 : 1,
    );
    const rows = new Uint32Array(new SharedArrayBuffer(order.length * WIDTH * 4));
    for (const [at, from] of order.entries())
      rows.set(this.rows.subarray(from * WIDTH, (from + 1) * WIDTH), at * WIDTH);
    const { names, born, addresses, phones, identifiers } = this;
    return {
      keys: Array.from(order, (from) => this.keys[from] as string),
      packed: {
        rows,
        ...{ names: names.all, born: born.all, addresses: addresses.all },
        ...{ phones: phones.all, identifiers: identifiers.all },
      },
    };
  }

  private part<Name extends Exclude<keyof Features, 'sex'>>(name: Name) {
    const all: Features[Name][] = [];
    const numbers = new Map<string, number>();
    return {
      all,
      numberOf: (written: WrittenRecord): number => {
        const text = textOf(written[name]);
        const known = numbers.get(text);
        if (known !== undefined) return known;
        numbers.set(text, all.length);
        return all.push(this.read({ ...BLANK, [name]: written[name] })[name]) - 1;
      },
    };
  }
}

const textOf = (part: WrittenRecord[keyof WrittenRecord]): string =>
  typeof part === 'string' ? part : JSON.stringify(part);

/** The records as the model sees them. Each looks its features up when it is asked. */
export function unpackedRecords(packed: PackedRecords, keys?: readonly string[]): readonly LinkRecord[] {
  const { rows } = packed;
  return Array.from(
    { length: rows.length / WIDTH },
    (_, at) => new PackedRecord(packed, at, keys?.[at] ?? ''),
  );
}

class PackedRecord implements LinkRecord {
  readonly key: string;
  private readonly packed: PackedRecords;
  private readonly at: number;

  constructor(packed: PackedRecords, at: number, key: string) {
    this.key = key;
    this.packed = packed;
    this.at = at * WIDTH;
  }

  get features(): Features {
    const { packed, at } = this;
    const { rows } = packed;
    return {
      names: packed.names[rows[at] as number] as Features['names'],
      born: packed.born[rows[at + 1] as number] as Features['born'],
      sex: SEXES[rows[at + 2] as number] as Features['sex'],
      addresses: packed.addresses[rows[at + 3] as number] as Features['addresses'],
      phones: packed.phones[rows[at + 4] as number] as Features['phones'],
      identifiers: packed.identifiers[rows[at + 5] as number] as Features['identifiers'],
    };
  }
}
