export function buildGraphiql(options: { outdir: string; production: boolean }): Promise<{ bytes: number }>;
