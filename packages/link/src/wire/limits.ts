/** Bounds of everything a node reads from another (link.md section 2). Bytes unless named otherwise. */
export const limits = {
  /** Body as sent, before decompression. */
  body: 12 * 1024 * 1024,
  /** The same after decompression. */
  batch: 32 * 1024 * 1024,
  /** One NDJSON line: a record of 1 MB with every byte escaped, or an envelope with small evidence. */
  line: 8 * 1024 * 1024,
  /** Records in one batch. */
  records: 5000,
  /** Nesting of one record. */
  depth: 64,
  /** What this node itself puts in a batch. */
  sendRecords: 500,
  sendBytes: 1024 * 1024,
} as const
