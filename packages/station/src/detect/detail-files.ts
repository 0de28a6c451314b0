import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import type { DetailSink } from '@haidang/detection/indicators/indicator-details'
import type { IndicatorLayer } from '@haidang/detection/indicators/indicator-layer'

/** The files that hold details of indicator layers, open for reading. */
export class DetailFiles {
  readonly #open = new Map<string, number>()

  /** Opens the files of these layers and closes all others. Throws if one cannot be opened. */
  keep(layers: readonly IndicatorLayer[]): void {
    const needed = new Set(layers.flatMap(fileOf))
    for (const path of needed) {
      if (!this.#open.has(path)) this.#open.set(path, openSync(path, 'r'))
    }
    for (const [path, descriptor] of this.#open) {
      if (needed.has(path)) continue
      closeSync(descriptor)
      this.#open.delete(path)
    }
  }

  /** At most `most` bytes from `offset` on. Throws if the file is not kept or cannot be read. */
  readonly read = (path: string, offset: number, most: number): Uint8Array => {
    const descriptor = this.#open.get(path)
    if (descriptor === undefined) throw new Error(`${path} is not open`)
    const bytes = new Uint8Array(most)
    return bytes.subarray(0, readSync(descriptor, bytes, 0, most, offset))
  }
}

/** The file of a layer's details, if they are in one. */
export function fileOf({ details }: IndicatorLayer): string[] {
  return details instanceof Uint8Array ? [] : [details.path]
}

/** Writes details to a new file. Throws if it cannot be written. */
export function fileSink(path: string): DetailSink {
  const descriptor = openSync(path, 'wx')
  let written = 0
  return {
    write: (bytes) => {
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
      written += bytes.length
    },
    finish: () => {
      closeSync(descriptor)
      return { path, bytes: written }
    },
  }
}
