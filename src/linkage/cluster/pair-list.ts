/** Scored pairs, in memory outside of the heap; it grows as needed. Index of pair → records, bits, veto. */
export class PairList {
  length = 0;
  a = new Uint32Array(1024);
  b = new Uint32Array(1024);
  bits = new Float32Array(1024);
  /** 1 where a veto stands against linking. */
  vetoed = new Uint8Array(1024);

  add(a: number, b: number, bits: number, vetoed: boolean): void {
    if (this.length === this.a.length) this.grow();
    this.a[this.length] = a;
    this.b[this.length] = b;
    this.bits[this.length] = bits;
    this.vetoed[this.length] = Number(vetoed);
    this.length += 1;
  }

  /** Adds all of another list, in their order. */
  addAll({ length, a, b, bits, vetoed }: Pick<PairList, 'length' | 'a' | 'b' | 'bits' | 'vetoed'>): void {
    for (let at = 0; at < length; at += 1)
      this.add(a[at] as number, b[at] as number, bits[at] as number, vetoed[at] === 1);
  }

  /** The pairs without the room to grow. */
  cut(): Pick<PairList, 'length' | 'a' | 'b' | 'bits' | 'vetoed'> {
    const { length, a, b, bits, vetoed } = this;
    const cut = { a: a.slice(0, length), b: b.slice(0, length), bits: bits.slice(0, length) };
    return { length, ...cut, vetoed: vetoed.slice(0, length) };
  }

  private grow(): void {
    const { a, b, bits, vetoed } = this;
    this.a = new Uint32Array(a.length * 2);
    this.b = new Uint32Array(a.length * 2);
    this.bits = new Float32Array(a.length * 2);
    this.vetoed = new Uint8Array(a.length * 2);
    this.a.set(a);
    this.b.set(b);
    this.bits.set(bits);
    this.vetoed.set(vetoed);
  }
}
