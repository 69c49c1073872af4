import { useState } from 'react';
import { nameInWords } from '../gaps/hole-words.ts';
import { ActForm, Words } from './act-form.tsx';
import { Card } from './card.tsx';
import type { PartProps } from './governance-page.tsx';
import { PolicyChanges } from './policy-changes.tsx';
import { type Agreement, agreementInWords } from './shared-tab.tsx';
import { useAnswer } from './use-answer.ts';
import { timeInWords } from './words.ts';

const STATUS = /* GraphQL */ `query Status {
  policyStatus {
    agency { id }
    hash
    inForceSince
    signedBy
    signaturesMissing
    waiting { hash signedBy signaturesMissing opensMore }
    agreements { id version from review end standing }
    withdrawals { agreement version at by why }
  }
}
`;
const WITHDRAW = /* GraphQL */ `mutation Withdraw($id: ID!, $why: String!, $dryRun: Boolean!) {
  withdrawAgreement(id: $id, why: $why, dryRun: $dryRun) { agreement version references }
}
`;
const SIGN = /* GraphQL */ `mutation Sign($hash: String!) {
  signPolicy(hash: $hash) { hash signedBy }
}
`;

interface Status {
  agency: { id: string };
  hash: string;
  inForceSince: string;
  signedBy: readonly string[];
  signaturesMissing: number;
  waiting: readonly {
    hash: string;
    signedBy: readonly string[];
    signaturesMissing: number;
    opensMore: boolean;
  }[];
  agreements: readonly (Agreement & { standing: string })[];
  withdrawals: readonly {
    agreement: string;
    version: number;
    at: string | null;
    by: string | null;
    why: string;
  }[];
}

/** Which rules are in force, since when and by whose word; to withdraw, to sign and to try what is proposed. */
export function AgreementsTab({ ask, organisation, agencies }: PartProps) {
  const { data, problem, again } = useAnswer<{ policyStatus: readonly Status[] }>(ask, STATUS);
  const all = data?.policyStatus ?? [];
  // One's own first: the others are to be read.
  const own = all.filter(({ agency }) => agency.id === organisation);
  const others = all.filter(({ agency }) => agency.id !== organisation);
  return (
    <>
      <p role="alert">{problem}</p>
      <ul className="cards">
        {[...own, ...others].map((status) => (
          <Card
            key={status.agency.id}
            title={agencies[status.agency.id] ?? nameInWords(status.agency.id)}
            state={status.agency.id === organisation ? 'Yours' : null}
            facts={{
              'In force since': timeInWords(status.inForceSince),
              'Signed by': signedInWords(status),
              'What stands in it': status.hash,
              Agreements: status.agreements
                .map((one) => `${agreementInWords(one)} (${nameInWords(one.standing).toLowerCase()})`)
                .join('\n'),
              Withdrawn:
                status.withdrawals
                  .map(
                    ({ agreement, version, at, why }) =>
                      `${agreement}, version ${version}${at ? `, ${timeInWords(at)}` : ''}: ${why}`,
                  )
                  .join('\n') || null,
            }}
          >
            {status.agency.id === organisation && (
              <>
                <ActForm
                  title="Sign what is in force"
                  does="Sign"
                  send={() => ask(SIGN, { hash: status.hash })}
                  onDone={again}
                >
                  <p>Your name stands for these rules, as they are written now.</p>
                </ActForm>
                {status.waiting.map(({ hash, signedBy, signaturesMissing, opensMore }) => (
                  <ActForm
                    key={hash}
                    title={`Sign what waits: ${hash.slice(0, 12)}`}
                    does="Sign what waits"
                    send={() => ask(SIGN, { hash })}
                    onDone={again}
                  >
                    <p>
                      {opensMore
                        ? 'It gives more than is given now. '
                        : 'It gives no more than is given now. '}
                      Signed by {signedInWords({ signedBy, signaturesMissing })}.
                    </p>
                  </ActForm>
                ))}
                {status.agreements.map(({ id }) => (
                  <Withdrawing key={id} {...{ ask, id }} onDone={again} />
                ))}
              </>
            )}
          </Card>
        ))}
      </ul>
      <PolicyChanges {...{ ask, organisation }} />
    </>
  );
}

function signedInWords({
  signedBy,
  signaturesMissing: missing,
}: Pick<Status, 'signedBy' | 'signaturesMissing'>): string {
  const names = signedBy.join(', ') || 'nobody yet';
  return missing === 0 ? names : `${names}; ${missing} more must sign`;
}

interface WithdrawingProps extends Pick<PartProps, 'ask'> {
  id: string;
  onDone: () => void;
}

/** First what it would do, then the doing: whoever is in the middle of a case is named before they lose anything. */
function Withdrawing({ ask, id, onDone }: WithdrawingProps) {
  const [tried, setTried] = useState<{ why: string; references: readonly string[] } | null>(null);
  const withdraw = (why: string, dryRun: boolean) =>
    ask<{ withdrawAgreement: { references: readonly string[] } }>(WITHDRAW, { id, why, dryRun });
  if (!tried)
    return (
      <ActForm
        title={`Withdraw ${id}`}
        does="What would this do?"
        send={async ({ why = '' }) => {
          const { withdrawAgreement } = await withdraw(why, true);
          setTried({ why, references: withdrawAgreement.references });
        }}
        onDone={() => {}}
      >
        <Words label="Why" name="why" />
      </ActForm>
    );
  return (
    <ActForm
      title={`Withdraw ${id}: ${tried.why}`}
      does="Withdraw now"
      send={() => withdraw(tried.why, false)}
      onDone={() => {
        setTried(null);
        onDone();
      }}
    >
      <p>
        {tried.references.length === 0
          ? 'No live case of your own people would lose anything.'
          : `Live cases of your own people that would lose something: ${tried.references.join(', ')}.`}
      </p>
      <button type="button" onClick={() => setTried(null)}>
        Leave it as it is
      </button>
    </ActForm>
  );
}
