/** Code lists of the children's services warehouse. */
export const GENDERS = { M: 'MALE', F: 'FEMALE', I: 'INDETERMINATE', U: 'UNKNOWN' } as const;
/** Written in place of a pupil number, with the reason why there is none. */
export const NO_UPN = /^UN[1-7]$/;
