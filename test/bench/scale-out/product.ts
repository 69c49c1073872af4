/** What the script takes from the product, in one bundle: the queries that it measures are the product's own. */
export { pairsToCompare, placeInBlocks } from '../../../src/person-index/match/near-records.ts';
export { records } from './records.ts';
