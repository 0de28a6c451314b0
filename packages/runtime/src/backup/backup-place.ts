/** Where backups lie: small named files, written whole. Names are of our own making, with `/` between their parts. */
export interface BackupPlace {
  /** For people: which place this is. */
  readonly label: string
  read(name: string): Promise<Uint8Array | undefined>
  /** Resolves once the bytes are durable; a file of this name is replaced wholly or not at all. */
  write(name: string, bytes: Uint8Array): Promise<void>
  /** Changes nothing where there is none. */
  remove(name: string): Promise<void>
  close(): void
}
