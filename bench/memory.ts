import { type MemoryUse, memoryOfIdleStation } from '../tests/system/memory-demonstration.ts'
import type { Figure } from './figure.ts'

const idleSeconds = 60

/** Memory (PSS, all processes) of one idle station; that of the demonstration network is `npm run prove -- memory`. */
export async function* figures(): AsyncGenerator<Figure> {
  const idle = await memoryOfIdleStation(idleSeconds)
  yield figureOf('memory.idle-station', idle.total)
  yield* partsOf(idle)
}

function* partsOf({ parts }: MemoryUse): Generator<Figure> {
  for (const [part, megabytes] of Object.entries(parts)) {
    yield figureOf(`memory.idle-station.${part}`, megabytes)
  }
}

function figureOf(name: string, value: number): Figure {
  return { name, value, unit: 'MB PSS', median_of: 1 }
}
