import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

export type Measured = {
  /** Peak resident memory so far, in MiB. */
  peakMiB(): number
  /** Processor time so far, in seconds. */
  cpuS(): number
  stop(): Promise<void>
}

/** Starts a bot with nothing in its environment but this, as it runs in service. */
export const startProcess = (script: string, env: Record<string, string>): Measured => {
  const child = spawn(process.execPath, [script, '--quiet'], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  return {
    peakMiB: () => peakOf(child),
    cpuS: () => cpuOf(child),
    stop: async () => {
      process.off('exit', end)
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

const peakOf = ({ pid }: ChildProcess): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}

const cpuOf = ({ pid }: ChildProcess): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}
