/** An answer has an end, and a long one is worked on in turns. */
import { describe, expect, test } from 'vitest';
import { checkAnswerSize } from '../../src/gateway/limits/answer-size.ts';
import { Turns } from '../../src/gateway/request/turns.ts';

describe('turns of one answer', () => {
  test('what does not fit waits until the loop has gone round, in the order of asking', async () => {
    const turns = new Turns();
    const order: string[] = [];
    const taken = [200, 40, 1_000, 20].map((items) =>
      turns.take(items).then(() => void order.push(String(items))),
    );
    setImmediate(() => order.push('others'));
    await Promise.all(taken);
    expect(order).toEqual(['200', '40', '1000', 'others', '20']);
  });

  test('a short answer waits for nothing', async () => {
    const turns = new Turns();
    let others = false;
    setImmediate(() => {
      others = true;
    });
    for (let at = 0; at < 20; at += 1) await turns.take(5);
    expect(others).toBe(false);
  });
});

describe('the size of an answer', () => {
  const answer = { data: { person: { name: 'x'.repeat(50) } }, extensions: { holes: [] } };
  test.each([
    [60, true],
    [200, false],
    [undefined, false],
  ])('with a limit of %s bytes: refused %s, and never cut', (most, refused) => {
    const check = () => checkAnswerSize(answer, most);
    if (refused)
      expect(check).toThrow(
        expect.objectContaining({ extensions: expect.objectContaining({ code: 'QUERY_REFUSED' }) }),
      );
    else expect(check).not.toThrow();
  });

  test('counts errors as well: they are most of an answer that withholds much', () => {
    const errors = [{ message: 'y'.repeat(300), path: ['person'], extensions: {} }] as never;
    expect(() => checkAnswerSize({ ...answer, errors }, 200)).toThrow();
  });
});
