import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { DemonstrationProcess } from './demonstration-process.ts'
import { freePorts } from './harness/free-ports.ts'
import { byPart, processTree, total } from './process-tree.ts'
import { dataDirectory, startStation } from './start-station.ts'

const main = join(import.meta.dirname, '../../packages/haidang/src/main.ts')

/** Megabytes of proportional set size. */
export interface MemoryUse {
  readonly total: number
  readonly processes: number
  /** By program, events, database. */
  readonly parts: Record<string, number>
}

/** Starts the demonstration network and measures all of its processes `minutes` after its story began. */
export async function memoryOfDemonstration(
  minutes: number,
  say: (text: string) => void,
): Promise<MemoryUse> {
  const directory = await dataDirectory()
  const [port] = await freePorts(1)
  const child = spawn(
    process.execPath,
    [main, 'demo', '--data', directory, '--port', String(port)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const demonstration = new DemonstrationProcess(child, directory)
  try {
    await demonstration.ready()
    for (let minute = 0; minute < minutes; minute++) {
      say(`after ${minute} min: ${JSON.stringify(useOf(demonstration.pid))}`)
      await pause(60_000)
    }
    return useOf(demonstration.pid)
  } finally {
    await demonstration.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

/** One node that was set up and takes in nothing, after `seconds`. */
export async function memoryOfIdleStation(seconds: number): Promise<MemoryUse> {
  await using station = await startStation({ sources: [{ name: 'tcp', collector: 'syslog-tcp' }] })
  await pause(seconds * 1_000)
  return useOf(station.node.access.pid)
}

function useOf(pid: number): MemoryUse {
  const uses = processTree(pid)
  const parts = Object.entries(byPart(uses, 'pss')).map(([part, bytes]) => [part, megabytes(bytes)])
  return {
    total: megabytes(total(uses, 'pss')),
    processes: uses.length,
    parts: Object.fromEntries(parts) as Record<string, number>,
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6)
}
