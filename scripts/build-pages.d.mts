/** Puts a brotli and a gzip form beside every file of text in the folder. */
export function compressFiles(folder: string): Promise<void>;
export function buildPages(options: { outdir: string; production: boolean }): Promise<{ bytes: number }>;
