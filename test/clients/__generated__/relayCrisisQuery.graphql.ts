/**
 * @generated SignedSource<<242d17e326fbf978fc2aee38971bed36>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type SearchOutcome = "MANY_MATCH" | "MATCH" | "NO_MATCH" | "POSSIBLE_MATCH" | "TOO_BROAD" | "%future added value";
export type relayCrisisQuery$variables = {
  dateOfBirth: string;
  familyName: string;
  givenName: string;
};
export type relayCrisisQuery$data = {
  readonly findPeople: {
    readonly message: string;
    readonly outcome: SearchOutcome;
    readonly people: ReadonlyArray<{
      readonly person: {
        readonly clinical: {
          readonly diagnoses: ReadonlyArray<{
            readonly diagnosis: {
              readonly text: string;
            } | null | undefined;
          }> | null | undefined;
          readonly " $fragmentSpreads": FragmentRefs<"relay_standing">;
        };
        readonly crisisPlan: {
          readonly triggers: string | null | undefined;
          readonly whatHelps: string | null | undefined;
          readonly " $fragmentSpreads": FragmentRefs<"relay_standing">;
        };
        readonly identity: {
          readonly dateOfBirth: string | null | undefined;
          readonly name: string | null | undefined;
        };
      };
    }>;
  };
};
export type relayCrisisQuery = {
  response: relayCrisisQuery$data;
  variables: relayCrisisQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "dateOfBirth"
},
v1 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "familyName"
},
v2 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "givenName"
},
v3 = [
  {
    "fields": [
      {
        "kind": "Variable",
        "name": "dateOfBirth",
        "variableName": "dateOfBirth"
      },
      {
        "kind": "Variable",
        "name": "familyName",
        "variableName": "familyName"
      },
      {
        "kind": "Variable",
        "name": "givenName",
        "variableName": "givenName"
      }
    ],
    "kind": "ObjectValue",
    "name": "by"
  }
],
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "outcome",
  "storageKey": null
},
v5 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "message",
  "storageKey": null
},
v6 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "name",
  "storageKey": null
},
v7 = {
  "alias": null,
  "args": null,
  "concreteType": "Identity",
  "kind": "LinkedField",
  "name": "identity",
  "plural": false,
  "selections": [
    (v6/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "dateOfBirth",
      "storageKey": null
    }
  ],
  "storageKey": null
},
v8 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "state",
  "storageKey": null
},
v9 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "reason",
  "storageKey": null
},
v10 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "asOf",
  "storageKey": null
},
v11 = {
  "kind": "InlineDataFragmentSpread",
  "name": "relay_standing",
  "selections": [
    {
      "kind": "InlineFragment",
      "selections": [
        (v8/*:: as any*/),
        {
          "alias": null,
          "args": null,
          "concreteType": "SourceAnswer",
          "kind": "LinkedField",
          "name": "sources",
          "plural": true,
          "selections": [
            {
              "alias": null,
              "args": null,
              "concreteType": "Agency",
              "kind": "LinkedField",
              "name": "agency",
              "plural": false,
              "selections": [
                (v6/*:: as any*/)
              ],
              "storageKey": null
            },
            (v8/*:: as any*/),
            (v9/*:: as any*/),
            (v10/*:: as any*/)
          ],
          "storageKey": null
        }
      ],
      "type": "Section",
      "abstractKey": "__isSection"
    }
  ],
  "args": null,
  "argumentDefinitions": ([]/*:: as any*/)
},
v12 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "whatHelps",
  "storageKey": null
},
v13 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "triggers",
  "storageKey": null
},
v14 = {
  "alias": null,
  "args": null,
  "concreteType": "Diagnosis",
  "kind": "LinkedField",
  "name": "diagnoses",
  "plural": true,
  "selections": [
    {
      "alias": null,
      "args": null,
      "concreteType": "CodedValue",
      "kind": "LinkedField",
      "name": "diagnosis",
      "plural": false,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "text",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "storageKey": null
},
v15 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v16 = {
  "kind": "InlineFragment",
  "selections": [
    (v8/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "concreteType": "SourceAnswer",
      "kind": "LinkedField",
      "name": "sources",
      "plural": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "Agency",
          "kind": "LinkedField",
          "name": "agency",
          "plural": false,
          "selections": [
            (v6/*:: as any*/),
            (v15/*:: as any*/)
          ],
          "storageKey": null
        },
        (v8/*:: as any*/),
        (v9/*:: as any*/),
        (v10/*:: as any*/)
      ],
      "storageKey": null
    }
  ],
  "type": "Section",
  "abstractKey": "__isSection"
};
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/),
      (v2/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "relayCrisisQuery",
    "selections": [
      {
        "alias": null,
        "args": (v3/*:: as any*/),
        "concreteType": "PersonSearchResult",
        "kind": "LinkedField",
        "name": "findPeople",
        "plural": false,
        "selections": [
          (v4/*:: as any*/),
          (v5/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "concreteType": "PersonMatch",
            "kind": "LinkedField",
            "name": "people",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Person",
                "kind": "LinkedField",
                "name": "person",
                "plural": false,
                "selections": [
                  (v7/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "CrisisPlan",
                    "kind": "LinkedField",
                    "name": "crisisPlan",
                    "plural": false,
                    "selections": [
                      (v11/*:: as any*/),
                      (v12/*:: as any*/),
                      (v13/*:: as any*/)
                    ],
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Clinical",
                    "kind": "LinkedField",
                    "name": "clinical",
                    "plural": false,
                    "selections": [
                      (v11/*:: as any*/),
                      (v14/*:: as any*/)
                    ],
                    "storageKey": null
                  }
                ],
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [
      (v1/*:: as any*/),
      (v2/*:: as any*/),
      (v0/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "relayCrisisQuery",
    "selections": [
      {
        "alias": null,
        "args": (v3/*:: as any*/),
        "concreteType": "PersonSearchResult",
        "kind": "LinkedField",
        "name": "findPeople",
        "plural": false,
        "selections": [
          (v4/*:: as any*/),
          (v5/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "concreteType": "PersonMatch",
            "kind": "LinkedField",
            "name": "people",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Person",
                "kind": "LinkedField",
                "name": "person",
                "plural": false,
                "selections": [
                  (v7/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "CrisisPlan",
                    "kind": "LinkedField",
                    "name": "crisisPlan",
                    "plural": false,
                    "selections": [
                      (v16/*:: as any*/),
                      (v12/*:: as any*/),
                      (v13/*:: as any*/)
                    ],
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Clinical",
                    "kind": "LinkedField",
                    "name": "clinical",
                    "plural": false,
                    "selections": [
                      (v16/*:: as any*/),
                      (v14/*:: as any*/)
                    ],
                    "storageKey": null
                  },
                  (v15/*:: as any*/)
                ],
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "47f8bd47125598a5e1d0268120f1bd2b",
    "id": null,
    "metadata": {},
    "name": "relayCrisisQuery",
    "operationKind": "query",
    "text": "query relayCrisisQuery(\n  $familyName: String!\n  $givenName: String!\n  $dateOfBirth: Date!\n) {\n  findPeople(by: {familyName: $familyName, givenName: $givenName, dateOfBirth: $dateOfBirth}) {\n    outcome\n    message\n    people {\n      person {\n        identity {\n          name\n          dateOfBirth\n        }\n        crisisPlan {\n          ...relay_standing\n          whatHelps\n          triggers\n        }\n        clinical {\n          ...relay_standing\n          diagnoses {\n            diagnosis {\n              text\n            }\n          }\n        }\n        id\n      }\n    }\n  }\n}\n\nfragment relay_standing on Section {\n  __isSection: __typename\n  state\n  sources {\n    agency {\n      name\n      id\n    }\n    state\n    reason\n    asOf\n  }\n}\n"
  }
};
})();

(node as any).hash = "57d6e87cb08a51ead243baf9cdfcc5a1";

export default node;
