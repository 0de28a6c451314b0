/** Where the records of a layer are: in shared memory, or in a file. */
export type StoredDetails = Uint8Array | { readonly path: string; readonly bytes: number }

/** Takes the records of a layer as it is made. */
export interface DetailSink {
  /** The bytes are the caller's again afterwards. */
  write(bytes: Uint8Array): void
  finish(): StoredDetails
}

/** Reads at most `most` bytes of a file from `offset` on. */
export type FileReader = (path: string, offset: number, most: number) => Uint8Array

/** A sink that keeps everything in shared memory. */
export function memorySink(): DetailSink {
  const parts: Uint8Array[] = []
  return {
    write: (bytes) => {
      parts.push(bytes.slice())
    },
    finish: () => {
      const length = parts.reduce((sum, part) => sum + part.length, 0)
      const all = new Uint8Array(new SharedArrayBuffer(length))
      let at = 0
      for (const part of parts) {
        all.set(part, at)
        at += part.length
      }
      return all
    },
  }
}

/** For tables whose details are all in memory. */
export function noFiles(path: string): Uint8Array {
  throw new Error(`no way to read ${path}`)
}

/** At most `most` bytes of the details from `offset` on. */
export function detailsAt(
  details: StoredDetails,
  offset: number,
  most: number,
  readFile: FileReader,
): Uint8Array {
  if (details instanceof Uint8Array) return details.subarray(offset, offset + most)
  return readFile(details.path, offset, Math.min(most, details.bytes - offset))
}

/** Bytes of all details. */
export function lengthOf(details: StoredDetails): number {
  return details instanceof Uint8Array ? details.length : details.bytes
}
