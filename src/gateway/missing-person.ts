import { GraphQLError } from 'graphql';

/** Nobody stands where a person was asked for, for whatever cause. Its extensions are those of a hole. */
export class MissingPerson extends GraphQLError {
  constructor(
    message: string,
    hole: { reason: string | null; agency: string | null; section: string | null; contact: unknown },
  ) {
    super(message, { extensions: { code: 'NOT_AVAILABLE', ...hole } });
  }
}
