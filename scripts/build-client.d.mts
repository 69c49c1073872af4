export function buildClient(outdir: string): Promise<void>;
