import type { TrustedDocuments } from '../documents/trusted-documents.ts';
import { requestError } from '../errors.ts';
import { mayBringText } from '../gateway/limits/own-text.ts';
import type { RequestHead } from './apollo.ts';
import type { HttpParts } from './parts.ts';

/**
 * The body of a request with the text of its document, for one that names a trusted document by its id. Asked once the
 * caller is known: which documents there are is told to nobody else.
 * Throws BAD_USER_INPUT, PERSISTED_QUERY_NOT_SUPPORTED, PERSISTED_DOCUMENT_NOT_FOUND or PERSISTED_DOCUMENT_REQUIRED, of
 * which the last two are entries of the register.
 */
export async function withDocument(
  body: unknown,
  head: RequestHead,
  parts: Pick<HttpParts, 'documents' | 'gateway' | 'demo'>,
): Promise<unknown> {
  // Whatever else it is, Apollo refuses it: a batch too.
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const { documentId, ...rest } = body as { documentId?: unknown; query?: unknown };
  const { documents } = parts;
  const { query } = rest;
  const { client } = head.caller.caller;
  const hasQuery = query !== undefined && query !== null && query !== '';
  if (documentId === undefined || documentId === null) {
    if (hasQuery) await checkText(query, head, parts);
    return body;
  }
  if (hasQuery) throw requestError('BAD_USER_INPUT', 'Send a documentId or a query, not both.');
  if (typeof documentId !== 'string')
    throw requestError('BAD_USER_INPUT', 'The documentId must be text, as it was registered.');
  if (documents.mode === 'off')
    throw requestError(
      'PERSISTED_QUERY_NOT_SUPPORTED',
      'Documents have no ids here: send the text as the query.',
    );
  const document = documents.withId(documentId);
  if (document === null) {
    await parts.gateway.refuse(head.caller, 'PERSISTED_DOCUMENT_NOT_FOUND');
    throw requestError('PERSISTED_DOCUMENT_NOT_FOUND', notFound(documents));
  }
  documents.asked(document, client);
  return { ...rest, query: document.text };
}

function notFound(documents: TrustedDocuments): string {
  const since = documents.unreadSince();
  const unread = `What was registered since ${since?.toISOString()} is not known, as the store cannot be asked.`;
  return `No document with this id is registered here, or no longer.${since ? ` ${unread}` : ''}`;
}

/** Whether a request may bring a text of its own. */
async function checkText(
  query: unknown,
  { caller: request }: RequestHead,
  { documents, gateway, demo }: Pick<HttpParts, 'documents' | 'gateway' | 'demo'>,
): Promise<void> {
  // What is no text, Apollo refuses.
  if (documents.mode === 'off' || typeof query !== 'string') return;
  const document = documents.withText(query);
  if (document) return documents.asked(document, request.caller.client);
  if (documents.mode === 'log') return documents.askedUntrusted('passed');
  // By what is verified, and never by what a request says of itself. In the demo anybody may be anybody.
  if (demo !== null || mayBringText(request.caller.role, query)) return documents.askedUntrusted('excepted');
  documents.askedUntrusted('refused');
  await gateway.refuse(request, 'PERSISTED_DOCUMENT_REQUIRED');
  throw requestError(
    'PERSISTED_DOCUMENT_REQUIRED',
    'Only registered documents are answered here: send the documentId of one, or its very text.',
  );
}
