/** The demo's data could not be made or kept. */
export class DemoDataError extends Error {
  override readonly name = 'DemoDataError';
  readonly code = 'DEMO_DATA';
}
