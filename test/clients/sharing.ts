/** Who asks, why, and on which reference. An answer is good for these alone: make a client of its own for each. */
export interface Sharing {
  url: string;
  token: string;
  purpose: string;
  reference: string;
}
