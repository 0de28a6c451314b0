export interface SpoolLimits {
  /** A segment is finished when it has reached this many bytes. */
  readonly segmentBytes: number
  /** Bytes on disk and on their way there, above which appends are refused. */
  readonly bytes: number
  /** Bytes on their way to disk, above which appends are refused. */
  readonly waitingBytes: number
  readonly rangeRecords: number
  readonly rangeBytes: number
  /** Milliseconds a range that is not full waits for more. */
  readonly linger: number
  /** Bytes of the disk that stay free for others: below it appends are refused. */
  readonly reserveBytes: number
}

const defaultSpoolLimits: SpoolLimits = {
  segmentBytes: 64 * 1024 * 1024,
  bytes: 4 * 1024 * 1024 * 1024,
  waitingBytes: 64 * 1024 * 1024,
  rangeRecords: 16_000,
  rangeBytes: 12 * 1024 * 1024,
  linger: 100,
  reserveBytes: 0,
}

/**
 * The limits given, the usual ones elsewhere. The segment being written gives no room back, so it is a small part
 * of the whole unless told.
 */
export function spoolLimits(given: Partial<SpoolLimits> = {}): SpoolLimits {
  const { bytes = defaultSpoolLimits.bytes } = given
  const segmentBytes = Math.min(defaultSpoolLimits.segmentBytes, Math.ceil(bytes / 8))
  return { ...defaultSpoolLimits, segmentBytes, ...given }
}
