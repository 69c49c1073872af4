/** Acts among the entries of the register: few, and looked for where it is counted which refusals were overcome. */
export const up = `
create index register_look_of_acts on register_look (at)
  where kind in ('BREAK_GLASS', 'REVIEW', 'RELAY', 'CONSENT');
`;
