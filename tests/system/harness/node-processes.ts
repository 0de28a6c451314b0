import { readdirSync, readFileSync } from 'node:fs'

/** The processes a node consists of: the program, its event engine, its database server. */
export const processKinds = ['main', 'events', 'database'] as const
export type ProcessKind = (typeof processKinds)[number]

/** Linux shows processes as files; elsewhere these proofs cannot run. */
export const canFindProcesses = process.platform === 'linux'

const marks = { events: 'chdb-server.ts', database: '/bin/postgres' } as const

/** The process id of an engine of the node whose program is process `main`; undefined while it is down. */
export function engineOf(main: number, kind: Exclude<ProcessKind, 'main'>): number | undefined {
  return childrenOf(main).find((pid) => read(pid, 'cmdline').includes(marks[kind]))
}

/** Whether a process exists and is not merely waiting to be buried. */
export function isAlive(pid: number): boolean {
  const [state = ''] = statusOf(pid)
  return !['', 'Z', 'X'].includes(state)
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => statusOf(pid)[1] === String(parent))
}

/** State and parent: they stand after the name, which is in brackets and may hold anything. */
function statusOf(pid: number): string[] {
  return read(pid, 'stat').split(') ').at(-1)?.split(' ') ?? []
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
