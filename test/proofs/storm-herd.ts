import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { projectFolder } from '../../src/tools/source-files.ts'
import type { Chance } from './day-chance.ts'

export type Herd = {
  kills: number
  /** Ends one replica that is at work, without a word; another process begins in its place at once. */
  kill(chance: Chance): Promise<void>
  /** A replica took an update, so it is at work. */
  served(port: number): void
  allServe(): boolean
  /** What replicas said beyond the ordinary, and how those ended that nobody killed. */
  complaints(): string[]
  /** How often each kind of line was said. */
  sums(): Record<string, number>
  end(): void
}
type Slot = { port: number; child: ChildProcess; serves: boolean }

/** What must never be said: a process that ends by itself, a row that is lost hold of, a deed nobody planned for. */
const COMPLAINT = /process\.uncaught|start\.failed|lost_hold|unplanned|quarantined|not_told/

/** Whole processes of the desk, one on each port; who dies is started again at once. */
export const openHerd = (ports: number[], env: Record<string, string>): Herd => {
  const complaints: string[] = []
  const sums: Record<string, number> = {}
  let ended = false
  const begin = (slot: Slot): void => {
    slot.serves = false
    slot.child = spawn(process.execPath, [join(projectFolder, 'dist', 'main.js'), '--quiet'], {
      env: { PATH: process.env.PATH ?? '', ...env, PORT: String(slot.port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const hear = (chunk: Buffer) => {
      for (const line of chunk.toString().split('\n')) {
        const what = /"event":"([^"]+)"/.exec(line)?.[1] ?? 'something else'
        if (line) sums[what] = (sums[what] ?? 0) + 1
        if (COMPLAINT.test(line)) complaints.push(line)
      }
    }
    slot.child.stdout?.on('data', hear)
    slot.child.stderr?.on('data', hear)
    slot.child.once('exit', (code, signal) => {
      if (ended) return
      if (signal !== 'SIGKILL') complaints.push(`ended by itself: ${code} ${signal}`)
      begin(slot)
    })
  }
  const slots = ports.map((port) => {
    const slot = { port, serves: false } as Slot
    begin(slot)
    return slot
  })
  const herd: Herd = {
    kills: 0,
    kill: async (chance) => {
      while (!slots.some(({ serves }) => serves)) await new Promise((resolve) => setTimeout(resolve, 20))
      const slot = chance.one(slots.filter(({ serves }) => serves))
      slot.serves = false
      herd.kills += 1
      slot.child.kill('SIGKILL')
    },
    served: (port) => {
      for (const slot of slots) if (slot.port === port) slot.serves = true
    },
    allServe: () => slots.every(({ serves }) => serves),
    complaints: () => complaints,
    sums: () => sums,
    end: () => {
      ended = true
      for (const { child } of slots) child.kill('SIGKILL')
    },
  }
  return herd
}
