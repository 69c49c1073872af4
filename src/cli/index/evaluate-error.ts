/** Says in one line what is wrong: with a file, or with a word on the command line. */
export class EvaluateError extends Error {
  readonly code = 'EVALUATE';
  override readonly name = 'EvaluateError';
}
