/** Which paragraph of the law is meant, and nothing besides: `9(2)(g) Sch 1 para 18`. Each step of it is one character or word. */
const CITATION = /^(?:Sch |para |and |Art\. |s\.|\d|\([0-9a-zA-Z]{1,4}\)|[ ,])+$/;

/** Whether a condition cites the law and says nothing else. At most 60 characters. */
export const citationIn = (text: string): boolean =>
  text.length > 0 && text.length <= 60 && CITATION.test(text);
