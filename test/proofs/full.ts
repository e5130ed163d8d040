/** `npm run prove -- --full`: the figures that a build has no time for. */
export const FULL = Boolean(process.env.FULL || process.env.PROOFS_FULL)
