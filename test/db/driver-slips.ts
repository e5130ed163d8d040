import { isDriverSlip } from '../../src/db/faults.ts'

/** Does for a test what main.ts does for the desk: the driver's slip is counted, everything else ends the run as before. */
export const surviveDriverSlips = () => {
  const others = process.listeners('uncaughtException')
  let slips = 0
  const listen = (error: Error, origin: NodeJS.UncaughtExceptionOrigin) => {
    if (isDriverSlip(error)) slips += 1
    else for (const other of others) other(error, origin)
  }
  process.removeAllListeners('uncaughtException').on('uncaughtException', listen)
  return {
    count: () => slips,
    stop: () => {
      process.off('uncaughtException', listen)
      for (const other of others) process.on('uncaughtException', other)
    },
  }
}
