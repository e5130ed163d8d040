/** `npm run bench`, `npm run bench -- size`. */
const [, , what] = process.argv
await import(what === 'size' ? './size.ts' : './bench.ts')
