/** `npm run bench`, `npm run bench -- size`. */
if (process.argv[2] === 'size') await import('./size.ts')
else await import('./bench.ts')
