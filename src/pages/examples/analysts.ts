import type { Example } from '../config.ts';

const FOR_ANALYSTS = { group: 'For analysts', persona: 'analyst' } as const;

/** Those who count: how many, never who. */
export const ANALYSTS: readonly Example[] = [
  {
    name: 'What may an analyst ask?',
    description:
      'Which agencies there are, what they cover, and that no person’s data is given: how many, never who.',
    ...FOR_ANALYSTS,
    variables: {},
    query: /* GraphQL */ `query AnalystMayAsk {
  viewer { name role purpose mayAsk { section agency { id } level reason } }
  agencies { id name sections coverage }
}
`,
  },
  {
    name: 'What may be counted, and how well is it known?',
    description:
      'What each agency lets be counted: values, which rows, area and period, and what nobody can read.',
    ...FOR_ANALYSTS,
    variables: {},
    query: /* GraphQL */ `query WhatMayBeCounted {
  agencies {
    id
    name
    countable { section field values coverage asOf unreadable { value suppressed } }
  }
}
`,
  },
  {
    name: 'What stood in the way, and why',
    description:
      'What was asked and refused in the last months, by reason: as table and bars, and as a file. Nobody’s data.',
    ...FOR_ANALYSTS,
    // As long as may be asked: of it, the months that are over are told.
    variables: { from: '2026-01-01', to: '2030-12-31' },
    query: /* GraphQL */ `query BarriersByReason($from: Date!, $to: Date!) {
  barriers(from: $from, to: $to, by: [REASON]) {
    from
    to
    asked { value suppressed }
    refused { value suppressed }
    rows {
      keys { dimension value }
      refused { value suppressed }
      asked { value suppressed }
      overcome { value suppressed }
    }
    note
  }
}
`,
  },
  {
    name: 'Victims by district',
    description: 'How many people the police know as victims, by where they live: as table and bars.',
    ...FOR_ANALYSTS,
    variables: {},
    query: /* GraphQL */ `query VictimsByDistrict {
  cohort(where: { policeEvents: { role: { is: VICTIM } } }, by: [DISTRICT]) {
    people { value suppressed }
    groups { keys { dimension value } people { value suppressed } }
    sources { agency { name } state reason message asOf }
    method
  }
}
`,
  },
  {
    name: 'Incidents by kind',
    description:
      'Of what people were victims, by kind of event: as table and bars. Suspects are never counted.',
    ...FOR_ANALYSTS,
    variables: {},
    query: /* GraphQL */ `query IncidentsByKind {
  cohort(where: { policeEvents: { role: { is: VICTIM } } }, by: [POLICE_EVENTS_CATEGORY]) {
    people { value suppressed }
    groups { keys { dimension value } people { value suppressed } }
    sources { agency { name } state reason message asOf }
    method
  }
}
`,
  },
  {
    name: 'Domestic-abuse incidents by month',
    description:
      'How many people were victim, witness or involved in domestic abuse, by month. Whoever was in it in two months counts once in each.',
    ...FOR_ANALYSTS,
    variables: {},
    query: /* GraphQL */ `query DomesticAbuseByMonth {
  cohort(where: { policeEvents: { category: { is: DOMESTIC_ABUSE } } }, by: [POLICE_EVENTS_MONTH]) {
    people { value suppressed }
    groups { keys { dimension value } people { value suppressed } }
    sources { agency { name } state reason message asOf }
    method
  }
}
`,
  },
  {
    name: 'Children in domestic-abuse incidents who miss school',
    description:
      'Pupils known to domestic-abuse incidents and persistently absent: police and schools together.',
    ...FOR_ANALYSTS,
    variables: {},
    query: /* GraphQL */ `query AbuseAndAbsence {
  cohort(
    where: {
      policeEvents: { category: { is: DOMESTIC_ABUSE } }
      education: { attendanceBand: { in: [PERSISTENTLY_ABSENT, SEVERELY_ABSENT] } }
    }
  ) {
    people { value suppressed }
    groups { keys { dimension value } people { value suppressed } }
    sources { agency { name } state reason message asOf }
    method
  }
}
`,
  },
  {
    name: 'In arrears, with a sanctioned benefit',
    description:
      'People who owe rent while a benefit of theirs is sanctioned: housing and benefits together.',
    ...FOR_ANALYSTS,
    variables: {},
    query: /* GraphQL */ `query ArrearsAndSanctions {
  cohort(
    where: {
      housing: { arrearsBand: { in: [UNDER_4_WEEKS, FROM_4_TO_8_WEEKS, OVER_8_WEEKS] } }
      benefits: { activeSanction: { is: true } }
    }
  ) {
    people { value suppressed }
    groups { keys { dimension value } people { value suppressed } }
    sources { agency { name } state reason message asOf }
    method
  }
}
`,
  },
  {
    name: 'Early help by district and attendance',
    description:
      'Open early-help cases by district, by attendance band, and by band in the largest district: children’s services and schools together. In smaller districts most bands are fewer than ten.',
    ...FOR_ANALYSTS,
    variables: {},
    query: /* GraphQL */ `query OpenEarlyHelp {
  byDistrict: cohort(where: { childSafeguarding: { status: { is: EARLY_HELP } } }, by: [DISTRICT]) {
    ...HowMany
  }
  byAttendance: cohort(
    where: { childSafeguarding: { status: { is: EARLY_HELP } } }
    by: [EDUCATION_ATTENDANCE_BAND]
  ) {
    ...HowMany
  }
  inNorthmoor: cohort(
    where: {
      childSafeguarding: { status: { is: EARLY_HELP } }
      person: { district: { is: NORTHMOOR } }
    }
    by: [EDUCATION_ATTENDANCE_BAND]
  ) {
    ...HowMany
  }
}

fragment HowMany on Cohort {
  people { value suppressed }
  groups { keys { dimension value } people { value suppressed } }
  sources { agency { name } state reason message asOf }
  method
}
`,
  },
];
