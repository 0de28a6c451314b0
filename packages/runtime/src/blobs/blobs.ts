/** Files named by their content. What is put stays; the same content is kept once. */
export interface Blobs {
  /** Resolves with the SHA-256 (64 lower-case hexadecimal digits) once the bytes are durable. */
  put(bytes: Uint8Array): Promise<string>
  /** The bytes, or undefined if there are none of this name. Throws when they no longer match it. */
  get(sha256: string): Promise<Uint8Array | undefined>
}

/** Blobs that can be let go: of a place of their own, as the same content is kept once for all who put it. */
export interface RemovableBlobs extends Blobs {
  /** Removes what has this name; changes nothing where there is none. */
  remove(sha256: string): Promise<void>
}
