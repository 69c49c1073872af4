export function pageDocuments(root: string): [file: string, text: string][];
