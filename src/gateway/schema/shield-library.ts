import { createRequire } from 'node:module';
import type * as Middleware from 'graphql-middleware';
import type * as Shield from 'graphql-shield';

/**
 * graphql-shield and graphql-middleware, both as CommonJS through one require: 7.6.5 as ESM does not import on
 * Node 23 and later (it wants `util.isUndefined`, removed there), and mixing the two module systems gives each its
 * own copy of graphql's types.
 */
const require = createRequire(import.meta.url);
const util = require('node:util') as { isUndefined?: (value: unknown) => boolean };
util.isUndefined ??= (value) => value === undefined;

export const graphqlShield = (): typeof Shield => require('graphql-shield');
export const graphqlMiddleware = (): typeof Middleware => require('graphql-middleware');
