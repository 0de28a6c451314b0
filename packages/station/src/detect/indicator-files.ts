import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { LayerBuilder } from '@haidang/detection/indicators/indicator-layer'
import { IndicatorListReader, ListProblems } from '@haidang/detection/indicators/indicator-list'
import type { FoundFile } from './rule-files.ts'

/** Endings of indicator files: plain lists and CSV. */
export const indicatorEndings = ['.txt', '.csv']

const blockBytes = 1_048_576
const mebibyte = 1_048_576

/** What came of reading lists. */
export interface ReadLists {
  /** Names the content. */
  readonly version: string
  readonly problems: readonly string[]
}

/**
 * Reads indicator files into a layer, a block at a time, so that no file needs to fit in memory. Throws if
 * one cannot be read or exceeds `largest` bytes. `progress` is told after every block.
 */
export async function readIndicatorFiles(
  files: readonly FoundFile[],
  builder: LayerBuilder,
  { largest, progress }: { largest: number; progress: () => void },
): Promise<ReadLists> {
  const hash = createHash('sha256')
  const problems = new ListProblems()
  for (const { shown, path } of files) {
    hash.update(`${shown}\u0000`)
    const reader = new IndicatorListReader(shown, builder, problems)
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    let size = 0
    for await (const block of blocksOf(path)) {
      size += block.length
      if (size > largest) {
        throw new Error(`${shown} exceeds ${Math.floor(largest / mebibyte)} MiB`)
      }
      hash.update(block)
      reader.read(decoder.decode(block, { stream: true }))
      progress()
    }
    reader.read(decoder.decode())
    reader.end()
  }
  return { version: hash.digest('hex'), problems: problems.lines }
}

function blocksOf(path: string): AsyncIterable<Uint8Array> {
  return createReadStream(path, { highWaterMark: blockBytes })
}
