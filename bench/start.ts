import { spawnSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { freePorts } from '../tests/system/harness/free-ports.ts'
import { LiveNode } from '../tests/system/harness/live-node.ts'
import { dataDirectory } from '../tests/system/start-station.ts'
import { type Figure, median } from './figure.ts'

const laterStarts = 3

/** Seconds from starting the program to an answering portal: the first start makes the database, later ones find it. */
export async function* figures(): AsyncGenerator<Figure> {
  const directory = await dataDirectory()
  const [http, link, syslog] = await freePorts(3)
  const configuration = {
    http: { port: http },
    link: { port: link },
    station: { syslog_port: syslog },
  }
  const node = new LiveNode('bench', join(directory, 'node'), JSON.stringify(configuration))
  try {
    yield figureOf('start.first', [await secondsOf(node)])
    const later: number[] = []
    for (let time = 0; time < laterStarts; time++) {
      await node.stop()
      later.push(await secondsOf(node))
    }
    yield figureOf('start.later', later)
  } finally {
    await node.stop()
    await rm(directory, { recursive: true, force: true })
  }
  yield figureOf('start.bare-node', Array.from({ length: laterStarts }, secondsOfBareNode))
}

async function secondsOf(node: LiveNode): Promise<number> {
  const before = performance.now()
  await node.start()
  return (performance.now() - before) / 1_000
}

/** What a Node program that does nothing takes here, now: how far the machine was free. */
function secondsOfBareNode(): number {
  const before = performance.now()
  spawnSync(process.execPath, ['-e', '0'])
  return (performance.now() - before) / 1_000
}

function figureOf(name: string, seconds: readonly number[]): Figure {
  return {
    name,
    value: Math.round(median(seconds) * 100) / 100,
    unit: 's',
    median_of: seconds.length,
    beside: { name: 'load average', value: loadavg()[0] ?? 0 },
  }
}
