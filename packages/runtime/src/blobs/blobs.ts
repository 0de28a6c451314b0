/** Files named by their content. What is put stays; the same content is kept once. */
export interface Blobs {
  /** Resolves with the SHA-256 (64 lower-case hexadecimal digits) once the bytes are durable. */
  put(bytes: Uint8Array): Promise<string>
  /** The bytes, or undefined if there are none of this name. Throws when they no longer match it. */
  get(sha256: string): Promise<Uint8Array | undefined>
}
