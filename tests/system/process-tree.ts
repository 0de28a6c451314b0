import { readdirSync, readFileSync } from 'node:fs'

export interface ProcessUse {
  readonly pid: number
  /** Which part of a node it is. */
  readonly part: string
  /** Proportional set size: its own memory and its share of what is shared, bytes. */
  readonly pss: number
  /** User and system time since its start, seconds. */
  readonly cpu: number
}

const ticksPerSecond = 100

/** The process and all below it as Linux shows them now; one that ends meanwhile is left out. */
export function processTree(root: number): ProcessUse[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name)) parents.set(Number(name), Number(statOf(Number(name))[1] ?? 0))
  }
  return [...parents.keys()].filter((pid) => isBelow(pid, root, parents)).map(useOf)
}

/** Sum of one figure over processes, by part. */
export function byPart(uses: readonly ProcessUse[], figure: 'pss' | 'cpu'): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const use of uses) sums[use.part] = (sums[use.part] ?? 0) + use[figure]
  return sums
}

export function total(uses: readonly ProcessUse[], figure: 'pss' | 'cpu'): number {
  return uses.reduce((sum, use) => sum + use[figure], 0)
}

function isBelow(pid: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at)) {
    if (at === root) return true
  }
  return false
}

function useOf(pid: number): ProcessUse {
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(read(pid, 'smaps_rollup'))?.[1]
  const stat = statOf(pid)
  const ticks = Number(stat[11] ?? 0) + Number(stat[12] ?? 0)
  return {
    pid,
    part: partOf(read(pid, 'cmdline')),
    pss: Number(kilobytes ?? 0) * 1024,
    cpu: ticks / ticksPerSecond,
  }
}

function partOf(commandLine: string): string {
  if (commandLine.includes('chdb-server.ts')) return 'events'
  return commandLine.includes('main.ts') ? 'program' : 'database'
}

/** Fields of /proc/PID/stat after the name, which is in brackets and may hold anything. */
function statOf(pid: number): string[] {
  return read(pid, 'stat').split(') ').at(-1)?.split(' ') ?? []
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
