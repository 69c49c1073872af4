import type { ReactNode } from 'react';
import { dayInWords } from './ages.ts';
import { Call } from './call.tsx';
import * as asked from './documents.ts';
import type * as Answers from './generated/answers.ts';
import type { Subject } from './section-card.tsx';
import type { SectionData } from './section-data.ts';
import { day, Fact, Facts, Item, Items, inWords, professional, since, until, yesOrNo } from './telling.tsx';

/** What can be done from within a section. */
export interface SectionActs {
  /** Goes on to somebody who stands in it. */
  onPerson: (person: Subject) => void;
}

/** A section that is asked for itself, when somebody opens it. */
export interface SectionKind {
  /** Its name on `Person`. */
  id: string;
  title: string;
  titleForSubject: string;
  /** The document that asks it. */
  document: string;
  show: (data: SectionData, acts: SectionActs) => ReactNode;
  /** Of a section that comes in pages: where the next begins. */
  next?: (data: SectionData) => string | null;
}

type Sections<Query extends { person: object | null }> = NonNullable<Query['person']>;

function section<Query extends { person: object | null }>() {
  return <Id extends keyof Sections<Query> & string>(
    id: Id,
    title: string,
    document: string,
    show: (data: Sections<Query>[Id], acts: SectionActs) => ReactNode,
    titleForSubject = title,
  ): SectionKind => ({
    ...{ id, title, titleForSubject, document },
    show: (data, acts) => show(data as Sections<Query>[Id], acts),
  });
}

/** In the order in which somebody at a door or a desk would look. */
export const SECTIONS: readonly SectionKind[] = [
  {
    ...section<Answers.PersonTimelineQuery>()(
      'timeline',
      'Timeline of twelve months',
      asked.TIMELINE,
      (data) => (
        <Items field="items" items={data.items}>
          {({ date, section: id, title, detail, source }, at) => (
            <Item
              key={at}
              title={`${date ? dayInWords(date) : 'No date that can be read'}: ${title ?? inWords(id)}`}
              facts={[inWords(id)]}
              source={source}
            >
              {detail && <p className="text">{detail}</p>}
            </Item>
          )}
        </Items>
      ),
    ),
    next: (data) => (data as unknown as { next: string | null }).next,
  },
  section<Answers.PersonMentalHealthQuery>()('mentalHealth', 'Mental health', asked.MENTAL_HEALTH, (data) => (
    <>
      {data.team && <Call contact={{ ...data.team }} />}
      <Facts>
        <Fact term="Open to a service now" field="openToService" value={yesOrNo(data.openToService)} />
        {!data.team && <Fact term="Team" field="team" value={null} />}
        <Fact term="Detained, or liable to be" field="detained" value={yesOrNo(data.detained)} />
        <Fact
          term="Legal status"
          field="legalStatus"
          value={
            data.legalStatus &&
            [data.legalStatus.text, since(data.legalStatusFrom), until(data.legalStatusTo)]
              .filter(Boolean)
              .join(', ')
          }
        />
        <Fact
          term="General practice"
          field="practice"
          value={data.practice && [data.practice.name, data.practice.phone].filter(Boolean).join(', ')}
        />
      </Facts>
    </>
  )),
  section<Answers.PersonClinicalQuery>()('clinical', 'Clinical', asked.CLINICAL, (data) => (
    <>
      <Items title="Allergies" field="allergies" items={data.allergies}>
        {({ substance, reaction, source }, at) => (
          <Item key={at} title={substance ?? 'Not said to what'} facts={[reaction]} source={source} />
        )}
      </Items>
      <Items title="Medication" field="medication" items={data.medication}>
        {({ name, dose, highRisk, from, source }, at) => (
          <Item
            key={at}
            title={name ?? 'Not said what'}
            facts={[highRisk === true && 'High risk', dose, since(from)]}
            source={source}
          />
        )}
      </Items>
      <Items title="Diagnoses" field="diagnoses" items={data.diagnoses}>
        {({ diagnosis, from, active, source }, at) => (
          <Item
            key={at}
            title={diagnosis?.text ?? 'Not said what'}
            facts={[active === false && 'Not active', since(from)]}
            source={source}
          />
        )}
      </Items>
      <Items title="Notes" field="notes" items={data.notes}>
        {({ writtenAt, text, source }, at) => (
          <Item key={at} title={writtenAt ? dayInWords(writtenAt) : 'Not said when'} source={source}>
            <p className="text">{text}</p>
          </Item>
        )}
      </Items>
      {data.truncated && <p className="quiet">There are more notes than are shown here.</p>}
    </>
  )),
  section<Answers.PersonDomesticAbuseQuery>()(
    'domesticAbuse',
    'Domestic abuse',
    asked.DOMESTIC_ABUSE,
    (data) => (
      <>
        {data.seeAlone === true && <p className="say">See them alone. Do not ask in front of anybody.</p>}
        <Facts>
          {data.seeAlone !== true && (
            <Fact term="To be seen alone" field="seeAlone" value={yesOrNo(data.seeAlone)} />
          )}
        </Facts>
        <Items title="Cases" field="items" items={data.items}>
          {({ as, caseStatus, meetingDate, dashScore, actions, adviser, source }, at) => (
            <Item
              key={at}
              title={caseStatus ?? 'A case'}
              facts={[
                inWords(as),
                meetingDate && `conference ${dayInWords(meetingDate)}`,
                dashScore !== null && `DASH ${dashScore}`,
                professional(adviser),
                adviser?.phone,
              ]}
              source={source}
            >
              {actions && actions.length > 0 && (
                <ul className="plain">
                  {actions.map((action) => (
                    <li key={action}>{action}</li>
                  ))}
                </ul>
              )}
            </Item>
          )}
        </Items>
      </>
    ),
  ),
  section<Answers.PersonHouseholdQuery>()(
    'household',
    'Household',
    asked.HOUSEHOLD,
    (data, { onPerson }) => (
      <>
        <Facts>
          <Fact
            term="A child depends on them"
            field="dependentChildren"
            value={yesOrNo(data.dependentChildren)}
            none="Not said"
          />
        </Facts>
        <Items title="Members" field="members" items={data.members}>
          {({ relationship, parentalResponsibility, sameAddress, expected, person, source }, at) => (
            <Item
              key={at}
              title={
                person ? (
                  <button
                    type="button"
                    className="link"
                    onClick={() => onPerson({ id: person.id, name: person.identity.name })}
                  >
                    {person.identity.name ?? inWords(relationship) ?? 'Somebody'}
                  </button>
                ) : (
                  (inWords(relationship) ?? 'Somebody')
                )
              }
              facts={[
                person && inWords(relationship),
                person?.identity.dateOfBirth && `born ${dayInWords(person.identity.dateOfBirth)}`,
                expected === true && 'expected, not yet born',
                sameAddress === true && 'at the same address',
                parentalResponsibility === true && 'holds parental responsibility',
              ]}
              source={source}
            />
          )}
        </Items>
      </>
    ),
    'Your household',
  ),
  section<Answers.PersonChildSafeguardingQuery>()(
    'childSafeguarding',
    'Child safeguarding',
    asked.CHILD_SAFEGUARDING,
    (data) => (
      <>
        <Facts>
          <Fact term="Known to children’s social care" field="known" value={yesOrNo(data.known)} />
        </Facts>
        <Items field="items" items={data.items}>
          {(one, at) => (
            <Item
              key={at}
              title={one.status?.map(inWords).join(', ') || 'A record'}
              facts={[
                one.category?.text,
                one.placementType?.text,
                one.responsibleAuthority,
                since(one.from),
                until(one.to),
              ]}
              source={one.source}
            >
              {one.dutyContact && <Call contact={one.dutyContact} />}
            </Item>
          )}
        </Items>
      </>
    ),
  ),
  section<Answers.PersonPoliceEventsQuery>()('policeEvents', 'Police events', asked.POLICE_EVENTS, (data) => (
    <>
      <Items field="items" items={data.items}>
        {({ date, category, role, outcome, summary, source }, at) => (
          <Item
            key={at}
            title={`${inWords(category) ?? 'An event'}${date ? `, ${dayInWords(date)}` : ''}`}
            facts={[inWords(role), outcome]}
            source={source}
          >
            {summary && <p className="text">{summary}</p>}
          </Item>
        )}
      </Items>
      {data.truncated && <p className="quiet">There are more than are shown here.</p>}
    </>
  )),
  section<Answers.PersonOrdersQuery>()('orders', 'Bail, orders, missing', asked.ORDERS, (data) => (
    <>
      {data.missing === true && <p className="say">Reported missing.</p>}
      {data.absentWithoutLeave === true && <p className="say">Absent without leave.</p>}
      <Facts>
        {data.missing !== true && <Fact term="Missing" field="missing" value={yesOrNo(data.missing)} />}
        {data.absentWithoutLeave !== true && (
          <Fact
            term="Absent without leave"
            field="absentWithoutLeave"
            value={yesOrNo(data.absentWithoutLeave)}
          />
        )}
      </Facts>
      <Items title="Orders" field="items" items={data.items}>
        {({ kind, conditions, from, to, source }, at) => (
          <Item key={at} title={inWords(kind) ?? 'An order'} facts={[since(from), until(to)]} source={source}>
            {conditions && <p className="text">{conditions}</p>}
          </Item>
        )}
      </Items>
    </>
  )),
  section<Answers.PersonContactQuery>()(
    'contact',
    'How to reach them',
    asked.CONTACT,
    (data) => (
      <>
        {data.safeContact && <p className="say">{data.safeContact}</p>}
        {!data.safeContact && (
          <Facts>
            <Fact term="How to contact them safely" field="safeContact" value={null} />
          </Facts>
        )}
        <Items title="Numbers and addresses" field="items" items={data.items}>
          {({ kind, value, from, safe, source }, at) => (
            <Item
              key={at}
              title={value ?? 'Not said'}
              facts={[
                inWords(kind),
                safe === false && 'Not safe to use',
                safe === true && 'safe to use',
                since(from),
              ]}
              source={source}
            />
          )}
        </Items>
      </>
    ),
    'How to reach you',
  ),
  section<Answers.PersonAddressesQuery>()(
    'addresses',
    'Addresses',
    asked.ADDRESSES,
    (data) => (
      <Items field="items" items={data.items}>
        {({ lines, postcode, kind, from, to, current, source }, at) => (
          <Item
            key={at}
            title={[...(lines ?? []), postcode].filter(Boolean).join(', ') || 'Not said where'}
            facts={[
              current === true && 'Current',
              current === false && 'Not current',
              inWords(kind),
              since(from),
              until(to),
            ]}
            source={source}
          />
        )}
      </Items>
    ),
    'Your addresses',
  ),
  section<Answers.PersonPublicProtectionQuery>()(
    'publicProtection',
    'Public protection (MAPPA)',
    asked.PUBLIC_PROTECTION,
    (data) => (
      <Facts>
        <Fact term="Level" field="level" value={data.level} />
        <Fact term="Category" field="category" value={data.category?.text} />
        <Fact term="To be reviewed" field="reviewDate" value={day(data.reviewDate)} />
        <Fact
          term="Responsible officer"
          field="responsibleOfficer"
          value={
            data.responsibleOfficer &&
            [professional(data.responsibleOfficer), data.responsibleOfficer.phone].filter(Boolean).join(', ')
          }
        />
      </Facts>
    ),
  ),
  section<Answers.PersonNeedsQuery>()(
    'needs',
    'Needs, strengths and the plan',
    asked.NEEDS,
    (data) => (
      <>
        <Items title="Needs and strengths" field="items" items={data.items}>
          {({ outcome, kind, evidence, recordedOn, source }, at) => (
            <Item
              key={at}
              title={[inWords(kind), inWords(outcome)?.toLowerCase()].filter(Boolean).join(': ')}
              facts={[recordedOn && `recorded ${dayInWords(recordedOn)}`]}
              source={source}
            >
              {evidence && <p className="text">{evidence}</p>}
            </Item>
          )}
        </Items>
        <Items title="Actions" field="plan" items={data.plan}>
          {({ goal, action, owner, due, done, source }, at) => (
            <Item
              key={at}
              title={action ?? goal ?? 'An action'}
              facts={[
                done === true && 'Done',
                done === false && 'Not done yet',
                professional(owner),
                due && `due ${dayInWords(due)}`,
              ]}
              source={source}
            >
              {action && goal && <p>{goal}</p>}
            </Item>
          )}
        </Items>
      </>
    ),
    'Your needs, strengths and plan',
  ),
  section<Answers.PersonEducationQuery>()(
    'education',
    'Education',
    asked.EDUCATION,
    (data) => (
      <>
        <Facts>
          <Fact
            term="School"
            field="school"
            value={data.school && [data.school.name, data.school.phone].filter(Boolean).join(', ')}
          />
          <Fact term="Attendance" field="attendanceBand" value={inWords(data.attendanceBand)} />
          <Fact
            term="Attendance in per cent"
            field="attendancePercent"
            value={data.attendancePercent === null ? null : `${data.attendancePercent} %`}
          />
          <Fact
            term="Sessions by code"
            field="attendance"
            value={data.attendance
              ?.map(
                ({ code, sessions }: { code: { text: string }; sessions: number }) =>
                  `${code.text}: ${sessions}`,
              )
              .join(' · ')}
          />
          <Fact term="Special educational needs" field="specialNeeds" value={data.specialNeeds?.text} />
          <Fact
            term="A safeguarding concern is logged"
            field="safeguardingConcern"
            value={yesOrNo(data.safeguardingConcern)}
          />
        </Facts>
        <Items title="Exclusions" field="exclusions" items={data.exclusions}>
          {({ kind, from, sessions, source }, at) => (
            <Item
              key={at}
              title={inWords(kind) ?? 'An exclusion'}
              facts={[since(from), sessions !== null && `${sessions} sessions`]}
              source={source}
            />
          )}
        </Items>
      </>
    ),
    'Your education',
  ),
  section<Answers.PersonHousingQuery>()(
    'housing',
    'Housing',
    asked.HOUSING,
    (data) => (
      <>
        <Facts>
          <Fact
            term="Tenancy"
            field="tenancy"
            value={
              data.tenancy &&
              [data.tenancy.kind?.text, data.tenancy.reference, since(data.tenancy.from)]
                .filter(Boolean)
                .join(', ')
            }
          />
          <Fact term="Rent arrears" field="arrearsBand" value={inWords(data.arrearsBand)} />
          <Fact
            term="Owed"
            field="arrearsPence"
            value={data.arrearsPence === null ? null : POUNDS.format(data.arrearsPence / 100)}
          />
          <Fact term="Notice" field="noticeStage" value={inWords(data.noticeStage)} />
          <Fact term="Homelessness duty" field="homelessnessDuty" value={inWords(data.homelessnessDuty)} />
          <Fact
            term="Threatened with homelessness within 56 days"
            field="threatenedWithin56Days"
            value={yesOrNo(data.threatenedWithin56Days)}
          />
        </Facts>
        <Items title="Antisocial behaviour" field="antisocialBehaviour" items={data.antisocialBehaviour}>
          {({ role, from, open, source }, at) => (
            <Item
              key={at}
              title={role ?? 'A case'}
              facts={[open === true && 'Open', open === false && 'Closed', since(from)]}
              source={source}
            />
          )}
        </Items>
      </>
    ),
    'Your housing',
  ),
  section<Answers.PersonBenefitsQuery>()(
    'benefits',
    'Benefits',
    asked.BENEFITS,
    (data) => (
      <>
        <Items title="Awards" field="awards" items={data.awards}>
          {({ kind, from, to, source }, at) => (
            <Item
              key={at}
              title={kind?.text ?? 'An award'}
              facts={[since(from), until(to)]}
              source={source}
            />
          )}
        </Items>
        <Facts>
          <Fact term="Health group" field="healthGroup" value={data.healthGroup?.text} />
          <Fact
            term="A sanction that runs now"
            field="activeSanction"
            value={
              data.activeSanction &&
              [
                data.activeSanction.level?.text,
                since(data.activeSanction.from),
                data.activeSanction.days !== null && `${data.activeSanction.days} days`,
              ]
                .filter(Boolean)
                .join(', ')
            }
          />
        </Facts>
      </>
    ),
    'Your benefits',
  ),
  section<Answers.PersonDemographicsQuery>()(
    'demographics',
    'Language, needs, ethnicity',
    asked.DEMOGRAPHICS,
    (data) => (
      <Items field="records" items={data.records}>
        {({ ethnicity, language, interpreterNeeded, communicationNeeds, disability, source }, at) => (
          <Item
            key={at}
            title={language?.text ?? 'Language not said'}
            facts={[
              interpreterNeeded === true && 'Interpreter needed',
              interpreterNeeded === false && 'no interpreter needed',
              communicationNeeds?.join(', '),
              disability?.map(({ text }: { text: string }) => text).join(', '),
              ethnicity?.text,
            ]}
            source={source}
          />
        )}
      </Items>
    ),
  ),
  section<Answers.PersonIdentifiersQuery>()('identifiers', 'Numbers', asked.IDENTIFIERS, (data) => (
    <Items field="items" items={data.items}>
      {({ system, value, verified, source }, at) => (
        <Item
          key={at}
          title={[system?.replaceAll('_', ' '), value].filter(Boolean).join(' ')}
          facts={[verified === false && 'Not checked with its issuer']}
          source={source}
        />
      )}
    </Items>
  )),
  section<Answers.PersonIntelligenceQuery>()('intelligence', 'Intelligence', asked.INTELLIGENCE, (data) => (
    <Items field="items" items={data.items}>
      {({ sourceEvaluation, assessment, handling, text, source }, at) => (
        <Item
          key={at}
          title={[sourceEvaluation?.text, assessment?.text].filter(Boolean).join(', ') || 'A report'}
          facts={[handling?.text]}
          source={source}
        >
          <p className="text">{text}</p>
        </Item>
      )}
    </Items>
  )),
];

const POUNDS = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });
